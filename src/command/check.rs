//! `trialdex check`: counts the studies of a dataset, and lists the records that were skipped or cannot be shown, with the
//! reason.

use std::io::Write;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Mutex, PoisonError};
use std::thread;

use anyhow::Result;
use serde::Serialize;

use super::Ending;
use crate::cli::{Check, CheckFormat};
use crate::cores;
use crate::dataset::Dataset;
use crate::search::facet;
use crate::store::{Store, StudyIdx};
use crate::study::Concept;
use crate::text;

/// What `--format json` says.
#[derive(Serialize)]
struct Report<'a> {
    studies: usize,
    skipped: u64,
    /// Studies that can be found and not be shown.
    unreadable: usize,
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
    let unreadable = unreadable(&dataset.store);
    match check.format {
        CheckFormat::Json => {
            writeln!(
                out,
                "{}",
                serde_json::to_string_pretty(&Report::new(&dataset, &unreadable))?
            )?;
        }
        CheckFormat::Text => write_text(&dataset, &unreadable, out)?,
    }
    let is_whole = dataset.skipped == 0 && unreadable.is_empty();
    Ok(if is_whole { Ending::Found } else { Ending::Nothing })
}

/// A study whose record cannot be read as a whole.
struct Unreadable {
    id: String,
    reason: String,
}

/// How many records a core reads before it looks for more.
const CHUNK: usize = 256;

/// The studies that cannot be shown: an index takes a few fields of a record, and what stands elsewhere in it may be too deep or
/// no number. Every record is read, on all cores.
fn unreadable(store: &Store) -> Vec<Unreadable> {
    let (next, found) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let read = || {
        loop {
            let start = next.fetch_add(CHUNK, Relaxed);
            if start >= store.len() {
                return;
            }
            let studies =
                (start..store.len().min(start + CHUNK)).map(|study| StudyIdx(study as u32));
            for study in studies {
                if let Err(error) = store.study(study) {
                    let reason = text::clean_line(&error.to_string()).into_owned();
                    let unreadable = Unreadable { id: store.id(study).to_string(), reason };
                    found.lock().unwrap_or_else(PoisonError::into_inner).push(unreadable);
                }
            }
        }
    };
    thread::scope(|scope| {
        for _ in 1..thread::available_parallelism().map_or(1, usize::from) {
            cores::spawn(scope, read);
        }
        read();
    });
    let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.sort_by(|one, other| one.id.cmp(&other.id));
    found
}

impl<'a> Report<'a> {
    fn new(dataset: &'a Dataset, unreadable: &'a [Unreadable]) -> Self {
        let problems = dataset.bad.iter().map(|bad| Problem {
            file: &bad.place.file,
            place: &bad.place.within,
            reason: &bad.reason,
        });
        let own = unreadable.iter();
        let own = own.map(|it| Problem { file: "", place: &it.id, reason: &it.reason });
        Self {
            studies: dataset.store.len(),
            skipped: dataset.skipped,
            unreadable: unreadable.len(),
            replaced: dataset.replaced,
            newest: dataset.store.newest().map(|date| date.to_string()),
            notes: &dataset.notes,
            problems: problems.chain(own).collect(),
        }
    }
}

fn write_text(dataset: &Dataset, unreadable: &[Unreadable], out: &mut dyn Write) -> Result<()> {
    let store = &dataset.store;
    writeln!(out, "studies   {}", store.len())?;
    writeln!(out, "skipped   {}", dataset.skipped)?;
    if !unreadable.is_empty() {
        writeln!(out, "unreadable {} (found, and cannot be shown)", unreadable.len())?;
    }
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
    if !unreadable.is_empty() {
        writeln!(out, "\nunreadable")?;
    }
    for Unreadable { id, reason } in unreadable {
        writeln!(out, "  {id}: {reason}")?;
    }
    Ok(())
}
