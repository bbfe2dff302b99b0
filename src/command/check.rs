//! `trialdex check`: counts the studies of a dataset, and lists the records that were skipped with the reason.

use std::io::Write;

use anyhow::Result;
use serde::Serialize;

use super::Ending;
use crate::cli::{Check, CheckFormat};
use crate::dataset::Dataset;
use crate::search::facet;
use crate::study::Concept;
use crate::text;

/// What `--format json` says.
#[derive(Serialize)]
struct Report<'a> {
    studies: usize,
    skipped: u64,
    /// Records left out because another one of the same study is newer.
    replaced: u64,
    /// The newest change of any record.
    newest: Option<String>,
    /// What else is to be known of the dataset.
    notes: &'a [String],
    problems: Vec<Problem<'a>>,
}

#[derive(Serialize)]
struct Problem<'a> {
    file: &'a str,
    place: &'a str,
    reason: &'a str,
}

pub(super) fn run(check: &Check, out: &mut dyn Write) -> Result<Ending> {
    let dataset = super::open_quietly(&check.paths, check.keeping)?;
    match check.format {
        CheckFormat::Json => {
            writeln!(out, "{}", serde_json::to_string_pretty(&Report::new(&dataset))?)?;
        }
        CheckFormat::Text => write_text(&dataset, out)?,
    }
    Ok(if dataset.skipped == 0 { Ending::Found } else { Ending::Nothing })
}

impl<'a> Report<'a> {
    fn new(dataset: &'a Dataset) -> Self {
        let problems = dataset.bad.iter().map(|bad| Problem {
            file: &bad.place.file,
            place: &bad.place.within,
            reason: &bad.reason,
        });
        Self {
            studies: dataset.store.len(),
            skipped: dataset.skipped,
            replaced: dataset.replaced,
            newest: dataset.store.newest().map(|date| date.to_string()),
            notes: &dataset.notes,
            problems: problems.collect(),
        }
    }
}

fn write_text(dataset: &Dataset, out: &mut dyn Write) -> Result<()> {
    let store = &dataset.store;
    writeln!(out, "studies   {}", store.len())?;
    writeln!(out, "skipped   {}", dataset.skipped)?;
    writeln!(out, "replaced  {} (older records of the same study)", dataset.replaced)?;
    if let Some(newest) = store.newest() {
        writeln!(out, "newest    {newest}")?;
    }
    for note in &dataset.notes {
        writeln!(out, "note      {note}")?;
    }
    for concept in [Concept::StudyType, Concept::Status] {
        writeln!(out, "\nby {}", concept.label())?;
        let counts = facet::count(store, concept, store.studies().map(|study| study.0).collect());
        for (group, count) in counts.first(store, usize::MAX) {
            writeln!(out, "{count:>9}  {}", group.label(store, concept))?;
        }
        let not_stated = counts.not_stated(store);
        if not_stated > 0 {
            writeln!(out, "{not_stated:>9}  not stated")?;
        }
    }
    if !dataset.bad.is_empty() {
        writeln!(out, "\nskipped")?;
    }
    for bad in &dataset.bad {
        let line = format!("  {} {}: {}", bad.place.file, bad.place.within, bad.reason);
        writeln!(out, "{}", text::clean_line(&line))?;
    }
    Ok(())
}
