//! The columns of the list: chosen, ordered and resized on a page of their own, and kept.

use serde_json::json;
use trialdex::search::Column;
use trialdex::session::Task;
use trialdex::study::Concept;

use super::journey::{Journey, study};
use crate::made::Made;

/// The sizes of screens at which pictures are looked at.
const SIZES: [(u16, u16); 4] = [(200, 60), (120, 40), (80, 24), (40, 10)];

fn trials() -> [Made; 3] {
    let sites = json!([{"facility": "A", "city": "Lyon", "country": "France",
        "geoPoint": {"lat": 45.75, "lon": 4.85}}]);
    [
        study(1, "Old and open")
            .updated("2019-05-01")
            .at("eligibilityModule.minimumAge", "18 Years"),
        study(2, "In Lyon").updated("2025-05-01").at("contactsLocationsModule.locations", sites),
        study(3, "Old and over").status("COMPLETED").updated("2018-01-01"),
    ]
}

#[test]
fn the_page_can_be_used_on_every_size() {
    for size in SIZES {
        let mut journey = Journey::on(&trials()).sized(size).press("C");
        if size == (40, 10) {
            insta::assert_snapshot!("columns_40x10", journey.screen());
        } else {
            journey = journey.sees("▸ ✓ id  ").sees("✓ title   ").sees("at least 40 wide │");
            journey = journey.sees("✓ start ").sees("10 wide │").sees("shown ┘");
        }
        // The second column goes, the first one moves behind the next and grows.
        let journey = journey.press("j <space> k J + + <esc>");
        let chosen: Vec<(&str, u16)> =
            journey.app.session.columns.iter().map(|it| (it.column.name(), it.width)).collect();
        assert_eq!(chosen[..3], [("phase", 7), ("id", 15), ("title", 40)], "{size:?}");
        let kept = [Task::KeepColumns(journey.app.session.columns.clone())];
        assert_eq!(journey.tasks, kept);
        journey.sees("the columns are kept");
    }
}

#[test]
fn what_is_changed_is_seen_in_the_list_at_once() {
    let mut journey = Journey::on(&trials()).sized((200, 60)).press("z");
    journey = journey.sees("Enrollment").press("C j j j j <space>");
    let header = journey.line(5);
    assert!(!header.contains("Enrollment"), "{header}");
    // Of the columns below the chosen ones one is taken in.
    let place = |journey: &Journey, name: &str| {
        journey.app.session.columns.place(Column::named(name).unwrap())
    };
    let journey = journey.press("G <space> <esc>");
    assert_eq!(place(&journey, "nearest"), Some(8));
    // It has no values before a place is asked for.
    let journey = journey.misses("Nearest site").press("/ near:Lyon <enter>");
    let journey = journey.sees("Nearest site").sees("0.0 km, Lyon, A").finds(1);
    let journey = journey.press("C X <esc> / <ctrl-u> <enter>").sees("Enrollment");
    assert_eq!(place(&journey, "nearest"), None);
    // Who changes nothing keeps nothing.
    let tasks = journey.tasks.len();
    assert_eq!(journey.press("C j <esc>").tasks.len(), tasks);
}

#[test]
fn a_narrow_list_has_the_chosen_columns_below_the_title() {
    let journey = Journey::on(&trials()).sized((80, 24));
    let mut journey = journey.sees("NCT00000001 · Recruiting · updated 6 years ago");
    // What was the first one is hidden, and the minimum age comes in.
    journey = journey.press("C <space> j j <esc>").misses("NCT00000001");
    journey.app.session.columns.toggle(Column::Concept(Concept::MinimumAge));
    journey.sees("Recruiting · updated 6 years ago · minimum age 18 years");
}

#[test]
fn an_old_record_of_an_open_trial_is_told() {
    let journey = Journey::on(&trials()).sized((80, 24));
    let journey = journey.sees("NCT00000001 · Recruiting · updated 6 years ago");
    let journey = journey.sees("NCT00000003 · Completed").misses("updated 8 years");
    // In a table its column says so, else its title.
    let mut journey = journey.sized((200, 60)).press("z").sees("6 years ago");
    journey = journey.misses("updated 6 years ago");
    journey.app.session.columns.toggle(Column::Concept(Concept::Updated));
    let journey = journey.press("/ sort:id <enter>").sees("updated 6 years ago");
    journey.sees("Old and open").misses("8 years").misses("Last update");
}

#[test]
fn a_click_on_a_header_orders_or_says_that_it_cannot() {
    let journey = Journey::on(&trials()).sized((200, 60)).press("z");
    let journey = journey.click_on("Status  ").asks("sort:status").sees("Status ▾");
    let journey = journey.click_on("Status ▾").asks("sort:reverse-status").sees("Status ▴");
    let journey = journey.click_on("Country").sees("the list has no order by country");
    journey.asks("sort:reverse-status");
}
