//! Facets: concepts to filter by, with the number of studies for each value.

use std::cmp::Reverse;
use std::rc::Rc;
use std::sync::{Arc, OnceLock};

use roaring::RoaringBitmap;

use super::Cancel;
use super::matched::Matched;
use super::matching;
use super::query::{Ask, Choice, Query, Term};
use crate::store::{Store, StudyIdx, Tally, ValueIdx, Vocabulary};
use crate::study::Concept;

/// Values, or "not stated", with how they are chosen.
pub type Chosen = Vec<(Option<ValueIdx>, Choice)>;

/// How the studies of an answer spread over the values of one facet.
#[derive(Clone, Debug, PartialEq)]
pub struct Counts {
    concept: Concept,
    /// The studies that are counted.
    studies: Arc<RoaringBitmap>,
    stated: usize,
    /// The first values in the order of the screen; of a closed vocabulary all.
    first: Vec<(ValueIdx, u32)>,
    /// Every value, ascending; found when it is asked for.
    all: OnceLock<Vec<(ValueIdx, u32)>>,
    /// Studies that state no value.
    pub not_stated: u32,
    /// What the query chooses and refuses; `None` is "not stated".
    pub chosen: Chosen,
}

/// So many values of an open vocabulary are put in order at once; more of them only when they are asked for.
const FIRST: usize = 8;

impl Counts {
    /// How many values have any studies.
    pub fn len(&self) -> usize {
        self.stated
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of studies that have `value`.
    pub fn of(&self, store: &Store, value: ValueIdx) -> u32 {
        if let Some(&(_, count)) = self.first.iter().find(|&&(first, _)| first == value) {
            return count;
        }
        let having = store.vocabulary(self.concept).studies(value).iter();
        having.filter(|&&study| self.studies.contains(study)).count() as u32
    }

    /// Values with the number of studies that have them, none of them 0: the first `most`, or as many as
    /// there are. Closed vocabularies stand in their own order, open ones with the most frequent value
    /// first. Up to eight cost nothing, more of them a look at every study, once.
    pub fn first(&self, store: &Store, most: usize) -> Vec<(ValueIdx, u32)> {
        if most <= self.first.len() || self.first.len() == self.stated {
            return self.first.iter().take(most).copied().collect();
        }
        let all = self.all.get_or_init(|| spread(store.vocabulary(self.concept), &self.studies));
        most_frequent(all.clone(), most)
    }
}

pub(super) fn most_frequent(mut values: Vec<(ValueIdx, u32)>, most: usize) -> Vec<(ValueIdx, u32)> {
    let key = |&(value, count): &(ValueIdx, u32)| (Reverse(count), value);
    if most < values.len() {
        values.select_nth_unstable_by_key(most, key);
        values.truncate(most);
    }
    values.sort_unstable_by_key(key);
    values
}

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

/// Counts the values of `concept` over `studies`.
pub fn count(store: &Store, concept: Concept, studies: RoaringBitmap) -> Counts {
    let (mut tally, studies) = (Tally::default(), Arc::new(studies));
    tally.count(store, &studies);
    counts(store, concept, &studies, &tally)
}

/// Counts the values of [`Concept::facets`] over `studies`.
pub fn count_all(store: &Store, studies: &Arc<RoaringBitmap>, tally: &mut Tally) -> Vec<Counts> {
    tally.count(store, studies);
    Concept::facets().map(|concept| counts(store, concept, studies, tally)).collect()
}

/// The counts of one facet over the studies that `tally` has counted, which are `studies`.
pub(super) fn counts(
    store: &Store,
    concept: Concept,
    studies: &Arc<RoaringBitmap>,
    tally: &Tally,
) -> Counts {
    let vocabulary = store.vocabulary(concept);
    let first = if concept.has_codes() {
        in_order(concept, vocabulary, tally.of_closed(store, concept))
    } else {
        tally.first(store, concept, FIRST)
    };
    Counts {
        concept,
        studies: Arc::clone(studies),
        stated: if concept.has_codes() { first.len() } else { tally.stated(concept) },
        first,
        all: OnceLock::new(),
        not_stated: tally.not_stated(store, concept),
        chosen: Chosen::new(),
    }
}

/// The values of `concept` that `query` chooses or refuses; `None` is "not stated".
pub fn chosen(store: &Store, concept: Concept, query: &Query) -> Chosen {
    let cancel = Cancel::default();
    chosen_by(store, concept, query, |term| matching::matched(store, term, &cancel).map(Rc::new))
}

/// The same, where what each term was taken for is known from elsewhere.
pub(super) fn chosen_by(
    store: &Store,
    concept: Concept,
    query: &Query,
    mut matched: impl FnMut(&Term) -> Option<Rc<Matched>>,
) -> Chosen {
    let mut chosen = Vec::new();
    for (ask, choice) in query.choices(concept) {
        if *ask == Ask::NotStated {
            chosen.push((None, choice));
            continue;
        }
        let term = Term { concept: Some(concept), ask: ask.clone() };
        for found in matched(&term).iter().flat_map(|matched| &matched.matches) {
            chosen.extend(found.values(store).into_iter().map(|value| (Some(value), choice)));
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::study::made::made;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn counts_are_those_of_a_look_at_each_study(
            conditions in prop::collection::vec(prop::collection::btree_set("[a-z]{1,2}", 0..3), 1..80),
            found in prop::collection::btree_set(0..80_u32, 0..80),
            before in prop::collection::vec(prop::collection::btree_set(0..80_u32, 0..80), 0..4),
        ) {
            let records = (1..).zip(&conditions).map(|(id, conditions)| made(id).conditions(conditions));
            let store = Store::of(records);
            let vocabulary = store.vocabulary(Concept::Condition);
            let found: RoaringBitmap = found.into_iter().filter(|&study| study < store.len() as u32).collect();
            let mut tally = Tally::default();
            for before in before {
                let before = before.into_iter().filter(|&study| study < store.len() as u32);
                tally.count(&store, &Arc::new(before.collect()));
            }
            let facet = Concept::facets().position(|concept| concept == Concept::Condition).unwrap();
            let counts = count_all(&store, &Arc::new(found.clone()), &mut tally).swap_remove(facet);
            prop_assert_eq!(&counts, &count(&store, Concept::Condition, found.clone()));
            let having = |value| vocabulary.studies(value).iter().filter(|&&study| found.contains(study)).count() as u32;
            let mut expected: Vec<_> = vocabulary.iter().map(|value| (value, having(value))).collect();
            for &(value, count) in &expected {
                prop_assert_eq!(counts.of(&store, value), count);
            }
            expected.retain(|&(_, count)| count > 0);
            expected.sort_by_key(|&(value, count)| (Reverse(count), value));
            prop_assert_eq!((counts.len(), counts.is_empty()), (expected.len(), expected.is_empty()));
            for most in [0, 3, FIRST, FIRST + 1, 20, usize::MAX] {
                prop_assert_eq!(&counts.first(&store, most)[..], &expected[..most.min(expected.len())]);
            }
            let silent = conditions.iter().enumerate().filter(|(study, conditions)| conditions.is_empty() && found.contains(*study as u32));
            prop_assert_eq!(counts.not_stated as usize, silent.count());
        }
    }
}
