//! Statistics: how studies are distributed over what they state for a concept: its values, years, ages or bands of
//! numbers; over what is marked on them; and over two of these at once.
//!
//! It counts any set of studies. It does not know how they were found, nor how counts are written or drawn.

mod by_mark;
mod counter;
mod cross;
mod group;
mod quartiles;

pub use cross::CrossTable;
pub use group::Group;
pub use quartiles::{Quarters, Quartiles};

use std::str::FromStr;

use roaring::RoaringBitmap;

use super::by_mark::MarkField;
use super::rows::Rows;
use super::spread;
use super::step::Step;
use crate::marks::Marks;
use crate::store::{Store, ValueIdx};
use crate::study::Concept;
use crate::study::concept::{Kind, Values};
use by_mark::Marked;
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
    marks: &'a Marks,
    studies: RoaringBitmap,
}

/// What studies are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    /// A countable concept.
    Concept(Concept),
    /// What is marked in a field.
    Mark(MarkField),
}

impl<'a> Statistics<'a> {
    /// Of what a search of `store` has found, where something is marked.
    pub fn new(store: &'a Store, marks: &'a Marks, rows: &Rows) -> Self {
        Self { store, marks, studies: rows.studies() }
    }

    /// Counts by one dimension. Of names the `most` frequent are listed, of anything else all groups.
    pub fn by(&self, by: Dimension, most: usize) -> Distribution {
        match by {
            Dimension::Concept(concept) => distribution(self.store, concept, &self.studies, most),
            Dimension::Mark(field) => {
                Marked::new(field, self.store, self.marks).distribution(&self.studies, most)
            }
        }
    }

    /// Counts by two dimensions at once.
    pub fn cross(&self, by: [Dimension; 2], most: usize) -> CrossTable {
        CrossTable::new(self, by, most)
    }
}

/// What to count by, as somebody named it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub name: String,
    pub by: Dimension,
}

impl Dimension {
    /// What can be counted of marks.
    pub const MARKS: [MarkField; 4] =
        [MarkField::Decision, MarkField::Reason, MarkField::Tag, MarkField::Seen];

    /// Everything that studies can be counted by.
    pub fn all() -> impl Iterator<Item = Self> {
        countable().map(Self::Concept).chain(Self::MARKS.map(Self::Mark))
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Concept(concept) => concept.name(),
            Self::Mark(field) => field.name(),
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Concept(concept) => concept.label(),
            Self::Mark(field) => field.name(),
        }
    }

    /// What people call it where a study says nothing of it.
    pub fn nothing(self) -> &'static str {
        match self {
            Self::Concept(_) => "not stated",
            Self::Mark(_) => "none",
        }
    }
}

/// Says that nothing can be counted by this name.
#[derive(Clone, Debug, thiserror::Error)]
#[error("nothing is counted by “{name}”; fields are {}", names_of_countable())]
pub struct UnknownField {
    name: String,
}

fn names_of_countable() -> String {
    Dimension::all().map(Dimension::name).collect::<Vec<_>>().join(", ")
}

impl FromStr for Field {
    type Err = UnknownField;

    fn from_str(name: &str) -> Result<Self, UnknownField> {
        let name = name.trim().to_owned();
        match named(&name) {
            Some(by) => Ok(Self { name, by }),
            None => Err(UnknownField { name }),
        }
    }
}

/// How studies are distributed over the groups of a dimension.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution {
    pub by: Dimension,
    /// How many studies were counted.
    pub studies: u32,
    /// The groups that have any study. Codes, years, ages and bands stand in their own order, names with the most
    /// frequent first.
    pub groups: Vec<(Group, u32)>,
    /// How many more groups have any study.
    pub others: usize,
    /// The studies that state nothing, or on which nothing is marked.
    pub not_stated: u32,
    /// What the groups of marks are called.
    names: Vec<String>,
    /// Of numbers that can be ordered: where their quarters lie. `None` if no study states one.
    pub quartiles: Option<Quartiles>,
}

impl Distribution {
    /// Whether one study can be in several groups.
    pub fn is_of_several(&self) -> bool {
        match self.by {
            Dimension::Concept(concept) => {
                let column = concept.definition().column;
                column.is_some_and(|column| column.values == Values::Several)
            }
            Dimension::Mark(field) => field == MarkField::Tag,
        }
    }

    /// What people call a group.
    pub fn label(&self, store: &Store, group: Option<Group>) -> String {
        match (group, self.by) {
            (None, by) => by.nothing().to_owned(),
            (Some(Group::Mark(name)), _) => self.named(name),
            (Some(group), Dimension::Concept(concept)) => group.label(store, concept),
            (Some(_), Dimension::Mark(_)) => String::new(),
        }
    }

    /// What tables for machines have; `None` if nothing is stated.
    pub fn text(&self, store: &Store, group: Option<Group>) -> Option<String> {
        match (group?, self.by) {
            (Group::Mark(name), _) => Some(self.named(name)),
            (group, Dimension::Concept(concept)) => Some(group.text(store, concept)),
            (_, Dimension::Mark(_)) => None,
        }
    }

    fn named(&self, name: u32) -> String {
        self.names.get(name as usize).cloned().unwrap_or_default()
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
        Kind::Words(_) | Kind::AgeLimits | Kind::Passages(_) | Kind::Prose => false,
    })
}

/// What somebody calls `name`: a countable concept, or a field of marks.
fn named(name: &str) -> Option<Dimension> {
    let concept = Concept::called(name).filter(|&concept| countable().any(|it| it == concept));
    let mut marks = Dimension::MARKS.into_iter();
    concept.map(Dimension::Concept).or_else(|| {
        marks.find(|field| field.name().eq_ignore_ascii_case(name)).map(Dimension::Mark)
    })
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
    Distribution { studies: studies.len() as u32, ..counted }
}

/// A distribution of which nothing is known.
fn nothing(by: Dimension) -> Distribution {
    Distribution {
        by,
        studies: 0,
        groups: Vec::new(),
        others: 0,
        not_stated: 0,
        names: Vec::new(),
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
        ..nothing(Dimension::Concept(concept))
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
        ..nothing(Dimension::Concept(concept))
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
    Distribution { groups, not_stated, quartiles, ..nothing(Dimension::Concept(concept)) }
}

#[cfg(test)]
mod tests;
