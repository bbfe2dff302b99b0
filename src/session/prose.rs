//! The index of the prose: it is asked for when the dataset is there, and who has asked prose before gets the answer when
//! it is.

use super::{Landing, Session, Task};
use crate::search::ProseState;

impl Session {
    /// Asks for the index of the prose, unless the store has it.
    pub fn index_prose(&mut self) {
        if !self.store.is_empty() && self.store.prose().is_none() {
            self.indexing = Some(self.start(Task::IndexProse));
        }
    }

    /// Whether the answer waits for the index of the prose.
    pub fn awaits_prose(&self) -> bool {
        self.results.prose == ProseState::Awaited
    }

    /// Whether that index is being made.
    pub fn is_indexing(&self) -> bool {
        self.indexing.is_some()
    }

    /// Takes in what became of it: a remark, or nothing to say.
    pub(super) fn end_indexing(&mut self, outcome: Result<String, String>) {
        match outcome {
            Ok(remark) if remark.is_empty() => (),
            Ok(remark) => self.say(remark),
            Err(failed) => self.fail(format!("the prose is not indexed: {failed}")),
        }
        if self.searches_ask_prose() && self.store.prose().is_some() {
            self.count_searches();
        }
        if self.query.asks_prose() && self.store.prose().is_some() {
            if !self.is_searching() && !self.awaits_prose() {
                self.landing = Landing::Stay;
            }
            self.ask_again();
        }
    }
}
