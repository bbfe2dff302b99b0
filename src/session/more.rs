//! Taking in more of a dataset while somebody works with what there is of it already. The present query is asked of the
//! larger store first; with the answer that store takes the place of the smaller one, so that the list is never empty.
//! What is selected and pinned stays so.

use std::mem;
use std::sync::Arc;

use super::{Effect, JobId, Landing, Session};
use crate::dataset::Dataset;
use crate::search::{self, Results};
use crate::store::Store;
use crate::study::NctId;

/// How much of the dataset the store holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Completeness {
    /// What has been read so far.
    Part,
    #[default]
    Whole,
}

/// More of the dataset, which is open as soon as the query is answered.
#[derive(Debug)]
pub(super) struct More {
    dataset: Dataset,
    completeness: Completeness,
    /// The first question that is asked of it.
    since: JobId,
}

impl Session {
    /// Takes in as much of the dataset as there is now.
    pub fn take_more(&mut self, dataset: Dataset, completeness: Completeness) {
        if !self.is_searching() || self.store.is_empty() {
            self.landing = match (self.is_used, self.left_at) {
                (true, _) => Landing::Stay,
                (false, Some(id)) => Landing::On(id),
                (false, None) => Landing::First,
            };
        }
        self.request(Effect::ServeMore);
        self.ask_again();
        self.more = Some(More { dataset, completeness, since: self.asked });
    }

    /// The store that questions are asked of now, while it is not open yet.
    pub fn coming(&self) -> Option<&Arc<Store>> {
        self.more.as_ref().map(|more| &more.dataset.store)
    }

    /// Opens the larger store, if this is the job of an answer from there.
    pub(super) fn open_more(&mut self, job: JobId) {
        let Some(More { dataset, completeness, .. }) = self.more.take_if(|more| job >= more.since)
        else {
            return;
        };
        let selected = self.row().map(|study| self.store.id(study));
        if matches!(self.landing, Landing::Stay | Landing::Here) {
            self.landing = selected.map_or(Landing::First, Landing::On);
        }
        // They name studies and values of the other store.
        self.results = Results::default();
        self.grouping = None;
        (self.visited, self.versions) = (None, None);
        // A place that the smaller store does not know may be known here.
        self.error = search::parse_with(&self.text, self.today, self.references()).err();
        self.hold(dataset, completeness);
    }

    /// Holds a dataset. Pinned studies that are not in it are awaited as long as more of it comes.
    pub(super) fn hold(&mut self, dataset: Dataset, completeness: Completeness) {
        let awaited = mem::take(&mut self.awaited_pins);
        let pins: Vec<NctId> = mem::take(&mut self.pins).into_iter().chain(awaited).collect();
        self.store = dataset.store;
        self.bad = dataset.bad;
        (self.skipped, self.replaced) = (dataset.skipped, dataset.replaced);
        self.completeness = completeness;
        (self.pins, self.awaited_pins) =
            pins.into_iter().partition(|&id| self.store.find(id).is_some());
        if completeness == Completeness::Whole {
            self.awaited_pins.clear();
        }
        let is_there = self.left_at.is_some_and(|id| self.store.find(id).is_some());
        if is_there || completeness == Completeness::Whole || self.is_used {
            self.left_at = None;
        }
    }

    /// Says that something waits until the whole dataset is there; false if it is.
    pub fn waits_for_the_rest(&mut self, what: &str) -> bool {
        let waits = self.completeness == Completeness::Part;
        if waits {
            self.fail(format!("{what} would be a part: the dataset is still being read"));
        }
        waits
    }
}
