//! Records in forms that other programs give them: other encodings, strings within JSON, pages of answers.

use std::fs;
use std::sync::Arc;

use trialdex::dataset::{self, Dataset};

use super::{load, load_bytes, pretty, studies};

fn dataset_of(files: &[(&str, &str)]) -> Dataset {
    let folder = tempfile::tempdir().unwrap();
    let paths = files.iter().map(|(name, text)| {
        fs::write(folder.path().join(name), text).unwrap();
        folder.path().join(name)
    });
    dataset::open(&paths.collect::<Vec<_>>(), &Arc::default()).unwrap()
}

/// The JSON as a string of JSON.
fn quoted(json: &str) -> String {
    serde_json::to_string(json).unwrap()
}

#[test]
fn text_in_utf_16_is_read() {
    let [a, b, c] = studies();
    for text in
        [format!("[{a},{b},{c}]"), [&*a, &b, &c].join("\r\n"), pretty(&format!("[{a},{b},{c}]"))]
    {
        for mark in ["", "\u{feff}"] {
            let units: Vec<u16> = format!("{mark}{text}").encode_utf16().collect();
            for bytes in [
                units.iter().flat_map(|unit| unit.to_le_bytes()).collect::<Vec<u8>>(),
                units.iter().flat_map(|unit| unit.to_be_bytes()).collect(),
            ] {
                let loaded = load_bytes(&bytes);
                let read: Vec<serde_json::Value> =
                    loaded.jsons().iter().map(|json| serde_json::from_str(json).unwrap()).collect();
                let expected: Vec<serde_json::Value> =
                    [&a, &b, &c].iter().map(|json| serde_json::from_str(json).unwrap()).collect();
                assert_eq!((read, loaded.complaints()), (expected, vec![]), "{text}");
            }
        }
    }
}

#[test]
fn json_within_strings_is_read() {
    let [a, b, _] = studies();
    let page = format!(r#"{{"studies":[{a},{b}]}}"#);
    let answer = |text: &str| {
        format!(r#"{{"id":1,"result":{{"content":[{{"type":"text","text":{}}}]}}}}"#, quoted(text))
    };
    for (name, text) in [
        ("a string", quoted(&page)),
        ("strings, one a line", format!("{}\n{}\n", quoted(&a), quoted(&b))),
        ("a list of strings", format!("[{}, {}]", quoted(&a), quoted(&b))),
        ("an answer", answer(&page)),
        ("an answer over many lines", pretty(&answer(&page))),
        ("a list of answers", format!("[{},{}]", answer(&a), answer(&b))),
        ("answers, one a line", format!("{}\n{}\n", answer(&a), answer(&b))),
        ("an answer with words around", answer(&format!("Here they are:\n{page}\nDone."))),
        ("an answer in an answer", answer(&answer(&page))),
        ("a string in a string", quoted(&quoted(&page))),
        ("lists within", answer(&format!("[{a},\n{b}]"))),
        ("a wrapped list", answer(&format!(r#"{{"matches":[{{"trial":{a}}},{{"trial":{b}}}]}}"#))),
    ] {
        let loaded = load_bytes(text.as_bytes());
        assert_eq!(loaded.jsons(), [&a, &b], "{name}");
        assert_eq!(loaded.complaints(), Vec::<String>::new(), "{name}");
        assert_eq!(
            loaded.originals, 0,
            "{name}: what stands in a string is no record as it stands"
        );
    }
    // What is no study within is told of once.
    let other = answer(r#"{"protocolSection" is a key, they say"#);
    let loaded = load_bytes(format!("{a}\n{other}\n{b}").as_bytes());
    assert_eq!(loaded.jsons(), [&a, &b]);
    assert!(loaded.complaints().iter().all(|complaint| complaint.starts_with("line 2")));
}

#[test]
fn numbers_that_are_none_are_not_stated() {
    let [a, b, _] = studies();
    let odd = a.replace("\"hasResults\":false", "\"x\":NaN,\"y\":[-Infinity,Infinity]");
    let dataset = dataset_of(&[("a", &format!("{odd}\n{b}\n"))]);
    assert_eq!((dataset.store.len(), dataset.skipped), (2, 0));
    let note = "1 record has NaN or Infinity in place of a number, which counts as not stated";
    assert_eq!(dataset.notes, [note]);
    let study = dataset.store.find("NCT00000001".parse().unwrap()).unwrap();
    assert_eq!(dataset.store.record(study).unwrap(), odd);
    assert!(dataset.store.study(study).unwrap().text("x").is_none());
}

#[test]
fn a_page_says_what_it_is_a_part_of() {
    let [a, b, c] = studies();
    let total = |total: u64| format!("\"totalCount\": {total},");
    let token = ", \"nextPageToken\" : \"abc\"";
    let page = |before: &str, studies: &[&str], behind: &str| {
        format!("{{{before}\"studies\":[{}]{behind}}}", studies.join(","))
    };
    let part = |all: &str| {
        vec![format!(
            "this is a part of what the registry was asked for: {all}; get the other pages and open all at once"
        )]
    };
    for (name, pages, notes) in [
        (
            "the first of many",
            vec![page(&total(4321), &[&a, &b], token)],
            part("2 of 4,321 studies"),
        ),
        ("all", vec![page(&total(2), &[&a, &b], "")], vec![]),
        ("all pages", vec![page(&total(3), &[&a, &b], token), page("", &[&c], "")], vec![]),
        (
            "two of three pages",
            vec![page(&total(9), &[&a], token), page("", &[&b], token)],
            part("2 of 9 studies"),
        ),
        ("without a number", vec![page("", &[&a], token)], part("1 study, and more pages follow")),
        ("the last one", vec![page("", &[&a], token), page("", &[&b], "")], vec![]),
        ("no more", vec![page("", &[&a], ", \"nextPageToken\":\"\"")], vec![]),
        (
            "all that is said stands before",
            vec![page("\"nextPageToken\":\"x\",\"totalCount\":7,", &[&a], "")],
            part("1 of 7 studies"),
        ),
        (
            "all that is said stands behind",
            vec![page("", &[&a], ",\"totalCount\":7")],
            part("1 of 7 studies"),
        ),
        ("over many lines", vec![pretty(&page(&total(5), &[&a], token))], part("1 of 5 studies")),
        ("no page", vec![format!("[{a},{b}]")], vec![]),
    ] {
        let names = ["1", "2"];
        let files: Vec<_> = names.into_iter().zip(pages.iter().map(String::as_str)).collect();
        assert_eq!(dataset_of(&files).notes, notes, "{name}");
    }
}

#[test]
fn the_given_cases_are_read() {
    let Some(cases) = crate::real::path("../cases/files") else { return };
    for (name, studies) in [
        ("mcp.json", 1),
        ("toolmsg.json", 1),
        ("string-inside.json", 2),
        ("string-lines.ndjson", 2),
        ("utf16.json", 2),
        ("nan.json", 2),
        ("page1.json", 2),
    ] {
        let loaded = dataset::open(&[cases.join(name)], &Arc::default()).unwrap();
        assert_eq!((loaded.store.len(), loaded.bad), (studies, vec![]), "{name}");
    }
    let loaded = load(&[cases.join("python-repr.json")]);
    assert!(loaded.barren[0].starts_with("Python notation"), "{:?}", loaded.barren);
}
