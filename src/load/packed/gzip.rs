//! Members of gzip. Each states a checksum and its length; both are compared.

use std::io::{self, BufRead as _, BufReader, Read as _};

use flate2::bufread::GzDecoder;

use super::Parts;
use crate::load::input::Stream;

/// How many packed bytes are read at a time.
const BUFFER: usize = 64 * 1024;

pub(in crate::load) fn recognise(head: &[u8]) -> bool {
    head.starts_with(b"\x1f\x8b\x08")
}

pub(super) struct Members {
    state: State,
    /// Whether the member that is read has turned out to be damaged.
    has_failed: bool,
}

enum State {
    Between(BufReader<Stream>),
    Within(Box<GzDecoder<BufReader<Stream>>>),
    /// Only for as long as one of them turns into the other.
    Nowhere,
}

impl Members {
    pub(super) fn new(stream: Stream) -> Self {
        let reader = BufReader::with_capacity(BUFFER, stream);
        Self { state: State::Between(reader), has_failed: false }
    }

    /// What stands behind the member.
    fn leave(&mut self) -> Option<&mut BufReader<Stream>> {
        self.state = match std::mem::replace(&mut self.state, State::Nowhere) {
            State::Within(decoder) => State::Between(decoder.into_inner()),
            other => other,
        };
        if let State::Between(reader) = &mut self.state { Some(reader) } else { None }
    }
}

impl Parts for Members {
    fn advance(&mut self) -> io::Result<bool> {
        self.has_failed = false;
        let Some(reader) = self.leave() else { return Ok(false) };
        let first = loop {
            let next = reader.fill_buf()?;
            // Tapes and some file systems fill up with zeros.
            match next.iter().position(|&byte| byte != 0) {
                None if next.is_empty() => return Ok(false),
                None => {
                    let zeros = next.len();
                    reader.consume(zeros);
                }
                Some(at) => {
                    let first = next[at];
                    reader.consume(at);
                    break first;
                }
            }
        };
        if first != 0x1f {
            return Err(io::Error::other("what follows the packed text is not packed by gzip"));
        }
        self.state = match std::mem::replace(&mut self.state, State::Nowhere) {
            State::Between(reader) => State::Within(Box::new(GzDecoder::new(reader))),
            other => other,
        };
        Ok(true)
    }

    fn unpack(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let State::Within(decoder) = &mut self.state else { return Ok(0) };
        let result = decoder.read(buffer);
        self.has_failed = result.is_err();
        result
    }

    fn is_checked(&self) -> bool {
        true
    }

    /// Where the packed text itself is damaged its end is not found. Where only the checksum is wrong, another member
    /// stands behind it, or nothing.
    fn skip(&mut self) -> io::Result<bool> {
        let mut rest = vec![0; BUFFER];
        while !self.has_failed && self.unpack(&mut rest).is_ok_and(|count| count > 0) {}
        let Some(reader) = self.leave() else { return Ok(false) };
        let next = reader.fill_buf()?;
        Ok(matches!(next, [] | [0x1f] | [0x1f, 0x8b, ..]))
    }
}
