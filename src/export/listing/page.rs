//! A list as a terminal shows it: a header, columns as wide as their values, and at the end how many there are.

use std::io::{self, Write};

use super::columns::NamedColumn;
use super::{Entry, GAP, List};
use crate::text;

/// A terminal on which a list is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// In columns.
    pub width: usize,
    pub style: Style,
    /// How many studies there are, of which the list has some or all.
    pub of: usize,
}

/// How the header is told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// By its capitals alone.
    Plain,
    /// It is underlined, and the end is dim.
    Styled,
}

const UNDERLINED: &str = "\u{1b}[4m";
const DIM: &str = "\u{1b}[2m";
const END: &str = "\u{1b}[0m";

/// By so many rows the widths of the columns are found. Those that follow are cut to them.
const LOOKED_AT: usize = 500;

impl Page {
    pub(super) fn write<'a>(
        self,
        out: &mut dyn Write,
        list: List<'a>,
        entries: impl Iterator<Item = Entry<'a>>,
    ) -> io::Result<()> {
        let mut rows = entries.map(|entry| (list.for_people(&entry), entry.below));
        let first: Vec<_> = rows.by_ref().take(LOOKED_AT).collect();
        let headings: Vec<String> = list.columns.0.iter().map(NamedColumn::heading).collect();
        let widest = |place: usize| {
            let cells = first.iter().map(|(cells, _)| &cells[place]);
            cells.chain([&headings[place]]).map(|cell| text::width(cell)).max().unwrap_or(0)
        };
        let wanted: Vec<usize> = (0..headings.len()).map(widest).collect();
        let gaps = GAP * headings.len().saturating_sub(1);
        let widths = fitted(&wanted, self.width.saturating_sub(gaps));
        let numbers: Vec<bool> = list.columns.0.iter().map(NamedColumn::is_number).collect();
        let line = |cells: &[String]| {
            let columns = widths.iter().zip(&numbers);
            text::cut(&side_by_side(cells, columns), self.width).into_owned()
        };
        if !first.is_empty() {
            writeln!(out, "{}", self.style.around(UNDERLINED, &line(&headings)))?;
        }
        let (indent, mut written) = (widths.first().map_or(0, |width| width + GAP), 0);
        for (cells, below) in first.into_iter().chain(rows) {
            writeln!(out, "{}", line(&cells).trim_end())?;
            if let Some(below) = below {
                let below = format!("{}{below}", " ".repeat(indent));
                writeln!(out, "{}", text::cut(&below, self.width))?;
            }
            written += 1;
        }
        if written < self.of {
            let [written, of] = [written, self.of].map(|count| text::grouped(count as u64));
            writeln!(out, "{}", self.style.around(DIM, &format!("{written} of {of}")))?;
        }
        Ok(())
    }
}

impl Style {
    fn around(self, sequence: &str, line: &str) -> String {
        match self {
            Self::Plain => line.to_owned(),
            Self::Styled => format!("{sequence}{line}{END}"),
        }
    }
}

/// Cells of these widths, of which numbers end where the column ends.
fn side_by_side<'a>(
    cells: &[String],
    columns: impl Iterator<Item = (&'a usize, &'a bool)>,
) -> String {
    let mut line = String::new();
    for (place, (cell, (&width, &is_number))) in cells.iter().zip(columns).enumerate() {
        if place > 0 {
            line.push_str(&" ".repeat(GAP));
        }
        let cell = text::cut(cell, width);
        let blanks = " ".repeat(width.saturating_sub(text::width(&cell)));
        let [before, after] = if is_number { [&*blanks, ""] } else { ["", &blanks] };
        line.extend([before, &*cell, after]);
    }
    line
}

/// Widths of columns that fit into `room` together. The widest give way first.
fn fitted(wanted: &[usize], room: usize) -> Vec<usize> {
    let taken = |most: usize| wanted.iter().map(|&width| width.min(most)).sum::<usize>();
    let widest = wanted.iter().copied().max().unwrap_or(0);
    let most = (1..=widest).rev().find(|&most| taken(most) <= room).unwrap_or(1);
    // What is left of the room, the first of the columns that gave way take, a column each.
    let mut left = room.saturating_sub(taken(most));
    let mut widths = Vec::new();
    for &width in wanted {
        let more = usize::from(width > most && left > 0);
        left -= more;
        widths.push(width.min(most) + more);
    }
    widths
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_widest_columns_give_way_first() {
        for (wanted, room, widths) in [
            (&[11, 60, 10][..], 100, &[11, 60, 10][..]),
            (&[11, 60, 10], 50, &[11, 29, 10]),
            (&[11, 60, 30], 60, &[11, 25, 24]),
            (&[11, 60], 12, &[6, 6]),
            (&[11, 60], 0, &[1, 1]),
            (&[], 10, &[]),
        ] {
            assert_eq!(fitted(wanted, room), widths, "{wanted:?} in {room}");
        }
    }

    proptest! {
        #[test]
        fn columns_fit_and_none_is_wider_than_it_would_be(wanted in prop::collection::vec(1..90_usize, 1..12), room in 0..300_usize) {
            let widths = fitted(&wanted, room);
            let all: usize = widths.iter().sum();
            prop_assert!(all <= room.max(wanted.len()));
            prop_assert!(widths.iter().zip(&wanted).all(|(width, wanted)| (1..=*wanted).contains(width)));
            // No column is cut while there is room.
            prop_assert!(widths == wanted || all == room.max(wanted.len()));
        }
    }
}
