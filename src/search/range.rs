//! Ranges of dates, counts and ages: their text, and which studies lie in them.
//!
//! A date of which the day or the month is unknown is a span of days. It lies in a range if any of its days does. Where
//! the limit of an age is not stated, that side is open, and every age fits.

use std::fmt::{self, Display};
use std::ops::Bound::{self, Excluded, Included, Unbounded};

use roaring::RoaringBitmap;

use crate::store::Store;
use crate::study::calendar::{Day, Length, LengthUnit, Span};
use crate::study::{Age, AgeUnit, Certainty, Concept, PartialDate};

/// What a query can ask of dates, counts and ages. Its [`Display`] is the text that stands behind the prefix.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Range {
    Dates(Ends<When>, Fit),
    Counts(Ends<u32>),
    Ages(Ends<Age>),
    /// `actual` or `estimated`: what is said of a date or a count.
    Certainty(Certainty),
}

/// Where a range begins and ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ends<T> {
    pub from: Bound<T>,
    pub to: Bound<T>,
}

/// Whether a date of which only the month or the year is known lies in a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fit {
    /// If it may lie there.
    Possibly,
    /// Only if it lies there for certain: `=2023-05-20`.
    Certainly,
}

/// One or more days, some of them counted from today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum When {
    On(PartialDate),
    Today,
    /// From so long ago until today: `last-30d`.
    Last(Length),
    /// From today on for so long: `next-6mo`.
    Next(Length),
}

impl When {
    /// Its days, if today is `today`: of `last-30d` all of them.
    pub fn span(self, today: Day) -> Span {
        match self {
            Self::On(date) => Span::of(date),
            Self::Today => Span { first: today, last: today },
            Self::Last(length) => Span { first: today.before(length), last: today },
            Self::Next(length) => Span { first: today, last: today.after(length) },
        }
    }

    /// Its days where it is the end of a range or is compared with: of `last-30d` the day so long ago.
    pub fn as_end(self, today: Day) -> Span {
        let day = match self {
            Self::On(_) | Self::Today => return self.span(today),
            Self::Last(length) => today.before(length),
            Self::Next(length) => today.after(length),
        };
        Span { first: day, last: day }
    }
}

impl<T: Copy> Ends<T> {
    pub fn both(from: T, to: T) -> Self {
        Self { from: Included(from), to: Included(to) }
    }
}

/// The studies for which what they state for `concept` lies in `range`.
pub(super) fn within(store: &Store, concept: Concept, range: &Range, today: Day) -> RoaringBitmap {
    match range {
        Range::Dates(ends, fit) => dates(store, concept, *ends, *fit, today),
        Range::Counts(ends) => {
            let (from, to) = (at_least(ends.from), at_most(ends.to));
            let (Some(from), Some(to)) = (from, to) else { return RoaringBitmap::new() };
            store.with_number(concept, |code| {
                let count = code & !Certainty::MASK;
                count >= from && count <= to
            })
        }
        Range::Ages(ends) if concept == Concept::AgeLimits => fitting(store, *ends),
        Range::Ages(ends) => {
            let from = match ends.from {
                Included(age) => age.minutes(),
                Excluded(age) => age.minutes() + 1,
                Unbounded => 0,
            };
            match last_minute(ends.to) {
                Some(to) => {
                    of_ages(store, concept, |minutes| from.div_ceil(minutes)..=to / minutes)
                }
                None => RoaringBitmap::new(),
            }
        }
        Range::Certainty(certainty) => {
            let wanted = certainty.bits();
            store.with_number(concept, |code| code & Certainty::MASK == wanted)
        }
    }
}

/// The studies that state nothing for `concept`; for the age that fits, no limit at all.
pub(super) fn silent(store: &Store, concept: Concept) -> RoaringBitmap {
    match concept {
        Concept::AgeLimits => store.silent(Concept::MinimumAge) & store.silent(Concept::MaximumAge),
        concept => store.silent(concept),
    }
}

/// The studies that leave the age open on one side or on both.
pub(super) fn open(store: &Store) -> RoaringBitmap {
    store.without_limit(Concept::MinimumAge) | store.without_limit(Concept::MaximumAge)
}

fn at_least(from: Bound<u32>) -> Option<u32> {
    match from {
        Included(count) => Some(count),
        Excluded(count) => count.checked_add(1),
        Unbounded => Some(0),
    }
}

fn at_most(to: Bound<u32>) -> Option<u32> {
    match to {
        Included(count) => Some(count),
        Excluded(count) => count.checked_sub(1),
        Unbounded => Some(u32::MAX),
    }
}

/// The last minute of life that ages up to `to` have; `None` if there is none.
fn last_minute(to: Bound<Age>) -> Option<u64> {
    match to {
        Included(age) => Some(age.minutes()),
        Excluded(age) => age.minutes().checked_sub(1),
        Unbounded => Some(u64::MAX),
    }
}

fn dates(store: &Store, concept: Concept, ends: Ends<When>, fit: Fit, today: Day) -> RoaringBitmap {
    let is_one = ends.from == ends.to;
    let days = |when: When| if is_one { when.span(today) } else { when.as_end(today) };
    let first = match ends.from {
        Included(when) => days(when).first,
        Excluded(when) => Day(days(when).last.0 + 1),
        Unbounded => Day::FIRST,
    };
    let last = match ends.to {
        Included(when) => days(when).last,
        Excluded(when) => Day(days(when).first.0 - 1),
        Unbounded => Day::LAST,
    };
    if first > last || first > Day::LAST || last < Day::FIRST {
        return RoaringBitmap::new();
    }
    let [first, last] = [first, last].map(|day| day.date().to_code());
    match fit {
        Fit::Possibly => store.with_number(concept, |code| {
            let date = code & !Certainty::MASK;
            to_the_end(date) >= first && date <= last
        }),
        Fit::Certainly => {
            let (first, last) = (from_the_start(first), to_its_end(last));
            store.with_number(concept, |code| {
                let date = code & !Certainty::MASK;
                date >= first && to_the_end(date) <= last
            })
        }
    }
}

/// The bits of a date's code in which its day and its month stand.
const DAY: u32 = 0xff;
const MONTH: u32 = 0xff00;

/// The code of a date, where a part that is unknown counts as later than any that is known.
fn to_the_end(code: u32) -> u32 {
    let day = if code & DAY == 0 { DAY } else { 0 };
    let month = if code & MONTH == 0 { MONTH } else { 0 };
    code | day | month
}

/// The code of the longest span that begins with a day: its month or year if it is the first day of one.
fn from_the_start(day: u32) -> u32 {
    match (day & MONTH, day & DAY) {
        (0x0100, 1) => day & !(MONTH | DAY),
        (_, 1) => day & !DAY,
        _ => day,
    }
}

/// The code of a day, as [`to_the_end`] has it for the longest span that ends with the day.
fn to_its_end(day: u32) -> u32 {
    let is_last = PartialDate::from_code(day & !DAY)
        .is_some_and(|month| Span::of(month).last.date().to_code() == day);
    match (day & MONTH, is_last) {
        (0x0c00, true) => day | MONTH | DAY,
        (_, true) => day | DAY,
        _ => day,
    }
}

/// The studies whose age lies among the numbers that `numbers` gives for the minutes of each unit.
fn of_ages(
    store: &Store,
    concept: Concept,
    numbers: impl Fn(u64) -> std::ops::RangeInclusive<u64>,
) -> RoaringBitmap {
    // Two codes have no unit, and contain nothing.
    let mut within = [[1, 0]; 8];
    for (unit, within) in AgeUnit::ALL.into_iter().zip(&mut within) {
        let numbers = numbers(u64::from(unit.minutes()));
        let greatest = u64::from(Age::GREATEST);
        if *numbers.start() <= greatest {
            *within = [*numbers.start() as u32, (*numbers.end()).min(greatest) as u32];
        }
    }
    store.with_number(concept, |code| {
        let [from, to] = within[(code >> Age::BITS) as usize];
        let number = code & Age::GREATEST;
        number >= from && number <= to
    })
}

/// The studies in which somebody of an age that lies between `ends` can take part. A limit is met until the next whole
/// unit is reached: at 65 years and a half one is 65 years old.
fn fitting(store: &Store, ends: Ends<Age>) -> RoaringBitmap {
    let Some(oldest) = last_minute(ends.to) else { return RoaringBitmap::new() };
    let youngest = match ends.from {
        Included(age) => age.minutes(),
        Excluded(age) => Age { number: age.number.saturating_add(1), ..age }.minutes(),
        Unbounded => 0,
    };
    let begun = of_ages(store, Concept::MinimumAge, |minutes| 0..=oldest / minutes);
    let not_over = of_ages(store, Concept::MaximumAge, |minutes| youngest / minutes..=u64::MAX);
    (begun | store.without_limit(Concept::MinimumAge))
        & (not_over | store.without_limit(Concept::MaximumAge))
}

impl Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dates(ends, Fit::Possibly) => write!(f, "{ends}"),
            Self::Dates(ends, Fit::Certainly) => write!(f, "={ends}"),
            Self::Counts(ends) => write!(f, "{ends}"),
            Self::Ages(Ends { from, to }) => {
                let [from, to] = [from, to].map(|end| end.map(Short));
                write!(f, "{}", Ends { from, to })
            }
            Self::Certainty(Certainty::Estimated) => f.write_str("estimated"),
            Self::Certainty(Certainty::Actual | Certainty::Unstated) => f.write_str("actual"),
        }
    }
}

impl<T: Display + PartialEq> Display for Ends<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.from, &self.to) {
            (Included(from), Included(to)) if from == to => write!(f, "{from}"),
            (Included(from) | Excluded(from), Included(to) | Excluded(to)) => {
                write!(f, "{from}..{to}")
            }
            (Included(from), Unbounded) => write!(f, ">={from}"),
            (Excluded(from), Unbounded) => write!(f, ">{from}"),
            (Unbounded, Included(to)) => write!(f, "<={to}"),
            (Unbounded, Excluded(to)) => write!(f, "<{to}"),
            (Unbounded, Unbounded) => f.write_str(".."),
        }
    }
}

impl Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (way, length) = match self {
            Self::On(date) => return write!(f, "{date}"),
            Self::Today => return f.write_str("today"),
            Self::Last(length) => ("last", length),
            Self::Next(length) => ("next", length),
        };
        let unit = match length.unit {
            LengthUnit::Days => "d",
            LengthUnit::Weeks => "w",
            LengthUnit::Months => "mo",
            LengthUnit::Years => "y",
        };
        write!(f, "{way}-{}{unit}", length.count)
    }
}

/// An age as short as a query has it: `54`, `6mo`.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Short(pub(super) Age);

impl Display for Short {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.0.unit {
            AgeUnit::Years => "",
            AgeUnit::Months => "mo",
            AgeUnit::Weeks => "w",
            AgeUnit::Days => "d",
            AgeUnit::Hours => "h",
            AgeUnit::Minutes => "min",
        };
        write!(f, "{}{unit}", self.0.number)
    }
}

#[cfg(test)]
mod tests;
