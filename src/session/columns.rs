//! The columns of the list that the user has chosen. It does not know how they are drawn or kept.

use crate::search::Column;
use crate::study::Concept;

/// A column of the list, and how many columns of the terminal it has. The title has at least so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListColumn {
    pub column: Column,
    pub width: u16,
}

/// The columns of the list, from left to right. There is always one, and none is there twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListColumns(Vec<ListColumn>);

/// The columns where nobody has chosen any.
const USUAL: [(Concept, u16); 9] = [
    (Concept::Id, 11),
    (Concept::Status, 14),
    (Concept::Phase, 7),
    (Concept::Title, 40),
    (Concept::Enrollment, 12),
    (Concept::Country, 14),
    (Concept::Lead, 22),
    (Concept::Start, 10),
    (Concept::Updated, 13),
];

/// How narrow and how wide a column can be.
const NARROWEST: u16 = 4;
const WIDEST: u16 = 200;

impl Default for ListColumns {
    fn default() -> Self {
        Self(USUAL.into_iter().map(|(concept, width)| usual(concept, width)).collect())
    }
}

fn usual(concept: Concept, width: u16) -> ListColumn {
    ListColumn { column: Column::Concept(concept), width }
}

/// A column as wide as most of its values need.
impl From<Column> for ListColumn {
    fn from(column: Column) -> Self {
        let known = USUAL.iter().find(|&&(concept, _)| Column::Concept(concept) == column);
        let width = u16::try_from(column.width()).unwrap_or(WIDEST);
        Self { column, width: known.map_or(width, |&(_, width)| width) }
    }
}

impl ListColumns {
    /// These columns as far as a list can have them; `None` if that is none.
    pub fn new(columns: impl IntoIterator<Item = ListColumn>) -> Option<Self> {
        let mut all: Vec<ListColumn> = Vec::new();
        for column in columns {
            let is_new = !all.iter().any(|known| known.column == column.column);
            if is_new && Self::offered().any(|offered| offered == column.column) {
                all.push(ListColumn { width: column.width.clamp(NARROWEST, WIDEST), ..column });
            }
        }
        (!all.is_empty()).then_some(Self(all))
    }

    /// The columns that a list can have: what the store has of every study, and what is marked.
    pub fn offered() -> impl Iterator<Item = Column> {
        Column::all().filter(|column| match column {
            Column::Concept(concept) => concept.definition().column.is_some(),
            Column::Mark(_) | Column::Nearest => true,
        })
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = ListColumn> {
        self.0.iter().copied()
    }

    /// Where a column stands among them.
    pub fn place(&self, column: Column) -> Option<usize> {
        self.0.iter().position(|known| known.column == column)
    }

    /// Takes a column in at the end, or out; the last one stays.
    pub fn toggle(&mut self, column: Column) {
        match self.place(column) {
            Some(place) if self.0.len() > 1 => _ = self.0.remove(place),
            Some(_) => (),
            None => self.0.push(column.into()),
        }
    }

    /// Moves a column so many places to the right, as far as there are any.
    pub fn shift(&mut self, column: Column, by: isize) {
        if let Some(place) = self.place(column) {
            let to = place.saturating_add_signed(by).min(self.0.len() - 1);
            let moved = self.0.remove(place);
            self.0.insert(to, moved);
        }
    }

    /// Makes a column so much wider.
    pub fn widen(&mut self, column: Column, by: i16) {
        if let Some(place) = self.place(column) {
            let width = &mut self.0[place].width;
            *width = width.saturating_add_signed(by).clamp(NARROWEST, WIDEST);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(columns: &ListColumns) -> Vec<&'static str> {
        columns.iter().map(|it| it.column.name()).collect()
    }

    #[test]
    fn columns_are_taken_in_and_out_moved_and_resized() {
        let [id, title] = [Concept::Id, Concept::Title].map(Column::Concept);
        let mut columns = ListColumns::new([id, title].map(ListColumn::from)).unwrap();
        columns.toggle(Column::Nearest);
        columns.shift(Column::Nearest, -9);
        assert_eq!(names(&columns), ["nearest", "id", "title"]);
        columns.shift(Column::Nearest, 1);
        columns.shift(title, 5);
        assert_eq!(names(&columns), ["id", "nearest", "title"]);
        columns.widen(id, -100);
        columns.widen(title, 1000);
        let widths: Vec<u16> = columns.iter().map(|it| it.width).collect();
        assert_eq!(widths, [NARROWEST, 34, WIDEST]);
        for column in [id, Column::Nearest, title] {
            columns.toggle(column);
        }
        assert_eq!(names(&columns), ["title"], "the last one stays");
    }

    #[test]
    fn a_list_has_only_what_the_store_has_and_nothing_twice() {
        let prose = Column::Concept(Concept::PrimaryOutcome);
        assert_eq!(ListColumns::new([prose.into()]), None);
        let id = Column::Concept(Concept::Id);
        let twice = [ListColumn { column: id, width: 0 }, ListColumn { column: id, width: 9 }];
        let columns = ListColumns::new(twice).unwrap();
        assert_eq!(columns.iter().collect::<Vec<_>>(), [ListColumn { column: id, width: 4 }]);
        let usual = ListColumns::default();
        assert_eq!(ListColumns::new(usual.iter()), Some(usual));
    }
}
