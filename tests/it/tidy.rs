//! Rules that the sources keep: who uses whom, where a change goes, how files begin and how long they are, and that
//! what the manual says of keys, fields and settings is what the program does.

mod changes;
mod circles;
mod faults;
mod layers;
pub(crate) mod manual;

use std::fs;
use std::path::{Path, PathBuf};

/// The longest a source may be.
const LONGEST: usize = 400;

/// Tables, which may be longer: a file and why it cannot be two.
const TABLES: &[(&str, &str)] = &[("src/study/concept/table.rs", "one row for each concept")];

/// One file under `src` or `tests`.
struct Source {
    /// From the root of the repository: `src/ui/key.rs`.
    path: String,
    text: String,
}

impl Source {
    /// The module as it is named in the crate: `ui::key`.
    fn module(&self) -> String {
        let path = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        path.replace('/', "::")
    }

    /// The lines that are code of the program: neither comments nor the tests at the foot.
    fn code(&self) -> impl Iterator<Item = &str> {
        let program = if self.path.ends_with("tests.rs") { "" } else { self.text.as_str() };
        let program = program.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        program.lines().filter(|line| !line.trim_start().starts_with("//"))
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every Rust file under `folder`.
fn sources(folder: &str) -> Vec<Source> {
    let mut folders: Vec<PathBuf> = vec![root().join(folder)];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let path = path.strip_prefix(root()).unwrap().display().to_string();
                sources.push(Source { path, text });
            }
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(!sources.is_empty());
    sources
}

/// Fails with every complaint at once.
#[track_caller]
fn none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn every_file_begins_with_what_it_is_for() {
    let all = sources("src").into_iter().chain(sources("tests"));
    let silent = all.filter(|source| !source.text.starts_with("//! "));
    none(
        &silent.map(|source| format!("{}: begins without `//! `", source.path)).collect::<Vec<_>>(),
    );
}

#[test]
fn no_file_is_too_long() {
    let mut complaints = Vec::new();
    for source in sources("src") {
        let lines = source.text.lines().count();
        let table = TABLES.iter().any(|(path, _)| *path == source.path);
        if lines > LONGEST && !table {
            complaints.push(format!("{}: {lines} lines, {LONGEST} are allowed", source.path));
        }
        if lines <= LONGEST && table {
            complaints.push(format!("{}: short enough to leave the list of tables", source.path));
        }
    }
    none(&complaints);
}

#[test]
fn nothing_is_left_undone_or_waved_through() {
    let marks = [["TO", "DO"], ["FIX", "ME"], ["#[al", "low("], ["#![al", "low("]]
        .map(|halves| halves.concat());
    let mut complaints = Vec::new();
    for source in sources("src").into_iter().chain(sources("tests")) {
        for (index, line) in source.text.lines().enumerate() {
            let found = marks.iter().filter(|mark| line.contains(mark.as_str()));
            complaints.extend(found.map(|mark| format!("{}:{}: {mark}", source.path, index + 1)));
        }
    }
    none(&complaints);
}

#[test]
fn no_module_is_called_mod() {
    let found = sources("src").into_iter().chain(sources("tests"));
    let found = found.filter(|source| source.path.ends_with("/mod.rs"));
    none(
        &found
            .map(|source| format!("{}: foo.rs beside foo/ instead", source.path))
            .collect::<Vec<_>>(),
    );
}
