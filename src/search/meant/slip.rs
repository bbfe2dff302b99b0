//! Slips of the fingers: the word of the dataset that a wrongly written one was meant to be.

use std::collections::HashMap;
use std::rc::Rc;

use roaring::RoaringBitmap;

use super::{frequency, names};
use crate::search::Cancel;
use crate::search::How;
#[cfg(test)]
use crate::search::fuzzy;
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

/// A word of a vocabulary that is near to another one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::search) struct NearWord {
    /// How many slips lie between.
    slips: usize,
    word: String,
}

/// The near words that are known, by the field and the word they are near to.
pub(in crate::search) type NearWords = HashMap<(Option<Concept>, String), Rc<[NearWord]>>;

/// Looks for slips among the words of one field, or of all that a bare word reaches.
pub(in crate::search) struct Slips<'a> {
    pub(super) store: &'a Store,
    pub(super) concept: Option<Concept>,
    pub(super) concepts: Vec<Concept>,
    pub(super) known: &'a mut NearWords,
    pub(super) cancel: &'a Cancel,
}

impl Slips<'_> {
    /// The word nearest to `word`, of equally near ones that which most studies have. A slip that some records have is
    /// never what was meant: the word that it is a slip of is.
    pub(in crate::search) fn corrected(&mut self, word: &str) -> Option<String> {
        if super::is_right(word) {
            return None;
        }
        let near = self.near(word);
        let least = near.iter().map(|near| near.slips).min()?;
        let nearest = near.iter().filter(|near| near.slips == least).map(|near| &near.word);
        // Of words in equally many studies the first one counts, so that the answer is always the same.
        let studied = nearest.map(|word| (self.studies(word).len(), super::is_right(word), word));
        let (found, _, nearest) =
            studied.max_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then_with(|| b.2.cmp(a.2)))?;
        if found > RARE || super::is_right(nearest) {
            return Some(nearest.clone());
        }
        let others = self.near(nearest);
        let others = others
            .iter()
            .filter(|near| near.slips == 1 && distance(word, &near.word) <= least + 1)
            .map(|near| (self.studies(&near.word).len(), &near.word));
        let common = others.filter(|(count, _)| *count >= DWARFED * found.max(1)).max();
        Some(common.map_or(nearest, |(_, common)| common).clone())
    }

    /// The word that is meant by a rare one beside its neighbours: it is a slip away, more studies have it, and many more
    /// have it side by side with a neighbour. `found` are the studies that have the rare one.
    pub(in crate::search) fn meant_beside(
        &mut self,
        word: &str,
        found: &RoaringBitmap,
        [before, after]: [Option<&str>; 2],
    ) -> Option<String> {
        if found.len() > RARE || word.chars().count() < SHORTEST_WITH_SLIP {
            return None;
        }
        let near = self.near(word);
        let beside = |word: &str| {
            let pairs = [before.map(|before| [before, word]), after.map(|after| [word, after])];
            let counts = pairs.into_iter().map(|pair| {
                let found = super::beside(self.store, &self.concepts, &pair?, How::Spelling);
                Some(found.map_or(0, |found| found.matched.studies.len()))
            });
            counts.collect::<Vec<_>>()
        };
        // A name of the table is meant even if few records have it.
        let is_right = super::is_right(word);
        let is_named = |word: &str| {
            before.is_some_and(|before| names::has_pair(before, word))
                || after.is_some_and(|after| names::has_pair(word, after))
        };
        let mut typed = None;
        let is_meant = |other: &NearWord| {
            if other.slips == 1 && !is_right && is_named(&other.word) {
                return Some(u64::MAX);
            }
            if other.slips > 1 || self.studies(&other.word).len() < BESIDE * found.len() {
                return None;
            }
            let typed = typed.get_or_insert_with(|| beside(word));
            let pairs = beside(&other.word).into_iter().zip(typed.iter());
            let counts = pairs.filter_map(|(other, typed)| Some((other?, (*typed)?)));
            let evidence = counts.filter(|(other, typed)| *other >= BESIDE * (*typed).max(1));
            evidence.map(|(other, _)| other).max()
        };
        let counts = near.iter().zip(near.iter().map(is_meant));
        let meant = counts.filter_map(|(other, count)| Some((count?, &other.word)));
        meant.max().map(|(_, word)| word.clone())
    }

    /// The word that is meant by one which a few records have: it is a slip away, and far more studies have it. It is so
    /// surely if most records with the rare word have it too, or the other words of the query come with it.
    pub(in crate::search) fn meant_by_many(
        &mut self,
        word: &str,
        found: &RoaringBitmap,
        others: Option<&RoaringBitmap>,
    ) -> Option<Meant> {
        let length = word.chars().count();
        if found.len() > RARE || length < SHORTEST_WITH_SLIP {
            return None;
        }
        let near = self.near(word);
        let dwarfing = near.iter().filter(|near| near.slips == 1).filter_map(|near| {
            let studies = self.studies(&near.word);
            (studies.len() >= DWARFED * found.len().max(1)).then_some((studies, &near.word))
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
        let word = word.clone();
        Some(if is_sure { Meant::Surely(word) } else { Meant::Perhaps(word) })
    }

    /// The words of the vocabularies that are a slip or two away, each once.
    fn near(&mut self, word: &str) -> Rc<[NearWord]> {
        let key = (self.concept, word.to_owned());
        if let Some(known) = self.known.get(&key) {
            return Rc::clone(known);
        }
        let mut near: Vec<NearWord> = Vec::new();
        for &concept in self.concepts.iter().filter(|&&concept| concept != Concept::Id) {
            near.extend(slips(self.store.vocabulary(concept), word, self.cancel));
        }
        near.sort_unstable();
        near.dedup();
        let near: Rc<[NearWord]> = near.into();
        // A cancelled scan is partial; never cache it.
        if !self.cancel.is_cancelled() {
            self.known.insert(key, Rc::clone(&near));
        }
        near
    }

    /// The studies that have a word, exactly so.
    fn studies(&self, word: &str) -> RoaringBitmap {
        frequency(self.store, &self.concepts, word)
    }
}

/// What a word is that far more studies have than one that is a slip of it.
pub(in crate::search) enum Meant {
    /// It was meant: the records show it.
    Surely(String),
    /// It may be what was meant.
    Perhaps(String),
}

/// From this length on there may be two slips.
const SHORTEST_WITH_TWO_SLIPS: usize = 9;

/// Words that sound alike differ in so many letters at most.
const MOST_OF_SOUND: usize = 4;

/// How many slips lie between two words; a letter that moved is one, and so is another way to write the same sound.
fn counted(one: &str, other: &str) -> usize {
    let slips = distance(one, other);
    let is_one = slips == 2 && (are_swapped(one, other) || is_moved(one, other))
        || (2..=MOST_OF_SOUND).contains(&slips) && sound_alike(one, other);
    if is_one { 1 } else { slips }
}

/// Whether one letter of a word stands some letters further on or back in the other: `chrons`, `crohns`.
fn is_moved(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let differ = |(a, b): (&char, &char)| a != b;
    if one.len() != other.len() {
        return false;
    }
    let Some(start) = one.iter().zip(&other).position(differ) else { return false };
    let end = one.iter().zip(&other).rposition(differ).unwrap_or(start);
    let (one, other) = (&one[start..=end], &other[start..=end]);
    one[1..] == other[..end - start] && one[0] == other[end - start]
        || other[1..] == one[..end - start] && other[0] == one[end - start]
}

/// How a word sounds, in letters of which no two neighbours are the same: `ph` is f, `y` is i, and `c` is s or k.
fn sound(word: &str) -> String {
    let mut sound = String::with_capacity(word.len());
    let mut last = None;
    let mut add = |letter: char| {
        if last.replace(letter) != Some(letter) {
            sound.push(letter);
        }
    };
    let mut letters = word.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied();
        let (heard, takes_next) = match (letter, next) {
            ('p', Some('h')) => ('f', true),
            ('c', Some('k')) | ('q', Some('u')) => ('k', true),
            ('r' | 't', Some('h')) => (letter, true),
            ('a' | 'o', Some('e')) => ('e', true),
            ('c', Some('e' | 'i' | 'y')) | ('z', _) => ('s', false),
            ('c', _) => ('k', false),
            ('y', _) => ('i', false),
            _ => (letter, false),
        };
        if takes_next {
            letters.next();
        }
        add(heard);
    }
    sound
}

/// Whether two words sound alike: `lymfoma`, `fisioterapy`.
fn sound_alike(one: &str, other: &str) -> bool {
    sound(one) == sound(other)
}

/// Whether two letters of a word changed places, however far they are apart.
fn are_swapped(one: &str, other: &str) -> bool {
    let pairs = one.chars().zip(other.chars());
    let different: Vec<(char, char)> = pairs.filter(|(a, b)| a != b).collect();
    let same_length = one.chars().count() == other.chars().count();
    same_length && matches!(different[..], [(a, b), (c, d)] if (a, b) == (d, c))
}

/// The words of `vocabulary` that are one or two slips away from `word`, each with how many. They begin with its first
/// letter or, where that was left out or swapped, with its second one.
fn slips(vocabulary: &Vocabulary, word: &str, cancel: &Cancel) -> Vec<NearWord> {
    let length = word.chars().count();
    if !(SHORTEST_WITH_SLIP - 1..=LONGEST_PATTERN).contains(&length)
        || word.bytes().any(|byte| byte.is_ascii_digit())
    {
        return Vec::new();
    }
    #[cfg(test)]
    fuzzy::scans::count();
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
        let slips = match counted(word, other) {
            // A possessive is compared without its ending: `chrons` with `crohn's`.
            slips if slips > most => match (word.strip_suffix('s'), other.strip_suffix("'s")) {
                (Some(typed), Some(meant)) => counted(typed, meant).max(1),
                // Of a name that records write without the ending too: `chrons`, `crohn`.
                (Some(typed), None) if is_moved(typed, other) => 1,
                _ => slips,
            },
            slips => slips,
        };
        // Slips at the very beginning are rare: a letter left out, doubled or swapped with the next one.
        let begins_alike = other.chars().next() == word.chars().next()
            || slips == 1 && {
                let (typed, meant) = (word.as_bytes(), bytes);
                meant.get(1..) == Some(typed)
                    || typed.get(1..) == Some(meant)
                    || typed.get(2..) == meant.get(2..)
            };
        // Another spelling of a word is no slip of it.
        if (1..=most).contains(&slips) && begins_alike {
            found.push(NearWord { slips, word: other.to_owned() });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_edits_are_one_slip_if_one_letter_moved_or_they_sound_alike() {
        for (typed, meant) in [("chrons", "crohns"), ("ahtma", "athma"), ("aabc", "abca")] {
            assert!(is_moved(typed, meant) && is_moved(meant, typed), "{typed}");
        }
        for (typed, other) in
            [("chrons", "chrons"), ("abcd", "badc"), ("abc", "abd"), ("lyno", "lyons")]
        {
            assert!(!is_moved(typed, other), "{typed}");
        }
        for (typed, meant) in [
            ("lymfoma", "lymphoma"),
            ("fisioterapy", "physiotherapy"),
            ("elly", "eli"),
            ("dexametasone", "dexamethasone"),
        ] {
            assert!(sound_alike(typed, meant), "{typed} {} {}", sound(typed), sound(meant));
        }
        assert!(!sound_alike("lymfoma", "lyphoma"));
    }
}
