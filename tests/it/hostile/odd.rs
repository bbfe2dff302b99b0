//! Records and queries that are odd but not harmful: something is missing, of another type, too much or too deep. The
//! rest of the record is read all the same.

use std::fs;
use std::sync::Arc;

use serde_json::{Value, json};
use trialdex::compare::compare;
use trialdex::dataset;
use trialdex::export::text;
use trialdex::search::{Cancel, answer, parse};
use trialdex::store::{Store, StoreBuilder, StudyIdx};
use trialdex::study::Concept;
use trialdex::study::Study;

use super::screen::{Screen, rows};
use super::{RECORD, WHOLE, load};

const ID: &str = "/protocolSection/identificationModule/nctId";

/// The pointer of everything that stands in `value`, itself included.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(parts) => {
            for (key, part) in parts {
                pointers(part, &format!("{at}/{key}"), found);
            }
        }
        Value::Array(entries) => {
            entries
                .iter()
                .zip(0..)
                .for_each(|(entry, place)| pointers(entry, &format!("{at}/{place}"), found));
        }
        _ => (),
    }
}

/// The whole record without all that stands beside the way to `pointer`, but for the id.
fn around(pointer: &str) -> Value {
    let mut record = WHOLE.clone();
    let keys: Vec<&str> = pointer.split('/').skip(1).take(2).collect();
    for (depth, key) in keys.iter().enumerate() {
        let part = record.pointer_mut(&pointer_of(&keys[..depth])).unwrap();
        if let Some(parts) = part.as_object_mut() {
            parts.retain(|name, _| {
                name == key || ["protocolSection", "identificationModule"].contains(&name.as_str())
            });
        }
    }
    record
}

fn pointer_of(keys: &[&str]) -> String {
    keys.iter().flat_map(|key| ["/", key]).collect()
}

#[test]
fn any_part_of_a_record_may_be_missing_or_of_another_type() {
    let mut all = Vec::new();
    pointers(&WHOLE, "", &mut all);
    assert!(all.len() > 450, "{}", all.len());
    let odd = [
        json!(null),
        json!([null, [], {"a": ["b"]}, 1e300]),
        json!(""),
        json!({"": {"a.b": [1]}}),
        json!(-1.5),
        json!([]),
        json!(true),
        json!({}),
    ];
    // The way to the id is not tried: without it a record is skipped, which is tested elsewhere.
    for pointer in all.iter().filter(|pointer| !ID.starts_with(pointer.as_str())) {
        let small = around(pointer);
        let plain = Study::from(small.clone());
        let mut odd_records: Vec<Value> = odd
            .iter()
            .map(|odd| {
                let mut record = small.clone();
                *record.pointer_mut(pointer).unwrap() = odd.clone();
                record
            })
            .collect();
        odd_records.push(without(small, pointer));
        for (place, record) in odd_records.iter().enumerate() {
            let json = record.to_string();
            let mut builder = StoreBuilder::default();
            builder.push(&json).unwrap_or_else(|error| panic!("{pointer}: {error}: {json}"));
            // Every fourth of these is read in full, and the others next to other parts.
            if place % 4 == pointer.len() % 4 {
                let study = Study::parse(&json).unwrap();
                assert!(text(&study, None).contains("NCT00000042"), "{pointer}");
                assert!(compare(&study, &plain).rows().count() > 0, "{pointer}");
            }
        }
    }
}

fn without(mut record: Value, pointer: &str) -> Value {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    match record.pointer_mut(parent).unwrap() {
        Value::Object(parts) => _ = parts.shift_remove(key),
        Value::Array(entries) => _ = entries.pop(),
        other => unreachable!("{other} has no parts"),
    }
    record
}

/// One study with `part` of its protocol given as JSON text.
fn with(part: &str) -> String {
    format!(r#"{{"protocolSection":{{"identificationModule":{{"nctId":"NCT00000001"}},{part}}}}}"#)
}

fn store(jsons: &[String]) -> Arc<Store> {
    let dataset = load(jsons.join("\n").as_bytes());
    assert_eq!(dataset.skipped, 0, "{:?}", dataset.bad);
    dataset.store
}

fn ids(store: &Store, query: &str) -> Vec<u32> {
    let results = answer(store, &parse(query).unwrap(), &Cancel::default()).unwrap();
    results.rows.iter().map(|study| store.id(study).number()).collect()
}

#[test]
fn odd_numbers_are_unknown_and_sorted_last() {
    let counts = [
        ("7", Some(7)),
        ("0", Some(0)),
        ("-0", Some(0)),
        ("12.0", Some(12)),
        ("\" 12 \"", Some(12)),
        ("3239950", Some(3_239_950)),
        ("-1", None),
        ("1.5", None),
        ("18446744073709551616", None),
        ("4294967295", None),
        ("1e300", None),
        ("\"26,300\"", None),
        ("\"NaN\"", None),
        ("[7]", None),
        ("{}", None),
        ("null", None),
    ];
    let jsons = counts.iter().zip(1..).map(|((count, _), number)| {
        with(&format!(r#""designModule":{{"enrollmentInfo":{{"count":{count}}}}}"#))
            .replace("00000001", &format!("{number:08}"))
    });
    let store = store(&jsons.collect::<Vec<_>>());
    for (study, (count, expected)) in store.studies().zip(counts) {
        assert_eq!(store.count(study, Concept::Enrollment).map(|it| it.count), expected, "{count}");
    }
    for order in ["sort:enrollment", "sort:reverse-enrollment"] {
        assert!(
            ids(&store, order)[6..].iter().eq(&[7, 8, 9, 10, 11, 12, 13, 14, 15, 16]),
            "{order}"
        );
    }
    // What is no JSON is no record, and says so.
    for count in ["nan", "012", "1.", ".5", "+1", "0x10", "1e400"] {
        let bad = with(&format!(r#""designModule":{{"enrollmentInfo":{{"count":{count}}}}}"#));
        let dataset = load(format!("{bad}\n{}", RECORD.replace('\n', "")).as_bytes());
        assert_eq!((dataset.store.len(), dataset.skipped), (1, 1), "{count}");
        assert!(
            dataset.bad[0].reason.starts_with("not JSON: "),
            "{count}: {}",
            dataset.bad[0].reason
        );
    }
    // What Python writes for numbers that are none is not stated.
    for count in ["NaN", "Infinity", "-Infinity"] {
        let odd = with(&format!(r#""designModule":{{"enrollmentInfo":{{"count":{count}}}}}"#));
        let dataset = load(odd.as_bytes());
        assert_eq!((dataset.store.len(), dataset.skipped, dataset.notes.len()), (1, 0, 1));
        let study = dataset.store.studies().next().unwrap();
        assert_eq!(dataset.store.count(study, Concept::Enrollment), None, "{count}");
    }
}

#[test]
fn odd_dates_are_unknown_and_sorted_last() {
    let dates = [
        "2023",
        "2023-05",
        "2023-05-17",
        "2023-05-17T00:00",
        "2100-12",
        "1014-01-24",
        "2023-02-30",
        "0000-00-00",
        "99999-01",
        "May 5, 2023",
        "",
        "2023-13",
        "-2023",
        "２０２３",
    ];
    let jsons = dates.iter().zip(1..).map(|(date, number)| {
        with(&format!(r#""statusModule":{{"startDateStruct":{{"date":"{date}"}}}}"#))
            .replace("00000001", &format!("{number:08}"))
    });
    let store = store(&jsons.collect::<Vec<_>>());
    let known: Vec<bool> = store
        .studies()
        .map(|study| store.date(study, Concept::Start).map(|stated| stated.date).is_some())
        .collect();
    assert_eq!(known, [[true; 6].as_slice(), &[false; 8]].concat());
    assert_eq!(ids(&store, "sort:start"), [5, 3, 4, 2, 1, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
    assert_eq!(ids(&store, "sort:reverse-start"), [6, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14]);
}

#[test]
fn codes_that_are_new_stand_as_they_are_and_can_be_asked_for() {
    let store = store(&[with(
        r#""statusModule":{"overallStatus":"BRAND_NEW"},"designModule":{"phases":["PHASE5","PHASE1"]}"#,
    )]);
    assert_eq!(store.labels(StudyIdx(0), Concept::Status).collect::<Vec<_>>(), ["BRAND_NEW"]);
    for query in [
        "status:BRAND_NEW",
        "status:brand",
        r#"status:"brand_new""#,
        "phase:phase5",
        "phase:1",
        "-status:none",
    ] {
        assert_eq!(ids(&store, query), [1], "{query}");
    }
}

#[test]
fn depth_is_survived_wherever_it_is() {
    for (depth, place) in [100, 127, 128, 129, 100_000]
        .into_iter()
        .flat_map(|depth| [(depth, 0), (depth, 1), (depth, 2)])
    {
        let deep = "[".repeat(depth) + &"]".repeat(depth);
        let objects = "{\"a\":".repeat(depth) + "1" + &"}".repeat(depth);
        let part = match place {
            0 => format!(r#""conditionsModule":{{"conditions":{deep}}}"#),
            1 => format!(r#""descriptionModule":{{"briefSummary":{objects}}}"#),
            _ => format!(r#""unknown":{deep}"#),
        };
        let dataset = load(format!("{}\n{}", with(&part), RECORD.replace('\n', "")).as_bytes());
        assert_eq!(
            dataset.store.len() as u64 + dataset.skipped,
            2,
            "{depth} at {place}: {:?}",
            dataset.bad
        );
        // Read or not, it is said on the screen and nothing overflows.
        let mut screen = Screen::open(dataset.clone(), (80, 24));
        screen.press("/ s o r t : i d enter space space c esc g enter G");
        let shown = rows(screen.draw()).join("\n");
        assert!(
            shown.contains("NCT00000001") || dataset.skipped == 1,
            "{depth} at {place}:\n{shown}"
        );
    }
}

#[test]
fn of_a_repeated_key_the_last_value_counts_everywhere() {
    let json = with(
        r#""statusModule":{"overallStatus":"COMPLETED"},"statusModule":{"overallStatus":"UNKNOWN","new":1,"new":"last"}"#,
    );
    let store = store(std::slice::from_ref(&json));
    assert_eq!(ids(&store, "status:unknown"), [1]);
    assert_eq!(ids(&store, "status:completed"), [0; 0]);
    let text = text(&Study::parse(&json).unwrap(), None);
    assert!(
        text.contains("Unknown status") && text.contains("last") && !text.contains("Completed"),
        "{text}"
    );
}

#[test]
fn what_is_too_much_costs_itself_alone() {
    let long =
        with(&format!(r#""descriptionModule":{{"briefSummary":"{}"}}"#, "x".repeat(17 << 20)));
    let dataset = load(
        [RECORD.replace('\n', ""), long, RECORD.replace('\n', "").replace("0042", "0043")]
            .join("\n")
            .as_bytes(),
    );
    assert_eq!((dataset.store.len(), dataset.skipped), (2, 1));
    assert_eq!(
        (dataset.bad[0].place.within.as_str(), dataset.bad[0].reason.as_str()),
        ("line 2", "larger than 16 MiB")
    );

    let conditions: Vec<String> =
        (0..150_000).map(|number| format!("\"c{}\"", number / 2)).collect();
    let many = with(&format!(r#""conditionsModule":{{"conditions":[{}]}}"#, conditions.join(",")));
    let store_of_many = store(&[many]);
    assert_eq!(store_of_many.labels(StudyIdx(0), Concept::Condition).count(), 75_000);

    let keys = (0..20_000).map(|number| format!("\"key {number}\":{number}"));
    let keys = keys.collect::<Vec<_>>().join(",");
    let large = with(&format!(r#""many":{{{keys},"{}":"last"}}"#, "k".repeat(1_000_000)));
    let store = store(&[large]);
    let mut screen = Screen::open(store.clone(), (80, 24));
    screen.press("enter R G");
    let screen = rows(screen.draw()).join("\n");
    assert!(screen.contains("last"), "{screen}");
}

#[test]
fn any_question_is_answered_or_refused() {
    let records = [
        RECORD.replace('\n', ""),
        with(r#""conditionsModule":{"conditions":["(a+)+$","\\","C++","*"]}"#),
    ];
    let store = store(&records);
    for (query, found) in [
        ("x".repeat(10_000), Some(0)),
        ("liver ".repeat(2_000) + "| NCT00000001", Some(0)),
        ("\"".repeat(9_999), Some(2)),
        ("   \u{3000}\u{a0}\t".to_owned(), Some(2)),
        ("cond:(a+)+$".to_owned(), None),
        ("cond:\"(a+)+$\"".to_owned(), Some(1)),
        (r#"cond:"\\""#.to_owned(), Some(1)),
        ("cond:c++".to_owned(), Some(2)),
        ("((((((((((a+)+)+)+)+)+)+)+)+)+$ | NCT00000001".to_owned(), None),
        (".* [a-z]{1000} \\d+".to_owned(), None),
        ("-NCT0".to_owned(), Some(0)),
        ("-zzzzzz".to_owned(), Some(2)),
        ("- - -NCT00000001".to_owned(), Some(1)),
        ("|||&&&***".to_owned(), Some(2)),
        ("\u{1b}[2J\u{0}\u{202e}".to_owned(), None),
        ("e".to_owned() + &"\u{301}".repeat(10_000), None),
        ("-(".repeat(30) + "NCT00000001", Some(1)),
        ("id:none | ".repeat(1_000), Some(0)),
        ("sort:id ".repeat(1_000), Some(2)),
    ] {
        let shown: String = query.chars().take(30).collect();
        let Ok(query) = parse(&query) else {
            assert_eq!(found, None, "{shown}");
            continue;
        };
        let results = answer(&store, &query, &Cancel::default()).unwrap();
        assert!(
            found.is_none_or(|found| found == results.rows.len()),
            "{shown}: {}",
            results.rows.len()
        );
        assert_eq!(parse(&query.to_string()).unwrap(), query, "{shown}");
    }
}

#[cfg(unix)]
#[test]
fn paths_that_are_no_files_are_told() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    let folder = tempfile::TempDir::new().unwrap();
    let told = |path: &std::path::Path| match dataset::open(&[path.to_owned()], &Arc::default()) {
        Ok(dataset) => format!("{} studies", dataset.store.len()),
        Err(error) => error.to_string(),
    };
    let at = |name: &[u8]| folder.path().join(OsStr::from_bytes(name));
    let fifo = at(b"fifo");
    assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    std::os::unix::fs::symlink(at(b"loop"), at(b"loop")).unwrap();
    fs::write(at(b"caf\xe9\x1b[2J.json"), RECORD).unwrap();
    for (path, words) in [
        (fifo.as_path(), "is a named pipe; open a file or a folder"),
        (std::path::Path::new("/dev/zero"), "is a device; open a file or a folder"),
        (&at(b"loop"), "cannot be opened"),
        (&at(b"gone\x1b]0;x\x07"), "gone\\u{1b}]0;x\\u{7}: there is no such file"),
        (&at(b"caf\xe9\x1b[2J.json"), "1 studies"),
        (&at(b"fifo/x"), "fifo/x: "),
    ] {
        let told = told(path);
        assert!(told.contains(words), "{told}");
        assert!(!told.chars().any(char::is_control), "{told:?}");
    }
    // In a folder, what is no file is passed over.
    assert_eq!(told(folder.path()), "1 studies");
}
