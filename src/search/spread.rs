//! How studies spread over the values of a vocabulary. It does not know which values are shown, nor how.

use std::cmp::Reverse;

use roaring::RoaringBitmap;

use crate::store::{StudyIdx, ValueIdx, Vocabulary};
use crate::study::Concept;

/// How many of `studies` have each value.
pub(super) fn tallied(vocabulary: &Vocabulary, studies: &RoaringBitmap) -> Vec<u32> {
    let mut counts = vec![0_u32; vocabulary.len()];
    for value in studies.iter().flat_map(|study| vocabulary.values(StudyIdx(study))) {
        counts[value.0 as usize] += 1;
    }
    counts
}

/// Every value that any of `studies` has, ascending.
pub(super) fn spread(vocabulary: &Vocabulary, studies: &RoaringBitmap) -> Vec<(ValueIdx, u32)> {
    vocabulary.iter().zip(tallied(vocabulary, studies)).filter(|&(_, count)| count > 0).collect()
}

/// The values that most studies have, the most frequent first, of equal ones the first in the vocabulary.
pub(super) fn most_frequent(mut values: Vec<(ValueIdx, u32)>, most: usize) -> Vec<(ValueIdx, u32)> {
    let key = |&(value, count): &(ValueIdx, u32)| (Reverse(count), value);
    if most < values.len() {
        values.select_nth_unstable_by_key(most, key);
        values.truncate(most);
    }
    values.sort_unstable_by_key(key);
    values
}

/// The values of a closed vocabulary that are counted at all, in its own order.
pub(super) fn in_order(
    concept: Concept,
    vocabulary: &Vocabulary,
    counts: &[u32],
) -> Vec<(ValueIdx, u32)> {
    let place =
        |value| concept.terms().iter().position(|term| term.label == vocabulary.label(value));
    let counted = vocabulary.iter().zip(counts.iter().copied());
    let mut values: Vec<_> = counted.filter(|&(_, count)| count > 0).collect();
    values.sort_by_cached_key(|&(value, _)| place(value).unwrap_or(usize::MAX));
    values
}
