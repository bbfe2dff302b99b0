//! UTF-16, which PowerShell and old editors write: read as the UTF-8 that it stands for.

use std::io::{self, BufReader, Read};

use super::findings::Findings;
use super::input::{Input, Stream};
use super::source::{Opened, Source, Step};

/// How many bytes are read at a time.
const BUFFER: usize = 64 * 1024;

/// Which byte of a unit stands first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    LowFirst,
    HighFirst,
}

/// With a mark of the byte order, or without one before the brackets of a JSON text.
fn order(head: &[u8]) -> Option<Order> {
    match head {
        // The mark of UTF-32 begins like that of UTF-16.
        [0xff, 0xfe, 0, 0, ..] | [] => None,
        [0xff, 0xfe, ..] | [b'{' | b'[' | b'"' | b'<', 0, 1..=255, ..] => Some(Order::LowFirst),
        [0xfe, 0xff, ..] | [0, b'{' | b'[' | b'"' | b'<', 0, 1..=255, ..] => Some(Order::HighFirst),
        _ => None,
    }
}

pub(super) fn recognise(head: &[u8]) -> bool {
    order(head).is_some()
}

pub(super) fn open(mut input: Input) -> Opened {
    let place = input.place.clone();
    let order = match input.head().map(order) {
        Ok(order) => order.unwrap_or(Order::LowFirst),
        Err(error) => return Err(place.bad(format!("cannot be read: {error}"))),
    };
    let (input, stream) = input.emptied();
    let reader = BufReader::with_capacity(BUFFER, stream);
    let text = Decoder { reader, order, high: None, text: Vec::new(), given: 0 };
    Ok(Box::new(Some(input.holding(Box::new(text)))))
}

/// Gives out the text as UTF-8; a half of a character that stands alone becomes U+FFFD.
struct Decoder {
    reader: BufReader<Stream>,
    order: Order,
    /// The first half of a character whose second one has not been read.
    high: Option<u16>,
    text: Vec<u8>,
    /// How much of the text was given out.
    given: usize,
}

impl Decoder {
    /// Decodes what is read next.
    fn refill(&mut self) -> io::Result<()> {
        let mut bytes = Vec::with_capacity(BUFFER);
        self.reader.by_ref().take(BUFFER as u64).read_to_end(&mut bytes)?;
        let unit = |pair: &[u8]| match (self.order, pair) {
            (Order::LowFirst, &[low, high]) => u16::from_le_bytes([low, high]),
            (Order::HighFirst, &[high, low]) => u16::from_be_bytes([high, low]),
            // An odd byte at the end.
            _ => 0xfffd,
        };
        let is_end = bytes.len() < BUFFER;
        let mut units: Vec<u16> = self.high.take().into_iter().collect();
        units.extend(bytes.chunks(2).map(unit));
        if !is_end && units.last().is_some_and(|unit| (0xd800..0xdc00).contains(unit)) {
            self.high = units.pop();
        }
        self.text.clear();
        self.given = 0;
        for char in char::decode_utf16(units) {
            let char = char.unwrap_or(char::REPLACEMENT_CHARACTER);
            self.text.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
        }
        Ok(())
    }
}

impl Read for Decoder {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.given == self.text.len() {
            self.refill()?;
        }
        let count = (&self.text[self.given..]).read(buffer)?;
        self.given += count;
        Ok(count)
    }
}

/// A text that waits for being opened.
impl Source for Option<Input> {
    fn step(&mut self, _: &mut Findings) -> Step {
        self.take().map_or(Step::Done, Step::Open)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_what_it_was_wherever_it_is_cut() {
        let text = "é€😀".repeat(BUFFER / 4) + "x";
        for order in [Order::LowFirst, Order::HighFirst] {
            let bytes = text.encode_utf16().flat_map(|unit| match order {
                Order::LowFirst => unit.to_le_bytes(),
                Order::HighFirst => unit.to_be_bytes(),
            });
            let bytes: Vec<u8> = bytes.collect();
            let reader = BufReader::new(Box::new(io::Cursor::new(bytes)) as Stream);
            let mut decoder = Decoder { reader, order, high: None, text: Vec::new(), given: 0 };
            let mut all = String::new();
            decoder.read_to_string(&mut all).unwrap();
            assert!(all == text, "{order:?}");
        }
    }

    #[test]
    fn orders_are_told_by_the_mark_or_by_a_bracket() {
        let units = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
        let swapped =
            |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>();
        for text in ["\u{feff}{", "{\"a\":1}", "[{", "[\n{"] {
            assert_eq!(order(&units(text)), Some(Order::LowFirst), "{text}");
            assert_eq!(order(&swapped(text)), Some(Order::HighFirst), "{text}");
        }
        for other in [&b""[..], b"{\"a\"", b"\xff\xfe\0\0{\0\0\0", b"{\0\0\0", b"PK\x03\x04"] {
            assert_eq!(order(other), None);
        }
    }
}
