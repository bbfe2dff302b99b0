//! Frames of the trial and of the pages that cover the panes, on the study with the most sites or the longest record.

use std::cell::RefCell;
use std::sync::{Arc, LazyLock};

use crossterm::event::{Event as TerminalEvent, KeyCode, KeyEvent};
use divan::Bencher;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use trialdex::app::App;
use trialdex::event::Event;
use trialdex::search::{Cancel, answer};
use trialdex::session::{Effect, Task};
use trialdex::store::StudyIdx;

use crate::dataset::{STORE, study};

/// A screen larger than most.
const SIZE: (u16, u16) = (200, 60);

/// The study with the most sites.
static MOST: LazyLock<StudyIdx> = LazyLock::new(|| {
    let sites = |study: &StudyIdx| {
        STORE.record(*study).expect("the store is whole").matches("\"facility\"").count()
    };
    STORE.studies().max_by_key(sites).expect("there are studies")
});

/// The application with that study selected, and its screen.
struct Screen {
    app: App,
    terminal: Terminal<TestBackend>,
}

impl Screen {
    fn new() -> Self {
        Self::on(*MOST)
    }

    /// The application on `study`.
    fn on(study: StudyIdx) -> Self {
        let mut app = App::default();
        app.session.today = "2026-02-15".parse().ok();
        app.session.begin_with(&STORE.id(study).to_string());
        app.handle(Event::Loaded(Arc::clone(&STORE).into()));
        for effect in app.effects() {
            if let Effect::Start(job, Task::Search(query)) = effect {
                let results = answer(&STORE, &query, &Cancel::default());
                let results = Box::new(results.expect("nobody cancels"));
                app.handle(Event::Answered(job, results));
            }
        }
        let terminal = Terminal::new(TestBackend::new(SIZE.0, SIZE.1));
        let Ok(terminal) = terminal;
        let mut screen = Self { app, terminal };
        screen.draw();
        screen
    }

    fn press(&mut self, key: char) {
        let key = KeyEvent::from(KeyCode::Char(key));
        self.app.handle(Event::Terminal(TerminalEvent::Key(key)));
    }

    fn draw(&mut self) {
        let Ok(_) = self.terminal.draw(|frame| self.app.draw(frame));
    }
}

/// From the key to the first frame.
#[divan::bench(args = ['m', 'T'], max_time = 3)]
fn pages_open(bencher: Bencher, key: char) {
    let screen = RefCell::new(Screen::new());
    bencher.bench_local(|| {
        let mut screen = screen.borrow_mut();
        screen.press(key);
        screen.draw();
        // The same key closes the page.
        screen.press(key);
    });
}

/// A frame in which nothing has changed.
#[divan::bench(args = ['m', 'T'], max_time = 3)]
fn pages_frame(bencher: Bencher, key: char) {
    let mut screen = Screen::new();
    screen.press(key);
    screen.draw();
    let screen = RefCell::new(screen);
    bencher.bench_local(|| screen.borrow_mut().draw());
}

/// A step to the west or back, and the map as it is seen from there.
#[divan::bench(max_time = 3)]
fn pages_map_moved(bencher: Bencher) {
    let mut screen = Screen::new();
    screen.press('m');
    let screen = RefCell::new((screen, ['h', 'l'].into_iter().cycle()));
    bencher.bench_local(|| {
        let (screen, keys) = &mut *screen.borrow_mut();
        screen.press(keys.next().expect("a cycle has no end"));
        screen.draw();
    });
}

/// A step down in the table of sites.
#[divan::bench(max_time = 3)]
fn pages_site_selected(bencher: Bencher) {
    let mut screen = Screen::new();
    screen.press('m');
    screen.app.handle(Event::Terminal(TerminalEvent::Key(KeyEvent::from(KeyCode::Tab))));
    let screen = RefCell::new((screen, ['j', 'k'].into_iter().cycle()));
    bencher.bench_local(|| {
        let (screen, keys) = &mut *screen.borrow_mut();
        screen.press(keys.next().expect("a cycle has no end"));
        screen.draw();
    });
}

/// From the key to the first frame of what is long on the longest record: its tables, its JSON.
#[divan::bench(args = ['t', 'v'], max_time = 3)]
fn pages_open_longest(bencher: Bencher, key: char) {
    let screen = RefCell::new(Screen::on(study("largest")));
    bencher.bench_local(|| {
        let mut screen = screen.borrow_mut();
        screen.press(key);
        screen.draw();
        screen.press(key);
    });
}

/// A step down in the trial, its last table of results, its whole JSON.
#[divan::bench(args = ["", "R", "t G", "v ="], max_time = 3)]
fn pages_frame_longest(bencher: Bencher, keys: &str) {
    let mut screen = Screen::on(study("largest"));
    screen.app.handle(Event::Terminal(TerminalEvent::Key(KeyEvent::from(KeyCode::Enter))));
    keys.chars().filter(|key| *key != ' ').for_each(|key| screen.press(key));
    if keys.contains('t') {
        screen.app.handle(Event::Terminal(TerminalEvent::Key(KeyEvent::from(KeyCode::Enter))));
    }
    screen.draw();
    let screen = RefCell::new((screen, ['j', 'k'].into_iter().cycle()));
    bencher.bench_local(|| {
        let (screen, keys) = &mut *screen.borrow_mut();
        screen.press(keys.next().expect("a cycle has no end"));
        screen.draw();
    });
}

/// A key of what is looked for in all of the longest record.
#[divan::bench(args = ["/", "v/"], max_time = 3)]
fn pages_find_longest(bencher: Bencher, keys: &str) {
    let mut screen = Screen::on(study("largest"));
    screen.app.handle(Event::Terminal(TerminalEvent::Key(KeyEvent::from(KeyCode::Enter))));
    keys.chars().for_each(|key| screen.press(key));
    let screen = RefCell::new((screen, "nausea".chars().cycle()));
    bencher.bench_local(|| {
        let (screen, keys) = &mut *screen.borrow_mut();
        screen.press(keys.next().expect("a cycle has no end"));
        screen.draw();
    });
}
