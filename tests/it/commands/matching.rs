//! `trialdex match`: whom trials would take, and that its query is read and told as that of `search` is.

use serde_json::Value;
use tempfile::TempDir;

use super::{Ran, finish, program};
use crate::made::made;

fn records() -> String {
    let records = [
        made(1).title("Tumours in adults").at("eligibilityModule.minimumAge", "18 Years"),
        made(2).title("A tumor of children").at("eligibilityModule.maximumAge", "17 Years"),
        made(3).title("Tumor"),
    ];
    records.map(|record| record.json()).join("\n")
}

fn matched(home: &TempDir, arguments: &[&str]) -> Ran {
    let arguments = [&["match", "-d", "-", "--age", "54"], arguments].concat();
    let mut command = program(&arguments);
    command.env("HOME", home.path()).env("XDG_DATA_HOME", home.path());
    finish(command, records().as_bytes())
}

#[test]
fn who_fits_stands_first_with_what_is_not_stated_behind() {
    let ran = matched(&TempDir::new().unwrap(), &["--format", "json"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let rows: Vec<Value> =
        ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told = |row: &Value| format!("{} {}", row["nctId"], row["fit"]).replace('"', "");
    let rows: Vec<String> = rows.iter().map(told).collect();
    let expected = ["NCT00000001 fits", "NCT00000003 not stated", "NCT00000002 does not fit"];
    assert_eq!(rows, expected);
    assert!(ran.err.contains("1 fit, 1 do not state enough, 1 do not fit"), "{}", ran.err);
}

#[test]
fn what_is_added_is_told_and_marks_are_asked() {
    let home = TempDir::new().unwrap();
    let ran = matched(&home, &["tumor"]);
    assert!(ran.err.contains("also found: tumours (1)"), "{}", ran.err);
    let mut mark = program(&["marks", "set", "NCT00000003", "--decision", "include"]);
    mark.env("HOME", home.path()).env("XDG_DATA_HOME", home.path());
    assert_eq!(finish(mark, b"").code, 0);
    let ran = matched(&home, &["decision:include"]);
    assert!(ran.out.contains("NCT00000003") && !ran.out.contains("NCT00000001"), "{ran:?}");
}

#[test]
fn what_is_not_compared_is_not_counted() {
    let home = TempDir::new().unwrap();
    let site = serde_json::json!([{"city": "Lyon", "geoPoint": {"lat": 45.75, "lon": 4.85}}]);
    let record = made(1).at("contactsLocationsModule.locations", site).json();
    let mut command = program(&["match", "-d", "-", "--near", "Lyon"]);
    command.env("HOME", home.path());
    let ran = finish(command, record.as_bytes());
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(!ran.err.contains("healthy volunteers"), "{}", ran.err);
}
