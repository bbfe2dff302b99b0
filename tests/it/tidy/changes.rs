//! "Where a change goes" in `src/lib.rs` against the sources: the files are there, and define what they are said to.

use std::mem;
use std::path::Path;

use super::layers::table;
use super::{Source, none, sources};

/// What a row of "Where a change goes" says of one file or folder below `src`: what is defined in it.
struct Claim<'a> {
    names: Vec<&'a str>,
    place: &'a str,
}

fn is_folder(place: &str) -> bool {
    place.ends_with('/')
}

/// The claims of a cell: names in backticks, and after them the place where they are.
fn claims(cell: &str) -> Vec<Claim<'_>> {
    let mut claims = Vec::new();
    let mut names = Vec::new();
    for word in cell.split('`').skip(1).step_by(2) {
        if is_folder(word) || Path::new(word).extension().is_some() {
            claims.push(Claim { names: mem::take(&mut names), place: word });
        } else {
            names.push(word);
        }
    }
    assert!(names.is_empty(), "{cell}: {names:?} stand in no file");
    claims
}

/// Whether the code defines an item of this name; of `App::act_here`, the last part.
fn defines(code: &str, name: &str) -> bool {
    let name = name.rsplit("::").next().unwrap_or(name);
    ["const", "static", "struct", "enum", "trait", "type", "fn"].iter().any(|kind| {
        let item = format!("{kind} {name}");
        let mut found = code.match_indices(&item).map(|(at, item)| &code[at + item.len()..]);
        found.any(|after| !after.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
    })
}

#[test]
fn a_change_goes_where_the_table_says() {
    let sources = sources("src");
    let mut complaints = Vec::new();
    for row in table("Where a change goes") {
        let claims = claims(&row[1]);
        if claims.is_empty() {
            complaints.push(format!("{}: names no file", row[0]));
        }
        for Claim { names, place } in claims {
            let path = format!("src/{place}");
            let there = |source: &&Source| {
                source.path == path || is_folder(place) && source.path.starts_with(&path)
            };
            let code: Vec<&str> = sources.iter().filter(there).flat_map(Source::code).collect();
            if code.is_empty() {
                complaints.push(format!("{}: there is no {place}", row[0]));
                continue;
            }
            let code = code.join("\n");
            let missing = names.iter().filter(|name| !defines(&code, name));
            complaints.extend(missing.map(|name| format!("{}: no {name} in {place}", row[0])));
        }
    }
    none(&complaints);
}

#[test]
fn definitions_are_told_from_mentions() {
    for (code, defined) in [
        ("pub const KEYS: &[Key] = &[];", true),
        ("impl App {\n    fn KEYS(&self) {}", true),
        ("let keys = KEYS;", false),
        ("const KEYS_OF: u8 = 1;", false),
    ] {
        assert_eq!(defines(code, "App::KEYS"), defined, "{code}");
    }
}
