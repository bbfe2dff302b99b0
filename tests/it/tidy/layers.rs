//! Who uses whom: the tables of `src/lib.rs` against the sources.

use std::collections::{BTreeMap, BTreeSet};

use super::{Source, none, read, sources};

/// The rows of the table in `src/lib.rs` under `heading`, cell by cell.
pub(super) fn table(heading: &str) -> Vec<Vec<String>> {
    let page = read("src/lib.rs");
    let lines = page.lines().skip_while(|line| *line != format!("//! # {heading}"));
    let rows = lines
        .skip_while(|line| !line.starts_with("//! |"))
        .take_while(|line| line.starts_with("//! |"));
    let cells = rows.skip(2).map(|row| {
        let row = row.trim_start_matches("//! |").trim_end_matches('|');
        row.split('|').map(|cell| cell.trim().to_owned()).collect()
    });
    let cells: Vec<Vec<String>> = cells.collect();
    assert!(!cells.is_empty(), "src/lib.rs has no table under {heading}");
    cells
}

/// The names in a cell: `` `text` `study` ``.
fn names(cell: &str) -> BTreeSet<String> {
    cell.split_whitespace().map(|name| name.trim_matches(['`', '[', ']']).to_owned()).collect()
}

/// Whether the module lies in `place` or is it.
fn lies_in(module: &str, place: &str) -> bool {
    module.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

pub(super) fn identifier(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    &text[..end]
}

/// The top-level modules that a source names, by `crate::` or by enough `super::`.
fn named_modules(source: &Source) -> BTreeSet<String> {
    let ups = "super::".repeat(source.module().split("::").count());
    let mut found = BTreeSet::new();
    for line in source.code() {
        for root in ["crate::", &ups] {
            for (at, _) in line.match_indices(root) {
                let name = identifier(&line[at + root.len()..]);
                assert!(!name.is_empty(), "{}: `{line}`: one path a line, please", source.path);
                found.insert(name.to_owned());
            }
        }
    }
    found
}

/// Whether the source names the library, and not a module of the same name.
fn names_library(source: &Source, library: &str) -> bool {
    let path = format!("{library}::");
    source.code().any(|line| {
        line.match_indices(&path).any(|(at, _)| {
            let before = line[..at].strip_suffix("::").unwrap_or(&line[..at]);
            !before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
        })
    })
}

#[test]
fn every_module_uses_what_its_row_says() {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in sources("src") {
        let module = source.module();
        let top = module.split("::").next().unwrap_or_default().to_owned();
        found.entry(top).or_default().extend(named_modules(&source));
    }
    for alone in ["main", "lib"] {
        found.remove(alone);
    }
    let mut complaints = Vec::new();
    let mut above: BTreeSet<String> = BTreeSet::new();
    for row in table("Modules") {
        let module = row[0].trim_matches(['`', '[', ']']).to_owned();
        let allowed = names(&row[2]);
        let mut used = found.remove(&module).unwrap_or_default();
        used.remove(&module);
        for name in used.difference(&allowed) {
            complaints.push(format!("{module} uses {name}, which its row does not say"));
        }
        for name in allowed.difference(&used) {
            complaints.push(format!("{module} does not use {name}, as its row says"));
        }
        for name in allowed.difference(&above) {
            complaints.push(format!("{module} uses {name}, which does not stand above it"));
        }
        above.insert(module);
    }
    complaints.extend(found.keys().map(|module| format!("{module} has no row")));
    none(&complaints);
}

#[test]
fn every_library_stays_in_its_place() {
    let rows = table("Libraries");
    let mut complaints = Vec::new();
    for row in &rows {
        let (library, places) = (row[0].trim_matches('`'), names(&row[2]));
        let mut homes = BTreeSet::new();
        for source in sources("src").iter().filter(|source| names_library(source, library)) {
            let module = source.module();
            let home = places.iter().find(|place| lies_in(&module, place));
            match home {
                Some(home) => _ = homes.insert(home.clone()),
                None => complaints.push(format!("{} names {library}", source.path)),
            }
        }
        let idle = places.difference(&homes);
        complaints.extend(idle.map(|place| format!("{place} does not name {library}")));
    }
    let known: BTreeSet<&str> = rows.iter().map(|row| row[0].trim_matches('`')).collect();
    for library in dependencies() {
        let anywhere = ["anyhow", "serde", "serde_json", "thiserror"].contains(&library.as_str());
        if !anywhere && !known.contains(library.as_str()) {
            complaints.push(format!("{library} has no row"));
        }
        if !sources("src").iter().any(|source| names_library(source, &library)) {
            complaints.push(format!("{library} is not used"));
        }
    }
    none(&complaints);
}

/// What `Cargo.toml` says the program depends on, as code names it.
fn dependencies() -> Vec<String> {
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    let unix = &manifest["target"]["cfg(unix)"]["dependencies"];
    let tables = [&manifest["dependencies"], unix].map(|table| table.as_table().unwrap());
    tables.into_iter().flat_map(|table| table.keys()).map(|name| name.replace('-', "_")).collect()
}

#[test]
fn panes_and_widgets_keep_to_themselves() {
    let mut complaints = Vec::new();
    let all = sources("src");
    let panes: Vec<String> = all
        .iter()
        .filter_map(|source| source.module().strip_prefix("ui::pane::").map(str::to_owned))
        .collect();
    for source in &all {
        let module = source.module();
        let own = module.strip_prefix("ui::pane::");
        for pane in panes.iter().filter(|pane| own.is_some_and(|own| own != *pane)) {
            let paths = [format!("super::{pane}::"), format!("ui::pane::{pane}::")];
            if source.code().any(|line| paths.iter().any(|path| line.contains(path))) {
                complaints.push(format!("{} names the pane {pane}", source.path));
            }
        }
        let strange = named_modules(source);
        let strange = strange.iter().filter(|name| !["text", "ui"].contains(&name.as_str()));
        if lies_in(&module, "ui::widget") {
            complaints.extend(strange.map(|name| format!("{} names {name}", source.path)));
        }
    }
    none(&complaints);
}

#[test]
fn the_reader_of_sources_sees_what_it_is_to_see() {
    let source = |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
    let code = "//! crate::app\nuse crate::text;\nuse super::super::store::Vocab; // x\nlet a = zip::open();\n#[cfg(test)]\nmod tests {\n    use crate::worker;";
    let pane = source("src/ui/pane.rs", code);
    assert_eq!(pane.module(), "ui::pane");
    assert_eq!(named_modules(&pane), ["store", "text"].map(str::to_owned).into());
    for (text, found) in [
        ("use zip::ZipArchive;", true),
        ("let a = ::zip::open();", true),
        ("let a = super::zip::open();", false),
        ("let a = unzip::open();", false),
        ("// zip::open()", false),
    ] {
        assert_eq!(names_library(&source("src/load.rs", text), "zip"), found, "{text}");
    }
    assert!(lies_in("ui::pane", "ui") && lies_in("ui", "ui") && !lies_in("uim", "ui"));
}
