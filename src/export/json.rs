//! Comparisons as JSON, for other programs.

use serde_json::{Value, json};

use super::{Report, unwrapped};
use crate::compare::{ComparedRow, OverlapPart, Verdict};
use crate::text::Line;

/// An object of `ids`, `differences`, `rows` and `shared`. The values of a row stand in the order of the ids;
/// null is not stated.
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
    if let Some(overlap) = report.shared() {
        object["shared"] = overlap.parts.iter().flat_map(names).collect();
    }
    object
}

fn object(report: &Report, section: &str, row: &ComparedRow) -> Value {
    json!({
        "section": section,
        "field": row.name,
        "label": row.label,
        "verdict": match row.verdict {
            Verdict::Equal => "equal",
            Verdict::Differs => "differs",
            Verdict::NotAll => "not stated by all",
        },
        "by": report.gaps(row),
        "values": row.cells.iter().map(|cell| text(cell)).collect::<Vec<_>>(),
    })
}

fn names(part: &OverlapPart) -> impl Iterator<Item = Value> {
    part.rows.iter().map(|row| json!({"kind": part.label, "name": row.value, "named": row.named}))
}

fn text(lines: &[Line]) -> Option<String> {
    (!lines.is_empty()).then(|| lines.iter().map(unwrapped).collect::<Vec<_>>().join("\n"))
}
