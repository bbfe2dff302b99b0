//! The parts of an answer: finding the studies, counting facets, ordering.

use std::cell::Cell;
use std::sync::Arc;

use divan::Bencher;
use roaring::RoaringBitmap;
use trialdex::marks::Marks;
use trialdex::search::{Beside, Cancel, Nearness, Query, Sort, facet, find, parse};
use trialdex::store::Tally;
use trialdex::study::Concept;
use trialdex::study::calendar::Day;

use crate::dataset::STORE;

/// Every `step`th study.
fn some(step: usize) -> Arc<RoaringBitmap> {
    Arc::new(STORE.studies().step_by(step).map(|study| study.0).collect())
}

/// The counts of all facets over this part of the studies.
#[divan::bench(args = [1, 2, 10, 100], sample_count = 20, max_time = 5)]
fn facets_of_one_in(bencher: Bencher, step: usize) {
    let studies = some(step);
    // A tally that has counted before would look only at what has changed since.
    bencher
        .with_inputs(Tally::default)
        .bench_values(|mut tally| facet::count_all(&STORE, &studies, Day(0), &mut tally).len());
}

/// The counts of each filter that is counted while it is shown, over all studies.
#[divan::bench(args = when_shown(), sample_count = 20, max_time = 5)]
fn facet_when_shown(bencher: Bencher, name: &str) {
    let concept = Concept::facets().find(|concept| concept.name() == name);
    let (concept, studies) = (concept.expect("the names are the table's"), some(1));
    bencher
        .with_inputs(|| facet::count(&STORE, concept, (*studies).clone()))
        .bench_values(|counts| (counts.first(&STORE, 6), counts.not_stated(&STORE)));
}

fn when_shown() -> impl Iterator<Item = &'static str> {
    Concept::facets().skip(Concept::always_counted().count()).map(Concept::name)
}

/// Whole words that are there, one query each time: the best hundred and how many.
#[divan::bench(sample_count = 2000, sample_size = 1, max_time = 10)]
fn find_words(bencher: Bencher) {
    let queries = include_str!("queries.txt").lines().take_while(|line| !line.starts_with(AFTER));
    let queries = queries.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let queries: Vec<Query> = queries.map(|text| parse(text).expect("a word is a query")).collect();
    let next = Cell::new(0);
    bencher.bench_local(|| {
        let query = &queries[next.replace(next.get() + 1) % queries.len()];
        let found = find(&STORE, query, &Cancel::default()).expect("nobody cancels it");
        (found.rows.range(0..100).count(), found.rows.len())
    });
}

/// What comes after those queries.
const AFTER: &str = "# a field";

/// All studies, put in each order.
#[divan::bench(args = Concept::orders().map(|(by, _)| by.name()), sample_count = 10, max_time = 5)]
fn sort_all(bencher: Bencher, name: &str) {
    let sort: Sort = name.parse().expect("the names are the table's");
    let found = some(1);
    let (near, marks) = (Nearness::default(), Marks::default());
    bencher.bench(|| sort.rows(&STORE, &found, Beside { near: &near, marks: &marks }));
}
