//! Gathering the values of one field, study after study, into its vocabulary.

mod spellings;

use std::collections::HashSet;

use roaring::RoaringBitmap;

use spellings::Spellings;

use super::{BREAK, Vocabulary};
use crate::store::pool::{AT_ONCE, Bitmaps, Lists, Strings, TooLarge};
use crate::store::runs::{DEAREST, Runs};
use crate::store::spelled::Spelled;
use crate::study::concept::{Concept, Kind};
use crate::study::terms;
use crate::text;

/// Gathers the values of one field. Costs each distinct spelling once, and 4 bytes a stated value.
#[derive(Clone, Debug)]
pub(in crate::store) struct VocabularyBuilder {
    concept: Concept,
    spellings: Spellings,
    by_study: Lists,
    /// Those of the study that is being pushed.
    values: Vec<u32>,
}

/// A vocabulary and what is known beside it.
pub(in crate::store) struct Finished {
    pub(in crate::store) vocabulary: Vocabulary,
    /// Of a concept of sites: study → the value of each site, [`BREAK`] where it states none.
    pub(in crate::store) by_site: Lists,
}

impl VocabularyBuilder {
    pub(in crate::store) fn new(concept: Concept) -> Self {
        let (spellings, by_study) = (Spellings::default(), Lists::default());
        Self { concept, spellings, by_study, values: Vec::new() }
    }

    /// Adds the next study with the values that `read` gives.
    pub(in crate::store) fn push(&mut self, read: impl FnOnce(&mut dyn FnMut(&str))) {
        let Self { concept, spellings, by_study, values } = self;
        let kind = concept.definition().kind;
        values.clear();
        read(&mut |value| match kind {
            Kind::Codes(terms, _) => {
                values.extend(intern(spellings, terms::label(terms, value)));
            }
            Kind::Words(_) => {
                let folded = text::fold(&text::unescaped(value));
                values.extend(text::words(&folded).map(|word| spellings.number(word.as_bytes())));
                values.push(BREAK);
            }
            _ if concept.is_of_sites() => {
                // A site mostly lies in the country of the one before it, and often in its city.
                let is_same = |&number: &u32| {
                    number != BREAK
                        && spellings.strings().bytes(number as usize) == value.as_bytes()
                };
                let number = values.last().copied().filter(is_same);
                values.push(number.or_else(|| intern(spellings, value)).unwrap_or(BREAK));
            }
            _ => values.extend(intern(spellings, value)),
        });
        by_study.push(values.iter().copied());
    }

    /// Takes the studies of another builder of the same field, which keeps its room, behind its own.
    pub(in crate::store) fn absorb(&mut self, other: &mut Self) {
        let numbers = self.spellings.absorb(&mut other.spellings);
        let own = |number| if number == BREAK { BREAK } else { numbers[number as usize] };
        self.by_study.append(&mut other.by_study, own);
    }

    /// Whether a record finds room that adds so many bytes at most.
    pub(in crate::store) fn room_for(&self, bytes: usize) -> Result<(), TooLarge> {
        self.spellings.strings().room_for(bytes)?;
        self.by_study.room_for(bytes)
    }

    /// Whether the studies of another builder find room.
    pub(in crate::store) fn room_to_absorb(&self, other: &Self) -> Result<(), TooLarge> {
        self.spellings.strings().room_for(other.spellings.strings().text.len())?;
        self.by_study.room_for(other.by_study.elements.len().max(other.by_study.len()))
    }

    /// About how much there is to finish.
    pub(in crate::store) fn size(&self) -> usize {
        self.spellings.strings().len() + self.by_study.elements.len()
    }

    /// Makes the vocabulary of the studies at `kept`, which take the places 0, 1, 2 …
    pub(in crate::store) fn finish(self, kept: &[u32]) -> Result<Finished, TooLarge> {
        let Self { concept, spellings, by_study, .. } = self;
        let (mut vocabulary, spellings) = (Vocabulary::default(), spellings.into_strings());
        let value_of =
            vocabulary.take_spellings(&spellings, &uses(&by_study, kept, spellings.len()))?;
        drop(spellings);
        let value = |number: u32| value_of.get(number as usize).copied().unwrap_or(BREAK);
        let studies = by_study.picked(kept, value);
        drop((by_study, value_of));
        let by_site = if concept.is_of_sites() { studies.clone() } else { Lists::default() };
        match concept.definition().kind {
            Kind::Words(_) => vocabulary.take_words(studies)?,
            kind => vocabulary.take_values(studies, kind)?,
        }
        let letters = |strings: &Strings| {
            (0..strings.len()).map(|place| text::letters(strings.bytes(place))).collect()
        };
        vocabulary.value_letters = letters(&vocabulary.folded);
        vocabulary.word_letters = letters(&vocabulary.postings.words);
        vocabulary.spelled = Spelled::new(&vocabulary.postings.words);
        vocabulary.runs = Runs::new(&vocabulary.postings, DEAREST)?;
        Ok(Finished { vocabulary, by_site })
    }
}

/// The number of a value; `None` when nothing of it would show.
fn intern(spellings: &mut Spellings, value: &str) -> Option<u32> {
    if value.is_empty() {
        return None;
    }
    // What is known is clean.
    if let Some(number) = spellings.known(value.as_bytes()) {
        return Some(number);
    }
    let value = text::unescaped(value);
    let value = value.trim();
    // Most have something that always shows.
    let shows =
        || value.bytes().any(|byte| byte.is_ascii_graphic()) || !text::fold(value).is_empty();
    spellings.number_if(value.as_bytes(), shows)
}

/// How often each of so many spellings is stated in the studies at `kept`.
fn uses(by_study: &Lists, kept: &[u32], spellings: usize) -> Vec<u32> {
    let (mut uses, mut is_kept) = (vec![0; spellings], vec![false; by_study.len()]);
    for &study in kept {
        is_kept[study as usize] = true;
    }
    // In the order in which they lie in memory.
    for (stated, _) in by_study.iter().zip(is_kept).filter(|&(_, is_kept)| is_kept) {
        for &number in stated.iter().filter(|&&number| number != BREAK) {
            uses[number as usize] += 1;
        }
    }
    uses
}

/// The studies whose list states nothing, then those of each value of a closed vocabulary.
fn bitmaps(stated: &Lists, closed: Option<&Lists>) -> Result<Bitmaps, TooLarge> {
    let mut bitmaps = Bitmaps::default();
    let studies = stated.iter().enumerate();
    let silent = studies.filter(|(_, values)| values.iter().all(|&value| value == BREAK));
    bitmaps.push(&silent.map(|(study, _)| study as u32).collect::<RoaringBitmap>())?;
    for studies in closed.iter().flat_map(|lists| lists.iter()) {
        bitmaps.push(&studies.iter().copied().collect())?;
    }
    Ok(bitmaps)
}

/// Marks a number as that of a value that is a single word; there are far fewer values, as a pool holds less than 4 GiB.
const WHOLE: u32 = 1 << 31;

/// Up to so many values are compared with each other; of more it is quicker to look each one up.
const FEW: usize = 64;

/// Leaves each value where it stands first, one behind the other, and nothing of what is none; gives how many those
/// are.
fn distinct(stated: &mut [u32]) -> usize {
    let (mut count, mut seen) = (0, HashSet::new());
    for at in 0..stated.len() {
        let value = stated[at];
        let is_new = match stated.len() {
            _ if value == BREAK => false,
            ..=FEW => !stated[..count].contains(&value),
            _ => seen.insert(value),
        };
        if is_new {
            stated[count] = value;
            count += 1;
        }
    }
    count
}

impl Vocabulary {
    /// Makes values of the spellings that are used at all; gives spelling → value.
    fn take_spellings(&mut self, spellings: &Strings, uses: &[u32]) -> Result<Vec<u32>, TooLarge> {
        let stated = (0..spellings.len() as u32).filter(|&number| uses[number as usize] > 0);
        let stated: Vec<u32> = stated.collect();
        let folded = stated.iter().map(|&number| text::fold(spellings.get(number as usize)));
        let folded = Strings::gathered(folded)?;
        // Of equal ones the one that is used most stands first.
        let order = folded.sorted_by(|a, b| {
            let [a, b] = [a, b].map(|place| stated[place] as usize);
            uses[b].cmp(&uses[a]).then_with(|| spellings.bytes(a).cmp(spellings.bytes(b)))
        });
        let (mut value_of, mut before) = (vec![BREAK; spellings.len()], None);
        for block in order.chunks(AT_ONCE) {
            let texts: Vec<_> = block
                .iter()
                .map(|&place| (folded.bytes(place as usize), stated[place as usize] as usize))
                .map(|(text, number)| (text, number, spellings.bytes(number)))
                .collect();
            for (text, number, label) in texts {
                if before.replace(text) != Some(text) {
                    self.folded.push_bytes(text);
                    self.labels.push_bytes(label);
                }
                value_of[number] = self.folded.len() as u32 - 1;
            }
        }
        Ok(value_of)
    }

    /// Takes the words of the texts of each study.
    fn take_words(&mut self, studies: Lists) -> Result<(), TooLarge> {
        self.texts = studies;
        self.postings.value_studies = self.texts.inverted(self.len());
        self.postings.value_studies.dedup();
        self.bitmaps = bitmaps(&self.texts, None)?;
        self.postings.words = self.folded.clone();
        (0..self.len() as u32).for_each(|word| self.postings.word_values.push([word]));
        Ok(())
    }

    /// Takes the values of each study, in the order of its record.
    fn take_values(&mut self, studies: Lists, kind: Kind) -> Result<(), TooLarge> {
        self.study_values = studies;
        self.study_values.shorten(distinct);
        self.postings.value_studies = self.study_values.inverted(self.len());
        let closed = matches!(kind, Kind::Codes(..)).then_some(&self.postings.value_studies);
        self.bitmaps = bitmaps(&self.study_values, closed)?;
        self.index_words();
        Ok(())
    }

    /// Finds the distinct words of the values, ascending, for each the values that have it, and for each
    /// value its words.
    fn index_words(&mut self) {
        // Values stand in order, so those that are a word each are words in order; only what others have is put in order.
        let mut parts = Spellings::default();
        for (value, folded) in (0..).zip(self.folded.iter()) {
            let mut words = text::words(folded).peekable();
            match words.next_if(|word| word.len() == folded.len()) {
                Some(_) => self.texts.push([WHOLE | value]),
                None => self.texts.push(words.map(|word| parts.number(word.as_bytes()))),
            }
        }
        let parts = parts.into_strings();
        let (mut place_of_value, mut place_of_part) = (vec![0; self.len()], vec![0; parts.len()]);
        let is_word =
            |&value: &usize| self.texts.get(value).first() == Some(&(WHOLE | value as u32));
        let values = (0..self.len()).filter(is_word);
        let mut values = values.map(|value| (value, self.folded.bytes(value))).peekable();
        let order = parts.sorted_by(|a, b| a.cmp(&b)).into_iter().map(|part| part as usize);
        let mut order = order.map(|part| (part, parts.bytes(part))).peekable();
        while let Some(&(_, word)) =
            values.peek().into_iter().chain(order.peek()).min_by_key(|next| next.1)
        {
            let place = self.postings.words.len() as u32;
            if let Some((value, _)) = values.next_if(|next| next.1 == word) {
                place_of_value[value] = place;
            }
            if let Some((part, _)) = order.next_if(|next| next.1 == word) {
                place_of_part[part] = place;
            }
            self.postings.words.push_bytes(word);
        }
        for word in self.texts.elements.to_mut() {
            *word = match *word & WHOLE {
                0 => place_of_part[*word as usize],
                _ => place_of_value[(*word & !WHOLE) as usize],
            };
        }
        self.postings.word_values = self.texts.inverted(self.postings.words.len());
        self.postings.word_values.dedup();
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_value_counts_once_where_it_stands_first() {
        for count in [3, 2 * FEW as u32] {
            let mut twice: Vec<u32> = (0..count).rev().chain(0..count).collect();
            let kept = distinct(&mut twice);
            assert_eq!(twice[..kept], (0..count).rev().collect::<Vec<_>>());
        }
    }

    #[test]
    fn values_are_read_without_escapes() {
        let mut builder = VocabularyBuilder::new(Concept::Condition);
        builder
            .push(|give| [r"Age \> 65", "Age &gt; 65", "R&D"].iter().for_each(|value| give(value)));
        let vocabulary = builder.finish(&[0]).unwrap().vocabulary;
        let labels: Vec<_> = vocabulary.iter().map(|value| vocabulary.label(value)).collect();
        assert_eq!(labels, ["Age > 65", "R&D"]);
    }

    proptest! {
        #[test]
        fn words_are_those_of_all_values(values in prop::collection::vec("[ab]{1,3}|([ab]{1,2}[ -]){1,3}[ab]{0,2}", 0..30)) {
            let mut builder = VocabularyBuilder::new(Concept::Condition);
            builder.push(|give| values.iter().for_each(|value| give(value)));
            let vocabulary = builder.finish(&[0]).unwrap().vocabulary;
            let words_of = |value| text::words(vocabulary.folded(value)).map(str::to_owned).collect::<Vec<_>>();
            let expected: BTreeSet<String> = vocabulary.iter().flat_map(words_of).collect();
            let words: Vec<&str> = (0..vocabulary.word_count()).map(|word| vocabulary.word(word)).collect();
            prop_assert_eq!(&words, &expected.iter().collect::<Vec<_>>());
            for value in vocabulary.iter() {
                let own: Vec<&str> = vocabulary.texts.get(value.0 as usize).iter().map(|&word| words[word as usize]).collect();
                prop_assert_eq!(own, words_of(value));
            }
            for (word, text) in words.iter().enumerate() {
                let having: Vec<_> = vocabulary.values_with_word(word).collect();
                let expected: Vec<_> = vocabulary.iter().filter(|&value| words_of(value).iter().any(|own| own == text)).collect();
                prop_assert_eq!(having, expected);
            }
        }
    }
}
