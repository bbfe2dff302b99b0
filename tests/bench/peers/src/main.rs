//! What `peers.py` measures inside a process: trialdex, `SkimMatcherV2` and tantivy over the same studies, and the least
//! that has to be done with the same bytes. Each command writes one JSON object a line.
//!
//! ```text
//! peers rows DATA.ndjson ROWS          # a row for each study: id, title, conditions, sponsor
//! peers parse DATA.ndjson              # serde_json on all cores, typed, thrown away
//! peers inflate DATA.zip               # every member on all cores, thrown away
//! peers inflate-parse DATA.zip         # the same, and parsed
//! peers typing DATA.ndjson < QUERIES   # trialdex, key by key; the last key is the whole query
//! peers best DATA.ndjson < QUERIES     # trialdex: the best 100, and how many
//! peers skim ROWS < QUERIES            # SkimMatcherV2 on all cores
//! peers tantivy DATA.ndjson FIELDS < QUERIES   # every word a prefix: the best 100, and how many; FIELDS: apart, together
//! ```

mod columns;
mod queries;

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, BufWriter, Cursor, Read as _, Write as _, stdin};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use columns::Study;
use serde_json::json;
use zip::ZipArchive;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [command, path, ..] = arguments.as_slice() else { bail!("peers COMMAND PATH") };
    let path = Path::new(path);
    match command.as_str() {
        "rows" => write_rows(path, Path::new(arguments.get(2).context("no place for the rows")?)),
        "parse" => timed("parse", || parse(path)),
        "inflate" => inflate(path, |_| true),
        "inflate-parse" => inflate(path, parsed),
        "typing" => queries::typing(path, &read_queries()?),
        "best" => queries::best(path, &read_queries()?),
        "skim" => queries::skim(&fs::read_to_string(path)?, &read_queries()?),
        "tantivy" => {
            let fields = arguments.get(2).context("apart or together?")?;
            queries::tantivy(path, fields, &read_queries()?)
        }
        other => bail!("{other} is no command"),
    }
}

fn read_queries() -> Result<Vec<String>> {
    Ok(stdin().lines().collect::<Result<_, _>>()?)
}

fn parsed(json: &str) -> bool {
    serde_json::from_str::<Study>(json).is_ok()
}

/// Parses every line; each core takes some of them, parses them and takes the next.
fn parse(path: &Path) -> Result<usize> {
    let file = Mutex::new(BufReader::with_capacity(1 << 20, File::open(path)?));
    let good = AtomicUsize::new(0);
    let next = |text: &mut String| -> Result<bool> {
        let mut file = file.lock().expect("no worker panics");
        text.clear();
        while text.len() < 1 << 20 && file.read_line(text)? > 0 {}
        Ok(!text.is_empty())
    };
    let worker = || -> Result<()> {
        let mut text = String::new();
        while next(&mut text)? {
            good.fetch_add(text.lines().filter(|line| parsed(line)).count(), Ordering::Relaxed);
        }
        Ok(())
    };
    everywhere(worker)?;
    Ok(good.into_inner())
}

fn write_rows(path: &Path, rows: &Path) -> Result<()> {
    let mut out = BufWriter::new(File::create(rows)?);
    for line in BufReader::new(File::open(path)?).lines() {
        let line = line?;
        let study: Study = serde_json::from_str(&line)?;
        writeln!(out, "{}", study.row().replace('\n', " "))?;
    }
    Ok(out.flush()?)
}

/// Inflates every member and does something with its text.
fn inflate(path: &Path, with: fn(&str) -> bool) -> Result<()> {
    timed("inflate", || {
        let bytes = fs::read(path)?;
        let archive = ZipArchive::new(Cursor::new(bytes.as_slice()))?;
        on_all_cores(archive.len(), |at| {
            let mut text = String::new();
            archive.clone().by_index(at)?.read_to_string(&mut text)?;
            Ok(with(&text))
        })
    })
}

fn timed(what: &str, work: impl FnOnce() -> Result<usize>) -> Result<()> {
    let started = Instant::now();
    let studies = work()?;
    println!(
        "{}",
        json!({"what": what, "seconds": started.elapsed().as_secs_f64(), "studies": studies})
    );
    Ok(())
}

/// Does the same on every core.
fn everywhere(work: impl Fn() -> Result<()> + Sync) -> Result<()> {
    thread::scope(|scope| {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(&work)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().expect("no worker panics"))
    })
}

/// How many of `count` pieces of work succeed.
fn on_all_cores(count: usize, work: impl Fn(usize) -> Result<bool> + Sync) -> Result<usize> {
    let (next, good) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let worker = || -> Result<()> {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= count {
                return Ok(());
            }
            good.fetch_add(usize::from(work(at)?), Ordering::Relaxed);
        }
    };
    everywhere(worker)?;
    Ok(good.into_inner())
}
