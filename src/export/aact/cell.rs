//! Cells of tables: typed values, exactly as records state them.

use std::fmt;

use serde_json::Value;

use crate::study::PartialDate;
use crate::study::calendar::Span;
use crate::text::clean_text;

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Integer,
    Number,
    Boolean,
    Date,
}

/// A cell. What has another kind than its column states nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Cell {
    #[default]
    Null,
    Text(String),
    Integer(i64),
    Number(f64),
    Boolean(bool),
    /// A day; of a month or a year that is registered, the last one.
    Date(PartialDate),
}

impl Cell {
    /// What a value of a record states.
    pub(super) fn of(kind: Kind, value: &Value) -> Self {
        let text = || value.as_str().map(str::trim).unwrap_or_default();
        let cell = match kind {
            Kind::Text => Some(Self::text(&said(value))),
            Kind::Integer => integer(value).or_else(|| text().parse().ok()).map(Self::Integer),
            Kind::Number => value
                .as_f64()
                .or_else(|| text().parse().ok())
                .filter(|number| number.is_finite())
                // SQL knows no zero with a sign.
                .map(|number| Self::Number(number + 0.0)),
            Kind::Boolean => value.as_bool().or_else(|| boolean(text())).map(Self::Boolean),
            Kind::Date => text().parse().ok().map(|date| Self::Date(Span::of(date).last.date())),
        };
        cell.unwrap_or_default()
    }

    /// A text; an empty one states nothing.
    pub(super) fn text(text: &str) -> Self {
        if text.is_empty() { Self::Null } else { Self::Text(clean_text(text).into_owned()) }
    }

    pub(super) fn count(count: usize) -> Self {
        i64::try_from(count).map_or(Self::Null, Self::Integer)
    }
}

/// What a value says as one text: the entries of a list with a slash between them, as AACT joins phases.
fn said(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(entries) => entries.iter().map(said).collect::<Vec<_>>().join("/"),
        other => other.to_string(),
    }
}

fn integer(value: &Value) -> Option<i64> {
    let whole =
        |number: f64| (number.fract() == 0.0 && number.abs() < 9e15).then_some(number as i64);
    value.as_i64().or_else(|| value.as_f64().and_then(whole))
}

fn boolean(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "y" | "t" => Some(true),
        "false" | "no" | "n" | "f" => Some(false),
        _ => None,
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => Ok(()),
            Self::Text(text) => f.write_str(text),
            Self::Integer(number) => number.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Boolean(is_so) => is_so.fmt(f),
            Self::Date(date) => date.fmt(f),
        }
    }
}
