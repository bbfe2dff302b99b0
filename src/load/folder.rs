//! A folder: every file in it and in its folders, sorted by name.
//!
//! Links are followed, but never in a circle. Files that are no records are left alone.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use walkdir::{DirEntry, WalkDir};

use super::input::Input;
use super::source::{Findings, Source, Step};
use super::{Place, Progress, shown};

struct Folder {
    entries: walkdir::IntoIter,
    progress: Arc<Progress>,
}

pub(super) fn open(path: &Path, progress: &Arc<Progress>) -> Box<dyn Source> {
    Box::new(Folder { entries: walk(path).into_iter(), progress: Arc::clone(progress) })
}

/// The bytes of all files in the folder; less when the load was cancelled.
pub(super) fn size(path: &Path, progress: &Progress) -> u64 {
    WalkDir::new(path)
        .follow_links(true)
        .into_iter()
        .take_while(|_| !progress.cancelled.load(Relaxed))
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| entry.metadata().ok())
        .map(|metadata| metadata.len())
        .sum()
}

pub(super) fn walk(path: &Path) -> WalkDir {
    WalkDir::new(path).follow_links(true).sort_by_file_name()
}

impl Source for Folder {
    fn step(&mut self, _: &mut Findings) -> Step {
        for entry in self.entries.by_ref() {
            if self.progress.cancelled.load(Relaxed) {
                break;
            }
            match entry {
                Ok(entry) if entry.file_type().is_file() => return self.opened(&entry),
                Ok(_) => {}
                Err(error) if error.loop_ancestor().is_some() => {}
                Err(error) => {
                    let file = error.path().map(shown).unwrap_or_default().into();
                    let reason = error.io_error().map(ToString::to_string).unwrap_or_default();
                    let place = Place { file, within: String::new() };
                    return Step::Bad(place.bad(format!("cannot be opened: {reason}")));
                }
            }
        }
        Step::Done
    }
}

impl Folder {
    fn opened(&self, entry: &DirEntry) -> Step {
        match Input::met(entry.path(), &self.progress) {
            Ok(input) => Step::Open(input),
            Err(bad) => Step::Bad(bad),
        }
    }
}
