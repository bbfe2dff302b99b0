//! Gathering the values of one field, study after study, into its vocabulary.

mod spellings;

use roaring::RoaringBitmap;

use spellings::Spellings;

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
    /// Those of the study that is being pushed.
    values: Vec<u32>,
}

impl VocabularyBuilder {
    pub(in crate::store) fn new(vocab: Vocab) -> Self {
        let (spellings, by_study) = (Spellings::default(), Lists::default());
        Self { vocab, spellings, by_study, values: Vec::new() }
    }

    /// Adds the next study with the values that `read` gives.
    pub(in crate::store) fn push(&mut self, read: impl FnOnce(&mut dyn FnMut(&str))) {
        let Self { vocab, spellings, by_study, values } = self;
        let kind = vocab.entry().kind;
        values.clear();
        read(&mut |value| match kind {
            Kind::Closed(vocabulary) => {
                values.extend(intern(spellings, terms::label(vocabulary, value)));
            }
            Kind::Open => values.extend(intern(spellings, value)),
            Kind::Words => {
                // A title is found by what is shown of it.
                let folded = text::fold(&text::plain(value));
                values.extend(text::words(&folded).map(|word| spellings.number(word.as_bytes())));
                values.push(BREAK);
            }
        });
        by_study.push(values.iter().copied());
    }

    /// Adds the studies of another builder of the same field behind its own.
    pub(in crate::store) fn absorb(&mut self, other: &Self) {
        let numbers: Vec<u32> =
            other.spellings.iter().map(|value| self.spellings.number(value)).collect();
        let own = |number| if number == BREAK { BREAK } else { numbers[number as usize] };
        self.by_study.append(&other.by_study, own);
    }

    /// Makes the vocabulary of the studies at `kept`, which take the places 0, 1, 2 …
    pub(in crate::store) fn finish(self, kept: &[u32]) -> Vocabulary {
        let raw = self.spellings.into_strings();
        let uses = uses(&self.by_study, kept, raw.len());
        let stated: Vec<u32> =
            (0..raw.len() as u32).filter(|&number| uses[number as usize] > 0).collect();
        let folded: Strings =
            stated.iter().map(|&number| text::fold(raw.get(number as usize))).collect();
        // Of equal ones the one that is used most stands first.
        let order = folded.sorted_by(|a, b| {
            let [a, b] = [a, b].map(|place| stated[place] as usize);
            uses[b].cmp(&uses[a]).then_with(|| raw.bytes(a).cmp(raw.bytes(b)))
        });

        let mut vocabulary = Vocabulary::default();
        let mut value_of = vec![BREAK; raw.len() + 1];
        let mut before = None;
        for place in order {
            let (text, number) = (folded.bytes(place as usize), stated[place as usize] as usize);
            if before.replace(text) != Some(text) {
                vocabulary.folded.push_bytes(text);
                vocabulary.labels.push_bytes(raw.bytes(number));
            }
            value_of[number] = vocabulary.folded.len() as u32 - 1;
        }
        drop((folded, stated, uses));
        let kind = self.vocab.entry().kind;
        let of_number = |&number: &u32| value_of[(number as usize).min(raw.len())];
        let stated = kept.iter().map(|&study| self.by_study.get(study as usize));
        if matches!(kind, Kind::Words) {
            stated.for_each(|words| vocabulary.texts.push(words.iter().map(of_number)));
            vocabulary.value_studies = vocabulary.texts.inverted(vocabulary.len()).deduped();
            vocabulary.bitmaps = bitmaps(&vocabulary.texts, None);
            vocabulary.words = vocabulary.folded.clone();
            (0..vocabulary.len() as u32).for_each(|word| vocabulary.word_values.push([word]));
        } else {
            let mut values = self.values;
            for stated in stated {
                values.clear();
                for value in stated.iter().map(of_number) {
                    // A value counts once for a study.
                    if !values.contains(&value) {
                        values.push(value);
                    }
                }
                vocabulary.study_values.push(values.iter().copied());
            }
            vocabulary.value_studies = vocabulary.study_values.inverted(vocabulary.len());
            let closed = matches!(kind, Kind::Closed(_)).then_some(&vocabulary.value_studies);
            vocabulary.bitmaps = bitmaps(&vocabulary.study_values, closed);
            vocabulary.index_words();
        }
        vocabulary.value_letters = vocabulary.folded.iter().map(text::letters).collect();
        vocabulary.word_letters = vocabulary.words.iter().map(text::letters).collect();
        vocabulary.runs = Runs::new(&vocabulary, DEAREST);
        vocabulary
    }
}

/// The number of a value; `None` when nothing of it would show.
fn intern(spellings: &mut Spellings, value: &str) -> Option<u32> {
    let value = text::clean_line(value);
    let value = value.trim();
    spellings.number_if(value.as_bytes(), || !text::fold(value).is_empty())
}

/// How often each of so many spellings is stated in the studies at `kept`.
fn uses(by_study: &Lists, kept: &[u32], spellings: usize) -> Vec<u32> {
    let (mut uses, mut is_kept) = (vec![0; spellings], vec![false; by_study.len()]);
    kept.iter().for_each(|&study| is_kept[study as usize] = true);
    // In the order in which they lie in memory.
    for (stated, _) in by_study.iter().zip(is_kept).filter(|&(_, is_kept)| is_kept) {
        for &number in stated.iter().filter(|&&number| number != BREAK) {
            uses[number as usize] += 1;
        }
    }
    uses
}

/// The studies whose list states nothing, then those of each value of a closed vocabulary.
fn bitmaps(stated: &Lists, closed: Option<&Lists>) -> Bitmaps {
    let mut bitmaps = Bitmaps::default();
    let studies = stated.iter().enumerate();
    let silent = studies.filter(|(_, values)| values.iter().all(|&value| value == BREAK));
    bitmaps.push(&silent.map(|(study, _)| study as u32).collect::<RoaringBitmap>());
    for studies in closed.iter().flat_map(|lists| lists.iter()) {
        bitmaps.push(&studies.iter().copied().collect());
    }
    bitmaps
}

impl Vocabulary {
    /// Finds the distinct words of the values, ascending, for each the values that have it, and for each
    /// value its words.
    fn index_words(&mut self) {
        let mut spellings = Spellings::default();
        for folded in self.folded.iter() {
            self.texts.push(text::words(folded).map(|word| spellings.number(word.as_bytes())));
        }
        let words = spellings.into_strings();
        let mut place_of = vec![0; words.len()];
        for number in words.sorted_by(|a, b| a.cmp(&b)) {
            place_of[number as usize] = self.words.len() as u32;
            self.words.push_bytes(words.bytes(number as usize));
        }
        for word in self.texts.elements.to_mut() {
            *word = place_of[*word as usize];
        }
        self.word_values = self.texts.inverted(self.words.len()).deduped();
    }
}
