//! Makes a store of records, one after another.

use std::cmp::Reverse;
use std::fs::File;
use std::mem;
use std::panic::resume_unwind;
use std::sync::Mutex;
use std::thread;

use super::array::{Array, Column};
use super::facets::Facets;
use super::newest::{Newest, Pushed};
use super::order::{self, MOST_STUDIES, Ordered};
use super::pool::{Lists, Strings, TooLarge};
use super::records::{RecordOrigin, RecordsBuilder};
use super::sites::{Names, SitesBuilder};
use super::trees::TreesBuilder;
use super::vocabulary::{Finished, VocabularyBuilder};
use super::{NOT_STATED, Store, StoreId, StudyIdx};
use crate::cores;
use crate::study::concept::{Form, Kind};
use crate::study::summary::{Summary, SummaryError};
use crate::study::{Age, Concept, NctId, StatedCount, StatedDate, mend};
use crate::text;

/// Takes records in any order; of several with one id the newest counts.
#[derive(Debug)]
pub struct StoreBuilder {
    newest: Newest,
    /// The number of the batch that is being pushed.
    batch: u64,
    /// How many records have something in place of a number that is none.
    without_number: u64,
    titles: Strings,
    official_titles: Strings,
    /// A column for each concept that is kept as numbers.
    numbers: Vec<Vec<u32>>,
    vocabularies: Vec<VocabularyBuilder>,
    trees: TreesBuilder,
    sites: SitesBuilder,
    records: RecordsBuilder,
}

/// How many bytes become of one byte of a record at most, in any one place: a ligature of three bytes is written out in
/// thirty-three letters, a control character in three bytes.
const MOST_ADDED: usize = 16;

/// Says why a record was not taken.
#[derive(Debug, thiserror::Error)]
pub enum PushError {
    #[error(transparent)]
    Summary(#[from] SummaryError),
    #[error("could not be compressed: {0}")]
    Compress(#[from] std::io::Error),
    #[error(transparent)]
    TooLarge(#[from] TooLarge),
}

#[cfg(test)]
impl Store {
    /// A store of made-up records.
    pub(crate) fn of(records: impl IntoIterator<Item = crate::study::made::Made>) -> Self {
        let mut builder = StoreBuilder::default();
        for record in records {
            builder.push(&record.json()).unwrap();
        }
        builder.finish().unwrap()
    }
}

impl Default for StoreBuilder {
    fn default() -> Self {
        Self {
            newest: Newest::default(),
            batch: 0,
            without_number: 0,
            titles: Strings::default(),
            official_titles: Strings::default(),
            numbers: Concept::kept_as(Form::Number).map(|_| Vec::new()).collect(),
            vocabularies: Concept::vocabularies().map(VocabularyBuilder::new).collect(),
            trees: TreesBuilder::default(),
            sites: SitesBuilder::default(),
            records: RecordsBuilder::default(),
        }
    }
}

impl StoreBuilder {
    /// Writes the records that it absorbs to the end of `file` instead of keeping them in memory.
    pub fn write_records_to(&mut self, file: File) -> Result<(), PushError> {
        Ok(self.records.write_to(file)?)
    }

    /// Says that what is pushed from here on stands in the dataset behind all batches with lower numbers, and before those
    /// with higher ones; they may be pushed to other builders.
    pub fn begin(&mut self, batch: u64) {
        self.batch = batch;
    }

    /// Adds one record, and keeps a copy of it.
    pub fn push(&mut self, json: &str) -> Result<NctId, PushError> {
        self.push_from(json, RecordOrigin::Unknown)
    }

    /// Adds one record. At its place it is read again when it is asked for, and no copy is kept; of others there has to
    /// be one.
    pub fn push_from(&mut self, json: &str, origin: RecordOrigin) -> Result<NctId, PushError> {
        let mended;
        let summary = match Summary::parse(json) {
            Ok(summary) => summary,
            Err(error) => {
                mended = mend::mended(json).ok_or(error)?;
                let summary = Summary::parse(&mended.json)?;
                self.without_number += u64::from(mended.has_no_number && summary.id().is_ok());
                summary
            }
        };
        let id = summary.id()?;
        let batch = Reverse(self.batch);
        let version = (summary.updated(), summary.given_out(), json.len(), batch);
        let pushed =
            Pushed { version, row: self.titles.len() as u32, record: self.records.len() as u32 };
        if self.newest.has_newer(id, version) {
            if self.newest.has_room() {
                self.records.push(json, origin)?;
                self.newest.push(id, pushed);
            }
            return Ok(id);
        }
        self.room_for(1, MOST_ADDED.saturating_mul(json.len()))?;
        self.records.push(json, origin)?;
        self.newest.push(id, pushed);

        let identification = &summary.protocol.identification;
        self.titles.push(identification.brief_title.plain());
        self.official_titles.push(identification.official_title.plain());
        for (concept, column) in Concept::kept_as(Form::Number).zip(&mut self.numbers) {
            column.push(number(concept, &summary).unwrap_or(NOT_STATED));
        }
        for (concept, vocabulary) in Concept::vocabularies().zip(&mut self.vocabularies) {
            if let Some(read) = concept.definition().kind.values() {
                vocabulary.push(|give| read(&summary, give));
            }
        }
        self.trees.push(&summary);
        self.sites.push(&summary);
        Ok(id)
    }

    /// Compresses what was pushed last, so that nothing is left to do for [`absorb`](Self::absorb).
    pub fn close(&mut self) -> Result<(), PushError> {
        Ok(self.records.close()?)
    }

    /// Takes the studies of another builder, which keeps its room for more. It may have been made on any thread, and must
    /// be closed.
    pub fn absorb(&mut self, other: &mut Self) -> Result<(), PushError> {
        self.room_for(other.titles.len(), 0)?;
        self.titles.room_for(other.titles.text.len())?;
        self.official_titles.room_for(other.official_titles.text.len())?;
        for (vocabulary, other) in self.vocabularies.iter().zip(&other.vocabularies) {
            vocabulary.room_to_absorb(other)?;
        }
        self.without_number += mem::take(&mut other.without_number);
        let (rows, records) = (self.titles.len() as u32, self.records.len() as u32);
        self.newest.absorb(&mut other.newest, rows, records);
        self.titles.append(&mut other.titles);
        self.official_titles.append(&mut other.official_titles);
        for (column, other) in self.numbers.iter_mut().zip(&mut other.numbers) {
            column.append(other);
        }
        for (vocabulary, other) in self.vocabularies.iter_mut().zip(&mut other.vocabularies) {
            vocabulary.absorb(other);
        }
        self.trees.absorb(&mut other.trees);
        self.sites.absorb(&mut other.sites);
        Ok(self.records.absorb(mem::take(&mut other.records))?)
    }

    /// A copy of everything that was absorbed, to make a store of while more is read. Its records can be read as long as
    /// the file stands to which they are written.
    pub fn so_far(&self) -> Result<Self, PushError> {
        Ok(Self {
            newest: self.newest.clone(),
            titles: self.titles.clone(),
            official_titles: self.official_titles.clone(),
            numbers: self.numbers.clone(),
            vocabularies: self.vocabularies.clone(),
            trees: self.trees.clone(),
            sites: self.sites.clone(),
            records: self.records.so_far()?,
            ..*self
        })
    }

    /// Whether so many records find room that add so many bytes to anything at most.
    fn room_for(&self, records: usize, bytes: usize) -> Result<(), TooLarge> {
        if self.titles.len() + records > MOST_STUDIES {
            return Err(TooLarge("1,073,741,823 records"));
        }
        self.titles.room_for(bytes)?;
        self.official_titles.room_for(bytes)?;
        self.vocabularies.iter().try_for_each(|vocabulary| vocabulary.room_for(bytes))
    }

    /// How many records have `NaN` or `Infinity` in place of a number, which counts as not stated.
    pub fn without_number(&self) -> u64 {
        self.without_number
    }

    /// How many distinct studies there are so far.
    pub fn len(&self) -> usize {
        self.newest.len()
    }

    pub fn is_empty(&self) -> bool {
        self.newest.len() == 0
    }

    /// Makes the store, its studies with the newest update first.
    pub fn finish(self) -> Result<Store, PushError> {
        let mut studies: Vec<_> = self
            .newest
            .newest()
            .map(|(id, pushed)| (Reverse(pushed.version.0), id, pushed.row, pushed.record))
            .collect();
        studies.sort_unstable();
        let ids: Column = studies.iter().map(|(_, id, ..)| id.number()).collect();
        let kept: Vec<u32> = studies.iter().map(|&(_, _, row, _)| row).collect();
        let mut records: Vec<u32> = studies.into_iter().map(|(.., record)| record).collect();
        let mut by_id: Vec<u32> = (0..kept.len() as u32).collect();
        by_id.sort_unstable_by_key(|&study| ids[study as usize]);
        let study = |id: NctId| {
            let place = by_id.binary_search_by_key(&id.number(), |&study| ids[study as usize]);
            by_id[place.expect("an older record has a newer one")]
        };
        let older = self
            .newest
            .into_older()
            .into_iter()
            .map(|(id, pushed)| (study(id), pushed.record))
            .collect();
        let older = self.records.distinct(&records, older);
        records.extend(older.iter().map(|&(_, record)| record));

        // What is picked from is let go at once, before the vocabularies take its room.
        let pick =
            |column: Vec<u32>| kept.iter().map(|&place| column[place as usize]).collect::<Column>();
        let pick_strings =
            |strings: Strings| kept.iter().map(|&place| strings.bytes(place as usize)).collect();
        let (titles, official_titles) =
            both(|| pick_strings(self.titles), || pick_strings(self.official_titles));
        let mut store = Store {
            identity: StoreId::unused(),
            titles,
            official_titles,
            numbers: self.numbers.into_iter().map(pick).collect(),
            older: older.into_iter().map(|(study, _)| study).collect(),
            by_id: by_id.into(),
            ids,
            ..Store::default()
        };
        let (by_title, vocabularies) = both(
            || Ordered::by_text(&store.by_id, |study| text::fold(store.title(study))),
            || finished(self.vocabularies, &kept),
        );
        let by_title = by_title?;
        let mut by_site = Vec::new();
        for finished in vocabularies? {
            store.vocabularies.push(finished.vocabulary);
            by_site.push(finished.by_site);
        }
        let names = names(by_site);
        let rest = || {
            let sites = self.sites.finish(&kept, names);
            let trees = self.trees.finish(&kept, &store);
            (order::orders(&store, by_title), aliases(&store), trees, sites)
        };
        let (facets, (orders, aliases, trees, sites)) = both(|| Facets::new(&store), rest);
        (store.facets, store.sites) = (facets?, sites?);
        (store.orders, store.aliases, store.trees) = (orders, aliases, trees);
        store.records = self.records.finish(records.into_iter())?;
        Ok(store)
    }
}

/// The number that a record states for a concept that is kept as numbers.
fn number(concept: Concept, summary: &Summary) -> Option<u32> {
    match concept.definition().kind {
        Kind::Date(read) => read(summary).map(StatedDate::to_code),
        // A number that no record means has no code, and counts as not stated.
        Kind::Count(read) => read(summary).and_then(StatedCount::to_code),
        Kind::Age(read) => {
            read(summary).map(|age| age.ok().and_then(Age::to_code).unwrap_or(Age::UNREADABLE))
        }
        Kind::Codes(..)
        | Kind::Names(_)
        | Kind::Words(_)
        | Kind::AgeLimits
        | Kind::Passages(_)
        | Kind::Prose => None,
    }
}

/// What sites are called, from what is known of them beside each vocabulary.
fn names(mut by_site: Vec<Lists>) -> Names {
    let mut of = |concept: Concept| mem::take(&mut by_site[concept.place()]);
    Names {
        country: of(Concept::Country),
        state: of(Concept::State),
        city: of(Concept::City),
        facility: of(Concept::Facility),
        zip: of(Concept::Zip),
    }
}

/// The ids that are no study's own, ascending; of several studies that state one the first has it. Needs the
/// vocabularies of the store.
fn aliases(store: &Store) -> Array<[u32; 2]> {
    let ids = store.vocabulary(Concept::Id);
    let stated = ids.values_that_may_begin_with('n').filter_map(|value| {
        let id: NctId = ids.folded(value).parse().ok()?;
        let first = *ids.studies(value).first()?;
        // Most are the own id of the only study that states it.
        let is_own = store.id(StudyIdx(first)) == id || store.find(id).is_some();
        (!is_own).then_some([id.number(), first])
    });
    let mut aliases: Vec<[u32; 2]> = stated.collect();
    aliases.sort_unstable();
    aliases.into()
}

/// Does both at once.
fn both<A: Send, B>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B) -> (A, B) {
    let waiting = Mutex::new(Some(one));
    let one = || waiting.lock().ok().and_then(|mut one| one.take()).map(|one| one());
    thread::scope(|scope| {
        let thread = cores::spawn(scope, one);
        let other = other();
        let done = thread.and_then(|it| it.join().unwrap_or_else(|panic| resume_unwind(panic)));
        (done.or_else(one).expect("it is done once, there or here"), other)
    })
}

/// Finishes every vocabulary, on all cores; the large ones first, so that no core is left with one in the end.
fn finished(builders: Vec<VocabularyBuilder>, kept: &[u32]) -> Result<Vec<Finished>, TooLarge> {
    let mut builders: Vec<_> = builders.into_iter().enumerate().collect();
    builders.sort_by_key(|(_, builder)| Reverse(builder.size()));
    let waiting = Mutex::new(builders.into_iter());
    let finish = || {
        let mut finished = Vec::new();
        loop {
            let next = waiting.lock().expect("nobody panics while taking one").next();
            let Some((place, builder)) = next else { return finished };
            finished.push((place, builder.finish(kept)));
        }
    };
    let mut finished = thread::scope(|scope| {
        let others = thread::available_parallelism().map_or(1, usize::from) - 1;
        let others: Vec<_> = (0..others).filter_map(|_| cores::spawn(scope, finish)).collect();
        let mut all = finish();
        for other in others {
            all.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        all
    });
    finished.sort_unstable_by_key(|&(place, _)| place);
    finished.into_iter().map(|(_, vocabulary)| vocabulary).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_large_is_refused_before_anything_is_taken() {
        let mut builder = StoreBuilder::default();
        let record = r#"{"protocolSection":{"identificationModule":{"nctId":"NCT00000001","briefTitle":"A"}}}"#;
        builder.push(record).unwrap();
        assert_eq!(builder.room_for(1, record.len()), Ok(()));
        for (records, bytes, limit) in [
            (MOST_STUDIES, 0, "1,073,741,823 records"),
            (1, u32::MAX as usize, "4 GiB of distinct text of one kind"),
        ] {
            let refused = PushError::from(builder.room_for(records, bytes).unwrap_err());
            assert!(refused.to_string().contains(limit), "{refused}");
        }
    }
}
