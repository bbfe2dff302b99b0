//! `trialdex stats`: counts the studies that a query finds, by what they state.

mod table;

use std::io::Write;

use anyhow::{Result, bail};
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::{Ending, asked};
use crate::cli::{Stats, StatsFormat};
use crate::export::csv_row;
use crate::search::stats::{CrossTable, DASHBOARD, Dimension, Field, Group, Quarters, Quartiles};
use crate::search::{Distribution, Statistics};
use crate::store::Store;
use crate::study::Concept;

/// So many names of a field are listed where nobody says how many: in the dashboard, and in a table to read.
const IN_DASHBOARD: usize = 10;
const IN_TABLE: usize = 20;

pub(super) fn run(stats: &Stats, out: &mut dyn Write) -> Result<Ending> {
    let query = asked::query(&stats.asked, stats.data.config.as_deref())?;
    check(&stats.by)?;
    let store = super::open(&stats.data)?.store;
    asked::prepare(&store, &query, &stats.data.paths, stats.data.keeping)?;
    let is_marked = stats.by.iter().any(|field| matches!(field.by, Dimension::Mark(_)));
    let marks = asked::marks(&query, &stats.asked.collection, is_marked)?;
    let found = asked::found_marked(&store, &marks, &query)?;
    asked::tell(&store, &found);
    let statistics = Statistics::new(&store, &marks, &found.rows);
    let usual = match (&stats.by[..], stats.format) {
        ([], _) => IN_DASHBOARD,
        (_, StatsFormat::Table) => IN_TABLE,
        (_, StatsFormat::Csv | StatsFormat::Json) => usize::MAX,
    };
    let most = stats.limit.unwrap_or(usual);
    match (&stats.by[..], stats.format) {
        ([row, column], format) => {
            let cross = statistics.cross([row.by, column.by], most);
            match format {
                StatsFormat::Table => table::write_cross(&store, &cross, out)?,
                _ => write_counts(&of_cross(&store, [row, column], &cross), format, out)?,
            }
        }
        ([field], StatsFormat::Table) => {
            table::write(&store, &[statistics.by(field.by, most)], out)?;
        }
        ([field], format) => {
            let distribution = statistics.by(field.by, most);
            if let Some(quartiles) = distribution.quartiles {
                let Quartiles { studies, .. } = quartiles;
                super::remark(&format!("{}: {quartiles}, of {studies} trials", field.name));
            }
            let counts = of_groups(&store, &field.name, &distribution);
            write_counts(&counts.collect::<Vec<_>>(), format, out)?;
        }
        (_, format) => {
            let all = DASHBOARD.map(|concept| statistics.by(Dimension::Concept(concept), most));
            match format {
                StatsFormat::Table => table::write(&store, &all, out)?,
                StatsFormat::Csv => write_dashboard_rows(&dashboard(&store, &all), out)?,
                StatsFormat::Json => write_counts(&dashboard(&store, &all), format, out)?,
            }
        }
    }
    Ok(if found.rows.is_empty() { Ending::Nothing } else { Ending::Found })
}

/// Whether one can count by these fields.
fn check(fields: &[Field]) -> Result<()> {
    match fields {
        [one, other] if one.by == other.by => {
            bail!("--by has one field twice: {} and {}", one.name, other.name)
        }
        [_, _, third, ..] => bail!("--by takes one field or two; {} is one too many", third.name),
        _ => Ok(()),
    }
}

/// How many studies have some values, one of each field; null is not stated.
struct Count<'a> {
    values: Vec<(&'a str, Value)>,
    studies: u32,
}

impl Serialize for Count<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(Some(self.values.len() + 1))?;
        for (name, value) in &self.values {
            object.serialize_entry(name, value)?;
        }
        object.serialize_entry("studies", &self.studies)?;
        object.end()
    }
}

fn value(store: &Store, counted: &Distribution, group: Option<Group>) -> Value {
    json!(counted.text(store, group))
}

fn of_groups<'a>(
    store: &Store,
    name: &'a str,
    counted: &Distribution,
) -> impl Iterator<Item = Count<'a>> {
    counted.bars().map(move |(group, studies)| Count {
        values: vec![(name, value(store, counted, group))],
        studies,
    })
}

/// The cells that have any study.
fn of_cross<'a>(
    store: &Store,
    [row, column]: [&'a Field; 2],
    cross: &CrossTable,
) -> Vec<Count<'a>> {
    let mut counts = Vec::new();
    for (row_group, _) in cross.rows.bars() {
        for (column_group, _) in cross.columns.bars() {
            let studies = cross.studies(row_group, column_group);
            if studies > 0 {
                let sides = [(row, &cross.rows, row_group), (column, &cross.columns, column_group)];
                let values = sides.map(|(field, counted, group)| {
                    (field.name.as_str(), value(store, counted, group))
                });
                counts.push(Count { values: values.into(), studies });
            }
        }
    }
    counts
}

/// Every count of the dashboard; of numbers the quartiles too, each with the studies that state a number.
fn dashboard(store: &Store, all: &[Distribution]) -> Vec<Count<'static>> {
    let mut counts = Vec::new();
    for counted in all {
        counts.extend(of_groups(store, counted.by.name(), counted));
        if let (Some(quartiles), Dimension::Concept(Concept::Enrollment)) =
            (counted.quartiles, counted.by)
        {
            let Quartiles { studies, lower, median, upper, .. } = quartiles;
            let named = [
                ("lower quartile of enrollment", lower),
                ("median of enrollment", median),
                ("upper quartile of enrollment", upper),
            ];
            counts.extend(
                named.map(|(name, quarters)| Count {
                    values: vec![(name, number(quarters))],
                    studies,
                }),
            );
        }
    }
    counts
}

fn number(quarters: Quarters) -> Value {
    quarters.whole().map_or_else(|| json!(quarters.value()), |whole| json!(whole))
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Writes counts of the same fields.
fn write_counts(counts: &[Count], format: StatsFormat, out: &mut dyn Write) -> Result<()> {
    if format == StatsFormat::Json {
        for count in counts {
            writeln!(out, "{}", serde_json::to_string(count)?)?;
        }
        return Ok(());
    }
    if let Some(first) = counts.first() {
        let names = first.values.iter().map(|(name, _)| *name);
        out.write_all(&csv_row(names.chain(["studies"])))?;
    }
    for count in counts {
        let cells: Vec<String> = count.values.iter().map(|(_, value)| cell(value)).collect();
        let studies = count.studies.to_string();
        out.write_all(&csv_row(cells.iter().map(String::as_str).chain([studies.as_str()])))?;
    }
    Ok(())
}

/// Writes counts of one field each, whichever it is.
fn write_dashboard_rows(counts: &[Count], out: &mut dyn Write) -> Result<()> {
    out.write_all(&csv_row(["field", "value", "studies"].into_iter()))?;
    for Count { values, studies } in counts {
        for (name, value) in values {
            let (value, studies) = (cell(value), studies.to_string());
            out.write_all(&csv_row([*name, &value, &studies].into_iter()))?;
        }
    }
    Ok(())
}
