//! Packed text: parts that follow one another, such as the members of gzip and the frames of zstd, unpacked as one
//! text. A damaged part costs itself: what stands before it and behind it is read.

mod gzip;
mod zstd;

use std::io::{self, Read};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::damage::{Part, is_noted};
use super::findings::Findings;
use super::input::{Input, Stream};
use super::source::{Opened, Source, Step};
use super::{BadRecord, Place, Progress, visible};

pub(super) use gzip::recognise as is_gzip;
pub(super) use zstd::recognise as is_zstd;

const BEFORE_CHECKSUM: &str = "it ends before its checksum";

/// The parts of one packed stream.
trait Parts: Send {
    /// Goes to the next part; false when there is none.
    fn advance(&mut self) -> io::Result<bool>;

    /// Unpacks more of the part; 0 bytes when all of it was given and its checksum holds.
    fn unpack(&mut self, buffer: &mut [u8]) -> io::Result<usize>;

    /// Whether the part states a checksum.
    fn is_checked(&self) -> bool;

    /// Passes over the rest of a damaged part; false when nobody can say where it ends.
    fn skip(&mut self) -> io::Result<bool>;
}

/// A packed stream on the way from part to part.
struct Unpacking {
    parts: Box<dyn Parts>,
    at: At,
    /// How many parts were begun.
    number: u64,
    place: Place,
    depth: usize,
    progress: Arc<Progress>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum At {
    Between,
    Within,
    /// A part that is left out because of this.
    Damaged(String),
    End,
}

/// Gives out the text between damaged parts.
struct Packed {
    unpacking: Arc<Mutex<Unpacking>>,
    /// An input without content, at the place of all that is unpacked.
    input: Input,
    last: Option<Given>,
}

/// What was given out last.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Given {
    Run,
    /// Word of a damaged part.
    Bad,
}

/// The text up to the next damaged part or the end.
struct Run(Arc<Mutex<Unpacking>>);

pub(super) fn open_gzip(input: Input) -> Opened {
    open(input, |stream| Box::new(gzip::Members::new(stream)))
}

pub(super) fn open_zstd(input: Input) -> Opened {
    open(input, |stream| Box::new(zstd::Frames::new(stream)))
}

fn open(input: Input, parts: impl FnOnce(Stream) -> Box<dyn Parts>) -> Opened {
    let (place, depth) = (input.place.clone(), input.depth);
    let progress = Arc::clone(&input.progress);
    // Of what comes through a pipe a copy is needed, should it turn out to be damaged.
    let (input, stream) = match input.kept() {
        Ok(input) => input.emptied(),
        Err(error) => return Err(place.no_copy(&progress, &error)),
    };
    let parts = parts(stream);
    let unpacking = Unpacking { parts, at: At::Between, number: 0, place, depth, progress };
    Ok(Box::new(Packed { unpacking: Arc::new(Mutex::new(unpacking)), input, last: None }))
}

impl Unpacking {
    /// Where the next text begins: within a part that is not left out, at one that is, or at the end.
    fn go_on(&mut self) -> io::Result<&At> {
        if self.at == At::Between {
            self.at = At::End;
            if self.parts.advance()? {
                self.number += 1;
                let reason = self.progress.damage.reason(&self.part());
                self.at = reason.map_or(At::Within, At::Damaged);
            }
        }
        Ok(&self.at)
    }

    fn part(&self) -> Part {
        Part::new(&self.place, self.depth, self.number)
    }

    /// Unpacks what comes next; 0 bytes where no text goes on.
    fn unpack(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while *self.go_on()? == At::Within {
            match self.parts.unpack(buffer) {
                Ok(0) if !buffer.is_empty() => self.at = At::Between,
                Ok(count) => return Ok(count),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
                Err(error) => {
                    self.at = At::End;
                    let Some(noted) = self.note(&error) else { return Err(error) };
                    self.check_the_rest();
                    return Err(noted);
                }
            }
        }
        Ok(0)
    }

    /// Takes notice of all damaged parts behind this one, since nothing of this pass is used.
    fn check_the_rest(&mut self) {
        let mut buffer = vec![0; 1 << 16];
        while self.parts.skip().unwrap_or(false) && self.parts.advance().unwrap_or(false) {
            self.number += 1;
            let error = loop {
                match self.parts.unpack(&mut buffer) {
                    Ok(0) => break None,
                    Ok(_) => {}
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    Err(error) => break Some(error),
                }
            };
            if error.is_some_and(|error| self.note(&error).is_none()) {
                break;
            }
        }
    }

    /// Takes notice that this part is damaged, which could not be unpacked to its end; gives the error for whoever reads
    /// it. `None` when the part can be used as far as it goes, or lies in something whose damage was noted.
    ///
    /// A changed byte can make a part seem to end too early. So a part with a checksum that was never compared counts
    /// as damaged, whatever the error is.
    fn note(&self, error: &io::Error) -> Option<io::Error> {
        let is_cut_off = error.kind() == io::ErrorKind::UnexpectedEof;
        let is_short = is_cut_off || error.raw_os_error().is_some();
        if is_noted(error) || (is_short && !self.parts.is_checked()) {
            return None;
        }
        self.progress.notice(error);
        let reason = if is_cut_off { BEFORE_CHECKSUM } else { &error.to_string() };
        Some(self.progress.damage.note(self.part(), &visible(reason)))
    }

    /// Passes over a part that is left out for this reason; says what is lost.
    fn leave_out(&mut self, reason: &str) -> BadRecord {
        let number = self.number;
        let is_found = self.parts.skip().unwrap_or(false);
        self.at = if is_found { At::Between } else { At::End };
        let is_alone = number == 1 && (!is_found || matches!(self.go_on(), Ok(At::End)));
        let part = if is_alone { String::new() } else { format!("part {number}") };
        let lost = if is_found || is_alone { "nothing of it" } else { "nothing from here on" };
        let reason =
            format!("is cut off or damaged, and {lost} is used; get the file again: {reason}");
        self.place.within(&part).bad(reason)
    }
}

impl Source for Packed {
    fn step(&mut self, _: &mut Findings) -> Step {
        let mut unpacking = lock(&self.unpacking);
        if self.last == Some(Given::Run) && unpacking.at == At::Within {
            // Whoever read the text has given it up.
            return Step::Done;
        }
        let bad = match unpacking.go_on().cloned() {
            Ok(At::Damaged(reason)) => unpacking.leave_out(&reason),
            Ok(At::End) if self.last.is_some() => return Step::Done,
            Ok(_) => {
                self.last = Some(Given::Run);
                return Step::Open(self.input.holding(Box::new(Run(Arc::clone(&self.unpacking)))));
            }
            Err(error) => {
                self.input.progress.notice(&error);
                let reason = format!("cannot be read further: {}", visible(&error.to_string()));
                self.input.place.clone().bad(reason)
            }
        };
        self.last = Some(Given::Bad);
        Step::Bad(bad)
    }
}

impl Read for Run {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        lock(&self.0).unpack(buffer)
    }
}

fn lock(unpacking: &Mutex<Unpacking>) -> MutexGuard<'_, Unpacking> {
    unpacking.lock().unwrap_or_else(PoisonError::into_inner)
}
