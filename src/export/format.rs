//! The forms in which studies can leave the program, by name. How each is written, other files know.

/// The forms in which studies can leave the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StudiesFormat {
    /// The registry's own bytes; of several studies an array.
    Json,
    /// The registry's own bytes, a study a line.
    Ndjson,
    Markdown,
    /// One page for somebody without the program.
    Page(Notes),
    /// What the list shows, a study a row, for a spreadsheet.
    Csv,
    /// The same for a tool.
    Tsv,
    Ris,
    Bibtex,
    Csl,
    For(Preset),
    Ids,
}

/// Whether notes are written. They may be nobody else's business.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Notes {
    #[default]
    LeftOut,
    Written,
}

/// A tool that reads a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    Asreview,
    Rayyan,
    Covidence,
}

impl StudiesFormat {
    pub const ALL: &[Self] = &[
        Self::Json,
        Self::Ndjson,
        Self::Markdown,
        Self::Page(Notes::LeftOut),
        Self::Page(Notes::Written),
        Self::Csv,
        Self::Tsv,
        Self::Ris,
        Self::Bibtex,
        Self::Csl,
        Self::For(Preset::Asreview),
        Self::For(Preset::Rayyan),
        Self::For(Preset::Covidence),
        Self::Ids,
    ];

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Json => "JSON, as the registry published it",
            Self::Ndjson => "JSON, a trial a line",
            Self::Markdown => "Markdown, to read",
            Self::Page(Notes::LeftOut) => "HTML, a page to share",
            Self::Page(Notes::Written) => "HTML, a page to share with your notes",
            Self::Csv => "CSV, for a spreadsheet",
            Self::Tsv => "TSV, for a tool",
            Self::Ris => "RIS, for EndNote, Zotero, Covidence, Rayyan",
            Self::Bibtex => "BibTeX",
            Self::Csl => "CSL-JSON, for Zotero and pandoc",
            Self::For(Preset::Asreview) => "CSV for ASReview",
            Self::For(Preset::Rayyan) => "CSV for Rayyan",
            Self::For(Preset::Covidence) => "CSV with the columns of Covidence",
            Self::Ids => "ids, one a line",
        }
    }

    /// How the names of its files end.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Json | Self::Csl => "json",
            Self::Ndjson => "ndjson",
            Self::Markdown => "md",
            Self::Page(_) => "html",
            Self::Csv | Self::For(_) => "csv",
            Self::Tsv => "tsv",
            Self::Ris => "ris",
            Self::Bibtex => "bib",
            Self::Ids => "txt",
        }
    }
}
