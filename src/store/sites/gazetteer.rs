//! The places at which sites are, by name: city, state and country, with the middle of their points.
//!
//! Made from the sites themselves. It does not know how people write a name.

use std::io;
use std::ops::Range;

use super::{Fixed, point, stated};
use crate::store::array::{Array, Column};
use crate::store::postings::ValueIdx;
use crate::store::snapshot::{Below, Bounds, Damage, Sections, Stored, Writer};
use crate::study::Point;

/// A place's place in the gazetteer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceIdx(pub u32);

/// A place as sites name it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    pub city: Option<ValueIdx>,
    pub state: Option<ValueIdx>,
    pub country: Option<ValueIdx>,
    /// The median of the points of its sites, of latitudes and of longitudes apart; of an even number the lower one of the
    /// two in the middle.
    pub point: Option<Point>,
    /// How many sites name it, with a point or without.
    pub sites: u32,
}

/// Every place that a site names. Costs 24 bytes a place.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    /// The values of city, state and country; ascending.
    pub(super) names: Array<[u32; 3]>,
    pub(super) points: Array<Fixed>,
    pub(super) sites: Column,
}

impl Gazetteer {
    pub fn len(&self) -> usize {
        self.names.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn get(&self, place: PlaceIdx) -> Place {
        let place = place.0 as usize;
        let [city, state, country] = self.names[place].map(stated);
        Place { city, state, country, point: point(self.points[place]), sites: self.sites[place] }
    }

    /// Says what the arrays of what was read keep to; `names` are how many cities, states and countries there are.
    pub(super) fn bind(&self, bounds: &mut Bounds, names: [usize; 3]) {
        for (column, count) in names.into_iter().enumerate() {
            bounds.numbers(&self.names, Below::limit(count).or_none().in_column(column));
        }
        let places = self.len();
        bounds.holds(self.points.len() == places && self.sites.len() == places);
    }

    /// The places in a city of this name.
    pub fn of_city(&self, city: ValueIdx) -> impl Iterator<Item = PlaceIdx> + use<> {
        let from = |bound: u32| self.names.partition_point(|&[city, ..]| city < bound) as u32;
        let places: Range<u32> = from(city.0)..from(city.0 + 1);
        places.map(PlaceIdx)
    }
}

impl Stored for Gazetteer {
    fn write(&self, out: &mut Writer) -> io::Result<()> {
        self.names.write(out)?;
        self.points.write(out)?;
        self.sites.write(out)
    }

    fn read(from: &mut Sections) -> Result<Self, Damage> {
        Ok(Self {
            names: Stored::read(from)?,
            points: Stored::read(from)?,
            sites: Stored::read(from)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::store::Store;
    use crate::study::Concept;
    use crate::study::made::made;

    fn site(city: &str, state: &str, lat: f64) -> Value {
        json!({"city": city, "state": state, "country": "Freedonia", "geoPoint": {"lat": lat, "lon": -2.0 * lat}})
    }

    #[test]
    fn a_place_stands_in_the_middle_of_its_sites() {
        let path = "contactsLocationsModule.locations";
        let store = Store::of([
            made(1)
                .at(path, json!([site("Ville", "", 1.0), site("Ville", "", 9.0), {"city": "Ort"}])),
            made(2).at(path, json!([site("VILLE", "", 2.0), site("Ville", "North", 5.0)])),
            made(3)
                .at(path, json!([{"city": "Ville", "country": "Freedonia"}, site("Ort", "", 3.0)])),
        ]);
        let (cities, gazetteer) = (store.vocabulary(Concept::City), store.sites().gazetteer());
        let told = |city: &str| {
            let places = gazetteer.of_city(cities.exactly(city).unwrap());
            let told = places.map(|place| {
                let place = gazetteer.get(place);
                let state = place.state.map(|state| store.vocabulary(Concept::State).label(state));
                let point = place.point.map(|point| (point.lat, point.lon));
                (state, place.country.is_some(), point, place.sites)
            });
            told.collect::<Vec<_>>()
        };
        assert_eq!(
            told("ville"),
            [(Some("North"), true, Some((5.0, -10.0)), 1), (None, true, Some((2.0, -4.0)), 4)]
        );
        assert_eq!(told("ort"), [(None, true, Some((3.0, -6.0)), 1), (None, false, None, 1)]);
        assert_eq!(gazetteer.len(), 4);
    }
}
