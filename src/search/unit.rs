//! What the words of a query are looked up as: codes, places, houses and names. Words that say nothing where they stand
//! are left out.

mod either;
mod negated;
mod place;
mod region;

pub(super) use place::Place;

use std::ops::Range;

use super::code;
use super::hits::Word;
use super::meant::everyday;
use crate::store::Store;
use crate::text;

/// What words are looked up as.
pub(super) enum Unit {
    /// Words that are a query of their own: `phase 3`.
    Query(Range<usize>, String),
    /// Words of which any will do: `viagra or cialis`.
    Either(Range<usize>, String),
    /// The name of a place.
    Place(Place),
    /// The name of a house that a place is a part of: `university of chicago`.
    House(Range<usize>),
    Word(usize),
    /// Words that are one word which is written wrong, and that word: `astra zenica`.
    Joined(Range<usize>, String),
    /// A word of the question that nothing is looked for.
    PassedOver(usize),
}

/// What words are looked up as, without those that say nothing where they stand.
pub(super) fn units(store: &Store, words: &[Word]) -> Vec<Unit> {
    let mut units = Vec::new();
    // A comma behind a word is no part of it.
    let bare = |word: &Word| text::fold(word.typed.trim_end_matches([',', ';']));
    let folded: Vec<String> = words.iter().map(bare).collect();
    let is = |word: &Word, test: fn(&str) -> bool| word.parts.iter().all(|part| test(part));
    let mut at = 0;
    while at < words.len() {
        let word = &words[at];
        let rest = &folded[at..];
        let is_bare = word.term.concept.is_none();
        let said_of_nothing = if is_bare { everyday::said_of_nothing(rest) } else { 0 };
        let code = || code::meant(rest.iter().map(String::as_str));
        let is_behind_place = matches!(units.last(), Some(Unit::Place(..)));
        if let Some((count, query)) = code().filter(|_| is_bare) {
            units.push(Unit::Query(at..at + count, query));
            at += count;
        } else if let Some(query) = code_beside(words, &folded, at).filter(|_| is_bare) {
            units.push(Unit::Query(at..at + 1, query));
            at += 1;
        } else if let Some((end, query)) = either::at(store, words, at).filter(|_| is_bare) {
            units.push(Unit::Either(at..end, query));
            at = end;
        } else if let Some((end, query)) =
            negated::at(store, words, &folded, at).filter(|_| is_bare)
        {
            units.push(Unit::Query(at..end, query));
            at = end;
        } else if said_of_nothing > 0 {
            units.extend((at..at + said_of_nothing).map(Unit::PassedOver));
            at += said_of_nothing;
        } else if let Some(place) = place::at(store, words, at, is_behind_place).filter(|_| is_bare)
        {
            if let Some(house) = place::house(store, words, &place) {
                // It may begin with words before the place.
                units.retain(|unit| !unit.is_within(&house));
                at = house.end;
                units.push(Unit::House(house));
            } else {
                at = place.words.end;
                units.push(Unit::Place(place));
            }
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

impl Unit {
    /// Whether it is a single word among these.
    fn is_within(&self, words: &Range<usize>) -> bool {
        matches!(self, Self::Word(place) | Self::PassedOver(place) if words.contains(place))
    }
}

/// The query that a word is beside others.
fn code_beside(words: &[Word], folded: &[String], at: usize) -> Option<String> {
    let says_nothing = |word: &Word| word.parts.iter().all(|part| everyday::is_of_question(part));
    let is_last = at > 0 && words[at + 1..].iter().all(says_nothing);
    if words.len() == 1 { None } else { code::meant_beside(&folded[at], is_last) }
}
