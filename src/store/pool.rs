//! The flat containers that the index is made of: many strings in one, many lists in one, many sets
//! in one.

use roaring::RoaringBitmap;

use super::array::Array;

/// Strings laid end to end. Costs their bytes and 4 more each.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Strings {
    pub(super) text: Array<u8>,
    /// Where each string ends in `text`.
    pub(super) ends: Array<u32>,
}

impl Strings {
    pub(super) fn push(&mut self, string: &str) {
        self.text.to_mut().extend_from_slice(string.as_bytes());
        let end = u32::try_from(self.text.len()).expect("a pool holds less than 4 GiB");
        self.ends.to_mut().push(end);
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Adds the strings of another pool behind its own.
    pub(super) fn append(&mut self, other: &Self) {
        other.iter().for_each(|string| self.push(string));
    }

    /// The string at `index`, which must be below [`len`](Self::len).
    pub(super) fn get(&self, index: usize) -> &str {
        // Only strings are put in, and a snapshot is taken only with its checksum.
        std::str::from_utf8(self.bytes(index)).unwrap_or_default()
    }

    /// The same as bytes.
    pub(super) fn bytes(&self, index: usize) -> &[u8] {
        &self.text[start(&self.ends, index)..self.ends[index] as usize]
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|index| self.get(index))
    }

    /// The first index whose string is not below `bound`; the strings must be sorted.
    pub(super) fn lower_bound(&self, bound: &str) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.bytes(middle) < bound.as_bytes() { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// The indices whose strings begin with `prefix`; the strings must be sorted.
    pub(super) fn with_prefix(&self, prefix: &str) -> std::ops::Range<usize> {
        let first = self.lower_bound(prefix);
        let (mut low, mut high) = (first, self.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.bytes(middle).starts_with(prefix.as_bytes()) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        first..low
    }
}

impl<S: AsRef<str>> FromIterator<S> for Strings {
    fn from_iter<I: IntoIterator<Item = S>>(strings: I) -> Self {
        let mut pool = Self::default();
        for string in strings {
            pool.push(string.as_ref());
        }
        pool
    }
}

/// Lists of small numbers laid end to end. Costs 4 bytes an element and 4 more a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Lists {
    pub(super) elements: Array<u32>,
    /// Where each list ends in `elements`.
    pub(super) ends: Array<u32>,
}

impl Lists {
    pub(super) fn push(&mut self, list: impl IntoIterator<Item = u32>) {
        self.elements.to_mut().extend(list);
        let end = u32::try_from(self.elements.len()).expect("fewer than 2^32 elements");
        self.ends.to_mut().push(end);
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Adds the lists of another behind its own, each element as `map` gives it.
    pub(super) fn append(&mut self, other: &Self, map: impl Fn(u32) -> u32) {
        other.iter().for_each(|list| self.push(list.iter().copied().map(&map)));
    }

    /// The list at `index`, which must be below [`len`](Self::len).
    pub(super) fn get(&self, index: usize) -> &[u32] {
        &self.elements[start(&self.ends, index)..self.ends[index] as usize]
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[u32]> {
        (0..self.len()).map(|index| self.get(index))
    }

    /// The lists turned around: for each of `targets` numbers, the lists that hold it, ascending.
    #[must_use]
    pub(super) fn inverted(&self, targets: usize) -> Self {
        let mut ends = vec![0_u32; targets];
        for &element in &*self.elements {
            ends[element as usize] += 1;
        }
        let mut end = 0;
        for count in &mut ends {
            end += *count;
            *count = end;
        }
        let mut next: Vec<u32> = (0..targets).map(|index| start(&ends, index) as u32).collect();
        let mut elements = vec![0; self.elements.len()];
        for (index, list) in self.iter().enumerate() {
            for &element in list {
                let slot = &mut next[element as usize];
                elements[*slot as usize] = index as u32;
                *slot += 1;
            }
        }
        Self { elements: elements.into(), ends: ends.into() }
    }
}

/// Sets of studies laid end to end, each in its portable form. Costs at most an eighth of a byte a study
/// and set, far less where few studies are in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Bitmaps {
    pub(super) bytes: Array<u8>,
    /// Where each set ends in `bytes`.
    pub(super) ends: Array<u32>,
}

impl Bitmaps {
    pub(super) fn push(&mut self, set: &RoaringBitmap) {
        set.serialize_into(self.bytes.to_mut()).expect("a vector takes everything");
        let end = u32::try_from(self.bytes.len()).expect("sets take less than 4 GiB");
        self.ends.to_mut().push(end);
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The set at `index`, which must be below [`len`](Self::len). Takes as long as copying it.
    pub(super) fn get(&self, index: usize) -> RoaringBitmap {
        let bytes = &self.bytes[start(&self.ends, index)..self.ends[index] as usize];
        // Only sets are put in, and a snapshot is taken only with its checksum.
        RoaringBitmap::deserialize_from(bytes).unwrap_or_default()
    }
}

fn start(ends: &[u32], index: usize) -> usize {
    index.checked_sub(1).map_or(0, |before| ends[before] as usize)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn prefixes_are_found_as_a_scan_finds_them(mut strings in prop::collection::vec("[ab]{0,4}", 0..30), prefix in "[ab]{0,3}") {
            strings.sort();
            let pool: Strings = strings.iter().collect();
            let found: Vec<_> = pool.with_prefix(&prefix).map(|index| pool.get(index).to_owned()).collect();
            let expected: Vec<_> = strings.into_iter().filter(|string| string.starts_with(&prefix)).collect();
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn turning_lists_around_twice_gives_them_back(sets in prop::collection::vec(prop::collection::btree_set(0..20_u32, 0..8), 0..20)) {
            let mut lists = Lists::default();
            for set in &sets {
                lists.push(set.iter().copied());
            }
            prop_assert_eq!(lists.inverted(20).inverted(sets.len()), lists);
        }
    }
}
