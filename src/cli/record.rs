//! The arguments with which a search is written down and repeated.

use std::path::PathBuf;

use clap::Args;

/// What is done with records of searches.
#[derive(Debug, Args)]
pub struct RecordArguments {
    /// Write the record of the search to a new file, as PRISMA-S asks for it: JSON if the name ends in .json, else Markdown
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,
    /// Repeat the search of a record and write what is new, gone and changed since
    #[arg(long, value_name = "FILE", conflicts_with = "query")]
    pub from_record: Option<PathBuf>,
}
