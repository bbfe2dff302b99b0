//! Large datasets are read once: what is stored of them, where, and what happens if that fails.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::{Ran, finish, program};
use crate::made::made;

/// A home of its own, and in it a dataset that is large enough to be kept.
struct Home {
    folder: TempDir,
}

impl Home {
    fn new() -> Self {
        let home = Self { folder: TempDir::new().unwrap() };
        home.write_dataset(1..1800);
        home
    }

    fn dataset(&self) -> PathBuf {
        self.folder.path().join("large.ndjson")
    }

    fn write_dataset(&self, ids: std::ops::Range<u32>) {
        let summary = "many words ".repeat(1000);
        let record = |id: u32| {
            let record = made(id).title(&format!("Study {id}"));
            record.at("descriptionModule.briefSummary", &*summary).json()
        };
        let mut lines: Vec<String> = ids.map(record).collect();
        lines.push(r#"{"protocolSection":{"identificationModule":{"nctId":"none"}}}"#.to_owned());
        fs::write(self.dataset(), lines.join("\n")).unwrap();
    }

    fn cache(&self) -> PathBuf {
        self.folder.path().join("cache")
    }

    fn snapshots(&self) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(self.cache().join("trialdex")) else { return Vec::new() };
        entries.map(|entry| entry.unwrap().path()).collect()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program(arguments);
        command.env("HOME", self.folder.path()).env("XDG_CACHE_HOME", self.cache());
        command
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        finish(self.command(arguments), b"")
    }

    fn search(&self, more: &[&str]) -> Ran {
        let dataset = self.dataset();
        self.run(&[&["search", "-d", dataset.to_str().unwrap(), "--count"], more].concat())
    }
}

fn told(ran: &Ran) -> (i32, &str) {
    (ran.code, ran.out.trim())
}

fn content(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap()
}

#[test]
fn a_large_dataset_is_read_once_and_a_changed_one_anew() {
    let home = Home::new();
    let ran = home.search(&[]);
    assert_eq!((told(&ran), home.snapshots().len()), ((0, "1799"), 1));
    assert!(ran.err.contains("1 record was skipped"), "{}", ran.err);
    let kept = content(&home.snapshots()[0]);

    // The second time says the same, what was skipped included, and writes nothing.
    let again = home.search(&[]);
    assert_eq!((told(&again), &again.err), ((0, "1799"), &ran.err));
    assert_eq!(content(&home.snapshots()[0]), kept);

    // The records stay where they are.
    let dataset = home.dataset();
    let bytes = fs::metadata(&dataset).unwrap().len();
    assert!((kept.len() as u64) < bytes / 10, "{} of {bytes}", kept.len());
    let shown =
        home.run(&["show", "-d", dataset.to_str().unwrap(), "NCT00000007", "--format", "json"]);
    let line = content(&dataset).split(|&byte| byte == b'\n').nth(6).unwrap().to_vec();
    assert_eq!((shown.code, shown.out.trim_end().as_bytes()), (0, &line[..]));

    home.write_dataset(1..1900);
    assert_eq!(told(&home.search(&[])), (0, "1899"));
    assert_eq!(home.snapshots().len(), 1, "the new one has taken the place of the old one");
    assert_ne!(content(&home.snapshots()[0]), kept);
}

#[test]
fn what_is_kept_can_be_seen_and_removed() {
    let home = Home::new();
    assert_eq!(home.run(&["cache"]).code, 1);
    home.search(&[]);
    let ran = home.run(&["cache"]);
    assert_eq!(ran.code, 0);
    let folder = home.cache().join("trialdex").to_str().unwrap().to_owned();
    assert!(ran.out.starts_with(&format!("{folder}: 1 kept, ")), "{}", ran.out);
    assert!(ran.out.trim().ends_with("large.ndjson"), "{}", ran.out);
    let ran = home.run(&["cache", "--clear"]);
    assert!(ran.code == 0 && ran.out.starts_with(&format!("{folder}: 1 removed, ")), "{}", ran.out);
    assert_eq!(home.snapshots().len(), 0);
    assert_eq!(told(&home.search(&[])), (0, "1799"));
}

#[test]
fn without_a_cache_everything_works_and_nothing_is_written() {
    let home = Home::new();
    assert_eq!(told(&home.search(&["--no-cache"])), (0, "1799"));
    assert!(!home.cache().exists());
    // A small dataset needs none.
    let small = home.folder.path().join("small.ndjson");
    fs::copy(super::SAMPLE, &small).unwrap();
    home.run(&["check", small.to_str().unwrap()]);
    assert!(!home.cache().exists());
}

#[test]
fn a_cache_that_cannot_be_written_costs_a_word() {
    let home = Home::new();
    fs::write(home.cache(), "not a folder").unwrap();
    let ran = home.search(&[]);
    assert_eq!(told(&ran), (0, "1799"));
    assert!(ran.err.contains("the index cannot be kept for the next start: "), "{}", ran.err);
}

#[test]
fn a_snapshot_that_is_damaged_is_made_anew_with_a_word() {
    let home = Home::new();
    home.search(&[]);
    let path = home.snapshots().remove(0);
    let whole = fs::read(&path).unwrap();
    let mut flipped = whole.clone();
    let place = whole.len() - 3000;
    flipped[place] ^= 1;
    for (bytes, why) in [
        (&flipped[..], "it is damaged: a checksum does not hold"),
        (&whole[..whole.len() / 2], "it is damaged: it is cut off"),
        (b"something else altogether, and long enough to be looked at: the header of it is not ours", "it is no snapshot"),
        (b"", "it is cut off"),
    ] {
        fs::write(&path, bytes).unwrap();
        let ran = home.search(&[]);
        assert_eq!(told(&ran), (0, "1799"));
        assert!(ran.err.contains("was not used: ") && ran.err.contains(why), "{}", ran.err);
        assert_eq!(told(&home.search(&[])), (0, "1799"));
        assert!(!home.search(&[]).err.contains("was not used"), "it was not made anew");
    }
}

#[test]
#[cfg(unix)]
fn a_disk_that_is_full_costs_the_snapshot_and_nothing_else() {
    let home = Home::new();
    let program = env!("CARGO_BIN_EXE_trialdex");
    let mut command = home.command(&[]);
    let dataset = home.dataset();
    // Files may not grow beyond 16 blocks of 512 or 1024 bytes.
    let script = r#"ulimit -f 16; exec "$@""#;
    let arguments = ["-c", script, "sh", program, "search", "--count", "-d"];
    let mut limited = Command::new("sh");
    limited.args(arguments).arg(&dataset).env_clear();
    limited.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    limited.stdin(std::process::Stdio::null());
    limited.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    command = limited;
    let ran = finish(command, b"");
    assert_eq!(told(&ran), (0, "1799"));
    assert!(ran.err.contains("the index cannot be kept for the next start: "), "{}", ran.err);
    assert_eq!(home.snapshots().len(), 0, "a draft was left behind");
}

#[test]
#[cfg(unix)]
fn what_could_not_be_read_this_time_is_tried_again() {
    let home = Home::new();
    let folder = home.folder.path().join("folder");
    fs::create_dir(&folder).unwrap();
    fs::rename(home.dataset(), folder.join("large.ndjson")).unwrap();
    // Nobody can open this one, whoever runs the tests.
    std::os::unix::fs::symlink("loop", folder.join("loop")).unwrap();
    let search = || home.run(&["search", "--count", "-d", folder.to_str().unwrap()]);
    for _ in 0..2 {
        let ran = search();
        assert_eq!((told(&ran), home.snapshots().len()), ((0, "1799"), 0));
        assert!(ran.err.contains("part of the dataset could not be read"), "{}", ran.err);
    }
    fs::remove_file(folder.join("loop")).unwrap();
    assert_eq!((told(&search()), home.snapshots().len()), ((0, "1799"), 1));
    // What stands where the index belongs is not always a file.
    let snapshot = home.snapshots().remove(0);
    fs::remove_file(&snapshot).unwrap();
    assert!(Command::new("mkfifo").arg(&snapshot).status().unwrap().success());
    assert_eq!(told(&search()), (0, "1799"));
}

#[test]
fn eight_copies_at_once_do_not_disturb_each_other() {
    let home = Home::new();
    let dataset = home.dataset();
    let arguments = ["search", "--count", "-d", dataset.to_str().unwrap()];
    let children: Vec<_> = (0..8).map(|_| home.command(&arguments).spawn().unwrap()).collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.stdout, b"1799\n");
    }
    assert_eq!(home.snapshots().len(), 1);
    assert_eq!(told(&home.search(&[])), (0, "1799"));
}
