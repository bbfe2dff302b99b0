//! Visiting a trial that is not the selected one, and coming back.

use super::journey::{Journey, study};
use crate::made::Made;

/// A trial whose summary names others, with more text than a screen.
fn trial(number: u32, title: &str, names: &str) -> Made {
    let text = "A sentence of the description.\n".repeat(80);
    study(number, title)
        .at("descriptionModule.briefSummary", format!("See {names}."))
        .at("descriptionModule.detailedDescription", text)
}

/// One trial found; it points to the second, which points to the third.
fn pointing() -> Journey {
    let first = trial(1, "First", "NCT00000002");
    let second = trial(2, "Second", "NCT00000003");
    Journey::on(&[first, second, trial(3, "Third", "nothing")]).press("/ first <enter>")
}

/// The second trial, visited from the first.
fn visiting() -> Journey {
    pointing().press("L <enter>")
}

#[test]
fn a_visit_says_so_and_leads_back_to_where_it_began() {
    let journey = visiting().sees("visit · NCT00000002 · ● Recruiting").sees("Esc back");
    let journey = journey.press("<esc>").misses("visit").stands_on("NCT00000001");
    journey.sees("Space pin").sees("q quit").asks("first");
}

#[test]
fn visits_lead_back_one_by_one() {
    let journey = visiting().press("L <enter>").sees("visit · NCT00000003");
    let journey = journey.press("<esc>").sees("visit · NCT00000002").press("?").sees("Help ─");
    let journey = journey.press("<esc>").sees("visit · NCT00000002").press("q").misses("visit ·");
    journey.stands_on("NCT00000001").sees("q quit");
}

#[test]
fn the_place_in_the_text_is_kept_while_another_trial_is_visited() {
    let mut journey = pointing().press("<enter> } } <pgdn>");
    let before = journey.screen();
    let mut journey = journey.press("L <enter>").sees("visit ·").press("} } } q");
    assert_eq!(journey.screen(), before);
}

#[test]
fn a_visited_trial_can_be_pinned_compared_copied_and_opened() {
    let mut journey = pointing().press("<space> L <enter> <space>");
    assert_eq!(journey.pins(), ["NCT00000001", "NCT00000002"]);
    journey = journey.press("y").sees("┌ Copy").sees("NCT00000002").press("<esc> o");
    journey = journey.sees("opened https://clinicaltrials.gov/study/NCT00000002");
    let journey = journey.press("c").sees("Comparison ─");
    journey.press("<esc>").sees("visit ·").press("<esc>").misses("visit ·");
}

#[test]
fn the_list_ends_every_visit() {
    for keys in ["2", "<shift-tab> <shift-tab>", "f f", "f <esc>", "1 2", "<tab> f f", "u"] {
        let journey = visiting().press("L <enter>").sees("visit ·").press(keys);
        journey.misses("visit ·").press("<esc> <esc> <esc>").sees("q quit");
    }
}

#[test]
fn the_wheel_on_the_list_ends_every_visit() {
    let studies = [1, 2, 3].map(|number| trial(number, "Liver", "NCT00000003 and NCT00000001"));
    let journey = Journey::on(&studies).sized((160, 40)).press("L <enter>").sees("visit ·");
    let at = (60, 12);
    let journey = journey.mouse(crossterm::event::MouseEventKind::ScrollDown, at);
    journey.misses("visit ·").press("<esc>").sees("q quit");
}

#[test]
fn a_comparison_begun_in_a_visit_leads_to_panes_without_growing() {
    let mut journey = pointing().press("<space> L <enter> c");
    for _ in 0..3 {
        journey = journey.press("3").sees("visit · NCT00000002").press("c").sees("Comparison ─");
    }
    let journey = journey.press("<esc>").sees("visit ·").press("<esc>").misses("visit ·");
    journey.sees("q quit");
}
