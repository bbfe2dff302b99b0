//! How the words of a query were read: it is said, it can be taken back, and it shows in what was found.

use insta::assert_snapshot;
use ratatui::style::{Color, Modifier};
use trialdex::ui::keymap::Keymap;
use trialdex::ui::theme::Theme;

use super::journey::{Journey, study};
use crate::made::Made;

fn trials() -> [Made; 5] {
    let at = |study: Made, city: &str| {
        let site = serde_json::json!([{"city": city, "country": "Examplia"}]);
        study.at("contactsLocationsModule.locations", site)
    };
    [
        at(study(1, "Heart attack in adults").phases(["PHASE3"]), "Boston"),
        at(study(2, "After a myocardial infarction"), "Lyon"),
        at(study(3, "Tumour markers").conditions(["Tumor"]), "Boston"),
        at(study(4, "A tumor phase 3 study"), "Lyon"),
        at(study(5, "Asthma"), "Boston"),
    ]
}

fn journey() -> Journey {
    Journey::on(&trials())
}

#[test]
fn each_thing_that_was_added_is_taken_back_and_the_query_says_so() {
    let mut journey = journey().press("/ heart <space> attack").finds(2);
    journey = journey.sees("+ myocardial infarction 1").press("<shift-tab>");
    assert_snapshot!("what_was_added", journey.screen());
    let journey = journey.press("<enter>").finds(1).misses("myocardial infarction 1");
    let journey = journey.asks("heart attack not-meant:\"myocardial infarction\"");
    journey.press("<enter> u").asks("heart attack").finds(2);
}

#[test]
fn a_code_is_taken_back_to_the_words_that_were_typed() {
    let journey = journey().press("/ phase <space> 3").finds(1).sees("phase 3 → phase:3");
    let journey = journey.press("<shift-tab> <enter>").asks("\"phase 3\"").finds(1);
    journey.stands_on("NCT00000004").misses("→ phase:3");
}

#[test]
fn a_corrected_word_is_asked_for_to_the_letter() {
    let journey = journey().press("/ asthmma").finds(1).sees("asthmma ≈ asthma 1");
    journey.press("<shift-tab> <enter>").asks("\"asthmma\"").finds(0);
}

#[test]
fn where_nothing_was_added_there_is_nothing_to_take_back() {
    let journey = journey().press("/ asthma <shift-tab>").sees("there is nothing to take back");
    journey.misses("┌ As read").asks("asthma");
}

#[test]
fn what_is_typed_closes_the_list_of_what_was_read() {
    let journey = journey().press("/ asthmma <shift-tab>").sees("┌ As read").press("x");
    journey.misses("┌ As read").asks("asthmmax");
}

#[test]
fn a_word_that_is_a_city_is_one_key_away_from_being_asked_so() {
    let journey = journey().press("/ boston").finds(0);
    let journey = journey.sees("boston is a city: Tab for city:boston, 3").press("<tab>");
    journey.asks("city:boston").finds(3);
}

#[test]
fn of_a_query_that_finds_nothing_each_clause_that_is_to_blame_can_be_left_out() {
    let mut journey = journey().press("/ asthma <space> city:lyon").finds(0);
    assert_snapshot!("nothing_has_all_of_it", journey.screen());
    let journey = journey.press("<shift-tab> <tab> <enter>").asks("asthma").finds(1);
    journey.press("<enter> u").asks("asthma city:lyon");
}

#[test]
fn what_matched_is_marked_in_the_list_and_in_the_trial() {
    let mut journey = journey().press("/ heart <space> attack <enter> j").finds(2);
    let style = |journey: &mut Journey, words: &str| {
        let at = journey.place_of(words);
        journey.cell(at)
    };
    assert_eq!(style(&mut journey, "Heart attack in").fg, Color::Yellow);
    assert_eq!(style(&mut journey, "in adults").fg, Color::Reset);
    // By another name, in the row at the cursor and beside it.
    let (x, y) = journey.place_of("After a myo");
    assert_eq!(journey.cell((x, y)).fg, Color::Reset);
    assert_eq!(journey.cell((x + 8, y)).fg, Color::Yellow);
    let (x, y) = journey.place_of("││ After a");
    assert_eq!(journey.cell((x + 11, y)).fg, Color::Yellow);
    let mono = Theme::named("mono").unwrap();
    let mut journey = Journey::configured(Keymap::default(), mono).press("/ liverr <enter> j");
    let at = journey.place_of("Liver");
    assert!(journey.cell(at).modifier.contains(Modifier::UNDERLINED), "{}", journey.screen());
    let at = (at.0 + 5, at.1);
    assert!(!journey.cell(at).modifier.contains(Modifier::UNDERLINED));
}

#[test]
fn a_row_says_why_it_is_found() {
    let journey = journey().press("/ tumour <space> recruiting <enter>").finds(2);
    let mut journey = journey.press("G W");
    assert_snapshot!("why", journey.screen());
    let journey = journey.press("<esc>").misses("┌ Why");
    let journey = journey.press("/ <ctrl-u> <enter> W").misses("┌ Why");
    journey.sees("is found because nothing keeps it out");
}
