//! What the commands that list studies have in common: their columns, and the terminal that they write to.

use std::io::{self, Write};

use anyhow::{Result, bail};

use crate::export::listing::{Columns, ListForm, Page, Style};
use crate::search::{Column, Nearness, OwnColumn};
use crate::worker::terminal;

/// The columns of a table to read, by their names.
pub(super) fn named(names: &[&str], own: &[OwnColumn]) -> Columns {
    Columns::read(&names.join(","), own).expect("they are names of columns")
}

/// Refuses the nearest site where no place is asked for.
pub(super) fn check_place(columns: &Columns, near: &Nearness, how: &str) -> Result<()> {
    if columns.has(Column::Nearest) && near.nearby.is_empty() {
        bail!("the column nearest needs a place, such as {how}");
    }
    Ok(())
}

/// A table to read of some of so many studies.
pub(super) fn table(of: usize) -> ListForm {
    let style = if terminal::takes_styles() { Style::Styled } else { Style::Plain };
    ListForm::Table(terminal::columns().map(|width| Page { width, style, of }))
}

/// Writes the byte order mark by which a spreadsheet knows UTF-8.
pub(super) fn write_mark(out: &mut dyn Write) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())
}
