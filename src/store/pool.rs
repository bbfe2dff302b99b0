//! The flat containers that the index is made of: many strings in one, many lists in one, many sets
//! in one.

use std::cmp::Ordering;

use roaring::RoaringBitmap;

use super::array::Array;

/// Says that a dataset is larger than the numbers of 32 bits allow in which the places in a pool are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("hold more than {0}, the most that one dataset can have; open fewer files at once")]
pub struct TooLarge(pub(super) &'static str);

/// How many bytes, elements or pools there may be.
const MOST: usize = u32::MAX as usize;

/// Whether `more` things find room beside `length` others.
fn room_for(length: usize, more: usize, limit: &'static str) -> Result<(), TooLarge> {
    let is_room = length.checked_add(more).is_some_and(|length| length <= MOST);
    is_room.then_some(()).ok_or(TooLarge(limit))
}

/// Strings laid end to end. Costs their bytes and 4 more each.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Strings {
    pub(super) text: Array<u8>,
    /// Where each string ends in `text`.
    pub(super) ends: Array<u32>,
}

impl Strings {
    pub(super) fn push(&mut self, string: &str) {
        self.push_bytes(string.as_bytes());
    }

    /// Adds a string as its bytes, which are those of a string.
    pub(super) fn push_bytes(&mut self, string: &[u8]) {
        self.text.to_mut().extend_from_slice(string);
        let end = u32::try_from(self.text.len()).expect("room was asked for");
        self.ends.to_mut().push(end);
    }

    /// Whether so many bytes more find room, in one string or in several. Has to be asked before they are added.
    pub(super) fn room_for(&self, bytes: usize) -> Result<(), TooLarge> {
        room_for(self.text.len().max(self.len()), bytes, "4 GiB of distinct text of one kind")
    }

    /// Lays strings end to end that may turn out to be too many.
    pub(super) fn gathered<S: AsRef<[u8]>>(
        strings: impl IntoIterator<Item = S>,
    ) -> Result<Self, TooLarge> {
        let mut pool = Self::default();
        for string in strings {
            pool.room_for(string.as_ref().len().max(1))?;
            pool.push_bytes(string.as_ref());
        }
        Ok(pool)
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Moves the strings of another pool, which keeps its room, behind its own.
    pub(super) fn append(&mut self, other: &mut Self) {
        append_ends(&mut self.ends, self.text.len(), &other.ends);
        self.text.to_mut().extend_from_slice(&other.text);
        other.clear();
    }

    /// Leaves nothing but the room.
    pub(super) fn clear(&mut self) {
        self.text.to_mut().clear();
        self.ends.to_mut().clear();
    }

    /// The string at `index`, which must be below [`len`](Self::len).
    pub(super) fn get(&self, index: usize) -> &str {
        // Only strings are put in, but a file may hold anything.
        std::str::from_utf8(self.bytes(index)).unwrap_or_default()
    }

    /// The same as bytes.
    pub(super) fn bytes(&self, index: usize) -> &[u8] {
        &self.text[start(&self.ends, index)..self.ends[index] as usize]
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|index| self.get(index))
    }

    /// The indices in the order of their strings, equal ones as `tie` has it.
    pub(super) fn sorted_by(&self, tie: impl Fn(usize, usize) -> Ordering) -> Vec<u32> {
        let mut keyed: Vec<(u128, u32)> = (0..self.len() as u32).map(|index| (0, index)).collect();
        self.sort_by_bytes_from(0, &mut keyed, &tie);
        keyed.into_iter().map(|(_, index)| index).collect()
    }

    /// Sorts strings whose first `common` bytes are the same. Most differ in the next ones, which are set beside their
    /// indices, so that few are looked at again.
    fn sort_by_bytes_from(
        &self,
        common: usize,
        keyed: &mut [(u128, u32)],
        tie: &impl Fn(usize, usize) -> Ordering,
    ) {
        for (key, index) in &mut *keyed {
            let bytes = self.bytes(*index as usize);
            let next = &bytes[common.min(bytes.len())..];
            let mut padded = [0; KEY];
            let length = next.len().min(KEY);
            padded[..length].copy_from_slice(&next[..length]);
            *key = u128::from_be_bytes(padded);
        }
        keyed.sort_unstable();
        for same in keyed.chunk_by_mut(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
            if common < LONG && same.len() > FEW {
                self.sort_by_bytes_from(common + KEY, same, tie);
            } else {
                same.sort_unstable_by(|&(_, a), &(_, b)| {
                    let [a, b] = [a as usize, b as usize];
                    self.bytes(a).cmp(self.bytes(b)).then_with(|| tie(a, b))
                });
            }
        }
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

impl<S: AsRef<[u8]>> FromIterator<S> for Strings {
    fn from_iter<I: IntoIterator<Item = S>>(strings: I) -> Self {
        let mut pool = Self::default();
        for string in strings {
            pool.push_bytes(string.as_ref());
        }
        pool
    }
}

/// How many bytes of a string are set beside its index.
const KEY: usize = size_of::<u128>();
/// Strings that have more bytes in common than this are compared as a whole.
const LONG: usize = 3 * KEY;
/// So are as few strings as this.
const FEW: usize = 8;

/// What lies apart in memory is looked at in steps, each for so many things before the next one: the looks of one step
/// do not wait for each other.
pub(super) const AT_ONCE: usize = 64;

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
        let end = u32::try_from(self.elements.len()).expect("room was asked for");
        self.ends.to_mut().push(end);
    }

    /// Whether so many elements more find room, in one list or in several. Has to be asked before they are added.
    pub(super) fn room_for(&self, elements: usize) -> Result<(), TooLarge> {
        let length = self.elements.len().max(self.len());
        room_for(length, elements, "4,294,967,295 values of one kind")
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Moves the lists of another, which keeps its room, behind its own, each element as `map` gives it.
    pub(super) fn append(&mut self, other: &mut Self, map: impl Fn(u32) -> u32) {
        append_ends(&mut self.ends, self.elements.len(), &other.ends);
        self.elements.to_mut().extend(other.elements.iter().copied().map(map));
        other.elements.to_mut().clear();
        other.ends.to_mut().clear();
    }

    /// The list at `index`, which must be below [`len`](Self::len).
    pub(super) fn get(&self, index: usize) -> &[u32] {
        &self.elements[start(&self.ends, index)..self.ends[index] as usize]
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[u32]> {
        (0..self.len()).map(|index| self.get(index))
    }

    /// The lists at `places`, each element as `map` gives it.
    #[must_use]
    pub(super) fn picked(&self, places: &[u32], map: impl Fn(u32) -> u32) -> Self {
        let range = |&place: &u32| {
            let place = place as usize;
            start(&self.ends, place)..self.ends[place] as usize
        };
        let length = places.iter().map(|place| range(place).len()).sum();
        let (mut elements, mut ends) =
            (Vec::with_capacity(length), Vec::with_capacity(places.len()));
        for block in places.chunks(AT_ONCE) {
            let mut ranges = [const { 0..0 }; AT_ONCE];
            for (place, own) in block.iter().zip(&mut ranges) {
                *own = range(place);
            }
            for range in ranges.into_iter().take(block.len()) {
                elements.extend(self.elements[range].iter().map(|&element| map(element)));
                ends.push(elements.len() as u32);
            }
        }
        Self { elements: elements.into(), ends: ends.into() }
    }

    /// Leaves of each list what `keep` leaves of it at its beginning: it gives how much.
    pub(super) fn shorten(&mut self, keep: impl Fn(&mut [u32]) -> usize) {
        let (elements, mut length, mut begin) = (self.elements.to_mut(), 0, 0);
        for end in self.ends.to_mut() {
            let list = begin..*end as usize;
            let kept = keep(&mut elements[list.clone()]);
            elements.copy_within(list.start..list.start + kept, length);
            (length, begin) = (length + kept, list.end);
            *end = length as u32;
        }
        elements.truncate(length);
    }

    /// Leaves out what stands next to its equal.
    pub(super) fn dedup(&mut self) {
        self.shorten(|list| {
            let mut count = 0;
            for at in 0..list.len() {
                if at == 0 || list[at] != list[count - 1] {
                    list[count] = list[at];
                    count += 1;
                }
            }
            count
        });
    }

    /// The lists turned around: for each number below `targets`, the lists that hold it, ascending; one that holds it
    /// twice stands there twice.
    #[must_use]
    pub(super) fn inverted(&self, targets: usize) -> Self {
        let mut ends = vec![0_u32; targets];
        for &element in &*self.elements {
            if let Some(count) = ends.get_mut(element as usize) {
                *count += 1;
            }
        }
        let mut end = 0;
        for count in &mut ends {
            end += *count;
            *count = end;
        }
        let mut next: Vec<u32> = (0..targets).map(|index| start(&ends, index) as u32).collect();
        let mut elements = vec![0; end as usize];
        for (index, list) in self.iter().enumerate() {
            for &element in list {
                if let Some(slot) = next.get_mut(element as usize) {
                    elements[*slot as usize] = index as u32;
                    *slot += 1;
                }
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
    /// How many studies there are, where the sets were read from a file.
    pub(super) studies: Option<u32>,
}

impl Bitmaps {
    pub(super) fn push(&mut self, set: &RoaringBitmap) -> Result<(), TooLarge> {
        let length = self.bytes.len();
        room_for(length, set.serialized_size(), "4 GiB of sets of trials for one field")?;
        set.serialize_into(self.bytes.to_mut()).expect("a vector takes everything");
        self.ends.to_mut().push(self.bytes.len() as u32);
        Ok(())
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The set at `index`, which must be below [`len`](Self::len). Takes as long as copying it.
    pub(super) fn get(&self, index: usize) -> RoaringBitmap {
        let bytes = &self.bytes[start(&self.ends, index)..self.ends[index] as usize];
        let Some(studies) = self.studies else {
            return RoaringBitmap::deserialize_unchecked_from(bytes).unwrap_or_default();
        };
        // A file may hold anything, whatever its checksums say.
        let mut set = RoaringBitmap::deserialize_from(bytes).unwrap_or_default();
        if set.max().is_some_and(|last| last >= studies) {
            set.remove_range(studies..);
        }
        set
    }
}

/// Adds the ends of a pool that is laid behind `length` elements of another.
fn append_ends(ends: &mut Array<u32>, length: usize, other: &[u32]) {
    let own = |&end: &u32| u32::try_from(length + end as usize).expect("room was asked for");
    ends.to_mut().extend(other.iter().map(own));
}

fn start(ends: &[u32], index: usize) -> usize {
    index.checked_sub(1).map_or(0, |before| ends[before] as usize)
}

#[cfg(test)]
mod tests;
