//! Groups: what studies are counted by. Every group can be asked for, and the query finds the studies that it counts.

use std::ops::Bound::{Included, Unbounded};

use crate::search::complete::term_of;
use crate::search::query::{Ask, Term};
use crate::search::range::{Ends, Fit, Range, When};
use crate::store::{Store, ValueIdx};
use crate::study::concept::{Concept, Kind};
use crate::study::{Age, AgeUnit, PartialDate, StatedCount, StatedDate};
use crate::text;

/// The studies that state the same value, year or age, or a number within the same band.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    Value(ValueIdx),
    Year(PartialDate),
    /// In the greatest unit of which it is a whole number.
    Age(Age),
    /// Both ends are included; without the second one it is open.
    Band(u32, Option<u32>),
}

/// The bits of a key in which the unit of an age stands.
const UNIT: u32 = 3;

impl Group {
    /// What tells the group of a number, as the store has it, from the other groups of its concept.
    pub(super) fn key(concept: Concept, number: u32) -> u32 {
        match concept.definition().kind {
            Kind::Date(_) => {
                StatedDate::from_code(number).map_or(0, |it| u32::from(it.date.year()))
            }
            Kind::Count(_) => {
                let count = StatedCount::from_code(number).map_or(0, |it| it.count);
                let bands = concept.definition().bands;
                bands.partition_point(|&from| from <= count).saturating_sub(1) as u32
            }
            Kind::Age(_) => Age::from_code(number).map_or(0, |age| {
                let age = in_greatest_unit(age);
                age.number << UNIT | age.unit as u32
            }),
            _ => number,
        }
    }

    /// The group that has this [`key`](Self::key).
    pub(super) fn of_key(concept: Concept, key: u32) -> Option<Self> {
        match concept.definition().kind {
            Kind::Date(_) => Some(Self::Year(PartialDate::of_year(u16::try_from(key).ok()?)?)),
            Kind::Count(_) => {
                let bands = concept.definition().bands;
                let next = bands.get(key as usize + 1);
                Some(Self::Band(*bands.get(key as usize)?, next.map(|next| next - 1)))
            }
            Kind::Age(_) => {
                let unit = *AgeUnit::ALL.get((key & ((1 << UNIT) - 1)) as usize)?;
                Some(Self::Age(Age { number: key >> UNIT, unit }))
            }
            _ => Some(Self::Value(ValueIdx(key))),
        }
    }

    /// Its place among the numbers: years with the newest first, ages and bands with the least.
    pub(super) fn rank(self) -> u64 {
        match self {
            Self::Value(ValueIdx(value)) => u64::from(value),
            Self::Year(year) => u64::from(u16::MAX - year.year()),
            Self::Age(age) => age.minutes(),
            Self::Band(from, _) => u64::from(from),
        }
    }

    /// What people call it.
    pub fn label(self, store: &Store, concept: Concept) -> String {
        let grouped = |count: u32| text::grouped(u64::from(count));
        match self {
            Self::Value(value) => store.vocabulary(concept).label(value).to_owned(),
            Self::Year(year) => year.to_string(),
            Self::Age(age) => age.to_string(),
            Self::Band(from, Some(to)) if from == to => grouped(from),
            Self::Band(from, Some(to)) => format!("{}–{}", grouped(from), grouped(to)),
            Self::Band(from, None) => format!("{} or more", grouped(from)),
        }
    }

    /// What tables for machines have: the registry's code, the name, or what stands in a query: `100..499`.
    pub fn text(self, store: &Store, concept: Concept) -> String {
        match (self, self.range()) {
            (_, Some(range)) => range.to_string(),
            (Self::Value(value), None) => {
                concept.code(store.vocabulary(concept).label(value)).to_owned()
            }
            (_, None) => String::new(),
        }
    }

    /// What finds the studies of the group.
    pub fn term(self, store: &Store, concept: Concept) -> Term {
        let ask = match (self, self.range()) {
            (Self::Value(value), _) if concept.has_codes() => {
                return term_of(store, concept, value);
            }
            // A word would find its other names too.
            (Self::Value(value), _) => {
                Ask::Quoted(store.vocabulary(concept).label(value).to_owned())
            }
            (_, range) => range.map_or(Ask::NotStated, Ask::Range),
        };
        Term { concept: Some(concept), ask }
    }

    fn range(self) -> Option<Range> {
        match self {
            Self::Value(_) => None,
            Self::Year(year) => {
                Some(Range::Dates(Ends::both(When::On(year), When::On(year)), Fit::Possibly))
            }
            Self::Age(age) => Some(Range::Ages(Ends::both(age, age))),
            Self::Band(from, to) => {
                let to = to.map_or(Unbounded, Included);
                Some(Range::Counts(Ends { from: Included(from), to }))
            }
        }
    }
}

/// `1 year` for `12 months`.
fn in_greatest_unit(age: Age) -> Age {
    let minutes = age.minutes();
    let whole = |unit: &AgeUnit| minutes.is_multiple_of(u64::from(unit.minutes()));
    let unit = AgeUnit::ALL.into_iter().rfind(whole).unwrap_or(age.unit);
    let number = u32::try_from(minutes / u64::from(unit.minutes())).unwrap_or(age.number);
    Age { number, unit }
}
