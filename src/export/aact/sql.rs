//! One script that makes and fills all tables, in the SQL that `SQLite` and `DuckDB` both read. It names no files, so that it can
//! be run anywhere.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::cell::{Cell, Kind};
use super::table::Table;
use super::tables;
use crate::export::writing::Origin;

/// So many bytes of rows are inserted at once, about.
const BATCH: usize = 64 << 10;

/// The script while it is written.
pub(super) struct Script {
    file: Box<dyn Write + Send>,
    /// The rows of each table that are not written yet.
    rows: Vec<String>,
}

impl Script {
    pub(super) fn begin(mut file: Box<dyn Write + Send>, origin: &Origin) -> io::Result<Self> {
        let version = env!("CARGO_PKG_VERSION");
        let origin = origin.in_words();
        let origin = if origin.is_empty() { String::new() } else { format!("-- {origin}\n") };
        write!(
            file,
            "{origin}-- Tables with the names and columns of AACT, written by trialdex {version}.\n\
             --   sqlite3 trials.db < load.sql        duckdb trials.db < load.sql\n\
             -- Columns of dates have the last day of a month or a year that is registered without a day;\n\
             -- start_month_year and the like have what is registered. NULL: a record does not state it, or\n\
             -- AACT works it out by rules of its own.\n\
             BEGIN TRANSACTION;\n"
        )?;
        for table in tables() {
            let column = |(name, kind): (&str, Kind)| format!("  \"{name}\" {}", type_of(kind));
            let columns = table.columns().map(|column| (column.name, column.kind)).map(column);
            let columns = columns.collect::<Vec<_>>().join(",\n");
            writeln!(file, "CREATE TABLE \"{}\" (\n{columns}\n);", table.name)?;
        }
        Ok(Self { file, rows: tables().map(|_| String::new()).collect() })
    }

    /// Takes a row of the table at this place among all.
    pub(super) fn push(&mut self, place: usize, table: &Table, row: &[Cell]) -> io::Result<()> {
        let rows = &mut self.rows[place];
        rows.push_str(if rows.is_empty() { "(" } else { ",\n(" });
        for (number, cell) in row.iter().enumerate() {
            if number > 0 {
                rows.push(',');
            }
            push_literal(rows, cell);
        }
        rows.push(')');
        if rows.len() >= BATCH { self.insert(place, table) } else { Ok(()) }
    }

    fn insert(&mut self, place: usize, table: &Table) -> io::Result<()> {
        let rows = std::mem::take(&mut self.rows[place]);
        if rows.is_empty() {
            return Ok(());
        }
        writeln!(self.file, "INSERT INTO \"{}\" VALUES\n{rows};", table.name)
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        for (place, table) in tables().enumerate() {
            self.insert(place, table)?;
        }
        self.file.write_all(b"COMMIT;\n")?;
        self.file.flush()
    }
}

/// A script for `DuckDB`, to be run in the folder, that makes each Parquet file a view with the name of its table.
pub(super) fn views(mut file: Box<dyn Write + Send>, origin: &Origin) -> io::Result<()> {
    let origin = origin.in_words();
    writeln!(file, "-- {origin}\n-- In this folder: duckdb trials.db < load.sql")?;
    for table in tables() {
        let name = table.name;
        writeln!(file, "CREATE VIEW \"{name}\" AS SELECT * FROM '{name}.parquet';")?;
    }
    file.flush()
}

fn type_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "VARCHAR",
        Kind::Integer => "BIGINT",
        Kind::Number => "DOUBLE",
        Kind::Boolean => "BOOLEAN",
        Kind::Date => "DATE",
    }
}

fn push_literal(out: &mut String, cell: &Cell) {
    match cell {
        Cell::Null => out.push_str("NULL"),
        Cell::Text(text) => {
            out.push('\'');
            out.push_str(&text.replace('\'', "''"));
            out.push('\'');
        }
        Cell::Date(date) => _ = write!(out, "'{date}'"),
        Cell::Boolean(true) => out.push_str("TRUE"),
        Cell::Boolean(false) => out.push_str("FALSE"),
        // Large numbers with an exponent.
        Cell::Number(number) => _ = write!(out, "{number:?}"),
        Cell::Integer(number) => _ = write!(out, "{number}"),
    }
}
