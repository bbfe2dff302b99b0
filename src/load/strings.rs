//! Files of strings in which studies are, one string after another or in a list. What stands in a string is read as a file
//! would be.

use std::io::{BufReader, Cursor, Read as _};

use serde_json::Value;

use super::findings::Findings;
use super::input::{Input, Stream};
use super::quoted::{has_study, texts};
use super::source::{Source, Step};
use super::text::significant;
use super::visible;

/// How much of a file of strings is read.
const MOST: u64 = 64 << 20;

/// Whether the file is strings, or a list of them, and a study is in one.
pub(super) fn recognise(head: &[u8]) -> bool {
    let mut bytes = significant(head);
    let first = bytes.find(|&byte| byte != b'[');
    first == Some(b'"') && has_study(head)
}

/// Values of JSON, one after another.
struct Strings {
    values: Box<dyn Iterator<Item = serde_json::Result<Value>> + Send>,
    /// An input without content, at the place of all that is within.
    input: Input,
    /// Texts that are still to be read, the next one last.
    texts: Vec<String>,
}

pub(super) fn open(input: Input) -> Box<dyn Source> {
    let (input, stream) = input.emptied();
    let reader = BufReader::new(stream.take(MOST));
    let values = serde_json::Deserializer::from_reader(reader).into_iter::<Value>();
    Box::new(Strings { values: Box::new(values), input, texts: Vec::new() })
}

impl Source for Strings {
    fn step(&mut self, _: &mut Findings) -> Step {
        while self.texts.is_empty() {
            match self.values.next() {
                None => return Step::Done,
                Some(Ok(value)) => {
                    self.texts = texts(&value);
                    self.texts.reverse();
                }
                Some(Err(error)) => {
                    self.values = Box::new(std::iter::empty());
                    let reason = format!("not JSON: {}", visible(&error.to_string()));
                    return Step::Bad(self.input.place.clone().bad(reason));
                }
            }
        }
        let text = self.texts.pop().unwrap_or_default();
        let stream: Stream = Box::new(Cursor::new(text.into_bytes()));
        Step::Open(self.input.holding(stream))
    }
}
