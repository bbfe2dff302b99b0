//! The records of one trial that were read: their list, and two of them side by side.

use std::fs;
use std::sync::Arc;

use trialdex::app::App;
use trialdex::dataset;

use super::journey::{Journey, study};
use crate::made::Made;

const ID: &str = "NCT00000001";

fn version(day: &str, status: &str, count: u32) -> Made {
    study(1, "Cells for the liver")
        .updated(day)
        .status(status)
        .at("designModule.enrollmentInfo.count", count)
}

/// Three records of one trial, each in a file of its own, and another trial.
fn browser() -> Journey {
    let folder = tempfile::tempdir().unwrap();
    let other = study(2, "Only once").updated("2019-01-01");
    let files = [
        ("2020/studies.json", version("2020-01-01", "NOT_YET_RECRUITING", 10).json()),
        ("2021/studies.json", version("2021-06-01", "RECRUITING", 10).json()),
        (
            "2022/studies.json",
            [version("2022-05-01", "COMPLETED", 12).json(), other.json()].join("\n"),
        ),
    ];
    for (name, json) in files {
        let path = folder.path().join(name);
        fs::create_dir(path.parent().unwrap()).unwrap();
        fs::write(path, json).unwrap();
    }
    let paths = [folder.path().to_owned()];
    let dataset = dataset::open(&paths, &Arc::default()).unwrap();
    Journey::starting(App::default()).loaded(dataset).finds(2)
}

#[test]
fn versions_are_listed_the_newest_first_with_what_differs() {
    let mut journey = browser().press("<enter>").sees("V versions").press("V");
    journey = journey.sees(&format!("Versions of {ID} · Cells for the liver")).sees("2 of 3");
    let screen = journey.screen();
    let lines: Vec<&str> = screen.lines().map(|line| line.trim_matches(['│', ' ', '▸'])).collect();
    assert_eq!(
        lines[2..8],
        [
            "Version 3 of 3 · updated 1 May 2022 · Completed · 2022/studies.json",
            "the newest",
            "Version 2 of 3 · updated 1 Jun 2021 · Recruiting · 2021/studies.json",
            "differs from the newest in 3 fields: Status, Enrollment, Last update posted",
            "Version 1 of 3 · updated 1 Jan 2020 · Not yet recruiting · 2020/studies.json",
            "differs from the newest in 3 fields: Status, Enrollment, Last update posted",
        ],
        "{screen}"
    );
}

#[test]
fn a_version_is_compared_with_the_newest_and_escape_leads_back() {
    let mut journey = browser().press("V j <enter>").sees("Comparison of two versions");
    journey = journey.sees("NCT00000001 (2020-01-01)").sees("NCT00000001 (2022-05-01)");
    journey = journey.sees("Not yet recruiting").sees("Completed").sees("back to the versions");
    // Pins stay as they are, whatever is pressed.
    journey = journey.press("w").sees("two versions of one trial").press("O s").press("J");
    assert_eq!(journey.pins(), [""; 0]);
    journey = journey.press("e").sees("this comparison as Markdown").press("<enter>");
    journey = journey.sees("wrote trialdex-NCT00000001-NCT00000001.md");
    let journey = journey.press("<esc>").sees("Versions of").sees("3 of 3");
    let journey = journey.press("g <enter>").sees("NCT00000001 (2021-06-01)").press("q");
    journey.press("<esc>").misses("Versions of").stands_on(ID).sees("q quit");
}

#[test]
fn pinned_trials_are_compared_as_before() {
    let journey =
        browser().press("<space> j <space> k V <enter>").sees("Comparison of two versions");
    let journey = journey.press("c").misses("two versions").sees("NCT00000002");
    let journey = journey.press("<esc>").sees("Comparison of two versions").press("2");
    let journey = journey.press("c").sees("Comparison ─").sees("NCT00000002");
    assert_eq!(journey.pins(), ["NCT00000001", "NCT00000002"]);
}

#[test]
fn one_version_says_so_and_is_not_offered() {
    let journey = browser().press("j <enter>").misses("versions");
    let journey = journey.press("V").sees("NCT00000002: one version of its record was read");
    journey.misses("Versions of");
}

#[test]
fn the_last_line_offers_only_what_there_is() {
    let site = serde_json::json!([{"facility": "Hospital", "city": "Lyon", "country": "France"}]);
    let full = study(1, "Full")
        .updated("2021-01-01")
        .at("descriptionModule.briefSummary", "See NCT00000009.")
        .at("contactsLocationsModule.locations", site);
    let bare = study(2, "Bare");
    let wide = (240, 30);
    let journey = Journey::on(&[full, bare]).sized(wide).press("<enter>");
    let journey = journey.sees("m map").sees("L links").sees("T dates");
    let journey = journey.misses("results tables").press("J").sees("Bare");
    ["m map", "L links", "T dates"].iter().fold(journey, |journey, hint| journey.misses(hint));
}
