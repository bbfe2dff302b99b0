//! The arguments of `trialdex stats`.

use clap::{Args, ValueEnum};

use super::{Asked, Data};
use crate::search::stats::Field;

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
    #[command(flatten)]
    pub asked: Asked,
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
