//! A zip archive, flat or with folders: its members are read where they lie, several at the same time.
//!
//! Nothing is unpacked to disk, and a member's name is shown, never used as a path.

mod directory;
mod member;

use std::fs::File;
use std::ops::Range;
use std::sync::Arc;

use self::directory::Directory;
use self::member::{Stretch, Unpacker};
use super::findings::Findings;
use super::input::{Input, Meter, WHOLE};
use super::reading::{Reading, Work};
use super::source::{Opened, Source, Step};
use super::{Place, visible};

/// How many bytes of members are read in one turn, packed and unpacked.
const TURN: u64 = 4 << 20;

/// How many members are read in one turn.
const MOST: usize = 512;

/// An archive and its directory.
struct Archive {
    directory: Directory,
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
    /// What is wrong with the directory, until it is told.
    flaw: Option<String>,
}

/// Members of an archive that follow one another, none of them large.
struct Members {
    archive: Arc<Archive>,
    range: Range<usize>,
    size: u64,
}

pub(super) fn recognise(head: &[u8]) -> bool {
    // The last two: archives that were to be cut into volumes, and were not.
    let beginnings: [&[u8]; 4] = [b"PK\x03\x04", b"PK\x05\x06", b"PK00PK", b"PK\x07\x08PK"];
    beginnings.iter().any(|beginning| head.starts_with(beginning))
}

pub(super) fn open(input: Input) -> Opened {
    let (place, depth) = (input.place.clone(), input.depth);
    let path = input.original().cloned();
    let progress = Arc::clone(&input.progress);
    let (file, meter) = match input.into_file() {
        Ok((file, meter)) => (Arc::new(file), meter),
        Err(error) => return Err(place.no_copy(&progress, &error)),
    };
    let unreadable = |error: &str| {
        place
            .clone()
            .bad(format!("the zip archive cannot be read, get it again if it was cut off: {error}"))
    };
    let (directory, flaw) = match Directory::read(&file) {
        Ok(read) => read,
        Err(error) => {
            progress.notice(&error);
            return Err(unreadable(&visible(&error.to_string())));
        }
    };
    match flaw {
        Some(flaw) if directory.len() == 0 => Err(unreadable(&flaw)),
        flaw => {
            let archive = Archive { directory, file, path, meter, place, depth };
            Ok(Box::new(Zip { archive: Arc::new(archive), next: 0, flaw }))
        }
    }
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
            return Step::Found(Box::new(Members { archive, range, size }));
        }
        if start == archive.directory.len() || archive.meter.progress().budget.is_spent() {
            let is_damaged = |flaw| format!("the directory of the zip archive is damaged: {flaw}");
            let flaw = self.flaw.take().map(is_damaged);
            return flaw.map_or(Step::Done, |flaw| Step::Bad(archive.place.clone().bad(flaw)));
        }
        self.next += 1;
        let place = archive.member_place(start);
        match archive.member(start).and_then(|member| archive.stream(member, &place)) {
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
        let member = self.directory.get(index);
        let sizes = (member.packed, member.size);
        (sizes.0 <= WHOLE && sizes.1 <= WHOLE).then_some(sizes)
    }

    fn member_place(&self, index: usize) -> Place {
        self.place.within(&format!("member {}", self.directory.name(index)))
    }
}

impl Work for Members {
    /// About how many bytes they unpack to.
    fn size(&self) -> u64 {
        self.size
    }

    /// Unpacks one after another; what does not look like one study is opened as what it is.
    fn read(self: Box<Self>, reading: &mut Reading) {
        let archive = &*self.archive;
        let (mut stretch, mut unpacker) = (Stretch::default(), Unpacker::default());
        for index in self.range {
            // That it is spent was told of what spent it.
            if reading.is_cancelled() || reading.progress.budget.is_spent() {
                return;
            }
            if archive.directory.get(index).is_folder {
                continue;
            }
            let content = archive.member(index).and_then(|member| {
                let (start, packed) = stretch.content(archive, member)?;
                let bytes = unpacker.unpack(packed, member)?;
                reading.progress.unpacked_member(bytes.len() as u64)?;
                Ok((bytes, member.original(archive.path.as_ref(), start)))
            });
            match content {
                Ok((bytes, original)) => {
                    if !reading.offer(bytes, &archive.place.file, original) {
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
