//! `trialdex search`: writes the studies that a query finds, one a line.

use std::io::Write;
use std::path::Path;

use anyhow::Result;
use serde::Serialize;

use super::{Ending, asked};
use crate::cli::{Search, SearchFormat};
use crate::dataset;
use crate::export::{Listed, Origin, StudiesFormat, Writing, study_line, write_studies};
use crate::search::{Found, NearestSite, Nearness, Query};
use crate::store::{Store, StudyIdx};
use crate::study::{Concept, calendar};
use crate::text;
use crate::worker::terminal;

pub(super) fn run(search: &Search, out: &mut dyn Write) -> Result<Ending> {
    let query = asked::query(&search.asked)?;
    let query = Query { sort: search.sort.unwrap_or(query.sort), ..query };
    for word in search.asked.words().filter(|word| Path::new(word).is_file()) {
        super::remark(&format!("{word} is a file; -d {word} looks into it"));
    }
    let store = super::open(&search.data)?.store;
    let found = asked::found(&store, &query, &search.asked.collection)?;
    asked::tell(&store, &found);
    write(search, &query, (&store, &found), out)?;
    Ok(if found.rows.is_empty() { Ending::Nothing } else { Ending::Found })
}

/// Writes what was found in the form that is asked for.
fn write(
    search: &Search,
    query: &Query,
    (store, found): (&Store, &Found),
    out: &mut dyn Write,
) -> Result<()> {
    if search.count {
        writeln!(out, "{}", found.rows.len())?;
        return Ok(());
    }
    let studies = || found.rows.iter().take(search.limit.unwrap_or(usize::MAX));
    let origin = Origin {
        dataset: dataset::name(&search.data.paths),
        query: query.to_string(),
        today: Some(calendar::today()),
    };
    let mut written = |format| {
        let writing = Writing {
            origin: origin.clone(),
            style: super::style(&search.style),
            ..Writing::from(format)
        };
        write_studies(out, store, studies(), &writing)
    };
    match search.format {
        SearchFormat::Ids => written(StudiesFormat::Ids)?,
        SearchFormat::Csv => written(StudiesFormat::Csv)?,
        SearchFormat::Tsv => written(StudiesFormat::Tsv)?,
        SearchFormat::Ris => written(StudiesFormat::Ris)?,
        SearchFormat::Bibtex => written(StudiesFormat::Bibtex)?,
        SearchFormat::Csl => written(StudiesFormat::Csl)?,
        SearchFormat::Json => {
            for study in studies() {
                let listed = Listed::new(store, study);
                let nearest = found.near().nearest(store, study);
                let nearest = nearest.map(|nearest| NearestSite::new(store, nearest));
                writeln!(out, "{}", serde_json::to_string(&Row { listed, nearest })?)?;
            }
        }
        SearchFormat::Table => {
            for study in studies() {
                writeln!(out, "{}", table_row(store, study, found.near()))?;
            }
        }
    }
    Ok(())
}

/// One line of `--format json`.
#[derive(Serialize)]
struct Row<'a> {
    #[serde(flatten)]
    listed: Listed<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nearest: Option<NearestSite<'a>>,
}

/// The columns of a row; before the title the nearest site, where a place is asked for.
const COLUMNS: [Concept; 4] = [Concept::Id, Concept::Status, Concept::Phase, Concept::Updated];
/// How wide the nearest site is.
const NEAREST: usize = 34;

/// A row as wide as the terminal; in a pipe the title is whole.
fn table_row(store: &Store, study: StudyIdx, near: &Nearness) -> String {
    let columns = [&COLUMNS[..], &[Concept::Title]].concat();
    let row = if near.nearby.is_empty() {
        study_line(store, study, &columns)
    } else {
        let nearest = near.in_words(store, study).unwrap_or_default();
        let nearest = text::pad(&text::cut(&nearest, NEAREST), NEAREST);
        // The id is as wide in every row, and so is what stands before the title.
        let facts = study_line(store, study, &[&COLUMNS[..], &[Concept::Id]].concat());
        let facts = facts.strip_suffix(&store.id(study).to_string()).unwrap_or(&facts);
        format!("{facts}{nearest}  {}", store.title(study))
    };
    match terminal::columns() {
        Some(columns) => text::cut(&row, columns).into_owned(),
        None => row,
    }
}
