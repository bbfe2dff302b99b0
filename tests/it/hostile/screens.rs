//! What the screens show for hostile records.

use ratatui::buffer::Buffer;

use super::screen::{Screen, rows};
use super::{FLOODED, all_harm, flooded, floods, harm, harmed, is_harmful, load, planted};

/// A way to look at a study or a choice; it begins and ends at the list.
struct Walk {
    name: &'static str,
    there: &'static str,
    /// How many pages down there can be something new.
    scrolled: usize,
    back: &'static str,
}

const fn to(name: &'static str, there: &'static str, scrolled: usize, back: &'static str) -> Walk {
    Walk { name, there, scrolled, back }
}

const WALKS: &[Walk] = &[
    to("detail", "enter", 70, "esc"),
    to("list", "", 0, ""),
    to("comparison", "c", 40, "esc"),
    to("filters", "f", 12, "esc"),
    to("copying", "y", 1, "esc"),
    to("end of the detail", "enter G", 0, "esc"),
    to("found in the detail", "enter / S o m e enter n", 2, "esc esc"),
    to("differences", "c d ] ]", 4, "d esc"),
    to("a chosen filter", "f j j space x j space", 0, "X esc"),
    to("filters narrowed", "f / S o m", 1, "esc esc esc"),
    to("search", "/ s o m e", 0, "esc"),
    to("near words", "/ ctrl-u s p o n s o r : n m a e", 0, "ctrl-u esc"),
    to("sections", "enter O", 2, "esc esc"),
    to("commands", ": c", 0, "esc"),
    to("problems", "!", 1, "esc"),
    to("what is shared", "c O", 8, "esc esc"),
    to("folded comparison", "c =", 1, "= esc"),
    to("found in a comparison", "c / s o m enter n", 2, "esc esc"),
    to("dashboard", "D", 2, "esc"),
    to("dashboard, further", "D right right right right right", 2, "esc"),
    to("dashboard, its end", "D left left", 2, "esc"),
    to("saving", "e", 1, "esc"),
    to("saving a comparison", "c e", 1, "esc esc"),
];

#[track_caller]
fn assert_tame(buffer: &Buffer, what: &str) {
    for cell in &buffer.content {
        let symbol = cell.symbol();
        let (length, width) = (symbol.chars().count(), trialdex::text::width(symbol));
        assert!(length <= 48 * width.max(1), "{what}: {length} characters in {width} columns");
        assert!(!symbol.chars().any(is_harmful), "{what}: {symbol:?}");
    }
}

/// Draws what the walks lead to for the selected study, each as far as so many pages down.
fn walk(screen: &mut Screen, what: &str, walks: &[Walk], pages: usize) {
    for Walk { name, there, scrolled, back } in walks {
        screen.press(there);
        let mut before = Vec::new();
        for _ in 0..=*scrolled.min(&pages) {
            let buffer = screen.draw();
            assert_tame(buffer, &format!("{what}: {name}"));
            let after = rows(buffer);
            if after == before {
                break;
            }
            before = after;
            screen.press("pagedown");
        }
        screen.press(back);
    }
}

#[test]
fn no_screen_shows_anything_harmful() {
    let dataset = harmed();
    let mut screen = Screen::open(dataset.clone(), (120, 40));
    screen.press("/ s o r t : i d enter space");
    for (place, (what, _)) in harm().into_iter().enumerate() {
        screen.app.session.selected = place;
        walk(&mut screen, what, &WALKS[..1], 70);
        walk(&mut screen, what, &WALKS[1..3], 0);
    }
}

#[test]
fn all_harm_at_once_is_on_no_screen() {
    let records = [planted(&all_harm(), 1), planted("some", 2)].map(|record| record.to_string());
    let dataset = load((records.join("\n") + "\n{\"\u{1b}[2J\u{202e}\":").as_bytes());
    assert_eq!((dataset.store.len(), dataset.bad.len()), (2, 1));
    for size in [(120, 40), (80, 24), (40, 10)] {
        let mut screen = Screen::open(dataset.clone(), size);
        screen.press("/ s o r t : i d enter space k");
        walk(&mut screen, &format!("at {size:?}"), WALKS, 4);
    }
}

#[test]
fn borders_stay_straight_whatever_stands_between() {
    let dataset = harmed();
    let mut screen = Screen::open(dataset.clone(), (120, 40));
    screen.press("/ s o r t : r e v e r s e - i d enter");
    let is_border = |symbol: &str| matches!(symbol, "│" | "┌" | "┐" | "└" | "┘");
    let plain = screen.draw().clone();
    let borders: Vec<_> = (0..120)
        .flat_map(|x| (0..40).map(move |y| (x, y)))
        .filter(|&at| is_border(plain[at].symbol()))
        .collect();
    assert!(borders.len() > 140, "{:?}", rows(&plain));
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
        let mut screen = Screen::open(dataset.clone(), (80, 24));
        screen.press("/ s o r t : i d enter space k");
        walk(&mut screen, &format!("{what} at {path}"), &WALKS[..5], 1);
    }
}

#[cfg(unix)]
#[test]
fn nothing_harmful_reaches_a_terminal() {
    use crate::pseudo_terminal::Launch;
    use crate::terminal::{is_ours, sequences};

    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("harm\u{1b}]0;x\u{7}\u{9b}2J\u{202e}.ndjson");
    let records = [planted(&all_harm(), 1), planted("plain", 2)];
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
        assert!(is_ours(&sequence) || is_copied(&sequence), "{sequence:?}");
    }
    let text = String::from_utf8(bytes).expect("the output is UTF-8");
    let stray = text.chars().find(|&c| is_harmful(c) && !"\x1b\x07\r\n".contains(c));
    assert_eq!(stray, None);
}

/// What goes to the clipboard, which the user asked for, and the end of it.
#[cfg(unix)]
fn is_copied(sequence: &str) -> bool {
    let is_base64 = |text: &str| {
        text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte))
    };
    sequence == "\\" || sequence.strip_prefix("]52;c;").is_some_and(is_base64)
}
