//! Slips of the fingers: the word of the dataset that a wrongly written one was meant to be.

use roaring::RoaringBitmap;

use super::frequency;
use crate::search::Cancel;
use crate::search::How;
use crate::search::fuzzy::{LONGEST_PATTERN, SHORTEST_WITH_SLIP, distance, letters_of_slips};
use crate::store::{Store, Vocabulary};
use crate::study::Concept;

/// A word that some records have is taken for another that has so many times as many studies.
const DWARFED: u64 = 20;
/// In more studies than these a word is no slip.
const RARE: u64 = 12;
/// Shorter words are too near to each other for such a guess.
const SHORTEST_OF_MANY: usize = 6;

/// Beside its neighbours a word stands in so many times as many studies as one that is a slip of it.
const BESIDE: u64 = 5;

/// The word nearest to `word`, of equally near ones that which most studies have. A slip that some records have is never
/// what was meant: the word that it is a slip of is.
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
    let studies = |word: &str| frequency(store, concepts, word).len();
    let (found, nearest) = nearest
        .map(|word| (studies(&word), word))
        .max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(&a.1)))?;
    if found > RARE || super::is_right(&nearest) {
        return Some(nearest);
    }
    let others = self::near(store, concepts, &nearest, cancel).into_iter();
    let others = others.filter(|(slips, other)| *slips == 1 && distance(word, other) <= least + 1);
    let dwarfing = others.map(|(_, other)| (studies(&other), other));
    let common = dwarfing.filter(|(count, _)| *count >= DWARFED * found.max(1)).max();
    Some(common.map_or(nearest, |(_, common)| common))
}

/// The word that is meant by a rare one beside its neighbours: it is a slip away, more studies have it, and many more
/// have it side by side with a neighbour.
pub(super) fn meant_beside(
    store: &Store,
    concepts: &[Concept],
    (word, found): (&str, &RoaringBitmap),
    neighbours: [Option<&str>; 2],
    cancel: &Cancel,
) -> Option<String> {
    if found.len() > RARE || word.chars().count() < SHORTEST_WITH_SLIP {
        return None;
    }
    let [before, after] = neighbours;
    let beside = |word: &str| {
        let pairs = [before.map(|before| [before, word]), after.map(|after| [word, after])];
        let counts = pairs.into_iter().map(|pair| {
            let found = super::beside(store, concepts, &pair?, How::Spelling);
            Some(found.map_or(0, |found| found.matched.studies.len()))
        });
        counts.collect::<Vec<_>>()
    };
    let typed = beside(word);
    let near = near(store, concepts, word, cancel).into_iter().filter(|(slips, _)| *slips == 1);
    let is_meant = |(_, other): (usize, String)| {
        let studies = frequency(store, concepts, &other).len();
        if studies < BESIDE * found.len() {
            return None;
        }
        let pairs = beside(&other).into_iter().zip(&typed);
        let counts = pairs.filter_map(|(other, typed)| Some((other?, (*typed)?)));
        let evidence = counts.filter(|(other, typed)| *other >= BESIDE * (*typed).max(1));
        evidence.map(|(other, _)| other).max().map(|count| (count, other))
    };
    near.filter_map(is_meant).max().map(|(_, word)| word)
}

/// The words of the vocabularies that are a slip or two away, each once.
fn near(store: &Store, concepts: &[Concept], word: &str, cancel: &Cancel) -> Vec<(usize, String)> {
    let mut near: Vec<(usize, String)> = Vec::new();
    for &concept in concepts.iter().filter(|&&concept| concept != Concept::Id) {
        near.extend(slips(store.vocabulary(concept), word, cancel));
    }
    near.sort_unstable();
    near.dedup();
    near
}

/// What a word is that far more studies have than one that is a slip of it.
pub(in crate::search) enum Meant {
    /// It was meant: the records show it.
    Surely(String),
    /// It may be what was meant.
    Perhaps(String),
}

/// The word that is meant by one which a few records have: it is a slip away, and far more studies have it. It is so surely
/// if most records with the rare word have it too, or the other words of the query come with it.
pub(super) fn meant_by_many(
    store: &Store,
    concepts: &[Concept],
    (word, found): (&str, &RoaringBitmap),
    others: Option<&RoaringBitmap>,
    cancel: &Cancel,
) -> Option<Meant> {
    let length = word.chars().count();
    if found.len() > RARE || length < SHORTEST_WITH_SLIP {
        return None;
    }
    let near = near(store, concepts, word, cancel).into_iter().filter(|(slips, _)| *slips == 1);
    let dwarfing = near.filter_map(|(_, other)| {
        let studies = frequency(store, concepts, &other);
        (studies.len() >= DWARFED * found.len().max(1)).then_some((studies, other))
    });
    let judged = dwarfing.map(|(studies, other)| {
        let both = studies.intersection_len(found);
        let own_evidence = found.len() >= 2 && 2 * both >= found.len();
        let evidence_of_others = others.is_some_and(|others| {
            let with_common = others.intersection_len(&studies);
            2 * with_common >= others.len().max(1)
                && with_common >= DWARFED * others.intersection_len(found).max(1) / 2
        });
        let is_sure = length >= SHORTEST_OF_MANY && (own_evidence || evidence_of_others);
        (is_sure, studies.len(), other)
    });
    let (is_sure, _, word) = judged.max()?;
    Some(if is_sure { Meant::Surely(word) } else { Meant::Perhaps(word) })
}

/// From this length on there may be two slips.
const SHORTEST_WITH_TWO_SLIPS: usize = 9;

/// Whether two letters of a word changed places.
fn are_swapped(one: &str, other: &str) -> bool {
    let pairs = one.chars().zip(other.chars());
    let different: Vec<(char, char)> = pairs.filter(|(a, b)| a != b).collect();
    let same_length = one.chars().count() == other.chars().count();
    same_length && matches!(different[..], [(a, b), (c, d)] if (a, b) == (d, c))
}

/// The words of `vocabulary` that are one or two slips away from `word`, each with how many. They begin with its first
/// letter or, where that was left out or swapped, with its second one.
fn slips(vocabulary: &Vocabulary, word: &str, cancel: &Cancel) -> Vec<(usize, String)> {
    let length = word.chars().count();
    if !(SHORTEST_WITH_SLIP - 1..=LONGEST_PATTERN).contains(&length)
        || word.bytes().any(|byte| byte.is_ascii_digit())
    {
        return Vec::new();
    }
    let most = if length >= SHORTEST_WITH_TWO_SLIPS { 2 } else { 1 };
    let wanted = letters_of_slips(word);
    let mut firsts: Vec<char> = word.chars().take(2).collect();
    firsts.dedup();
    let mut found = Vec::new();
    for (count, place) in firsts
        .iter()
        .flat_map(|first| vocabulary.words_with_prefix(first.encode_utf8(&mut [0; 4])))
        .enumerate()
    {
        if count % 1024 == 0 && cancel.is_cancelled() {
            return Vec::new();
        }
        let missing = wanted & !vocabulary.word_letters(place);
        let bytes = vocabulary.word_bytes(place);
        if missing.count_ones() as usize > most || bytes.len().abs_diff(word.len()) > most * 3 {
            continue;
        }
        let other = vocabulary.word(place);
        // Of four letters only one that is missing is a slip.
        let is_too_short = length < SHORTEST_WITH_SLIP && other.len() <= word.len();
        if is_too_short || other == word || other.bytes().any(|byte| byte.is_ascii_digit()) {
            continue;
        }
        let slips = distance(word, other);
        // Two letters that changed places are one slip, however far they are apart.
        let slips = if slips == 2 && are_swapped(word, other) { 1 } else { slips };
        // Slips at the very beginning are rare: a letter left out, doubled or swapped with the next one.
        let begins_alike = other.chars().next() == word.chars().next()
            || slips == 1 && {
                let (typed, meant) = (word.as_bytes(), bytes);
                meant.get(1..) == Some(typed)
                    || typed.get(1..) == Some(meant)
                    || typed.get(2..) == meant.get(2..)
            };
        if slips <= most && begins_alike {
            found.push((slips, other.to_owned()));
        }
    }
    found
}
