//! JSON text: an array, a page of the API, one study a line, or studies one after another.

use std::sync::Arc;

use super::Place;
use super::frame::{self, Framer, Limits, Run, UNKNOWN};
use super::input::{HEAD, Input};
use super::portion::{Reading, Work};
use super::source::{self, Findings, Source, Step};

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
    /// Pieces on later lines than this are told by their line.
    counted_from: u64,
}

/// Lines of a text, each of which looks like a study.
pub(super) struct Lines {
    run: Run,
    scope: Scope,
}

/// Whether the bytes begin a JSON object, an array of objects, or broken off in the middle of a study.
pub(super) fn recognise(head: &[u8]) -> bool {
    let mut bytes = source::significant(head);
    match (bytes.next(), bytes.next()) {
        (Some(b'{' | b'['), None)
        | (Some(b'{'), Some(b'"' | b'}' | b'<'))
        | (Some(b'['), Some(b'{' | b'[' | b']' | b'<')) => true,
        (None, _) => head.len() as u64 == HEAD,
        _ => memchr::memmem::find(head, b"\"protocolSection\":").is_some(),
    }
}

pub(super) fn open(input: Input) -> Box<dyn Source> {
    let limits = if input.is_stream() { Limits::STREAM } else { Limits::FILE };
    let progress = Arc::clone(&input.progress);
    let place = input.place.clone();
    // A member of an archive is mostly a single study, which its name tells well enough.
    let counted_from = u64::from(!place.within.is_empty());
    let framer = Framer::new(input.into_stream(), limits, progress);
    Box::new(Text { framer, scope: Scope { place, counted_from }, is_barren: true })
}

impl Source for Text {
    fn step(&mut self, findings: &mut Findings) -> Step {
        if let Some(run) = self.framer.run() {
            return Step::Found(Work::Lines(Lines { run, scope: self.scope.clone() }));
        }
        let Some(piece) = self.framer.next() else {
            if self.is_barren {
                findings.note(UNKNOWN);
            }
            return Step::Done;
        };
        self.is_barren = false;
        Step::Found(Work::Piece(piece.outcome, self.scope.line(piece.line)))
    }
}

impl Scope {
    fn line(&self, line: u64) -> Place {
        let is_told = line > self.counted_from;
        self.place.within(&if is_told { format!("line {line}") } else { String::new() })
    }
}

impl Lines {
    pub(super) fn size(&self) -> u64 {
        self.run.text().len() as u64
    }

    /// Offers every line; what is not one study after all is framed.
    pub(super) fn read(self, reading: &mut Reading) {
        for (number, line) in (self.run.line..).zip(frame::lines(self.run.text())) {
            if reading.is_cancelled() {
                return;
            }
            if !reading.offer(line) {
                for outcome in frame::apart(line) {
                    reading.piece(outcome, self.scope.line(number));
                }
            }
        }
    }
}
