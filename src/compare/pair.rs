//! Which entries of two lists belong together. Which list stands on the left makes no difference.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet, VecDeque};

use super::meaning::Meaning;
use crate::text::{fold, key as word_key, words};

/// Places in the left and in the right list.
pub(super) type Pair = (usize, usize);

/// Of how alike two texts are, in thousandths: half of their words.
const HALF: usize = 500;
/// More than any two texts share that are not the same.
const SAME: usize = 1001;

/// With more pairs than this to look at, only equal texts are paired. The longest real lists have a
/// tenth of it.
const MOST: usize = 250_000;

/// The form in which names are compared: those that differ in nothing but their spelling have the same.
pub(super) fn key(text: &str) -> String {
    let folded = fold(text);
    let words = folded.split([' ', '-']).filter(|word| !word.is_empty());
    words.map(spelled).collect::<Vec<_>>().join(" ")
}

/// A word with the signs around it, which tell numbers apart: `>18`.
fn spelled(word: &str) -> String {
    let is_sign = |c: char| !c.is_alphanumeric();
    let bare = word.trim_matches(is_sign);
    let spelled = descriptor(bare).unwrap_or_else(|| word_key(bare).to_string());
    word.replacen(bare, &spelled, 1)
}

/// The number of a term of the thesaurus without the zeros before it: `D007319` and `D000007319` are one.
fn descriptor(word: &str) -> Option<String> {
    let digits = word.strip_prefix('d')?;
    let is_number = digits.len() >= 6 && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| format!("d{}", digits.trim_start_matches('0')))
}

/// Pairs equal texts, whatever their spelling, one to one.
pub(super) fn same(left: &[String], right: &[String]) -> Vec<Pair> {
    let mut places: HashMap<String, VecDeque<usize>> = HashMap::new();
    for (place, text) in right.iter().enumerate() {
        places.entry(key(text)).or_default().push_back(place);
    }
    let partner =
        |(place, text): (usize, &String)| Some((place, places.get_mut(&key(text))?.pop_front()?));
    let mut pairs: Vec<Pair> = left.iter().enumerate().filter_map(partner).collect();
    pairs.sort_by_cached_key(|&pair| place(pair, left, right));
    pairs
}

/// Pairs texts that share at least half of their words, the most alike first, one to one.
pub(super) fn alike(left: &[String], right: &[String]) -> Vec<Pair> {
    let read = |text: &str| words(text).map(str::to_owned).collect::<HashSet<_>>();
    nearest([left, right], read, shared, HALF)
}

/// Pairs titles that share more than half of the words that say what is measured, the most alike first, one
/// to one.
pub(super) fn alike_in_meaning(left: &[String], right: &[String]) -> Vec<Pair> {
    nearest([left, right], Meaning::of, Meaning::shared, HALF + 1)
}

/// Pairs texts that share `least` thousandths or more, the most alike first, one to one.
fn nearest<T>(
    [left, right]: [&[String]; 2],
    read: impl Fn(&str) -> T,
    shared: impl Fn(&T, &T) -> usize,
    least: usize,
) -> Vec<Pair> {
    if left.len().saturating_mul(right.len()) > MOST {
        return same(left, right);
    }
    let [left, right] =
        [left, right].map(|texts| texts.iter().map(|it| key(it)).collect::<Vec<_>>());
    let [left_read, right_read] =
        [&left, &right].map(|texts| texts.iter().map(|it| read(it)).collect::<Vec<_>>());
    let mut candidates = Vec::new();
    for (i, some) in left_read.iter().enumerate() {
        for (j, other) in right_read.iter().enumerate() {
            let shared = if left[i] == right[j] { SAME } else { shared(some, other) };
            if shared >= least {
                candidates.push((shared, (i, j)));
            }
        }
    }
    candidates.sort_by_cached_key(|&(shared, pair)| (Reverse(shared), place(pair, &left, &right)));
    let mut taken = [vec![false; left.len()], vec![false; right.len()]];
    let mut pairs = Vec::new();
    for (_, (i, j)) in candidates {
        if !taken[0][i] && !taken[1][j] {
            (taken[0][i], taken[1][j]) = (true, true);
            pairs.push((i, j));
        }
    }
    pairs.sort_by_cached_key(|&pair| place(pair, &left, &right));
    pairs
}

/// The places of a list that no pair has; `side` gives the place of a pair in that list.
pub(super) fn alone(count: usize, pairs: &[Pair], side: fn(&Pair) -> usize) -> Vec<usize> {
    let paired: HashSet<usize> = pairs.iter().map(side).collect();
    (0..count).filter(|place| !paired.contains(place)).collect()
}

/// Words in both, in thousandths of the words in either.
fn shared(left: &HashSet<String>, right: &HashSet<String>) -> usize {
    let both = left.intersection(right).count();
    let either = left.len() + right.len() - both;
    (both * 1000).checked_div(either).unwrap_or(0)
}

/// Where a pair stands among others: as early as its entries, on whichever side they are; of two
/// pairs that cross, the one whose texts come first.
pub(super) fn place(
    (i, j): Pair,
    left: &[String],
    right: &[String],
) -> (usize, usize, [String; 2]) {
    let mut texts = [fold(&left[i]), fold(&right[j])];
    texts.sort_unstable();
    (i + j, i.min(j), texts)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|&text| text.to_owned()).collect()
    }

    #[test]
    fn a_term_of_the_thesaurus_is_one_however_long_its_number_is_written() {
        assert_eq!(key("Hiccup · D007319"), key("hiccup · D000007319"));
        assert_ne!(key("Hiccup · D007319"), key("Hiccup · D007310"));
        assert_ne!(key("D3 30000"), key("D 330000"));
    }

    #[test]
    fn equal_texts_are_paired_one_to_one() {
        for (left, right, pairs) in [
            (&["a", "b"][..], &["b", "A"][..], &[(0, 1), (1, 0)][..]),
            (&["a", "a"], &["a"], &[(0, 0)]),
            (&["a"], &["b"], &[]),
            (&[], &["b"], &[]),
        ] {
            assert_eq!(same(&texts(left), &texts(right)), pairs);
        }
        assert_eq!(alone(3, &[(1, 0)], |pair| pair.0), [0, 2]);
    }

    #[test]
    fn texts_with_half_of_their_words_in_common_are_paired() {
        let left = texts(&["HIV or HCV positive", "Pregnant women", "≥"]);
        let right = texts(&["pregnant or lactating women", "HIV positive", "≥", "Age 18"]);
        assert_eq!(alike(&left, &right), [(0, 1), (1, 0), (2, 2)]);
        assert_eq!(alike(&texts(&["a b c"]), &texts(&["a x y"])), []);
        let [left, right] = ["a b", "a c b"].map(|text| vec![text.to_owned(); 501]);
        assert_eq!(alike(&left, &right), []);
        assert_eq!(alike(&left[..10], &right).len(), 10);
    }

    proptest! {
        #[test]
        fn sides_can_be_swapped(
            left in prop::collection::vec("[ab ]{0,6}", 0..6),
            right in prop::collection::vec("[ab ]{0,6}", 0..6),
        ) {
            for pairs in [same, alike, alike_in_meaning] {
                let forth: HashSet<_> = pairs(&left, &right).into_iter().collect();
                let back = pairs(&right, &left).into_iter().map(|(i, j)| (j, i)).collect();
                prop_assert_eq!(forth, back);
            }
        }
    }
}
