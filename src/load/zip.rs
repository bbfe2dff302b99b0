//! A zip archive, flat or with folders: its members are read where they lie, several at the same time.
//!
//! Nothing is unpacked to disk, and a member's name is shown, never used as a path.

mod member;

use std::fs::File;
use std::io::BufReader;
use std::ops::Range;
use std::sync::Arc;

use ::zip::ZipArchive;
use ::zip::result::ZipError;

use self::member::{Stretch, Unpacker};
use super::input::{Input, Meter, WHOLE};
use super::portion::{Reading, Work};
use super::source::{Findings, Opened, Source, Step};
use super::{Place, visible};

/// How many bytes of members are read in one turn, packed and unpacked.
const TURN: u64 = 4 << 20;

/// How many members are read in one turn.
const MOST: usize = 512;

/// An archive and its directory.
struct Archive {
    directory: ZipArchive<BufReader<Arc<File>>>,
    file: Arc<File>,
    /// Its path, unless it lies in something else.
    path: Option<Arc<str>>,
    meter: Arc<Meter>,
    place: Place,
    depth: usize,
}

struct Zip {
    archive: Arc<Archive>,
    next: usize,
}

/// Members of an archive that follow one another, none of them large.
pub(super) struct Members {
    archive: Arc<Archive>,
    range: Range<usize>,
    size: u64,
}

pub(super) fn recognise(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

pub(super) fn open(input: Input) -> Opened {
    let (place, depth) = (input.place.clone(), input.depth);
    let path = input.original().cloned();
    let opened = input.into_file().map_err(ZipError::from).and_then(|(file, meter)| {
        let file = Arc::new(file);
        Ok((ZipArchive::new(BufReader::new(Arc::clone(&file)))?, file, meter))
    });
    match opened {
        Ok((directory, ..)) if overlap(&directory) => {
            Err(place.bad("members of the zip archive overlap, which no honest archive does"))
        }
        Ok((directory, file, meter)) => {
            let archive = Arc::new(Archive { directory, file, path, meter, place, depth });
            Ok(Box::new(Zip { archive, next: 0 }))
        }
        Err(error) => Err(place.bad(format!(
            "the zip archive cannot be read, get it again if it was cut off: {}",
            visible(&error.to_string())
        ))),
    }
}

/// Whether the same bytes serve several members: the way to make terabytes of nothing.
fn overlap(directory: &ZipArchive<BufReader<Arc<File>>>) -> bool {
    let mut spans: Vec<(u64, u64)> = (0..directory.len())
        .filter_map(|index| directory.by_index_data(index).ok())
        .map(|member| (member.header_start(), member.compressed_size()))
        .collect();
    spans.sort_unstable();
    spans.windows(2).any(|pair| pair[0].0.saturating_add(pair[0].1) > pair[1].0)
}

impl Source for Zip {
    fn step(&mut self, _: &mut Findings) -> Step {
        let (start, archive) = (self.next, &self.archive);
        let (mut bytes, mut size) = (0, 0);
        while self.next < archive.directory.len()
            && self.next - start < MOST
            && bytes < TURN
            && let Some(member) = archive.small(self.next)
        {
            bytes += member.0.saturating_add(member.1);
            size += member.1;
            self.next += 1;
        }
        if self.next > start {
            let (archive, range) = (Arc::clone(archive), start..self.next);
            return Step::Found(Work::Members(Members { archive, range, size }));
        }
        if start == archive.directory.len() {
            return Step::Done;
        }
        self.next += 1;
        let opened = archive.member(start).and_then(|member| archive.stream(&member));
        let place = archive.member_place(start);
        match opened {
            Ok(stream) => {
                let progress = archive.meter.progress();
                Step::Open(Input::member(place, archive.depth + 1, progress, stream))
            }
            Err(reason) => Step::Bad(place.bad(reason)),
        }
    }
}

impl Archive {
    /// The sizes of a member, packed and unpacked, unless it is large.
    fn small(&self, index: usize) -> Option<(u64, u64)> {
        let Ok(member) = self.directory.by_index_data(index) else { return Some((0, 0)) };
        let sizes = (member.compressed_size(), member.size());
        (sizes.0 <= WHOLE && sizes.1 <= WHOLE).then_some(sizes)
    }

    fn member_place(&self, index: usize) -> Place {
        let name = match self.directory.by_index_data(index) {
            Ok(member) => visible(&String::from_utf8_lossy(member.name_raw())),
            Err(_) => format!("number {}", index + 1),
        };
        self.place.within(&format!("member {name}"))
    }

    fn is_folder(&self, index: usize) -> bool {
        self.directory.by_index_data(index).is_ok_and(|member| member.is_dir())
    }
}

impl Members {
    /// About how many bytes they unpack to.
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// Unpacks one after another; what does not look like one study is opened as what it is.
    pub(super) fn read(self, reading: &mut Reading) {
        let archive = &*self.archive;
        let (mut stretch, mut unpacker) = (Stretch::default(), Unpacker::default());
        for index in self.range {
            if reading.is_cancelled() {
                return;
            }
            if archive.is_folder(index) {
                continue;
            }
            let content = archive.member(index).and_then(|member| {
                let (start, packed) = stretch.content(archive, &member)?;
                let bytes = unpacker.unpack(packed, &member)?;
                Ok((bytes, member.original(archive.path.as_ref(), start)))
            });
            match content {
                Ok((bytes, original)) => {
                    if !reading.offer(bytes, original) {
                        let stream = Box::new(std::io::Cursor::new(bytes.to_vec()));
                        let place = archive.member_place(index);
                        let depth = archive.depth + 1;
                        reading.input(Input::member(place, depth, reading.progress, stream));
                    }
                }
                Err(reason) => reading.bad(archive.member_place(index).bad(reason)),
            }
        }
    }
}
