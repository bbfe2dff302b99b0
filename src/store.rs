//! The immutable in-memory index over a dataset.

/// A study's place in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StudyIdx(pub u32);

/// Everything that is known of a dataset. Immutable; shared by `Arc`.
#[derive(Debug, Default)]
pub struct Store {}
