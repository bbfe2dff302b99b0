//! Records into a store on all cores: this thread finds them, others read them in batches, and one
//! joins the batches in the order in which they were found, so that the store does not depend on
//! which thread was quicker. Every queue is bounded, and with it the memory.

use std::mem;
use std::panic::resume_unwind;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use super::MOST_BAD;
use crate::load::{BadRecord, Intake, Loader, Original, Portion, Progress};
use crate::store::{PushError, StoreBuilder};

/// How many bytes of JSON one batch holds at least: enough that joining costs little.
const BATCH_BYTES: u64 = 4 << 20;

/// Which records are copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Copies {
    /// All, so that whatever becomes of their file they can be read.
    All,
    /// Those that cannot be read again where they lie.
    WhereNeeded,
}

/// What was found, in order.
type Batch = Vec<Portion>;

/// What became of everything that was found.
#[derive(Default)]
pub(super) struct Ingested {
    pub(super) builder: StoreBuilder,
    /// The first of what was skipped.
    pub(super) bad: Vec<BadRecord>,
    /// How many were skipped.
    pub(super) skipped: u64,
    /// Records that could be read, older ones of a study included.
    pub(super) read: u64,
}

/// What a reader sends.
enum Read {
    /// Of a batch that turned out to be large.
    Part(Ingested),
    /// The rest of a batch.
    Rest(Ingested),
}

/// The reading of a batch.
struct Reading<'a> {
    read: Ingested,
    /// The bytes of the records in `read`.
    bytes: usize,
    copies: Copies,
    results: &'a SyncSender<Result<Read, PushError>>,
    progress: &'a Progress,
    failure: Option<PushError>,
}

/// Reads everything that `loader` finds into `builder`.
pub(super) fn ingest(
    loader: &mut Loader,
    (builder, copies): (StoreBuilder, Copies),
    progress: &Progress,
) -> Result<Ingested, PushError> {
    let readers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let (mut to, mut from): (Vec<SyncSender<Batch>>, Vec<Receiver<_>>) = (vec![], vec![]);
        for _ in 0..readers {
            let (sender, batches) = sync_channel::<Batch>(1);
            let (results, receiver) = sync_channel(1);
            scope.spawn(move || {
                for batch in batches {
                    let reading = Reading::new(copies, &results, progress);
                    let rest = reading.read(batch);
                    if results.send(rest.map(Read::Rest)).is_err() {
                        break;
                    }
                }
            });
            to.push(sender);
            from.push(receiver);
        }
        let joining = scope.spawn(move || join(&from, builder, progress));
        // In turn, so that whoever joins them knows where the next one comes from.
        for sender in to.iter().cycle() {
            let batch = next_batch(loader);
            if batch.is_empty() || sender.send(batch).is_err() {
                break;
            }
        }
        drop(to);
        joining.join().unwrap_or_else(|panic| resume_unwind(panic))
    })
}

/// What the loader finds next; nothing at its end.
fn next_batch(loader: &mut Loader) -> Batch {
    let mut bytes = 0;
    let mut batch = Batch::new();
    while bytes < BATCH_BYTES
        && let Some(portion) = loader.next()
    {
        bytes += portion.size();
        batch.push(portion);
    }
    batch
}

impl<'a> Reading<'a> {
    fn new(
        copies: Copies,
        results: &'a SyncSender<Result<Read, PushError>>,
        progress: &'a Progress,
    ) -> Self {
        Self { read: Ingested::default(), bytes: 0, copies, results, progress, failure: None }
    }

    /// Reads the records of one batch; gives what was not sent in parts.
    fn read(mut self, batch: Batch) -> Result<Ingested, PushError> {
        for portion in batch {
            portion.read(&mut self);
        }
        match self.failure.take() {
            Some(failure) => Err(failure),
            None => self.take(),
        }
    }

    /// What was read since the last time.
    fn take(&mut self) -> Result<Ingested, PushError> {
        self.bytes = 0;
        let mut read = mem::take(&mut self.read);
        read.skipped = read.bad.len() as u64;
        read.builder.close()?;
        Ok(read)
    }

    /// Sends what was read so far when it is much: a small archive may hold a large one.
    fn grow(&mut self, bytes: usize) {
        self.bytes += bytes;
        if self.bytes as u64 >= 4 * BATCH_BYTES {
            let sent = match self.take() {
                Ok(read) => self.results.send(Ok(Read::Part(read))).is_ok(),
                Err(error) => {
                    self.failure = Some(error);
                    false
                }
            };
            if !sent {
                self.progress.cancelled.store(true, Relaxed);
            }
        }
    }
}

impl Intake for Reading<'_> {
    fn record(&mut self, json: &str, original: Option<Original>) -> Result<(), String> {
        let original = original.filter(|_| self.copies == Copies::WhereNeeded);
        match self.read.builder.push_lying(json, original.as_ref()) {
            Ok(_) => self.read.read += 1,
            Err(PushError::Summary(error)) => return Err(error.to_string()),
            Err(error) => {
                // There is no use in going on.
                self.failure.get_or_insert(error);
                self.progress.cancelled.store(true, Relaxed);
            }
        }
        self.grow(json.len());
        Ok(())
    }

    fn bad(&mut self, bad: BadRecord) {
        self.read.bad.push(bad);
        self.grow(1 << 10);
    }
}

/// Joins what the readers send, in turn, until one has nothing more.
fn join(
    from: &[Receiver<Result<Read, PushError>>],
    builder: StoreBuilder,
    progress: &Progress,
) -> Result<Ingested, PushError> {
    let mut all = Ingested { builder, ..Ingested::default() };
    let mut turns = from.iter().cycle();
    let mut turn = turns.next();
    while let Some(receiver) = turn
        && let Ok(read) = receiver.recv()
    {
        let batch = match read? {
            Read::Part(part) => part,
            Read::Rest(rest) => {
                turn = turns.next();
                rest
            }
        };
        all.builder.absorb(batch.builder)?;
        all.read += batch.read;
        all.skipped += batch.skipped;
        let room = MOST_BAD.saturating_sub(all.bad.len());
        all.bad.extend(batch.bad.into_iter().take(room));
        progress.studies.store(all.builder.len() as u64, Relaxed);
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::load;

    /// So many bytes of records that several batches are needed, among them a bad one, and an old and
    /// a new one of one study in different batches.
    fn records() -> String {
        let record = |id: u32, title: &str, updated: &str| {
            format!(
                r#"{{"protocolSection":{{"identificationModule":{{"nctId":"NCT{id:08}","briefTitle":"{title}"}},"statusModule":{{"lastUpdateSubmitDate":"{updated}"}},"conditionsModule":{{"conditions":["Condition {}"]}},"descriptionModule":{{"briefSummary":"{}"}}}}}}"#,
                id % 100,
                "word ".repeat(400)
            )
        };
        let mut lines: Vec<String> = vec![record(7, "new", "2024-01-01"), "{\"bad\":".to_owned()];
        lines.extend((1..6000).map(|id| record(id, "old", "2020-01-01")));
        lines.join("\n")
    }

    #[test]
    fn batches_make_the_store_that_one_after_another_would() {
        let text: &'static str = records().leak();
        assert!(text.len() as u64 > 2 * BATCH_BYTES);
        let progress = Arc::new(Progress::default());
        let mut loader = load::embedded("test", text.as_bytes(), Arc::clone(&progress));
        let ingested =
            ingest(&mut loader, (StoreBuilder::default(), Copies::All), &progress).unwrap();
        assert_eq!((ingested.read, ingested.skipped, ingested.bad.len()), (6000, 1, 1));
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
            for entry in crate::store::VOCABULARIES {
                let labels =
                    [&many, &one].map(|store| store.labels(study, entry.vocab).collect::<Vec<_>>());
                assert_eq!(labels[0], labels[1]);
            }
        }
        assert_eq!(many.title(many.find("NCT00000007".parse().unwrap()).unwrap()), "new");
    }
}
