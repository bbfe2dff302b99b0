//! What can stand behind the prefix of an area of the registry: names and words that its fields have.

use std::cmp::Reverse;

use super::spot::Spot;
use super::{Completion, MOST, values, words};
use crate::search::Cancel;
use crate::search::area::Area;
use crate::store::Store;
use crate::study::Concept;
use crate::study::concept::Kind;
use crate::text;

/// The names of an area that fit what was typed, each with the field that has it, and words that begin so.
pub(super) fn values(store: &Store, area: Area, spot: &Spot, cancel: &Cancel) -> Vec<Completion> {
    let fields = area.definition().fields.iter().copied();
    let is_names = |concept: &Concept| {
        matches!(concept.definition().kind, Kind::Names(_)) && *concept != Concept::Id
    };
    let item = |text: String, what: &str, studies| Completion {
        place: spot.place.clone(),
        text,
        what: what.to_owned(),
        studies: Some(studies),
    };
    let mut items: Vec<Completion> = Vec::new();
    for concept in fields.clone().filter(is_names) {
        let vocabulary = store.vocabulary(concept);
        for (value, studies) in values::fitting(store, concept, spot.typed, cancel) {
            let text = as_asked(vocabulary.label(value), spot.is_quoted);
            // One name of several fields is asked of all of them.
            match items.iter_mut().find(|item| item.text == text) {
                Some(known) => known.studies = known.studies.max(Some(studies)),
                None => items.push(item(text, concept.label(), studies)),
            }
        }
    }
    items.sort_by_key(|item| Reverse(item.studies));
    let is_words = |concept: &Concept| matches!(concept.definition().kind, Kind::Words(_));
    if !spot.is_quoted && !spot.typed.is_empty() {
        let found = words::beginning_with(store, &fields.filter(is_words), &text::fold(spot.typed));
        let found = found.into_iter().map(|(word, studies)| item(word, "word", studies));
        let found: Vec<Completion> = found.collect();
        items.truncate(MOST - found.len().min(MOST));
        items.extend(found);
    }
    items.truncate(MOST);
    items
}

/// A name behind the prefix of an area, where quotes mean a phrase.
fn as_asked(label: &str, is_quoted: bool) -> String {
    let is_word = label.chars().all(char::is_alphanumeric) && !label.eq_ignore_ascii_case("none");
    if is_word && !is_quoted {
        label.to_owned()
    } else {
        format!("\"{}\"", label.replace('\\', r"\\").replace('"', "\\\""))
    }
}
