//! Facets: the fields one can filter by, with the number of studies for each value.

use std::cmp::Reverse;
use std::rc::Rc;

use roaring::RoaringBitmap;

use super::Cancel;
use super::matching::{self, Matched};
use super::query::{Ask, Choice, Query, Term};
use crate::store::{Kind, Store, Tally, ValueIdx, Vocab, Vocabulary};

/// The facets, in the order of the screen. A new facet is one entry here.
pub const FACETS: &[Vocab] = &[
    Vocab::Status,
    Vocab::Phase,
    Vocab::StudyType,
    Vocab::Condition,
    Vocab::Sponsor,
    Vocab::InterventionType,
    Vocab::Country,
    Vocab::SponsorClass,
    Vocab::Sex,
    Vocab::Results,
];

/// Values, or "not stated", with how they are chosen.
pub type Chosen = Vec<(Option<ValueIdx>, Choice)>;

/// How the studies of an answer spread over the values of one facet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Values with the number of studies that have them, none of them 0, ascending by value.
    values: Vec<(ValueIdx, u32)>,
    /// The first of them in the order of the screen.
    first: Vec<(ValueIdx, u32)>,
    /// Studies that state no value.
    pub not_stated: u32,
    /// What the query chooses and refuses; `None` is "not stated".
    pub chosen: Chosen,
}

/// So many values are put in order at once; more of them only when they are asked for.
const FIRST: usize = 8;

impl Counts {
    /// How many values have any studies.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The number of studies that have `value`.
    pub fn of(&self, value: ValueIdx) -> u32 {
        let place = self.values.binary_search_by_key(&value, |&(value, _)| value);
        place.map_or(0, |place| self.values[place].1)
    }

    /// Values with the number of studies that have them, none of them 0: the first `most`, or as many as
    /// there are. Closed vocabularies stand in their own order, open ones with the most frequent value
    /// first. Up to eight cost nothing, all of them what it takes to sort them.
    pub fn first(&self, most: usize) -> Vec<(ValueIdx, u32)> {
        if most <= self.first.len() || self.first.len() == self.values.len() {
            return self.first.iter().take(most).copied().collect();
        }
        most_frequent(self.values.clone(), most)
    }

    fn new(vocab: Vocab, vocabulary: &Vocabulary, values: Vec<(ValueIdx, u32)>) -> Self {
        let first = match vocab.entry().kind {
            Kind::Closed(terms) => {
                let place =
                    |value| terms.iter().position(|term| term.label == vocabulary.label(value));
                let mut first = values.clone();
                first.sort_by_cached_key(|&(value, _)| place(value).unwrap_or(usize::MAX));
                first
            }
            Kind::Open | Kind::Words => first_few(&values),
        };
        Self { values, first, ..Self::default() }
    }
}

/// The [`FIRST`] most frequent values; `values` ascend.
fn first_few(values: &[(ValueIdx, u32)]) -> Vec<(ValueIdx, u32)> {
    let mut first: Vec<(ValueIdx, u32)> = Vec::with_capacity(FIRST + 1);
    let mut fewest = 0;
    for &(value, count) in values {
        if count > fewest {
            first.insert(first.partition_point(|&(_, before)| before >= count), (value, count));
            first.truncate(FIRST);
            fewest = first.get(FIRST - 1).map_or(0, |&(_, count)| count);
        }
    }
    first
}

fn most_frequent(mut values: Vec<(ValueIdx, u32)>, most: usize) -> Vec<(ValueIdx, u32)> {
    let key = |&(value, count): &(ValueIdx, u32)| (Reverse(count), value);
    if most < values.len() {
        values.select_nth_unstable_by_key(most, key);
        values.truncate(most);
    }
    values.sort_unstable_by_key(key);
    values
}

/// The values that are counted at all.
fn stated(counts: &[u32]) -> Vec<(ValueIdx, u32)> {
    let mut values = Vec::new();
    for (first, counts) in (0..).step_by(BLOCK).zip(counts.chunks(BLOCK)) {
        // Of few studies most values have none.
        if counts.iter().fold(0, |any, count| any | count) > 0 {
            let counted = (first..).map(ValueIdx).zip(counts.iter().copied());
            values.extend(counted.filter(|&(_, count)| count > 0));
        }
    }
    values
}

/// So many counts are looked at together.
const BLOCK: usize = 16;

/// Counts the values of `vocab` over `studies`.
pub fn count(store: &Store, vocab: Vocab, studies: &RoaringBitmap) -> Counts {
    let mut tally = Tally::default();
    tally.count(store, studies);
    counts(store, vocab, studies, &tally)
}

/// Counts the values of all [`FACETS`] over `studies`.
pub fn count_all(store: &Store, studies: &RoaringBitmap, tally: &mut Tally) -> Vec<Counts> {
    tally.count(store, studies);
    FACETS.iter().map(|&vocab| counts(store, vocab, studies, tally)).collect()
}

/// The counts of one facet over the studies that `tally` has counted, which are `studies`.
pub(super) fn counts(
    store: &Store,
    vocab: Vocab,
    studies: &RoaringBitmap,
    tally: &Tally,
) -> Counts {
    let vocabulary = store.vocabulary(vocab);
    let values = stated(tally.of(store, vocab));
    let not_stated = vocabulary.not_stated().intersection_len(studies) as u32;
    Counts { not_stated, ..Counts::new(vocab, vocabulary, values) }
}

/// The values of `vocab` that `query` chooses or refuses; `None` is "not stated".
pub fn chosen(store: &Store, vocab: Vocab, query: &Query) -> Chosen {
    let cancel = Cancel::default();
    chosen_by(store, vocab, query, |term| matching::matched(store, term, &cancel).map(Rc::new))
}

/// The same, where what each term was taken for is known from elsewhere.
pub(super) fn chosen_by(
    store: &Store,
    vocab: Vocab,
    query: &Query,
    mut matched: impl FnMut(&Term) -> Option<Rc<Matched>>,
) -> Chosen {
    let mut chosen = Vec::new();
    for (ask, choice) in query.choices(vocab) {
        if *ask == Ask::NotStated {
            chosen.push((None, choice));
            continue;
        }
        let term = Term { vocab: Some(vocab), ask: ask.clone() };
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
    use crate::store::StoreBuilder;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn counts_are_those_of_a_look_at_each_study(
            conditions in prop::collection::vec(prop::collection::btree_set("[a-z]{1,2}", 0..3), 1..80),
            found in prop::collection::btree_set(0..80_u32, 0..80),
            before in prop::collection::vec(prop::collection::btree_set(0..80_u32, 0..80), 0..4),
        ) {
            let mut builder = StoreBuilder::default();
            for (id, conditions) in conditions.iter().enumerate() {
                let record = serde_json::json!({"protocolSection": {
                    "identificationModule": {"nctId": format!("NCT{id:08}")},
                    "conditionsModule": {"conditions": conditions},
                }});
                builder.push(&record.to_string()).unwrap();
            }
            let store = builder.finish().unwrap();
            let vocabulary = store.vocabulary(Vocab::Condition);
            let found: RoaringBitmap = found.into_iter().filter(|&study| study < store.len() as u32).collect();
            let mut tally = Tally::default();
            for before in before {
                let before = before.into_iter().filter(|&study| study < store.len() as u32);
                tally.count(&store, &before.collect());
            }
            let facet = FACETS.iter().position(|&vocab| vocab == Vocab::Condition).unwrap();
            let counts = count_all(&store, &found, &mut tally).swap_remove(facet);
            prop_assert_eq!(&counts, &count(&store, Vocab::Condition, &found));
            let having = |value| vocabulary.studies(value).iter().filter(|&&study| found.contains(study)).count() as u32;
            let mut expected: Vec<_> = vocabulary.iter().map(|value| (value, having(value))).collect();
            for &(value, count) in &expected {
                prop_assert_eq!(counts.of(value), count);
            }
            expected.retain(|&(_, count)| count > 0);
            expected.sort_by_key(|&(value, count)| (Reverse(count), value));
            prop_assert_eq!((counts.len(), counts.is_empty()), (expected.len(), expected.is_empty()));
            for most in [0, 3, FIRST, FIRST + 1, 20, usize::MAX] {
                prop_assert_eq!(&counts.first(most)[..], &expected[..most.min(expected.len())]);
            }
            let silent = conditions.iter().enumerate().filter(|(study, conditions)| conditions.is_empty() && found.contains(*study as u32));
            prop_assert_eq!(counts.not_stated as usize, silent.count());
        }
    }
}
