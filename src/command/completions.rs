//! `trialdex completions`: writes the completions of a shell, from the same table of arguments as `--help`, with the ids of
//! a small dataset and the codes of the registry.

use std::fmt::Write as _;
use std::io::Write;

use anyhow::Result;
use clap::builder::PossibleValuesParser;
use clap::{Command, CommandFactory as _};
use clap_complete::Shell;

use super::Ending;
use crate::cli;
use crate::config;
use crate::search::stats::Dimension;
use crate::search::{OwnColumn, column_names};
use crate::store::Store;
use crate::study::Concept;
use crate::study::concept::Kind;
use crate::text;

/// A shell offers the ids of a dataset up to so many. More are no help to whoever looks for one.
const MOST_IDS: usize = 500;

pub(super) fn run(arguments: &cli::Completions, out: &mut dyn Write) -> Result<Ending> {
    let store = super::open_quietly(&arguments.data.paths, arguments.data.keeping)?.store;
    if store.len() > MOST_IDS {
        super::remark(&format!(
            "ids are left out, of which {} are too many to choose from; at most {MOST_IDS} are offered",
            text::grouped(store.len() as u64)
        ));
    }
    // The library panics when writing fails.
    let mut script = Vec::new();
    let mut command = with_ids(with_values(), &store);
    clap_complete::generate(arguments.shell, &mut command, "trialdex", &mut script);
    if arguments.shell == Shell::Fish {
        script.extend(of_positions(&command, &[]).into_bytes());
    }
    out.write_all(&script)?;
    Ok(Ending::Found)
}

/// What fish offers for arguments that are no options; the library writes only those of options for it.
fn of_positions(command: &Command, path: &[&str]) -> String {
    let below = command
        .get_subcommands()
        .map(|below| of_positions(below, &[path, &[below.get_name()]].concat()));
    let mut lines: String = below.collect();
    let [first, more @ ..] = path else { return lines };
    let seen = more.iter().map(|name| format!("; and __fish_seen_subcommand_from {name}"));
    let place = format!("__fish_trialdex_using_subcommand {first}{}", seen.collect::<String>());
    let values = command.get_positionals().flat_map(clap::Arg::get_possible_values);
    let values: Vec<String> = values.map(|value| value.get_name().to_owned()).collect();
    if !values.is_empty() {
        writeln!(lines, "complete -c trialdex -n \"{place}\" -f -a \"{}\"", values.join(" "))
            .expect("text takes any line");
    }
    lines
}

/// The arguments, with the ids of a small dataset.
fn with_ids(command: Command, store: &Store) -> Command {
    if store.len() > MOST_IDS {
        return command;
    }
    // An id is `NCT` and digits whatever the record holds, so a shell reads nothing else from it.
    let ids = store.studies().map(|study| store.id(study).to_string());
    let ids = PossibleValuesParser::new(ids.map(lasting).collect::<Vec<_>>());
    let with = |command: Command, argument: &'static str| {
        command.mut_arg(argument, |argument| argument.value_parser(ids.clone()))
    };
    command
        .mut_subcommand("show", |show| with(show, "ids"))
        .mut_subcommand("compare", |compare| with(compare, "ids"))
        .mut_subcommand("related", |related| with(related, "id"))
        .mut_subcommand("marks", |marks| marks.mut_subcommand("set", |set| with(set, "ids")))
}

/// The library holds names for as long as the program runs, which ends when they are written.
fn lasting(name: String) -> &'static str {
    name.leak()
}

/// Every question for one of the registry's codes: `status:recruiting`.
fn questions() -> impl Iterator<Item = &'static str> {
    Concept::asked().flat_map(|concept| {
        let terms = match concept.definition().kind {
            Kind::Codes(terms, _) => terms,
            _ => &[],
        };
        let question = move |code: &str| format!("{}:{}", concept.name(), code.replace('_', "-"));
        terms.iter().map(move |term| lasting(question(&term.code.to_ascii_lowercase())))
    })
}

/// The arguments, with the values of those that are checked only after they were parsed.
fn with_values() -> Command {
    let orders = Concept::orders().map(|(concept, _)| concept.name());
    let orders = orders.flat_map(|name| [name, lasting(format!("reverse-{name}"))]);
    let orders = PossibleValuesParser::new(orders.collect::<Vec<_>>());
    let with_columns = |command: Command, own: &[OwnColumn]| {
        let names = PossibleValuesParser::new(column_names(own).collect::<Vec<_>>());
        command.mut_arg("columns", |columns| columns.value_parser(names))
    };
    let questions = PossibleValuesParser::new(questions().collect::<Vec<_>>());
    // An argument that is changed loses its place.
    let with_questions = |command: Command| {
        command
            .mut_arg("query", |query| query.index(1).value_parser(questions.clone()))
            .mut_arg("words", |words| words.index(2))
    };
    let countable =
        PossibleValuesParser::new(Dimension::all().map(Dimension::name).collect::<Vec<_>>());
    cli::Arguments::command()
        .mut_arg("theme", |theme| theme.value_parser(PossibleValuesParser::new(config::themes())))
        .mut_subcommand("search", |search| {
            with_columns(with_questions(search), &[])
                .mut_arg("sort", |sort| sort.value_parser(orders))
        })
        .mut_subcommand("stats", |stats| {
            with_questions(stats).mut_arg("by", |by| by.value_parser(countable))
        })
        .mut_subcommand("pick", with_questions)
        .mut_subcommand("match", |matching| with_columns(with_questions(matching), &cli::OF_MATCH))
        .mut_subcommand("related", |related| with_columns(related, &cli::OF_RELATED))
}
