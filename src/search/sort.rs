//! In what order results stand: concepts of [`Concept::orders`], the nearest site or what is marked, each with a
//! direction. The next one orders what is equal by the one before.

mod by;

pub use by::By;

use std::fmt;
use std::str::FromStr;

use roaring::RoaringBitmap;

use super::mark_order::MarkOrder;
use super::place::nearest::Nearness;
use super::rows::Rows;
use crate::marks::Marks;
use crate::store::{Store, StudyIdx};
use crate::study::{Concept, NctId};

/// An order and its direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    pub by: By,
    pub direction: Direction,
}

/// Orders, of which the next one counts among what is equal by the one before. None of them is the order by relevance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sorts([Option<Sort>; Self::MOST]);

/// What orders need beside what a store states.
#[derive(Clone, Copy)]
pub struct Beside<'a> {
    pub near: &'a Nearness,
    pub marks: &'a Marks,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// As the table says: newest first, most first, A to Z.
    Natural,
    Reversed,
}

/// Says that no order has this name, or that there are too many.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnknownOrder {
    #[error("there is no order “{0}”; orders are {orders}, each also as reverse-…", orders = names())]
    Name(String),
    #[error("{} orders are allowed at most, with commas between them", Sorts::MOST)]
    TooMany,
}

fn names() -> String {
    By::all().map(By::name).collect::<Vec<_>>().join(", ")
}

impl Sort {
    /// The order in which studies stand in the store.
    pub const NEWEST: Self =
        Self { by: By::Concept(Concept::Updated), direction: Direction::Natural };

    /// What stands first: `newest first`.
    pub fn first(self) -> &'static str {
        self.by.first()[self.direction as usize]
    }

    /// The concept that it is by; `None` for the nearest site and for what is marked.
    pub fn concept(self) -> Option<Concept> {
        match self.by {
            By::Concept(concept) => Some(concept),
            By::Nearest | By::Marked(_) => None,
        }
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
    /// order of their ids; of marks, with the newest update first.
    pub fn rows(self, store: &Store, found: &RoaringBitmap, beside: Beside) -> Rows {
        let concept = match self.by {
            By::Concept(concept) => concept,
            By::Nearest => {
                let keyed = self.by_nearest(store, found, beside.near);
                return Rows::listed(keyed.into_iter().map(|(.., study)| study).collect());
            }
            By::Marked(order) => {
                let mut classes = self.by_mark(order, store, found, beside.marks);
                let rest = classes.iter().fold(found.clone(), |rest, class| rest - class);
                classes.push(rest);
                return Rows::in_classes(classes);
            }
        };
        let ordered = store.ordered(concept);
        match (concept, self.direction) {
            // So they stand in the store.
            (Concept::Updated, Direction::Natural) => Rows::in_classes([found.clone()]),
            (_, Direction::Natural) => picked(ordered.forwards(), found),
            (_, Direction::Reversed) => picked(ordered.backwards(), found),
        }
    }
}

impl Sorts {
    /// So many orders stand behind each other at most.
    pub const MOST: usize = 4;

    pub fn first(self) -> Option<Sort> {
        self.0[0]
    }

    /// Whether one of them is this one.
    pub fn has(self, by: By) -> bool {
        self.iter().any(|sort| sort.by == by)
    }

    /// Whether there is none, so that studies stand by relevance.
    pub fn is_empty(self) -> bool {
        self.first().is_none()
    }

    pub fn iter(self) -> impl DoubleEndedIterator<Item = Sort> {
        self.0.into_iter().flatten()
    }

    /// These orders and behind them others; one by the same concept as an earlier one orders nothing.
    pub fn and(self, others: Self) -> Result<Self, UnknownOrder> {
        let mut all: Vec<Sort> = Vec::new();
        for sort in self.iter().chain(others.iter()) {
            if !all.iter().any(|known| known.by == sort.by) {
                all.push(sort);
            }
        }
        if all.len() > Self::MOST {
            return Err(UnknownOrder::TooMany);
        }
        let mut sorts = Self::default();
        sorts.0.iter_mut().zip(all).for_each(|(slot, sort)| *slot = Some(sort));
        Ok(sorts)
    }

    /// The same with the first order the other way round; by relevance, the oldest update first.
    #[must_use]
    pub fn reversed(self) -> Self {
        let mut sorts = self;
        sorts.0[0] = Some(self.first().unwrap_or(Sort::NEWEST).reversed());
        sorts
    }

    /// `found` in these orders, of which there must be one.
    pub fn rows(self, store: &Store, found: &RoaringBitmap, beside: Beside) -> Rows {
        let mut sorts = self.iter().rev();
        let Some(last) = sorts.next() else { return Rows::in_classes([found.clone()]) };
        let mut rows = last.rows(store, found, beside);
        for sort in sorts {
            rows = Rows::listed(divided(&rows, &sort.classes(store, found, beside)));
        }
        rows
    }
}

impl Sort {
    /// The number of each study's class: equal studies have the same, and a lower one stands before a higher.
    fn classes(self, store: &Store, found: &RoaringBitmap, beside: Beside) -> Vec<u32> {
        let mut classes = vec![0; store.len()];
        let mut number = 0;
        let concept = match self.by {
            By::Concept(concept) => concept,
            By::Nearest => {
                let keyed = self.by_nearest(store, found, beside.near);
                for equal in keyed.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
                    for (.., study) in equal {
                        classes[study.0 as usize] = number;
                    }
                    number += 1;
                }
                return classes;
            }
            By::Marked(order) => {
                let marked = self.by_mark(order, store, found, beside.marks);
                classes.fill(marked.len() as u32);
                for (number, class) in (0..).zip(&marked) {
                    class.iter().for_each(|study| classes[study as usize] = number);
                }
                return classes;
            }
        };
        let ordered = store.ordered(concept);
        let mut take = |class: &mut dyn Iterator<Item = StudyIdx>| {
            class.for_each(|study| classes[study.0 as usize] = number);
            number += 1;
        };
        match self.direction {
            Direction::Natural => ordered.classes().for_each(|class| take(&mut class.iter())),
            Direction::Reversed => {
                ordered.classes_backwards().for_each(|class| take(&mut class.iter()));
            }
        }
        classes
    }

    /// The marked ones of `found`, equal ones together.
    fn by_mark(
        self,
        order: MarkOrder,
        store: &Store,
        found: &RoaringBitmap,
        marks: &Marks,
    ) -> Vec<RoaringBitmap> {
        let mut classes = order.classes(store, marks, found);
        if self.direction == Direction::Reversed {
            classes.reverse();
        }
        classes
    }

    /// `found` by how far the nearest site is, and by id where that is equal.
    fn by_nearest(
        self,
        store: &Store,
        found: &RoaringBitmap,
        near: &Nearness,
    ) -> Vec<(f32, NctId, StudyIdx)> {
        let keyed = found.iter().map(StudyIdx).map(|study| {
            let kilometres = near.nearest(store, study).map(|nearest| nearest.kilometres);
            let place = match self.direction {
                Direction::Natural => kilometres,
                Direction::Reversed => kilometres.map(|kilometres| -kilometres),
            };
            (place.unwrap_or(f32::INFINITY), store.id(study), study)
        });
        let mut keyed: Vec<_> = keyed.collect();
        keyed.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        keyed
    }
}

/// The rows by class; those of one class keep their order.
fn divided(rows: &Rows, classes: &[u32]) -> Vec<StudyIdx> {
    let class = |study: StudyIdx| classes[study.0 as usize] as usize;
    let most = rows.iter().map(class).max().map_or(0, |most| most + 1);
    let mut next = vec![0_usize; most + 1];
    rows.iter().for_each(|study| next[class(study) + 1] += 1);
    for at in 1..next.len() {
        next[at] += next[at - 1];
    }
    let mut divided = vec![StudyIdx(0); rows.len()];
    for study in rows {
        let place = &mut next[class(study)];
        divided[*place] = study;
        *place += 1;
    }
    divided
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

    /// `start`, and the other way round `reverse-start` or `-start`.
    fn from_str(text: &str) -> Result<Self, UnknownOrder> {
        let lower = text.to_ascii_lowercase();
        let reversed = lower.strip_prefix("reverse-").or_else(|| lower.strip_prefix('-'));
        let (name, direction) = match reversed {
            Some(name) => (name, Direction::Reversed),
            None => (lower.as_str(), Direction::Natural),
        };
        let found = By::named(name).map(|by| Self { by, direction });
        found.ok_or_else(|| UnknownOrder::Name(text.to_owned()))
    }
}

impl From<Option<Sort>> for Sorts {
    fn from(sort: Option<Sort>) -> Self {
        let mut sorts = Self::default();
        sorts.0[0] = sort;
        sorts
    }
}

impl fmt::Display for Sorts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, sort) in self.iter().enumerate() {
            let comma = if place > 0 { "," } else { "" };
            write!(f, "{comma}{sort}")?;
        }
        Ok(())
    }
}

impl FromStr for Sorts {
    type Err = UnknownOrder;

    /// Orders with commas between them.
    fn from_str(text: &str) -> Result<Self, UnknownOrder> {
        let mut sorts = Self::default();
        for name in text.split(',') {
            let sort: Sort = name.trim().parse()?;
            sorts = sorts.and(Some(sort).into())?;
        }
        Ok(sorts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back() {
        for by in By::all() {
            let sort: Sort = by.name().parse().unwrap();
            assert_eq!(sort.by, by);
            assert_eq!(sort.reversed().to_string().parse::<Sort>().unwrap(), sort.reversed());
        }
    }

    #[test]
    fn several_orders_read_back_and_each_concept_counts_once() {
        for (text, read) in [
            ("phase,-start", "phase,reverse-start"),
            ("Phase, START", "phase,start"),
            ("start,reverse-start,id", "start,id"),
            ("enroll", "enrollment"),
        ] {
            assert_eq!(text.parse::<Sorts>().unwrap().to_string(), read);
            assert_eq!(read.parse::<Sorts>(), text.parse());
        }
        for (text, wrong) in [
            ("phase,nothing", "there is no order “nothing”"),
            ("", "there is no order “”"),
            ("id,title,start,phase,status", "4 orders are allowed at most"),
        ] {
            let error = text.parse::<Sorts>().unwrap_err().to_string();
            assert!(error.starts_with(wrong), "{error}");
        }
    }
}
