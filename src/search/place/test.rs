//! What one site of a study has to be. It is tested site by site, so that all of it holds for the same one.
//!
//! A site that states no status of its own has that of its study. It does not know how names and places are looked up.

use roaring::RoaringBitmap;

use crate::search::Cancel;
use crate::store::{Around, SiteIdx, Store, StudyIdx};
use crate::study::Concept;

/// Something that a site meets or does not.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::search) enum SiteTest {
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
    /// It states one of these values.
    Named {
        concept: Concept,
        values: RoaringBitmap,
        /// The studies that have such a site.
        studies: RoaringBitmap,
    },
    /// It states nothing for the concept.
    Unnamed(Concept),
    /// It has one of these statuses, or none of its own and its study is one of these.
    Status {
        codes: Vec<String>,
        studies: RoaringBitmap,
    },
    /// It has no status of its own, and its study, which is one of these, has none either.
    NoStatus {
        studies: RoaringBitmap,
    },
    Near(Around),
    /// It does not state where on Earth it is.
    Nowhere,
}

/// What becomes of a study that has no site with a point where a place is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::search) enum WithoutPoint {
    #[default]
    LeftOut,
    /// It is found, to be counted.
    TakenIn,
}

impl SiteTest {
    /// Whether `site` of `study` meets it; without a site, whether a study without any does.
    pub(super) fn holds(
        &self,
        store: &Store,
        study: StudyIdx,
        site: Option<SiteIdx>,
        without_point: WithoutPoint,
    ) -> bool {
        let sites = store.sites();
        let value = |concept| site.and_then(|site| sites.value(site, concept));
        let status = || site.and_then(|site| sites.status(site));
        match self {
            Self::All(tests) => {
                tests.iter().all(|test| test.holds(store, study, site, without_point))
            }
            Self::Any(tests) => {
                tests.iter().any(|test| test.holds(store, study, site, without_point))
            }
            Self::Not(test) => !test.holds(store, study, site, without_point),
            Self::Named { concept, values, .. } => {
                value(*concept).is_some_and(|value| values.contains(value.0))
            }
            Self::Unnamed(concept) => site.is_some() && value(*concept).is_none(),
            Self::Status { codes, studies } => match status() {
                Some(code) => codes.iter().any(|wanted| wanted == code),
                None => studies.contains(study.0),
            },
            Self::NoStatus { studies } => status().is_none() && studies.contains(study.0),
            Self::Near(around) => {
                site.is_some_and(|site| sites.kilometres(site, around).is_some())
                    || without_point == WithoutPoint::TakenIn
                        && sites.without_point().contains(study.0)
            }
            Self::Nowhere => site.is_some_and(|site| sites.point(site).is_none()),
        }
    }

    /// Studies among which are all that have such a site; `None` is all of them.
    fn candidates(&self, store: &Store) -> Option<RoaringBitmap> {
        match self {
            Self::All(tests) => tests
                .iter()
                .filter_map(|test| test.candidates(store))
                .reduce(|all, more| all & more),
            Self::Any(tests) => tests
                .iter()
                .map(|test| test.candidates(store))
                .reduce(|any, more| Some(any? | more?))
                .unwrap_or_default(),
            Self::Named { studies, .. } => Some(studies.clone()),
            Self::Near(around) => Some(store.sites().studies_around(around)),
            Self::Not(_)
            | Self::Unnamed(_)
            | Self::Status { .. }
            | Self::NoStatus { .. }
            | Self::Nowhere => None,
        }
    }

    /// The studies that have such a site; `None` when cancelled.
    pub(in crate::search) fn studies(
        &self,
        store: &Store,
        without_point: WithoutPoint,
        cancel: &Cancel,
    ) -> Option<RoaringBitmap> {
        let sites = store.sites();
        let mut candidates = self.candidates(store);
        match self {
            // All of them have such a site.
            Self::Named { .. } | Self::Near(_) if without_point == WithoutPoint::LeftOut => {
                return candidates;
            }
            _ => (),
        }
        if without_point == WithoutPoint::TakenIn
            && let Some(candidates) = &mut candidates
        {
            *candidates |= sites.without_point();
        }
        let mut all = RoaringBitmap::new();
        all.insert_range(0..store.len() as u32);
        let mut found = RoaringBitmap::new();
        for study in candidates.unwrap_or(all) {
            if study % 4096 == 0 && cancel.is_cancelled() {
                return None;
            }
            let study = StudyIdx(study);
            let mut own = sites.of(study);
            let has_none = own.len() == 0 && without_point == WithoutPoint::TakenIn;
            let holds = |site| self.holds(store, study, site, without_point);
            if has_none && holds(None) || own.any(|site| holds(Some(site))) {
                found.insert(study.0);
            }
        }
        Some(found)
    }
}
