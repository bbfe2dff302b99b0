//! What a term matches: values of vocabularies, and through them studies in tiers of equal weight. It does not know how
//! values are looked up.

use std::cmp::Reverse;
use std::ops::Range;

use roaring::RoaringBitmap;

use crate::store::{Store, StudyIdx, Union, ValueIdx};
use crate::study::Concept;

/// How a term was found, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// The whole value is what was asked for.
    Value,
    /// A word of the value is.
    Word,
    /// A word of the value begins with it.
    Beginning,
    /// A word of the value is another spelling of it.
    Spelling,
    /// The value has another name of it.
    Name,
    /// Nothing has it; this is what comes near.
    Near,
}

/// What a term was taken for in one vocabulary.
#[derive(Clone, Debug)]
pub(super) struct Match {
    pub(super) concept: Concept,
    pub(super) how: How,
    pub(super) found: Found,
}

/// Never nothing.
#[derive(Clone, Debug)]
pub(super) enum Found {
    Values(Vec<ValueIdx>),
    /// The values that have any of these words, which are one or all that begin alike, but for one value
    /// that was found in a better way.
    WithWords(Range<usize>, Option<ValueIdx>),
    /// Studies, by what no value says.
    Studies(RoaringBitmap),
}

/// Everything that a term was taken for.
#[derive(Clone, Debug, Default)]
pub(super) struct Matched {
    pub(super) matches: Vec<Match>,
    /// The studies found, the best first; none is in two of them.
    pub(super) tiers: Vec<Tier>,
    /// All of them.
    pub(super) studies: RoaringBitmap,
}

/// Studies for which a term says equally much.
#[derive(Clone, Debug)]
pub(super) struct Tier {
    pub(super) weight: u32,
    pub(super) studies: RoaringBitmap,
}

/// How many values are named of each field in which a term was found.
pub(super) const EXAMPLES: usize = 3;

/// One value more tells whether there are more than are named.
const SHOWN: usize = EXAMPLES + 1;

impl Match {
    /// Its values; none where it is no matter of values.
    pub(super) fn values(&self, store: &Store) -> Vec<ValueIdx> {
        match &self.found {
            Found::Values(values) => values.clone(),
            Found::WithWords(words, but) => {
                let vocabulary = store.vocabulary(self.concept);
                let values = words.clone().flat_map(|word| vocabulary.values_with_word(word));
                let mut values: Vec<ValueIdx> =
                    values.filter(|value| Some(*value) != *but).collect();
                values.sort_unstable();
                values.dedup();
                values
            }
            Found::Studies(_) => Vec::new(),
        }
    }

    /// The values that most studies have, most first: one more than are shown, or all of them.
    pub(super) fn examples(&self, store: &Store) -> Vec<ValueIdx> {
        let vocabulary = store.vocabulary(self.concept);
        let mut examples = match &self.found {
            Found::Values(values) => {
                let studies = |value: &ValueIdx| Reverse(vocabulary.studies(*value).len());
                let mut keyed: Vec<_> = values.iter().map(studies).zip(0..).collect();
                if keyed.len() > SHOWN {
                    keyed.select_nth_unstable(SHOWN);
                    keyed.truncate(SHOWN);
                }
                keyed.sort_unstable();
                keyed.into_iter().map(|(_, place): (_, usize)| values[place]).collect()
            }
            Found::WithWords(words, but) => {
                let mut examples = vocabulary.examples(words.clone());
                examples.retain(|value| Some(*value) != *but);
                examples
            }
            Found::Studies(_) => Vec::new(),
        };
        examples.truncate(SHOWN);
        examples
    }

    /// Whether it found a study by itself, without values.
    pub(super) fn has(&self, study: StudyIdx) -> bool {
        matches!(&self.found, Found::Studies(studies) if studies.contains(study.0))
    }

    fn weight(&self) -> u32 {
        weight(self.concept, self.how)
    }

    fn gather(&self, store: &Store, union: &mut Union) {
        let vocabulary = store.vocabulary(self.concept);
        match &self.found {
            Found::Values(values) => {
                for &value in values {
                    union.add_list(vocabulary.studies(value));
                }
            }
            // Those of the value left out are here once more; they stand in a tier as good or better.
            Found::WithWords(words, _) => vocabulary.gather(words.clone(), union),
            Found::Studies(studies) => union.add_set(studies.clone()),
        }
    }
}

impl Matched {
    pub(super) fn new(store: &Store, matches: Vec<Match>) -> Self {
        let mut weights: Vec<u32> = matches.iter().map(Match::weight).collect();
        weights.sort_unstable_by_key(|&weight| Reverse(weight));
        weights.dedup();
        let (mut tiers, mut all) = (Vec::new(), RoaringBitmap::new());
        for weight in weights {
            let mut union = Union::default();
            let alike = matches.iter().filter(|found| found.weight() == weight);
            alike.for_each(|found| found.gather(store, &mut union));
            let studies = union.finish() - &all;
            all |= &studies;
            tiers.push(Tier { weight, studies });
        }
        Self { matches, tiers, studies: all }
    }

    /// The same, ranked behind all that was found in the same way.
    pub(super) fn behind(mut self) -> Self {
        self.tiers.iter_mut().for_each(|tier| tier.weight /= 2);
        self
    }

    /// The same, if everything was found in this way at best.
    pub(super) fn taken_as(store: &Store, mut matches: Vec<Match>, how: How) -> Self {
        for found in &mut matches {
            found.how = found.how.max(how);
        }
        Self::new(store, matches)
    }
}

/// How much a match says for a study: the id itself most, then the acronym, then title and condition, then the
/// rest; a whole value or word more than the beginning of one, that more than a near one.
fn weight(concept: Concept, how: How) -> u32 {
    let place = match concept {
        Concept::Id if how == How::Value => 1000,
        Concept::Acronym if how == How::Value => 500,
        Concept::Title | Concept::Condition => 10,
        _ => 4,
    };
    let manner = match how {
        How::Value | How::Word => 16,
        How::Beginning => 8,
        How::Spelling => 7,
        How::Name => 5,
        How::Near => 4,
    };
    place * manner
}
