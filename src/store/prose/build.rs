//! Makes the index of the prose of a store: all cores read records, and one merges what they found.

use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::merge::{Merged, merge};
use super::segment::Segment;
use super::spill::Spill;
use super::{Prose, file};
use crate::cores;
use crate::store::Store;
use crate::store::snapshot::{Draft, SnapshotError, nameless};
use crate::study::prose::{Parts, passages};

/// How many studies a core reads before it looks for more.
const CHUNK: usize = 4096;

/// How far the making has come, and whether it is to go on.
#[derive(Debug, Default)]
pub struct Making {
    /// How many studies were read.
    pub studies: AtomicU64,
    pub cancelled: AtomicBool,
    /// What each thread does first.
    pub begin: Option<fn()>,
}

/// What was made.
#[derive(Debug)]
pub struct Made {
    pub prose: Prose,
    /// How many records could not be read, so that nothing of them is in the index.
    pub unread: u64,
}

/// Says why there is no index of the prose.
#[derive(Debug, thiserror::Error)]
pub enum ProseError {
    #[error("{0}")]
    Io(#[from] io::Error),
    #[error("{0}")]
    File(#[from] SnapshotError),
    #[error("{0} of the records cannot be read: the dataset has changed; open it again")]
    Unread(u64),
    #[error("cancelled")]
    Cancelled,
}

/// What all threads have in common.
struct Shared<'a> {
    store: &'a Store,
    making: &'a Making,
    /// The studies in the order in which they are read.
    order: &'a [u32],
    /// Where the next studies begin that nobody reads yet.
    next: AtomicUsize,
    unread: AtomicU64,
    runs: Mutex<Runs>,
}

/// What was read, as runs.
struct Runs {
    spill: Spill,
    /// The first study of each, and where it lies.
    places: Vec<(u32, Range<u64>)>,
    failed: Option<io::Error>,
}

/// Makes the index in memory.
pub fn make(store: &Store, making: &Making) -> Result<Made, ProseError> {
    let order = store.records.in_order(store.len());
    let (runs, unread) = read(store, &order, Spill::Memory(Vec::new()), making)?;
    let mut lists = Vec::new();
    let Merged { dictionary, spelled } = merged(runs, &mut lists, making)?;
    let (studies, spelled, lists) = (order.into(), spelled.into(), lists.into());
    Ok(Made { prose: Prose { studies, dictionary, spelled, lists }, unread })
}

/// Makes the index as the file `path`, which is of what `identity` says. Without a path, and where a record cannot be
/// read, the file gets no name.
pub fn make_in(
    store: &Store,
    draft: Draft,
    (path, identity): (Option<&Path>, &[u8]),
    making: &Making,
) -> Result<Made, ProseError> {
    let order = store.records.in_order(store.len());
    let spill = nameless().map_or_else(|_| Spill::Memory(Vec::new()), Spill::File);
    let (runs, unread) = read(store, &order, spill, making)?;
    let mut lists = file::ListsWriter::new(&draft)?;
    let merged = merged(runs, &mut lists, making)?;
    let lists = lists.finish()?;
    let path = path.filter(|_| unread == 0);
    let prose = file::finish(draft, (order, merged, lists), path, identity)?;
    Ok(Made { prose, unread })
}

fn read(
    store: &Store,
    order: &[u32],
    spill: Spill,
    making: &Making,
) -> Result<(Runs, u64), ProseError> {
    let runs = Mutex::new(Runs { spill, places: Vec::new(), failed: None });
    let (next, unread) = (AtomicUsize::new(0), AtomicU64::new(0));
    let shared = Shared { store, making, order, next, unread, runs };
    thread::scope(|scope| {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let threads = cores.min(order.len().div_ceil(CHUNK / 16));
        for _ in 1..threads {
            cores::spawn(scope, || shared.read());
        }
        shared.read();
    });
    let mut runs = shared.runs.into_inner().unwrap_or_else(PoisonError::into_inner);
    if making.cancelled.load(Relaxed) {
        return Err(ProseError::Cancelled);
    }
    if let Some(error) = runs.failed {
        return Err(error.into());
    }
    runs.places.sort_by_key(|(first, _)| *first);
    Ok((runs, shared.unread.into_inner()))
}

fn merged(
    runs: Runs,
    out: &mut dyn super::merge::Sink,
    making: &Making,
) -> Result<Merged, ProseError> {
    let places: Vec<Range<u64>> = runs.places.into_iter().map(|(_, place)| place).collect();
    let goes_on = || {
        let is_cancelled = making.cancelled.load(Relaxed);
        if is_cancelled { Err(io::ErrorKind::Interrupted.into()) } else { Ok(()) }
    };
    match merge(runs.spill, &places, out, goes_on) {
        Err(_) if making.cancelled.load(Relaxed) => Err(ProseError::Cancelled),
        merged => Ok(merged?),
    }
}

impl Shared<'_> {
    /// Reads studies until there are no more.
    fn read(&self) {
        if let Some(begin) = self.making.begin {
            begin();
        }
        // The last chunks are small, so that all cores end at once.
        let size = CHUNK.min((self.order.len() / 8).max(CHUNK / 16));
        loop {
            let start = self.next.fetch_add(size, Relaxed);
            let end = self.order.len().min(start + size);
            if start >= end || !self.read_chunk(start..end) {
                return;
            }
        }
    }

    /// Reads some studies; false if there is no use in going on.
    fn read_chunk(&self, chunk: Range<usize>) -> bool {
        let mut records = self.store.records.reader();
        let mut segment = Segment::new(chunk.start as u32);
        for number in chunk {
            if self.making.cancelled.load(Relaxed) {
                return false;
            }
            if segment.is_full()
                && !self.close(std::mem::replace(&mut segment, Segment::new(number as u32)))
            {
                return false;
            }
            segment.next_study();
            let json = records.get(self.order[number] as usize);
            let read = json.is_ok_and(|json| {
                passages(&json, Parts::ALL, |part, text| segment.add(part, text)).is_ok()
            });
            if !read {
                self.unread.fetch_add(1, Relaxed);
            }
            self.making.studies.fetch_add(1, Relaxed);
        }
        self.close(segment)
    }

    fn close(&self, segment: Segment) -> bool {
        let first = segment.base;
        let run = segment.close();
        let mut runs = self.runs.lock().unwrap_or_else(PoisonError::into_inner);
        match runs.spill.append(&run) {
            Ok(start) => {
                runs.places.push((first, start..start + run.len() as u64));
                true
            }
            Err(error) => {
                runs.failed = Some(error);
                false
            }
        }
    }
}
