//! `trialdex compare`: two studies side by side.

use std::io::Write;

use anyhow::Result;

use super::Ending;
use crate::cli::{Compare, CompareFormat};
use crate::compare::compare;
use crate::export::{self, Rows};
use crate::worker::terminal;

/// How wide the two columns are together where there is no terminal.
const COLUMNS: usize = 120;

pub(super) fn run(arguments: &Compare, out: &mut dyn Write) -> Result<Ending> {
    let store = super::open(&arguments.data)?.store;
    let (left, right) =
        (super::find(&store, &arguments.left)?, super::find(&store, &arguments.right)?);
    let (Some(left), Some(right)) = (left, right) else {
        return Ok(Ending::Nothing);
    };
    let comparison = compare(&super::read(&store, left)?, &super::read(&store, right)?);
    let rows = if arguments.differences { Rows::Differences } else { Rows::All };
    let text = match arguments.format {
        CompareFormat::Text => {
            export::comparison_text(&comparison, rows, terminal::columns().unwrap_or(COLUMNS))
        }
        CompareFormat::Markdown => export::comparison_markdown(&comparison, rows),
        CompareFormat::Json => {
            serde_json::to_string_pretty(&export::comparison_json(&comparison, rows))?
        }
    };
    writeln!(out, "{}", text.trim_end())?;
    Ok(if comparison.differences() == 0 { Ending::Nothing } else { Ending::Found })
}
