//! Deciding, tagging and noting in the browser, undoing it, and screening one trial after the other.

use std::sync::Arc;

use trialdex::event::Event;
use trialdex::marks::{Change, Decision, Verdict};

use super::journey::{Journey, study};

fn five() -> Journey {
    let studies: Vec<_> = (1..=5).map(|number| study(number, &format!("Trial {number}"))).collect();
    Journey::on(&studies).press("/sort:id<enter>")
}

fn decisions(journey: &Journey) -> Vec<(u32, Decision)> {
    let marks = journey.collection.marks();
    marks.iter().filter_map(|(id, mark)| Some((id.number(), mark.decision()?))).collect()
}

#[test]
fn the_trial_at_the_cursor_is_marked_and_its_row_says_so() {
    let mut journey = five().press("i").sees("NCT00000001: include");
    assert_eq!(decisions(&journey), [(1, Decision::Include)]);
    assert!(journey.line(5).contains("✓"), "{}", journey.screen());
    let journey = journey.press("j p").sees("NCT00000002: maybe").press("j x 1");
    let journey = journey.sees("NCT00000003: exclude, wrong population");
    let marks = journey.collection.marks();
    let reason = marks.iter().nth(2).and_then(|(_, mark)| mark.reason());
    assert_eq!(reason, Some("wrong population"));
    let journey = journey.press("u").sees("undo: 1 decision");
    assert_eq!(decisions(&journey), [(1, Decision::Include), (2, Decision::Maybe)]);
    let journey = journey.press("k p").sees("NCT00000002: decision taken back");
    assert_eq!(decisions(&journey), [(1, Decision::Include)]);
}

#[test]
fn reasons_are_typed_chosen_or_left_out() {
    let reason = |keys: &str| {
        let journey = five().press(keys);
        let marks = journey.collection.marks();
        let mark = marks.iter().next().map(|(_, mark)| mark.clone()).unwrap();
        assert_eq!(mark.decision(), Some(Decision::Exclude), "{keys}");
        mark.reason().map(str::to_owned)
    };
    for (keys, expected) in [
        ("x <enter>", None),
        ("x 0", Some("other")),
        ("x desi<enter>", Some("wrong design")),
        ("x <down> <down> <enter>", Some("wrong intervention")),
        ("x no<space>consent<space>form<enter>", Some("no consent form")),
    ] {
        assert_eq!(reason(keys).as_deref(), expected, "{keys}");
    }
    assert!(five().press("x <esc>").collection.marks().is_empty());
}

#[test]
fn marks_are_for_all_that_are_ticked() {
    let journey = five().press("b j j b").sees("2 ticked").press("a liver<enter>");
    let journey = journey.sees("2 trials: +liver");
    assert_eq!(journey.collection.marks().tags()["liver"], 2);
    let journey = journey.press("B <enter>").sees("5 ticked").press("a old<enter>");
    assert_eq!(journey.collection.marks().tags()["old"], 5);
    let journey = journey.press("u").sees("undo: 5 tags").press("B j <enter>");
    // Without ticks the one at the cursor is meant; a tag that it has goes.
    let journey = journey.press("a liver<enter>").sees("NCT00000003: -liver");
    assert_eq!(journey.collection.marks().tags()["liver"], 1);
    let journey = journey.press("A ask<space>them<enter>").press("A <ctrl-u>");
    assert_eq!(
        journey.collection.marks().iter().nth(1).unwrap().1.note_by("Ana"),
        Some("ask them")
    );
}

#[test]
fn undo_takes_back_what_came_last_be_it_a_mark_or_a_query() {
    let journey = five().press("i /<ctrl-u>x<enter>").finds(0).press("u").finds(5);
    let journey = journey.press("u").sees("undo: 1 decision");
    assert!(journey.collection.marks().is_empty());
    journey.press("u").asks("");
}

#[test]
fn marks_are_asked_in_the_search_line_and_the_answer_follows_them() {
    let journey = five().press("i j x 3").press("/<ctrl-u>decision:include<enter>").finds(1);
    let journey = journey.press("i").finds(0).press("u").finds(1);
    journey.press("/<ctrl-u>decision:none<enter>").finds(3);
}

#[test]
fn screening_shows_one_trial_after_the_other_and_goes_on_where_it_was_left() {
    let journey = five().press("j i k Z").stands_on("NCT00000001");
    let journey = journey.sees("1 of 5 · 1 in · 0 out · 0 maybe");
    let journey =
        journey.press("x 2").stands_on("NCT00000003").sees("2 of 5 · 1 in · 1 out · 0 maybe");
    let journey = journey.press("p").stands_on("NCT00000004").press("Z");
    let journey = journey.misses("2 of 5").press("g Z").stands_on("NCT00000004");
    // Undo leads back to the trial whose decision it takes back.
    let journey = journey.press("i u").stands_on("NCT00000004").sees("3 of 5");
    let journey = journey.press("i i").sees("5 of 5 · 3 in · 1 out · 1 maybe");
    assert_eq!(decisions(&journey).len(), 5);
    journey.press("<esc>").misses("5 of 5 ·");
}

#[test]
fn a_mark_that_was_not_kept_is_no_step_of_undo() {
    let journey = five().press("i /<ctrl-u>trial<enter>").with_full_disk(true);
    let journey = journey.press("p").sees("no space left").with_full_disk(false);
    // The query was changed last, and the decision before that.
    let journey = journey.press("u").asks("sort:id");
    assert_eq!(decisions(&journey), [(1, Decision::Include)]);
    // What could not be taken back can be taken back later.
    let journey = journey.with_full_disk(true).press("u").sees("no space left");
    assert_eq!(decisions(&journey), [(1, Decision::Include)]);
    let journey = journey.with_full_disk(false).press("u").sees("undo: 1 decision");
    assert!(journey.collection.marks().is_empty());
}

#[test]
fn the_trial_says_at_its_top_what_is_marked_on_it() {
    let journey = five().press("<enter>").misses("Decision:").misses("Tags:").misses("Note:");
    let journey = journey.press("x 1").sees("Decision: exclude, wrong population");
    let journey = journey.press("a liver<enter> a old<enter>").sees("Tags: liver, old");
    let journey = journey.press("A ask<space>them<enter>").sees("Note: ask them");
    let mut journey = journey.press("u").misses("Note:").sees("Tags: liver, old");
    let first = journey.app.session.id().unwrap();
    let note = |text: &str| Change::Noted { text: text.to_owned(), passage: None };
    let include = Verdict { decision: Some(Decision::Include), reason: None, settles: false };
    for change in [Change::Decided(include), note("no \u{1b}[31mred\nsecond")] {
        journey.collection.mark("Ben", vec![(first, change, None)]).unwrap();
    }
    let marks = Arc::new(journey.collection.marks().clone());
    let journey = journey.told(Event::Marked(marks));
    let journey = journey
        .sees("Decisions, which differ: exclude, wrong population (Ana); include (Ben)")
        .sees("Note by Ben: no ")
        .sees("  second");
    journey.press("J").misses("Decisions, which differ").misses("Tags:");
}

#[test]
fn reasons_are_those_of_the_configuration() {
    let mut journey = five();
    journey.app.reasons = vec!["no consent".to_owned(), "wrong dose".to_owned()];
    let journey = journey.press("x").sees("wrong dose").misses("wrong population").press("2");
    journey.sees("NCT00000001: exclude, wrong dose");
}

#[test]
fn what_is_marked_is_among_the_filters() {
    let journey = five().press("f").misses("Your decision").press("f");
    let journey = journey.press("i j x 1 j x 1 j a liver<enter> f");
    let mut journey = journey.sees("Your decision").sees("Your reason").sees("Your tags");
    let line = journey.place_of("exclude").1;
    assert!(journey.line(isize::try_from(line).unwrap()).contains(" 2 "), "{}", journey.screen());
    // Without and with another choice; the third one takes the first back.
    let journey = journey.click_on("include  ").asks("decision:include sort:id").finds(1);
    let journey = journey.click_on("exclude  ");
    let journey = journey.asks("decision:include | decision:exclude sort:id").finds(3);
    let journey = journey.click_on("include  ").asks("decision:exclude sort:id").finds(2);
    // What is marked now is counted at once.
    let journey = journey.press("<tab> i").finds(1).sees("include");
    journey.press("u").finds(2).press("u u").asks("decision:include sort:id").finds(1);
}

#[test]
fn a_choice_that_leaves_the_trial_out_goes_on_to_the_next_row() {
    let journey = five().press("/<ctrl-u>decision:none<space>sort:id<enter> j j");
    let journey = journey.stands_on("NCT00000003").press("i").stands_on("NCT00000004").finds(4);
    journey.press("p").stands_on("NCT00000005").press("x 1").stands_on("NCT00000002").finds(2);
}

#[test]
fn the_list_is_ordered_by_decisions() {
    let journey = five().press("s").misses("decision, included").press("<esc>");
    let journey = journey.press("j j i j j p /<ctrl-u>sort:decision<enter>");
    let journey = journey.stands_on("NCT00000003").press("j").stands_on("NCT00000005");
    journey.press("s").sees("decision, excluded first");
}

#[test]
fn what_changed_since_a_decision_is_told_in_the_list_and_in_the_trial() {
    let version = |day: &str, status: &str, count: u32| {
        let made = study(1, "Trial 1").updated(day).status(status);
        made.at("designModule.enrollmentInfo.count", count)
    };
    let marked = |record: Option<&str>| {
        let old = version("2024-01-01", "RECRUITING", 10);
        let new = version("2025-06-01", "COMPLETED", 12);
        let mut journey = Journey::on(&[old, new, study(2, "Trial 2").updated("2025-01-01")]);
        let include = Verdict { decision: Some(Decision::Include), reason: None, settles: false };
        let id = journey.app.session.id().unwrap();
        let record = record.map(|day| day.parse().unwrap());
        journey.collection.mark("Ana", vec![(id, Change::Decided(include), record)]).unwrap();
        let marks = Arc::new(journey.collection.marks().clone());
        journey.told(Event::Marked(marks)).stands_on("NCT00000001")
    };
    let journey = marked(Some("2024-01-01")).sees("✓*").press("<enter>");
    let mut journey = journey.sees("Changed since: updated 1 Jun 2025; looked at on");
    let text: String = journey.screen().split_whitespace().collect::<Vec<_>>().join(" ");
    for words in ["as updated 1 Jan 2024", "Recruiting → Completed", "10 participants → 12"] {
        assert!(text.contains(words), "no {words:?} in\n{}", journey.screen());
    }
    // To decide again is to have seen it.
    let journey =
        journey.press("p").misses("Changed since").press("<esc> /<ctrl-u>is:changed<enter>");
    journey.finds(0);
    let journey = marked(Some("2023-01-01")).sees("✓*").press("<enter>").sees("Changed since");
    journey.misses("What changed").press("<esc> /<ctrl-u>is:changed<enter>").finds(1);
    marked(Some("2025-06-01")).misses("✓*").press("<enter>").misses("Changed since");
}
