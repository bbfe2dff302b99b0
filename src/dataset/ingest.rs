//! Records into a store on all cores: each takes its turn to find a batch of them, reads it while it is still in its
//! caches, and joins what it has read with what the others have when it is much. Whichever is quicker, the store is the
//! same: batches are numbered, and of equal records the first counts. Nothing waits in a queue, so the memory is bounded.

use std::mem;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::part::Parts;
use super::{Dataset, MOST_BAD};
use crate::cores;
use crate::load::{BadRecord, Intake, Loader, Original, Portion, Progress};
use crate::store::{PushError, RecordOrigin, StoreBuilder};

/// How many bytes of JSON one batch holds at least.
const BATCH_BYTES: u64 = 1 << 20;

/// How many bytes of JSON are read before they are joined: enough that what they have in common is looked up once.
const PART_BYTES: usize = 64 << 20;

/// Which records are copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Copies {
    /// All, so that whatever becomes of their file they can be read.
    All,
    /// Those that cannot be read again where they lie.
    WhereNeeded,
}

/// What was found, in order, and its number.
type Batch = (u64, Vec<Portion>);

/// Gives out batches, one after another.
struct Batches<'l> {
    loader: &'l mut Loader,
    /// How many there were.
    count: u64,
}

/// What became of everything that was found.
#[derive(Default)]
pub(super) struct Ingested {
    pub(super) builder: StoreBuilder,
    /// The first of what was skipped, each with the number of its batch.
    bad: Vec<(u64, BadRecord)>,
    /// How many were skipped.
    pub(super) skipped: u64,
    /// Records that could be read, older ones of a study included.
    pub(super) read: u64,
}

/// What is read, how, and what is shown of it meanwhile.
pub(super) struct Plan<'a> {
    pub(super) builder: StoreBuilder,
    pub(super) copies: Copies,
    pub(super) parts: Option<&'a Parts<'a>>,
}

/// What all threads have in common.
struct Shared<'l> {
    batches: Mutex<Batches<'l>>,
    /// Everything that was joined, or why there is no use in going on.
    joined: Mutex<Result<Ingested, PushError>>,
    copies: Copies,
    parts: Option<&'l Parts<'l>>,
    progress: &'l Progress,
}

/// What one thread reads.
struct Reading<'a, 'l> {
    shared: &'a Shared<'l>,
    read: Ingested,
    /// The number of the batch.
    batch: u64,
    /// The bytes of the records in `read`.
    bytes: usize,
}

/// Reads everything that `loader` finds into `builder`.
pub(super) fn ingest<'a>(
    loader: &'a mut Loader,
    plan: Plan<'a>,
    progress: &'a Progress,
) -> Result<Ingested, PushError> {
    let Plan { builder, copies, parts } = plan;
    let shared = Shared {
        batches: Mutex::new(Batches { loader, count: 0 }),
        joined: Mutex::new(Ok(Ingested { builder, ..Ingested::default() })),
        copies,
        parts,
        progress,
    };
    thread::scope(|scope| {
        let others = thread::available_parallelism().map_or(1, usize::from) - 1;
        for _ in 0..others {
            cores::spawn(scope, || Reading::new(&shared).run());
        }
        Reading::new(&shared).run();
    });
    let all = shared.joined.into_inner().unwrap_or_else(PoisonError::into_inner)?;
    progress.studies.store(all.builder.len() as u64, Relaxed);
    Ok(all)
}

/// What a thread that panicked has left is not used: the panic goes on when all have ended.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Iterator for Batches<'_> {
    type Item = Batch;

    fn next(&mut self) -> Option<Batch> {
        let mut bytes = 0;
        let mut batch = Vec::new();
        while bytes < BATCH_BYTES
            && let Some(portion) = self.loader.next()
        {
            bytes += portion.size();
            batch.push(portion);
        }
        self.count += 1;
        (!batch.is_empty()).then_some((self.count, batch))
    }
}

impl Ingested {
    /// The first of what was skipped, in the order in which it was found.
    pub(super) fn bad(&mut self) -> Vec<BadRecord> {
        self.first_bad();
        mem::take(&mut self.bad).into_iter().map(|(_, bad)| bad).collect()
    }

    /// Forgets all but the first of what was skipped.
    fn first_bad(&mut self) {
        self.bad.sort_by_key(|&(batch, _)| batch);
        self.bad.truncate(MOST_BAD);
    }

    /// The same without what the records say.
    fn without_records(&self) -> Self {
        let bad = self.bad.clone();
        Self { builder: StoreBuilder::default(), bad, skipped: self.skipped, read: self.read }
    }

    fn absorb(&mut self, other: &mut Self) -> Result<(), PushError> {
        self.builder.absorb(&mut other.builder)?;
        self.read += mem::take(&mut other.read);
        self.skipped += mem::take(&mut other.skipped);
        self.bad.append(&mut other.bad);
        if self.bad.len() > 2 * MOST_BAD {
            self.first_bad();
        }
        Ok(())
    }
}

impl<'a, 'l> Reading<'a, 'l> {
    fn new(shared: &'a Shared<'l>) -> Self {
        Self { shared, read: Ingested::default(), batch: 0, bytes: 0 }
    }

    /// Reads batches until there are no more.
    fn run(mut self) {
        let next = || lock(&self.shared.batches).next();
        while let Some((number, batch)) = next() {
            self.batch = number;
            self.read.builder.begin(number);
            for portion in batch {
                portion.read(&mut self);
            }
            if let Some(parts) = self.shared.parts
                && let Some(turn) = parts.turn(self.shared.progress)
            {
                self.join();
                parts.show(turn, || self.so_far());
            }
        }
        self.join();
    }

    /// What all threads have joined so far.
    fn so_far(&self) -> Option<Dataset> {
        let joined = lock(&self.shared.joined);
        let all = joined.as_ref().ok()?;
        let (builder, mut ingested) = (all.builder.so_far().ok()?, all.without_records());
        drop(joined);
        let replaced = ingested.read - builder.len() as u64;
        let (bad, skipped) = (ingested.bad(), ingested.skipped);
        let store = Arc::new(builder.finish().ok()?);
        Some(Dataset { store, bad, skipped, replaced, ..Dataset::default() })
    }

    /// Joins what was read since the last time with everything else.
    fn join(&mut self) {
        self.bytes = 0;
        let closed = self.read.builder.close();
        let mut joined = lock(&self.shared.joined);
        let absorbed = match &mut *joined {
            Ok(all) => closed.and_then(|()| all.absorb(&mut self.read)),
            Err(_) => return,
        };
        if let Err(error) = absorbed {
            self.fail(&mut joined, error);
        }
    }

    /// Gives everything up.
    fn fail(&self, joined: &mut Result<Ingested, PushError>, error: PushError) {
        self.shared.progress.cancelled.store(true, Relaxed);
        *joined = Err(error);
    }

    /// Joins what was read when it is much: a small archive may hold a large one.
    fn grow(&mut self, bytes: usize) {
        self.bytes += bytes;
        if self.bytes >= PART_BYTES {
            self.join();
        }
    }
}

impl Intake for Reading<'_, '_> {
    fn record(
        &mut self,
        json: &str,
        file: &Arc<str>,
        original: Option<Original>,
    ) -> Result<(), String> {
        let original = original.as_ref().filter(|_| self.shared.copies == Copies::WhereNeeded);
        let origin = original.map_or(RecordOrigin::File(file), RecordOrigin::Place);
        match self.read.builder.push_from(json, origin) {
            Ok(_) => {
                self.read.read += 1;
                self.shared.progress.studies.fetch_add(1, Relaxed);
            }
            Err(PushError::Summary(error)) => return Err(error.to_string()),
            Err(error) => self.fail(&mut lock(&self.shared.joined), error),
        }
        self.grow(json.len());
        Ok(())
    }

    fn bad(&mut self, bad: BadRecord) {
        self.read.skipped += 1;
        if self.read.bad.len() < MOST_BAD {
            self.read.bad.push((self.batch, bad));
        }
        self.grow(1 << 10);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::dataset::Early;
    use crate::load;
    use crate::study::made::made;

    /// So many bytes of records that several batches are needed, among them a bad one, and an old and
    /// a new one of one study in different batches.
    fn records() -> String {
        let record = |id: u32, title: &str, updated: &str| {
            made(id)
                .title(title)
                .updated(updated)
                .conditions([format!("Condition {}", id % 100)])
                .at("descriptionModule.briefSummary", "word ".repeat(400))
                .json()
        };
        let mut lines: Vec<String> = vec![record(7, "new", "2024-01-01"), "{\"bad\":".to_owned()];
        lines.extend((1..6000).map(|id| record(id, "old", "2020-01-01")));
        lines.join("\n")
    }

    fn plan<'a>(parts: Option<&'a Parts<'a>>) -> Plan<'a> {
        Plan { builder: StoreBuilder::default(), copies: Copies::All, parts }
    }

    #[test]
    fn batches_make_the_store_that_one_after_another_would() {
        let text: &'static str = records().leak();
        assert!(text.len() as u64 > 2 * BATCH_BYTES);
        let progress = Arc::new(Progress::default());
        let mut loader = load::embedded("test", &[text.as_bytes()], Arc::clone(&progress));
        let mut ingested = ingest(&mut loader, plan(None), &progress).unwrap();
        assert_eq!((ingested.read, ingested.skipped, ingested.bad().len()), (6000, 1, 1));
        assert_eq!(progress.bad.load(Relaxed), 1);
        let mut one = StoreBuilder::default();
        for line in text.lines().filter(|line| line.ends_with("}}}")) {
            one.push(line).unwrap();
        }
        let (many, one) = (ingested.builder.finish().unwrap(), one.finish().unwrap());
        assert_eq!(many.len(), 5999);
        for study in many.studies() {
            assert_eq!(many.id(study), one.id(study));
            assert_eq!(many.title(study), one.title(study));
            assert_eq!(many.record(study).unwrap(), one.record(study).unwrap());
            for concept in crate::study::Concept::vocabularies() {
                let labels =
                    [&many, &one].map(|store| store.labels(study, concept).collect::<Vec<_>>());
                assert_eq!(labels[0], labels[1]);
            }
        }
        assert_eq!(many.title(many.find("NCT00000007".parse().unwrap()).unwrap()), "new");
    }

    #[test]
    fn a_part_holds_what_was_read_so_far() {
        let text: &'static str = records().leak();
        for file in [None, Some(tempfile::tempfile().unwrap())] {
            let progress = Arc::new(Progress::default());
            let mut loader = load::embedded("test", &[text.as_bytes()], Arc::clone(&progress));
            // How much there is is not known, so that no part is left out as too large.
            progress.total.store(0, Relaxed);
            let shown = Mutex::new(Vec::new());
            let show = |early: Early| match early {
                Early::Part(part) => shown.lock().unwrap().push(part),
                Early::Front(_) | Early::TakenBack => panic!("nothing else is shown"),
            };
            let parts = Parts::beginning(&show, Duration::ZERO);
            let mut plan = plan(Some(&parts));
            if let Some(file) = file {
                plan.builder.write_records_to(file).unwrap();
            }
            let ingested = ingest(&mut loader, plan, &progress).unwrap();
            let all = ingested.builder.finish().unwrap();
            let shown = shown.into_inner().unwrap();
            assert!(shown.len() > 1, "{} parts", shown.len());
            assert!(shown.is_sorted_by_key(|part| part.store.len()));
            for part in shown {
                for study in part.store.studies() {
                    let whole = all.find(part.store.id(study)).unwrap();
                    let record = part.store.record(study).unwrap();
                    let versions = (0..all.versions(whole)).map(|newer| all.version(whole, newer));
                    assert!(versions.into_iter().any(|version| version.unwrap() == record));
                }
            }
        }
    }
}
