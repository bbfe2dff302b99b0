//! Everything that a person can read about a study: one table, [`FIELDS`], from which the detail
//! pane, the comparison and the exports follow. Knows meanings, not widths or colours.

mod phrase;
mod read;
mod shape;
mod table;

pub use read::{Path, Read, Shape};
pub use table::FIELDS;

use super::value::FieldValue;
use super::{Concept, Study};

/// A named thing that a study has.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// As a query or a configuration names it: `primary-outcomes`.
    pub name: &'static str,
    /// As a person reads it: `Primary outcomes`.
    pub label: &'static str,
    pub section: Section,
    pub read: Read,
}

/// Declares the sections with their titles, in the order in which a study is read.
macro_rules! sections {
    ($($name:ident $title:literal)*) => {
        /// A part of a study as it is read.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Section { $($name),* }

        impl Section {
            /// Every section in reading order.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The heading of the section.
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title),* }
            }
        }
    };
}

sections! {
    Overview "Overview"
    Eligibility "Eligibility"
    Design "Design"
    Outcomes "Outcomes"
    Dates "Dates"
    Sponsor "Sponsor and oversight"
    Contacts "Contacts"
    Locations "Locations"
    References "References"
    Sharing "Documents and data sharing"
    Terms "Registry terms"
    Results "Results"
    Identifiers "Identifiers"
    Other "Everything else in the record"
}

impl Field {
    /// What the field says of `study`.
    pub fn value(&self, study: &Study) -> FieldValue {
        self.read.of(study.value())
    }

    /// The concepts whose values the field shows, in the order of their table.
    pub fn concepts(&self) -> impl Iterator<Item = Concept> {
        let paths = self.paths();
        Concept::all().filter(move |concept| {
            let mut own = concept.definition().paths.iter();
            own.any(|own| {
                let is_shown = |shown: &&str| {
                    own.strip_prefix(*shown)
                        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
                };
                paths.iter().any(is_shown)
            })
        })
    }

    /// Of a list its path and the keys of its items that the field does not show.
    pub(super) fn left(&self) -> Option<(&'static str, &'static [&'static str])> {
        match self.read {
            Read::Items(path, shape) if !shape.left.is_empty() => Some((path, shape.left)),
            _ => None,
        }
    }

    /// The registry paths of which the field shows everything.
    pub fn paths(&self) -> Vec<&'static str> {
        self.read.paths()
    }
}
