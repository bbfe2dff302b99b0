//! Frames of Zstandard. Most carry a checksum, which the library compares.
//!
//! Where a frame ends is found from the sizes of its blocks, so that a damaged one can be passed over.

use std::io::{self, BufRead as _, BufReader, Read};

use zstd::stream::read::Decoder;

use super::Parts;
use crate::load::input::Stream;

/// Windows up to 128 MiB, as the command `zstd` accepts them without being asked.
const WINDOW_LOG_MAX: u32 = 27;

/// How many packed bytes are read at a time.
const BUFFER: usize = 128 * 1024;

const NEEDS_DICTIONARY: &str =
    "it is packed with a dictionary; unpack it first, by `zstd -d -D` and the dictionary";

const MAGIC: &[u8] = b"\x28\xb5\x2f\xfd";

pub(in crate::load) fn recognise(head: &[u8]) -> bool {
    is_skippable(head) || head.starts_with(MAGIC)
}

/// Whether a frame begins that holds something else than text.
fn is_skippable(head: &[u8]) -> bool {
    matches!(head, [0x50..=0x5f, b'*', b'M', 0x18, ..])
}

pub(super) struct Frames {
    state: State,
}

enum State {
    Between(Frame),
    Within(Decoder<'static, BufReader<Frame>>),
    /// Only for as long as one of them turns into the other.
    Nowhere,
}

/// The packed bytes of one frame.
struct Frame {
    reader: BufReader<Stream>,
    /// Small parts of the frame that were looked at and are still to be given out.
    seen: Vec<u8>,
    /// How many bytes come behind those, before anything has to be looked at.
    left: u64,
    next: Next,
    has_checksum: bool,
}

/// What a frame has next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Block,
    Checksum,
    End,
}

impl Frames {
    pub(super) fn new(stream: Stream) -> Self {
        let reader = BufReader::with_capacity(BUFFER, stream);
        let (seen, left, next) = (Vec::new(), 0, Next::End);
        Self { state: State::Between(Frame { reader, seen, left, next, has_checksum: false }) }
    }

    /// The frame itself, whether or not it is being unpacked.
    fn leave(&mut self) -> Option<&mut Frame> {
        self.state = match std::mem::replace(&mut self.state, State::Nowhere) {
            State::Within(decoder) => State::Between(decoder.finish().into_inner()),
            other => other,
        };
        if let State::Between(frame) = &mut self.state { Some(frame) } else { None }
    }
}

impl Parts for Frames {
    fn advance(&mut self) -> io::Result<bool> {
        let Some(frame) = self.leave() else { return Ok(false) };
        if !frame.begin()? {
            return Ok(false);
        }
        let State::Between(frame) = std::mem::replace(&mut self.state, State::Nowhere) else {
            return Ok(false);
        };
        let mut decoder = Decoder::new(frame)?.single_frame();
        decoder.window_log_max(WINDOW_LOG_MAX)?;
        self.state = State::Within(decoder);
        Ok(true)
    }

    fn unpack(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match &mut self.state {
            State::Within(decoder) => decoder.read(buffer),
            _ => Ok(0),
        }
    }

    fn is_checked(&self) -> bool {
        match &self.state {
            State::Between(frame) => frame.has_checksum,
            State::Within(decoder) => decoder.get_ref().get_ref().has_checksum,
            State::Nowhere => false,
        }
    }

    fn skip(&mut self) -> io::Result<bool> {
        let Some(frame) = self.leave() else { return Ok(false) };
        frame.seen.clear();
        io::copy(frame, &mut io::sink())?;
        let behind = frame.reader.fill_buf()?;
        Ok(frame.next == Next::End && (behind.len() < MAGIC.len() || recognise(behind)))
    }
}

impl Frame {
    /// Goes to the next frame that holds text; false when there is none.
    fn begin(&mut self) -> io::Result<bool> {
        loop {
            self.seen.clear();
            if self.look(5)? < 5 {
                let is_end = self.seen.is_empty();
                return if is_end { Ok(false) } else { Err(io::ErrorKind::UnexpectedEof.into()) };
            }
            if self.seen.starts_with(MAGIC) {
                break;
            }
            if !is_skippable(&self.seen) {
                return Err(io::Error::other("what follows the packed text is not packed by zstd"));
            }
            self.look(3)?;
            let Some(&[a, b, c, d]) = self.seen.get(4..8) else {
                return Err(io::ErrorKind::UnexpectedEof.into());
            };
            let length = u64::from(u32::from_le_bytes([a, b, c, d]));
            io::copy(&mut self.reader.by_ref().take(length), &mut io::sink())?;
        }
        // What the descriptor says: a window or not, a dictionary's number, the size of the content, a checksum.
        let descriptor = self.seen[4];
        let is_single = descriptor & 0x20 != 0;
        let dictionary = [0, 1, 2, 4][usize::from(descriptor & 3)];
        let content = [usize::from(is_single), 2, 4, 8][usize::from(descriptor >> 6)];
        self.look(usize::from(!is_single) + dictionary + content)?;
        let number = self.seen.iter().skip(5 + usize::from(!is_single)).take(dictionary);
        if number.copied().any(|byte| byte != 0) {
            return Err(io::Error::other(NEEDS_DICTIONARY));
        }
        self.has_checksum = descriptor & 4 != 0;
        self.next = Next::Block;
        Ok(true)
    }

    /// Looks at so many more bytes; gives how many there are.
    fn look(&mut self, count: usize) -> io::Result<usize> {
        self.reader.by_ref().take(count as u64).read_to_end(&mut self.seen)
    }

    /// Looks at what comes next.
    fn follow(&mut self) -> io::Result<()> {
        match self.next {
            Next::End => {}
            Next::Checksum => (self.left, self.next) = (4, Next::End),
            Next::Block => {
                if self.look(3)? == 3 {
                    let header = u32::from_le_bytes([self.seen[0], self.seen[1], self.seen[2], 0]);
                    let (is_last, kind) = (header & 1 == 1, header >> 1 & 3);
                    // A block of one byte that is repeated.
                    self.left = if kind == 1 { 1 } else { u64::from(header >> 3) };
                    self.next = match (is_last, self.has_checksum) {
                        (false, _) => Next::Block,
                        (true, true) => Next::Checksum,
                        (true, false) => Next::End,
                    };
                }
            }
        }
        Ok(())
    }
}

impl Read for Frame {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.seen.is_empty() && self.left == 0 {
            self.follow()?;
        }
        if !self.seen.is_empty() {
            let count = self.seen.as_slice().read(buffer)?;
            self.seen.drain(..count);
            return Ok(count);
        }
        let most = buffer.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let count = self.reader.read(&mut buffer[..most])?;
        self.left -= count as u64;
        Ok(count)
    }
}
