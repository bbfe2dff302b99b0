//! Attacks on the program that take longer than a test may, each repeatable by its seed.
//!
//! ```text
//! cargo run --release --example attack -- forge --cases 3000
//! cargo run --release --example attack -- fuzz --seconds 60
//! cargo run --release --example registry -- --studies 20000 --out registry.ndjson
//! cargo run --release --example attack -- monkey registry.ndjson --minutes 60
//! ```
//!
//! A short form of the first two is part of `cargo test`. The exit code is 1 when something did not hold.

#![expect(clippy::unwrap_used, reason = "an attack that cannot begin ends where it stands")]

#[path = "attack/forge.rs"]
mod forge;
#[path = "attack/fuzz.rs"]
mod fuzz;
#[expect(
    dead_code,
    clippy::assigning_clones,
    reason = "journeys see and press more than a monkey, and are tests, which may clone"
)]
#[path = "it/journeys/journey.rs"]
mod journey;
#[expect(
    dead_code,
    unreachable_pub,
    reason = "tests make more of studies, in a crate of their own"
)]
#[path = "../src/study/made.rs"]
mod made;
#[path = "attack/monkey.rs"]
mod monkey;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};

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
    /// Presses anything over a dataset.
    Monkey {
        paths: Vec<PathBuf>,
        #[arg(long, default_value_t = 10)]
        minutes: u64,
    },
}

fn main() -> ExitCode {
    let Arguments { attack, seed } = Arguments::parse();
    let holds = match attack {
        Attack::Forge { cases } => {
            let outcome = forge::Forger::new().run(cases, seed);
            outcome.panics.iter().for_each(|panic| say(panic));
            say(&outcome.to_string());
            outcome.panics.is_empty()
        }
        Attack::Fuzz { target, seconds } => fuzz(target.as_deref(), seconds, seed),
        Attack::Monkey { paths, minutes } => {
            say(&monkey::run(&paths, Duration::from_secs(60 * minutes), seed).to_string());
            true
        }
    };
    if holds { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn fuzz(target: Option<&str>, seconds: u64, seed: u64) -> bool {
    let mut holds = true;
    for fed in fuzz::TARGETS.iter().filter(|it| target.is_none_or(|name| name == it.name)) {
        let outcome = fuzz::feed(fed, Duration::from_secs(seconds), seed);
        say(&format!("{:<14} {:>9} executions", fed.name, outcome.executions));
        if let Some(panic) = outcome.panic {
            say(&panic);
            holds = false;
        }
    }
    holds
}

#[expect(clippy::print_stdout, reason = "it is what somebody who runs it waits for")]
fn say(line: &str) {
    println!("{line}");
}
