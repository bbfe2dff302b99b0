//! Plain text without colours, wrapped to a width or not.

use super::{Report, SAME, SHARED, shared_of};
use crate::compare::{Overlap, OverlapRow};
use crate::study::{Extent, Study, document};
use crate::text::{Addresses, Block, Line, Overflow, Pairing, Row, flow_beside, flow_with, width};

/// The id, and the study as it is read on the screen; without a width, one line of text a logical
/// line.
pub fn text(study: &Study, width: Option<usize>) -> String {
    let id = study.id().map_or_else(|| "study without a number".to_owned(), |id| id.to_string());
    let mut blocks = vec![Block::Lines(vec![Line::plain(id), Line::empty()])];
    blocks.extend(document(study).blocks(study, Extent::Whole));
    let width = width.unwrap_or(usize::MAX);
    lines_of(
        blocks
            .iter()
            .flat_map(|block| block.flow(width, Overflow::BelowAndWhole))
            .map(|row| joined(&row)),
    )
}

/// A column for each study; before each field its name and the sign of its verdict: `=`, `≠` or `∅`.
/// Columns never get narrower than can be read.
pub fn comparison_text(report: &Report, room: usize) -> String {
    let ids = &report.comparison.ids;
    let columns = room.saturating_sub(GUTTER.len() + GAP.len() * ids.len().saturating_sub(1));
    let column = (columns / ids.len().max(1)).max(NARROWEST);
    let beside = |cells: &[&[Line]], pairing| -> Vec<String> {
        let row = |row: &Vec<Row>| {
            let cells: Vec<_> = row.iter().map(|row| filled(joined(row), column)).collect();
            format!("{GUTTER}{}", cells.join(GAP))
        };
        flow_beside(cells, column, pairing, Addresses::Whole).iter().map(row).collect()
    };
    let heads: Vec<[Line; 1]> = ids.iter().map(|id| [Line::plain(id.as_str())]).collect();
    let heads: Vec<&[Line]> = heads.iter().map(<[Line; 1]>::as_slice).collect();
    let mut text = beside(&heads, Pairing::Free);
    for (part, rows) in report.parts() {
        text.extend([String::new(), part.section.title().to_owned()]);
        for row in rows {
            text.push(format!("{} {}", row.verdict.sign(), row.label));
            for passage in report.comparison.columns(row) {
                let cells: Vec<&[Line]> = passage.cells.iter().map(Vec::as_slice).collect();
                text.extend(beside(&cells, passage.pairing));
            }
            text.extend(report.gaps(row).into_iter().map(|gap| format!("{GUTTER}→ {gap}")));
        }
    }
    if report.parts().next().is_none() {
        text.push(SAME.to_owned());
    }
    text.extend(report.shared().into_iter().flat_map(|overlap| shared(overlap, room)));
    lines_of(text.into_iter())
}

/// Before the columns; the signs stand there.
const GUTTER: &str = "  ";
/// Between the columns.
const GAP: &str = "  ";
/// The least columns for each of several studies.
const NARROWEST: usize = 16;

/// Each name behind the numbers of the studies that have it.
fn shared(overlap: &Overlap, room: usize) -> Vec<String> {
    let numbered = overlap.ids.iter().enumerate();
    let ids = numbered.map(|(place, id)| format!("{} {id}", place + 1)).collect::<Vec<_>>();
    let mut text = vec![String::new(), SHARED.to_owned(), format!("{GUTTER}{}", ids.join(GAP))];
    for part in &overlap.parts {
        text.extend([String::new(), format!("{}: {}", part.label, shared_of(part))]);
        let line = |row: &OverlapRow| {
            let marker = format!("{} ", numbers(row));
            Line { indent: GUTTER.len(), marker, ..Line::plain(row.name()) }
        };
        let lines: Vec<_> = part.rows.iter().map(line).collect();
        text.extend(flow_with(&lines, room, Addresses::Whole).iter().map(joined));
    }
    text
}

/// `1·3` of three studies, the second of which does not name it.
fn numbers(row: &OverlapRow) -> String {
    let sign = |(place, named): (usize, &bool)| {
        if *named { (place + 1).to_string() } else { "·".to_owned() }
    };
    row.named.iter().enumerate().map(sign).collect()
}

/// The text with blanks behind it up to `column`; longer only for an address.
fn filled(mut text: String, column: usize) -> String {
    text.extend(std::iter::repeat_n(' ', column.saturating_sub(width(&text))));
    text
}

pub(super) fn joined(row: &Row) -> String {
    row.iter().map(|span| span.text.as_str()).collect()
}

pub(super) fn lines_of(lines: impl Iterator<Item = String>) -> String {
    lines.flat_map(|line| [line.trim_end().to_owned(), "\n".to_owned()]).collect()
}
