//! One member of an archive: where its bytes lie, and whether they are what the directory says.

use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;

use flate2::read::DeflateDecoder;
use flate2::{Crc, Decompress, FlushDecompress, Status};
use rawzip::CompressionMethod;

use super::Archive;
use super::directory::Member;
use crate::load::damage::Part;
use crate::load::input::{Metered, Stream};
use crate::load::original::{Original, Packing, fill_at, read_at};
use crate::load::{Place, Progress};

/// How many bytes are read ahead, since members mostly lie one behind another.
const AHEAD: usize = 256 * 1024;

/// The length of what stands before a member's name.
const HEADER: usize = 30;

const TOO_LARGE: &str = "larger than the archive says";
const WRONG_CHECKSUM: &str = "the checksum is wrong, the content is damaged";
const CORRUPT: &str = "corrupt deflate stream";
const TOO_EARLY: &str = "the content ends too early";
const UNKNOWN_METHOD: &str = "is packed by a method that is not read; pack it anew by deflate";

/// A part of an archive that is in memory.
#[derive(Default)]
pub(super) struct Stretch {
    start: u64,
    bytes: Vec<u8>,
}

/// Unpacks one member after another in the same memory.
pub(super) struct Unpacker {
    inflate: Decompress,
    bytes: Vec<u8>,
}

/// The bytes of a file from `at` on, `left` of them.
struct Section {
    file: Arc<File>,
    at: u64,
    left: u64,
}

/// A member's bytes, which must have the checksum and the size that the directory states.
struct Checked {
    stream: Stream,
    crc: Crc,
    stated: u32,
    /// How many bytes are still to come.
    size: u64,
    part: Part,
    progress: Arc<Progress>,
}

impl Member {
    /// Where its text lies, whose bytes begin at `start` in the archive at `path`.
    pub(super) fn original(&self, path: Option<&Arc<str>>, start: u64) -> Option<Original> {
        let packing = match self.method {
            CompressionMethod::STORE => Packing::Plain,
            CompressionMethod::DEFLATE => Packing::Deflated,
            _ => return None,
        };
        let bytes = u32::try_from(self.packed).ok()?;
        let text = 0..u32::try_from(self.size).ok()?;
        Some(Original { file: Arc::clone(path?), start, bytes, packing, text })
    }
}

impl Archive {
    /// What the directory says of a member, when it can be read.
    pub(super) fn member(&self, index: usize) -> Result<&Member, String> {
        let member = self.directory.get(index);
        if member.overlaps {
            return Err("reaches into the next member, which in no honest archive is so".to_owned());
        }
        if member.is_encrypted {
            return Err("is encrypted; unpack it with its password first".to_owned());
        }
        Ok(member)
    }

    /// A large member, unpacked as it is read.
    pub(super) fn stream(&self, member: &Member, place: &Place) -> Result<Stream, String> {
        let (progress, part) = (self.meter.progress(), Part::new(place, self.depth + 1, 0));
        if let Some(reason) = progress.damage.reason(&part) {
            return Err(format!("cannot be unpacked: {reason}"));
        }
        let mut stretch = Stretch::default();
        let at = stretch.start_of_content(self, member)?;
        let section = Section { file: Arc::clone(&self.file), at, left: member.packed };
        let reader = Metered { reader: section, meter: Arc::clone(&self.meter) };
        let stream: Stream = match member.method {
            CompressionMethod::STORE => Box::new(reader),
            CompressionMethod::DEFLATE => Box::new(DeflateDecoder::new(reader)),
            _ => return Err(UNKNOWN_METHOD.to_owned()),
        };
        let (crc, stated, size) = (Crc::new(), member.crc, member.size);
        let progress = Arc::clone(progress);
        Ok(Box::new(Checked { stream, crc, stated, size, part, progress }))
    }
}

impl Stretch {
    /// The packed bytes of a member, and where they begin.
    pub(super) fn content(
        &mut self,
        archive: &Archive,
        member: &Member,
    ) -> Result<(u64, &[u8]), String> {
        let start = self.start_of_content(archive, member)?;
        let length = usize::try_from(member.packed).expect("no large member is read as a whole");
        archive.meter.count(length);
        Ok((start, self.get(archive, start, length)?))
    }

    /// Where a member's bytes begin: behind a header of its own, which may be longer than the directory's.
    fn start_of_content(&mut self, archive: &Archive, member: &Member) -> Result<u64, String> {
        let header = self.get(archive, member.header, HEADER)?;
        if !header.starts_with(b"PK\x03\x04") {
            return Err("is not where the archive says".to_owned());
        }
        let length = |at| u64::from(u16::from_le_bytes([header[at], header[at + 1]]));
        Ok(member.header + HEADER as u64 + length(26) + length(28))
    }

    fn get(&mut self, archive: &Archive, at: u64, length: usize) -> Result<&[u8], String> {
        let offset = at.checked_sub(self.start).and_then(|offset| usize::try_from(offset).ok());
        let is_here = |offset: &usize| self.bytes.len().checked_sub(*offset) >= Some(length);
        let offset = if let Some(offset) = offset.filter(is_here) {
            offset
        } else {
            let loaded = self.load(&archive.file, at, length.max(AHEAD));
            loaded.map_err(|error| {
                archive.meter.progress().notice(&error);
                format!("cannot be read: {error}")
            })?;
            0
        };
        let bytes = self.bytes.get(offset..offset + length);
        bytes.ok_or_else(|| "is cut off: the archive ends before it does".to_owned())
    }

    fn load(&mut self, file: &File, at: u64, length: usize) -> io::Result<()> {
        self.bytes.resize(length, 0);
        self.start = at;
        let filled = fill_at(file, &mut self.bytes, at);
        self.bytes.truncate(*filled.as_ref().unwrap_or(&0));
        filled.map(|_| ())
    }
}

impl Default for Unpacker {
    fn default() -> Self {
        Self { inflate: Decompress::new(false), bytes: Vec::new() }
    }
}

impl Unpacker {
    /// The bytes of a member, checked as a whole before anything of them is used.
    pub(super) fn unpack<'a>(
        &'a mut self,
        packed: &'a [u8],
        member: &Member,
    ) -> Result<&'a [u8], String> {
        let size = usize::try_from(member.size).expect("no large member is read as a whole");
        let bytes = match member.method {
            CompressionMethod::STORE => packed,
            CompressionMethod::DEFLATE => self.inflate(packed, size)?,
            _ => return Err(UNKNOWN_METHOD.to_owned()),
        };
        if bytes.len() > size {
            return Err(format!("cannot be unpacked: {TOO_LARGE}"));
        }
        let mut crc = Crc::new();
        crc.update(bytes);
        if bytes.len() < size || crc.sum() != member.crc {
            return Err(format!("cannot be unpacked: {WRONG_CHECKSUM}"));
        }
        Ok(bytes)
    }

    /// Inflates at most one byte more than `size`.
    fn inflate(&mut self, packed: &[u8], size: usize) -> Result<&[u8], String> {
        if self.bytes.len() <= size {
            self.bytes.resize(size + 1, 0);
        }
        self.inflate.reset(false);
        let room = &mut self.bytes[..=size];
        let status = self.inflate.decompress(packed, room, FlushDecompress::Finish);
        let length = usize::try_from(self.inflate.total_out()).expect("it fits the room");
        match status {
            Ok(Status::StreamEnd) => Ok(&self.bytes[..length]),
            Ok(_) if length > size => Ok(&self.bytes[..length]),
            Ok(_) => Err(format!("cannot be unpacked: {TOO_EARLY}")),
            Err(_) => Err(format!("cannot be unpacked: {CORRUPT}")),
        }
    }
}

impl Read for Section {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = buffer.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let count = read_at(&self.file, &mut buffer[..most], self.at)?;
        self.at += count as u64;
        self.left -= count as u64;
        Ok(count)
    }
}

impl Checked {
    /// Nothing of a member is used whose checksum could not be compared, for whatever reason.
    fn failed(&self, error: io::Error) -> io::Error {
        match error.kind() {
            io::ErrorKind::Interrupted => error,
            io::ErrorKind::InvalidInput => self.damaged(CORRUPT),
            io::ErrorKind::UnexpectedEof => self.damaged(TOO_EARLY),
            _ => {
                self.progress.notice(&error);
                self.damaged(&error.to_string())
            }
        }
    }

    fn damaged(&self, reason: &str) -> io::Error {
        self.progress.damage.note(self.part.clone(), reason)
    }
}

impl Read for Checked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = match self.stream.read(buffer) {
            Err(error) => return Err(self.failed(error)),
            Ok(count) => count,
        };
        self.crc.update(&buffer[..count]);
        let Some(left) = self.size.checked_sub(count as u64) else {
            return Err(self.damaged(TOO_LARGE));
        };
        self.size = left;
        let is_end = count == 0 && !buffer.is_empty();
        if is_end && (self.size > 0 || self.crc.sum() != self.stated) {
            return Err(self.damaged(WRONG_CHECKSUM));
        }
        Ok(count)
    }
}
