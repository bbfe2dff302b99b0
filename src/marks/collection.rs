//! A collection: one file of events, which are only ever appended, under a lock, and reach the disk before anything
//! is said to be done.

use std::collections::hash_map::RandomState;
use std::fs::{File, OpenOptions};
use std::hash::{BuildHasher as _, Hasher as _};
use std::io::{self, ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use super::event::{Change, Event, What};
use super::folder::{BadName, Folder};
use super::journal::{Journal, Step};
use super::line;
use super::lines::{Damage, Lines};
use super::mark::Marks;
use super::moment::Moment;
use crate::study::{NctId, PartialDate};

/// A collection and what its file said when it was last read.
#[derive(Debug)]
pub struct Collection {
    pub name: String,
    path: PathBuf,
    folder: Folder,
    journal: Journal,
    damage: Vec<Damage>,
    newer: Option<u32>,
    /// Up to where whole lines were read, and how many.
    read: Position,
}

#[derive(Clone, Copy, Debug, Default)]
struct Position {
    bytes: u64,
    lines: u64,
}

/// One change of one study.
pub type Marking = (NctId, Change, Option<PartialDate>);

/// What came of joining another file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// The events that were new.
    pub events: usize,
    /// The studies that they are of.
    pub studies: usize,
    /// The people who made them.
    pub people: Vec<String>,
    /// The lines that do not count.
    pub damage: Vec<Damage>,
}

/// Says why a collection cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum CollectionError {
    #[error(transparent)]
    Name(#[from] BadName),
    #[error("{}: cannot be read: {error}", path.display())]
    Unreadable { path: PathBuf, error: io::Error },
    #[error("{}: nothing was kept: {error}; make room or give the right to write, and try again", path.display())]
    Unwritable { path: PathBuf, error: io::Error },
    #[error(
        "{}: a newer version of trialdex wrote it (form {version}); this one only reads it, so update trialdex",
        path.display()
    )]
    Newer { path: PathBuf, version: u32 },
    #[error("nothing is left to undo by {by} in the collection {collection}")]
    NothingToUndo { by: String, collection: String },
}

impl Collection {
    /// Reads a collection. One that is not there yet is empty, and made when something is written.
    pub fn open(folder: &Folder, name: &str) -> Result<Self, CollectionError> {
        let path = folder.file(name)?;
        let mut collection = Self {
            name: name.to_owned(),
            path,
            folder: folder.clone(),
            journal: Journal::default(),
            damage: Vec::new(),
            newer: None,
            read: Position::default(),
        };
        collection.refresh()?;
        Ok(collection)
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn marks(&self) -> &Marks {
        self.journal.marks()
    }

    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// The lines that do not count.
    pub fn damage(&self) -> &[Damage] {
        &self.damage
    }

    /// Takes in what others have written since.
    pub fn refresh(&mut self) -> Result<(), CollectionError> {
        let opened = refuse_pipes(&self.path).and_then(|()| File::open(&self.path));
        let mut file = match opened {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            opened => opened.map_err(|error| self.unreadable(error))?,
        };
        let read = wait_for(file.lock_shared()).and_then(|()| self.read_on(&mut file));
        read.map(|_| ()).map_err(|error| self.unreadable(error))
    }

    /// Keeps changes as one step; gives the step. Nothing is kept if not all of it is.
    pub fn mark(&mut self, by: &str, changes: Vec<Marking>) -> Result<Step, CollectionError> {
        let made_by = |(id, change, record)| (by.to_owned(), What::Marked { id, change, record });
        self.keep(changes.into_iter().map(made_by).collect())
    }

    /// Does the same for changes of several people.
    pub fn keep(&mut self, made: Vec<(String, What)>) -> Result<Step, CollectionError> {
        self.append(|journal| Ok(events(journal, made)))
    }

    /// Takes the last step of a person back; gives that step.
    pub fn undo(&mut self, by: &str) -> Result<Step, CollectionError> {
        let collection = self.name.clone();
        let mut undone = None;
        self.append(|journal| {
            let last = journal.last_step(by);
            let last = last
                .ok_or_else(|| CollectionError::NothingToUndo { by: by.to_owned(), collection })?;
            let undo = What::Undone { step: last.step.clone() };
            undone = Some(last);
            Ok(events(journal, vec![(by.to_owned(), undo)]))
        })?;
        Ok(undone.expect("what was undone was set before it was written"))
    }

    /// Takes one step back, whoever made it; gives that step.
    pub fn undo_step(&mut self, by: &str, step: &str) -> Result<Step, CollectionError> {
        let undo = What::Undone { step: step.to_owned() };
        self.keep(vec![(by.to_owned(), undo)])?;
        Ok(Step { step: step.to_owned(), words: self.journal.words(step) })
    }

    /// Joins the events of another file, which stay those of their people.
    pub fn merge(&mut self, path: &Path) -> Result<Merged, CollectionError> {
        let bytes = read_file(path)
            .map_err(|error| CollectionError::Unreadable { path: path.to_owned(), error })?;
        let lines = Lines::read(&bytes, 1);
        if let Some(version) = lines.newer {
            return Err(CollectionError::Newer { path: path.to_owned(), version });
        }
        let mut merged = Merged { damage: lines.damage, ..Merged::default() };
        self.append(|journal| {
            let mut events = lines.events;
            let mut seen = std::collections::HashSet::new();
            events.retain(|event| !journal.knows(&event.event) && seen.insert(event.event.clone()));
            let mut studies: Vec<NctId> =
                events.iter().filter_map(|event| event.change()).map(|(id, _)| id).collect();
            studies.sort_unstable();
            studies.dedup();
            let mut people: Vec<String> = events.iter().map(|event| event.by.clone()).collect();
            people.sort_unstable();
            people.dedup();
            (merged.events, merged.studies, merged.people) = (events.len(), studies.len(), people);
            Ok(events)
        })?;
        Ok(merged)
    }

    /// Appends the events that `make` makes, knowing what others have written.
    fn append(
        &mut self,
        make: impl FnOnce(&Journal) -> Result<Vec<Event>, CollectionError>,
    ) -> Result<Step, CollectionError> {
        let is_new = !self.path.exists();
        let mut file = self.open_to_write().map_err(|error| self.unwritable(error))?;
        file.lock().map_err(|error| self.unwritable(error))?;
        let open_end = self.read_on(&mut file).map_err(|error| self.unwritable(error))?;
        if let Some(version) = self.newer {
            return Err(CollectionError::Newer { path: self.path.clone(), version });
        }
        let events = make(&self.journal)?;
        let Some(step) = events.first().map(|event| event.step.clone()) else {
            return Ok(Step { step: String::new(), words: "nothing".to_owned() });
        };
        // A line that was cut off is ended, and stays.
        let mut text = String::from(if open_end { "\n" } else { "" });
        for event in &events {
            text.push_str(&line::write(event));
            text.push('\n');
        }
        let length = file.metadata().map_err(|error| self.unwritable(error))?.len();
        if let Err(error) = file.write_all(text.as_bytes()).and_then(|()| file.sync_data()) {
            // What was not kept whole is no event. If even this fails, it is a line that was cut off.
            _ = file.set_len(length);
            return Err(self.unwritable(error));
        }
        if is_new {
            self.folder.sync().map_err(|error| self.unwritable(error))?;
        }
        self.read = Position {
            bytes: length + text.len() as u64,
            lines: self.read.lines + text.matches('\n').count() as u64,
        };
        self.journal.add(events);
        Ok(Step { words: self.journal.words(&step), step })
    }

    fn open_to_write(&self) -> io::Result<File> {
        self.folder.make()?;
        refuse_pipes(&self.path)?;
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&self.path)
    }

    /// Reads what is new in a file that is locked; says whether its last line has no end.
    fn read_on(&mut self, file: &mut File) -> io::Result<bool> {
        if file.metadata()?.len() < self.read.bytes {
            // Somebody has replaced the file. What was in it counts no more.
            self.read = Position::default();
            self.journal = Journal::default();
            self.newer = None;
        }
        let Position { bytes, lines } = self.read;
        let mut text = Vec::new();
        file.seek(SeekFrom::Start(bytes))?;
        file.read_to_end(&mut text)?;
        let new = Lines::read(&text, lines + 1);
        // The last line may have been without an end before.
        self.damage.retain(|damage| damage.line <= lines);
        self.damage.extend(new.damage);
        self.newer = self.newer.max(new.newer);
        self.journal.add(new.events);
        self.read = Position { bytes: bytes + new.bytes, lines: lines + new.count };
        Ok(new.bytes < text.len() as u64)
    }

    fn unreadable(&self, error: io::Error) -> CollectionError {
        CollectionError::Unreadable { path: self.path.clone(), error }
    }

    fn unwritable(&self, error: io::Error) -> CollectionError {
        CollectionError::Unwritable { path: self.path.clone(), error }
    }
}

/// A file system without locks can still be read.
fn wait_for(locked: io::Result<()>) -> io::Result<()> {
    match locked {
        Err(error) if error.kind() == ErrorKind::Unsupported => Ok(()),
        locked => locked,
    }
}

/// Events of one step, later than all of the journal.
fn events(journal: &Journal, made: Vec<(String, What)>) -> Vec<Event> {
    let step = unique();
    let mut at = journal.after(Moment::now());
    let mut events = Vec::with_capacity(made.len());
    for (number, (by, what)) in made.into_iter().enumerate() {
        let event = format!("{step}.{number}");
        events.push(Event { event, step: step.clone(), at, by, what });
        at = at.next();
    }
    events
}

/// A text that nobody else has: 128 random bits.
fn unique() -> String {
    let random = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", random(), random())
}

/// Reads a file that somebody names. Anything else is refused: a pipe can be waited for without an end, and a device never
/// ends.
pub fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    refuse_pipes(path)?;
    std::fs::read(path)
}

/// An error if something stands at the path that is no file.
fn refuse_pipes(path: &Path) -> io::Result<()> {
    match std::fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() => {
            Err(io::Error::new(ErrorKind::InvalidInput, "it is no file"))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
