//! What is asked of a dataset, and how it is read: the arguments of every command that takes a query.

use clap::Args;

use crate::study::PartialDate;

/// A query, and what its meaning depends on.
#[derive(Debug, Args)]
pub struct Asked {
    /// What to find; everything when left out
    #[arg(allow_hyphen_values = true)]
    pub query: Option<String>,
    /// More words of the query, for those who leave the quotes out
    #[arg(hide = true)]
    pub words: Vec<String>,
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

impl Asked {
    /// The words of the query, as the shell has cut it.
    pub fn words(&self) -> impl Iterator<Item = &String> {
        self.query.iter().chain(&self.words)
    }

    /// The whole text of the query.
    pub fn text(&self) -> String {
        let words: Vec<&str> = self.words().map(String::as_str).collect();
        words.join(" ")
    }
}
