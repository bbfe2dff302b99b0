//! Which two records of one study are compared. A study has several where several were read.

use super::Session;
use crate::store::StudyIdx;

/// Two records of a study.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VersionPair {
    pub study: StudyIdx,
    /// Than how many other records of the study each is older, as [`crate::store::Store::version`] has it.
    pub newer: [usize; 2],
}

impl Session {
    /// The records that are compared instead of the pinned studies.
    pub fn versions(&self) -> Option<VersionPair> {
        self.versions
    }

    /// Compares two records of one study instead of the pinned studies; `None` compares those again.
    pub fn compare_versions(&mut self, versions: Option<VersionPair>) {
        self.versions = versions;
    }
}
