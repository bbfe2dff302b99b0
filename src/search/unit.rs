//! What the words of a query are looked up as: codes, places and names. Words that say nothing where they stand are
//! left out.

use std::ops::Range;

use super::hits::Word;
use super::query::{Ask, Term};
use super::{code, matching, meant};
use crate::store::Store;
use crate::study::Concept;
use crate::text;

/// The longest name of a place, in words.
const LONGEST_PLACE: usize = 3;

/// What words are looked up as.
pub(super) enum Unit {
    /// Words that are a query of their own: `phase 3`.
    Query(Range<usize>, String),
    /// The name of a place, behind `in`.
    Place(Range<usize>, Term),
    Word(usize),
    /// A word of the question that nothing is looked for.
    PassedOver(usize),
}

/// What words are looked up as, without those that say nothing where they stand.
pub(super) fn units(store: &Store, words: &[Word]) -> Vec<Unit> {
    let mut units = Vec::new();
    let is = |word: &Word, test: fn(&str) -> bool| word.parts.iter().all(|part| test(part));
    let mut at = 0;
    while at < words.len() {
        let word = &words[at];
        let is_bare = word.term.concept.is_none();
        let typed = words[at..].iter().map(|word| word.typed);
        if let Some((count, query)) = code::meant(typed).filter(|_| is_bare) {
            units.push(Unit::Query(at..at + count, query));
            at += count;
        } else if let Some((count, term)) = place_after(store, &words[at..]).filter(|_| is_bare) {
            units.push(Unit::Place(at + 1..at + 1 + count, term));
            at += 1 + count;
        } else {
            if is_bare && is(word, meant::is_of_question) {
                units.push(Unit::PassedOver(at));
            } else if !is(word, meant::is_empty) {
                units.push(Unit::Word(at));
            }
            at += 1;
        }
    }
    let is_asked = units.iter().any(|unit| !matches!(unit, Unit::PassedOver(_)));
    if is_asked { units } else { (0..words.len()).map(Unit::Word).collect() }
}

/// The place that is named after the first of `words`, and with how many words.
fn place_after(store: &Store, words: &[Word]) -> Option<(usize, Term)> {
    let (first, named) = words.split_first()?;
    if !meant::is_before_place(&text::fold(first.typed)) {
        return None;
    }
    (1..=named.len().min(LONGEST_PLACE)).rev().find_map(|count| {
        let folded: Vec<String> = named[..count].iter().map(|it| text::fold(it.typed)).collect();
        let folded = folded.join(" ");
        let is_one = |concept: &Concept| matching::is_value(store, *concept, &folded);
        let concept = [Concept::Country, Concept::City].into_iter().find(is_one)?;
        let ask = if count == 1 { Ask::Word(folded) } else { Ask::Quoted(folded) };
        Some((count, Term { concept: Some(concept), ask }))
    })
}
