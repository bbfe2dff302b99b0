//! Records into a store on all cores: this thread finds them, others read them in batches, and one
//! joins the batches in the order in which they were found, so that the store does not depend on
//! which thread was quicker. Every queue is bounded, and with it the memory.

use std::panic::resume_unwind;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use super::MOST_BAD;
use crate::load::{BadRecord, Loader, Progress, Record};
use crate::store::{PushError, StoreBuilder};

/// How many bytes of JSON one batch holds at least: enough that joining costs little.
const BATCH_BYTES: usize = 4 << 20;

/// What was found, in order.
type Batch = Vec<Result<Record, BadRecord>>;

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

/// Reads everything that `loader` finds into `builder`.
pub(super) fn ingest(
    loader: &mut Loader,
    builder: StoreBuilder,
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
                    if results.send(read(batch, progress)).is_err() {
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
        && let Some(found) = loader.next()
    {
        // A bad record takes room as well.
        bytes += found.as_ref().map_or(1 << 10, |record| record.json.len());
        batch.push(found);
    }
    batch
}

/// Reads and compresses the records of one batch.
fn read(batch: Batch, progress: &Progress) -> Result<Ingested, PushError> {
    let mut read = Ingested::default();
    for found in batch {
        let refused = match found {
            Err(bad) => bad,
            Ok(record) => match read.builder.push(&record.json) {
                Ok(_) => {
                    read.read += 1;
                    continue;
                }
                Err(PushError::Compress(error)) => return Err(error.into()),
                Err(error) => {
                    progress.bad.fetch_add(1, Relaxed);
                    BadRecord { place: record.place, reason: error.to_string() }
                }
            },
        };
        read.bad.push(refused);
    }
    read.skipped = read.bad.len() as u64;
    read.builder.close()?;
    Ok(read)
}

/// Joins what the readers send, in turn, until one has nothing more.
fn join(
    from: &[Receiver<Result<Ingested, PushError>>],
    builder: StoreBuilder,
    progress: &Progress,
) -> Result<Ingested, PushError> {
    let mut all = Ingested { builder, ..Ingested::default() };
    for receiver in from.iter().cycle() {
        let Ok(batch) = receiver.recv() else { break };
        let batch = batch?;
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
        assert!(text.len() > 2 * BATCH_BYTES);
        let progress = Arc::new(Progress::default());
        let mut loader = load::embedded("test", text.as_bytes(), Arc::clone(&progress));
        let ingested = ingest(&mut loader, StoreBuilder::default(), &progress).unwrap();
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
