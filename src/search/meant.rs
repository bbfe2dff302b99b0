//! What a person means by words beside what they say to the letter: other spellings, other names, slips of the fingers,
//! words that are written apart or joined.
//!
//! Everything found here is an [`Addition`]: it is added to what the words themselves find, and says what was added.

pub(super) mod everyday;
mod learned;
mod names;
mod people;
mod slip;
mod thesaurus;

pub(super) use names::{in_full, is_single, near_sponsor};
pub(super) use slip::{Meant, NearWords, Slips};

use std::rc::Rc;

use roaring::RoaringBitmap;

use super::fuzzy::distance;
use super::matched::{Found, How, Match, Matched};
use super::{Cancel, phrase};
use crate::store::{Store, Union};
use crate::study::Concept;
use crate::study::concept::{Kind, Reach};
use crate::text;

/// Something that was found for words beside what they say to the letter.
#[derive(Clone, Debug)]
pub(super) struct Addition {
    pub(super) how: How,
    /// What was looked for: `neoplasms`.
    pub(super) name: String,
    pub(super) matched: Rc<Matched>,
}

/// The additions without those of which a query says that they are not meant, in any spelling and order of words.
pub(super) fn without(additions: Rc<[Addition]>, not_meant: &[String]) -> Rc<[Addition]> {
    if not_meant.is_empty() {
        return additions;
    }
    let keys = |name: &str| {
        let folded = text::fold(name);
        let keys = text::words(&folded).map(|word| text::key(word).into_owned());
        let mut keys: Vec<String> = keys.collect();
        keys.sort_unstable();
        keys
    };
    let not_meant: Vec<Vec<String>> = not_meant.iter().map(|name| keys(name)).collect();
    let is_named = |name: &str| not_meant.contains(&keys(name));
    let is_meant = |addition: &&Addition| !addition.name.split(", ").any(is_named);
    additions.iter().filter(is_meant).cloned().collect()
}

/// Fields in whose values the words of a name stand in any order, with others among them.
const DISORDERED: [Concept; 3] = [Concept::Condition, Concept::Keyword, Concept::Mesh];

/// A name of so few letters is no beginning of other words.
const SHORT: usize = 3;

/// The longest word in capitals that is an abbreviation.
const LONGEST_ABBREVIATION: usize = 5;

/// A word of another language that is so many slips away from the English one is a slip of it.
const COGNATE: usize = 2;

/// The longest name that is looked up, in words.
pub(super) const LONGEST_NAME: usize = 6;

/// The longest word that is read as it is meant, in bytes.
pub(super) const LONGEST_WORD: usize = 100;

/// Shorter words without a field are not guessed at.
pub(super) const SHORTEST_GUESSED: usize = 5;

/// A part of a word that was written without a blank has at least so many letters.
const SHORTEST_PART: usize = 3;

/// Whether a word is known to be right as it stands.
pub(super) fn is_right(word: &str) -> bool {
    names::has_word(word) || everyday::is_common(word)
}

/// Whether a word is so short that what begins with it is hardly ever meant.
pub(super) fn is_short(word: &str) -> bool {
    word.chars().count() <= SHORT
}

/// Whether a word is written as an abbreviation, `AUD`, so that what begins with it is not meant.
pub(super) fn is_abbreviation(typed: &str) -> bool {
    let is_capital = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    (2..=LONGEST_ABBREVIATION).contains(&typed.len())
        && typed.bytes().all(is_capital)
        && typed.bytes().filter(u8::is_ascii_uppercase).count() > 1
}

/// Whether a word is a whole name of few letters, such as `ra` and `flu`.
pub(super) fn is_short_name(word: &str) -> bool {
    is_short(word) && is_single(word)
}

/// The English word that one of another language nearly is: `artritis`.
pub(super) fn cognate(word: &str) -> Option<&'static str> {
    let is_near = |english: &&str| !english.contains(' ') && distance(word, english) <= COGNATE;
    names::translated(&[word]).filter(is_near)
}

/// What other words of another language are in English, with these words as they stand: `"krebs" | cancer`.
pub(super) fn translated(words: &[&str]) -> Option<String> {
    if let [word] = words
        && cognate(word).is_some()
    {
        return None;
    }
    let english = names::translated(words)?;
    Some(format!("\"{}\" | ({english})", words.join(" ")))
}

/// What a place is also called: `munich` is `münchen`.
pub(super) fn other_places(name: &str) -> Vec<String> {
    let words: Vec<&str> = text::words(name).collect();
    let others = names::others(Some(Concept::Sponsor), &words).into_iter();
    others.map(|name| name.text).collect()
}

/// The concepts in which words are looked for: the one they were asked of, or all that a bare word reaches.
fn reached(concept: Option<Concept>) -> Vec<Concept> {
    match concept {
        Some(concept) => vec![concept],
        None => Concept::vocabularies()
            .filter(|concept| concept.definition().reach == Reach::ByWord)
            .collect(),
    }
}

/// Whether words of `concept` have other spellings, names and slips: not codes, and not ids alone.
pub(super) fn has_meanings(concept: Option<Concept>) -> bool {
    match concept {
        None => true,
        Some(Concept::Id | Concept::Mention | Concept::Zip) => false,
        Some(concept) => matches!(concept.definition().kind, Kind::Names(_) | Kind::Words(_)),
    }
}

/// Whether words are a name that has others.
pub(super) fn is_name(words: &[&str]) -> bool {
    !names::others(None, words).is_empty()
}

/// What one word adds: its other spellings, and its parts where it is written apart.
pub(super) fn word(store: &Store, concept: Option<Concept>, word: &str) -> Vec<Addition> {
    let concepts = reached(concept);
    let mut additions = Vec::new();
    additions.extend(spellings(store, &concepts, word));
    additions.extend(apart(store, &concepts, word));
    additions
}

/// The other spellings of `word`, without those that begin with it.
fn spellings(store: &Store, concepts: &[Concept], word: &str) -> Option<Addition> {
    // `type ii` is type 2, but not every 2 is ii.
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut matches = Vec::new();
    let mut shown: Vec<String> = Vec::new();
    for &concept in concepts.iter().filter(|&&concept| concept != Concept::Id) {
        let vocabulary = store.vocabulary(concept);
        for place in vocabulary.spellings(word) {
            let spelling = vocabulary.word(place as usize);
            if spelling.starts_with(word) {
                continue;
            }
            if !shown.iter().any(|known| known == spelling) {
                shown.push(spelling.to_owned());
            }
            let words = place as usize..place as usize + 1;
            matches.push(Match {
                concept,
                how: How::Spelling,
                found: Found::WithWords(words, None),
            });
        }
    }
    addition(store, How::Spelling, &shown.join(", "), matches)
}

/// The parts of a word that records write apart: `covid19`, `wellbeing`.
fn apart(store: &Store, concepts: &[Concept], word: &str) -> Option<Addition> {
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    // `pdl1` is PD-L1, and a word that nothing has may begin with an article: `laroche`.
    let is_coded = |part: &str| {
        let digits = part.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
        part.len() == digits.len() + 1 && !digits.is_empty() && is_number(digits)
    };
    let is_known =
        concepts.iter().any(|&it| !store.vocabulary(it).words_with_prefix(word).is_empty());
    let shortest = if is_known { SHORTEST_PART } else { SHORTEST_PART - 1 };
    let is_part = |part: &str| part.chars().count() >= shortest || is_number(part);
    let letters: Vec<(usize, char)> = word.char_indices().collect();
    let between = letters.windows(2).map(|pair| {
        // Between a number and letters, and between Latin and Greek ones.
        let changes = pair[0].1.is_ascii_digit() != pair[1].1.is_ascii_digit()
            || pair[0].1.is_ascii() != pair[1].1.is_ascii();
        (pair[1].0, changes)
    });
    let mut best: Option<Addition> = None;
    for (at, changes) in between {
        let (left, right) = word.split_at(at);
        let are_parts = is_part(left) && is_part(right) && !is_number(left) && !is_number(right);
        if changes || are_parts || left.len() > 1 && is_coded(right) {
            let found = beside(store, concepts, &[left, right], How::Spelling);
            let more = |found: &Addition| found.matched.studies.len();
            if found.as_ref().map_or(0, more) > best.as_ref().map_or(0, more) {
                best = found;
            }
        }
    }
    best
}

/// What words side by side add: the name that they are, in other words, and the word that they are joined.
/// `beside_others` says whether more words stand around them.
pub(super) fn words(
    store: &Store,
    concept: Option<Concept>,
    words: &[&str],
    beside_others: bool,
) -> Vec<Addition> {
    let concepts = reached(concept);
    let mut additions = Vec::new();
    if words.len() > 1 {
        let joined = words.concat();
        additions.extend(exact_word(store, &concepts, &joined));
    }
    if let ([word], None, true) = (words, concept, beside_others)
        && let Some((said, found)) = people::of(store, word)
    {
        additions.extend(addition(store, How::Name, said, vec![found]));
    }
    let under = thesaurus::under(store, concept, words);
    additions.extend(under.and_then(|(name, found)| addition(store, How::Name, &name, found)));
    let is_meant = |name: &names::Name| beside_others || !name.beside_others;
    for name in names::others(concept, words).into_iter().filter(is_meant) {
        let wanted: Vec<&str> = text::words(&name.text).collect();
        let mut within = concepts.clone();
        if concept.is_none() {
            within = name.concepts.to_vec();
        } else if concept == Some(Concept::Condition) {
            within.push(Concept::Mesh);
        }
        additions.extend(beside(store, &within, &wanted, How::Name));
    }
    additions
}

/// The studies in which a name stands as a whole, in any spelling.
pub(super) fn whole_name(
    store: &Store,
    concept: Option<Concept>,
    words: &[&str],
) -> Option<Addition> {
    beside(store, &reached(concept), words, How::Word)
}

/// The studies that have a longer name in which `words` mean something else, and how the first of these is called.
pub(super) fn other_names(
    store: &Store,
    concept: Option<Concept>,
    words: &[&str],
) -> Option<(String, RoaringBitmap)> {
    let concepts = reached(concept);
    let (mut studies, longer) = (RoaringBitmap::new(), names::not_in(words));
    for name in longer {
        let words: Vec<&str> = text::words(name).collect();
        let found = beside(store, &concepts, &words, How::Spelling);
        studies |= found.map(|found| found.matched.studies.clone()).unwrap_or_default();
    }
    longer.first().filter(|_| !studies.is_empty()).map(|name| (name.clone(), studies))
}

/// What the parts of one word add, `non-small`: they side by side in any of their spellings.
pub(super) fn beside_each_other(
    store: &Store,
    concept: Option<Concept>,
    parts: &[&str],
) -> Option<Addition> {
    beside(store, &reached(concept), parts, How::Spelling)
}

/// Other names of `words` that the records themselves tell; `found` are the studies that have the words.
pub(super) fn learned(
    store: &Store,
    concept: Option<Concept>,
    words: &[&str],
    found: &RoaringBitmap,
) -> Vec<Addition> {
    let concepts = reached(concept);
    let mut additions = Vec::new();
    for name in learned::others(store, concept, words, found) {
        let folded = text::fold(&name);
        let wanted: Vec<&str> = text::words(&folded).collect();
        let mut within = concepts.clone();
        within.retain(|&concept| concept != Concept::Id);
        within.push(Concept::Mesh);
        additions.extend(beside(store, &within, &wanted, How::Name));
    }
    additions
}

/// Looks for slips among the words of `concept`; what is known of near words is kept in `known`.
pub(super) fn slips<'a>(
    store: &'a Store,
    concept: Option<Concept>,
    known: &'a mut NearWords,
    cancel: &'a Cancel,
) -> Slips<'a> {
    Slips { store, concept, concepts: reached(concept), known, cancel }
}

/// The name that words are, as the table has it, where other letters were typed: `hot flashs`.
pub(super) fn own_name(store: &Store, concept: Option<Concept>, words: &[&str]) -> Vec<Addition> {
    let Some(name) = names::written(concept, words) else { return Vec::new() };
    let wanted: Vec<&str> = text::words(name).collect();
    beside(store, &reached(concept), &wanted, How::Spelling).into_iter().collect()
}

/// The studies that have a word and nothing longer.
fn exact_word(store: &Store, concepts: &[Concept], word: &str) -> Option<Addition> {
    let mut matches = Vec::new();
    for &concept in concepts {
        let vocabulary = store.vocabulary(concept);
        matches.extend(vocabulary.find_word(word).map(|place| {
            let words = place as usize..place as usize + 1;
            Match { concept, how: How::Spelling, found: Found::WithWords(words, None) }
        }));
    }
    addition(store, How::Spelling, word, matches)
}

/// The studies that have the words side by side, each in any of its spellings.
fn beside(store: &Store, concepts: &[Concept], words: &[&str], how: How) -> Option<Addition> {
    let mut matches = Vec::new();
    let not_in = if how == How::Spelling { &[] } else { names::not_in(words) };
    for &concept in concepts {
        let vocabulary = store.vocabulary(concept);
        let found = match (words, concept.definition().kind) {
            ([word], _) if not_in.is_empty() => {
                let places = vocabulary.spellings(word).into_iter();
                let places = places.chain(vocabulary.find_word(word)).map(|place| place as usize);
                let found = places.map(|place| Found::WithWords(place..place + 1, None));
                found.collect::<Vec<_>>()
            }
            (_, Kind::Words(_)) => {
                phrase::spelled_in_texts(vocabulary, words, not_in).into_iter().collect()
            }
            (_, _) => {
                let side_by_side = phrase::spelled_in_values(vocabulary, words, not_in);
                // The words of a condition stand in any order: `Lung Small Cell Carcinoma, Extensive`.
                let most =
                    if DISORDERED.contains(&concept) { 2 * words.len() } else { words.len() };
                let turned = if words.len() > 1 && how != How::Spelling {
                    phrase::in_any_order(vocabulary, words, not_in, most)
                } else {
                    None
                };
                side_by_side.into_iter().chain(turned).collect()
            }
        };
        matches.extend(found.into_iter().map(|found| Match { concept, how, found }));
    }
    addition(store, how, &words.join(" "), matches)
}

fn addition(store: &Store, how: How, name: &str, found: Vec<Match>) -> Option<Addition> {
    let matched = Matched::new(store, found);
    let is_something = !matched.studies.is_empty();
    is_something.then(|| Addition { how, name: name.to_owned(), matched: Rc::new(matched) })
}

/// How many studies have a word, exactly so.
pub(super) fn frequency(store: &Store, concepts: &[Concept], word: &str) -> RoaringBitmap {
    let mut union = Union::default();
    for &concept in concepts {
        let vocabulary = store.vocabulary(concept);
        if let Some(place) = vocabulary.find_word(word) {
            vocabulary.gather(place as usize..place as usize + 1, &mut union);
        }
    }
    union.finish()
}
