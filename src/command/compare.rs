//! `trialdex compare`: writes studies side by side.

use std::io::Write;

use anyhow::Result;

use super::Ending;
use crate::cli::{Compare, CompareFormat};
use crate::dataset;
use crate::export::{ComparisonFormat, FactsTable, Origin, Report, Rows};
use crate::store::{Store, StudyIdx};
use crate::study::{Study, calendar};
use crate::worker::terminal;

/// Of more trials only the key facts are set side by side.
const MOST_SIDE_BY_SIDE: usize = 5;

/// How wide the columns are together where there is no terminal.
const COLUMNS: usize = 120;

pub(super) fn run(arguments: &Compare, out: &mut dyn Write) -> Result<Ending> {
    let store = super::open(&arguments.data)?.store;
    let mut found: Vec<(&str, StudyIdx)> = Vec::new();
    for id in &arguments.ids {
        found.extend(super::find(&store, id)?.map(|study| (id.trim(), study)));
    }
    if found.len() < arguments.ids.len() || !are_there(&store, &found) {
        return Ok(Ending::Nothing);
    }
    let mut studies = Vec::new();
    for (place, &(_, study)) in found.iter().enumerate() {
        // Of several versions the oldest stands first.
        let newer = found[place + 1..].iter().filter(|(_, other)| *other == study).count();
        studies.push(Study::parse(&store.version(study, newer)?)?);
    }
    let rows = if arguments.differences { Rows::Differences } else { Rows::All };
    let origin = Origin {
        dataset: dataset::name(&arguments.data.paths),
        query: String::new(),
        today: Some(calendar::today()),
    };
    let studies: Vec<&Study> = studies.iter().collect();
    let format = match arguments.format {
        CompareFormat::Text => ComparisonFormat::Text,
        CompareFormat::Markdown => ComparisonFormat::Markdown,
        CompareFormat::Html => ComparisonFormat::Html,
        CompareFormat::Csv => ComparisonFormat::Csv,
        CompareFormat::Json => ComparisonFormat::Json,
    };
    let width = terminal::columns().unwrap_or(COLUMNS);
    let (text, same) = if arguments.key_facts || studies.len() > MOST_SIDE_BY_SIDE {
        let facts = FactsTable::new(&studies, rows, origin);
        (facts.in_form(format, width), facts.is_equal())
    } else {
        let report = Report { origin, ..Report::new(&studies, rows) };
        (report.in_form(format, width), report.comparison.differences() == 0)
    };
    writeln!(out, "{}", text.trim_end())?;
    Ok(if same { Ending::Nothing } else { Ending::Found })
}

/// Whether there is something to compare: as many versions of a study as it is named times. Says what is missing.
fn are_there(store: &Store, found: &[(&str, StudyIdx)]) -> bool {
    for (place, &(name, study)) in found.iter().enumerate() {
        let others = found[..place].iter().filter(|(_, other)| *other == study);
        let named = 1 + others.clone().count();
        let id = store.id(study);
        if let Some((other, _)) =
            others.clone().find(|(other, _)| !other.eq_ignore_ascii_case(name))
        {
            super::remark(&format!("{other} and {name} are one trial, {id}"));
            return false;
        }
        let versions = store.versions(study);
        if named > versions {
            let versions = if versions == 1 {
                "one version".to_owned()
            } else {
                format!("{versions} versions")
            };
            super::remark(&format!(
                "{id}: {versions} in what was read; name the file of another by -d"
            ));
            return false;
        }
    }
    true
}
