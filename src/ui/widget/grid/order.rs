//! Which rows of a table are shown, and in which order.

use std::cmp::Ordering;

use super::ColumnKind;
use crate::text;

/// Which end of a column comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Rising,
    Falling,
}

impl Direction {
    /// The way that one wants to see first: words from A, numbers from the largest.
    pub(super) fn first(kind: ColumnKind) -> Self {
        match kind {
            ColumnKind::Text => Self::Rising,
            ColumnKind::Number => Self::Falling,
        }
    }

    pub(super) fn reversed(self) -> Self {
        match self {
            Self::Rising => Self::Falling,
            Self::Falling => Self::Rising,
        }
    }

    pub(super) fn sign(self) -> &'static str {
        match self {
            Self::Rising => "↑",
            Self::Falling => "↓",
        }
    }
}

/// The rows in which every word of `typed` stands, in whatever cell.
pub(super) fn narrowed(rows: &[Vec<String>], typed: &str) -> Vec<usize> {
    let typed = text::fold(typed);
    let words: Vec<&str> = typed.split_whitespace().collect();
    let fits = |row: &Vec<String>| {
        let cells = text::fold(&row.join("\n"));
        words.iter().all(|word| cells.contains(word))
    };
    let all = rows.iter().enumerate();
    all.filter(|(_, row)| words.is_empty() || fits(row)).map(|(index, _)| index).collect()
}

/// Sorts rows by a column; rows that say nothing there come last both ways, equal ones stay as they are.
pub(super) fn sort(
    shown: &mut [usize],
    rows: &[Vec<String>],
    (column, kind, direction): (usize, ColumnKind, Direction),
) {
    let cell = |row: usize| rows[row].get(column).map_or("", String::as_str);
    match kind {
        ColumnKind::Number => by(shown, direction, |row| number(cell(row)), f64::total_cmp),
        ColumnKind::Text => by(shown, direction, |row| folded(cell(row)), String::cmp),
    }
}

fn by<K>(
    shown: &mut [usize],
    direction: Direction,
    key: impl Fn(usize) -> Option<K>,
    compare: fn(&K, &K) -> Ordering,
) {
    let mut keyed: Vec<_> = shown.iter().map(|&row| (key(row), row)).collect();
    keyed.sort_by(|(a, _), (b, _)| match (a, b, direction) {
        (Some(a), Some(b), Direction::Rising) => compare(a, b),
        (Some(a), Some(b), Direction::Falling) => compare(b, a),
        (a, b, _) => b.is_some().cmp(&a.is_some()),
    });
    for (place, (_, row)) in shown.iter_mut().zip(keyed) {
        *place = row;
    }
}

fn folded(cell: &str) -> Option<String> {
    Some(text::fold(cell)).filter(|folded| !folded.is_empty())
}

/// The first number in a cell: of `12 of 26,300` 12, of `(-.7, 1)` -0.7; `None` for `NA`.
fn number(cell: &str) -> Option<f64> {
    let digit = cell.find(|char: char| char.is_ascii_digit())?;
    let (before, rest) = cell.split_at(digit);
    let (before, point) = before.strip_suffix('.').map_or((before, ""), |before| (before, "."));
    let minus = before.strip_suffix(['-', '−']);
    let negative = minus.is_some_and(|before| !before.ends_with(char::is_alphanumeric));
    let mut digits = format!("{}{point}", if negative { "-" } else { "" });
    let mut seen_point = !point.is_empty();
    let mut chars = rest.chars().peekable();
    while let Some(char) = chars.next() {
        let before_digit = chars.peek().is_some_and(char::is_ascii_digit);
        match char {
            '0'..='9' => digits.push(char),
            ',' if before_digit => (),
            '.' if before_digit && !seen_point => {
                digits.push('.');
                seen_point = true;
            }
            _ => break,
        }
    }
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_found_in_cells() {
        for (cell, found) in [
            ("", None),
            ("NA", None),
            ("7", Some(7.0)),
            ("26,300", Some(26_300.0)),
            ("-.7", Some(-0.7)),
            ("−1.5 (0.2)", Some(-1.5)),
            ("12 of 345, 3.5 %", Some(12.0)),
            ("< 0.001", Some(0.001)),
            ("1-2", Some(1.0)),
            ("week-2", Some(2.0)),
            ("1.2.3", Some(1.2)),
            ("5.", Some(5.0)),
            ("3, 4", Some(3.0)),
        ] {
            assert_eq!(number(cell), found, "{cell}");
        }
    }

    fn rows(cells: &[&str]) -> Vec<Vec<String>> {
        cells.iter().map(|cell| vec![(*cell).to_owned()]).collect()
    }

    #[test]
    fn rows_are_sorted_as_their_column_says() {
        let rows = rows(&["10", "", "9", "Zebra", "ähre", "10"]);
        for (kind, direction, order) in [
            (ColumnKind::Number, Direction::Falling, [0, 5, 2, 1, 3, 4]),
            (ColumnKind::Number, Direction::Rising, [2, 0, 5, 1, 3, 4]),
            (ColumnKind::Text, Direction::Rising, [0, 5, 2, 4, 3, 1]),
            (ColumnKind::Text, Direction::Falling, [3, 4, 2, 0, 5, 1]),
        ] {
            let mut shown: Vec<usize> = (0..6).collect();
            sort(&mut shown, &rows, (0, kind, direction));
            assert_eq!(shown, order, "{kind:?} {direction:?}");
        }
    }

    #[test]
    fn every_word_narrows() {
        let mut rows = rows(&["Liver failure", "Liver", "Failure"]);
        rows[1].push("Échec".to_owned());
        for (typed, shown) in [
            ("", vec![0, 1, 2]),
            ("liver", vec![0, 1]),
            ("FAIL liv", vec![0]),
            ("liver echec", vec![1]),
            ("rf", vec![]),
        ] {
            assert_eq!(narrowed(&rows, typed), shown, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn sorting_loses_no_row(cells in prop::collection::vec("[a-c0-9.,-]{0,4}", 0..20), rising: bool) {
            let rows: Vec<_> = cells.into_iter().map(|cell| vec![cell]).collect();
            let direction = if rising { Direction::Rising } else { Direction::Falling };
            for kind in [ColumnKind::Text, ColumnKind::Number] {
                let mut shown: Vec<usize> = (0..rows.len()).collect();
                sort(&mut shown, &rows, (0, kind, direction));
                let numbers: Vec<f64> = shown.iter().filter_map(|&row| number(&rows[row][0])).collect();
                let in_order = |a: &f64, b: &f64| if rising { a <= b } else { a >= b };
                let sorted = kind == ColumnKind::Text || numbers.is_sorted_by(in_order);
                prop_assert!(sorted, "{:?}", numbers);
                shown.sort_unstable();
                prop_assert!(shown.into_iter().eq(0..rows.len()));
            }
        }
    }
}
