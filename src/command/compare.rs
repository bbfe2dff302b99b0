//! `trialdex compare`: writes studies side by side.

use std::io::Write;

use anyhow::Result;

use super::Ending;
use crate::cli::{Compare, CompareFormat};
use crate::export::{ComparisonFormat, Report, Rows};
use crate::worker::terminal;

/// How wide the columns are together where there is no terminal.
const COLUMNS: usize = 120;

pub(super) fn run(arguments: &Compare, out: &mut dyn Write) -> Result<Ending> {
    let store = super::open(&arguments.data)?.store;
    let mut found = Vec::new();
    for id in &arguments.ids {
        found.extend(super::find(&store, id)?);
    }
    if found.len() < arguments.ids.len() {
        return Ok(Ending::Nothing);
    }
    let studies = found.into_iter().map(|study| store.study(study));
    let studies = studies.collect::<Result<Vec<_>, _>>()?;
    let rows = if arguments.differences { Rows::Differences } else { Rows::All };
    let report = Report::new(&studies.iter().collect::<Vec<_>>(), rows);
    let format = match arguments.format {
        CompareFormat::Text => ComparisonFormat::Text,
        CompareFormat::Markdown => ComparisonFormat::Markdown,
        CompareFormat::Html => ComparisonFormat::Html,
        CompareFormat::Csv => ComparisonFormat::Csv,
        CompareFormat::Json => ComparisonFormat::Json,
    };
    let text = report.in_form(format, terminal::columns().unwrap_or(COLUMNS));
    writeln!(out, "{}", text.trim_end())?;
    let same = report.comparison.differences() == 0;
    Ok(if same { Ending::Nothing } else { Ending::Found })
}
