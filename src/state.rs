//! What the browser keeps of how somebody uses it: one readable file each, in the state directory, for the user alone.
//!
//! Nothing in it is needed to start. A file that this program does not understand is never written over: it is named, and
//! what is to be kept takes its place beside it.

mod columns;
mod greeting;
mod history;
mod look;
mod looked;
mod recent;
mod saved;
mod session;

pub use columns::{keep_columns, read_columns};
pub use greeting::{is_greeted, keep_greeted};
pub use history::{keep_query, read_history};
pub use look::{keep_look, read_look};
pub use looked::{keep_looked, read_looked};
pub use recent::{keep_recent, read_recent};
pub use saved::{keep_saved, read_saved};
pub use session::{keep_session, read_session};

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use directories::ProjectDirs;

/// The folder of these files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateFolder(PathBuf);

/// Says why a file is not understood.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    #[error("{}: cannot be read: {error}", path.display())]
    Unreadable { path: PathBuf, error: io::Error },
    #[error("{}: was written by a newer trialdex; nothing of it is used", .0.display())]
    Newer(PathBuf),
    #[error("{}: was not written by trialdex; nothing of it is used", .0.display())]
    Foreign(PathBuf),
    #[error("{}: line {line}: {reason}", path.display())]
    Wrong { path: PathBuf, line: usize, reason: String },
}

/// The longest file that is read, in bytes; real ones are a hundredth of it.
const LONGEST: u64 = 1 << 16;
/// The longest file to which lines are added.
const LONGEST_OF_LINES: u64 = 1 << 24;

impl StateFolder {
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// The user's own; `None` on a system without a home for it.
    pub fn of_user() -> Option<Self> {
        let dirs = ProjectDirs::from("", "", "trialdex")?;
        let path = dirs.state_dir().unwrap_or(dirs.data_local_dir());
        path.is_absolute().then(|| Self(path.to_owned()))
    }

    /// That of the user's data, which are not to be lost.
    pub fn of_data() -> Option<Self> {
        let dirs = ProjectDirs::from("", "", "trialdex")?;
        let path = dirs.data_dir();
        path.is_absolute().then(|| Self(path.to_owned()))
    }

    /// The text of a file; `None` if there is none. What is no file is not opened, because a pipe can wait for ever.
    fn read(&self, name: &str) -> Result<Option<String>, StateError> {
        self.read_up_to(name, LONGEST)
    }

    /// The same of a file that may have so many bytes.
    fn read_up_to(&self, name: &str, longest: u64) -> Result<Option<String>, StateError> {
        let path = self.0.join(name);
        let unreadable = |error| StateError::Unreadable { path: path.clone(), error };
        match fs::metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(unreadable(error)),
            Ok(metadata) if !metadata.is_file() || metadata.len() > longest => {
                return Err(StateError::Foreign(path));
            }
            Ok(_) => (),
        }
        match fs::read(&path).map(String::from_utf8) {
            Ok(Ok(text)) => Ok(Some(text)),
            Ok(Err(_)) => Err(StateError::Foreign(path)),
            Err(error) => Err(unreadable(error)),
        }
    }

    /// Refuses a text that does not begin with a title and the number of its format.
    fn check_title(
        &self,
        name: &str,
        text: &str,
        (title, format): (&str, u32),
    ) -> Result<(), StateError> {
        let number = text.lines().next().and_then(|line| line.strip_prefix(title));
        match number.and_then(|number| number.trim().parse::<u32>().ok()) {
            Some(number) if number == format => Ok(()),
            Some(number) if number > format => Err(StateError::Newer(self.path(name))),
            Some(_) | None => Err(StateError::Foreign(self.path(name))),
        }
    }

    /// The whole lines below the title of a file to which lines are added at the end.
    fn lines(&self, name: &str, title: (&str, u32)) -> Result<Vec<String>, StateError> {
        let Some(text) = self.read_up_to(name, LONGEST_OF_LINES)? else { return Ok(Vec::new()) };
        self.check_title(name, &text, title)?;
        // The last line is torn if it does not end.
        let whole = text.rfind('\n').map_or("", |end| &text[..end]);
        let lines = whole.lines().skip(1).filter(|line| !line.is_empty());
        Ok(lines.map(str::to_owned).collect())
    }

    /// Puts a file aside that `read` did not understand, so that another takes its place; gives where it is then. What
    /// cannot be read stays an error.
    fn make_way<T>(&self, name: &str, read: Result<T, StateError>) -> io::Result<Option<PathBuf>> {
        match read {
            Ok(_) => Ok(None),
            Err(StateError::Unreadable { error, .. }) => Err(error),
            Err(StateError::Foreign(_) | StateError::Newer(_) | StateError::Wrong { .. }) => {
                self.put_aside(name).map(Some)
            }
        }
    }

    /// Writes a file that is a title with the number of its format, a line about it, and lines.
    fn write_lines(
        &self,
        name: &str,
        (title, format): (&str, u32),
        about: &str,
        lines: impl IntoIterator<Item = String>,
    ) -> io::Result<()> {
        let head = [format!("{title}{format}"), about.to_owned()];
        let lines: Vec<String> = head.into_iter().chain(lines).collect();
        self.write(name, &(lines.join("\n") + "\n"))
    }

    /// Writes a file whole or not at all, readable by the user alone.
    fn write(&self, name: &str, text: &str) -> io::Result<()> {
        self.make()?;
        // It is for the user alone from its beginning.
        let mut file = tempfile::NamedTempFile::new_in(&self.0)?;
        file.write_all(text.as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(self.0.join(name)).map_err(|error| error.error)?;
        Ok(())
    }

    /// Adds a line at the end of a file, which begins with `title`. Other copies of the program may do so at the same time.
    fn append(&self, name: &str, title: &str, line: &str) -> io::Result<()> {
        if line.contains(['\n', '\r']) {
            return Ok(());
        }
        self.make()?;
        let mut options = fs::OpenOptions::new();
        options.create(true).append(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(self.path(name))?;
        // Where files cannot be locked, a line is still written at once.
        _ = file.lock();
        let text = fs::read(self.path(name))?;
        // A write that was cut off has left a line without its end.
        let begin = match text.last() {
            None => title,
            Some(b'\n') => "",
            Some(_) => "\n",
        };
        file.write_all(format!("{begin}{line}\n").as_bytes())?;
        file.sync_all()
    }

    /// Gives a file another name, which nothing has: `columns.1`. Gives its path.
    fn put_aside(&self, name: &str) -> io::Result<PathBuf> {
        for number in 1..1000 {
            let path = self.0.join(format!("{name}.{number}"));
            if fs::symlink_metadata(&path).is_err() {
                fs::rename(self.0.join(name), &path)?;
                return Ok(path);
            }
        }
        Err(io::Error::new(io::ErrorKind::AlreadyExists, "every name beside it is taken"))
    }

    fn make(&self) -> io::Result<()> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::DirBuilderExt as _;
            builder.mode(0o700);
        }
        builder.create(&self.0)
    }

    fn path(&self, name: &str) -> PathBuf {
        Path::join(&self.0, name)
    }

    /// One that nothing is in yet, and what it lies in as long as that is held.
    #[cfg(test)]
    fn temporary() -> (tempfile::TempDir, Self) {
        let home = tempfile::tempdir().unwrap();
        let folder = Self::new(home.path().join("state"));
        (home, folder)
    }
}
