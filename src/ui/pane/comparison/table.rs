//! A comparison laid out in rows and columns. It is laid out again only if the studies, the width or the folded
//! sections change; a frame draws the rows that are on the screen.

use std::collections::HashSet;

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::compare::{ComparedPart, Comparison, Verdict};
use crate::export::Rows;
use crate::study::Section;
use crate::text::{self, Line, Row, Tone};
use crate::ui::canvas::Canvas;

/// Columns of the gutter: a sign and a space.
const GUTTER: u16 = 2;
/// Columns between two studies: a line between spaces.
const GAP: u16 = 3;
/// Columns for the labels of fields, where they stand beside what the studies say.
const LABELS: u16 = 20;
/// So wide a column for each study has to stay beside the labels.
const LEAST_BESIDE_LABELS: u16 = 44;

/// The columns of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) count: usize,
    pub(super) width: u16,
    /// How wide the labels are; 0 where they stand above what the studies say.
    labels: u16,
}

impl Columns {
    /// Columns side by side in so much room: as many as studies, or as have `least` columns each; two at
    /// least. The labels stand beside them where that leaves them wide enough.
    pub(super) fn new(room: u16, studies: usize, least: u16) -> Self {
        let alone = Self::alone(room, studies, least);
        let beside = Self::alone(room.saturating_sub(LABELS), studies, least);
        let is_wide = beside.width >= LEAST_BESIDE_LABELS && beside.count == alone.count;
        if is_wide { Self { labels: LABELS, ..beside } } else { alone }
    }

    fn alone(room: u16, studies: usize, least: u16) -> Self {
        let fitting = usize::from((room.saturating_sub(GUTTER) + GAP) / (least + GAP));
        let count = studies.min(fitting.max(2)).max(1);
        let gaps = GAP * (count as u16 - 1);
        Self { count, width: room.saturating_sub(GUTTER + gaps) / count as u16, labels: 0 }
    }

    /// Where the column at `place` lies in `area`.
    pub(super) fn of(self, place: usize, area: Rect) -> Rect {
        let x = area.x + GUTTER + self.labels + place as u16 * (self.width + GAP);
        Rect { x, width: self.width, ..area }.intersection(area)
    }

    /// Whether a label stands beside what the studies say.
    fn takes_beside(self, label: &str) -> bool {
        text::width(label) < usize::from(self.labels)
    }
}

#[derive(Default)]
pub(super) struct Table {
    pub(super) rows: Vec<TableRow>,
    /// The fields that differ and are not folded away.
    pub(super) differences: Vec<Difference>,
    pub(super) columns: Columns,
}

/// A field that differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    /// From 1, among all that differ, folded or not.
    pub(super) number: usize,
    /// The first row of the field.
    pub(super) row: usize,
}

pub(super) enum TableRow {
    /// A heading; of a folded section what is below it, in words.
    Section(Section, Option<String>),
    /// A field, and the first row of what the studies say where that stands beside the label.
    Field(&'static str, Verdict, Option<Vec<Row>>),
    Values(Vec<Row>),
    /// By how much the field differs: in the column of the study that has more.
    Gap(usize, Row),
}

impl Table {
    /// The first studies of the comparison, as many as there are columns.
    pub(super) fn new(
        comparison: &Comparison,
        columns: Columns,
        shown: Rows,
        folded: &HashSet<Section>,
    ) -> Self {
        let mut table = Self { columns, ..Self::default() };
        let wanted = |verdict| shown == Rows::All || verdict != Verdict::Equal;
        let mut number = 0;
        for part in &comparison.parts {
            if !part.rows.iter().any(|row| wanted(row.verdict)) {
                continue;
            }
            if folded.contains(&part.section) {
                table.rows.push(TableRow::Section(part.section, Some(below(part))));
                number += differences(part);
                continue;
            }
            table.rows.push(TableRow::Section(part.section, None));
            for row in part.rows.iter().filter(|row| wanted(row.verdict)) {
                if row.verdict != Verdict::Equal {
                    number += 1;
                    table.differences.push(Difference { number, row: table.rows.len() });
                }
                let room = usize::from(columns.width);
                let passages = comparison.columns(row);
                let mut values = passages.iter().flat_map(|passage| {
                    let cells = passage.cells.iter().take(columns.count).map(Vec::as_slice);
                    let cells: Vec<_> = cells.collect();
                    text::flow_beside(&cells, room, passage.pairing, text::Addresses::Broken)
                });
                let is_beside = columns.takes_beside(row.label);
                let beside = if is_beside { values.next() } else { None };
                table.rows.push(TableRow::Field(row.label, row.verdict, beside));
                table.rows.extend(values.map(TableRow::Values));
                for gap in &row.gaps {
                    table.push_gap(gap.of[0], comparison.in_words(gap));
                }
            }
        }
        table
    }

    /// Says by how much the study at `place` differs, in its column if that is in sight, else in the first one.
    fn push_gap(&mut self, place: usize, words: String) {
        let line = Line { marker: "→ ".to_owned(), ..Line::toned(words, Tone::Emphasis) };
        let Columns { count, width, .. } = self.columns;
        let place = if place < count { place } else { 0 };
        let rows = text::flow(&[line], usize::from(width)).into_iter();
        self.rows.extend(rows.map(|row| TableRow::Gap(place, row)));
    }

    /// The field, or the section, in which a row stands, and how many rows it stands below its beginning.
    pub(super) fn place(&self, row: usize) -> Option<(Anchor, usize)> {
        let end = (row + 1).min(self.rows.len());
        let found = self.rows[..end].iter().enumerate().rev().find_map(|(index, row)| {
            let place = match row {
                TableRow::Section(section, _) => Anchor::Section(*section),
                TableRow::Field(label, ..) => Anchor::Field(label),
                TableRow::Values(_) | TableRow::Gap(..) => return None,
            };
            Some((place, index))
        });
        found.map(|(place, index)| (place, row - index))
    }

    /// Where a field or a section begins.
    pub(super) fn row_of(&self, place: Anchor) -> Option<usize> {
        self.rows.iter().position(|row| match (row, place) {
            (TableRow::Section(section, _), Anchor::Section(wanted)) => *section == wanted,
            (TableRow::Field(label, ..), Anchor::Field(wanted)) => *label == wanted,
            _ => false,
        })
    }

    /// The section in which a row stands.
    pub(super) fn section(&self, row: usize) -> Option<Section> {
        let end = (row + 1).min(self.rows.len());
        self.rows[..end].iter().rev().find_map(|row| match row {
            TableRow::Section(section, _) => Some(*section),
            _ => None,
        })
    }

    /// Every section of the table, and whether it is folded.
    pub(super) fn sections(&self) -> impl Iterator<Item = (Section, bool)> {
        self.rows.iter().filter_map(|row| match row {
            TableRow::Section(section, folded) => Some((*section, folded.is_some())),
            _ => None,
        })
    }

    /// The text of each row.
    pub(super) fn texts(&self) -> impl Iterator<Item = String> {
        self.rows.iter().map(|row| match row {
            TableRow::Section(section, _) => section.title().to_owned(),
            TableRow::Field(label, _, beside) => {
                let values = beside.iter().flatten().map(joined);
                apart(std::iter::once((*label).to_owned()).chain(values))
            }
            TableRow::Values(rows) => apart(rows.iter().map(joined)),
            TableRow::Gap(_, row) => joined(row),
        })
    }

    pub(super) fn draw_row(&self, row: &TableRow, area: Rect, canvas: &mut Canvas) {
        let theme = canvas.theme;
        let line = theme.signs.border.vertical_left;
        for place in 1..self.columns.count {
            let column = self.columns.of(place, area);
            let before = Rect { x: column.x.saturating_sub(2), width: 1, ..column };
            canvas.line(before.intersection(area), line, theme.border);
        }
        let from = GUTTER.min(area.width);
        let inside = Rect { x: area.x + from, width: area.width - from, ..area };
        match row {
            TableRow::Section(section, None) => {
                canvas.line(area, section.title(), theme.heading);
            }
            TableRow::Section(section, Some(below)) => {
                canvas.line(area, section.title(), theme.heading);
                let title = text::width(section.title()) as u16 + 1;
                let rest = Rect { x: area.x + title.min(area.width), ..area }.intersection(area);
                canvas.line(rest, below, theme.dim);
            }
            TableRow::Field(label, verdict, beside) => {
                let style = if *verdict == Verdict::Equal { theme.dim } else { theme.key };
                let sign = Rect { width: area.width.min(1), ..area };
                canvas.line(sign, &verdict.sign().to_string(), style);
                let width = self.columns.labels + self.columns.width;
                canvas.line(Rect { width, ..inside }.intersection(area), label, theme.label);
                self.draw_values(beside.iter().flatten(), area, canvas);
            }
            TableRow::Values(rows) => self.draw_values(rows.iter(), area, canvas),
            TableRow::Gap(place, row) => {
                canvas.row(self.columns.of(*place, area), row, Style::new());
            }
        }
    }

    fn draw_values<'a>(
        &self,
        rows: impl Iterator<Item = &'a Row>,
        area: Rect,
        canvas: &mut Canvas,
    ) {
        for (place, row) in rows.enumerate() {
            canvas.row(self.columns.of(place, area), row, Style::new());
        }
    }
}

/// The texts of columns in one line, told apart: what is looked for stands in one of them.
fn apart(texts: impl Iterator<Item = String>) -> String {
    texts.collect::<Vec<_>>().join("\u{2}")
}

/// Where a row stands, whatever the width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Section(Section),
    Field(&'static str),
}

/// `… 12 fields, 5 not equal`.
fn below(part: &ComparedPart) -> String {
    let count = part.rows.len();
    let fields = if count == 1 { "field" } else { "fields" };
    format!("… {count} {fields}, {} not equal", differences(part))
}

fn differences(part: &ComparedPart) -> usize {
    part.rows.iter().filter(|row| row.verdict != Verdict::Equal).count()
}

fn joined(row: &Row) -> String {
    row.iter().map(|span| span.text.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_columns_as_there_is_room_for() {
        for (room, studies, least, count, width) in [
            (158, 5, 24, 5, 28),
            (98, 5, 24, 3, 30),
            (98, 3, 24, 3, 30),
            (78, 5, 24, 2, 36),
            (38, 5, 24, 2, 16),
            (38, 2, 24, 2, 16),
            (5, 2, 24, 2, 0),
            (0, 2, 24, 2, 0),
            (118, 2, 24, 2, 46),
            (112, 2, 24, 2, 53),
            (80, 1, 24, 1, 58),
        ] {
            let columns = Columns::new(room, studies, least);
            assert_eq!((columns.count, columns.width), (count, width), "{room}");
        }
    }
}
