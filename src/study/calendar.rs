//! Days one can count with, from dates of which a part may be unknown. The only place that knows how
//! a calendar works.

use std::ffi::OsStr;
use std::fs;
use std::path::{Component, Path};
use std::time::SystemTime;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use super::PartialDate;

/// A day, by its distance from 1 January 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

/// The first day of the year 1.
const FIRST: i32 = -719_162;
/// The last day of the year 9999.
const LAST: i32 = 2_932_896;

/// No length of time has more years.
const LONGEST: u16 = 9999;

/// The first and the last day that a date can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub first: Day,
    pub last: Day,
}

impl Span {
    /// The whole year, the whole month or the one day of `date`.
    pub fn of(date: PartialDate) -> Self {
        let (year, month, day) = (date.year(), date.month(), date.day());
        let number = |part: u8| i8::try_from(part).unwrap_or(1).max(1);
        let first = Date::new(i16::try_from(year).unwrap_or(i16::MAX), number(month), number(day));
        let first = first.expect("a partial date has a year up to 9999 and a day of its month");
        let last = match (month, day) {
            (0, _) => first.last_of_year(),
            (_, 0) => first.last_of_month(),
            _ => first,
        };
        Self { first: Day::of(first), last: Day::of(last) }
    }
}

/// A length of time as the calendar has it: two months, thirty days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Length {
    pub count: u16,
    pub unit: LengthUnit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LengthUnit {
    Days,
    Weeks,
    Months,
    Years,
}

impl Length {
    fn span(self) -> jiff::Span {
        let count = i64::from(self.count);
        match self.unit {
            LengthUnit::Days => count.days(),
            LengthUnit::Weeks => count.weeks(),
            LengthUnit::Months => count.months(),
            LengthUnit::Years => i64::from(self.count.min(LONGEST)).years(),
        }
    }
}

impl Day {
    /// The first day that a date can be.
    pub const FIRST: Self = Self(FIRST);
    /// The last day that a date can be.
    pub const LAST: Self = Self(LAST);

    fn of(date: Date) -> Self {
        let days = date - Date::constant(1970, 1, 1);
        Self(days.get_days())
    }

    fn civil(self) -> Date {
        Date::constant(1970, 1, 1) + self.0.clamp(FIRST, LAST).days()
    }

    /// The day that lies so long before this one, in the year 1 at the earliest.
    #[must_use]
    pub fn before(self, length: Length) -> Self {
        Self::of(self.civil().saturating_sub(length.span())).max(Self::FIRST)
    }

    /// The day that lies so long after this one, in the year 9999 at the latest.
    #[must_use]
    pub fn after(self, length: Length) -> Self {
        Self::of(self.civil().saturating_add(length.span())).min(Self::LAST)
    }

    /// The date; days outside the years 1 to 9999 count as the nearest one within.
    pub fn date(self) -> PartialDate {
        self.civil().to_string().parse().expect("a date within the years 1 to 9999")
    }
}

/// Today where the user is, by the clock of the system and `TZ`. Only the outermost part of the program asks.
///
/// A clock beyond the year 9999 counts as its last day.
pub fn today() -> PartialDate {
    let zone = std::env::var_os("TZ");
    let zone = if zone.is_some_and(|zone| names_no_file(&zone)) {
        TimeZone::UTC
    } else {
        TimeZone::system()
    };
    let now = Timestamp::try_from(SystemTime::now()).unwrap_or(Timestamp::MAX);
    Day::of(now.to_zoned(zone).date()).date()
}

/// Whether `TZ` leads to something that cannot be read like a file: a device never ends, and a pipe can wait for ever.
fn names_no_file(zone: &OsStr) -> bool {
    let path = zone.to_string_lossy();
    let path = Path::new(path.strip_prefix(':').unwrap_or(&path));
    let is_file = |path: &Path| fs::metadata(path).is_ok_and(|metadata| metadata.is_file());
    if path.is_absolute() {
        return !is_file(path);
    }
    // Of a name only what leads out of the folder of zones, or is put there, can be something else.
    let own = std::env::var_os("TZDIR").map(|folder| Path::new(&folder).join(path));
    let is_odd = own.is_some_and(|path| path.exists() && !is_file(&path));
    is_odd || path.components().any(|part| part == Component::ParentDir)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use LengthUnit::{Days, Months, Weeks, Years};

    use super::*;

    #[test]
    fn partial_dates_mean_all_their_days() {
        for (date, first, last) in [
            ("1970-01-01", 0, 0),
            ("1970", 0, 364),
            ("1972-02", 761, 789),
            ("2024-02-29", 19_782, 19_782),
            ("1014-01-24", -349_149, -349_149),
            ("9999-12-31", 2_932_896, 2_932_896),
            ("0001", -719_162, -718_798),
        ] {
            let span = Span::of(date.parse().unwrap());
            assert_eq!((span.first.0, span.last.0), (first, last), "{date}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_time_zone_that_is_no_file_is_not_read() {
        for (zone, refused) in [
            ("Europe/Lyon", false),
            ("UTC", false),
            (":UTC", false),
            ("/dev/zero", true),
            (":/dev/zero", true),
            ("/", true),
            ("/no/such/file", true),
            ("../../../dev/zero", true),
            ("Europe/../Lyon", true),
        ] {
            assert_eq!(names_no_file(OsStr::new(zone)), refused, "{zone}");
        }
    }

    #[test]
    fn lengths_of_time_follow_the_calendar() {
        let day = |text: &str| Span::of(text.parse().unwrap()).first;
        let length = |count, unit| Length { count, unit };
        for (from, length, before, after) in [
            ("2024-03-30", length(30, Days), "2024-02-29", "2024-04-29"),
            ("2024-03-14", length(2, Weeks), "2024-02-29", "2024-03-28"),
            ("2024-03-31", length(1, Months), "2024-02-29", "2024-04-30"),
            ("2024-02-29", length(1, Years), "2023-02-28", "2025-02-28"),
            ("2024-02-29", length(65535, Years), "0001-01-01", "9999-12-31"),
            ("2024-02-29", length(65535, Months), "0001-01-01", "7485-05-29"),
        ] {
            let from = day(from);
            let reached = [from.before(length), from.after(length)];
            assert_eq!(reached.map(|day| day.date().to_string()), [before, after], "{length:?}");
        }
    }

    proptest! {
        #[test]
        fn days_are_dates(day in FIRST..=LAST) {
            let date = Day(day).date();
            prop_assert_eq!(Span::of(date), Span { first: Day(day), last: Day(day) });
        }

        #[test]
        fn any_number_is_some_day(day: i32) {
            prop_assert!((1..=9999).contains(&Day(day).date().year()));
        }
    }
}
