//! Lists of studies with columns, for people and for programs. It does not know how studies are found.

mod cell;
mod columns;
mod page;

pub use cell::Cell;
pub use columns::{Columns, UnknownColumn};
pub use page::{Page, Style};

use std::io::{self, Write};

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use super::csv::{Cells, Table};
use crate::marks::Marks;
use crate::search::{Column, Nearness};
use crate::store::{Store, StudyIdx};
use crate::study::Concept;
use crate::text;
use cell::Spelling;
use columns::Content;

/// What stands between two columns of a table to read.
const GAP: usize = 2;

/// What a list is made of.
#[derive(Clone, Copy, Debug)]
pub struct List<'a> {
    pub store: &'a Store,
    pub near: &'a Nearness,
    pub marks: &'a Marks,
    pub columns: &'a Columns,
}

/// A study of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<'a> {
    pub study: StudyIdx,
    /// A cell for each of the columns that only this list has.
    pub own: Vec<Cell<'a>>,
    /// In a table to read, the line below the study.
    pub below: Option<String>,
}

/// The forms of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListForm {
    Csv,
    Tsv,
    /// An object a line.
    Json,
    /// A table to read: on a terminal if there is one.
    Table(Option<Page>),
}

impl From<StudyIdx> for Entry<'_> {
    fn from(study: StudyIdx) -> Self {
        Self { study, own: Vec::new(), below: None }
    }
}

impl<'a> List<'a> {
    /// Writes the studies, each before the next one is read.
    pub fn write(
        self,
        out: &mut dyn Write,
        entries: impl Iterator<Item = Entry<'a>>,
        form: ListForm,
    ) -> io::Result<()> {
        match form {
            ListForm::Csv => self.write_cells(out, entries, Cells::Harmless),
            ListForm::Tsv => self.write_cells(out, entries, Cells::Tabs),
            ListForm::Json => self.write_objects(out, entries),
            ListForm::Table(Some(page)) => page.write(out, self, entries),
            ListForm::Table(None) => self.write_lines(out, entries),
        }
    }

    fn write_cells(
        self,
        out: &mut dyn Write,
        entries: impl Iterator<Item = Entry<'a>>,
        cells: Cells,
    ) -> io::Result<()> {
        let mut table = Table::new(self.columns.names(), cells);
        out.write_all(&table.take())?;
        for entry in entries {
            table.push(self.row(&entry).iter().map(String::as_str));
            out.write_all(&table.take())?;
        }
        Ok(())
    }

    fn write_objects(
        self,
        out: &mut dyn Write,
        entries: impl Iterator<Item = Entry<'a>>,
    ) -> io::Result<()> {
        for entry in entries {
            let cells = self.cells(&entry, Spelling::OfRecord);
            let object = Object { columns: self.columns, cells };
            writeln!(out, "{}", serde_json::to_string(&object)?)?;
        }
        Ok(())
    }

    /// Writes a line for each study. Nothing is cut; columns are as wide as most of their values need.
    fn write_lines(
        self,
        out: &mut dyn Write,
        entries: impl Iterator<Item = Entry<'a>>,
    ) -> io::Result<()> {
        let columns = &self.columns.0;
        for entry in entries {
            let mut line = String::new();
            for (column, words) in columns.iter().zip(self.for_people(&entry)) {
                let blanks = column.width().saturating_sub(text::width(&words)) + GAP;
                line.push_str(&words);
                line.extend(std::iter::repeat_n(' ', blanks));
            }
            writeln!(out, "{}", line.trim_end())?;
            if let Some(below) = &entry.below {
                let indent = columns.first().map_or(0, |first| first.width() + GAP);
                writeln!(out, "{}{below}", " ".repeat(indent))?;
            }
        }
        Ok(())
    }

    /// The cells of a study as a table for programs has them.
    pub(super) fn row(self, entry: &Entry<'a>) -> Vec<String> {
        self.cells(entry, Spelling::OfRecord).iter().map(Cell::in_table).collect()
    }

    /// The cells of a study in words.
    fn for_people(self, entry: &Entry<'a>) -> Vec<String> {
        let cells = self.cells(entry, Spelling::OfStore);
        let columns = self.columns.0.iter();
        let words = columns.zip(cells).map(|(column, cell)| match column.content {
            // A study without a title is called by other words.
            Content::Column(Column::Concept(Concept::Title)) => {
                self.store.title(entry.study).to_owned()
            }
            _ => cell.in_words(),
        });
        words.collect()
    }

    fn cells(self, entry: &Entry<'a>, spelling: Spelling) -> Vec<Cell<'a>> {
        let (store, study) = (self.store, entry.study);
        let texts = spelling.read(store, study, self.columns.concepts());
        let cell = |content: Content| match content {
            Content::Own(place, _) => entry.own[place].clone(),
            Content::Column(Column::Nearest) => {
                Cell::site(store, self.near, self.near.nearest(store, study))
            }
            Content::Column(column @ Column::Mark(field)) => {
                let mark = self.marks.get(store.id(study));
                let values = mark.map(|mark| field.values_of(mark)).unwrap_or_default();
                Cell::Texts(values.into_iter().map(str::to_owned).collect(), column.values())
            }
            Content::Column(column @ Column::Concept(concept)) => {
                match texts.iter().find(|(known, _)| *known == concept) {
                    Some((_, texts)) => Cell::Texts(texts.clone(), column.values()),
                    None => Cell::Stated(store.stated(study, concept), column.values()),
                }
            }
        };
        self.columns.0.iter().map(|column| column.content).map(cell).collect()
    }
}

/// A study as JSON has it.
struct Object<'a> {
    columns: &'a Columns,
    cells: Vec<Cell<'a>>,
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(Some(self.cells.len()))?;
        for (name, cell) in self.columns.names().zip(&self.cells) {
            object.serialize_entry(name, cell)?;
        }
        object.end()
    }
}

#[cfg(test)]
mod tests;
