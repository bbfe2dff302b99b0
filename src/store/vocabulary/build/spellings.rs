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
        let strings = &self.strings;
        let mut known = Known { hash: self.hasher.hash_one(string) as u32, number: 0 };
        let same = |other: &Known| {
            other.hash == known.hash && strings.bytes(other.number as usize) == string
        };
        if let Some(found) = self.known.find(known.hash(), same) {
            return Some(found.number);
        }
        if !is_wanted() {
            return None;
        }
        known.number = u32::try_from(self.strings.len()).expect("fewer than 2^32 distinct values");
        self.strings.push_bytes(string);
        self.known.insert_unique(known.hash(), known, |known| known.hash());
        Some(known.number)
    }

    /// Every string, by number.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.strings.len()).map(|number| self.strings.bytes(number))
    }

    pub(super) fn into_strings(self) -> Strings {
        self.strings
    }
}
