//! The arguments of `trialdex pick`.

use clap::Args;

use super::{Asked, Data, SearchFormat, StyleArguments, TablesArguments, columns};

/// Choose trials on the screen, and write their ids
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trialdex pick -d ctg-studies.json 'cond:asthma' | xargs trialdex show -d ctg-studies.json
  trialdex pick -d ctg-studies.json --multi --format csv > chosen.csv
  trialdex search -d ctg-studies.json 'phase:3' --format ids | trialdex pick -d ctg-studies.json --multi
  unzip -p trials.zip | trialdex pick -d -

The screen is drawn on the terminal, never on standard output. Enter takes the trial at the cursor; with --multi Space and b
mark trials, and Enter takes those. What is piped in without -d - are ids to choose among.
Exit code: 0 chosen, 1 no trial was found, 130 left by Esc or Ctrl-c, 2 an error.")]
pub struct Pick {
    #[command(flatten)]
    pub asked: Asked,
    #[command(flatten)]
    pub data: Data,
    /// Choose as many as one likes
    #[arg(long, short)]
    pub multi: bool,
    /// How to write what was chosen
    #[arg(long, value_enum, default_value_t = SearchFormat::Ids)]
    pub format: SearchFormat,
    #[arg(long, value_name = "NAME,…", help = columns::help(&[]))]
    pub columns: Option<String>,
    /// How it looks: dark, light or mono
    #[arg(long, value_name = "NAME", env = "TRIALDEX_THEME")]
    pub theme: Option<String>,
    #[command(flatten)]
    pub style: StyleArguments,
    #[command(flatten)]
    pub tables: TablesArguments,
}
