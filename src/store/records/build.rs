//! Taking records one after another.

use std::fmt;
use std::fs::File;
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::sync::Arc;

use zstd::bulk::Compressor;
use zstd::zstd_safe::CParameter;

use super::{BlockFile, Place, Records, UNKNOWN};
use crate::load::Original;
use crate::store::map::Map;

/// How much JSON one compressed block holds at least. A larger block compresses better and takes
/// longer to open: 128 KiB decode in about a tenth of a millisecond.
const BLOCK_BYTES: usize = 128 * 1024;
/// No block has more: one record, which the loader takes up to 16 MiB of, may be the last in it.
pub(super) const LONGEST_BLOCK: u64 = 64 << 20;

/// The quickest level that compresses to a quarter; the next ones take longer than parsing does.
const LEVEL: i32 = 1;

/// Where a record comes from.
#[derive(Clone, Copy, Debug)]
pub enum RecordOrigin<'a> {
    Unknown,
    /// A file in which it cannot be read once more.
    File(&'a Arc<str>),
    /// A place where it can be read once more.
    Place(&'a Original),
}

/// Takes records one after another.
#[derive(Default)]
pub(in crate::store) struct RecordsBuilder {
    records: Records,
    /// The last of the files.
    file: Option<Arc<str>>,
    /// Where closed blocks are written.
    out: Option<Out>,
    /// Text that is not yet a block.
    open: String,
    compressor: Option<Compressor<'static>>,
}

/// A file that is written from a place on.
#[derive(Debug)]
struct Out {
    file: File,
    at: u64,
}

impl RecordsBuilder {
    /// Writes blocks to the end of `file`, instead of keeping them in memory, for as long as it takes
    /// them. Only blocks that come by [`absorb`](Self::absorb) are written.
    pub(in crate::store) fn write_to(&mut self, mut file: File) -> io::Result<()> {
        let at = file.seek(SeekFrom::End(0))?;
        self.out = Some(Out { file, at });
        Ok(())
    }

    /// How many records were pushed and absorbed.
    pub(in crate::store) fn len(&self) -> usize {
        self.records.places.len()
    }

    /// Of older records, each with its study, those that are distinct and are not the one that counts, which stands in
    /// `newest`. Those of one study must stand together. The order is that of the studies.
    pub(in crate::store) fn distinct(
        &self,
        newest: &[u32],
        older: Vec<(u32, u32)>,
    ) -> Vec<(u32, u32)> {
        let content = |record: u32| self.records.places[record as usize].content();
        let mut distinct: Vec<(u32, u32)> = Vec::with_capacity(older.len());
        for (study, record) in older {
            let known = distinct.iter().rev().take_while(|(of, _)| *of == study);
            let mut known = known.map(|&(_, record)| record).chain([newest[study as usize]]);
            if !known.any(|known| content(known) == content(record)) {
                distinct.push((study, record));
            }
        }
        distinct.sort_by_key(|&(study, _)| study);
        distinct
    }

    /// Adds a record; copies it unless it can be read where it lies.
    pub(in crate::store) fn push(&mut self, json: &str, origin: RecordOrigin) -> io::Result<()> {
        let file = match origin {
            RecordOrigin::Place(original) => {
                let file = self.number(&original.file);
                self.records.places.to_mut().push(Place::original(original, file, json));
                return Ok(());
            }
            RecordOrigin::File(file) => self.number(file),
            RecordOrigin::Unknown => UNKNOWN,
        };
        let start = self.open.len() as u32;
        self.open.push_str(json);
        let place = Place::copy(self.blocks(), file, start, json);
        self.records.places.to_mut().push(place);
        if self.open.len() >= BLOCK_BYTES { self.close() } else { Ok(()) }
    }

    /// The number of a file, which is mostly that of the record before.
    fn number(&mut self, file: &Arc<str>) -> u32 {
        if self.file.as_ref() != Some(file) {
            self.records.files.push(file);
            self.file = Some(Arc::clone(file));
        }
        self.records.files.len() as u32 - 1
    }

    /// A copy of what was absorbed; nothing may be open. Its blocks are read in the file to which more is written.
    pub(in crate::store) fn so_far(&self) -> io::Result<Self> {
        debug_assert!(self.open.is_empty(), "what is absorbed is closed");
        let growing = self.out.as_ref().map(|out| out.file.try_clone()).transpose()?;
        let growing = growing.map(|file| BlockFile::Growing(Arc::new(file)));
        let records = Records {
            places: self.records.places.clone(),
            files: self.records.files.clone(),
            file: growing.or_else(|| self.records.file.clone()),
            spans: self.records.spans.clone(),
            memory: self.records.memory.clone(),
            refused: None,
        };
        Ok(Self { records, ..Self::default() })
    }

    /// Adds the records of another, which must be closed, behind its own, which are closed by this.
    pub(in crate::store) fn absorb(&mut self, other: Self) -> io::Result<()> {
        self.close()?;
        debug_assert!(other.open.is_empty(), "what is absorbed is closed");
        let before = self.blocks() as u64;
        let files: Vec<u32> =
            other.records.files.iter().map(|file| self.number(&Arc::from(file))).collect();
        self.records.places.to_mut().extend(other.records.places.iter().map(|&place| {
            let file = files.get(place.file as usize).copied().unwrap_or(UNKNOWN);
            let start = if place.is_copy() { before + place.start } else { place.start };
            Place { start, file, ..place }
        }));
        other.records.memory.into_iter().for_each(|block| self.keep(block));
        Ok(())
    }

    /// Compresses what is still open; to be called once after the last record.
    pub(in crate::store) fn close(&mut self) -> io::Result<()> {
        if self.open.is_empty() {
            return Ok(());
        }
        let compressor = match &mut self.compressor {
            Some(compressor) => compressor,
            none => none.insert(compressor()?),
        };
        let block = compressor.compress(self.open.as_bytes())?;
        self.keep(block.into());
        self.open.clear();
        Ok(())
    }

    /// The records whose places among those pushed are `kept`, in that order.
    pub(in crate::store) fn finish(
        mut self,
        kept: impl Iterator<Item = u32>,
    ) -> io::Result<Records> {
        self.close()?;
        let mut records = self.records;
        records.places = kept.map(|place| records.places[place as usize]).collect();
        if let Some(out) = self.out.filter(|_| !records.spans.is_empty()) {
            records.file = Some(BlockFile::Mapped(Arc::new(Map::new(&out.file)?)));
        }
        Ok(records)
    }

    fn blocks(&self) -> usize {
        self.records.spans.len() + self.records.memory.len()
    }

    fn keep(&mut self, block: Box<[u8]>) {
        let Some(out) = &mut self.out else { return self.records.memory.push(block) };
        match out.file.write_all(&block) {
            Ok(()) => {
                let end = out.at + block.len() as u64;
                self.records.spans.to_mut().push([out.at, end]);
                out.at = end;
            }
            Err(error) => {
                // What is there already stays readable; the rest has to find room in memory.
                let out = self.out.take().filter(|_| !self.records.spans.is_empty());
                let map = out.and_then(|out| Map::new(&out.file).ok());
                self.records.file = map.map(|map| BlockFile::Mapped(Arc::new(map)));
                self.records.refused = Some(error);
                self.records.memory.push(block);
            }
        }
    }
}

fn compressor() -> io::Result<Compressor<'static>> {
    let mut compressor = Compressor::new(LEVEL)?;
    compressor.set_parameter(CParameter::ChecksumFlag(true))?;
    Ok(compressor)
}

impl fmt::Debug for RecordsBuilder {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "builder of {:?}", self.records)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::records::RecordError;

    fn jsons() -> Vec<String> {
        (0..500).map(|n| format!("{{\"n\":\"{}\"}}", "é".repeat(n * 2))).collect()
    }

    /// Two batches absorbed by a builder that writes to `out`, if there is one. Those of which `originals` says where
    /// they lie are not copied.
    fn records(out: Option<File>, originals: &[Option<Original>]) -> Records {
        let mut all = RecordsBuilder::default();
        if let Some(file) = out {
            all.write_to(file).unwrap();
        }
        for batch in jsons().iter().zip(originals).collect::<Vec<_>>().chunks(250) {
            let mut builder = RecordsBuilder::default();
            for (json, original) in batch {
                let origin = original.as_ref().map_or(RecordOrigin::Unknown, RecordOrigin::Place);
                builder.push(json, origin).unwrap();
            }
            builder.close().unwrap();
            all.absorb(builder).unwrap();
        }
        all.finish((0..500).rev()).unwrap()
    }

    #[test]
    fn every_record_comes_back_from_memory_and_from_a_file() {
        let file = tempfile::tempfile().unwrap();
        for (file, in_memory) in [(None, true), (Some(file), false)] {
            let records = records(file, &vec![None; 500]);
            assert_eq!(records.memory.len() > 1, in_memory);
            assert_eq!(records.refused().is_err(), in_memory);
            for (index, json) in jsons().iter().rev().enumerate() {
                assert_eq!(records.get(index).unwrap(), *json);
            }
        }
    }

    #[test]
    fn a_record_is_read_in_its_file_as_long_as_it_stands_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("dataset");
        std::fs::write(&path, jsons().concat()).unwrap();
        let (file, mut start): (Arc<str>, _) = (path.to_str().unwrap().into(), 0);
        let mut originals = Vec::new();
        for json in jsons() {
            let (bytes, packing) = (json.len() as u32, crate::load::Packing::Plain);
            let original = Original { file: file.clone(), start, bytes, packing, text: 0..bytes };
            start += u64::from(bytes);
            // Every fifth one comes from elsewhere.
            originals.push((originals.len() % 5 > 0).then_some(original));
        }
        let records = records(None, &originals);
        assert_eq!(records.files.len(), 1);
        assert_eq!(records.memory.len(), 2, "a block of copies a batch");
        for (index, json) in jsons().iter().rev().enumerate() {
            assert_eq!(records.get(index).unwrap(), *json);
        }
        std::fs::write(&path, jsons().concat().replace('é', "è")).unwrap();
        assert!(matches!(records.get(0), Err(RecordError::Changed { .. })));
        assert_eq!(records.get(499).unwrap(), jsons()[0], "a copy");
        std::fs::write(&path, "").unwrap();
        assert!(matches!(records.get(0), Err(RecordError::Changed { .. })));
        std::fs::remove_file(&path).unwrap();
        assert!(matches!(records.get(0), Err(RecordError::Gone { .. })));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_disk_that_is_full_costs_no_record() {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let out = Some(Out { file: full, at: 0 });
        let mut all = RecordsBuilder { out, ..RecordsBuilder::default() };
        for json in jsons() {
            all.push(&json, RecordOrigin::Unknown).unwrap();
        }
        let records = all.finish(0..500).unwrap();
        assert_eq!(records.refused().unwrap_err().kind(), io::ErrorKind::StorageFull);
        for (index, json) in jsons().iter().enumerate() {
            assert_eq!(records.get(index).unwrap(), *json);
        }
    }
}
