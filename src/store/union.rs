//! Many lists of studies put together into one set, in a time that their number bounds.

use roaring::RoaringBitmap;

/// Up to so many studies are put in order; of more it is quicker to mark them in a field of bits.
const FEW: usize = 1024;

/// A set of studies in the making.
#[derive(Debug, Default)]
pub struct Union {
    /// In any order, and more than once.
    listed: Vec<u32>,
    set: RoaringBitmap,
}

impl Union {
    pub fn add_list(&mut self, studies: &[u32]) {
        self.listed.extend_from_slice(studies);
    }

    pub fn add_set(&mut self, studies: RoaringBitmap) {
        if self.set.is_empty() {
            self.set = studies;
        } else {
            self.set |= studies;
        }
    }

    pub fn finish(mut self) -> RoaringBitmap {
        if !self.listed.is_empty() {
            let listed = gathered(std::mem::take(&mut self.listed));
            self.add_set(listed);
        }
        self.set
    }
}

fn gathered(mut studies: Vec<u32>) -> RoaringBitmap {
    if studies.len() <= FEW {
        studies.sort_unstable();
        studies.dedup();
        return RoaringBitmap::from_sorted_iter(studies).expect("put in order just now");
    }
    let last = studies.iter().max().map_or(0, |&last| last as usize);
    let mut marks = vec![0_u8; last / 8 + 1];
    for study in studies {
        marks[study as usize / 8] |= 1 << (study % 8);
    }
    RoaringBitmap::from_lsb0_bytes(0, &marks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_and_many_are_put_together_alike() {
        for count in [0, 1, 10, 1000, 5000, 100_000] {
            let list: Vec<u32> =
                (0..count).rev().flat_map(|study| [study * 3, study * 3]).collect();
            let mut union = Union::default();
            union.add_set([1, 3].into_iter().collect());
            list.chunks(7).for_each(|studies| union.add_list(studies));
            let expected: RoaringBitmap = list.into_iter().chain([1, 3]).collect();
            assert_eq!(union.finish(), expected, "{count}");
        }
    }
}
