//! CSL-JSON, as Zotero and pandoc read it.

use serde_json::{Map, Value, json};

use super::reference::Reference;
use super::writing::{Writing, remarks};
use crate::marks::Mark;
use crate::study::PartialDate;

/// One item of the array.
pub(super) fn csl(reference: &Reference, mark: Option<&Mark>, writing: &Writing) -> Value {
    let it = reference;
    let mut item = Map::new();
    let mut put = |key: &str, value: Value| {
        let is_empty = match &value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(list) => list.is_empty(),
            _ => false,
        };
        if !is_empty {
            item.insert(key.to_owned(), value);
        }
    };
    let names = |names: &mut dyn Iterator<Item = &String>| -> Value {
        names.filter(|name| !name.is_empty()).map(|name| json!({"literal": name})).collect()
    };
    put("id", json!(it.id));
    put("type", json!("report"));
    put("title", json!(writing.style.title(it)));
    put("title-short", json!(if it.acronym.is_empty() { &it.brief } else { &it.acronym }));
    put("author", names(&mut std::iter::once(&it.sponsor)));
    put("contributor", names(&mut it.collaborators.iter()));
    put("issued", date(it.posted));
    put("accessed", date(writing.origin.today));
    put("number", json!(it.id));
    put("genre", json!("Clinical trial registration"));
    put("publisher", json!("National Library of Medicine (US)"));
    put("publisher-place", json!("Bethesda (MD)"));
    put("archive", json!("ClinicalTrials.gov"));
    put("archive_location", json!(it.id));
    put("URL", json!(it.url));
    put("abstract", json!(it.abstract_text(writing.style.with_parts)));
    put("keyword", json!(it.keywords.join(", ")));
    put("language", json!("en"));
    let origin = Some(writing.origin.in_words()).filter(|origin| !origin.is_empty());
    let notes: Vec<String> =
        mark.map(remarks).unwrap_or_default().into_iter().chain(origin).collect();
    put("note", json!(notes.join("; ")));
    Value::Object(item)
}

/// `{"date-parts": [[2024, 5, 17]]}`, with as many parts as are known.
fn date(date: Option<PartialDate>) -> Value {
    let Some(date) = date else { return Value::Null };
    let text = date.to_string();
    let parts: Vec<u16> = text.split('-').filter_map(|part| part.parse().ok()).collect();
    json!({"date-parts": [parts]})
}
