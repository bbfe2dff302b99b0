//! Studies and comparisons as text for files and pipes, one format a file. Text is cleaned, except in records, which
//! are written as the registry published them. It does not know where the text goes.

mod aact;
mod bibtex;
mod citation;
mod csl;
mod csv;
mod facts;
mod format;
mod html;
mod json;
pub mod listing;
mod markdown;
mod marks;
mod preset;
pub mod record;
mod reference;
mod references;
mod ris;
mod studies;
mod text;
mod writing;

pub use self::aact::{Open, TablesForm, TablesWritten, write_tables};
pub use self::csv::{comparison_csv, csv_row, is_formula, tsv_row};
pub use citation::citation;
pub use facts::FactsTable;
pub use format::{Notes, Preset, StudiesFormat};
pub use html::comparison_html;
pub use json::comparison_json;
pub use markdown::{comparison_markdown, markdown};
pub use marks::{Opinion, marks_csv, opinions};
pub use reference::TitleChoice;
pub use text::{comparison_text, text};
pub use writing::{Origin, Style, Writing};

use std::io::{self, Write};

use crate::compare::{
    ComparedPart, ComparedRow, Comparison, Overlap, Passage, Standing, Verdict, compare, matrix,
    overlap,
};
use crate::store::{Store, StudyIdx};
use crate::study::Study;
use crate::text::{Line, Pairing, Tone};

/// Writes studies one after the other in a form. A record that cannot be read is an error.
pub fn write_studies(
    out: &mut dyn Write,
    store: &Store,
    studies: impl Iterator<Item = StudyIdx>,
    writing: &Writing,
) -> io::Result<()> {
    match writing.format {
        StudiesFormat::Json | StudiesFormat::Ndjson | StudiesFormat::Ids => {
            studies::write(out, store, studies, writing.format)
        }
        _ => references::write(out, store, studies, writing),
    }
}

/// Which rows of a comparison are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rows {
    #[default]
    All,
    /// Only the fields in which the studies are not equal, without what they share.
    Differences,
}

/// Everything that is said of studies side by side.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    pub comparison: Comparison,
    pub overlap: Overlap,
    pub rows: Rows,
    /// Where the studies come from, which forms with a place for it say.
    pub origin: Origin,
}

/// The forms in which a comparison can leave the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComparisonFormat {
    Markdown,
    Html,
    Csv,
    Json,
    Text,
}

impl ComparisonFormat {
    pub const ALL: &[Self] = &[Self::Markdown, Self::Html, Self::Csv, Self::Json, Self::Text];

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Markdown => "Markdown",
            Self::Html => "HTML, a page for the web browser",
            Self::Csv => "CSV, for a spreadsheet",
            Self::Json => "JSON",
            Self::Text => "plain text",
        }
    }

    /// How the names of its files end.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Text => "txt",
        }
    }
}

impl Report {
    /// Sets studies side by side; two of them word by word.
    pub fn new(studies: &[&Study], rows: Rows) -> Self {
        let comparison = match studies {
            [left, right] => compare(left, right),
            studies => matrix(studies),
        };
        Self { comparison, overlap: overlap(studies), rows, origin: Origin::default() }
    }

    /// The report in a form; plain text is at most so many columns wide.
    pub fn in_form(&self, format: ComparisonFormat, width: usize) -> String {
        match format {
            ComparisonFormat::Markdown => comparison_markdown(self),
            ComparisonFormat::Html => comparison_html(self),
            ComparisonFormat::Csv => comparison_csv(self),
            ComparisonFormat::Json => format!("{:#}\n", comparison_json(self)),
            ComparisonFormat::Text => comparison_text(self, width),
        }
    }

    /// `NCT00000102 and NCT00000106`; with a comma between the first of more.
    pub fn title(&self) -> String {
        match self.comparison.ids.as_slice() {
            [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
            ids => ids.concat(),
        }
    }

    /// The parts that have rows to be written, with these rows.
    pub fn parts(&self) -> impl Iterator<Item = (&ComparedPart, Vec<&ComparedRow>)> {
        let chosen = |row: &&ComparedRow| match self.rows {
            Rows::All => true,
            Rows::Differences => row.verdict != Verdict::Equal,
        };
        let parts = self.comparison.parts.iter();
        let parts = parts.map(move |part| (part, part.rows.iter().filter(chosen).collect()));
        parts.filter(|(_, rows): &(_, Vec<_>)| !rows.is_empty())
    }

    /// What the studies share, where that is written.
    fn shared(&self) -> Option<&Overlap> {
        (self.rows == Rows::All && !self.overlap.parts.is_empty()).then_some(&self.overlap)
    }

    /// By how much the studies differ in a field.
    pub fn gaps(&self, row: &ComparedRow) -> Vec<String> {
        row.gaps.iter().map(|gap| self.comparison.in_words(gap)).collect()
    }
}

/// What is said where no row is left.
const SAME: &str = "No field differs.";

/// Above the names that studies have in common or alone.
const SHARED: &str = "What they share";

/// `2 of 7 shared`.
fn shared_of(part: &crate::compare::OverlapPart) -> String {
    format!("{} of {} shared", part.shared(), part.rows.len())
}

/// Lines as a value for other programs: no indentation, no bullets, and blank lines only in prose.
fn value(lines: &[Line], pairing: Pairing) -> String {
    let line = |line: &Line| format!("{}{}", line.marker.trim_start_matches("• "), line.text());
    let lines = lines.iter().map(line);
    let lines = lines.filter(|line| pairing == Pairing::Free || !line.is_empty());
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// The words of a heading in a row, of the first study that has one: `Part A: Inclusion criteria`.
fn heading(passage: &Passage) -> String {
    let strong = |line: &&Line| line.spans.iter().any(|span| span.tone == Tone::Strong);
    let headings = passage.cells.iter().map(|cell| cell.iter().filter(strong));
    let mut words = headings.map(|lines| lines.map(Line::text).collect::<Vec<_>>().join(": "));
    words.find(|words| !words.is_empty()).unwrap_or_default()
}

/// What a passage says of the studies; `None` of a heading.
fn verdict(passage: &Passage) -> Option<&'static str> {
    match passage.standing {
        Standing::Heading => None,
        Standing::Together(verdict) => Some(verdict.words()),
        Standing::Only(_) => Some("in one only"),
    }
}
