//! A zip archive, flat or with folders: its members are read one at a time where they lie.
//!
//! Nothing is unpacked to disk, and a member's name is shown, never used as a path.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::sync::Arc;

use ::zip::{CompressionMethod, ZipArchive};
use flate2::Crc;
use flate2::read::DeflateDecoder;

use super::input::{Input, Meter, Metered, Stream};
use super::source::{Findings, Opened, Source, Step};
use super::{Place, Progress, visible};

/// Members up to this size are checked as a whole before anything of them is used.
const WHOLE: u64 = 16 << 20;

struct Zip {
    archive: ZipArchive<BufReader<Arc<File>>>,
    file: Arc<File>,
    meter: Arc<Meter>,
    next: usize,
    place: Place,
    depth: usize,
    progress: Arc<Progress>,
}

/// The bytes of a file from `at` on, `left` of them.
struct Section {
    file: Arc<File>,
    at: u64,
    left: u64,
}

/// A member's bytes, which must have the checksum and the size that the archive states.
struct Checked {
    stream: Stream,
    crc: Crc,
    stated: u32,
    size: u64,
}

/// What the archive says of a member.
struct Member {
    start: u64,
    packed: u64,
    size: u64,
    crc: u32,
    method: CompressionMethod,
}

pub(super) fn recognise(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

pub(super) fn open(input: Input) -> Opened {
    let (place, depth) = (input.place.clone(), input.depth);
    let progress = Arc::clone(&input.progress);
    let opened =
        input.into_file().map_err(::zip::result::ZipError::from).and_then(|(file, meter)| {
            let file = Arc::new(file);
            Ok((ZipArchive::new(BufReader::new(Arc::clone(&file)))?, file, meter))
        });
    match opened {
        Ok((archive, ..)) if overlap(&archive) => {
            Err(place.bad("members of the zip archive overlap, which no honest archive does"))
        }
        Ok((archive, file, meter)) => {
            Ok(Box::new(Zip { archive, file, meter, next: 0, place, depth, progress }))
        }
        Err(error) => Err(place.bad(format!(
            "the zip archive cannot be read, get it again if it was cut off: {}",
            one_line(&error)
        ))),
    }
}

/// Whether the same bytes serve several members: the way to make terabytes of nothing.
fn overlap(archive: &ZipArchive<BufReader<Arc<File>>>) -> bool {
    let mut spans: Vec<(u64, u64)> = (0..archive.len())
        .filter_map(|index| archive.by_index_data(index).ok())
        .map(|member| (member.header_start(), member.compressed_size()))
        .collect();
    spans.sort_unstable();
    spans.windows(2).any(|pair| pair[0].0.saturating_add(pair[0].1) > pair[1].0)
}

impl Source for Zip {
    fn step(&mut self, _: &mut Findings) -> Step {
        while self.next < self.archive.len() {
            self.next += 1;
            if let Some(step) = self.member(self.next - 1) {
                return step;
            }
        }
        Step::Done
    }
}

impl Zip {
    /// Opens a member; `None` for a folder.
    fn member(&mut self, index: usize) -> Option<Step> {
        let name = match self.archive.by_index_data(index) {
            Ok(entry) if entry.is_dir() => return None,
            Ok(entry) => visible(&String::from_utf8_lossy(entry.name_raw())),
            Err(_) => format!("number {}", index + 1),
        };
        let place = self.place.within(&format!("member {name}"));
        Some(match self.stated(index).and_then(|member| self.unpack(&member)) {
            Ok(stream) => Step::Open(Input::member(place, self.depth + 1, &self.progress, stream)),
            Err(reason) => Step::Bad(place.bad(reason)),
        })
    }

    /// Reads what the archive says of a member.
    fn stated(&mut self, index: usize) -> Result<Member, String> {
        let entry = self.archive.by_index_raw(index).map_err(|error| one_line(&error))?;
        if entry.encrypted() {
            return Err("is encrypted; unpack it with its password first".to_owned());
        }
        Ok(Member {
            start: entry.data_start().ok_or("has no content")?,
            packed: entry.compressed_size(),
            size: entry.size(),
            crc: entry.crc32(),
            method: entry.compression(),
        })
    }

    fn unpack(&self, member: &Member) -> Result<Stream, String> {
        let section =
            Section { file: Arc::clone(&self.file), at: member.start, left: member.packed };
        let reader = Metered { reader: section, meter: Arc::clone(&self.meter) };
        let stream: Stream = match member.method {
            CompressionMethod::Stored => Box::new(reader),
            CompressionMethod::Deflated => Box::new(DeflateDecoder::new(reader)),
            _ => {
                return Err(
                    "is packed by a method that is not read; pack it anew by deflate".into()
                );
            }
        };
        let mut checked =
            Checked { stream, crc: Crc::new(), stated: member.crc, size: member.size };
        if member.size > WHOLE {
            return Ok(Box::new(checked));
        }
        let mut whole = Vec::new();
        checked.read_to_end(&mut whole).map_err(|error| format!("cannot be unpacked: {error}"))?;
        Ok(Box::new(Cursor::new(whole)))
    }
}

impl Read for Section {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = buffer.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let mut file = &*self.file;
        file.seek(SeekFrom::Start(self.at))?;
        let count = file.read(&mut buffer[..most])?;
        self.at += count as u64;
        self.left -= count as u64;
        Ok(count)
    }
}

impl Read for Checked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.stream.read(buffer)?;
        self.crc.update(&buffer[..count]);
        self.size = self
            .size
            .checked_sub(count as u64)
            .ok_or_else(|| io::Error::other("larger than the archive says"))?;
        let is_end = count == 0 && !buffer.is_empty();
        if is_end && (self.size > 0 || self.crc.sum() != self.stated) {
            return Err(io::Error::other("the checksum is wrong, the content is damaged"));
        }
        Ok(count)
    }
}

fn one_line(error: &dyn std::error::Error) -> String {
    visible(&error.to_string())
}
