//! Gzip, of one member or of several one after another.

use flate2::read::MultiGzDecoder;

use super::input::Input;
use super::source::Source;

pub(super) fn recognise(head: &[u8]) -> bool {
    head.starts_with(b"\x1f\x8b\x08")
}

pub(super) fn open(input: Input) -> Box<dyn Source> {
    Box::new(Some(input.unpacked(|stream| Box::new(MultiGzDecoder::new(stream)))))
}
