//! The words that begin with what was typed, of some fields.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::store::{Store, Union};
use crate::study::Concept;
use crate::study::concept::Reach;

/// So many words are offered.
const MOST: usize = 6;

/// If more words of one vocabulary begin so, it is left out: there is too little to tell which is meant.
const MOST_WORDS: usize = 20_000;

/// Words with the number of studies that have each, the most frequent first; not the word itself.
pub(super) fn beginning_with(
    store: &Store,
    concepts: &(impl Iterator<Item = Concept> + Clone),
    folded: &str,
) -> Vec<(String, u64)> {
    let mut weights: HashMap<&str, usize> = HashMap::new();
    for concept in concepts.clone() {
        let vocabulary = store.vocabulary(concept);
        let words = vocabulary.words_with_prefix(folded);
        if words.len() > MOST_WORDS {
            continue;
        }
        for place in words {
            let values = vocabulary.values_with_word(place);
            let studies: usize = values.map(|value| vocabulary.studies(value).len()).sum();
            let weight = weights.entry(vocabulary.word(place)).or_default();
            *weight = studies.max(*weight);
        }
    }
    weights.remove(folded);
    let mut words: Vec<(Reverse<usize>, &str)> =
        weights.into_iter().map(|(word, weight)| (Reverse(weight), word)).collect();
    if words.len() > MOST {
        words.select_nth_unstable(MOST);
        words.truncate(MOST);
    }
    let counted = words.into_iter().map(|(_, word)| {
        let studies = studies_with(store, concepts.clone(), word);
        (word.to_owned(), studies)
    });
    let mut counted: Vec<(String, u64)> = counted.collect();
    counted.sort_by(|(a, one), (b, other)| other.cmp(one).then_with(|| a.cmp(b)));
    counted
}

/// The concepts that a bare word reaches; ids are no words.
pub(super) fn searched() -> impl Iterator<Item = Concept> + Clone {
    let is_searched =
        |concept: &Concept| concept.definition().reach == Reach::ByWord && *concept != Concept::Id;
    Concept::vocabularies().filter(is_searched)
}

/// How many studies have a word, exactly so.
fn studies_with(store: &Store, concepts: impl Iterator<Item = Concept>, word: &str) -> u64 {
    let mut union = Union::default();
    for concept in concepts {
        let vocabulary = store.vocabulary(concept);
        if let Some(place) = vocabulary.find_word(word) {
            vocabulary.gather(place as usize..place as usize + 1, &mut union);
        }
    }
    union.finish().len()
}
