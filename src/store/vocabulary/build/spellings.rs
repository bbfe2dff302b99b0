//! Distinct strings and their numbers.

use std::hash::BuildHasher as _;

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::store::pool::Strings;

/// Distinct strings as bytes, numbered in the order in which they came. Costs their bytes and about 20 more each.
#[derive(Debug, Default)]
pub(super) struct Spellings {
    strings: Strings,
    known: HashTable<Known>,
    hasher: DefaultHashBuilder,
}

/// A string's number, and half of its hash: enough to tell it from most others, and to find its place when the table
/// grows, without a look at it.
#[derive(Clone, Copy, Debug)]
struct Known {
    hash: u32,
    number: u32,
}

/// So many strings are looked up at a time.
const BLOCK: usize = 32;

impl Known {
    /// The hash that the table goes by: it looks at both ends of it.
    fn hash(self) -> u64 {
        u64::from(self.hash) << 32 | u64::from(self.hash)
    }
}

impl Spellings {
    /// The number of a string, old or new.
    pub(super) fn number(&mut self, string: &[u8]) -> u32 {
        self.number_if(string, || true).expect("it is wanted")
    }

    /// The number of a string, old or new; `None` for a new one that is not wanted.
    pub(super) fn number_if(
        &mut self,
        string: &[u8],
        is_wanted: impl FnOnce() -> bool,
    ) -> Option<u32> {
        let hash = self.hash(string);
        let same = |number: u32| self.strings.bytes(number as usize) == string;
        self.find(hash, same).or_else(|| is_wanted().then(|| self.add(hash, string)))
    }

    /// Takes the strings of another in; gives the number here of each number there.
    pub(super) fn absorb(&mut self, other: &Strings) -> Vec<u32> {
        let mut numbers = Vec::with_capacity(other.len());
        // In steps, so that what lies apart in memory is fetched at once.
        for first in (0..other.len()).step_by(BLOCK) {
            let block = first..other.len().min(first + BLOCK);
            let mut hashes = [0; BLOCK];
            let mut likely = [None; BLOCK];
            for (at, hash) in block.clone().zip(&mut hashes) {
                *hash = self.hash(other.bytes(at));
            }
            for (&hash, likely) in hashes.iter().zip(&mut likely).take(block.len()) {
                *likely = self.find(hash, |_| true);
            }
            for (at, likely) in block.clone().zip(&mut likely) {
                let begins = |number: &u32| self.strings.bytes(*number as usize).first();
                *likely = likely.filter(|number| begins(number) == other.bytes(at).first());
            }
            for ((at, hash), likely) in block.zip(hashes).zip(likely) {
                let string = other.bytes(at);
                let same = |number: u32| self.strings.bytes(number as usize) == string;
                let number =
                    likely.filter(|&likely| same(likely)).or_else(|| self.find(hash, same));
                numbers.push(number.unwrap_or_else(|| self.add(hash, string)));
            }
        }
        numbers
    }

    fn hash(&self, string: &[u8]) -> u32 {
        self.hasher.hash_one(string) as u32
    }

    /// The number of which `is_same` says so, among those with this hash.
    fn find(&self, hash: u32, is_same: impl Fn(u32) -> bool) -> Option<u32> {
        let known = Known { hash, number: 0 };
        let same = |other: &Known| other.hash == hash && is_same(other.number);
        self.known.find(known.hash(), same).map(|known| known.number)
    }

    /// The number of a string that is new.
    fn add(&mut self, hash: u32, string: &[u8]) -> u32 {
        let number = u32::try_from(self.strings.len()).expect("fewer than 2^32 distinct values");
        self.strings.push_bytes(string);
        let known = Known { hash, number };
        self.known.insert_unique(known.hash(), known, |known| known.hash());
        number
    }

    pub(super) fn strings(&self) -> &Strings {
        &self.strings
    }

    pub(super) fn into_strings(self) -> Strings {
        self.strings
    }
}
