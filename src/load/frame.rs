//! Cuts a stream of JSON text into its studies, with bounded memory.
//!
//! It follows brackets and strings and knows one word, `protocolSection`. It does not parse: what it yields has
//! balanced brackets and is valid UTF-8, and whether it is JSON is found out by whoever reads it. What surrounds the
//! studies (a list, a page of the API, nothing) is passed over; see [`Context`].
//!
//! A record that is broken costs itself alone. Three facts make that possible: no line break can stand inside a JSON
//! string; `{"protocolSection"` can stand nowhere but where a study begins; and a record that begins a line does so
//! at the same indentation as its neighbours.
//!
//! Where one study follows another line by line, whole runs of lines are given out without a look inside; see
//! [`lines`](mod@lines).

mod element;
mod gap;
mod lines;
mod page;

use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use super::findings::Pages;
use super::input::Stream;
use super::{Progress, quoted};
pub(super) use element::UNKNOWN;
use element::{Element, Restart};
use gap::Gap;
use lines::Spare;
pub(super) use lines::{Run, apart, study};
use page::Page;

/// How many bytes are asked of the stream at a time.
const CHUNK: usize = 128 * 1024;

/// A key with a colon before it may be this far from its bracket; more white space than that is no JSON of anybody's.
const NEAR: usize = 4096;

const STUDY: &[u8] = b"\"protocolSection\"";

/// How many runs of lines may come one after another.
const RUNS: u8 = 16;

/// What is too much.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// The largest record, in bytes.
    pub(super) record: u64,
    /// How many bytes may pass without a study.
    pub(super) idle: u64,
}

impl Limits {
    /// For a file, which has an end.
    pub(super) const FILE: Self = Self { record: 16 << 20, idle: u64::MAX };
    /// For what comes out of an archive or a pipe, and may be made to go on for ever.
    pub(super) const STREAM: Self = Self { record: 16 << 20, idle: 64 << 20 };
}

/// A piece of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// The line on which it begins, from 1.
    pub(super) line: u64,
    /// Where it begins, in bytes of the text.
    pub(super) start: u64,
    pub(super) outcome: Result<String, Flaw>,
}

/// What is wrong with a piece.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Flaw {
    #[error("no protocolSection: not a study record of the API, version 2")]
    NoStudy(&'static str),
    /// One may be in a string of it.
    #[error("no protocolSection: not a study record of the API, version 2")]
    Quoted(String),
    #[error("torn: a line ends within a text")]
    OpenText,
    #[error("torn: the next study begins before this one ends")]
    NoEnd,
    #[error("torn: its brackets do not match")]
    Brackets,
    #[error("cut off: the file ends before the record does")]
    CutOff,
    #[error("cut off: the file ends before its list of studies does")]
    OpenList,
    #[error("larger than {0} MiB")]
    TooLarge(u64),
    #[error("text that is no study: {0}")]
    Garbage(String),
    #[error("not UTF-8 at byte {0} of the record")]
    NotUtf8(usize),
    #[error("{0} MiB without a study: what stands before them is used, the rest is left out")]
    Idle(u64),
    #[error("cannot be read further: {0}")]
    Unreadable(String),
}

/// Reads a stream and yields its pieces.
pub(super) struct Framer {
    stream: Stream,
    limits: Limits,
    progress: Arc<Progress>,
    text: Window,
    state: State,
    context: Context,
    /// Bytes read since the last study.
    idle: u64,
    /// Where a record that began a line last did so: its indentation.
    home: usize,
    /// The page of the API that was entered last, and those before it.
    page: Option<Page>,
    pages: Pages,
    /// How many runs of lines may come before a study is followed again: some when the last piece was one.
    runs: u8,
}

/// The part of the text that is in memory. Positions count from its beginning.
#[derive(Default)]
struct Window {
    buffer: Vec<u8>,
    /// How much of the buffer holds text.
    end: usize,
    /// The next byte to be looked at.
    at: usize,
    /// Everything before this is done with.
    keep: usize,
    /// The line breaks before `counted`.
    lines: u64,
    counted: usize,
    /// How much of the text was dropped before the buffer.
    dropped: u64,
    spare: Spare,
    is_complete: bool,
}

/// The brackets around the studies: none, `[` of a list, `{` and `[` of a page of the API.
#[derive(Default)]
struct Context {
    brackets: Vec<u8>,
}

enum State {
    /// Between studies.
    Gap(Gap),
    /// In an object that may be a study.
    Element(Element),
    /// Nothing more is to be expected.
    Over,
}

impl State {
    /// Between studies, on a line that is indented like this, if that is known.
    fn between(indentation: Option<usize>) -> Self {
        Self::Gap(Gap::between(indentation))
    }

    /// In what is left of a record that was torn, whose line was indented like this.
    fn after_torn(home: usize) -> Self {
        Self::Gap(Gap::after_torn(home))
    }

    /// At the beginning of an object.
    fn beginning(start: usize, line: u64, home: usize) -> Self {
        Self::Element(Element::new(start, line, home))
    }
}

/// What a look at the text in memory gave.
enum Turn {
    Found(Piece),
    /// The state has changed.
    Again,
    /// There is too little text in memory to go on.
    Starved,
}

impl Framer {
    pub(super) fn new(stream: Stream, limits: Limits, progress: Arc<Progress>) -> Self {
        Self {
            stream,
            limits,
            progress,
            text: Window::default(),
            state: State::Gap(Gap::first()),
            context: Context::default(),
            idle: 0,
            home: 0,
            page: None,
            pages: Pages::default(),
            runs: 0,
        }
    }

    /// Looks once at the text in memory.
    fn turn(&mut self) -> Turn {
        match &self.state {
            State::Gap(_) => self.gap(),
            State::Element(_) => self.element(),
            State::Over => Turn::Starved,
        }
    }

    /// Reads more text; says what is to be done when there is none.
    fn refill(&mut self) -> Turn {
        if matches!(self.state, State::Over) {
            return Turn::Starved;
        }
        if self.text.is_complete {
            return match &self.state {
                State::Gap(_) => self.gap_ends(),
                State::Element(element) => {
                    let restart = element.restart(&self.text);
                    let flaw = if restart.is_some() { Flaw::NoEnd } else { Flaw::CutOff };
                    self.tear(flaw, restart)
                }
                State::Over => Turn::Starved,
            };
        }
        if self.idle > self.limits.idle {
            let flaw = Flaw::Idle(self.limits.idle >> 20);
            self.state = State::Over;
            return self.found(Err(flaw));
        }
        if let Some(restart) = self.let_go() {
            return self.tear(Flaw::NoEnd, Some(restart));
        }
        let count = self.read();
        if self.progress.cancelled.load(Relaxed) {
            self.state = State::Over;
            return Turn::Starved;
        }
        match count {
            Ok(()) => Turn::Again,
            Err(error) => {
                self.progress.notice(&error);
                let flaw = Flaw::Unreadable(super::visible(&error.to_string()));
                self.state = State::Over;
                self.found(Err(flaw))
            }
        }
    }

    /// Reads what the stream gives next.
    fn read(&mut self) -> io::Result<()> {
        let room = self.text.make_room();
        let count = loop {
            match self.stream.read(room) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        self.text.end += count;
        self.idle += count as u64;
        self.text.is_complete = count == 0;
        Ok(())
    }

    /// Marks the text that is not needed any more. A record may turn out to be too large, which it is not if it was
    /// torn and the next one seems to begin in it: then gives the place.
    fn let_go(&mut self) -> Option<Restart> {
        self.text.keep = self.text.at;
        let State::Element(element) = &mut self.state else { return None };
        if element.is_kept() && (self.text.at - element.start) as u64 > self.limits.record {
            let restart = element.restart(&self.text);
            if restart.is_none() {
                element.outgrow();
            }
            return restart;
        }
        if element.is_kept() {
            self.text.keep = element.start;
            element.shift(self.text.keep);
        }
        None
    }

    /// A piece that begins where the current one does.
    fn found(&mut self, outcome: Result<String, Flaw>) -> Turn {
        let at = self.text.at;
        let (line, start) = (self.text.line(at), self.text.place(at));
        Turn::Found(Piece { line, start, outcome })
    }
}

impl Iterator for Framer {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        loop {
            let turn = match self.turn() {
                Turn::Starved => self.refill(),
                turn => turn,
            };
            match turn {
                Turn::Found(piece) => return Some(piece),
                Turn::Again => {}
                Turn::Starved => return None,
            }
        }
    }
}

impl Window {
    fn bytes(&self) -> &[u8] {
        &self.buffer[..self.end]
    }

    /// Drops what is done with and gives a free part of the buffer, no more than is to be read at a time.
    fn make_room(&mut self) -> &mut [u8] {
        if self.keep > 0 {
            self.line(self.keep);
            self.buffer.copy_within(self.keep..self.end, 0);
            self.end -= self.keep;
            self.at -= self.keep;
            self.counted -= self.keep.min(self.counted);
            self.dropped += self.keep as u64;
            self.keep = 0;
        }
        if self.buffer.len() - self.end < CHUNK / 4 {
            self.buffer.resize((self.end + CHUNK).max(self.end * 2), 0);
        }
        let end = self.buffer.len().min(self.end + CHUNK);
        &mut self.buffer[self.end..end]
    }

    /// The line of a position; positions must be asked for in their order.
    fn line(&mut self, at: usize) -> u64 {
        if at > self.counted {
            let passed = &self.buffer[self.counted..at];
            self.lines += memchr::memchr_iter(b'\n', passed).count() as u64;
            self.counted = at;
        }
        self.lines + 1
    }

    /// Where in the text a position is, in bytes from its beginning.
    fn place(&self, at: usize) -> u64 {
        self.dropped + at as u64
    }

    /// Whether the bracket at `at` begins a study; `None` when more text is needed to tell.
    fn begins_study(&self, at: usize) -> Option<bool> {
        let bytes = self.bytes();
        let near = &bytes[at + 1..bytes.len().min(at + 1 + NEAR)];
        let Some(blank) = near.iter().position(|byte| !byte.is_ascii_whitespace()) else {
            return (self.is_complete || near.len() == NEAR).then_some(false);
        };
        let key = &bytes[at + 1 + blank..];
        if key.len() >= STUDY.len() {
            return Some(key.starts_with(STUDY));
        }
        if STUDY.starts_with(key) && !self.is_complete { None } else { Some(false) }
    }
}

impl Context {
    fn innermost(&self) -> Option<u8> {
        self.brackets.last().copied()
    }
}

#[cfg(test)]
mod tests;
