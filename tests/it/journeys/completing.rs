//! What the search line offers: what was begun, and what was asked before.

use insta::assert_snapshot;

use super::journey::Journey;

#[test]
fn what_was_begun_is_completed_step_by_step() {
    let mut journey = Journey::sample().press("/ liver <space> spo <tab>").asks("liver sponsor:");
    assert_snapshot!("values_of_a_field", journey.screen());
    let journey = journey.press("sun <enter>").asks("liver sponsor:\"Sun Yat-sen University\" ");
    // The list is closed, so Enter goes to the list of trials.
    journey.finds(1).press("<enter>").sees("Enter read");
}

#[test]
fn the_list_is_walked_with_tab_and_arrows_and_esc_keeps_the_text() {
    let journey = Journey::sample().press("/ status:re <tab>").asks("status:re");
    let journey = journey.press("<tab> <down> <shift-tab> <up>").press("<esc>").asks("status:re");
    let journey = journey.misses("┌ Complete").press("<tab> <down> <enter>");
    let journey = journey.asks("status:not_yet_recruiting ").finds(5);
    journey.press("<ctrl-u> status:re <tab> <ctrl-p> <enter>").asks("status:not_yet_recruiting ");
}

#[test]
fn the_middle_of_a_query_is_completed_too() {
    let journey = Journey::sample().press("/ sta <space> liver <home> <right> <right> <tab>");
    let journey = journey.press("<enter>").asks("status: liver").press("recr <enter>");
    journey.asks("status:recruiting liver").finds(4);
}

#[test]
fn one_thing_that_fits_is_taken_and_nothing_is_said_to_be_nothing() {
    Journey::sample().press("/ kind:bio <tab>").asks("kind:biological ");
    let journey = Journey::sample().press("/ xyzzy <tab>").asks("xyzzy");
    journey.sees("there is nothing to complete here");
}

#[test]
fn a_click_takes_what_it_falls_on_and_elsewhere_leaves_the_line() {
    let journey = Journey::sample().press("/ status:re <tab>").click_on("not_yet_recruiting");
    let journey = journey.asks("status:not_yet_recruiting ").press("<ctrl-u> status:re <tab>");
    let journey = journey.sees("┌ Complete").click((100, 35)).misses("┌ Complete");
    journey.press("/").misses("┌ Complete").asks("status:re");
}

#[test]
fn an_empty_line_says_what_can_be_typed_and_lists_every_field() {
    let mut journey = Journey::sample().press("/");
    assert_snapshot!(journey.line(2).trim_end(), @"│  for example · lung cancer · phase 3 recruiting · sponsor:pfizer · country:France · -status:withdrawn       23 of 23 │");
    let mut journey = journey.press("<tab>");
    assert_snapshot!("fields", journey.screen());
    let mut narrow = Journey::sample().sized((40, 10)).press("/ <tab>");
    assert_snapshot!("fields_on_a_small_screen", narrow.screen());
}

#[test]
fn queries_of_this_run_come_back() {
    let journey = Journey::sample().press("/ liver <enter> / <ctrl-u> exosomes <enter> /");
    let journey = journey.press("<ctrl-u> kidn <up>").asks("exosomes").finds(1);
    let journey = journey.press("<up>").asks("liver").finds(19).press("<up>").asks("liver");
    let journey = journey.sees("there is no earlier query");
    let journey = journey.press("<down>").asks("exosomes").press("<down>").asks("kidn");
    let journey = journey.press("<down>").asks("kidn").sees("there is no later query");
    // What was made of an earlier query is a query of its own.
    let journey = journey.press("<up> <space> -acute <esc> / <ctrl-u> <up>");
    journey.asks("exosomes -acute").press("<up>").asks("exosomes");
}

#[test]
fn a_filter_is_part_of_a_query_that_comes_back() {
    let journey = Journey::sample().press("/ liver <enter> f j <space> <esc> / <ctrl-u> x <up>");
    journey.asks("liver status:recruiting").press("<up>").asks("liver");
}

#[test]
fn words_are_read_to_the_letter_while_they_are_typed() {
    let journey = Journey::sample().press("/ livr").finds(19).press("<ctrl-x>").finds(0);
    journey.sees("to the letter").press("<ctrl-x>").finds(19).asks("livr");
}
