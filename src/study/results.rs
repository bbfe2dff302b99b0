//! What a study found, as its record posts it: tables of groups against what was counted or measured.
//! A table is made when it is asked for, as long as it is asked for. Knows no widths.

mod analysis;
mod claim;
mod event;
mod flow;
mod group;
mod measure;

use serde_json::Value;

use super::record::{Study, at, entries, words};
use super::value::{Detail, FieldValue};
use crate::text::{self, Table};

pub use super::value::Module;
pub(super) use claim::{Step, unclaimed};

/// A table of results to be read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResultsTable {
    pub title: String,
    /// What one has to know to understand the numbers.
    pub notes: Vec<Detail>,
    /// What is good to know besides: what the groups are.
    pub details: Vec<Detail>,
    /// Every cell is cleaned.
    pub table: Table,
    /// How many rows more there are than were asked for.
    pub more: usize,
    /// Comments on single cells and rows.
    pub remarks: Vec<Detail>,
}

/// Where a table is made from.
#[derive(Clone, Copy, Debug)]
pub enum Source<'a> {
    /// A module and one of its periods.
    Period(&'a Value, &'a Value),
    Baseline(&'a Value),
    Outcome(&'a Value),
    /// The analyses of an outcome.
    Analyses(&'a Value),
    /// The deaths and the events of any kind.
    Totals(&'a Value),
    /// The events of the module that stand in the list of this name.
    Events(&'a Value, &'static str),
}

impl Module {
    /// Every module in reading order.
    pub const ALL: &[Self] = &[Self::Flow, Self::Baseline, Self::Outcomes, Self::Events];

    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::Flow => "resultsSection.participantFlowModule",
            Self::Baseline => "resultsSection.baselineCharacteristicsModule",
            Self::Outcomes => "resultsSection.outcomeMeasuresModule",
            Self::Events => "resultsSection.adverseEventsModule",
        }
    }

    /// What it is called.
    pub fn title(self) -> &'static str {
        match self {
            Self::Flow => "Participant flow",
            Self::Baseline => "Baseline characteristics",
            Self::Outcomes => "Outcome measures",
            Self::Events => "Adverse events",
        }
    }

    /// The lists that are counted, and as what.
    fn counts(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Flow => &[("groups", "group"), ("periods", "period")],
            Self::Baseline => &[("groups", "group"), ("measures", "measure")],
            Self::Outcomes => &[("outcomeMeasures", "outcome measure")],
            Self::Events => &[
                ("eventGroups", "group"),
                ("seriousEvents", "serious event"),
                ("otherEvents", "other event"),
            ],
        }
    }

    /// How much is posted: `Posted: 2 groups, 1 period`; `None` when nothing is.
    pub(crate) fn counted(self, record: &Value) -> Option<String> {
        let module = at(record, self.path())?;
        let count = |(path, noun): &(&str, &str)| match list(module, path).len() {
            0 => None,
            1 => Some(format!("1 {noun}")),
            many => Some(format!("{} {noun}s", text::grouped(many as u64))),
        };
        let counted: Vec<_> = self.counts().iter().filter_map(count).collect();
        let posted = if counted.is_empty() { "Posted" } else { "Posted: " };
        Some(format!("{posted}{}", counted.join(", ")))
    }

    /// What the groups of all its tables are, where they have the same.
    pub fn groups(self, study: &Study) -> Option<Detail> {
        let module = study.get(self.path())?;
        match self {
            Self::Flow | Self::Baseline => group::described(module, "groups"),
            Self::Outcomes => None,
            Self::Events => group::described(module, "eventGroups"),
        }
    }

    /// What is said of all its tables together.
    pub fn notes(self, study: &Study) -> Vec<Detail> {
        let Some(module) = study.get(self.path()) else { return Vec::new() };
        match self {
            Self::Flow => flow::notes(module),
            Self::Baseline => measure::baseline_notes(module),
            Self::Outcomes => Vec::new(),
            Self::Events => event::notes(module),
        }
    }

    /// Where its tables are made from, in reading order.
    pub fn sources(self, study: &Study) -> Vec<Source<'_>> {
        let Some(module) = study.get(self.path()) else { return Vec::new() };
        match self {
            Self::Flow => list(module, "periods")
                .iter()
                .map(|period| Source::Period(module, period))
                .collect(),
            Self::Baseline => vec![Source::Baseline(module)],
            Self::Outcomes => {
                let outcomes = list(module, "outcomeMeasures").iter();
                let tables = outcomes.flat_map(|outcome| {
                    let analyses = !list(outcome, "analyses").is_empty();
                    let analyses = analyses.then_some(Source::Analyses(outcome));
                    [Some(Source::Outcome(outcome)), analyses]
                });
                tables.flatten().collect()
            }
            Self::Events => {
                let events = ["seriousEvents", "otherEvents"];
                let events = events.into_iter().filter(|name| !list(module, name).is_empty());
                let events = events.map(|name| Source::Events(module, name));
                let totals = event::has_totals(module).then_some(Source::Totals(module));
                totals.into_iter().chain(events).collect()
            }
        }
    }
}

impl Source<'_> {
    /// What the table is called.
    pub fn title(self) -> String {
        match self {
            Self::Period(_, period) => {
                said(period, "title").unwrap_or_else(|| "Period without a name".to_owned())
            }
            Self::Baseline(_) => "Baseline characteristics".to_owned(),
            Self::Outcome(outcome) => measure::outcome_title(outcome),
            Self::Analyses(_) => "Analyses".to_owned(),
            Self::Totals(_) => "Deaths and events of any kind".to_owned(),
            Self::Events(_, "seriousEvents") => "Serious adverse events".to_owned(),
            Self::Events(..) => "Other adverse events".to_owned(),
        }
    }

    /// The table with at most so many rows.
    pub fn table(self, most: usize) -> ResultsTable {
        let posted = match self {
            Self::Period(module, period) => flow::table(module, period),
            Self::Baseline(module) => measure::baseline(module),
            Self::Outcome(outcome) => measure::outcome(outcome, most),
            Self::Analyses(outcome) => analysis::table(outcome),
            Self::Totals(module) => event::totals(module),
            Self::Events(module, name) => event::table(module, name, most),
        };
        let over = posted.table.rows.len().saturating_sub(most);
        let mut posted = ResultsTable { title: self.title(), more: posted.more + over, ..posted };
        posted.table.rows.truncate(most);
        posted
    }
}

/// The entries of the list at `path`.
fn list<'a>(value: &'a Value, path: &str) -> &'a [Value] {
    at(value, path).map_or(&[], entries)
}

/// What stands at `path`, in one line.
fn said(value: &Value, path: &str) -> Option<String> {
    at(value, path).and_then(words)
}

/// An entry of one line, if there is anything to say.
fn line(label: &str, value: Option<String>) -> Option<Detail> {
    value.map(|value| Detail::line(label, value))
}

/// An entry of the registry's markdown, if there is any at `path`.
fn prose(label: &str, value: &Value, path: &str) -> Option<Detail> {
    let value = match at(value, path)? {
        Value::String(text) if text.trim().is_empty() => return None,
        Value::String(text) => FieldValue::Prose(text.clone()),
        other => FieldValue::Line(words(other)?),
    };
    Some(Detail::new(label, value))
}

/// Takes the columns from `first` on away in which nothing stands.
fn without_empty(table: &mut Table, first: usize) {
    for index in (first..table.head.len()).rev() {
        let is_empty = |row: &Vec<String>| row.get(index).is_none_or(String::is_empty);
        if table.rows.iter().all(is_empty) {
            table.head.remove(index);
            for row in table.rows.iter_mut().filter(|row| index < row.len()) {
                row.remove(index);
            }
        }
    }
}

/// The number that a text is: of `26,300` 26300; `None` for `NA`.
fn number(text: &str) -> Option<f64> {
    text.replace(',', "").trim().parse().ok().filter(|number: &f64| number.is_finite())
}

/// `12.5 %`; `None` where the whole is not known or where the part is no part of it.
fn share(part: &str, whole: Option<f64>) -> Option<String> {
    let (part, whole) = (number(part)?, whole?);
    (whole > 0.0 && (0.0..=whole).contains(&part)).then(|| format!("{:.1} %", part * 100.0 / whole))
}
