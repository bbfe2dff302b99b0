//! What is done with a result: counting its facets, putting it in order.

use std::sync::Arc;

use divan::Bencher;
use roaring::RoaringBitmap;
use trialdex::search::{Direction, ORDERS, Sort, facet};
use trialdex::store::Tally;

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
        .bench_values(|mut tally| facet::count_all(&STORE, &studies, &mut tally).len());
}

/// All studies, put in each order.
#[divan::bench(args = ORDERS.iter().map(|entry| entry.name), sample_count = 10, max_time = 5)]
fn sort_all(bencher: Bencher, name: &str) {
    let order =
        ORDERS.iter().find(|entry| entry.name == name).expect("the names are the table's").order;
    let sort = Sort { order, direction: Direction::Natural };
    let found = some(1);
    bencher.bench(|| sort.rows(&STORE, &found));
}
