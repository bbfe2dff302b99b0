//! Marks for tests.

use super::{Change, Decision, Event, Journal, Marks, Verdict, What};
use crate::study::{NctId, PartialDate};

/// The decision of somebody, with a reason or without.
pub fn decided(decision: Decision, reason: Option<&str>) -> Change {
    let reason = reason.map(str::to_owned);
    Change::Decided(Verdict { decision: Some(decision), reason, settles: false })
}

/// What one person marked on studies, each as of the update that their record had.
pub fn marked(by: &str, changes: Vec<(NctId, Change, Option<PartialDate>)>) -> Marks {
    said(changes.into_iter().map(|(id, change, record)| (by, What::Marked { id, change, record })))
}

/// What people said in turn, each a step of its own and a second later.
pub fn said<'a>(said: impl IntoIterator<Item = (&'a str, What)>) -> Marks {
    let event = |(number, (by, what)): (u32, (&str, What))| {
        let (event, at) =
            (format!("e{number}"), format!("2026-11-28T09:30:{number:02}Z").parse().unwrap());
        Event { step: event.clone(), event, at, by: by.to_owned(), what }
    };
    let mut journal = Journal::default();
    journal.add((1..).zip(said).map(event).collect());
    journal.marks().clone()
}
