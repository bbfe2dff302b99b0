//! Every screen at every size: the program draws something or nothing, but does not panic.

use std::sync::Arc;
use std::time::Duration;

use trialdex::dataset::Dataset;
use trialdex::event::{Event, Loading};
use trialdex::load::{BadRecord, Place};

use super::screen::Screen;
use super::{load, planted};
use crate::real;

/// The keys that lead to each screen.
const SCREENS: &[(&str, &str)] = &[
    ("list", ""),
    ("empty list", "/ z z z z enter"),
    ("query being typed", "/ l i v e r"),
    ("query without sense", "/ f o o : x"),
    ("detail", "enter G"),
    ("text being looked for", "enter / S o m e"),
    ("text found", "enter / S o m e enter n"),
    ("zoomed detail", "enter z"),
    ("filters", "f j j j"),
    ("filters narrowed", "f / s o m e enter j"),
    ("comparison", "space space c"),
    ("differences", "space space c d ] G"),
    ("comparison of nothing", "4"),
    ("matrix", "space j space j space c w ]"),
    ("folded comparison", "space j space c = + ] -"),
    ("found in a comparison", "space j space c / S o m e enter n"),
    ("what is shared", "space j space j space c O d d pagedown"),
    ("found in what is shared", "space j space c O / S o m e enter n"),
    ("dashboard", "D j right right enter"),
    ("saving", "e"),
    ("saving a comparison", "space j space c e"),
    ("help", "?"),
    ("commands", ":"),
    ("orders", "s"),
    ("copying", "y"),
    ("sections", "enter O"),
    ("problems", "!"),
];

const LARGER: &[(u16, u16)] = &[
    (1, 200),
    (200, 1),
    (24, 6),
    (23, 6),
    (24, 5),
    (40, 10),
    (80, 24),
    (200, 60),
    (500, 3),
    (79, 18),
    (120, 17),
];

fn sizes() -> impl Iterator<Item = (u16, u16)> {
    (0..=3)
        .flat_map(|columns| (0..=3).map(move |rows| (columns, rows)))
        .chain(LARGER.iter().copied())
}

fn bad() -> Vec<BadRecord> {
    let place = Place { file: Arc::from("file"), within: "line 7".to_owned() };
    vec![BadRecord { place, reason: "torn".to_owned() }; 30]
}

#[test]
fn every_screen_can_have_any_size() {
    let records =
        [planted("漢字 👩\u{200d}🔬 \u{202e}عربى\n", 1), planted("some", 2), planted("more", 3)];
    let dataset = load(records.map(|record| record.to_string()).join("\n").as_bytes());
    let dataset = Dataset { bad: bad(), skipped: 30, ..dataset };
    for (_, keys) in SCREENS {
        let mut screen = Screen::open(dataset.clone(), (120, 40));
        screen.press(keys);
        for (columns, rows) in sizes() {
            screen.resize(columns, rows);
            screen.draw();
            screen.press("down pagedown");
            screen.draw();
        }
        // Reached while there is no room at all.
        for size in [(0, 0), (1, 1), (30, 7)] {
            let mut screen = Screen::open(dataset.clone(), size);
            screen.press(keys);
            screen.draw();
            screen.press("down up end pagedown enter esc tab z 3 } J ctrl-d");
            screen.draw();
        }
    }
}

#[test]
fn loading_and_its_failure_can_have_any_size() {
    let elapsed = Duration::MAX;
    let far = Loading { bytes: u64::MAX, total: 10, studies: u64::MAX, bad: 3, elapsed };
    let endless = Loading { bytes: 1, total: 50, ..far };
    for event in [
        Event::Loading(Loading::default()),
        Event::Loading(far),
        Event::Loading(endless),
        Event::LoadFailed("no such\u{1b}[2J file 漢字".repeat(9)),
    ] {
        let mut screen = Screen::waiting(80, 24);
        screen.handle(event);
        for (columns, rows) in sizes() {
            screen.resize(columns, rows);
            screen.press("j enter ? : esc");
            screen.draw();
        }
    }
}

#[test]
fn real_studies_can_be_read_at_any_size() {
    let Some(store) = real::store() else { return real::skip(real::DATASET) };
    for (columns, rows) in [(120, 40), (80, 24), (40, 10), (24, 6), (500, 9)] {
        let mut screen = Screen::open(store.clone(), (columns, rows));
        screen.press("/ s o r t : t i t l e enter space G space c");
        screen.draw();
        screen.press("pagedown d G");
        screen.draw();
        screen.press("esc g enter");
        for _ in 0..8 {
            for keys in ["", "pagedown", "G"] {
                screen.press(keys);
                screen.draw();
            }
            screen.app.session.move_by(131);
        }
        for (columns, rows) in [(3, 3), (25, 7), (columns, rows)] {
            screen.resize(columns, rows);
            screen.draw();
        }
    }
}
