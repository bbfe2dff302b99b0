//! What a source is: something that yields work or further things to open, step by step.
//!
//! It knows no kind of source; their table is in [`kind`](super::kind).

use super::BadRecord;
use super::findings::Findings;
use super::input::Input;
use super::reading::Work;

/// Something that yields work or further things to open.
pub(super) trait Source: Send {
    fn step(&mut self, findings: &mut Findings) -> Step;
}

/// What a source has next.
pub(super) enum Step {
    Found(Box<dyn Work>),
    Bad(BadRecord),
    Open(Input),
    /// An input that was opened.
    Into(Box<dyn Source>),
    /// An input that holds nothing which is read.
    Nothing,
    /// The source is exhausted.
    Done,
}

/// A source ready to be read, or why there is none.
pub(super) type Opened = Result<Box<dyn Source>, BadRecord>;
