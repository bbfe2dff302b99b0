//! Writing a search down in a new file: what was asked of which files, how it was read, and what was found. How a record
//! looks is not known here.

use std::fs;
use std::io::{self, BufWriter, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::file;
use super::job::Job;
use crate::dataset;
use crate::export::record::{RecordForm, RecordedFile, Recording, SearchRecord, SearchedSource};
use crate::marks::Marks;
use crate::search::{Cancel, Query};
use crate::session::Share;
use crate::store::Store;
use crate::text;

/// A search that is to be written down.
#[derive(Clone, Debug, Default)]
pub struct Search {
    pub query: Query,
    /// The query as somebody typed it.
    pub typed: String,
    /// The day of the search.
    pub date: String,
    pub marks: Arc<Marks>,
    /// What the collection is called in which these marks are kept.
    pub collection: String,
    /// What is searched, and how many of its records were skipped or replaced by newer ones.
    pub paths: Vec<PathBuf>,
    pub skipped: u64,
    pub replaced: u64,
}

impl Search {
    /// The record of the search. `goes_on` is told how many bytes of the dataset were read since it was asked last.
    pub fn record(
        &self,
        store: &Store,
        goes_on: &mut dyn FnMut(u64) -> bool,
        cancel: &Cancel,
    ) -> io::Result<SearchRecord> {
        let files = dataset::files(&self.paths, goes_on)?.into_iter();
        let files = files.map(|file| RecordedFile {
            path: file.path,
            bytes: file.bytes,
            sha256: file.sha256,
        });
        let source = SearchedSource {
            name: dataset::name(&self.paths),
            files: files.collect(),
            skipped: self.skipped,
            replaced: self.replaced,
            ..SearchedSource::default()
        };
        let recording = Recording {
            typed: self.typed.clone(),
            date: self.date.clone(),
            collection: self.collection.clone(),
            source,
            checksum: Some(dataset::checksum),
        };
        SearchRecord::make(store, &self.marks, &self.query, recording, cancel)
            .ok_or_else(|| ErrorKind::Interrupted.into())
    }
}

/// Writes a record as a new file, in the form that its name asks for.
pub fn write(record: &SearchRecord, path: &Path) -> io::Result<()> {
    file::write_new(path, |file| {
        let mut out = BufWriter::new(file);
        record.write(&mut out, RecordForm::of_file(path))?;
        out.flush()
    })
}

/// Records a search in the file `path`; gives one line that says how that went.
pub fn save(search: &Search, store: &Store, path: &Path, job: &Job) -> Result<String, String> {
    let shown = path.display();
    if fs::symlink_metadata(path).is_ok() {
        return Err(format!("{shown}: is there already; a record is a new file"));
    }
    // What is hashed of a dataset is about all of it.
    let sizes = search.paths.iter().filter_map(|path| fs::metadata(path).ok());
    let of = sizes.map(|metadata| metadata.len()).sum::<u64>().max(1);
    let mut done = 0;
    let mut goes_on = |bytes| {
        done += bytes;
        job.progress(Share { done, of });
        !job.is_cancelled()
    };
    let record = search.record(store, &mut goes_on, job.cancel());
    match record.and_then(|record| write(&record, path).map(|()| record.total)) {
        Ok(total) => {
            let trials = if total == 1 { "trial" } else { "trials" };
            let total = text::grouped(total);
            Ok(format!("the search is written down in {shown}: {total} {trials}"))
        }
        Err(_) if job.is_cancelled() => Ok("cancelled: the search is not written down".to_owned()),
        Err(error) => Err(format!("{shown}: the search is not written down: {}", error.kind())),
    }
}

#[cfg(test)]
mod tests {
    use super::super::queue;
    use super::*;
    use crate::search::parse;
    use crate::session::JobId;
    use crate::study::made::made;

    #[test]
    fn a_search_becomes_a_new_file_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::of([made(1).title("Gout"), made(2).title("Tumour")]);
        let (queue, _messages) = queue();
        let search = Search {
            query: parse("gout").unwrap(),
            typed: "gout".to_owned(),
            date: "2026-02-15".to_owned(),
            ..Search::default()
        };
        for (name, begins) in [("a.md", "# Search record"), ("b.json", "{"), ("c", "# Search")] {
            let path = folder.path().join(name);
            let job = Job::new(JobId::default(), &queue, Cancel::default());
            let said = save(&search, &store, &path, &job).unwrap();
            assert!(said.ends_with(&format!("{name}: 1 trial")), "{said}");
            let written = fs::read_to_string(&path).unwrap();
            assert!(written.starts_with(begins), "{written}");
            let read = SearchRecord::read(&written).unwrap();
            assert_eq!((read.query.as_typed.as_str(), read.total), ("gout", 1));
            let again = save(&search, &store, &path, &job).unwrap_err();
            assert!(again.contains("is there already"), "{again}");
        }
        let cancel = Cancel::default();
        cancel.cancel();
        let job = Job::new(JobId::default(), &queue, cancel);
        let path = folder.path().join("none.md");
        assert!(save(&search, &store, &path, &job).unwrap().starts_with("cancelled"));
        assert!(!path.exists());
        let nowhere = folder.path().join("gone/x.md");
        let job = Job::new(JobId::default(), &queue, Cancel::default());
        assert!(save(&search, &store, &nowhere, &job).unwrap_err().contains("not written down"));
    }
}
