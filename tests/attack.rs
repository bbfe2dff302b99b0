//! Attacks on the program that take longer than a test may, each repeatable by its seed.
//!
//! ```text
//! cargo run --release --example attack -- forge --cases 3000
//! ```
//!
//! A short form of each is part of `cargo test`. The exit code is 1 when something did not hold.

#![expect(clippy::unwrap_used, reason = "an attack that cannot begin ends where it stands")]

#[path = "attack/forge.rs"]
mod forge;

use std::process::ExitCode;

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
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let holds = match arguments.attack {
        Attack::Forge { cases } => {
            let outcome = forge::Forger::new().run(cases, arguments.seed);
            outcome.panics.iter().for_each(|panic| say(panic));
            say(&outcome.to_string());
            outcome.panics.is_empty()
        }
    };
    if holds { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[expect(clippy::print_stdout, reason = "it is what somebody who runs it waits for")]
fn say(line: &str) {
    println!("{line}");
}
