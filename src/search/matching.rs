//! Which values, and so which studies, match one term of a query.

use super::asked::Asked;
use super::matched::{Found, How, Match, Matched};
use super::query::{Ask, Term};
use super::{Cancel, alias, fuzzy, phrase, range, sex};
use crate::store::{Store, ValueIdx, Vocabulary};
use crate::study::Concept;
use crate::study::concept::{Kind, Reach};
use crate::text;

/// Everything `term` was taken for; `None` when it asks nothing, as a lone `&` does.
pub(super) fn matched(store: &Store, term: &Term, cancel: &Cancel) -> Option<Matched> {
    Some(Matched::new(store, matches(store, term, Fallback::Near, cancel)?))
}

/// What `term` matches to the letter; `None` when it asks nothing.
pub(super) fn literal(store: &Store, term: &Term, cancel: &Cancel) -> Option<Matched> {
    let mut matches = matches(store, term, Fallback::Nothing, cancel)?;
    matches.retain(|found| found.how != How::Near);
    Some(Matched::new(store, matches))
}

/// What is looked for if a word is found nowhere.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fallback {
    Near,
    Nothing,
}

fn matches(store: &Store, term: &Term, fallback: Fallback, cancel: &Cancel) -> Option<Vec<Match>> {
    let Some(concept) = term.concept else {
        return everywhere(store, &term.ask, fallback, cancel);
    };
    Some(match &term.ask {
        Ask::NotStated => vec![not_stated(store, concept)],
        Ask::Word(word) => {
            let folded = text::fold(word);
            let values =
                sex::fitting(concept, &folded).unwrap_or_else(|| alias::meant(concept, &folded));
            if !values.is_empty() {
                // AR is Arkansas, and in Italy itself.
                let itself = (concept == Concept::State).then_some(&*folded);
                let values: Vec<&str> = values.iter().copied().chain(itself).collect();
                return Some(all_exactly(store, concept, &values));
            }
            let asked = Asked::word(&folded)?;
            let mut found = in_concept(store, concept, &asked);
            found.extend(beside(concept).flat_map(|beside| in_concept(store, beside, &asked)));
            // A zip code is right or wrong.
            let is_clear = !found.is_empty()
                || concept == Concept::Zip
                || !meant(concept, store.vocabulary(concept), &asked).is_empty();
            if is_clear || fallback == Fallback::Nothing {
                found
            } else {
                nearest(store, &[concept], &folded, cancel)
            }
        }
        Ask::Quoted(quoted) => {
            let folded = text::fold(quoted);
            let mut found = exactly(store, concept, &folded);
            found.extend(beside(concept).flat_map(|beside| exactly(store, beside, &folded)));
            // A value that is there is meant alone: so a filter finds what is counted beside it.
            let values = if found.is_empty() { alias::meant(concept, &folded) } else { &[] };
            if values.is_empty() { found } else { all_exactly(store, concept, values) }
        }
        Ask::Phrase(phrase) => {
            let folded = text::fold(phrase);
            Asked::phrase(&folded).map_or_else(Vec::new, |asked| in_concept(store, concept, &asked))
        }
        // No values are found by ranges, nor by words that stand apart.
        Ask::Range(_) | Ask::Apart(..) => Vec::new(),
    })
}

/// What is asked with a field: as ids the registry takes acronyms too.
fn beside(concept: Concept) -> impl Iterator<Item = Concept> {
    (concept == Concept::Id).then_some(Concept::Acronym).into_iter()
}

/// The codes of a closed vocabulary that `ask` means, whether a study here has them or not.
pub(super) fn codes(store: &Store, concept: Concept, ask: &Ask) -> Vec<String> {
    let (Ask::Word(typed) | Ask::Quoted(typed)) = ask else { return Vec::new() };
    let folded = text::fold(typed);
    let Some(asked) = Asked::word(&folded) else { return Vec::new() };
    let labels = meant(concept, store.vocabulary(concept), &asked);
    let mut codes: Vec<String> =
        labels.iter().map(|label| concept.code(label).to_owned()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// The values of `concept` that `ask` means; `None` for "not stated".
pub fn values(store: &Store, concept: Concept, ask: &Ask) -> Option<Vec<ValueIdx>> {
    let term = Term { concept: Some(concept), ask: ask.clone() };
    (*ask != Ask::NotStated).then(|| {
        let matches = matches(store, &term, Fallback::Near, &Cancel::default()).unwrap_or_default();
        matches.iter().flat_map(|found| found.values(store)).collect()
    })
}

/// The fields that have a bare word as it stands, if it were asked of them. Why a trial was stopped is no name of anything.
pub(super) fn elsewhere(store: &Store, ask: &Ask) -> impl Iterator<Item = Concept> {
    let folded = if let Ask::Word(word) = ask { text::fold(word) } else { String::new() };
    let is_name = |concept: &Concept| *concept != Concept::WhyStopped;
    reached(Reach::ByPrefix).filter(is_name).filter(move |&concept| {
        let found = Asked::word(&folded).map(|asked| in_concept(store, concept, &asked));
        found.is_some_and(|found| found.iter().any(|it| it.how <= How::Word))
    })
}

/// Whether a folded text is a whole value of `concept`, or another name of one.
pub(super) fn is_value(store: &Store, concept: Concept, folded: &str) -> bool {
    let vocabulary = store.vocabulary(concept);
    vocabulary.exactly(folded).is_some()
        || alias::meant(concept, folded).iter().any(|name| vocabulary.exactly(name).is_some())
}

/// The concepts of that reach that have a vocabulary.
fn reached(reach: Reach) -> impl Iterator<Item = Concept> {
    Concept::vocabularies().filter(move |concept| concept.definition().reach == reach)
}

fn everywhere(store: &Store, ask: &Ask, fallback: Fallback, cancel: &Cancel) -> Option<Vec<Match>> {
    let (folded, quoted) = match ask {
        Ask::Word(word) => (text::fold(word), false),
        Ask::Quoted(phrase) | Ask::Phrase(phrase) => (text::fold(phrase), true),
        // Only a prefix makes "none" mean "not stated".
        Ask::NotStated => ("none".to_owned(), false),
        Ask::Range(_) | Ask::Apart(..) => return None,
    };
    let asked = if quoted { Asked::phrase(&folded)? } else { Asked::word(&folded)? };
    let concepts: Vec<Concept> = reached(Reach::ByWord).collect();
    let found: Vec<Match> =
        concepts.iter().flat_map(|&concept| in_concept(store, concept, &asked)).collect();
    if found.is_empty() && !quoted && fallback == Fallback::Near {
        // Identifiers are right or wrong, never nearly right.
        let named: Vec<Concept> =
            concepts.into_iter().filter(|concept| *concept != Concept::Id).collect();
        return Some(nearest(store, &named, &folded, cancel));
    }
    Some(found)
}

fn in_concept(store: &Store, concept: Concept, asked: &Asked) -> Vec<Match> {
    let vocabulary = store.vocabulary(concept);
    let matches = match (concept.definition().kind, &asked.words[..]) {
        (Kind::Codes(..), _) => {
            vec![(How::Value, Found::Values(closed(concept, vocabulary, asked)))]
        }
        (_, [word]) => with_word(vocabulary, asked, word),
        (Kind::Words(_), _) => phrase::in_texts(vocabulary, asked),
        (_, _) => phrase::in_values(vocabulary, asked),
    };
    let is_something = |found: &Found| match found {
        Found::Values(values) => !values.is_empty(),
        Found::WithWords(words, _) => !words.is_empty(),
        Found::Studies(studies) => !studies.is_empty(),
    };
    let matches = matches.into_iter().filter(|(_, found)| is_something(found));
    matches.map(|(how, found)| Match { concept, how, found }).collect()
}

/// The values that have a word, by how they have it.
fn with_word(vocabulary: &Vocabulary, asked: &Asked, word: &str) -> Vec<(How, Found)> {
    let mut words = vocabulary.words_with_prefix(word);
    let mut found = Vec::new();
    if vocabulary.find_word(word).is_some() {
        let whole = words.start..words.start + 1;
        words.start += 1;
        let value = vocabulary.exactly(asked.folded);
        found.extend(value.map(|value| (How::Value, Found::Values(vec![value]))));
        if vocabulary.values_with_word(whole.start).any(|found| Some(found) != value) {
            found.push((How::Word, Found::WithWords(whole, value)));
        }
    }
    if asked.open_end {
        found.push((How::Beginning, Found::WithWords(words, None)));
    }
    found
}

/// The values of a closed vocabulary that are meant.
fn closed(concept: Concept, vocabulary: &Vocabulary, asked: &Asked) -> Vec<ValueIdx> {
    let labels = meant(concept, vocabulary, asked).into_iter();
    let mut values: Vec<ValueIdx> =
        labels.filter_map(|label| vocabulary.exactly(&text::fold(label))).collect();
    values.sort_unstable();
    values.dedup();
    values
}

/// The labels of a closed vocabulary that are meant: the one so called, else those that begin so,
/// else those with such a word. `phase:1` is Phase 1 and not Early Phase 1, even where no study is
/// in Phase 1. Empty for the other vocabularies.
fn meant<'a>(concept: Concept, vocabulary: &'a Vocabulary, asked: &Asked) -> Vec<&'a str> {
    if !concept.has_codes() {
        return Vec::new();
    }
    let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let wanted = bare(asked.folded);
    let known = concept.terms().iter().map(|term| term.label);
    let labels: Vec<&str> =
        known.chain(vocabulary.iter().map(|value| vocabulary.label(value))).collect();
    let name = |label: &str| bare(&text::fold(label));
    let all = |test: &dyn Fn(&str) -> bool| {
        labels.iter().copied().filter(|label| test(label)).collect::<Vec<_>>()
    };
    let called = all(&|label| {
        name(label) == wanted
            || bare(&concept.code(label).to_lowercase()) == wanted
            || name(label) == bare(concept.name()) + &wanted
    });
    let begun = || all(&|label| name(label).starts_with(&wanted));
    let worded = || all(&|label| asked.found_in(&text::fold(label)).is_some());
    let steps: [&dyn Fn() -> Vec<&'a str>; 3] = [&|| called.clone(), &begun, &worded];
    steps.iter().map(|step| step()).find(|labels| !labels.is_empty()).unwrap_or_default()
}

/// What a quoted text after a prefix means: that value, or that phrase in titles.
fn exactly(store: &Store, concept: Concept, folded: &str) -> Vec<Match> {
    let vocabulary = store.vocabulary(concept);
    match concept.definition().kind {
        Kind::Words(_) => {
            Asked::phrase(folded).map_or_else(Vec::new, |asked| in_concept(store, concept, &asked))
        }
        Kind::Names(_)
        | Kind::Date(_)
        | Kind::Count(_)
        | Kind::Age(_)
        | Kind::AgeLimits
        | Kind::Passages(_)
        | Kind::Prose => {
            of_values(concept, How::Value, vocabulary.exactly(folded).into_iter().collect())
        }
        Kind::Codes(..) => match vocabulary.exactly(folded) {
            Some(value) => of_values(concept, How::Value, vec![value]),
            None => Asked::word(folded)
                .map_or_else(Vec::new, |asked| in_concept(store, concept, &asked)),
        },
    }
}

/// The values that are one of these.
fn all_exactly(store: &Store, concept: Concept, folded: &[&str]) -> Vec<Match> {
    folded.iter().flat_map(|folded| exactly(store, concept, folded)).collect()
}

fn of_values(concept: Concept, how: How, values: Vec<ValueIdx>) -> Vec<Match> {
    if values.is_empty() {
        return Vec::new();
    }
    vec![Match { concept, how, found: Found::Values(values) }]
}

fn not_stated(store: &Store, concept: Concept) -> Match {
    let silent = range::silent(store, concept);
    Match { concept, how: How::Value, found: Found::Studies(silent) }
}

fn nearest(store: &Store, concepts: &[Concept], folded: &str, cancel: &Cancel) -> Vec<Match> {
    let found = concepts.iter().flat_map(|&concept| {
        let vocabulary = store.vocabulary(concept);
        let values = if concept.has_codes() {
            fuzzy::nearest_value(vocabulary, folded)
        } else {
            fuzzy::nearest(vocabulary, folded, cancel)
        };
        of_values(concept, How::Near, values)
    });
    found.collect()
}
