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
            Kind::Codes(..) | Kind::Names(_) | Kind::Words(_) | Kind::Passages(_) | Kind::Prose => {
                None
            }
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

    /// Why a number with a comma is not read, and what to type.
    fn unclear(self, number: &str) -> Wrong {
        let several = number.replace(',', "|");
        match self {
            Self::Age => format!(
                "{number} can be read in two ways; two ages are {several}, one and a half years are 18mo"
            ),
            Self::Date | Self::Count => format!(
                "{number} can be read in two ways; several numbers are {several}, a thousand is 1,000 or 1000"
            ),
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
        return Err(format!(
            "“{text}” is no number; numbers are 100, 1500 or 1,500, without a unit"
        ));
    }
    let number = text.parse::<u32>().ok().filter(|&number| number <= StatedCount::GREATEST);
    number.ok_or_else(|| {
        format!("{text} is too large; a number here is at most {}", StatedCount::GREATEST)
    })
}

/// The text without the commas that stand between thousands: `1,000`. A comma between other digits could be that of a
/// fraction or of a list, so it is refused. In brackets without `TO` a single comma stands between the two ends.
pub(super) fn without_thousands(measure: Measure, text: &str) -> Result<String, Wrong> {
    let is_pair = text.starts_with(['[', '{'])
        && !text.to_ascii_lowercase().contains(" to ")
        && text.matches(',').count() == 1;
    if is_pair || !text.contains(',') {
        return Ok(text.to_owned());
    }
    let is_part = |c: char| c == ',' || c.is_ascii_digit();
    let mut without = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_part) {
        let (before, from) = rest.split_at(start);
        let (run, after) = from.split_at(from.find(|c| !is_part(c)).unwrap_or(from.len()));
        let number = run.trim_matches(',');
        let groups: Vec<&str> = number.split(',').collect();
        let is_grouped = groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3);
        let is_clear = groups.len() < 2
            || is_grouped && measure == Measure::Count && !groups[0].starts_with('0');
        if !is_clear {
            return Err(measure.unclear(number));
        }
        without += before;
        without += &run.replace(number, &groups.concat());
        rest = after;
    }
    Ok(without + rest)
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

/// Whether the one begins after the other has ended: on any day, or today where only one of them is counted from today.
pub(super) fn is_later(one: When, other: When, today: Option<Day>) -> bool {
    let is_relative = |when| !matches!(when, When::On(_));
    let is_later_on = |day: &Day| one.as_end(*day).first > other.as_end(*day).last;
    if is_relative(one) == is_relative(other) {
        DAYS.iter().all(is_later_on)
    } else {
        today.as_ref().is_some_and(is_later_on)
    }
}

/// Days before and behind which months are long and short: 1 January, 1 March and 31 March 1970.
const DAYS: [Day; 3] = [Day(0), Day(59), Day(89)];

/// Whether a date begins so long ago: `-30d`, which leaves nothing out.
pub(super) fn is_ago(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('-') else { return false };
    let word = rest.split(|c: char| c.is_whitespace() || "()|,".contains(c)).next();
    word.is_some_and(|word| length(word).is_some())
}
