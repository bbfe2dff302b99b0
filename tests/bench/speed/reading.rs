//! From a study in the store to its text on the screen.

use divan::Bencher;
use trialdex::study::{Extent, Study, document};
use trialdex::text::Overflow;

use crate::dataset::{STORE, study};

/// How wide the text is laid out.
const WIDTH: usize = 100;

const WHICH: [&str; 2] = ["mean", "largest"];

#[divan::bench(args = WHICH, max_time = 3)]
fn reading_record(bencher: Bencher, which: &str) {
    let study = study(which);
    bencher.bench(|| STORE.record(study));
}

#[divan::bench(args = WHICH, max_time = 3)]
fn reading_parse(bencher: Bencher, which: &str) {
    let json = STORE.record(study(which)).expect("the store is whole");
    bencher.bench(|| Study::parse(&json));
}

#[divan::bench(args = WHICH, max_time = 3)]
fn reading_document(bencher: Bencher, which: &str) {
    let study = parsed(which);
    bencher.bench(|| document(&study).blocks(&study, Extent::Designed));
}

#[divan::bench(args = WHICH, max_time = 3)]
fn reading_layout(bencher: Bencher, which: &str) {
    let study = parsed(which);
    let blocks = document(&study).blocks(&study, Extent::Designed);
    let rows =
        || blocks.iter().map(|block| block.flow(WIDTH, Overflow::LeftOut).len()).sum::<usize>();
    bencher.bench(rows);
}

/// Every row and every column of every table.
#[divan::bench(args = WHICH, max_time = 3)]
fn reading_every_value(bencher: Bencher, which: &str) {
    let study = parsed(which);
    bencher.bench(|| {
        let blocks = document(&study).blocks(&study, Extent::Whole);
        blocks.iter().map(|block| block.flow(WIDTH, Overflow::Below).len()).sum::<usize>()
    });
}

/// All that it takes to open a study.
#[divan::bench(args = WHICH, max_time = 3)]
fn reading_whole(bencher: Bencher, which: &str) {
    let index = study(which);
    bencher.bench(|| {
        let json = STORE.record(index).expect("the store is whole");
        let study = Study::parse(&json).expect("the record was parsed before");
        let blocks = document(&study).blocks(&study, Extent::Designed);
        blocks.iter().map(|block| block.flow(WIDTH, Overflow::LeftOut).len()).sum::<usize>()
    });
}

fn parsed(which: &str) -> Study {
    let json = STORE.record(study(which)).expect("the store is whole");
    Study::parse(&json).expect("the record was parsed before")
}
