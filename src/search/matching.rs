//! Which values, and so which studies, a single term is taken for.

use std::cmp::Reverse;
use std::ops::Range;

use roaring::RoaringBitmap;

use super::query::{Ask, Term};
use super::{Cancel, alias, fuzzy, phrase, rank};
use crate::store::{Kind, Reach, Store, Union, VOCABULARIES, ValueIdx, Vocab, Vocabulary};
use crate::text;

/// How a term was found, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// The whole value is what was asked for.
    Value,
    /// A word of the value is.
    Word,
    /// A word of the value begins with it.
    Beginning,
    /// Nothing has it; this is what comes near.
    Near,
}

/// What a term was taken for in one vocabulary.
#[derive(Clone, Debug)]
pub(super) struct Match {
    pub(super) vocab: Vocab,
    pub(super) how: How,
    pub(super) found: Found,
}

/// Never nothing.
#[derive(Clone, Debug)]
pub(super) enum Found {
    Values(Vec<ValueIdx>),
    /// The values that have any of these words, which are one or all that begin alike, but for one value
    /// that was found in a better way.
    WithWords(Range<usize>, Option<ValueIdx>),
    /// Studies, by what no value says.
    Studies(RoaringBitmap),
}

/// Everything that a term was taken for.
#[derive(Clone, Debug, Default)]
pub(super) struct Matched {
    pub(super) matches: Vec<Match>,
    /// The studies found, the best first; none is in two of them.
    pub(super) tiers: Vec<Tier>,
    /// All of them.
    pub(super) studies: RoaringBitmap,
}

/// Studies for which a term says equally much.
#[derive(Clone, Debug)]
pub(super) struct Tier {
    pub(super) weight: u32,
    pub(super) studies: RoaringBitmap,
}

/// So many examples tell whether there are more than are shown.
const SHOWN: usize = super::taken::EXAMPLES + 1;

impl Match {
    /// Its values; none where it is no matter of values.
    pub(super) fn values(&self, store: &Store) -> Vec<ValueIdx> {
        match &self.found {
            Found::Values(values) => values.clone(),
            Found::WithWords(words, but) => {
                let vocabulary = store.vocabulary(self.vocab);
                let values = words.clone().flat_map(|word| vocabulary.values_with_word(word));
                let mut values: Vec<ValueIdx> =
                    values.filter(|value| Some(*value) != *but).collect();
                values.sort_unstable();
                values.dedup();
                values
            }
            Found::Studies(_) => Vec::new(),
        }
    }

    /// The values that most studies have, most first: one more than are shown, or all of them.
    pub(super) fn examples(&self, store: &Store) -> Vec<ValueIdx> {
        let vocabulary = store.vocabulary(self.vocab);
        let mut examples = match &self.found {
            Found::Values(values) => {
                let studies = |value: &ValueIdx| Reverse(vocabulary.studies(*value).len());
                let mut keyed: Vec<_> = values.iter().map(studies).zip(0..).collect();
                if keyed.len() > SHOWN {
                    keyed.select_nth_unstable(SHOWN);
                    keyed.truncate(SHOWN);
                }
                keyed.sort_unstable();
                keyed.into_iter().map(|(_, place): (_, usize)| values[place]).collect()
            }
            Found::WithWords(words, but) => {
                let mut examples = vocabulary.examples(words.clone());
                examples.retain(|value| Some(*value) != *but);
                examples
            }
            Found::Studies(_) => Vec::new(),
        };
        examples.truncate(SHOWN);
        examples
    }

    fn weight(&self) -> u32 {
        rank::weight(self.vocab, self.how)
    }

    fn gather(&self, store: &Store, union: &mut Union) {
        let vocabulary = store.vocabulary(self.vocab);
        match &self.found {
            Found::Values(values) => {
                for &value in values {
                    union.add_list(vocabulary.studies(value));
                }
            }
            // Those of the value left out are here once more; they stand in a tier as good or better.
            Found::WithWords(words, _) => vocabulary.gather(words.clone(), union),
            Found::Studies(studies) => union.add_set(studies.clone()),
        }
    }
}

impl Matched {
    fn new(store: &Store, matches: Vec<Match>) -> Self {
        let mut weights: Vec<u32> = matches.iter().map(Match::weight).collect();
        weights.sort_unstable_by_key(|&weight| Reverse(weight));
        weights.dedup();
        let (mut tiers, mut all) = (Vec::new(), RoaringBitmap::new());
        for weight in weights {
            let mut union = Union::default();
            let alike = matches.iter().filter(|found| found.weight() == weight);
            alike.for_each(|found| found.gather(store, &mut union));
            let studies = union.finish() - &all;
            all |= &studies;
            tiers.push(Tier { weight, studies });
        }
        Self { matches, tiers, studies: all }
    }
}

/// Everything `term` was taken for; `None` when it asks nothing, as a lone `&` does.
pub(super) fn matched(store: &Store, term: &Term, cancel: &Cancel) -> Option<Matched> {
    Some(Matched::new(store, matches(store, term, cancel)?))
}

fn matches(store: &Store, term: &Term, cancel: &Cancel) -> Option<Vec<Match>> {
    let Some(vocab) = term.vocab else {
        return everywhere(store, &term.ask, cancel);
    };
    Some(match &term.ask {
        Ask::NotStated => vec![not_stated(store, vocab)],
        Ask::Word(word) => {
            let folded = text::fold(word);
            if let Some(value) = alias::meant(vocab, &folded) {
                return Some(exactly(store, vocab, value));
            }
            let asked = Asked::word(&folded)?;
            let found = in_vocab(store, vocab, &asked);
            let is_clear =
                !found.is_empty() || !meant(vocab, store.vocabulary(vocab), &asked).is_empty();
            if is_clear { found } else { nearest(store, &[vocab], &folded, cancel) }
        }
        Ask::Quoted(quoted) => exactly(store, vocab, &text::fold(quoted)),
    })
}

/// The values of `vocab` that `ask` means; `None` for "not stated".
pub fn values(store: &Store, vocab: Vocab, ask: &Ask) -> Option<Vec<ValueIdx>> {
    let term = Term { vocab: Some(vocab), ask: ask.clone() };
    (*ask != Ask::NotStated).then(|| {
        let matches = matches(store, &term, &Cancel::default()).unwrap_or_default();
        matches.iter().flat_map(|found| found.values(store)).collect()
    })
}

/// The prefix with which a bare word that was found nowhere would find something.
pub(super) fn elsewhere(store: &Store, ask: &Ask) -> Option<Vocab> {
    let Ask::Word(word) = ask else { return None };
    let folded = text::fold(word);
    let asked = Asked::word(&folded)?;
    let mut unreached = VOCABULARIES.iter().filter(|entry| entry.reach == Reach::ByPrefix);
    unreached
        .find(|entry| !in_vocab(store, entry.vocab, &asked).is_empty())
        .map(|entry| entry.vocab)
}

fn everywhere(store: &Store, ask: &Ask, cancel: &Cancel) -> Option<Vec<Match>> {
    let (folded, quoted) = match ask {
        Ask::Word(word) => (text::fold(word), false),
        Ask::Quoted(phrase) => (text::fold(phrase), true),
        // Only a prefix makes "none" mean "not stated".
        Ask::NotStated => ("none".to_owned(), false),
    };
    let asked = if quoted { Asked::phrase(&folded)? } else { Asked::word(&folded)? };
    let reached = VOCABULARIES.iter().filter(|entry| entry.reach == Reach::Everywhere);
    let vocabs: Vec<Vocab> = reached.map(|entry| entry.vocab).collect();
    let found: Vec<Match> =
        vocabs.iter().flat_map(|&vocab| in_vocab(store, vocab, &asked)).collect();
    if found.is_empty() && !quoted {
        // Identifiers are right or wrong, never nearly right.
        let named: Vec<Vocab> = vocabs.into_iter().filter(|vocab| *vocab != Vocab::Id).collect();
        return Some(nearest(store, &named, &folded, cancel));
    }
    Some(found)
}

/// A folded word or phrase, cut into the words of the index.
pub(super) struct Asked<'a> {
    pub(super) folded: &'a str,
    pub(super) words: Vec<&'a str>,
    /// Whether the last word may be the beginning of one.
    pub(super) open_end: bool,
}

impl<'a> Asked<'a> {
    fn word(folded: &'a str) -> Option<Self> {
        Self::new(folded, true)
    }

    fn phrase(folded: &'a str) -> Option<Self> {
        Self::new(folded, false)
    }

    fn new(folded: &'a str, open_end: bool) -> Option<Self> {
        let words: Vec<&str> = text::words(folded).collect();
        (!words.is_empty()).then_some(Self { folded, words, open_end })
    }

    /// Whether the words stand in `folded` side by side, and whether whole.
    pub(super) fn found_in(&self, folded: &str) -> Option<How> {
        let (last, init) = self.words.split_last()?;
        let there: Vec<&str> = text::words(folded).collect();
        let ends = there.windows(self.words.len()).filter(|window| window[..init.len()] == *init);
        let ends = ends.filter_map(|window| window.last());
        let how = ends.filter_map(|end| match end.strip_prefix(last) {
            Some("") => Some(How::Word),
            Some(_) if self.open_end => Some(How::Beginning),
            _ => None,
        });
        how.min()
    }
}

fn in_vocab(store: &Store, vocab: Vocab, asked: &Asked) -> Vec<Match> {
    let vocabulary = store.vocabulary(vocab);
    let matches = match (vocab.entry().kind, &asked.words[..]) {
        (Kind::Closed(_), _) => vec![(How::Value, Found::Values(closed(vocab, vocabulary, asked)))],
        (_, [word]) => with_word(vocabulary, asked, word),
        (Kind::Words, _) => phrase::in_texts(vocabulary, asked),
        (Kind::Open, _) => phrase::in_values(vocabulary, asked),
    };
    let is_something = |found: &Found| match found {
        Found::Values(values) => !values.is_empty(),
        Found::WithWords(words, _) => !words.is_empty(),
        Found::Studies(studies) => !studies.is_empty(),
    };
    let matches = matches.into_iter().filter(|(_, found)| is_something(found));
    matches.map(|(how, found)| Match { vocab, how, found }).collect()
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
fn closed(vocab: Vocab, vocabulary: &Vocabulary, asked: &Asked) -> Vec<ValueIdx> {
    let labels = meant(vocab, vocabulary, asked).into_iter();
    let mut values: Vec<ValueIdx> =
        labels.filter_map(|label| vocabulary.exactly(&text::fold(label))).collect();
    values.sort_unstable();
    values.dedup();
    values
}

/// The labels of a closed vocabulary that are meant: the one so called, else those that begin so,
/// else those with such a word. `phase:1` is Phase 1 and not Early Phase 1, even where no study is
/// in Phase 1. Empty for the other vocabularies.
fn meant<'a>(vocab: Vocab, vocabulary: &'a Vocabulary, asked: &Asked) -> Vec<&'a str> {
    if !matches!(vocab.entry().kind, Kind::Closed(_)) {
        return Vec::new();
    }
    let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let wanted = bare(asked.folded);
    let known = vocab.terms().iter().map(|term| term.label);
    let labels: Vec<&str> =
        known.chain(vocabulary.iter().map(|value| vocabulary.label(value))).collect();
    let name = |label: &str| bare(&text::fold(label));
    let all = |test: &dyn Fn(&str) -> bool| {
        labels.iter().copied().filter(|label| test(label)).collect::<Vec<_>>()
    };
    let called = all(&|label| {
        name(label) == wanted
            || bare(&vocab.code(label).to_lowercase()) == wanted
            || name(label) == bare(vocab.prefix()) + &wanted
    });
    let begun = || all(&|label| name(label).starts_with(&wanted));
    let worded = || all(&|label| asked.found_in(&text::fold(label)).is_some());
    let steps: [&dyn Fn() -> Vec<&'a str>; 3] = [&|| called.clone(), &begun, &worded];
    steps.iter().map(|step| step()).find(|labels| !labels.is_empty()).unwrap_or_default()
}

/// What a quoted text after a prefix means: that value, or that phrase in titles.
fn exactly(store: &Store, vocab: Vocab, folded: &str) -> Vec<Match> {
    let vocabulary = store.vocabulary(vocab);
    match vocab.entry().kind {
        Kind::Words => {
            Asked::phrase(folded).map_or_else(Vec::new, |asked| in_vocab(store, vocab, &asked))
        }
        Kind::Open => {
            of_values(vocab, How::Value, vocabulary.exactly(folded).into_iter().collect())
        }
        Kind::Closed(_) => match vocabulary.exactly(folded) {
            Some(value) => of_values(vocab, How::Value, vec![value]),
            None => {
                Asked::word(folded).map_or_else(Vec::new, |asked| in_vocab(store, vocab, &asked))
            }
        },
    }
}

fn of_values(vocab: Vocab, how: How, values: Vec<ValueIdx>) -> Vec<Match> {
    if values.is_empty() {
        return Vec::new();
    }
    vec![Match { vocab, how, found: Found::Values(values) }]
}

fn not_stated(store: &Store, vocab: Vocab) -> Match {
    let silent = store.vocabulary(vocab).not_stated().clone();
    Match { vocab, how: How::Value, found: Found::Studies(silent) }
}

fn nearest(store: &Store, vocabs: &[Vocab], folded: &str, cancel: &Cancel) -> Vec<Match> {
    let found = vocabs.iter().flat_map(|&vocab| {
        let vocabulary = store.vocabulary(vocab);
        let values = match vocab.entry().kind {
            Kind::Closed(_) => fuzzy::nearest_value(vocabulary, folded),
            Kind::Open | Kind::Words => fuzzy::nearest(vocabulary, folded, cancel),
        };
        of_values(vocab, How::Near, values)
    });
    found.collect()
}
