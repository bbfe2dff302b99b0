//! The records themselves, one readable at a time: where they lie in the dataset, as long as their file can be read at any
//! place; else as compressed copies, in a file mapped into memory, or in memory where there is no file or it takes no
//! more.

mod build;

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read as _};
use std::sync::Arc;

use bytemuck::{Pod, Zeroable};

use build::LONGEST_BLOCK;
pub use build::RecordOrigin;
pub(super) use build::RecordsBuilder;

use super::FRONT;
use super::array::Array;
use super::map::Map;
use super::pool::Strings;
use super::snapshot::{Bounds, Damage, Flat as _, Front, Sections, Stored, Writer};
use crate::load::{Original, Packing};
use crate::study::StudyError;
use crate::text;

/// Says why a record cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// Only damage to memory or disk can cause this.
    #[error(
        "the stored record is damaged ({0}); “trialdex cache --clear” makes room for a new copy"
    )]
    Damaged(#[from] io::Error),
    #[error("{file}: the record cannot be read any more ({error}); open the dataset again")]
    Gone { file: String, error: io::Error },
    #[error("{file}: has changed since it was read; open the dataset again")]
    Changed { file: String },
    /// What the index takes of it was read, the whole cannot be.
    #[error(transparent)]
    Unparsable(#[from] StudyError),
}

/// Records by study, then those of which a newer one was read. A record costs 40 bytes and its file's path once; a copy
/// costs about a fifth of its JSON besides.
#[derive(Debug, Default)]
pub(super) struct Records {
    /// Study → where its record is; then the same of older records.
    places: Array<Place>,
    /// The files that records come from.
    files: Strings,
    /// Where blocks of copies are written.
    file: Option<BlockFile>,
    /// Block → where in that file it begins and ends. The blocks in memory come behind these.
    spans: Array<[u64; 2]>,
    memory: Vec<Box<[u8]>>,
    /// Why the file took no more.
    refused: Option<io::Error>,
}

/// The file in which blocks of copies are.
#[derive(Clone, Debug)]
enum BlockFile {
    /// Nothing is written to it any more.
    Mapped(Arc<Map>),
    /// More is still written to its end, or it is written anew; a record that is not the one it was is told by its
    /// checksum.
    Growing(Arc<File>),
}

impl BlockFile {
    /// The bytes of a block that lies there.
    fn bytes(&self, [start, end]: [u64; 2]) -> io::Result<Cow<'_, [u8]>> {
        match self {
            Self::Mapped(map) => {
                let bytes = map.bytes().get(start as usize..end as usize);
                bytes.map(Cow::Borrowed).ok_or_else(misplaced)
            }
            Self::Growing(file) => {
                let length = end.checked_sub(start).ok_or_else(misplaced)?;
                let mut bytes = vec![0; length.min(LONGEST_BLOCK) as usize];
                read_at(file, &mut bytes, start)?;
                Ok(Cow::Owned(bytes))
            }
        }
    }
}

/// Reads without moving the place at which the file is written.
#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], start: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, start)
}

#[cfg(not(unix))]
fn read_at(_: &File, _: &mut [u8], _: u64) -> io::Result<()> {
    Err(io::Error::other("it can be read once everything is read"))
}

/// Where a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
struct Place {
    /// The block, or where in the file the bytes begin.
    start: u64,
    /// How many bytes of the file; 0 for a block.
    bytes: u32,
    /// The number in `files` of the file that the record comes from, or [`UNKNOWN`].
    file: u32,
    /// Where the record stands in the text of the block or of the bytes.
    from: u32,
    to: u32,
    /// Of the record.
    checksum: u32,
    /// Whether the bytes of the file are packed by deflate.
    is_deflated: u32,
}

/// Stands for a file whose name is not known.
const UNKNOWN: u32 = u32::MAX;

impl Place {
    fn copy(block: usize, file: u32, from: u32, json: &str) -> Self {
        let (to, checksum) = (from + json.len() as u32, crc32fast::hash(json.as_bytes()));
        Self { start: block as u64, file, from, to, checksum, ..Self::zeroed() }
    }

    fn is_copy(&self) -> bool {
        self.bytes == 0
    }

    /// Two places of one record have the same.
    fn content(&self) -> (u32, u32) {
        (self.to - self.from, self.checksum)
    }

    fn original(original: &Original, file: u32, json: &str) -> Self {
        Self {
            start: original.start,
            bytes: original.bytes,
            file,
            from: original.text.start,
            to: original.text.end,
            checksum: crc32fast::hash(json.as_bytes()),
            is_deflated: u32::from(original.packing == Packing::Deflated),
        }
    }
}

impl Records {
    /// The JSON of the record at `index`: that of a study, or behind those an older one.
    pub(super) fn get(&self, index: usize) -> Result<String, RecordError> {
        let place = self.places[index];
        if place.is_copy() {
            return Ok(self.copied(place)?);
        }
        let path = self.path(place.file).ok_or_else(misplaced)?;
        let packing = if place.is_deflated == 0 { Packing::Plain } else { Packing::Deflated };
        let (start, bytes, text) = (place.start, place.bytes, place.from..place.to);
        let file = || text::clean_line(path).into_owned();
        let json = Original { file: path.into(), start, bytes, packing, text }.read();
        match json {
            Ok(json) if crc32fast::hash(json.as_bytes()) == place.checksum => Ok(json),
            Err(error) if error.raw_os_error().is_some() => {
                Err(RecordError::Gone { file: file(), error })
            }
            _ => Err(RecordError::Changed { file: file() }),
        }
    }

    /// There are so many records. Where each is, is tested when it is read.
    pub(super) fn bind(&self, bounds: &mut Bounds, count: usize) {
        bounds.holds(self.places.len() == count);
        bounds.strings(&self.files, self.files.len());
    }

    /// The path of the file with that number.
    fn path(&self, file: u32) -> Option<&str> {
        let file = file as usize;
        (file < self.files.len()).then(|| self.files.get(file))
    }

    /// The first `count` records in the order in which they lie in the dataset.
    pub(super) fn in_order(&self, count: usize) -> Vec<u32> {
        let mut order: Vec<u32> = (0..count as u32).collect();
        order.sort_by_key(|&index| {
            let place = self.places[index as usize];
            (place.is_copy(), place.file, place.start, place.from)
        });
        order
    }

    /// Reads one record after another.
    pub(super) fn reader(&self) -> RecordReader<'_> {
        RecordReader { records: self, block: None }
    }

    /// The path of the file that the record at `index` comes from, where it is known.
    pub(super) fn file(&self, index: usize) -> Option<&str> {
        // No file has the number [`UNKNOWN`].
        self.path(self.places[index].file)
    }

    fn copied(&self, place: Place) -> io::Result<String> {
        let json = within(&self.unpacked(place)?, place)?;
        let is_right = crc32fast::hash(json.as_bytes()) == place.checksum;
        if is_right { Ok(json) } else { Err(misplaced()) }
    }

    /// The text of the block that has a copy.
    fn unpacked(&self, place: Place) -> io::Result<Vec<u8>> {
        let block = self.block(place.start as usize)?;
        let mut text = Vec::new();
        zstd::stream::Decoder::new(&*block)?.take(LONGEST_BLOCK).read_to_end(&mut text)?;
        Ok(text)
    }

    fn block(&self, block: usize) -> io::Result<Cow<'_, [u8]>> {
        match (self.spans.get(block), &self.file) {
            (Some(&span), Some(file)) => file.bytes(span),
            (Some(_), None) => Err(misplaced()),
            (None, _) => {
                let in_memory = block.checked_sub(self.spans.len());
                let block = in_memory.and_then(|block| self.memory.get(block));
                Ok(Cow::Borrowed(block.ok_or_else(misplaced)?))
            }
        }
    }

    /// Why not all copies are in the file that they were to be written to.
    pub(super) fn refused(&self) -> io::Result<()> {
        match &self.refused {
            Some(error) => Err(io::Error::new(error.kind(), error.to_string())),
            None if self.memory.is_empty() => Ok(()),
            None => Err(io::Error::other("its records are in memory")),
        }
    }
}

/// Reads records one after another; where neighbours lie in one block, it is unpacked once.
pub(super) struct RecordReader<'a> {
    records: &'a Records,
    /// The block that was unpacked last, and its text.
    block: Option<(u64, Vec<u8>)>,
}

impl RecordReader<'_> {
    /// The JSON of the record at `index`.
    pub(super) fn get(&mut self, index: usize) -> Result<String, RecordError> {
        let place = self.records.places[index];
        if !place.is_copy() {
            return self.records.get(index);
        }
        let block = match self.block.take().filter(|(block, _)| *block == place.start) {
            Some((_, text)) => text,
            None => self.records.unpacked(place)?,
        };
        let (_, text) = self.block.insert((place.start, block));
        Ok(within(text, place)?)
    }
}

fn misplaced() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "it is not where it was put")
}

/// The record in the text of its block.
fn within(text: &[u8], place: Place) -> io::Result<String> {
    let json = text.get(place.from as usize..place.to as usize);
    let json = json.and_then(|json| std::str::from_utf8(json).ok());
    Ok(json.ok_or_else(misplaced)?.to_owned())
}

/// The blocks lie in the snapshot already; only where is written.
impl Stored for Records {
    fn write(&self, out: &mut Writer) -> io::Result<()> {
        self.places.write_front(out, Front::First(FRONT))?;
        self.files.write_front(out, Front::Whole)?;
        self.spans.write_front(out, Front::Whole)
    }

    fn read(from: &mut Sections) -> Result<Self, Damage> {
        let file = Some(BlockFile::Mapped(from.map()));
        Ok(Self {
            places: Stored::read(from)?,
            files: Stored::read(from)?,
            spans: Stored::read(from)?,
            file,
            ..Self::default()
        })
    }
}
