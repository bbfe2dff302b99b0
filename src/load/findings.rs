//! What was met in one path: for the message when no study is in it, and when it is a part of something.

use std::collections::BTreeSet;

/// Pages of the API that were met, as far as they say that they are parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pages {
    /// Studies in them.
    pub studies: u64,
    /// How many studies there are in all, where the first pages of answers say so.
    pub total: Option<u64>,
    /// Pages behind which another one comes, and pages that are the last.
    pub followed: u64,
    pub last: u64,
}

impl Pages {
    pub(super) fn add(&mut self, other: &Self) {
        self.studies += other.studies;
        self.followed += other.followed;
        self.last += other.last;
        if let Some(total) = other.total {
            self.total = Some(self.total.unwrap_or(0).saturating_add(total));
        }
    }
}

#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) studies: u64,
    pub(super) bad: u64,
    pub(super) pages: Pages,
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
        self.pages.add(&other.pages);
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
