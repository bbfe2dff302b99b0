//! Collections of marks: which there are, which is in use, the marks of other people, and what they disagree on.

use std::path::Path;

use super::opening::from_home;
use super::{Done, Session, Task};
use crate::marks::{Change, Decision, Mark, Standing, Verdict};
use crate::study::NctId;

impl Session {
    /// Asks which collections there are.
    pub fn ask_collections(&mut self) {
        self.start(Task::Collections);
    }

    /// Asks to keep marks in another collection from now on.
    pub fn use_collection(&mut self, name: &str) {
        if name == self.collection {
            return self.say(format!("{name} is in use"));
        }
        self.start(Task::UseCollection(name.to_owned()));
    }

    /// Takes in that marks are kept in another collection. What was marked before is no step of undo any more.
    pub fn using(&mut self, name: String) {
        self.collection = name;
        let is_query = |done: &Done| matches!(done, Done::Query(_));
        self.done.retain(is_query);
        self.undone.retain(is_query);
        self.unmarking.clear();
        self.read.clear();
    }

    /// Asks to join the marks of another file: its path, in which `~` is the home folder.
    pub fn join(&mut self, typed: &str) {
        self.start(Task::Join(from_home(Path::new(typed.trim()))));
    }

    /// The first study after this one on which people disagree.
    pub fn conflict_after(&self, id: Option<NctId>) -> Option<(NctId, &Mark)> {
        let mut conflicts = self.conflicts();
        conflicts.find(|(conflict, _)| id.is_none_or(|id| *conflict > id))
    }

    /// The studies on which people disagree.
    pub fn conflicts(&self) -> impl Iterator<Item = (NctId, &Mark)> {
        self.marks.iter().filter(|(_, mark)| mark.standing() == Standing::Disputed)
    }

    /// Ends a disagreement. What everybody decided stays.
    pub fn settle(&mut self, id: NctId, decision: Decision, reason: Option<String>) {
        let record = self.store.find(id).and_then(|study| self.store.updated(study));
        let words = reason.as_ref().map_or_else(String::new, |reason| format!(", {reason}"));
        let what = format!("{id}: settled as {decision}{words}");
        let verdict = Verdict { decision: Some(decision), reason, settles: true };
        self.keep(vec![(id, Change::Decided(verdict), record)], what);
    }
}
