//! Records of searches: the same twice, read again, and compared.

use super::*;
use crate::search::parse;
use crate::study::made::made;

fn record(store: &Store, text: &str) -> SearchRecord {
    let query = parse(text).unwrap();
    let recording = Recording {
        typed: text.to_owned(),
        date: "2026-11-29".to_owned(),
        source: SearchedSource { name: "a|b.json".to_owned(), ..SearchedSource::default() },
        checksum: Some(|text| format!("{:016x}", text.len())),
        ..Recording::default()
    };
    SearchRecord::make(store, &Marks::default(), &query, recording, &Cancel::default()).unwrap()
}

fn store() -> Store {
    Store::of([
        made(2).title("Tumours in Lyon").phases(["PHASE2"]),
        made(1).title("A Tumor").phases(["PHASE3"]),
        made(3).title("Gout"),
    ])
}

fn written(record: &SearchRecord, form: RecordForm) -> String {
    let mut out = Vec::new();
    record.write(&mut out, form).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_record_says_what_was_asked_and_how_it_was_read() {
    let record = record(&store(), "tumor start:2020..2021|none");
    assert_eq!((record.total, record.source.studies), (2, 3));
    assert_eq!(record.added[0].studies, 1);
    let ids: Vec<&str> = record.studies.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, ["NCT00000001", "NCT00000002"]);
    let text = written(&record, RecordForm::Markdown);
    for part in [
        "On 2026-11-29, a|b.json (3 studies",
        "- Query as typed: `tumor start:2020..2021|none`\n",
        "- Found: 2\n",
        "| #1 | `tumor` | 2 |\n",
        "| #2 | `start:2020..2021` | 0 |\n",
        "| #4 | `#2 OR #3` | 3 |\n",
        "| #5 | `#1 AND #4` | 2 |\n",
        "also found `tumours` (another spelling): 1 by this alone\n",
        "- NCT00000001, updated ",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn both_forms_are_the_same_when_repeated_and_are_read_again() {
    for query in ["", "tumor", "`x` | \"a```b\"", "phase:2|3"] {
        let one = record(&store(), query);
        let again = record(&store(), query);
        for form in [RecordForm::Json, RecordForm::Markdown] {
            let text = written(&one, form);
            assert_eq!(text, written(&again, form), "{query}");
            assert_eq!(SearchRecord::read(&text).unwrap(), one, "{query}");
        }
    }
    for (text, reason) in [
        ("", "is no search record"),
        ("{}", "is no search record"),
        ("# Notes\n", "is no search record"),
        ("{\"format\": \"trialdex search record 2\"}", "was written by a newer trialdex"),
        ("{\"format\": \"trialdex search record 1\"}", "is damaged: missing field"),
    ] {
        let error = SearchRecord::read(text).unwrap_err().to_string();
        assert!(error.starts_with(reason), "{text}: {error}");
    }
    let torn = written(&record(&store(), "tumor"), RecordForm::Json);
    assert!(SearchRecord::read(&torn[..torn.len() / 2]).is_err());
}

#[test]
fn what_is_new_gone_and_changed_is_told() {
    let then = record(&store(), "tumor");
    let now = Store::of([
        made(1).title("A Tumor in Rome"),
        made(3).title("Gout and Tumors"),
        made(2).title("Healed"),
    ]);
    let changes = Changes::between(&then, &record(&now, "tumor"));
    let ids = |list: &[Listed]| list.iter().map(|it| it.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&changes.new), ["NCT00000003"]);
    assert_eq!(ids(&changes.gone), ["NCT00000002"]);
    assert_eq!(ids(&changes.changed), ["NCT00000001"]);
    assert!(Changes::between(&then, &record(&store(), "tumor")).is_empty());
}

#[test]
fn a_record_of_a_study_is_the_same_in_whatever_form_and_on_whatever_day() {
    let checksum = |text: &str| text.to_owned() + "                ";
    let one = r#"{"a":1,"derivedSection":{"miscInfoModule":{"versionHolder":"2025-01-01"}}}"#;
    let same = r#"{ "derivedSection" : {"miscInfoModule":{"versionHolder":"2026-01-01"}}, "a":1 }"#;
    assert_eq!(fingerprint(one, checksum), fingerprint(same, checksum));
    assert_ne!(fingerprint(one, checksum), fingerprint(&one.replace("\"a\"", "\"b\""), checksum));
}
