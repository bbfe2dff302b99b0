//! Steps: the years, ages, bands of counts and times until today by which studies are counted. Each is a range that a
//! query can ask for. It does not count.

use std::ops::Bound::{Excluded, Included, Unbounded};

use super::range::{Ends, Fit, Range, When};
use crate::study::calendar::{Length, LengthUnit};
use crate::study::concept::{Concept, Kind};
use crate::study::{Age, AgeUnit, PartialDate, StatedCount, StatedDate};
use crate::text;

/// A range of numbers by which studies are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    Year(PartialDate),
    /// In the greatest unit of which it is a whole number.
    Age(Age),
    /// Both ends are included; without the second one it is open.
    Band(u32, Option<u32>),
    /// From so long ago until today.
    Within(Length),
    /// Longer ago.
    Before(Length),
}

/// The bits of a key in which the unit of an age stands.
const UNIT: u32 = 3;

impl Step {
    /// What tells the step of a number, as the store has it, from the other steps of its concept.
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

    /// The step that has this [`key`](Self::key).
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
            _ => None,
        }
    }

    /// The times until today by which the filters count `concept`, and at the end what is longer ago.
    pub(super) fn recent(concept: Concept) -> impl Iterator<Item = Self> {
        let recent = concept.definition().recent;
        let before = recent.last().copied().map(Self::Before);
        recent.iter().copied().map(Self::Within).chain(before)
    }

    /// The step of the filters that `range` is; `None` if they do not count by it.
    pub(super) fn of_filter(concept: Concept, range: &Range) -> Option<Self> {
        let is_recent = !concept.definition().recent.is_empty();
        let step = match *range {
            _ if is_recent => Self::recent(concept).find(|step| step.range() == *range)?,
            Range::Dates(Ends { from: Included(When::On(date)), .. }, _) => {
                Self::Year(PartialDate::of_year(date.year())?)
            }
            Range::Counts(Ends { from: Included(count), .. }) => {
                let bands = concept.definition().bands;
                let key = bands.iter().position(|&from| from == count)?;
                Self::of_key(concept, key as u32)?
            }
            Range::Ages(Ends { from: Included(age), .. }) => Self::Age(in_greatest_unit(age)),
            _ => return None,
        };
        (step.range() == *range).then_some(step)
    }

    /// Its place among the others of its concept: years with the newest first, anything else with the least.
    pub(super) fn rank(self) -> u64 {
        match self {
            Self::Year(year) => u64::from(u16::MAX - year.year()),
            Self::Age(age) => age.minutes(),
            Self::Band(from, _) => u64::from(from),
            Self::Within(length) => u64::from(length.count),
            Self::Before(_) => u64::MAX,
        }
    }

    /// What people call it.
    pub fn label(self) -> String {
        let grouped = |count: u32| text::grouped(u64::from(count));
        match self {
            Self::Year(year) => year.to_string(),
            Self::Age(age) => age.to_string(),
            Self::Band(from, Some(to)) if from == to => grouped(from),
            Self::Band(from, Some(to)) => format!("{}–{}", grouped(from), grouped(to)),
            Self::Band(from, None) => format!("{} or more", grouped(from)),
            Self::Within(length) => match in_words(length) {
                (1, unit) => format!("in the last {unit}"),
                (count, unit) => format!("in the last {count} {unit}s"),
            },
            Self::Before(length) => match in_words(length) {
                (1, unit) => format!("more than a {unit} ago"),
                (count, unit) => format!("more than {count} {unit}s ago"),
            },
        }
    }

    /// What a query asks to find its studies.
    pub fn range(self) -> Range {
        match self {
            Self::Year(year) => {
                Range::Dates(Ends::both(When::On(year), When::On(year)), Fit::Possibly)
            }
            Self::Age(age) => Range::Ages(Ends::both(age, age)),
            Self::Band(from, to) => {
                let to = to.map_or(Unbounded, Included);
                Range::Counts(Ends { from: Included(from), to })
            }
            Self::Within(length) => {
                Range::Dates(Ends::both(When::Last(length), When::Last(length)), Fit::Possibly)
            }
            Self::Before(length) => {
                let ends = Ends { from: Unbounded, to: Excluded(When::Last(length)) };
                Range::Dates(ends, Fit::Possibly)
            }
        }
    }
}

fn in_words(length: Length) -> (u16, &'static str) {
    let unit = match length.unit {
        LengthUnit::Days => "day",
        LengthUnit::Weeks => "week",
        LengthUnit::Months => "month",
        LengthUnit::Years => "year",
    };
    (length.count, unit)
}

/// `1 year` for `12 months`.
fn in_greatest_unit(age: Age) -> Age {
    let minutes = age.minutes();
    let whole = |unit: &AgeUnit| minutes.is_multiple_of(u64::from(unit.minutes()));
    let unit = AgeUnit::ALL.into_iter().rfind(whole).unwrap_or(age.unit);
    let number = u32::try_from(minutes / u64::from(unit.minutes())).unwrap_or(age.number);
    Age { number, unit }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::parse;
    use crate::search::query::{Ask, Expr};

    #[test]
    fn a_range_is_a_step_of_the_filters_or_is_none() {
        for (query, label) in [
            ("start:2023", Some("2023")),
            ("start:2023-05", None),
            ("start:=2023", None),
            ("start:>=2023", None),
            ("start:2022..2023", None),
            ("start:last-1y", None),
            ("updated:2023", None),
            ("updated:last-1y", Some("in the last year")),
            ("updated:last-30d", Some("in the last 30 days")),
            ("updated:last-3y", None),
            ("updated:<last-10y", Some("more than 10 years ago")),
            ("updated:<last-5y", None),
            ("enrollment:0", Some("0")),
            ("enrollment:100..499", Some("100–499")),
            ("enrollment:100..500", None),
            ("enrollment:>=10000", Some("10,000 or more")),
            ("enrollment:>=5000", None),
            ("enrollment:actual", None),
        ] {
            let Expr::Term(term) = parse(query).unwrap().expr else { panic!("{query}") };
            let Ask::Range(range) = term.ask else { panic!("{query}") };
            let step = Step::of_filter(term.concept.unwrap(), &range);
            assert_eq!(step.map(Step::label).as_deref(), label, "{query}");
        }
    }
}
