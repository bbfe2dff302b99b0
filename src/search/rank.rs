//! The order of best match first: each study has the sum of what the terms of the query say for it.
//!
//! The sums are not kept study by study. Each term divides the studies into a few tiers. Studies with the same sum so
//! far are one set, and the tiers of the next term divide that set.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use roaring::RoaringBitmap;

use super::matched::Tier;
use crate::store::Store;
use crate::study::Concept;
use crate::text;

/// The statuses of trials that can be joined now.
const OPEN: &[&str] = &["RECRUITING", "AVAILABLE"];

/// `found` in classes of one sum, the greatest first. `terms` are the tiers of each term; in those of one
/// term no study stands twice.
pub(super) fn classes<'a>(
    found: &RoaringBitmap,
    terms: impl IntoIterator<Item = &'a [Tier]>,
) -> Vec<RoaringBitmap> {
    let mut classes = BTreeMap::from([(Reverse(0), found.clone())]);
    for tiers in terms {
        let mut divided: BTreeMap<Reverse<u32>, RoaringBitmap> = BTreeMap::new();
        for (Reverse(sum), mut rest) in classes {
            for tier in tiers {
                if rest.is_empty() {
                    break;
                }
                let here = &rest & &tier.studies;
                if !here.is_empty() {
                    rest -= &here;
                    *divided.entry(Reverse(sum + tier.weight)).or_default() |= here;
                }
            }
            if !rest.is_empty() {
                *divided.entry(Reverse(sum)).or_default() |= rest;
            }
        }
        classes = divided;
    }
    classes.into_values().collect()
}

/// Each of `classes` in two: first the studies that can be joined now.
pub(super) fn open_first(
    store: &Store,
    classes: impl Iterator<Item = RoaringBitmap>,
) -> impl Iterator<Item = RoaringBitmap> {
    let vocabulary = store.vocabulary(Concept::Status);
    let values = OPEN.iter().filter_map(|code| {
        let label = Concept::Status.terms().iter().find(|term| term.code == *code)?.label;
        vocabulary.exactly(&text::fold(label))
    });
    let open: RoaringBitmap =
        values.flat_map(|value| vocabulary.studies(value).iter().copied()).collect();
    classes.flat_map(move |class| [&class & &open, class - &open])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn classes_are_those_of_sums_study_by_study(
            weights in prop::collection::vec(prop::collection::vec(prop::sample::select(vec![0_u32, 4, 8, 16, 20, 40]), 60), 0..4),
            found in prop::collection::btree_set(0..60_u32, 0..60),
        ) {
            let tiers = |weights: &Vec<u32>| -> Vec<Tier> {
                let of = |weight: u32| (0..60).filter(|&study| weights[study as usize] == weight).collect();
                [40, 20, 16, 8, 4].map(|weight| Tier { weight, studies: of(weight) }).into()
            };
            let terms: Vec<Vec<Tier>> = weights.iter().map(tiers).collect();
            let found: RoaringBitmap = found.into_iter().collect();
            let classes = classes(&found, terms.iter().map(Vec::as_slice));
            let sum = |study: u32| weights.iter().map(|weights| weights[study as usize]).sum::<u32>();
            let mut expected: Vec<u32> = found.iter().collect();
            expected.sort_by_key(|&study| Reverse(sum(study)));
            prop_assert_eq!(classes.iter().flatten().collect::<Vec<_>>(), expected);
            for class in &classes {
                prop_assert!(class.iter().all(|study| Some(sum(study)) == class.min().map(sum)));
            }
        }
    }
}
