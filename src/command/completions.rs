//! `trialdex completions`: writes the completions of a shell, from the same table of arguments as `--help`.

use std::io::Write;

use anyhow::Result;
use clap::builder::PossibleValuesParser;
use clap::{Command, CommandFactory as _};

use super::Ending;
use crate::cli;
use crate::config;
use crate::search::{OwnColumn, column_names};
use crate::study::Concept;

pub(super) fn run(arguments: &cli::Completions, out: &mut dyn Write) -> Result<Ending> {
    // The library panics when writing fails.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut with_values(), "trialdex", &mut script);
    out.write_all(&script)?;
    Ok(Ending::Found)
}

/// The arguments, with the values of those that are checked only after they were parsed.
fn with_values() -> Command {
    let orders = Concept::orders().map(|(concept, _)| concept.name());
    // The names have to be static; the program ends when they are written.
    let orders = orders.flat_map(|name| [name, &*format!("reverse-{name}").leak()]);
    let orders = PossibleValuesParser::new(orders.collect::<Vec<_>>());
    let with_columns = |command: Command, own: &[OwnColumn]| {
        let names = PossibleValuesParser::new(column_names(own).collect::<Vec<_>>());
        command.mut_arg("columns", |columns| columns.value_parser(names))
    };
    cli::Arguments::command()
        .mut_arg("theme", |theme| theme.value_parser(PossibleValuesParser::new(config::themes())))
        .mut_subcommand("search", |search| {
            with_columns(search, &[]).mut_arg("sort", |sort| sort.value_parser(orders))
        })
        .mut_subcommand("match", |matching| with_columns(matching, &cli::OF_MATCH))
        .mut_subcommand("related", |related| with_columns(related, &cli::OF_RELATED))
}
