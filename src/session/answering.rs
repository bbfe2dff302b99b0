//! Asking the present query, and taking its answer in.

use super::{JobId, Landing, Session, Task};
use crate::search::{Hints, Results};

impl Session {
    pub(super) fn ask(&mut self) {
        self.visited = None;
        self.ask_again();
    }

    /// Asks the same query once more.
    pub(super) fn ask_again(&mut self) {
        self.asked = self.start(Task::Search(self.query.clone()));
    }

    /// Takes the answer of a search in, unless the question has changed since.
    pub fn answer(&mut self, job: JobId, results: Results) {
        if job != self.asked {
            return;
        }
        // The first of it was shown, and somebody may have gone on from there.
        if self.answered == job {
            self.landing = Landing::Stay;
        }
        self.answered = job;
        self.open_more(job);
        if let Some(unknown) = results.near.unknown {
            if !self.forgets_place(&unknown) {
                self.error = Some(self.misplaced(unknown));
            }
            return;
        }
        self.take_results(results);
        self.count_query();
        self.look();
    }

    /// Takes in what else can be asked, if that belongs to what is on the screen.
    pub fn hint(&mut self, job: JobId, hints: Hints) {
        if job == self.answered && !self.is_searching() {
            self.results.hints = Some(hints);
        }
    }

    /// Whether what else can be asked is still looked for.
    pub fn is_hinting(&self) -> bool {
        !self.is_searching() && self.error.is_none() && self.results.hints.is_none()
    }
}
