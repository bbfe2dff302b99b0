//! Ranges of dates, counts and ages against a look at every record: what is found, and what is said of those that state
//! nothing.

mod asks;
pub(super) mod facts;

use std::collections::BTreeSet;

use proptest::strategy::{Strategy, ValueTree as _};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use trialdex::search::{Cancel, Query, Reading, Stand, find, parse};
use trialdex::store::{Store, StoreBuilder};

use super::scan;
use crate::real;
use asks::{Ask, TODAY};
use facts::Facts;

/// So many questions of every kind are asked.
const QUESTIONS: usize = 1_000;

/// Asks the store, and compares with what a look at the facts says.
fn check(store: &Store, facts: &[Facts], ask: &Ask) {
    let text = ask.to_string();
    let query = parse(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let canonical = query.to_string();
    assert_eq!(parse(&canonical).as_ref(), Ok(&query), "{text} → {canonical}");
    let query = Query { today: TODAY.parse().ok(), reading: Reading::AsTyped, ..query };
    let answer = find(store, &query, &Cancel::default()).unwrap();
    let found: BTreeSet<u32> = answer.rows.iter().map(|study| store.id(study).number()).collect();
    let expected: BTreeSet<u32> =
        facts.iter().filter(|facts| ask.fits(facts)).map(|facts| facts.id).collect();
    assert_eq!(found, expected, "{text}");
    for field in ask.fields() {
        let wide: BTreeSet<u32> = facts
            .iter()
            .filter(|facts| ask.fits_with(facts, field))
            .map(|facts| facts.id)
            .collect();
        let said = |stand: Stand| -> u64 {
            let told = answer.unstated().iter();
            let told = told.filter(|it| it.concept.name() == field && it.stand == stand);
            told.map(|it| it.studies).sum()
        };
        if field == "age" {
            let open = facts.iter().filter(|it| expected.contains(&it.id) && it.is_open()).count();
            assert_eq!(said(Stand::Open), open as u64, "{text}");
            continue;
        }
        assert_eq!(said(Stand::LeftOut), wide.difference(&expected).count() as u64, "{text}");
        assert_eq!(said(Stand::Found), expected.difference(&wide).count() as u64, "{text}");
    }
}

fn check_all(store: &Store, facts: &[Facts], questions: usize) {
    let mut runner = TestRunner::deterministic();
    for kind in asks::kinds() {
        for _ in 0..questions {
            let ask = kind.new_tree(&mut runner).unwrap().current();
            check(store, facts, &ask);
        }
    }
}

#[test]
fn real_records_are_found_by_ranges_as_a_scan_finds_them() {
    let Some(studies) = real::studies() else { return };
    let store = real::store().expect("the studies are there");
    let facts: Vec<Facts> = studies.iter().map(Facts::of).collect();
    check_all(&store, &facts, QUESTIONS);
}

#[test]
fn made_up_records_are_found_by_ranges_as_a_scan_finds_them() {
    let mut runner = TestRunner::deterministic();
    let mut builder = StoreBuilder::default();
    let mut facts = Vec::new();
    for number in 0..300 {
        let record = record(number).new_tree(&mut runner).unwrap().current();
        builder.push(&record.to_string()).unwrap();
        facts.push(Facts::of(&record));
    }
    check_all(&builder.finish().unwrap(), &facts, QUESTIONS);
}

/// A record of which every date, count and age may be missing or none at all.
fn record(number: u32) -> impl Strategy<Value = Value> {
    use proptest::collection::vec;
    use proptest::option::of;
    use proptest::sample::select;
    let dates = vec![
        "2019",
        "2020-02",
        "2020-02-29",
        "2021-12-31",
        "2022-01-01",
        "2023-05",
        "2023-05-20",
        "2024-02-28",
        "2024-02-29",
        "2024-03",
        "2024-12",
        "2025",
        "2030-06-15",
        "2023-13",
        "soon",
    ];
    let date = move || {
        let certainty = of(select(vec!["ACTUAL", "ESTIMATED"]));
        of((select(dates.clone()), certainty))
            .prop_map(|date| date.map(|(date, certainty)| json!({"date": date, "type": certainty})))
    };
    let ages = vec![
        "18 Years",
        "65 Years",
        "1 Year",
        "12 Months",
        "6 Months",
        "26 Weeks",
        "2 Weeks",
        "14 Days",
        "3 Days",
        "36 Hours",
        "30 Minutes",
        "0 Days",
        "N/A",
        "17 Years",
        "216 Months",
        "99 Years",
    ];
    let age = move || of(select(ages.clone()));
    let count = of(select(vec![
        json!(0),
        json!(1),
        json!(50),
        json!(100),
        json!(500),
        json!("100"),
        json!(-1),
        json!(4_000_000_000_u64),
    ]));
    let lists = (0_usize..4, 0_usize..4);
    let sex = of(select(vec!["ALL", "MALE", "FEMALE"]));
    let kind = of(select(vec!["ACTUAL", "ESTIMATED"]));
    (vec(date(), 6), age(), age(), count, kind, lists, sex).prop_map(
        move |(dates, minimum, maximum, count, kind, (sites, arms), sex)| {
            json!({"protocolSection": {
                "identificationModule": {"nctId": format!("NCT{:08}", number + 1)},
                "statusModule": {
                    "startDateStruct": dates[0], "primaryCompletionDateStruct": dates[1],
                    "completionDateStruct": dates[2], "studyFirstPostDateStruct": dates[3],
                    "resultsFirstPostDateStruct": dates[4], "lastUpdatePostDateStruct": dates[5],
                    "lastUpdateSubmitDate": dates[0].as_ref().map(|date| date["date"].clone()),
                },
                "designModule": {"enrollmentInfo": {"count": count, "type": kind}},
                "eligibilityModule": {"minimumAge": minimum, "maximumAge": maximum, "sex": sex},
                "armsInterventionsModule": {"armGroups": vec![json!({"label": "a"}); arms]},
                "contactsLocationsModule": {"locations": vec![json!({"city": "Rome"}); sites]},
                "conditionsModule": {"conditions": if number.is_multiple_of(3) { vec!["Gout"] } else { vec![] }},
            }})
        },
    )
}
