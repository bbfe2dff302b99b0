//! For tests: a session whose searches are answered at once.

use super::{Effect, Session, Task};
use crate::search::{Cancel, answer};

/// Answers what the session has asked since the last time.
pub(super) fn settle(session: &mut Session) {
    for effect in session.effects() {
        if let Effect::Start(job, Task::Search(query)) = effect {
            let results = answer(&session.store, &query, &Cancel::default()).unwrap();
            session.answer(job, results);
        }
    }
}
