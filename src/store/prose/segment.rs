//! The words of some studies turned into lists of studies, in memory. It is closed when it holds much, and becomes a run of
//! bytes that [`merge`](super::merge) reads.
//!
//! A run is one entry after another, its words ascending: the bytes of the entry, the word, which parts have it, and for
//! each of these the studies.

use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher as _;

use super::PARTS;
use super::list::{number, put_number};
use crate::study::prose::Part;
use crate::text::{Token, each_word};

/// A word is known by so many bytes from its beginning.
pub(super) const LONGEST: usize = 255;

/// That a study has a word in a part.
#[derive(Clone, Copy)]
struct Posting {
    /// The word and the part.
    slot: u32,
    /// The study, counted from the first of the segment.
    study: u32,
}

pub(super) struct Segment {
    hasher: DefaultHashBuilder,
    table: HashTable<u32>,
    text: Vec<u8>,
    /// Where each word ends in the text.
    ends: Vec<usize>,
    /// For each word and part the study that had it last, counted from 1.
    last: Vec<u32>,
    postings: Vec<Posting>,
    /// The first study, and how many there are.
    pub(super) base: u32,
    studies: u32,
}

/// A word as it is known.
pub(super) fn known(word: &str) -> &str {
    &word[..word.floor_char_boundary(LONGEST)]
}

impl Segment {
    pub(super) fn new(base: u32) -> Self {
        Self {
            hasher: DefaultHashBuilder::default(),
            table: HashTable::new(),
            text: Vec::new(),
            ends: Vec::new(),
            last: Vec::new(),
            postings: Vec::new(),
            base,
            studies: 0,
        }
    }

    /// Goes on to the next study.
    pub(super) fn next_study(&mut self) {
        self.studies += 1;
    }

    /// Whether it is so large that it should be closed.
    pub(super) fn is_full(&self) -> bool {
        self.postings.len() > 3 << 20 || self.text.len() > 16 << 20
    }

    /// Takes in what the present study says in a part.
    pub(super) fn add(&mut self, part: Part, text: &str) {
        // That the part is there at all.
        self.word("", part);
        each_word(text, |token| match token {
            Token::Word(word) | Token::Joined(word) => self.word(known(word), part),
        });
    }

    fn word(&mut self, word: &str, part: Part) {
        let Self { hasher, table, text, ends, last, .. } = self;
        let of = |index: u32| {
            let index = index as usize;
            let start = index.checked_sub(1).map_or(0, |before| ends[before]);
            &text[start..ends[index]]
        };
        let hash = hasher.hash_one(word.as_bytes());
        let found = table.entry(
            hash,
            |&index| of(index) == word.as_bytes(),
            |&index| hasher.hash_one(of(index)),
        );
        let index = match found {
            Entry::Occupied(entry) => *entry.get(),
            Entry::Vacant(entry) => {
                let index = ends.len() as u32;
                entry.insert(index);
                text.extend_from_slice(word.as_bytes());
                ends.push(text.len());
                last.resize(last.len() + PARTS, 0);
                index
            }
        };
        let slot = index * PARTS as u32 + part as u32;
        let study = self.studies;
        if std::mem::replace(&mut last[slot as usize], study) != study {
            self.postings.push(Posting { slot, study: study - 1 });
        }
    }

    /// The run of what was taken in.
    pub(super) fn close(self) -> Vec<u8> {
        let Self { text, ends, postings, base, .. } = self;
        // Where the studies of each slot begin, which come in order.
        let mut starts = vec![0_u32; ends.len() * PARTS + 1];
        for posting in &postings {
            starts[posting.slot as usize + 1] += 1;
        }
        for slot in 1..starts.len() {
            starts[slot] += starts[slot - 1];
        }
        let (mut next, mut studies) = (starts.clone(), vec![0_u32; postings.len()]);
        for Posting { slot, study } in postings {
            let place = &mut next[slot as usize];
            studies[*place as usize] = study;
            *place += 1;
        }
        let word = |index: usize| {
            let start = index.checked_sub(1).map_or(0, |before: usize| ends[before]);
            &text[start..ends[index]]
        };
        let mut order: Vec<usize> = (0..ends.len()).collect();
        order.sort_unstable_by_key(|&index| word(index));
        let (mut run, mut entry) = (Vec::with_capacity(studies.len() * 2), Vec::new());
        for index in order {
            let lists = (0..PARTS).map(|part| {
                let slot = index * PARTS + part;
                &studies[starts[slot] as usize..starts[slot + 1] as usize]
            });
            entry.clear();
            put_number(&mut entry, word(index).len() as u64);
            entry.extend_from_slice(word(index));
            entry.push(
                lists
                    .clone()
                    .enumerate()
                    .map(|(part, list)| u8::from(!list.is_empty()) << part)
                    .sum(),
            );
            for list in lists.filter(|list| !list.is_empty()) {
                put_number(&mut entry, list.len() as u64);
                let mut before = 0;
                for &study in list {
                    let study = base + study;
                    put_number(&mut entry, u64::from(study - before));
                    before = study;
                }
            }
            run.extend_from_slice(&(entry.len() as u32).to_le_bytes());
            run.extend_from_slice(&entry);
        }
        run
    }
}

/// The word of an entry of a run, and the rest of it.
pub(super) fn word_of(mut entry: &[u8]) -> Option<(&[u8], &[u8])> {
    let length = number(&mut entry)? as usize;
    entry.split_at_checked(length)
}

/// Appends the studies of an entry to those of its parts.
pub(super) fn add_lists(mut rest: &[u8], lists: &mut [Vec<u32>; PARTS]) -> Option<()> {
    let (&parts, after) = rest.split_first()?;
    rest = after;
    for (part, list) in lists.iter_mut().enumerate() {
        if parts & 1 << part == 0 {
            continue;
        }
        let count = number(&mut rest)?;
        let mut study = 0;
        for _ in 0..count {
            study += number(&mut rest)?;
            list.push(study as u32);
        }
    }
    Some(())
}
