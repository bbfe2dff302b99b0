//! The last comparison, kept so that a frame does not compute it again.

use crate::export::{Report, Rows};
use crate::session::Session;
use crate::store::{Store, StoreId, StudyIdx};
use crate::study::Study;

/// Which studies of which store, from left to right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ComparisonKey {
    store: StoreId,
    pins: Vec<StudyIdx>,
    pub(super) studies: Vec<StudyIdx>,
}

pub(super) struct Compared {
    pub(super) of: ComparisonKey,
    pub(super) result: Result<Report, String>,
}

impl ComparisonKey {
    pub(super) fn new(session: &Session, studies: Vec<StudyIdx>) -> Self {
        let mut pins = session.pinned();
        pins.sort_unstable();
        Self { store: session.store.identity(), pins, studies }
    }

    /// Whether the same studies are pinned, in whatever order.
    pub(super) fn is_of_the_same_pins(&self, other: &Self) -> bool {
        (self.store, &self.pins) == (other.store, &other.pins)
    }
}

impl Compared {
    pub(super) fn new(store: &Store, of: ComparisonKey) -> Self {
        let result = report(store, &of.studies);
        Self { of, result }
    }
}

fn report(store: &Store, studies: &[StudyIdx]) -> Result<Report, String> {
    let studies = read(store, studies)?;
    Ok(Report::new(&studies.iter().collect::<Vec<_>>(), Rows::All))
}

fn read(store: &Store, studies: &[StudyIdx]) -> Result<Vec<Study>, String> {
    let read = |&study: &StudyIdx| {
        store.study(study).map_err(|error| format!("{} cannot be read: {error}", store.id(study)))
    };
    studies.iter().map(read).collect()
}
