//! The index of the prose as a file: the lists come first, since they are written while runs are merged. It is made,
//! named and checked as a [snapshot](crate::store::snapshot) is.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;
use std::sync::Arc;

use super::Prose;
use super::merge::{Merged, Sink};
use crate::store::array::Array;
use crate::store::snapshot::{
    Below, Bounds, Cores, Draft, Flat as _, Front, PROSE, Sections, SnapshotError, Stored as _,
    Writer, Written, open_as,
};

/// Writes the lists to the beginning of a draft.
pub(super) struct ListsWriter {
    out: BufWriter<File>,
    bytes: u64,
    checksum: crc32fast::Hasher,
}

impl ListsWriter {
    pub(super) fn new(draft: &Draft) -> io::Result<Self> {
        let out = BufWriter::with_capacity(1 << 20, draft.records()?);
        Ok(Self { out, bytes: 0, checksum: crc32fast::Hasher::new() })
    }

    pub(super) fn finish(mut self) -> io::Result<Written> {
        self.out.flush()?;
        Ok(Written { bytes: self.bytes, checksum: self.checksum.finalize() })
    }
}

impl Sink for ListsWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.checksum.update(bytes);
        self.bytes += bytes.len() as u64;
        self.out.write_all(bytes)
    }
}

/// Completes the file and opens it; without a path it has no name, and is gone when nobody has it open.
pub(super) fn finish(
    draft: Draft,
    (studies, merged, lists): (Vec<u32>, Merged, Written),
    path: Option<&Path>,
    identity: &[u8],
) -> Result<Prose, SnapshotError> {
    let count = studies.len();
    let write = |out: &mut Writer| {
        Array::from(identity.to_vec()).write_front(out, Front::Whole)?;
        Array::from(studies).write(out)?;
        merged.dictionary.write(out)?;
        Array::from(merged.spelled).write(out)?;
        out.written(lists);
        Ok(())
    };
    draft.finish_as(PROSE, path, write, |path| open(path, identity, count))
}

/// Opens the file at `path`, which must be of what `identity` says and so many studies; all of it is checked.
pub fn open(path: &Path, identity: &[u8], studies: usize) -> Result<Prose, SnapshotError> {
    let opened = open_as(path, identity, PROSE)?;
    let mut sections = Sections::new(Arc::clone(&opened.map), opened.table.clone());
    let _identity: Array<u8> = Array::read(&mut sections)?;
    let prose = Prose {
        studies: Array::read(&mut sections)?,
        dictionary: super::Dictionary::read(&mut sections)?,
        spelled: Array::read(&mut sections)?,
        lists: Array::read(&mut sections)?,
    };
    sections.finish()?;
    let mut bounds = Bounds::default();
    bounds.holds(prose.studies.len() == studies);
    // Lists and words are tested where they are read.
    bounds.numbers(&prose.studies, Below::limit(studies));
    opened.check(bounds, Cores::All)?;
    Ok(prose)
}
