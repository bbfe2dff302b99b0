//! The manual, which is the README and the pages in docs/, against the program: its tables, commands, queries and links.
//! With `TRIALDEX_UPDATE` set, the tables are written into it.

use std::fmt::Write as _;
use std::fs;

use clap::{CommandFactory as _, Parser as _};
use trialdex::cli::Arguments;
use trialdex::config::Config;
use trialdex::search::{AREAS, By, parse};
use trialdex::study::concept::{Concept, Kind, Reach};
use trialdex::ui::action::ACTIONS;
use trialdex::ui::key::Key;
use trialdex::ui::theme::THEMES;

use super::{none, read, root};

/// The pages of the manual as paths, the README first. Nothing else lies in docs/.
fn pages() -> Vec<String> {
    let docs = fs::read_dir(root().join("docs")).into_iter().flatten();
    let names = docs.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut pages: Vec<String> = names.map(|name| format!("docs/{name}")).collect();
    pages.sort();
    pages.insert(0, "README.md".to_owned());
    pages
}

/// All pages of the manual, one behind the other.
fn manual() -> String {
    pages().iter().map(|page| read(page)).collect()
}

/// Writes a table as the program has it.
type Make = fn() -> String;

/// Each table by the name of the comment that stands before it.
const TABLES: &[(&str, Make)] = &[
    ("keys", keys),
    ("areas", areas),
    ("fields", fields),
    ("orders", orders),
    ("settings", settings),
];

const END: &str = "<!-- end -->";

fn keys() -> String {
    let mut table = String::from("| key | what it does | name |\n|---|---|---|\n");
    let mut group = "";
    for entry in ACTIONS {
        if entry.group != group {
            group = entry.group;
            writeln!(table, "| **{group}** | | |").unwrap();
        }
        let keys = entry.keys.iter().map(|key| key.parse::<Key>().unwrap());
        let keys: Vec<String> = keys.map(|key| format!("`{key}`")).collect();
        writeln!(table, "| {} | {} | `{}` |", keys.join(" "), entry.help, entry.name).unwrap();
    }
    table
}

fn areas() -> String {
    let mut table = String::from(
        "| prefix | area | fields | the registry looks into besides |\n|---|---|---|---|\n",
    );
    for entry in AREAS {
        let fields: Vec<&str> = entry.fields.iter().map(|field| field.label()).collect();
        let (code, fields) = (entry.code, fields.join(", "));
        writeln!(table, "| `{}:` | {code} | {fields} | {} |", entry.prefix, entry.lacks).unwrap();
    }
    table
}

fn fields() -> String {
    let mut table = String::from("| prefix | field | values |\n|---|---|---|\n");
    for concept in Concept::asked() {
        let entry = concept.definition();
        let prefixes: Vec<String> =
            entry.prefixes.iter().map(|prefix| format!("`{prefix}:`")).collect();
        let values = match (entry.kind, entry.reach) {
            (Kind::Codes(terms, _), _) => {
                let labels: Vec<&str> = terms.iter().map(|term| term.label).collect();
                labels.join(" · ")
            }
            (_, Reach::ByWord) => "any; words without a prefix look here too".to_owned(),
            (Kind::Date(_), _) => "dates, ranges of them".to_owned(),
            (Kind::Count(_), _) => "numbers, ranges of them".to_owned(),
            (Kind::Age(_), _) => "ages, ranges of them".to_owned(),
            (Kind::AgeLimits, _) => "ages that fit".to_owned(),
            (Kind::Passages(_), _) => "words, phrases, words near each other".to_owned(),
            (_, _) => "any".to_owned(),
        };
        let filter = if entry.facet.is_some() { ", also a filter" } else { "" };
        writeln!(table, "| {} | {}{filter} | {values} |", prefixes.join(" "), entry.label).unwrap();
    }
    table
}

fn orders() -> String {
    let mut table = String::from("| `sort:` | by | `sort:reverse-…` |\n|---|---|---|\n");
    for by in By::all() {
        let [natural, reversed] = by.first();
        writeln!(table, "| `{}` | {}, {natural} | {reversed} |", by.name(), by.label()).unwrap();
    }
    table
}

/// The fields of `Config` with their doc comments.
fn settings() -> String {
    let source = read("src/config.rs");
    let fields = source.split_once("pub struct Config {").expect("the configuration").1;
    let fields = fields.split_once("\n}").expect("its end").0;
    let mut table = String::from("| setting | meaning |\n|---|---|\n");
    let mut meaning: Vec<&str> = Vec::new();
    for line in fields.lines().map(str::trim) {
        if let Some(doc) = line.strip_prefix("///") {
            meaning.push(doc.trim());
        } else if let Some((name, _)) =
            line.strip_prefix("pub ").and_then(|line| line.split_once(':'))
        {
            assert!(!meaning.is_empty(), "{name} has no doc comment");
            writeln!(table, "| `{name}` | {} |", meaning.join(" ")).unwrap();
            meaning.clear();
        }
    }
    table
}

/// The text before, in and after the table called `name`, if the page has it.
fn parts<'a>(page: &'a str, name: &str) -> Option<(&'a str, &'a str, &'a str)> {
    let start = format!("<!-- {name} -->\n");
    let (before, rest) = page.split_at(page.find(&start)? + start.len());
    let (table, after) = rest.split_once(END).unwrap_or_else(|| panic!("{name}: no {END}"));
    Some((before, table, after))
}

#[test]
fn the_tables_are_those_of_the_program() {
    let mut stale = Vec::new();
    for (name, make) in TABLES {
        let (page, text) = pages()
            .into_iter()
            .map(|page| (read(&page), page))
            .find_map(|(text, page)| parts(&text, name).is_some().then_some((page, text)))
            .unwrap_or_else(|| panic!("no page has the table {name}"));
        let (before, table, after) = parts(&text, name).expect("the page has it");
        let made = make();
        if table != made {
            stale.push(format!(
                "{page}: {name}: differs; `TRIALDEX_UPDATE=1 cargo test --test it tidy` writes it anew"
            ));
            if std::env::var_os("TRIALDEX_UPDATE").is_some() {
                fs::write(root().join(&page), format!("{before}{made}{END}{after}")).unwrap();
            }
        }
    }
    if std::env::var_os("TRIALDEX_UPDATE").is_none() {
        none(&stale);
    }
}

/// The words of a line as a shell sees them, up to a pipe, a redirection or a comment.
pub(crate) fn shell_words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in line.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, '|' | '>' | '#') => break,
            (None, ' ') => words.extend(word.take()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

#[test]
fn every_command_is_understood() {
    let manual = manual();
    let lines: Vec<&str> = manual.lines().filter(|line| line.starts_with("trialdex")).collect();
    assert!(lines.len() > 5, "{lines:?}");
    let mut complaints = Vec::new();
    for line in lines {
        if let Err(error) = Arguments::try_parse_from(shell_words(line)) {
            complaints.push(format!("{line}: {error}"));
        }
    }
    none(&complaints);
}

#[test]
fn every_query_is_understood() {
    let manual = manual();
    let tables = manual.split("<!-- queries -->").skip(1).filter_map(|rest| rest.split(END).next());
    let rows: Vec<&str> =
        tables.flat_map(str::lines).filter(|row| row.starts_with("| `")).collect();
    assert!(rows.len() > 5, "{rows:?}");
    let mut complaints = Vec::new();
    for row in rows {
        let text = row.trim_start_matches("| `").split('`').next().unwrap_or_default();
        // A table in Markdown needs the bar escaped.
        let text = text.replace("\\|", "|");
        if let Err(error) = parse(&text) {
            complaints.push(format!("{text}: {error}"));
        }
    }
    none(&complaints);
}

#[test]
fn every_configuration_is_accepted() {
    let manual = manual();
    let examples: Vec<&str> =
        manual.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(!examples.is_empty());
    for example in examples {
        let config: Config = toml::from_str(example).unwrap();
        config.theme().unwrap();
        config.keymap().unwrap();
    }
}

#[test]
fn every_flag_and_theme_is_told_of() {
    let manual = manual();
    let mut complaints = Vec::new();
    let command = Arguments::command();
    for command in std::iter::once(&command).chain(command.get_subcommands()) {
        for argument in command.get_arguments().filter_map(|argument| argument.get_long()) {
            if !manual.contains(&format!("--{argument}")) {
                complaints.push(format!("--{argument} of {}", command.get_name()));
            }
        }
    }
    let themes = THEMES.iter().filter(|(name, _)| !manual.contains(&format!("`{name}`")));
    complaints.extend(themes.map(|(name, _)| format!("the theme {name}")));
    none(&complaints);
}

#[test]
fn every_link_leads_somewhere() {
    let mut complaints = Vec::new();
    let others = ["CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"].map(str::to_owned);
    for page in pages().into_iter().chain(others) {
        let (text, place) = (read(&page), root().join(&page));
        let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for link in links.filter(|link| !link.starts_with("http")) {
            let (path, heading) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() { place.clone() } else { place.with_file_name(path) };
            let is_there = target.exists()
                && (heading.is_empty()
                    || has_heading(&fs::read_to_string(&target).unwrap(), heading));
            if !is_there {
                complaints.push(format!("{page}: {link}"));
            }
        }
    }
    none(&complaints);
}

fn has_heading(text: &str, anchor: &str) -> bool {
    let headings = text.lines().filter(|line| line.starts_with('#'));
    let anchors =
        headings.map(|line| line.trim_start_matches('#').trim().to_lowercase().replace(' ', "-"));
    anchors.into_iter().any(|found| found == anchor)
}
