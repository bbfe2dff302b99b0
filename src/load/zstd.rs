//! Zstandard, of one frame or of several one after another.

use std::io;

use ::zstd::stream::read::Decoder;

use super::input::{Input, Stream};
use super::source::Opened;

/// Windows up to 128 MiB, as the command `zstd` accepts them without being asked.
const WINDOW_LOG_MAX: u32 = 27;

pub(super) fn recognise(head: &[u8]) -> bool {
    let skippable = matches!(head, [0x50..=0x5f, b'*', b'M', 0x18, ..]);
    skippable || head.starts_with(b"\x28\xb5\x2f\xfd")
}

pub(super) fn open(input: Input) -> Opened {
    let place = input.place.clone();
    let mut failure = None;
    let unpacked = input.unpacked(|stream| match decoder(stream) {
        Ok(decoder) => decoder,
        Err(error) => {
            failure = Some(error);
            Box::new(io::empty())
        }
    });
    match failure {
        Some(error) => Err(place.bad(format!("cannot be unpacked: {error}"))),
        None => Ok(Box::new(Some(unpacked))),
    }
}

fn decoder(stream: Stream) -> io::Result<Stream> {
    let mut decoder = Decoder::new(stream)?;
    decoder.window_log_max(WINDOW_LOG_MAX)?;
    Ok(Box::new(decoder))
}
