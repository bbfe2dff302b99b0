//! The arguments of the commands that look after datasets: `trialdex check` and `trialdex cache`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Keeping;

/// Say what a dataset holds, and what was skipped and why
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trialdex check ctg-studies.json
  trialdex check downloads/ --format json

Exit code: 0 every record was read, 1 something was skipped, 2 an error.")]
pub struct Check {
    /// Files, folders or archives of trial records; - is standard input
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    pub format: CheckFormat,
    #[command(flatten)]
    pub keeping: Keeping,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    Text,
    Json,
}

/// Say which indexes of large datasets are kept, and remove them
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trialdex cache
  trialdex cache --clear

The index of a dataset of 16 MiB or more is kept when it is opened for the first time, so that the next start
takes no time. Removing it loses nothing: it is made again. A changed dataset is read anew.
Exit code: 0 some are kept or were removed, 1 there are none, 2 an error.")]
pub struct Cache {
    /// Remove them all
    #[arg(long)]
    pub clear: bool,
}
