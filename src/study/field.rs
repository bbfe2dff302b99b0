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
    KeyFacts "Key facts"
    Summary "Summary"
    Eligibility "Eligibility"
    Design "Arms and design"
    Outcomes "Outcomes"
    Locations "Locations"
    Contacts "Contacts"
    Dates "Dates"
    Results "Results"
    Sponsor "Sponsor and oversight"
    References "References"
    Sharing "Documents and data sharing"
    Identifiers "Identifiers"
    Terms "Registry terms"
    Other "Everything else in the record"
}

/// The key facts that a reader expects of every study: where one is missing, that is worth saying.
const EXPECTED: [&str; 11] = [
    "status",
    "phase",
    "type",
    "enrollment",
    "sponsor",
    "who",
    "start",
    "completion",
    "results",
    "conditions",
    "site-count",
];

impl Field {
    /// What the field says of `study`.
    pub fn value(&self, study: &Study) -> FieldValue {
        self.read.of(study.value())
    }

    /// Whether a reader expects it of every study.
    pub fn is_expected(&self) -> bool {
        EXPECTED.contains(&self.name)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_expected_is_a_key_fact() {
        let expected = FIELDS.iter().filter(|field| field.is_expected());
        let sections: Vec<_> = expected.map(|field| field.section).collect();
        assert_eq!(sections, [Section::KeyFacts; EXPECTED.len()]);
    }
}
