//! Dates as the registry gives them: often only a month, sometimes only a year.

use std::fmt;
use std::str::FromStr;

use jiff::Unit;
use jiff::civil::Date;

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

/// A date with what its record says of its certainty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatedDate {
    pub date: PartialDate,
    pub certainty: Certainty,
}

/// Whether something has come to pass, as the record says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Certainty {
    Actual,
    Estimated,
    /// Neither is said: dates that the registry itself sets have no type.
    Unstated,
}

/// How exactly a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    Year,
    Month,
    Day,
}

/// How far two dates lie apart, by the calendar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Apart {
    pub months: u32,
    /// Beyond the months; 0 where a day is not known.
    pub days: u32,
}

/// Below so many months only whole years are counted as such: `14 months`, but `1 year`.
const MONTHS_AS_SUCH: u32 = 24;

/// Below so many days months are not counted: `31 days`.
const DAYS_AS_SUCH: i32 = 32;

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

    /// The date that [`to_code`](Self::to_code) gave; `None` for 0, which stands for "not stated", and for what is no date: a
    /// stored index may be forged.
    pub fn from_code(code: u32) -> Option<Self> {
        Self::new((code >> 16) as u16, u16::from((code >> 8) as u8), u16::from(code as u8))
    }

    /// `None` where the calendar has no such date.
    fn new(year: u16, month: u16, day: u16) -> Option<Self> {
        let is_date = (1..=9999).contains(&year) && month <= 12 && day <= days(year, month);
        is_date.then_some(Self { year, month: month as u8, day: day as u8 })
    }

    /// A year of which nothing more is known; `None` for one beyond 1 to 9999.
    pub fn of_year(year: u16) -> Option<Self> {
        (1..=9999).contains(&year).then_some(Self { year, month: 0, day: 0 })
    }

    /// The year, 1 to 9999.
    pub fn year(self) -> u16 {
        self.year
    }

    /// How much later `later` is, as exactly as both are known; `None` when it is not known to be later.
    pub fn until(self, later: Self) -> Option<Apart> {
        let months = |date: Self| u32::from(date.year) * 12 + u32::from(date.month);
        let apart = match (self.month.min(later.month), self.day.min(later.day)) {
            (0, _) => Apart::of_months(u32::from(later.year.checked_sub(self.year)?) * 12),
            (_, 0) => Apart::of_months(months(later).checked_sub(months(self))?),
            _ => Apart::of_days(self.civil()?, later.civil()?)?,
        };
        (apart != Apart::default()).then_some(apart)
    }

    fn civil(self) -> Option<Date> {
        Date::new(
            self.year.try_into().ok()?,
            self.month.try_into().ok()?,
            self.day.try_into().ok()?,
        )
        .ok()
    }

    /// How exactly the date is known.
    pub fn precision(self) -> Precision {
        match (self.month, self.day) {
            (0, _) => Precision::Year,
            (_, 0) => Precision::Month,
            _ => Precision::Day,
        }
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

impl Certainty {
    /// The certainty stands in the two bits above a date or a count.
    pub const SHIFT: u32 = 30;
    pub const MASK: u32 = 0b11 << Self::SHIFT;

    /// Its bits in a code.
    pub fn bits(self) -> u32 {
        let number = match self {
            Self::Unstated => 0,
            Self::Actual => 0b01,
            Self::Estimated => 0b10,
        };
        number << Self::SHIFT
    }

    /// The certainty that a code has; `None` if it is no such code.
    pub fn of_code(code: u32) -> Option<Self> {
        let all = [Self::Unstated, Self::Actual, Self::Estimated];
        all.into_iter().find(|certainty| certainty.bits() == code & Self::MASK)
    }

    /// What the registry's type of a date or an enrollment says.
    pub fn of_type(text: Option<&str>) -> Self {
        match text {
            Some("ACTUAL") => Self::Actual,
            Some("ESTIMATED") => Self::Estimated,
            _ => Self::Unstated,
        }
    }
}

impl StatedDate {
    /// The date and its certainty in 32 bits; never 0 nor [`u32::MAX`].
    pub fn to_code(self) -> u32 {
        self.date.to_code() | self.certainty.bits()
    }

    /// What [`to_code`](Self::to_code) gave; `None` for any other number.
    pub fn from_code(code: u32) -> Option<Self> {
        let date = PartialDate::from_code(code & !Certainty::MASK)?;
        Some(Self { date, certainty: Certainty::of_code(code)? })
    }
}

impl From<PartialDate> for StatedDate {
    fn from(date: PartialDate) -> Self {
        Self { date, certainty: Certainty::Unstated }
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
        let is_whole = parts.next().is_none();
        Self::new(year, month, day).filter(|_| is_whole).ok_or(NotADate)
    }
}

impl Apart {
    pub fn of_months(months: u32) -> Self {
        Self { months, days: 0 }
    }

    /// `None` when the second day is the earlier one.
    fn of_days(day: Date, later: Date) -> Option<Self> {
        let days = day.until(later).ok()?.get_days();
        let span = day.until((Unit::Month, later)).ok()?;
        let (months, days) =
            if days < DAYS_AS_SUCH { (0, days) } else { (span.get_months(), span.get_days()) };
        Some(Self { months: months.try_into().ok()?, days: days.try_into().ok()? })
    }
}

impl fmt::Display for Apart {
    /// `14 months`, `3 years and 1 month`, `2 months and 3 days`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let as_such = self.months < MONTHS_AS_SUCH && !self.months.is_multiple_of(12);
        let years = if as_such { 0 } else { self.months / 12 };
        let counts = [(years, "year"), (self.months - years * 12, "month"), (self.days, "day")];
        let counts = counts.into_iter().filter(|(count, _)| *count > 0);
        let parts: Vec<_> = counts
            .map(|(count, unit)| format!("{count} {unit}{}", if count == 1 { "" } else { "s" }))
            .collect();
        match parts.as_slice() {
            [] => f.write_str("no time"),
            [only] => f.write_str(only),
            [first @ .., last] => write!(f, "{} and {last}", first.join(", ")),
        }
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
    fn dates_lie_apart_as_exactly_as_they_are_known() {
        for (date, later, words) in [
            ("2020-01-01", "2020-01-04", Some("3 days")),
            ("2020-01-01", "2020-01-02", Some("1 day")),
            ("2020-01-31", "2020-02-29", Some("29 days")),
            ("2020-01-01", "2020-02-01", Some("31 days")),
            ("2020-01-01", "2020-02-02", Some("1 month and 1 day")),
            ("2019-10-05", "2020-12-05", Some("14 months")),
            ("2019-10-05", "2022-12-06", Some("3 years, 2 months and 1 day")),
            ("2019-10", "2020-12-05", Some("14 months")),
            ("2019-10-31", "2019-11", Some("1 month")),
            ("2019-10", "2021-10", Some("2 years")),
            ("2019", "2020-12", Some("1 year")),
            ("2019", "2021", Some("2 years")),
            ("2019-10", "2019-10-05", None),
            ("2019", "2019-10-05", None),
            ("2019-10-05", "2019-10-05", None),
            ("2020-12", "2019-10", None),
            ("2020-12-05", "2020-12-01", None),
            ("0001-01-01", "9999-12-31", Some("9998 years, 11 months and 30 days")),
        ] {
            let [from, to] = [date, later].map(|text| text.parse::<PartialDate>().unwrap());
            let apart = from.until(to).map(|apart| apart.to_string());
            assert_eq!(apart.as_deref(), words, "{date} {later}");
        }
    }

    #[test]
    fn codes_are_in_the_order_of_time() {
        let dates = ["1999", "2013", "2013-05", "2013-05-11", "2013-06-01", "2100-12"];
        let codes: Vec<u32> =
            dates.iter().map(|date| date.parse::<PartialDate>().unwrap().to_code()).collect();
        assert!(codes.is_sorted());
    }

    #[test]
    fn codes_keep_the_certainty() {
        for date in ["1999", "2013-05", "9999-12-31"] {
            let date: PartialDate = date.parse().unwrap();
            for certainty in [Certainty::Unstated, Certainty::Actual, Certainty::Estimated] {
                let stated = StatedDate { date, certainty };
                assert_eq!(StatedDate::from_code(stated.to_code()), Some(stated));
            }
        }
        assert_eq!(StatedDate::from_code(u32::MAX), None);
        assert_eq!(StatedDate::from_code(0), None);
        // No year 0, month 13, 31 June, or day without a month.
        for code in [0x0000_0101, 0x07e4_0d01, 0x07e4_061f, 0x07e4_0001, 0xffff_0101] {
            assert_eq!(PartialDate::from_code(code), None, "{code:#x}");
        }
    }
}
