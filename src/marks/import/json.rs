//! Our own list: an object a line, as `marks list --format json` writes it.

use serde::Deserialize;

use super::{ImportError, Opinion, Record, line, note};
use crate::marks::event::Passage;
use crate::study::NctId;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Listed {
    v: Option<u32>,
    id: String,
    decision: Option<String>,
    reason: Option<String>,
    tags: Vec<String>,
    note: Option<String>,
    passage: Option<Words>,
    by: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Words {
    field: String,
    words: String,
}

pub(super) fn records(text: &str) -> Result<Vec<Record>, ImportError> {
    let mut records = Vec::new();
    for (number, text) in (1..).zip(text.lines()).filter(|(_, text)| !text.trim().is_empty()) {
        let malformed = |reason: String| ImportError::Malformed { line: number, reason };
        let listed: Listed =
            serde_json::from_str(text).map_err(|error| malformed(error.to_string()))?;
        if listed.v.is_some() {
            return Err(ImportError::IsCollection);
        }
        let decision = match listed.decision.as_deref().map(str::trim) {
            None | Some("" | "none") => None,
            Some(name) => Some(name.parse().map_err(|error| malformed(format!("{error}")))?),
        };
        let ids: Vec<NctId> = listed.id.parse().into_iter().collect();
        let passage = listed.passage.map(|Words { field, words }| Passage { field, words });
        let opinion = Opinion {
            by: listed.by.as_deref().and_then(line),
            decision,
            reason: listed.reason.as_deref().and_then(line),
            tags: listed.tags.iter().filter_map(|tag| line(tag)).collect(),
            note: listed.note.as_deref().and_then(note),
            passage,
        };
        records.push(Record { line: number, ids, opinions: vec![opinion] });
    }
    Ok(records)
}
