//! The index of the prose: for each word, and each part of the records, the studies that have it there.
//!
//! It is made apart from the rest of the store, since it takes longer: [`make`] reads every record once more,
//! in the order in which they lie in the dataset. Each core turns some thousand studies at a time into a run, and the runs are
//! merged at the end, so that the memory does not grow with the dataset. For the whole registry it costs about 400 bytes a study,
//! in a file of its own that is mapped into memory, or in memory where the dataset is small.
//!
//! It says in which part of which study a word stands, and not where. Words that hyphens join are in it as a whole too.

mod build;
mod dictionary;
mod file;
mod list;
mod merge;
mod segment;
mod spelling;
mod spill;

pub use build::{Made, Making, ProseError, make, make_in};
pub use file::open;

use roaring::RoaringBitmap;

use super::array::{Array, Column};
use crate::study::prose::{Part, Parts};
use dictionary::{Dictionary, Entry};

const PARTS: usize = Part::ALL.len();

/// Studies stand in it in the order of the dataset.
#[derive(Debug, Default)]
pub struct Prose {
    /// The place of each study in the store.
    studies: Column,
    dictionary: Dictionary,
    /// The words that are not their own key, in the order of the hashes of their keys.
    spelled: Column,
    /// For each word which parts have it, then the studies of each.
    lists: Array<u8>,
}

/// A word that some study has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProseWord(Entry);

impl ProseWord {
    /// The word, folded.
    pub fn text(&self) -> &str {
        self.0.text()
    }
}

impl Prose {
    /// A folded word, or words that hyphens join, if a study has it.
    pub fn find(&self, word: &str) -> Option<ProseWord> {
        self.dictionary.find(segment::known(word)).map(ProseWord)
    }

    /// Every word that begins so, ascending.
    pub fn beginning_with(&self, beginning: &str) -> impl Iterator<Item = ProseWord> {
        let wanted = segment::known(beginning).as_bytes().to_vec();
        let words = self.dictionary.after(segment::known(beginning));
        words.take_while(move |entry| entry.word.starts_with(&wanted)).map(ProseWord)
    }

    /// The words that are another spelling of a folded word.
    pub fn spellings(&self, word: &str) -> Vec<ProseWord> {
        let words = spelling::others(&self.dictionary, &self.spelled, segment::known(word));
        words.into_iter().map(ProseWord).collect()
    }

    /// Whether two folded words are spellings of one.
    pub fn is_same(one: &str, other: &str) -> bool {
        one == other || spelling::key(one) == spelling::key(other)
    }

    /// The studies that have any of `words` in any of `parts`.
    pub fn with_any(
        &self,
        words: impl IntoIterator<Item = ProseWord>,
        parts: Parts,
    ) -> RoaringBitmap {
        let mut marks = vec![0_u8; self.studies.len().div_ceil(8)];
        for ProseWord(entry) in words {
            self.mark(&entry, parts, &mut marks);
        }
        RoaringBitmap::from_lsb0_bytes(0, &marks)
    }

    /// The studies that say something in any of `parts`.
    pub fn stating(&self, parts: Parts) -> RoaringBitmap {
        self.with_any(self.find(""), parts)
    }

    /// How many bytes it takes.
    pub fn bytes(&self) -> u64 {
        let columns = (self.studies.len() + self.spelled.len()) * size_of::<u32>();
        (columns + self.lists.len() + self.dictionary.bytes()) as u64
    }

    fn mark(&self, entry: &Entry, parts: Parts, marks: &mut [u8]) {
        let range = entry.lists.start as usize..entry.lists.end as usize;
        let lists = self.lists.get(range).unwrap_or_default();
        let Some((&present, mut lists)) = lists.split_first() else { return };
        for part in Part::ALL {
            if present & 1 << part as u8 == 0 {
                continue;
            }
            let length = list::number(&mut lists).unwrap_or_default() as usize;
            let Some((list, rest)) = lists.split_at_checked(length) else { return };
            lists = rest;
            if parts.has(part) {
                list::each(list, |block| {
                    for &number in block {
                        if let Some(&study) = self.studies.get(number as usize) {
                            marks[study as usize / 8] |= 1 << (study % 8);
                        }
                    }
                });
            }
        }
    }
}

#[cfg(test)]
mod tests;
