//! Makes a store of records, one after another.

use std::collections::HashMap;

use super::pool::Strings;
use super::records::Records;
use super::vocab::VOCABULARIES;
use super::vocabulary::VocabularyBuilder;
use super::{Column, NOT_STATED, Store};
use crate::study::summary::{Summary, SummaryError};
use crate::study::{NctId, PartialDate, surrogate};
use crate::text;

/// Takes records in any order; of several with one id the newest counts.
#[derive(Debug)]
pub struct StoreBuilder {
    /// What the newest record of each study is, and where it was pushed.
    newest: HashMap<NctId, (Version, u32)>,
    titles: Strings,
    official_titles: Strings,
    updated: Column,
    started: Column,
    enrollment: Column,
    vocabularies: Vec<VocabularyBuilder>,
    records: Records,
}

/// Orders the records of one study: by the date of the last update, then by the day on which the
/// registry gave the record out (it adds terms of its own in between), then, so that a whole record
/// counts more than a part of it, by length.
type Version = (Option<PartialDate>, Option<PartialDate>, usize);

/// Says why a record was not taken.
#[derive(Debug, thiserror::Error)]
pub enum PushError {
    #[error(transparent)]
    Summary(#[from] SummaryError),
    #[error("could not be compressed: {0}")]
    Compress(#[from] std::io::Error),
}

impl Default for StoreBuilder {
    fn default() -> Self {
        Self {
            newest: HashMap::new(),
            titles: Strings::default(),
            official_titles: Strings::default(),
            updated: Column::new(),
            started: Column::new(),
            enrollment: Column::new(),
            vocabularies: VOCABULARIES
                .iter()
                .map(|entry| VocabularyBuilder::new(entry.vocab))
                .collect(),
            records: Records::default(),
        }
    }
}

impl StoreBuilder {
    /// Adds one record.
    pub fn push(&mut self, json: &str) -> Result<NctId, PushError> {
        let mended;
        let summary = match Summary::parse(json) {
            Ok(summary) => summary,
            Err(error) => {
                mended = surrogate::mended(json).ok_or(error)?;
                Summary::parse(&mended)?
            }
        };
        let id = summary.id()?;
        let version = (summary.updated(), summary.given_out(), json.len());
        if self.newest.get(&id).is_some_and(|(newest, _)| *newest >= version) {
            return Ok(id);
        }
        self.records.push(json)?;
        self.newest.insert(id, (version, self.titles.len() as u32));

        let identification = &summary.protocol.identification;
        self.titles.push(&text::plain(identification.brief_title.get().unwrap_or_default()));
        self.official_titles
            .push(&text::plain(identification.official_title.get().unwrap_or_default()));
        let code = |date: Option<PartialDate>| date.map_or(NOT_STATED, PartialDate::to_code);
        self.updated.push(code(summary.updated()));
        self.started.push(code(summary.protocol.status.start.get()));
        self.enrollment.push(summary.protocol.design.enrollment.count.0.unwrap_or(NOT_STATED));
        for (entry, vocabulary) in VOCABULARIES.iter().zip(&mut self.vocabularies) {
            vocabulary.push(|give| (entry.read)(&summary, give));
        }
        Ok(id)
    }

    /// Compresses what was pushed last, so that nothing is left to do for [`absorb`](Self::absorb).
    pub fn close(&mut self) -> Result<(), PushError> {
        Ok(self.records.close()?)
    }

    /// Adds the studies of another builder, as if its records had been pushed after its own. The
    /// other one, made on any thread, must be closed.
    pub fn absorb(&mut self, other: Self) -> Result<(), PushError> {
        let before = self.titles.len() as u32;
        for (id, (version, place)) in other.newest {
            if self.newest.get(&id).is_none_or(|(newest, _)| *newest < version) {
                self.newest.insert(id, (version, before + place));
            }
        }
        self.titles.append(&other.titles);
        self.official_titles.append(&other.official_titles);
        self.updated.extend(other.updated);
        self.started.extend(other.started);
        self.enrollment.extend(other.enrollment);
        for (vocabulary, other) in self.vocabularies.iter_mut().zip(other.vocabularies) {
            vocabulary.absorb(other);
        }
        Ok(self.records.absorb(other.records)?)
    }

    /// How many distinct studies there are so far.
    pub fn len(&self) -> usize {
        self.newest.len()
    }

    pub fn is_empty(&self) -> bool {
        self.newest.is_empty()
    }

    /// Makes the store, its studies in the order of their ids.
    pub fn finish(mut self) -> Result<Store, PushError> {
        self.records.close()?;
        let mut studies: Vec<(NctId, u32)> =
            self.newest.into_iter().map(|(id, (_, place))| (id, place)).collect();
        studies.sort_unstable();
        let (ids, kept): (Vec<NctId>, Vec<u32>) = studies.into_iter().unzip();
        let pick = |column: &Column| kept.iter().map(|&place| column[place as usize]).collect();
        let pick_strings =
            |strings: &Strings| kept.iter().map(|&place| strings.get(place as usize)).collect();
        Ok(Store {
            titles: pick_strings(&self.titles),
            official_titles: pick_strings(&self.official_titles),
            updated: pick(&self.updated),
            started: pick(&self.started),
            enrollment: pick(&self.enrollment),
            vocabularies: self
                .vocabularies
                .into_iter()
                .map(|builder| builder.finish(&kept))
                .collect(),
            records: self.records,
            record_places: kept,
            ids,
        })
    }
}
