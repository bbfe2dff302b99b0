//! From the start to the first frame, for a registry whose index is stored.

use divan::Bencher;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use trialdex::app::App;
use trialdex::event::Event;
use trialdex::search::{Cancel, answer};
use trialdex::session::{Effect, Task};

use crate::dataset::{STORE, glimpsed, kept};

/// Opening what is kept: mapping it, and comparing all its checksums.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn start_opening() {
    drop(kept());
}

/// Opening it, the first answer, and the first frame; what that does not show is checked meanwhile.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn start_first_frame(bencher: Bencher) {
    _ = STORE.len();
    let backend = TestBackend::new(160, 50);
    let mut terminal = Terminal::new(backend).expect("a screen in memory cannot fail");
    bencher.bench_local(|| {
        let mut app = App::default();
        let (glimpsed, opening) = glimpsed();
        app.handle(Event::Glimpsed(glimpsed.clone().into()));
        for effect in app.effects() {
            if let Effect::Start(job, Task::Search(query)) = effect {
                let results = answer(&glimpsed, &query, &Cancel::default());
                let results = results.expect("nobody cancels it");
                app.handle(Event::Answered(job, Box::new(results)));
            }
        }
        terminal.draw(|frame| app.draw(frame)).expect("a screen in memory cannot fail");
        opening
    });
}
