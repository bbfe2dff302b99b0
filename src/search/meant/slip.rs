//! Slips of the fingers: the word of the dataset that a wrongly written one was meant to be.

use roaring::RoaringBitmap;

use super::frequency;
use crate::search::{Cancel, fuzzy};
use crate::store::Store;
use crate::study::Concept;

/// A word that some records have is taken for another that has so many times as many studies.
const DWARFED: u64 = 20;
/// In more studies than these a word is no slip.
const RARE: u64 = 12;
/// Shorter words are too near to each other for such a guess.
const SHORTEST_OF_MANY: usize = 6;

/// The word nearest to `word`, of equally near ones that which most studies have.
pub(super) fn corrected(
    store: &Store,
    concepts: &[Concept],
    word: &str,
    cancel: &Cancel,
) -> Option<String> {
    let near = near(store, concepts, word, cancel);
    let least = near.iter().map(|(slips, _)| *slips).min()?;
    let nearest = near.into_iter().filter(|(slips, _)| *slips == least).map(|(_, word)| word);
    // Of words in equally many studies the first one counts, so that the answer is always the same.
    nearest.max_by(|a, b| {
        let studies = |word: &str| frequency(store, concepts, word).len();
        studies(a).cmp(&studies(b)).then_with(|| b.cmp(a))
    })
}

/// The words of the vocabularies that are a slip or two away, each once.
fn near(store: &Store, concepts: &[Concept], word: &str, cancel: &Cancel) -> Vec<(usize, String)> {
    let mut near: Vec<(usize, String)> = Vec::new();
    for &concept in concepts.iter().filter(|&&concept| concept != Concept::Id) {
        near.extend(fuzzy::slips(store.vocabulary(concept), word, cancel));
    }
    near.sort_unstable();
    near.dedup();
    near
}

/// The word that is meant by one which a few records have by mistake: it is a slip away, far more studies have it, and
/// either most records with the rare word have it too, or the other words of the query come with it.
pub(super) fn meant_by_many(
    store: &Store,
    concepts: &[Concept],
    (word, found): (&str, &RoaringBitmap),
    others: Option<&RoaringBitmap>,
    cancel: &Cancel,
) -> Option<String> {
    if found.len() > RARE || word.chars().count() < SHORTEST_OF_MANY {
        return None;
    }
    let near = near(store, concepts, word, cancel).into_iter().filter(|(slips, _)| *slips == 1);
    let is_meant = |(_, other): (usize, String)| {
        let studies = frequency(store, concepts, &other);
        let is_dwarfed = studies.len() >= DWARFED * found.len().max(1);
        let both = studies.intersection_len(found);
        let own_evidence = found.len() >= 2 && 2 * both >= found.len();
        let evidence_of_others = others.is_some_and(|others| {
            let with_common = others.intersection_len(&studies);
            2 * with_common >= others.len().max(1)
                && with_common >= DWARFED * others.intersection_len(found).max(1) / 2
        });
        (is_dwarfed && (own_evidence || evidence_of_others)).then_some((studies.len(), other))
    };
    near.filter_map(is_meant).max().map(|(_, word)| word)
}
