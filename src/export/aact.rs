//! Studies as tables with the names and columns of AACT, which people's SQL expects. Each study is written before the
//! next one is read. It does not know where the files go.
//!
//! Values are those of the records: codes in capitals, texts whole. What a record does not state is empty, and so is what
//! AACT works out by rules of its own. A date of which the day is not known stands as its last possible day in columns of
//! dates, as AACT has it; beside it `start_month_year` and the like have what was registered.

mod cell;
#[cfg(feature = "parquet")]
mod columnar;
mod design;
mod people;
mod posted;
mod registered;
mod sql;
mod table;

use std::io::{self, Write};

use super::csv::{Cells, Table as Rows};
use super::writing::Origin;
use crate::store::{Store, StudyIdx};
use cell::Cell;
use sql::Script;
use table::Table;

/// Every table there is. A table stands behind those to which its rows belong.
fn tables() -> impl Iterator<Item = &'static Table> {
    [registered::TABLES, design::TABLES, people::TABLES, posted::TABLES].into_iter().flatten()
}

/// Opens a new file of this name.
pub type Open<'a> = &'a mut dyn FnMut(&str) -> io::Result<Box<dyn Write + Send>>;

/// The forms of the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TablesForm {
    /// A CSV file for each table, and a script with everything for `SQLite` and `DuckDB`.
    Csv,
    /// A Parquet file for each table, and a script that makes them views in `DuckDB`.
    Parquet,
}

impl TablesForm {
    /// Whether this program was built with what it needs.
    pub fn is_built(self) -> bool {
        self == Self::Csv || cfg!(feature = "parquet")
    }
}

/// How much was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TablesWritten {
    pub tables: usize,
    pub studies: u64,
    pub rows: u64,
}

/// Takes the rows of one table.
trait Sink {
    fn push(&mut self, row: &[Cell]) -> io::Result<()>;
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// Writes a file for each table. A record that cannot be read is an error.
pub fn write_tables(
    form: TablesForm,
    store: &Store,
    studies: impl Iterator<Item = StudyIdx>,
    origin: &Origin,
    open: Open,
) -> io::Result<TablesWritten> {
    let file = open("load.sql")?;
    let mut script = match form {
        TablesForm::Csv => Some(Script::begin(file, origin)?),
        TablesForm::Parquet => {
            sql::views(file, origin)?;
            None
        }
    };
    let sinks: io::Result<Vec<_>> = tables().map(|table| sink(form, table, origin, open)).collect();
    let mut sinks = sinks?;
    let mut numbers = table::Numbers::default();
    let mut written = TablesWritten { tables: sinks.len(), ..TablesWritten::default() };
    for study in studies {
        let id = store.id(study).to_string();
        let record = store.study(study).map_err(io::Error::other)?;
        written.studies += 1;
        numbers.next_study();
        for (place, (table, sink)) in tables().zip(&mut sinks).enumerate() {
            for row in table.rows(&record, &id, &mut numbers) {
                sink.push(&row)?;
                if let Some(script) = &mut script {
                    script.push(place, table, &row)?;
                }
                written.rows += 1;
            }
        }
    }
    sinks.into_iter().try_for_each(Sink::finish)?;
    script.map_or(Ok(()), Script::finish)?;
    Ok(written)
}

/// The file of a table.
fn sink(
    form: TablesForm,
    table: &Table,
    origin: &Origin,
    open: &mut dyn FnMut(&str) -> io::Result<Box<dyn Write + Send>>,
) -> io::Result<Box<dyn Sink>> {
    match form {
        TablesForm::Csv => Ok(Box::new(CsvFile::new(open(&format!("{}.csv", table.name))?, table))),
        #[cfg(feature = "parquet")]
        TablesForm::Parquet => {
            let file = open(&format!("{}.parquet", table.name))?;
            Ok(Box::new(columnar::ParquetFile::new(file, table, origin)?))
        }
        #[cfg(not(feature = "parquet"))]
        TablesForm::Parquet => Err(io::Error::new(
            io::ErrorKind::Unsupported,
            format!("{}: built without Parquet, {}", table.name, origin.dataset),
        )),
    }
}

/// A table as CSV for tools: cells are exact, and an empty one states nothing.
struct CsvFile {
    file: Box<dyn Write + Send>,
    rows: Rows,
}

impl CsvFile {
    fn new(file: Box<dyn Write + Send>, table: &Table) -> Self {
        Self { file, rows: Rows::new(table.columns().map(|column| column.name), Cells::Exact) }
    }
}

impl Sink for CsvFile {
    fn push(&mut self, row: &[Cell]) -> io::Result<()> {
        let cells: Vec<String> = row.iter().map(ToString::to_string).collect();
        self.rows.push(cells.iter().map(String::as_str));
        self.file.write_all(&self.rows.take())
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.file.write_all(&self.rows.take())?;
        self.file.flush()
    }
}

#[cfg(test)]
mod tests;
