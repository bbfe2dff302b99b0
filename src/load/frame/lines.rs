//! Studies line by line, the shape of every large text: found by their line breaks alone.
//!
//! A line that begins with `{"protocolSection":` and is followed by another that does so stands for itself: whatever is
//! in it, the framer comes to rest where the next one begins. So such lines need not be followed one after another;
//! [`study`] says whether one looks like a single study, and if it turns out not to be JSON, [`apart`] cuts it as the
//! framer would have. One thing is given up: a bracket too many after the end of a study does not close the list around it.

use std::iter;
use std::mem;
use std::ops::Range;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use memchr::memmem::Finder;
use memchr::{memchr, memchr_iter};

use super::{CHUNK, Framer, Limits, Piece, RUNS, STUDY, State, Window};
use crate::load::input::Broken;

/// How many bytes of lines are given out at most.
const MOST: usize = 1 << 20;

/// How a line begins that stands for itself.
const BEGINNING: &[u8] = b"{\"protocolSection\":";

/// Buffers that were read and can be filled again, which takes less than getting new ones.
#[derive(Clone, Default)]
pub(super) struct Spare(Arc<Mutex<Vec<Vec<u8>>>>);

/// Lines that stand for themselves.
pub(in crate::load) struct Run {
    buffer: Vec<u8>,
    spare: Spare,
    range: Range<usize>,
    /// Where each line ends in the range, behind its line break.
    ends: Vec<usize>,
    /// The first one, from 1.
    pub(in crate::load) line: u64,
    /// Where it begins, in bytes of the whole text.
    pub(in crate::load) start: u64,
}

impl Spare {
    /// A buffer of at least so many bytes, whatever they are.
    fn get(&self, length: usize) -> Vec<u8> {
        let spare = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        spare.filter(|buffer| buffer.len() >= length).unwrap_or_else(|| vec![0; length])
    }

    fn put(&self, buffer: Vec<u8>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(buffer);
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        if self.buffer.len() >= MOST {
            self.spare.put(mem::take(&mut self.buffer));
        }
    }
}

impl Run {
    pub(in crate::load) fn text(&self) -> &[u8] {
        &self.buffer[self.range.clone()]
    }

    /// Every line without its break.
    pub(in crate::load) fn lines(&self) -> impl Iterator<Item = &[u8]> {
        let starts = iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.text()[start..end - 1])
    }
}

/// The one study that a text looks like, and where in it that begins. If it is JSON as a whole, the framer would give
/// it and nothing else.
pub(in crate::load) fn study(text: &[u8]) -> Option<(usize, &str)> {
    static KEY: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(STUDY));
    let is_blank = |byte: &u8| b" \t\r\n,".contains(byte);
    let mark = if text.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let start = mark + text[mark..].iter().position(|byte| !is_blank(byte))?;
    let end = text.iter().rposition(|byte| !is_blank(byte))? + 1;
    let text = &text[start..end];
    let key = text.strip_prefix(b"{")?.trim_ascii_start().strip_prefix(STUDY)?;
    let is_key = key.trim_ascii_start().starts_with(b":");
    let fits = text.len() as u64 <= Limits::FILE.record;
    // A second one may be hidden in a torn first one.
    let is_one = is_key && fits && KEY.find(key).is_none();
    is_one.then(|| Some((start, simdutf8::basic::from_utf8(text).ok()?))).flatten()
}

/// What the framer makes of a line that stands for itself, as if it were the first one.
pub(in crate::load) fn apart(line: &[u8]) -> Vec<Piece> {
    let text = [line, b"\n", BEGINNING].concat();
    let framer = Framer::new(Box::new(std::io::Cursor::new(text)), Limits::FILE, Arc::default());
    framer.take_while(|piece| piece.line == 1).collect()
}

impl Framer {
    /// The lines that come next, as long as each stands for itself. After some runs a study is followed to its end, so
    /// that what only looks like studies does not go on for ever.
    pub(in crate::load) fn run(&mut self) -> Option<Run> {
        let is_list = self.context.brackets.iter().all(|&bracket| bracket == b'[');
        let runs = mem::take(&mut self.runs);
        if runs == 0 || !is_list {
            return None;
        }
        self.fill();
        let text = self.text.bytes();
        let mut start = self.text.at;
        // Behind a study the line has to end; behind a run it has.
        if runs == RUNS {
            start += memchr(b'\n', &text[start..])? + 1;
            let is_blank = |byte: &u8| b" \t\r,".contains(byte);
            if !text[self.text.at..start - 1].iter().all(is_blank) {
                return None;
            }
        }
        let ends = standing_alone(&text[start..]);
        let end = start + ends.last()?;
        self.runs = runs - 1;
        let line = self.text.pass(start, end, ends.len() as u64);
        let place = self.text.place(start);
        self.state = State::between(Some(0));
        self.home = 0;
        let (buffer, range) = self.text.hand_over(start..end);
        Some(Run { buffer, spare: self.text.spare.clone(), range, ends, line, start: place })
    }

    /// Reads ahead as much as one run may have.
    fn fill(&mut self) {
        if self.text.end - self.text.at >= CHUNK {
            return;
        }
        self.text.keep = self.text.at;
        while self.text.end - self.text.at < MOST
            && !self.text.is_complete
            && !self.progress.cancelled.load(Relaxed)
        {
            if let Err(error) = self.read() {
                // What came before is as good as ever.
                self.stream = Box::new(Broken(Some(error)));
                return;
            }
        }
    }
}

impl Window {
    /// Steps to `end` over `count` lines that begin at `start`; gives the number of the first.
    fn pass(&mut self, start: usize, end: usize, count: u64) -> u64 {
        let line = self.line(start);
        self.lines += count;
        (self.counted, self.at, self.keep) = (end, end, end);
        line
    }

    /// Gives a part of the text away, after which nothing before it is needed.
    fn hand_over(&mut self, part: Range<usize>) -> (Vec<u8>, Range<usize>) {
        if part.len() < MOST / 4 {
            return (self.buffer[part.clone()].to_vec(), 0..part.len());
        }
        let rest = part.end..self.end;
        let mut fresh = self.spare.get(MOST + CHUNK + rest.len());
        fresh[..rest.len()].copy_from_slice(&self.buffer[rest.clone()]);
        let buffer = mem::replace(&mut self.buffer, fresh);
        self.dropped += part.end as u64;
        (self.end, self.at, self.keep, self.counted) = (rest.len(), 0, 0, 0);
        (buffer, part)
    }
}

/// Where the lines at the beginning of a text that stand for themselves end.
fn standing_alone(text: &[u8]) -> Vec<usize> {
    if !text.starts_with(BEGINNING) {
        return Vec::new();
    }
    let mut start = 0;
    let ends = memchr_iter(b'\n', text).map(|at| at + 1).take_while(|&end| {
        let line = &text[mem::replace(&mut start, end)..end - 1];
        let is_blank = |byte: &u8| b" \t\r,".contains(byte);
        let last = line.iter().rfind(|byte| !is_blank(byte));
        last == Some(&b'}') && end <= MOST && text[end..].starts_with(BEGINNING)
    });
    ends.collect()
}
