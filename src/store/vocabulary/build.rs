//! Gathering the values of one field, study after study, into its vocabulary.

use hashbrown::{DefaultHashBuilder, HashTable};
use roaring::RoaringBitmap;
use std::hash::BuildHasher as _;

use super::{BREAK, Vocabulary};
use crate::store::pool::{Bitmaps, Lists, Strings};
use crate::store::runs::{DEAREST, Runs};
use crate::store::vocab::{Kind, Vocab};
use crate::study::terms;
use crate::text;

/// Gathers the values of one field. Costs each distinct spelling once, and 4 bytes a stated value.
#[derive(Debug)]
pub(in crate::store) struct VocabularyBuilder {
    vocab: Vocab,
    spellings: Spellings,
    by_study: Lists,
}

/// Distinct strings and their numbers, in the order in which they came.
#[derive(Debug, Default)]
struct Spellings {
    strings: Strings,
    numbers: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Spellings {
    /// The number of a string, old or new; `None` for a new one that is not wanted.
    fn number(&mut self, string: &str, is_wanted: impl FnOnce() -> bool) -> Option<u32> {
        let (strings, hash) = (&self.strings, self.hasher.hash_one(string.as_bytes()));
        let same = |&number: &u32| strings.bytes(number as usize) == string.as_bytes();
        if let Some(&number) = self.numbers.find(hash, same) {
            return Some(number);
        }
        if !is_wanted() {
            return None;
        }
        let number = u32::try_from(self.strings.len()).expect("fewer than 2^32 distinct values");
        self.strings.push(string);
        let (strings, hasher) = (&self.strings, &self.hasher);
        let rehash = |&number: &u32| hasher.hash_one(strings.bytes(number as usize));
        self.numbers.insert_unique(hash, number, rehash);
        Some(number)
    }
}

impl VocabularyBuilder {
    pub(in crate::store) fn new(vocab: Vocab) -> Self {
        Self { vocab, spellings: Spellings::default(), by_study: Lists::default() }
    }

    /// Adds the next study with the values that `read` gives.
    pub(in crate::store) fn push(&mut self, read: impl FnOnce(&mut dyn FnMut(&str))) {
        let mut values = Vec::new();
        let kind = self.vocab.entry().kind;
        read(&mut |value| match kind {
            Kind::Closed(vocabulary) => values.extend(self.intern(terms::label(vocabulary, value))),
            Kind::Open => values.extend(self.intern(value)),
            Kind::Words => {
                // A title is found by what is shown of it.
                let folded = text::fold(&text::plain(value));
                values.extend(text::words(&folded).filter_map(|word| self.intern(word)));
                values.push(BREAK);
            }
        });
        self.by_study.push(values);
    }

    /// The number of a value; `None` when nothing of it would show.
    fn intern(&mut self, value: &str) -> Option<u32> {
        let value = text::clean_line(value);
        let value = value.trim();
        self.spellings.number(value, || !text::fold(value).is_empty())
    }

    /// Adds the studies of another builder of the same field behind its own.
    pub(in crate::store) fn absorb(&mut self, other: &Self) {
        let spellings = other.spellings.strings.iter();
        let mut number = |value| self.spellings.number(value, || true).unwrap_or(BREAK);
        let numbers: Vec<u32> = spellings.map(&mut number).collect();
        let own = |number| if number == BREAK { BREAK } else { numbers[number as usize] };
        self.by_study.append(&other.by_study, own);
    }

    /// Makes the vocabulary of the studies at `kept`, which take the places 0, 1, 2 …
    pub(in crate::store) fn finish(self, kept: &[u32]) -> Vocabulary {
        let raw = &self.spellings.strings;
        let mut uses = vec![0_u32; raw.len()];
        for &study in kept {
            for &number in self.by_study.get(study as usize) {
                if number != BREAK {
                    uses[number as usize] += 1;
                }
            }
        }
        let stated = (0..raw.len() as u32).filter(|&number| uses[number as usize] > 0);
        let mut spellings: Vec<(String, u32)> =
            stated.map(|number| (text::fold(raw.get(number as usize)), number)).collect();
        spellings.sort_unstable_by(|(a, a_number), (b, b_number)| {
            let (a_place, b_place) = (*a_number as usize, *b_number as usize);
            let by_use = || uses[b_place].cmp(&uses[a_place]);
            a.cmp(b).then_with(by_use).then_with(|| raw.get(a_place).cmp(raw.get(b_place)))
        });

        let mut vocabulary = Vocabulary::default();
        let mut value_of = vec![BREAK; raw.len() + 1];
        for (folded, number) in &spellings {
            let values = vocabulary.folded.len();
            if values == 0 || vocabulary.folded.get(values - 1) != folded {
                vocabulary.folded.push(folded);
                vocabulary.labels.push(raw.get(*number as usize));
            }
            value_of[*number as usize] = vocabulary.folded.len() as u32 - 1;
        }
        drop(spellings);
        // Value → the last of `kept` that has it, so that a value counts once for a study.
        let mut last_with = vec![u32::MAX; vocabulary.len()];
        let kind = self.vocab.entry().kind;
        let of_number = |&number: &u32| value_of[(number as usize).min(raw.len())];
        for &study in kept {
            let values = self.by_study.get(study as usize).iter().map(of_number);
            if matches!(kind, Kind::Words) {
                vocabulary.texts.push(values.clone());
            }
            vocabulary.study_values.push(values.filter(|&value| {
                value != BREAK && std::mem::replace(&mut last_with[value as usize], study) != study
            }));
        }
        vocabulary.value_studies = vocabulary.study_values.inverted(vocabulary.len());
        vocabulary.bitmaps = bitmaps(&vocabulary, kind);
        if matches!(kind, Kind::Words) {
            vocabulary.study_values = Lists::default();
            vocabulary.words = vocabulary.folded.clone();
            (0..vocabulary.len() as u32).for_each(|word| vocabulary.word_values.push([word]));
        } else {
            vocabulary.index_words();
        }
        vocabulary.value_letters = vocabulary.folded.iter().map(text::letters).collect();
        vocabulary.word_letters = vocabulary.words.iter().map(text::letters).collect();
        vocabulary.runs = Runs::new(&vocabulary, DEAREST);
        vocabulary
    }
}

/// The studies that state no value, then, of a closed vocabulary, those of each value.
fn bitmaps(vocabulary: &Vocabulary, kind: Kind) -> Bitmaps {
    let mut bitmaps = Bitmaps::default();
    let studies = vocabulary.study_values.iter().enumerate();
    let silent = studies.filter(|(_, values)| values.is_empty());
    bitmaps.push(&silent.map(|(study, _)| study as u32).collect::<RoaringBitmap>());
    if matches!(kind, Kind::Closed(_)) {
        for studies in vocabulary.value_studies.iter() {
            bitmaps.push(&studies.iter().copied().collect());
        }
    }
    bitmaps
}

impl Vocabulary {
    /// Finds the distinct words of the values, ascending, for each the values that have it, and for each
    /// value its words.
    fn index_words(&mut self) {
        // A word, its value, and its place among the words of all values.
        let mut stated: Vec<(&str, u32, u32)> = Vec::new();
        let mut ends = Vec::with_capacity(self.folded.len());
        for (value, folded) in self.folded.iter().enumerate() {
            for word in text::words(folded) {
                stated.push((word, value as u32, stated.len() as u32));
            }
            ends.push(u32::try_from(stated.len()).expect("fewer than 2^32 words"));
        }
        stated.sort_unstable();
        let mut places = vec![0; stated.len()];
        for group in stated.chunk_by(|(a, ..), (b, ..)| a == b) {
            for &(.., place) in group {
                places[place as usize] = self.words.len() as u32;
            }
            self.words.push(group[0].0);
            let mut values: Vec<u32> = group.iter().map(|&(_, value, _)| value).collect();
            values.dedup();
            self.word_values.push(values);
        }
        self.texts = Lists { elements: places.into(), ends: ends.into() };
    }
}
