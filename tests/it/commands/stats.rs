//! `trialdex stats`: every form of the counts, and what it does with fields that are none.

use serde_json::{Value, json};

use super::{finish, program, run};
use crate::made::{Made, made};

fn started(record: Made, date: &str, enrollment: u32) -> Made {
    let record = record.at("statusModule.startDateStruct.date", date);
    record.at("designModule.enrollmentInfo.count", enrollment)
}

/// Four made-up trials, one of which states nothing.
fn records() -> String {
    let records = [
        started(made(1).status("RECRUITING").phases(["PHASE1", "PHASE2"]), "2020-05", 20)
            .conditions(["Gout"]),
        started(made(2).status("COMPLETED").phases(["PHASE2"]), "2022", 150)
            .conditions(["Gout", "=Asthma"]),
        started(made(3).status("RECRUITING").phases(["PHASE2"]), "2022-01-31", 40),
        made(4),
    ];
    records.map(|record| record.json()).join("\n")
}

fn stats(arguments: &[&str]) -> super::Ran {
    let arguments = [&["stats", "-d", "-"], arguments].concat();
    finish(program(&arguments), records().as_bytes())
}

fn objects(ran: &super::Ran) -> Vec<Value> {
    ran.lines().iter().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_field_is_counted_in_every_form() {
    let ran = stats(&["--by", "phase", "--format", "json"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(
        objects(&ran),
        [
            json!({"phase": "PHASE1", "studies": 1}),
            json!({"phase": "PHASE2", "studies": 3}),
            json!({"phase": null, "studies": 1}),
        ]
    );
    let ran = stats(&["--by", "start-date", "--format", "csv"]);
    assert_eq!(ran.out, "start-date,studies\n2022,2\n2020,1\n,1\n");
    let ran = stats(&["--by", "cond", "--limit", "1", "--format", "csv"]);
    assert_eq!(ran.out, "cond,studies\nGout,2\n,2\n");
    let ran = stats(&["--by", "cond", "--format", "csv", "asthma"]);
    assert_eq!(ran.out, "cond,studies\n'=Asthma,1\nGout,1\n,0\n");
    let ran = stats(&["--by", "enrollment", "--format", "csv"]);
    assert_eq!(ran.out, "enrollment,studies\n10..49,2\n100..499,1\n,1\n");
    assert_eq!(
        ran.err,
        "trialdex: enrollment: median 40, quartiles 30 and 95, from 20 to 150, of 3 trials\n"
    );
    insta::assert_snapshot!(stats(&["--by", "phase"]).out, @r"
    phase (a trial can count several times): 4 trials
      Phase 1     1   25 %  ██████████
      Phase 2     3   75 %  ██████████████████████████████
      not stated  1   25 %  ██████████
    ");
    insta::assert_snapshot!(stats(&["--by", "enrollment", "--limit", "0"]).out, @r"
    enrollment: 4 trials
      10–49       2   50 %  ██████████████████████████████
      100–499     1   25 %  ███████████████
      not stated  1   25 %  ███████████████
      median 40, quartiles 30 and 95, from 20 to 150; 3 trials state it
    ");
}

#[test]
fn two_fields_are_a_table_of_one_against_the_other() {
    let ran = stats(&["--by", "phase,status", "--format", "json"]);
    assert_eq!(
        objects(&ran),
        [
            json!({"phase": "PHASE1", "status": "RECRUITING", "studies": 1}),
            json!({"phase": "PHASE2", "status": "RECRUITING", "studies": 2}),
            json!({"phase": "PHASE2", "status": "COMPLETED", "studies": 1}),
            json!({"phase": null, "status": null, "studies": 1}),
        ]
    );
    let ran = stats(&["--by", "status", "--by", "start", "--format", "csv"]);
    assert_eq!(
        ran.out,
        "status,start,studies\nRECRUITING,2022,1\nRECRUITING,2020,1\nCOMPLETED,2022,1\n,,1\n"
    );
    insta::assert_snapshot!(stats(&["--by", "phase,start"]).out, @r"
    phase (a trial can count several times) × start: 4 trials
                  2022  2020  not stated  all
      Phase 1        0     1           0    1
      Phase 2        2     1           0    3
      not stated     0     0           1    1
      all            2     1           1    4
    ");
}

#[test]
fn without_a_field_there_is_a_dashboard() {
    let table = stats(&["status:recruiting"]);
    assert_eq!(table.code, 0);
    for part in
        ["status: 2 trials", "phase (a trial can count several times): 2 trials", "median 30"]
    {
        assert!(table.out.contains(part), "{part}: {}", table.out);
    }
    let counts = objects(&stats(&["--format", "json"]));
    for count in [
        json!({"status": "RECRUITING", "studies": 2}),
        json!({"results": null, "studies": 4}),
        json!({"median of enrollment": 40, "studies": 3}),
    ] {
        assert!(counts.contains(&count), "{count}: {counts:?}");
    }
    let csv = stats(&["--format", "csv"]).out;
    assert!(csv.starts_with("field,value,studies\nstatus,RECRUITING,2\n"), "{csv}");
    assert!(csv.contains("\nupper quartile of enrollment,95,3\n"), "{csv}");
}

#[test]
fn what_is_found_of_nothing_is_nothing() {
    let ran = stats(&["status:withdrawn", "--by", "status", "--format", "json"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, "{\"status\":null,\"studies\":0}\n"));
    assert!(ran.err.contains("no trial here has status:withdrawn"), "{}", ran.err);
}

#[test]
fn what_is_no_field_is_an_error_that_says_which_there_are() {
    for (by, said) in [
        ("title", "nothing is counted by “title”; fields are acronym, status, phase, type,"),
        ("phase,status,sex", "--by takes one field or two; sex is one too many"),
        ("phase,phases", "--by has one field twice: phase and phases"),
    ] {
        let ran = run(&["stats", "--by", by]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{by}");
        assert!(ran.err.contains(said), "{by}: {}", ran.err);
    }
}
