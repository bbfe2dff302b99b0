//! The dashboard: counts of what was found, and filters that are made of them.

use insta::assert_snapshot;
use trialdex::ui::keymap::Keymap;
use trialdex::ui::theme::Theme;

use super::journey::{Journey, USUAL, study};
use crate::made::Made;

fn started(number: u32, date: &str, enrollment: u32, phases: &[&str]) -> Made {
    let study = study(number, "Of some kind").at("statusModule.startDateStruct.date", date);
    study.at("designModule.enrollmentInfo.count", enrollment).phases(phases.to_vec())
}

/// Four trials, one of which states next to nothing.
fn counted() -> Journey {
    let studies = [
        started(1, "2020-05", 20, &["PHASE1", "PHASE2"]),
        started(2, "2022", 150, &["PHASE2"]).status("COMPLETED"),
        started(3, "2022-01-31", 40, &["PHASE2"]),
        study(4, "Of no kind"),
    ];
    Journey::on(&studies).press("D")
}

#[test]
fn what_was_found_is_counted() {
    let mut journey = counted().sized((120, 12));
    assert_snapshot!(journey.screen(), @r"
     trialdex · studies.json · 4 trials                                                                   ? help  : commands
     4 trials · all of them                                                                                           1 of 9
    ┌ status ──────────────────────────────────────────────────┐┌ phase (several a trial) ─────────────────────────────────┐
    │▸  Recruiting ████████████████████████████████████ 3  75 %││   Phase 1    ████████████                         1  25 %│
    │   Completed  ████████████                         1  25 %││   Phase 2    ████████████████████████████████████ 3  75 %│
    │   not stated                                      0   0 %││   not stated ████████████                         1  25 %│
    └──────────────────────────────────────────────────────────┘└──────────────────────────────────────────────────────────┘




     Enter filter by the bar  → next field  ← previous field  u undo  Esc to the list
    ");
}

#[test]
fn a_bar_is_a_filter_and_takes_itself_back() {
    let journey = counted().press("<right> j <enter>").asks("phase:2").finds(3);
    let journey = journey.sees("3 trials · phase:2").sees("✓ Phase 2");
    let journey = journey.press("<right> <right>").sees("2022").press("<enter>");
    let mut journey = journey.asks("phase:2 start:2022").finds(2);
    assert!(journey.screen().contains("2 trials · phase:2 start:2022"));
    let journey = journey.press("<enter>").asks("phase:2").press("u").asks("phase:2 start:2022");
    let journey = journey.press("X").sees("4 trials · all of them");
    journey.press("u <esc>").asks("phase:2 start:2022").finds(2);
}

#[test]
fn a_key_waits_for_the_counts_that_it_means() {
    let journey = counted().press("<right> <right> <right>").slow().press("<enter> <enter>");
    journey.answer().asks("").sized(USUAL).answer().finds(4);
}

#[test]
fn a_bar_of_nothing_is_no_filter() {
    let journey = counted().press("<left> <enter>").asks("results:none");
    let journey = journey.press("<right> G <enter>").asks("results:none");
    journey.sees("each of these trials states its status: none to filter by");
}

#[test]
fn a_click_chooses_a_bar_and_a_second_one_filters() {
    let journey = counted().sized((120, 12)).click_on("Completed").asks("");
    journey.click_on("Completed").asks("status:completed").finds(1);
}

#[test]
fn it_is_legible_in_forty_columns_of_ascii() {
    let theme = Theme::named("mono").unwrap().in_ascii();
    let journey = Journey::configured(Keymap::default(), theme).sized((40, 10));
    let mut journey = journey.press("D <right> <right> <right> <right>");
    let screen = journey.screen();
    assert!(screen.is_ascii(), "{screen}");
    assert_snapshot!(screen, @r"
     trialdex - liver-fa~ ? help  : commands
     23 trials - all of them          5 of 9
    + enrollment --------------------------+
    |>  10-49      #                1   4 %|
    |   50-99      #                1   4 %|
    |   not stated ############### 21  91 %|
    +-- median 61, quartiles 45.5 and 76.5 +


     Enter filter by the bar  > next field
    ");
}

#[test]
fn with_two_hundred_columns_three_fields_stand_beside_each_other() {
    let mut journey = counted().sized((200, 10)).press("<left>");
    assert_snapshot!(journey.screen(), @r"
     trialdex · studies.json · 4 trials                                                                                                                                                   ? help  : commands
     4 trials · all of them                                                                                                                                                                           9 of 9
    ┌ condition (several a trial) ───────────────────────────────────┐┌ country (several a trial) ──────────────────────────────────────┐┌ results ────────────────────────────────────────────────────────┐
    │   not stated ██████████████████████████████████████████ 4 100 %││   not stated ███████████████████████████████████████████ 4 100 %││▸  not stated ███████████████████████████████████████████ 4 100 %│
    └────────────────────────────────────────────────────────────────┘└─────────────────────────────────────────────────────────────────┘└─────────────────────────────────────────────────────────────────┘




     Enter filter by the bar  → next field  ← previous field  u undo  Esc to the list
    ");
}
