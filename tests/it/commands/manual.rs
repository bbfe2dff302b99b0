//! The commands of the README, one after another, as somebody would try them: over the sample, and over a file with the name
//! that the README gives to one's own.

use std::fs;
use std::path::Path;

use clap::CommandFactory as _;
use tempfile::TempDir;
use trialdex::cli::Arguments;

use super::{Ran, finish, program};
use crate::tidy::manual::shell_words;

/// A home with the files that the README names.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        let home = Self(TempDir::new().unwrap());
        // One study after another, whatever form the files of the sample have.
        let ids = at(home.path(), &["search", "--format", "ids"], "Ana").out;
        let show: Vec<&str> = ["show", "--format", "json"].into_iter().chain(ids.lines()).collect();
        let records = at(home.path(), &show, "Ana").out;
        fs::write(home.path().join("ctg-studies.json"), records).unwrap();
        // What somebody else has made of trials.
        let other = TempDir::new().unwrap();
        let decide = ["marks", "set", "NCT06904755", "NCT06825572", "--decision", "include"];
        assert_eq!(at(other.path(), &decide, "Ben").code, 0);
        let table = at(other.path(), &["marks", "export", "--format", "rayyan"], "Ben");
        fs::write(home.path().join("rayyan.csv"), table.out).unwrap();
        let collection = other.path().join("trialdex/collections/default.jsonl");
        fs::copy(collection, home.path().join("colleague.jsonl")).unwrap();
        home
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

fn at(home: &Path, arguments: &[&str], user: &str) -> Ran {
    let mut command = program(arguments);
    command.current_dir(home).env("USER", user);
    for name in ["HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"] {
        command.env(name, home);
    }
    finish(command, b"")
}

/// Commands after which there is nothing to show, by their beginning.
const NOTHING: &[&str] = &[
    "trialdex cache",
    "trialdex search -d ctg-studies.json --from-record",
    "trialdex search -d ctg-studies.json 'is:changed",
];

/// Whether a command needs a terminal: the browser, which has no name, and `pick`.
fn is_interactive(words: &[String]) -> bool {
    let named = Arguments::command();
    words.get(1).is_none_or(|name| name == "pick" || named.find_subcommand(name).is_none())
}

#[test]
fn every_command_of_the_readme_does_what_it_says() {
    let home = Home::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manual = fs::read_to_string(root.join("README.md")).unwrap();
    let blocks = manual.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next());
    let lines = blocks.flat_map(str::lines).filter(|line| line.starts_with("trialdex"));
    let mut tried = 0;
    for line in lines {
        let words = shell_words(line);
        if is_interactive(&words) {
            continue;
        }
        let arguments: Vec<&str> = words.iter().skip(1).map(String::as_str).collect();
        let ran = at(home.path(), &arguments, "Ana");
        let nothing = NOTHING.iter().any(|begin| line.starts_with(begin));
        assert_eq!(ran.code, i32::from(nothing), "{line}: {ran:?}");
        tried += 1;
    }
    assert!(tried > 35, "{tried}");
}
