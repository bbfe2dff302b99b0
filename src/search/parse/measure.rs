//! The values that ranges are made of: dates, counts and ages as people type them.

use crate::search::range::{Short, When};
use crate::study::calendar::{Day, Length, LengthUnit};
use crate::study::concept::Kind;
use crate::study::{Age, AgeUnit, Concept, PartialDate, StatedCount};

/// What ranges of a concept are made of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    Date,
    Count,
    Age,
}

/// What is wrong with the text of a range.
pub(super) type Wrong = String;

/// What people write for the units of ages and of lengths of time. `m` is none: minutes or months.
const AGE_UNITS: &[(AgeUnit, &[&str])] = &[
    (AgeUnit::Years, &["y", "yr", "yrs", "year", "years", ""]),
    (AgeUnit::Months, &["mo", "mos", "month", "months"]),
    (AgeUnit::Weeks, &["w", "wk", "wks", "week", "weeks"]),
    (AgeUnit::Days, &["d", "day", "days"]),
    (AgeUnit::Hours, &["h", "hr", "hrs", "hour", "hours"]),
    (AgeUnit::Minutes, &["min", "mins", "minute", "minutes"]),
];

const LENGTH_UNITS: &[(LengthUnit, &[&str])] = &[
    (LengthUnit::Days, &["d", "day", "days"]),
    (LengthUnit::Weeks, &["w", "wk", "wks", "week", "weeks"]),
    (LengthUnit::Months, &["mo", "mos", "month", "months"]),
    (LengthUnit::Years, &["y", "yr", "yrs", "year", "years"]),
];

impl Measure {
    /// `None` if no ranges are asked of `concept`.
    pub(super) fn of(concept: Concept) -> Option<Self> {
        match concept.definition().kind {
            Kind::Date(_) => Some(Self::Date),
            Kind::Count(_) => Some(Self::Count),
            Kind::Age(_) | Kind::AgeLimits => Some(Self::Age),
            Kind::Codes(..) | Kind::Names(_) | Kind::Words(_) | Kind::Prose => None,
        }
    }

    pub(super) fn one(self) -> &'static str {
        match self {
            Self::Date => "a date",
            Self::Count => "a number",
            Self::Age => "an age",
        }
    }

    pub(super) fn examples(self) -> &'static str {
        match self {
            Self::Date => "2023, >=2023-05, 2023..2024, last-30d or none",
            Self::Count => "100, >=100, 50..500 or none",
            Self::Age => "54, 6mo, >=18, 16..18 or none",
        }
    }

    /// The two values that signs divide which stand in values of another measure.
    pub(super) fn halves(self, text: &str) -> Option<(&str, &str)> {
        let is_year =
            |text: &str| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        let at_hyphen = text.split_once('-');
        match self {
            Self::Date => {
                let years = at_hyphen.filter(|(from, to)| is_year(from) && is_year(to));
                years.or_else(|| text.split_once('/').filter(|(_, to)| !to.contains('/')))
            }
            Self::Count | Self::Age => {
                at_hyphen.filter(|(from, to)| !from.is_empty() && !to.is_empty())
            }
        }
    }

    /// What the first value of a range that does not go up does to the last.
    pub(super) fn greater(self) -> &'static str {
        match self {
            Self::Date => "comes after",
            Self::Count | Self::Age => "is more than",
        }
    }
}

/// A date, or days counted from today.
pub(super) fn when(text: &str) -> Result<When, Wrong> {
    let lower = text.to_ascii_lowercase();
    if lower == "today" {
        return Ok(When::Today);
    }
    if let Some(length) = lower.strip_prefix("last-").or(lower.strip_prefix('-')).and_then(length) {
        return Ok(When::Last(length));
    }
    if let Some(length) = lower.strip_prefix("next-").or(lower.strip_prefix('+')).and_then(length) {
        return Ok(When::Next(length));
    }
    date(text).map(When::On).ok_or_else(|| {
        format!(
            "“{text}” is no date; dates are 2023, 2023-05, 2023-05-17, today, last-30d, next-6mo (d, w, mo, y)"
        )
    })
}

/// A date, its month and its day with one digit or two, between hyphens or slashes.
fn date(text: &str) -> Option<PartialDate> {
    let parts: Vec<&str> = text.split(['-', '/']).collect();
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if parts.len() > 3 || !parts.iter().all(digits) {
        return text.parse().ok();
    }
    let parts: Vec<String> = parts.into_iter().map(|part| format!("{part:0>2}")).collect();
    parts.join("-").parse().ok()
}

/// A number and a unit of time: `30d`, `6mo`.
fn length(text: &str) -> Option<Length> {
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit())?);
    let unit = unit.trim_start().to_ascii_lowercase();
    let (unit, _) = LENGTH_UNITS.iter().find(|(_, names)| names.contains(&&*unit))?;
    Some(Length { count: number.parse().ok()?, unit: *unit })
}

/// A number without a sign.
pub(super) fn count(text: &str) -> Result<u32, Wrong> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(format!("“{text}” is no number; numbers are as 100, without a unit"));
    }
    let number = text.parse::<u32>().ok().filter(|&number| number <= StatedCount::GREATEST);
    number.ok_or_else(|| {
        format!("{text} is too large; a number here is at most {}", StatedCount::GREATEST)
    })
}

/// The text without the commas that stand between thousands: `1,000` is one number, `10,20` are two.
pub(super) fn without_thousands(text: &str) -> String {
    let mut without = String::new();
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    for (at, c) in text.char_indices() {
        let is_between = c == ','
            && without.ends_with(|c: char| c.is_ascii_digit())
            && digits(&text[at + 1..]) == 3;
        if !is_between {
            without.push(c);
        }
    }
    without
}

/// A number and a unit; years where none is said.
pub(super) fn age(text: &str) -> Result<Age, Wrong> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let unit = unit.trim_start_matches(['-', ' ']).to_ascii_lowercase();
    let unit = AGE_UNITS.iter().find(|(_, names)| names.contains(&&*unit));
    let (Some((unit, _)), false) = (unit, number.is_empty()) else {
        return Err(format!("“{text}” is no age; ages are 54 (years), 6mo, 2w, 3d, 36h or 30min"));
    };
    let number = number.parse::<u32>().ok().filter(|&number| number <= Age::GREATEST);
    let age = number.map(|number| Age { number, unit: *unit });
    age.ok_or_else(|| {
        format!(
            "{text} is too old; an age here is at most {}",
            Short(Age { number: Age::GREATEST, unit: *unit })
        )
    })
}

/// Whether the one begins after the other has ended, whatever day it is.
pub(super) fn is_later(one: When, other: When) -> bool {
    let is_relative = |when| !matches!(when, When::On(_));
    is_relative(one) == is_relative(other) && one.span(Day(0)).first > other.span(Day(0)).last
}

/// Whether a date begins so long ago: `-30d`, which leaves nothing out.
pub(super) fn is_ago(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('-') else { return false };
    let word = rest.split(|c: char| c.is_whitespace() || "()|,".contains(c)).next();
    word.is_some_and(|word| length(word).is_some())
}
