//! From the name of a place to the point that is meant, by the sites of the dataset itself.
//!
//! Of several places with one name the one with most sites is meant; the others are told.

pub(super) mod near;
pub(super) mod nearest;
pub(super) mod test;

use near::{Coordinates, quoted};

use super::alias;
use super::asked::Asked;
use super::{Cancel, fuzzy};
use crate::store::{Place, PlaceIdx, Store, ValueIdx};
use crate::study::{Concept, Point};
use crate::text;

/// A place that a name means.
#[derive(Clone, Debug, PartialEq)]
pub struct Located {
    /// `Boston, Massachusetts, United States`.
    pub name: String,
    pub point: Point,
    /// How many sites are there.
    pub sites: u32,
    /// Other places of that name, most sites first.
    pub others: Vec<Other>,
}

impl Located {
    /// A point that was given by its coordinates.
    pub(super) fn at(coordinates: Coordinates) -> Self {
        let name = coordinates.to_string().replace(',', ", ");
        Self { name, point: coordinates.point(), sites: 0, others: Vec::new() }
    }
}

/// Another place that could be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other {
    pub name: String,
    pub sites: u32,
}

/// Says why a name means no place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct UnknownPlace {
    /// The name as it was typed.
    pub name: String,
    pub reason: String,
}

/// Places of one name that are so near to each other are one, in kilometres: the registry has a region in several
/// spellings.
const SAME: f64 = 50.0;

/// So many names are suggested.
const SUGGESTED: usize = 3;

/// Places of one name that lie together.
struct Group {
    /// The one with most sites.
    head: PlaceIdx,
    point: Point,
    sites: u32,
}

/// The place that `name` means: a city, perhaps with its state or country behind it.
pub fn locate(store: &Store, name: &str, cancel: &Cancel) -> Result<Located, UnknownPlace> {
    let unknown = |reason: String| UnknownPlace { name: name.to_owned(), reason };
    let mut reason = None;
    for (city, within) in readings(name) {
        let Some(value) = city_called(store, &city) else { continue };
        let places: Vec<PlaceIdx> = store.sites().gazetteer().of_city(value).collect();
        let fits = |place: &&PlaceIdx| {
            let place = store.sites().gazetteer().get(**place);
            within.iter().all(|part| lies_in(store, &place, part))
        };
        let fitting: Vec<PlaceIdx> = places.iter().filter(fits).copied().collect();
        let mut groups = groups(store, &fitting).into_iter();
        let Some(group) = groups.next() else {
            // The first reading is the one that was meant.
            reason.get_or_insert_with(|| not_there(store, name, &fitting, &places));
            continue;
        };
        let others =
            groups.map(|group| Other { name: name_of(store, group.head), sites: group.sites });
        return Ok(Located {
            name: name_of(store, group.head),
            point: group.point,
            sites: group.sites,
            others: others.collect(),
        });
    }
    Err(unknown(reason.unwrap_or_else(|| suggestion(store, name, cancel))))
}

/// The ways to read a name, each a folded city and what it lies in: at its commas, else at its blanks, the longest name of
/// a city first.
fn readings(name: &str) -> Vec<(String, Vec<String>)> {
    let folded = text::fold(name);
    let mut parts =
        folded.split(',').map(|part| part.trim().to_owned()).filter(|it| !it.is_empty());
    let city = parts.next().unwrap_or_default();
    let within: Vec<String> = parts.collect();
    let mut readings = vec![(city.clone(), within.clone())];
    if within.is_empty() {
        let blanks = city.rmatch_indices(' ');
        readings
            .extend(blanks.map(|(at, _)| (city[..at].to_owned(), vec![city[at + 1..].to_owned()])));
    }
    readings
}

/// The city of this folded name, whatever signs stand in it.
fn city_called(store: &Store, name: &str) -> Option<ValueIdx> {
    let cities = store.vocabulary(Concept::City);
    let has_place = |city: &ValueIdx| store.sites().gazetteer().of_city(*city).next().is_some();
    if let Some(city) = cities.exactly(name).filter(has_place) {
        return Some(city);
    }
    let wanted: String = bare(name).collect();
    let is_called = |city: &ValueIdx| bare(cities.folded(*city)).eq(wanted.chars());
    let most = |city: &ValueIdx| cities.studies(*city).len();
    cities
        .iter()
        .filter(|_| !wanted.is_empty())
        .filter(is_called)
        .filter(has_place)
        .max_by_key(most)
}

/// The letters and digits of a name, `st` written out.
fn bare(name: &str) -> impl Iterator<Item = char> {
    let rest = name.strip_prefix("st. ").or_else(|| name.strip_prefix("st "));
    let saint = if rest.is_some() { "saint" } else { "" };
    saint.chars().chain(rest.unwrap_or(name).chars().filter(|c| c.is_alphanumeric()))
}

/// Whether a place is in a state or country that is called so.
fn lies_in(store: &Store, place: &Place, name: &str) -> bool {
    let parts = [(Concept::State, place.state), (Concept::Country, place.country)];
    parts.into_iter().any(|(concept, value)| {
        let Some(value) = value else { return false };
        let folded = store.vocabulary(concept).folded(value);
        alias::meant(concept, name).contains(&folded)
            || folded == name
            || Asked::phrase(name).is_some_and(|it| it.found_in(folded).is_some())
    })
}

/// The places with a point, in groups of which each is one place, that with most sites first.
fn groups(store: &Store, places: &[PlaceIdx]) -> Vec<Group> {
    let gazetteer = store.sites().gazetteer();
    let mut pointed: Vec<(PlaceIdx, Point, u32)> = Vec::new();
    for &place in places {
        let Place { point, sites, .. } = gazetteer.get(place);
        pointed.extend(point.map(|point| (place, point, sites)));
    }
    pointed.sort_by_key(|&(place, _, sites)| (std::cmp::Reverse(sites), place));
    let mut groups: Vec<Group> = Vec::new();
    for (head, point, sites) in pointed {
        let same = groups.iter_mut().find(|group| group.point.kilometres_to(point) <= SAME);
        match same {
            Some(group) => group.sites += sites,
            None => groups.push(Group { head, point, sites }),
        }
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.sites));
    groups
}

/// A place with what it lies in.
fn name_of(store: &Store, place: PlaceIdx) -> String {
    let place = store.sites().gazetteer().get(place);
    let parts = [
        (Concept::City, place.city),
        (Concept::State, place.state),
        (Concept::Country, place.country),
    ];
    let labels = parts
        .into_iter()
        .filter_map(|(concept, value)| Some(store.vocabulary(concept).label(value?).to_owned()));
    labels.collect::<Vec<_>>().join(", ")
}

/// The places with a point that have the name of a city, each with what it lies in, that with most sites first.
pub(super) fn places_called(store: &Store, city: ValueIdx) -> Vec<Other> {
    let places: Vec<PlaceIdx> = store.sites().gazetteer().of_city(city).collect();
    let groups = groups(store, &places).into_iter();
    groups.map(|group| Other { name: name_of(store, group.head), sites: group.sites }).collect()
}

/// Why none of the places called so will do.
fn not_there(store: &Store, name: &str, fitting: &[PlaceIdx], all: &[PlaceIdx]) -> String {
    if !fitting.is_empty() {
        return format!(
            "no site in {} states where on Earth it is; give a latitude and a longitude: near:48.85,2.35",
            name_of(store, fitting[0])
        );
    }
    let there = groups(store, all).into_iter().take(SUGGESTED);
    let there: Vec<String> =
        there.map(|it| suggested(&name_of(store, it.head), it.sites)).collect();
    format!("no site lies in “{name}”; there are {}", there.join(", "))
}

/// What could be meant by a name that no city has.
fn suggestion(store: &Store, name: &str, cancel: &Cancel) -> String {
    let folded = text::fold(name);
    for (concept, alias) in [(Concept::Country, "country"), (Concept::State, "state")] {
        let is_meant = !alias::meant(concept, &folded).is_empty()
            || store.vocabulary(concept).exactly(&folded).is_some();
        if is_meant {
            return format!(
                "{name} is a {alias}: {alias}:{} finds it, near: needs a city",
                quoted(name)
            );
        }
    }
    let cities = store.vocabulary(Concept::City);
    let city = folded.split(',').next().unwrap_or_default().trim();
    let begun =
        cities.iter().filter(|&value| !city.is_empty() && cities.folded(value).starts_with(city));
    let mut likely: Vec<ValueIdx> = begun.collect();
    if likely.is_empty() {
        likely = cities.iter().filter(|&value| is_slip(city, cities.folded(value))).collect();
    }
    if likely.is_empty() {
        likely = fuzzy::nearest(cities, city, cancel);
    }
    let gazetteer = store.sites().gazetteer();
    let groups_of = |&city: &ValueIdx| groups(store, &gazetteer.of_city(city).collect::<Vec<_>>());
    let mut groups: Vec<Group> = likely.iter().flat_map(groups_of).collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.sites));
    let near: Vec<String> = groups
        .iter()
        .take(SUGGESTED)
        .map(|group| suggested(&name_of(store, group.head), group.sites))
        .collect();
    if near.is_empty() {
        format!("no site is in a place called “{name}”; near: takes a city, or 48.85,2.35")
    } else {
        format!("no site is in a place called “{name}”; there are {}", near.join(", "))
    }
}

/// Whether two names differ by a slip, or long ones by two.
fn is_slip(typed: &str, name: &str) -> bool {
    let most = if typed.chars().count() < LONG { 1 } else { 2 };
    typed.len().abs_diff(name.len()) <= most && fuzzy::distance(typed, name) <= most
}

/// In a name of so many letters two slips are likely.
const LONG: usize = 7;

/// `near:"Boston, Massachusetts, United States" (120 sites)`.
fn suggested(name: &str, sites: u32) -> String {
    let noun = if sites == 1 { "site" } else { "sites" };
    format!("near:{} ({} {noun})", quoted(name), text::grouped(sites.into()))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::study::made::made;

    fn site(city: &str, state: &str, country: &str, [lat, lon]: [f64; 2]) -> Value {
        json!({"city": city, "state": state, "country": country, "geoPoint": {"lat": lat, "lon": lon}})
    }

    fn store() -> Store {
        let boston = site("Boston", "Massachusetts", "United States", [42.36, -71.06]);
        let york = site("New York", "New York", "United States", [40.71, -74.0]);
        let sites = json!([
            boston, boston, boston, york, york,
            site("Boston", "", "United Kingdom", [52.97, -0.02]),
            site("Portland", "Maine", "United States", [43.66, -70.26]),
            site("Portland", "Oregon", "United States", [45.52, -122.68]),
            site("Portland", "Oregon", "United States", [45.52, -122.68]),
            site("Marseille", "Provence", "France", [43.3, 5.38]),
            site("Marseille", "PACA", "France", [43.31, 5.39]),
            site("São Paulo", "", "Brazil", [-23.5, -46.6]),
            site("Saint-Étienne", "", "France", [45.4, 4.4]),
            site("Seoul", "", "Korea, Republic of", [37.6, 127.0]),
            site("Izmir", "", "Turkey (Türkiye)", [38.4, 27.1]),
            {"city": "Nowhere", "country": "France"},
        ]);
        Store::of([made(1).at("contactsLocationsModule.locations", sites)])
    }

    #[test]
    fn names_mean_places() {
        let store = store();
        for (name, place, others) in [
            ("Boston", "Boston, Massachusetts, United States", &["Boston, United Kingdom"][..]),
            ("boston, uk", "Boston, United Kingdom", &[]),
            ("Boston, MA", "Boston, Massachusetts, United States", &[]),
            ("Boston, Massachusetts, USA", "Boston, Massachusetts, United States", &[]),
            ("boston ma", "Boston, Massachusetts, United States", &[]),
            ("new york", "New York, New York, United States", &[]),
            ("NEW-YORK", "New York, New York, United States", &[]),
            ("New York, New York", "New York, New York, United States", &[]),
            ("portland", "Portland, Oregon, United States", &["Portland, Maine, United States"]),
            ("Portland, Maine", "Portland, Maine, United States", &[]),
            ("Marseille", "Marseille, PACA, France", &[]),
            ("sao paulo", "São Paulo, Brazil", &[]),
            ("saint etienne", "Saint-Étienne, France", &[]),
            ("St. Etienne", "Saint-Étienne, France", &[]),
            ("Seoul, South Korea", "Seoul, Korea, Republic of", &[]),
            ("Izmir, Turkey", "Izmir, Turkey (Türkiye)", &[]),
            ("Izmir, Türkiye", "Izmir, Turkey (Türkiye)", &[]),
        ] {
            let located =
                locate(&store, name, &Cancel::default()).unwrap_or_else(|error| panic!("{error}"));
            let told: Vec<&str> = located.others.iter().map(|other| &*other.name).collect();
            assert_eq!((&*located.name, &*told), (place, others), "{name}");
            // What is told means that place and no other.
            let again = locate(&store, &located.name, &Cancel::default()).unwrap();
            assert_eq!((again.name, again.point), (located.name, located.point));
        }
        assert_eq!(locate(&store, "Marseille", &Cancel::default()).unwrap().sites, 2);
    }

    #[test]
    fn names_that_mean_no_place_say_what_could_be_meant() {
        let store = store();
        for (name, words) in [
            ("Bostn", "near:\"Boston, Massachusetts, United States\" (3 sites)"),
            ("New", "near:\"New York, New York, United States\" (2 sites)"),
            ("Boston, France", "there are near:\"Boston, Massachusetts, United States\""),
            ("France", "France is a country: country:France finds it"),
            ("usa", "is a country"),
            ("Maine", "Maine is a state"),
            ("Nowhere", "no site in Nowhere, France states where on Earth it is"),
            ("Xyzzyxyzzy", "near: takes a city"),
            (",", "near: takes a city"),
        ] {
            let unknown = locate(&store, name, &Cancel::default()).unwrap_err();
            assert!(unknown.reason.contains(words), "{name}: {unknown}");
        }
        assert!(locate(&Store::default(), "Lyon", &Cancel::default()).is_err());
    }
}
