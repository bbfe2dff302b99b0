//! Indexes that somebody forged: some bytes changed, all checksums right. Each is refused, or answers whatever is asked
//! without a panic. What is changed, a script says: bytes that are made at random, or by a fuzzer that is led by coverage.

#[path = "questions.rs"]
pub(crate) mod questions;

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::{fmt, fs, panic};

use fastrand::Rng;
use tempfile::TempDir;
use trialdex::dataset;
use trialdex::store::prose::{self, Making};
use trialdex::store::snapshot::{self, About, Cores, Draft, Opened};
use trialdex::store::{Store, StoreBuilder};

/// What both files are of.
const IDENTITY: &[u8] = b"a dataset";

/// The names of the good files.
const SNAPSHOT: &str = "x.snapshot";
const PROSE: &str = "x.prose";

/// Where in the header the table, its length, the length of the file and the two checksums stand.
const TABLE: usize = 32;
const TABLE_BYTES: usize = 40;
const LENGTH: usize = 48;
const TABLE_CHECKSUM: usize = 56;
const CHECKSUM: usize = 60;
/// How many bytes say where an array is, and where its start, length, front and checksums stand in them.
const ROW: usize = 32;

/// So many bytes a random script has: enough for some changes.
const SCRIPT: Range<usize> = 4..40;

/// What is forged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum File {
    Snapshot,
    Prose,
}

/// A good snapshot and a good index of prose.
pub(crate) struct Forger {
    folder: TempDir,
    snapshot: Vec<u8>,
    prose: Vec<u8>,
}

/// What became of forged files.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) refused: usize,
    pub(crate) answered: usize,
    pub(crate) questions: usize,
    /// Of each panic the case, where it was, and what it said.
    pub(crate) panics: Vec<String>,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Self { refused, answered, questions, panics } = self;
        let cases = refused + answered + panics.len();
        let panicked = panics.len();
        write!(
            f,
            "{cases} forged files: {refused} refused, {answered} answered {questions} questions, {panicked} panics"
        )
    }
}

impl Forger {
    /// Makes both files of the trials that are part of the program.
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let sample = dataset::open(&[], &Arc::default()).unwrap().store;
        let draft = Draft::begin(folder.path()).unwrap();
        let mut builder = StoreBuilder::default();
        builder.write_records_to(draft.records().unwrap()).unwrap();
        let mut batch = StoreBuilder::default();
        for study in sample.studies() {
            batch.push(&sample.record(study).unwrap()).unwrap();
        }
        batch.close().unwrap();
        builder.absorb(&mut batch).unwrap();
        let store = builder.finish().unwrap();
        let about = About { identity: IDENTITY.to_vec(), remarks: b"{}".to_vec() };
        let [path, beside] = [SNAPSHOT, PROSE].map(|name| folder.path().join(name));
        draft.finish(&store, &about, &path).unwrap();
        let draft = Draft::begin(folder.path()).unwrap();
        prose::make_in(&store, draft, (Some(&beside), IDENTITY), &Making::default()).unwrap();
        let [snapshot, prose] = [path, beside].map(|path| fs::read(path).unwrap());
        Self { folder, snapshot, prose }
    }

    /// Tries forged files as long as `more` says of the number of those tried; the same seed makes the same ones.
    pub(crate) fn run(&self, seed: u64, mut more: impl FnMut(usize) -> bool) -> Outcome {
        let mut outcome = Outcome::default();
        let said = Arc::new(Mutex::new(String::new()));
        let before = panic::take_hook();
        let own = Arc::clone(&said);
        panic::set_hook(Box::new(move |info| {
            *own.lock().unwrap_or_else(PoisonError::into_inner) = info.to_string();
        }));
        for case in (0..).take_while(|&case| more(case)) {
            let mut rng = Rng::with_seed(seed.wrapping_mul(1_000_003).wrapping_add(case as u64));
            let file = if rng.u8(..) < 64 { File::Prose } else { File::Snapshot };
            let mut script = vec![0; rng.usize(SCRIPT)];
            rng.fill(&mut script);
            let forged = self.forged(file, &script);
            let tried =
                AssertUnwindSafe(|| self.open(&forged, file).map(|store| questions::ask(&store)));
            match catch_unwind(tried) {
                Ok(None) => outcome.refused += 1,
                Ok(Some(questions)) => {
                    outcome.answered += 1;
                    outcome.questions += questions;
                }
                Err(_) => {
                    let said = said.lock().unwrap_or_else(PoisonError::into_inner).clone();
                    outcome.panics.push(format!("seed {seed}, case {case}: {said}"));
                }
            }
        }
        panic::set_hook(before);
        outcome
    }

    /// The file changed as the script says, with the checksums right.
    pub(crate) fn forged(&self, file: File, script: &[u8]) -> Vec<u8> {
        let good = if file == File::Prose { &self.prose } else { &self.snapshot };
        forged(good, Script(script))
    }

    /// The store of a forged file and of the other one, which is good; `None` if it is refused.
    pub(crate) fn open(&self, forged: &[u8], file: File) -> Option<Store> {
        let path = self.path("forged");
        // A name that is mapped already keeps its file.
        _ = fs::remove_file(&path);
        fs::write(&path, forged).unwrap();
        let (snapshot, prose) = match file {
            File::Snapshot => (path, self.path(PROSE)),
            File::Prose => (self.path(SNAPSHOT), path),
        };
        let Opened { store, rest, .. } = snapshot::open(&snapshot, IDENTITY).ok()?;
        // What is shown before all is checked.
        store.studies().take(30).for_each(|study| {
            store.title(study);
            store.fact(study, trialdex::study::Concept::Status);
        });
        rest.check(Cores::All).ok()?;
        match prose::open(&prose, IDENTITY, store.len()) {
            Ok(prose) => store.take_prose(prose),
            Err(_) if file == File::Prose => return None,
            Err(_) => {}
        }
        Some(store)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// Choices one after the other; the first one each time when there are no more.
#[derive(Clone, Copy)]
struct Script<'s>(&'s [u8]);

impl Script<'_> {
    fn byte(&mut self) -> u8 {
        let (first, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        *first
    }

    fn word(&mut self) -> u32 {
        u32::from_le_bytes([(); 4].map(|()| self.byte()))
    }

    /// A number below this one; 0 if that is 0.
    fn below(&mut self, limit: usize) -> usize {
        (self.word() as usize).checked_rem(limit).unwrap_or_default()
    }
}

/// The file changed as the script says, with the checksums right.
fn forged(good: &[u8], mut script: Script) -> Vec<u8> {
    let mut bytes = good.to_vec();
    let table = number(&bytes, TABLE);
    let rows = (number(&bytes, TABLE_BYTES)) / ROW;
    while !script.0.is_empty() {
        // The first says what the file is of.
        let row = table + ROW * (1 + usize::from(script.byte()) % (rows - 1));
        let (start, length) = (number(&bytes, row), number(&bytes, row + 8));
        match script.byte() % 20 {
            0 => set(&mut bytes, row + 8, script.below(length + 1)),
            1 => set(&mut bytes, row, start.saturating_sub(8 * script.below(9))),
            2 => set(&mut bytes, row + 16, script.below(length + 1)),
            3 => set(&mut bytes, row + 8, length + script.below(64)),
            _ if length == 0 => {}
            4..8 => bytes[start + script.below(length)] = script.byte(),
            8 => {
                let from = start + script.below(length);
                let count = script.below(start + length - from + 1);
                Rng::with_seed(script.word().into()).fill(&mut bytes[from..from + count]);
            }
            _ => change_word(&mut bytes[start..start + length], &mut script),
        }
    }
    seal(&mut bytes, table, rows);
    bytes
}

/// Changes one number of 32 bits.
fn change_word(bytes: &mut [u8], script: &mut Script) {
    let words = bytes.len() / 4;
    if words == 0 {
        return;
    }
    let at = 4 * script.below(words);
    let old = u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
    let new = match script.byte() % 8 {
        0 => 0,
        1 => u32::MAX,
        2 => old.wrapping_add(1),
        3 => old.wrapping_sub(1),
        4 => u32::from(script.byte()) % 64,
        5 => 1 << (script.byte() % 32),
        6 => {
            let other = 4 * script.below(words);
            u32::from_le_bytes(bytes[other..other + 4].try_into().unwrap())
        }
        _ => script.word(),
    };
    bytes[at..at + 4].copy_from_slice(&new.to_le_bytes());
}

/// Makes every checksum right.
fn seal(bytes: &mut [u8], table: usize, rows: usize) {
    for row in (0..rows).map(|row| table + ROW * row) {
        let (start, length) = (number(bytes, row), number(bytes, row + 8));
        let front = number(bytes, row + 16);
        let checksum = |from: usize, to: usize| crc32fast::hash(bytes.get(from..to).unwrap_or(b""));
        let front_checksum = checksum(start, start + front);
        let rest_checksum = checksum(start + front, start + length.max(front));
        bytes[row + 24..row + 28].copy_from_slice(&front_checksum.to_ne_bytes());
        bytes[row + 28..row + 32].copy_from_slice(&rest_checksum.to_ne_bytes());
    }
    let whole = bytes.len();
    set(bytes, LENGTH, whole);
    let checksum = crc32fast::hash(&bytes[table..table + ROW * rows]);
    bytes[TABLE_CHECKSUM..CHECKSUM].copy_from_slice(&checksum.to_ne_bytes());
    let checksum = crc32fast::hash(&bytes[..CHECKSUM]);
    bytes[CHECKSUM..CHECKSUM + 4].copy_from_slice(&checksum.to_ne_bytes());
}

fn number(bytes: &[u8], at: usize) -> usize {
    u64::from_ne_bytes(bytes[at..at + 8].try_into().unwrap()) as usize
}

fn set(bytes: &mut [u8], at: usize, number: usize) {
    bytes[at..at + 8].copy_from_slice(&(number as u64).to_ne_bytes());
}
