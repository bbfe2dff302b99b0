//! Which words of two texts are the same, in a time that grows with their length and no quicker.
//!
//! To find the fewest differences takes the product of the lengths. So long texts are cut first: at the words that
//! each of them has once, as they stand in the same order in both; and where there are none, into equal parts.

use std::collections::HashMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::text::effort;

/// Texts are compared as they are up to this product of their numbers of words.
const FEW: usize = 1 << 18;

/// How often a part is cut at words that are only in it.
const CUTS: usize = 3;

/// Marks the words of each text that the other one has too.
pub(super) fn align(old: &[&str], new: &[&str]) -> [Vec<bool>; 2] {
    let mut aligned = Aligned {
        old: old.iter().map(|word| Word(word)).collect(),
        new: new.iter().map(|word| Word(word)).collect(),
        kept: [vec![false; old.len()], vec![false; new.len()]],
    };
    aligned.part(Part { old: 0..old.len(), new: 0..new.len() }, CUTS);
    aligned.kept
}

/// A word that counts how often it is compared.
#[derive(Clone, Copy, PartialOrd, Ord)]
struct Word<'a>(&'a str);

impl PartialEq for Word<'_> {
    fn eq(&self, other: &Self) -> bool {
        effort::look(1);
        self.0 == other.0
    }
}

impl Eq for Word<'_> {}

impl std::hash::Hash for Word<'_> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

/// The words of both texts, and which were found in both.
struct Aligned<'a> {
    old: Vec<Word<'a>>,
    new: Vec<Word<'a>>,
    kept: [Vec<bool>; 2],
}

/// Words of the one text that lie opposite to words of the other.
#[derive(Clone)]
struct Part {
    old: Range<usize>,
    new: Range<usize>,
}

impl Aligned<'_> {
    fn part(&mut self, part: Part, cuts: usize) {
        let part = self.trimmed(part);
        if part.old.len().saturating_mul(part.new.len()) <= FEW {
            return self.fewest(&part);
        }
        let anchors = if cuts > 0 { self.anchors(&part) } else { Vec::new() };
        let Part { mut old, mut new } = part;
        if anchors.is_empty() {
            let parts = old.len().max(new.len()).div_ceil(FEW.isqrt());
            let cut = |range: &Range<usize>, at: usize| range.start + range.len() * at / parts;
            for at in 0..parts {
                let old = cut(&old, at)..cut(&old, at + 1);
                let new = cut(&new, at)..cut(&new, at + 1);
                self.fewest(&Part { old, new });
            }
            return;
        }
        let ends = [(old.end, new.end)];
        for (in_old, in_new) in anchors.into_iter().chain(ends) {
            self.part(Part { old: old.start..in_old, new: new.start..in_new }, cuts - 1);
            (old.start, new.start) = (in_old, in_new);
        }
    }

    /// Keeps what both begin and end with; gives the rest.
    fn trimmed(&mut self, part: Part) -> Part {
        let Part { mut old, mut new } = part;
        while !old.is_empty() && !new.is_empty() && self.old[old.start] == self.new[new.start] {
            self.keep(old.start, new.start, 1);
            (old.start, new.start) = (old.start + 1, new.start + 1);
        }
        while !old.is_empty() && !new.is_empty() && self.old[old.end - 1] == self.new[new.end - 1] {
            (old.end, new.end) = (old.end - 1, new.end - 1);
            self.keep(old.end, new.end, 1);
        }
        Part { old, new }
    }

    /// Keeps all but the fewest words.
    fn fewest(&mut self, part: &Part) {
        let old = &self.old[part.old.clone()];
        let new = &self.new[part.new.clone()];
        for operation in capture_diff_slices(Algorithm::Myers, old, new) {
            if let DiffOp::Equal { old_index, new_index, len } = operation {
                self.keep(part.old.start + old_index, part.new.start + new_index, len);
            }
        }
    }

    fn keep(&mut self, old: usize, new: usize, count: usize) {
        self.kept[0][old..old + count].fill(true);
        self.kept[1][new..new + count].fill(true);
    }

    /// Where the words stand that each side has once: as many as stand in the same order.
    fn anchors(&self, part: &Part) -> Vec<(usize, usize)> {
        let mut places: HashMap<&str, [Vec<usize>; 2]> = HashMap::new();
        for (side, words, range) in [(0, &self.old, &part.old), (1, &self.new, &part.new)] {
            for at in range.clone() {
                let known = &mut places.entry(words[at].0).or_default()[side];
                // Two say as much as many.
                if known.len() < 2 {
                    known.push(at);
                }
            }
        }
        effort::look(part.old.len() + part.new.len());
        let once = places.into_values().filter_map(|[old, new]| match (&old[..], &new[..]) {
            (&[old], &[new]) => Some((old, new)),
            _ => None,
        });
        let mut once: Vec<(usize, usize)> = once.collect();
        once.sort_unstable();
        longest_rising(&once)
    }
}

/// The longest choice of pairs in which the second numbers rise as the first ones do.
fn longest_rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // For each length the pair with which the lowest such choice ends, and for each pair the one before it.
    let (mut ends, mut before): (Vec<usize>, Vec<Option<usize>>) = (Vec::new(), Vec::new());
    for (at, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|&end| pairs[end].1 < pair.1);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() { ends.push(at) } else { ends[length] = at }
    }
    let mut chosen = Vec::with_capacity(ends.len());
    let mut next = ends.last().copied();
    while let Some(at) = next {
        chosen.push(pairs[at]);
        next = before[at];
    }
    chosen.reverse();
    chosen
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_longest_rising_choice_is_found() {
        let pairs = |seconds: &[usize]| seconds.iter().copied().enumerate().collect::<Vec<_>>();
        for (seconds, rising) in
            [(&[][..], &[][..]), (&[3, 1, 2], &[1, 2]), (&[0, 5, 1, 6, 2, 7], &[0, 1, 2, 7])]
        {
            let chosen = longest_rising(&pairs(seconds));
            let chosen: Vec<usize> = chosen.into_iter().map(|(_, second)| second).collect();
            assert_eq!(chosen, rising);
        }
    }

    #[test]
    fn long_texts_keep_what_they_share() {
        let number = |from: usize, to: usize| (from..to).map(|number| number.to_string());
        // Every word once; one part moved away, some words new.
        let old: Vec<String> = number(0, 6000).collect();
        let new: Vec<String> =
            number(0, 2000).chain(number(9000, 9100)).chain(number(2000, 6000)).collect();
        let [old, new] =
            [&old, &new].map(|words| words.iter().map(String::as_str).collect::<Vec<_>>());
        let kept = align(&old, &new);
        assert!(kept[0].iter().all(|&kept| kept));
        assert_eq!(kept[1].iter().filter(|&&kept| !kept).count(), 100);
        // No word once.
        let (old, new) = (["a", "b"].repeat(3000), ["a", "b", "c"].repeat(2000));
        let kept = align(&old, &new);
        assert!(kept[1].iter().filter(|&&kept| kept).count() >= 3000);
    }

    proptest! {
        #[test]
        fn what_is_kept_is_the_same_on_both_sides(old in prop::collection::vec("[abc]", 0..40), new in prop::collection::vec("[abc]", 0..40)) {
            let [old, new] = [&old, &new].map(|words| words.iter().map(String::as_str).collect::<Vec<_>>());
            let [in_old, in_new] = align(&old, &new);
            let of = |words: &[&str], kept: &[bool]| words.iter().zip(kept).filter(|(_, kept)| **kept).map(|(word, _)| word.to_string()).collect::<Vec<_>>();
            prop_assert_eq!(of(&old, &in_old), of(&new, &in_new));
        }
    }
}
