//! Our own list: an object a line, as `marks list --format json` writes it. Records of the registry have an id and no
//! opinions.

use serde::Deserialize;
use serde_json::Value;

use super::{ImportError, Opinion, Record, ids, line, note};
use crate::marks::event::Passage;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Listed {
    v: Option<u32>,
    id: Option<String>,
    #[serde(rename = "protocolSection")]
    protocol: Option<Value>,
    decision: Option<String>,
    reason: Option<String>,
    tags: Vec<String>,
    note: Option<String>,
    passages: Vec<Noted>,
    by: Option<String>,
    settles: bool,
}

/// A note on a passage.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Noted {
    note: String,
    field: String,
    words: String,
}

/// The notes on passages that somebody has written.
pub(super) fn on_passages(noted: Vec<Noted>, by: Option<&str>) -> Vec<Opinion> {
    let on_passage = |Noted { note: text, field, words }: Noted| Opinion {
        by: by.map(str::to_owned),
        note: note(&text),
        passage: Some(Passage { field, words }),
        ..Opinion::default()
    };
    noted.into_iter().map(on_passage).collect()
}

pub(super) fn records(text: &str) -> Result<Vec<Record>, ImportError> {
    let lines = (1..).zip(text.lines()).filter(|(_, text)| !text.trim().is_empty());
    lines.map(|(number, text)| record(number, text)).collect()
}

fn record(number: u64, text: &str) -> Result<Record, ImportError> {
    let listed: Listed = match serde_json::from_str(text) {
        Ok(listed) => listed,
        Err(error) => {
            let unreadable = vec![format!("no object of a list: {error}")];
            return Ok(Record { line: number, unreadable, ..Record::default() });
        }
    };
    if listed.v.is_some() {
        return Err(ImportError::IsCollection);
    }
    let mut unreadable = Vec::new();
    let decision = match listed.decision.as_deref().map(str::trim) {
        None | Some("" | "none") => None,
        Some(name) => name.parse().map_err(|error| unreadable.push(format!("{error}"))).ok(),
    };
    let registered = listed.protocol.as_ref().and_then(|protocol| {
        protocol.pointer("/identificationModule/nctId").and_then(Value::as_str)
    });
    let ids = ids(listed.id.as_deref().into_iter().chain(registered));
    let by = listed.by.as_deref().and_then(line);
    let passages = on_passages(listed.passages, by.as_deref());
    let own = Opinion {
        by,
        decision,
        reason: listed.reason.as_deref().and_then(line).filter(|_| decision.is_some()),
        settles: listed.settles && decision.is_some(),
        tags: listed.tags.iter().filter_map(|tag| line(tag)).collect(),
        note: listed.note.as_deref().and_then(note),
        passage: None,
    };
    let says = own.decision.is_some() || own.note.is_some() || !own.tags.is_empty();
    let opinions = says.then_some(own).into_iter().chain(passages).collect();
    Ok(Record { line: number, ids, opinions, unreadable })
}
