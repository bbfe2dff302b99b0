//! The longest studies side by side: comparing them, and a key and a frame of each page that shows them, on a screen
//! of 160 × 50. `TRIALDEX_BENCH_RECORDS=path` takes the longest of those records in place of the made-up ones.

use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use crossterm::event::{Event as TerminalEvent, KeyCode, KeyEvent};
use divan::Bencher;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use trialdex::app::App;
use trialdex::compare::{compare, matrix, overlap};
use trialdex::event::Event;
use trialdex::export::{ComparisonFormat, Report, Rows};
use trialdex::store::{Store, StudyIdx};
use trialdex::study::Study;

use crate::dataset::STORE;

/// How many studies are compared at most.
const MOST: usize = 5;

static RECORDS: LazyLock<Arc<Store>> = LazyLock::new(|| {
    let path = std::env::var_os("TRIALDEX_BENCH_RECORDS").map(PathBuf::from);
    path.map_or_else(
        || STORE.clone(),
        |path| {
            let dataset = trialdex::dataset::open(&[path], &Arc::default());
            dataset.expect("TRIALDEX_BENCH_RECORDS are records").store
        },
    )
});

/// The studies with the longest records, the longest first.
static LONGEST: LazyLock<Vec<StudyIdx>> = LazyLock::new(|| {
    let length = |study: &StudyIdx| RECORDS.record(*study).expect("the store is whole").len();
    let mut studies: Vec<_> = RECORDS.studies().collect();
    studies.sort_by_cached_key(|study| std::cmp::Reverse(length(study)));
    studies.truncate(MOST);
    studies
});

fn parsed(count: usize) -> Vec<Study> {
    let parse = |&study: &StudyIdx| {
        let json = RECORDS.record(study).expect("the store is whole");
        Study::parse(&json).expect("the record was parsed before")
    };
    LONGEST[..count].iter().map(parse).collect()
}

#[divan::bench(max_time = 3)]
fn comparing_two(bencher: Bencher) {
    let studies = parsed(2);
    bencher.bench(|| compare(&studies[0], &studies[1]));
}

#[divan::bench(max_time = 3)]
fn comparing_five(bencher: Bencher) {
    let studies = parsed(MOST);
    bencher.bench(|| matrix(&studies.iter().collect::<Vec<_>>()));
}

#[divan::bench(max_time = 3)]
fn comparing_overlap_of_five(bencher: Bencher) {
    let studies = parsed(MOST);
    bencher.bench(|| overlap(&studies.iter().collect::<Vec<_>>()));
}

#[divan::bench(args = ComparisonFormat::ALL.iter().copied(), max_time = 3)]
fn comparing_export(bencher: Bencher, format: ComparisonFormat) {
    let studies = parsed(2);
    let report = Report::new(&studies.iter().collect::<Vec<_>>(), Rows::All);
    bencher.bench(|| report.in_form(format, 120));
}

/// Opening a page: everything is compared and laid out, and a frame is drawn.
#[divan::bench(args = ["two", "five", "shared"], max_time = 3)]
fn comparing_opened(bencher: Bencher, page: &str) {
    bencher.bench_local(|| Screen::on(page));
}

/// A key that scrolls, and the frame after it.
#[divan::bench(args = ["two", "five", "shared"], max_time = 3)]
fn comparing_frame(bencher: Bencher, page: &str) {
    let mut screen = Screen::on(page);
    bencher.bench_local(|| screen.press('j'));
}

struct Screen {
    app: App,
    terminal: Terminal<TestBackend>,
}

impl Screen {
    fn on(page: &str) -> Self {
        let (width, height) = (160, 50);
        let backend = TestBackend::new(width, height);
        let terminal = Terminal::new(backend).expect("a screen in memory cannot fail");
        let mut screen = Self { app: App::default(), terminal };
        screen.app.handle(Event::Terminal(TerminalEvent::Resize(width, height)));
        screen.app.handle(Event::Loaded(RECORDS.clone().into()));
        // Until the first query is answered, keys wait.
        screen.app.session.stop_waiting();
        screen.app.session.pins = LONGEST[..if page == "two" { 2 } else { MOST }]
            .iter()
            .map(|&study| RECORDS.id(study))
            .collect();
        screen.press('c');
        match page {
            "five" => screen.press('w'),
            "shared" => screen.press('O'),
            _ => (),
        }
        screen
    }

    fn press(&mut self, key: char) {
        let key = KeyEvent::from(KeyCode::Char(key));
        self.app.handle(Event::Terminal(TerminalEvent::Key(key)));
        self.terminal.draw(|frame| self.app.draw(frame)).expect("a screen in memory cannot fail");
    }
}
