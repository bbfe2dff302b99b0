//! In what order results stand: a concept of [`Concept::orders`] and a direction.

use std::fmt;
use std::str::FromStr;

use roaring::RoaringBitmap;

use super::rows::Rows;
use crate::store::{Store, StudyIdx};
use crate::study::Concept;

/// An order and its direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// One of [`Concept::orders`].
    pub by: Concept,
    pub direction: Direction,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// As the table says: newest first, most first, A to Z.
    Natural,
    Reversed,
}

/// Says that no order has this name.
#[derive(Debug, thiserror::Error)]
#[error("there is no order “{name}”; orders are {}, each also as reverse-…", names())]
pub struct UnknownOrder {
    name: String,
}

fn names() -> String {
    Concept::orders().map(|(concept, _)| concept.name()).collect::<Vec<_>>().join(", ")
}

impl Sort {
    /// The order in which studies stand in the store.
    pub const NEWEST: Self = Self { by: Concept::Updated, direction: Direction::Natural };

    /// What stands first: `newest first`.
    pub fn first(self) -> &'static str {
        let order = self.by.definition().order;
        order.map_or("", |order| order.first[self.direction as usize])
    }

    #[must_use]
    pub fn reversed(self) -> Self {
        let direction = match self.direction {
            Direction::Natural => Direction::Reversed,
            Direction::Reversed => Direction::Natural,
        };
        Self { direction, ..self }
    }

    /// `found` in this order. Studies that state nothing come last in either direction, equal ones in the
    /// order of their ids.
    pub fn rows(self, store: &Store, found: &RoaringBitmap) -> Rows {
        let ordered = store.ordered(self.by);
        match (self.by, self.direction) {
            // So they stand in the store.
            (Concept::Updated, Direction::Natural) => Rows::in_classes([found.clone()]),
            (_, Direction::Natural) => picked(ordered.forwards(), found),
            (_, Direction::Reversed) => picked(ordered.backwards(), found),
        }
    }
}

/// Those of `found`, in the order of `all`, which are all that the store has.
fn picked(all: impl Iterator<Item = StudyIdx>, found: &RoaringBitmap) -> Rows {
    let last = found.max().map_or(0, |last| last as usize);
    let mut marks = vec![0_u64; last / 64 + 1];
    for study in found {
        marks[study as usize / 64] |= 1 << (study % 64);
    }
    // What is not found is written too, and then written over: quicker than to decide each time.
    let mut rows = vec![StudyIdx(0); found.len() as usize + 1];
    let mut count = 0;
    for study in all {
        rows[count] = study;
        let mark = marks.get(study.0 as usize / 64).map_or(0, |marks| marks >> (study.0 % 64) & 1);
        count += mark as usize;
    }
    rows.truncate(count);
    Rows::listed(rows)
}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reverse = match self.direction {
            Direction::Natural => "",
            Direction::Reversed => "reverse-",
        };
        write!(f, "{reverse}{}", self.by.name())
    }
}

impl FromStr for Sort {
    type Err = UnknownOrder;

    fn from_str(text: &str) -> Result<Self, UnknownOrder> {
        let lower = text.to_ascii_lowercase();
        let (name, direction) = match lower.strip_prefix("reverse-") {
            Some(name) => (name, Direction::Reversed),
            None => (lower.as_str(), Direction::Natural),
        };
        let found = Concept::orders().find(|(concept, _)| concept.name() == name);
        found
            .map(|(by, _)| Self { by, direction })
            .ok_or_else(|| UnknownOrder { name: text.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back() {
        for (concept, _) in Concept::orders() {
            let sort: Sort = concept.name().parse().unwrap();
            assert_eq!(sort.by, concept);
            assert_eq!(sort.reversed().to_string().parse::<Sort>().unwrap(), sort.reversed());
        }
    }
}
