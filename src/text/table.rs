//! Tables of text, wrapped to a width. It does not know cursors.

use super::rich::{Line, Row, Span, Tone, flow, flow_with};
use super::width::width;
use super::wrap::Addresses;

/// Where the cells of a column stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
}

/// What becomes of columns for which there is no room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overflow {
    /// They are left out.
    LeftOut,
    /// They follow below, behind the first column once more.
    Below,
    /// They do, and no address is broken however long it is: for what leaves the program.
    BelowAndWhole,
}

/// The title of a column and where its cells stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    pub title: String,
    pub align: Align,
}

/// Cells in rows and columns. A row may be shorter than the head.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    pub head: Vec<Head>,
    pub rows: Vec<Vec<String>>,
}

/// Text that flows, or cells in columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    Lines(Vec<Line>),
    Table(Table),
}

/// The spaces between two columns.
const GAP: usize = 2;
/// How wide a column may be for the sake of its title alone.
const TITLE: usize = 14;
/// How wide a column behind the first may be where room is short.
const TIGHT: usize = 26;

impl Overflow {
    /// What becomes of long addresses.
    fn addresses(self) -> Addresses {
        match self {
            Self::LeftOut | Self::Below => Addresses::Broken,
            Self::BelowAndWhole => Addresses::Whole,
        }
    }
}

impl Head {
    /// A column of words, which stand at the left.
    pub fn words(title: impl Into<String>) -> Self {
        Self { title: title.into(), align: Align::Left }
    }

    /// A column of numbers, which stand at the right.
    pub fn numbers(title: impl Into<String>) -> Self {
        Self { title: title.into(), align: Align::Right }
    }
}

impl Table {
    /// The table in rows of at most `room` columns, the cells wrapped, and how many of its columns were
    /// left out. Spaces in front of a cell indent all its rows.
    pub fn flow(&self, room: usize, overflow: Overflow) -> (Vec<Row>, usize) {
        let Self { head, rows } = self;
        let wanted = |index: usize| wanted(&head[index].title, rows, index);
        let wanted: Vec<usize> = (0..head.len()).map(wanted).collect();
        let mut set = Vec::new();
        let mut shown = 1;
        loop {
            let columns = fitting(&wanted, shown, room);
            shown = columns.last().map_or(0, |(index, _)| index + 1);
            if !set.is_empty() {
                set.push(Row::new());
            }
            let setting = Setting { head, columns: &columns, addresses: overflow.addresses() };
            setting.part(rows, &mut set);
            if overflow == Overflow::LeftOut || shown >= head.len() {
                return (set, head.len() - shown);
            }
        }
    }
}

impl Block {
    /// The block in rows of at most `room` columns.
    pub fn flow(&self, room: usize, overflow: Overflow) -> Vec<Row> {
        let table = match self {
            Self::Lines(lines) => return flow_with(lines, room, overflow.addresses()),
            Self::Table(table) => table,
        };
        let (mut rows, left_out) = table.flow(room, overflow);
        if left_out > 0 {
            let noun = if left_out == 1 { "column" } else { "columns" };
            let words = format!("{left_out} more {noun} for which there is no room here");
            rows.extend(flow(&[Line::toned(words, Tone::Dim)], room));
        }
        rows
    }
}

/// How wide a column would be, had it all the room it wanted.
fn wanted(title: &str, rows: &[Vec<String>], index: usize) -> usize {
    let cells = rows.iter().filter_map(|row| row.get(index)).map(|cell| width(cell));
    let title = width(title);
    cells.max().unwrap_or(0).max(title.min(TITLE.max(title / 3 + 2))).max(1)
}

/// The first column and as many from `next` on as have room, one at least, each with its width.
fn fitting(wanted: &[usize], next: usize, room: usize) -> Vec<(usize, usize)> {
    let total: usize =
        wanted.iter().map(|width| width.saturating_add(GAP)).fold(0, usize::saturating_add);
    if total.saturating_sub(GAP) <= room {
        return wanted.iter().copied().enumerate().collect();
    }
    let Some(&first) = wanted.first() else { return Vec::new() };
    let alone = if wanted.len() == 1 { room } else { room * 2 / 5 };
    let first = first.min(alone.max(1));
    let mut left = room.saturating_sub(first);
    let mut columns = vec![(0, first)];
    for (index, &wanted) in wanted.iter().enumerate().skip(next) {
        let width = wanted.min(TIGHT);
        if columns.len() > 1 && left < width + GAP {
            break;
        }
        let width = width.min(left.saturating_sub(GAP)).max(1);
        left = left.saturating_sub(width + GAP);
        columns.push((index, width));
    }
    // What is left over goes to those that want more, from the left.
    for (index, width) in &mut columns {
        let more = (wanted[*index] - *width).min(left);
        *width += more;
        left -= more;
    }
    columns
}

/// Some columns of a table, each with its width.
struct Setting<'a> {
    head: &'a [Head],
    columns: &'a [(usize, usize)],
    addresses: Addresses,
}

impl Setting<'_> {
    /// Sets titles, a rule, the cells.
    fn part(&self, rows: &[Vec<String>], set: &mut Vec<Row>) {
        if self.head.iter().any(|head| !head.title.is_empty()) {
            let titles: Vec<&str> = self.head.iter().map(|head| head.title.as_str()).collect();
            self.line(&titles, Tone::Label, set);
            let rule: Vec<String> =
                self.columns.iter().map(|(_, width)| "-".repeat(*width)).collect();
            set.push(vec![Span::new(rule.join("  "), Tone::Dim)]);
        }
        for row in rows {
            let cells: Vec<&str> = row.iter().map(String::as_str).collect();
            self.line(&cells, Tone::Plain, set);
        }
    }

    /// Sets one row of cells, on as many rows as the longest needs; titles stand at the foot of theirs.
    fn line(&self, cells: &[&str], tone: Tone, set: &mut Vec<Row>) {
        let Self { head, columns, addresses } = *self;
        let cell = |index: usize| cells.get(index).copied().unwrap_or_default();
        if columns.iter().all(|&(index, room)| width(cell(index)) <= room) {
            let mut text = String::with_capacity(columns.iter().map(|(_, room)| room + GAP).sum());
            for &(index, room) in columns {
                put(cell(index), (room, head[index].align), &mut text);
            }
            text.truncate(text.trim_end().len());
            set.push(vec![Span::new(text, tone)]);
            return;
        }
        let wrapped: Vec<Vec<String>> =
            columns.iter().map(|&(index, room)| wrapped(cell(index), room, addresses)).collect();
        let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
        for number in 0..height {
            let mut text = String::new();
            for (cell, &(index, room)) in wrapped.iter().zip(columns) {
                let above = if tone == Tone::Label { height - cell.len() } else { 0 };
                let part = number.checked_sub(above).and_then(|number| cell.get(number));
                let part = part.map_or("", String::as_str);
                put(part, (room, head[index].align), &mut text);
            }
            text.truncate(text.trim_end().len());
            set.push(vec![Span::new(text, tone)]);
        }
    }
}

/// Adds one cell, filled to its room, and the gap behind it.
fn put(cell: &str, (room, align): (usize, Align), text: &mut String) {
    let space = room.saturating_sub(width(cell));
    let (before, behind) = match align {
        Align::Left => (0, space),
        Align::Right => (space, 0),
    };
    text.extend(std::iter::repeat_n(' ', before));
    text.push_str(cell);
    text.extend(std::iter::repeat_n(' ', behind + GAP));
}

fn wrapped(cell: &str, room: usize, addresses: Addresses) -> Vec<String> {
    if width(cell) <= room {
        return vec![cell.to_owned()];
    }
    let text = cell.trim_start_matches(' ');
    let line = Line::plain(text).indented(cell.len() - text.len());
    let rows = flow_with(&[line], room, addresses);
    rows.iter().map(|row| row.iter().map(|span| span.text.as_str()).collect()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn made() -> Table {
        let head = vec![
            Head::words("Event"),
            Head::numbers("Placebo"),
            Head::numbers("Drug, 10 mg once daily"),
        ];
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let rows = vec![
            row(["Any", "12 of 345", "1 of 3"]),
            row(["  Nausea, of whatever kind", "2", "NA"]),
            vec!["Short".to_owned()],
        ];
        Table { head, rows }
    }

    fn texts(rows: &[Row]) -> Vec<String> {
        rows.iter().map(|row| row.iter().map(|span| span.text.as_str()).collect()).collect()
    }

    #[test]
    fn a_table_with_room_stands_in_columns() {
        let (set, out) = made().flow(80, Overflow::LeftOut);
        let lines = [
            "                                          Drug, 10 mg",
            "Event                         Placebo      once daily",
            "--------------------------  ---------  --------------",
            "Any                         12 of 345          1 of 3",
            "  Nausea, of whatever kind          2              NA",
            "Short",
        ];
        assert_eq!((texts(&set), out), (lines.map(str::to_owned).to_vec(), 0));
    }

    #[test]
    fn cells_wrap_and_columns_without_room_are_left_out_or_follow() {
        let left_out = [
            "Event         Placebo",
            "----------  ---------",
            "Any         12 of 345",
            "  Nausea,           2",
            "  of",
            "  whatever",
            "  kind",
            "Short",
        ];
        let (set, out) = made().flow(21, Overflow::LeftOut);
        assert_eq!((texts(&set), out), (left_out.map(str::to_owned).to_vec(), 1));
        let (set, out) = made().flow(21, Overflow::Below);
        assert_eq!(out, 0);
        assert!(texts(&set).iter().any(|line| line.contains("once daily")), "{set:?}");
    }

    #[test]
    fn a_table_of_nothing_is_nothing() {
        assert_eq!(Table::default().flow(20, Overflow::Below), (Vec::new(), 0));
        let bare = Table { head: vec![Head::words("")], rows: vec![vec!["a".to_owned()]] };
        assert_eq!(texts(&bare.flow(20, Overflow::Below).0), ["a"]);
    }

    #[test]
    fn a_block_says_how_many_columns_it_has_no_room_for() {
        let rows = Block::Table(made()).flow(21, Overflow::LeftOut);
        assert_eq!(texts(&rows)[8..], ["1 more column for", "which there is no", "room here"]);
    }

    proptest! {
        #[test]
        fn no_cell_is_lost_and_every_row_fits(
            cells in prop::collection::vec(prop::collection::vec("[a-z 日(%]{0,30}", 0..5), 0..5),
            room in 8..90_usize,
        ) {
            let head = [Align::Left, Align::Right, Align::Left, Align::Right, Align::Left]
                .map(|align| Head { title: "A title".to_owned(), align }).to_vec();
            let table = Table { head, rows: cells.clone() };
            let (set, out) = table.flow(room, Overflow::Below);
            prop_assert_eq!(out, 0);
            let solid = |text: &str| text.chars().filter(|char| !" -".contains(*char)).count();
            let set = texts(&set);
            let shown: usize = set.iter().map(|row| solid(row)).sum();
            let first: usize = cells.iter().filter_map(|row| row.first()).map(|cell| solid(cell)).sum();
            let all: usize = cells.iter().flatten().map(|cell| solid(cell)).sum();
            let parts = set.iter().filter(|row| row.starts_with("--")).count();
            prop_assert_eq!(shown, all + first * (parts - 1) + solid("A title") * (4 + parts));
            prop_assert!(set.iter().all(|row| width(row) <= room), "{:?}", set);
        }
    }
}
