//! `trialdex search`: writes the studies that a query finds, one a line.

use std::io::Write;
use std::path::Path;

use anyhow::{Result, anyhow, bail};
use serde::Serialize;

use super::Ending;
use crate::cli::{Search, SearchFormat};
use crate::dataset;
use crate::export::{Listed, Origin, StudiesFormat, Writing, study_line, write_studies};
use crate::marks::Marks;
use crate::search::{
    Added, By, Cancel, Clause, Found, How, Instead, NearestSite, Nearness, Query, Reading, Taken,
    find_marked, parse,
};
use crate::store::{Store, StudyIdx};
use crate::study::{Concept, PartialDate, calendar};
use crate::text;
use crate::worker::terminal;

pub(super) fn run(search: &Search, out: &mut dyn Write) -> Result<Ending> {
    let text = search.text();
    let query = query(&text, search.exact, search.today)?;
    let query = Query { sort: search.sort.unwrap_or(query.sort), ..query };
    for word in search.query.iter().chain(&search.words).filter(|word| Path::new(word).is_file()) {
        super::remark(&format!("{word} is a file; -d {word} looks into it"));
    }
    let store = super::open(&search.data)?.store;
    let found = found(&store, &query, &search.collection)?;
    tell(&store, &found);
    write(search, &query, (&store, &found), out)?;
    Ok(if found.rows.is_empty() { Ending::Nothing } else { Ending::Found })
}

/// What a text of the command line asks.
pub(super) fn query(text: &str, exact: bool, today: Option<PartialDate>) -> Result<Query> {
    super::refuse_options(text)?;
    let mut query = parse(text)
        .map_err(|error| anyhow!("{error} (at “{}”)", text::cut(&text[error.place.clone()], 60)))?;
    query.today = Some(today.unwrap_or_else(calendar::today));
    if exact {
        query.reading = Reading::AsTyped;
    }
    Ok(query)
}

/// Finds what a query asks of the studies and of the marks in a collection.
pub(super) fn found(store: &Store, query: &Query, collection: &str) -> Result<Found> {
    let marks = if query.asks_marks() {
        super::marks::open(collection)?.marks().clone()
    } else {
        Marks::default()
    };
    let found = find_marked(store, &marks, query, &Cancel::default())
        .ok_or_else(|| anyhow!("the search was cancelled"))?;
    if let Some(unknown) = &found.near().unknown {
        bail!("{unknown}");
    }
    let is_near = !found.near().nearby.is_empty();
    if query.sort.has(By::Nearest) && !is_near {
        bail!("sort:nearest needs a place, such as near:Lyon in the query");
    }
    Ok(found)
}

/// Says on standard error what somebody should know of what was found.
pub(super) fn tell(store: &Store, found: &Found) {
    let taken = found.taken(store);
    let mut remarks: Vec<String> = Vec::new();
    // What is elsewhere is said below.
    let is_lost = |taken: &&Taken| !found.instead.iter().any(|it| it.typed == taken.term);
    for remark in taken.iter().filter(is_lost).filter_map(|taken| remark(store, taken)) {
        if !remarks.contains(&remark) {
            remarks.push(remark);
        }
        if remarks.len() > MOST_REMARKS {
            break;
        }
    }
    let is_cut = remarks.len() > MOST_REMARKS;
    remarks.truncate(MOST_REMARKS);
    for remark in &remarks {
        super::remark(remark);
    }
    if is_cut {
        super::remark("more words were not found, or taken for others");
    }
    if let Some(remark) = blamed(&found.clauses) {
        super::remark(&remark);
    }
    for instead in &found.instead {
        let Instead { typed, concept, query, studies, .. } = instead;
        let label = concept.label();
        super::remark(&format!("{typed} is found as {label}: try {query} ({studies})"));
    }
    for remark in found.near().remarks() {
        super::remark(&remark);
    }
    for code in found.codes() {
        let (typed, term) = (code.typed, code.term);
        super::remark(&format!("{typed} was read as {term}; --exact reads it as words"));
    }
    if !found.passed_over().is_empty() {
        let words = text::cut(&found.passed_over().join(" "), 300).into_owned();
        super::remark(&format!("nothing was looked for: {words}; --exact looks for all words"));
    }
    for unstated in found.unstated() {
        super::remark(&unstated.to_string());
    }
    for remark in added(&found.added()) {
        super::remark(&remark);
    }
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

/// What somebody should know of what was added: each mended word, and the rest on one line.
fn added(added: &[Added]) -> Vec<String> {
    let (mended, others): (Vec<&Added>, Vec<&Added>) =
        added.iter().partition(|added| added.how == How::Near);
    let mut remarks: Vec<String> = mended
        .iter()
        .map(|it| format!("{} was taken for {} ({})", it.typed, it.name, it.studies))
        .collect();
    if !others.is_empty() {
        let others = others.iter().map(|it| format!("{} ({})", it.name, it.studies));
        let others = text::cut(&others.collect::<Vec<_>>().join(", "), 300).into_owned();
        remarks.push(format!("also found: {others}; --exact leaves them out"));
    }
    remarks
}

/// What somebody should know who asked for `taken`.
fn remark(store: &Store, taken: &Taken) -> Option<String> {
    let (term, near) = (&taken.term, taken.nearest());
    if let Some(meaning) = taken.in_capitals() {
        return Some(format!("“{term}” is looked for as a word; {meaning}"));
    }
    if !taken.places.is_empty() {
        return (!near.is_empty()).then(|| format!("{term} was taken for {}", near.join(", ")));
    }
    if let Some(concept) = taken.concept.filter(|concept| concept.has_codes()) {
        let vocabulary = store.vocabulary(concept);
        let known: Vec<&str> = vocabulary.iter().map(|value| vocabulary.label(value)).collect();
        let known = text::cut(&known.join(", "), 300).into_owned();
        return Some(format!("no trial here has {term}; there are: {known}"));
    }
    Some(format!("no trial here has {term}"))
}

/// Which clauses are to blame that nothing is found.
fn blamed(clauses: &[Clause]) -> Option<String> {
    if clauses.is_empty() {
        return None;
    }
    let clause = |it: &Clause| format!("{} {} (without it {})", it.text, it.alone, it.without);
    let clauses = clauses.iter().map(clause).collect::<Vec<_>>().join(", ");
    Some(format!("no trial has all of this; alone find: {}", text::cut(&clauses, 300)))
}

/// So many remarks about words are written at most.
const MOST_REMARKS: usize = 20;

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
