//! Comparisons as JSON.

use serde_json::{Value, json};

use super::{Report, heading, value, verdict};
use crate::compare::{ComparedRow, OverlapPart, Standing};
use crate::study::{Detail, FieldValue, Item};
use crate::text::Pairing;

/// An object of `ids`, `differences`, `rows`, `origin` and `shared`. The values of a row stand in the order of the ids;
/// null is not stated. Of two lists the `entries` say which belong together; null has no partner.
pub fn comparison_json(report: &Report) -> Value {
    let rows: Vec<Value> = report
        .parts()
        .flat_map(|(part, rows)| {
            rows.into_iter().map(|row| object(report, part.section.title(), row))
        })
        .collect();
    let comparison = &report.comparison;
    let mut object =
        json!({"ids": comparison.ids, "differences": comparison.differences(), "rows": rows});
    let origin = report.origin.in_words();
    if !origin.is_empty() {
        object["origin"] = json!(origin);
    }
    if let Some(overlap) = report.shared() {
        object["shared"] = overlap.parts.iter().flat_map(names).collect();
    }
    object
}

fn object(report: &Report, section: &str, row: &ComparedRow) -> Value {
    let mut object = json!({
        "section": section,
        "field": row.name,
        "label": row.label,
        "verdict": row.verdict.words(),
        "by": report.gaps(row),
        "values": row.values.iter().map(of_field).collect::<Vec<_>>(),
    });
    let is_list = |value: &FieldValue| {
        matches!(value, FieldValue::List(_) | FieldValue::Items(_) | FieldValue::Criteria(_))
    };
    if row.values.len() == 2 && row.values.iter().all(is_list) {
        object["entries"] = entries(row);
    }
    object
}

fn of_field(field: &FieldValue) -> Value {
    match field {
        FieldValue::NotStated => Value::Null,
        FieldValue::Line(words)
        | FieldValue::Fact { words, .. }
        | FieldValue::Posted { words, .. } => json!(words),
        FieldValue::List(lines) => json!(lines),
        FieldValue::Items(items) => items.iter().map(of_item).collect(),
        FieldValue::Prose(_) | FieldValue::Criteria(_) => {
            json!(value(&field.lines(), Pairing::Free))
        }
    }
}

fn of_item(item: &Item) -> Value {
    let detail = |detail: &Detail| json!({"label": detail.label, "value": of_field(&detail.value)});
    json!({"name": item.title(), "details": item.details.iter().map(detail).collect::<Vec<_>>()})
}

fn entries(row: &ComparedRow) -> Value {
    let mut under = None;
    let entry = |passage| {
        let Some(verdict) = verdict(passage) else {
            under = Some(heading(passage));
            return None;
        };
        let cell = |(place, cell)| match passage.standing {
            Standing::Only(only) if only != place => Value::Null,
            _ => json!(value(cell, passage.pairing)),
        };
        let values: Vec<Value> =
            passage.cells.iter().map(Vec::as_slice).enumerate().map(cell).collect();
        let mut entry = json!({"verdict": verdict, "values": values});
        if let Some(under) = &under {
            entry["under"] = json!(under);
        }
        Some(entry)
    };
    row.passages.iter().filter_map(entry).collect()
}

fn names(part: &OverlapPart) -> impl Iterator<Item = Value> {
    part.rows.iter().map(|row| {
        let [kind, name] = [part.label, row.spellings.first().map_or("", String::as_str)];
        json!({"kind": kind, "name": name, "spellings": row.spellings, "named": row.named})
    })
}
