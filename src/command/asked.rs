//! What the arguments of a command ask, what is found, and what somebody should know of it: the same for every command
//! that takes a query.

use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};

use crate::cli::{Asked, Keeping};
use crate::config::Config;
use crate::marks::Marks;
use crate::search::{
    Added, By, Cancel, Clause, Found, How, Instead, Query, QueryLines, Reading, References,
    SavedSearches, Taken, find_marked, parse_with,
};
use crate::state::{self, StateFolder};
use crate::store::Store;
use crate::study::{PartialDate, calendar};
use crate::text;

/// What the arguments ask, and which configuration says what they may name.
pub(super) fn query(asked: &Asked, config: Option<&Path>) -> Result<Query> {
    let reading = if asked.exact { Reading::AsTyped } else { Reading::default() };
    Ok(Query { reading, ..read(&asked.text(), asked.today, config)? })
}

/// What a text asks, with relative dates counted from `today`, else from the day it is.
pub(super) fn read(text: &str, today: Option<PartialDate>, config: Option<&Path>) -> Result<Query> {
    refuse_options(text)?;
    let today = today.unwrap_or_else(calendar::today);
    let kept = if names_others(text) { Kept::read(config)? } else { Kept::default() };
    let references = References { saved: kept.saved.as_ref(), lines: kept.lines.as_ref() };
    let query = parse_with(text, Some(today), references)
        .map_err(|error| anyhow!("{error} (at “{}”)", text::cut(&text[error.place.clone()], 60)))?;
    Ok(Query { today: Some(today), ..query })
}

/// Whether a text may name other queries.
pub(super) fn names_others(text: &str) -> bool {
    text.to_ascii_lowercase().contains("saved:") || text.contains(['@', '#'])
}

/// The queries that can be named, as far as such are kept.
#[derive(Default)]
struct Kept {
    saved: Option<SavedSearches>,
    lines: Option<QueryLines>,
}

impl Kept {
    fn read(config: Option<&Path>) -> Result<Self> {
        let config = Config::read(config)?;
        let mut kept = Self { saved: config.searches.then(SavedSearches::default), lines: None };
        if let Some(folder) = StateFolder::of_data().filter(|_| config.searches) {
            kept.saved = Some(state::read_saved(&folder)?);
        }
        if let Some(folder) = StateFolder::of_user().filter(|_| config.history) {
            kept.lines = Some(QueryLines::of(&state::read_history(&folder)?));
        }
        Ok(kept)
    }
}

/// Refuses a query with a word that looks like an option: queries may begin with `-`, so that one which is written wrong
/// would be looked for as a word.
fn refuse_options(text: &str) -> Result<()> {
    let option = text.split_whitespace().find(|word| {
        word.strip_prefix("--")
            .is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
    });
    match option.filter(|_| !text.contains('"')) {
        Some(option) => bail!(
            "there is no option {option}; --help lists them, and in quotes it is a word of the query"
        ),
        None => Ok(()),
    }
}

/// Makes what the query needs beside the store, which is that of `paths`.
pub(super) fn prepare(
    store: &Store,
    query: &Query,
    paths: &[PathBuf],
    keeping: Keeping,
) -> Result<()> {
    if query.asks_prose() { super::index_prose(store, paths, keeping) } else { Ok(()) }
}

/// Finds what a query asks of the studies and of the marks in a collection.
pub(super) fn found(store: &Store, query: &Query, collection: &str) -> Result<Found> {
    found_marked(store, &marks(query, collection, false)?, query)
}

/// What is marked in a collection, if the query asks for it or the caller needs it; else nothing.
pub(super) fn marks(query: &Query, collection: &str, is_needed: bool) -> Result<Marks> {
    Ok(if is_needed || query.asks_marks() {
        super::collection::open(collection)?.marks().clone()
    } else {
        Marks::default()
    })
}

/// Finds what a query asks of the studies and of these marks.
pub(super) fn found_marked(store: &Store, marks: &Marks, query: &Query) -> Result<Found> {
    let found = find_marked(store, marks, query, &Cancel::default())
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
    let is_lost = |taken: &&Taken| !found.hints.instead.iter().any(|it| it.typed == taken.term);
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
    if let Some(remark) = blamed(&found.hints.clauses) {
        super::remark(&remark);
    }
    for instead in &found.hints.instead {
        let Instead { concept, term, query, studies, .. } = instead;
        super::remark(&match concept {
            Some(_) => format!("{}: try {query} ({studies})", instead.in_words()),
            None => format!("did you mean {term} ({studies})? try {query}"),
        });
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
