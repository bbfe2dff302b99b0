//! A folder: every file in it and in its folders, sorted by name; small ones are read several at the same time.
//!
//! A link is followed unless it leads to what is read anyway. Files that are no records are left alone.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use walkdir::{DirEntry, WalkDir};

use super::findings::Findings;
use super::input::{Input, WHOLE};
use super::original::Original;
use super::reading::{Reading, Work};
use super::source::{Source, Step};
use super::{Place, Progress, shown};

/// How many bytes of files are read in one turn.
const TURN: u64 = 4 << 20;

/// How many files are read in one turn.
const MOST: usize = 256;

struct Folder {
    entries: Entries,
    /// What comes after the files of the last turn.
    held: Option<Step>,
    progress: Arc<Progress>,
}

/// Files of a folder, none of them large.
struct Files(Vec<PathBuf>);

/// What stands in a folder and in its folders, sorted by name.
type Entries = Box<dyn Iterator<Item = walkdir::Result<DirEntry>> + Send>;

pub(super) fn open(path: &Path, progress: &Arc<Progress>) -> Box<dyn Source> {
    Box::new(Folder { entries: walk(path), held: None, progress: Arc::clone(progress) })
}

/// The bytes of all files in the folder; less when the load was cancelled.
pub(super) fn size(path: &Path, progress: &Progress) -> u64 {
    walk(path)
        .take_while(|_| !progress.cancelled.load(Relaxed))
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| entry.metadata().ok())
        .map(|metadata| metadata.len())
        .sum()
}

/// Everything in a folder; what several links lead to only once.
pub(super) fn walk(path: &Path) -> Entries {
    let mut known = Vec::from_iter(fs::canonicalize(path).ok());
    let is_new = move |entry: &DirEntry| {
        if entry.depth() == 0 || !entry.path_is_symlink() {
            return true;
        }
        // One that leads nowhere is told like any file that cannot be opened.
        let Ok(target) = fs::canonicalize(entry.path()) else { return true };
        let is_new = !known.iter().any(|known| target.starts_with(known));
        known.extend(is_new.then_some(target));
        is_new
    };
    let entries = WalkDir::new(path).follow_links(true).sort_by_file_name();
    Box::new(entries.into_iter().filter_entry(is_new))
}

impl Source for Folder {
    fn step(&mut self, _: &mut Findings) -> Step {
        if let Some(held) = self.held.take() {
            return held;
        }
        let (mut files, mut bytes) = (Vec::new(), 0);
        let next = loop {
            if files.len() == MOST || bytes >= TURN || self.progress.cancelled.load(Relaxed) {
                break None;
            }
            match self.entries.next() {
                None => break Some(Step::Done),
                Some(Ok(entry)) if !entry.file_type().is_file() => {}
                Some(Ok(entry)) => match small(&entry) {
                    Some(size) => {
                        bytes += size;
                        files.push(entry.into_path());
                    }
                    None => break Some(opened(entry.path(), &self.progress)),
                },
                Some(Err(error)) if error.loop_ancestor().is_some() => {}
                Some(Err(error)) => {
                    let file = error.path().map(shown).unwrap_or_default().into();
                    error.io_error().inspect(|error| self.progress.notice(error));
                    let reason = error.io_error().map(ToString::to_string).unwrap_or_default();
                    let place = Place { file, within: String::new() };
                    break Some(Step::Bad(place.bad(format!("cannot be opened: {reason}"))));
                }
            }
        };
        if files.is_empty() {
            return next.unwrap_or(Step::Done);
        }
        self.held = next;
        Step::Found(Box::new(Files(files)))
    }
}

/// The size of a file, unless it is large.
fn small(entry: &DirEntry) -> Option<u64> {
    let metadata = entry.metadata().ok()?;
    Some(metadata.len()).filter(|&size| size <= WHOLE)
}

fn opened(path: &Path, progress: &Arc<Progress>) -> Step {
    match Input::met(path, progress) {
        Ok(input) => Step::Open(input),
        Err(bad) => Step::Bad(bad),
    }
}

impl Work for Files {
    fn size(&self) -> u64 {
        TURN
    }

    /// Reads one file after another; what does not look like one study is opened as what it is.
    fn read(self: Box<Self>, reading: &mut Reading) {
        let mut bytes = Vec::new();
        for path in self.0 {
            if reading.is_cancelled() {
                return;
            }
            let mut input = match Input::met(&path, reading.progress) {
                Ok(input) => input,
                Err(bad) => {
                    reading.bad(bad);
                    continue;
                }
            };
            bytes.clear();
            let is_read = input.read_whole(&mut bytes).is_ok();
            let original = input.original().and_then(|file| Original::plain(file, 0, bytes.len()));
            if !is_read || !reading.offer(&bytes, &input.place.file, original) {
                reading.input(input);
            }
        }
    }
}
