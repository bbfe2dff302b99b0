//! Questions and answers: `answer` is a pure function of a store and a query.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::store::{Store, StudyIdx};

/// What the user asks for, parsed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {}

/// The studies that a query finds, in order.
#[derive(Clone, Debug, Default)]
pub struct Results {
    pub rows: Vec<StudyIdx>,
}

/// Asks a running search to stop; looked at in every long loop.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Answers `query`; `None` when it was cancelled.
pub fn answer(_store: &Store, _query: &Query, cancel: &Cancel) -> Option<Results> {
    (!cancel.is_cancelled()).then(Results::default)
}
