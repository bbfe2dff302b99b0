//! Search records on the command line: written, the same when repeated, and compared with another dataset.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::{Ran, finish, program};
use crate::made::made;

fn search(folder: &Path, arguments: &[&str]) -> Ran {
    let mut command = program(&[&["search", "--today", "2026-11-29"], arguments].concat());
    command.env("HOME", folder).current_dir(folder);
    for (name, below) in [("STATE", "state"), ("DATA", "data"), ("CONFIG", "config")] {
        command.env(format!("XDG_{name}_HOME"), folder.join(below));
    }
    finish(command, b"")
}

/// Keeps a file in the folder where the program looks for it.
fn keep(folder: &Path, below: &str, text: &str) {
    let path = folder.join(below);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn write_dataset(folder: &Path, name: &str, titles: &[(u32, &str)]) {
    let lines = titles.iter().map(|(id, title)| made(*id).title(title).json());
    fs::write(folder.join(name), lines.collect::<Vec<_>>().join("\n")).unwrap();
}

#[test]
fn a_search_is_written_down_and_repeated() {
    let home = TempDir::new().unwrap();
    let folder = home.path();
    write_dataset(folder, "then.ndjson", &[(1, "Gout"), (2, "Gout in Lyon"), (3, "Tumour")]);
    for (file, form) in [("a.json", "b.json"), ("a.md", "b.md")] {
        for name in [file, form] {
            let ran = search(folder, &["-d", "then.ndjson", "gout", "--count", "--record", name]);
            assert_eq!((ran.out.as_str(), ran.code), ("2\n", 0), "{}", ran.err);
        }
        assert_eq!(fs::read(folder.join(file)).unwrap(), fs::read(folder.join(form)).unwrap());
        let again = search(folder, &["--from-record", file]);
        assert_eq!((again.out.as_str(), again.code), ("", 1), "{}", again.err);
        assert!(again.err.contains("the files are those of the record, byte for byte"));
    }
    // Nothing is written over.
    let there = search(folder, &["-d", "then.ndjson", "x", "--record", "a.md"]);
    assert_eq!(there.code, 2);
    assert!(there.err.contains("a.md: is there already"), "{}", there.err);

    write_dataset(folder, "now.ndjson", &[(1, "Gout, again"), (3, "Tumour of Gout"), (4, "Gout")]);
    let now =
        search(folder, &["-d", "now.ndjson", "--from-record", "a.md", "--record", "now.json"]);
    assert_eq!(now.code, 0, "{}", now.err);
    let lines: Vec<Vec<&str>> =
        now.out.lines().map(|line| line.split('\t').collect::<Vec<_>>()).collect();
    let told: Vec<(&str, &str, &str)> = lines.iter().map(|it| (it[0], it[1], it[3])).collect();
    assert_eq!(
        told,
        [
            ("new", "NCT00000003", "Tumour of Gout"),
            ("new", "NCT00000004", "Gout"),
            ("gone", "NCT00000002", "(not in the dataset)"),
            ("changed", "NCT00000001", "Gout, again"),
        ]
    );
    assert!(now.err.contains("gout found 2 on 2026-11-29; now 3: 2 new, 1 gone, 1 changed"));
    assert!(now.err.contains("the files are not those of the record"));
    assert!(
        fs::read_to_string(folder.join("now.json")).unwrap().contains("\"as_typed\": \"gout\"")
    );

    let wrong = search(folder, &["--from-record", "now.ndjson"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("now.ndjson is no search record"), "{}", wrong.err);
    let gone = search(folder, &["--from-record", "none.md"]);
    assert_eq!((gone.code, gone.err.contains("none.md")), (2, true), "{}", gone.err);
}

/// Where Linux has them.
#[cfg(target_os = "linux")]
#[test]
fn queries_are_named_by_number_and_by_name_unless_they_are_off() {
    let home = TempDir::new().unwrap();
    let folder = home.path();
    write_dataset(folder, "a.ndjson", &[(1, "Gout"), (2, "Gout in Lyon"), (3, "Tumour")]);
    keep(folder, "state/trialdex/history", "trialdex history 1\ngout\nlyon\ngout\n#1 #2\n");
    keep(folder, "data/trialdex/searches", "trialdex searches 1\nmine gout\n");
    let count = |query: &str| search(folder, &["-d", "a.ndjson", "--count", query]);
    for (query, found) in
        [("#1 AND #2", "1"), ("#3", "1"), ("@mine -#2", "1"), ("#1 OR tumour", "3")]
    {
        assert_eq!(count(query).out, format!("{found}\n"), "{query}: {}", count(query).err);
    }
    let none = count("#9");
    assert_eq!((none.code, none.err.lines().count()), (2, 1), "{}", none.err);
    assert!(
        none.err.contains("there is no query #9; the history (H) has #1 to #3"),
        "{}",
        none.err
    );
    // A record repeats what a number stood for, whatever it stands for now.
    search(folder, &["-d", "a.ndjson", "#3", "--record", "a.md"]);
    keep(folder, "state/trialdex/history", "trialdex history 1\ntumour\n");
    let again = search(folder, &["--from-record", "a.md"]);
    assert_eq!((again.out.as_str(), again.code), ("", 1), "{}", again.err);
    keep(folder, "config/trialdex/config.toml", "history = false\nsearches = false\n");
    for (query, reason) in [("#1", "not kept here"), ("saved:mine", "they are off here")] {
        let off = count(query);
        assert_eq!(off.code, 2);
        assert!(off.err.contains(reason), "{}", off.err);
    }
    keep(folder, "config/trialdex/config.toml", "");
    keep(folder, "data/trialdex/searches", "trialdex searches 2\nmine gout\n");
    let newer = count("saved:mine");
    assert!(newer.code == 2 && newer.err.contains("a newer trialdex"), "{}", newer.err);
}
