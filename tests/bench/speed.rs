//! How fast the program is, measured over a made-up registry.
//!
//! ```text
//! cargo bench                                        # everything, over 10,000 studies
//! TRIALDEX_BENCH_STUDIES=100000 cargo bench          # over more of them
//! cargo bench -- typing                              # one part: typing, ingest, find, facets, sort, reading, pages, related, comparing, start
//! TRIALDEX_BENCH_QUERIES=30 cargo bench -- typing    # 30 queries, spread over all
//! TRIALDEX_BENCH_PASSES=3 cargo bench -- typing      # the least of three times for each key: for busy machines
//! ```
//!
//! The registry is made once for each size and kept in the target folder. Times of one machine mean little;
//! compare them with what was measured beside them in the same run.

#[path = "registry/studies.rs"]
mod studies;

#[path = "speed/comparing.rs"]
mod comparing;
#[path = "speed/dataset.rs"]
mod dataset;
#[path = "speed/ingest.rs"]
mod ingest;
#[path = "speed/pages.rs"]
mod pages;
#[path = "speed/reading.rs"]
mod reading;
#[path = "speed/related.rs"]
mod related;
#[path = "speed/results.rs"]
mod results;
#[path = "speed/start.rs"]
mod start;
#[path = "speed/typing.rs"]
mod typing;

use std::io::{self, Write as _};

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if !arguments.iter().any(|argument| argument == "--bench") {
        // Started as a test, which takes too long.
        return Ok(());
    }
    let mut wanted = arguments.iter().filter(|argument| !argument.starts_with('-')).peekable();
    let mut out = io::stdout().lock();
    writeln!(out, "{}", dataset::described())?;
    if wanted.peek().is_none() || wanted.any(|word| "typing".contains(word.as_str())) {
        typing::report(&mut out)?;
    }
    drop(out);
    divan::main();
    Ok(())
}
