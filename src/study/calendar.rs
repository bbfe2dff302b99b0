//! Days one can count with, from dates of which a part may be unknown. The only place that knows how
//! a calendar works.

use std::ffi::OsStr;
use std::fs;
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

impl Day {
    fn of(date: Date) -> Self {
        let days = date - Date::constant(1970, 1, 1);
        Self(days.get_days())
    }

    /// The date; days outside the years 1 to 9999 count as the nearest one within.
    pub fn date(self) -> PartialDate {
        let date = Date::constant(1970, 1, 1) + self.0.clamp(FIRST, LAST).days();
        date.to_string().parse().expect("a date within the years 1 to 9999")
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

/// Whether `TZ` names something by its path that cannot be read like a file: a device never ends, and a pipe can wait
/// for ever.
fn names_no_file(zone: &OsStr) -> bool {
    let path = zone.to_string_lossy();
    let path = path.strip_prefix(':').unwrap_or(&path);
    path.starts_with('/') && !fs::metadata(path).is_ok_and(|metadata| metadata.is_file())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
        ] {
            assert_eq!(names_no_file(OsStr::new(zone)), refused, "{zone}");
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
