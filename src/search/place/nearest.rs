//! The sites that are near a place, and which of them is the nearest. It does not know how names and places are looked up.

use std::cmp::Ordering;

use serde::Serialize;

use super::near::Distance;
use super::test::{SiteTest, WithoutPoint};
use super::{Located, UnknownPlace};
use crate::store::{Around, SiteIdx, Store, StudyIdx};
use crate::study::Concept;

/// A place that is asked for, and the sites that are near it.
#[derive(Clone, Debug, PartialEq)]
pub struct Nearby {
    /// The term as the query has it.
    pub term: String,
    pub located: Located,
    pub distance: Distance,
    /// What the site has to be besides.
    test: SiteTest,
    around: Around,
}

/// The nearest site of a study.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nearest {
    pub study: StudyIdx,
    pub site: SiteIdx,
    pub kilometres: f32,
}

impl Nearest {
    /// How far it is, in the unit that was asked for, its city and its facility.
    pub fn in_words(self, store: &Store, near: &Nearness) -> String {
        let unit = near.nearby.first().map_or(Distance::USUAL, |nearby| nearby.distance);
        let distance = unit.in_unit(self.kilometres.into());
        let names = [Concept::City, Concept::Facility].into_iter().filter_map(|concept| {
            let value = store.sites().value(self.site, concept)?;
            Some(store.vocabulary(concept).label(value))
        });
        std::iter::once(&*distance).chain(names).collect::<Vec<_>>().join(", ")
    }

    fn by_distance(&self, other: &Self) -> Ordering {
        self.kilometres.total_cmp(&other.kilometres)
    }
}

/// The statuses of sites that look for participants, now or soon.
const OPEN: [&str; 3] = ["RECRUITING", "NOT_YET_RECRUITING", "AVAILABLE"];

fn is_open(store: &Store, study: StudyIdx, site: SiteIdx) -> bool {
    let status = store.sites().status(site).or_else(|| store.code(study, Concept::Status));
    status.is_some_and(|status| OPEN.contains(&status))
}

/// The nearest site as programs read it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NearestSite<'a> {
    pub kilometres: f32,
    pub facility: Option<&'a str>,
    pub city: Option<&'a str>,
    pub state: Option<&'a str>,
    pub country: Option<&'a str>,
    /// The site's own status, else that of its study.
    pub status: Option<&'a str>,
}

impl<'a> NearestSite<'a> {
    pub fn new(store: &'a Store, Nearest { study, site, kilometres }: Nearest) -> Self {
        let value = |concept| {
            let value = store.sites().value(site, concept)?;
            Some(store.vocabulary(concept).label(value))
        };
        Self {
            kilometres: (kilometres * 10.0).round() / 10.0,
            facility: value(Concept::Facility),
            city: value(Concept::City),
            state: value(Concept::State),
            country: value(Concept::Country),
            status: store.sites().status(site).or_else(|| store.code(study, Concept::Status)),
        }
    }
}

/// What an answer has to do with places.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Nearness {
    /// The places that are asked for.
    pub nearby: Vec<Nearby>,
    /// How many studies would be found if those without a site that states its point were near.
    pub no_place: u64,
    /// How many studies are found that would not be if those without such a site were near: `-near:Lyon`.
    pub found_without_place: u64,
    /// The name of a place that is none; then nothing is found.
    pub unknown: Option<UnknownPlace>,
}

impl Nearby {
    pub(in crate::search) fn new(
        term: String,
        distance: Distance,
        located: Located,
        test: SiteTest,
        around: Around,
    ) -> Self {
        Self { term, located, distance, test, around }
    }

    /// The middle of the circle.
    pub fn middle(&self) -> crate::study::Point {
        self.located.point
    }

    /// The nearest of the sites of `study` that are asked for.
    pub fn nearest(&self, store: &Store, study: StudyIdx) -> Option<Nearest> {
        self.near(store, study).min_by(Nearest::by_distance)
    }

    /// Those of the sites of `study` that are asked for.
    fn near<'a>(&'a self, store: &'a Store, study: StudyIdx) -> impl Iterator<Item = Nearest> + 'a {
        let sites = store.sites();
        let fits =
            move |site: SiteIdx| self.test.holds(store, study, Some(site), WithoutPoint::LeftOut);
        let near = sites.of(study).filter_map(move |site| {
            Some(Nearest { study, site, kilometres: sites.kilometres(site, &self.around)? })
        });
        near.filter(move |near| fits(near.site))
    }

    /// `within 50 km of Lyon, France`.
    pub fn circle(&self) -> String {
        let distance = self.distance.to_string();
        let unit = distance.trim_start_matches(|c: char| !c.is_alphabetic());
        let amount = distance.trim_end_matches(unit);
        format!("within {amount} {unit} of {}", self.located.name)
    }

    /// Where it is, and what else could be meant: `within 50 km of Boston, Massachusetts, United States; also Boston,
    /// United Kingdom (2 sites)`.
    pub fn in_words(&self) -> String {
        let (circle, others) = (self.circle(), &self.located.others);
        let also = others.iter().take(MOST_OTHERS).map(|other| {
            let noun = if other.sites == 1 { "site" } else { "sites" };
            format!("{} ({} {noun})", other.name, other.sites)
        });
        let also = also.collect::<Vec<_>>().join("; ");
        match others.len().saturating_sub(MOST_OTHERS) {
            _ if also.is_empty() => circle,
            0 => format!("{circle}; also {also}"),
            more => format!("{circle}; also {also} and {more} more"),
        }
    }
}

/// So many other places of one name are told.
const MOST_OTHERS: usize = 3;

impl Nearness {
    /// The nearest of the sites of `study` that are asked for.
    pub fn nearest(&self, store: &Store, study: StudyIdx) -> Option<Nearest> {
        let all = self.nearby.iter().filter_map(|nearby| nearby.nearest(store, study));
        all.min_by(Nearest::by_distance)
    }

    /// The nearest of them that looks for participants.
    pub fn nearest_open(&self, store: &Store, study: StudyIdx) -> Option<Nearest> {
        let all = self.nearby.iter().filter_map(|nearby| {
            let is_open = |near: &Nearest| is_open(store, study, near.site);
            nearby.near(store, study).filter(is_open).min_by(Nearest::by_distance)
        });
        all.min_by(Nearest::by_distance)
    }

    /// How far the nearest site is, its city and its facility: `12 km, Lyon, Hospital`.
    pub fn in_words(&self, store: &Store, study: StudyIdx) -> Option<String> {
        Some(self.nearest(store, study)?.in_words(store, self))
    }

    /// What somebody should know of the places: where they are, and how many studies state none.
    pub fn remarks(&self) -> Vec<String> {
        let mut remarks: Vec<String> = self.nearby.iter().map(Nearby::in_words).collect();
        remarks.dedup();
        for (studies, of_these) in [(self.no_place, ""), (self.found_without_place, " of these")] {
            if studies > 0 {
                let count = crate::text::grouped(studies);
                let verb = if studies == 1 { "states" } else { "state" };
                remarks.push(format!("{count}{of_these} {verb} no place"));
            }
        }
        remarks
    }
}
