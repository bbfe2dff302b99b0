//! Which values, and so which studies, a single term is taken for.

use roaring::RoaringBitmap;

use super::query::{Ask, Term};
use super::{Cancel, alias, fuzzy};
use crate::store::{Kind, Reach, Store, StudyIdx, VOCABULARIES, ValueIdx, Vocab, Vocabulary};
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
pub struct Match {
    pub vocab: Vocab,
    pub how: How,
    pub values: Vec<ValueIdx>,
    pub studies: RoaringBitmap,
}

/// Everything `term` was taken for; `None` when it asks nothing, as a lone `&` does.
pub(super) fn matches(store: &Store, term: &Term, cancel: &Cancel) -> Option<Vec<Match>> {
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
        matches.into_iter().flat_map(|found| found.values).collect()
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
struct Asked<'a> {
    folded: &'a str,
    words: Vec<&'a str>,
    /// Whether the last word may be the beginning of one.
    open_end: bool,
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
    fn found_in(&self, folded: &str) -> Option<How> {
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
    let values = match vocab.entry().kind {
        Kind::Closed(_) => vec![(How::Value, closed(vocab, vocabulary, asked))],
        Kind::Words if asked.words.len() > 1 => return in_titles(store, vocab, asked),
        Kind::Open | Kind::Words => open(vocabulary, asked),
    };
    let values = values.into_iter().filter(|(_, values)| !values.is_empty());
    let found = values.map(|(how, values)| Match {
        vocab,
        how,
        studies: studies(vocabulary, &values),
        values,
    });
    found.filter(|found| !found.studies.is_empty()).collect()
}

/// The values of an open vocabulary by how they were found.
fn open(vocabulary: &Vocabulary, asked: &Asked) -> Vec<(How, Vec<ValueIdx>)> {
    let (mut value, mut whole, mut beginning) = (Vec::new(), Vec::new(), Vec::new());
    let mut sort = |found: ValueIdx, how: How| {
        let is_value = vocabulary.folded(found) == asked.folded;
        match how {
            _ if is_value => value.push(found),
            How::Beginning => beginning.push(found),
            _ => whole.push(found),
        }
    };
    if let [word] = asked.words[..] {
        let words = vocabulary.words_with_prefix(word);
        let words = words.take_while(|&found| asked.open_end || vocabulary.word(found) == word);
        for found in words {
            let how = if vocabulary.word(found) == word { How::Word } else { How::Beginning };
            vocabulary.values_with_word(found).for_each(|value| sort(value, how));
        }
    } else {
        let first = asked.words[0];
        let words = vocabulary
            .words_with_prefix(first)
            .take_while(|&found| vocabulary.word(found) == first);
        for candidate in words.flat_map(|word| vocabulary.values_with_word(word)) {
            if let Some(how) = asked.found_in(vocabulary.folded(candidate)) {
                sort(candidate, how);
            }
        }
    }
    for values in [&mut value, &mut whole, &mut beginning] {
        values.sort_unstable();
        values.dedup();
    }
    vec![(How::Value, value), (How::Word, whole), (How::Beginning, beginning)]
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

/// Several words side by side in a title, which the index knows only word by word.
fn in_titles(store: &Store, vocab: Vocab, asked: &Asked) -> Vec<Match> {
    let vocabulary = store.vocabulary(vocab);
    let mut candidates: Option<RoaringBitmap> = None;
    for (index, word) in asked.words.iter().enumerate() {
        let open = asked.open_end && index + 1 == asked.words.len();
        let words = vocabulary
            .words_with_prefix(word)
            .take_while(|&found| open || vocabulary.word(found) == *word);
        let values: Vec<ValueIdx> =
            words.flat_map(|word| vocabulary.values_with_word(word)).collect();
        let found = studies(vocabulary, &values);
        candidates = Some(candidates.map_or_else(|| found.clone(), |before| before & &found));
    }
    let (mut whole, mut beginning) = (RoaringBitmap::new(), RoaringBitmap::new());
    for study in candidates.unwrap_or_default() {
        let titles = [store.brief_title(StudyIdx(study)), store.official_title(StudyIdx(study))];
        match titles.iter().filter_map(|title| asked.found_in(&text::fold(title))).min() {
            Some(How::Beginning) => _ = beginning.insert(study),
            Some(_) => _ = whole.insert(study),
            None => (),
        }
    }
    let found = [(How::Word, whole), (How::Beginning, beginning)];
    let found = found.into_iter().filter(|(_, studies)| !studies.is_empty());
    found.map(|(how, studies)| Match { vocab, how, values: Vec::new(), studies }).collect()
}

/// What a quoted text after a prefix means: that value, or that phrase in titles.
fn exactly(store: &Store, vocab: Vocab, folded: &str) -> Vec<Match> {
    let vocabulary = store.vocabulary(vocab);
    match vocab.entry().kind {
        Kind::Words => {
            Asked::phrase(folded).map_or_else(Vec::new, |asked| in_vocab(store, vocab, &asked))
        }
        Kind::Open => of_values(
            vocab,
            How::Value,
            vocabulary,
            vocabulary.exactly(folded).into_iter().collect(),
        ),
        Kind::Closed(_) => match vocabulary.exactly(folded) {
            Some(value) => of_values(vocab, How::Value, vocabulary, vec![value]),
            None => {
                Asked::word(folded).map_or_else(Vec::new, |asked| in_vocab(store, vocab, &asked))
            }
        },
    }
}

fn of_values(vocab: Vocab, how: How, vocabulary: &Vocabulary, values: Vec<ValueIdx>) -> Vec<Match> {
    if values.is_empty() {
        return Vec::new();
    }
    vec![Match { vocab, how, studies: studies(vocabulary, &values), values }]
}

fn not_stated(store: &Store, vocab: Vocab) -> Match {
    let studies = store.vocabulary(vocab).not_stated().clone();
    Match { vocab, how: How::Value, values: Vec::new(), studies }
}

fn nearest(store: &Store, vocabs: &[Vocab], folded: &str, cancel: &Cancel) -> Vec<Match> {
    let found = vocabs.iter().flat_map(|&vocab| {
        let vocabulary = store.vocabulary(vocab);
        let values = match vocab.entry().kind {
            Kind::Closed(_) => fuzzy::nearest_value(vocabulary, folded),
            Kind::Open | Kind::Words => fuzzy::nearest(vocabulary, folded, cancel),
        };
        of_values(vocab, How::Near, vocabulary, values)
    });
    found.collect()
}

/// The studies that have any of `values`.
fn studies(vocabulary: &Vocabulary, values: &[ValueIdx]) -> RoaringBitmap {
    let mut studies = RoaringBitmap::new();
    for &value in values {
        studies.extend(vocabulary.studies(value));
    }
    studies
}
