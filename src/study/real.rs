//! The real records beside the repository, or those that `TRIALDEX_DATASET` names, for tests that also run over them.
//! A test that does not find them says so and passes.
//!
//! The integration tests include this file too, so it names nothing of this crate.

use std::fs;
use std::io::{self, Write as _};
use std::panic::Location;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A file or folder of the real records, when it is there.
pub fn path(name: &str) -> Option<PathBuf> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data")).join(name);
    path.exists().then_some(path)
}

/// The file that `TRIALDEX_DATASET` names, else the file of whole records, when it is there.
pub fn dataset() -> Option<PathBuf> {
    std::env::var_os("TRIALDEX_DATASET").map(PathBuf::from).or_else(|| path("studies.ndjson"))
}

/// The studies of [`dataset`], one a line.
pub fn lines() -> Option<&'static str> {
    static LINES: LazyLock<Option<String>> =
        LazyLock::new(|| Some(fs::read_to_string(dataset()?).unwrap()));
    LINES.as_deref()
}

/// Says which test does nothing for want of what, and how many did so before it.
///
/// Written past `eprintln!`, whose output the test harness keeps to itself while a test passes.
#[track_caller]
pub fn skip(want: &str) {
    static SKIPPED: AtomicUsize = AtomicUsize::new(0);
    let count = SKIPPED.fetch_add(1, Ordering::Relaxed) + 1;
    let test = Location::caller();
    let line = format!("skipped {count}: {}:{} needs {want}\n", test.file(), test.line());
    _ = io::stderr().write_all(line.as_bytes());
}
