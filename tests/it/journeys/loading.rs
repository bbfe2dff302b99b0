//! The screen while a dataset loads, and when it cannot be loaded.

use std::time::Duration;

use insta::assert_snapshot;
use trialdex::app::App;
use trialdex::event::{Event, Loading};

use super::journey::{Journey, store, study};

const HALFWAY: Loading = Loading {
    bytes: 51_300_000,
    total: 102_600_000,
    studies: 1234,
    bad: 2,
    elapsed: Duration::from_secs(12),
};

fn loading(progress: Loading) -> Journey {
    Journey::starting(App::default()).sized((60, 12)).told(Event::Loading(progress))
}

#[test]
fn progress_is_shown() {
    assert_snapshot!(loading(HALFWAY).screen(), @r"
    trialdex · studies.json



                 Loading: 1,234 trials, 2 skipped
            [####################--------------------]
                       51.3 MB of 102.6 MB
               100 trials a second, about 12 s left



    q quit
    ");
    loading(Loading { total: 0, bad: 0, ..HALFWAY })
        .sees("Loading: 1,234 trials\n")
        .sees("51.3 MB\n");
    let early = Loading { elapsed: Duration::from_secs(1), ..HALFWAY };
    assert!(!loading(early).screen().contains("second"));
    loading(Loading { total: 10_400_000_000, bytes: 5_100_000_000, ..HALFWAY })
        .sees("5.1 GB of 10.4 GB");
    let end = loading(Loading { bytes: 102_600_000, ..HALFWAY }).screen();
    assert!(end.contains("100 trials a second, all read, finishing"), "{end}");
    assert!(end.contains(&"#".repeat(40)), "{end}");
}

#[test]
fn one_can_leave_while_loading() {
    for keys in ["q", "Q", "<ctrl-c>", "/q <ctrl-c>"] {
        assert!(loading(HALFWAY).press(keys).has_quit(), "{keys}");
    }
    // Behind other keys it may be a letter of what is searched.
    assert!(!loading(HALFWAY).press("/ q").has_quit());
}

#[test]
fn other_keys_wait_for_the_dataset() {
    let mut journey = loading(HALFWAY);
    let before = journey.screen();
    let mut journey = journey.press("j /quiet <enter> <space> :");
    assert_eq!(journey.screen(), before);
    assert!(journey.effects.is_empty() && journey.asked.is_empty());
    let store = store(&[study(1, "A trial"), study(2, "A quiet one")]);
    let journey = journey.loaded(store).finds(1).asks("quiet").stands_on("NCT00000002");
    assert_eq!(journey.pins(), ["NCT00000002"]);
    journey.sees("Commands");
}

#[test]
fn keys_that_waited_are_forgotten_where_nothing_can_be_opened() {
    let journey = loading(HALFWAY).press("? :").told(Event::LoadFailed("a.json: gone".to_owned()));
    journey.sees("a.json: gone").misses("Commands");
}

#[test]
fn a_query_from_the_command_line_is_answered_as_soon_as_it_can_be() {
    let mut app = App::default();
    app.session.type_query("kidney");
    let journey = Journey::starting(app);
    let studies = [study(1, "Liver"), study(2, "Kidney")];
    journey.loaded(store(&studies)).finds(1).stands_on("NCT00000002").asks("kidney");
}

#[test]
fn a_dataset_that_cannot_be_opened_says_why_in_full() {
    let reason = "/home/somebody/trials/notes.json: holds no study (a JSON object without \
                  protocolSection); what can be opened: an array, a page, a study, a zip";
    let mut journey = Journey::starting(App::default())
        .sized((60, 12))
        .told(Event::LoadFailed(reason.to_owned()));
    assert_snapshot!(journey.screen(), @r"
     trialdex · studies.json
    /home/somebody/trials/notes.json: holds no study (a JSON
    object without protocolSection); what can be opened: an
    array, a page, a study, a zip







     o open another file  q quit
    ");
    assert_eq!(journey.app.failure(), Some(reason));
    assert!(journey.press("j / x <esc>").press("q").has_quit());
}

#[test]
fn another_dataset_takes_the_place_of_the_first() {
    let journey = Journey::sample().press("/ liver <enter> <space>");
    let store = store(&[study(1, "Liver"), study(2, "Kidney")]);
    let journey = journey.loaded(store).asks("liver").finds(1).stands_on("NCT00000001");
    assert!(journey.pins().is_empty());
}

#[test]
fn what_both_datasets_have_stays_pinned_and_selected() {
    let trials = [1, 2, 3].map(|number| study(number, "Liver"));
    let journey = Journey::on(&trials).press("<space> j <space> <enter> j").sees("2 pinned");
    let journey = journey.loaded(store(&[study(2, "Liver"), study(3, "Lung")]));
    let journey = journey.finds(2).stands_on("NCT00000002").sees("1 pinned");
    assert_eq!(journey.pins(), ["NCT00000002"]);
}
