//! `trialdex search --record` and `--from-record`: writes a search down, and repeats one that was.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result, anyhow};

use super::{Ending, asked};
use crate::cli::Search;
use crate::dataset::Dataset;
use crate::export::record::{Changes, Listed, SearchRecord};
use crate::marks::read_file;
use crate::search::{Cancel, Query, Reading};
use crate::store::Store;
use crate::study::calendar;
use crate::worker::recorder;

/// Searches `dataset` and writes down how.
fn make(dataset: &Dataset, query: &Query, search: &Search, typed: &str) -> Result<SearchRecord> {
    let today = query.today.unwrap_or_else(calendar::today);
    let collection = &search.asked.collection;
    let search = recorder::Search {
        query: query.clone(),
        typed: typed.to_owned(),
        date: today.to_string(),
        marks: Arc::new(asked::marks(query, collection, false)?),
        collection: collection.clone(),
        paths: search.data.paths.clone(),
        skipped: dataset.skipped,
        replaced: dataset.replaced,
    };
    Ok(search.record(&dataset.store, &mut |_| true, &Cancel::default())?)
}

/// Writes the record of a search to a new file.
pub(super) fn write(dataset: &Dataset, query: &Query, search: &Search, path: &Path) -> Result<()> {
    let record = make(dataset, query, search, &search.asked.text())?;
    save(&record, path)
}

/// Writes a record, never over another one.
fn save(record: &SearchRecord, path: &Path) -> Result<()> {
    recorder::write(record, path).with_context(|| path.display().to_string())?;
    super::remark(&format!("the search is written down in {}", path.display()));
    Ok(())
}

/// Says before anything is read that a record cannot be written.
pub(super) fn check(path: Option<&Path>) -> Result<()> {
    match path.filter(|path| path.exists()) {
        Some(path) => anyhow::bail!("{}: is there already; a record is a new file", path.display()),
        None => Ok(()),
    }
}

/// Repeats the search of a record.
pub(super) fn repeat(search: &mut Search, path: &Path, out: &mut dyn Write) -> Result<Ending> {
    let shown = || path.display().to_string();
    let text = String::from_utf8(read_file(path).with_context(shown)?).with_context(shown)?;
    let then = SearchRecord::read(&text).map_err(|error| anyhow!("{} {error}", path.display()))?;
    if search.data.paths.is_empty() && !search.data.sample {
        search.data.paths = then.source.files.iter().map(|file| (&file.path).into()).collect();
    }
    if let Some(collection) = &then.query.collection {
        search.asked.collection.clone_from(collection);
    }
    let day = then.date.parse().ok();
    // What a name or a number stood for then is what counts.
    let is_typed = !asked::names_others(&then.query.as_typed);
    let text = if is_typed { &then.query.as_typed } else { &then.query.canonical };
    let query = asked::read(text, search.asked.today.or(day), search.data.config.as_deref())?;
    let is_exact = then.query.exact || search.asked.exact;
    let reading = if is_exact { Reading::AsTyped } else { Reading::default() };
    let query = Query { reading, ..query };
    let dataset = super::open(&search.data)?;
    let store = &dataset.store;
    asked::prepare(store, &query, &search.data.paths, search.data.keeping)?;
    let now = make(&dataset, &query, search, &then.query.as_typed)?;
    if let Some(path) = &search.recording.record {
        save(&now, path)?;
    }
    for remark in differing(&then, &now) {
        super::remark(&remark);
    }
    let changes = Changes::between(&then, &now);
    for (what, studies) in
        [("new", &changes.new), ("gone", &changes.gone), ("changed", &changes.changed)]
    {
        for study in studies {
            writeln!(out, "{}", line(store, what, study))?;
        }
    }
    Ok(if changes.is_empty() { Ending::Nothing } else { Ending::Found })
}

/// What is to be known of two searches as a whole.
fn differing(then: &SearchRecord, now: &SearchRecord) -> Vec<String> {
    let changes = Changes::between(then, now);
    let mut remarks = vec![format!(
        "{} found {} on {}; now {}: {} new, {} gone, {} changed",
        then.query.canonical,
        then.total,
        then.date,
        now.total,
        changes.new.len(),
        changes.gone.len(),
        changes.changed.len()
    )];
    if then.program != now.program {
        remarks
            .push(format!("the record was written by {}; this is {}", then.program, now.program));
    }
    if then.query.canonical != now.query.canonical {
        remarks.push(format!("the query is read otherwise than then: {}", now.query.canonical));
    }
    let hashes = |record: &SearchRecord| -> Vec<String> {
        record.source.files.iter().map(|file| file.sha256.clone()).collect()
    };
    remarks.push(if hashes(then) == hashes(now) {
        "the files are those of the record, byte for byte".to_owned()
    } else {
        "the files are not those of the record".to_owned()
    });
    remarks
}

/// A study in which the searches differ, between tabs: what, id, updates, title.
fn line(store: &Store, what: &str, study: &Listed) -> String {
    let place = study.id.parse().ok().and_then(|id| store.find(id));
    let title = match place {
        Some(place) => store.brief_title(place).to_owned(),
        None => "(not in the dataset)".to_owned(),
    };
    let [then, now] =
        study.updated.each_ref().map(|date| date.as_deref().unwrap_or_default().to_owned());
    let updated = match what {
        "new" => now,
        "changed" if then != now => format!("{then} to {now}"),
        _ => then,
    };
    format!("{what}\t{}\t{updated}\t{}", study.id, crate::text::clean_line(&title))
}
