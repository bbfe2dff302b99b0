//! The records themselves, compressed, one readable at a time: in a file mapped into memory, or in
//! memory where there is no file or it takes no more.

use std::fmt;
use std::fs::File;
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::sync::Arc;

use zstd::bulk::Compressor;
use zstd::zstd_safe::CParameter;

use super::array::Array;
use super::map::Map;
use super::snapshot::{Damage, Sections, Stored, Writer};

/// How much JSON one compressed block holds at least. A larger block compresses better and takes
/// longer to open: 128 KiB decode in about a tenth of a millisecond.
const BLOCK_BYTES: usize = 128 * 1024;

/// The quickest level that compresses to a quarter; the next ones take longer than parsing does.
const LEVEL: i32 = 1;

/// Says that a block does not decode, which only damage to memory or disk can cause.
#[derive(Debug, thiserror::Error)]
#[error("the stored record is damaged ({0}); “trialdex cache --clear” makes room for a new copy")]
pub struct RecordError(#[from] io::Error);

/// Records in blocks of zstd. Costs about a fifth of the JSON, and 12 bytes a record beside it.
#[derive(Debug, Default)]
pub(super) struct Records {
    file: Option<Arc<Map>>,
    /// Block → where in the file it begins and ends. The blocks in memory come behind these.
    spans: Array<[u64; 2]>,
    memory: Vec<Box<[u8]>>,
    /// Study → its block, its start and its end in the block's text.
    places: Array<[u32; 3]>,
    /// Why the file took no more.
    refused: Option<io::Error>,
}

/// Takes records one after another.
#[derive(Default)]
pub(super) struct RecordsBuilder {
    records: Records,
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
    pub(super) fn write_to(&mut self, mut file: File) -> io::Result<()> {
        let at = file.seek(SeekFrom::End(0))?;
        self.out = Some(Out { file, at });
        Ok(())
    }

    pub(super) fn push(&mut self, json: &str) -> io::Result<()> {
        let start = self.open.len() as u32;
        self.open.push_str(json);
        let block = self.blocks() as u32;
        self.records.places.to_mut().push([block, start, self.open.len() as u32]);
        if self.open.len() >= BLOCK_BYTES { self.close() } else { Ok(()) }
    }

    /// Adds the records of another, which must be closed, behind its own, which are closed by this.
    pub(super) fn absorb(&mut self, other: Self) -> io::Result<()> {
        self.close()?;
        debug_assert!(other.open.is_empty(), "what is absorbed is closed");
        let before = self.blocks() as u32;
        let places = other.records.places.iter();
        let moved = places.map(|&[block, start, end]| [before + block, start, end]);
        self.records.places.to_mut().extend(moved);
        other.records.memory.into_iter().for_each(|block| self.keep(block));
        Ok(())
    }

    /// Compresses what is still open; to be called once after the last record.
    pub(super) fn close(&mut self) -> io::Result<()> {
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

    /// The records of the studies whose places among those pushed are `kept`, in that order.
    pub(super) fn finish(mut self, kept: &[u32]) -> io::Result<Records> {
        self.close()?;
        let mut records = self.records;
        records.places = kept.iter().map(|&place| records.places[place as usize]).collect();
        if let Some(out) = self.out.filter(|_| !records.spans.is_empty()) {
            records.file = Some(Arc::new(Map::new(&out.file)?));
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
                self.records.file = out.and_then(|out| Map::new(&out.file).ok()).map(Arc::new);
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

impl Records {
    /// The JSON of the record of the study at `index`.
    pub(super) fn get(&self, index: usize) -> Result<String, RecordError> {
        let damaged = || io::Error::new(io::ErrorKind::InvalidData, "it is not where it was put");
        let [block, start, end] = self.places[index];
        let block = self.block(block as usize).ok_or_else(damaged)?;
        let text = zstd::stream::decode_all(block)?;
        let json =
            text.get(start as usize..end as usize).and_then(|json| std::str::from_utf8(json).ok());
        Ok(json.ok_or_else(damaged)?.to_owned())
    }

    fn block(&self, block: usize) -> Option<&[u8]> {
        match self.spans.get(block) {
            Some(&[start, end]) => self.file.as_ref()?.bytes().get(start as usize..end as usize),
            None => Some(self.memory.get(block - self.spans.len())?),
        }
    }

    /// Why not all records are in the file that they were to be written to.
    pub(super) fn refused(&self) -> io::Result<()> {
        match &self.refused {
            Some(error) => Err(io::Error::new(error.kind(), error.to_string())),
            None if self.memory.is_empty() => Ok(()),
            None => Err(io::Error::other("its records are in memory")),
        }
    }
}

/// The blocks lie in the snapshot already; only where is written.
impl Stored for Records {
    fn write(&self, out: &mut Writer) -> io::Result<()> {
        self.spans.write(out)?;
        self.places.write(out)
    }

    fn read(from: &mut Sections) -> Result<Self, Damage> {
        let file = Some(from.map());
        Ok(Self {
            spans: Stored::read(from)?,
            places: Stored::read(from)?,
            file,
            ..Self::default()
        })
    }
}

impl fmt::Debug for RecordsBuilder {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "builder of {:?}", self.records)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jsons() -> Vec<String> {
        (0..500).map(|n| format!("{{\"n\":\"{}\"}}", "é".repeat(n * 2))).collect()
    }

    /// Two batches absorbed by a builder that writes to `file`, if there is one.
    fn records(file: Option<File>) -> Records {
        let mut all = RecordsBuilder::default();
        if let Some(file) = file {
            all.write_to(file).unwrap();
        }
        for batch in jsons().chunks(250) {
            let mut builder = RecordsBuilder::default();
            for json in batch {
                builder.push(json).unwrap();
            }
            builder.close().unwrap();
            all.absorb(builder).unwrap();
        }
        all.finish(&(0..500).rev().collect::<Vec<u32>>()).unwrap()
    }

    #[test]
    fn every_record_comes_back_from_memory_and_from_a_file() {
        let file = tempfile::tempfile().unwrap();
        for (file, in_memory) in [(None, true), (Some(file), false)] {
            let records = records(file);
            assert_eq!(records.memory.len() > 1, in_memory);
            assert_eq!(records.refused().is_err(), in_memory);
            for (index, json) in jsons().iter().rev().enumerate() {
                assert_eq!(records.get(index).unwrap(), *json);
            }
        }
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_disk_that_is_full_costs_no_record() {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let out = Some(Out { file: full, at: 0 });
        let mut all = RecordsBuilder { out, ..RecordsBuilder::default() };
        for json in jsons() {
            all.push(&json).unwrap();
        }
        let records = all.finish(&(0..500).collect::<Vec<u32>>()).unwrap();
        assert_eq!(records.refused().unwrap_err().kind(), io::ErrorKind::StorageFull);
        for (index, json) in jsons().iter().enumerate() {
            assert_eq!(records.get(index).unwrap(), *json);
        }
    }
}
