//! The real records beside the repository, or those that `TRIALDEX_DATASET` names, for suites that also run over them.

use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use trialdex::dataset;
use trialdex::store::Store;

/// A file or folder of the real records, when it is there.
pub(crate) fn path(name: &str) -> Option<PathBuf> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data")).join(name);
    path.exists().then_some(path)
}

/// The real studies, one a line, when they are there.
pub(crate) fn lines() -> Option<&'static str> {
    static LINES: LazyLock<Option<String>> =
        LazyLock::new(|| Some(fs::read_to_string(dataset()?).unwrap()));
    LINES.as_deref()
}

/// The store of [`lines`].
pub(crate) fn store() -> Option<Arc<Store>> {
    static STORE: LazyLock<Option<Arc<Store>>> =
        LazyLock::new(|| Some(dataset::open(&[dataset()?], &Arc::default()).unwrap().store));
    STORE.clone()
}

fn dataset() -> Option<PathBuf> {
    std::env::var_os("TRIALDEX_DATASET").map(PathBuf::from).or_else(|| path("studies.ndjson"))
}
