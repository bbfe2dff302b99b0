//! Marks: what a person makes of studies. Decisions with reasons, tags, notes, and what was seen.
//!
//! A collection is a file of events, one a line. Lines are only ever appended, and the last event of a kind counts.
//! This layer knows studies by their ids. It does not know datasets, queries or screens.

mod agreement;
mod collection;
mod event;
mod flow;
mod folder;
pub mod import;
mod journal;
mod line;
mod lines;
#[cfg(test)]
pub mod made;
mod mark;
mod moment;

pub use agreement::{Agreement, Conflict, Pair};
pub use collection::{Collection, CollectionError, Marking, Merged, read_file};
pub use event::{
    BadTag, Change, Decision, Event, Passage, UnknownDecision, Verdict, What, tag_name,
};
pub use flow::{Flow, REASONS};
pub use folder::{BadName, DEFAULT, Folder};
pub use journal::{Journal, Step};
pub use lines::Damage;
pub use mark::{Decided, Mark, Marks, Note, Standing};
pub use moment::Moment;
