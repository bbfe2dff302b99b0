//! Studies in the forms of other programs: references, tables of screening tools, lists with what is marked.
//!
//! Each study is written before the next one is read.

use std::io::{self, Write};

use super::bibtex::{self, bibtex};
use super::csl::csl;
use super::csv::{Cells, Table};
use super::format::StudiesFormat;
use super::html;
use super::listing::{Columns, List};
use super::markdown::markdown;
use super::preset::Row;
use super::reference::Reference;
use super::ris::ris;
use super::writing::{Writing, remarks};
use crate::marks::{Mark, Marks};
use crate::search::Nearness;
use crate::store::{Store, StudyIdx};

const BOM: &[u8] = "\u{feff}".as_bytes();

/// The columns of what is marked, behind those of the list.
const MARKED: [&str; 4] = ["decision", "reason", "tags", "note"];

/// Writes studies one after the other. A record that cannot be read is an error.
pub(super) fn write(
    out: &mut dyn Write,
    store: &Store,
    studies: impl Iterator<Item = StudyIdx>,
    writing: &Writing,
) -> io::Result<()> {
    let mut table = table(writing);
    if let Some(table) = &mut table {
        if writing.style.bom {
            out.write_all(BOM)?;
        }
        out.write_all(&table.take())?;
    }
    let mut before = match writing.format {
        StudiesFormat::Csl => "[\n",
        _ => "",
    };
    out.write_all(begin(writing).as_bytes())?;
    let mut count = 0;
    for study in studies {
        count += 1;
        let mark = writing.marks.as_ref().and_then(|marks| marks.get(store.id(study)));
        if let Some(table) = &mut table {
            let cells = cells(store, study, mark, writing)?;
            table.push(cells.iter().map(String::as_str));
            out.write_all(&table.take())?;
            continue;
        }
        let record = store.study(study).map_err(io::Error::other)?;
        let reference = || Reference::of(&record);
        out.write_all(before.as_bytes())?;
        let text = match writing.format {
            StudiesFormat::Ris => ris(&reference(), mark, writing),
            StudiesFormat::Bibtex => bibtex(&reference(), mark, writing),
            StudiesFormat::Csl => csl(&reference(), mark, writing).to_string(),
            StudiesFormat::Page(notes) => html::article(&record, mark, notes),
            _ => markdown(&record) + &marked(mark),
        };
        out.write_all(text.as_bytes())?;
        before = match writing.format {
            StudiesFormat::Csl => ",\n",
            StudiesFormat::Markdown => "\n",
            _ => "",
        };
    }
    let end = match (writing.format, before) {
        (StudiesFormat::Csl, "[\n") => "[]\n".to_owned(),
        (StudiesFormat::Csl, _) => "\n]\n".to_owned(),
        (StudiesFormat::Page(_), _) => html::end(count, writing),
        _ => String::new(),
    };
    out.write_all(end.as_bytes())
}

/// What stands before the first study and says where all come from.
fn begin(writing: &Writing) -> String {
    let origin = writing.origin.in_words();
    match writing.format {
        StudiesFormat::Bibtex => bibtex::begin(writing),
        StudiesFormat::Page(_) => html::begin(writing),
        StudiesFormat::Markdown if !origin.is_empty() => {
            format!("<!-- {} -->\n\n", origin.replace("--", "- -"))
        }
        _ => String::new(),
    }
}

/// The table with its heading, if the form is one.
fn table(writing: &Writing) -> Option<Table> {
    let columns = Columns::usual();
    let listed = || {
        let marked = MARKED.into_iter().filter(|_| writing.marks.is_some());
        columns.names().chain(marked)
    };
    match writing.format {
        StudiesFormat::Csv => Some(Table::new(listed(), Cells::Harmless)),
        StudiesFormat::Tsv => Some(Table::new(listed(), Cells::Tabs)),
        StudiesFormat::For(preset) => Some(Table::new(preset.heading(), Cells::Exact)),
        _ => None,
    }
}

fn cells(
    store: &Store,
    study: StudyIdx,
    mark: Option<&Mark>,
    writing: &Writing,
) -> io::Result<Vec<String>> {
    if let StudiesFormat::For(preset) = writing.format {
        let reference = Reference::of(&store.study(study).map_err(io::Error::other)?);
        return Ok(preset.cells(&Row { reference: &reference, mark, writing }));
    }
    let (near, columns, marks) = (&Nearness::default(), &Columns::usual(), &Marks::default());
    let mut cells = List { store, near, marks, columns }.row(&study.into());
    if writing.marks.is_some() {
        let tags =
            mark.map(|mark| mark.tags.iter().map(|tag| tag.name.as_str()).collect::<Vec<_>>());
        let notes =
            mark.map(|mark| mark.notes.iter().map(|note| note.text.as_str()).collect::<Vec<_>>());
        cells.extend([
            mark.and_then(Mark::decision).map_or("", crate::marks::Decision::name).to_owned(),
            mark.and_then(Mark::reason).unwrap_or_default().to_owned(),
            tags.unwrap_or_default().join("|"),
            notes.unwrap_or_default().join("\n"),
        ]);
    }
    Ok(cells)
}

/// A chapter of what is marked, for Markdown.
fn marked(mark: Option<&Mark>) -> String {
    let lines = mark.map(remarks).unwrap_or_default();
    if lines.is_empty() {
        return String::new();
    }
    let lines: Vec<String> =
        lines.iter().map(|line| format!("- {}", super::markdown::escaped(line))).collect();
    format!("\n## Marks\n\n{}\n", lines.join("\n"))
}

#[cfg(test)]
mod tests;
