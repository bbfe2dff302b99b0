//! Several records of one trial: all are reached, and two of them can be compared.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use tempfile::TempDir;

use super::{Ran, run};
use crate::made::{Made, made};

const ID: &str = "NCT00000007";

fn version(day: &str, status: &str) -> Made {
    made(7)
        .title("One trial")
        .updated(day)
        .status(status)
        .at("identificationModule.nctIdAliases", serde_json::json!(["NCT00000099"]))
}

/// Three versions of one trial, each in a file of its own: plain, packed by gzip, and with another trial.
fn files() -> TempDir {
    let folder = TempDir::new().unwrap();
    let file = |name: &str| folder.path().join(name);
    fs::write(file("old.json"), version("2020-01-01", "RECRUITING").json()).unwrap();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(version("2021-06-01", "SUSPENDED").json().as_bytes()).unwrap();
    fs::write(file("middle.gz"), packed.finish().unwrap()).unwrap();
    let new = [version("2022-05-01", "COMPLETED").json(), made(8).title("Another").json()];
    fs::write(file("new.json"), new.join("\n")).unwrap();
    folder
}

fn of(folder: &Path, command: &str, names: &[&str], rest: &[&str]) -> Ran {
    let mut arguments = vec![command.to_owned()];
    for name in names {
        arguments.extend(["-d".to_owned(), folder.join(name).to_str().unwrap().to_owned()]);
    }
    arguments.extend(rest.iter().map(|&word| word.to_owned()));
    run(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn all_versions_are_shown_the_newest_first() {
    let folder = files();
    let all = ["new.json", "old.json", "middle.gz", "old.json"];
    let ran = of(folder.path(), "show", &all, &[ID, "--all-versions"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let lines: Vec<&str> = ran
        .out
        .lines()
        .filter(|line| line.starts_with("Version") || line.starts_with("Status: "))
        .collect();
    let expected = [
        "Version 3 of 3",
        "Status: Completed",
        "Version 2 of 3",
        "Status: Suspended",
        "Version 1 of 3",
        "Status: Recruiting",
    ];
    assert_eq!(lines, expected);
    let json = of(folder.path(), "show", &all, &[ID, "--all-versions", "--format", "json"]);
    let days = ["2022-05-01", "2021-06-01", "2020-01-01"];
    let status = ["COMPLETED", "SUSPENDED", "RECRUITING"];
    let records: Vec<String> =
        days.iter().zip(status).map(|(day, status)| version(day, status).json()).collect();
    assert_eq!(json.out.lines().collect::<Vec<_>>(), records);
    let newest = of(folder.path(), "show", &all, &[ID, "--format", "json"]);
    assert_eq!(newest.out.trim_end(), records[0]);
}

#[test]
fn an_id_named_twice_compares_two_versions() {
    let folder = files();
    for (names, left, right) in [
        (&["old.json", "new.json"][..], ("2020-01-01", "Recruiting"), ("2022-05-01", "Completed")),
        (&["new.json", "old.json"], ("2020-01-01", "Recruiting"), ("2022-05-01", "Completed")),
        (
            &["old.json", "middle.gz", "new.json"],
            ("2021-06-01", "Suspended"),
            ("2022-05-01", "Completed"),
        ),
    ] {
        let ran =
            of(folder.path(), "compare", names, &[ID, ID, "--differences", "--format", "csv"]);
        assert_eq!(ran.code, 0, "{ran:?}");
        let heading = format!("{ID} ({}),{ID} ({})", left.0, right.0);
        assert!(ran.out.lines().next().unwrap().ends_with(&heading), "{}", ran.out);
        let status = ran.out.lines().find(|line| line.contains(",Status,")).unwrap();
        assert!(status.contains(left.1) && status.contains(right.1), "{status}");
    }
    let three = of(
        folder.path(),
        "compare",
        &["old.json", "middle.gz", "new.json"],
        &[ID, ID, ID, "--differences"],
    );
    assert!(three.code == 0 && three.out.contains("(2020-01-01)"), "{three:?}");
}

#[test]
fn what_is_one_trial_or_one_version_is_said_to_be() {
    let folder = files();
    for (names, ids, told) in [
        (&["new.json"][..], &[ID, ID][..], "NCT00000007: one version in what was read"),
        (&["new.json", "old.json"], &[ID, ID, ID], "NCT00000007: 2 versions in what was read"),
        (&["new.json", "old.json"], &[ID, "NCT00000099"], "are one trial, NCT00000007"),
        (&["new.json"], &["NCT00000099", ID], "are one trial, NCT00000007"),
    ] {
        let ran = of(folder.path(), "compare", names, ids);
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{ran:?}");
        assert!(ran.err.contains(told), "{}", ran.err);
    }
    let ran = of(folder.path(), "compare", &["new.json", "old.json"], &[ID, "NCT00000008"]);
    assert!(ran.code == 0 && !ran.out.contains("(2022"), "{ran:?}");
}

#[test]
fn versions_are_kept_with_a_large_dataset() {
    let folder = files();
    let filler: String = (1..400)
        .map(|id| {
            let text = "many words ".repeat(5000);
            made(id + 100).at("descriptionModule.briefSummary", text).json() + "\n"
        })
        .collect();
    fs::write(folder.path().join("large.json"), filler).unwrap();
    let names = ["large.json", "old.json", "middle.gz", "new.json"];
    let shown = || of(folder.path(), "show", &names, &[ID, "--all-versions", "--format", "json"]);
    let (first, second) = (shown(), shown());
    assert_eq!(first.out.lines().count(), 3, "{first:?}");
    assert_eq!(first.out, second.out);
}

#[test]
fn the_given_versions_are_compared() {
    let Some(cases) = crate::real::path("../cases/versions") else { return };
    let id = "NCT97000001";
    let ran = of(&cases, "compare", &["v1.json", "v3.json"], &[id, id, "--differences"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("Status") && ran.out.contains("Enrollment"), "{}", ran.out);
}
