//! Dates as the registry gives them: often only a month, sometimes only a year.

use std::fmt;
use std::str::FromStr;

/// A date of which the day, or the month and the day, may be unknown.
///
/// The order is by time; of two dates that begin together the less precise one comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    year: u16,
    /// 1 to 12; 0 when only the year is known.
    month: u8,
    /// 1 to 31; 0 when the day is not known.
    day: u8,
}

/// Says that a text is no date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a date is YYYY, YYYY-MM or YYYY-MM-DD")]
pub struct NotADate;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl PartialDate {
    /// The date in 32 bits, in the same order as the dates; never 0.
    pub fn to_code(self) -> u32 {
        u32::from(self.year) << 16 | u32::from(self.month) << 8 | u32::from(self.day)
    }

    /// The date that [`to_code`](Self::to_code) gave; `None` for 0, which stands for "not stated".
    pub fn from_code(code: u32) -> Option<Self> {
        (code != 0).then_some(Self {
            year: (code >> 16) as u16,
            month: (code >> 8) as u8,
            day: code as u8,
        })
    }

    /// The year, 1 to 9999.
    pub fn year(self) -> u16 {
        self.year
    }

    /// 1 to 12; 0 when only the year is known.
    pub(super) fn month(self) -> u8 {
        self.month
    }

    /// 1 to 31; 0 when the day is not known.
    pub(super) fn day(self) -> u8 {
        self.day
    }

    /// The date as people write it: `11 May 2013`, `May 2013`, `2013`.
    pub fn in_words(self) -> String {
        match (self.month, self.day) {
            (0, _) => self.year.to_string(),
            (month, 0) => format!("{} {}", MONTHS[usize::from(month - 1)], self.year),
            (month, day) => format!("{day} {} {}", MONTHS[usize::from(month - 1)], self.year),
        }
    }
}

impl FromStr for PartialDate {
    type Err = NotADate;

    /// Reads `2013`, `2013-05`, `2013-05-11`, and the date of `2020-12-18T10:59`.
    fn from_str(text: &str) -> Result<Self, NotADate> {
        let date = text.trim().split('T').next().unwrap_or_default();
        let mut parts = date.split('-');
        let year = number(parts.next().ok_or(NotADate)?, 4)?;
        let month = parts.next().map_or(Ok(0), at_least_one)?;
        let day = parts.next().map_or(Ok(0), at_least_one)?;
        let known = 1..=9999;
        if parts.next().is_some() || !known.contains(&year) || month > 12 || day > days(year, month)
        {
            return Err(NotADate);
        }
        Ok(Self { year, month: month as u8, day: day as u8 })
    }
}

fn number(part: &str, width: usize) -> Result<u16, NotADate> {
    let digits = part.len() == width && part.bytes().all(|byte| byte.is_ascii_digit());
    if digits { part.parse().map_err(|_| NotADate) } else { Err(NotADate) }
}

fn at_least_one(part: &str) -> Result<u16, NotADate> {
    number(part, 2).and_then(|value| if value == 0 { Err(NotADate) } else { Ok(value) })
}

/// How many days the month has; 0 for month 0.
fn days(year: u16, month: u16) -> u16 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        0 => 0,
        2 => 28 + u16::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if self.month > 0 {
            write!(f, "-{:02}", self.month)?;
        }
        if self.day > 0 {
            write!(f, "-{:02}", self.day)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_keep_their_precision() {
        for (text, shown, words) in [
            ("2013", "2013", "2013"),
            ("2013-05", "2013-05", "May 2013"),
            ("2013-05-11", "2013-05-11", "11 May 2013"),
            ("2020-12-18T10:59", "2020-12-18", "18 Dec 2020"),
            ("1014-01-24", "1014-01-24", "24 Jan 1014"),
            ("2024-02-29", "2024-02-29", "29 Feb 2024"),
        ] {
            let date: PartialDate = text.parse().unwrap();
            assert_eq!(date.to_string(), shown);
            assert_eq!(date.in_words(), words);
            assert_eq!(PartialDate::from_code(date.to_code()), Some(date));
        }
        for text in [
            "",
            "2023-02-30",
            "0000-00-00",
            "99999-01",
            "May 5, 2023",
            "2023-13",
            "2023-5",
            "2023-05-11-01",
            "20é3",
        ] {
            assert_eq!(text.parse::<PartialDate>(), Err(NotADate), "{text}");
        }
    }

    #[test]
    fn codes_are_in_the_order_of_time() {
        let dates = ["1999", "2013", "2013-05", "2013-05-11", "2013-06-01", "2100-12"];
        let codes: Vec<u32> =
            dates.iter().map(|date| date.parse::<PartialDate>().unwrap().to_code()).collect();
        assert!(codes.is_sorted());
    }
}
