//! Writes a made-up registry of any size: for benchmarks, for tests, and for a look at how the program fares with one.
//!
//! ```text
//! cargo run --release --example registry -- --studies 100000 --format ndjson --seed 1 --out registry.ndjson
//! cargo run --release --example registry -- --studies 605599 --format zip --out registry.zip
//! cargo run --release --example registry -- --studies 1000 | trialdex -
//! ```

#[path = "registry/studies.rs"]
mod studies;

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::PathBuf;

use anyhow::Context as _;
use clap::Parser;
use studies::output::{self, Format};
use studies::{FULL, MOST, Registry};

#[derive(Debug, Parser)]
#[command(about = "Writes a made-up registry of clinical trials")]
struct Arguments {
    /// How many studies.
    #[arg(long, default_value_t = FULL, value_parser = clap::value_parser!(u32).range(1..=i64::from(MOST)))]
    studies: u32,
    /// ndjson, array (as the website gives it) or zip (as the bulk download).
    #[arg(long, default_value = "ndjson")]
    format: Format,
    /// Another seed makes another registry.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Where to write; standard output unless given.
    #[arg(long)]
    out: Option<PathBuf>,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let registry = Registry::new(arguments.studies, arguments.seed);
    match &arguments.out {
        Some(path) => {
            let named = || path.display().to_string();
            let mut out =
                BufWriter::with_capacity(1 << 20, File::create(path).with_context(named)?);
            output::write(&registry, arguments.format, &mut out).with_context(named)?;
            out.flush().with_context(named)
        }
        None => match output::write(&registry, arguments.format, &mut io::stdout().lock()) {
            // Whoever read it has enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            written => Ok(written?),
        },
    }
}
