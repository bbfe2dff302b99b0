//! The list as a table: which of the chosen columns there is room for, their header, and what stands in them.

use ratatui::layout::Rect;

use super::age;
use crate::search::{self, By, Direction, MarkOrder, Sort};
use crate::session::{ListColumn, ListColumns, Session};
use crate::store::StudyIdx;
use crate::study::{Concept, phases_in_short};
use crate::text;
use crate::ui::canvas::Canvas;

const TITLE: search::Column = search::Column::Concept(Concept::Title);

/// The usual columns by importance: the first ones stay where there is less room.
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
    pub(super) of: search::Column,
    pub(super) x: u16,
    pub(super) width: u16,
}

impl Column {
    /// The column on a row.
    pub(super) fn on(self, row: Rect) -> Rect {
        Rect { x: self.x, width: self.width, ..row }
    }

    pub(super) fn is_title(self) -> bool {
        self.of == TITLE
    }

    /// The order of the list by this column; by a click on the column of the present order, the other way round.
    pub(super) fn order(self, present: Option<Sort>) -> Option<Sort> {
        let by = ordered_by(self.of)?;
        let natural = Sort { by, direction: Direction::Natural };
        let next = if present == Some(natural) { natural.reversed() } else { natural };
        By::all().any(|order| order == by).then_some(next)
    }
}

/// What orders the list by a column. The lead sponsor stands in the column by which sponsors are ordered.
fn ordered_by(column: search::Column) -> Option<By> {
    Some(match column {
        search::Column::Concept(Concept::Lead) => By::Concept(Concept::Sponsor),
        search::Column::Concept(concept) => By::Concept(concept),
        search::Column::Mark(field) => By::Marked(MarkOrder::of(field)?),
        search::Column::Nearest => By::Nearest,
    })
}

/// The columns that a session shows in a table at `area`: of those that are chosen as many as there is room for, and that
/// by which the list is ordered.
pub(super) fn columns(area: Rect, session: &Session, sort: Option<Sort>) -> Vec<Column> {
    let is_near = !session.results.near.nearby.is_empty();
    placed(area, &session.columns, sort, is_near)
}

fn placed(area: Rect, chosen: &ListColumns, sort: Option<Sort>, is_near: bool) -> Vec<Column> {
    let has_values = |column: &ListColumn| column.column != search::Column::Nearest || is_near;
    let mut all: Vec<ListColumn> = chosen.iter().filter(has_values).collect();
    let is_order =
        |column: search::Column| sort.is_some_and(|sort| Some(sort.by) == ordered_by(column));
    if let Some(Sort { by: By::Concept(concept), .. }) = sort
        && !all.iter().any(|column| is_order(column.column))
    {
        let column = ListColumn::from(search::Column::Concept(concept));
        let width = u16::try_from(text::width(concept.label()) + 2).unwrap_or(u16::MAX);
        all.push(ListColumn { width: column.width.max(width), ..column });
    }
    let mut wanted: Vec<ListColumn> = all.clone();
    if *chosen == ListColumns::default() {
        let importance = |column: &ListColumn| {
            let place = |concept: &Concept| column.column == search::Column::Concept(*concept);
            IMPORTANCE.iter().position(place).unwrap_or(IMPORTANCE.len())
        };
        wanted.sort_by_key(importance);
    }
    // The title says most, and nobody orders by what is not seen.
    wanted.sort_by_key(|column| (column.column != TITLE, !is_order(column.column)));
    // Behind the last column there is no gap.
    let mut room = area.width + 1;
    wanted.retain(|column| {
        let width = column.width + 1;
        let fits = width <= room;
        room -= if fits { width } else { 0 };
        fits
    });
    if wanted.is_empty() {
        wanted.extend(all.first().map(|first| ListColumn { width: area.width, ..*first }));
        room = 0;
    }
    let mut shown: Vec<ListColumn> = all
        .into_iter()
        .filter(|column| wanted.iter().any(|it| it.column == column.column))
        .collect();
    // The title takes what is left, else the last column.
    let widest = shown.iter().position(|column| column.column == TITLE);
    let widest = widest.unwrap_or(shown.len().saturating_sub(1));
    if let Some(column) = shown.get_mut(widest) {
        column.width = (column.width + room).min(area.width);
    }
    let mut x = area.x;
    let mut columns = Vec::new();
    for ListColumn { column, width } in shown {
        columns.push(Column { of: column, x, width });
        x += width + 1;
    }
    columns
}

/// Draws the names of the columns; that of the order has a sign.
pub(super) fn draw_header(row: Rect, canvas: &mut Canvas, columns: &[Column], sort: Option<Sort>) {
    for column in columns {
        let by = sort.filter(|sort| Some(sort.by) == ordered_by(column.of));
        let style = if by.is_some() { canvas.theme.key } else { canvas.theme.label };
        let sign = match by.map(|sort| sort.direction) {
            Some(Direction::Natural) => " ▾",
            Some(Direction::Reversed) => " ▴",
            None => "",
        };
        // The sign is seen also where the name is cut.
        let room = usize::from(column.width).saturating_sub(text::width(sign));
        let name = format!("{}{sign}", text::cut(&capitalized(column.of.label()), room));
        canvas.line(column.on(row), &aligned(*column, &name), style);
    }
}

/// `Last update`.
fn capitalized(label: &str) -> String {
    let mut chars = label.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}

/// Draws what a study states in each column but the title.
pub(super) fn draw_cells(
    row: Rect,
    canvas: &mut Canvas,
    columns: &[Column],
    (session, study): (&Session, StudyIdx),
) {
    for column in columns.iter().filter(|column| !column.is_title()) {
        let old = match column.of {
            search::Column::Concept(Concept::Updated) => age::of_open(session, study),
            _ => None,
        };
        let style = if old.is_some() { canvas.theme.key } else { canvas.theme.dim };
        let words = old.map(|old| format!("{old} ago"));
        let words = words.or_else(|| cell(session, study, column.of));
        let words = words.unwrap_or_else(|| "–".to_owned());
        canvas.line(column.on(row), &aligned(*column, &words), style);
    }
}

/// What a study states in a column; `None` if it states nothing.
pub(super) fn cell(session: &Session, study: StudyIdx, column: search::Column) -> Option<String> {
    let store = &session.store;
    match column {
        search::Column::Nearest => session.results.near.in_words(store, study),
        search::Column::Mark(field) => {
            let mark = session.marks.get(store.id(study))?;
            Some(field.values_of(mark).join(", ")).filter(|words| !words.is_empty())
        }
        search::Column::Concept(Concept::Phase) => {
            Some(phases_in_short(&store.codes(study, Concept::Phase))).filter(|it| !it.is_empty())
        }
        search::Column::Concept(concept) => store.stated(study, concept).in_words(),
    }
}

/// Numbers end where the column ends.
fn aligned(column: Column, words: &str) -> String {
    let width = usize::from(column.width);
    if column.of.is_number() {
        let blanks = width.saturating_sub(text::width(words));
        format!("{}{words}", " ".repeat(blanks))
    } else {
        words.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn usual(width: u16, sort: Option<Sort>) -> Vec<Column> {
        placed(Rect::new(3, 0, width, 1), &ListColumns::default(), sort, false)
    }

    #[test]
    fn the_column_of_the_order_is_always_there() {
        for (by, _) in Concept::orders() {
            let sort = Some(Sort { by: By::Concept(by), direction: Direction::Reversed });
            let columns = usual(90, sort);
            assert!(
                columns.iter().any(|column| ordered_by(column.of) == Some(By::Concept(by))),
                "{by:?}"
            );
        }
    }

    #[test]
    fn a_click_on_the_column_of_the_order_turns_it_round() {
        let id = usual(90, None)[0];
        let natural = id.order(None);
        let reversed = id.order(natural);
        assert_eq!(reversed, natural.map(Sort::reversed));
        assert_eq!(id.order(reversed), natural);
    }

    #[test]
    fn chosen_columns_stand_in_their_order_and_the_last_ones_give_way() {
        let concepts = [Concept::Start, Concept::Id, Concept::Country, Concept::Arms];
        let of = |concept| search::Column::Concept(concept);
        let nearest = [search::Column::Nearest];
        let chosen = concepts.into_iter().map(of).chain(nearest).map(ListColumn::from);
        let chosen = ListColumns::new(chosen).unwrap();
        let shown = |width: u16, is_near: bool| -> Vec<&'static str> {
            let columns = placed(Rect::new(0, 0, width, 1), &chosen, None, is_near);
            let last = columns.last().unwrap();
            assert_eq!(last.x + last.width, width, "the last column takes what is left");
            columns.iter().map(|column| column.of.name()).collect()
        };
        assert_eq!(shown(90, true), ["start", "id", "country", "arms", "nearest"]);
        assert_eq!(shown(90, false), ["start", "id", "country", "arms"]);
        assert_eq!(shown(30, true), ["start", "id", "arms"]);
        assert_eq!(shown(5, true), ["arms"]);
        assert_eq!(shown(3, true), ["start"]);
    }

    proptest! {
        #[test]
        fn columns_stand_beside_each_other_within_the_area(
            width in 1..300_u16,
            x in 0..9_u16,
            chosen in prop::collection::vec((0..60_usize, 0..250_u16), 0..12),
        ) {
            let offered: Vec<_> = ListColumns::offered().collect();
            let chosen = chosen.into_iter().map(|(at, width)| {
                ListColumn { column: offered[at % offered.len()], width }
            });
            let chosen = ListColumns::new(chosen).unwrap_or_default();
            let area = Rect { x, y: 0, width, height: 1 };
            for sort in [None, Some(Sort::NEWEST)] {
                let columns = placed(area, &chosen, sort, true);
                prop_assert!(!columns.is_empty());
                for pair in columns.windows(2) {
                    prop_assert_eq!(pair[0].x + pair[0].width + 1, pair[1].x);
                }
                let last = columns.last().unwrap();
                prop_assert!(last.x + last.width <= area.right());
            }
        }
    }
}
