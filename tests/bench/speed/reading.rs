//! From a study in the store to its text on the screen.

use divan::Bencher;
use trialdex::study::{Study, document};
use trialdex::text::flow;

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
    bencher.bench(|| document(&study).lines());
}

#[divan::bench(args = WHICH, max_time = 3)]
fn reading_layout(bencher: Bencher, which: &str) {
    let lines = document(&parsed(which)).lines();
    bencher.bench(|| flow(&lines, WIDTH));
}

/// All of it.
#[divan::bench(args = WHICH, max_time = 3)]
fn reading_whole(bencher: Bencher, which: &str) {
    let index = study(which);
    bencher.bench(|| {
        let json = STORE.record(index).expect("the store is whole");
        let study = Study::parse(&json).expect("the record was parsed before");
        flow(&document(&study).lines(), WIDTH)
    });
}

fn parsed(which: &str) -> Study {
    let json = STORE.record(study(which)).expect("the store is whole");
    Study::parse(&json).expect("the record was parsed before")
}
