//! One vocabulary: the distinct values of a field, and which studies have which.

use std::collections::HashMap;
use std::ops::Range;

use roaring::RoaringBitmap;

use super::StudyIdx;
use super::pool::{Lists, Strings};
use super::vocab::{Kind, Vocab};
use crate::study::terms;
use crate::text;

/// A value's place in its vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ValueIdx(pub u32);

/// The distinct values of a field. Values that differ only in case or accents are one value, called
/// as most studies call it.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// Value → how it is shown.
    labels: Strings,
    /// Value → its label without case and accents; ascending.
    folded: Strings,
    /// The distinct words of the folded values; ascending.
    words: Strings,
    /// Word → the values that have it.
    word_values: Lists,
    /// Value → the studies that have it, ascending.
    value_studies: Lists,
    /// Study → its values, in the order of its record.
    study_values: Lists,
    /// The studies once more, where there are so few values that counting by sets is quicker.
    sets: Option<Sets>,
}

/// The studies of each value of a closed vocabulary. At most an eighth of a byte a study each.
#[derive(Clone, Debug, Default)]
pub struct Sets {
    pub values: Vec<RoaringBitmap>,
    /// Studies that state no value.
    pub not_stated: RoaringBitmap,
}

impl Vocabulary {
    /// How many distinct values there are.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn label(&self, value: ValueIdx) -> &str {
        self.labels.get(value.0 as usize)
    }

    pub fn folded(&self, value: ValueIdx) -> &str {
        self.folded.get(value.0 as usize)
    }

    /// Every value, in the order of its folded text.
    pub fn iter(&self) -> impl Iterator<Item = ValueIdx> + use<> {
        (0..self.len() as u32).map(ValueIdx)
    }

    /// The value that is `folded` and nothing else.
    pub fn exactly(&self, folded: &str) -> Option<ValueIdx> {
        let index = self.folded.lower_bound(folded);
        (index < self.folded.len() && self.folded.get(index) == folded)
            .then_some(ValueIdx(index as u32))
    }

    /// The words that begin with `prefix`, as places in [`word`](Self::word).
    pub fn words_with_prefix(&self, prefix: &str) -> Range<usize> {
        self.words.with_prefix(prefix)
    }

    /// How many distinct words the values have.
    pub fn word_count(&self) -> usize {
        self.words.len()
    }

    pub fn word(&self, word: usize) -> &str {
        self.words.get(word)
    }

    /// The values that have the word at `word`.
    pub fn values_with_word(&self, word: usize) -> impl Iterator<Item = ValueIdx> {
        self.word_values.get(word).iter().copied().map(ValueIdx)
    }

    /// The studies that have `value`, ascending.
    pub fn studies(&self, value: ValueIdx) -> &[u32] {
        self.value_studies.get(value.0 as usize)
    }

    /// The studies of every value as sets; only closed vocabularies have them.
    pub fn sets(&self) -> Option<&Sets> {
        self.sets.as_ref()
    }

    /// The values of `study`, in the order of its record; none when it states none.
    pub fn values(&self, study: StudyIdx) -> impl ExactSizeIterator<Item = ValueIdx> {
        self.study_values.get(study.0 as usize).iter().copied().map(ValueIdx)
    }
}

impl Sets {
    fn new(vocabulary: &Vocabulary) -> Self {
        let set = |studies: &[u32]| studies.iter().copied().collect::<RoaringBitmap>();
        let values = vocabulary.value_studies.iter().map(set).collect();
        let studies = vocabulary.study_values.iter().enumerate();
        let silent = studies.filter(|(_, values)| values.is_empty());
        Self { values, not_stated: silent.map(|(study, _)| study as u32).collect() }
    }
}

/// Gathers the values of one field, study after study.
#[derive(Debug)]
pub(super) struct VocabularyBuilder {
    vocab: Vocab,
    ids: HashMap<Box<str>, u32>,
    raw: Vec<Box<str>>,
    by_study: Lists,
}

impl VocabularyBuilder {
    pub(super) fn new(vocab: Vocab) -> Self {
        Self { vocab, ids: HashMap::new(), raw: Vec::new(), by_study: Lists::default() }
    }

    /// Adds the next study with the values that `read` gives.
    pub(super) fn push(&mut self, read: impl FnOnce(&mut dyn FnMut(&str))) {
        let mut values = Vec::new();
        let kind = self.vocab.entry().kind;
        read(&mut |value| match kind {
            Kind::Closed(vocabulary) => values.extend(self.intern(terms::label(vocabulary, value))),
            Kind::Open => values.extend(self.intern(value)),
            Kind::Words => {
                // A title is found by what is shown of it.
                let folded = text::fold(&text::plain(value));
                values.extend(text::words(&folded).filter_map(|word| self.intern(word)));
            }
        });
        self.by_study.push(values);
    }

    /// The number of a value; `None` when nothing of it would show.
    fn intern(&mut self, value: &str) -> Option<u32> {
        let value = text::clean_line(value);
        let value = value.trim();
        if let Some(&id) = self.ids.get(value) {
            return Some(id);
        }
        if text::fold(value).is_empty() {
            return None;
        }
        let id = u32::try_from(self.raw.len()).expect("fewer than 2^32 distinct values");
        self.raw.push(value.into());
        self.ids.insert(value.into(), id);
        Some(id)
    }

    /// Adds the studies of another builder of the same field behind its own.
    pub(super) fn absorb(&mut self, other: Self) {
        let ids: Vec<u32> = other.raw.into_iter().map(|value| self.number(value)).collect();
        self.by_study.append(&other.by_study, |id| ids[id as usize]);
    }

    fn number(&mut self, value: Box<str>) -> u32 {
        *self.ids.entry(value).or_insert_with_key(|value| {
            let id = u32::try_from(self.raw.len()).expect("fewer than 2^32 distinct values");
            self.raw.push(value.clone());
            id
        })
    }

    /// Makes the vocabulary of the studies at `kept`, which take the places 0, 1, 2 …
    pub(super) fn finish(self, kept: &[u32]) -> Vocabulary {
        let mut uses = vec![0_u32; self.raw.len()];
        for &study in kept {
            for &id in self.by_study.get(study as usize) {
                uses[id as usize] += 1;
            }
        }
        let mut spellings: Vec<(String, u32)> = (0..self.raw.len() as u32)
            .filter(|&id| uses[id as usize] > 0)
            .map(|id| (text::fold(&self.raw[id as usize]), id))
            .collect();
        spellings.sort_by(|(a, a_id), (b, b_id)| {
            let by_use = uses[*b_id as usize].cmp(&uses[*a_id as usize]);
            a.cmp(b)
                .then(by_use)
                .then_with(|| self.raw[*a_id as usize].cmp(&self.raw[*b_id as usize]))
        });

        let mut vocabulary = Vocabulary::default();
        let mut value_of = vec![u32::MAX; self.raw.len()];
        for (folded, id) in &spellings {
            let last =
                vocabulary.folded.len().checked_sub(1).map(|last| vocabulary.folded.get(last));
            if last != Some(folded) {
                vocabulary.folded.push(folded);
                vocabulary.labels.push(&self.raw[*id as usize]);
            }
            value_of[*id as usize] = vocabulary.folded.len() as u32 - 1;
        }
        // Value → the last of `kept` that has it, so that a value counts once for a study.
        let mut last_with = vec![u32::MAX; vocabulary.len()];
        for &study in kept {
            let values = self.by_study.get(study as usize).iter().map(|&id| value_of[id as usize]);
            vocabulary.study_values.push(values.filter(|&value| {
                std::mem::replace(&mut last_with[value as usize], study) != study
            }));
        }
        vocabulary.value_studies = vocabulary.study_values.inverted(vocabulary.len());
        (vocabulary.words, vocabulary.word_values) = index_words(&vocabulary.folded);
        if let Kind::Closed(_) = self.vocab.entry().kind {
            vocabulary.sets = Some(Sets::new(&vocabulary));
        }
        vocabulary
    }
}

/// The distinct words of `values`, ascending, and for each the values that have it.
fn index_words(values: &Strings) -> (Strings, Lists) {
    let mut pairs: Vec<(&str, u32)> = Vec::new();
    for (value, folded) in values.iter().enumerate() {
        pairs.extend(text::words(folded).map(|word| (word, value as u32)));
    }
    pairs.sort_unstable();
    pairs.dedup();
    let (mut words, mut lists) = (Strings::default(), Lists::default());
    for group in pairs.chunk_by(|(a, _), (b, _)| a == b) {
        words.push(group[0].0);
        lists.push(group.iter().map(|&(_, value)| value));
    }
    (words, lists)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary(studies: &[&[&str]]) -> Vocabulary {
        let mut builder = VocabularyBuilder::new(Vocab::Condition);
        for values in studies {
            builder.push(|give| values.iter().for_each(|value| give(value)));
        }
        let kept: Vec<u32> = (0..studies.len() as u32).collect();
        builder.finish(&kept)
    }

    #[test]
    fn spellings_are_one_value_called_as_most_call_it() {
        let conditions =
            vocabulary(&[&["Lung cancer"], &["Lung Cancer", "Asthma"], &["Lung Cancer"], &[]]);
        assert_eq!(conditions.len(), 2);
        let lung = conditions.exactly("lung cancer").unwrap();
        assert_eq!(conditions.label(lung), "Lung Cancer");
        assert_eq!(conditions.studies(lung), [0, 1, 2]);
        assert_eq!(conditions.values(StudyIdx(1)).len(), 2);
        assert_eq!(conditions.values(StudyIdx(3)).len(), 0);
        assert_eq!(conditions.exactly("lung"), None);
    }

    #[test]
    fn words_lead_to_their_values() {
        let conditions = vocabulary(&[&["Lung Cancer", "Cancer of the Lung"], &["Lunge"]]);
        let words: Vec<_> =
            conditions.words_with_prefix("lung").map(|word| conditions.word(word)).collect();
        assert_eq!(words, ["lung", "lunge"]);
        let word = conditions.words_with_prefix("lung").start;
        assert_eq!(conditions.values_with_word(word).count(), 2);
    }

    #[test]
    fn titles_are_found_by_what_is_shown_of_them() {
        let mut builder = VocabularyBuilder::new(Vocab::Title);
        builder.push(|give| give(r"R&amp;D of \*long\* **Cov**id"));
        let words = builder.finish(&[0]);
        let words: Vec<_> = words.iter().map(|word| words.label(word).to_owned()).collect();
        assert_eq!(words, ["covid", "d", "long", "of", "r"]);
    }

    #[test]
    fn values_that_show_nothing_are_not_stated() {
        let conditions = vocabulary(&[&["\u{200b}", "\u{301}", "\u{ad}\n"], &["\u{200b} Gout"]]);
        assert_eq!(conditions.values(StudyIdx(0)).len(), 0);
        assert_eq!(conditions.label(conditions.exactly("gout").unwrap()), "Gout");
    }

    #[test]
    fn what_is_not_kept_leaves_no_value() {
        let mut builder = VocabularyBuilder::new(Vocab::Condition);
        builder.push(|give| give("Asthma"));
        builder.push(|give| give("Gout"));
        let conditions = builder.finish(&[1]);
        assert_eq!(
            conditions.iter().map(|value| conditions.label(value)).collect::<Vec<_>>(),
            ["Gout"]
        );
        assert_eq!(conditions.studies(ValueIdx(0)), [0]);
    }
}
