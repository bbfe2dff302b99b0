//! Collections on a real disk: two writers, damage, a newer form, privacy, a child that is killed while it writes.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use super::*;
use crate::marks::{Decision, Verdict};

fn id(number: u32) -> NctId {
    NctId::from_number(number).unwrap()
}

fn tag(study: u32, tag: &str) -> Marking {
    (id(study), Change::Tagged { tag: tag.to_owned(), on: true }, None)
}

fn include(study: u32) -> Marking {
    let decision = Some(Decision::Include);
    (id(study), Change::Decided(Verdict { decision, ..Verdict::default() }), None)
}

struct Home(TempDir);

impl Home {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn folder(&self) -> Folder {
        Folder::new(self.0.path().join("data").join("collections"))
    }

    fn open(&self) -> Collection {
        Collection::open(&self.folder(), "x").unwrap()
    }

    fn file(&self) -> PathBuf {
        self.folder().path().join("x.jsonl")
    }

    fn append(&self, text: &str) {
        let mut file = OpenOptions::new().append(true).open(self.file()).unwrap();
        file.write_all(text.as_bytes()).unwrap();
    }
}

#[test]
fn what_is_kept_is_there_at_the_next_start() {
    let home = Home::new();
    let mut first = home.open();
    assert!(first.marks().is_empty() && !home.file().exists());
    let step = first.mark("a", (1..=41).map(|study| tag(study, "liver")).collect()).unwrap();
    assert_eq!(step.words, "41 tags");
    first.mark("a", vec![include(1)]).unwrap();
    let mut next = home.open();
    assert_eq!(next.marks(), first.marks());
    assert_eq!(next.marks().get(id(1)).unwrap().decision(), Some(Decision::Include));
    assert_eq!(next.undo("a").unwrap().words, "1 decision");
    assert_eq!(next.undo("a").unwrap().words, "41 tags");
    let error = next.undo("a").unwrap_err().to_string();
    assert_eq!(error, "nothing is left to undo by a in the collection x");
    assert!(next.marks().is_empty());
    first.refresh().unwrap();
    assert!(first.marks().is_empty() && first.damage().is_empty());
}

#[cfg(unix)]
#[test]
fn nobody_else_may_read_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = Home::new();
    home.open().mark("a", vec![include(1)]).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&home.file()), 0o600);
    assert_eq!(mode(home.folder().path()), 0o700);
    fs::set_permissions(home.folder().path(), fs::Permissions::from_mode(0o755)).unwrap();
    home.open().mark("a", vec![include(2)]).unwrap();
    assert_eq!(mode(home.folder().path()), 0o700);
}

#[test]
fn damaged_lines_are_told_kept_and_stepped_over() {
    let home = Home::new();
    let mut open = home.open();
    open.mark("a", vec![include(1)]).unwrap();
    home.append("{\"v\":1,\"event\":\"torn");
    open.refresh().unwrap();
    let damage = Damage { line: 2, reason: "it is cut off".to_owned() };
    assert_eq!(open.damage(), std::slice::from_ref(&damage));
    let before = fs::read(home.file()).unwrap();
    open.mark("a", vec![include(2)]).unwrap();
    assert!(fs::read(home.file()).unwrap().starts_with(&before));
    home.append("no JSON\n");
    open.mark("a", vec![include(3)]).unwrap();
    for collection in [&open, &home.open()] {
        assert_eq!(collection.marks().len(), 3);
        let lines: Vec<u64> = collection.damage().iter().map(|damage| damage.line).collect();
        assert_eq!(lines, [2, 4]);
    }
}

#[test]
fn a_last_line_without_an_end_counts_once() {
    let home = Home::new();
    home.open().mark("a", vec![include(1), tag(2, "x")]).unwrap();
    let text = fs::read_to_string(home.file()).unwrap();
    fs::write(home.file(), text.trim_end()).unwrap();
    let mut open = home.open();
    assert_eq!((open.marks().len(), open.damage().len()), (2, 0));
    open.mark("a", vec![include(3)]).unwrap();
    let next = home.open();
    assert_eq!((next.marks().len(), next.damage().len()), (3, 0));
    assert_eq!(next.marks(), open.marks());
}

#[test]
fn a_newer_form_is_read_as_far_as_it_is_known_and_not_written() {
    let home = Home::new();
    home.open().mark("a", vec![include(1)]).unwrap();
    home.append("{\"v\":2,\"whatever\":1}\n");
    let before = fs::read(home.file()).unwrap();
    let mut open = home.open();
    assert_eq!((open.marks().len(), open.damage().len()), (1, 1));
    for result in [open.mark("a", vec![include(2)]).map(|_| ()), open.undo("a").map(|_| ())] {
        let error = result.unwrap_err().to_string();
        assert!(error.contains("a newer version of trialdex wrote it (form 2)"), "{error}");
    }
    let other = Home::new();
    let merged = other.open().merge(&home.file());
    assert!(matches!(merged, Err(CollectionError::Newer { version: 2, .. })));
    assert_eq!(fs::read(home.file()).unwrap(), before);
    assert_eq!(open.marks().len(), 1);
}

#[test]
fn two_programs_write_at_once() {
    let home = Home::new();
    thread::scope(|scope| {
        for (by, first) in [("a", 1), ("b", 101), ("c", 201)] {
            let mut open = home.open();
            scope.spawn(move || {
                for study in first..first + 60 {
                    open.mark(by, vec![include(study), tag(study, by)]).unwrap();
                }
            });
        }
    });
    let open = home.open();
    assert_eq!((open.marks().len(), open.damage().len()), (180, 0));
    assert!(open.marks().iter().all(|(_, mark)| mark.decision().is_some() && mark.tags.len() == 1));
}

#[test]
fn a_file_of_somebody_else_joins() {
    let (ours, theirs) = (Home::new(), Home::new());
    let mut open = ours.open();
    open.mark("a", vec![include(1), include(2)]).unwrap();
    let exclude = Verdict { decision: Some(Decision::Exclude), ..Verdict::default() };
    let excluded = (id(2), Change::Decided(exclude), None);
    theirs.open().mark("b", vec![include(1), excluded, tag(3, "x")]).unwrap();
    let merged = open.merge(&theirs.file()).unwrap();
    assert_eq!((merged.events, merged.studies), (3, 3));
    assert_eq!(merged.people, ["b"]);
    assert_eq!(open.merge(&theirs.file()).unwrap().events, 0);
    let agreement = crate::marks::Agreement::of(open.marks());
    assert_eq!((agreement.conflicts.len(), agreement.conflicts[0].id), (1, id(2)));
    assert_eq!((agreement.pairs[0].both(), agreement.pairs[0].agreed()), (2, 1));
    // Two files written one behind the other are the same.
    let both = Home::new();
    both.folder().make().unwrap();
    let [ours, theirs] = [&ours, &theirs].map(|home| fs::read_to_string(home.file()).unwrap());
    fs::write(both.file(), format!("{theirs}{ours}{theirs}")).unwrap();
    assert_eq!(both.open().marks(), open.marks());
    assert!(matches!(open.merge(Path::new("/gone")), Err(CollectionError::Unreadable { .. })));
}

#[test]
fn a_file_that_was_replaced_is_read_anew() {
    let home = Home::new();
    let mut open = home.open();
    open.mark("a", vec![include(1)]).unwrap();
    let one = fs::read(home.file()).unwrap();
    open.mark("a", vec![include(2)]).unwrap();
    fs::write(home.file(), one).unwrap();
    open.refresh().unwrap();
    assert_eq!(open.marks().len(), 1);
}

/// Where the child of the next test writes.
const CHILD: &str = "TRIALDEX_TEST_COLLECTION";

/// The child: writes events for ever, and says of each that it is kept. Does nothing in an ordinary run.
#[test]
fn child_that_writes() {
    let Some(path) = std::env::var_os(CHILD) else { return };
    let mut open = Collection::open(&Folder::new(path), "x").unwrap();
    let mut out = std::io::stdout();
    for number in open.journal().people().values().sum::<usize>().. {
        // A note makes the line long, so that it may be torn.
        let text = format!("{number} {}", "x".repeat(number * 37 % 5000));
        let note = Change::Noted { text, passage: None };
        open.mark("a", vec![(id(number as u32), note, None)]).unwrap();
        writeln!(out, "kept {number}").unwrap();
    }
}

#[test]
fn a_program_that_is_killed_loses_no_event_that_was_kept() {
    let home = Home::new();
    let mut kept: Vec<u32> = Vec::new();
    let mut random = 0x9E37_79B9_7F4A_7C15_u64;
    for round in 0..300 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "marks::collection::tests::child_that_writes", "--nocapture"])
            .env(CHILD, home.folder().path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut take = |lines: &mut dyn Iterator<Item = std::io::Result<String>>| {
            let line = lines.next()?.ok()?;
            let number = line.strip_prefix("kept ").and_then(|number| number.parse::<u32>().ok());
            kept.extend(number);
            Some(number.is_some())
        };
        // It is killed while it writes: after it has kept one event, at any time.
        while take(&mut lines) == Some(false) {}
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        thread::sleep(Duration::from_micros(random % 3000));
        child.kill().unwrap();
        child.wait().unwrap();
        while take(&mut lines).is_some() {}
        if round % 20 == 19 {
            let open = home.open();
            let lost = kept.iter().filter(|&&number| {
                let mark = open.marks().get(id(number));
                let note = mark.and_then(|mark| mark.note_by("a"));
                note.is_none_or(|note| {
                    let filled = (number as usize) * 37 % 5000;
                    note.trim_end() != format!("{number} {}", "x".repeat(filled)).trim_end()
                })
            });
            assert_eq!(lost.count(), 0);
            // What was written but not told is the one event that was being kept.
            assert!(open.marks().len() <= kept.len() + round + 1);
        }
    }
    assert!(kept.len() >= 300, "{}", kept.len());
}
