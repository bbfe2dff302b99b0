//! Completions of made-up studies.

use super::super::by_mark::MarkField;
use super::*;
use crate::search::{Query, answer};
use crate::study::made::made;

fn store() -> Store {
    let study = |number: u32, conditions: &[&str], sponsor: &str| {
        let conditions = conditions.to_vec();
        made(number).title("Cirrhosis of Livers").conditions(conditions).sponsor(sponsor)
    };
    let country = |name: &str| vec![serde_json::json!({ "country": name, "city": "Boston" })];
    let at = "contactsLocationsModule.locations";
    Store::of([
        study(1, &["Lung Cancer", "Asthma"], "Sun Yat-sen University")
            .status("RECRUITING")
            .phases(["PHASE3"])
            .at(at, country("France")),
        study(2, &["Lung Cancer", "Lung Diseases"], "Samsung")
            .status("NOT_YET_RECRUITING")
            .phases(["PHASE1"])
            .at(at, country("France")),
        study(3, &["Asthma in Children", "Cancer of the \"Lung\""], "Sunnybrook")
            .status("RECRUITING")
            .at(at, country("French Guiana")),
        study(4, &[], "Pfizer").at(at, country("United States")),
    ])
}

/// `country:France 2`, as the text stands after it is taken.
fn offered(text: &str) -> Vec<String> {
    let store = store();
    let found = completions(&store, text, text.len(), &Cancel::default());
    let taken = |item: Completion| {
        let mut taken = text.to_owned();
        taken.replace_range(item.place, &item.text);
        match item.studies {
            Some(studies) => format!("{taken} {studies}"),
            None => taken,
        }
    };
    found.items.into_iter().map(taken).collect()
}

const REASONS_BEGUN: [&str; 6] = [
    "reason:\"wrong population\"",
    "reason:\"wrong intervention\"",
    "reason:\"wrong comparator\"",
    "reason:\"wrong outcome\"",
    "reason:\"wrong design\"",
    "reason:\"wrong setting\"",
];

#[test]
fn what_was_begun_is_completed() {
    for (text, expected) in [
        ("sp", &["sponsor:"][..]),
        ("liver stat", &["liver status:"]),
        ("liver start", &["liver start:"]),
        ("intr:none locn:fren", &["intr:none locn:\"French Guiana\" 1"]),
        ("locn:\"uni", &["locn:\"United States\" 1"]),
        (
            "condition-search:asthma",
            &["condition-search:Asthma 1", "condition-search:\"Asthma in Children\" 1"],
        ),
        ("titles:cirr", &["titles:cirrhosis 4"]),
        ("start:no", &["start:none 4"]),
        ("start:<", &["start:<2024"]),
        ("enroll", &["enrollment:"]),
        ("age:5", &["age:54"]),
        ("country:fr", &["country:France 2", "country:\"French Guiana\" 1"]),
        ("country:us", &["country:\"United States\" 1"]),
        ("-country:FR", &["-country:France 2", "-country:\"French Guiana\" 1"]),
        ("cond:asth", &["cond:\"Asthma\" 1", "cond:\"Asthma in Children\" 1"]),
        ("cond:canc", &[r#"cond:"Cancer of the \"Lung\"" 1"#, "cond:\"Lung Cancer\" 2"]),
        ("cond:\"lung c", &["cond:\"Lung Cancer\" 2", r#"cond:"Cancer of the \"Lung\"" 1"#]),
        ("sponsor:sunyat", &["sponsor:\"Sun Yat-sen University\" 1"]),
        ("status:rec", &["status:recruiting 2", "status:not_yet_recruiting 1"]),
        ("status:not_y", &["status:not_yet_recruiting 1"]),
        ("phase:n", &["phase:none 2"]),
        ("decision:in", &["decision:include"]),
        ("-decision:n", &["-decision:none"]),
        ("reason:wrong", &REASONS_BEGUN),
        ("reason:\"dup", &["reason:\"duplicate\""]),
        ("tag:", &["tag:any", "tag:none"]),
        ("seen:y", &["seen:yes"]),
        ("is:c", &["is:changed"]),
        ("recr", &["status:recruiting 2"]),
        ("cirr", &["cirrhosis 4"]),
        ("lung ca", &["lung cancer 3", "cond:\"Lung Cancer\" 2"]),
        ("sort:sta", &["sort:start", "sort:status"]),
        ("xyzzy", &[]),
    ] {
        let found = offered(text);
        let first: Vec<&String> = found.iter().take(expected.len()).collect();
        assert_eq!(first, expected, "{text}: {found:?}");
        assert!(!found.is_empty() || expected.is_empty(), "{text}");
    }
}

#[test]
fn places_are_offered_where_something_is_to_be_near() {
    let at = |number: u32, city: &str, state: &str, point: (f64, f64)| {
        let site = serde_json::json!([{"city": city, "state": state, "country": "United States",
            "geoPoint": {"lat": point.0, "lon": point.1}}]);
        made(number).at("contactsLocationsModule.locations", site)
    };
    let store = Store::of([
        at(1, "Portland", "Oregon", (45.5, -122.7)),
        at(2, "Portland", "Oregon", (45.5, -122.7)),
        at(3, "Portland", "Maine", (43.7, -70.3)),
        at(4, "New York", "New York", (40.7, -74.0)),
    ]);
    let offered = |text: &str| {
        let found = completions(&store, text, text.len(), &Cancel::default()).items;
        let found = found.into_iter().map(|item| {
            let query = format!("near:{}", item.text);
            let found = answer(&store, &parse(&query).unwrap(), &Cancel::default()).unwrap();
            assert!(found.near.unknown.is_none() && !found.rows.is_empty(), "{query}");
            format!("{} ({})", item.text, item.what)
        });
        found.collect::<Vec<_>>()
    };
    let portland = [
        "\"Portland, Oregon, United States\" (2 sites)",
        "\"Portland, Maine, United States\" (1 site)",
    ];
    assert_eq!(offered("near:portl"), portland);
    assert_eq!(offered("gout near:\"portland"), portland);
    assert_eq!(offered("near:new"), ["\"New York\" (1 site)"]);
    assert_eq!(offered("near:new~2"), [""; 0]);
}

#[test]
fn nothing_typed_offers_every_field() {
    let found = offered("");
    assert!(found.iter().all(|field| field.ends_with(':')), "{found:?}");
    // Beside concepts: near, site, sort, and what is asked of marks.
    assert_eq!(found.len(), Concept::asked().count() + AREAS.len() + 3 + MarkField::ALL.len());
}

#[test]
fn what_is_offered_of_a_field_finds_as_many_as_it_says() {
    let store = store();
    let concepts =
        Concept::vocabularies().filter(|concept| Concept::asked().any(|it| it == *concept));
    for concept in concepts.filter(|concept| *concept != Concept::Title) {
        let text = format!("{}:", concept.name());
        for item in completions(&store, &text, text.len(), &Cancel::default()).items {
            let query: Query = parse(&format!("{text}{}", item.text)).unwrap();
            let found = answer(&store, &query, &Cancel::default()).unwrap().rows.len() as u64;
            assert_eq!(Some(found), item.studies, "{query}");
        }
    }
}

#[test]
fn every_form_of_a_range_is_understood() {
    let store = store();
    let is_measured = |concept: &Concept| {
        let has_words = Concept::vocabularies().any(|other| other == *concept);
        !has_words && concept.passages().is_none()
    };
    for concept in Concept::asked().filter(is_measured) {
        let text = format!("{}:", concept.name());
        let found = completions(&store, &text, text.len(), &Cancel::default()).items;
        assert!(found.len() > 2, "{text} {found:?}");
        for item in found {
            let query = format!("{text}{}", item.text);
            assert!(parse(&query).is_ok(), "{query}: {:?}", parse(&query));
        }
    }
}

#[test]
fn saved_searches_are_completed_by_their_names() {
    let mut saved = SavedSearches::default();
    saved.save("asthma", "cond:asthma status:recruiting");
    saved.save("older", "age:>65");
    let offered = |text: &str| {
        let found =
            completions_with(&store(), &saved, (text, text.len()), &Cancel::default()).items;
        found.into_iter().map(|item| format!("{} {}", item.text, item.what)).collect::<Vec<_>>()
    };
    assert_eq!(offered("saved:as"), ["asthma cond:asthma status:recruiting"]);
    assert_eq!(offered("x -@o"), ["@older age:>65"]);
    assert_eq!(offered("saved:").len(), 2);
    assert!(offered("save").contains(&"saved: a saved search".to_owned()));
    assert!(completions(&store(), "save", 4, &Cancel::default()).items.is_empty());
}
