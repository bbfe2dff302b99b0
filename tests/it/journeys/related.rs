//! The list of related trials, and going on from it.

use insta::assert_snapshot;

use super::journey::{Journey, study};

/// The related trials of the Sun Yat-sen trial.
fn related() -> Journey {
    Journey::sample().press("/ sun<space>yat <enter> r")
}

#[test]
fn related_trials_say_what_they_share() {
    let mut journey = related().sized((100, 14));
    assert_snapshot!(journey.screen(), @r"
     trialdex · liver-failure.json · 23 trials · data of 2 Sep 2025                   ? help  : commands
    ┌ Related to NCT06825572 · MSC-EVs in Acute/ Acute-on-Chronic Liver Failure After Liver Transplan… ┐
    │▸ ○ NCT03863002 Ph1/2  Safety and Efficacy of Mesenchymal Stem Cell Transplantation for Acute-on-…│
    │    Not yet recruiting · both say: mesenchymal stem cell, acute on chronic liver failure, transpl…│
    │  ● NCT06904755 Ph1    Safety and Effectiveness of Mesenchymal Stem Cells in Blood Purification f…│
    │    Recruiting · same condition: Liver Failure; both say: mesenchymal stem                        │
    │  ✕ NCT05881668 Ph1    MSC-EV in Acute-on-Chronic Liver Failure After Liver Transplantation       │
    │    Withdrawn · both say: msc, acute on chronic liver failure after liver transplantation         │
    │  ● NCT05871463 Ph2    Effect of Mesenchymal Stem Cells-derived Exosomes in Decompensated Liver C…│
    │    Recruiting · both say: mesenchymal stem, liver                                                │
    │  ■ NCT02457637        Chinese CLIF-C Acute-on-Chronic Liver Disease and Liver Failure Study      │
    │    Completed · both say: acute on chronic liver, liver failure                                   │
    └───────────────────────────────────────────────────────────────────────────────────────── 1 of 13 ┘
     Enter read  Space pin  c compare  r related to it  y copy  o open page  Esc close
    ");
}

#[test]
fn one_goes_to_a_related_trial_and_back_to_the_list() {
    let journey = related().press("j <enter>").sees("visit · NCT06904755 · ● Recruiting");
    let journey = journey.press("<esc>").sees("Related to NCT06825572").sees("2 of");
    journey.press("<esc>").misses("Related to").stands_on("NCT06825572").asks("sun yat");
}

#[test]
fn next_and_previous_are_those_of_the_list_of_related_trials() {
    let journey = related().press("<enter> J J K J").sees("visit · NCT05881668 · ✕ Withdrawn");
    journey.press("q").sees("Related to NCT06825572").sees("3 of");
}

#[test]
fn a_related_trial_can_be_pinned_compared_copied_and_opened_where_it_is_listed() {
    let journey = related().press("<space>").sees("NCT03863002 is pinned");
    assert_eq!(journey.pins(), ["NCT03863002"]);
    let journey = journey.press("o").sees("opened https://clinicaltrials.gov/study/NCT03863002");
    let journey = journey.press("j y <enter>").sees("copied the id of NCT06904755");
    let journey = journey.sees("2 of 13").press("c").sees("NCT03863002").sees("NCT06904755");
    assert_eq!(journey.pins(), ["NCT03863002", "NCT06904755"]);
}

#[test]
fn with_nothing_pinned_a_related_trial_is_compared_with_the_one_it_is_related_to() {
    let journey = related().press("c").misses("Related to");
    assert_eq!(journey.pins(), ["NCT06825572", "NCT03863002"]);
}

#[test]
fn related_trials_have_related_trials() {
    let journey = related().press("j r").sees("Related to NCT06904755");
    let journey = journey.press("<enter>").sees("NCT06825572 · ○").press("<esc>");
    let journey =
        journey.sees("Related to NCT06904755").press("<esc>").sees("Related to NCT06825572");
    journey.press("<esc>").misses("Related to").stands_on("NCT06825572");
}

#[test]
fn a_trial_that_shares_nothing_says_so() {
    let lonely = Journey::on(&[study(1, "Lonely")]).press("r");
    lonely
        .sees("NCT00000001 is related to no trial here: there is no other trial")
        .misses("Related to");
}

#[test]
fn clicks_select_and_show() {
    let journey = related().click_on("NCT06904755").sees("Related to").sees("2 of");
    journey.click_on("NCT06904755").sees("visit · NCT06904755 · ● Recruiting");
}

#[test]
fn a_comparison_begun_in_the_list_leads_back_to_it() {
    let journey = Journey::sample().press("/ exosome <enter> r c").sees("Comparison");
    journey.press("<esc>").sees("Related to NCT05871463");
}

#[test]
fn related_trials_and_comparisons_lead_back_the_way_they_came() {
    let journey = related().sees("Related to NCT06825572").press("j c").sees("Comparison ─");
    let mut journey = journey.press("r").sees("Related to NCT06825572").press("j j c");
    assert_eq!(journey.pins(), ["NCT06825572", "NCT05881668", "NCT06904755"]);
    journey = journey.sees("Comparison ─").press("<esc>").sees("3 of 13");
    journey = journey.press("<esc>").sees("Comparison ─").press("<esc>").sees("2 of 13");
    journey.press("<esc>").misses("Related to").sees("q quit");
}

#[test]
fn what_is_compared_from_a_list_is_on_the_screen() {
    let journey = related().press("<space> j <space> j c").sees("Comparison ─");
    assert_eq!(journey.pins(), ["NCT03863002", "NCT05881668", "NCT06904755"]);
    journey.sees("NCT05881668").misses("  NCT06904755 ");
}

#[test]
fn help_and_commands_open_above_a_page_and_lead_back_to_it() {
    for key in ["?", ":"] {
        let journey = Journey::sample().press("/ exosome <enter> r").press(key).sees("Esc close");
        let journey = journey.press("<esc>").sees("Related to NCT05871463").sees("r related to it");
        journey.press("<esc>").misses("Related to");
    }
}
