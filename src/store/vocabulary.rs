//! One vocabulary: the distinct values of a field, and which studies have which.

mod build;

use std::ops::Range;
use std::sync::OnceLock;

use roaring::RoaringBitmap;

pub(super) use build::{Finished, VocabularyBuilder};

use super::array::Array;
use super::pool::{Bitmaps, Lists, Strings};
use super::postings::{Postings, ValueIdx};
use super::runs::{Part, Runs};
use super::snapshot::{Below, Bounds, Damage, Flat as _, Front, Sections, Stored, Writer};
use super::spelled::Spelled;
use super::union::Union;
use super::{FRONT, StudyIdx};
use crate::text;

/// To find a study in a long list costs as much as so many looks at studies in order.
const SEARCH: u64 = 16;

/// What stands after a text in place of a word, and for a site in place of a value that it does not state.
pub(super) const BREAK: u32 = u32::MAX;

/// The distinct values of a field. Values that differ only in case or accents are one value, called
/// as most studies call it.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// Value → how it is shown.
    labels: Strings,
    /// Value → its label without case and accents; ascending.
    folded: Strings,
    postings: Postings,
    /// Value and word → which letters it has.
    value_letters: Array<u32>,
    word_letters: Array<u32>,
    /// Value → its words in their order. Where the values are words of texts: study → the words of its
    /// texts, a [`BREAK`] after each text.
    texts: Lists,
    /// Study → its values, in the order of its record; empty for words, which nobody asks for.
    study_values: Lists,
    /// The studies that state no value; then, where there are so few values that counting by sets is
    /// quicker, those of each value once more.
    bitmaps: Bitmaps,
    /// Ready sets for the words and beginnings of words that would be slow to gather.
    runs: Runs,
    /// Words by their keys.
    spelled: Spelled,
    /// What `bitmaps` holds, ready for use from when it is first asked for.
    not_stated: OnceLock<RoaringBitmap>,
    sets: OnceLock<Vec<RoaringBitmap>>,
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

    /// The values whose folded text begins with `prefix`.
    pub fn values_with_prefix(&self, prefix: &str) -> impl Iterator<Item = ValueIdx> + use<> {
        self.folded.with_prefix(prefix).map(|value| ValueIdx(value as u32))
    }

    /// The words that begin with `prefix`, as places in [`word`](Self::word).
    pub fn words_with_prefix(&self, prefix: &str) -> Range<usize> {
        self.postings.words.with_prefix(prefix)
    }

    /// The word that is `word` and nothing else.
    pub fn find_word(&self, word: &str) -> Option<u32> {
        let place = self.postings.words.lower_bound(word);
        (place < self.postings.words.len() && self.postings.words.get(place) == word)
            .then_some(place as u32)
    }

    /// How many distinct words the values have.
    pub fn word_count(&self) -> usize {
        self.postings.words.len()
    }

    pub fn word(&self, word: usize) -> &str {
        self.postings.words.get(word)
    }

    /// The same word where its bytes will do, which takes less.
    pub fn word_bytes(&self, word: usize) -> &[u8] {
        self.postings.words.bytes(word)
    }

    /// The words that are `word` in one of its spellings, itself included, as places in [`word`](Self::word).
    pub fn spellings(&self, word: &str) -> Vec<u32> {
        let key = text::key(word);
        let mut words = self.spelled.words(&key).to_vec();
        words.extend(self.find_word(&key));
        words
    }

    /// Which letters the word at `word` has, as [`text::letters`] tells them.
    pub fn word_letters(&self, word: usize) -> u32 {
        self.word_letters[word]
    }

    /// Which letters a folded value has.
    pub fn letters(&self, value: ValueIdx) -> u32 {
        self.value_letters[value.0 as usize]
    }

    /// Values among which are all whose first letter or digit is `first`.
    pub fn values_that_may_begin_with(
        &self,
        first: char,
    ) -> impl Iterator<Item = ValueIdx> + use<> {
        let from = |bound: &str| self.folded.lower_bound(bound);
        // Signs stand before the digits, between them and the letters, and after the letters, where what is
        // not ASCII stands too.
        let signs = [0..from("0"), from(":")..from("a"), from("{")..self.len()];
        let begun = self.folded.with_prefix(first.encode_utf8(&mut [0; 4]));
        let begun = if first.is_ascii_alphanumeric() { begun } else { 0..0 };
        signs.into_iter().chain([begun]).flatten().map(|value| ValueIdx(value as u32))
    }

    /// The values that have the word at `word`.
    pub fn values_with_word(&self, word: usize) -> impl ExactSizeIterator<Item = ValueIdx> {
        self.postings.values_with_word(word)
    }

    /// The words of `value`, in their order.
    pub fn words_of(&self, value: ValueIdx) -> &[u32] {
        self.texts.get(value.0 as usize)
    }

    /// The words of the texts of `study`, in their order, with a number between that is no word; of a
    /// vocabulary of words only.
    pub fn texts_of(&self, study: StudyIdx) -> &[u32] {
        self.texts.get(study.0 as usize)
    }

    /// The studies that have `value`, ascending.
    pub fn studies(&self, value: ValueIdx) -> &[u32] {
        self.postings.studies(value)
    }

    /// How many of these studies have `value`. Costs a look at whichever are fewer.
    pub fn count_in(&self, value: ValueIdx, studies: &RoaringBitmap) -> u32 {
        let having = self.studies(value);
        let count = if studies.len().saturating_mul(SEARCH) < having.len() as u64 {
            studies.iter().filter(|study| having.binary_search(study).is_ok()).count()
        } else {
            having.iter().filter(|&&study| studies.contains(study)).count()
        };
        count as u32
    }

    /// Adds the studies that have a value with any of `words`, which are one word or all that begin alike.
    pub fn gather(&self, words: Range<usize>, union: &mut Union) {
        for part in self.runs.cover(words) {
            match part {
                Part::Kept(run) => union.add_set(self.runs.studies(run)),
                Part::Words(words) => self.postings.gather(words, union),
            }
        }
    }

    /// Of the values with any of `words` the five that most studies have, most first.
    pub fn examples(&self, words: Range<usize>) -> Vec<ValueIdx> {
        let mut examples = Vec::new();
        for part in self.runs.cover(words) {
            match part {
                Part::Kept(run) => examples.extend(self.runs.examples(run)),
                Part::Words(words) => examples.extend(self.postings.values(words)),
            }
        }
        self.postings.most_frequent(&mut examples);
        examples
    }

    /// The studies that state no value.
    pub fn not_stated(&self) -> &RoaringBitmap {
        let first =
            || if self.bitmaps.len() == 0 { RoaringBitmap::new() } else { self.bitmaps.get(0) };
        self.not_stated.get_or_init(first)
    }

    /// The studies of every value as sets; only closed vocabularies have them. At most an eighth of a
    /// byte a study each.
    pub fn sets(&self) -> Option<&[RoaringBitmap]> {
        let sets = || (1..self.bitmaps.len()).map(|place| self.bitmaps.get(place)).collect();
        (self.bitmaps.len() == 1 + self.len()).then(|| &self.sets.get_or_init(sets)[..])
    }

    /// The values of `study`, in the order of its record; none when it states none. Words of texts are
    /// not kept by study.
    pub fn values(&self, study: StudyIdx) -> impl ExactSizeIterator<Item = ValueIdx> {
        let study = study.0 as usize;
        let values =
            if study < self.study_values.len() { self.study_values.get(study) } else { &[] };
        values.iter().copied().map(ValueIdx)
    }

    /// What its runs are made from.
    #[cfg(test)]
    pub(super) fn postings(&self) -> &Postings {
        &self.postings
    }

    /// So much of the `labels` is checked before anything is shown.
    pub(super) fn write(&self, out: &mut Writer, labels: Front) -> std::io::Result<()> {
        self.labels.write_front(out, labels)?;
        self.folded.write(out)?;
        self.postings.words.write(out)?;
        self.value_letters.write(out)?;
        self.word_letters.write(out)?;
        self.postings.word_values.write(out)?;
        self.texts.write(out)?;
        self.postings.value_studies.write(out)?;
        self.study_values.write_front(out, Front::First(FRONT))?;
        self.bitmaps.write(out)?;
        self.runs.write(out)?;
        self.spelled.write(out)
    }

    /// Says what the arrays of a vocabulary that was read keep to.
    pub(super) fn bind(&self, bounds: &mut Bounds, studies: usize) {
        let (values, words) = (self.len(), self.word_count());
        bounds.shown(&self.labels, values);
        bounds.shown(&self.folded, values);
        bounds.shown(&self.postings.words, words);
        bounds.holds(self.value_letters.len() == values && self.word_letters.len() == words);
        bounds.lists(&self.postings.word_values, words, Below::limit(values));
        let texts = self.texts.len();
        bounds.holds(texts == values || texts == studies);
        bounds.lists(&self.texts, texts, Below::limit(words).or_none());
        bounds.lists(&self.postings.value_studies, values, Below::limit(studies));
        let stating = self.study_values.len();
        bounds.holds(stating == studies || stating == 0);
        bounds.lists(&self.study_values, stating, Below::limit(values));
        bounds.sets(&self.bitmaps, self.bitmaps.len());
        self.runs.bind(bounds, words, values);
        self.spelled.bind(bounds, words);
    }

    pub(super) fn read(from: &mut Sections) -> Result<Self, Damage> {
        let (labels, folded) = (Stored::read(from)?, Stored::read(from)?);
        let words = Stored::read(from)?;
        let (value_letters, word_letters) = (Stored::read(from)?, Stored::read(from)?);
        let (word_values, texts, value_studies) =
            (Stored::read(from)?, Stored::read(from)?, Stored::read(from)?);
        Ok(Self {
            labels,
            folded,
            postings: Postings { words, word_values, value_studies },
            value_letters,
            word_letters,
            texts,
            study_values: Stored::read(from)?,
            bitmaps: Stored::read(from)?,
            runs: Stored::read(from)?,
            spelled: Stored::read(from)?,
            ..Self::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;
    use crate::study::Concept;
    use crate::study::made::made;

    fn vocabulary(studies: &[&[&str]]) -> Vocabulary {
        let mut builder = VocabularyBuilder::new(Concept::Condition);
        for values in studies {
            builder.push(|give| values.iter().for_each(|value| give(value)));
        }
        let kept: Vec<u32> = (0..studies.len() as u32).collect();
        builder.finish(&kept).unwrap().vocabulary
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
        let store = Store::of([made(1).title(r"R&amp;D of \*long\* **Cov**id")]);
        let words = store.vocabulary(Concept::Title);
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
        let mut builder = VocabularyBuilder::new(Concept::Condition);
        builder.push(|give| give("Asthma"));
        builder.push(|give| give("Gout"));
        let conditions = builder.finish(&[1]).unwrap().vocabulary;
        assert_eq!(
            conditions.iter().map(|value| conditions.label(value)).collect::<Vec<_>>(),
            ["Gout"]
        );
        assert_eq!(conditions.studies(ValueIdx(0)), [0]);
    }
}
