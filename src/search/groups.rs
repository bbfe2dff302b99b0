//! What was found in groups: the studies that state the same value, or a number within the same step. A study that states
//! several values is in several groups.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::sync::Arc;

use roaring::RoaringBitmap;

use super::rows::Rows;
use super::stats::{self, Distribution, Group};
use super::step::Step;
use crate::store::{Store, StudyIdx};
use crate::study::Concept;
use crate::study::concept::Form;

/// The groups of an answer, each with the number of its studies; none is empty. What state nothing stand last.
#[derive(Clone, Debug, PartialEq)]
pub struct Groups {
    concept: Concept,
    distribution: Distribution,
    all: Vec<(Option<Group>, u32)>,
    studies: Arc<RoaringBitmap>,
}

/// Below this part of all that was found, the studies of a group are put in order one by one.
const FEW: u64 = 16;

impl Groups {
    /// The groups of `studies` by a concept that studies can be counted by.
    pub(super) fn new(store: &Store, concept: Concept, studies: &Arc<RoaringBitmap>) -> Self {
        let distribution = stats::distribution(store, concept, studies, usize::MAX);
        let all = distribution.bars().filter(|&(_, studies)| studies > 0).collect();
        Self { concept, distribution, all, studies: Arc::clone(studies) }
    }

    pub fn concept(&self) -> Concept {
        self.concept
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// A group, and the number of its studies.
    pub fn get(&self, place: usize) -> Option<(Option<Group>, u32)> {
        self.all.get(place).copied()
    }

    pub fn iter(&self) -> impl Iterator<Item = (Option<Group>, u32)> {
        self.all.iter().copied()
    }

    /// What people call a group.
    pub fn label(&self, store: &Store, group: Option<Group>) -> String {
        self.distribution.label(store, group)
    }

    /// The studies of a group.
    fn studies_of(&self, store: &Store, group: Option<Group>) -> RoaringBitmap {
        let concept = self.concept;
        let all = match group {
            Some(Group::Value(value)) => {
                let vocabulary = store.vocabulary(concept);
                match vocabulary.sets().and_then(|sets| sets.get(value.0 as usize)) {
                    Some(studies) => return studies & &*self.studies,
                    None => vocabulary.studies(value).iter().copied().collect(),
                }
            }
            Some(Group::Step(step)) => {
                let is_in =
                    |number| Step::of_key(concept, Step::key(concept, number)) == Some(step);
                store.with_number(concept, is_in) - store.silent(concept)
            }
            Some(Group::Mark(_)) => RoaringBitmap::new(),
            None => store.silent(concept),
        };
        all & &*self.studies
    }
}

/// Groups whose studies are looked up when they are asked for, each group once.
#[derive(Debug)]
pub struct Grouped {
    store: Arc<Store>,
    rows: Rows,
    groups: Groups,
    /// The place of each study among the rows, where these are a list.
    ranks: OnceCell<Option<Vec<u32>>>,
    members: RefCell<HashMap<usize, Rows>>,
}

impl Grouped {
    /// The groups of what was found, in the order of `rows`.
    pub fn new(store: Arc<Store>, rows: Rows, groups: Groups) -> Self {
        let (ranks, members) = (OnceCell::new(), RefCell::default());
        Self { store, rows, groups, ranks, members }
    }

    pub fn groups(&self) -> &Groups {
        &self.groups
    }

    /// The studies of the group at `place`, in the order of what was found.
    pub fn rows(&self, place: usize) -> Rows {
        if let Some(rows) = self.members.borrow().get(&place) {
            return rows.clone();
        }
        let Some((group, _)) = self.groups.get(place) else { return Rows::default() };
        let studies = self.groups.studies_of(&self.store, group);
        let rows = self.in_order(&studies);
        self.members.borrow_mut().insert(place, rows.clone());
        rows
    }

    fn in_order(&self, studies: &RoaringBitmap) -> Rows {
        let is_small = studies.len() * FEW < self.rows.len() as u64;
        match self.ranks.get_or_init(|| self.rows.ranks()) {
            Some(ranks) if is_small => {
                let mut listed: Vec<StudyIdx> = studies.iter().map(StudyIdx).collect();
                listed.sort_by_key(|study| ranks[study.0 as usize]);
                Rows::listed(listed)
            }
            _ => self.rows.only(studies),
        }
    }
}

/// Whether what is found can be grouped by a concept.
pub fn is_groupable(concept: Concept) -> bool {
    concept.definition().kind.form() != Form::Record && stats::countable().any(|it| it == concept)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::search::{Cancel, answer, parse};
    use crate::study::made::{Made, made};

    fn study(number: u32, seed: u32) -> Made {
        let mut study = made(number).status(["RECRUITING", "COMPLETED"][(seed % 2) as usize]);
        if !seed.is_multiple_of(3) {
            let names = (0..seed % 4).map(|name| format!("Condition {}", (seed / 4 + name) % 7));
            study = study.conditions(names);
            study = study.at("statusModule.startDateStruct.date", format!("20{:02}-03", seed % 20));
        }
        study.at("designModule.enrollmentInfo.count", seed % 600).at(
            "eligibilityModule.minimumAge",
            ["18 Years", "6 Months", "young"][(seed % 3) as usize],
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        /// Every group has as many studies as it says, in the order of the list, and each study is in some group.
        #[test]
        fn groups_have_what_they_count(seeds in prop::collection::vec(0..10_000_u32, 1..80), sort in prop::sample::select(vec!["", "sort:id", "sort:-start,status"])) {
            let store = Arc::new(Store::of((1..).zip(&seeds).map(|(number, &seed)| study(number, seed))));
            for concept in stats::countable() {
                let query = crate::search::Query { group: Some(concept), ..parse(sort).unwrap() };
                let results = answer(&store, &query, &Cancel::default()).unwrap();
                let all: Vec<StudyIdx> = results.rows.iter().collect();
                let groups = results.groups.unwrap();
                let grouped = Grouped::new(Arc::clone(&store), results.rows, groups);
                let mut seen = std::collections::BTreeSet::new();
                for (place, (_, count)) in grouped.groups().iter().enumerate() {
                    let rows: Vec<StudyIdx> = grouped.rows(place).iter().collect();
                    prop_assert_eq!(rows.len(), count as usize, "{:?}", concept);
                    let places: Vec<_> = rows.iter().map(|row| all.iter().position(|it| it == row)).collect();
                    prop_assert!(places.is_sorted() && places.iter().all(Option::is_some));
                    seen.extend(rows.into_iter().map(|study| study.0));
                }
                prop_assert_eq!(seen.len(), all.len(), "{:?}", concept);
            }
        }
    }
}
