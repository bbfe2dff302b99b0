//! Other names that the records of the dataset themselves tell: the `MeSH` term of studies that have one condition, and
//! abbreviations that stand in brackets behind what they stand for.
//!
//! Learned when asked, from a bounded number of the studies found, so it costs nothing while a dataset is read.

use std::collections::HashMap;

use roaring::RoaringBitmap;

use crate::store::{Store, StudyIdx, ValueIdx};
use crate::study::Concept;
use crate::text;

/// So many studies are looked at, the newest first.
const LOOKED_AT: usize = 256;
/// So many of them must agree on a name.
const AGREE: usize = 2;
/// One condition in so many is what a term is about.
const SUBJECT: usize = 5;
/// An abbreviation has so many letters.
const ABBREVIATION: std::ops::RangeInclusive<usize> = 2..=8;

/// Other names of `words`, which the studies `found` have.
pub(super) fn others(
    store: &Store,
    concept: Option<Concept>,
    words: &[&str],
    found: &RoaringBitmap,
) -> Vec<String> {
    let mut others = Vec::new();
    if matches!(concept, None | Some(Concept::Condition)) {
        others.extend(mesh(store, words));
    }
    if matches!(concept, None | Some(Concept::Title | Concept::Condition)) {
        others.extend(abbreviated(store, words, found));
    }
    others
}

/// The `MeSH` term of the studies that have one condition, `words`, and one term.
fn mesh(store: &Store, words: &[&str]) -> Option<String> {
    let [conditions, terms] =
        [Concept::Condition, Concept::ConditionMesh].map(|concept| store.vocabulary(concept));
    let condition = conditions.exactly(&words.join(" "))?;
    let mut told: Vec<(usize, ValueIdx)> = Vec::new();
    let studies = conditions.studies(condition).iter().take(LOOKED_AT).map(|&it| StudyIdx(it));
    let single = studies.filter(|&study| only(conditions.values(study)).is_some());
    for term in single.filter_map(|study| only(terms.values(study))) {
        match told.iter_mut().find(|(_, known)| *known == term) {
            Some((count, _)) => *count += 1,
            None => told.push((1, term)),
        }
    }
    let stated: usize = told.iter().map(|(count, _)| count).sum();
    let (count, term) = told.into_iter().max()?;
    let is_new = !alike(&text::words(terms.folded(term)).collect::<Vec<_>>(), words);
    let is_told = count >= AGREE && 3 * count >= 2 * stated;
    (is_new && is_told && has_a_subject(store, term)).then(|| terms.label(term).to_owned())
}

/// Whether the studies with a term are about one thing: a term such as `Syndrome`, of which each study has another
/// condition, is a name of none of them.
fn has_a_subject(store: &Store, term: ValueIdx) -> bool {
    let [conditions, terms] =
        [Concept::Condition, Concept::ConditionMesh].map(|concept| store.vocabulary(concept));
    let mut counts: HashMap<ValueIdx, usize> = HashMap::new();
    let studies = terms.studies(term).iter().map(|&study| StudyIdx(study));
    let single = studies.filter_map(|study| only(conditions.values(study))).take(LOOKED_AT);
    single.for_each(|condition| *counts.entry(condition).or_default() += 1);
    let most = counts.values().max().copied().unwrap_or_default();
    SUBJECT * most >= counts.values().sum()
}

/// The value, if there is just one.
fn only(mut values: impl Iterator<Item = ValueIdx>) -> Option<ValueIdx> {
    let first = values.next();
    if values.next().is_some() { None } else { first }
}

/// Whether the words are the same in any spelling.
fn alike(one: &[&str], other: &[&str]) -> bool {
    one.len() == other.len()
        && one.iter().zip(other).all(|(one, other)| text::key(one) == text::key(other))
}

/// What `words` stand for, or what stands for them, in the titles of the studies found: `Long Name (LN)`.
fn abbreviated(store: &Store, words: &[&str], found: &RoaringBitmap) -> Option<String> {
    if let [word] = words
        && !ABBREVIATION.contains(&word.chars().count())
    {
        return None;
    }
    let mut told: Vec<(usize, String)> = Vec::new();
    for study in found.iter().take(LOOKED_AT / 4) {
        let titles = [store.brief_title(StudyIdx(study)), store.official_title(StudyIdx(study))];
        for title in titles.into_iter().filter(|title| title.contains('(')) {
            let Some(other) = in_brackets(&text::fold(title), words) else { continue };
            match told.iter_mut().find(|(_, known)| *known == other) {
                Some((count, _)) => *count += 1,
                None => told.push((1, other)),
            }
        }
    }
    let (count, other) = told.into_iter().max()?;
    (count >= AGREE).then_some(other)
}

/// The abbreviation in brackets behind `words`, or the words before an abbreviation in brackets.
fn in_brackets(title: &str, words: &[&str]) -> Option<String> {
    for (at, _) in title.match_indices('(') {
        let (before, rest) = (&title[..at], &title[at + 1..]);
        let inside = rest.split_once(')')?.0.trim();
        let is_abbreviation =
            ABBREVIATION.contains(&inside.chars().count()) && !inside.contains(' ');
        if !is_abbreviation {
            continue;
        }
        let before: Vec<&str> = text::words(before).collect();
        let short: Vec<char> = inside.chars().filter(|c| c.is_alphanumeric()).collect();
        if words.len() > 1 {
            let is_long = before.len() >= words.len()
                && alike(&before[before.len() - words.len()..], words)
                && spells(words, &short);
            if is_long {
                return Some(inside.to_owned());
            }
        } else if words == [inside] {
            let most = (short.len() + 2).min(before.len());
            let fits = (2..=most).map(|count| &before[before.len() - count..]);
            let long = fits
                .into_iter()
                .find(|long| long.len() >= short.len().min(2) && spells(long, &short));
            if let Some(long) = long {
                return Some(long.join(" "));
            }
        }
    }
    None
}

/// Whether the letters of an abbreviation begin the words, in their order, the first one the first; a word may be left
/// out if it is short, and may give more than one letter.
fn spells(words: &[&str], short: &[char]) -> bool {
    let Some((first, rest)) = words.split_first() else { return short.is_empty() };
    let Some(letter) = short.first() else { return words.iter().all(|word| word.len() <= 3) };
    let own: Vec<char> = first.chars().collect();
    if own.first() != Some(letter) {
        // Only a little word gives no letter, and never the first one.
        return first.len() <= 3 && spells(rest, short);
    }
    (1..=short.len()).any(|taken| {
        let mut letters = own.iter();
        short[..taken].iter().all(|wanted| letters.any(|own| own == wanted))
            && spells(rest, &short[taken..])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_stand_behind_what_they_stand_for() {
        for (title, words, other) in [
            ("a study of quick brown fox (qbf) in dogs", &["qbf"][..], Some("quick brown fox")),
            ("a study of quick brown fox (qbf) in dogs", &["quick", "brown", "fox"], Some("qbf")),
            ("quick brown foxes (qbf)", &["quick", "brown", "fox"], Some("qbf")),
            ("quick and brown fox (qbf)", &["qbf"], Some("quick and brown fox")),
            ("lazy dogs (qbf)", &["qbf"], None),
            ("lazy dogs (qbf)", &["lazy", "dogs"], None),
            ("quick fox (jumping over)", &["quick", "fox"], None),
            ("quick fox (qf", &["quick", "fox"], None),
        ] {
            assert_eq!(in_brackets(title, words).as_deref(), other, "{title} {words:?}");
        }
    }
}
