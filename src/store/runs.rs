//! Ready sets of studies for the words, and the beginnings of words, that so many values or studies have that
//! gathering them would take longer than a key may.
//!
//! The words of a vocabulary stand in order, so all that begin alike stand in a run. A run is kept when what
//! it is made of, words and shorter runs that are kept already, costs too much to put together; so no
//! beginning costs more, however large the dataset is. Costs about 160 bytes a study over all vocabularies.

use std::cmp::Reverse;
use std::ops::Range;

use roaring::RoaringBitmap;

use super::array::Column;
use super::pool::{Bitmaps, Lists, TooLarge};
use super::postings::{Postings, ValueIdx};
use super::snapshot::{Below, Bounds, Damage, Sections, Stored, Writer};
use super::union::Union;

/// What a run may cost before it is kept, in studies to be read one after the other.
pub(super) const DEAREST: usize = 8192;
/// What a list and a kept set cost beside their studies.
const LIST: usize = 8;
const SET: usize = 512;

/// Runs of neighbouring words: one word, or all that go on from a common beginning. Two of them lie apart,
/// or one within the other. They stand in the order of their first words, the longer before the shorter.
#[derive(Clone, Debug, Default)]
pub(super) struct Runs {
    starts: Column,
    ends: Column,
    examples: Lists,
    sets: Bitmaps,
}

/// A part of a run.
pub(super) enum Part {
    /// A run that is kept.
    Kept(usize),
    Words(Range<usize>),
}

impl Runs {
    /// What `words` are made of, in order.
    pub(super) fn cover(&self, words: Range<usize>) -> impl Iterator<Item = Part> {
        let (mut at, mut run) = (words.start, self.first_from(words.start));
        let mut waiting = None;
        std::iter::from_fn(move || {
            if let Some(kept) = waiting.take() {
                return Some(Part::Kept(kept));
            }
            // Longer runs than are asked for stand before those that lie within.
            while run < self.starts.len() && self.ends[run] as usize > words.end {
                run += 1;
            }
            if run >= self.starts.len() || self.starts[run] as usize >= words.end {
                let rest = at..words.end;
                at = words.end;
                return (!rest.is_empty()).then_some(Part::Words(rest));
            }
            let before = at..self.starts[run] as usize;
            let kept = run;
            // A run has a word, so that there is an end to this whatever a file says.
            at = (self.ends[run] as usize).max(before.end + 1);
            run = self.first_from(at);
            if before.is_empty() {
                return Some(Part::Kept(kept));
            }
            waiting = Some(kept);
            Some(Part::Words(before))
        })
    }

    /// Says what the arrays of what was read keep to.
    pub(super) fn bind(&self, bounds: &mut Bounds, words: usize, values: usize) {
        let count = self.starts.len();
        bounds.ends(&self.starts, count, words);
        bounds.holds(self.ends.len() == count);
        bounds.numbers(&self.ends, Below::limit(words + 1));
        bounds.lists(&self.examples, count, Below::limit(values));
        bounds.sets(&self.sets, count);
    }

    fn first_from(&self, word: usize) -> usize {
        self.starts.partition_point(|&start| (start as usize) < word)
    }

    pub(super) fn studies(&self, run: usize) -> RoaringBitmap {
        self.sets.get(run)
    }

    pub(super) fn examples(&self, run: usize) -> impl Iterator<Item = ValueIdx> {
        self.examples.get(run).iter().copied().map(ValueIdx)
    }

    /// Finds the runs that cost more than `dearest` studies read one after the other.
    pub(super) fn new(postings: &Postings, dearest: usize) -> Result<Self, TooLarge> {
        let mut keeper = Keeper { postings, dearest, kept: Vec::new(), outermost: Vec::new() };
        keeper.walk();
        let mut kept = keeper.kept;
        kept.sort_unstable_by_key(|run| (run.words.start, Reverse(run.words.end)));
        let mut runs = Self {
            starts: kept.iter().map(|run| run.words.start as u32).collect(),
            ends: kept.iter().map(|run| run.words.end as u32).collect(),
            ..Self::default()
        };
        for run in kept {
            runs.examples.push(run.examples.iter().map(|value| value.0));
            runs.sets.push(&run.studies)?;
        }
        Ok(runs)
    }
}

impl Stored for Runs {
    fn write(&self, out: &mut Writer) -> std::io::Result<()> {
        self.starts.write(out)?;
        self.ends.write(out)?;
        self.examples.write(out)?;
        self.sets.write(out)
    }

    fn read(from: &mut Sections) -> Result<Self, Damage> {
        Ok(Self {
            starts: Stored::read(from)?,
            ends: Stored::read(from)?,
            examples: Stored::read(from)?,
            sets: Stored::read(from)?,
        })
    }
}

/// A run that is kept.
struct Run {
    words: Range<usize>,
    studies: RoaringBitmap,
    examples: Vec<ValueIdx>,
}

/// Walks over the words as over a tree of their letters, and keeps what would cost too much.
struct Keeper<'a> {
    postings: &'a Postings,
    dearest: usize,
    /// In the order in which their last words were met, what lies within before what it lies in.
    kept: Vec<Run>,
    /// Those of `kept` that lie within no other so far, in the order of the words.
    outermost: Vec<usize>,
}

/// A beginning of words some of which have been met.
struct Beginning {
    /// How many bytes the words have in common.
    bytes: usize,
    start: usize,
    /// Of the word that is the beginning itself, when it is the first one.
    own: usize,
    /// Of the words that go on.
    further: usize,
}

impl Keeper<'_> {
    fn walk(&mut self) {
        let words = self.postings.words.len();
        let mut open: Vec<Beginning> = Vec::new();
        for word in 0..words {
            let text = self.postings.words.bytes(word);
            let common = word.checked_sub(1).map_or(0, |before| {
                let before = self.postings.words.bytes(before);
                before.iter().zip(text).take_while(|(a, b)| a == b).count()
            });
            self.close(&mut open, common, word);
            let own = self.cost_of_word(word);
            open.push(Beginning { bytes: text.len(), start: word, own, further: 0 });
        }
        self.close(&mut open, 0, words);
    }

    /// Closes the beginnings that are longer than `common` bytes: no word from `end` on has them.
    fn close(&mut self, open: &mut Vec<Beginning>, common: usize, end: usize) {
        while let Some(closed) = open.pop_if(|top| top.bytes > common) {
            let is_word = self.postings.words.bytes(closed.start).len() == closed.bytes;
            let further = closed.start + usize::from(is_word)..end;
            let cost = closed.own + self.keep_if_dear(further, closed.further);
            match open.last_mut() {
                Some(top) if top.bytes >= common => top.further += cost,
                _ if common > 0 => open.push(Beginning {
                    bytes: common,
                    start: closed.start,
                    own: 0,
                    further: cost,
                }),
                _ => (),
            }
        }
    }

    fn cost_of_word(&mut self, word: usize) -> usize {
        let values = self.postings.values_with_word(word);
        let cost = values.map(|value| LIST + self.postings.studies(value).len()).sum();
        self.keep_if_dear(word..word + 1, cost)
    }

    /// What `words` cost to gather, once they are kept if that is too much.
    fn keep_if_dear(&mut self, words: Range<usize>, cost: usize) -> usize {
        if cost <= self.dearest {
            return cost;
        }
        let inner = self.outermost.partition_point(|&run| self.kept[run].words.start < words.start);
        let (mut union, mut examples, mut at) = (Union::default(), Vec::new(), words.start);
        for run in self.outermost.drain(inner..) {
            let run = &self.kept[run];
            self.postings.gather(at..run.words.start, &mut union);
            examples.extend(self.postings.values(at..run.words.start));
            union.add_set(run.studies.clone());
            examples.extend(&run.examples);
            at = run.words.end;
        }
        self.postings.gather(at..words.end, &mut union);
        examples.extend(self.postings.values(at..words.end));
        self.postings.most_frequent(&mut examples);
        let studies = union.finish();
        let cost = SET + studies.serialized_size() / 32;
        self.outermost.push(self.kept.len());
        self.kept.push(Run { words, studies, examples });
        cost
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::store::Store;
    use crate::study::Concept;
    use crate::study::made::made;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn kept_or_gathered_the_studies_are_the_same(
            studies in prop::collection::vec(prop::collection::vec("[ab]{1,4}( [ab]{1,4})?", 0..4), 1..40),
            dearest in 0..200_usize,
            prefix in "[ab]{1,3}",
        ) {
            let records = (1..).zip(&studies).map(|(id, conditions)| made(id).conditions(conditions));
            let store = Store::of(records);
            let vocabulary = store.vocabulary(Concept::Condition);
            let postings = vocabulary.postings();
            let runs = Runs::new(postings, dearest).unwrap();
            let mut words = vocabulary.words_with_prefix(&prefix);
            if vocabulary.find_word(&prefix).is_some() {
                words.start += 1;
            }
            let (mut expected, mut examples) = (Union::default(), Vec::new());
            postings.gather(words.clone(), &mut expected);
            examples.extend(postings.values(words.clone()));
            postings.most_frequent(&mut examples);
            let (mut union, mut found, mut at) = (Union::default(), Vec::new(), words.start);
            for part in runs.cover(words.clone()) {
                let (start, end) = match part {
                    Part::Kept(run) => {
                        union.add_set(runs.studies(run));
                        found.extend(runs.examples(run));
                        (runs.starts[run] as usize, runs.ends[run] as usize)
                    }
                    Part::Words(words) => {
                        postings.gather(words.clone(), &mut union);
                        found.extend(postings.values(words.clone()));
                        (words.start, words.end)
                    }
                };
                prop_assert_eq!(start, at);
                at = end;
            }
            postings.most_frequent(&mut found);
            prop_assert_eq!(at, words.end);
            prop_assert_eq!(union.finish(), expected.finish());
            prop_assert_eq!(found, examples);
            // What costs nothing is never kept; all that cost something are when nothing may.
            prop_assert!(dearest > 0 || vocabulary.is_empty() || runs.starts.len() >= vocabulary.word_count());
        }
    }
}
