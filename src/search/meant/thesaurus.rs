//! Words that are the name of a term of the registry's thesaurus, `MeSH`: they mean every study under that term.

use crate::search::matched::{Found, How, Match};
use crate::store::{Store, ValueIdx};
use crate::study::Concept;
use crate::text;

/// What people call growths, and how the thesaurus does.
const GROWTHS: [&str; 3] = ["cancer", "tumor", "carcinoma"];
const GROWTH: &str = "neoplasm";

/// What is found under the terms that several words name, and how the first term is called.
pub(super) fn under(
    store: &Store,
    concept: Option<Concept>,
    words: &[&str],
) -> Option<(String, Vec<Match>)> {
    let terms = terms(store, concept, words);
    let &(tree, first) = terms.first()?;
    let name = store.vocabulary(tree).folded(first).to_owned();
    let matches = terms.into_iter().map(|(concept, term)| Match {
        concept,
        how: How::Name,
        found: Found::Values(vec![term]),
    });
    Some((name, matches.collect()))
}

/// The terms that `words` name, in any spelling: `heart disease` is Heart Diseases. The words of a name that is turned
/// round may stand in any order, as in `Lung Diseases, Obstructive`. A single word has its names from elsewhere.
fn terms(store: &Store, concept: Option<Concept>, words: &[&str]) -> Vec<(Concept, ValueIdx)> {
    if words.len() < 2 {
        return Vec::new();
    }
    let trees: &[Concept] = match concept {
        None => &[Concept::ConditionTree, Concept::InterventionTree],
        Some(Concept::Condition) => &[Concept::ConditionTree],
        Some(Concept::Intervention) => &[Concept::InterventionTree],
        Some(_) => &[],
    };
    let is_growth = |word: &str| GROWTHS.iter().any(|it| text::key(it) == text::key(word));
    let general: Vec<&str> =
        words.iter().map(|word| if is_growth(word) { GROWTH } else { word }).collect();
    let mut named = Vec::new();
    for &tree in trees {
        let mut spelled = vec![words];
        spelled.extend((general != words).then_some(&general[..]));
        for words in spelled {
            named.extend(with_words(store, tree, words).into_iter().map(|term| (tree, term)));
        }
    }
    named
}

/// The terms whose words are these in some spelling.
fn with_words(store: &Store, tree: Concept, words: &[&str]) -> Vec<ValueIdx> {
    let vocabulary = store.vocabulary(tree);
    let Some(longest) = words.iter().max_by_key(|word| word.len()) else { return Vec::new() };
    let keys: Vec<String> = words.iter().map(|word| text::key(word).into_owned()).collect();
    let sorted = |keys: &[String]| {
        let mut keys = keys.to_vec();
        keys.sort_unstable();
        keys
    };
    let is_named = |&term: &ValueIdx| {
        let words = vocabulary.words_of(term);
        if words.len() != keys.len() {
            return false;
        }
        let key = |&word: &u32| text::key(vocabulary.word(word as usize)).into_owned();
        let own: Vec<String> = words.iter().map(key).collect();
        let is_turned = vocabulary.label(term).contains(',');
        own == keys || is_turned && sorted(&own) == sorted(&keys)
    };
    let places = vocabulary.spellings(longest);
    let mut terms: Vec<ValueIdx> =
        places.iter().flat_map(|&place| vocabulary.values_with_word(place as usize)).collect();
    terms.sort_unstable();
    terms.dedup();
    terms.retain(is_named);
    terms
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::study::made::made;

    #[test]
    fn words_name_terms_in_any_spelling() {
        let study = |id, own: &str, above: &str| {
            let browse = json!({"meshes": [{"term": own}], "ancestors": [{"term": above}]});
            made(id).set("derivedSection.conditionBrowseModule", browse)
        };
        let store = Store::of([
            study(1, "Cardiomegaly", "Heart Diseases"),
            study(2, "Asthma", "Lung Diseases, Obstructive"),
            study(3, "Liver Neoplasms", "Digestive System Neoplasms"),
            study(4, "Liver Neoplasms", "Digestive System Neoplasms"),
            study(5, "Gout", "Arthritis"),
        ]);
        for (concept, typed, named) in [
            (None, "heart disease", "Heart Diseases"),
            (Some(Concept::Condition), "heart diseases", "Heart Diseases"),
            (None, "disease heart", ""),
            (None, "heart", ""),
            (None, "obstructive lung disease", "Lung Diseases, Obstructive"),
            (None, "lung disease obstructive", "Lung Diseases, Obstructive"),
            (None, "lung disease", ""),
            (None, "digestive system cancers", "Digestive System Neoplasms"),
            (None, "liver tumour", "Liver Neoplasms"),
            (None, "arthritis", ""),
            (None, "gout", ""),
            (Some(Concept::Intervention), "heart disease", ""),
            (Some(Concept::Sponsor), "heart disease", ""),
        ] {
            let words: Vec<&str> = typed.split(' ').collect();
            let terms = terms(&store, concept, &words);
            let labels = terms.iter().map(|&(tree, term)| store.vocabulary(tree).label(term));
            assert_eq!(labels.collect::<Vec<_>>().join("; "), named, "{typed}");
        }
    }
}
