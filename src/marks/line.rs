//! An event as a line of JSON, and back. What comes from a file is cleaned here.

use serde::{Deserialize, Serialize};

use super::event::{Change, Decision, Event, Passage, Verdict, What};
use super::moment::Moment;
use crate::text::{clean_line, clean_text};

/// The version of the form that this program writes.
pub(super) const VERSION: u32 = 1;

/// Why a line does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// A newer version of the program wrote it.
    Newer(u32),
    Damaged(String),
}

/// What every line has, whatever its version.
#[derive(Deserialize)]
struct Versioned {
    v: u32,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Line {
    v: u32,
    event: String,
    step: String,
    at: Option<Moment>,
    by: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    settles: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    tag: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    untag: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    passage: Option<Words>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seen: Option<bool>,
    #[serde(skip_serializing_if = "is_false")]
    read: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    undo: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Words {
    #[serde(default)]
    field: String,
    words: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_false(value: &bool) -> bool {
    !value
}

/// How a decision that was taken back is written.
const NONE: &str = "none";

/// The event as one line, without the line end.
pub(super) fn write(event: &Event) -> String {
    let mut line = Line {
        v: VERSION,
        event: event.event.clone(),
        step: event.step.clone(),
        at: Some(event.at),
        by: event.by.clone(),
        ..Line::default()
    };
    match &event.what {
        What::Undone { step } => line.undo = Some(step.clone()),
        What::Marked { id, change, record } => {
            line.id = Some(id.to_string());
            line.record = record.map(|date| date.to_string());
            match change.clone() {
                Change::Decided(Verdict { decision, reason, settles }) => {
                    line.decision = Some(decision.map_or(NONE, Decision::name).to_owned());
                    line.reason = reason;
                    line.settles = settles;
                }
                Change::Tagged { tag, on: true } => line.tag = Some(tag),
                Change::Tagged { tag, on: false } => line.untag = Some(tag),
                Change::Noted { text, passage } => {
                    line.note = Some(text);
                    line.passage = passage.map(|Passage { field, words }| Words { field, words });
                }
                Change::Seen(seen) => line.seen = Some(seen),
                Change::Read => line.read = true,
            }
        }
    }
    serde_json::to_string(&line).expect("texts and numbers are always JSON")
}

/// The event that a line says.
pub(super) fn read(line: &[u8]) -> Result<Event, Unread> {
    let damaged = |why: &str| Unread::Damaged(why.to_owned());
    let no_json = |error: serde_json::Error| {
        Unread::Damaged(if error.is_eof() { "it is cut off".to_owned() } else { error.to_string() })
    };
    let Versioned { v } = serde_json::from_slice(line).map_err(no_json)?;
    if v > VERSION {
        return Err(Unread::Newer(v));
    }
    let line: Line = serde_json::from_slice(line).map_err(no_json)?;
    if line.event.is_empty() {
        return Err(damaged("the event has no id of its own"));
    }
    let at = line.at.ok_or_else(|| damaged("it does not say when"))?;
    let step = if line.step.is_empty() { line.event.clone() } else { line.step.clone() };
    let by = clean_line(&line.by).trim().to_owned();
    let event = line.event.clone();
    Ok(Event { event, step, at, by, what: what(line).map_err(Unread::Damaged)? })
}

fn what(line: Line) -> Result<What, String> {
    if let Some(step) = line.undo {
        return Ok(What::Undone { step });
    }
    let id = line.id.ok_or("it names no trial")?;
    let id = id.parse().map_err(|error| format!("{}: {error}", clean_line(&id)))?;
    let one = |text: &str| clean_line(text).trim().to_owned();
    let change = if let Some(decision) = line.decision {
        let decision = match decision.as_str() {
            NONE => None,
            name => Some(name.parse::<Decision>().map_err(|error| one(&error.to_string()))?),
        };
        let reason = line.reason.map(|reason| one(&reason)).filter(|reason| !reason.is_empty());
        Change::Decided(Verdict { decision, reason, settles: line.settles })
    } else if let Some(tag) = line.tag {
        Change::Tagged { tag: one(&tag), on: true }
    } else if let Some(tag) = line.untag {
        Change::Tagged { tag: one(&tag), on: false }
    } else if let Some(text) = line.note {
        let passage = line.passage.map(|Words { field, words }| Passage {
            field: one(&field),
            words: clean_text(&words).into_owned(),
        });
        Change::Noted { text: clean_text(&text).trim().to_owned(), passage }
    } else if let Some(seen) = line.seen {
        Change::Seen(seen)
    } else if line.read {
        Change::Read
    } else {
        return Err("it says nothing that is known".to_owned());
    };
    let record = line.record.and_then(|date| date.parse().ok());
    Ok(What::Marked { id, change, record })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(what: What) -> Event {
        let at = "2026-11-28T09:30:00.25Z".parse().unwrap();
        Event { event: "a.1".to_owned(), step: "a".to_owned(), at, by: "Ana".to_owned(), what }
    }

    fn marked(change: Change) -> What {
        What::Marked { id: "NCT00000007".parse().unwrap(), change, record: None }
    }

    #[test]
    fn events_are_written_and_read_back() {
        let passage =
            Some(Passage { field: "Eligibility".to_owned(), words: "age\n\"18\"".to_owned() });
        let verdict = |decision, reason: Option<&str>, settles| {
            let reason = reason.map(str::to_owned);
            marked(Change::Decided(Verdict { decision, reason, settles }))
        };
        for what in [
            verdict(Some(Decision::Exclude), Some("wrong population"), false),
            verdict(Some(Decision::Include), None, true),
            verdict(None, None, false),
            marked(Change::Tagged { tag: "liver".to_owned(), on: true }),
            marked(Change::Tagged { tag: "liver".to_owned(), on: false }),
            marked(Change::Noted { text: "two\nlines".to_owned(), passage: None }),
            marked(Change::Noted { text: String::new(), passage }),
            marked(Change::Seen(true)),
            marked(Change::Read),
            What::Undone { step: "b".to_owned() },
            What::Marked {
                id: "NCT00000007".parse().unwrap(),
                change: Change::Seen(false),
                record: "2024-05".parse().ok(),
            },
        ] {
            let event = event(what);
            let line = write(&event);
            assert!(!line.contains('\n'), "{line}");
            assert_eq!(read(line.as_bytes()), Ok(event), "{line}");
        }
    }

    #[test]
    fn the_form_of_a_line_is_fixed() {
        let tag = event(marked(Change::Tagged { tag: "liver".to_owned(), on: true }));
        assert_eq!(
            write(&tag),
            r#"{"v":1,"event":"a.1","step":"a","at":"2026-11-28T09:30:00.25Z","by":"Ana","id":"NCT00000007","tag":"liver"}"#
        );
    }

    #[test]
    fn lines_that_do_not_count_say_why() {
        for (line, why) in [
            ("", "it is cut off"),
            ("{\"v\":1,\"ev", "it is cut off"),
            ("[1]", "no id of its own"),
            ("7", "invalid type"),
            ("{}", "missing field `v`"),
            (r#"{"v":1}"#, "no id of its own"),
            (r#"{"v":1,"event":"a"}"#, "does not say when"),
            (r#"{"v":1,"event":"a","at":"2026-11-28T09:30:00Z"}"#, "names no trial"),
            (
                r#"{"v":1,"event":"a","at":"2026-11-28T09:30:00Z","id":"x","seen":true}"#,
                "an id is `NCT`",
            ),
            (
                r#"{"v":1,"event":"a","at":"2026-11-28T09:30:00Z","id":"NCT00000001"}"#,
                "nothing that is known",
            ),
            (
                r#"{"v":1,"event":"a","at":"2026-11-28T09:30:00Z","id":"NCT00000001","decision":"x"}"#,
                "decisions are",
            ),
        ] {
            let Err(Unread::Damaged(said)) = read(line.as_bytes()) else { panic!("{line}") };
            assert!(said.contains(why), "{line}: {said}");
        }
        assert_eq!(read(br#"{"v":2,"anything":{}}"#), Err(Unread::Newer(2)));
        assert!(read(b"{\"v\":1,\"event\":\"\xff\"}").is_err());
    }

    #[test]
    fn texts_of_other_people_are_cleaned() {
        let line = r#"{"v":1,"event":"a","at":"2026-11-28T09:30:00Z","by":"A\u001b[2J","id":"nct00000001","note":"x\u001b\ny"}"#;
        let event = read(line.as_bytes()).unwrap();
        assert_eq!((event.by.as_str(), event.step.as_str()), ("A\u{fffd}[2J", "a"));
        let text = "x\u{fffd}\ny".to_owned();
        assert_eq!(event.change().unwrap().1, &Change::Noted { text, passage: None });
    }
}
