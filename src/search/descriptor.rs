//! Terms of `MeSH` as a tree to choose from: what stands below a term, with the number of studies of an answer.

use std::cmp::Reverse;

use super::rows::Rows;
use crate::store::{Store, ValueIdx};
use crate::study::Concept;

/// A term where it stands in a tree: it can stand below several others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Descriptor {
    pub concept: Concept,
    pub value: ValueIdx,
    /// The term that it stands directly below; `None` at the top.
    pub above: Option<ValueIdx>,
}

impl Descriptor {
    /// The terms at the top of the tree of a concept, with the number of the studies of an answer that have them: most
    /// first. Those that none has are left out. `None` if the values of the concept stand in no tree.
    pub fn tops(store: &Store, concept: Concept, rows: &Rows) -> Option<Vec<(Self, u32)>> {
        let tops = store.tree(concept)?.tops();
        Some(counted(store, rows, tops.map(|value| Self { concept, value, above: None })))
    }

    /// Whether anything stands below it.
    pub fn has_below(self, store: &Store) -> bool {
        store.tree(self.concept).is_some_and(|tree| tree.below(self.value).len() > 0)
    }

    /// The terms directly below it, counted in the same way.
    pub fn below(self, store: &Store, rows: &Rows) -> Vec<(Self, u32)> {
        let below = store.tree(self.concept).into_iter().flat_map(|tree| tree.below(self.value));
        let above = Some(self.value);
        counted(store, rows, below.map(|value| Self { value, above, ..self }))
    }
}

fn counted(
    store: &Store,
    rows: &Rows,
    descriptors: impl Iterator<Item = Descriptor>,
) -> Vec<(Descriptor, u32)> {
    let studies = rows.studies();
    let count = |it: Descriptor| store.vocabulary(it.concept).count_in(it.value, &studies);
    let counts = descriptors.map(|it| (it, count(it))).filter(|&(_, count)| count > 0);
    let mut counts: Vec<_> = counts.collect();
    counts.sort_by_key(|&(it, count)| (Reverse(count), it.value));
    counts
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::search::{Cancel, answer, parse};
    use crate::study::made::made;

    #[test]
    fn each_term_finds_as_many_studies_as_it_counts() {
        let study = |id, own: &str, above: &[&str]| {
            let above: Vec<_> = above.iter().map(|term| json!({"term": term})).collect();
            let browse = json!({"meshes": [{"term": own}], "ancestors": above});
            made(id).set("derivedSection.conditionBrowseModule", browse)
        };
        let store = Store::of([
            study(1, "Lung Cancer", &["Cancer by Site", "Cancer", "Lung Disease"]),
            study(2, "Lung Cancer", &["Cancer by Site", "Cancer", "Lung Disease"]),
            study(3, "Breast Cancer", &["Cancer by Site", "Cancer"]),
            study(4, "Asthma", &["Lung Disease"]).phases(["PHASE1"]),
            study(5, "Leukaemia", &["Cancer"]).phases(["PHASE1"]),
        ]);
        let concept = Concept::ConditionTree;
        let rows =
            |query: &str| answer(&store, &parse(query).unwrap(), &Cancel::default()).unwrap().rows;
        let told = |query: &str, counts: Vec<(Descriptor, u32)>| {
            let tell = |(it, count): (Descriptor, u32)| {
                let label = store.vocabulary(concept).label(it.value);
                let narrowed = rows(&format!("{query} mesh-condition:\"{label}\""));
                assert_eq!(narrowed.len(), count as usize, "{label}");
                let sign = if it.has_below(&store) { ">" } else { "" };
                format!("{label} {count}{sign}")
            };
            counts.into_iter().map(tell).collect::<Vec<_>>()
        };
        let tops = |query: &str| Descriptor::tops(&store, concept, &rows(query)).unwrap();
        assert_eq!(told("", tops("")), ["Cancer 4>", "Lung Disease 3>"]);
        assert_eq!(told("phase:1", tops("phase:1")), ["Cancer 1>", "Lung Disease 1>"]);
        let cancer = tops("")[0].0;
        let below = cancer.below(&store, &rows(""));
        assert_eq!(told("", below.clone()), ["Cancer by Site 3>", "Leukaemia 1"]);
        assert_eq!(
            told("", below[0].0.below(&store, &rows(""))),
            ["Lung Cancer 2", "Breast Cancer 1"]
        );
        assert_eq!(told("phase:1", cancer.below(&store, &rows("phase:1"))), ["Leukaemia 1"]);
        assert_eq!(Descriptor::tops(&store, Concept::Condition, &rows("")), None);
    }
}
