//! One thing that a person did: an event. How it stands in a file, `line` knows.

use std::fmt;
use std::str::FromStr;

use super::Moment;
use crate::study::{NctId, PartialDate};

/// Something that a person did at some moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// No other event has this text, in any file.
    pub event: String,
    /// What was done at once shares a step, and is undone at once.
    pub step: String,
    pub at: Moment,
    /// The name of the person.
    pub by: String,
    pub what: What,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    Marked {
        id: NctId,
        change: Change,
        /// The last update of the record that the person saw.
        record: Option<PartialDate>,
    },
    /// This step does not count any more. An undo can be undone.
    Undone { step: String },
}

/// A change of what is marked on one study.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    Decided(Verdict),
    Tagged {
        tag: String,
        on: bool,
    },
    /// An empty text takes the note back. A note on a passage stands beside the one on the whole study.
    Noted {
        text: String,
        passage: Option<Passage>,
    },
    Seen(bool),
    /// It was shown to be read. The program says so by itself, so this is no step that somebody takes back.
    Read,
}

/// A decision, or that there is none any more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    pub decision: Option<Decision>,
    pub reason: Option<String>,
    /// Whether it ends a disagreement between several people.
    pub settles: bool,
}

/// Whether a study belongs to what is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Decision {
    Include,
    Exclude,
    Maybe,
}

/// Says that a text names no tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a tag is a name without , and |")]
pub struct BadTag;

/// The tag that is meant by `liver`, `+liver` or `-liver`.
pub fn tag_name(typed: &str) -> Result<&str, BadTag> {
    let typed = typed.trim();
    let name = typed.strip_prefix(['+', '-']).unwrap_or(typed).trim();
    if name.is_empty() || name.contains(['|', ',']) { Err(BadTag) } else { Ok(name) }
}

/// Words of a record that a note is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Passage {
    /// The label of the field in which the words stood.
    pub field: String,
    pub words: String,
}

impl Event {
    /// The study and its change; `None` of an undo.
    pub fn change(&self) -> Option<(NctId, &Change)> {
        match &self.what {
            What::Marked { id, change, .. } => Some((*id, change)),
            What::Undone { .. } => None,
        }
    }
}

impl Decision {
    pub const ALL: [Self; 3] = [Self::Include, Self::Exclude, Self::Maybe];

    /// As commands, files and queries write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Include => "include",
            Self::Exclude => "exclude",
            Self::Maybe => "maybe",
        }
    }
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Says that a text is no decision.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}: decisions are include, exclude, maybe")]
pub struct UnknownDecision(pub String);

impl FromStr for Decision {
    type Err = UnknownDecision;

    /// Reads a decision in any case, also as other programs write it: `included`.
    fn from_str(text: &str) -> Result<Self, UnknownDecision> {
        match text.trim().to_lowercase().as_str() {
            "include" | "included" | "in" => Ok(Self::Include),
            "exclude" | "excluded" | "out" => Ok(Self::Exclude),
            "maybe" | "perhaps" | "undecided" => Ok(Self::Maybe),
            _ => Err(UnknownDecision(crate::text::cut(text, 40).into_owned())),
        }
    }
}
