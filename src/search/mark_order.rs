//! Orders by what is marked: decisions, reasons, tags, and when something was marked last.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use roaring::RoaringBitmap;

use super::by_mark::MarkField;
use crate::marks::{Mark, Marks, Moment};
use crate::store::Store;

/// By what of their marks studies are ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkOrder {
    Decision,
    Reason,
    /// By the first tag in the alphabet.
    Tag,
    /// By the last event.
    Marked,
}

/// The place of a mark among others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Value((usize, String)),
    At(Reverse<Moment>),
}

impl MarkOrder {
    pub const ALL: [Self; 4] = [Self::Decision, Self::Reason, Self::Tag, Self::Marked];

    /// What `sort:` calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Decision => "decision",
            Self::Reason => "reason",
            Self::Tag => "tag",
            Self::Marked => "marked",
        }
    }

    /// What the screen calls it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Decision => "decision",
            Self::Reason => "reason of exclusion",
            Self::Tag => "tag",
            Self::Marked => "last mark",
        }
    }

    /// What stands first in its two directions.
    pub fn first(self) -> [&'static str; 2] {
        match self {
            Self::Decision => ["included first", "excluded first"],
            Self::Reason | Self::Tag => ["A to Z", "Z to A"],
            Self::Marked => ["newest first", "oldest first"],
        }
    }

    /// The order by a field of marks; `None` if there is none.
    pub fn of(field: MarkField) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.name() == field.name())
    }

    fn key(self, mark: &Mark) -> Option<Key> {
        let field = match self {
            Self::Decision => MarkField::Decision,
            Self::Reason => MarkField::Reason,
            Self::Tag => MarkField::Tag,
            Self::Marked => return mark.at.map(|at| Key::At(Reverse(at))),
        };
        field.values_of(mark).into_iter().map(|value| field.rank(value)).min().map(Key::Value)
    }

    /// Those of `found` that are marked so, equal ones together, in the natural order.
    pub(super) fn classes(
        self,
        store: &Store,
        marks: &Marks,
        found: &RoaringBitmap,
    ) -> Vec<RoaringBitmap> {
        let mut classes: BTreeMap<Key, RoaringBitmap> = BTreeMap::new();
        // Two ids can be one study, which stands once.
        let mut placed = RoaringBitmap::new();
        for (id, mark) in marks.iter() {
            let study = store.find(id).filter(|study| found.contains(study.0));
            if let (Some(study), Some(key)) = (study, self.key(mark))
                && placed.insert(study.0)
            {
                classes.entry(key).or_default().insert(study.0);
            }
        }
        classes.into_values().collect()
    }
}
