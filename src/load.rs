//! From paths to records: opens whatever people have and gives out one portion of it after another.
//!
//! A source (a file, a folder, an archive, a compressed stream) yields records or opens further sources; the
//! [`Loader`] walks them in order and leaves whatever can be done elsewhere to [`Portion::read`], which any thread may
//! call: unpacking members of an archive, opening small files, cutting lines. Records leave here framed and valid
//! UTF-8, with the place where they can be read again if there is one ([`Original`]), but not parsed: what is in them is
//! not known here, except that a study has the key `protocolSection`.
//!
//! One bad record never stops a load. What a source is, its content says, never its name.

mod budget;
mod damage;
mod findings;
mod folder;
mod frame;
mod input;
mod kind;
mod original;
mod packed;
mod portion;
mod quoted;
mod reading;
mod source;
mod state;
mod strings;
mod text;
mod utf16;
mod walk;
mod zip;

use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex};

use budget::Budget;
use damage::Damage;
use findings::Findings;
pub use findings::Pages;
use input::{Copy, Input};
pub use kind::accepted;
pub use original::{Original, Packing};
pub use portion::Portion;
pub use reading::Intake;
use source::Step;
pub use state::{FileState, files};
use walk::Walk;

/// Where in the dataset something stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The path that was opened; `-` for standard input.
    pub file: Arc<str>,
    /// Within the file: `line 12`, `member 35/NCT02252835.json`, or empty for the whole file.
    pub within: String,
}

/// A record that could not be used. The load goes on without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRecord {
    pub place: Place,
    /// One line, lower case, without the place: `not JSON: expected value at column 3`.
    pub reason: String,
}

/// How far a load has come. Written by the loading thread, read by whoever shows it.
#[derive(Debug, Default)]
pub struct Progress {
    /// Bytes read of the files as they lie on disk.
    pub bytes: AtomicU64,
    /// Bytes of all files; 0 while unknown, as for standard input.
    pub total: AtomicU64,
    pub studies: AtomicU64,
    pub bad: AtomicU64,
    /// Whether the system kept something from being read: what is in the dataset may be whole.
    pub hindered: AtomicBool,
    /// Set by whoever wants the load to stop soon.
    pub cancelled: AtomicBool,
    /// How many bytes may be unpacked in all; 0: as many as the files let expect.
    pub unpack_limit: AtomicU64,
    budget: Budget,
    damage: Damage,
}

impl Progress {
    /// Takes notice of an error of the system; those of unpacking are the dataset's, and what is not there is not in it.
    fn notice(&self, error: &io::Error) {
        if error.raw_os_error().is_some() && error.kind() != io::ErrorKind::NotFound {
            self.hindered.store(true, Relaxed);
        }
    }
}

/// Says why a path cannot be opened at all, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    #[error("{path}: there is no such file or folder; check the spelling")]
    Missing { path: String },
    #[error("{path}: links to something that is not there; open the file itself")]
    Dangling { path: String },
    #[error("{path}: permission denied; make it readable for you first")]
    Denied { path: String },
    #[error("{path}: is {what}; open a file or a folder, or pipe it in and open `-`")]
    NotAFile { path: String, what: &'static str },
    #[error("`-` is named twice, and standard input can be read only once; name it once")]
    InputTwice,
    #[error("{path}: cannot be opened: {error}")]
    Unreadable { path: String, error: io::Error },
}

/// Yields everything that was opened, portion by portion, in order.
pub struct Loader {
    /// All paths.
    named: Vec<PathBuf>,
    /// The paths still to be opened, the next one last.
    paths: Vec<PathBuf>,
    /// What was kept of standard input.
    standard: Copy,
    /// The sources being read.
    walk: Walk,
    /// The paths that were opened, each with what was met in it.
    opened: Vec<(Arc<str>, Arc<Mutex<Findings>>)>,
    progress: Arc<Progress>,
}

/// Opens files, folders and `-` (standard input) for reading, one after another.
///
/// Fails when a path cannot be opened at all; whatever is wrong inside is a [`BadRecord`] of the loader.
pub fn open(paths: &[PathBuf], progress: Arc<Progress>) -> Result<Loader, LoadError> {
    let mut total = 0;
    let mut seen_input = false;
    for path in paths {
        if is_standard_input(path) {
            if std::mem::replace(&mut seen_input, true) {
                return Err(LoadError::InputTwice);
            }
        } else {
            total += size(path, &progress)?;
        }
    }
    progress.total.store(if seen_input { 0 } else { total }, Relaxed);
    Ok(Loader::new(paths.to_vec(), progress))
}

/// Reads a dataset that is part of the program, as if its texts were one file called `name`.
pub fn embedded(name: &str, texts: &[&'static [u8]], progress: Arc<Progress>) -> Loader {
    let total: usize = texts.iter().map(|text| text.len()).sum();
    progress.total.store(total as u64, Relaxed);
    let mut loader = Loader::new(Vec::new(), progress);
    // What is entered last is read first.
    for text in texts.iter().rev() {
        let input = Input::embedded(name, text, &loader.progress);
        let found = loader.walk.enter(Step::Open(input));
        debug_assert!(found.is_none(), "what is part of the program is a text of several studies");
    }
    loader.opened.push((name.into(), Arc::default()));
    loader
}

impl Loader {
    fn new(named: Vec<PathBuf>, progress: Arc<Progress>) -> Self {
        let paths = named.iter().rev().cloned().collect();
        let (walk, opened) = (Walk::default(), Vec::new());
        Self { named, paths, standard: Arc::default(), walk, opened, progress }
    }

    /// What was read of the pages of the API, as far as they say what else there is; complete once the loader is exhausted
    /// and everything it gave out was read.
    pub fn pages(&self) -> Pages {
        let mut pages = Pages::default();
        for (_, findings) in &self.opened {
            pages.add(&portion::lock(findings).pages);
        }
        pages
    }

    /// Begins again where a checksum turned out to be wrong when what it is of had been given out already: what came of
    /// this loader must not be used, and what comes from now on leaves the damaged parts out. True when it has begun
    /// again, which happens at most once for each archive in another.
    pub fn begin_again(&mut self) -> bool {
        if self.progress.cancelled.load(Relaxed) || !self.progress.damage.begin_again() {
            return false;
        }
        self.progress.budget.begin_again();
        for count in [&self.progress.bytes, &self.progress.studies, &self.progress.bad] {
            count.store(0, Relaxed);
        }
        let (named, standard) = (std::mem::take(&mut self.named), Arc::clone(&self.standard));
        *self = Self { standard, ..Self::new(named, Arc::clone(&self.progress)) };
        true
    }

    /// The paths without a single study, each with what was found there; complete once the loader is exhausted and
    /// everything it gave out was read.
    pub fn barren(&self) -> Vec<(Arc<str>, String)> {
        let paths = self.opened.iter().map(|(path, findings)| (path, portion::lock(findings)));
        paths
            .filter(|(_, findings)| findings.studies == 0)
            .map(|(path, findings)| (Arc::clone(path), findings.in_words()))
            .collect()
    }

    /// Leaves the path being read and opens the next one; `None` when there is none left or the load is cancelled.
    fn advance(&mut self) -> Option<Step> {
        let met = std::mem::take(&mut self.walk.findings);
        if let Some((_, findings)) = self.opened.last() {
            portion::lock(findings).add(met);
        }
        if self.progress.cancelled.load(Relaxed) {
            return None;
        }
        let path = self.paths.pop()?;
        let name: Arc<str> = shown(&path).into();
        self.opened.push((Arc::clone(&name), Arc::default()));
        Some(if is_standard_input(&path) {
            let input = Input::standard(Arc::clone(&name), &self.standard, &self.progress);
            // What else is named may turn out to be damaged.
            let kept = if self.named.len() > 1 { input.kept() } else { Ok(input) };
            match kept {
                Ok(input) => Step::Open(input),
                Err(error) => {
                    let place = Place { file: name, within: String::new() };
                    Step::Bad(place.no_copy(&self.progress, &error))
                }
            }
        } else if path.is_dir() {
            Step::Into(folder::open(&path, &self.progress))
        } else {
            match Input::named(&path, &self.progress) {
                Ok(input) => Step::Open(input),
                Err(bad) => Step::Bad(bad),
            }
        })
    }
}

impl Iterator for Loader {
    type Item = Portion;

    fn next(&mut self) -> Option<Portion> {
        let mut work = self.walk.next(&self.progress);
        while work.is_none() {
            let step = self.advance()?;
            work = self.walk.enter(step).or_else(|| self.walk.next(&self.progress));
        }
        let (_, findings) = self.opened.last()?;
        Some(Portion::new(work?, findings, &self.progress))
    }
}

fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The bytes of a file or of all files in a folder.
fn size(path: &Path, progress: &Progress) -> Result<u64, LoadError> {
    let unreadable = |error: io::Error| {
        let is_link = fs::symlink_metadata(path).is_ok();
        let path = shown(path);
        match error.kind() {
            io::ErrorKind::NotFound if is_link => LoadError::Dangling { path },
            io::ErrorKind::NotFound => LoadError::Missing { path },
            io::ErrorKind::PermissionDenied => LoadError::Denied { path },
            _ => LoadError::Unreadable { path, error },
        }
    };
    let metadata = fs::metadata(path).map_err(unreadable)?;
    if metadata.is_dir() {
        fs::read_dir(path).map_err(unreadable)?;
        Ok(folder::size(path, progress))
    } else if metadata.is_file() {
        fs::File::open(path).map_err(unreadable)?;
        Ok(metadata.len())
    } else {
        Err(LoadError::NotAFile { path: shown(path), what: special(metadata.file_type()) })
    }
}

/// What a file is that is neither file nor folder.
#[cfg(unix)]
fn special(file_type: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    if file_type.is_fifo() {
        "a named pipe"
    } else if file_type.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}

#[cfg(not(unix))]
fn special(_: FileType) -> &'static str {
    "neither file nor folder"
}

/// The path as one line that may be shown.
fn shown(path: &Path) -> String {
    visible(&path.to_string_lossy())
}

/// The text with every character written out that could act on a terminal.
fn visible(text: &str) -> String {
    let mut visible = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\u{061c}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' => {
                visible.extend(character.escape_unicode());
            }
            '\u{2066}'..='\u{2069}' => visible.extend(character.escape_unicode()),
            _ if character.is_control() => visible.extend(character.escape_debug()),
            _ => visible.push(character),
        }
    }
    visible
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn nothing_shown_acts_on_a_terminal() {
        for (text, shown) in [
            ("Größe 大.json", "Größe 大.json"),
            ("a\u{1b}[2Jb\r\n", "a\\u{1b}[2Jb\\r\\n"),
            ("\u{9b}m\u{7f}", "\\u{9b}m\\u{7f}"),
            ("a\u{202e}b\u{2066}\u{2028}", "a\\u{202e}b\\u{2066}\\u{2028}"),
        ] {
            assert_eq!(visible(text), shown);
        }
    }
}
