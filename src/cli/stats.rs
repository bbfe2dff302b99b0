//! The arguments of `trialdex stats`.

use clap::{Args, ValueEnum};

use super::Data;
use crate::search::stats::Field;
use crate::study::PartialDate;

/// Count the trials that a query finds
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trialdex stats -d ctg-studies.json 'cond:asthma'
  trialdex stats -d ctg-studies.json 'cond:asthma' --by start
  trialdex stats -d ctg-studies.json 'country:Spain' --by phase,status
  trialdex stats -d ctg-studies.json --by country --format csv > countries.csv

Dates are counted by year, numbers in bands, everything else by value. Of a field of which a trial can have several
values it can count several times. In CSV and JSON, values stand as a query has them behind the field's name; what is
not stated is an empty cell, and null.
Exit code: 0 found, 1 nothing found, 2 an error.")]
pub struct Stats {
    /// What to find, as for trialdex search; everything when left out
    #[arg(allow_hyphen_values = true)]
    pub query: Option<String>,
    /// More words of the query, for those who leave the quotes out
    #[arg(hide = true)]
    pub words: Vec<String>,
    #[command(flatten)]
    pub data: Data,
    /// Count by this field, such as status, phase or start; by two of them, one against the other; none: a dashboard
    #[arg(long, value_name = "FIELD[,FIELD]", value_delimiter = ',')]
    pub by: Vec<Field>,
    /// How to write the counts
    #[arg(long, value_enum, default_value_t = StatsFormat::Table)]
    pub format: StatsFormat,
    /// List at most so many names of a field, the most frequent ones
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Count last-30d, next-6mo and today from this day, as 2026-11-28; none: the day it is
    #[arg(long, value_name = "DATE")]
    pub today: Option<PartialDate>,
    /// Read words to the letter: without other spellings, other names, or mending
    #[arg(long)]
    pub exact: bool,
    /// The collection that decision:, tag: and the like ask
    #[arg(long, value_name = "NAME", default_value = crate::marks::DEFAULT)]
    pub collection: String,
}

impl Stats {
    /// The whole text of the query.
    pub fn text(&self) -> String {
        let words: Vec<&str> = self.query.iter().chain(&self.words).map(String::as_str).collect();
        words.join(" ")
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StatsFormat {
    /// Bars, or a table of two fields, to read
    Table,
    /// A row for each count, for a spreadsheet
    Csv,
    /// A JSON object for each count, one a line
    Json,
}
