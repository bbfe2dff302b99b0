//! The immutable in-memory index over a dataset: "here is my [`StudyIdx`], give me the value".
//!
//! A struct of arrays, in memory or mapped from a [`snapshot`]. Per study it costs 4 bytes for each concept of numbers,
//! its titles and 8 bytes more, 8 bytes and a share of the vocabularies for each value it states, 8 bytes for each
//! alias, 33 bytes for each site, and 32 bytes that say where its record is, with a compressed copy of it where it cannot be read again in
//! the dataset. Studies stand with the newest update first, which is the order in which most answers are read. What
//! makes answers quick costs about 400 bytes a study more: words by number in [`Vocabulary`], sets for beginnings of
//! words, orders, facets. It knows nothing of queries.

mod array;
mod build;
mod facets;
mod map;
mod newest;
mod numbers;
mod order;
mod pool;
mod postings;
pub mod prose;
mod records;
mod runs;
mod sites;
pub mod snapshot;
mod spelled;
mod stated;
mod trees;
mod union;
mod vocabulary;

pub use build::{PushError, StoreBuilder};
pub use facets::Tally;
pub use order::{Class, Ordered};
pub use pool::TooLarge;
pub use postings::ValueIdx;
pub use prose::Prose;
pub use records::{RecordError, RecordOrigin};
pub use sites::{Around, Gazetteer, Place, PlaceIdx, SiteIdx, Sites};
pub use stated::Stated;
pub use trees::Tree;
pub use union::Union;
pub use vocabulary::Vocabulary;

use std::io;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use array::{Array, Column};
use facets::Facets;
use pool::Strings;
use records::Records;
use snapshot::{Below, Bounds, Damage, Flat as _, Front, Sections, Stored, Writer};
use trees::Trees;

use crate::study::concept::Form;
use crate::study::{Concept, NctId, PartialDate, StatedDate, Study};

/// A study's place in the store: the newest update first, those that state none last, and of equal
/// ones the lower id first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StudyIdx(pub u32);

/// Which store it is, among all that this process has made: no two have the same one, but for those without a study.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct StoreId(u64);

impl StoreId {
    /// One that no store has had.
    fn unused() -> Self {
        static LAST: AtomicU64 = AtomicU64::new(0);
        Self(LAST.fetch_add(1, Ordering::Relaxed) + 1)
    }
}

/// What a column holds where the study states nothing. It is no code of a date, a count or an age.
const NOT_STATED: u32 = u32::MAX;

/// So many studies from the newest on can be listed and read before the whole of a [`snapshot`] is checked: more than a
/// screen has rows.
pub const FRONT: usize = 1024;

/// Everything that is known of a dataset. Immutable; shared by `Arc`.
#[derive(Debug, Default)]
pub struct Store {
    identity: StoreId,
    /// The numbers of [`NctId`].
    ids: Column,
    /// Every study, by ascending id.
    by_id: Column,
    /// Numbers of ids that studies have beside their own, ascending, each with the study.
    aliases: Array<[u32; 2]>,
    /// The study of each older record, ascending, and of one study the newest first; the records stand behind those of
    /// the studies.
    older: Column,
    /// Brief titles; empty where none is stated.
    titles: Strings,
    official_titles: Strings,
    /// A column for each concept that is kept as numbers, in the order of [`Concept`]: codes of [`StatedDate`],
    /// [`StatedCount`](crate::study::StatedCount) and [`Age`](crate::study::Age).
    numbers: Vec<Column>,
    /// One for each concept with a vocabulary, in the order of [`Concept`].
    vocabularies: Vec<Vocabulary>,
    /// One for each of [`Concept::orders`].
    orders: Vec<Ordered>,
    facets: Facets,
    trees: Trees,
    sites: Sites,
    records: Records,
    /// Made when everything else is there.
    prose: OnceLock<Prose>,
}

impl Store {
    /// What tells this store from every other. A place in one means nothing in another.
    pub fn identity(&self) -> StoreId {
        self.identity
    }

    /// How many studies there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Every study, the newest update first.
    pub fn studies(&self) -> impl Iterator<Item = StudyIdx> + use<> {
        (0..self.len() as u32).map(StudyIdx)
    }

    pub fn id(&self, study: StudyIdx) -> NctId {
        NctId::from_number(self.ids[study.0 as usize]).unwrap_or_default()
    }

    /// The study that has `id`, now or as an alias.
    pub fn find(&self, id: NctId) -> Option<StudyIdx> {
        let number = |study: &u32| self.ids[*study as usize];
        if let Ok(place) = self.by_id.binary_search_by_key(&id.number(), number) {
            return Some(StudyIdx(self.by_id[place]));
        }
        let alias = self.aliases.binary_search_by_key(&id.number(), |&[number, _]| number).ok()?;
        Some(StudyIdx(self.aliases[alias][1]))
    }

    /// The brief title, else the official one, else words that say there is none.
    pub fn title(&self, study: StudyIdx) -> &str {
        let titles = [self.brief_title(study), self.official_title(study), "(no title stated)"];
        titles.into_iter().find(|title| !title.is_empty()).unwrap_or_default()
    }

    /// The brief title; empty when not stated.
    pub fn brief_title(&self, study: StudyIdx) -> &str {
        self.titles.get(study.0 as usize)
    }

    /// The official title; empty when not stated.
    pub fn official_title(&self, study: StudyIdx) -> &str {
        self.official_titles.get(study.0 as usize)
    }

    /// When the record last changed.
    pub fn updated(&self, study: StudyIdx) -> Option<PartialDate> {
        self.date(study, Concept::Updated).map(|stated| stated.date)
    }

    /// The date that `study` states for a concept of dates.
    pub fn date(&self, study: StudyIdx, concept: Concept) -> Option<StatedDate> {
        self.number(study, concept).and_then(StatedDate::from_code)
    }

    /// What `study` states for a concept that is kept as numbers: the code of a date, a count or an age.
    pub fn number(&self, study: StudyIdx, concept: Concept) -> Option<u32> {
        if concept.definition().kind.form() != Form::Number {
            return None;
        }
        let number = *self.numbers.get(concept.place())?.get(study.0 as usize)?;
        (number != NOT_STATED).then_some(number)
    }

    /// The newest date on which any record changed: the age of the dataset.
    pub fn newest(&self) -> Option<PartialDate> {
        self.studies().next().and_then(|study| self.updated(study))
    }

    /// The distinct values of a field.
    pub fn vocabulary(&self, concept: Concept) -> &Vocabulary {
        static NONE: std::sync::LazyLock<Vocabulary> =
            std::sync::LazyLock::new(Vocabulary::default);
        let has_one = concept.definition().kind.form() == Form::Vocabulary;
        has_one.then(|| self.vocabularies.get(concept.place())).flatten().unwrap_or(&NONE)
    }

    /// Every study in the order of a concept; empty if there is no such order.
    pub fn ordered(&self, concept: Concept) -> &Ordered {
        static NONE: std::sync::LazyLock<Ordered> = std::sync::LazyLock::new(Ordered::default);
        let place = Concept::orders().position(|(ordered, _)| ordered == concept);
        place.and_then(|place| self.orders.get(place)).unwrap_or(&NONE)
    }

    /// What `study` states for a field, in the order of its record.
    pub fn labels(&self, study: StudyIdx, concept: Concept) -> impl Iterator<Item = &str> {
        let vocabulary = self.vocabulary(concept);
        vocabulary.values(study).map(|value| vocabulary.label(value))
    }

    /// The record as the registry published it.
    pub fn record(&self, study: StudyIdx) -> Result<String, RecordError> {
        self.records.get(study.0 as usize)
    }

    /// The index of the prose, once it is there.
    pub fn prose(&self) -> Option<&Prose> {
        self.prose.get()
    }

    /// Takes the index of the prose in, unless there is one.
    pub fn take_prose(&self, prose: Prose) {
        _ = self.prose.set(prose);
    }

    /// How many distinct records of a study were read.
    pub fn versions(&self, study: StudyIdx) -> usize {
        1 + self.older_than(study).len()
    }

    /// The record of a study that is older than so many others of it: 0 for the one that counts. It must be one of its
    /// [`versions`](Self::versions).
    pub fn version(&self, study: StudyIdx, newer: usize) -> Result<String, RecordError> {
        self.records.get(self.place_of(study, newer))
    }

    /// The path of the file that a [`version`](Self::version) comes from, where it is known.
    pub fn file(&self, study: StudyIdx, newer: usize) -> Option<&str> {
        self.records.file(self.place_of(study, newer))
    }

    /// Where a version stands among the records.
    fn place_of(&self, study: StudyIdx, newer: usize) -> usize {
        let older = newer.checked_sub(1);
        older.map_or(study.0 as usize, |older| self.len() + self.older_than(study).start + older)
    }

    fn older_than(&self, study: StudyIdx) -> std::ops::Range<usize> {
        let start = self.older.partition_point(|&of| of < study.0);
        start..self.older.partition_point(|&of| of <= study.0)
    }

    /// The whole of a study.
    pub fn study(&self, study: StudyIdx) -> Result<Study, RecordError> {
        Ok(Study::parse(&self.record(study)?)?)
    }
}

impl Store {
    /// Says what the arrays of a store that was read keep to.
    fn bind(&self, bounds: &mut Bounds) {
        let studies = self.len();
        bounds.holds(studies <= order::MOST_STUDIES);
        bounds.ends(&self.older, self.older.len(), studies.saturating_sub(1));
        bounds.holds(self.by_id.len() == studies);
        bounds.numbers(&self.by_id, Below::limit(studies));
        bounds.numbers(&self.aliases, Below::limit(studies).in_column(1));
        bounds.shown(&self.titles, studies);
        bounds.shown(&self.official_titles, studies);
        bounds.holds(self.numbers.iter().all(|column| column.len() == studies));
        for vocabulary in &self.vocabularies {
            vocabulary.bind(bounds, studies);
        }
        for ordered in &self.orders {
            ordered.bind(bounds, studies);
        }
        self.facets.bind(self, bounds);
        self.trees.bind(self, bounds);
        self.sites.bind(self, bounds);
        self.records.bind(bounds, studies + self.older.len());
    }
}

impl Stored for Store {
    fn write(&self, out: &mut Writer) -> io::Result<()> {
        let first = Front::First(FRONT);
        // Whether an id leads to a study shows where a record mentions it.
        self.ids.write_front(out, Front::Whole)?;
        self.by_id.write_front(out, Front::Whole)?;
        self.aliases.write_front(out, Front::Whole)?;
        self.older.write_front(out, Front::Whole)?;
        self.titles.write_front(out, first)?;
        self.official_titles.write_front(out, first)?;
        self.numbers.iter().try_for_each(|column| column.write_front(out, first))?;
        for (concept, vocabulary) in Concept::vocabularies().zip(&self.vocabularies) {
            let is_shown = facets::is_named_at_once(concept);
            vocabulary.write(out, if is_shown { Front::Whole } else { Front::Nothing })?;
        }
        self.orders.iter().try_for_each(|ordered| ordered.0.write(out))?;
        self.facets.write(out)?;
        self.trees.write(out)?;
        self.sites.write(out)?;
        self.records.write(out)
    }

    fn read(from: &mut Sections) -> Result<Self, Damage> {
        let ids = Column::read(from)?;
        from.studies = u32::try_from(ids.len()).map_err(|_| Damage::Misfit)?;
        Ok(Self {
            identity: StoreId::unused(),
            ids,
            by_id: Stored::read(from)?,
            aliases: Stored::read(from)?,
            older: Stored::read(from)?,
            titles: Stored::read(from)?,
            official_titles: Stored::read(from)?,
            numbers: Concept::kept_as(Form::Number)
                .map(|_| Stored::read(from))
                .collect::<Result<_, _>>()?,
            vocabularies: Concept::vocabularies()
                .map(|_| Vocabulary::read(from))
                .collect::<Result<_, _>>()?,
            orders: Concept::orders()
                .map(|_| Stored::read(from).map(Ordered))
                .collect::<Result<_, _>>()?,
            facets: Stored::read(from)?,
            trees: Stored::read(from)?,
            sites: Stored::read(from)?,
            records: Stored::read(from)?,
            prose: OnceLock::new(),
        })
    }
}

#[cfg(test)]
mod tests;
