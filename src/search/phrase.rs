//! Phrases: values and titles in which several words stand side by side.

use std::ops::Range;

use roaring::RoaringBitmap;

use super::asked::Asked;
use super::matched::{Found, How};
use crate::store::{StudyIdx, Union, ValueIdx, Vocabulary};

/// Words side by side, as the numbers that a vocabulary has for them.
struct Phrase {
    /// All but the last; never none.
    init: Vec<u32>,
    /// The words that will do as the last one, and the one of them that is asked for itself.
    last: Range<u32>,
    whole: Option<u32>,
}

impl Phrase {
    /// `None` when the vocabulary lacks a word.
    fn new(vocabulary: &Vocabulary, asked: &Asked) -> Option<Self> {
        let (last, init) = asked.words.split_last()?;
        let init = init.iter().map(|word| vocabulary.find_word(word));
        let init: Vec<u32> = init.collect::<Option<_>>()?;
        let whole = vocabulary.find_word(last);
        let last = if asked.open_end {
            let words = vocabulary.words_with_prefix(last);
            words.start as u32..words.end as u32
        } else {
            whole?..whole? + 1
        };
        (!last.is_empty()).then_some(Self { init, last, whole })
    }

    /// Whether the phrase stands in `words`, and whether whole.
    fn found_in(&self, words: &[u32]) -> Option<How> {
        let begins = (0..words.len()).filter(|&at| words[at] == self.init[0]);
        let windows = begins.filter_map(|at| words[at..].get(..=self.init.len()));
        let ends = windows.filter(|window| window.starts_with(&self.init));
        let ends = ends.filter_map(|window| window.last()).filter(|&end| self.last.contains(end));
        ends.map(|end| if self.whole == Some(*end) { How::Word } else { How::Beginning }).min()
    }
}

/// The values of an open vocabulary that have the words side by side, by how they have them.
pub(super) fn in_values(vocabulary: &Vocabulary, asked: &Asked) -> Vec<(How, Found)> {
    let Some(phrase) = Phrase::new(vocabulary, asked) else { return Vec::new() };
    let rarest =
        phrase.init.iter().min_by_key(|&&word| vocabulary.values_with_word(word as usize).len());
    let candidates = rarest.map(|&word| vocabulary.values_with_word(word as usize));
    let (mut value, mut whole, mut beginning) = (Vec::new(), Vec::new(), Vec::new());
    for candidate in candidates.into_iter().flatten() {
        match phrase.found_in(vocabulary.words_of(candidate)) {
            Some(_) if vocabulary.folded(candidate) == asked.folded => value.push(candidate),
            Some(How::Beginning) => beginning.push(candidate),
            Some(_) => whole.push(candidate),
            None => (),
        }
    }
    let found = [(How::Value, value), (How::Word, whole), (How::Beginning, beginning)];
    found.map(|(how, values): (How, Vec<ValueIdx>)| (how, Found::Values(values))).into()
}

/// The studies that have the words side by side in one text, by how they have them.
pub(super) fn in_texts(vocabulary: &Vocabulary, asked: &Asked) -> Vec<(How, Found)> {
    let Some(phrase) = Phrase::new(vocabulary, asked) else { return Vec::new() };
    let having = |words: Range<u32>| {
        let mut union = Union::default();
        vocabulary.gather(words.start as usize..words.end as usize, &mut union);
        union.finish()
    };
    let init = phrase.init.iter().map(|&word| having(word..word + 1));
    let candidates =
        init.fold(having(phrase.last.clone()), |candidates, having| candidates & having);
    let (mut whole, mut beginning) = (RoaringBitmap::new(), RoaringBitmap::new());
    for study in candidates {
        match phrase.found_in(vocabulary.texts_of(StudyIdx(study))) {
            Some(How::Beginning) => _ = beginning.insert(study),
            Some(_) => _ = whole.insert(study),
            None => (),
        }
    }
    vec![(How::Word, Found::Studies(whole)), (How::Beginning, Found::Studies(beginning))]
}
