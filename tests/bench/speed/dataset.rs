//! The registry that everything is measured over: as a file of one study a line, and as a store.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::sync::{Arc, LazyLock};
use std::thread::{self, JoinHandle};

use trialdex::dataset::{self, Cache, Dataset, DatasetError, Early};
use trialdex::store::{Store, StudyIdx};

use crate::studies::output::{self, Format};
use crate::studies::{Registry, paper};

const SEED: u64 = 1;

/// How many studies `TRIALDEX_BENCH_STUDIES` asks for.
pub(crate) static REGISTRY: LazyLock<Registry> = LazyLock::new(|| {
    let studies = std::env::var("TRIALDEX_BENCH_STUDIES");
    let studies = studies.map_or(10_000, |text| {
        text.replace(['_', ','], "").parse().expect("TRIALDEX_BENCH_STUDIES is a number of studies")
    });
    Registry::new(studies, SEED)
});

/// The registry as ndjson, made once and kept.
pub(crate) static PATH: LazyLock<PathBuf> = LazyLock::new(|| {
    let name = format!("registry-{}-{:08x}.ndjson", REGISTRY.len(), fingerprint());
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if !path.exists() {
        let unfinished = path.with_extension("unfinished");
        let mut out = BufWriter::with_capacity(
            1 << 20,
            File::create(&unfinished).expect("the target folder is ours"),
        );
        output::write(&REGISTRY, Format::Ndjson, &mut out)
            .expect("the disk has room for the registry");
        out.flush().expect("the disk has room for the registry");
        fs::rename(&unfinished, &path).expect("the target folder is ours");
    }
    path
});

pub(crate) static STORE: LazyLock<Arc<Store>> = LazyLock::new(kept);

/// Reads the registry, in one form or another, as the program does when it sees it first.
pub(crate) fn open(path: &PathBuf) -> Arc<Store> {
    whole(dataset::open(std::slice::from_ref(path), &Arc::default()))
}

/// Opens the registry as the program does when it has seen it before.
pub(crate) fn kept() -> Arc<Store> {
    whole(dataset::open_with(&cache(), std::slice::from_ref(&*PATH), &Arc::default()))
}

/// Does the same on a thread of its own; gives what can be glimpsed of it, as soon as it can.
pub(crate) fn glimpsed() -> (Arc<Store>, Opening) {
    let (sender, glimpses) = channel();
    let opening = thread::spawn(move || {
        let show = |early: Early| {
            if let Early::Front(dataset) = early {
                _ = sender.send(dataset.store);
            }
        };
        let paths = std::slice::from_ref(&*PATH);
        let opened = whole(dataset::open_showing(&cache(), paths, &Arc::default(), &show));
        // Of a small one nothing is kept that could be glimpsed.
        _ = sender.send(opened);
    });
    (glimpses.recv().expect("a registry of our own can be opened"), Opening(Some(opening)))
}

/// A thread that opens the registry. Dropping this waits for it.
pub(crate) struct Opening(Option<JoinHandle<()>>);

impl Drop for Opening {
    fn drop(&mut self) {
        if let Some(opening) = self.0.take() {
            opening.join().expect("a registry of our own can be opened");
        }
    }
}

fn cache() -> Cache {
    Cache::Folder(Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache"))
}

fn whole(dataset: Result<Dataset, DatasetError>) -> Arc<Store> {
    let dataset = dataset.expect("a registry of our own can be opened");
    assert_eq!((dataset.store.len(), dataset.skipped), (REGISTRY.len() as usize, 0));
    dataset.store
}

/// Changes with what the generator makes, so that a file of an older one is not used.
fn fingerprint() -> u32 {
    let mut json = paper();
    let mut crc = flate2::Crc::new();
    for index in 0..REGISTRY.len().min(200) {
        crc.update(REGISTRY.study(index, &mut json).as_bytes());
    }
    crc.sum()
}

/// A study whose record is about as long as the mean, and the one with the longest.
pub(crate) fn study(which: &str) -> StudyIdx {
    let lengths = |study: &StudyIdx| STORE.record(*study).expect("the store is whole").len();
    let first: Vec<StudyIdx> = STORE.studies().take(500).collect();
    match which {
        "mean" => first.into_iter().min_by_key(|study| lengths(study).abs_diff(17_275)),
        _ => REGISTRY
            .largest()
            .and_then(|index| STORE.find(REGISTRY.id(index).parse().ok()?))
            .or_else(|| first.into_iter().max_by_key(lengths)),
    }
    .expect("there are studies")
}

/// One line about the registry and what it takes.
pub(crate) fn described() -> String {
    let bytes = fs::metadata(&*PATH).map_or(0, |metadata| metadata.len());
    let before = memory();
    let started = std::time::Instant::now();
    LazyLock::force(&STORE);
    format!(
        "{} studies, {} MB of JSON; opened in {:.2?}; memory: before {}, with the store {}",
        REGISTRY.len(),
        bytes / 1_000_000,
        started.elapsed(),
        before,
        memory(),
    )
}

/// What the process holds now and held at most, as far as the system says.
fn memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let of = |name: &str| {
        let line = status.lines().find(|line| line.starts_with(name));
        line.and_then(|line| line.split_whitespace().nth(1))
            .and_then(|kilobytes| kilobytes.parse::<u64>().ok())
    };
    match (of("VmRSS:"), of("VmHWM:")) {
        (Some(now), Some(most)) => format!("{} MB (at most {} MB)", now / 1000, most / 1000),
        _ => "unknown".to_owned(),
    }
}
