//! Several words side by side, in values and in titles.

use roaring::RoaringBitmap;

use super::matching::{Asked, Found, How};
use crate::store::{Store, StudyIdx, Union, ValueIdx, Vocab, Vocabulary};
use crate::text;

/// The values of an open vocabulary that have the words side by side, by how they have them.
pub(super) fn in_values(vocabulary: &Vocabulary, asked: &Asked) -> Vec<(How, Found)> {
    let (mut value, mut whole, mut beginning) = (Vec::new(), Vec::new(), Vec::new());
    let first = asked.words[0];
    let words =
        vocabulary.words_with_prefix(first).take_while(|&found| vocabulary.word(found) == first);
    for candidate in words.flat_map(|word| vocabulary.values_with_word(word)) {
        let folded = vocabulary.folded(candidate);
        match asked.found_in(folded) {
            Some(_) if folded == asked.folded => value.push(candidate),
            Some(How::Beginning) => beginning.push(candidate),
            Some(_) => whole.push(candidate),
            None => (),
        }
    }
    let found = [(How::Value, value), (How::Word, whole), (How::Beginning, beginning)];
    let sorted = found.map(|(how, mut values): (How, Vec<ValueIdx>)| {
        values.sort_unstable();
        values.dedup();
        (how, Found::Values(values))
    });
    sorted.into()
}

/// The studies that have the words side by side in a title, which the index knows only word by word.
pub(super) fn in_titles(store: &Store, vocab: Vocab, asked: &Asked) -> Vec<(How, Found)> {
    let vocabulary = store.vocabulary(vocab);
    let mut candidates: Option<RoaringBitmap> = None;
    for (index, word) in asked.words.iter().enumerate() {
        let mut words = vocabulary.words_with_prefix(word);
        if !asked.open_end || index + 1 < asked.words.len() {
            let is_whole =
                words.clone().next().is_some_and(|found| vocabulary.word(found) == *word);
            words.end = words.start + usize::from(is_whole);
        }
        let mut union = Union::default();
        vocabulary.gather(words, &mut union);
        let found = union.finish();
        candidates = Some(candidates.map_or_else(|| found.clone(), |before| before & &found));
    }
    let (mut whole, mut beginning) = (RoaringBitmap::new(), RoaringBitmap::new());
    for study in candidates.unwrap_or_default() {
        let titles = [store.brief_title(StudyIdx(study)), store.official_title(StudyIdx(study))];
        match titles.iter().filter_map(|title| asked.found_in(&text::fold(title))).min() {
            Some(How::Beginning) => _ = beginning.insert(study),
            Some(_) => _ = whole.insert(study),
            None => (),
        }
    }
    vec![(How::Word, Found::Studies(whole)), (How::Beginning, Found::Studies(beginning))]
}
