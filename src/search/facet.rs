//! Facets: concepts to filter by, with the number of studies for each value.

use std::rc::Rc;
use std::sync::{Arc, OnceLock};

use roaring::RoaringBitmap;

use super::Cancel;
use super::matched::Matched;
use super::matching;
use super::query::{Ask, Choice, Query, Term};
use super::range;
use super::spread::{in_order, most_frequent, spread};
use super::stats::{Group, distribution};
use super::step::Step;
use crate::store::{Store, Tally, ValueIdx};
use crate::study::calendar::Day;
use crate::study::concept::{Column, Concept, Kind, Values};

/// Groups, or "not stated", with how they are chosen.
pub type Chosen = Vec<(Option<Group>, Choice)>;

/// How the studies of an answer spread over the groups of one facet: values, years, bands of numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Counts {
    concept: Concept,
    /// The studies that are counted.
    studies: Arc<RoaringBitmap>,
    /// From here times until today are counted.
    today: Day,
    /// What was counted with the answer; `None` if nothing was.
    ready: Option<Ready>,
    /// Everything; counted when it is asked for.
    all: OnceLock<All>,
    /// What the query chooses and refuses; `None` is "not stated".
    pub chosen: Chosen,
}

/// What is known at once of a facet that is always counted.
#[derive(Clone, Debug, PartialEq)]
struct Ready {
    stated: usize,
    /// The first values in the order of the screen; of a closed vocabulary all.
    first: Vec<(ValueIdx, u32)>,
    not_stated: u32,
}

/// Every group that has any study: names ascending, anything else in its own order.
#[derive(Clone, Debug, PartialEq)]
struct All {
    groups: Vec<(Group, u32)>,
    not_stated: u32,
}

/// So many values of an open vocabulary are put in order at once; more of them only when they are asked for.
const FIRST: usize = 8;

impl Counts {
    /// Whether the facet is counted with every answer. If not, what follows here counts it when it is first asked.
    pub fn are_always_counted(&self) -> bool {
        self.ready.is_some()
    }

    /// How many groups have any studies.
    pub fn len(&self, store: &Store) -> usize {
        self.ready.as_ref().map_or_else(|| self.all(store).groups.len(), |ready| ready.stated)
    }

    pub fn is_empty(&self, store: &Store) -> bool {
        self.len(store) == 0
    }

    /// How many studies state nothing.
    pub fn not_stated(&self, store: &Store) -> u32 {
        self.ready.as_ref().map_or_else(|| self.all(store).not_stated, |ready| ready.not_stated)
    }

    /// The number of studies in `group`.
    pub fn of(&self, store: &Store, group: Group) -> u32 {
        let Group::Value(value) = group else {
            let groups = &self.all(store).groups;
            return groups.iter().find(|(one, _)| *one == group).map_or(0, |&(_, count)| count);
        };
        let mut first = self.ready.iter().flat_map(|ready| &ready.first);
        if let Some(&(_, count)) = first.find(|&&(first, _)| first == value) {
            return count;
        }
        store.vocabulary(self.concept).count_in(value, &self.studies)
    }

    /// Groups with the number of studies that are in each, none of them 0: the first `most`, or as many as
    /// there are. Names stand with the most frequent one first, anything else in its own order. Of a facet that is
    /// always counted up to eight cost nothing, more of them a look at every study, once.
    pub fn first(&self, store: &Store, most: usize) -> Vec<(Group, u32)> {
        if let Some(Ready { first, stated, .. }) = &self.ready
            && (most <= first.len() || first.len() == *stated)
        {
            return of_values(first.iter().take(most).copied());
        }
        let groups = self.all(store).groups.iter().copied();
        if !matches!(self.concept.definition().kind, Kind::Names(_)) {
            return groups.take(most).collect();
        }
        let values = groups.filter_map(|(group, count)| match group {
            Group::Value(value) => Some((value, count)),
            Group::Step(_) | Group::Mark(_) => None,
        });
        of_values(most_frequent(values.collect(), most))
    }

    /// Whether one study can be in several groups.
    pub fn are_of_several(&self) -> bool {
        let definition = self.concept.definition();
        let is_of_several = |column: Column| column.values == Values::Several;
        definition.column.is_some_and(is_of_several) || !definition.recent.is_empty()
    }

    fn all(&self, store: &Store) -> &All {
        let Self { concept, studies, today, all, .. } = self;
        all.get_or_init(|| {
            if !concept.definition().recent.is_empty() {
                return recent(store, *concept, studies, *today);
            }
            if let Kind::Names(_) = concept.definition().kind {
                let vocabulary = store.vocabulary(*concept);
                let not_stated = vocabulary.not_stated().intersection_len(studies) as u32;
                return All { groups: of_values(spread(vocabulary, studies)), not_stated };
            }
            let counted = distribution(store, *concept, studies, usize::MAX);
            All { groups: counted.groups, not_stated: counted.not_stated }
        })
    }
}

fn of_values(values: impl IntoIterator<Item = (ValueIdx, u32)>) -> Vec<(Group, u32)> {
    values.into_iter().map(|(value, count)| (Group::Value(value), count)).collect()
}

/// Counts the times until today.
fn recent(store: &Store, concept: Concept, studies: &RoaringBitmap, today: Day) -> All {
    let counted = Step::recent(concept).map(|step| {
        let within = range::within(store, concept, &step.range(), today);
        (Group::Step(step), within.intersection_len(studies) as u32)
    });
    All {
        groups: counted.filter(|&(_, count)| count > 0).collect(),
        not_stated: store.silent(concept).intersection_len(studies) as u32,
    }
}

/// Counts the groups of `concept` over `studies`.
pub fn count(store: &Store, concept: Concept, studies: RoaringBitmap) -> Counts {
    let (mut tally, studies) = (Tally::default(), Arc::new(studies));
    if !Concept::always_counted().any(|counted| counted == concept) {
        return when_shown(concept, &studies, Day(0));
    }
    tally.count(store, &studies);
    always(store, concept, &studies, &tally)
}

/// Counts those of [`Concept::facets`] over `studies` that are always counted, and keeps what it takes to count the
/// others.
pub fn count_all(
    store: &Store,
    studies: &Arc<RoaringBitmap>,
    today: Day,
    tally: &mut Tally,
) -> Vec<Counts> {
    tally.count(store, studies);
    let asked_less = Concept::facets().skip(Concept::always_counted().count());
    let always = Concept::always_counted().map(|concept| always(store, concept, studies, tally));
    always.chain(asked_less.map(|concept| when_shown(concept, studies, today))).collect()
}

/// The counts of a facet over the studies that `tally` has counted, which are `studies`.
pub(super) fn always(
    store: &Store,
    concept: Concept,
    studies: &Arc<RoaringBitmap>,
    tally: &Tally,
) -> Counts {
    let first = if concept.has_codes() {
        in_order(concept, store.vocabulary(concept), tally.of_closed(store, concept))
    } else {
        tally.first(store, concept, FIRST)
    };
    let ready = Ready {
        stated: if concept.has_codes() { first.len() } else { tally.stated(concept) },
        first,
        not_stated: tally.not_stated(store, concept),
    };
    Counts { ready: Some(ready), ..when_shown(concept, studies, Day(0)) }
}

/// The counts of a facet that nobody has asked for yet.
pub(super) fn when_shown(concept: Concept, studies: &Arc<RoaringBitmap>, today: Day) -> Counts {
    Counts {
        concept,
        studies: Arc::clone(studies),
        today,
        ready: None,
        all: OnceLock::new(),
        chosen: Chosen::new(),
    }
}

/// The groups of `concept` that `query` chooses or refuses; `None` is "not stated".
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
        if let Ask::Range(range) = ask {
            let step = Step::of_filter(concept, range);
            chosen.extend(step.map(|step| (Some(Group::Step(step)), choice)));
            continue;
        }
        let term = Term { concept: Some(concept), ask: ask.clone() };
        for found in matched(&term).iter().flat_map(|matched| &matched.matches) {
            let values = found.values(store).into_iter();
            chosen.extend(values.map(|value| (Some(Group::Value(value)), choice)));
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use std::cmp::Reverse;

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
            let counts = count_all(&store, &Arc::new(found.clone()), Day(0), &mut tally).swap_remove(facet);
            prop_assert_eq!(&counts, &count(&store, Concept::Condition, found.clone()));
            let having = |value| vocabulary.studies(value).iter().filter(|&&study| found.contains(study)).count() as u32;
            let mut expected: Vec<_> = vocabulary.iter().map(|value| (value, having(value))).collect();
            for &(value, count) in &expected {
                prop_assert_eq!(counts.of(&store, Group::Value(value)), count);
            }
            expected.retain(|&(_, count)| count > 0);
            expected.sort_by_key(|&(value, count)| (Reverse(count), value));
            prop_assert_eq!((counts.len(&store), counts.is_empty(&store)), (expected.len(), expected.is_empty()));
            let expected = of_values(expected);
            for most in [0, 3, FIRST, FIRST + 1, 20, usize::MAX] {
                prop_assert_eq!(&counts.first(&store, most)[..], &expected[..most.min(expected.len())]);
            }
            let silent = conditions.iter().enumerate().filter(|(study, conditions)| conditions.is_empty() && found.contains(*study as u32));
            prop_assert_eq!(counts.not_stated(&store) as usize, silent.count());
        }
    }
}
