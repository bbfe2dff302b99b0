//! Every word of the prose, ascending, and where its lists lie. Words stand in blocks of sixteen; of each only what
//! differs from the one before it is kept. Costs about five bytes a word.

use std::ops::Range;

use bytemuck::{Pod, Zeroable};

use super::list::{number, put_number};
use crate::store::array::Array;
use crate::store::snapshot::{Damage, Sections, Stored, Writer};

/// Words in a block.
const WORDS: u32 = 16;

/// Where a block begins among the words, and its first list among the lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Pod, Zeroable)]
#[repr(C)]
struct Block {
    words: u64,
    lists: u64,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Dictionary {
    blocks: Array<Block>,
    words: Array<u8>,
}

/// A word of the dictionary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) word: Vec<u8>,
    pub(super) number: u32,
    /// Where its lists lie.
    pub(super) lists: Range<u64>,
}

impl Entry {
    pub(super) fn text(&self) -> &str {
        // Whole words are put in.
        std::str::from_utf8(&self.word).unwrap_or_default()
    }
}

/// Takes words, ascending.
#[derive(Default)]
pub(super) struct DictionaryBuilder {
    blocks: Vec<Block>,
    words: Vec<u8>,
    last: Vec<u8>,
    count: u32,
    lists: u64,
}

impl DictionaryBuilder {
    /// Adds a word whose lists take so many bytes; gives its number.
    pub(super) fn push(&mut self, word: &[u8], bytes: u64) -> u32 {
        let shared = if self.count.is_multiple_of(WORDS) {
            self.blocks.push(Block { words: self.words.len() as u64, lists: self.lists });
            0
        } else {
            self.last.iter().zip(word).take_while(|(one, other)| one == other).count()
        };
        put_number(&mut self.words, shared as u64);
        put_number(&mut self.words, (word.len() - shared) as u64);
        self.words.extend_from_slice(&word[shared..]);
        put_number(&mut self.words, bytes);
        self.last.clear();
        self.last.extend_from_slice(word);
        self.lists += bytes;
        self.count += 1;
        self.count - 1
    }

    pub(super) fn finish(self) -> Dictionary {
        Dictionary { blocks: self.blocks.into(), words: self.words.into() }
    }
}

impl Dictionary {
    /// How many bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        self.blocks.len() * size_of::<Block>() + self.words.len()
    }

    /// The words from a block on.
    fn starting_at(&self, block: usize) -> impl Iterator<Item = Entry> + '_ {
        let mut next = Entry { number: (block as u32).wrapping_mul(WORDS), ..Entry::default() };
        let start = self.blocks.get(block).copied().unwrap_or_default();
        let mut bytes = self.words.get(start.words as usize..).unwrap_or_default();
        next.lists = start.lists..start.lists;
        let mut is_first = true;
        std::iter::from_fn(move || {
            if bytes.is_empty() {
                return None;
            }
            let (shared, more) = (number(&mut bytes)? as usize, number(&mut bytes)? as usize);
            let (rest, after) = bytes.split_at_checked(more)?;
            bytes = after;
            next.word.truncate(shared);
            next.word.extend_from_slice(rest);
            let length = number(&mut bytes)?;
            next.number = next.number.wrapping_add(u32::from(!is_first));
            is_first = false;
            next.lists = next.lists.end..next.lists.end.saturating_add(length);
            Some(next.clone())
        })
    }

    /// The words from the first on that is not before `word`.
    pub(super) fn after(&self, word: &str) -> impl Iterator<Item = Entry> + '_ {
        let first = |block: &Block| {
            let mut bytes = self.words.get(block.words as usize..).unwrap_or_default();
            // The first word of a block shares nothing.
            let _ = number(&mut bytes);
            let length = number(&mut bytes).unwrap_or_default() as usize;
            bytes.get(..length).unwrap_or_default()
        };
        let block = self.blocks.partition_point(|block| first(block) <= word.as_bytes());
        let wanted = word.as_bytes().to_vec();
        let entries = self.starting_at(block.saturating_sub(1));
        entries.skip_while(move |entry| entry.word < wanted)
    }

    pub(super) fn find(&self, word: &str) -> Option<Entry> {
        self.after(word).next().filter(|entry| entry.word == word.as_bytes())
    }

    /// The word with that number.
    pub(super) fn get(&self, number: u32) -> Option<Entry> {
        self.starting_at((number / WORDS) as usize).nth((number % WORDS) as usize)
    }
}

impl Stored for Dictionary {
    fn write(&self, out: &mut Writer) -> std::io::Result<()> {
        self.blocks.write(out)?;
        self.words.write(out)
    }

    fn read(from: &mut Sections) -> Result<Self, Damage> {
        Ok(Self { blocks: Stored::read(from)?, words: Stored::read(from)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_themselves_by_their_beginning_and_by_number() {
        let words: Vec<String> = (0..100).map(|number| format!("w{number:03}é")).collect();
        let mut builder = DictionaryBuilder::default();
        for (number, word) in (0..).zip(&words) {
            assert_eq!(builder.push(word.as_bytes(), u64::from(number)), number);
        }
        let dictionary = builder.finish();
        let mut at = 0;
        for (number, word) in (0..).zip(&words) {
            let entry = dictionary.find(word).unwrap();
            assert_eq!((entry.text(), entry.number), (word.as_str(), number));
            assert_eq!(entry.lists, at..at + u64::from(number));
            assert_eq!(dictionary.get(number), Some(entry));
            at += u64::from(number);
        }
        for (beginning, count) in [("", 100), ("w05", 50), ("w050é", 50), ("w099é", 1), ("x", 0)]
        {
            assert_eq!(dictionary.after(beginning).count(), count, "{beginning}");
        }
        assert_eq!(dictionary.find("w0"), None);
        assert_eq!(dictionary.get(100), None);
        let empty = Dictionary::default();
        assert_eq!((empty.find("w"), empty.get(0)), (None, None));
    }
}
