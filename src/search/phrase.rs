//! Phrases: values and titles in which several words stand side by side.

use std::ops::Range;

use roaring::RoaringBitmap;

use super::asked::Asked;
use super::matched::{Found, How};
use crate::store::{StudyIdx, Union, ValueIdx, Vocabulary};
use crate::text;

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

/// Words side by side, each in any of its spellings, as the numbers that a vocabulary has for them.
struct Spelled {
    words: Vec<Vec<u32>>,
    /// The word that makes the opposite of what follows: `non-small cell` is not small cell.
    non: Option<u32>,
    /// Longer names in which the words are something else, and where in them the words begin.
    others: Vec<(Vec<Vec<u32>>, usize)>,
}

impl Spelled {
    /// `None` if the vocabulary has a word in no spelling.
    fn new(vocabulary: &Vocabulary, words: &[&str], not_in: &[String]) -> Option<Self> {
        let others = not_in.iter().filter_map(|longer| {
            let longer: Vec<&str> = text::words(longer).collect();
            let is_here = |window: &[&str]| {
                window.iter().zip(words).all(|(one, other)| text::key(one) == text::key(other))
            };
            let place = longer.windows(words.len()).position(is_here)?;
            Some((spelled(vocabulary, &longer)?, place))
        });
        Some(Self {
            words: spelled(vocabulary, words)?,
            non: vocabulary.find_word("non"),
            others: others.collect(),
        })
    }

    /// Whether the words stand in a text, and not as their opposite or as a part of another name.
    fn stand_in(&self, text: &[u32]) -> bool {
        let is_here = |words: &[Vec<u32>], at: usize| {
            let window = text.get(at..at + words.len());
            window.is_some_and(|window| {
                window.iter().zip(words).all(|(word, spellings)| spellings.contains(word))
            })
        };
        (0..text.len()).filter(|&at| is_here(&self.words, at)).any(|at| {
            let is_opposite = at > 0 && self.non == Some(text[at - 1]);
            let mut others = self.others.iter();
            !is_opposite
                && !others.any(|(longer, place)| at >= *place && is_here(longer, at - place))
        })
    }
}

/// The numbers of every spelling of each word; `None` if the vocabulary has a word in no spelling.
fn spelled(vocabulary: &Vocabulary, words: &[&str]) -> Option<Vec<Vec<u32>>> {
    let places = words.iter().map(|word| {
        let mut places = vocabulary.spellings(word);
        places.extend(vocabulary.find_word(word));
        places.sort_unstable();
        places.dedup();
        (!places.is_empty()).then_some(places)
    });
    places.collect()
}

/// The values that have the word which fewest have, of words each in any of its spellings.
fn with_rarest(vocabulary: &Vocabulary, words: &[Vec<u32>]) -> Vec<ValueIdx> {
    let values = |places: &Vec<u32>| {
        let values = places.iter().flat_map(|&word| vocabulary.values_with_word(word as usize));
        values.collect::<Vec<_>>()
    };
    words.iter().map(values).min_by_key(Vec::len).unwrap_or_default()
}

/// The values that have the words side by side, each in any of its spellings; `None` if no value does.
pub(super) fn spelled_in_values(
    vocabulary: &Vocabulary,
    words: &[&str],
    not_in: &[String],
) -> Option<Found> {
    let asked = Spelled::new(vocabulary, words, not_in)?;
    let mut candidates = with_rarest(vocabulary, &asked.words);
    candidates.sort_unstable();
    candidates.dedup();
    candidates.retain(|&value| asked.stand_in(vocabulary.words_of(value)));
    (!candidates.is_empty()).then_some(Found::Values(candidates))
}

/// The values of at most so many words that have these in any order, each in any of its spellings, and not as their
/// opposite or in another name: `Carcinoma, Non-Small-Cell Lung`.
pub(super) fn in_any_order(
    vocabulary: &Vocabulary,
    words: &[&str],
    not_in: &[String],
    most: usize,
) -> Option<Found> {
    let asked = Spelled::new(vocabulary, words, not_in)?;
    let is_opposite = !words.contains(&"non");
    let mut candidates = with_rarest(vocabulary, &asked.words);
    candidates.sort_unstable();
    candidates.dedup();
    candidates.retain(|&value| {
        let own = vocabulary.words_of(value);
        let has = |places: &Vec<u32>| own.iter().any(|word| places.contains(word));
        own.len() <= most
            && asked.words.iter().all(has)
            && !(is_opposite && own.iter().any(|word| asked.non == Some(*word)))
            && !asked.others.iter().any(|(longer, _)| longer.iter().all(has))
    });
    (!candidates.is_empty()).then_some(Found::Values(candidates))
}

/// The studies that have the words side by side in one text, each in any of its spellings; `None` if none does.
pub(super) fn spelled_in_texts(
    vocabulary: &Vocabulary,
    words: &[&str],
    not_in: &[String],
) -> Option<Found> {
    let asked = Spelled::new(vocabulary, words, not_in)?;
    let having = asked.words.iter().map(|places| {
        let mut union = Union::default();
        for &place in places {
            vocabulary.gather(place as usize..place as usize + 1, &mut union);
        }
        union.finish()
    });
    let candidates = having.reduce(|all, having| all & having)?;
    let texts =
        candidates.iter().filter(|&study| asked.stand_in(vocabulary.texts_of(StudyIdx(study))));
    let studies: RoaringBitmap = texts.collect();
    (!studies.is_empty()).then_some(Found::Studies(studies))
}

/// Whether a value has all the words, wherever they stand in it, each in any of its spellings.
pub(super) fn have_words(vocabulary: &Vocabulary, words: &[&str]) -> bool {
    let Some(asked) = spelled(vocabulary, words) else { return false };
    with_rarest(vocabulary, &asked).into_iter().any(|value| {
        let own = vocabulary.words_of(value);
        asked.iter().all(|places| own.iter().any(|word| places.contains(word)))
    })
}
