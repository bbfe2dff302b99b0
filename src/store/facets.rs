//! What each study has of the fields that are always counted, in one place, so that counting reads it once.
//!
//! A study has slots: two profiles, each a way in which values of closed vocabularies, and vocabularies of which nothing is
//! stated, come together; and its values of the open vocabularies that are counted. Of these the values that most studies
//! have stand first: what is counted most lies together, and the most frequent ones of an answer are found without a look
//! at the others. Costs 12 bytes a study, 4 more for each value that it states of an open vocabulary, and 8 a value.

use std::cmp::Reverse;
use std::ops::Range;
use std::sync::Arc;

use hashbrown::HashMap;
use roaring::RoaringBitmap;

use super::array::Column;
use super::pool::{Lists, TooLarge};
use super::snapshot::{Below, Bounds, Damage, Flat as _, Front, Sections, Stored, Writer};
use super::{Store, ValueIdx};
use crate::study::concept::{Concept, Facet};

/// The open vocabularies that are counted: the facets whose values are names.
fn open() -> impl Iterator<Item = Concept> + Clone {
    Concept::always_counted().filter(|concept| !concept.has_codes())
}

/// Slots are the profiles, then the values of the open vocabularies, one after the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Facets {
    /// Study → its slots, ascending.
    slots: Lists,
    /// Profile → its values, as [`Traits`] numbers them.
    profiles: Lists,
    /// Slot behind the profiles → its value.
    values: Column,
    /// Slot → how many studies have it; of each open vocabulary descending.
    totals: Column,
}

/// Of fewer than one in so many studies each lies in memory by itself.
const SPARSE: u64 = 4;

/// How many studies have each value of the vocabularies that are counted. One tally is for one store. Costs 4 bytes
/// for each value of them, and shares the set of what it counts.
#[derive(Debug, Default)]
pub struct Tally {
    /// What was counted last.
    counted: Arc<RoaringBitmap>,
    /// By slot.
    slots: Vec<u32>,
    /// How many values of each open vocabulary have any study.
    stated: Vec<usize>,
    /// What the profiles say, as [`Traits`] numbers it.
    traits: Vec<u32>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Plus,
    Minus,
}

/// Whether the first screen names values of this vocabulary.
pub(super) fn is_named_at_once(concept: Concept) -> bool {
    concept.has_codes() || is_open(concept)
}

fn is_open(concept: Concept) -> bool {
    open().any(|open| open == concept)
}

/// The closed vocabularies that are counted.
fn closed() -> impl Iterator<Item = Concept> + Clone {
    Concept::always_counted().filter(|concept| concept.has_codes())
}

/// What a profile can say, by number: values of closed vocabularies, one vocabulary behind the other, then for each
/// vocabulary that is counted that a study states nothing of it.
struct Traits;

impl Traits {
    /// The values of a closed vocabulary.
    fn values(store: &Store, concept: Concept) -> Range<usize> {
        place(store, closed(), concept)
    }

    /// That nothing is stated; nothing for a vocabulary that is not counted.
    fn not_stated(store: &Store, concept: Concept) -> Option<usize> {
        let place = closed().chain(open()).position(|counted| counted == concept)?;
        Some(closed().map(|concept| store.vocabulary(concept).len()).sum::<usize>() + place)
    }

    fn count(store: &Store) -> usize {
        let closed: Vec<usize> = closed().map(|concept| store.vocabulary(concept).len()).collect();
        closed.iter().sum::<usize>() + closed.len() + open().count()
    }
}

/// The place of the values of `concept` among those of `all`, one vocabulary behind the other.
fn place(store: &Store, all: impl Iterator<Item = Concept>, concept: Concept) -> Range<usize> {
    let before = all.take_while(|&before| before != concept);
    let start: usize = before.map(|before| store.vocabulary(before).len()).sum();
    start..start + store.vocabulary(concept).len()
}

impl Facets {
    /// Needs the vocabularies of the store.
    pub(super) fn new(store: &Store) -> Result<Self, TooLarge> {
        let mut facets = Self::default();
        let (first, second) = facets.find_profiles(store);
        let open: Vec<(Concept, Vec<u32>)> =
            open().map(|concept| (concept, facets.find_slots(store, concept))).collect();
        let (mut totals, mut slots) =
            (vec![0; facets.profiles.len() + facets.values.len()], vec![]);
        for (study, (first, second)) in store.studies().zip(first.into_iter().zip(second)) {
            slots.clear();
            slots.extend([first, second]);
            slots.sort_unstable();
            for (concept, slot) in &open {
                let start = slots.len();
                let values = store.vocabulary(*concept).values(study);
                slots.extend(values.map(|value| slot[value.0 as usize]));
                slots[start..].sort_unstable();
            }
            for &slot in &slots {
                totals[slot as usize] += 1;
            }
            facets.slots.room_for(slots.len())?;
            facets.slots.push(slots.iter().copied());
        }
        facets.totals = totals.into();
        Ok(facets)
    }

    /// Finds the profiles; gives the two of each study.
    fn find_profiles(&mut self, store: &Store) -> (Vec<u32>, Vec<u32>) {
        let (mut numbers, mut found) = (HashMap::new(), Vec::new());
        let mut of_studies = |is_apart: bool| -> Vec<u32> {
            // Values that occur in many combinations have profiles to themselves.
            let counted = closed().chain(open()).filter(|concept| {
                (concept.definition().facet == Some(Facet::ManyTogether)) == is_apart
            });
            let concepts: Vec<(Concept, u32, u32)> = counted
                .map(|concept| {
                    let none = Traits::not_stated(store, concept).expect("it is counted");
                    (concept, Traits::values(store, concept).start as u32, none as u32)
                })
                .collect();
            let of_study = |study| {
                found.clear();
                for &(concept, start, none) in &concepts {
                    let values = store.vocabulary(concept).values(study);
                    if values.len() == 0 {
                        found.push(none);
                    } else if concept.has_codes() {
                        found.extend(values.map(|value| start + value.0));
                    }
                }
                numbers.get(&found[..]).copied().unwrap_or_else(|| {
                    let number = self.profiles.len() as u32;
                    self.profiles.push(found.iter().copied());
                    numbers.insert(found.clone(), number);
                    number
                })
            };
            store.studies().map(of_study).collect()
        };
        (of_studies(false), of_studies(true))
    }

    /// Gives the values of an open vocabulary the next slots, value → slot.
    fn find_slots(&mut self, store: &Store, concept: Concept) -> Vec<u32> {
        let vocabulary = store.vocabulary(concept);
        let mut values: Vec<ValueIdx> = vocabulary.iter().collect();
        values.sort_by_cached_key(|&value| Reverse(vocabulary.studies(value).len()));
        let mut slot = vec![0; values.len()];
        for value in values {
            slot[value.0 as usize] = (self.profiles.len() + self.values.len()) as u32;
            self.values.to_mut().push(value.0);
        }
        slot
    }

    /// Says what the arrays of what was read keep to.
    pub(super) fn bind(&self, store: &Store, bounds: &mut Bounds) {
        let slots = self.totals.len();
        bounds.holds(slots == self.profiles.len() + self.values.len());
        bounds.lists(&self.slots, store.len(), Below::limit(slots));
        bounds.lists(&self.profiles, self.profiles.len(), Below::limit(Traits::count(store)));
        for concept in open() {
            let count = store.vocabulary(concept).len();
            let values = self.values.get(place(store, open(), concept));
            bounds.holds(values.is_some_and(|it| it.iter().all(|&value| (value as usize) < count)));
        }
    }

    /// The slots of an open vocabulary; none when it is not counted.
    fn range(&self, store: &Store, concept: Concept) -> Range<usize> {
        if !is_open(concept) {
            return 0..0;
        }
        let place = place(store, open(), concept);
        self.profiles.len() + place.start..self.profiles.len() + place.end
    }

    fn value(&self, slot: usize) -> ValueIdx {
        ValueIdx(self.values[slot - self.profiles.len()])
    }
}

impl Tally {
    /// Counts `studies`, in place of what was counted before: from nothing, from everything or from there,
    /// whichever has the fewest studies to look at.
    pub fn count(&mut self, store: &Store, studies: &Arc<RoaringBitmap>) {
        let facets = &store.facets;
        if self.slots.len() != facets.totals.len() {
            *self = Self { slots: vec![0; facets.totals.len()], ..Self::default() };
        }
        let changed = self.counted.symmetric_difference_len(studies);
        if changed == 0 && !self.traits.is_empty() {
            return;
        }
        let others = store.len() as u64 - studies.len();
        if changed <= others.min(studies.len()) {
            let counted = std::mem::take(&mut self.counted);
            self.add(store, &(&*counted - &**studies), Sign::Minus);
            self.add(store, &(&**studies - &*counted), Sign::Plus);
        } else if studies.len() <= others {
            self.slots.fill(0);
            self.add(store, studies, Sign::Plus);
        } else {
            let mut others = RoaringBitmap::new();
            others.insert_range(0..store.len() as u32);
            others -= &**studies;
            self.slots.copy_from_slice(&facets.totals);
            self.add(store, &others, Sign::Minus);
        }
        self.counted = Arc::clone(studies);
        self.stated =
            open().map(|concept| some(&self.slots[facets.range(store, concept)])).collect();
        self.traits.clear();
        self.traits.resize(Traits::count(store), 0);
        for (profile, &count) in self.slots[..facets.profiles.len()].iter().enumerate() {
            if count > 0 {
                let values = facets.profiles.get(profile).iter();
                values.for_each(|&value| {
                    let total = &mut self.traits[value as usize];
                    *total = total.wrapping_add(count);
                });
            }
        }
    }

    fn add(&mut self, store: &Store, studies: &RoaringBitmap, sign: Sign) {
        let slots = &store.facets.slots;
        let (elements, ends) = (&slots.elements[..], &slots.ends[..]);
        let bounds = |study: u32| {
            let study = study as usize;
            (study.checked_sub(1).map_or(0, |before| ends[before]) as usize, ends[study] as usize)
        };
        let counts = &mut self.slots[..];
        let one = if sign == Sign::Plus { 1 } else { u32::MAX };
        let is_sparse = studies.len() < ends.len() as u64 / SPARSE;
        let (mut studies, mut some) = (studies.iter(), [0; 256]);
        loop {
            let next = &*studies.next_many(&mut some);
            if next.is_empty() {
                return;
            }
            if is_sparse {
                // What lies far apart is fetched all at once.
                let ends = next.iter().map(|&study| bounds(study));
                let own = ends.map(|(start, end)| &elements[start..end]);
                let ends = own
                    .map(|own| own.first().unwrap_or(&0).wrapping_add(*own.last().unwrap_or(&0)));
                std::hint::black_box(ends.fold(0, u32::wrapping_add));
            }
            for &study in next {
                let (start, end) = bounds(study);
                for &slot in &elements[start..end] {
                    let count = &mut counts[slot as usize];
                    *count = count.wrapping_add(one);
                }
            }
        }
    }

    /// How many of the studies counted last have each value of a closed vocabulary.
    pub fn of_closed(&self, store: &Store, concept: Concept) -> &[u32] {
        &self.traits[Traits::values(store, concept)]
    }

    /// How many of them state nothing of a vocabulary; 0 when it is not counted.
    pub fn not_stated(&self, store: &Store, concept: Concept) -> u32 {
        Traits::not_stated(store, concept).map_or(0, |place| self.traits[place])
    }

    /// How many values of an open vocabulary any of them has; 0 when it is not counted.
    pub fn stated(&self, concept: Concept) -> usize {
        let place = open().position(|open| open == concept);
        place.and_then(|place| self.stated.get(place).copied()).unwrap_or_default()
    }

    /// The values of an open vocabulary that most of them have: at most so many, the most frequent first, of equal ones
    /// the first in the vocabulary.
    pub fn first(&self, store: &Store, concept: Concept, most: usize) -> Vec<(ValueIdx, u32)> {
        let facets = &store.facets;
        let slots = facets.range(store, concept);
        let mut first = First { values: Vec::with_capacity(most + 1), most };
        // Where few studies are counted, they have fewer values than have to be looked at otherwise.
        let patience = slots.len().min(2 * self.counted.len() as usize);
        let looked_at = &self.slots[slots.start..slots.start + patience];
        for (block, counts) in (slots.start..).step_by(BLOCK).zip(looked_at.chunks(BLOCK)) {
            let fewest = first.fewest();
            // Those that come have no more studies than this one has at all.
            if fewest > facets.totals[block] {
                return first.values;
            }
            if counts.iter().fold(0, |most, &count| count.max(most)) >= fewest.max(1) {
                for (slot, &count) in (block..).zip(counts) {
                    first.offer(facets.value(slot), count);
                }
            }
        }
        if slots.len() > patience {
            for study in &*self.counted {
                for &slot in facets.slots.get(study as usize) {
                    if slots.contains(&(slot as usize)) {
                        first.offer(facets.value(slot as usize), self.slots[slot as usize]);
                    }
                }
            }
        }
        first.values
    }
}

/// So many counts are looked at at once.
const BLOCK: usize = 64;

/// How many of the counts are not 0.
fn some(counts: &[u32]) -> usize {
    // A block at a time, so that several are looked at at once.
    let some = |block: &[u32]| block.iter().map(|&count| u32::from(count > 0)).sum::<u32>();
    counts.chunks(1024).map(|block| some(block) as usize).sum()
}

/// The most frequent values of those that were offered.
struct First {
    values: Vec<(ValueIdx, u32)>,
    most: usize,
}

impl First {
    /// What a value must have to be among them; 0 while there is room.
    fn fewest(&self) -> u32 {
        let last = self.most.checked_sub(1).and_then(|last| self.values.get(last));
        last.map_or(0, |&(_, count)| count)
    }

    /// Takes a value if it is among the most frequent; it may be offered more than once.
    fn offer(&mut self, value: ValueIdx, count: u32) {
        if count == 0 || count < self.fewest() {
            return;
        }
        let key = |&(value, count): &(ValueIdx, u32)| (Reverse(count), value);
        if let Err(place) = self.values.binary_search_by_key(&(Reverse(count), value), key) {
            self.values.insert(place, (value, count));
            self.values.truncate(self.most);
        }
    }
}

impl Stored for Facets {
    fn write(&self, out: &mut Writer) -> std::io::Result<()> {
        self.slots.write(out)?;
        self.profiles.write_front(out, Front::Whole)?;
        self.values.write_front(out, Front::Whole)?;
        self.totals.write_front(out, Front::Whole)
    }

    fn read(from: &mut Sections) -> Result<Self, Damage> {
        Ok(Self {
            slots: Stored::read(from)?,
            profiles: Stored::read(from)?,
            values: Stored::read(from)?,
            totals: Stored::read(from)?,
        })
    }
}
