//! From a file to a store, beside the least that has to be done with the same bytes.

use std::fs;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use trialdex::study::summary::Summary;

use crate::dataset::{self, PATH, REGISTRY};

fn bytes() -> u64 {
    fs::metadata(&*PATH).expect("the registry was written").len()
}

/// Everything: reading, framing, parsing, indexing, compressing.
#[divan::bench(sample_count = 2, sample_size = 1)]
fn ingest_whole(bencher: Bencher) {
    bencher
        .counter(BytesCount::new(bytes()))
        .counter(ItemsCount::new(REGISTRY.len()))
        .bench(dataset::open);
}

/// The same records framed and thrown away.
#[divan::bench(sample_count = 2, sample_size = 1)]
fn ingest_framing_alone(bencher: Bencher) {
    bencher.counter(BytesCount::new(bytes())).bench(|| {
        let loader = trialdex::load::open(std::slice::from_ref(&*PATH), std::sync::Arc::default());
        loader.expect("the registry was written").flatten().count()
    });
}

/// What the index needs of each line, parsed on one core and thrown away.
#[divan::bench(sample_count = 2, sample_size = 1)]
fn ingest_parsing_alone(bencher: Bencher) {
    let bytes = fs::read_to_string(&*PATH).expect("the registry was written");
    bencher
        .counter(BytesCount::new(bytes.len()))
        .bench(|| bytes.lines().filter(|line| black_box(Summary::parse(line)).is_ok()).count());
}

/// Each line walked to its end, with nothing taken from it.
#[divan::bench(sample_count = 2, sample_size = 1)]
fn ingest_skipping_alone(bencher: Bencher) {
    let bytes = fs::read_to_string(&*PATH).expect("the registry was written");
    bencher.counter(BytesCount::new(bytes.len())).bench(|| {
        let skipped = bytes.lines().map(serde_json::from_str::<serde::de::IgnoredAny>);
        skipped.flatten().count()
    });
}
