//! The list as a table: which columns there is room for, their header, and what stands in them.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::search::{By, Direction, Sort};
use crate::store::{Store, StudyIdx};
use crate::study::concept::Kind;
use crate::study::{Concept, phases_in_short};
use crate::text;
use crate::ui::canvas::Canvas;

/// A title keeps at least so many columns.
const TITLE: u16 = 40;

/// Columns in the order of the screen, each with its width; that of the title is what is left.
const COLUMNS: [(Concept, u16); 9] = [
    (Concept::Id, 11),
    (Concept::Status, 14),
    (Concept::Phase, 7),
    (Concept::Title, 0),
    (Concept::Enrollment, 12),
    (Concept::Country, 14),
    (Concept::Lead, 22),
    (Concept::Start, 10),
    (Concept::Updated, 13),
];

/// The same by importance: the first ones stay where there is less room.
const IMPORTANCE: [Concept; 9] = [
    Concept::Title,
    Concept::Id,
    Concept::Phase,
    Concept::Enrollment,
    Concept::Lead,
    Concept::Start,
    Concept::Status,
    Concept::Updated,
    Concept::Country,
];

/// A column and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) concept: Concept,
    pub(super) x: u16,
    pub(super) width: u16,
}

impl Column {
    /// The column on a row.
    pub(super) fn on(self, row: Rect) -> Rect {
        Rect { x: self.x, width: self.width, ..row }
    }

    /// The order of the list by this column; by a click on the column of the present order, the other way round.
    pub(super) fn order(self, present: Option<Sort>) -> Option<Sort> {
        let by = ordered_by(self.concept);
        let natural = Sort { by: By::Concept(by), direction: Direction::Natural };
        let next = if present == Some(natural) { natural.reversed() } else { natural };
        by.definition().order.is_some().then_some(next)
    }
}

/// The lead sponsor stands in the column by which sponsors are ordered.
fn ordered_by(concept: Concept) -> Concept {
    if concept == Concept::Lead { Concept::Sponsor } else { concept }
}

/// The columns of a table that stands at `area`. That by which the list is ordered is always one of them.
pub(super) fn columns(area: Rect, sort: Option<Sort>) -> Vec<Column> {
    let by = sort.and_then(Sort::concept);
    let added = by.filter(|&by| !COLUMNS.iter().any(|&(column, _)| ordered_by(column) == by));
    let added = added.and_then(|by| {
        let width = by.definition().column?.width.max(text::width(by.label()) + 2);
        Some((by, u16::try_from(width).unwrap_or(u16::MAX)))
    });
    let all: Vec<(Concept, u16)> = COLUMNS.into_iter().chain(added).collect();
    let width = |concept| {
        let known = all.iter().find(|&&(column, _)| column == concept);
        known.map_or(0, |&(_, width)| width + 1)
    };
    let is_order = |concept: Concept| Some(ordered_by(concept)) == by;
    let mut wanted: Vec<Concept> = IMPORTANCE.into_iter().chain(added.map(|(by, _)| by)).collect();
    wanted.sort_by_key(|&concept| !is_order(concept));
    let mut room = area.width.saturating_sub(TITLE);
    wanted.retain(|&concept| {
        let fits = concept == Concept::Title || width(concept) <= room;
        room -= if fits { width(concept).min(room) } else { 0 };
        fits
    });
    let shown = all.iter().filter(|(column, _)| wanted.contains(column));
    let mut x = area.x;
    let mut columns = Vec::new();
    for &(concept, width) in shown {
        let width = if concept == Concept::Title { TITLE - 1 + room } else { width };
        columns.push(Column { concept, x, width });
        x += width + 1;
    }
    columns
}

/// Draws the names of the columns; that of the order has a sign.
pub(super) fn draw_header(row: Rect, canvas: &mut Canvas, columns: &[Column], sort: Option<Sort>) {
    for column in columns {
        let label = column.concept.label();
        let mut name: String = label.chars().take(1).flat_map(char::to_uppercase).collect();
        name.extend(label.chars().skip(1));
        let by = sort.filter(|sort| sort.concept() == Some(ordered_by(column.concept)));
        let style = if by.is_some() { canvas.theme.key } else { canvas.theme.label };
        name.push_str(match by.map(|sort| sort.direction) {
            Some(Direction::Natural) => " ▾",
            Some(Direction::Reversed) => " ▴",
            None => "",
        });
        draw_cell(column.on(row), canvas, &aligned(*column, &name), style);
    }
}

/// Draws what a study states in each column but the title.
pub(super) fn draw_cells(
    row: Rect,
    canvas: &mut Canvas,
    columns: &[Column],
    (store, study): (&Store, StudyIdx),
) {
    for column in columns.iter().filter(|column| column.concept != Concept::Title) {
        let words = match column.concept {
            Concept::Phase => phases_in_short(&store.codes(study, Concept::Phase)),
            concept => store.stated(study, concept).in_words().unwrap_or_else(|| "–".to_owned()),
        };
        draw_cell(column.on(row), canvas, &aligned(*column, &words), canvas.theme.dim);
    }
}

fn draw_cell(area: Rect, canvas: &mut Canvas, words: &str, style: Style) {
    canvas.line(area, words, style);
}

/// Numbers end where the column ends.
fn aligned(column: Column, words: &str) -> String {
    let width = usize::from(column.width);
    match column.concept.definition().kind {
        Kind::Count(_) | Kind::Age(_) => format!("{words:>width$}"),
        _ => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_column_of_the_order_is_always_there() {
        let area = Rect::new(3, 0, 90, 1);
        for (by, _) in Concept::orders() {
            let sort = Some(Sort { by: By::Concept(by), direction: Direction::Reversed });
            let columns = columns(area, sort);
            assert!(columns.iter().any(|column| ordered_by(column.concept) == by), "{by:?}");
        }
    }

    #[test]
    fn a_click_on_the_column_of_the_order_turns_it_round() {
        let id = columns(Rect::new(0, 0, 90, 1), None)[0];
        let natural = id.order(None);
        let reversed = id.order(natural);
        assert_eq!(reversed, natural.map(Sort::reversed));
        assert_eq!(id.order(reversed), natural);
    }

    proptest! {
        #[test]
        fn columns_stand_beside_each_other_within_the_area(width in 60..300_u16, x in 0..9_u16) {
            let area = Rect { x, y: 0, width, height: 1 };
            let columns = columns(area, Some(Sort::NEWEST));
            for pair in columns.windows(2) {
                prop_assert_eq!(pair[0].x + pair[0].width + 1, pair[1].x);
            }
            let last = columns.last().unwrap();
            prop_assert!(last.x + last.width <= area.right());
        }
    }
}
