//! The orders in which studies can stand, made once: every study in the order of each.
//!
//! Costs 4 bytes a study and order. Knows nothing of what people call them.

use std::cmp::Reverse;

use super::array::Column;
use super::pool::{Strings, TooLarge};
use super::snapshot::{Below, Bounds};
use super::{Store, StudyIdx};
use crate::study::concept::{Concept, Kind};
use crate::study::terms;

/// Makes every order of [`Concept::orders`]; `by_title` is made before, as it takes longest. Dates, counts and ages begin
/// with the greatest, names with A, codes with the first of their table.
pub(super) fn orders(store: &Store, by_title: Ordered) -> Vec<Ordered> {
    let mut by_title = Some(by_title);
    let by_id = &store.by_id;
    let all: Vec<u32> = (0..store.len() as u32).collect();
    let mut make = |concept: Concept| match (concept, concept.definition().kind) {
        // Studies stand in this order, and those of a day in the order of their ids.
        (Concept::Updated, _) => Ordered::new(&all, |study| store.updated(study).map(Reverse)),
        (Concept::Id, _) => Ordered::new(by_id, |study| Some(store.id(study))),
        // The first of several sponsors leads, if one is stated to.
        (Concept::Sponsor, _) => {
            Ordered::new(by_id, |study| store.vocabulary(Concept::Lead).values(study).next())
        }
        (Concept::Title, _) => by_title.take().unwrap_or_default(),
        (_, Kind::Date(_)) => Ordered::new(by_id, |study| {
            store.date(study, concept).map(|stated| Reverse(stated.date))
        }),
        (_, Kind::Count(_)) => Ordered::new(by_id, |study| {
            store.count(study, concept).map(|stated| Reverse(stated.count))
        }),
        (_, Kind::Age(_)) => {
            Ordered::new(by_id, |study| store.age(study, concept).map(|age| Reverse(age.minutes())))
        }
        (_, Kind::Codes(..)) => by_terms(store, concept),
        (
            _,
            Kind::Names(_) | Kind::Words(_) | Kind::AgeLimits | Kind::Passages(_) | Kind::Prose,
        ) => Ordered::new(by_id, |study| store.vocabulary(concept).values(study).next()),
    };
    Concept::orders().map(|(concept, _)| make(concept)).collect()
}

/// So many values of a closed vocabulary tell in which order their studies stand.
const TELLING: usize = 8;

/// By the places of a study's values among the terms of a closed vocabulary: Phase 1, Phase 1/2, Phase 2. A study to
/// which none applies stands with those that state none.
fn by_terms(store: &Store, concept: Concept) -> Ordered {
    let vocabulary = store.vocabulary(concept);
    // From 1, as 0 is none; what the registry does not know stands behind all others.
    let number = |code: &str| {
        let place = concept.terms().iter().position(|term| term.code == code);
        place.map_or(u8::MAX, |place| place as u8 + 1)
    };
    let codes = vocabulary.iter().map(|value| concept.code(vocabulary.label(value)));
    let numbers: Vec<Option<u8>> =
        codes.map(|code| (code != terms::NOT_APPLICABLE).then(|| number(code))).collect();
    Ordered::new(&store.by_id, |study| {
        let mut stated = [0; TELLING];
        let values = vocabulary.values(study).filter_map(|value| numbers[value.0 as usize]);
        let count = stated.iter_mut().zip(values).map(|(own, number)| *own = number).count();
        stated[..count].sort_unstable();
        (count > 0).then_some(stated)
    })
}

/// Studies that are equal to the one before have not this bit.
const BEGINS: u32 = 1 << 31;
/// Studies that state nothing have this one.
const SILENT: u32 = 1 << 30;

/// How many studies can be put in order.
pub(super) const MOST_STUDIES: usize = SILENT as usize - 1;

/// Every study in one order. Those that state nothing stand last, equal ones in the order of their ids.
#[derive(Clone, Debug, Default)]
pub struct Ordered(pub(super) Column);

impl Ordered {
    /// Puts studies in the order of `key`; `by_id` are all of them in the order of their ids.
    pub(super) fn new<K: Ord>(by_id: &[u32], key: impl Fn(StudyIdx) -> Option<K>) -> Self {
        let keyed = by_id.iter().map(|&study| (key(StudyIdx(study)), study));
        let mut keyed: Vec<(Option<K>, u32)> = keyed.collect();
        keyed.sort_by(|(a, _), (b, _)| a.is_none().cmp(&b.is_none()).then_with(|| a.cmp(b)));
        Self::sorted(keyed.iter().map(|(key, study)| (key.as_ref(), *study)))
    }

    /// Puts studies in the order of `text`, which all of them have.
    pub(super) fn by_text(
        by_id: &[u32],
        text: impl Fn(StudyIdx) -> String,
    ) -> Result<Self, TooLarge> {
        let texts = Strings::gathered(by_id.iter().map(|&study| text(StudyIdx(study))))?;
        let sorted = texts.sorted_by(|a, b| a.cmp(&b)).into_iter();
        Ok(Self::sorted(sorted.map(|at| (Some(texts.bytes(at as usize)), by_id[at as usize]))))
    }

    /// Takes studies that are in order, each with its key.
    fn sorted<K: PartialEq>(keyed: impl ExactSizeIterator<Item = (Option<K>, u32)>) -> Self {
        assert!(keyed.len() <= MOST_STUDIES, "more are not taken");
        let mut before = None;
        let marked = keyed.map(|(key, study)| {
            let silent = if key.is_none() { SILENT } else { 0 };
            let key = Some(key);
            let begins = if before == key { 0 } else { BEGINS };
            before = key;
            study | begins | silent
        });
        Self(marked.collect())
    }

    /// Says what the numbers of an order that was read keep to.
    pub(super) fn bind(&self, bounds: &mut Bounds, studies: usize) {
        bounds.holds(self.0.len() == studies);
        bounds.numbers(&self.0, Below::limit(studies).masked(!(BEGINS | SILENT)));
    }

    /// Every study, from the least to the greatest.
    pub fn forwards(&self) -> impl Iterator<Item = StudyIdx> {
        self.0.iter().map(|&marked| study(marked))
    }

    /// Every study, from the greatest to the least; again those that state nothing last and equal ones in
    /// the order of their ids.
    pub fn backwards(&self) -> impl Iterator<Item = StudyIdx> {
        self.classes_backwards().flat_map(Class::iter)
    }

    /// The studies that are equal, from the least to the greatest; the last ones state nothing.
    pub fn classes(&self) -> impl Iterator<Item = Class<'_>> {
        self.0.chunk_by(|_, next| next & BEGINS == 0).map(Class)
    }

    /// The same from the greatest to the least, again with those last that state nothing.
    pub fn classes_backwards(&self) -> impl Iterator<Item = Class<'_>> {
        let stated = self.0.partition_point(|marked| marked & SILENT == 0);
        let (stated, silent) = self.0.split_at(stated);
        let mut end = stated.len();
        let equal = std::iter::from_fn(move || {
            let start = stated[..end].iter().rposition(|marked| marked & BEGINS != 0)?;
            Some(&stated[start..std::mem::replace(&mut end, start)])
        });
        equal.chain(std::iter::once(silent)).map(Class)
    }
}

/// Studies that are equal in an order, by their ids.
#[derive(Clone, Copy, Debug)]
pub struct Class<'a>(&'a [u32]);

impl<'a> Class<'a> {
    pub fn iter(self) -> impl Iterator<Item = StudyIdx> + 'a {
        self.0.iter().map(|&marked| study(marked))
    }
}

fn study(marked: u32) -> StudyIdx {
    StudyIdx(marked & !(BEGINS | SILENT))
}

#[cfg(test)]
mod tests {
    use std::cmp::Reverse;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn both_directions_are_those_of_a_sort(keys in prop::collection::vec(prop::option::of(0..6_u32), 0..40)) {
            let studies: Vec<u32> = (0..keys.len() as u32).rev().collect();
            let key = |study: StudyIdx| keys[study.0 as usize];
            let ordered = Ordered::new(&studies, key);
            let mut expected: Vec<StudyIdx> = studies.iter().copied().map(StudyIdx).collect();
            expected.sort_by_key(|&study| (key(study).is_none(), key(study)));
            prop_assert_eq!(ordered.forwards().collect::<Vec<_>>(), &expected[..]);
            expected = studies.iter().copied().map(StudyIdx).collect();
            expected.sort_by_key(|&study| (key(study).is_none(), Reverse(key(study))));
            prop_assert_eq!(ordered.backwards().collect::<Vec<_>>(), expected);
        }

        #[test]
        fn texts_are_in_the_order_of_any_key(texts in prop::collection::vec("[ab]{0,20}", 0..40)) {
            let studies: Vec<u32> = (0..texts.len() as u32).rev().collect();
            let text = |study: StudyIdx| texts[study.0 as usize].clone();
            let expected = Ordered::new(&studies, |study| Some(text(study)));
            prop_assert_eq!(&*Ordered::by_text(&studies, text).unwrap().0, &*expected.0);
        }
    }
}
