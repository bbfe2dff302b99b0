//! Which values a person may have meant by a word that no value has.
//!
//! It looks only at the values of one vocabulary. It tries three ways, and takes the first that finds something: a
//! word with one wrong letter; a word with letters left out; a value whose words begin with the typed letters in order
//! (`sunyat` for Sun Yat-sen University).

use fuzzy_matcher::FuzzyMatcher as _;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::Cancel;
use crate::store::{ValueIdx, Vocabulary};
use crate::text;

/// Shorter patterns mean too much to be guessed at.
const SHORTEST: usize = 3;
/// Of four letters one changed makes another word: Iran, Iraq.
pub(super) const SHORTEST_WITH_SLIP: usize = 5;
/// Longer patterns and values cost the matcher too much memory; nobody types them.
pub(super) const LONGEST_PATTERN: usize = 64;
const LONGEST_VALUE: usize = 512;
/// How many values a word is taken for at most.
const MOST: usize = 50;

/// The values of `vocabulary` nearest to `pattern`, best first. `pattern` must be folded.
pub fn nearest(vocabulary: &Vocabulary, pattern: &str, cancel: &Cancel) -> Vec<ValueIdx> {
    let length = pattern.chars().count();
    if !(SHORTEST..=LONGEST_PATTERN).contains(&length) {
        return Vec::new();
    }
    #[cfg(test)]
    scans::count();
    let pattern: String = pattern.chars().filter(|c| c.is_alphanumeric()).collect();
    let steps: [&dyn Fn() -> Vec<ValueIdx>; 3] = [
        &|| with_a_slip(vocabulary, &pattern, cancel),
        &|| with_letters_left_out(vocabulary, &pattern, cancel),
        &|| by_beginnings(vocabulary, &pattern, cancel),
    ];
    let found = steps.iter().map(|step| step()).find(|values| !values.is_empty());
    let mut values = found.unwrap_or_default();
    values.truncate(MOST);
    values
}

/// The values of a closed vocabulary that are at most two slips from `pattern` as a whole: among few
/// values a word of one is no reason to take it.
pub fn nearest_value(vocabulary: &Vocabulary, pattern: &str) -> Vec<ValueIdx> {
    let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let pattern = bare(pattern);
    if pattern.chars().count() <= SHORTEST {
        return Vec::new();
    }
    let slips = |value| strsim::osa_distance(&pattern, &bare(vocabulary.folded(value)));
    let fewest = vocabulary.iter().map(slips).min().filter(|&slips| slips <= 2);
    vocabulary.iter().filter(|&value| Some(slips(value)) == fewest).collect()
}

/// Whether `query` would find `value` in a list that is narrowed by typing; higher is better.
/// Both must be folded.
pub fn score(value: &str, query: &str) -> Option<i64> {
    let end = value.char_indices().nth(LONGEST_VALUE).map_or(value.len(), |(end, _)| end);
    let value = &value[..end];
    let all = query.split_whitespace().all(|word| stands_in(value, word));
    all.then(|| query.split_whitespace().map(|word| aligned(value, word)).sum())?
}

/// How many slips lie between two words: letters added, dropped, changed or swapped.
pub(super) fn distance(one: &str, other: &str) -> usize {
    strsim::osa_distance(one, other)
}

/// Whether `typed` is `word` but for two slips.
pub fn is_slip(typed: &str, word: &str) -> bool {
    typed != word && strsim::osa_distance(typed, word) <= 2
}

fn with_a_slip(vocabulary: &Vocabulary, pattern: &str, cancel: &Cancel) -> Vec<ValueIdx> {
    if pattern.chars().count() < SHORTEST_WITH_SLIP {
        return Vec::new();
    }
    // A slip leaves the first two letters as they are, or all that come after them.
    let second = pattern.char_indices().nth(2).map_or(pattern.len(), |(end, _)| end);
    let begun = vocabulary.words_with_prefix(&pattern[..second]);
    let (wanted, rest) = (letters_of_slips(pattern), text::letters(&pattern[second..]));
    let possible = |word: &usize| {
        let letters = vocabulary.word_letters(*word);
        lacks_at_most_one(wanted, letters) && (rest & !letters == 0 || begun.contains(word))
    };
    let words = (0..vocabulary.word_count())
        .filter(possible)
        .filter(|&word| may_share_a_beginning(pattern, vocabulary.word_bytes(word)));
    by_words(vocabulary, words, cancel, |word| one_slip(pattern, word))
}

fn with_letters_left_out(vocabulary: &Vocabulary, pattern: &str, cancel: &Cancel) -> Vec<ValueIdx> {
    let typed = text::letters(pattern);
    let first = pattern.chars().next().map_or(0, char::len_utf8);
    let possible = |word: &usize| typed & !vocabulary.word_letters(*word) == 0;
    let words = vocabulary.words_with_prefix(&pattern[..first]).filter(possible);
    by_words(vocabulary, words, cancel, |word| letters_left_out(pattern, word))
}

/// The values of those of `words` that `distance` accepts, nearest first.
fn by_words(
    vocabulary: &Vocabulary,
    words: impl Iterator<Item = usize>,
    cancel: &Cancel,
    distance: impl Fn(&str) -> Option<i64>,
) -> Vec<ValueIdx> {
    let mut scored: Vec<(i64, usize)> = Vec::new();
    for (count, word) in words.enumerate() {
        if count % 1024 == 0 && cancel.is_cancelled() {
            return Vec::new();
        }
        scored.extend(distance(vocabulary.word(word)).map(|distance| (distance, word)));
    }
    scored.sort_unstable();
    let nearest = scored.first().map(|&(distance, _)| distance);
    let words = scored.into_iter().filter(|&(distance, _)| Some(distance) == nearest);
    let mut values: Vec<ValueIdx> = Vec::new();
    for value in words.flat_map(|(_, word)| vocabulary.values_with_word(word)) {
        if values.len() == MOST {
            break;
        }
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

/// The bits of [`text::letters`] that stand for one letter each.
const A_TO_Z: u32 = (1 << 26) - 1;

/// Whether [`one_slip`] has to be asked, by the first two letters where each is one byte.
fn may_share_a_beginning(pattern: &str, word: &[u8]) -> bool {
    let (Some(typed), [a, b, ..]) = (pattern.as_bytes().get(..2), word) else { return true };
    !typed.is_ascii() || !a.is_ascii() || !b.is_ascii() || typed.contains(a) || typed.contains(b)
}

/// The letters of which a word that is a slip away from `pattern` lacks at most one.
pub(super) fn letters_of_slips(pattern: &str) -> u32 {
    // One character that is not ASCII may be several of the signs that share bits.
    let signs = if pattern.is_ascii() { u32::MAX << 26 } else { 0 };
    text::letters(pattern) & (A_TO_Z | signs)
}

fn lacks_at_most_one(wanted: u32, letters: u32) -> bool {
    let missing = wanted & !letters;
    missing & missing.wrapping_sub(1) == 0
}

/// 0 when one letter added, dropped, changed or swapped makes `pattern` the word, 1 when it makes
/// the beginning of the word.
fn one_slip(pattern: &str, word: &str) -> Option<i64> {
    if pattern.is_ascii() && word.is_ascii() {
        let (typed, meant) = (pattern.as_bytes(), word.as_bytes());
        let begins_alike =
            typed.iter().take(2).any(|letter| meant.iter().take(2).any(|l| l == letter));
        let possible = begins_alike && typed.len() >= SHORTEST_WITH_SLIP;
        return possible.then(|| one_slip_of_bytes(typed, meant))?;
    }
    let length = pattern.chars().count();
    if length < SHORTEST_WITH_SLIP || !share_a_beginning(pattern, word) {
        return None;
    }
    if strsim::osa_distance(pattern, word) <= 1 {
        return Some(0);
    }
    let beginnings = length.saturating_sub(1)..=length + 1;
    let cut = |count| word.char_indices().nth(count).map_or(word, |(end, _)| &word[..end]);
    beginnings.into_iter().any(|count| strsim::osa_distance(pattern, cut(count)) <= 1).then_some(1)
}

/// The same where every letter is one byte: what differs first is the slip, and the rest must be alike.
fn one_slip_of_bytes(pattern: &[u8], word: &[u8]) -> Option<i64> {
    let alike = pattern.iter().zip(word).take_while(|(a, b)| a == b).count();
    let (typed, meant) = (&pattern[alike..], &word[alike..]);
    let rests = match (typed, meant) {
        ([] | [_], []) | ([], [_]) => return Some(0),
        ([], _) => return Some(1),
        (_, []) => return None,
        ([a, typed_rest @ ..], [b, meant_rest @ ..]) => {
            let swapped = typed_rest.first() == Some(b) && meant_rest.first() == Some(a);
            let swapped = swapped.then(|| (&typed_rest[1..], &meant_rest[1..]));
            let others = [(typed_rest, meant_rest), (typed_rest, meant), (typed, meant_rest)];
            others.into_iter().chain(swapped)
        }
    };
    let distance = |(typed, meant): (&[u8], &[u8])| {
        meant.starts_with(typed).then(|| i64::from(typed.len() < meant.len()))
    };
    rests.filter_map(distance).min()
}

/// Whether one of the first two letters of each is the same: slips at the very beginning are rare.
fn share_a_beginning(pattern: &str, word: &str) -> bool {
    word.chars().take(2).any(|letter| pattern.chars().take(2).any(|typed| typed == letter))
}

/// How many letters `pattern` leaves out of `word`, when it has the first one, all it has in order,
/// and leaves out at most about a third.
fn letters_left_out(pattern: &str, word: &str) -> Option<i64> {
    let (typed, meant) = (pattern.chars().count(), word.chars().count());
    let near = typed > SHORTEST && meant > typed && meant <= typed + typed / 2;
    if !near || pattern.chars().next() != word.chars().next() {
        return None;
    }
    stands_in(word, pattern).then_some(i64::try_from(meant - typed).ok()?)
}

/// Whether the letters of `pattern` stand in `text` in their order.
fn stands_in(text: &str, pattern: &str) -> bool {
    let mut letters = text.chars();
    pattern.chars().all(|typed| letters.any(|letter| letter == typed))
}

/// The values in which every run of letters that `pattern` matches begins at the beginning of a word.
fn by_beginnings(vocabulary: &Vocabulary, pattern: &str, cancel: &Cancel) -> Vec<ValueIdx> {
    let Some(first) = pattern.chars().next() else { return Vec::new() };
    let typed = text::letters(pattern);
    let values = vocabulary.values_that_may_begin_with(first);
    let possible = values.filter(|&value| typed & !vocabulary.letters(value) == 0);
    let mut scored: Vec<(i64, ValueIdx)> = Vec::new();
    for (count, value) in possible.enumerate() {
        if count % 1024 == 0 && cancel.is_cancelled() {
            return Vec::new();
        }
        let folded = vocabulary.folded(value);
        let possible = folded.chars().find(|c| c.is_alphanumeric()) == Some(first)
            && folded.len() <= LONGEST_VALUE
            && stands_in(folded, pattern);
        if possible && spells_beginnings(pattern, folded) {
            scored.extend(aligned(folded, pattern).map(|score| (-score, value)));
        }
    }
    scored.sort_unstable();
    scored.into_iter().map(|(_, value)| value).collect()
}

/// Whether `pattern` is made of beginnings of words of `value`, in order and from the first word on:
/// two letters of each on average (`sunyat` of "sun yat-sen university"), or one letter of all words
/// but one (`nhlbi` of "national heart lung and blood institute").
fn spells_beginnings(pattern: &str, value: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    // For each number of letters of the pattern: with how few words so far it can be spelled.
    let mut fewest: Vec<Option<usize>> = vec![None; pattern.len() + 1];
    fewest[0] = Some(0);
    let mut words = 0;
    for word in text::words(value) {
        words += 1;
        for start in (0..pattern.len()).rev().filter(|&start| start > 0 || words == 1) {
            let Some(taken) = fewest[start] else { continue };
            let letters = word.chars().zip(&pattern[start..]);
            let common = letters.take_while(|(a, b)| a == *b).count();
            for reached in &mut fewest[start + 1..=start + common] {
                *reached = Some(reached.map_or(taken + 1, |before| before.min(taken + 1)));
            }
        }
    }
    let Some(taken) = fewest[pattern.len()] else { return false };
    let initials = taken == pattern.len() && words <= taken + 1;
    taken * 2 <= pattern.len() || initials
}

/// The matcher's score of `pattern` in `text`, `None` when its letters do not stand there in order.
/// The matcher remembers earlier calls, so each call gets a fresh one.
fn aligned(text: &str, pattern: &str) -> Option<i64> {
    let matcher = SkimMatcherV2::default().respect_case();
    matcher.fuzzy_indices(text, pattern).map(|(score, _)| score)
}

/// How often a vocabulary was gone through for what comes near, in this thread.
#[cfg(test)]
pub(super) mod scans {
    use std::cell::Cell;

    thread_local! {
        static SCANS: Cell<usize> = const { Cell::new(0) };
    }

    pub(in crate::search) fn count() {
        SCANS.set(SCANS.get() + 1);
    }

    /// Those since the last time this was asked.
    pub(in crate::search) fn taken() -> usize {
        SCANS.take()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// What the letters rule out is never what was meant.
        #[test]
        fn letters_rule_nothing_out_that_is_near(pattern in "[a-e0-9é]{4,8}", word in "[a-e0-9é]{1,12}") {
            let letters = text::letters(&word);
            if one_slip(&pattern, &word).is_some() {
                prop_assert!(lacks_at_most_one(letters_of_slips(&pattern), letters));
                prop_assert!(may_share_a_beginning(&pattern, word.as_bytes()));
                let second = pattern.char_indices().nth(2).map_or(pattern.len(), |(end, _)| end);
                let (begin, rest) = pattern.split_at(second);
                prop_assert!(word.starts_with(begin) || text::letters(rest) & !letters == 0);
            }
            if letters_left_out(&pattern, &word).is_some() || spells_beginnings(&pattern, &word) {
                prop_assert_eq!(text::letters(&pattern) & !letters, 0);
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn slips_of_bytes_are_slips(pattern in "[ab]{5,7}", word in "[ab]{1,9}") {
            let cut = |count: usize| &word[..count.min(word.len())];
            let any = (pattern.len() - 1..=pattern.len() + 1).any(|count| strsim::osa_distance(&pattern, cut(count)) <= 1);
            let expected = if strsim::osa_distance(&pattern, &word) <= 1 { Some(0) } else { any.then_some(1) };
            prop_assert_eq!(one_slip_of_bytes(pattern.as_bytes(), word.as_bytes()), expected);
        }

        #[test]
        fn letters_that_stand_in_a_text_can_be_aligned(pattern in "[abé]{1,4}", text in "[abcé ]{0,8}") {
            prop_assert_eq!(stands_in(&text, &pattern), aligned(&text, &pattern).is_some());
        }
    }

    #[test]
    fn a_slip_is_forgiven() {
        for (typed, meant) in [
            ("cirrohsis", "cirrhosis"),
            ("asthna", "asthma"),
            ("failr", "failure"),
            ("diabtes", "diabetes"),
        ] {
            assert!(one_slip(typed, meant).is_some(), "{typed}");
        }
        assert_eq!(letters_left_out("livr", "liver"), Some(1));
        for (typed, other) in [
            ("asthma", "sarcoma"),
            ("lung", "leukemia"),
            ("cat", "rat"),
            ("iran", "iraq"),
            ("stroke", "strong"),
        ] {
            assert_eq!(one_slip(typed, other), None, "{typed}");
        }
    }

    #[test]
    fn beginnings_of_words_are_spelled() {
        for (typed, value) in [
            ("sunyat", "sun yat-sen university"),
            ("sysu", "sun yat-sen university"),
            ("nhlbi", "national heart lung and blood institute"),
        ] {
            assert!(spells_beginnings(typed, value), "{typed}");
        }
        assert!(!spells_beginnings("asthma", "a study of thrombosis in many adults"));
        assert!(!spells_beginnings("novartis", "national organisation for vascular therapy"));
    }

    #[test]
    fn a_score_does_not_depend_on_earlier_ones() {
        let first = score("lung cancer", "lc");
        for other in ["liver failure after liver transplantation", "l", "cl"] {
            _ = score(other, "lc");
        }
        assert_eq!(score("lung cancer", "lc"), first);
        assert!(score("lung cancer", "cl").is_none());
    }
}
