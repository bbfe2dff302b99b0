//! From paths to a store: what the browser and every command begin with.

pub mod cache;
mod files;
mod ingest;
mod part;
mod prose;
mod sample;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use serde::{Deserialize, Serialize};

use crate::load::{self, BadRecord, LoadError, Loader, Pages, Place, Progress};
use crate::store::snapshot::{self, Cores, Draft, Opened, SnapshotError};
use crate::store::{PushError, Store, StoreBuilder};
use crate::text;

pub use cache::{Cache, key};
pub use files::{SearchedFile, checksum, files};
use ingest::{Copies, Ingested, Plan};
use part::Parts;
pub use prose::index_prose;

/// How many bad records are kept with their place and reason; beyond that they are only counted.
const MOST_BAD: usize = 10_000;

/// What was opened.
#[derive(Clone, Debug, Default)]
pub struct Dataset {
    pub store: Arc<Store>,
    /// What was skipped, and why: the first ten thousand.
    pub bad: Vec<BadRecord>,
    /// How many records were skipped.
    pub skipped: u64,
    /// How many records were left out because another one of the same study is newer.
    pub replaced: u64,
    /// What else is to be known of it: that it is a part of something, that numbers were none. One line each.
    pub notes: Vec<String>,
    /// What became of its snapshot, where that is not what was to be expected; one line.
    pub remark: Option<String>,
}

/// What can be shown of a dataset before all of it is there.
#[derive(Debug)]
pub enum Early {
    /// What is found in the cache, before all of it is checked: its newest studies ([`FRONT`](crate::store::FRONT)) can
    /// be listed, counted and read.
    Front(Dataset),
    /// What has been read so far. All that a dataset is good for can be done with it.
    Part(Dataset),
    /// Some of what was read does not hold. The parts that were shown must not be shown any more.
    TakenBack,
}

/// Shows what there is already. It is called on any thread.
pub type Show<'s> = &'s (dyn Fn(Early) + Sync);

/// What is to be shown early.
#[derive(Clone, Copy)]
enum Wanted<'s> {
    Nothing,
    Parts(Show<'s>),
    FrontAndParts(Show<'s>),
}

/// Says why a dataset cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum DatasetError {
    #[error(transparent)]
    Load(#[from] LoadError),
    #[error("{path}: holds no study ({found}); what can be opened: {}", load::accepted())]
    Barren { path: Arc<str>, found: String },
    #[error("cancelled")]
    Cancelled,
    #[error("the records {0}")]
    Store(#[from] PushError),
}

/// Reads `paths` as one dataset; none stand for the sample.
pub fn open(paths: &[PathBuf], progress: &Arc<Progress>) -> Result<Dataset, DatasetError> {
    read((paths, None), None, progress)
}

/// Opens `paths` as one dataset; a large one is read once and from then on found in the cache.
pub fn open_with(
    cache: &Cache,
    paths: &[PathBuf],
    progress: &Arc<Progress>,
) -> Result<Dataset, DatasetError> {
    open_kept(cache, paths, progress, Wanted::Nothing)
}

/// Does the same, and shows what is found in the cache before all of it is checked. Should it not hold, another dataset
/// is given back. What is not in the cache is shown in parts while it is read.
pub fn open_showing(
    cache: &Cache,
    paths: &[PathBuf],
    progress: &Arc<Progress>,
    show: Show,
) -> Result<Dataset, DatasetError> {
    open_kept(cache, paths, progress, Wanted::FrontAndParts(show))
}

/// Does the same, but shows nothing that is not checked as a whole: all that is shown can be asked anything.
pub fn open_showing_parts(
    cache: &Cache,
    paths: &[PathBuf],
    progress: &Arc<Progress>,
    show: Show,
) -> Result<Dataset, DatasetError> {
    open_kept(cache, paths, progress, Wanted::Parts(show))
}

fn open_kept(
    cache: &Cache,
    paths: &[PathBuf],
    progress: &Arc<Progress>,
    wanted: Wanted,
) -> Result<Dataset, DatasetError> {
    let parts = match wanted {
        Wanted::Nothing => None,
        Wanted::Parts(show) | Wanted::FrontAndParts(show) => Some(show),
    };
    let Some(place) = cache.place(paths) else {
        return read((paths, parts), None, progress);
    };
    let refused = match place.open() {
        Ok(Some(Opened { store, remarks, rest })) => match Dataset::kept(store, &remarks) {
            Some(dataset) => {
                let cores = if let Wanted::FrontAndParts(show) = wanted {
                    show(Early::Front(dataset.clone()));
                    Cores::AllButOne
                } else {
                    Cores::All
                };
                match rest.check(cores) {
                    Ok(()) => return Ok(dataset),
                    Err(error) => Some(error.to_string()),
                }
            }
            None => Some("its remarks cannot be read".to_owned()),
        },
        Ok(None) => None,
        Err(error) => Some(error.to_string()),
    };
    let (draft, unwritable) = match place.draft() {
        Ok(draft) => (Some(draft), None),
        Err(error) => (None, Some(SnapshotError::from(error))),
    };
    let mut dataset = read((paths, parts), draft.as_ref(), progress)?;
    if progress.hindered.load(Relaxed) {
        // The next start may be able to read it all.
        let remark = "part of the dataset could not be read, so that its index is not kept";
        dataset.remark = Some(remark.to_owned());
        return Ok(dataset);
    }
    let kept = match (draft, unwritable) {
        (Some(draft), _) => place.finish(draft, (&dataset.store, dataset.remarks()), paths),
        (None, error) => Err(error.unwrap_or(SnapshotError::OtherDataset)),
    };
    dataset.remark = match (refused, kept) {
        (_, Err(SnapshotError::OtherDataset)) => {
            Some("the dataset changed while it was read; open it again".to_owned())
        }
        (_, Err(error)) => Some(format!(
            "the index cannot be kept for the next start: {error}; --no-cache does not try"
        )),
        (refused, Ok(store)) => {
            dataset.store = Arc::new(store);
            refused.map(|why| {
                format!("the index of the last start was not used: {why}; it is made anew")
            })
        }
    };
    Ok(dataset)
}

/// Reads `paths`, and shows parts of them meanwhile if that is wanted.
fn read(
    (paths, show): (&[PathBuf], Option<Show>),
    draft: Option<&Draft>,
    progress: &Arc<Progress>,
) -> Result<Dataset, DatasetError> {
    let mut loader = if paths.is_empty() {
        load::embedded(sample::NAME, &sample::TEXTS, Arc::clone(progress))
    } else {
        load::open(paths, Arc::clone(progress))?
    };
    // Of a small dataset everything can stay in memory, whatever becomes of its files.
    let is_small = paths.is_empty() || progress.total.load(Relaxed) < cache::SMALLEST;
    let copies = if is_small { Copies::All } else { Copies::WhereNeeded };
    let parts = show.map(Parts::new);
    loop {
        let mut builder = StoreBuilder::default();
        let records = match draft {
            Some(draft) => Some(draft.records()),
            None if paths.is_empty() => None,
            // Where there is no room for a file, there may be some in memory.
            None => Some(snapshot::nameless()),
        };
        if let Some(Ok(file)) = records {
            builder.write_records_to(file)?;
        }
        let plan = Plan { builder, copies, parts: parts.as_ref() };
        let ingested = ingest::ingest(&mut loader, plan, progress)?;
        if !loader.begin_again() {
            return dataset(ingested, &loader, progress);
        }
        if let Some(parts) = &parts {
            parts.take_back();
        }
    }
}

/// The dataset of everything that was read.
fn dataset(
    mut ingested: Ingested,
    loader: &Loader,
    progress: &Progress,
) -> Result<Dataset, DatasetError> {
    let mut bad = ingested.bad();
    let Ingested { builder, mut skipped, read, .. } = ingested;
    if progress.cancelled.load(Relaxed) {
        return Err(DatasetError::Cancelled);
    }
    let barren = loader.barren();
    if builder.is_empty() {
        return Err(nothing(&barren, &bad, skipped));
    }
    for (path, found) in barren {
        // Unless it is told already what is wrong with it.
        if !bad.iter().any(|bad| is_within(bad, &path)) {
            let place = Place { file: path, within: String::new() };
            bad.push(BadRecord { place, reason: format!("holds no study ({found})") });
            skipped += 1;
        }
    }
    let replaced = read - builder.len() as u64;
    let notes = notes(builder.without_number(), loader);
    let store = Arc::new(builder.finish()?);
    Ok(Dataset { store, bad, skipped, replaced, notes, remark: None })
}

/// What is to be known of the dataset as a whole.
fn notes(without_number: u64, loader: &Loader) -> Vec<String> {
    let numbers = (without_number > 0).then(|| {
        let records = if without_number == 1 { "record has" } else { "records have" };
        let count = text::grouped(without_number);
        format!(
            "{count} {records} NaN or Infinity in place of a number, which counts as not stated"
        )
    });
    part(&loader.pages()).into_iter().chain(numbers).collect()
}

/// That pages of the API are a part of what was asked for, and what to do; nothing where they are all.
fn part(pages: &Pages) -> Option<String> {
    let studies = text::grouped(pages.studies);
    let noun = if pages.studies == 1 { "study" } else { "studies" };
    let part = match pages.total {
        Some(total) if pages.studies < total => {
            format!("{studies} of {} studies", text::grouped(total))
        }
        None if pages.followed > 0 && pages.last == 0 => {
            format!("{studies} {noun}, and more pages follow")
        }
        _ => return None,
    };
    Some(format!(
        "this is a part of what the registry was asked for: {part}; get the other pages and open all at once"
    ))
}

/// Whether a record stands in the file at `path`, or in a file below it.
fn is_within(bad: &BadRecord, path: &str) -> bool {
    Path::new(&*bad.place.file).starts_with(path)
}

/// Says why there is no study at all: what the first path holds, and what is wrong with the first record in it.
fn nothing(barren: &[(Arc<str>, String)], bad: &[BadRecord], skipped: u64) -> DatasetError {
    let (path, mut found) = match (barren.first(), bad.first()) {
        (Some((path, found)), _) => (Arc::clone(path), found.clone()),
        (None, Some(first)) => (Arc::clone(&first.place.file), format!("{skipped} skipped")),
        (None, None) => (Arc::from("-"), "nothing".to_owned()),
    };
    if let Some(first) = bad.iter().find(|bad| is_within(bad, &path)) {
        let within = first.place.within.trim();
        let place = if within.is_empty() { String::new() } else { format!("{within}: ") };
        found = format!("{found}; the first: {place}{}", first.reason);
    }
    DatasetError::Barren { path, found }
}

/// What is kept of a dataset beside its store.
#[derive(Serialize, Deserialize)]
struct Remarks {
    /// File, place in it, reason.
    bad: Vec<(String, String, String)>,
    skipped: u64,
    replaced: u64,
    notes: Vec<String>,
}

impl From<Arc<Store>> for Dataset {
    /// A dataset of which nothing was skipped.
    fn from(store: Arc<Store>) -> Self {
        Self { store, ..Self::default() }
    }
}

impl Dataset {
    fn remarks(&self) -> Vec<u8> {
        let bad = self
            .bad
            .iter()
            .map(|bad| (bad.place.file.to_string(), bad.place.within.clone(), bad.reason.clone()));
        let (bad, skipped, replaced) = (bad.collect(), self.skipped, self.replaced);
        let notes = self.notes.clone();
        serde_json::to_vec(&Remarks { bad, skipped, replaced, notes }).expect("strings and numbers")
    }

    fn kept(store: Store, remarks: &[u8]) -> Option<Self> {
        let Remarks { bad, skipped, replaced, notes } = serde_json::from_slice(remarks).ok()?;
        let bad = bad.into_iter().map(|(file, within, reason)| BadRecord {
            place: Place { file: file.into(), within },
            reason,
        });
        let (store, bad) = (Arc::new(store), bad.collect());
        let notes = notes.iter().map(|note| text::clean_line(note).into_owned()).collect();
        Some(Self { store, bad, skipped, replaced, notes, remark: None })
    }
}

/// What a dataset of these paths is called on the screen.
pub fn name(paths: &[PathBuf]) -> String {
    let shown = |path: &PathBuf| match path.file_name() {
        Some(name) => name.to_string_lossy().into_owned(),
        None => path.to_string_lossy().into_owned(),
    };
    let name = match paths {
        [] => sample::NAME.to_owned(),
        [one] if one.as_os_str() == "-" => "standard input".to_owned(),
        [one] => shown(one),
        [first, rest @ ..] => format!("{} and {} more", shown(first), rest.len()),
    };
    text::clean_line(&name).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_is_whole() {
        let dataset = open(&[], &Arc::default()).unwrap();
        assert_eq!((dataset.store.len(), dataset.skipped, dataset.replaced), (83, 0, 0));
    }

    #[test]
    fn a_dataset_is_called_after_its_files() {
        for (paths, shown) in [
            (&["a/b.json"][..], "b.json"),
            (&["-"], "standard input"),
            (&["a/b.json", "c"], "b.json and 1 more"),
            (&["b\u{1b}[2J.json"], "b\u{fffd}[2J.json"),
        ] {
            let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
            assert_eq!(name(&paths), shown);
        }
    }
}
