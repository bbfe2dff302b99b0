//! Ages as the registry gives them: a number and a unit.

use std::fmt;
use std::str::FromStr;

use super::Apart;

/// An age at which people can begin, or no longer, take part: `18 Years`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Age {
    pub number: u32,
    pub unit: AgeUnit,
}

/// What an age is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AgeUnit {
    Minutes,
    Hours,
    Days,
    Weeks,
    Months,
    Years,
}

/// Says that a text is no age.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an age is a number and a unit, such as 18 Years")]
pub struct NotAnAge;

/// The units, one of each and several.
const UNITS: &[(AgeUnit, [&str; 2])] = &[
    (AgeUnit::Minutes, ["minute", "minutes"]),
    (AgeUnit::Hours, ["hour", "hours"]),
    (AgeUnit::Days, ["day", "days"]),
    (AgeUnit::Weeks, ["week", "weeks"]),
    (AgeUnit::Months, ["month", "months"]),
    (AgeUnit::Years, ["year", "years"]),
];

impl Age {
    /// The age by the calendar, in months or in days; `None` for hours and minutes.
    pub fn by_calendar(self) -> Option<Apart> {
        let (months, days) = match self.unit {
            AgeUnit::Years => (self.number.checked_mul(12)?, 0),
            AgeUnit::Months => (self.number, 0),
            AgeUnit::Weeks => (0, self.number.checked_mul(7)?),
            AgeUnit::Days => (0, self.number),
            AgeUnit::Hours | AgeUnit::Minutes => return None,
        };
        Some(Apart { months, days })
    }

    /// The age in whole days, rounded down. A year has 365.25 days, a month a twelfth of them.
    pub fn days(self) -> u32 {
        let number = u64::from(self.number);
        let days = match self.unit {
            AgeUnit::Years => number * 1461 / 4,
            AgeUnit::Months => number * 1461 / 48,
            AgeUnit::Weeks => number * 7,
            AgeUnit::Days => number,
            AgeUnit::Hours => number / 24,
            AgeUnit::Minutes => number / (24 * 60),
        };
        u32::try_from(days).unwrap_or(u32::MAX)
    }
}

impl FromStr for Age {
    type Err = NotAnAge;

    fn from_str(text: &str) -> Result<Self, NotAnAge> {
        let (number, word) = text.trim().split_once(' ').ok_or(NotAnAge)?;
        let word = word.trim();
        let unit =
            UNITS.iter().find(|(_, words)| words.iter().any(|it| it.eq_ignore_ascii_case(word)));
        let (unit, _) = unit.ok_or(NotAnAge)?;
        Ok(Self { number: number.parse().map_err(|_| NotAnAge)?, unit: *unit })
    }
}

impl fmt::Display for AgeUnit {
    /// Of several: `years`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = UNITS.iter().find(|(unit, _)| unit == self);
        f.write_str(words.map_or("", |(_, [_, several])| several))
    }
}

impl fmt::Display for Age {
    /// `18 years`, `1 month`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = self.unit.to_string();
        let unit = if self.number == 1 { unit.trim_end_matches('s') } else { &unit };
        write!(f, "{} {unit}", self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_read_and_said() {
        for (text, said) in [
            ("18 Years", Some("18 years")),
            ("1 Year", Some("1 year")),
            ("1 Years", Some("1 year")),
            ("0 days", Some("0 days")),
            ("30 Minutes", Some("30 minutes")),
            ("N/A", None),
            ("18", None),
            ("18 Yearss", None),
            ("-1 Years", None),
            ("4294967296 Years", None),
            ("", None),
        ] {
            let age = text.parse::<Age>().map(|age| age.to_string());
            assert_eq!(age.ok().as_deref(), said, "{text}");
        }
    }

    #[test]
    fn ages_are_counted_in_days() {
        for (text, days) in [
            ("18 Years", 6574),
            ("1 Year", 365),
            ("6 Months", 182),
            ("12 Months", 365),
            ("2 Weeks", 14),
            ("3 Days", 3),
            ("36 Hours", 1),
            ("30 Minutes", 0),
            ("4294967295 Years", u32::MAX),
        ] {
            assert_eq!(text.parse::<Age>().unwrap().days(), days, "{text}");
        }
    }

    #[test]
    fn ages_are_set_in_the_calendar() {
        for (text, months, days) in
            [("2 Years", 24, 0), ("6 Months", 6, 0), ("2 Weeks", 0, 14), ("3 Days", 0, 3)]
        {
            let age: Age = text.parse().unwrap();
            assert_eq!(age.by_calendar(), Some(Apart { months, days }));
        }
        for text in ["5 Hours", "18 Minutes", "4294967295 Years"] {
            assert_eq!(text.parse::<Age>().unwrap().by_calendar(), None, "{text}");
        }
    }
}
