//! Distinct strings and their numbers.

use std::hash::BuildHasher as _;

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::store::pool::{AT_ONCE, Strings};

/// Distinct strings as bytes, numbered in the order in which they came. Costs their bytes and about 20 more each.
#[derive(Clone, Debug, Default)]
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

    /// The number of a string, when it has one.
    pub(super) fn known(&self, string: &[u8]) -> Option<u32> {
        self.find(self.hash(string), |number| self.strings.bytes(number as usize) == string)
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

    /// Takes the strings of another, which keeps its room; gives the number here of each number there.
    pub(super) fn absorb(&mut self, other: &mut Self) -> Vec<u32> {
        let strings: Vec<&[u8]> =
            (0..other.strings.len()).map(|number| other.strings.bytes(number)).collect();
        let mut numbers = Vec::with_capacity(strings.len());
        // First the table is looked at, then where the strings begin.
        for block in strings.chunks(AT_ONCE) {
            let hashes: Vec<u32> = block.iter().map(|string| self.hash(string)).collect();
            let likely: Vec<_> = hashes.iter().map(|&hash| self.find(hash, |_| true)).collect();
            let first = |number: u32| self.strings.bytes(number as usize).first();
            let likely: Vec<_> = likely
                .into_iter()
                .zip(block)
                .map(|(likely, string)| likely.filter(|&number| first(number) == string.first()))
                .collect();
            for ((&string, hash), likely) in block.iter().zip(hashes).zip(likely) {
                let same = |number: u32| self.strings.bytes(number as usize) == string;
                let number = likely.filter(|&number| same(number));
                let number = number.or_else(|| self.find(hash, same));
                numbers.push(number.unwrap_or_else(|| self.add(hash, string)));
            }
        }
        other.strings.clear();
        other.known.clear();
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_taken_in_has_the_numbers_it_would_have_one_by_one(
            own in prop::collection::vec("[ab]{0,5}", 0..60),
            other in prop::collection::btree_set("[abc]{0,5}", 0..90),
        ) {
            let [mut at_once, mut one_by_one, mut others] = [(); 3].map(|()| Spellings::default());
            for string in &other {
                others.number(string.as_bytes());
            }
            for string in &own {
                prop_assert_eq!(at_once.number(string.as_bytes()), one_by_one.number(string.as_bytes()));
            }
            let numbers = at_once.absorb(&mut others);
            let expected: Vec<u32> = other.iter().map(|string| one_by_one.number(string.as_bytes())).collect();
            prop_assert_eq!(numbers, expected);
            prop_assert_eq!(at_once.into_strings(), one_by_one.into_strings());
        }
    }
}
