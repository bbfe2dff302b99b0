//! Every key that a last line names does something there, and every command does something somewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use ratatui::buffer::Buffer;
use serde_json::json;
use trialdex::app::{App, Picking};
use trialdex::dataset::Dataset;
use trialdex::event::{Event, Loading};
use trialdex::load::{BadRecord, Place as At};
use trialdex::store::Store;
use trialdex::ui::action::{ACTIONS, Action};

use super::journey::{Journey, store, study};
use crate::made::Made;

/// Wide enough for every last line.
const SIZE: (u16, u16) = (240, 20);

/// Somewhere in the program: the file that says its last line, and the keys that lead there.
struct Place(&'static str, &'static str);

const PLACES: &[Place] = &[
    Place("app/draw.rs", ""),
    Place("app/mark.rs", "Z"),
    Place("app/pick.rs", "j"),
    Place("app/pick.rs", "j j"),
    Place("ui/pane/search.rs", "/ liver <enter> / <ctrl-u> rare <esc> / <ctrl-n> <up>"),
    Place("ui/pane/search.rs", "/ <ctrl-u> <tab>"),
    Place("ui/pane/filters.rs", "f j"),
    Place("ui/pane/filters.rs", "f j /"),
    Place("ui/pane/list.rs", "j"),
    Place("ui/pane/list.rs", "& / start <enter> }"),
    Place("ui/pane/detail.rs", "<space> j <space> r <enter> } }"),
    Place("ui/pane/detail.rs", "<enter> / e"),
    Place("ui/pane/detail.rs", "<enter> / e <enter>"),
    Place("ui/pane/detail/passage.rs", "<enter> \" j j J"),
    Place("ui/pane/comparison/hints.rs", "<space> j <space> c ] ]"),
    Place("ui/pane/comparison/hints.rs", "<space> j <space> j <space> c ] ]"),
    Place("ui/pane/comparison/hints.rs", "<space> j <space> c / e"),
    Place("ui/pane/comparison/hints.rs", "<space> j <space> c / e <enter>"),
    Place("ui/popup/entry.rs", "x"),
    Place("ui/popup/columns.rs", "C j <space>"),
    Place("ui/popup/dashboard.rs", "D <enter>"),
    Place("ui/popup/facts.rs", "<space> j <space> j <space> c w > <space> <"),
    Place("ui/popup/facts.rs", "<space> j <space> j <space> c w / e"),
    Place("ui/popup/help.rs", "? j"),
    Place("ui/popup/help.rs", "? / e"),
    Place("ui/popup/menu.rs", "s j"),
    Place("ui/popup/map.rs", "m + l"),
    Place("ui/popup/map.rs", "m + <tab> j"),
    Place("ui/popup/map.rs", "m /"),
    Place("ui/popup/opening.rs", "<ctrl-o> /a <down>"),
    Place("ui/popup/overlap.rs", "<space> j <space> c O j"),
    Place("ui/popup/overlap.rs", "<space> j <space> c O / e"),
    Place("ui/popup/overlap.rs", "<space> j <space> c O / e <enter>"),
    Place("ui/popup/person.rs", "P <down>"),
    Place("ui/popup/raw.rs", "v = j j"),
    Place("ui/popup/raw.rs", "v / e"),
    Place("ui/popup/raw.rs", "v / e <enter>"),
    Place("ui/popup/raw.rs", "v / long <enter> <esc> <enter> j"),
    Place("ui/popup/related.rs", "r j"),
    Place("ui/popup/tables.rs", "t"),
    Place("ui/popup/tables.rs", "t /"),
    Place("ui/popup/tables.rs", "t <enter> j j <right>"),
    Place("ui/popup/tables.rs", "t <enter> <enter> j"),
    Place("ui/popup/why.rs", "/ <ctrl-u> rare <enter> W"),
    Place("ui/popup/timeline.rs", "T"),
    Place("ui/popup/timeline.rs", "<space> j <space> j <space> c T R j"),
    Place("ui/popup/versions.rs", "V g"),
    Place("ui/pane/comparison/hints.rs", "V <enter> ] ]"),
];

/// Where there is something to unfold, and no difference in front of it.
const FOLDED: Place = Place("ui/pane/comparison/hints.rs", "<space> j <space> c -");

/// Where panes are not as wide as usual.
const WIDENED: Place = Place("ui/pane/list.rs", "j >");

/// Three trials of which everything can be shown that there is.
fn trial(number: u32) -> Made {
    let text = (1..=60).map(|line| format!("Sentence {line} of a long text."));
    let sites = (1..=30_u8).map(|site| {
        let (lat, lon) = (f64::from(site), f64::from(site) * 3.0 - 40.0);
        json!({"facility": format!("Hospital {site}"), "city": "Example", "country": (["France", "Italy"][usize::from(site) % 2]), "geoPoint": {"lat": lat, "lon": lon}})
    });
    let groups = json!([{"id": "OG0", "title": "One"}, {"id": "OG1", "title": "Other"}]);
    let outcome = |title: &str| {
        let measured = |value: &str| json!([{"groupId": "OG0", "value": value}, {"groupId": "OG1", "value": "7"}]);
        let classes = json!([{"categories": [{"title": "first", "measurements": measured("3")}, {"title": "second", "measurements": measured("4")}]}]);
        json!({"type": "PRIMARY", "title": title, "description": "What is measured, and how. ".repeat(300), "timeFrame": "1 year", "paramType": "NUMBER", "unitOfMeasure": "people", "groups": groups, "classes": classes})
    };
    study(number, &format!("Rare exosomes in people {number}"))
        .updated(&format!("2025-01-0{number}"))
        .conditions(["Liver Failure", "Extremely Rare Disease"])
        .sponsor("Example University")
        .at("statusModule.startDateStruct", json!({"date": format!("20{number}0-01-01")}))
        .at("statusModule.completionDateStruct", json!({"date": format!("20{number}2-01-01")}))
        .at("statusModule.studyFirstPostDateStruct", json!({"date": "2009-01-01"}))
        .at("statusModule.primaryCompletionDateStruct", json!({"date": "2031-05-01"}))
        .at("designModule.enrollmentInfo.count", 10 * number)
        .at("descriptionModule.briefSummary", "See NCT00000001, NCT00000002 and NCT00000003.")
        .at("descriptionModule.detailedDescription", text.collect::<Vec<_>>().join("\n"))
        .at("contactsLocationsModule.locations", sites.collect::<Vec<_>>())
        .at(
            "unknownModule.values",
            (0..40).map(|n| json!(format!("value {n}"))).collect::<Vec<_>>(),
        )
        .set(
            "resultsSection.outcomeMeasuresModule.outcomeMeasures",
            json!([outcome("Deaths"), outcome("Relapses")]),
        )
}

/// The trials, with older records of the one at the top.
static STORE: LazyLock<Arc<Store>> = LazyLock::new(|| {
    let older = ["2020-01-01", "2021-01-01"];
    let older = older.map(|day| trial(3).title("Another title").status("COMPLETED").updated(day));
    store(&[older.as_slice(), &[1, 2, 3].map(trial)].concat())
});

/// The browser with a history: a filter that was chosen, and one that was taken back.
pub(super) fn browser() -> Journey {
    let bad = BadRecord {
        place: At { file: "trials.json".into(), within: "line 7".to_owned() },
        reason: "torn".to_owned(),
    };
    let dataset = Dataset { bad: vec![bad], skipped: 1, ..Dataset::from(Arc::clone(&STORE)) };
    let journey = Journey::starting(App::default()).sized(SIZE).loaded(dataset);
    journey.press("f j <space> j j <space> u <esc> g").finds(3)
}

impl Place {
    fn reach(&self) -> Journey {
        match self.0 {
            "app/draw.rs" => {
                let journey = Journey::starting(App::default()).sized(SIZE);
                journey.told(Event::Loading(Loading::default()))
            }
            "app/pick.rs" => {
                let mut journey = browser();
                let is_one = self.1 == "j";
                journey.app.picking = Some(if is_one { Picking::One } else { Picking::Several });
                journey.press(self.1)
            }
            _ => browser().press(self.1),
        }
    }

    fn name(&self) -> String {
        format!("{} after {:?}", self.0, self.1)
    }
}

/// Whatever can tell that a key did something.
fn state(journey: &mut Journey) -> (Buffer, usize, usize) {
    let screen = journey.buffer().clone();
    (screen, journey.tasks.len(), journey.effects.len())
}

/// The keys of a last line, as a journey presses them, each with what it is said to do.
fn hints(line: &str) -> Vec<(String, String)> {
    let hints = line.trim().split("  ").filter(|hint| !hint.is_empty());
    let pressed = |key: &str| match key {
        "↑" => "<up>".to_owned(),
        "↓" => "<down>".to_owned(),
        "←" => "<left>".to_owned(),
        "→" => "<right>".to_owned(),
        key if key.chars().count() == 1 => key.to_owned(),
        key => format!("<{}>", key.to_lowercase()),
    };
    let split = |hint: &str| {
        let (key, words) = hint.split_once(' ').unwrap_or_else(|| panic!("{hint:?} in {line:?}"));
        (pressed(key), words.to_owned())
    };
    hints.map(split).collect()
}

#[test]
fn every_key_of_every_last_line_does_something() {
    let mut idle = Vec::new();
    for place in PLACES {
        let line = place.reach().line(-1);
        for (key, words) in hints(&line) {
            let mut journey = place.reach();
            let before = state(&mut journey);
            if state(&mut journey.press(&key)) == before {
                idle.push(format!("{}: {key} {words}", place.name()));
            }
        }
    }
    assert!(idle.is_empty(), "these do nothing:\n{}", idle.join("\n"));
}

#[test]
fn every_last_line_is_among_them() {
    let mut lines: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for place in PLACES {
        lines.entry(place.0).or_default().insert(place.reach().line(-1));
    }
    let mut missing = Vec::new();
    for (file, count) in declared() {
        let seen = lines.get(file.as_str()).map_or(0, BTreeSet::len);
        if seen < count {
            missing.push(format!("{file} has {count} last lines, of which {seen} are pressed"));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// How many lists of hints each source file has.
fn declared() -> Vec<(String, usize)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    for file in walkdir::WalkDir::new(&root) {
        let file = file.unwrap();
        if file.path().extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let text: String = fs::read_to_string(file.path()).unwrap().split_whitespace().collect();
        let count = text.matches("&[(Action::").count();
        // The keys beside the title are no last line.
        let name = file.path().strip_prefix(&root).unwrap().to_string_lossy().into_owned();
        if count > 0 && name != "ui/status.rs" {
            found.push((name, count));
        }
    }
    assert!(found.len() > 10, "{found:?}");
    found
}

#[test]
fn every_command_does_something_somewhere() {
    // Where one types, no palette opens; where one reads a text, every other command ends that.
    let shows = |place: &&Place| {
        palette_opens(place) && !ACTIONS.iter().all(|entry| acts(place, entry.name))
    };
    let places: Vec<&Place> = PLACES.iter().chain([&FOLDED, &WIDENED]).filter(shows).collect();
    assert!(places.len() > 12, "{}", places.len());
    let idle = ACTIONS.iter().filter(|entry| {
        // Both of these are what the palette is opened and left with.
        !matches!(entry.action, Action::Palette | Action::Back)
            && !places.iter().any(|place| acts(place, entry.name))
    });
    let idle: Vec<&str> = idle.map(|entry| entry.name).collect();
    assert!(idle.is_empty(), "these do nothing anywhere: {}", idle.join(" "));
}

fn palette_opens(place: &Place) -> bool {
    let mut journey = place.reach().press(":");
    place.0 != "app/draw.rs" && journey.screen().contains("┌ Commands")
}

/// Whether the command does something there.
fn acts(place: &Place, command: &str) -> bool {
    // What was said before goes with the first key.
    let mut journey = place.reach().press(": <esc>");
    let before = state(&mut journey);
    let mut journey = journey.press(":").press(command).press(": <enter>");
    state(&mut journey) != before
}
