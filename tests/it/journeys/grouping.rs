//! The list in groups: headings with counts, folding, and jumping from group to group.

use super::journey::{Journey, study};
use crate::made::Made;

const SIZES: [(u16, u16); 4] = [(200, 60), (120, 40), (80, 24), (40, 10)];

/// Trials of two phases, one of both, and one of none.
fn trials() -> [Made; 4] {
    [
        study(1, "Of the first phase").phases(["PHASE1"]).updated("2026-01-04"),
        study(2, "Of both phases").phases(["PHASE1", "PHASE2"]).updated("2026-01-03"),
        study(3, "Of the second phase").phases(["PHASE2"]).updated("2026-01-02"),
        study(4, "Of none").updated("2026-01-01"),
    ]
}

#[test]
fn a_list_in_groups_can_be_used_on_every_size() {
    for size in SIZES {
        let mut journey = Journey::on(&trials()).sized(size).press(": group<space>phase <enter>");
        journey =
            journey.sees("- Phase 1 · 2 trials").stands_on("NCT00000001").sees("1 of 2 in Phase 1");
        if size == (80, 24) {
            insta::assert_snapshot!("in_groups", journey.screen());
        }
        let journey = journey.press("} }").stands_on("NCT00000004").sees("- not stated · 1 trial");
        let journey = journey.sees("group 3 of 3").press("{ -").stands_on("NCT00000002");
        let journey = journey.sees("+ Phase 2 · 2 trials").press("<enter> j j");
        let journey = journey.stands_on("NCT00000003").sees("2 of 2 in Phase 2");
        let journey = journey.press("=").sees("+ Phase 2 · 2 trials").press("g");
        let journey = journey.sees("+ Phase 1 · 2 trials").sees("+ not stated · 1 trial");
        let journey = journey.press("= & g <enter>").misses("Phase 1 · 2 trials").finds(4);
        journey.press("}").sees("the list is in no groups");
    }
}

#[test]
fn a_trial_of_several_groups_stands_in_each_and_has_one_cursor() {
    let mut journey = Journey::on(&trials()).sized((120, 40)).press("& / phase <enter> j");
    journey = journey.stands_on("NCT00000002").finds(4);
    let screen = journey.screen();
    assert_eq!(
        screen.matches("Of both phases").count(),
        3,
        "twice in the list, and read:\n{screen}"
    );
    assert_eq!(screen.matches('▸').count(), 1, "{screen}");
    // From the trial one goes on in the list, past the heading.
    let journey = journey.press("<enter> J").stands_on("NCT00000002").press("J");
    let journey = journey.stands_on("NCT00000003").press("K K K").stands_on("NCT00000001");
    journey.press("<esc>").sees("1 of 2 in Phase 1");
}

#[test]
fn groups_stay_while_the_query_changes_and_a_click_folds() {
    let journey = Journey::on(&trials()).sized((120, 40)).press("& / phase <enter>");
    let journey = journey.click_on("- Phase 1").sees("+ Phase 1 · 2 trials");
    let journey = journey.press("/ both <enter>").finds(1).sees("+ Phase 1 · 1 trial");
    let journey = journey.sees("- Phase 2 · 1 trial").press("/ <ctrl-u> second <enter>");
    let journey = journey.sees("- Phase 2 · 1 trial").misses("Phase 1 · ");
    // Another field begins unfolded, and undo takes back queries, not groups.
    let journey = journey.press("u u").press("& / status <enter>").finds(4);
    journey.sees("- Recruiting · 4 trials").press("S").sees("- Recruiting · 4 trials");
}

#[test]
fn screening_goes_past_headings() {
    let journey = Journey::on(&trials()).sized((120, 40)).press("& / phase <enter> Z i");
    let journey = journey.stands_on("NCT00000002").press("i").stands_on("NCT00000003");
    journey.press("i").stands_on("NCT00000004").press("i").sees("NCT00000004: include");
}
