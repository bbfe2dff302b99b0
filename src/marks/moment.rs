//! A moment in time, as events have it. The only place here that knows how time is written.

use std::fmt;
use std::str::FromStr;
use std::time::SystemTime;

use jiff::{SignedDuration, Timestamp, Unit};
use serde::de::{Deserialize, Deserializer, Error as _};
use serde::{Serialize, Serializer};

use crate::study::PartialDate;

/// A moment, to the microsecond. Written as `2026-11-28T09:30:00.5Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(Timestamp);

impl Moment {
    /// Now, by the clock of the system. Only the outermost part of the program asks.
    pub fn now() -> Self {
        let now = Timestamp::try_from(SystemTime::now()).unwrap_or(Timestamp::MAX);
        Self(now.round(Unit::Microsecond).unwrap_or(now))
    }

    /// The next microsecond.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(SignedDuration::from_micros(1)).unwrap_or(self.0))
    }

    /// The day in universal time.
    pub fn day(self) -> Option<PartialDate> {
        self.to_string().parse().ok()
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Moment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.parse().map(Self).map_err(|_| {
            format!("{}: no moment such as 2026-11-28T09:30:00Z", crate::text::cut(text, 40))
        })
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_and_read_back() {
        for text in ["2026-11-28T09:30:00Z", "2026-11-28T09:30:00.000001Z"] {
            let moment: Moment = text.parse().unwrap();
            assert_eq!(moment.to_string(), text);
            assert_eq!(moment.day().unwrap().to_string(), "2026-11-28");
            assert!(moment.next() > moment);
        }
        assert!("yesterday".parse::<Moment>().is_err());
        let now = Moment::now();
        assert_eq!(now.to_string().parse::<Moment>(), Ok(now));
    }
}
