//! Comparisons as JSON, for other programs.

use serde_json::{Value, json};

use super::Rows;
use crate::compare::{ComparedRow, Comparison, Verdict};
use crate::text::Line;

/// An object of `ids` and `rows`; a side that does not state the field is null.
pub fn comparison_json(comparison: &Comparison, rows: Rows) -> Value {
    let parts = rows.of(comparison);
    let rows: Vec<Value> = parts
        .flat_map(|(part, rows)| rows.into_iter().map(|row| object(part.section.title(), row)))
        .collect();
    json!({"ids": comparison.ids, "rows": rows})
}

fn object(section: &str, row: &ComparedRow) -> Value {
    json!({
        "section": section,
        "field": row.name,
        "label": row.label,
        "verdict": match row.verdict {
            Verdict::Equal => "equal",
            Verdict::Differs => "differs",
            Verdict::OnlyOne => "only one",
        },
        "left": text(&row.left),
        "right": text(&row.right),
    })
}

fn text(lines: &[Line]) -> Option<String> {
    let line = |line: &Line| format!("{}{}{}", " ".repeat(line.indent), line.marker, line.text());
    (!lines.is_empty()).then(|| lines.iter().map(line).collect::<Vec<_>>().join("\n"))
}
