//! What a list can say of each study, one thing a column: any concept, what is marked on it, or the nearest of the sites
//! that are asked for.
//!
//! It knows what columns are called. It does not know how their values are written or drawn.

use super::by_mark::MarkField;
use crate::study::concept::{Concept, Kind, Values};

/// What a column shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Concept(Concept),
    /// One of [`MarkField::LISTED`].
    Mark(MarkField),
    /// The nearest of the sites that `near:` asks for.
    Nearest,
}

/// A column that only one kind of list has, such as how a study fits somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnColumn {
    pub name: &'static str,
    /// How many columns of a terminal most of its values need.
    pub width: usize,
}

/// The name of the nearest site, in queries and lists.
const NEAREST: &str = "nearest";

/// The columns of a terminal that most nearest sites need, and those of a concept that has no width of its own.
const WIDTH: usize = 34;

impl Column {
    /// Every column that there can be.
    pub fn all() -> impl Iterator<Item = Self> + Clone {
        let marks = MarkField::LISTED.into_iter().map(Self::Mark);
        Concept::all().map(Self::Concept).chain(marks).chain([Self::Nearest])
    }

    /// The column that somebody calls `name`, in any case: as queries call it, else as CSV calls a concept.
    pub fn named(name: &str) -> Option<Self> {
        if name.eq_ignore_ascii_case(NEAREST) {
            return Some(Self::Nearest);
        }
        let is_name = |field: &MarkField| field.name().eq_ignore_ascii_case(name);
        let mark = || MarkField::LISTED.into_iter().find(is_name).map(Self::Mark);
        Concept::called(name).map(Self::Concept).or_else(mark)
    }

    /// The canonical name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Concept(concept) => concept.name(),
            Self::Mark(field) => field.name(),
            Self::Nearest => NEAREST,
        }
    }

    /// What the screen calls it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Concept(concept) => concept.label(),
            Self::Mark(field) => field.name(),
            Self::Nearest => "nearest site",
        }
    }

    /// How many columns of a terminal most of its values need.
    pub fn width(self) -> usize {
        match self {
            Self::Concept(concept) => concept.definition().column.map_or(WIDTH, |it| it.width),
            Self::Mark(MarkField::Decision) => 8,
            Self::Mark(MarkField::Seen) => 4,
            Self::Mark(MarkField::Reason) => 18,
            Self::Mark(_) | Self::Nearest => WIDTH,
        }
    }

    /// How many values one study can have in it.
    pub fn values(self) -> Values {
        match self {
            // What has too much text for a list is a list of texts.
            Self::Concept(concept) => {
                concept.definition().column.map_or(Values::Several, |it| it.values)
            }
            Self::Mark(MarkField::Tag | MarkField::Note) => Values::Several,
            Self::Mark(_) | Self::Nearest => Values::One,
        }
    }

    /// Whether its values are numbers, which end where the column ends.
    pub fn is_number(self) -> bool {
        match self {
            Self::Concept(concept) => {
                matches!(concept.definition().kind, Kind::Count(_) | Kind::Age(_))
            }
            Self::Mark(_) | Self::Nearest => false,
        }
    }
}

/// The canonical name of every column that a list can have.
pub fn column_names(own: &[OwnColumn]) -> impl Iterator<Item = &'static str> {
    let own: Vec<&str> = own.iter().map(|own| own.name).collect();
    own.into_iter().chain(Column::all().map(Column::name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_is_found_by_each_of_its_names_in_any_case() {
        for column in Column::all() {
            assert_eq!(Column::named(column.name()), Some(column));
            let Column::Concept(concept) = column else { continue };
            for prefix in concept.definition().prefixes {
                assert_eq!(Column::named(&prefix.to_uppercase()), Some(column), "{prefix}");
            }
        }
        for (name, concept) in
            [("nctId", Concept::Id), ("countries", Concept::Country), ("PHASES", Concept::Phase)]
        {
            assert_eq!(Column::named(name), Some(Column::Concept(concept)), "{name}");
        }
        // What queries call `sponsor` is more than the lead sponsor, which CSV calls so.
        assert_eq!(Column::named("sponsor"), Some(Column::Concept(Concept::Sponsor)));
        for name in ["", " ", "titel", "start date"] {
            assert_eq!(Column::named(name), None, "{name}");
        }
    }
}
