//! Plain text, wrapped or not; no colours.

use super::{NOT_STATED, Rows, SAME};
use crate::compare::{ComparedRow, Comparison};
use crate::study::{Extent, Study, document};
use crate::text::{Block, Line, Overflow, Pairing, Row, Tone, flow_pair, pad};

/// The id, and the study as it is read on the screen; without a width, one line of text a logical
/// line.
pub fn text(study: &Study, width: Option<usize>) -> String {
    let id = study.id().map_or_else(|| "study without a number".to_owned(), |id| id.to_string());
    let mut blocks = vec![Block::Lines(vec![Line::plain(id), Line::empty()])];
    blocks.extend(document(study).blocks(study, Extent::Whole));
    let width = width.unwrap_or(usize::MAX);
    lines_of(
        blocks.iter().flat_map(|block| block.flow(width, Overflow::Below)).map(|row| joined(&row)),
    )
}

/// Two columns, before each field its name and the sign of its verdict: `=`, `≠` or `∅`.
pub fn comparison_text(comparison: &Comparison, rows: Rows, width: usize) -> String {
    let column = width.saturating_sub(GUTTER.len() + GAP.len()) / 2;
    let beside = |left: &[Line], right: &[Line], pairing| -> Vec<String> {
        let row = |row: &[Row; 2]| {
            let [left, right] = [&row[0], &row[1]].map(joined);
            format!("{GUTTER}{}{GAP}{right}", pad(&left, column))
        };
        flow_pair(left, right, column, pairing).iter().map(row).collect()
    };
    let [left, right] = comparison.ids.clone().map(|id| [Line::plain(id)]);
    let mut text = beside(&left, &right, Pairing::Free);
    for (part, rows) in rows.of(comparison) {
        text.extend([String::new(), part.section.title().to_owned()]);
        for row in rows {
            let [left, right] = sides(row);
            text.push(format!("{} {}", row.verdict.sign(), row.label));
            text.extend(beside(&left, &right, row.pairing));
        }
    }
    if comparison.rows().all(|row| !rows.include(row)) {
        text.push(SAME.to_owned());
    }
    lines_of(text.into_iter())
}

/// Before the columns; the signs stand there.
const GUTTER: &str = "  ";
/// Between the columns.
const GAP: &str = "  ";

/// The lines of both sides, words where there are none.
fn sides(row: &ComparedRow) -> [Vec<Line>; 2] {
    [&row.left, &row.right].map(|lines| match lines.as_slice() {
        [] => vec![Line::toned(NOT_STATED, Tone::Dim)],
        lines => lines.to_vec(),
    })
}

fn joined(row: &Row) -> String {
    row.iter().map(|span| span.text.as_str()).collect()
}

fn lines_of(lines: impl Iterator<Item = String>) -> String {
    lines.flat_map(|line| [line.trim_end().to_owned(), "\n".to_owned()]).collect()
}
