//! Reading a trial.

use insta::assert_snapshot;
use serde_json::json;

use super::journey::{Journey, study};
use crate::made::made;

/// The Sun Yat-sen trial, open at its top.
fn reading() -> Journey {
    Journey::sample().press("/ sun<space>yat <enter> <enter>")
}

/// The rows inside the pane of the trial, on a screen where it stands alone.
fn text(journey: &mut Journey) -> Vec<String> {
    let screen = journey.screen();
    let rows = screen.lines().skip(5).map(|line| line.trim_matches('│').trim_end());
    let rows = rows.take_while(|line| !line.starts_with('└'));
    rows.map(|line| line.strip_prefix(' ').unwrap_or(line).to_owned()).collect()
}

#[test]
fn the_trial_stays_in_sight_by_its_id_and_status() {
    for keys in ["", "G", "}}"] {
        reading().press(keys).sees("NCT06825572 · ○ Not yet recruiting");
    }
}

#[test]
fn braces_go_from_section_to_section() {
    let mut journey = reading().sized((80, 24)).press("z");
    for title in ["Key facts", "Summary", "Eligibility", "Arms and design"] {
        journey = journey.press("}");
        assert_eq!(text(&mut journey)[0], title);
    }
    let mut journey = journey.press("{ {").sees("Summary · ");
    assert_eq!(text(&mut journey)[0], "Summary");
    let mut journey = journey.press("{{{{{ {{");
    assert!(text(&mut journey)[0].starts_with("MSC-EVs"));
}

#[test]
fn the_outline_leads_to_a_section() {
    let mut journey = reading().press("z O").sees("Sections");
    journey = journey.press("/ elig <enter>").misses("Sections");
    assert_eq!(text(&mut journey)[0], "Eligibility");
}

#[test]
fn criteria_are_numbered_and_apart() {
    let mut journey = reading().sized((82, 30)).press("z O / elig <enter>");
    assert_snapshot!(text(&mut journey).join("\n"), @r"
    Eligibility
    Age groups: Adult, Older adult

    Criteria:
      Inclusion criteria
      1. Age from 18 to 70 years
      2. Acute on chronic liver failure that makes a liver transplant necessary:
         in someone with chronic liver disease, diagnosed earlier or not, an acute
         hepatic insult shows itself as jaundice (TBil [total bilirubin] in serum
         ≥ 10×ULN umol/L) together with coagulopathy (prothrombin activity < 40%
         or international normalized ratio [INR] ≥ 1.5), and ascites and/or
         encephalopathy, found on physical examination, follow within 4 weeks
      3. Has agreed to take part once told what the clinical trial is for and how
         it is done

      Exclusion criteria
      1. Any malignant disease in the past
      2. Infection that is active and not under control
      3. A combined transplant
      4. Negative for EBV
      5. Positive for HIV or for HCV
      6. Repeat transplantation
    ");
}

/// A trial that is read on screens of every size, its key facts first.
#[test]
fn key_facts_fit_the_screen() {
    for size in [(200, 60), (120, 40), (80, 24), (40, 10)] {
        let mut journey = reading().sized(size).press("z g");
        assert_snapshot!(format!("key_facts_{}x{}", size.0, size.1), journey.screen());
    }
}

#[test]
fn on_a_wide_pane_the_sections_stand_beside_the_text_and_lead_to_it() {
    let mut journey = reading().sized((160, 30)).press("z } } }").sees("▸ Eligibility");
    // The heading is the first row of the text, beside the first section of the rail.
    assert_eq!(
        journey.line(5).split_whitespace().collect::<Vec<_>>(),
        ["│", "Key", "facts", "Eligibility", "│"]
    );
    let journey = journey.click_on("Arms and design").sees("▸ Arms and design");
    journey.sized((120, 30)).misses("▸ Arms and design");
}

#[test]
fn broader_terms_are_folded_until_all_values_are_asked_for() {
    let study = study(1, "A trial").set(
        "derivedSection",
        json!({"conditionBrowseModule": {
            "meshes": [{"id": "D1", "term": "Hepatitis"}],
            "ancestors": [{"id": "D2", "term": "Liver Diseases"}, {"id": "D3", "term": "Viscera"}],
            "browseBranches": [{"abbrev": "BC06", "name": "Digestive"}],
        }}),
    );
    let journey = Journey::on(&[study]).sized((120, 60)).press("<enter> z").sees("Hepatitis");
    let journey = journey.sees("3 broader terms and topics").misses("Liver Diseases");
    journey.press("R").sees("Liver Diseases").sees("Viscera").sees("Digestive");
}

#[test]
fn a_word_is_found_in_the_trial() {
    let journey = reading().press("/ transplant").sees("/transplant");
    let mut journey = journey.sees("1 of 13 found").press("<enter> n n").sees("3 of 13 found");
    let (x, y) = journey.place_of("transplant");
    let plain = journey.cell((x - 2, y));
    assert_ne!(journey.cell((x, y)).modifier, plain.modifier, "what was found is marked");
    let journey = journey.press("N N N").sees("13 of 13 found").press("n").sees("1 of 13 found");
    journey.press("<esc>").misses("found").asks("sun yat").press("<esc>").sees("Enter read");
}

#[test]
fn what_is_not_there_is_not_found() {
    reading().press("/ xyzzy").sees("not found").press("<enter> n N").sees("not found");
}

#[test]
fn next_and_previous_trial_without_leaving() {
    let journey = Journey::sample().press("<enter> J J").stands_on("NCT00656266");
    let journey = journey.sees("NCT00656266 · ✕ Terminated").press("K").stands_on("NCT05871463");
    let journey = journey.press("}} J").press("K K K K").stands_on("NCT06904755");
    journey.sees("} next section");
}

#[test]
fn the_text_moves_by_rows_halves_pages_and_to_its_ends() {
    let mut journey = reading().press("z");
    let top = text(&mut journey);
    let height = top.len();
    let mut journey = journey.press("j j");
    assert_eq!(text(&mut journey)[0], top[2]);
    let mut journey = journey.press("k <ctrl-d>");
    assert_eq!(text(&mut journey)[0], top[1 + height.div_ceil(2)]);
    let mut journey = journey.press("<ctrl-u> <pgdn> <pgup> <pgup>");
    assert_eq!(text(&mut journey), top);
    let mut journey = journey.press("G").sees("100 %");
    let bottom = text(&mut journey);
    assert_eq!(bottom.len(), height);
    assert!(!bottom[height - 1].is_empty(), "no empty rows below the end: {bottom:?}");
    let mut journey = journey.press("j <pgdn>");
    assert_eq!(text(&mut journey), bottom);
    let mut journey = journey.press("g");
    assert_eq!(text(&mut journey), top);
}

#[test]
fn a_pane_can_have_the_whole_screen() {
    let journey = reading().sized((160, 40)).press("z").misses("Filters").misses("Trials");
    let journey = journey.press("z").sees("Filters").sees("Trials");
    let journey = journey.press("z <esc>").sees("Trials").misses("NCT06825572 · ○");
    journey.press("<esc>").sees("NCT06825572 · ○");
}

#[test]
fn a_change_of_size_keeps_the_place() {
    let journey = reading().press("z O / elig <enter>").sized((90, 40)).sized((120, 40));
    let screen = journey.sees("Inclusion criteria").screen();
    assert!(screen.lines().take(12).any(|line| line.contains("Eligibility")), "{screen}");
}

#[test]
fn a_status_has_a_shape_and_a_word() {
    let statuses = [
        ("RECRUITING", "● Recruiting"),
        ("NOT_YET_RECRUITING", "○ Not yet recruiting"),
        ("ENROLLING_BY_INVITATION", "◉ Enrolling by invitation"),
        ("ACTIVE_NOT_RECRUITING", "◐ Active, not recruiting"),
        ("COMPLETED", "■ Completed"),
        ("SUSPENDED", "◌ Suspended"),
        ("TERMINATED", "✕ Terminated"),
        ("WITHDRAWN", "✕ Withdrawn"),
        ("UNKNOWN", "? Unknown status"),
        ("DREAMT_OF", "? DREAMT_OF"),
    ];
    for (code, shown) in statuses {
        let study = study(1, "A trial").status(code);
        Journey::on(&[study]).sees(&format!("NCT00000001 · {shown} "));
    }
}

#[test]
fn a_record_that_says_nothing_can_be_read() {
    let mut journey = Journey::on(&[made(1)]).sized((80, 12)).press("<enter>");
    assert_snapshot!(journey.screen(), @r"
     trialdex · studies.json · 1 trial                            ? help  : commands
    / type / and words: a condition, a drug, a sponsor, an id                 1 of 1
    ┌ NCT00000001 · ? status not stated ───────────────────────────────────────────┐
    │ (no title stated)                                                            │
    │                                                                              │
    │ Key facts                                                                    │
    │ Status             not stated          Phase              not stated         │
    │ Study type         not stated          Enrollment         not stated         │
    │ Lead sponsor       not stated          Who can take part  not stated         │
    │ Start              not stated          Completion         not stated         │
    └──────────────────────────────────────────────────────────────────────── 58 % ┘
     } next section  O sections  / find  J next trial  Space pin  r related  - fold
    ");
}

#[test]
fn what_a_record_says_beyond_what_is_known_is_shown_at_its_end() {
    let study = study(1, "A trial").at("moonModule.phaseOfTheMoon", "waxing");
    let mut journey = Journey::on(&[study]).press("<enter> z G");
    assert!(text(&mut journey).concat().contains("moonModule.phaseOfTheMoon: waxing"));
}

#[test]
fn sections_fold_and_stay_folded_in_other_trials() {
    let journey = reading().sized((80, 30)).press("z } } } -").misses("Age groups");
    let journey = journey.sees("Eligibility … 2 entries folded").press("} {").sees("folded");
    let journey = journey.press("+").sees("Age groups").misses("folded");
    let journey = journey.press("=").sees("Key facts … ").misses("Age groups");
    journey.press("=").misses("folded");
    let journey = Journey::sample().press("<enter> =").sees("Key facts … ").press("J");
    journey.sees("Key facts … ").press("=").misses("folded");
}

#[test]
fn a_click_on_a_heading_folds() {
    let journey = reading().press("z").click_on("Key facts").sees("Key facts … ");
    journey.click_on("Key facts").misses("folded");
}

#[test]
fn words_in_folded_sections_are_found() {
    let journey = reading().sized((80, 30)).press("z = / repeat<space>trans");
    let journey = journey.sees("1 of 1 found").sees("6. Repeat transplantation");
    let journey = journey.press("<enter> <esc>").misses("1 of 1");
    journey.sees("Repeat transplantation").press("g").sees("Key facts … ");
}

#[test]
fn every_trial_keeps_its_place() {
    let mut journey = Journey::sample().press("<enter> z O / elig <enter>");
    let first = text(&mut journey);
    let mut journey = journey.press("J");
    assert_ne!(text(&mut journey), first);
    let mut journey = journey.press("}}} K");
    assert_eq!(text(&mut journey), first);
}
