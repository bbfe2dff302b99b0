//! What was met in one path, for the message when no study is in it.

use std::collections::BTreeSet;

#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) studies: u64,
    pub(super) bad: u64,
    kinds: BTreeSet<&'static str>,
}

impl Findings {
    pub(super) fn note(&mut self, kind: &'static str) {
        self.kinds.insert(kind);
    }

    /// Adds what was met elsewhere in the same path.
    pub(super) fn add(&mut self, other: Self) {
        self.studies += other.studies;
        self.bad += other.bad;
        self.kinds.extend(other.kinds);
    }

    /// What was met, as one phrase.
    pub(super) fn in_words(&self) -> String {
        match (self.kinds.is_empty(), self.bad) {
            (false, _) => self.kinds.iter().copied().collect::<Vec<_>>().join(", "),
            (true, 0) => "no file that could hold a study".to_owned(),
            (true, _) => "only records that cannot be read".to_owned(),
        }
    }
}
