//! Another dataset is opened while the browser runs.

use std::path::PathBuf;

use trialdex::app::App;
use trialdex::dataset::Dataset;
use trialdex::event::Event;
use trialdex::session::{Effect, Task};

use super::journey::{Journey, store, study};
use crate::made::Made;

fn first() -> [Made; 2] {
    [study(1, "A trial of one"), study(2, "A trial of two")]
}

/// The dataset that was asked for is read.
fn arrives(journey: Journey, studies: &[Made]) -> Journey {
    let (job, paths) = match (journey.started.last(), journey.tasks.last()) {
        (Some(job), Some(Task::Open(paths))) => (*job, paths.clone()),
        other => panic!("{other:?}"),
    };
    let dataset = Dataset::from(store(studies));
    let journey = journey.told(Event::Opened(job, paths, dataset));
    journey.told(Event::Ended(job, Ok("opened it".to_owned())))
}

fn asked(journey: &Journey) -> Vec<PathBuf> {
    match journey.tasks.last() {
        Some(Task::Open(paths)) => paths.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_path_is_typed_and_what_is_selected_and_pinned_stays() {
    for size in [(200, 60), (120, 40), (80, 24), (40, 10)] {
        let journey = Journey::on(&first()).sized(size).press("j<space>").stands_on("NCT00000002");
        let journey = journey.press(":open<space>").sees("Open a file").press("/data/o");
        let journey = journey.sees("/data/oone.json").press("<tab>").press("<enter>");
        assert_eq!(asked(&journey), [PathBuf::from("/data/oo")]);
        // The present dataset can be used meanwhile.
        let journey = journey.press("k").stands_on("NCT00000001").press("j");
        let other = [study(2, "A trial of two"), study(3, "A trial of three")];
        let journey = arrives(journey, &other).stands_on("NCT00000002").finds(2);
        assert!(journey.effects.contains(&Effect::Use(vec!["/data/oo".into()])));
        let mut journey = journey.sees("opened it");
        assert_eq!(journey.pins(), ["NCT00000002"]);
        assert!(journey.line(0).contains("oo"), "{}", journey.line(0));
    }
}

#[test]
fn a_dataset_can_be_added_and_read_again() {
    let journey = Journey::on(&first()).press("<f5>").sees("the sample is part of the program");
    let journey = journey.press("<ctrl-o>/a.json<enter>");
    let journey = arrives(journey, &first()).press("<ctrl-o>+/b.json<enter>");
    assert_eq!(asked(&journey), [PathBuf::from("/a.json"), "/b.json".into()]);
    let journey = arrives(journey, &[study(7, "Another")]).finds(1).press("<f5>");
    assert_eq!(asked(&journey), [PathBuf::from("/a.json"), "/b.json".into()]);
    let journey = arrives(journey, &first()).finds(2).told(Event::Changed);
    assert_eq!(journey.tasks.iter().filter(|task| matches!(task, Task::Open(_))).count(), 4);
}

#[test]
fn a_dataset_that_cannot_be_read_changes_nothing() {
    let journey = Journey::on(&first()).press("<ctrl-o>/nothing<enter>");
    let job = *journey.started.last().unwrap();
    let journey = journey.told(Event::Ended(job, Err("/nothing: no such file".to_owned())));
    let journey = journey.sees("/nothing: no such file").finds(2).sees("studies.json");
    // What comes of it later is not wanted.
    let late =
        Event::Opened(job, vec!["/nothing".into()], Dataset::from(store(&[study(9, "Late")])));
    journey.told(late).finds(2).sees("studies.json");
}

#[test]
fn a_dataset_waits_until_menus_are_closed() {
    let journey = Journey::on(&first()).press("<ctrl-o>/a.json<enter>A").press("my<space>note");
    let journey = arrives(journey, &[study(9, "Another")]).sees("my note").press("<enter>");
    journey.finds(1).stands_on("NCT00000009");
}

#[test]
fn a_path_that_is_pasted_or_dropped_is_offered() {
    for (keys, pasted, path) in [
        ("", "/data/a.json", "/data/a.json"),
        ("", "'/data/my trials.json' ", "/data/my trials.json"),
        ("/", "file:///data/b%20c.zip", "/data/b c.zip"),
        ("<enter>", "/data/a.json", "/data/a.json"),
    ] {
        let journey = Journey::on(&first()).press(keys).paste(pasted).sees("Open a file");
        assert_eq!(asked(&journey.press("<enter>")), [PathBuf::from(path)]);
    }
    let journey =
        Journey::on(&first()).press("/").paste("liver").misses("Open a file").asks("liver");
    journey.press("<esc>").paste("some words").misses("Open a file");
}

#[test]
fn datasets_that_were_open_are_offered() {
    let mut journey = Journey::on(&first());
    journey.app.session.recent = Some(vec!["/data/one.json".into(), "/data/two.json".into()]);
    let journey = journey.press("<ctrl-o>").sees("/data/one.json").press("<down><down><enter>");
    assert_eq!(asked(&journey), [PathBuf::from("/data/two.json")]);
    let journey = arrives(journey, &first());
    let kept = Task::KeepRecent(vec!["/data/two.json".into(), "/data/one.json".into()]);
    assert!(journey.tasks.contains(&kept), "{:?}", journey.tasks);
    // What is open is not offered again.
    journey.press("<ctrl-o>").sees("/data/one.json").misses("/data/two.json");
}

#[test]
fn where_none_could_be_opened_another_one_can_be() {
    for (size, keys) in [((120, 40), "o"), ((40, 10), "<ctrl-o>"), ((80, 24), ":open<enter>")] {
        let failed = Event::LoadFailed("/a.json: holds no study".to_owned());
        let mut journey = Journey::starting(App::default()).sized(size).told(failed);
        journey.app.session.paths = vec!["/a.json".into()];
        journey.app.session.recent = Some(vec!["/b.json".into()]);
        // What needs a dataset does nothing.
        let journey = journey.press("j f c e <enter>").sees("/a.json: holds no study");
        let journey = journey.press(keys).sees("/b.json").press("<down><enter>");
        assert_eq!(asked(&journey), [PathBuf::from("/b.json")]);
        let job = *journey.started.last().unwrap();
        let ended = Event::Ended(job, Err("/b.json: permission denied".to_owned()));
        let journey = journey.told(ended).sees("permission denied").sees("holds no study");
        let journey = journey.press(keys).press("<down><down>").sees("the sample").press("<enter>");
        assert!(asked(&journey).is_empty());
        let journey = arrives(journey, &first()).finds(2).misses("holds no study");
        assert_eq!(journey.app.failure(), None);
        journey.press("j").stands_on("NCT00000002");
    }
}

#[test]
fn the_sample_is_offered_unless_it_is_open() {
    Journey::sample().press("<ctrl-o>").misses("the sample").sees("the path of a file");
    let journey = Journey::on(&first()).press("<ctrl-o>/a.json<enter>");
    let journey = arrives(journey, &first()).press("<ctrl-o>").sees("the sample");
    assert!(asked(&journey.press("<down><enter>")).is_empty());
}
