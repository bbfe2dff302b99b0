//! What each study has of the fields that are counted, in one place, so that counting reads it once.
//!
//! Values of closed vocabularies come together in few ways; each way is a profile, and a study names its own.
//! Costs 8 bytes a study and 4 more for each value that it states of an open vocabulary, and 4 a value.

use std::collections::HashMap;
use std::ops::Range;

use roaring::RoaringBitmap;

use super::Store;
use super::array::Column;
use super::pool::Lists;
use super::snapshot::{Damage, Sections, Stored, Writer};
use super::vocab::{Kind, VOCABULARIES, Vocab};

/// The open vocabularies that are counted; of the closed ones all are.
const OPEN: [Vocab; 3] = [Vocab::Condition, Vocab::Sponsor, Vocab::Country];

/// Slots are the profiles, then the values of the open vocabularies, one after the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Facets {
    /// Study → its slots.
    slots: Lists,
    /// Profile → its values, those of a closed vocabulary behind those of the one before.
    profiles: Lists,
    /// Slot → how many studies have it.
    totals: Column,
}

/// How many studies have each value of the vocabularies that are counted. One tally is for one store.
#[derive(Debug, Default)]
pub struct Tally {
    /// What was counted last.
    counted: RoaringBitmap,
    /// By slot.
    slots: Vec<u32>,
    /// The profiles as values.
    closed: Vec<u32>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Plus,
    Minus,
}

/// Where the values of a vocabulary begin among those of the counted ones of its kind.
fn start(store: &Store, vocab: Vocab) -> usize {
    let alike = counted(is_closed(vocab)).take_while(|&before| before != vocab);
    alike.map(|before| store.vocabulary(before).len()).sum()
}

fn is_closed(vocab: Vocab) -> bool {
    matches!(vocab.entry().kind, Kind::Closed(_))
}

fn counted(closed: bool) -> impl Iterator<Item = Vocab> {
    let vocabs = VOCABULARIES.iter().map(|entry| entry.vocab);
    vocabs.filter(move |&vocab| is_closed(vocab) == closed && (closed || OPEN.contains(&vocab)))
}

impl Facets {
    /// Needs the vocabularies of the store.
    pub(super) fn new(store: &Store) -> Self {
        let starts = |closed| -> Vec<(Vocab, u32)> {
            counted(closed).map(|vocab| (vocab, start(store, vocab) as u32)).collect()
        };
        let (closed, open) = (starts(true), starts(false));
        let values = |study, of: &[(Vocab, u32)], values: &mut Vec<u32>| {
            for &(vocab, start) in of {
                values.extend(store.vocabulary(vocab).values(study).map(|value| start + value.0));
            }
        };
        let (mut numbers, mut profiles, mut of_study) = (HashMap::new(), Lists::default(), vec![]);
        let mut found = Vec::new();
        for study in store.studies() {
            found.clear();
            values(study, &closed, &mut found);
            let number = numbers.get(&found[..]).copied().unwrap_or_else(|| {
                let number = profiles.len() as u32;
                profiles.push(found.iter().copied());
                numbers.insert(found.clone(), number);
                number
            });
            of_study.push(number);
        }
        let first = profiles.len() as u32;
        let mut slots = Lists::default();
        for (study, profile) in store.studies().zip(of_study) {
            found.clear();
            values(study, &open, &mut found);
            slots.push([profile].into_iter().chain(found.iter().map(|value| first + value)));
        }
        let open: usize = counted(false).map(|vocab| store.vocabulary(vocab).len()).sum();
        let mut totals = vec![0; profiles.len() + open];
        slots.elements.iter().for_each(|&slot| totals[slot as usize] += 1);
        Self { slots, profiles, totals: totals.into() }
    }
}

impl Tally {
    /// Counts `studies`, in place of what was counted before: from nothing, from everything or from there,
    /// whichever has the fewest studies to look at.
    pub fn count(&mut self, store: &Store, studies: &RoaringBitmap) {
        let facets = &store.facets;
        if self.slots.len() != facets.totals.len() {
            self.slots = vec![0; facets.totals.len()];
            self.counted.clear();
        }
        let (lost, won) = (&self.counted - studies, studies - &self.counted);
        let (changed, others) = (lost.len() + won.len(), store.len() as u64 - studies.len());
        if changed <= others.min(studies.len()) {
            self.add(facets, &lost, Sign::Minus);
            self.add(facets, &won, Sign::Plus);
        } else if studies.len() <= others {
            self.slots.fill(0);
            self.add(facets, studies, Sign::Plus);
        } else {
            let mut others = RoaringBitmap::new();
            others.insert_range(0..store.len() as u32);
            others -= studies;
            self.slots.copy_from_slice(&facets.totals);
            self.add(facets, &others, Sign::Minus);
        }
        self.counted.clone_from(studies);
        self.closed.clear();
        self.closed.resize(counted(true).map(|vocab| store.vocabulary(vocab).len()).sum(), 0);
        for (profile, &count) in self.slots[..facets.profiles.len()].iter().enumerate() {
            if count > 0 {
                let values = facets.profiles.get(profile).iter();
                values.for_each(|&value| self.closed[value as usize] += count);
            }
        }
    }

    fn add(&mut self, facets: &Facets, studies: &RoaringBitmap, sign: Sign) {
        let one = if sign == Sign::Plus { 1 } else { u32::MAX };
        let (slots, ends) = (&facets.slots.elements[..], &facets.slots.ends[..]);
        let counts = &mut self.slots[..];
        let (mut studies, mut some) = (studies.iter(), [0; 256]);
        loop {
            let next = studies.next_many(&mut some);
            if next.is_empty() {
                return;
            }
            for &mut study in next {
                let study = study as usize;
                let start = if study == 0 { 0 } else { ends[study - 1] as usize };
                for &slot in &slots[start..ends[study] as usize] {
                    let count = &mut counts[slot as usize];
                    *count = count.wrapping_add(one);
                }
            }
        }
    }

    /// How many of the studies counted last have each value; nothing for a vocabulary that is not counted.
    pub fn of(&self, store: &Store, vocab: Vocab) -> &[u32] {
        let range = |start: usize| -> Range<usize> { start..start + store.vocabulary(vocab).len() };
        if is_closed(vocab) {
            &self.closed[range(start(store, vocab))]
        } else if OPEN.contains(&vocab) {
            &self.slots[range(store.facets.profiles.len() + start(store, vocab))]
        } else {
            &[]
        }
    }
}

impl Stored for Facets {
    fn write(&self, out: &mut Writer) -> std::io::Result<()> {
        self.slots.write(out)?;
        self.profiles.write(out)?;
        self.totals.write(out)
    }

    fn read(from: &mut Sections) -> Result<Self, Damage> {
        Ok(Self {
            slots: Stored::read(from)?,
            profiles: Stored::read(from)?,
            totals: Stored::read(from)?,
        })
    }
}
