//! From a word to the values that have it, and from a value to the studies that have that.
//!
//! This is what [`runs`](super::runs) are made from and what a [`Vocabulary`](super::Vocabulary) answers from. It knows
//! neither.

use std::cmp::Reverse;
use std::ops::Range;

use super::pool::{Lists, Strings};
use super::union::Union;

/// A value's place in its vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ValueIdx(pub u32);

/// How many of the values that most studies have are given as examples.
pub(super) const EXAMPLES: usize = 5;

/// The words of a vocabulary, its values by word, its studies by value.
#[derive(Clone, Debug, Default)]
pub(super) struct Postings {
    /// The distinct words of the folded values; ascending.
    pub(super) words: Strings,
    /// Word → the values that have it.
    pub(super) word_values: Lists,
    /// Value → the studies that have it, ascending.
    pub(super) value_studies: Lists,
}

impl Postings {
    /// The values that have the word at `word`.
    pub(super) fn values_with_word(&self, word: usize) -> impl ExactSizeIterator<Item = ValueIdx> {
        self.word_values.get(word).iter().copied().map(ValueIdx)
    }

    /// The values that have any of `words`, some more than once.
    pub(super) fn values(&self, words: Range<usize>) -> impl Iterator<Item = ValueIdx> {
        words.flat_map(|word| self.values_with_word(word))
    }

    /// The studies that have `value`, ascending.
    pub(super) fn studies(&self, value: ValueIdx) -> &[u32] {
        self.value_studies.get(value.0 as usize)
    }

    /// Adds the studies that have any of `words`, one word after the other.
    pub(super) fn gather(&self, words: Range<usize>, union: &mut Union) {
        for value in self.values(words) {
            union.add_list(self.studies(value));
        }
    }

    /// Leaves the [`EXAMPLES`] values that most studies have, each once, the most frequent first.
    pub(super) fn most_frequent(&self, values: &mut Vec<ValueIdx>) {
        let key = |value: &ValueIdx| (Reverse(self.studies(*value).len()), *value);
        values.sort_unstable();
        values.dedup();
        if values.len() > EXAMPLES {
            values.select_nth_unstable_by_key(EXAMPLES, key);
            values.truncate(EXAMPLES);
        }
        values.sort_unstable_by_key(key);
    }
}
