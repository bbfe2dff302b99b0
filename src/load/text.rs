//! JSON text: an array, a page of the API, one study a line, or studies one after another.

use std::sync::Arc;

use super::frame::{Flaw, Framer, Limits, UNKNOWN};
use super::input::{HEAD, Input};
use super::source::{self, Findings, Source, Step};
use super::{Place, Record};

struct Text {
    framer: Framer,
    place: Place,
    /// Records on later lines than this are told by their line.
    counted_from: u64,
    /// Whether nothing at all was in here so far.
    is_barren: bool,
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
    Box::new(Text { framer, place, counted_from, is_barren: true })
}

impl Source for Text {
    fn step(&mut self, findings: &mut Findings) -> Step {
        let Some(piece) = self.framer.next() else {
            if self.is_barren {
                findings.note(UNKNOWN);
            }
            return Step::Done;
        };
        self.is_barren = false;
        let line = if piece.line > self.counted_from {
            format!("line {}", piece.line)
        } else {
            String::new()
        };
        let place = self.place.within(&line);
        match piece.outcome {
            Ok(json) => Step::Record(Record { json, place }),
            Err(flaw) => {
                if let Flaw::NoStudy(kind) = flaw {
                    findings.note(kind);
                }
                Step::Bad(place.bad(flaw.to_string()))
            }
        }
    }
}
