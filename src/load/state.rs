//! The files of a dataset as they lie on disk: enough to tell whether one has changed since.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::{folder, is_standard_input};

/// One file, as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileState {
    pub path: PathBuf,
    pub bytes: u64,
    /// When it was last written, in nanoseconds since 1970; 0 where the system does not say.
    pub changed: u64,
}

/// Every file of `paths`, folders walked, in the order in which they are read; `None` where standard
/// input is among them, which can be read only once. What cannot be looked at is left out.
pub fn files(paths: &[PathBuf]) -> Option<Vec<FileState>> {
    let mut files = Vec::new();
    for path in paths {
        if is_standard_input(path) {
            return None;
        }
        let path = std::path::absolute(path).unwrap_or_else(|_| path.clone());
        if path.is_dir() {
            let entries = folder::walk(&path).filter_map(Result::ok);
            files.extend(entries.filter_map(|entry| state(entry.path())));
        } else {
            files.extend(state(&path));
        }
    }
    Some(files)
}

fn state(path: &Path) -> Option<FileState> {
    let metadata = path.metadata().ok().filter(std::fs::Metadata::is_file)?;
    let since = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let changed = since.map_or(0, |since| since.as_nanos() as u64);
    Some(FileState { path: path.to_owned(), bytes: metadata.len(), changed })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_change_of_any_file_shows() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b", "a"] {
            fs::write(folder.path().join(name), name).unwrap();
        }
        let paths = [folder.path().to_owned()];
        let before = files(&paths).unwrap();
        let names = before.iter().map(|file| file.path.file_name().unwrap().to_owned());
        assert_eq!(names.collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(files(&paths).unwrap(), before);
        fs::write(folder.path().join("a"), "longer").unwrap();
        assert_ne!(files(&paths).unwrap(), before);
        assert_eq!(files(&["-".into()]), None);
    }
}
