//! A load that is cancelled stops, wherever it is.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use trialdex::load::{self, BadRecord, Intake, Original, Progress};

use super::{gzipped, studies, zipped};

#[test]
fn a_cancelled_load_stops() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dataset");
    fs::write(&path, studies().concat()).unwrap();
    let progress = Arc::<Progress>::default();
    let mut loader = load::open(&[path.clone(), path], Arc::clone(&progress)).unwrap();
    assert!(loader.next().is_some());
    progress.cancelled.store(true, Relaxed);
    assert!(loader.next().is_none());
    assert!(loader.next().is_none());
}

/// Takes one record and cancels the load.
struct Cancelling(Arc<Progress>, usize);

impl Intake for Cancelling {
    fn record(&mut self, _: &str, _: &Arc<str>, _: Option<Original>) -> Result<(), String> {
        self.0.cancelled.store(true, Relaxed);
        self.1 += 1;
        Ok(())
    }

    fn bad(&mut self, bad: BadRecord) {
        panic!("{bad:?}");
    }
}

#[test]
fn a_load_is_cancelled_within_lines_members_and_files() {
    let study = studies().concat();
    let lines = studies().map(|study| study + "\n").concat().repeat(2000);
    let folder = tempfile::tempdir().unwrap();
    for name in ["1", "2", "3"] {
        fs::write(folder.path().join(name), &study).unwrap();
    }
    let large = lines.repeat(50);
    for (name, bytes) in [
        ("lines", lines.clone().into_bytes()),
        ("members", zipped(&[("a", study.as_bytes()), ("b", study.as_bytes())])),
        ("lines in a member", zipped(&[("a", lines.as_bytes())])),
        ("a large member", zipped(&[("a", large.as_bytes())])),
        ("gzip", gzipped(lines.as_bytes())),
        ("folder", Vec::new()),
    ] {
        let file = tempfile::tempdir().unwrap();
        let path = file.path().join("dataset");
        fs::write(&path, &bytes).unwrap();
        let path = if name == "folder" { folder.path().to_owned() } else { path };
        let progress = Arc::<Progress>::default();
        let mut cancelling = Cancelling(Arc::clone(&progress), 0);
        let loader = load::open(&[path], Arc::clone(&progress)).unwrap();
        loader.for_each(|portion| portion.read(&mut cancelling));
        assert_eq!(cancelling.1, 1, "{name}");
    }
}
