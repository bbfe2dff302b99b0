//! Facets: the fields one can filter by, with the number of studies for each value.

use roaring::RoaringBitmap;

use super::query::{Ask, Choice, Query, Term};
use super::{Cancel, Matched, matching};
use crate::store::{Kind, Store, StudyIdx, ValueIdx, Vocab};

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
    /// Values with the number of studies that have them, none of them 0. Closed vocabularies stand
    /// in their own order, open ones with the most frequent value first.
    pub values: Vec<(ValueIdx, u32)>,
    /// Studies that state no value.
    pub not_stated: u32,
    /// What the query chooses and refuses; `None` is "not stated".
    pub chosen: Chosen,
}

impl Counts {
    /// The number of studies that have `value`.
    pub fn of(&self, value: ValueIdx) -> u32 {
        self.values.iter().find(|(found, _)| *found == value).map_or(0, |&(_, count)| count)
    }
}

/// Counts the values of `vocab` over `studies`.
pub fn count(store: &Store, vocab: Vocab, studies: &RoaringBitmap) -> Counts {
    let vocabulary = store.vocabulary(vocab);
    let mut counts = vec![0_u32; vocabulary.len()];
    let not_stated = vocabulary.not_stated().intersection_len(studies) as u32;
    if let Some(sets) = vocabulary.sets() {
        for (count, set) in counts.iter_mut().zip(sets) {
            *count = set.intersection_len(studies) as u32;
        }
    } else {
        for study in studies {
            vocabulary.values(StudyIdx(study)).for_each(|value| counts[value.0 as usize] += 1);
        }
    }
    let counted = vocabulary.iter().zip(counts).filter(|&(_, count)| count > 0);
    let mut values: Vec<(ValueIdx, u32)> = counted.collect();
    match vocab.entry().kind {
        Kind::Closed(terms) => {
            let place = |value| terms.iter().position(|term| term.label == vocabulary.label(value));
            values.sort_by_key(|&(value, _)| place(value).unwrap_or(usize::MAX));
        }
        Kind::Open | Kind::Words => {
            values.sort_by_key(|&(value, count)| (std::cmp::Reverse(count), value));
        }
    }
    Counts { values, not_stated, chosen: Vec::new() }
}

/// The values of `vocab` that `query` chooses or refuses; `None` is "not stated".
pub fn chosen(store: &Store, vocab: Vocab, query: &Query) -> Chosen {
    let cancel = Cancel::default();
    chosen_by(vocab, query, |term| matching::matches(store, term, &cancel).map(Into::into))
}

/// The same, where what each term was taken for is known from elsewhere.
pub(super) fn chosen_by(
    vocab: Vocab,
    query: &Query,
    mut matches: impl FnMut(&Term) -> Matched,
) -> Chosen {
    let mut chosen = Vec::new();
    for (ask, choice) in query.choices(vocab) {
        if *ask == Ask::NotStated {
            chosen.push((None, choice));
            continue;
        }
        let term = Term { vocab: Some(vocab), ask: ask.clone() };
        for found in matches(&term).iter().flat_map(|matches| &**matches) {
            chosen.extend(found.values.iter().map(|&value| (Some(value), choice)));
        }
    }
    chosen
}
