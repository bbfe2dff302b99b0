//! What commands can be given: a file or several, folders, standard input, every shape, damaged files.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use super::{finish, program, run};
use crate::made::made;
use crate::real;

/// A record with an id, a title and the day of its last change, written as no program would write it.
fn record(number: u32, title: &str, updated: &str) -> String {
    let record = made(number).title(title).updated(updated).json();
    format!(r#"{} , "x":1e0}}"#, record.strip_suffix('}').unwrap())
}

fn shown(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_check_says_what_a_dataset_holds_and_what_was_skipped() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("mixed\u{1b}[2J.ndjson");
    let lines = [
        record(1, "a", "2020"),
        "{\"protocolSection\":{}}".to_owned(),
        record(1, "a", "2021-05"),
        record(2, "b", "2019")[..60].to_owned(),
        record(3, "c", "2020-01-01"),
    ];
    fs::write(&path, lines.join("\n")).unwrap();
    let ran = run(&["check", shown(&path), "--format", "json"]);
    let report = ran.json();
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    assert_eq!(
        (&report["studies"], &report["skipped"], &report["replaced"]),
        (&2.into(), &2.into(), &1.into())
    );
    assert_eq!(report["newest"], "2021-05");
    let problems = report["problems"].as_array().unwrap();
    let places: Vec<&str> =
        problems.iter().map(|problem| problem["place"].as_str().unwrap()).collect();
    assert_eq!(places, ["line 2", "line 4"]);
    for problem in problems {
        assert!(problem["file"].as_str().unwrap().ends_with("mixed\\u{1b}[2J.ndjson"), "{problem}");
        assert!(!problem["reason"].as_str().unwrap().is_empty());
    }
    let text = run(&["check", shown(&path)]);
    assert_eq!(text.code, 1);
    assert!(text.out.starts_with("studies   2\nskipped   2\n"), "{}", text.out);
    assert!(text.out.contains("mixed\\u{1b}[2J.ndjson line 4: "), "{}", text.out);

    let search = run(&["search", "-d", shown(&path), "--count"]);
    assert_eq!((search.code, search.out.as_str()), (0, "2\n"));
    assert!(search.err.contains("2 records were skipped"), "{}", search.err);

    let good = folder.path().join("good");
    fs::write(&good, record(1, "a", "2020")).unwrap();
    let ran = run(&["check", shown(&good), "--format", "json"]);
    assert_eq!((ran.code, &ran.json()["problems"]), (0, &Value::Array(vec![])));
}

#[test]
fn a_record_that_cannot_be_shown_costs_itself() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("deep");
    let nested = format!("{}{}", "[".repeat(500), "]".repeat(500));
    let deep = record(2, "b", "2020").replacen('{', &format!("{{\"x\":{nested},"), 1);
    fs::write(&path, [record(1, "a", "2020"), deep, record(3, "c", "2020")].join("\n")).unwrap();
    let ids = ["NCT00000001", "NCT00000002", "NCT00000003"];
    let ran = run(&["show", "-d", shown(&path), ids[0], ids[1], ids[2]]);
    assert_eq!(ran.code, 2);
    assert!(ran.out.contains(ids[0]) && ran.out.contains(ids[2]), "{ran:?}");
    let last = ran.err.lines().last().unwrap();
    assert!(last.starts_with("trialdex: NCT00000002: not JSON: recursion limit"), "{last}");
    assert_eq!(last.matches("recursion").count(), 1, "{last}");
    // It loads, so that `check` has to say it.
    let ran = run(&["check", shown(&path)]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(
        ran.out.contains("unreadable 1 ") && ran.out.contains("  NCT00000002: not JSON"),
        "{ran:?}"
    );
    let number = record(2, "b", "2020").replacen('{', "{\"x\":1e400,", 1);
    fs::write(&path, number).unwrap();
    let report = run(&["check", "--format", "json", shown(&path)]).json();
    assert_eq!((&report["studies"], &report["unreadable"]), (&1.into(), &1.into()), "{report}");
    assert_eq!(report["problems"][0]["place"], "NCT00000002");
}

#[test]
fn a_path_without_a_study_costs_the_others_nothing() {
    let folder = TempDir::new().unwrap();
    // One name begins the other: what is told of the one says nothing of the other.
    let [good, page, torn] = ["good", "page", "page-2"].map(|name| folder.path().join(name));
    fs::write(&good, record(1, "a", "2020")).unwrap();
    fs::write(&page, r#"{"totalCount":0,"studies":[]}"#).unwrap();
    fs::write(&torn, r#"{"protocolSection":{"#).unwrap();
    let ran = run(&["check", "--format", "json", shown(&good), shown(&page), shown(&torn)]);
    let report = ran.json();
    assert_eq!((ran.code, &report["studies"], &report["skipped"]), (1, &1.into(), &2.into()));
    let problems = report["problems"].as_array().unwrap().iter();
    let reasons: Vec<&str> = problems.map(|problem| problem["reason"].as_str().unwrap()).collect();
    assert!(reasons[0].starts_with("cut off: "), "{reasons:?}");
    assert!(reasons[1].starts_with("holds no study ("), "{reasons:?}");
    assert_eq!(run(&["check", shown(&page), shown(&torn)]).code, 2);
}

#[test]
#[cfg(unix)]
fn what_many_links_lead_to_is_read_once() {
    use std::os::unix::fs::symlink;
    let folder = TempDir::new().unwrap();
    let (inside, outside) = (folder.path().join("in"), folder.path().join("out"));
    for (number, root) in [(1, &inside), (2, &outside)] {
        for name in ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"] {
            let own = root.join(name);
            fs::create_dir_all(&own).unwrap();
            for other in ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"] {
                symlink(root.join(other), own.join(format!("to {other}"))).unwrap();
            }
        }
        fs::write(root.join("a/study"), record(number, "a", "2020")).unwrap();
    }
    symlink(&outside, inside.join("out")).unwrap();
    symlink(outside.join("a/study"), inside.join("z")).unwrap();
    let report = run(&["check", "--format", "json", shown(&inside)]).json();
    assert_eq!((&report["studies"], &report["skipped"]), (&2.into(), &0.into()));
    assert_eq!(report["replaced"], 0);
}

#[test]
fn of_several_paths_the_newest_version_wins() {
    let folder = TempDir::new().unwrap();
    let [old, new] = ["old", "new"].map(|name| folder.path().join(name));
    fs::write(&old, [record(1, "old", "2020-01-01"), record(2, "kept", "2020")].join("\n"))
        .unwrap();
    fs::write(&new, record(1, "new", "2020-01-02")).unwrap();
    for paths in [[&old, &new], [&new, &old]] {
        let [a, b] = paths.map(|path| shown(path));
        let ran = run(&["show", "NCT00000001", "-d", a, "--data", b, "--format", "json"]);
        assert_eq!((ran.code, ran.out), (0, record(1, "new", "2020-01-02") + "\n"));
        assert_eq!(run(&["check", a, b, "--format", "json"]).json()["studies"], 2);
    }
    let whole_folder = run(&["search", "-d", shown(folder.path()), "--format", "ids", "sort:id"]);
    assert_eq!(whole_folder.lines(), ["NCT00000001", "NCT00000002"]);
}

#[test]
fn standard_input_is_a_dataset() {
    let lines = [record(1, "a", "2020"), record(2, "b", "2019")].join("\r\n");
    for (arguments, out) in [
        (&["search", "-d", "-", "--format", "ids"][..], "NCT00000001\nNCT00000002\n".to_owned()),
        (&["show", "-d", "-", "nct00000002", "--format", "json"], record(2, "b", "2019") + "\n"),
        (&["check", "-"], "studies   2\nskipped   0\n".to_owned()),
        (&["compare", "-d", "-", "NCT00000001", "NCT00000002"], "  NCT00000001 ".to_owned()),
    ] {
        let ran = finish(program(arguments), lines.as_bytes());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{arguments:?}");
        assert!(ran.out.starts_with(&out), "{arguments:?}: {}", ran.out);
    }
}

#[test]
fn real_records_are_all_read() {
    if real::path("").is_none() {
        return real::skip("../shared/data");
    }
    for (name, studies, code) in [
        ("studies.ndjson", 1058, 0),
        ("shapes/ctg-json-array", 50, 0),
        ("shapes/api-page", 28, 0),
        ("shapes/single-study-json", 2, 0),
        ("shapes/mongo-export", 1, 0),
    ] {
        let Some(path) = real::path(name) else {
            real::skip(&format!("../shared/data/{name}"));
            continue;
        };
        let ran = run(&["check", shown(&path), "--format", "json"]);
        let report = ran.json();
        let counts =
            (report["studies"].as_u64().unwrap(), report["skipped"].as_u64().unwrap(), ran.code);
        assert_eq!(counts, (studies, 0, code), "{name}: {}", report["problems"]);
    }
    // These hold repeated ids, damage, and what is no study.
    for name in ["shapes/zip-of-studies", "shapes/corrupted", "shapes"] {
        let Some(path) = real::path(name) else {
            real::skip(&format!("../shared/data/{name}"));
            continue;
        };
        let ran = run(&["check", shown(&path), "--format", "json"]);
        let report = ran.json();
        let skipped = report["skipped"].as_u64().unwrap();
        assert_eq!(ran.code, i32::from(skipped > 0), "{name}");
        assert_eq!(report["problems"].as_array().unwrap().len() as u64, skipped, "{name}");
        let ids = run(&["search", "-d", shown(&path), "--format", "ids"]);
        assert_eq!(ids.lines().len() as u64, report["studies"].as_u64().unwrap(), "{name}");
    }
}

#[test]
fn real_records_are_shown_byte_for_byte_in_their_newest_version() {
    let (Some(old), Some(new)) =
        (real::path("older-versions.ndjson"), real::path("studies.ndjson"))
    else {
        return real::skip("two files of ../shared/data");
    };
    let texts = [&old, &new].map(|path| fs::read_to_string(path).unwrap());
    let at =
        |study: &Value, path: &str| study.pointer(path).and_then(Value::as_str).map(str::to_owned);
    let versions = texts.iter().flat_map(|text| text.lines()).map(|line| {
        let study: Value = serde_json::from_str(line).unwrap();
        let id = at(&study, "/protocolSection/identificationModule/nctId").unwrap();
        let updated = at(&study, "/protocolSection/statusModule/lastUpdatePostDateStruct/date");
        (id, (updated, at(&study, "/derivedSection/miscInfoModule/versionHolder")), line)
    });
    let versions: Vec<_> = versions.collect();
    let twice = |id: &String| versions.iter().filter(|(other, ..)| other == id).count() > 1;
    let ids: BTreeSet<&String> =
        versions.iter().map(|(id, ..)| id).filter(|id| twice(id)).collect();
    let newest = ids.iter().map(|id| {
        let of_study = versions.iter().filter(|(other, ..)| other == *id);
        of_study.max_by_key(|(_, version, line)| (version, line.len())).unwrap().2
    });
    for paths in [[&old, &new], [&new, &old]] {
        let [a, b] = paths.map(|path| shown(path));
        let mut arguments = vec!["show", "--format", "json", "-d", a, "-d", b];
        arguments.extend(ids.iter().map(|id| id.as_str()));
        let ran = run(&arguments);
        assert!(ran.lines().into_iter().eq(newest.clone()), "not the newest of {ids:?}");
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    }
}
