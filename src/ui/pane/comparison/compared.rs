//! The last comparison, kept so that a frame does not compute it again.

use crate::export::{Report, Rows};
use crate::session::{Session, VersionPair};
use crate::store::{Store, StoreId, StudyIdx};
use crate::study::Study;

/// The record of one column: of a study, and older than so many others of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) study: StudyIdx,
    newer: usize,
}

/// Which records of which store, from left to right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ComparisonKey {
    store: StoreId,
    pins: Vec<StudyIdx>,
    versions: Option<VersionPair>,
    pub(super) columns: Vec<Column>,
}

pub(super) struct Compared {
    pub(super) of: ComparisonKey,
    pub(super) result: Result<Report, String>,
}

impl Column {
    /// The record of a study that counts.
    pub(super) fn newest(study: StudyIdx) -> Self {
        Self { study, newer: 0 }
    }

    /// The records of a pair, the older one on the left.
    pub(super) fn of_versions(VersionPair { study, newer }: VersionPair) -> Vec<Self> {
        newer.map(|newer| Self { study, newer }).to_vec()
    }
}

impl ComparisonKey {
    pub(super) fn new(session: &Session, columns: Vec<Column>) -> Self {
        let mut pins = session.pinned();
        pins.sort_unstable();
        Self { store: session.store.identity(), pins, versions: session.versions(), columns }
    }

    /// Whether the same is compared, in whatever order.
    pub(super) fn is_of_the_same(&self, other: &Self) -> bool {
        (self.store, &self.pins, self.versions) == (other.store, &other.pins, other.versions)
    }
}

impl Compared {
    pub(super) fn new(store: &Store, of: ComparisonKey) -> Self {
        let result = report(store, &of.columns);
        Self { of, result }
    }
}

fn report(store: &Store, columns: &[Column]) -> Result<Report, String> {
    let records = columns.iter().map(|&column| read(store, column));
    let records: Vec<Study> = records.collect::<Result<_, _>>()?;
    Ok(Report::new(&records.iter().collect::<Vec<_>>(), Rows::All))
}

fn read(store: &Store, Column { study, newer }: Column) -> Result<Study, String> {
    let cannot = |error: String| format!("{} cannot be read: {error}", store.id(study));
    let json = store.version(study, newer).map_err(|error| cannot(error.to_string()))?;
    Study::parse(&json).map_err(|error| cannot(error.to_string()))
}
