//! The arguments of `trialdex compare`.

use clap::{Args, ValueEnum};

use super::Data;

/// Set two to twenty trials side by side
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trialdex compare NCT06825572 NCT06904755
  trialdex compare -d ctg-studies.json NCT03863002 NCT06825572 --differences --format markdown
  trialdex compare NCT06825572 NCT06904755 NCT03863002 --format html > side-by-side.html
  trialdex search -d ctg-studies.json 'cond:asthma phase:3' --limit 20 --format ids | xargs trialdex compare -d ctg-studies.json

Of more than five, or with --key-facts, the key facts are set in one table.
The same id twice compares the two newest versions of a trial that were read, the older one first.
Markdown and HTML mark the words in which two differ. Without --differences, what they share stands at the end.

Exit code: 0 they differ, 1 nothing differs or one was not found, 2 an error.")]
pub struct Compare {
    /// Ids of two to twenty trials
    #[arg(required = true, num_args = 2..=20, value_name = "NCT…")]
    pub ids: Vec<String>,
    #[command(flatten)]
    pub data: Data,
    #[arg(long, value_enum, default_value_t = CompareFormat::Text)]
    pub format: CompareFormat,
    /// Leave out what is equal
    #[arg(long)]
    pub differences: bool,
    /// Only the key facts, in one table
    #[arg(long)]
    pub key_facts: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CompareFormat {
    Text,
    Markdown,
    /// One page that needs nothing else
    Html,
    Csv,
    Json,
}
