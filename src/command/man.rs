//! `trialdex man`: writes manual pages, from the same table of arguments as `--help`.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context as _, Result};
use clap::{Command, CommandFactory as _};

use super::{Ending, remark};
use crate::cli;

pub(super) fn run(arguments: &cli::Man, out: &mut dyn Write) -> Result<Ending> {
    // `help` only repeats the other commands.
    let mut program = cli::Arguments::command().disable_help_subcommand(true);
    program.build();
    if let Some(folder) = &arguments.out {
        fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        write_all(&program, folder)?;
        return Ok(Ending::Found);
    }
    let mut command = &program;
    for name in &arguments.command {
        let Some(below) = command.find_subcommand(name) else {
            let names: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
            remark(&match names.as_slice() {
                [] => format!("{} has no commands", command.get_name()),
                names => format!("there is no command “{name}”, only {}", names.join(", ")),
            });
            return Ok(Ending::Nothing);
        };
        command = below;
    }
    page(command).render(out)?;
    Ok(Ending::Found)
}

fn page(command: &Command) -> clap_mangen::Man {
    // The version stands at the foot of every page.
    let command = command.clone().version(env!("CARGO_PKG_VERSION")).disable_version_flag(true);
    clap_mangen::Man::new(command)
        .source(concat!("trialdex ", env!("CARGO_PKG_VERSION")))
        .manual("trialdex")
}

/// Writes the page of the command and those of all commands below it.
fn write_all(command: &Command, folder: &Path) -> Result<()> {
    let page = page(command);
    let path = folder.join(page.get_filename());
    let mut text = Vec::new();
    page.render(&mut text)?;
    fs::write(&path, text).with_context(|| path.display().to_string())?;
    command.get_subcommands().try_for_each(|below| write_all(below, folder))
}
