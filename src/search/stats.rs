//! Statistics: how studies are distributed over what they state for a concept: its values, years, ages or bands of
//! numbers; and over two concepts at once.
//!
//! It counts any set of studies. It does not know how they were found, nor how counts are written or drawn.

mod counter;
mod cross;
mod group;
mod quartiles;

pub use cross::CrossTable;
pub use group::Group;
pub use quartiles::{Quarters, Quartiles};

use std::str::FromStr;

use roaring::RoaringBitmap;

use super::rows::Rows;
use super::spread;
use super::step::Step;
use crate::store::{Store, ValueIdx};
use crate::study::Concept;
use crate::study::concept::{Kind, Values};
use counter::Counter;

/// The concepts of the dashboard, in its order.
pub const DASHBOARD: [Concept; 9] = [
    Concept::Status,
    Concept::Phase,
    Concept::StudyType,
    Concept::Start,
    Concept::Enrollment,
    Concept::Lead,
    Concept::Condition,
    Concept::Country,
    Concept::Results,
];

/// What can be counted of some studies.
pub struct Statistics<'a> {
    store: &'a Store,
    studies: RoaringBitmap,
}

impl<'a> Statistics<'a> {
    /// Of what a search of `store` has found.
    pub fn new(store: &'a Store, rows: &Rows) -> Self {
        Self { store, studies: rows.studies() }
    }

    /// Counts by a countable concept. Of names the `most` frequent are listed, of anything else all groups.
    pub fn by(&self, concept: Concept, most: usize) -> Distribution {
        distribution(self.store, concept, &self.studies, most)
    }

    /// Counts by two countable concepts at once.
    pub fn cross(&self, concepts: [Concept; 2], most: usize) -> CrossTable {
        CrossTable::new(self.store, concepts, &self.studies, most)
    }
}

/// A concept to count by, as somebody named it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub name: String,
    pub concept: Concept,
}

/// Says that nothing can be counted by this name.
#[derive(Clone, Debug, thiserror::Error)]
#[error("nothing is counted by “{name}”; fields are {}", names_of_countable())]
pub struct UnknownField {
    name: String,
}

fn names_of_countable() -> String {
    countable().map(Concept::name).collect::<Vec<_>>().join(", ")
}

impl FromStr for Field {
    type Err = UnknownField;

    fn from_str(name: &str) -> Result<Self, UnknownField> {
        let name = name.trim().to_owned();
        match named(&name) {
            Some(concept) => Ok(Self { name, concept }),
            None => Err(UnknownField { name }),
        }
    }
}

/// How studies are distributed over the groups of a concept.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution {
    pub concept: Concept,
    /// How many studies were counted.
    pub studies: u32,
    /// The groups that have any study. Codes, years, ages and bands stand in their own order, names with the most
    /// frequent first.
    pub groups: Vec<(Group, u32)>,
    /// How many more groups have any study.
    pub others: usize,
    /// The studies that state nothing.
    pub not_stated: u32,
    /// Of numbers that can be ordered: where their quarters lie. `None` if no study states one.
    pub quartiles: Option<Quartiles>,
}

impl Distribution {
    /// Whether one study can be in several groups.
    pub fn is_of_several(&self) -> bool {
        let column = self.concept.definition().column;
        column.is_some_and(|column| column.values == Values::Several)
    }

    /// Which part of the studies so many are: `52 %`.
    pub fn share(&self, studies: u32) -> String {
        let (part, all) = (u64::from(studies), u64::from(self.studies.max(1)));
        match (200 * part + all) / (2 * all) {
            0 if part > 0 => "<1 %".to_owned(),
            percent => format!("{percent} %"),
        }
    }

    /// Every group with its studies, and at the end "not stated", which is `None`.
    pub fn bars(&self) -> impl Iterator<Item = (Option<Group>, u32)> {
        let groups = self.groups.iter().map(|&(group, studies)| (Some(group), studies));
        groups.chain([(None, self.not_stated)])
    }
}

/// The concepts by which studies can be counted.
pub fn countable() -> impl Iterator<Item = Concept> {
    Concept::asked().filter(|concept| match concept.definition().kind {
        Kind::Codes(..) | Kind::Date(_) | Kind::Count(_) | Kind::Age(_) => true,
        // Every study has an id of its own.
        Kind::Names(_) => *concept != Concept::Id,
        Kind::Words(_) | Kind::AgeLimits | Kind::Prose => false,
    })
}

/// The countable concept that somebody calls `name`.
fn named(name: &str) -> Option<Concept> {
    Concept::called(name).filter(|&concept| countable().any(|it| it == concept))
}

pub(super) fn distribution(
    store: &Store,
    concept: Concept,
    studies: &RoaringBitmap,
    most: usize,
) -> Distribution {
    let counted = match concept.definition().kind {
        Kind::Codes(..) => codes(store, concept, studies),
        Kind::Names(_) => names(store, concept, studies, most),
        _ => numbers(store, concept, studies),
    };
    Distribution { concept, studies: studies.len() as u32, ..counted }
}

/// A distribution of which nothing is known.
fn nothing(concept: Concept) -> Distribution {
    Distribution {
        concept,
        studies: 0,
        groups: Vec::new(),
        others: 0,
        not_stated: 0,
        quartiles: None,
    }
}

fn codes(store: &Store, concept: Concept, studies: &RoaringBitmap) -> Distribution {
    let vocabulary = store.vocabulary(concept);
    let counts: Vec<u32> = match vocabulary.sets() {
        Some(sets) => sets.iter().map(|set| set.intersection_len(studies) as u32).collect(),
        None => spread::tallied(vocabulary, studies),
    };
    let groups = spread::in_order(concept, vocabulary, &counts);
    Distribution {
        groups: of_values(groups),
        not_stated: vocabulary.not_stated().intersection_len(studies) as u32,
        ..nothing(concept)
    }
}

fn names(store: &Store, concept: Concept, studies: &RoaringBitmap, most: usize) -> Distribution {
    let vocabulary = store.vocabulary(concept);
    let values = spread::spread(vocabulary, studies);
    let all = values.len();
    let groups = spread::most_frequent(values, most);
    Distribution {
        others: all - groups.len(),
        groups: of_values(groups),
        not_stated: vocabulary.not_stated().intersection_len(studies) as u32,
        ..nothing(concept)
    }
}

fn of_values(values: Vec<(ValueIdx, u32)>) -> Vec<(Group, u32)> {
    values.into_iter().map(|(value, studies)| (Group::Value(value), studies)).collect()
}

fn numbers(store: &Store, concept: Concept, studies: &RoaringBitmap) -> Distribution {
    let (mut counter, mut not_stated) = (Counter::default(), 0);
    let is_count = matches!(concept.definition().kind, Kind::Count(_));
    let mut counts = Vec::new();
    for number in store.numbers_of(concept, studies) {
        match number {
            Some(number) => {
                counter.add(Step::key(concept, number));
                if is_count {
                    counts.push(number);
                }
            }
            None => not_stated += 1,
        }
    }
    let mut steps: Vec<(Step, u32)> =
        counter.counts().filter_map(|(key, n)| Some((Step::of_key(concept, key)?, n))).collect();
    steps.sort_by_key(|(step, _)| step.rank());
    let groups = steps.into_iter().map(|(step, n)| (Group::Step(step), n)).collect();
    let quartiles = Quartiles::of(&counts);
    Distribution { groups, not_stated, quartiles, ..nothing(concept) }
}

#[cfg(test)]
mod tests;
