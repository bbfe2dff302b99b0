//! From a file to a store, beside the least work that can be done with the same bytes. Both use all cores in the same
//! run, so that their proportion can be read.

use std::fs::{self, File};
use std::io::{BufWriter, Read as _, Write as _};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, LazyLock};
use std::thread;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use trialdex::load::{self, BadRecord, Intake, Original};
use trialdex::study::summary::Summary;

#[path = "derived.rs"]
mod derived;

use crate::dataset::{self, PATH, REGISTRY};
use crate::studies::output::{self, Format};

/// The registry as a zip, made once and kept.
static ZIP: LazyLock<PathBuf> = LazyLock::new(|| {
    let path = PATH.with_extension("zip");
    if !path.exists() {
        let unfinished = path.with_extension("unfinished");
        let file = File::create(&unfinished).expect("the target folder is ours");
        let mut out = BufWriter::with_capacity(1 << 20, file);
        output::write(&REGISTRY, Format::Zip, &mut out).expect("the disk has room");
        out.flush().expect("the disk has room");
        fs::rename(&unfinished, &path).expect("the target folder is ours");
    }
    path
});

fn bytes() -> u64 {
    fs::metadata(&*PATH).expect("the registry was written").len()
}

/// Everything: reading, framing, parsing, indexing, keeping.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn ingest_whole(bencher: Bencher) {
    let studies = ItemsCount::new(REGISTRY.len());
    bencher.counter(BytesCount::new(bytes())).counter(studies).bench(|| dataset::open(&PATH));
}

/// The same out of an archive.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn ingest_zip(bencher: Bencher) {
    bencher.counter(BytesCount::new(bytes())).bench(|| dataset::open(&ZIP));
}

/// The records found and thrown away, on one core.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn ingest_framing_alone(bencher: Bencher) {
    bencher.counter(BytesCount::new(bytes())).bench(|| {
        let loader = load::open(std::slice::from_ref(&*PATH), Arc::default());
        loader.expect("the registry was written").for_each(|portion| portion.read(&mut Nothing));
    });
}

/// What the index needs of each line, parsed and thrown away.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn ingest_parsing_alone(bencher: Bencher) {
    let text = fs::read_to_string(&*PATH).expect("the registry was written");
    let lines: Vec<&str> = text.lines().collect();
    bencher
        .counter(BytesCount::new(bytes()))
        .bench(|| everywhere(&lines, |line| drop(black_box(Summary::parse(line)))));
}

/// A few fields of each line, parsed as `serde` derives it and thrown away: what others do at the least.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn ingest_derived_alone(bencher: Bencher) {
    let text = fs::read_to_string(&*PATH).expect("the registry was written");
    let lines: Vec<&str> = text.lines().collect();
    bencher.counter(BytesCount::new(bytes())).bench(|| {
        everywhere(&lines, |line| {
            drop(black_box(serde_json::from_str::<derived::Study>(line)));
        });
    });
}

/// Each line walked to its end, with nothing taken from it.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn ingest_skipping_alone(bencher: Bencher) {
    let text = fs::read_to_string(&*PATH).expect("the registry was written");
    let lines: Vec<&str> = text.lines().collect();
    bencher.counter(BytesCount::new(bytes())).bench(|| {
        everywhere(&lines, |line| {
            drop(black_box(serde_json::from_str::<serde::de::IgnoredAny>(line)));
        });
    });
}

/// The members inflated and thrown away.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn ingest_inflating_alone(bencher: Bencher) {
    let packed = fs::read(&*ZIP).expect("the registry was written");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&packed)).expect("a whole archive");
    let members: Vec<(&[u8], usize)> = (0..archive.len())
        .map(|index| {
            let member = archive.by_index_raw(index).expect("a whole archive");
            let start = member.data_start().expect("it was read") as usize;
            (&packed[start..start + member.compressed_size() as usize], member.size() as usize)
        })
        .collect();
    bencher.counter(BytesCount::new(bytes())).bench(|| {
        everywhere(&members, |&(packed, size)| {
            let mut bytes = Vec::with_capacity(size);
            let read = flate2::read::DeflateDecoder::new(packed).read_to_end(&mut bytes);
            assert_eq!(black_box(read).expect("a whole archive"), size);
        });
    });
}

/// Takes everything and keeps nothing.
struct Nothing;

impl Intake for Nothing {
    fn record(&mut self, json: &str, _: &Arc<str>, _: Option<Original>) -> Result<(), String> {
        black_box(json);
        Ok(())
    }

    fn bad(&mut self, bad: BadRecord) {
        panic!("{bad:?}");
    }
}

/// Does the same with everything, on all cores.
fn everywhere<T: Sync>(all: &[T], each: impl Fn(&T) + Sync) {
    let next = AtomicUsize::new(0);
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let start = next.fetch_add(64, Relaxed)
                    && start < all.len()
                {
                    all[start..all.len().min(start + 64)].iter().for_each(&each);
                }
            });
        }
    });
}
