//! The form of a person, and the list by whom trials would take.

use insta::assert_snapshot;

use super::journey::{Journey, study};
use crate::made::Made;

fn for_ages(number: u32, minimum: &str) -> Made {
    study(number, "Of some kind").at("eligibilityModule.minimumAge", minimum)
}

fn three() -> Journey {
    let studies = [for_ages(1, "60 Years"), for_ages(2, "18 Years"), study(3, "Of no kind")];
    Journey::on(&studies)
}

#[test]
fn the_whole_form_is_read_on_a_small_screen() {
    let mut journey = three().sized((80, 24)).press("P");
    assert_snapshot!("form_80x24", journey.screen());
    let mut small = three().sized((40, 10)).press("P");
    assert_snapshot!("form_40x10", small.screen());
    let mut journey = small.press("<pgdn>").sees("no advice");
    assert_snapshot!("form_40x10_below", journey.screen());
    // What is typed comes back into sight, with what is wrong with it.
    let journey = journey.press("old<enter>").sees("Age").sees("“old” is no age");
    let journey = journey.press("<down><down><down>").sees("Near").sees("Lyon~100km");
    journey.press("<up><up><up><ctrl-u>54<enter>").sees("for 54 years");
}

#[test]
fn the_list_says_whom_it_is_for_in_whatever_order_it_stands() {
    let journey = three().press("P54<down>f<enter>").sees("for 54 years, female: ");
    let journey = journey.press("S").sees("for 54 years, female, by last update, oldest first:");
    let journey =
        journey.press("/<ctrl-u>sort:id<enter>").sees("for 54 years, female, by id, lowest first");
    journey
        .press("P<ctrl-u><down><ctrl-u><enter>")
        .misses("for 54 years")
        .sees("by id, lowest first");
}
