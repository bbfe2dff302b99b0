//! Writing what the user saves: into a new file of the current folder, whole or not at all. Never writes over
//! a file that is there.

use std::fs;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

use super::job::Job;
use crate::export;
use crate::session::{Content, FileName, Share};
use crate::store::Store;
use crate::text;

/// How many files of one name there can be.
const MOST: usize = 999;

/// What is to be saved: under which name, and what it is called in the report.
#[derive(Debug)]
pub struct Saved {
    pub name: FileName,
    pub what: String,
    pub content: Content,
}

/// Saves in the current folder; gives one line that says how that went.
pub fn save(saved: &Saved, store: &Store, job: &Job) -> Result<String, String> {
    let folder = std::env::current_dir()
        .map_err(|error| format!("could not write: the current folder is gone ({error})"))?;
    let written = write(&folder, &saved.name, |file| {
        let mut out = BufWriter::new(Cancellable { file, job });
        match &saved.content {
            Content::Text(text) => out.write_all(text.as_bytes())?,
            Content::Studies(studies, writing) => {
                let of = studies.len() as u64;
                let studies = (0..).zip(studies).map(|(done, &study)| {
                    job.progress(Share { done, of });
                    study
                });
                export::write_studies(&mut out, store, studies, writing)?;
            }
        }
        out.flush()
    });
    let folder = folder.display();
    let line = match written {
        Ok(name) => Ok(format!("wrote {name} in {folder}: {}", saved.what)),
        Err(_) if job.is_cancelled() => {
            Ok(format!("cancelled: no file was written of {}", saved.what))
        }
        Err(error) => {
            let FileName { stem, extension } = &saved.name;
            let remedy = remedy(&error);
            // The name of the file before it has its own says nothing to anybody.
            let reason = match error.kind() {
                ErrorKind::Other => error.to_string(),
                kind => kind.to_string(),
            };
            Err(format!("could not write {stem}.{extension} in {folder}: {reason}; {remedy}"))
        }
    };
    line.map(|line| text::clean_line(&line).into_owned())
        .map_err(|line| text::clean_line(&line).into_owned())
}

fn remedy(error: &io::Error) -> &'static str {
    match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem | ErrorKind::NotFound => {
            "start trialdex in a folder that you can write to"
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            "make room and try again"
        }
        ErrorKind::AlreadyExists => "move some of the files away",
        _ => "nothing was left behind",
    }
}

/// Writes the new file `path`, whole or not at all; where there is one, it stays as it is.
pub(super) fn write_new(
    path: &Path,
    content: impl FnOnce(&mut fs::File) -> io::Result<()>,
) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut file = unfinished(folder.unwrap_or(Path::new(".")))?;
    content(file.as_file_mut())?;
    file.as_file().sync_all()?;
    file.persist_noclobber(path).map_err(|failed| failed.error)?;
    Ok(())
}

/// Writes a new file beside its final name, and gives it that name once it is whole; gives the name.
fn write(
    folder: &Path,
    name: &FileName,
    content: impl FnOnce(&mut fs::File) -> io::Result<()>,
) -> io::Result<String> {
    let mut file = unfinished(folder)?;
    content(file.as_file_mut())?;
    file.as_file().sync_all()?;
    for number in 1..=MOST {
        let name = numbered(name, number);
        match file.persist_noclobber(folder.join(&name)) {
            Ok(_) => return Ok(name),
            Err(failed) if failed.error.kind() == ErrorKind::AlreadyExists => file = failed.file,
            Err(failed) => return Err(failed.error),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

/// A file that is removed unless it gets a name.
fn unfinished(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(".trialdex-").suffix(".unfinished");
    // As readable as any file that the user makes.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

/// `trialdex-NCT00000102.json`, then `trialdex-NCT00000102-2.json`.
fn numbered(FileName { stem, extension }: &FileName, number: usize) -> String {
    match number {
        1 => format!("{stem}.{extension}"),
        number => format!("{stem}-{number}.{extension}"),
    }
}

/// A file that takes nothing more once it is not wanted.
struct Cancellable<'a> {
    file: &'a mut fs::File,
    job: &'a Job<'a>,
}

impl Write for Cancellable<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.job.is_cancelled() {
            return Err(io::Error::other("cancelled"));
        }
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Cancel;
    use crate::session::JobId;

    fn name() -> FileName {
        FileName { stem: "trialdex-x".to_owned(), extension: "csv" }
    }

    fn files(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn a_file_that_is_there_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        for (text, expected) in [("one", "trialdex-x.csv"), ("two", "trialdex-x-2.csv")] {
            let name = write(folder.path(), &name(), |file| file.write_all(text.as_bytes()));
            assert_eq!(name.unwrap(), expected);
            assert_eq!(fs::read_to_string(folder.path().join(expected)).unwrap(), text);
        }
        assert_eq!(files(folder.path()), ["trialdex-x-2.csv", "trialdex-x.csv"]);
    }

    #[test]
    fn what_fails_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        for length in [0, 1, 100_000] {
            let failed = write(folder.path(), &name(), |file| {
                file.write_all(&vec![b'x'; length])?;
                Err(ErrorKind::StorageFull.into())
            });
            assert_eq!(remedy(&failed.unwrap_err()), "make room and try again");
            assert_eq!(files(folder.path()), [""; 0]);
        }
        let gone = write(&folder.path().join("gone"), &name(), |_| Ok(()));
        assert_eq!(gone.unwrap_err().kind(), ErrorKind::NotFound);
    }

    #[test]
    fn what_is_not_wanted_any_more_is_not_written() {
        let folder = tempfile::tempdir().unwrap();
        let written = write(folder.path(), &name(), |file| {
            let (queue, _messages) = super::super::queue();
            let cancel = Cancel::default();
            cancel.cancel();
            let job = Job::new(JobId::default(), &queue, cancel);
            Cancellable { file, job: &job }.write_all(b"x")
        });
        assert!(written.is_err());
        assert_eq!(files(folder.path()), [""; 0]);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_can_be_read_as_any_other() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let name = write(folder.path(), &name(), |_| Ok(())).unwrap();
        fs::write(folder.path().join("other"), "").unwrap();
        let mode =
            |name: &str| fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode(&name), mode("other"));
    }
}
