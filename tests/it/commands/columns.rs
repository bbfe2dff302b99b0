//! Columns that somebody names, in every command that lists trials, and what is looked into where nobody says.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use super::{Ran, SAMPLE, finish, program, run};
use crate::made::made;

fn objects(ran: &Ran) -> Vec<Value> {
    ran.lines().iter().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_search_has_the_columns_that_are_named_in_their_order() {
    let names = "title,nctId,Phase,sites,conditions";
    let search = |format: &str| {
        run(&["search", "-d", SAMPLE, "sort:id", "--columns", names, "--format", format])
    };
    let rows = objects(&search("json"));
    assert_eq!(rows.len(), 23);
    let csv = search("csv").out;
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>().join(","), names);
    let tsv = search("tsv");
    for ((row, cells), line) in rows.iter().zip(reader.records()).zip(&tsv.lines()[1..]) {
        let cells = cells.unwrap();
        assert_eq!(line.split('\t').collect::<Vec<_>>(), cells.iter().collect::<Vec<_>>());
        assert_eq!(&row["nctId"], &cells[1]);
        let joined = |name: &str| {
            let values = row[name].as_array().unwrap().iter();
            values.map(|value| value.as_str().unwrap()).collect::<Vec<_>>().join("|")
        };
        assert_eq!((joined("Phase"), joined("conditions")), (cells[2].into(), cells[4].into()));
        assert!(row["sites"].is_u64() || row["sites"].is_null());
    }
    let table = search("table");
    assert_eq!(table.lines().len(), 23, "no header in a pipe");
    assert_eq!((table.err.as_str(), table.code), ("", 0));
}

#[test]
fn matches_and_related_trials_have_columns_of_their_own_too() {
    let arguments =
        ["match", "-d", SAMPLE, "--age", "40", "--columns", "id,fit,not-stated,min-age"];
    let rows = objects(&run(&[&arguments[..], &["--format", "json"]].concat()));
    assert!(!rows.is_empty());
    for row in &rows {
        assert!(["fits", "not stated", "does not fit"].contains(&row["fit"].as_str().unwrap()));
        assert!(row["not-stated"].is_array(), "{row}");
    }
    let tsv = run(&[&arguments[..], &["--format", "tsv", "--limit", "2"]].concat());
    assert_eq!((tsv.lines().len(), tsv.lines()[0]), (3, "id\tfit\tnot-stated\tmin-age"));
    let all = run(&["match", "-d", SAMPLE, "--age", "40", "--format", "tsv"]);
    assert!(all.out.starts_with("nctId\ttitle\tstatus\tfit\t"), "{}", all.out);

    let related = ["related", "-d", SAMPLE, "NCT06825572", "--limit", "3"];
    let csv = run(&[&related[..], &["--columns", "reasons,id,start", "--format", "csv"]].concat());
    assert_eq!((csv.lines().len(), csv.lines()[0]), (4, "reasons,id,start"));
    let json = run(&[&related[..], &["--columns", "reasons,id", "--format", "json"]].concat());
    assert!(objects(&json).iter().all(|row| !row["reasons"].as_array().unwrap().is_empty()));
    let usual = run(&[&related[..], &["--format", "csv"]].concat());
    assert_eq!((usual.lines().len(), usual.lines()[0]), (4, "nctId,title,reasons"));
}

#[test]
fn what_cannot_be_a_column_is_an_error_in_one_line() {
    let related = ["related", "NCT06825572"];
    for (arguments, error) in [
        (
            &["search", "--columns", "id,titel"][..],
            "there is no column “titel”; columns are updated, ",
        ),
        (&["search", "--columns", "id,"], "there is no column “”; columns are "),
        (&["search", "--columns", "id,id"], "the column “id” is named twice"),
        (&["search", "--columns", "fit"], "there is no column “fit”; "),
        (&["search", "--columns", "a\u{1b}[2Jb"], "there is no column “a\u{fffd}[2Jb”; "),
        (
            &["match", "--age", "4", "--columns", "fits"],
            "there is no column “fits”; columns are fit, ",
        ),
        (
            &[&related[..], &["--columns", "x"]].concat(),
            "there is no column “x”; columns are reasons, ",
        ),
        (
            &["search", "--columns", "id,nearest"],
            "the column nearest needs a place, such as near:Lyon",
        ),
        (
            &["match", "--age", "4", "--columns", "nearest"],
            "the column nearest needs a place, such as --near",
        ),
        (
            &[&related[..], &["--columns", "nearest"]].concat(),
            "related trials have no column nearest",
        ),
        (
            &["search", "--columns", "id", "--format", "ris"],
            "--columns is for --format table, csv, tsv and json",
        ),
        (
            &[&related[..], &["--columns", "id", "--format", "ids"]].concat(),
            "--columns is for --format table",
        ),
    ] {
        let ran = run(&[arguments, &["--sample"]].concat());
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}: {ran:?}");
        assert!(ran.err.starts_with(&format!("trialdex: {error}")), "{arguments:?}: {}", ran.err);
        assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    }
}

#[test]
fn data_of_the_configuration_is_looked_into_where_no_path_is_given() {
    let home = TempDir::new().unwrap();
    let folder = home.path().join("trialdex");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("one.json"), made(1).title("One").json()).unwrap();
    fs::write(home.path().join("two.json"), made(2).title("Two").json()).unwrap();
    let config = folder.join("config.toml");
    let at_home = |arguments: &[&str]| {
        let mut command = program(arguments);
        command.env("XDG_CONFIG_HOME", home.path()).env("HOME", home.path());
        finish(command, b"")
    };
    fs::write(&config, "data = [\"one.json\", \"~/two.json\"]").unwrap();
    let found = at_home(&["search", "--format", "ids", "sort:id"]);
    assert_eq!((found.out.as_str(), found.err.as_str()), ("NCT00000001\nNCT00000002\n", ""));
    for command in [
        &["stats", "--by", "status"][..],
        &["show", "NCT00000002"],
        &["compare", "NCT00000001", "NCT00000002"],
        &["match", "--age", "4"],
    ] {
        let ran = at_home(command);
        assert!(ran.out.contains("NCT00000002") || ran.out.contains("2 trials"), "{ran:?}");
    }
    // What is said on the command line counts.
    assert_eq!(at_home(&["search", "-d", SAMPLE, "--count"]).out, "23\n");
    assert_eq!(at_home(&["search", "--sample", "--count"]).out, "83\n");
    let other = home.path().join("other.toml");
    fs::write(&other, "data = [\"two.json\"]").unwrap();
    let path = other.to_str().unwrap();
    assert_eq!(at_home(&["search", "--config", path, "--format", "ids"]).out, "NCT00000002\n");

    fs::write(&config, "data = [\"gone.json\"]").unwrap();
    for command in [&["search"][..], &["show", "NCT00000001"]] {
        let ran = at_home(command);
        let place = format!("{}: data: {}/gone.json: ", config.display(), folder.display());
        assert_eq!((ran.code, ran.err.lines().count()), (2, 1), "{ran:?}");
        assert!(ran.err.starts_with(&format!("trialdex: {place}there is no such file")), "{ran:?}");
    }
    assert_eq!(at_home(&["search", "--sample", "--count"]).code, 0);
}
