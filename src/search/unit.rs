//! What the words of a query are looked up as: codes, places and names. Words that say nothing where they stand are
//! left out.

mod either;

use std::ops::Range;

use super::hits::Word;
use super::meant::everyday;
use super::query::{Ask, Term};
use super::{code, matching};
use crate::store::Store;
use crate::study::Concept;
use crate::text;

/// The longest name of a place, in words.
const LONGEST_PLACE: usize = 3;

/// What a place is, the likeliest first.
const PLACES: [Concept; 2] = [Concept::Country, Concept::City];

/// What words are looked up as.
pub(super) enum Unit {
    /// Words that are a query of their own: `phase 3`.
    Query(Range<usize>, String),
    /// Words of which any will do: `viagra or cialis`.
    Either(Range<usize>, String),
    /// The name of a place, behind `in`.
    Place(Range<usize>, Term),
    Word(usize),
    /// A word of the question that nothing is looked for.
    PassedOver(usize),
}

/// What words are looked up as, without those that say nothing where they stand.
pub(super) fn units(store: &Store, words: &[Word]) -> Vec<Unit> {
    let mut units = Vec::new();
    let folded: Vec<String> = words.iter().map(|word| text::fold(word.typed)).collect();
    let is = |word: &Word, test: fn(&str) -> bool| word.parts.iter().all(|part| test(part));
    let mut at = 0;
    while at < words.len() {
        let word = &words[at];
        let is_bare = word.term.concept.is_none();
        let typed = words[at..].iter().map(|word| word.typed);
        let said_of_nothing = if is_bare { everyday::said_of_nothing(&folded[at..]) } else { 0 };
        if let Some((count, query)) = code::meant(typed).filter(|_| is_bare) {
            units.push(Unit::Query(at..at + count, query));
            at += count;
        } else if let Some(query) = code_beside(words, at).filter(|_| is_bare) {
            units.push(Unit::Query(at..at + 1, query));
            at += 1;
        } else if let Some((end, query)) = either::at(store, words, at).filter(|_| is_bare) {
            units.push(Unit::Either(at..end, query));
            at = end;
        } else if said_of_nothing > 0 {
            units.extend((at..at + said_of_nothing).map(Unit::PassedOver));
            at += said_of_nothing;
        } else if let Some(place) = place_at(store, words, at).filter(|_| is_bare) {
            at = place.words.end;
            units.push(Unit::Place(place.words, place.term));
        } else {
            let before = at.checked_sub(1).map(|at| folded[at].as_str());
            let is_number = folded[at] == "i" && before.is_some_and(everyday::is_before_number);
            if is_bare && !is_number && is(word, everyday::is_of_question) {
                units.push(Unit::PassedOver(at));
            } else if !is(word, everyday::is_empty) {
                units.push(Unit::Word(at));
            }
            at += 1;
        }
    }
    let is_asked = units.iter().any(|unit| !matches!(unit, Unit::PassedOver(_)));
    if is_asked { units } else { (0..words.len()).map(Unit::Word).collect() }
}

/// The query that a word is beside others.
fn code_beside(words: &[Word], at: usize) -> Option<String> {
    let says_nothing = |word: &Word| word.parts.iter().all(|part| everyday::is_of_question(part));
    let is_last = at > 0 && words[at + 1..].iter().all(says_nothing);
    if words.len() == 1 { None } else { code::meant_beside(words[at].typed, is_last) }
}

/// The name of a place among words.
struct Named {
    words: Range<usize>,
    term: Term,
}

/// The place that words name from `at` on: any behind `in`, a country beside other words too, if they are not the name of
/// a house.
fn place_at(store: &Store, words: &[Word], at: usize) -> Option<Named> {
    let folded = |word: &Word| text::fold(word.typed);
    let mut start = at;
    let is_behind = everyday::is_before_place(&folded(&words[at]));
    if is_behind {
        start += 1;
        start += usize::from(words.get(start).is_some_and(|word| folded(word) == "the"));
    } else if words.len() == 1 || words.iter().any(|word| everyday::is_of_house(&folded(word))) {
        return None;
    }
    let named = words.get(start..)?;
    // A country by itself is words, and the line says that it is a country.
    let longest = if is_behind { named.len() } else { named.len().min(words.len() - 1) };
    (1..=longest.min(LONGEST_PLACE)).rev().find_map(|count| {
        let folded: Vec<String> = named[..count].iter().map(folded).collect();
        let folded = folded.join(" ");
        let is_one = |concept: &Concept| matching::is_value(store, *concept, &folded);
        let concepts = if is_behind { &PLACES[..] } else { &PLACES[..1] };
        let concept = *concepts.iter().find(|concept| is_one(concept))?;
        let ask = if count == 1 { Ask::Word(folded) } else { Ask::Quoted(folded) };
        Some(Named { words: start..start + count, term: Term { concept: Some(concept), ask } })
    })
}
