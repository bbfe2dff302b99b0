//! From paths to records: opens whatever people have and yields one record after another.

use std::sync::atomic::{AtomicBool, AtomicU64};

/// Where in the dataset something stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The path that was opened; `-` for standard input.
    pub file: std::sync::Arc<str>,
    /// Within the file: `line 12`, `35/NCT02252835.json`, or empty for the whole file.
    pub within: String,
}

/// One study as the registry published it: valid UTF-8, beginning with `{`, not yet parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub json: String,
    pub place: Place,
}

/// A record that could not be used. The load goes on without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRecord {
    pub place: Place,
    /// One line, lower case, without the place: `not JSON: expected value at column 3`.
    pub reason: String,
}

/// How far a load has come. Written by the loading thread, read by whoever shows it.
#[derive(Debug, Default)]
pub struct Progress {
    /// Bytes read of the files as they lie on disk.
    pub bytes: AtomicU64,
    /// Bytes of all files; 0 while unknown, as for standard input.
    pub total: AtomicU64,
    pub studies: AtomicU64,
    pub bad: AtomicU64,
    /// Set by whoever wants the load to stop soon.
    pub cancelled: AtomicBool,
}
