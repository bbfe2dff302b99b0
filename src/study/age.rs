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

    /// The age as the registry writes it: `18 Years`, `1 Month`.
    pub fn as_registered(self) -> String {
        let (number, unit) = (self.number, self.unit_in_words());
        let (first, rest) = unit.split_at(1);
        format!("{number} {}{rest}", first.to_ascii_uppercase())
    }

    fn unit_in_words(self) -> &'static str {
        let words = UNITS.iter().find(|(unit, _)| *unit == self.unit);
        words.map_or("", |(_, [one, several])| if self.number == 1 { one } else { several })
    }

    /// The first minute of this age. A year has 365.25 days, a month a twelfth of them.
    pub fn minutes(self) -> u64 {
        u64::from(self.number) * u64::from(self.unit.minutes())
    }

    /// The age in 32 bits: the unit above the number. `None` for a number beyond [`Age::GREATEST`].
    pub fn to_code(self) -> Option<u32> {
        (self.number <= Self::GREATEST).then_some((self.unit as u32) << Self::BITS | self.number)
    }

    /// In place of a code: something is stated that cannot be read, which is neither an age nor an open limit.
    pub const UNREADABLE: u32 = 7 << Self::BITS;

    /// What [`to_code`](Self::to_code) gave; `None` for any other number.
    pub fn from_code(code: u32) -> Option<Self> {
        let unit = *AgeUnit::ALL.get((code >> Self::BITS) as usize)?;
        Some(Self { number: code & Self::GREATEST, unit })
    }

    /// So many bits of a code are the number.
    pub const BITS: u32 = 29;
    /// The greatest number that a code has room for.
    pub const GREATEST: u32 = (1 << Self::BITS) - 1;
}

impl AgeUnit {
    /// Every unit, the shortest first, in the order of their codes.
    pub const ALL: [Self; 6] =
        [Self::Minutes, Self::Hours, Self::Days, Self::Weeks, Self::Months, Self::Years];

    /// How many minutes one of it has.
    pub fn minutes(self) -> u32 {
        match self {
            Self::Minutes => 1,
            Self::Hours => 60,
            Self::Days => 24 * 60,
            Self::Weeks => 7 * 24 * 60,
            Self::Months => 1461 * 24 * 60 / 48,
            Self::Years => 1461 * 24 * 60 / 4,
        }
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
        write!(f, "{} {}", self.number, self.unit_in_words())
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
            let age = text.parse::<Age>().ok();
            assert_eq!(age.map(|age| age.to_string()).as_deref(), said, "{text}");
            let registered = age.map(Age::as_registered);
            assert_eq!(registered.map(|text| text.to_lowercase()).as_deref(), said, "{text}");
        }
    }

    #[test]
    fn ages_are_compared_by_their_minutes() {
        for equal in [["1 Year", "12 Months"], ["2 Weeks", "14 Days"], ["2 Days", "48 Hours"]] {
            let [one, other] = equal.map(|text| text.parse::<Age>().unwrap().minutes());
            assert_eq!(one, other, "{equal:?}");
        }
        let rising = ["90 Minutes", "2 Hours", "1 Day", "6 Months", "27 Weeks", "18 Years"];
        assert!(rising.is_sorted_by_key(|text| text.parse::<Age>().unwrap().minutes()));
    }

    #[test]
    fn codes_keep_number_and_unit() {
        for unit in AgeUnit::ALL {
            for number in [0, 1, 18, Age::GREATEST] {
                let age = Age { number, unit };
                assert_eq!(Age::from_code(age.to_code().unwrap()), Some(age));
            }
            assert_eq!(Age { number: Age::GREATEST + 1, unit }.to_code(), None);
        }
        assert_eq!(Age::from_code(u32::MAX), None);
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
