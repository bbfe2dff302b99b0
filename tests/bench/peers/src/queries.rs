//! Queries, asked of each in turn. Every line says the query, the milliseconds and how many it finds.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;
use fuzzy_matcher::FuzzyMatcher as _;
use fuzzy_matcher::skim::SkimMatcherV2;
use serde_json::json;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, FuzzyTermQuery, Occur, Query};
use tantivy::schema::{Field, Schema, TEXT};
use tantivy::{Index, TantivyDocument, Term};
use trialdex::search::{Cancel, How, answer, find, parse};
use trialdex::store::{Store, StudyIdx};

use crate::columns::{SEARCHED, Study};

fn say(query: &str, took: Duration, found: usize, near: bool) {
    let milliseconds = took.as_secs_f64() * 1e3;
    println!("{}", json!({"query": query, "ms": milliseconds, "found": found, "near": near}));
}

/// What the whole program does with a query: all rows in order, the counts of every facet.
fn ask(store: &Store, text: &str) {
    let Ok(query) = parse(text) else { return };
    let started = Instant::now();
    let Some(results) = answer(store, &query, &Cancel::default()) else { return };
    let took = started.elapsed();
    let mut places = results.taken.iter().flat_map(|taken| &taken.places);
    say(text, took, results.rows.len(), places.any(|place| place.how == How::Near));
}

/// The first hundred of all results and how many there are, without counts of facets.
fn ask_for_the_best(store: &Store, text: &str) {
    let Ok(query) = parse(text) else { return };
    let started = Instant::now();
    let Some(found) = find(store, &query, &Cancel::default()) else { return };
    let (best, count) = (found.rows.range(0..100).collect::<Vec<StudyIdx>>(), found.rows.len());
    let took = started.elapsed();
    assert_eq!(best.len(), count.min(100));
    let taken = found.taken(store);
    let mut places = taken.iter().flat_map(|taken| &taken.places);
    say(text, took, count, places.any(|place| place.how == How::Near));
}

fn open(path: &Path) -> Result<Arc<Store>> {
    let path: PathBuf = path.to_owned();
    Ok(trialdex::dataset::open(&[path], &Arc::default())?.store)
}

pub(crate) fn typing(path: &Path, queries: &[String]) -> Result<()> {
    let store = open(path)?;
    for query in queries {
        let ends = query.char_indices().map(|(start, letter)| start + letter.len_utf8());
        ends.for_each(|end| ask(&store, &query[..end]));
    }
    Ok(())
}

pub(crate) fn best(path: &Path, queries: &[String]) -> Result<()> {
    let store = open(path)?;
    queries.iter().for_each(|query| ask_for_the_best(&store, query));
    Ok(())
}

/// The rows are shared out among all cores; a thread keeps its scores, best first.
pub(crate) fn skim(rows: &str, queries: &[String]) -> Result<()> {
    let rows: Vec<&str> = rows.lines().collect();
    let cores = thread::available_parallelism().map_or(1, usize::from);
    for query in queries {
        let started = Instant::now();
        let found: usize = thread::scope(|scope| {
            let parts = rows.chunks(rows.len().div_ceil(cores).max(1));
            let matched = parts.map(|part| {
                scope.spawn(move || {
                    let matcher = SkimMatcherV2::default();
                    let scores = part.iter().filter_map(|row| matcher.fuzzy_match(row, query));
                    let mut scores: Vec<i64> = scores.collect();
                    scores.sort_unstable_by_key(|score| std::cmp::Reverse(*score));
                    scores.len()
                })
            });
            let matched: Vec<_> = matched.collect();
            matched.into_iter().map(|thread| thread.join().expect("matching does not panic")).sum()
        });
        say(query, started.elapsed(), found, false);
    }
    Ok(())
}

/// Every word the beginning of one in any of the fields that trialdex searches: a document has them apart or together.
pub(crate) fn tantivy(data: &Path, fields: &str, queries: &[String]) -> Result<()> {
    let mut schema = Schema::builder();
    let names: &[&str] = if fields == "apart" { &SEARCHED } else { &["all"] };
    let fields: Vec<Field> = names.iter().map(|name| schema.add_text_field(name, TEXT)).collect();
    let index = Index::create_in_ram(schema.build());
    let mut writer = index.writer(256 << 20)?;
    for line in BufReader::new(File::open(data)?).lines() {
        let texts = serde_json::from_str::<Study>(&line?)?.searched();
        let mut document = TantivyDocument::default();
        for (text, field) in texts.iter().zip(fields.iter().cycle()) {
            document.add_text(*field, text);
        }
        writer.add_document(document)?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    let searcher = index.reader()?.searcher();
    for query in queries {
        let words = query.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let begun = |word: &str, field: Field| -> (Occur, Box<dyn Query>) {
            let term = Term::from_field_text(field, &word.to_lowercase());
            (Occur::Should, Box::new(FuzzyTermQuery::new_prefix(term, 0, true)))
        };
        let anywhere = |word: &str| -> (Occur, Box<dyn Query>) {
            let fields = fields.iter().map(|&field| begun(word, field)).collect();
            (Occur::Must, Box::new(BooleanQuery::new(fields)))
        };
        let wanted = BooleanQuery::new(words.map(anywhere).collect());
        let started = Instant::now();
        let (_, found) =
            searcher.search(&wanted, &(TopDocs::with_limit(100).order_by_score(), Count))?;
        say(query, started.elapsed(), found, false);
    }
    Ok(())
}
