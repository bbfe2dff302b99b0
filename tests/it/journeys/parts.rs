//! A dataset that is used while it is read for the first time: what there is of it can be listed, searched and read, and
//! the rest joins without moving anything.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use trialdex::app::App;
use trialdex::dataset::Dataset;
use trialdex::event::{Event, Loading, Opened};
use trialdex::marks::Marks;
use trialdex::session::{Effect, KeptSession};
use trialdex::store::Store;

use super::journey::{Journey, store, study};
use crate::made::Made;

/// A third of the dataset is read.
const THIRD: Loading = Loading {
    bytes: 10_000_000,
    total: 30_000_000,
    studies: 40_000,
    bad: 0,
    elapsed: Duration::from_secs(1),
};

/// Trials of these numbers; the one with the highest number was updated last.
fn part(numbers: impl IntoIterator<Item = u32>) -> Arc<Store> {
    let made = |number: u32| -> Made {
        let day = format!("2020-{:02}-{:02}", 1 + number / 28, 1 + number % 28);
        let title = format!("Trial {number} of {}", ["liver", "lung"][number as usize % 2]);
        study(number, &title).updated(&day)
    };
    store(&numbers.into_iter().map(made).collect::<Vec<_>>())
}

fn part_of(numbers: impl IntoIterator<Item = u32>) -> Event {
    Event::Part(Dataset::from(part(numbers)))
}

/// The browser with trials 10 to 19, while more are read.
fn reading() -> Journey {
    Journey::starting(App::default()).told(Event::Loading(THIRD)).told(part_of(10..20))
}

#[test]
fn a_part_says_that_it_is_one() {
    let journey = reading().finds(10).stands_on("NCT00000019");
    let journey = journey.sees("reading 33 %: 10 of about 120,000 trials").sees("10 so far");
    let journey = journey.press("/ liver").finds(5).sees("5 of 10 so far").press("<enter>");
    let journey = journey.press("<enter>").sees("NCT00000018").press("<esc>");
    let journey = journey.press("D").sees("5 trials so far").press("<esc>");
    let mut journey = journey.sized((40, 10)).sees("trialdex · 33 %");
    let journey = {
        assert!(!journey.screen().contains("Loading"));
        journey.loaded(part(0..30))
    };
    journey.misses("reading").misses("so far").finds(15).asks("liver");
}

#[test]
fn the_rest_joins_without_moving_the_selection() {
    let journey = reading().press("j j j").stands_on("NCT00000016");
    let mut journey = journey.sized((120, 12));
    let row = journey.place_of("Trial 16 of liver").1;
    // Newer ones join above it, and older ones below.
    let mut journey = journey.told(part_of(5..25)).finds(20).stands_on("NCT00000016");
    assert_eq!(journey.place_of("Trial 16 of liver").1, row);
    let mut journey = journey.loaded(part(0..40)).finds(40).stands_on("NCT00000016");
    assert_eq!(journey.place_of("Trial 16 of liver").1, row);
}

#[test]
fn before_the_first_key_the_newest_are_shown() {
    let journey = reading().stands_on("NCT00000019");
    journey
        .told(part_of(5..25))
        .stands_on("NCT00000024")
        .loaded(part(0..40))
        .stands_on("NCT00000039");
}

#[test]
fn a_trial_that_is_read_stays_where_it_is() {
    let long = |number: u32| {
        let words = (1..200).map(|word| format!("word{word}")).collect::<Vec<_>>().join(" ");
        study(number, "Long").at("descriptionModule.detailedDescription", (words + " ").repeat(5))
    };
    let some = store(&[long(1), long(2)]);
    let all = store(&[1, 2, 3, 4].map(long));
    let journey = Journey::starting(App::default()).told(Event::Part(some.into()));
    let mut journey = journey.sized((100, 20)).press("j <enter> <pgdn>").stands_on("NCT00000002");
    let before = journey.line(10);
    assert!(before.contains("word"), "{before}");
    let mut journey = journey.loaded(all).stands_on("NCT00000002");
    assert_eq!(journey.line(10), before);
}

#[test]
fn what_covers_the_panes_is_not_taken_away() {
    let journey = reading().press("j ?").sees("Help").told(part_of(5..25)).sees("Help");
    let journey = journey.finds(10).told(Event::Loaded(part(0..40).into())).finds(10).sees("Help");
    journey.press("<esc>").finds(40).stands_on("NCT00000018").misses("reading");
}

#[test]
fn keys_and_clicks_wait_for_the_answer_of_the_larger_store() {
    let journey = reading().press("j").slow().told(part_of(5..25)).press("j").finds(10);
    let journey = journey.click((2, 0)).stands_on("NCT00000018");
    journey.answer().finds(20).stands_on("NCT00000017");
}

#[test]
fn what_is_asked_meanwhile_is_asked_of_the_larger_store() {
    let journey = reading().press("/ l").slow().told(part_of(5..25)).press("iver").finds(10);
    journey.answer().finds(10).asks("liver").sees("10 of 20 so far");
}

#[test]
fn pins_and_the_place_of_the_last_time_are_awaited() {
    let mut app = App::default();
    let ids = [12, 3, 33].map(|number| format!("NCT{number:08}").parse().unwrap());
    app.resume(KeptSession { at: Some(ids[1]), pins: ids.to_vec(), ..KeptSession::default() });
    let journey = Journey::starting(app).told(part_of(10..20));
    assert_eq!(journey.pins(), ["NCT00000012"]);
    assert_eq!(journey.app.left().unwrap().pins, ids);
    assert_eq!(journey.app.left().unwrap().at, Some(ids[1]));
    let journey = journey.loaded(part(0..30)).stands_on("NCT00000003");
    assert_eq!(journey.pins(), ["NCT00000012", "NCT00000003"]);
}

#[test]
fn what_would_be_a_part_is_not_saved() {
    let journey = reading().press("e G").sees("10 trials found").press("<enter>");
    let journey = journey.sees("what is saved would be a part: the dataset is still being read");
    let journey = journey.press(":record<space>/a.md<enter>");
    let journey = journey.sees("what is written down would be a part");
    assert!(journey.tasks.is_empty(), "{:?}", journey.tasks);
}

#[test]
fn what_does_not_hold_is_taken_back() {
    let journey = reading().press("j ?").told(Event::TakenBack).misses("Help").misses("Trial 1");
    let journey = journey.told(Event::Loading(THIRD)).sees("Loading: 40,000 trials");
    journey.told(part_of(10..15)).finds(5).loaded(part(0..15)).finds(15);
}

#[test]
fn what_fails_in_the_end_is_said() {
    let journey = reading().press("j").told(Event::LoadFailed("a.json: too large".to_owned()));
    journey.sees("a.json: too large").misses("Trial 1").misses("reading");
}

#[test]
fn another_dataset_takes_the_place_of_one_that_is_being_read() {
    let journey = reading().press("<ctrl-o>").paste("/b.json").press("<enter>");
    let job = *journey.started.last().unwrap();
    let (paths, dataset) = (vec![PathBuf::from("/b.json")], part(50..53).into());
    let opened = Opened { paths, dataset, left: None };
    let journey = journey
        .told(Event::Opened(job, Box::new(opened)))
        .finds(3)
        .sees("b.json")
        .misses("reading");
    let journey = journey.told(part_of(5..25)).told(Event::Loading(THIRD));
    let journey = journey.told(Event::LoadFailed("cancelled".to_owned())).loaded(part(0..40));
    assert!(journey.effects.contains(&Effect::Use(vec![PathBuf::from("/b.json")])));
    journey.finds(3).misses("reading").misses("cancelled");
}

#[test]
fn marks_count_in_a_part() {
    let journey = reading().press("i").told(Event::Marked(Arc::new(Marks::default())));
    journey.told(part_of(5..25)).finds(20);
}

#[test]
fn a_place_that_no_trial_has_yet_may_come() {
    let site =
        json!([{"city": "Lund", "country": "Sweden", "geoPoint": {"lat": 55.7, "lon": 13.2}}]);
    let there = study(40, "In Lund").at("contactsLocationsModule.locations", site);
    let whole = store(&[study(10, "Nowhere"), there]);
    let journey = reading().press("/ near:Lund <enter>").sees("Lund").misses("In Lund");
    assert!(journey.app.session.error().is_some());
    let journey = journey.loaded(whole).finds(1).sees("In Lund");
    assert_eq!(journey.app.session.error(), None);
}
