//! The list of trials: what a trial says of itself, on two lines or in columns.

use serde_json::json;

use super::journey::{Journey, study};
use crate::made::Made;

fn trial(number: u32, dates: [&str; 2], countries: &[&str]) -> Made {
    let sites: Vec<_> = countries.iter().map(|country| json!({"country": country})).collect();
    study(number, &format!("A trial with the number {number}"))
        .phases(["PHASE1", "PHASE2"])
        .sponsor("Example Foundation for Long Names")
        .at("designModule.enrollmentInfo.count", 1200 + number)
        .at("statusModule.startDateStruct", json!({"date": dates[0]}))
        .at("statusModule.completionDateStruct", json!({"date": dates[1]}))
        .at("contactsLocationsModule.locations", sites)
}

fn trials() -> [Made; 4] {
    [
        trial(1, ["2024-01", "2026-12-31"], &["China"]).updated("2025-04-01"),
        trial(2, ["1998", "2001"], &["China", "France", "China"]).updated("2025-03-01"),
        trial(3, ["2024-01", "2024-12"], &[]).phases(["NA"]).updated("2025-02-01"),
        study(4, "What says little").updated("2025-01-01"),
    ]
}

#[test]
fn below_a_title_stands_what_one_wants_to_know_first() {
    let journey = Journey::on(&trials()).sized((79, 24));
    journey
        .sees("│▸ ● A trial with the number 1      ")
        .sees("│    NCT00000001 · Recruiting · Phase 1/2 · n 1,201 · 2024–26 · China")
        .sees("NCT00000002 · Recruiting · Phase 1/2 · n 1,202 · 1998–2001 · 2 countries")
        .sees("NCT00000003 · Recruiting · n 1,203 · 2024 · Example Foundation for Long… │")
        .sees("NCT00000004 · Recruiting     ");
}

#[test]
fn what_the_list_is_ordered_by_is_among_it() {
    let journey = Journey::on(&trials()).sized((79, 24)).press("/ sort:arms <ctrl-u>");
    let journey = journey.press("sort:reverse-updated <enter>");
    journey.sees("NCT00000004 · last update 2025-01-01 · Recruiting");
}

#[test]
fn with_room_for_it_the_list_is_a_table() {
    let mut journey = Journey::on(&trials()).sized((160, 20)).press("z");
    insta::assert_snapshot!("table", journey.screen());
    let mut narrow = journey.sized((92, 20)).press("s / phase,<space>ear <enter>");
    insta::assert_snapshot!("narrow_table", narrow.screen());
}

#[test]
fn a_page_of_the_list_is_what_is_seen_of_it() {
    let studies: Vec<Made> = (1..=40).map(|number| study(number, "Of many")).collect();
    let journey = Journey::on(&studies).sized((79, 25)).press("<pgdn>");
    assert_eq!(journey.app.session.selected, 9, "the rows of nine trials are seen");
    let journey = journey.press("<pgdn> <pgdn> <pgdn> <pgdn>").sees("40 of 40");
    journey.sees("▸ ● Of many").press("g").sees("1 of 40");
}
