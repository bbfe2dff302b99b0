//! Percentages, how many were analyzed, and rows without names.

use serde_json::json;

use super::*;

fn cells(rows: &[Vec<String>]) -> Vec<String> {
    rows.iter().map(|row| row.join(" | ")).collect()
}

fn counts(values: &[&str]) -> Value {
    let count = |(place, value)| json!({"groupId": format!("G{place}"), "value": value});
    values.iter().enumerate().map(count).collect()
}

fn denominator(units: &str, values: &[&str]) -> Value {
    json!({"units": units, "counts": counts(values)})
}

/// The cells of an outcome of two groups whose only row has these values.
fn parts(mut outcome: Value, values: &[&str]) -> Vec<String> {
    outcome["groups"] = json!([{"id": "G0", "title": "Drug"}, {"id": "G1", "title": "Placebo"}]);
    outcome["classes"] = json!([{"categories": [{"measurements": counts(values)}]}]);
    super::outcome(&outcome, usize::MAX).table.rows.pop().unwrap()[1..].to_vec()
}

#[test]
fn percentages_are_of_the_units_that_are_counted() {
    let people = denominator("Participants", &["50", "40"]);
    let eyes = denominator("Eyes", &["80", "64"]);
    for (param, denoms, selected, values, shown) in [
        // People of people, units of the units that are selected, whatever stands first.
        (
            "COUNT_OF_PARTICIPANTS",
            json!([eyes, people]),
            None,
            ["10", "10"],
            ["10 (20.0 %)", "10 (25.0 %)"],
        ),
        (
            "COUNT_OF_UNITS",
            json!([people, eyes]),
            Some("Eyes"),
            ["20", "16"],
            ["20 (25.0 %)", "16 (25.0 %)"],
        ),
        (
            "COUNT_OF_UNITS",
            json!([people, eyes]),
            Some("eyes"),
            ["20", "16"],
            ["20 (25.0 %)", "16 (25.0 %)"],
        ),
        (
            "COUNT_OF_UNITS",
            json!([people]),
            Some("Participants"),
            ["10", "10"],
            ["10 (20.0 %)", "10 (25.0 %)"],
        ),
        // Nothing is selected: only one kind of units can be meant, or none is known to be.
        (
            "COUNT_OF_UNITS",
            json!([people, eyes]),
            None,
            ["20", "16"],
            ["20 (25.0 %)", "16 (25.0 %)"],
        ),
        ("COUNT_OF_UNITS", json!([people]), None, ["20", "16"], ["20", "16"]),
        (
            "COUNT_OF_UNITS",
            json!([people, eyes, denominator("Teeth", &["900", "900"])]),
            None,
            ["20", "16"],
            ["20", "16"],
        ),
        // No denominator fits.
        ("COUNT_OF_UNITS", json!([people, eyes]), Some("Teeth"), ["20", "16"], ["20", "16"]),
        ("COUNT_OF_PARTICIPANTS", json!([eyes]), None, ["20", "16"], ["20", "16"]),
        ("COUNT_OF_PARTICIPANTS", json!([]), None, ["20", "16"], ["20", "16"]),
        // No part is more than the whole.
        ("COUNT_OF_PARTICIPANTS", json!([people]), None, ["51", "40"], ["51", "40 (100.0 %)"]),
        ("NUMBER", json!([people]), None, ["10", "10"], ["10", "10"]),
    ] {
        let mut outcome = json!({"paramType": param, "denoms": denoms});
        if let Some(selected) = selected {
            outcome["denomUnitsSelected"] = json!(selected);
        }
        assert_eq!(parts(outcome.clone(), &values), shown, "{outcome}");
    }
    for asked in [json!(false), json!("No"), json!("NO")] {
        let outcome = json!({"paramType": "COUNT_OF_PARTICIPANTS", "calculatePct": asked, "denoms": [people]});
        assert_eq!(parts(outcome, &["10", "10"]), ["10", "10"]);
    }
    let commented = json!({"paramType": "COUNT_OF_PARTICIPANTS", "denoms": [{"units": "Participants",
        "counts": [{"groupId": "G0", "value": "50", "comment": "All."}, {"groupId": "G1", "value": "40"},
            {"groupId": "G1", "value": "4"}]}]});
    assert_eq!(parts(commented, &["10", "10"]), ["10 (20.0 %)", "10"]);
}

#[test]
fn how_many_were_analyzed_stands_above_the_rows_of_a_class() {
    let class = |title: &str, analyzed: &[&str], categories: &Value| json!({"title": title, "denoms": [denominator("Participants", analyzed)], "categories": categories});
    let yes = json!([{"title": "Yes", "measurements": counts(&["4", "5"])}]);
    let outcome = json!({
        "paramType": "COUNT_OF_PARTICIPANTS",
        "groups": [{"id": "G0", "title": "Drug"}, {"id": "G1", "title": "Placebo"}],
        "denoms": [denominator("Participants", &["50", "40"])],
        "classes": [
            class("Week 1", &["50", "40"], &yes),
            class("Week 2", &["40", "20"], &yes),
            class("Week 3", &["0", "0"], &json!([])),
            class("Week 4", &["50", "40"], &json!([])),
        ],
    });
    let rows = super::outcome(&outcome, usize::MAX).table.rows;
    let expected = [
        "Participants analyzed | 50 | 40",
        "Week 1: Yes | 4 (8.0 %) | 5 (12.5 %)",
        "Week 2: Participants analyzed | 40 | 20",
        "Week 2: Yes | 4 (10.0 %) | 5 (25.0 %)",
        "Week 3: Participants analyzed | 0 | 0",
        "Week 4",
    ];
    assert_eq!(cells(&rows), expected);
    let short = super::outcome(&outcome, 3);
    assert_eq!((cells(&short.table.rows).len(), short.more), (4, 0));
}

#[test]
fn rows_without_a_name_are_rows() {
    let none = denominator("Participants", &["0"]);
    let values = json!([{"measurements": counts(&["0"])}]);
    let module = json!({
        "groups": [{"id": "G0", "title": "All"}],
        "denoms": [denominator("Participants", &["9"])],
        "measures": [
            {"title": "Age", "paramType": "MEAN", "unitOfMeasure": "years", "classes": [{"categories": values}]},
            {"title": "Race Not Collected", "paramType": "COUNT_OF_PARTICIPANTS",
             "classes": [{"denoms": [none], "categories": values}]},
            {"title": "Region", "paramType": "NUMBER",
             "classes": [{"categories": values}, {"title": "Italy", "categories": values}]},
            {"title": "Sex Not Collected", "classes": [{"denoms": [none]}]},
            {"title": "Weight Not Collected"},
        ],
    });
    let expected = [
        "Participants analyzed | 9",
        "Age: Mean, years | 0",
        "Race Not Collected: Count of participants",
        "  Participants analyzed | 0",
        "  Value | 0",
        "Region: Number",
        "  (no name stated) | 0",
        "  Italy | 0",
        "Sex Not Collected",
        "  Participants analyzed | 0",
        "Weight Not Collected",
    ];
    assert_eq!(cells(&baseline(&module).table.rows), expected);
}

#[test]
fn the_units_of_a_characteristic_can_be_those_of_the_module() {
    let module = json!({
        "groups": [{"id": "G0", "title": "All"}],
        "typeUnitsAnalyzed": "Eyes",
        "denoms": [denominator("Participants", &["10"]), denominator("Eyes", &["20"])],
        "measures": [{"title": "Colour", "paramType": "COUNT_OF_UNITS",
            "classes": [{"categories": [{"title": "Blue", "measurements": counts(&["5"])}]}]}],
    });
    let rows = baseline(&module).table.rows;
    assert_eq!(cells(&rows)[2..], ["Colour: Count of units", "  Blue | 5 (25.0 %)"]);
}
