//! The record as JSON, and the menu of its links.

use serde_json::json;
use trialdex::session::Task;

use super::journey::{Journey, study};

fn raw() -> Journey {
    Journey::on(&[study(1, "A trial").phases(["PHASE1", "PHASE2"])]).press("v")
}

fn copied(journey: &Journey) -> &str {
    let copied = journey.tasks.iter().rev().find_map(|task| match task {
        Task::Copy { text, .. } => Some(text.as_str()),
        _ => None,
    });
    copied.expect("something was copied")
}

#[test]
fn the_json_is_a_tree_that_folds() {
    let journey = raw().sees("NCT00000001 · JSON").sees("protocolSection: { 3 keys }");
    let journey = journey.misses("PHASE1").press("G <enter> j").sees("phases: [ 2 entries ]");
    let journey = journey.press("+ j").sees("protocolSection.designModule.phases[0]");
    let journey = journey.press("- -").misses("PHASE1").sees("protocolSection.designModule ");
    let journey = journey.press("=").sees("PHASE2").press("=").misses("designModule");
    journey.press("<esc>").misses("JSON");
}

#[test]
fn words_are_found_in_what_is_folded() {
    let journey = raw().press("/ phase").sees("designModule.phases · 1 of 3 found");
    let journey = journey.press("<enter> n").sees("phases[0] · 2 of 3 found").press("N N");
    let journey = journey.sees("3 of 3 found").press("/ xyzzy").sees("not found").press("<esc>");
    journey.sees("JSON").misses("found").press("q").misses("JSON");
}

#[test]
fn paths_and_values_are_copied() {
    let journey = raw().press("/ phase2 <enter> <esc> y").sees("whole JSON").press("<enter>");
    let mut journey = journey.sees("copied the path in NCT00000001").sees("JSON");
    assert_eq!(copied(&journey), "protocolSection.designModule.phases[1]");
    journey = journey.press("y j <enter>");
    assert_eq!(copied(&journey), "PHASE2");
    journey = journey.press("y G <enter>");
    assert!(copied(&journey).starts_with("{\"protocolSection\":{"));
    journey.press("y <esc>").sees("JSON");
}

#[test]
fn the_json_can_be_read_on_every_size() {
    for size in [(160, 50), (60, 20), (40, 10)] {
        raw().sized(size).press("= G").sees("PHASE2").press("y").sees("path");
    }
}

#[test]
fn a_long_text_is_read_whole() {
    let lines: Vec<String> = (1..=60).map(|line| format!("line {line} of a text")).collect();
    let study = study(1, "A trial").at("descriptionModule.detailedDescription", lines.join("\n"));
    let on = |size| Journey::on(std::slice::from_ref(&study)).sized(size).press("v");
    for size in [(160, 50), (80, 24), (40, 10)] {
        let journey = on(size).press("/ line <enter> <enter>").sees("line 2 of").press("G");
        let journey = journey.sees("line 60 of").press("k").misses("line 60 of").press("g");
        let journey = journey.sees("line 1 of").press("<enter>").misses("line 8 of");
        let journey = journey.press("<enter> n j").sees("· JSON").misses("line 8 of");
        journey.press("<esc> q").misses("· JSON");
    }
    let journey = on((80, 24)).press("/ line").sees("rows 1 to 4 of 60; Enter shows all");
    journey.press("<esc> / 50").sees("line 50 of").sees("rows 50 to 53 of 60");
}

/// Two trials, the newer of which points to the other and to pages.
fn pointing() -> Journey {
    let summary =
        "Follows NCT00000001 and NCT00000009, see https://a.example/x. Old: http://b.example";
    let references = json!([{"citation": "Doe J. A paper. doi: 10.1000/182.", "pmid": "77"}]);
    let newer = study(2, "Newer")
        .updated("2025-01-01")
        .at("descriptionModule.briefSummary", summary)
        .at("referencesModule.references", references);
    Journey::on(&[newer, study(1, "Older")]).press("/ newer <enter> <enter>")
}

#[test]
fn links_of_a_trial_are_chosen_from_a_menu() {
    let journey = pointing().press("L").sees("NCT00000001 Older").sees("PubMed 77");
    let journey = journey.press("<enter>").sees("visit · NCT00000001 · ● Recruiting");
    let journey = journey.press("<esc>").sees("NCT00000002 · ●");
    for (words, opened) in [
        ("pubmed", "opened https://pubmed.ncbi.nlm.nih.gov/77/"),
        ("doi", "opened https://doi.org/10.1000/182"),
        ("a.example", "opened https://a.example/x"),
        ("NCT00000009", "opened https://clinicaltrials.gov/study/NCT00000009"),
        ("b.example", "copied the address"),
    ] {
        pointing().press("L /").press(words).press("<enter>").sees(opened);
    }
    journey.press("/ NCT00000001").sees("1 of 1 found");
}

#[test]
fn links_stand_out_and_can_be_clicked() {
    let mut journey = pointing().press("z");
    let (here, elsewhere) = (journey.place_of("NCT00000001"), journey.place_of("NCT00000009"));
    assert_ne!(journey.cell(here).modifier, journey.cell(elsewhere).modifier);
    journey.click(here).sees("visit · NCT00000001 · ● Recruiting");
}

#[test]
fn without_links_the_screen_says_so() {
    Journey::on(&[study(1, "A trial")]).press("L").sees("points to no other trial");
}
