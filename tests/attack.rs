//! Attacks on the program that take longer than a test may, each repeatable by its seed.
//!
//! ```text
//! cargo build --release
//! cargo run --release --example registry -- --studies 20000 --out registry.ndjson
//! cargo run --release --example attack -- all --data registry.ndjson --minutes 60
//! cargo run --release --example attack -- forge --cases 3000
//! cargo run --release --example attack -- fuzz --seconds 60
//! cargo run --release --example attack -- kill --minutes 5
//! cargo run --release --example attack -- monkey --data registry.ndjson --minutes 60
//! ```
//!
//! A short form of each is part of `cargo test`. The exit code is 1 when something did not hold.

#![expect(clippy::unwrap_used, reason = "an attack that cannot begin ends where it stands")]

#[path = "attack/fuzz.rs"]
mod fuzz;
#[expect(
    dead_code,
    clippy::assigning_clones,
    reason = "journeys see and press more than a monkey, and are tests, which may clone"
)]
#[path = "it/journeys/journey.rs"]
mod journey;
#[path = "attack/kill.rs"]
mod kill;
#[expect(
    dead_code,
    unreachable_pub,
    reason = "tests make more of studies, in a crate of their own"
)]
#[path = "../src/study/made.rs"]
mod made;
#[path = "attack/monkey.rs"]
mod monkey;
#[path = "attack/targets.rs"]
mod targets;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::{Parser, Subcommand};
use targets::TARGETS;
use targets::forge::Forger;

/// So many milliseconds nobody notices; one thing of a thousand that are done may take longer.
const UNNOTICED: usize = 100;

#[derive(Debug, Parser)]
#[command(about = "Attacks the program")]
struct Arguments {
    #[command(subcommand)]
    attack: Attack,
    /// Another seed makes other attacks.
    #[arg(long, global = true, default_value_t = 1)]
    seed: u64,
}

#[derive(Debug, Subcommand)]
enum Attack {
    /// All of those below, one after the other.
    All {
        /// What the monkey presses at; the sample unless given.
        #[arg(long)]
        data: Vec<PathBuf>,
        /// All together: half of it presses.
        #[arg(long, default_value_t = 60)]
        minutes: u64,
    },
    /// Opens forged indexes and asks everything of them.
    Forge {
        #[arg(long, default_value_t = 3000)]
        cases: usize,
    },
    /// Feeds changed inputs to everything that reads bytes of other people.
    Fuzz {
        /// Only this one.
        #[arg(long)]
        target: Option<String>,
        /// So long each.
        #[arg(long, default_value_t = 60)]
        seconds: u64,
    },
    /// Takes inputs that coverage led to into the corpus of a target; `fuzz/run --keep` asks for it.
    Keep {
        folder: PathBuf,
        #[arg(long)]
        target: String,
        /// So many bytes at the most.
        #[arg(long, default_value_t = 16_000)]
        most: usize,
    },
    /// Kills the program, which has to be built, while it keeps indexes, marks and files.
    Kill {
        #[arg(long, default_value_t = 5)]
        minutes: u64,
    },
    /// Presses anything over a dataset.
    Monkey {
        /// The sample unless given.
        #[arg(long)]
        data: Vec<PathBuf>,
        #[arg(long, default_value_t = 10)]
        minutes: u64,
    },
}

fn main() -> ExitCode {
    let Arguments { attack, seed } = Arguments::parse();
    let minutes = |minutes: u64| Duration::from_secs(60 * minutes);
    let holds = match attack {
        Attack::All { data, minutes: all } => {
            let all = minutes(all);
            let begun = Instant::now();
            let forged = forge(seed, |_| begun.elapsed() < all / 6);
            let fed = fuzz(None, all / 6 / TARGETS.len() as u32, seed);
            let killed = kill(all / 6, seed);
            let pressed = monkey(&data, all / 2, seed);
            forged && fed && killed && pressed
        }
        Attack::Forge { cases } => forge(seed, |case| case < cases),
        Attack::Fuzz { target, seconds } => {
            fuzz(target.as_deref(), Duration::from_secs(seconds), seed)
        }
        Attack::Keep { folder, target, most } => {
            let name = format!("tests/attack/corpus/{}.txt", target.replace(' ', "-"));
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&name);
            let kept = targets::corpus::keep(&folder, &path, most).unwrap();
            say(&format!("{name}: {kept} inputs"));
            true
        }
        Attack::Kill { minutes: lasting } => kill(minutes(lasting), seed),
        Attack::Monkey { data, minutes: lasting } => monkey(&data, minutes(lasting), seed),
    };
    if holds { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn forge(seed: u64, more: impl FnMut(usize) -> bool) -> bool {
    let outcome = Forger::new().run(seed, more);
    outcome.panics.iter().for_each(|panic| say(panic));
    say(&outcome.to_string());
    outcome.panics.is_empty()
}

fn fuzz(target: Option<&str>, each: Duration, seed: u64) -> bool {
    let mut holds = true;
    for fed in TARGETS.iter().filter(|it| target.is_none_or(|name| name == it.name)) {
        let outcome = fuzz::feed(fed, each, seed);
        say(&format!("{:<14} {:>9} executions", fed.name, outcome.executions));
        if let Some(panic) = outcome.panic {
            say(&panic);
            holds = false;
        }
    }
    holds
}

fn kill(lasting: Duration, seed: u64) -> bool {
    // Beside the folder of the examples.
    let this = std::env::current_exe().unwrap();
    let program = this.ancestors().nth(2).unwrap().join("trialdex");
    let begun = Instant::now();
    let outcome = kill::run(&program, seed, |_| begun.elapsed() < lasting);
    outcome.complaints.iter().for_each(|complaint| say(complaint));
    say(&outcome.to_string());
    outcome.complaints.is_empty()
}

fn monkey(data: &[PathBuf], lasting: Duration, seed: u64) -> bool {
    let begun = Instant::now();
    let outcome = monkey::press(data, seed, |_| begun.elapsed().div_duration_f64(lasting));
    say(&outcome.to_string());
    outcome.took.quantile(999) <= UNNOTICED
}

#[expect(clippy::print_stdout, reason = "it is what somebody who runs it waits for")]
fn say(line: &str) {
    println!("{line}");
}
