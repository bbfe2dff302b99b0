//! The program `trialdex`. It runs the command, prints an error in one line if there is one, and sets the exit code.

use std::io::{self, BufWriter, Write as _};
use std::process::ExitCode;

use anyhow::Result;
use clap::Parser as _;
use clap::error::ErrorKind;
use trialdex::cli::Arguments;
use trialdex::command::{self, Ending};
use trialdex::text;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(refusal) => return refuse(&refusal),
    };
    match run(arguments) {
        Ok(ending) => ExitCode::from(ending.exit_code()),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody may be there to read it.
            _ = writeln!(io::stderr(), "trialdex: {}", text::clean_line(&format!("{error:#}")));
            ExitCode::from(2)
        }
    }
}

/// Prints what was asked for in place of a command, which is help or the version, or what is wrong with the arguments.
/// An error quotes them, and they can hold anything, so it is cleaned and has no colours.
fn refuse(refusal: &clap::Error) -> ExitCode {
    if matches!(refusal.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        // Whoever reads it may have had enough.
        _ = refusal.print();
        return ExitCode::SUCCESS;
    }
    _ = write!(io::stderr(), "{}", text::clean_text(&refusal.render().to_string()));
    ExitCode::from(2)
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
