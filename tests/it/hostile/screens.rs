//! What the screens show of such records.

use ratatui::buffer::Buffer;

use super::screen::{Screen, rows};
use super::{FLOODED, flooded, floods, harm, harmed, is_harmful, load};

/// Every way to look at a study or a choice; each begins and ends at the list.
const WALKS: &[(&str, &str, usize, &str)] = &[
    ("detail", "enter", 70, "esc"),
    ("end of the detail", "enter G", 0, "esc"),
    ("found in the detail", "enter / S o m e enter n", 2, "esc esc"),
    ("comparison", "c", 40, "esc"),
    ("differences", "c d ] ]", 4, "d esc"),
    ("filters", "f", 12, "esc"),
    ("a chosen filter", "f j j space x j space", 0, "X esc"),
    ("filters narrowed", "f / S o m", 1, "esc esc esc"),
    ("search", "/ s o m e", 0, "esc"),
    ("near words", "/ s p o n s o r : n m a e", 0, "esc / ctrl-u esc"),
    ("copy", "y", 1, "esc"),
    ("sections", "enter O", 2, "esc esc"),
    ("commands", ": c", 0, "esc"),
    ("problems", "!", 1, "esc"),
];

#[track_caller]
fn assert_tame(buffer: &Buffer, what: &str) {
    for cell in &buffer.content {
        let symbol = cell.symbol();
        let length = symbol.chars().count();
        assert!(length <= 100, "{what}: {length} characters in one cell");
        assert!(!symbol.chars().any(is_harmful), "{what}: {symbol:?}");
    }
}

/// Draws every screen of the selected study.
fn walk(screen: &mut Screen, what: &str, pages: usize) {
    for (name, there, scrolled, back) in WALKS {
        screen.press(there);
        assert_tame(screen.draw(), &format!("{what}: {name}"));
        let mut before = rows(screen.draw());
        for _ in 0..(*scrolled).min(pages) {
            screen.press("pagedown");
            let after = rows(screen.draw());
            assert_tame(screen.draw(), &format!("{what}: {name}"));
            if after == before {
                break;
            }
            before = after;
        }
        screen.press(back);
    }
}

#[test]
fn no_screen_shows_anything_harmful() {
    let dataset = harmed();
    for (size, pages) in [((120, 40), 70), ((80, 24), 2), ((40, 10), 2)] {
        let mut screen = Screen::open(&dataset.store, &dataset.bad, size);
        screen.press("/ s o r t : i d enter space");
        for (what, _) in harm() {
            assert_tame(screen.draw(), &format!("{what}: list"));
            walk(&mut screen, &format!("{what} at {size:?}"), pages);
            screen.press("j");
        }
        assert_eq!(screen.app.session.selected, harm().len(), "every study was looked at");
    }
}

#[test]
fn borders_stay_straight_whatever_stands_between() {
    let dataset = harmed();
    let mut screen = Screen::open(&dataset.store, &[], (120, 40));
    screen.press("/ s o r t : r e v e r s e - i d enter");
    let is_border = |symbol: &str| matches!(symbol, "│" | "┌" | "┐" | "└" | "┘");
    let plain = screen.draw().clone();
    let borders: Vec<_> = (0..120)
        .flat_map(|x| (0..40).map(move |y| (x, y)))
        .filter(|&at| is_border(plain[at].symbol()))
        .collect();
    assert!(borders.len() > 200, "{:?}", rows(&plain));
    for (what, _) in harm().iter().rev() {
        screen.press("j");
        for _ in 0..3 {
            let buffer = screen.draw();
            let bent = borders.iter().find(|&&at| !is_border(buffer[at].symbol()));
            assert_eq!(bent, None, "{what}:\n{}", rows(buffer).join("\n"));
            screen.press("3 pagedown 2");
        }
    }
}

#[test]
fn a_flood_in_one_field_is_drawn() {
    for (place, (what, flood)) in floods().into_iter().enumerate() {
        let path = FLOODED[(place * 2 + 1) % FLOODED.len()];
        let records = [flooded(&flood, path, 1).to_string(), flooded("plain", path, 2).to_string()];
        let dataset = load(records.join("\n").as_bytes());
        let mut screen = Screen::open(&dataset.store, &[], (80, 24));
        screen.press("/ s o r t : i d enter space k");
        walk(&mut screen, &format!("{what} at {path}"), 1);
    }
}

#[cfg(unix)]
#[test]
fn nothing_harmful_reaches_a_terminal() {
    use crate::pseudo_terminal::Launch;
    use crate::terminal::{is_ours, sequences};

    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("harm\u{1b}]0;x\u{7}\u{9b}2J\u{202e}.ndjson");
    let every: String = harm().into_iter().map(|(_, harm)| harm + " ").collect();
    let records = [super::planted(&every, 1), super::planted("plain", 2)];
    std::fs::write(
        &path,
        records.map(|record| record.to_string()).join("\n") + "\n{\"\u{1b}[2J\u{202e}\":",
    )
    .unwrap();
    let mut launch = Launch::new(env!("CARGO_BIN_EXE_trialdex"));
    launch.arguments =
        ["--query".into(), "-zz\u{1b}]0;x\u{7}\u{202e} sort:id".into(), path.into()].into();
    (launch.columns, launch.rows) = (120, 40);
    let terminal = launch.start();
    terminal.wait_text("NCT00000001");
    for keys in [
        " ", " ", "k", "\r", "\x04", "G", "/Some\r", "\x1b", "\x1b", "c", "d", "]", "q", "f", "j",
        " ", "x", "u", "q", "y", "\x1b", "!", "\x1b", "?", "\x1b", ":", "\x1b", "y\x0e\r",
    ] {
        terminal.send(keys);
        terminal.wait_still(std::time::Duration::from_millis(40));
    }
    terminal.send("Q");
    assert_eq!(terminal.exit_code(), 0);
    let bytes = terminal.bytes();
    for sequence in sequences(&bytes) {
        assert!(is_ours(&sequence) || sequence.starts_with("]52;c;"), "{sequence:?}");
    }
    let text = String::from_utf8(bytes).expect("the output is UTF-8");
    let stray = text.chars().find(|&c| is_harmful(c) && !"\x1b\x07\r\n".contains(c));
    assert_eq!(stray, None);
}
