//! Two trials side by side.

use insta::assert_snapshot;
use ratatui::style::Modifier;
use serde_json::json;

use trialdex::session::{Content, Task};

use super::journey::{Journey, study};
use crate::made::Made;

/// A made-up trial of `cells` in so many participants.
fn trial(number: u32, phase: &str, count: u32) -> Made {
    study(number, &format!("Cells {number}"))
        .sponsor("Example University")
        .at("descriptionModule.briefSummary", format!("A trial of cells in {count} adults."))
        .conditions(["Liver Failure"])
        .at("designModule.studyType", "INTERVENTIONAL")
        .phases([phase])
        .at("designModule.enrollmentInfo.count", count)
}

/// Four trials, of which the first three are pinned and compared.
fn three_pinned() -> Journey {
    let last = trial(4, "PHASE4", 400).at("designModule", json!({}));
    let trials = [trial(1, "PHASE1", 10), trial(2, "PHASE2", 20), trial(3, "PHASE3", 30), last];
    Journey::on(&trials).sized((80, 30)).press("<space> j <space> j <space> c w <enter>")
}

/// The two ids at the head of the comparison.
fn heads(journey: &mut Journey) -> Vec<String> {
    let line = journey.line(5);
    line.split_whitespace().filter(|word| word.starts_with("NCT")).map(str::to_owned).collect()
}

#[test]
fn two_pinned_trials_are_compared_field_by_field() {
    let mut journey = three_pinned().sized((80, 31));
    assert_snapshot!(journey.screen(), @r"
     trialdex · studies.json · 4 trials · 3 pinned                ? help  : commands
    ┌ Search  / ───────────────────────────────────────────────────────────────────┐
    │ type / and words: a condition, a drug, a sponsor, an id               4 of 4 │
    └──────────────────────────────────────────────────────────────────────────────┘
    ┌ Comparison ──────────────────────────────────────────────────────────────────┐
    │  NCT00000001                            NCT00000002                          │
    │  Cells 1                                Cells 2                              │
    │  ● Recruiting · Phase 1 · Example Un…   ● Recruiting · Phase 2 · Example Un… │
    │                                                                              │
    │Key facts                              │                                      │
    │≠ Title                                │                                      │
    │  Cells 1                              │ Cells 2                              │
    │= Status                               │                                      │
    │  Recruiting                           │ Recruiting                           │
    │≠ Phase                                │                                      │
    │  Phase 1                              │ Phase 2                              │
    │= Study type                           │                                      │
    │  Interventional                       │ Interventional                       │
    │≠ Enrollment                           │                                      │
    │  10 participants                      │ 20 participants                      │
    │                                       │ → NCT00000002 has 10 more            │
    │                                       │   participants                       │
    │= Lead sponsor                         │                                      │
    │  Example University                   │ Example University                   │
    │= Conditions                           │                                      │
    │  • Liver Failure                      │ • Liver Failure                      │
    │Summary                                │                                      │
    │≠ Brief summary                        │                                      │
    │  A trial of cells in 10 adults.       │ A trial of cells in 20 adults.       │
    └─────────────────────────────────────────────────────────────── 5 differences ┘
     w key facts  J next trial  d differences only  ] next  O shared  s swap  / find
    ");
    let (x, y) = journey.place_of("10 adults");
    assert!(journey.cell((x, y)).modifier.contains(Modifier::UNDERLINED), "a word that differs");
    assert!(!journey.cell((x + 4, y)).modifier.contains(Modifier::UNDERLINED), "one that does not");
}

#[test]
fn on_a_wide_screen_labels_stand_beside_what_the_trials_say() {
    let mut journey = three_pinned().sized((130, 30)).sees("≠ Phase               Phase 1 ");
    assert!(journey.line(9).contains("Key facts"), "{}", journey.screen());
    let journey = journey.press("]").sees("difference 1 of 5").press("/ university");
    journey.sees("1 of 1 found").sized((100, 30)).misses("Phase               Phase 1 ");
}

#[test]
fn with_one_pin_the_selected_trial_is_the_other() {
    let mut journey = Journey::sample().press("<space> j j c");
    assert_eq!(journey.pins(), ["NCT06904755", "NCT00656266"]);
    assert_eq!(heads(&mut journey), ["NCT06904755", "NCT00656266"]);
}

#[test]
fn without_pins_the_screen_says_how_to_compare() {
    let journey = Journey::sample()
        .press("c")
        .sees("pin a trial with Space; c on another one then compares the two");
    let journey = journey.press("j").misses("then compares the two").press("k <space> k c");
    journey.sees("then compares the two");
}

#[test]
fn a_pin_is_shown_and_taken_off() {
    let mut journey = Journey::sample().press("<space>").stands_on("NCT06904755").sees("1 pinned");
    assert!(journey.line(5).contains("▸◆● Safety and Effectiveness"));
    let journey = journey.sees("NCT06904755 is pinned (1): with another one it can be compared");
    let journey = journey.press("<space>").sees("NCT06904755 is no longer pinned; 0 left");
    let journey = journey.press("j").misses("pinned");
    let journey = journey.press("g").press(&"<space> j ".repeat(22)).press("<space>");
    assert_eq!(journey.pins().len(), 20);
    journey.sees("20 trials are pinned already");
}

#[test]
fn only_the_differences_are_shown_on_demand() {
    let journey = three_pinned().sees("= Conditions").press("d").misses("= ");
    let journey = journey.sees("differences only ─").sees("≠ Phase");
    journey.press("d").sees("= Conditions");
}

#[test]
fn brackets_walk_the_differences_and_count_them() {
    let journey = three_pinned().sized((80, 20)).sees("5 differences");
    let mut journey = journey.press("]").sees("difference 1 of 5");
    let row = |journey: &mut Journey| journey.line(9);
    assert!(row(&mut journey).contains("≠ Title"), "{}", row(&mut journey));
    let mut journey = journey.press("] ]").sees("difference 3 of 5");
    assert!(row(&mut journey).contains("≠ Enrollment"), "{}", row(&mut journey));
    let mut journey = journey.press("[").sees("difference 2 of 5");
    assert!(row(&mut journey).contains("≠ Phase"), "{}", row(&mut journey));
    journey.press("] ] ] ] ] ] ]").sees("difference 5 of 5").press("k").sees("5 differences");
}

#[test]
fn the_sides_change_places() {
    let mut journey = three_pinned().press("s");
    assert_eq!(heads(&mut journey), ["NCT00000002", "NCT00000001"]);
    assert_eq!(heads(&mut journey.press("s")), ["NCT00000001", "NCT00000002"]);
}

#[test]
fn of_three_pinned_trials_the_second_side_shows_one_after_the_other() {
    let mut journey = three_pinned();
    for right in ["NCT00000002", "NCT00000003", "NCT00000002"] {
        assert_eq!(heads(&mut journey), ["NCT00000001", right]);
        journey = journey.press("J");
    }
    assert_eq!(heads(&mut journey.press("K")), ["NCT00000001", "NCT00000002"]);
}

#[test]
fn both_sides_scroll_as_one_below_their_heads() {
    let mut journey = three_pinned().sized((80, 20));
    let before = journey.screen();
    let mut journey = journey.press("j j j");
    let after = journey.screen();
    let body = |screen: &str| screen.lines().map(str::to_owned).collect::<Vec<_>>();
    let (before, after) = (body(&before), body(&after));
    assert_eq!(before[..9], after[..9]);
    assert_eq!(before[12..18], after[9..15]);
    assert_eq!(body(&journey.press("g").screen()), before);
}

#[test]
fn escape_leads_back_to_the_list_and_keeps_the_pins() {
    let journey = three_pinned().press("<esc>").sees("Trials ·").sees("3 pinned");
    journey.press("4").sees("Comparison").press("q").sees("Trials ·");
}

#[test]
fn the_difference_that_was_gone_to_is_marked_even_where_nothing_moves() {
    let mut journey = three_pinned().sized((80, 60)).press("] ]");
    let (x, y) = journey.place_of("≠ Phase");
    assert!(journey.cell((x, y)).modifier.contains(Modifier::REVERSED));
    let (x, y) = journey.place_of("≠ Title");
    assert!(!journey.cell((x, y)).modifier.contains(Modifier::REVERSED));
}

#[test]
fn every_pin_is_taken_off_at_once() {
    let journey = Journey::sample().press("<space> j <space>").sees("2 pinned").press("U");
    let journey = journey.sees("2 taken off").press("j").misses("pinned");
    assert!(journey.pins().is_empty());
}

#[test]
fn numbers_say_by_how_much_they_differ() {
    let journey = three_pinned().sized((130, 40));
    journey.sees("│ → NCT00000002 has 10 more participants ");
}

#[test]
fn sections_fold_and_unfold_in_place() {
    let journey = three_pinned().sees("≠ Title").sees("5 differences");
    let journey = journey.press("-").sees("Key facts … 7 fields, 3 not equal").misses("≠ Title");
    let journey = journey.sees("5 differences").press("]").sees("difference 4 of 5");
    let journey = journey.press("g -").sees("Summary … 1 field, 1 not equal");
    let journey = journey.press("+").sees("≠ Title").sees("Summary …");
    let journey = journey.press("=").misses("Summary …").press("=");
    journey.sees("Key facts …").sees("Identifiers …");
}

#[test]
fn a_text_is_looked_for_even_where_it_is_folded_away() {
    let journey = three_pinned().press("= /").press("adults").sees("1 of 1 found");
    let mut journey = journey.press("<enter>");
    let (x, y) = journey.place_of("adults");
    assert!(journey.cell((x, y)).modifier.contains(Modifier::UNDERLINED));
    let journey = journey.press("<esc>").sees("Key facts …");
    let journey = journey.press("= / trial <enter>").sees("1 of 1 found").press("n N");
    journey.sees("1 of 1 found").press("<esc> n").sees("difference 2 of 5");
}

#[test]
fn all_pinned_trials_stand_in_columns() {
    let mut journey = three_pinned().sized((100, 30)).press("c");
    assert_eq!(heads(&mut journey), ["NCT00000001", "NCT00000002", "NCT00000003"]);
    let journey = journey.sees("Comparison of 3 ─").sees("= Conditions").sees("≠ Phase");
    let mut journey = journey.sees("│ → NCT00000003 has 20 more ");
    assert!(journey.line(15).contains("Phase 1"), "{}", journey.screen());
    assert!(journey.line(15).contains("Phase 3"), "{}", journey.screen());
    let mut journey = journey.press("s");
    assert_eq!(heads(&mut journey), ["NCT00000002", "NCT00000003", "NCT00000001"]);
    let mut journey = journey.press("w <enter>");
    assert_eq!(heads(&mut journey), ["NCT00000002", "NCT00000003"]);
}

#[test]
fn where_there_is_no_room_for_all_the_others_are_a_key_away() {
    let mut journey = three_pinned().sized((60, 20)).press("c");
    assert_eq!(heads(&mut journey), ["NCT00000001", "NCT00000002"]);
    let mut journey = journey.sees("Comparison of 3, 2 of them in sight").press("J");
    assert_eq!(heads(&mut journey), ["NCT00000001", "NCT00000003"]);
    journey.press("]]]").sees("│ → NCT00000003 has 20 more ");
}

#[test]
fn two_trials_make_no_matrix() {
    let journey = Journey::sample().press("<space> j <space> c w");
    journey.sees("pin a third trial to see all of them in a table").press("j").sees("Comparison ─");
}

#[test]
fn what_the_trials_share_is_a_page() {
    let mut journey = three_pinned().sized((60, 20)).press("O");
    assert_snapshot!(journey.screen(), @r"
     trialdex · studies.json · 4 trials       ? help  : commands
    ┌ What they share ─────────────────────────────────────────┐
    │1 NCT00000001  2 NCT00000002  3 NCT00000003               │
    │1 2 3                                                     │
    │Conditions  1 of 1 shared                                 │
    │● ● ● Liver Failure                                       │
    │                                                          │
    │Sponsors and collaborators  1 of 1 shared                 │
    │● ● ● Example University                                  │
    │                                                          │
    │                                                          │
    │                                                          │
    │                                                          │
    │                                                          │
    │                                                          │
    │                                                          │
    │                                                          │
    │                                                          │
    └──────────────────────────────────────────────── 2 shared ┘
     d only what is shared, or everything  / find  j down  k up
    ");
    let journey =
        journey.press("d").sees("only that").press("d / uni <enter>").sees("1 of 1 found");
    let journey = journey.press("<esc>").sees("What they share").press("<esc>");
    journey.sees("Comparison ─").press("O").sees("What they share").press("q").sees("Comparison ─");
}

/// What was asked to be saved last: the name of the file, and the content when that is a text.
fn saved(journey: &Journey) -> (String, String) {
    let saved = journey.tasks.iter().rev().find_map(|task| match task {
        Task::Save { name, content, .. } => Some((name, content)),
        _ => None,
    });
    let (name, content) = saved.expect("something was saved");
    let text = match content {
        Content::Text(text) => text.clone(),
        Content::Studies(studies, writing) => {
            format!("{} as {:?}", studies.len(), writing.format)
        }
    };
    (format!("{}.{}", name.stem, name.extension), text)
}

#[test]
fn the_comparison_on_the_screen_is_saved_in_a_form() {
    let journey = three_pinned().press("e").sees("this comparison as Markdown");
    let journey = journey.press("/html <enter>");
    let (name, text) = saved(&journey);
    assert_eq!(name, "trialdex-NCT00000001-NCT00000002.html");
    assert!(text.starts_with("<!DOCTYPE html>") && text.contains("Liver Failure"), "{text}");
    let journey = journey.sees("wrote trialdex-NCT00000001-NCT00000002.html: the comparison of");
    let journey = journey.press("d e /csv <enter>");
    let (_, text) = saved(&journey);
    assert!(text.contains("differs") && !text.contains("equal"), "differences only: {text}");
    let journey = journey.sized((120, 30)).press("d c e <enter>");
    let (name, text) = saved(&journey);
    assert_eq!(name, "trialdex-NCT00000001-NCT00000002-NCT00000003.md");
    assert!(text.starts_with("<!-- Exported from studies.json, "), "{text}");
    assert!(text.contains(" -->\n\n# NCT00000001, NCT00000002 and NCT00000003\n"), "{text}");
}

#[test]
fn a_trial_or_all_that_were_found_are_saved_from_the_list() {
    let journey = three_pinned().press("<esc> e").sees("NCT00000003 as JSON, as the registry");
    let journey = journey.press("<enter>");
    assert_eq!(saved(&journey), ("trialdex-NCT00000003.json".to_owned(), "1 as Json".to_owned()));
    let journey = journey.press("e /found<space>as<space>csv <enter>");
    assert_eq!(saved(&journey), ("trialdex-4-trials.csv".to_owned(), "4 as Csv".to_owned()));
    journey.sees("wrote trialdex-4-trials.csv: 4 trials");
}

/// Seven pinned trials, the last of which says little.
fn seven_pinned(size: (u16, u16)) -> Journey {
    let trials: Vec<Made> = (1..=6).map(|number| trial(number, "PHASE2", 10 * number)).collect();
    let trials = [trials, vec![study(7, "What says little")]].concat();
    Journey::on(&trials).sized(size).press(&"<space> j ".repeat(7)).press("c")
}

#[test]
fn three_and_more_open_in_columns_and_their_key_facts_scroll_sideways() {
    for size in [(200, 60), (120, 40), (80, 24), (40, 10)] {
        let mut journey = seven_pinned(size);
        journey = journey.sees("Comparison of 7");
        let journey = journey.press("w").sees("Key facts of 7").sees("NCT00000001");
        let journey = journey.press("> > > > > >").sees("NCT00000007");
        // The one that is held and the one at the cursor are compared.
        let journey = journey.press("<enter>").sees("┌ Comparison ─");
        assert_eq!(journey.pins()[..2], ["NCT00000001", "NCT00000007"], "{size:?}");
        // The table can be left, and all stand in columns again.
        let journey =
            journey.press("w").sees("Key facts of 7").press("<esc>").sees("┌ Comparison ─");
        journey.press("<esc> c").sees("Comparison of 7");
    }
}

#[test]
fn a_held_trial_is_compared_with_the_one_at_the_cursor() {
    let journey = seven_pinned((120, 40))
        .press("w > <space> > >")
        .sees("in focus: NCT00000002 and NCT00000004");
    let mut journey = journey.sees("≠ Enrollment").sees("∅ Phase").press("<enter>");
    assert_eq!(heads(&mut journey), ["NCT00000002", "NCT00000004"]);
    assert_eq!(journey.pins().len(), 7);
}

#[test]
fn what_a_trial_has_more_of_stands_in_its_column_alone() {
    for (size, keys) in [((80, 30), ""), ((130, 30), ""), ((100, 30), "c")] {
        let mut journey = three_pinned().sized(size).press(keys);
        let (x, y) = journey.place_of("→ NCT");
        let bar = |journey: &mut Journey, y: u16| -> Vec<u16> {
            (0..size.0).filter(|&x| journey.cell((x, y)).symbol() == "│").collect()
        };
        // The lines between the columns stand beside it as they do above it.
        assert_eq!(
            bar(&mut journey, y),
            bar(&mut journey, y - 1),
            "{size:?}: {}",
            journey.screen()
        );
        assert!(x > size.0 / 3, "it has more on the right: {}", journey.screen());
    }
}

#[test]
fn each_of_many_trials_has_a_letter_on_the_line_of_time() {
    let journey = seven_pinned((120, 40)).press("T").sees("The dates of 7 trials");
    journey.sees("A NCT00000001").sees("G NCT00000007").sees("a estimated");
}
