//! Which terms of `MeSH` stand below which. Records name the terms above their own without saying how these lie to each
//! other, so it is read from all of them together: a term stands below another when every study that has it has the
//! other too, and directly below when none stands between. A term can stand below several.
//!
//! It does not know what the terms mean. In a small dataset terms that always come together stand below each other.

use std::io;

use super::array::Column;
use super::pool::Lists;
use super::snapshot::{Below, Bounds, Damage, Sections, Stored, Writer};
use super::vocabulary::Vocabulary;
use super::{Store, StudyIdx, ValueIdx};
use crate::study::Concept;
use crate::study::summary::Summary;

type OwnTerms = fn(&Summary) -> usize;

/// The concepts whose values stand in a tree, each with how many terms of its own a record states: in its list they stand
/// before those above them.
const TREES: [(Concept, OwnTerms); 2] = [
    (Concept::ConditionTree, |study| distinct(study.condition_terms())),
    (Concept::InterventionTree, |study| distinct(study.intervention_terms())),
];

/// The values of one concept as a tree. Costs 4 bytes a value, and 4 more for each value that it stands directly below.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tree {
    /// The values that stand below no other.
    tops: Column,
    /// Value → those directly below it.
    below: Lists,
}

/// One tree for each of [`TREES`].
#[derive(Clone, Debug, Default)]
pub(super) struct Trees(Vec<Tree>);

/// Gathers how many terms of its own each study states. Costs 1 byte a study for each tree.
#[derive(Clone, Debug, Default)]
pub(super) struct TreesBuilder {
    own: [Vec<u8>; TREES.len()],
}

/// How many terms there are, each counted once.
fn distinct<'a>(terms: impl Iterator<Item = &'a str>) -> usize {
    let mut known: Vec<&str> = Vec::new();
    for term in terms {
        if !known.iter().any(|it| it.eq_ignore_ascii_case(term)) {
            known.push(term);
        }
    }
    known.len()
}

impl Store {
    /// How the values of a concept stand below each other; `None` if they do not.
    pub fn tree(&self, concept: Concept) -> Option<&Tree> {
        self.trees.0.get(TREES.iter().position(|&(of, _)| of == concept)?)
    }
}

impl Tree {
    /// The values that stand below no other, ascending.
    pub fn tops(&self) -> impl ExactSizeIterator<Item = ValueIdx> {
        self.tops.iter().copied().map(ValueIdx)
    }

    /// The values that stand directly below one, ascending.
    pub fn below(&self, value: ValueIdx) -> impl ExactSizeIterator<Item = ValueIdx> {
        let is_known = (value.0 as usize) < self.below.len();
        let below = if is_known { self.below.get(value.0 as usize) } else { &[] };
        below.iter().copied().map(ValueIdx)
    }

    /// Reads the tree from the values of each study, the first `own` of which are its own terms.
    fn new(vocabulary: &Vocabulary, own: impl Iterator<Item = usize>) -> Self {
        let mut terms = vec![Term::default(); vocabulary.len()];
        let mut last_study_of = vec![u32::MAX; vocabulary.len()];
        let mut values: Vec<u32> = Vec::new();
        for (study, own) in (0..).zip(own) {
            values.clear();
            values.extend(vocabulary.values(StudyIdx(study)).map(|value| value.0));
            for &value in &values {
                last_study_of[value as usize] = study;
            }
            for &value in &values[own.min(values.len())..] {
                terms[value as usize].is_above_others = true;
            }
            for (place, &value) in (0..).zip(&values) {
                let term = &mut terms[value as usize];
                term.studies += 1;
                if term.studies == 1 {
                    term.first_place = place;
                    term.always_with = values.iter().copied().filter(|&it| it != value).collect();
                } else {
                    term.always_with.retain(|&other| last_study_of[other as usize] == study);
                }
            }
        }
        Self::of(&mut terms)
    }

    fn of(terms: &mut [Term]) -> Self {
        for value in 0..terms.len() {
            let mut above = std::mem::take(&mut terms[value].always_with);
            above.retain(|&other| {
                let (term, other) = (&terms[value], &terms[other as usize]);
                // Terms of the same studies stand as their records list them, the nearest first.
                let rank = |term: &Term| (term.studies, term.first_place);
                other.is_above_others && rank(other) > rank(term)
            });
            terms[value].always_with = above;
        }
        let stands_below =
            |term: u32, above: u32| terms[term as usize].always_with.contains(&above);
        let mut lists = Lists::default();
        for Term { always_with, .. } in &*terms {
            let is_direct = |above: u32| !always_with.iter().any(|&it| stands_below(it, above));
            lists.push(always_with.iter().copied().filter(|&above| is_direct(above)));
        }
        let tops = (0..).zip(lists.iter()).filter(|(_, above)| above.is_empty());
        Self { tops: tops.map(|(value, _)| value).collect(), below: lists.inverted(terms.len()) }
    }
}

/// What is known of a term.
#[derive(Clone, Debug, Default)]
struct Term {
    /// How many studies have it.
    studies: u32,
    /// Its place in the list of the first study.
    first_place: u32,
    /// The other terms that each of its studies has; in the end those that stand above it.
    always_with: Vec<u32>,
    /// Whether any study names it above its own terms.
    is_above_others: bool,
}

impl TreesBuilder {
    /// Adds the next study.
    pub(super) fn push(&mut self, summary: &Summary) {
        for ((_, count), own) in TREES.iter().zip(&mut self.own) {
            own.push(u8::try_from(count(summary)).unwrap_or(u8::MAX));
        }
    }

    /// Takes the studies of another builder, which keeps its room.
    pub(super) fn absorb(&mut self, other: &mut Self) {
        for (own, other) in self.own.iter_mut().zip(&mut other.own) {
            own.append(other);
        }
    }

    /// Makes the trees of the studies at `kept`, whose vocabularies the store has already.
    pub(super) fn finish(self, kept: &[u32], store: &Store) -> Trees {
        let trees = TREES.iter().zip(self.own).map(|(&(concept, _), own)| {
            let own = kept.iter().map(|&study| usize::from(own[study as usize]));
            Tree::new(store.vocabulary(concept), own)
        });
        Trees(trees.collect())
    }
}

impl Trees {
    /// Says what the arrays of what was read keep to.
    pub(super) fn bind(&self, store: &Store, bounds: &mut Bounds) {
        for (&(concept, _), tree) in TREES.iter().zip(&self.0) {
            let values = store.vocabulary(concept).len();
            bounds.numbers(&tree.tops, Below::limit(values));
            bounds.lists(&tree.below, values, Below::limit(values));
        }
    }
}

impl Stored for Trees {
    fn write(&self, out: &mut Writer) -> io::Result<()> {
        self.0.iter().try_for_each(|Tree { tops, below }| {
            tops.write(out)?;
            below.write(out)
        })
    }

    fn read(from: &mut Sections) -> Result<Self, Damage> {
        let mut tree = || Ok(Tree { tops: Stored::read(from)?, below: Stored::read(from)? });
        TREES.iter().map(|_| tree()).collect::<Result<_, _>>().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::study::made::{Made, made};

    fn study(id: u32, own: &[&str], above: &[&str]) -> Made {
        let terms =
            |terms: &[&str]| terms.iter().map(|term| json!({"term": term})).collect::<Vec<_>>();
        let module = json!({"meshes": terms(own), "ancestors": terms(above)});
        made(id).set("derivedSection.conditionBrowseModule", module)
    }

    /// Every term with what stands directly below it, and those at the top.
    fn tree(studies: impl IntoIterator<Item = Made>) -> Vec<String> {
        let store = Store::of(studies);
        let (vocabulary, tree) =
            (store.vocabulary(Concept::ConditionTree), store.tree(Concept::ConditionTree).unwrap());
        let names = |values: Vec<ValueIdx>| {
            values.into_iter().map(|value| vocabulary.label(value)).collect::<Vec<_>>().join(", ")
        };
        let below = vocabulary.iter().filter_map(|value| {
            let below: Vec<ValueIdx> = tree.below(value).collect();
            (!below.is_empty()).then(|| format!("{}: {}", vocabulary.label(value), names(below)))
        });
        std::iter::once(names(tree.tops().collect())).chain(below).collect()
    }

    #[test]
    fn a_term_stands_below_those_that_all_its_studies_have() {
        let told = tree([
            study(1, &["Lung Cancer"], &["Cancer by Site", "Cancer", "Lung Disease"]),
            study(2, &["Breast Cancer"], &["Cancer by Site", "Cancer"]),
            study(3, &["Asthma"], &["Lung Disease"]),
            // Two terms of one study do not stand below each other, nor below what only the other has.
            study(4, &["Asthma", "Leukaemia"], &["Lung Disease", "Cancer"]),
            study(5, &["Leukaemia"], &["Cancer"]),
            study(6, &["Pain"], &[]),
        ]);
        assert_eq!(
            told,
            [
                "Cancer, Lung Disease, Pain",
                "Cancer: Cancer by Site, Leukaemia",
                "Cancer by Site: Breast Cancer, Lung Cancer",
                "Lung Disease: Asthma, Lung Cancer",
            ]
        );
    }

    #[test]
    fn terms_of_the_same_studies_stand_as_they_are_listed() {
        let told = tree([study(1, &["A"], &["B", "C"])]);
        assert_eq!(told, ["C", "B: A", "C: B"]);
        // A study without any term, one that states a term twice and above itself, and one with nothing above its own.
        let told = tree([study(1, &[], &[]), study(2, &["A"], &["A", "B"]), study(3, &["C"], &[])]);
        assert_eq!(told, ["B, C", "B: A"]);
    }
}
