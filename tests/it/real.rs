//! The real records, for suites that also run over them, and their store.

#[path = "../../src/study/real.rs"]
pub mod records;

use std::sync::{Arc, LazyLock};

use serde_json::Value;
use trialdex::dataset;
use trialdex::store::Store;

pub use records::{dataset, lines, path, skip};

/// What [`skip`] says is needed.
pub const DATASET: &str = "../shared/data/studies.ndjson";

/// The store of [`lines`].
pub fn store() -> Option<Arc<Store>> {
    static STORE: LazyLock<Option<Arc<Store>>> =
        LazyLock::new(|| Some(dataset::open(&[dataset()?], &Arc::default()).unwrap().store));
    STORE.clone()
}

/// The real records as a scan reads them; without them the test says that it is skipped.
pub fn studies() -> Option<Vec<Value>> {
    let Some(lines) = lines() else {
        skip(DATASET);
        return None;
    };
    let study = |line| serde_json::from_str(line).expect("every line is a study");
    Some(lines.lines().map(study).collect())
}
