//! Finding related trials.

use std::sync::atomic::{AtomicU32, Ordering};

use divan::Bencher;
use trialdex::search::related as search_related;
use trialdex::store::StudyIdx;

use crate::dataset::STORE;

/// The related studies of one study, another one each time; the slowest counts, since all of it happens
/// between a key and its frame.
#[divan::bench(sample_count = 500, sample_size = 1, max_time = 20)]
fn related(bencher: Bencher) {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let len = STORE.len() as u32;
    let next = || StudyIdx(NEXT.fetch_add(7919, Ordering::Relaxed) % len);
    bencher.with_inputs(next).bench_values(|study| search_related(&STORE, study));
}
