//! The dates of trials on a line of time.

use insta::assert_snapshot;
use serde_json::{Value, json};
use trialdex::ui::keymap::Keymap;
use trialdex::ui::theme::Theme;

use super::journey::{Journey, store, study};
use crate::made::Made;

/// A trial with these dates in its status module.
fn dated(number: u32, dates: &Value) -> Made {
    let study = study(number, "Of some time");
    let study = study.at("designModule.enrollmentInfo", json!({"count": 60, "type": "ESTIMATED"}));
    let dates = dates.as_object().unwrap().iter();
    dates.fold(study, |study, (key, date)| study.at(&format!("statusModule.{key}"), date.clone()))
}

fn going() -> Made {
    dated(
        1,
        &json!({
            "startDateStruct": {"date": "2023-05", "type": "ACTUAL"},
            "primaryCompletionDateStruct": {"date": "2026-06-30", "type": "ESTIMATED"},
            "completionDateStruct": {"date": "2027", "type": "ESTIMATED"},
            "studyFirstSubmitDate": "2023-02-11",
            "studyFirstPostDateStruct": {"date": "2023-02-21", "type": "ACTUAL"},
            "lastUpdatePostDateStruct": {"date": "2025-11-03", "type": "ESTIMATED"},
            "statusVerifiedDate": "2025-10",
        }),
    )
}

fn over() -> Made {
    dated(
        2,
        &json!({
            "startDateStruct": {"date": "2020-01-07", "type": "ACTUAL"},
            "completionDateStruct": {"date": "2022-03-31", "type": "ACTUAL"},
            "resultsFirstPostDateStruct": {"date": "2023-03-01", "type": "ACTUAL"},
        }),
    )
}

fn odd() -> Made {
    dated(
        3,
        &json!({
            "startDateStruct": {"date": "1014-01-24", "type": "ACTUAL"},
            "primaryCompletionDateStruct": {"date": "soon"},
            "completionDateStruct": {"date": "2100-12-31", "type": "ESTIMATED"},
            "studyFirstSubmitDate": "2013-02-11",
            "lastUpdateSubmitDate": "2014-02",
            "statusVerifiedDate": "99999",
        }),
    )
}

fn three() -> Journey {
    Journey::on(&[going(), over(), odd()]).press("/ sort:id <enter>").stands_on("NCT00000001")
}

#[test]
fn the_dates_of_a_trial_stand_on_a_line_of_time() {
    let mut journey = three().sized((100, 18)).press("T");
    assert_snapshot!("dates_of_the_trial", journey.screen());
    let mut journey = journey.press("R").sees("R only of the trial");
    assert_snapshot!(journey.screen(), @r"
     trialdex · studies.json · 3 trials · data of 3 Nov 2025                          ? help  : commands
    ┌ NCT00000001: dates ──────────────────────────────────────────────────────────────────────────────┐
    │                              │2024     │2025      │2026     │2027                                │
    │● NCT00000001 · 60 participants (estimated) · Of some time                                        │
    │                                                                                                  │
    │Start to completion    ●────────────────────────────────○──────────────○  4 years                 │
    │Start                  ●●                           ┊                     May 2023 (actual)       │
    │Primary completion                                  ┊   ○                 30 Jun 2026 (estimated) │
    │Completion                                          ┊        ○─────────○  2027 (estimated)        │
    │First submitted      ●                              ┊                     11 Feb 2023             │
    │First posted         ●                              ┊                     21 Feb 2023 (actual)    │
    │Last update posted                               ○  ┊                     3 Nov 2025 (estimated)  │
    │Verified                                        ●●  ┊                     Oct 2025                │
    │                                                                                                  │
    │                                                                                                  │
    │                                                                                                  │
    └────────────────────────────────────────────────────────────── ┊ today, 15 Feb 2026 · ○ estimated ┘
     R only of the trial  j down  k up  Esc close
    ");
    journey
        .press("R")
        .misses("First posted")
        .press("<esc>")
        .sees("Search")
        .press("<enter> T")
        .sees("┊ today")
        .press("q")
        .sees("Search");
}

#[test]
fn compared_trials_share_one_line_of_time() {
    let mut journey = three().sized((100, 24)).press("<space> j <space> c T");
    assert_snapshot!("dates_of_two_trials", journey.screen());
    let mut journey = journey.press("R");
    assert_snapshot!(journey.screen(), @r"
     trialdex · studies.json · 3 trials · 2 pinned · data of 3 Nov 2025               ? help  : commands
    ┌ The dates of 2 trials ───────────────────────────────────────────────────────────────────────────┐
    │                     │2020      │2022     │2024      │2026                                        │
    │● NCT00000001 · 60 participants (estimated) · Of some time                                        │
    │▲ NCT00000002 · 60 participants (estimated) · Of some time                                        │
    │                                                                                                  │
    │Start to completion                    ●────────────────○───────○ ● 4 years                       │
    │                     ▲───────────▲                    ┊           ▲ 2 years, 2 months and 24 days │
    │Start                                  ●              ┊           ● May 2023 (actual)             │
    │                     ▲                                ┊           ▲ 7 Jan 2020 (actual)           │
    │Primary completion                                    ┊ ○         ● 30 Jun 2026 (estimated)       │
    │Completion                                            ┊   ○─────○ ● 2027 (estimated)              │
    │                                 ▲                    ┊           ▲ 31 Mar 2022 (actual)          │
    │First submitted                       ●               ┊           ● 11 Feb 2023                   │
    │First posted                          ●               ┊           ● 21 Feb 2023 (actual)          │
    │Results first posted                  ▲               ┊           ▲ 1 Mar 2023 (actual)           │
    │Last update posted                                  ○ ┊           ● 3 Nov 2025 (estimated)        │
    │Verified                                            ● ┊           ● Oct 2025                      │
    │                                                                                                  │
    │                                                                                                  │
    │                                                                                                  │
    │                                                                                                  │
    └────────────────────────────────────────────────────────────── ┊ today, 15 Feb 2026 · ○ estimated ┘
     R only of the trial  j down  k up  Esc close
    ");
}

#[test]
fn dates_far_out_are_said_and_do_not_shrink_the_others() {
    let mut journey = three().sized((100, 18)).press("G T R");
    assert_snapshot!(journey.screen(), @r"
     trialdex · studies.json · 3 trials · data of 3 Nov 2025                          ? help  : commands
    ┌ NCT00000003: dates ──────────────────────────────────────────────────────────────────────────────┐
    │                         │2014  │2016 │2018 │2020  │2022 │2024                                    │
    │● NCT00000003 · 60 participants (estimated) · Of some time                                        │
    │                                                                                                  │
    │Start to completion   ←─────────────────────────────────────────→ 1086 years, 11 months and 7 days│
    │Start                 ←                                         ┊ 24 Jan 1014 (actual)            │
    │Primary completion                                              ┊ soon                            │
    │Completion                                                      → 31 Dec 2100 (estimated)         │
    │First submitted       ●                                         ┊ 11 Feb 2013                     │
    │Last update submitted    ●●                                     ┊ Feb 2014                        │
    │Verified                                                        ┊ 99999                           │
    │                                                                                                  │
    │                                                                                                  │
    │                                                                                                  │
    │                                                                                                  │
    └────────────────────────────────────────────────────────────── ┊ today, 15 Feb 2026 · ○ estimated ┘
     R only of the trial  j down  k up  Esc close
    ");
}

#[test]
fn on_a_small_screen_words_stand_above_the_line() {
    let mut journey = three().sized((40, 10)).press("T");
    assert_snapshot!(journey.screen(), @r"
     trialdex · studies.… ? help  : commands
    ┌ NCT00000001: dates ──────────────────┐
    │     │2024   │2025   │2026   │2027    │
    │● NCT00000001 · Of some time          │
    │  60 participants (estimated)         │
    │                                      │
    │Start to completion: 4 years          │
    │●────────────────────────○───────────○│
    └── ┊ today, 15 Feb 2026 · ○ estimated ┘
     R dates of the record  Esc close
    ");
    let mut journey = journey.press("R G");
    assert_snapshot!(journey.screen(), @r"
     trialdex · studies.… ? help  : commands
    ┌ NCT00000001: dates ──────────────────┐
    │       │2024  │2025   │2026  │2027    │
    │Last update posted                    │
    │3 Nov 2025 (estimated)                │
    │                     ○ ┊              │
    │Verified: Oct 2025                    │
    │                    ●● ┊              │
    └── ┊ today, 15 Feb 2026 · ○ estimated ┘
     R only of the trial  j down  k up
    ");
}

#[test]
fn ascii_is_enough_for_a_line_of_time() {
    let journey = Journey::configured(Keymap::default(), Theme::default().in_ascii());
    let journey = journey.loaded(store(&[going(), over(), odd()])).sized((100, 30));
    let mut journey = journey.press("<space> j <space> j <space> c T");
    let screen = journey.screen();
    assert!(screen.is_ascii(), "{screen}");
    journey.sees(": today, 15 Feb 2026").sees("o estimated");
}

#[test]
fn a_trial_without_dates_says_so() {
    let journey = Journey::on(&[study(4, "Of no time")]).press("T");
    journey.sees("enrollment not stated").sees("no dates are stated").press("T").sees("Search");
}

#[test]
fn a_trial_with_dates_of_its_record_alone_shows_them_at_once() {
    let dates = json!({"studyFirstSubmitDate": "2013-02-11"});
    let journey = Journey::on(&[dated(5, &dates)]).press("T").sees("First submitted");
    journey.press("R").sees("First submitted").misses("R only");
}

#[test]
fn every_date_can_be_drawn_on_every_size() {
    for size in [(200, 60), (100, 20), (72, 10), (40, 10), (24, 6), (3, 3), (1, 1)] {
        let mut journey = three().sized(size).press("<space> j <space> j <space> c T");
        for keys in ["G", "g", "R", "<pgdn>", "k", "<right>"] {
            journey = journey.press(keys);
            journey.screen();
        }
    }
}
