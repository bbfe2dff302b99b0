//! Where runs are put until they are merged: in a file without a name, or in memory where they are small.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};

pub(super) enum Spill {
    Memory(Vec<u8>),
    File(File),
}

impl Spill {
    /// Appends a run; gives where it begins.
    pub(super) fn append(&mut self, run: &[u8]) -> io::Result<u64> {
        match self {
            Self::Memory(all) => {
                let start = all.len() as u64;
                all.extend_from_slice(run);
                Ok(start)
            }
            Self::File(file) => {
                let start = file.seek(SeekFrom::End(0))?;
                file.write_all(run)?;
                Ok(start)
            }
        }
    }

    fn read(&mut self, at: u64, bytes: &mut [u8]) -> io::Result<()> {
        match self {
            Self::Memory(all) => {
                let read = all.get(at as usize..at as usize + bytes.len());
                bytes.copy_from_slice(read.ok_or(io::ErrorKind::UnexpectedEof)?);
                Ok(())
            }
            Self::File(file) => {
                file.seek(SeekFrom::Start(at))?;
                file.read_exact(bytes)
            }
        }
    }
}

/// How much of a run is read at once.
const READ: usize = 1 << 17;

/// Reads a run entry by entry.
pub(super) struct RunReader {
    /// What of it is not read yet.
    at: u64,
    end: u64,
    read: Vec<u8>,
    place: usize,
    /// The present entry.
    entry: std::ops::Range<usize>,
}

impl RunReader {
    pub(super) fn new(run: std::ops::Range<u64>) -> Self {
        Self { at: run.start, end: run.end, read: Vec::new(), place: 0, entry: 0..0 }
    }

    /// Goes on to the next entry; false at the end.
    pub(super) fn advance(&mut self, spill: &mut Spill) -> io::Result<bool> {
        if !self.has(4, spill)? {
            return Ok(false);
        }
        let length = self.read[self.place..self.place + 4].try_into().map(u32::from_le_bytes);
        let length = length.unwrap_or_default() as usize;
        self.place += 4;
        if !self.has(length, spill)? {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.entry = self.place..self.place + length;
        self.place += length;
        Ok(true)
    }

    pub(super) fn entry(&self) -> &[u8] {
        &self.read[self.entry.clone()]
    }

    /// Whether so many bytes follow, which are read.
    fn has(&mut self, bytes: usize, spill: &mut Spill) -> io::Result<bool> {
        if self.read.len() - self.place >= bytes {
            return Ok(true);
        }
        self.read.drain(..self.place);
        self.place = 0;
        let more = (bytes.max(READ) as u64).min(self.end - self.at) as usize;
        let start = self.read.len();
        self.read.resize(start + more, 0);
        spill.read(self.at, &mut self.read[start..])?;
        self.at += more as u64;
        Ok(self.read.len() >= bytes)
    }
}
