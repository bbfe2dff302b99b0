//! The arguments of `trialdex marks`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::Data;

/// Keep decisions, tags and notes on trials, and hand them on
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trialdex marks set NCT06825572 --decision exclude --reason 'wrong population' --tag +liver
  trialdex marks list --format json
  trialdex marks import rayyan.csv            says what it would bring; --apply brings it
  trialdex marks merge colleague.jsonl
  trialdex marks export -d ctg-studies.json --format ris > included.ris
  trialdex marks export -d ctg-studies.json --format html --notes > to-share.html

A collection is a file in the data directory; --collection names another one than the usual.
Exit code: 0 something was kept or is listed, 1 nothing is, 2 an error.")]
pub struct Marks {
    #[command(subcommand)]
    pub command: MarksCommand,
}

#[derive(Debug, Subcommand)]
pub enum MarksCommand {
    Set(SetMarks),
    List(ListMarks),
    Undo(Whose),
    Import(ImportMarks),
    Merge(MergeMarks),
    Agreement(Agreement),
    Flow(FlowNumbers),
    Export(ExportMarks),
}

/// Take the last step back: what was set at once, or an import
#[derive(Debug, Args)]
pub struct Whose {
    /// The collection
    #[arg(long, value_name = "NAME", default_value = crate::marks::DEFAULT)]
    pub collection: String,
    /// Who does it; else the name of the user
    #[arg(long, value_name = "NAME", env = "TRIALDEX_BY")]
    pub by: Option<String>,
}

/// Decide on trials, tag them, write a note
#[derive(Debug, Args)]
pub struct SetMarks {
    /// Ids of trials
    #[arg(required = true, value_name = "ID")]
    pub ids: Vec<String>,
    /// Whether they belong to what is looked for; none takes a decision back
    #[arg(long, value_enum)]
    pub decision: Option<DecisionName>,
    /// Why
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub reason: Option<String>,
    /// Put a tag on or take it off; may be repeated
    #[arg(long = "tag", value_name = "+NAME|-NAME", allow_hyphen_values = true)]
    pub tags: Vec<String>,
    /// A note in place of the one before; an empty one takes it back
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub note: Option<String>,
    /// The words of the trial that the note is on
    #[arg(long, value_name = "WORDS", requires = "note", allow_hyphen_values = true)]
    pub on: Option<String>,
    /// Mark them as seen
    #[arg(long)]
    pub seen: bool,
    /// The decision ends a disagreement
    #[arg(long, requires = "decision")]
    pub settle: bool,
    #[command(flatten)]
    pub whose: Whose,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DecisionName {
    Include,
    Exclude,
    Maybe,
    None,
}

/// List what is marked
#[derive(Debug, Args)]
pub struct ListMarks {
    /// The collection
    #[arg(long, value_name = "NAME", default_value = crate::marks::DEFAULT)]
    pub collection: String,
    #[arg(long, value_enum, default_value_t = ListFormat::Table)]
    pub format: ListFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// A line for each trial
    Table,
    /// A row for each trial and person
    Csv,
    /// An object for each trial and person, one a line
    Json,
}

/// Bring in decisions of ASReview (CSV, RIS), Rayyan (CSV) or of a list of our own
#[derive(Debug, Args)]
pub struct ImportMarks {
    pub file: PathBuf,
    /// Keep what it brings; without this, only say what it would bring
    #[arg(long)]
    pub apply: bool,
    /// The decision of every record that says none of its own
    #[arg(long = "as", value_enum, value_name = "DECISION")]
    pub taken_as: Option<DecisionName>,
    #[command(flatten)]
    pub whose: Whose,
    /// Know only the trials of this file, folder or archive; may be repeated
    #[arg(long = "data", short = 'd', value_name = "PATH")]
    pub data: Vec<PathBuf>,
}

/// Join the collection of somebody else: a file
#[derive(Debug, Args)]
pub struct MergeMarks {
    pub file: PathBuf,
    #[command(flatten)]
    pub whose: Whose,
}

/// Say how far people agree (counts, Cohen's kappa), and list their conflicts
#[derive(Debug, Args)]
pub struct Agreement {
    /// The collection
    #[arg(long, value_name = "NAME", default_value = crate::marks::DEFAULT)]
    pub collection: String,
}

/// Write the numbers of a PRISMA 2020 flow diagram that are known
#[derive(Debug, Args)]
pub struct FlowNumbers {
    /// The collection
    #[arg(long, value_name = "NAME", default_value = crate::marks::DEFAULT)]
    pub collection: String,
    #[arg(long, value_enum, default_value_t = FlowFormat::Text)]
    pub format: FlowFormat,
    /// The query that identified the trials; needs --data
    #[arg(long, value_name = "QUERY", requires = "data", allow_hyphen_values = true)]
    pub query: Option<String>,
    /// Where the trials were identified: a file, folder or archive; may be repeated
    #[arg(long = "data", short = 'd', value_name = "PATH")]
    pub data: Vec<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FlowFormat {
    Text,
    /// Box and number, the boxes as the R package PRISMA2020 calls them
    Csv,
    Json,
}

/// Write the marked trials in a form that others read
#[derive(Debug, Args)]
pub struct ExportMarks {
    #[command(flatten)]
    pub data: Data,
    /// The collection
    #[arg(long, value_name = "NAME", default_value = crate::marks::DEFAULT)]
    pub collection: String,
    #[arg(long, value_enum)]
    pub format: ExportFormat,
    /// Only trials with this decision; may be repeated
    #[arg(long, value_enum)]
    pub decision: Vec<DecisionName>,
    /// With the notes, which an HTML page leaves out else
    #[arg(long)]
    pub notes: bool,
    #[command(flatten)]
    pub style: StyleArguments,
    #[command(flatten)]
    pub tables: TablesArguments,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    Ris,
    Bibtex,
    /// CSL-JSON, for Zotero and pandoc
    Csl,
    /// For a spreadsheet
    Csv,
    Tsv,
    /// CSV as ASReview reads it
    Asreview,
    /// CSV as Rayyan reads it
    Rayyan,
    /// CSV with the columns of Covidence
    Covidence,
    /// The records, one a line
    Ndjson,
    Markdown,
    /// One HTML page for somebody without the program: titles, key facts, decisions with reasons, tags
    Html,
    Ids,
    /// Tables with the names and columns of AACT, in the folder --output: a CSV file for each, and load.sql
    Aact,
    /// The same tables as Parquet files, if trialdex was built with the feature parquet
    Parquet,
    /// The collection itself, for `marks merge`
    Collection,
}

/// Where tables are written.
#[derive(Clone, Debug, Args)]
pub struct TablesArguments {
    /// The folder of tables, a new one: for --format aact
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
}

/// How references are written.
#[derive(Clone, Debug, Args)]
pub struct StyleArguments {
    /// Which title references have
    #[arg(long, value_enum, default_value_t = TitleName::Official, value_name = "WHICH")]
    pub title: TitleName,
    /// Put the id before titles, for tools that keep no id, such as Rayyan
    #[arg(long)]
    pub id_in_title: bool,
    /// The type of RIS records
    #[arg(long, value_name = "TYPE", default_value = "DBASE")]
    pub ris_type: String,
    /// Only the summary as the abstract, without conditions, interventions and criteria
    #[arg(long)]
    pub short_abstract: bool,
    /// Begin CSV and TSV with a byte order mark, which Excel wants
    #[arg(long)]
    pub bom: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TitleName {
    /// The official title, else the brief one
    Official,
    /// The brief title, else the official one
    Brief,
}
