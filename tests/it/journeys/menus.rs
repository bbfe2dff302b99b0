//! Menus, the palette, the help, and the effects that they ask for.

use std::sync::Arc;

use insta::assert_snapshot;
use trialdex::app::App;
use trialdex::dataset::Dataset;
use trialdex::load::{BadRecord, Place};
use trialdex::session::Task;

use super::journey::{Journey, store, study};

fn copied(journey: &Journey) -> &str {
    match journey.tasks.last() {
        Some(Task::Copy { text, .. }) => text,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_list_is_put_in_another_order() {
    let mut journey = Journey::sample().sized((80, 24)).press("s");
    assert_snapshot!(journey.screen(), @r"
     trialdex · liver-failure.json · 23 trials                    ? help  : commands
    ┌ Search  / ───────────────────────────────────────────────────────────────────┐
    │ ty┌ Order ───────────────────────────────────────────────────────────────┐23 │
    └───│  / narrows                                                           │───┘
    ┌ Tr│                                                                      │───┐
    │▸ ●│▸ best match, then last update                                    now │n… │
    │   │  last update, newest first                                           │   │
    │  ●│  last update, oldest first                                           │r… │
    │   │  start, newest first                                                 │ti…│
    │  ✕│  start, oldest first                                                 │ia…│
    │   │  enrollment, most first                                              │   │
    │  ■│  enrollment, fewest first                                            │   │
    │   │  id, lowest first                                                    │   │
    │  ■│  id, highest first                                                   │ou…│
    │   │  title, A to Z                                                       │   │
    │  ■│  title, Z to A                                                       │an…│
    │   │  status, recruiting first                                            │   │
    │  ■│  status, recruiting last                                             │   │
    │   │  phase, earliest first                                               │   │
    │  ◉│  phase, latest first                                                 │vi…│
    │   │  sponsor, A to Z                                                     │   │
    │   │  sponsor, Z to A                                                     │   │
    └───└──────────────────────────────────────────────────────────── 17 of 17 ┘23 ┘
     Enter choose  j down  k up  Esc close
    ");
    let journey = journey.press("/ title <enter>").asks("sort:title");
    let journey = journey.sees("by title, A to Z").stands_on("NCT06242405");
    let journey = journey.press("S").asks("sort:reverse-title").sees("by title, Z to A");
    let journey = journey.press("u u").asks("");
    journey.press("S").asks("sort:reverse-updated");
}

#[test]
fn another_order_shows_what_comes_first_in_it() {
    let journey = Journey::sample().press("j").stands_on("NCT05871463").press("s / id <enter>");
    journey.stands_on("NCT00656266").sees("by id, lowest first");
}

#[test]
fn parts_of_a_trial_are_copied() {
    let journey = Journey::sample().press("y").sees("Copy").press("<enter>");
    assert_eq!(copied(&journey), "NCT06904755");
    let journey = journey.misses("whole text").sees("copied the id of NCT06904755");
    let journey = journey.press("y / addr <enter>");
    assert_eq!(copied(&journey), "https://clinicaltrials.gov/study/NCT06904755");
    let journey = journey.press("y / nlm <enter>").sees("copied the citation (NLM) of NCT06904755");
    let cited = "ClinicalTrials.gov [Internet]. Bethesda (MD): National Library of Medicine (US). 2000 Feb 29 - . \
                 Identifier NCT06904755, Safety and Effectiveness of Mesenchymal Stem Cells in Blood Purification for the \
                 Treatment of Liver Failure; [cited 2026 Feb 15]. Available from: \
                 https://clinicaltrials.gov/study/NCT06904755";
    assert_eq!(copied(&journey), cited);
    let journey = journey.press("y / bibtex <enter>");
    assert!(
        copied(&journey).starts_with('@') && copied(&journey).ends_with('}'),
        "{}",
        copied(&journey)
    );
    let journey = journey.press("y / criteria <enter>").sees("copied the criteria of NCT06904755");
    assert!(copied(&journey).contains("Inclusion Criteria"), "{}", copied(&journey));
    let journey = journey.press("y <down><down> <enter>");
    assert!(copied(&journey).starts_with("Safety and Effectiveness of Mesenchymal"));
    let journey = journey.press("y / whole <enter>").sees("copied the whole text of NCT06904755");
    assert!(copied(&journey).contains("\n\nEligibility\n"), "{}", copied(&journey));
    assert!(copied(&journey).lines().all(|line| line.chars().count() <= 80));
}

#[test]
fn the_page_of_a_trial_opens_in_the_web_browser() {
    for keys in ["o", "<enter> o"] {
        let journey = Journey::sample().press(keys);
        let address = "https://clinicaltrials.gov/study/NCT06904755";
        assert_eq!(journey.tasks, [Task::OpenUrl(address.to_owned())]);
        journey
            .sees("opened https://clinicaltrials.gov/study/NCT06904755")
            .press("j")
            .misses("opened");
    }
}

#[test]
fn a_command_is_run_by_its_name() {
    let journey = Journey::sample().press(":").sees("▸ Search for trials").press("swap");
    let journey = journey.sees("1 of ").press("<esc>").misses("Commands");
    let journey = journey.press(": bottom <enter>").stands_on("NCT06825572");
    let journey = journey.press(": comp pinn <enter>").sees("then compares the two");
    let journey = journey.press(": sort <enter>").sees("┌ Order").press("<esc>");
    assert!(journey.press(": quit-now <enter>").has_quit());
}

#[test]
fn a_task_is_found_by_what_people_call_it() {
    for (typed, first) in [
        ("export", "Save: CSV"),
        ("csv", "Save: CSV"),
        ("w", "Save: CSV"),
        ("theme", "Change the colours"),
        ("color", "Change the colours"),
        ("notes", "Write a note"),
        ("note", "Write a note"),
        ("patient", "Find trials for a person"),
        ("timeline", "Dates on a line"),
        ("shortcuts", "Keys and signs"),
        ("quit", "Quit the program"),
        ("q", "Quit the program"),
        ("exit", "Quit the program"),
        ("clear-filters", "clear-filters: "),
        ("sort", "Sort the list"),
        ("group<space>phase", "group phase"),
    ] {
        Journey::sample().press(":").press(typed).sees(&format!("▸ {first}"));
    }
    assert!(Journey::sample().press(":q<enter>").has_quit());
}

#[test]
fn the_colours_are_changed_while_the_program_runs() {
    let mut journey = Journey::sample().press(":theme<enter>").sees("▸ dark");
    let coloured = |journey: &mut Journey| {
        journey.buffer().content.iter().any(|cell| cell.fg != ratatui::style::Color::Reset)
    };
    assert!(coloured(&mut journey));
    let mut journey = journey.press("/mono<enter>").sees("the next start has these colours too");
    assert!(!coloured(&mut journey));
    journey.press("<ctrl-t>").sees("▸ mono");
}

#[test]
fn help_is_searched() {
    let journey = Journey::sample().press("?/").press("pinned<space>key");
    let journey =
        journey.sees("In a comparison").sees("key facts of all pinned trials").misses("To the top");
    let journey = journey.press("<enter>").sees("/pinned key").press("<esc>").sees("To the top");
    let journey = journey.press("/xyzzy").sees("nothing has these words").press("<esc><esc>");
    journey
        .misses("Help ─")
        .press("?/recruiting")
        .sees("●")
        .sees("Recruiting")
        .misses("?   Recruiting");
}

#[test]
fn a_menu_narrows_by_typing_even_when_misspelt() {
    let journey =
        Journey::sample().press("s / enrl").sees("2 of 17").sees("enrollment, most first");
    let journey = journey.press("<backspace><backspace><backspace><backspace>").sees("17 of 17");
    let journey = journey.press("xyzzy").sees("0 of 17").press("<enter>").sees("0 of 17");
    journey.press("<esc>").asks("");
}

#[test]
fn help_shows_the_keys_of_the_place_first() {
    for (keys, heading) in [
        ("?", "Move"),
        ("f ?", "In the filters"),
        ("<enter> ?", "In a trial"),
        ("<space> j <space> c ?", "In a comparison"),
    ] {
        let mut journey = Journey::sample().sized((80, 24)).press(keys);
        assert!(journey.line(2).contains(heading), "{keys}: {}", journey.screen());
        let journey = journey.press("<esc>").misses("Help ─");
        journey.press("<f1>").sees("Help ─").press("q").misses("Help ─");
    }
}

#[test]
fn help_can_be_read_to_its_end() {
    let mut journey = Journey::sample().sized((80, 24)).press("<enter> ?");
    assert_snapshot!("help", journey.screen());
    let journey =
        journey.press("G").sees("not stated by all of them").press("g").sees("In a trial");
    journey.press("<pgdn>").misses("In a trial").press("j k ?").misses("Help ─");
}

#[test]
fn skipped_records_are_listed_with_place_and_reason() {
    let bad = |within: &str| BadRecord {
        place: Place { file: Arc::from("trials.json"), within: within.to_owned() },
        reason: "not JSON: expected value at column 3".to_owned(),
    };
    let store = store(&[study(1, "A trial")]);
    let journey = Journey::starting(App::default()).sized((80, 24));
    let dataset =
        Dataset { bad: vec![bad("line 2"), bad("line 7")], skipped: 2, ..Dataset::from(store) };
    let mut journey = journey.loaded(dataset);
    journey = journey.sees("2 skipped: !").press("!");
    assert_snapshot!(journey.screen(), @r"
     trialdex · studies.json · 1 trial · 2 skipped: !             ? help  : commands
    ┌ Search  / ───────────────────────────────────────────────────────────────────┐
    │ type / and words: a condition, a drug, a sponsor, an id               1 of 1 │
    └──────────────────────────────────────────────────────────────────────────────┘
    ┌ Trials · by last update, newest first ───────────────────────────────────────┐
    │▸ ● A trial                                                                   │
    │    NCT00000001 · Recruiting                                                  │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │   ┌ Skipped records ─────────────────────────────────────────────────────┐   │
    │   │  / narrows                                                           │   │
    │   │▸ trials.json line 2: not JSON: expected value at column 3            │   │
    │   │  trials.json line 7: not JSON: expected value at column 3            │   │
    │   └────────────────────────────────────────────────────────────── 2 of 2 ┘   │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    └────────────────────────────────────────────────────────────────────── 1 of 1 ┘
     Enter choose  j down  k up  Esc close
    ");
    let journey = journey.press("/ 7").sees("1 of 2").press("<enter>").misses("Skipped");
    let line = "trials.json line 7: not JSON: expected value at column 3";
    assert!(matches!(&journey.tasks[..], [Task::Copy { text, .. }] if text == line));
    Journey::sample().press("!").sees("every record was read");
}

#[test]
fn more_records_can_be_skipped_than_are_listed() {
    let place = Place { file: Arc::from("trials.json"), within: "line 2".to_owned() };
    let bad = vec![BadRecord { place, reason: "torn".to_owned() }];
    let dataset = Dataset { bad, skipped: 12_346, ..Dataset::from(store(&[study(1, "A trial")])) };
    let journey = Journey::starting(App::default()).loaded(dataset);
    let journey = journey.sees("12,346 skipped: !").press("!").sees("trials.json line 2: torn");
    let journey = journey.sees("and 12,345 more, which are not listed").press("G <enter>");
    assert!(journey.misses("┌ Skipped").tasks.is_empty());
}

#[test]
fn a_menu_is_walked_as_lists_are_until_one_types() {
    let journey = Journey::sample().press("s j G k g j j <space>").asks("sort:reverse-updated");
    let journey = journey.press("s").sees("▸ last update, oldest first").press("q").misses("Order");
    journey.press("s / q").sees("│/ q").press("<esc>").misses("┌ Order");
}

#[test]
fn the_outline_begins_at_the_section_that_is_read() {
    let keys = "/ sun<space>yat <enter> <enter> } } } O";
    Journey::sample().sized((80, 24)).press(keys).sees("▸ Eligibility");
}
