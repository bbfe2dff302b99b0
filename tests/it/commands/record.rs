//! Search records on the command line: written, the same when repeated, and compared with another dataset.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::{Ran, finish, program};
use crate::made::made;

fn search(folder: &Path, arguments: &[&str]) -> Ran {
    let mut command = program(&[&["search", "--today", "2026-11-29"], arguments].concat());
    command.env("HOME", folder).current_dir(folder);
    finish(command, b"")
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
