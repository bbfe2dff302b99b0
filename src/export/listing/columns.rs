//! Which columns a list has, as somebody names them.

use crate::search::{Column, OwnColumn, column_names};
use crate::study::Concept;
use crate::text;

/// The columns of a list, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns(pub(super) Vec<NamedColumn>);

/// A column, and what it is called in this list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NamedColumn {
    pub(super) name: String,
    pub(super) content: Content,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    Column(Column),
    /// One of the columns that only this list has.
    Own(usize, OwnColumn),
}

/// Says that a list cannot have these columns.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnknownColumn {
    #[error("there is no column “{name}”; columns are {known}")]
    Name { name: String, known: String },
    #[error("the column “{0}” is named twice")]
    Twice(String),
}

/// The columns of CSV and JSON where nobody names any.
const USUAL: [Concept; 10] = [
    Concept::Id,
    Concept::Title,
    Concept::Status,
    Concept::Phase,
    Concept::StudyType,
    Concept::Lead,
    Concept::Condition,
    Concept::Enrollment,
    Concept::Start,
    Concept::Updated,
];

impl Columns {
    /// The columns of CSV and JSON where nobody names any, by their names there.
    pub fn usual() -> Self {
        let named = |concept: Concept| {
            let name = concept.definition().column?.key.to_owned();
            Some(NamedColumn { name, content: Content::Column(Column::Concept(concept)) })
        };
        Self(USUAL.into_iter().filter_map(named).collect())
    }

    /// Reads names with commas between them. `own` are the columns that only this list has.
    pub fn read(names: &str, own: &[OwnColumn]) -> Result<Self, UnknownColumn> {
        let mut columns: Vec<NamedColumn> = Vec::new();
        for name in names.split(',').map(str::trim) {
            let shown = || text::cut(&text::clean_line(name), LONGEST).into_owned();
            if columns.iter().any(|known| known.name == name) {
                return Err(UnknownColumn::Twice(shown()));
            }
            let content = content(name, own);
            let content = content.ok_or_else(|| UnknownColumn::Name {
                name: shown(),
                known: column_names(own).collect::<Vec<_>>().join(", "),
            })?;
            columns.push(NamedColumn { name: name.to_owned(), content });
        }
        Ok(Self(columns))
    }

    /// The same with another column at the end.
    #[must_use]
    pub fn and(mut self, column: Column) -> Self {
        let content = Content::Column(column);
        self.0.push(NamedColumn { name: column.name().to_owned(), content });
        self
    }

    /// Whether this column is one of them.
    pub fn has(&self, column: Column) -> bool {
        self.0.iter().any(|known| known.content == Content::Column(column))
    }

    /// Whether one of them says what is marked.
    pub fn have_marks(&self) -> bool {
        let is_mark =
            |known: &NamedColumn| matches!(known.content, Content::Column(Column::Mark(_)));
        self.0.iter().any(is_mark)
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|column| &*column.name)
    }

    /// The concepts among them.
    pub(super) fn concepts(&self) -> impl Iterator<Item = Concept> {
        self.0.iter().filter_map(|column| match column.content {
            Content::Column(Column::Concept(concept)) => Some(concept),
            Content::Column(Column::Mark(_) | Column::Nearest) | Content::Own(..) => None,
        })
    }
}

/// So much of a wrong name is told.
const LONGEST: usize = 60;

fn content(name: &str, own: &[OwnColumn]) -> Option<Content> {
    let place = own.iter().position(|own| own.name.eq_ignore_ascii_case(name));
    let own = place.map(|place| Content::Own(place, own[place]));
    own.or_else(|| Column::named(name).map(Content::Column))
}

impl NamedColumn {
    pub(super) fn width(&self) -> usize {
        match self.content {
            Content::Column(column) => column.width(),
            Content::Own(_, own) => own.width,
        }
    }

    /// What stands above it in a table to read.
    pub(super) fn heading(&self) -> String {
        let label = match self.content {
            Content::Column(column) => column.label(),
            Content::Own(_, own) => own.name,
        };
        label.replace('-', " ").to_uppercase()
    }

    /// Whether its values end where the column ends.
    pub(super) fn is_number(&self) -> bool {
        match self.content {
            Content::Column(column) => column.is_number(),
            Content::Own(..) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &[OwnColumn] = &[OwnColumn { name: "fit", width: 12 }];

    #[test]
    fn names_are_kept_as_they_are_given() {
        let columns = Columns::read("id, Start-Date,countries,FIT,nearest", OWN).unwrap();
        let names: Vec<&str> = columns.names().collect();
        assert_eq!(names, ["id", "Start-Date", "countries", "FIT", "nearest"]);
        assert!(columns.has(Column::Nearest));
        assert!(columns.has(Column::Concept(Concept::Start)));
        assert!(!columns.has(Column::Concept(Concept::Title)));
    }

    #[test]
    fn what_is_no_column_is_told_with_all_that_are() {
        for names in ["titel", "id,", "", "id,,title", "id;title"] {
            let error = Columns::read(names, OWN).unwrap_err().to_string();
            let known =
                ["there is no column “", "”; columns are fit, updated, start,", ", nearest"];
            assert!(known.iter().all(|part| error.contains(part)), "{error}");
        }
        let error = Columns::read("id,title,id", OWN).unwrap_err().to_string();
        assert_eq!(error, "the column “id” is named twice");
        // Without it the list has no such column.
        assert!(Columns::read("fit", &[]).is_err());
    }

    #[test]
    fn the_usual_columns_have_the_names_of_the_table() {
        assert_eq!(Columns::usual().names().count(), USUAL.len());
    }
}
