//! A made-up registry that resembles the real one, of any size, the same for the same seed.
//!
//! A study follows from its index alone, so studies can be made in any order and on any number of threads. All names
//! are put together from parts. How many there are of what, and how often something is odd, is as in the real
//! registry.

mod chance;
mod contacts;
mod date;
mod derived;
mod design;
mod draft;
mod event;
mod json;
mod known;
mod outcome;
mod phrases;
mod prose;
mod protocol;
mod results;
mod words;
mod written;

pub(crate) mod output;
pub(crate) mod place;
pub(crate) mod vocabulary;

use json::Json;
use vocabulary::Size;

/// How many studies the whole registry has.
pub(crate) const FULL: u32 = 605_599;

/// The most studies that ids are left for.
pub(crate) const MOST: u32 = 3_000_000;

/// From this size on, a registry has one study as large as the largest there is.
const LARGEST_FROM: u32 = 1000;

/// Which ids there are: one study in each of as many equal spans below this number.
const LAST_ID: u64 = 7_400_000;

/// What the studies have in common.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Registry {
    studies: u32,
    seed: u64,
    conditions: Size,
    interventions: Size,
    sponsors: Size,
    keywords: Size,
    places: Size,
    words: Size,
}

impl Registry {
    /// A registry of this many studies, at most [`MOST`].
    pub(crate) fn new(studies: u32, seed: u64) -> Self {
        let studies = studies.min(MOST);
        Self {
            studies,
            seed,
            conditions: Size::of(studies, 150_000, 0.76),
            interventions: Size::of(studies, 540_000, 0.93),
            sponsors: Size::of(studies, 50_000, 0.68),
            keywords: Size::of(studies, 650_000, 0.87),
            places: Size::of(studies, 90_000, 0.6),
            words: Size::of(studies, 300_000, 0.7),
        }
    }

    /// How many studies there are.
    pub(crate) fn len(&self) -> u32 {
        self.studies
    }

    /// The index of the study that is by far the largest; none in a small registry.
    pub(crate) fn largest(&self) -> Option<u32> {
        (self.studies >= LARGEST_FROM).then_some(self.studies / 2)
    }

    /// The id of a study.
    pub(crate) fn id(&self, index: u32) -> String {
        nct_id(self.number(index))
    }

    /// The JSON of a study. `json` is left empty and can be used again.
    pub(crate) fn study(&self, index: u32, json: &mut Json) -> String {
        draft::Draft::new(self, index).write(json);
        json.take()
    }

    fn span(&self, index: u32) -> (u32, u32) {
        let start = |index: u64| (102 + index * LAST_ID / u64::from(self.studies)) as u32;
        (start(u64::from(index)), start(u64::from(index) + 1))
    }

    fn number(&self, index: u32) -> u32 {
        let (start, end) = self.span(index);
        start + chance::Chance::new(self.seed, u64::from(index) << 32).below((end - start) / 2)
    }

    /// A number that once was another study's and now means the one at `index`.
    fn alias(&self, index: u32) -> u32 {
        self.span(index).1 - 1
    }
}

/// A place to write studies to, one after the other.
pub(crate) fn paper() -> Json {
    Json::default()
}

fn nct_id(number: u32) -> String {
    format!("NCT{number:08}")
}
