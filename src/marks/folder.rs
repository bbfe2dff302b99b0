//! Where collections lie, and what they may be called.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use directories::ProjectDirs;

/// The collection that is meant when none is named.
pub const DEFAULT: &str = "default";

const EXTENSION: &str = "jsonl";

/// The longest name of a collection, in bytes.
const LONGEST: usize = 100;

/// A folder of collections, which only the user may read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder(PathBuf);

/// What systems mean by these names, with any ending, is no file.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
const NUMBERED_DEVICES: [&str; 2] = ["com", "lpt"];

/// Says that a text cannot name a collection.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadName {
    #[error(
        "“{0}” cannot name a collection: letters, digits, -, _ and . can, and the first is a letter or a digit"
    )]
    Characters(String),
    #[error("“{0}” cannot name a collection: at most {LONGEST} bytes can")]
    TooLong(String),
    #[error("“{0}” cannot name a collection: on some systems it is a device")]
    Device(String),
    #[error("“{0}” names a file; the collection is called “{1}”")]
    File(String, String),
    #[error("“{0}” cannot name a collection: the last character is a letter, a digit, - or _")]
    Dot(String),
}

impl Folder {
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// The user's own; `None` on a system without a home for it.
    pub fn of_user() -> Option<Self> {
        let dirs = ProjectDirs::from("", "", "trialdex")?;
        let path = dirs.data_dir().join("collections");
        path.is_absolute().then_some(Self(path))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The file of a collection.
    pub(super) fn file(&self, name: &str) -> Result<PathBuf, BadName> {
        Self::check(name)?;
        Ok(self.0.join(format!("{name}.{EXTENSION}")))
    }

    /// Whether a text can name a collection, on every system.
    pub fn check(name: &str) -> Result<(), BadName> {
        let shown = || crate::text::clean_line(&crate::text::cut(name, 60)).into_owned();
        let mut chars = name.chars();
        let begins = chars.next().is_some_and(char::is_alphanumeric);
        let is_allowed = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        if !begins || !chars.all(is_allowed) {
            return Err(BadName::Characters(shown()));
        }
        if name.len() > LONGEST {
            return Err(BadName::TooLong(shown()));
        }
        let lower = name.to_lowercase();
        let ending = name.len().checked_sub(EXTENSION.len() + 1);
        if let Some((stem, ending)) = ending.and_then(|at| name.split_at_checked(at))
            && ending.strip_prefix('.').is_some_and(|it| it.eq_ignore_ascii_case(EXTENSION))
        {
            return Err(BadName::File(shown(), stem.to_owned()));
        }
        if name.ends_with('.') {
            return Err(BadName::Dot(shown()));
        }
        let stem = lower.split('.').next().unwrap_or_default();
        let is_numbered = |device: &&str| {
            let number = stem.strip_prefix(device);
            number.is_some_and(|number| matches!(number.as_bytes(), [b'0'..=b'9']))
        };
        if DEVICES.contains(&stem) || NUMBERED_DEVICES.iter().any(is_numbered) {
            return Err(BadName::Device(shown()));
        }
        Ok(())
    }

    /// The names of the collections, in alphabetical order.
    pub fn names(&self) -> io::Result<Vec<String>> {
        let entries = match fs::read_dir(&self.0) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let mut names = Vec::new();
        for entry in entries {
            let path = entry?.path();
            let name = path.file_stem().and_then(|name| name.to_str()).map(str::to_owned);
            let is_one = path.extension().is_some_and(|extension| extension == EXTENSION);
            names.extend(name.filter(|name| is_one && self.file(name).is_ok()));
        }
        names.sort_unstable();
        Ok(names)
    }

    /// Makes the folder, for the user alone.
    pub(super) fn make(&self) -> io::Result<()> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
            builder.mode(0o700).create(&self.0)?;
            let mode = fs::metadata(&self.0)?.permissions().mode();
            if mode & 0o077 != 0 {
                fs::set_permissions(&self.0, fs::Permissions::from_mode(0o700))?;
            }
            Ok(())
        }
        #[cfg(not(unix))]
        builder.create(&self.0)
    }

    /// Makes the entry of a new file last.
    #[cfg(unix)]
    pub(super) fn sync(&self) -> io::Result<()> {
        fs::File::open(&self.0)?.sync_all()
    }

    #[cfg(not(unix))]
    #[expect(clippy::unnecessary_wraps, reason = "it can fail on Unix")]
    pub(super) fn sync(&self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_to_no_other_folder() {
        let folder = Folder::new("/x");
        for name in ["default", "liver-2024", "Überblick", "a.b", "2"] {
            assert!(folder.file(name).is_ok(), "{name}");
        }
        let long = "x".repeat(101);
        for name in ["", ".", "..", "../a", "a/b", "a b", "-a", ".a", "a\0", "a\\b", "c:d", &long] {
            assert!(folder.file(name).is_err(), "{name}");
        }
        for (name, words) in [
            ("CON", "a device"),
            ("nul.x", "a device"),
            ("Lpt1", "a device"),
            ("x.jsonl", "the collection is called “x”"),
            ("x.JSONL", "the collection is called “x”"),
            ("a.", "the last character"),
        ] {
            let error = folder.file(name).unwrap_err().to_string();
            assert!(error.contains(words) && error.starts_with(&format!("“{name}”")), "{error}");
        }
        for name in ["console", "com", "com10", "lpt", "nul-1", "jsonl"] {
            assert!(folder.file(name).is_ok(), "{name}");
        }
    }

    #[test]
    fn a_folder_that_is_not_there_has_no_collections() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Folder::new(folder.path().join("gone")).names().unwrap(), [""; 0]);
        for name in ["b.jsonl", "a.jsonl", "c.txt", ".d.jsonl"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        assert_eq!(Folder::new(folder.path()).names().unwrap(), ["a", "b"]);
    }
}
