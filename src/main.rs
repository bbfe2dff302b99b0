//! The program `trialdex`. It runs the command, prints an error in one line if there is one, and sets the exit code.

use std::io::{self, BufWriter, Write as _};
use std::process::ExitCode;

use anyhow::Result;
use clap::Parser as _;
use trialdex::cli::Arguments;
use trialdex::command::{self, Ending};
use trialdex::text;

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(ending) => ExitCode::from(ending.exit_code()),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody may be there to read it.
            _ = writeln!(io::stderr(), "trialdex: {}", text::clean_line(&format!("{error:#}")));
            ExitCode::from(2)
        }
    }
}

fn run(arguments: Arguments) -> Result<Ending> {
    let mut out = BufWriter::new(io::stdout().lock());
    let ending = command::run(arguments, &mut out)?;
    // The browser has written to the terminal itself, which may be gone by now.
    if !matches!(ending, Ending::Browsed(_)) {
        out.flush()?;
    }
    Ok(ending)
}

/// Whether whoever read the results has had enough, as `head` has.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let io = error.chain().find_map(|cause| cause.downcast_ref::<io::Error>());
    io.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
