//! Where the parts of a table are on the screen, and how wide each column is there.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Column, ColumnKind};
use crate::text::{self, Line};
use crate::ui::canvas::Canvas;

/// The widest that a column wants to be.
const WIDEST: usize = 60;
/// How wide a column may be for the sake of its title alone.
const TITLE: usize = 14;
/// The most rows of titles.
const HEAD: usize = 3;
/// The columns in front of the rows, for the sign of the cursor.
const GUTTER: u16 = 2;
/// The columns between two columns.
const GAP: u16 = 2;
/// How wide a column of words behind the first may be where not all have room.
const TIGHT: u16 = 24;
/// A column of which less could be shown is left out.
const LEAST: u16 = 6;
/// The rows for the cell at the cursor, and from how many rows on there are any.
const FOOT: u16 = 4;
const TALL: u16 = 14;

/// How wide each column would be, had it all the room it wanted.
pub(super) fn wanted(columns: &[Column], rows: &[Vec<String>]) -> Vec<usize> {
    let widest = |(index, column): (usize, &Column)| {
        let cells = rows.iter().filter_map(|row| row.get(index));
        let cells = cells.map(|cell| text::width(cell)).max().unwrap_or(0);
        let title = text::width(&column.title);
        cells.max(title.min(TITLE.max(title.div_ceil(HEAD) + 2))).clamp(1, WIDEST)
    };
    columns.iter().enumerate().map(widest).collect()
}

/// A column on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ColumnArea {
    pub(super) index: usize,
    pub(super) x: u16,
    pub(super) width: u16,
    kind: ColumnKind,
}

/// The parts of a table on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct GridAreas {
    pub(super) filter: Rect,
    pub(super) head: Rect,
    pub(super) body: Rect,
    /// Where the cell at the cursor stands whole; empty where every cell does.
    pub(super) foot: Rect,
    /// The columns in sight, the first column first.
    pub(super) columns: Vec<ColumnArea>,
    /// How many columns behind the first are out of sight on the left.
    pub(super) left: usize,
    all: Vec<ColumnArea>,
}

impl ColumnArea {
    /// The part of a row that is the column's.
    pub(super) fn on(&self, row: Rect) -> Rect {
        Rect { x: self.x, width: self.width, ..row }.intersection(row)
    }

    pub(super) fn holds(&self, x: u16) -> bool {
        (self.x..self.x + self.width).contains(&x)
    }

    /// Draws a cell on `row`.
    pub(super) fn put(&self, row: Rect, canvas: &mut Canvas, cell: &str, style: Style) {
        match self.kind {
            ColumnKind::Text => canvas.line(self.on(row), cell, style),
            ColumnKind::Number => {
                let cell = text::cut(cell, usize::from(self.width));
                canvas.line_right(self.on(row), &cell, style);
            }
        }
    }

    /// The title in at most `rows` rows.
    pub(super) fn title(&self, title: &str, rows: usize) -> Vec<String> {
        let width = usize::from(self.width);
        let all = text::flow(&[Line::plain(title)], width);
        let mut lines: Vec<String> =
            all.iter().map(|row| row.iter().map(|span| span.text.as_str()).collect()).collect();
        if lines.len() > rows {
            // What is cut ends with its sign.
            let rest = lines.split_off(rows.saturating_sub(1)).join(" ");
            lines.extend((rows > 0).then(|| text::cut(&rest, width).into_owned()));
        }
        lines
    }
}

impl GridAreas {
    /// The parts of a table on `area`, as if nothing were scrolled or narrowed.
    pub(super) fn new(area: Rect, wanted: &[usize], columns: &[Column]) -> Self {
        let room = area.width.saturating_sub(GUTTER);
        let wanted: Vec<u16> = wanted.iter().map(|&width| width as u16).collect();
        let others: u16 =
            wanted.iter().skip(1).fold(0, |sum, width| sum.saturating_add(width + GAP));
        // The first column may take what the others leave it, and a third in any case; words behind it
        // have to be content with little where there is not room for everything.
        let all_fit = wanted.first().is_none_or(|first| first + others <= room);
        let first = room.saturating_sub(others).max(room / 3);
        let shown = |(index, &width): (usize, &u16)| {
            let kind = columns[index].kind;
            let most = match (index, kind) {
                (0, _) => first,
                (_, ColumnKind::Text) if !all_fit => room.min(TIGHT),
                _ => room,
            };
            ColumnArea { index, x: 0, width: width.min(most), kind }
        };
        let all: Vec<ColumnArea> = wanted.iter().enumerate().map(shown).collect();
        let title =
            |place: &ColumnArea| place.title(&columns[place.index].title, HEAD).len() as u16;
        let head = all.iter().map(title).max().unwrap_or(0).min(area.height / 3);
        let mut cells = columns.iter().zip(&all);
        let cut = all.iter().zip(&wanted).any(|(place, &wanted)| place.width < wanted)
            || wanted.iter().any(|&width| usize::from(width) == WIDEST)
            || cells
                .any(|(column, place)| place.title(&column.title, HEAD).len() > usize::from(head));
        let foot = if cut && area.height >= TALL { FOOT } else { 0 };
        let body = area.height - head - foot;
        Self {
            filter: Rect { height: 0, ..area },
            head: Rect { height: head, ..area },
            body: Rect { y: area.y + head, height: body, ..area },
            foot: Rect { y: area.y + head + body, height: foot, ..area },
            columns: Vec::new(),
            left: 0,
            all,
        }
    }

    /// Takes a row for the text that narrows, where there is one.
    pub(super) fn narrowed(mut self, narrowed: bool) -> Self {
        let row = u16::from(narrowed && self.body.height > 1);
        self.filter.height = row;
        self.head.y += row;
        self.body.y += row;
        self.body.height -= row;
        self
    }

    /// Scrolls sideways as little from `left` as brings `column` into sight.
    pub(super) fn at(mut self, left: usize, column: usize) -> Self {
        let mut left = left.min(column.saturating_sub(1));
        while left + 1 < column
            && self.from(left).last().is_none_or(|last| {
                last.index < column || last.index == column && last.width < self.all[column].width
            })
        {
            left += 1;
        }
        // No empty room at the right while columns are out of sight on the left.
        while left > 0 && self.reaches_the_end(left - 1) {
            left -= 1;
        }
        self.columns = self.from(left);
        self.left = left;
        self
    }

    fn reaches_the_end(&self, left: usize) -> bool {
        self.from(left).last().is_some_and(|last| {
            self.all.last().is_some_and(|end| last.index == end.index && last.width == end.width)
        })
    }

    /// The columns that have room when `left` of those behind the first are out of sight.
    fn from(&self, left: usize) -> Vec<ColumnArea> {
        let mut x = self.body.x.saturating_add(GUTTER);
        let mut columns = Vec::new();
        let behind = self.all.iter().skip(1 + left);
        for place in self.all.iter().take(1).chain(behind) {
            let room = self.body.right().saturating_sub(x);
            // A number of which a part is missing is another number.
            let least = match place.kind {
                ColumnKind::Number if columns.len() > 1 => place.width,
                _ => LEAST,
            };
            if room < place.width.clamp(1, least.max(1)) {
                break;
            }
            columns.push(ColumnArea { x, width: place.width.min(room), ..*place });
            x = x.saturating_add(place.width + GAP);
        }
        columns
    }
}
