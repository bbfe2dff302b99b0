//! Loading real records: those beside the repository, when they are there, and those named by `TRIALDEX_DATASET`.

use super::load;
use crate::real;

#[test]
fn real_files_of_every_shape_are_read_whole() {
    if real::path("").is_none() {
        return real::skip("../shared/data");
    }
    // Counted with another JSON parser over whole documents.
    for (name, studies, bad) in [
        ("studies.ndjson", 1058, 0),
        ("partial.ndjson", 499, 0),
        ("older-versions.ndjson", 37, 0),
        ("shapes/aact-v2-fixtures", 5, 0),
        ("shapes/api-page", 28, 0),
        ("shapes/api-page-fields-filtered", 50, 0),
        ("shapes/classic-fullstudies-json", 0, 3),
        ("shapes/classic-studyfields", 0, 1),
        ("shapes/classic-xml", 0, 3),
        ("shapes/corrupted", 18, 3),
        ("shapes/ctg-csv", 0, 0),
        ("shapes/ctg-json-array", 50, 0),
        ("shapes/ctgov2-ctrdata", 3, 0),
        ("shapes/ctis-json", 0, 3),
        ("shapes/euctr", 0, 3),
        ("shapes/isrctn", 0, 3),
        ("shapes/mongo-export", 1, 0),
        ("shapes/single-study-json", 2, 0),
        ("shapes/trialgpt", 0, 359),
        ("shapes/who-ictrp-csv", 0, 0),
        ("shapes/who-ictrp-xml", 0, 0),
        ("shapes/zip-of-studies", 546, 0),
        ("shapes", 703, 378),
    ] {
        let Some(path) = real::path(name) else {
            real::skip(&format!("../shared/data/{name}"));
            continue;
        };
        let loaded = load(&[path]);
        let counts = (loaded.records.len(), loaded.bad.len());
        assert_eq!(counts, (studies, bad), "{name}: {:?}", loaded.complaints().first());
    }
}

#[test]
fn real_conflict_markers_are_left_to_the_parser() {
    let name = "shapes/corrupted/array-with-git-conflict-markers.json";
    let Some(path) = real::path(name) else { return real::skip(&format!("../shared/data/{name}")) };
    let loaded = load(&[path]);
    assert_eq!((loaded.records.len(), loaded.bad.len()), (9, 3));
    assert!(loaded.bad.iter().all(|bad| bad.reason == "not JSON"), "{:?}", loaded.bad);
}

#[test]
fn a_dataset_named_by_hand_is_read_without_complaint() {
    let Some(path) = std::env::var_os("TRIALDEX_DATASET") else {
        return real::skip("TRIALDEX_DATASET, the path of a dataset");
    };
    let loaded = load(&[path.into()]);
    assert!(!loaded.records.is_empty());
    assert_eq!(loaded.bad, []);
}
