//! What else can be asked comes behind the answer: the screen shows the answer first, and only keys that list it wait.

use trialdex::event::Event;
use trialdex::search::{Cancel, Memory, answer_until, hints};

use super::journey::Journey;

/// The answer to what was asked is on the screen; what else can be asked is ready, as an event.
fn answered(typed: &str) -> (Journey, Event) {
    let mut journey = Journey::sample().slow().press(&format!("/{typed}"));
    let (job, query) = journey.asked.pop().expect("a letter asks");
    journey.asked.clear();
    let (cancel, mut memory) = (Cancel::default(), Memory::default());
    let store = journey.app.session.store.clone();
    let results = answer_until(&store, &query, &cancel, (&mut memory, None)).unwrap();
    let understood = results.understood().unwrap();
    let hints = hints(&store, &query, &understood, &cancel, &mut memory).unwrap();
    (journey.told(Event::Answered(job, Box::new(results))), Event::Hinted(job, hints))
}

#[test]
fn the_answer_is_shown_before_what_else_can_be_asked() {
    let (mut journey, hinted) = answered("shenyang");
    assert!(journey.screen().contains("NCT06242405"));
    assert!(!journey.screen().contains("city:shenyang"));
    journey.told(hinted).sees("city:shenyang");
}

#[test]
fn a_key_that_lists_it_waits_for_it_and_no_other_does() {
    let (journey, hinted) = answered("shenyang");
    let journey = journey.press("<tab>").told(hinted).press("<enter>").answer();
    journey.asks("city:shenyang");
    let (journey, hinted) = answered("shenyang");
    let journey = journey.press("<ctrl-u>liver").answer();
    // It belongs to an older question.
    journey.told(hinted).asks("liver").finds(19);
}
