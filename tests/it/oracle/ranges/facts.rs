//! What a record says of dates, counts and ages, read without any code of the program.

use serde_json::Value;

use super::scan;

/// A day as year, month and day, in the order of time.
pub(in crate::oracle) type Day = (u32, u32, u32);

/// What one record states.
#[derive(Debug)]
pub(in crate::oracle) struct Facts {
    pub(in crate::oracle) id: u32,
    dates: Vec<(&'static str, Span, Option<String>)>,
    counts: Vec<(&'static str, u64, Option<String>)>,
    /// Numbers and the minutes of their units.
    pub(in crate::oracle) minimum: Option<(u64, u64)>,
    pub(in crate::oracle) maximum: Option<(u64, u64)>,
    pub(in crate::oracle) sex: Option<String>,
    pub(in crate::oracle) conditions: Vec<String>,
}

/// The first and the last day that a date can mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::oracle) struct Span {
    pub(in crate::oracle) first: Day,
    pub(in crate::oracle) last: Day,
}

pub(in crate::oracle) const DATES: [(&str, &str); 6] = [
    ("start", "startDateStruct"),
    ("primary-completion", "primaryCompletionDateStruct"),
    ("completion", "completionDateStruct"),
    ("posted", "studyFirstPostDateStruct"),
    ("results-posted", "resultsFirstPostDateStruct"),
    ("updated", "lastUpdatePostDateStruct"),
];

pub(in crate::oracle) const COUNTS: [&str; 3] = ["enrollment", "sites", "arms"];

impl Facts {
    pub(in crate::oracle) fn of(record: &Value) -> Self {
        let protocol = &record["protocolSection"];
        let status = &protocol["statusModule"];
        let mut dates = Vec::new();
        for (field, key) in DATES {
            let mut date = status[key]["date"].as_str().and_then(span);
            let mut kind = status[key]["type"].as_str().map(str::to_owned);
            if field == "updated" {
                date = date.or_else(|| status["lastUpdateSubmitDate"].as_str().and_then(span));
                kind = None;
            }
            dates.extend(date.map(|date| (field, date, kind)));
        }
        let enrollment = &protocol["designModule"]["enrollmentInfo"];
        let count = match &enrollment["count"] {
            Value::Number(number) => number.as_u64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        let length = |list: &Value| list.as_array().map(|list| list.len() as u64);
        let sites = length(&protocol["contactsLocationsModule"]["locations"]);
        let arms = length(&protocol["armsInterventionsModule"]["armGroups"]);
        let kind = enrollment["type"].as_str().map(str::to_owned);
        let counts = [
            // No trial has a thousand million participants.
            ("enrollment", count.filter(|&count| count < 1_000_000_000), kind),
            ("sites", sites.filter(|&count| count > 0), None),
            ("arms", arms.filter(|&count| count > 0), None),
        ];
        let counts =
            counts.into_iter().filter_map(|(field, count, kind)| Some((field, count?, kind)));
        let eligibility = &protocol["eligibilityModule"];
        Self {
            id: scan::id(record).trim_start_matches("NCT").parse().expect("an id"),
            dates,
            counts: counts.collect(),
            minimum: eligibility["minimumAge"].as_str().and_then(age),
            maximum: eligibility["maximumAge"].as_str().and_then(age),
            sex: eligibility["sex"].as_str().map(str::to_owned),
            conditions: scan::stated(record, "cond"),
        }
    }

    pub(in crate::oracle) fn date(&self, field: &str) -> Option<(Span, Option<&str>)> {
        let found = self.dates.iter().find(|(name, ..)| *name == field);
        found.map(|(_, span, kind)| (*span, kind.as_deref()))
    }

    pub(in crate::oracle) fn count(&self, field: &str) -> Option<(u64, Option<&str>)> {
        let found = self.counts.iter().find(|(name, ..)| *name == field);
        found.map(|(_, count, kind)| (*count, kind.as_deref()))
    }

    /// Whether a limit of the age is not stated.
    pub(in crate::oracle) fn is_open(&self) -> bool {
        self.minimum.is_none() || self.maximum.is_none()
    }
}

/// The days that a date means; `None` if it is none.
pub(in crate::oracle) fn span(text: &str) -> Option<Span> {
    let parts: Vec<u32> = text.split('-').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    Some(match parts[..] {
        [year] => Span { first: (year, 1, 1), last: (year, 12, 31) },
        [year, month @ 1..=12] => {
            Span { first: (year, month, 1), last: (year, month, month_days(year, month)) }
        }
        [year, month @ 1..=12, day] if (1..=month_days(year, month)).contains(&day) => {
            Span { first: (year, month, day), last: (year, month, day) }
        }
        _ => return None,
    })
}

pub(in crate::oracle) fn month_days(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The number of an age and the minutes of its unit: a year has 365.25 days.
pub(in crate::oracle) fn age(text: &str) -> Option<(u64, u64)> {
    let (number, unit) = text.split_once(' ')?;
    let day = 24 * 60;
    let minutes = match unit.trim_end_matches('s') {
        "Year" => day * 1461 / 4,
        "Month" => day * 1461 / 48,
        "Week" => day * 7,
        "Day" => day,
        "Hour" => 60,
        "Minute" => 1,
        _ => return None,
    };
    Some((number.parse().ok()?, minutes))
}
