//! Writing a new folder of files, whole or not at all. A folder that is there is never written into.

use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::Path;

use tempfile::{Builder, TempDir};

/// Opens a new file of this name in the folder.
pub type Open<'a> = &'a mut dyn FnMut(&str) -> io::Result<Box<dyn Write + Send>>;

/// Writes files beside the folder's final name, and gives them that name once all are whole.
pub fn write<T>(path: &Path, content: impl FnOnce(Open) -> io::Result<T>) -> io::Result<T> {
    if fs::symlink_metadata(path).is_ok() {
        return Err(there_already());
    }
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let folder = unfinished(parent.unwrap_or(Path::new(".")))?;
    let written = content(&mut |name| {
        let file = File::create_new(folder.path().join(name))?;
        Ok(Box::new(BufWriter::new(file)))
    })?;
    for entry in fs::read_dir(folder.path())? {
        File::open(entry?.path())?.sync_all()?;
    }
    // Another may have made it meanwhile; only one that is empty could be replaced.
    if fs::symlink_metadata(path).is_ok() {
        return Err(there_already());
    }
    fs::rename(folder.path(), path)?;
    // It has its name now, so there is nothing left to be removed.
    _ = folder.keep();
    Ok(written)
}

fn there_already() -> io::Error {
    io::Error::new(ErrorKind::AlreadyExists, "it is there already; name a folder that is not there")
}

/// A folder that is removed unless it gets a name.
fn unfinished(parent: &Path) -> io::Result<TempDir> {
    let mut builder = Builder::new();
    builder.prefix(".trialdex-").suffix(".unfinished");
    // As readable as any folder that the user makes.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
    builder.tempdir_in(parent)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn a_folder_comes_to_be_whole_or_not_at_all() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("tables");
        let failed: io::Result<()> = write(&path, |open| {
            open("a")?.write_all(b"x")?;
            Err(ErrorKind::StorageFull.into())
        });
        assert_eq!(failed.unwrap_err().kind(), ErrorKind::StorageFull);
        assert_eq!(names(place.path()), [""; 0]);
        let write_all = |open: Open| {
            let mut file = open("a")?;
            file.write_all(b"x")?;
            file.flush()
        };
        write(&path, write_all).unwrap();
        assert_eq!(fs::read(path.join("a")).unwrap(), b"x");
        assert_eq!(names(place.path()), ["tables"]);
    }

    #[test]
    fn what_is_there_stays_as_it_is() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("tables");
        fs::create_dir(&path).unwrap();
        for _ in 0..2 {
            let error = write(&path, |_| Ok(())).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::AlreadyExists);
            assert!(names(&path).is_empty() || names(&path) == ["mine"]);
            fs::write(path.join("mine"), "x").unwrap();
        }
        let file = place.path().join("file");
        fs::write(&file, "x").unwrap();
        assert!(write(&file, |_| Ok(())).is_err());
        assert_eq!(fs::read(&file).unwrap(), b"x");
    }
}
