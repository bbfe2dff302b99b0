//! `trialdex search`: the studies that a query finds, as lines.

use std::io::Write;

use anyhow::{Result, anyhow};
use serde::Serialize;

use super::Ending;
use crate::cli::{Search, SearchFormat};
use crate::search::{Cancel, answer, parse};
use crate::store::{Store, StudyIdx, Vocab};
use crate::text;
use crate::worker::terminal;

/// One line of `--format json`: codes and dates as the registry writes them.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Found<'a> {
    nct_id: String,
    title: &'a str,
    status: Option<&'a str>,
    phases: Vec<&'a str>,
    study_type: Option<&'a str>,
    sponsor: Option<&'a str>,
    conditions: Vec<&'a str>,
    enrollment: Option<u32>,
    start: Option<String>,
    updated: Option<String>,
}

pub(super) fn run(search: &Search, out: &mut dyn Write) -> Result<Ending> {
    let text = search.text();
    let mut query = parse(&text)
        .map_err(|error| anyhow!("{error} (at “{}”)", text::cut(&text[error.place.clone()], 60)))?;
    query.sort = search.sort.or(query.sort);
    let store = super::open(&search.data.paths)?.store;
    let results = answer(&store, &query, &Cancel::default())
        .ok_or_else(|| anyhow!("the search was cancelled"))?;
    for taken in &results.taken {
        let near = taken.nearest();
        if !near.is_empty() {
            super::remark(&format!("{} was taken for {}", taken.term, near.join(", ")));
        }
        if let Some(vocab) = taken.elsewhere {
            super::remark(&format!(
                "{} is found nowhere; try {}:{}",
                taken.term,
                vocab.prefix(),
                taken.term
            ));
        }
    }
    if search.count {
        writeln!(out, "{}", results.rows.len())?;
    } else {
        let limit = search.limit.unwrap_or(usize::MAX);
        for study in results.rows.iter().take(limit) {
            match search.format {
                SearchFormat::Ids => writeln!(out, "{}", store.id(study))?,
                SearchFormat::Json => {
                    writeln!(out, "{}", serde_json::to_string(&Found::new(&store, study))?)?;
                }
                SearchFormat::Table => writeln!(out, "{}", table_row(&store, study))?,
            }
        }
    }
    Ok(if results.rows.is_empty() { Ending::Nothing } else { Ending::Found })
}

impl<'a> Found<'a> {
    fn new(store: &'a Store, study: StudyIdx) -> Self {
        let code = |vocab: Vocab| store.labels(study, vocab).map(move |label| vocab.code(label));
        Self {
            nct_id: store.id(study).to_string(),
            title: store.brief_title(study),
            status: code(Vocab::Status).next(),
            phases: code(Vocab::Phase).collect(),
            study_type: code(Vocab::StudyType).next(),
            sponsor: store.labels(study, Vocab::Sponsor).next(),
            conditions: store.labels(study, Vocab::Condition).collect(),
            enrollment: store.enrollment(study),
            start: store.started(study).map(|date| date.to_string()),
            updated: store.updated(study).map(|date| date.to_string()),
        }
    }
}

/// A row as wide as the terminal; in a pipe the title is whole.
fn table_row(store: &Store, study: StudyIdx) -> String {
    let status = store.labels(study, Vocab::Status).next().unwrap_or_default();
    let updated = store.updated(study).map_or_else(String::new, |date| date.to_string());
    let row = format!(
        "{}  {}  {}  {}  {}",
        store.id(study),
        text::pad(status, 23),
        text::pad(&store.phase(study), 14),
        text::pad(&updated, 10),
        store.title(study)
    );
    match terminal::columns() {
        Some(columns) => text::cut(&row, columns).into_owned(),
        None => row,
    }
}
