//! Collections, the marks of other people, notes on words, and what was read.

use std::fs;

use trialdex::marks::{Change, Collection, Decision, Folder, Marking, Verdict};
use trialdex::study::NctId;

use super::journey::{Journey, USUAL, store, study};
use crate::made::Made;

fn five() -> Journey {
    let studies: Vec<_> = (1..=5).map(|number| study(number, &format!("Trial {number}"))).collect();
    Journey::on(&studies).press("/sort:id<enter>")
}

fn decided(number: u32, decision: Decision) -> Marking {
    let id: NctId = format!("NCT{number:08}").parse().unwrap();
    let verdict = Verdict { decision: Some(decision), reason: None, settles: false };
    (id, Change::Decided(verdict), None)
}

#[test]
fn collections_are_chosen_begun_and_named_in_the_title() {
    let journey = five().press("i @").sees("Collection: choose one").sees("in use · 1 trial");
    let journey = journey.press("liver<enter>").sees("liver: a new collection");
    let journey = journey.sees("marks in liver").misses("✓").press("j p a old<enter>");
    let journey = journey.press("@").sees("default").sees("in use · 1 trial");
    // Of another collection nothing is undone here.
    let journey = journey.press("def<tab><enter>").sees("default: 1 trial is marked");
    let journey = journey.misses("marks in").sees("✓").press("u").asks("").press("u");
    let journey = journey.sees("nothing left to undo");
    let journey = journey.press("@ <down> <down> <enter>").sees("marks in liver").sees("?");
    assert_eq!(journey.collection.marks().tags()["old"], 1);
    let journey = journey.press("@ liver<enter>").sees("liver is in use");
    for (name, words) in [
        ("CON", "“CON” cannot name a collection: on some systems it is a device"),
        ("x.jsonl", "the collection is called “x”"),
        ("a<space>b", "“a b” cannot name a collection"),
        ("", "“” cannot name a collection"),
    ] {
        let journey = five().press(&format!("@ {name}<enter>")).sees(words);
        journey.press("<ctrl-u>ok<enter>").sees("marks in ok");
    }
    journey.press("@ <esc>").sees("marks in liver");
}

#[test]
fn the_marks_of_somebody_else_are_joined_and_conflicts_settled_one_by_one() {
    let other = tempfile::tempdir().unwrap();
    let mut ben = Collection::open(&Folder::new(other.path()), "ben").unwrap();
    let exclude = |number| decided(number, Decision::Exclude);
    ben.mark("Ben", vec![decided(1, Decision::Include), exclude(2), exclude(3), exclude(9)])
        .unwrap();
    let path = other.path().join("ben.jsonl").display().to_string();
    let journey = five().press("%").sees("nobody disagrees").press("i j i j p");
    let journey = journey.press("Y <enter>").sees("the path of a file is missing");
    let journey = journey.press(&format!("{path}<enter>"));
    let journey = journey.sees("joined 4 marks of Ben on 4 trials; Ana and Ben agree on 1 of 3");
    let journey = journey.sees("2 conflicts").press("g j").sees("!");
    // Both decisions are offered, each with who made it, and the third.
    let journey =
        journey.press("%").sees("Settle NCT00000002 · Trial 2").sees("Ben").sees("nobody");
    let journey = journey.press("<enter>").sees("Settle NCT00000003");
    let journey = journey.press("G <enter>").sees("that was the last trial");
    let mark = |number: u32| {
        let id = format!("NCT{number:08}").parse().unwrap();
        journey.collection.marks().get(id).unwrap().clone()
    };
    assert_eq!((mark(2).decision(), mark(2).decisions.len()), (Some(Decision::Exclude), 2));
    assert_eq!(mark(3).decision(), None);
    let journey = journey.press("u").sees("undo: 1 decision").press("%").sees("NCT00000002");
    let journey = journey.press("<esc>").press(&format!("Y {path}<enter>")).sees("nothing new");
    journey.press("Y /gone/x<enter>").sees("/gone/x: cannot be read");
}

#[test]
fn a_trial_that_was_read_is_seen_which_is_no_step_of_undo() {
    let mut journey = five();
    journey.app.keeps_read = true;
    assert_eq!(journey.app.patience(), None);
    let mut journey = journey.press("i <enter>");
    assert!(journey.app.patience().is_some());
    journey.app.rested();
    let mut journey = journey.sized(USUAL);
    let first = |journey: &Journey| journey.collection.marks().iter().next().unwrap().1.clone();
    assert!(first(&journey).seen && journey.app.patience().is_none());
    // It is said once, and undo takes the decision back.
    journey.app.rested();
    let path = journey.home.path().join("default.jsonl");
    let journey = journey.sized(USUAL);
    assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 2);
    let journey = journey.press("u").sees("undo: 1 decision");
    assert!(first(&journey).seen && first(&journey).decisions.is_empty());
    let mut journey = journey.press("<esc>");
    assert!(journey.line(5).contains("· "), "{}", journey.screen());
    let mut journey = journey.press("u u").press("/<ctrl-u>seen:yes<enter>").finds(1);
    journey.app.keeps_read = false;
    let journey = journey.press("/<ctrl-u>seen:no<enter> <enter>");
    assert_eq!(journey.app.patience(), None);
}

fn with_criteria(criteria: &str) -> Made {
    study(1, "Trial 1").at("eligibilityModule.eligibilityCriteria", criteria)
}

#[test]
fn a_note_on_words_stays_with_them_and_says_when_they_are_gone() {
    let criteria = "Inclusion Criteria:\n\n* Adults of 18 years\n* Able to walk alone\n\nExclusion Criteria:\n\n* Pregnancy";
    let journey = Journey::on(&[with_criteria(criteria)]).press("<enter> \"");
    let mut journey = journey.sees("note on it");
    let mut steps = 0;
    while !journey.screen().contains("Note on “") {
        assert!(steps < 40, "{}", journey.screen());
        journey = journey.press("j \"");
        if !journey.screen().contains("walk alone”") && journey.screen().contains("Note on “") {
            journey = journey.press("<esc>");
        }
        steps += 1;
    }
    let journey = journey.press("stairs<space>too<enter>").sees("noted on the words");
    let mut journey = journey.press("g").sees("walk alone”: stairs too");
    let note = journey.collection.marks().iter().next().unwrap().1.notes[0].clone();
    assert!(note.passage.unwrap().words.contains("Able to walk alone"));
    for (criteria, words) in [
        ("Inclusion Criteria:\n\n* Able to\n  walk alone", "walk alone”: stairs too"),
        (
            "Inclusion Criteria:\n\n* Adults",
            "words that are not in the record any more: stairs too",
        ),
    ] {
        journey = journey.loaded(store(&[with_criteria(criteria)])).press("<enter>");
        let text: String = journey.screen().replace('│', " ");
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(words), "{}", journey.screen());
    }
    // Undo takes it back as any other.
    journey.press("u").misses("stairs too");
}

#[test]
fn tags_are_completed_and_a_bad_one_stays_in_the_line() {
    let journey = five().press("a liver<enter> j a").sees("liver").sees("1 trial");
    let journey = journey.press("li<tab><enter>").sees("NCT00000002: +liver");
    let journey = journey.press("a -li<tab><enter>").sees("NCT00000002: -liver");
    let journey = journey.press("a a,b<enter>").sees("a tag is a name without , and |").sees("a,b");
    journey.press("<backspace><backspace><enter>").sees("NCT00000002: +a");
}

#[test]
fn who_screens_is_shown_what_others_decided_on_too() {
    let other = tempfile::tempdir().unwrap();
    let mut ben = Collection::open(&Folder::new(other.path()), "ben").unwrap();
    ben.mark("Ben", vec![decided(1, Decision::Include), decided(2, Decision::Exclude)]).unwrap();
    let path = other.path().join("ben.jsonl").display().to_string();
    let journey = five().press(&format!("Y {path}<enter>")).press("Z").stands_on("NCT00000001");
    let journey = journey.sees("0 of 5").press("i").stands_on("NCT00000002").sees("1 of 5 · 1 in");
    journey
        .press("i")
        .stands_on("NCT00000003")
        .sees("2 of 5 · 2 in")
        .press("%")
        .sees("Settle NCT00000002");
}
