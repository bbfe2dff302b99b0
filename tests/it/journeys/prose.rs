//! Asking prose: what is found, what is told of it, and where it is highlighted.

use super::journey::Journey;
use crate::made::{Made, made};

fn studies() -> Vec<Made> {
    let criteria =
        |number, text: &str| made(number).at("eligibilityModule.eligibilityCriteria", text);
    vec![
        criteria(
            1,
            "Inclusion Criteria:\n\n* adults\n\nExclusion Criteria:\n\n* active hepatitis B",
        ),
        criteria(
            2,
            "Inclusion Criteria:\n\n* chronic hepatitis\n\nExclusion Criteria:\n\n* tumour",
        ),
        criteria(3, "Adults with hepatitis"),
        made(4).at("descriptionModule.briefSummary", "Hepatitis and tumours"),
    ]
}

#[test]
fn prose_is_asked_by_its_fields_alone() {
    let journey = Journey::on(&studies()).press("/ hepatitis").finds(0);
    let journey = journey.press("<ctrl-u> excl:hepat").finds(1).sees("NCT00000001");
    let journey = journey.sees("1 has criteria that are not split; crit: looks there too");
    let journey = journey.press("<ctrl-u> crit:hepatitis").finds(3);
    let journey = journey.press("<ctrl-u> text:hepatitis").finds(4);
    let journey = journey.press("<ctrl-u> excl:\"hepatitis<space>active\"").finds(0);
    let journey = journey.press("~0").finds(1);
    journey.press("<ctrl-u> -excl:hepatitis").finds(3).sees("1 of these has criteria");
}

#[test]
fn other_spellings_are_added_and_told() {
    let journey = Journey::on(&studies()).press("/ text:tumor").finds(2);
    journey.sees("+ tumour, tumours 2").press("<ctrl-x>").finds(0);
}

/// A trial whose summary, criteria and outcomes fill some screens.
fn long() -> Made {
    let lines = |word: &str| format!("* {word}\n").repeat(40);
    let criteria = format!(
        "Inclusion Criteria:\n\n{}* treated hepatitis\n\nExclusion Criteria:\n\n{}* acute hepatitis\n* heart failure",
        lines("adult"),
        lines("other")
    );
    made(1)
        .title("Hepatitis")
        .at("descriptionModule.briefSummary", "Of hepatitis and the heart, not of its failure")
        .at("eligibilityModule.eligibilityCriteria", criteria)
}

/// The lines of the screen on which a word is highlighted.
fn highlighted(journey: &mut Journey, word: &str) -> Vec<String> {
    let screen = journey.screen();
    let mut found = Vec::new();
    for (row, line) in screen.lines().enumerate().skip(4) {
        let Some((before, _)) = line.split_once(word) else { continue };
        let column = trialdex::text::width(before) as u16;
        let cell = journey.cell((column, row as u16));
        if Some(cell.fg) == trialdex::ui::theme::Theme::default().matched.fg {
            found.push(line.trim_matches(['│', ' ']).to_owned());
        }
    }
    found
}

#[test]
fn a_trial_opens_where_what_was_asked_stands_and_only_there_it_is_highlighted() {
    let on = |query: &str| {
        let keys = format!("/{query}<enter><enter>");
        Journey::on(&[long(), made(2)]).sized((80, 24)).press(&keys)
    };
    let mut journey = on("excl:hepatitis").sees("acute hepatitis").misses("treated hepatitis");
    assert_eq!(highlighted(&mut journey, "hepatitis").len(), 1, "{}", journey.screen());
    let mut journey = journey.press("g").sees("Of hepatitis and");
    assert_eq!(highlighted(&mut journey, "hepatitis"), [""; 0], "{}", journey.screen());
    // From one place to the next.
    let journey = on("crit:hepatitis").sees("treated hepatitis").press("n").sees("acute hepatitis");
    journey.press("N").sees("treated hepatitis").misses("acute hepatitis");
    // Another question shows where that stands, from which one can go on.
    let journey = on("incl:hepatitis").press("/").press("<esc>").press("<esc>");
    let journey = journey.press("/<ctrl-u>excl:\"heart<space>failure\"<enter><enter>");
    let mut journey = journey.sees("heart failure");
    assert_eq!(highlighted(&mut journey, "heart").len(), 1, "{}", journey.screen());
    let mut journey = on("summary:\"failure<space>heart\"~5");
    for word in ["heart", "failure"] {
        assert_eq!(highlighted(&mut journey, word).len(), 1, "{word}: {}", journey.screen());
    }
    let mut journey = on("summary:hepatitis");
    assert_eq!(highlighted(&mut journey, "hepatitis").len(), 1, "{}", journey.screen());
}
