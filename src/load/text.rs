//! JSON text: an array, a page of the API, one study a line, or studies one after another.

use std::io::Cursor;
use std::sync::Arc;

use memchr::memmem;

use super::findings::Findings;
use super::frame::{self, Flaw, Framer, Limits, Piece, Run, UNKNOWN};
use super::input::{HEAD, Input};
use super::original::Original;
use super::reading::{Reading, Work};
use super::source::{Source, Step};
use super::{BadRecord, Place, quoted};

struct Text {
    framer: Framer,
    scope: Scope,
    /// Whether nothing at all was in here so far.
    is_barren: bool,
}

/// Where a text stands, and how its pieces are told apart.
#[derive(Clone)]
struct Scope {
    place: Place,
    /// The file whose bytes these are.
    file: Option<Arc<str>>,
    /// Pieces on later lines than this are told by their line.
    counted_from: u64,
    /// How many archives it lies in.
    depth: usize,
}

/// What the framer has cut out of a text.
struct Cut {
    piece: Piece,
    scope: Scope,
}

/// Lines of a text, each of which looks like a study.
struct Lines {
    run: Run,
    scope: Scope,
}

/// So many keys make JSON of a text of which only a part is seen.
const KEYS: usize = 64;

/// The bytes that are neither white space nor a byte order mark.
pub(super) fn significant(head: &[u8]) -> impl Iterator<Item = u8> {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    text.iter().copied().filter(|byte| !b" \t\r\n\x1e".contains(byte))
}

/// Whether the bytes begin a JSON object, an array of objects, or broken off in the middle of a study, which may go on
/// beyond them.
pub(super) fn recognise(head: &[u8]) -> bool {
    let is_part = head.len() as u64 == HEAD;
    let has_keys = || memmem::find_iter(head, b"\":").take(KEYS).count() == KEYS;
    let mut bytes = significant(head);
    match (bytes.next(), bytes.next()) {
        // A list of Python's dictionaries.
        (Some(b'['), Some(b'{')) if bytes.next() == Some(b'\'') => false,
        (Some(b'{' | b'['), None)
        | (Some(b'{'), Some(b'"' | b'}' | b'<'))
        | (Some(b'['), Some(b'{' | b'[' | b']' | b'<')) => true,
        (None, _) => is_part,
        // What is packed by a method that is not known may show the text that is in it.
        _ if is_binary(head) => false,
        _ if is_part && has_keys() => true,
        _ => memmem::find(head, b"\"protocolSection\":").is_some(),
    }
}

/// Whether there is a byte that no text has.
pub(super) fn is_binary(head: &[u8]) -> bool {
    head.iter().any(|byte| *byte < b' ' && !b"\t\n\x0c\r\x1b\x1e".contains(byte))
}

pub(super) fn open(input: Input) -> Box<dyn Source> {
    let limits = if input.is_stream() { Limits::STREAM } else { Limits::FILE };
    let progress = Arc::clone(&input.progress);
    let (place, file) = (input.place.clone(), input.original().cloned());
    // A member of an archive is mostly a single study, which its name tells well enough.
    let counted_from = u64::from(!place.within.is_empty());
    let depth = input.depth;
    let framer = Framer::new(input.into_stream(), limits, progress);
    Box::new(Text { framer, scope: Scope { place, file, counted_from, depth }, is_barren: true })
}

impl Source for Text {
    fn step(&mut self, findings: &mut Findings) -> Step {
        if let Some(run) = self.framer.run() {
            return Step::Found(Box::new(Lines { run, scope: self.scope.clone() }));
        }
        let Some(piece) = self.framer.next() else {
            findings.pages.add(&self.framer.pages());
            if self.is_barren {
                findings.note(UNKNOWN);
            }
            return Step::Done;
        };
        self.is_barren = false;
        Step::Found(Box::new(Cut { piece, scope: self.scope.clone() }))
    }
}

impl Scope {
    /// Reads what stands in the strings of an object; whether that were studies.
    fn read_within(&self, line: u64, json: &str, reading: &mut Reading) -> bool {
        let before = reading.findings.studies;
        let value = serde_json::from_str(json).unwrap_or_default();
        for text in quoted::texts(&value) {
            let stream = Box::new(Cursor::new(text.into_bytes()));
            let place = self.place_of(line);
            reading.input(Input::member(place, self.depth + 1, reading.progress, stream));
        }
        reading.findings.studies > before
    }

    /// The place of a line, where that has to be told.
    fn place_of(&self, line: u64) -> Place {
        let is_told = line > self.counted_from;
        self.place.within(&if is_told { format!("line {line}") } else { String::new() })
    }

    /// What is wrong with the piece that begins on a line.
    fn bad(&self, line: u64, reason: impl Into<String>) -> BadRecord {
        self.place_of(line).bad(reason)
    }

    /// The text of so many bytes from a place on.
    fn original(&self, start: u64, length: usize) -> Option<Original> {
        Original::plain(self.file.as_ref()?, start, length)
    }
}

impl Cut {
    fn take(self, reading: &mut Reading) {
        let Self { piece, scope } = self;
        match piece.outcome {
            Ok(json) => {
                let original = scope.original(piece.start, json.len());
                if let Err(reason) = reading.record(&json, &scope.place.file, original) {
                    reading.refuse(scope.bad(piece.line, reason));
                }
            }
            Err(Flaw::Quoted(json)) if scope.read_within(piece.line, &json, reading) => {}
            Err(flaw) => {
                match flaw {
                    Flaw::NoStudy(kind) => reading.findings.note(kind),
                    Flaw::Quoted(_) => reading.findings.note(UNKNOWN),
                    _ => {}
                }
                reading.bad(scope.bad(piece.line, flaw.to_string()));
            }
        }
    }
}

impl Work for Cut {
    fn size(&self) -> u64 {
        self.piece.outcome.as_ref().map_or(1 << 10, |json| json.len() as u64)
    }

    fn read(self: Box<Self>, reading: &mut Reading) {
        self.take(reading);
    }
}

impl Work for Lines {
    fn size(&self) -> u64 {
        self.run.text().len() as u64
    }

    /// Offers every line; what is not one study after all is framed.
    fn read(self: Box<Self>, reading: &mut Reading) {
        let mut start = self.run.start;
        for (number, line) in (self.run.line..).zip(self.run.lines()) {
            if reading.is_cancelled() {
                return;
            }
            let original = self.scope.original(start, line.len());
            if !reading.offer(line, &self.scope.place.file, original) {
                for piece in frame::apart(line) {
                    let piece = Piece { line: number, start: start + piece.start, ..piece };
                    Cut { piece, scope: self.scope.clone() }.take(reading);
                }
            }
            start += line.len() as u64 + 1;
        }
    }
}
