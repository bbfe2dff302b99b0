//! The sites of every study: where each is, what it is called, and whether it recruits.
//!
//! Costs 21 bytes a site, and 12 for each distinct point with the studies that have a site there. It knows neither circles
//! that people ask for nor names that they type.

mod build;
mod gazetteer;

use std::io;
use std::sync::OnceLock;

use roaring::RoaringBitmap;

pub(super) use build::{Names, SitesBuilder};
pub use gazetteer::{Gazetteer, Place, PlaceIdx};

use super::array::{Array, Column};
use super::pool::{Bitmaps, Lists, Strings};
use super::postings::ValueIdx;
use super::snapshot::{Below, Bounds, Damage, Sections, Stored, Writer};
use super::{NOT_STATED, Store, StudyIdx};
use crate::study::{Concept, Point};

/// A site's place among those of all studies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SiteIdx(pub u32);

/// The points of the registry have five decimals, which is a metre.
const FRACTION: f64 = 1e5;

/// Latitude and longitude, in units of [`FRACTION`].
type Fixed = [i32; 2];

/// What stands in place of a point that is not stated.
const NOWHERE: Fixed = [i32::MAX; 2];

/// The status of a site that states none.
const NO_STATUS: u8 = u8::MAX;

/// The sites of every study, in the order of the studies and of their records.
#[derive(Clone, Debug, Default)]
pub struct Sites {
    /// Study → where its sites end.
    ends: Column,
    /// Site → its place in the gazetteer.
    places: Column,
    /// Site → the values of [`Concept::Facility`] and [`Concept::Zip`].
    facilities: Column,
    zips: Column,
    /// Site → its point in `distinct`.
    points: Column,
    /// Site → the place of its status in `codes`, or [`NO_STATUS`].
    statuses: Array<u8>,
    /// The statuses that sites have; ascending.
    codes: Strings,
    gazetteer: Gazetteer,
    /// Every point at which a site is; ascending, so from south to north.
    distinct: Array<Fixed>,
    /// Point → the studies that have a site there, ascending.
    studies: Lists,
    /// One set: the studies without a site that states its point.
    without_point: Bitmaps,
    /// The same, ready for use from when it is first asked for.
    pointless: OnceLock<RoaringBitmap>,
}

/// The points within a circle.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Around {
    /// The southernmost point of those that are looked at.
    first: usize,
    /// From that one on: how far it is from the middle; infinity outside the circle.
    kilometres: Vec<f32>,
}

fn fixed(point: Point) -> Fixed {
    [point.lat, point.lon].map(|degrees| (degrees * FRACTION).round() as i32)
}

fn point([lat, lon]: Fixed) -> Option<Point> {
    let degrees = |fixed: i32| f64::from(fixed) / FRACTION;
    ([lat, lon] != NOWHERE).then(|| Point { lat: degrees(lat), lon: degrees(lon) })
}

fn stated(value: u32) -> Option<ValueIdx> {
    (value != NOT_STATED).then_some(ValueIdx(value))
}

impl Store {
    /// The sites of every study.
    pub fn sites(&self) -> &Sites {
        &self.sites
    }
}

impl Sites {
    /// How many sites there are in all.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Says what the arrays of what was read keep to.
    pub(super) fn bind(&self, store: &Store, bounds: &mut Bounds) {
        let values = |concept| store.vocabulary(concept).len();
        let sites = self.len();
        bounds.ends(&self.ends, store.len(), sites);
        bounds.numbers(&self.places, Below::limit(self.gazetteer.len()));
        bounds.numbers(&self.facilities, Below::limit(values(Concept::Facility)).or_none());
        bounds.numbers(&self.zips, Below::limit(values(Concept::Zip)).or_none());
        let columns = [&self.facilities, &self.zips, &self.points].map(|column| column.len());
        bounds.holds(columns == [sites; 3] && self.statuses.len() == sites);
        bounds.strings(&self.codes, self.codes.len());
        let names = [Concept::City, Concept::State, Concept::Country].map(values);
        self.gazetteer.bind(bounds, names);
        bounds.lists(&self.studies, self.distinct.len(), Below::limit(store.len()));
        bounds.sets(&self.without_point, self.without_point.len());
    }

    /// The sites of `study`, in the order of its record.
    pub fn of(&self, study: StudyIdx) -> impl ExactSizeIterator<Item = SiteIdx> + use<> {
        let study = study.0 as usize;
        let start = study.checked_sub(1).map_or(0, |before| self.ends[before]);
        (start..self.ends.get(study).copied().unwrap_or(start)).map(SiteIdx)
    }

    /// Where the site is by name.
    pub fn place(&self, site: SiteIdx) -> Place {
        self.gazetteer.get(PlaceIdx(self.places[site.0 as usize]))
    }

    /// What the site states for a concept of sites.
    pub fn value(&self, site: SiteIdx, concept: Concept) -> Option<ValueIdx> {
        match concept {
            Concept::City => self.place(site).city,
            Concept::State => self.place(site).state,
            Concept::Country => self.place(site).country,
            Concept::Facility => stated(self.facilities[site.0 as usize]),
            Concept::Zip => stated(self.zips[site.0 as usize]),
            _ => None,
        }
    }

    /// The code of the site's own status.
    pub fn status(&self, site: SiteIdx) -> Option<&str> {
        let status = self.statuses[site.0 as usize].into();
        // No status has the number [`NO_STATUS`].
        (status < self.codes.len()).then(|| self.codes.get(status))
    }

    /// Where on Earth the site is.
    pub fn point(&self, site: SiteIdx) -> Option<Point> {
        point(*self.distinct.get(self.points[site.0 as usize] as usize)?)
    }

    /// The studies without a site that states its point.
    pub fn without_point(&self) -> &RoaringBitmap {
        let first = || {
            let is_made = self.without_point.len() > 0;
            if is_made { self.without_point.get(0) } else { RoaringBitmap::new() }
        };
        self.pointless.get_or_init(first)
    }

    /// The places by their names.
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// The points that are at most so many kilometres away from `middle`.
    pub fn around(&self, middle: Point, kilometres: f64) -> Around {
        let margin = Point::degrees(kilometres) + 1.0 / FRACTION;
        let south = ((middle.lat - margin) * FRACTION).floor();
        let north = ((middle.lat + margin) * FRACTION).ceil();
        let first = self.distinct.partition_point(|&[lat, _]| f64::from(lat) < south);
        let last = self.distinct.partition_point(|&[lat, _]| f64::from(lat) <= north);
        let distance = |&fixed: &Fixed| {
            let distance = point(fixed).map_or(f64::INFINITY, |point| middle.kilometres_to(point));
            if distance <= kilometres { distance as f32 } else { f32::INFINITY }
        };
        let points = self.distinct.get(first..last).unwrap_or_default();
        Around { first, kilometres: points.iter().map(distance).collect() }
    }

    /// The studies that have a site at any of these points.
    pub fn studies_around(&self, around: &Around) -> RoaringBitmap {
        let mut found = super::Union::default();
        let within = around.kilometres.iter().zip(around.first..);
        for (_, point) in within.filter(|(kilometres, _)| kilometres.is_finite()) {
            found.add_list(self.studies.get(point));
        }
        found.finish()
    }

    /// How far the site is from the middle of a circle; `None` outside it.
    pub fn kilometres(&self, site: SiteIdx, around: &Around) -> Option<f32> {
        let point = (self.points[site.0 as usize] as usize).checked_sub(around.first)?;
        around.kilometres.get(point).copied().filter(|kilometres| kilometres.is_finite())
    }
}

impl Stored for Sites {
    fn write(&self, out: &mut Writer) -> io::Result<()> {
        for column in [&self.ends, &self.places, &self.facilities, &self.zips, &self.points] {
            column.write(out)?;
        }
        self.statuses.write(out)?;
        self.codes.write(out)?;
        self.gazetteer.write(out)?;
        self.distinct.write(out)?;
        self.studies.write(out)?;
        self.without_point.write(out)
    }

    fn read(from: &mut Sections) -> Result<Self, Damage> {
        Ok(Self {
            ends: Stored::read(from)?,
            places: Stored::read(from)?,
            facilities: Stored::read(from)?,
            zips: Stored::read(from)?,
            points: Stored::read(from)?,
            statuses: Stored::read(from)?,
            codes: Stored::read(from)?,
            gazetteer: Stored::read(from)?,
            distinct: Stored::read(from)?,
            studies: Stored::read(from)?,
            without_point: Stored::read(from)?,
            ..Self::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::study::made::made;

    fn store(studies: &[Value]) -> Store {
        let path = "contactsLocationsModule.locations";
        Store::of((1..).zip(studies).map(|(id, sites)| made(id).at(path, sites.clone())))
    }

    /// A site in words: what it states of each concept, its status, its point.
    fn told(store: &Store, site: SiteIdx) -> String {
        let sites = store.sites();
        let concepts =
            [Concept::City, Concept::State, Concept::Country, Concept::Facility, Concept::Zip];
        let value = |concept| {
            let value = sites.value(site, concept)?;
            Some(store.vocabulary(concept).label(value))
        };
        let words: Vec<&str> = concepts.iter().map(|&it| value(it).unwrap_or("–")).collect();
        let point = sites.point(site).map(|point| format!("{}, {}", point.lat, point.lon));
        format!(
            "{} · {} · {}",
            words.join(", "),
            sites.status(site).unwrap_or("–"),
            point.unwrap_or_else(|| "–".to_owned())
        )
    }

    #[test]
    fn sites_are_those_of_the_record() {
        let lyon = json!({"city": "Lyon", "country": "France", "geoPoint": {"lat": 45.74846, "lon": 4.84671}});
        let store = store(&[
            json!([
                {"facility": "Clinic\u{1b}[2J", "city": "Paris", "state": "Ile", "zip": "75001", "country": "France",
                    "status": "RECRUITING", "geoPoint": {"lat": -48, "lon": 2.5}},
                lyon, "Somewhere", {}, lyon,
            ]),
            json!([]),
            // What is no list is a list of one; what is no point on Earth is none.
            json!({"city": "LYON", "status": "PAUSED", "geoPoint": {"lat": "45", "lon": 4}}),
            json!([{"zip": 69001, "geoPoint": {"lat": 91, "lon": 4}}, {"geoPoint": null}]),
        ]);
        let all = |study| store.sites().of(StudyIdx(study)).map(|site| told(&store, site));
        let lyon = "Lyon, –, France, –, – · – · 45.74846, 4.84671";
        assert_eq!(
            all(0).collect::<Vec<_>>(),
            [
                "Paris, Ile, France, Clinic�[2J, 75001 · RECRUITING · -48, 2.5",
                lyon,
                "–, –, –, Somewhere, – · – · –",
                "–, –, –, –, – · – · –",
                lyon,
            ]
        );
        assert_eq!(all(1).count(), 0);
        assert_eq!(all(2).collect::<Vec<_>>(), ["Lyon, –, –, –, – · PAUSED · –"]);
        assert_eq!(
            all(3).collect::<Vec<_>>(),
            ["–, –, –, –, 69001 · – · –", "–, –, –, –, – · – · –"]
        );
        assert_eq!(all(4).count(), 0);
        assert_eq!(store.sites().without_point().iter().collect::<Vec<_>>(), [1, 2, 3]);
    }

    #[test]
    fn what_is_around_a_point_is_found_with_its_distance() {
        let at = |lat: f64, lon: f64| json!({"geoPoint": {"lat": lat, "lon": lon}});
        let store = store(&[
            json!([at(45.0, 4.0), at(45.5, 4.0)]),
            json!([at(-45.0, 4.0)]),
            json!([at(45.0, 179.9)]),
            json!([at(45.0, -179.9), {}]),
        ]);
        let sites = store.sites();
        let found = |lat, lon, kilometres| {
            let around = sites.around(Point { lat, lon }, kilometres);
            sites.studies_around(&around).iter().collect::<Vec<_>>()
        };
        assert_eq!(found(45.0, 4.0, 0.0), [0]);
        assert_eq!(found(45.1, 4.0, 12.0), [0]);
        assert_eq!(found(45.1, 4.0, 10.0), [0; 0]);
        assert_eq!(found(45.0, 180.0, 10.0), [2, 3]);
        assert_eq!(found(0.0, 0.0, 30_000.0), [0, 1, 2, 3]);
        let around = sites.around(Point { lat: 45.1, lon: 4.0 }, 50.0);
        let distances: Vec<_> =
            sites.of(StudyIdx(0)).map(|site| sites.kilometres(site, &around)).collect();
        assert!((distances[0].unwrap() - 11.1).abs() < 0.1, "{distances:?}");
        assert!((distances[1].unwrap() - 44.5).abs() < 0.1, "{distances:?}");
        assert_eq!(sites.of(StudyIdx(3)).filter_map(|it| sites.kilometres(it, &around)).count(), 0);
    }
}
