//! Posted results: tables in the text of a trial, and tables on a page of their own.

use insta::assert_snapshot;
use serde_json::json;
use trialdex::session::Task;

use super::journey::{Journey, study};
use crate::made::Made;

/// A trial of two groups with a little of everything.
fn posted() -> Made {
    let counts = |one: &str, two: &str| json!([{"groupId": "G0", "value": one}, {"groupId": "G1", "value": two}]);
    let subjects = |one: &str, two: &str| json!([{"groupId": "G0", "numSubjects": one}, {"groupId": "G1", "numSubjects": two}]);
    let event = |term: &str, one: &str, two: &str| {
        json!({"term": term, "organSystem": "Gastrointestinal disorders", "stats": [
            {"groupId": "G0", "numAffected": one, "numAtRisk": "100", "numEvents": "2"},
            {"groupId": "G1", "numAffected": two, "numAtRisk": "104"},
        ]})
    };
    let groups = json!([
        {"id": "G0", "title": "Drug", "description": "10 mg once daily"},
        {"id": "G1", "title": "Placebo"},
    ]);
    let results = json!({
        "participantFlowModule": {"groups": groups, "periods": [{
            "title": "Overall Study",
            "milestones": [
                {"type": "STARTED", "achievements": subjects("100", "104")},
                {"type": "NOT COMPLETED", "achievements": subjects("5", "1")},
            ],
            "dropWithdraws": [{"type": "Lost to Follow-up", "reasons": subjects("5", "1")}],
        }]},
        "baselineCharacteristicsModule": {"groups": groups,
            "denoms": [{"units": "Participants", "counts": counts("100", "104")}],
            "measures": [
                {"title": "Age", "paramType": "MEAN", "dispersionType": "STANDARD_DEVIATION",
                 "unitOfMeasure": "years", "classes": [{"categories": [{"measurements": [
                    {"groupId": "G0", "value": "54.2", "spread": "8.1"},
                    {"groupId": "G1", "value": "NA", "comment": "Not recorded."}]}]}]},
                {"title": "Sex", "paramType": "COUNT_OF_PARTICIPANTS", "unitOfMeasure": "Participants",
                 "classes": [{"categories": [
                    {"title": "Female", "measurements": counts("40", "52")},
                    {"title": "Male", "measurements": counts("60", "52")}]}]},
            ]},
        "outcomeMeasuresModule": {"outcomeMeasures": [{
            "type": "PRIMARY", "title": "Survival", "timeFrame": "1 year", "reportingStatus": "POSTED",
            "paramType": "MEDIAN", "dispersionType": "95% Confidence Interval", "unitOfMeasure": "months",
            "groups": groups,
            "denoms": [{"units": "Participants", "counts": counts("100", "104")}],
            "classes": [{"categories": [{"measurements": [
                {"groupId": "G0", "value": "9.6", "lowerLimit": "8.6", "upperLimit": "11.2"},
                {"groupId": "G1", "value": "-.7", "lowerLimit": "NA", "upperLimit": "NA"}]}]}],
            "analyses": [{"groupIds": ["G0", "G1"], "statisticalMethod": "Log Rank", "pValue": "<0.001",
                "paramType": "Hazard Ratio (HR)", "paramValue": "0.73", "ciPctValue": "95",
                "ciNumSides": "TWO_SIDED", "ciLowerLimit": "0.62", "ciUpperLimit": "0.87",
                "nonInferiorityType": "SUPERIORITY", "groupDescription": "All who were randomized."}],
        }]},
        "adverseEventsModule": {"timeFrame": "1 year", "frequencyThreshold": "5", "eventGroups": groups,
            "seriousEvents": [event("Ascites", "3", "26")],
            "otherEvents": [event("Nausea", "7", "0"), event("Vomiting", "12", "9")]},
    });
    study(1, "A trial with results").set("hasResults", true).set("resultsSection", results)
}

fn reading() -> Journey {
    Journey::on(&[posted()]).press("<enter> z")
}

#[test]
fn results_are_tables_in_the_text() {
    let mut journey = reading().sized((78, 70)).press("O / resu <enter>");
    let screen = journey.screen();
    let results = screen.split_once("│ Results  ").unwrap().1;
    let rows = results.lines().skip(1).map(|line| line.trim_matches('│').trim_end());
    let rows = rows.map(|line| line.strip_prefix(' ').unwrap_or(line));
    assert_snapshot!(rows.take(55).collect::<Vec<_>>().join("\n"), @r"
    Participant flow: Posted: 2 groups, 1 period

    Overall Study
    Milestone            Drug  Placebo
    -------------------  ----  -------
    Started               100      104
    Not completed           5        1
      Lost to Follow-up     5        1

    Baseline characteristics: Posted: 2 groups, 2 measures

    Baseline characteristics
    Characteristic                                Drug      Placebo
    -------------------------------------  -----------  -----------
    Participants analyzed                          100          104
    Age: Mean (standard deviation), years   54.2 (8.1)       NA [a]
    Sex: Count of participants
      Female                               40 (40.0 %)  52 (50.0 %)
      Male                                 60 (60.0 %)  52 (50.0 %)
    [a]: Not recorded.

    Outcome measures: Posted: 1 outcome measure

    Primary: Survival
    Time frame: 1 year
    Measured: Median (95% confidence interval), months
    Measure                                               Drug         Placebo
    ---------------------------------------  -----------------  --------------
    Participants analyzed                                  100             104
    Median (95% confidence interval),        9.6 (8.6 to 11.2)  -.7 (NA to NA)
    months

    Analyses
    Groups compared    Hypothesis   Method         p  Estimate
    -----------------  -----------  --------  ------  -----------------------
    1. Drug / Placebo  Superiority  Log Rank  <0.001  Hazard Ratio (HR): 0.73
    1 more column for which there is no room here
    Compared, analysis 1: All who were randomized.

    Adverse events: Posted: 2 groups, 1 serious event, 2 other events
    Time frame: 1 year
    Other events are listed above a frequency of: 5 %

    Serious adverse events
    Cells: affected/at risk (their share), number of events where it is stated
    Term     Organ system                            Drug          Placebo
    -------  --------------------------  ----------------  ---------------
    Ascites  Gastrointestinal disorders  3/100 (3.0 %), 2  26/104 (25.0 %)

    Other adverse events
    Cells: affected/at risk (their share), number of events where it is stated
    Term      Organ system                              Drug        Placebo
    --------  --------------------------  ------------------  -------------
    Nausea    Gastrointestinal disorders    7/100 (7.0 %), 2  0/104 (0.0 %)
    Vomiting  Gastrointestinal disorders  12/100 (12.0 %), 2  9/104 (8.7 %)
    ");
}

#[test]
fn every_value_is_shown_on_demand() {
    let journey = reading().sized((76, 70)).press("O / resu <enter>").misses("10 mg once daily");
    journey.press("R").sees("10 mg once daily").sees("Drug (G0)");
}

#[test]
fn the_tables_are_chosen_by_their_titles() {
    let journey = reading().press("t").sees("NCT00000001 · results").sees("1 of 6");
    let journey = journey.sees("Milestone").press("j").sees("54.2 (8.1)");
    let journey = journey.press("/ surv <enter>").sees("9.6 (8.6 to 11.2)").press("<esc>");
    let journey = journey.press("G").sees("12/100 (12.0 %), 2").press("<esc>");
    journey.misses("· results").sees("} next section");
}

#[test]
fn adverse_events_are_sorted_and_narrowed() {
    let mut journey = reading().press("t G <enter> <right> <right> s");
    assert!(journey.place_of("Vomiting").1 < journey.place_of("Nausea").1);
    let mut journey = journey.sees("by Drug ↓").press("S");
    assert!(journey.place_of("Vomiting").1 > journey.place_of("Nausea").1);
    let journey = journey.press("/ vom <enter>").misses("Nausea").sees("1 of 1, 2 in all");
    let journey = journey.press("<esc>").sees("Nausea").press("<esc> <esc>");
    journey.misses("· results");
}

#[test]
fn what_is_said_about_a_cell_stands_below() {
    let journey = reading().press("t j <enter> j <right>").misses("Not recorded.");
    journey.press("<right>").sees("[a]: Not recorded.");
}

#[test]
fn numbers_stand_above_what_the_groups_are() {
    for size in [(160, 50), (80, 24), (60, 20)] {
        let mut journey = reading().sized(size).press("t <enter>").sees("10 mg once daily");
        let (numbers, groups) = (journey.place_of("Started").1, journey.place_of("10 mg").1);
        assert!(numbers < groups, "{}", journey.screen());
    }
}

#[test]
fn a_group_without_a_number_has_no_column_and_is_named() {
    let achievements = json!([{"groupId": "G0", "numSubjects": "100"}]);
    let results = json!({"participantFlowModule": {
        "groups": [{"id": "G0", "title": "Drug"}, {"id": "G1", "title": "Observed"}],
        "periods": [{"title": "Overall Study",
            "milestones": [{"type": "STARTED", "achievements": achievements}]}],
    }});
    let study = study(1, "Of one group").set("hasResults", true).set("resultsSection", results);
    let mut journey = Journey::on(&[study]).press("<enter> z t y");
    let copied = journey.tasks.iter().find_map(|task| match task {
        Task::Copy { text, .. } => Some(text.as_str()),
        _ => None,
    });
    assert_eq!(copied, Some("Milestone\tDrug\nStarted\t100"));
    journey = journey.press("<enter>").sees("Nothing is stated for: Observed");
    journey.press("<enter>").sees("Observed (G1)");
}

#[test]
fn what_is_said_about_a_table_is_read_whole() {
    for size in [(160, 50), (80, 24), (40, 10)] {
        let journey = reading().sized(size).press("t / surv <enter> <enter> <enter>");
        let journey = journey.sees("rows 1 to ").misses("9.6").press("G").sees("once daily");
        let journey = journey.press("<enter>").sees("9.6").misses("rows 1 to ");
        journey.press("<enter> <esc>").sees("9.6").press("<enter> J").misses("rows 1 to ");
    }
}

#[test]
fn the_next_table_follows_without_going_back() {
    let journey = reading().press("t <enter> J").sees("54.2 (8.1)").press("J").sees("Survival");
    journey.press("K K K").sees("Milestone");
}

#[test]
fn on_a_small_screen_there_are_titles_or_a_table() {
    for size in [(60, 20), (40, 10)] {
        let journey = reading().sized(size).press("t").sees("Participant flow").misses("Started");
        let journey = journey.press("<enter>").sees("Started").press("<esc>").misses("Started");
        journey.press("<tab>").sees("Started").press("q").misses("Started");
    }
}

#[test]
fn a_table_is_copied_with_tabs() {
    let journey = reading().press("t y").sees("copied the table").sees("results");
    let copied = journey.tasks.iter().find_map(|task| match task {
        Task::Copy { text, .. } => Some(text.as_str()),
        _ => None,
    });
    let lines = ["Milestone\tDrug\tPlacebo", "Started\t100\t104"];
    assert!(copied.unwrap().starts_with(&lines.join("\n")), "{copied:?}");
}

#[test]
fn without_results_the_screen_says_so() {
    Journey::sample().press("t").sees("no results are posted");
}
