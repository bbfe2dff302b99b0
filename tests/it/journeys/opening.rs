//! Another dataset is opened while the browser runs.

use std::path::PathBuf;

use trialdex::app::App;
use trialdex::dataset::Dataset;
use trialdex::event::{Event, Opened};
use trialdex::session::{Begins, Effect, KeptSession, Task};

use super::journey::{Journey, store, study};
use crate::made::Made;

fn first() -> [Made; 2] {
    [study(1, "A trial of one"), study(2, "A trial of two")]
}

/// The dataset that was asked for is read.
fn arrives(journey: Journey, studies: &[Made]) -> Journey {
    arrives_as_left(journey, studies, None)
}

/// The same of one that was left somewhere before.
fn arrives_as_left(journey: Journey, studies: &[Made], left: Option<KeptSession>) -> Journey {
    let (job, paths) = match (journey.started.last(), journey.tasks.last()) {
        (Some(job), Some(Task::Open(paths, _))) => (*job, paths.clone()),
        other => panic!("{other:?}"),
    };
    let dataset = Dataset::from(store(studies));
    let opened = Opened { paths, dataset, left };
    let journey = journey.told(Event::Opened(job, Box::new(opened)));
    journey.told(Event::Ended(job, Ok("opened it".to_owned())))
}

fn asked(journey: &Journey) -> Vec<PathBuf> {
    match journey.tasks.last() {
        Some(Task::Open(paths, _)) => paths.clone(),
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
    assert_eq!(journey.tasks.iter().filter(|task| matches!(task, Task::Open(..))).count(), 4);
}

#[test]
fn a_dataset_that_cannot_be_read_changes_nothing() {
    let journey = Journey::on(&first()).press("<ctrl-o>/nothing<enter>");
    let job = *journey.started.last().unwrap();
    let journey = journey.told(Event::Ended(job, Err("/nothing: no such file".to_owned())));
    let journey = journey.sees("/nothing: no such file").finds(2).sees("studies.json");
    // What comes of it later is not wanted.
    let dataset = Dataset::from(store(&[study(9, "Late")]));
    let late = Opened { paths: vec!["/nothing".into()], dataset, left: None };
    journey.told(Event::Opened(job, Box::new(late))).finds(2).sees("studies.json");
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

#[test]
fn a_dataset_is_opened_where_it_was_left_and_the_other_one_is_left_where_it_is() {
    let journey = Journey::on(&first()).press("/two<enter>").finds(1).press("<space>");
    let journey = journey.press("<ctrl-o>/a.json<enter>");
    let begins = journey.tasks.iter().rev().find_map(|task| match task {
        Task::Open(_, begins) => Some(*begins),
        _ => None,
    });
    assert_eq!(begins, Some(Begins::AsLeft));
    let left = KeptSession {
        query: "sort:reverse-id".to_owned(),
        at: "NCT00000007".parse().ok(),
        pins: vec!["NCT00000008".parse().unwrap()],
        pane: "filters".to_owned(),
        ..KeptSession::default()
    };
    let other = [study(7, "A trial"), study(8, "A trial"), study(9, "A trial of two")];
    let journey = arrives_as_left(journey, &other, Some(left));
    let journey = journey.asks("sort:reverse-id").finds(3).stands_on("NCT00000007");
    assert_eq!(journey.pins(), ["NCT00000008"]);
    let kept = journey.tasks.iter().find_map(|task| match task {
        Task::KeepSession(_, left) => Some(left.clone()),
        _ => None,
    });
    let kept = kept.expect("the first one is left");
    assert_eq!((kept.query.as_str(), kept.pins.len()), ("two", 1));
    // Reading it once more changes nothing of that.
    let journey = journey.press("<esc>k<f5>");
    assert!(matches!(journey.tasks.last(), Some(Task::Open(_, Begins::Here))));
    let journey = arrives(journey, &other).asks("sort:reverse-id").stands_on("NCT00000008");
    let is_kept = |task: &&Task| matches!(task, Task::KeepSession(..));
    assert_eq!(journey.tasks.iter().filter(is_kept).count(), 1);
}
