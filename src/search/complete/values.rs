//! The values of a field that fit what was typed of one.

use std::cmp::Reverse;

use super::MOST;
use crate::search::{Cancel, alias, fuzzy};
use crate::store::{Store, ValueIdx, Vocabulary};
use crate::study::Concept;
use crate::text;

/// If more words begin with what was typed, only the values that most studies have are looked at.
const MOST_WORDS: usize = 2_000;

/// Values with the number of studies that have each: those that begin with `typed`, then those with a word that does,
/// then those that have it as another name, else what comes near.
pub(super) fn fitting(
    store: &Store,
    concept: Concept,
    typed: &str,
    cancel: &Cancel,
) -> Vec<(ValueIdx, u64)> {
    let (vocabulary, folded) = (store.vocabulary(concept), text::fold(typed));
    let mut found = if concept.has_codes() {
        of_codes(concept, vocabulary, &folded)
    } else {
        beginning_with(vocabulary, &folded)
    };
    let mut add = |more: Vec<ValueIdx>| {
        let is_new = |value: &ValueIdx| !found.iter().any(|(known, _)| known == value);
        let more: Vec<ValueIdx> = more.into_iter().filter(is_new).collect();
        found.extend(most_frequent(vocabulary, more.into_iter()));
    };
    add(alias::meant(concept, &folded).iter().filter_map(|it| vocabulary.exactly(it)).collect());
    add(with_words(vocabulary, &folded));
    if found.is_empty() && !concept.has_codes() {
        found = most_frequent(vocabulary, fuzzy::nearest(vocabulary, &folded, cancel).into_iter());
    }
    found.truncate(MOST);
    found
}

/// The values that begin with `folded`, the most frequent first.
pub(super) fn beginning_with(vocabulary: &Vocabulary, folded: &str) -> Vec<(ValueIdx, u64)> {
    most_frequent(vocabulary, vocabulary.values_with_prefix(folded))
}

/// The codes of which a word begins with `folded`, in the order of the registry.
fn of_codes(concept: Concept, vocabulary: &Vocabulary, folded: &str) -> Vec<(ValueIdx, u64)> {
    let typed: Vec<&str> = folded.split('_').collect();
    let fits = |label: &str| {
        let words: Vec<&str> = text::words(label).collect();
        let (last, init) = typed.split_last().unwrap_or((&"", &[]));
        let mut windows = words.windows(typed.len());
        windows.any(|window| window.starts_with(init) && window[init.len()].starts_with(last))
    };
    let labels = concept.terms().iter().map(|term| text::fold(term.label));
    let values = labels.filter(|label| fits(label)).filter_map(|label| vocabulary.exactly(&label));
    values.map(|value| (value, studies(vocabulary, value))).collect()
}

/// The values that have all words typed, the last one as the beginning of a word.
fn with_words(vocabulary: &Vocabulary, folded: &str) -> Vec<ValueIdx> {
    let typed: Vec<&str> = text::words(folded).collect();
    let Some(longest) = typed.iter().max_by_key(|word| word.len()) else { return Vec::new() };
    let words = vocabulary.words_with_prefix(longest);
    let mut values: Vec<ValueIdx> = if words.len() > MOST_WORDS {
        vocabulary.examples(words)
    } else {
        words.flat_map(|word| vocabulary.values_with_word(word)).collect()
    };
    values.sort_unstable();
    values.dedup();
    let has = |folded: &str, typed: &&str| text::words(folded).any(|it| it.starts_with(*typed));
    values.retain(|&value| typed.iter().all(|typed| has(vocabulary.folded(value), typed)));
    values
}

/// As many of `values` as are offered, the most frequent first.
fn most_frequent(
    vocabulary: &Vocabulary,
    values: impl Iterator<Item = ValueIdx>,
) -> Vec<(ValueIdx, u64)> {
    let mut counted: Vec<_> = values.map(|value| (value, studies(vocabulary, value))).collect();
    let key = |&(value, studies): &(ValueIdx, u64)| (Reverse(studies), value);
    if counted.len() > MOST {
        counted.select_nth_unstable_by_key(MOST, key);
        counted.truncate(MOST);
    }
    counted.sort_unstable_by_key(key);
    counted
}

fn studies(vocabulary: &Vocabulary, value: ValueIdx) -> u64 {
    vocabulary.studies(value).len() as u64
}
