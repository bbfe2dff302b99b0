//! Asking prose on the command line: the index is made when it is asked for, kept beside the snapshot, and made anew where
//! the file is another.

use std::fs;
use std::path::PathBuf;

use serde_json::json;
use tempfile::TempDir;

use super::{Ran, finish, program};
use crate::made::made;

struct Home {
    folder: TempDir,
}

impl Home {
    /// A home with a dataset that is large enough to be kept.
    fn new() -> Self {
        let home = Self { folder: TempDir::new().unwrap() };
        home.write_dataset(1..1800);
        home
    }

    fn write_dataset(&self, ids: std::ops::Range<u32>) {
        let summary = "many words ".repeat(1000);
        let record = |id: u32| {
            let criteria = match id % 3 {
                0 => "Adults without hepatitis B",
                1 => "Inclusion Criteria:\n\n* adults\n\nExclusion Criteria:\n\n* hepatitis B",
                _ => "Inclusion Criteria:\n\n* hepatitis C\n\nExclusion Criteria:\n\n* others",
            };
            let outcomes = json!([{"measure": format!("Change of pain score {id}")}]);
            let record = made(id).at("descriptionModule.briefSummary", &*summary);
            let record = record.at("outcomesModule.primaryOutcomes", outcomes);
            record.at("eligibilityModule.eligibilityCriteria", criteria).json()
        };
        let lines: Vec<String> = ids.map(record).collect();
        fs::write(self.dataset(), lines.join("\n")).unwrap();
    }

    fn dataset(&self) -> PathBuf {
        self.folder.path().join("large.ndjson")
    }

    fn kept(&self) -> Option<PathBuf> {
        let entries = fs::read_dir(self.folder.path().join("cache/trialdex")).ok()?;
        let mut paths = entries.map(|entry| entry.unwrap().path());
        paths.find(|path| path.extension().is_some_and(|extension| extension == "prose"))
    }

    fn count(&self, query: &str, more: &[&str]) -> Ran {
        let dataset = self.dataset();
        let all = ["search", "-d", dataset.to_str().unwrap(), "--count", query];
        let mut command = program(&[&all, more].concat());
        command.env("HOME", self.folder.path());
        command.env("XDG_CACHE_HOME", self.folder.path().join("cache"));
        finish(command, b"")
    }
}

#[test]
fn the_index_is_made_when_it_is_asked_for_and_kept() {
    let home = Home::new();
    assert_eq!(home.count("NCT00000001", &[]).out, "1\n");
    assert_eq!(home.kept(), None);
    let ran = home.count("excl:hepatitis", &[]);
    assert_eq!(ran.out, "600\n");
    assert!(ran.err.contains("599 have criteria that are not split"), "{ran:?}");
    let kept = home.kept().unwrap();
    let written = fs::metadata(&kept).unwrap().modified().unwrap();
    for (query, count) in [
        ("incl:hepatit*", "600\n"),
        ("crit:\"hepatitis b\"", "1199\n"),
        ("-excl:hepatitis", "1199\n"),
        ("outcome:\"score pain\"~0", "1799\n"),
        ("outcome:\"change score\"~1", "0\n"),
        ("outcome:\"change score\"~2", "1799\n"),
        ("text:hepatitis summary:words", "1799\n"),
        ("outcome:17 excl:hepatitis", "0\n"),
        ("outcome:19 excl:hepatitis", "1\n"),
    ] {
        assert_eq!(home.count(query, &[]).out, count, "{query}");
    }
    assert_eq!(fs::metadata(&kept).unwrap().modified().unwrap(), written);
}

#[test]
fn a_file_that_is_another_is_made_anew_and_a_full_disk_costs_no_answer() {
    let home = Home::new();
    home.count("excl:hepatitis", &[]);
    let kept = home.kept().unwrap();
    let whole = fs::read(&kept).unwrap();
    let mut damaged = whole.clone();
    damaged[whole.len() / 2] ^= 1;
    for file in [&whole[..whole.len() / 2], &damaged, b"tdxprose", b""] {
        fs::write(&kept, file).unwrap();
        let ran = home.count("excl:hepatitis", &[]);
        assert_eq!(ran.out, "600\n");
        assert!(ran.err.contains("the index of the prose was not used"), "{ran:?}");
        assert_eq!(fs::read(&kept).unwrap().len(), whole.len());
    }
    // Of a dataset that has changed it says nothing.
    home.write_dataset(1..1801);
    assert_eq!(home.count("crit:hepatitis", &[]).out, "1800\n");
    fs::remove_file(&kept).unwrap();
    assert_eq!(home.count("excl:hepatitis", &["--no-cache"]).out, "600\n");
    assert_eq!(home.kept(), None);
}

#[test]
fn the_registrys_areas_look_into_prose_where_the_registry_does() {
    let home = Home::new();
    // The word stands in outcomes and summaries, and not in criteria.
    for (query, count) in [
        ("term:pain", "1799"),
        ("term:\"pain score\"", "1799"),
        ("patient:words", "1799"),
        ("titles:pain", "0"),
        ("term:hepatitis", "0"),
        ("AREA[EligibilityCriteria]hepatitis AND pain", "1799"),
        ("AREA[OutcomeSearch]\"pain score 17\"", "1"),
    ] {
        let ran = home.count(query, &[]);
        assert_eq!(ran.out, format!("{count}\n"), "{query}: {}", ran.err);
    }
}

#[test]
fn a_query_is_written_as_the_registry_would_be_asked() {
    let ran = |query: &str| finish(program(&["search", "--as-registry", query]), b"");
    let whole = ran("phase:3 lung");
    assert_eq!(
        (whole.out.as_str(), whole.err.as_str(), whole.code),
        ("AREA[Phase]PHASE3 AND lung\n", "", 0)
    );
    let part = ran("incl:x lung");
    assert_eq!((part.out.as_str(), part.code), ("lung\n", 1));
    assert!(part.err.starts_with("trialdex: left out: incl:x: the registry"), "{}", part.err);
    let wrong = ran("AREA[Phase]PHASE9");
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("no value of AREA[Phase]"), "{}", wrong.err);
}
