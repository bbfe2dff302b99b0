//! From paths to a store: what the browser and every command begin with.

mod ingest;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use crate::load::{self, BadRecord, LoadError, Loader, Progress};
use crate::store::{PushError, Store};

use ingest::Ingested;

/// The trials that are part of the program.
const SAMPLE: &[u8] = include_bytes!("../data/liver-failure.json");
const SAMPLE_NAME: &str = "liver-failure.json (sample)";

/// How many bad records are kept with their place and reason; beyond that they are only counted.
const MOST_BAD: usize = 10_000;

/// What was opened.
#[derive(Clone, Debug)]
pub struct Dataset {
    pub store: Arc<Store>,
    /// What was skipped, and why: the first ten thousand.
    pub bad: Vec<BadRecord>,
    /// How many records were skipped.
    pub skipped: u64,
    /// How many records were left out because another one of the same study is newer.
    pub replaced: u64,
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
    Compress(#[from] PushError),
}

/// Opens `paths` as one dataset; none stand for the sample.
pub fn open(paths: &[PathBuf], progress: &Arc<Progress>) -> Result<Dataset, DatasetError> {
    let loader = if paths.is_empty() {
        load::embedded(SAMPLE_NAME, SAMPLE, Arc::clone(progress))
    } else {
        load::open(paths, Arc::clone(progress))?
    };
    gather(loader, progress)
}

fn gather(mut loader: Loader, progress: &Progress) -> Result<Dataset, DatasetError> {
    let Ingested { builder, bad, skipped, read } = ingest::ingest(&mut loader, progress)?;
    if progress.cancelled.load(Relaxed) {
        return Err(DatasetError::Cancelled);
    }
    if let Some((path, found)) = loader.barren().into_iter().next() {
        return Err(DatasetError::Barren { path, found });
    }
    if builder.is_empty()
        && let Some(first) = bad.first()
    {
        let found = format!("{skipped} skipped, the first because it is {}", first.reason);
        return Err(DatasetError::Barren { path: Arc::clone(&first.place.file), found });
    }
    let replaced = read - builder.len() as u64;
    Ok(Dataset { store: Arc::new(builder.finish()?), bad, skipped, replaced })
}

/// What a dataset of these paths is called on the screen.
pub fn name(paths: &[PathBuf]) -> String {
    let shown = |path: &PathBuf| match path.file_name() {
        Some(name) => name.to_string_lossy().into_owned(),
        None => path.to_string_lossy().into_owned(),
    };
    let name = match paths {
        [] => SAMPLE_NAME.to_owned(),
        [one] if one.as_os_str() == "-" => "standard input".to_owned(),
        [one] => shown(one),
        [first, rest @ ..] => format!("{} and {} more", shown(first), rest.len()),
    };
    crate::text::clean_line(&name).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_is_whole() {
        let dataset = open(&[], &Arc::default()).unwrap();
        assert_eq!((dataset.store.len(), dataset.skipped, dataset.replaced), (23, 0, 0));
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
