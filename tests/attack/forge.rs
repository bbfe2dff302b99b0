//! Indexes that somebody forged: bytes changed at random, all checksums right. Each is refused, or answers whatever is
//! asked without a panic.

#[path = "questions.rs"]
mod questions;

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

/// Where in the header the table, its length, the length of the file and the two checksums stand.
const TABLE: usize = 32;
const TABLE_BYTES: usize = 40;
const LENGTH: usize = 48;
const TABLE_CHECKSUM: usize = 56;
const CHECKSUM: usize = 60;
/// How many bytes say where an array is, and where its start, length, front and checksums stand in them.
const ROW: usize = 32;

/// A good snapshot and a good index of prose.
pub(super) struct Forger {
    folder: TempDir,
    snapshot: Vec<u8>,
    prose: Vec<u8>,
}

/// What became of forged files.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) refused: usize,
    pub(super) answered: usize,
    pub(super) questions: usize,
    /// Of each panic the case, where it was, and what it said.
    pub(super) panics: Vec<String>,
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
    pub(super) fn new() -> Self {
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
        let [path, beside] = ["x.snapshot", "x.prose"].map(|name| folder.path().join(name));
        draft.finish(&store, &about, &path).unwrap();
        let draft = Draft::begin(folder.path()).unwrap();
        prose::make_in(&store, draft, (Some(&beside), IDENTITY), &Making::default()).unwrap();
        let [snapshot, prose] = [path, beside].map(|path| fs::read(path).unwrap());
        Self { folder, snapshot, prose }
    }

    /// Tries so many forged files; the same seed makes the same ones.
    pub(super) fn run(&self, cases: usize, seed: u64) -> Outcome {
        let mut outcome = Outcome::default();
        let said = Arc::new(Mutex::new(String::new()));
        let before = panic::take_hook();
        let own = Arc::clone(&said);
        panic::set_hook(Box::new(move |info| {
            *own.lock().unwrap_or_else(PoisonError::into_inner) = info.to_string();
        }));
        for case in 0..cases {
            let mut rng = Rng::with_seed(seed.wrapping_mul(1_000_003).wrapping_add(case as u64));
            let is_prose = rng.u8(..) < 64;
            let good = if is_prose { &self.prose } else { &self.snapshot };
            let forged = forged(good, &mut rng);
            let tried = AssertUnwindSafe(|| {
                self.open(&forged, is_prose).map(|store| questions::ask(&store))
            });
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

    /// The store of a forged file and of the other one, which is good; `None` if it is refused.
    fn open(&self, forged: &[u8], is_prose: bool) -> Option<Store> {
        let (path, beside) = (self.path("forged.snapshot"), self.path("forged.prose"));
        let (snapshot, prose) =
            if is_prose { (&self.snapshot[..], forged) } else { (forged, &self.prose[..]) };
        // A name that is mapped already keeps its file.
        _ = (fs::remove_file(&path), fs::remove_file(&beside));
        fs::write(&path, snapshot).unwrap();
        fs::write(&beside, prose).unwrap();
        let Opened { store, rest, .. } = snapshot::open(&path, IDENTITY).ok()?;
        // What is shown before all is checked.
        store.studies().take(30).for_each(|study| {
            store.title(study);
            store.fact(study, trialdex::study::Concept::Status);
        });
        rest.check(Cores::All).ok()?;
        match prose::open(&beside, IDENTITY, store.len()) {
            Ok(prose) => store.take_prose(prose),
            Err(_) if is_prose => return None,
            Err(_) => {}
        }
        Some(store)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// The file with some bytes changed and the checksums right.
fn forged(good: &[u8], rng: &mut Rng) -> Vec<u8> {
    let mut bytes = good.to_vec();
    let table = number(&bytes, TABLE);
    let rows = (number(&bytes, TABLE_BYTES)) / ROW;
    // The first says what the file is of.
    for _ in 0..rng.usize(1..6) {
        let row = table + ROW * rng.usize(1..rows);
        let (start, length) = (number(&bytes, row), number(&bytes, row + 8));
        match rng.u8(0..20) {
            0 => set(&mut bytes, row + 8, rng.usize(0..=length)),
            1 => set(&mut bytes, row, start.saturating_sub(8 * rng.usize(0..9))),
            2 => set(&mut bytes, row + 16, rng.usize(0..=length)),
            3 => set(&mut bytes, row + 8, length + rng.usize(0..64)),
            _ if length == 0 => {}
            4..8 => bytes[start + rng.usize(0..length)] = rng.u8(..),
            8 => {
                let from = start + rng.usize(0..length);
                let count = rng.usize(0..=start + length - from);
                rng.fill(&mut bytes[from..from + count]);
            }
            _ => change_word(&mut bytes[start..start + length], rng),
        }
    }
    seal(&mut bytes, table, rows);
    bytes
}

/// Changes one number of 32 bits.
fn change_word(bytes: &mut [u8], rng: &mut Rng) {
    let words = bytes.len() / 4;
    if words == 0 {
        return;
    }
    let at = 4 * rng.usize(0..words);
    let old = u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
    let new = match rng.u8(0..8) {
        0 => 0,
        1 => u32::MAX,
        2 => old.wrapping_add(1),
        3 => old.wrapping_sub(1),
        4 => rng.u32(0..64),
        5 => 1 << rng.u32(0..32),
        6 => {
            let other = 4 * rng.usize(0..words);
            u32::from_le_bytes(bytes[other..other + 4].try_into().unwrap())
        }
        _ => rng.u32(..),
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
