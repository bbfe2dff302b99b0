//! Questions about places, answered by looking at every site of every record: near a point, near a name, and one site that
//! has all of it.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use trialdex::search::{Cancel, Query, Reading, answer, locate, parse};
use trialdex::store::Store;

use super::scan::{self, fold};
use crate::made::made;
use crate::real;

/// A site, as the record has it.
struct Site {
    /// Folded.
    names: BTreeMap<&'static str, String>,
    status: Option<String>,
    point: Option<[f64; 2]>,
}

struct Studied {
    id: String,
    status: Option<String>,
    sites: Vec<Site>,
}

const NAMES: [(&str, &str); 5] = [
    ("city", "city"),
    ("state", "state"),
    ("country", "country"),
    ("facility", "facility"),
    ("zip", "zip"),
];

fn studied(record: &Value) -> Studied {
    let text = |value: &Value| {
        value.as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let protocol = &record["protocolSection"];
    let sites = protocol["contactsLocationsModule"]["locations"].as_array();
    let site = |site: &Value| {
        let names = NAMES.iter().filter_map(|(name, key)| Some((*name, fold(&text(&site[*key])?))));
        let [lat, lon] = ["lat", "lon"].map(|axis| site["geoPoint"][axis].as_f64());
        Site {
            names: names.collect(),
            status: text(&site["status"]),
            point: lat.zip(lon).map(|(lat, lon)| [lat, lon]),
        }
    };
    Studied {
        id: scan::id(record).to_owned(),
        status: text(&protocol["statusModule"]["overallStatus"]),
        sites: sites.into_iter().flatten().map(site).collect(),
    }
}

/// Kilometres by the law of cosines of the sphere, on vectors: not the program's formula.
fn distance(one: [f64; 2], other: [f64; 2]) -> f64 {
    let vector = |[lat, lon]: [f64; 2]| {
        let (lat, lon) = (lat.to_radians(), lon.to_radians());
        [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
    };
    let (one, other) = (vector(one), vector(other));
    let chord = one.iter().zip(other).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
    2.0 * 6371.0088 * (chord / 2.0).min(1.0).asin()
}

fn is_within(site: &Site, middle: [f64; 2], most: f64) -> bool {
    // A degree of latitude is more than 111 kilometres.
    let is_likely = |point: &[f64; 2]| (point[0] - middle[0]).abs() * 111.0 <= most + 1.0;
    site.point.filter(is_likely).is_some_and(|point| distance(point, middle) <= most)
}

/// What is asked of one site.
#[derive(Clone, Debug)]
enum Ask {
    Near([f64; 2], f64),
    Named(&'static str, String),
    Unnamed(&'static str),
    Status(String),
    Not(Box<Self>),
    Any(Vec<Self>),
}

impl Ask {
    fn holds(&self, study: &Studied, site: &Site) -> bool {
        match self {
            Self::Near(middle, most) => is_within(site, *middle, *most),
            Self::Named(name, value) => site.names.get(name) == Some(value),
            Self::Unnamed(name) => !site.names.contains_key(name),
            Self::Status(code) => {
                site.status.as_ref().or(study.status.as_ref()).is_some_and(|stated| stated == code)
            }
            Self::Not(ask) => !ask.holds(study, site),
            Self::Any(asks) => asks.iter().any(|ask| ask.holds(study, site)),
        }
    }

    /// Whether a site lies so near to the edge of a circle that the last decimal decides.
    fn is_on_edge(&self, site: &Site) -> bool {
        match self {
            Self::Near(middle, most) => {
                is_within(site, *middle, most + 0.01) && !is_within(site, *middle, most - 0.01)
            }
            Self::Not(ask) => ask.is_on_edge(site),
            Self::Any(asks) => asks.iter().any(|ask| ask.is_on_edge(site)),
            Self::Named(..) | Self::Unnamed(_) | Self::Status(_) => false,
        }
    }
}

/// Numbers that look random and are the same at every run.
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        ((mixed ^ (mixed >> 27)) >> 11) as usize % bound
    }

    pub(super) fn one_of<'a, T>(&mut self, things: &'a [T]) -> &'a T {
        &things[self.below(things.len())]
    }
}

const STATUSES: [(&str, &str); 4] = [
    ("recruiting", "RECRUITING"),
    ("not_yet_recruiting", "NOT_YET_RECRUITING"),
    ("completed", "COMPLETED"),
    ("withdrawn", "WITHDRAWN"),
];

/// A question in words and what it asks of one site; `Plain` stands outside of `site:(…)`.
struct Question {
    text: String,
    asks: Vec<Ask>,
    is_plain: bool,
}

fn near(random: &mut Random, point: [f64; 2]) -> (String, Ask) {
    let round = |degrees: f64| (degrees * 1e3).round() / 1e3;
    let middle = [round(point[0]), round(point[1])];
    let amount = *random.one_of(&[1_u32, 5, 20, 50, 80, 200, 1000, 9000]);
    let (unit, kilometres) = *random.one_of(&[("km", 1.0), ("mi", 1.609_344)]);
    let usual = random.below(6) == 0;
    let most = if usual { 50.0 } else { f64::from(amount) * kilometres };
    let within = if usual { String::new() } else { format!("~{amount}{unit}") };
    (format!("near:{},{}{within}", middle[0], middle[1]), Ask::Near(middle, most))
}

fn question(random: &mut Random, studies: &[Studied]) -> Option<Question> {
    let study = random.one_of(studies);
    if study.sites.is_empty() {
        return None;
    }
    let site = random.one_of(&study.sites);
    let status = |random: &mut Random| {
        let (word, code) = *random.one_of(&STATUSES);
        (format!("status:{word}"), Ask::Status(code.to_owned()))
    };
    let mut parts = Vec::new();
    let named = |random: &mut Random| {
        let (name, _) = *random.one_of(&NAMES);
        Some(match site.names.get(name).filter(|value| !value.contains(['"', '\\'])) {
            Some(value) => (format!("{name}:\"{value}\""), Ask::Named(name, value.clone())),
            None => (format!("{name}:none"), Ask::Unnamed(name)),
        })
    };
    let kind = random.below(6);
    match kind {
        0 => parts.push(near(random, site.point?)),
        1 => parts.extend([near(random, site.point?), status(random)]),
        2 => parts.extend([named(random)?, status(random)]),
        3 => parts.extend([named(random)?, named(random)?]),
        4 => parts.extend([near(random, site.point?), named(random)?, status(random)]),
        _ => {
            let (one, other) = (named(random)?, near(random, site.point?));
            let (text, ask) =
                (format!("({} | {})", one.0, other.0), Ask::Any(vec![one.1, other.1]));
            let (left_out, no) = status(random);
            parts.extend([(text, ask), (format!("-{left_out}"), Ask::Not(Box::new(no)))]);
        }
    }
    let is_plain = kind < 2 && random.below(2) == 0;
    let (texts, asks): (Vec<String>, Vec<Ask>) = parts.into_iter().unzip();
    let text = texts.join(" ");
    let text = if is_plain { text } else { format!("site:({text})") };
    Some(Question { text, asks, is_plain })
}

/// The ids found, and how many more there would be if studies without a point were near.
fn scanned(studies: &[Studied], question: &Question) -> (Vec<String>, u64) {
    let (mut ids, mut no_place) = (Vec::new(), 0);
    let asks_for_place = question.text.contains("near:");
    for study in studies {
        let all = |site: &Site, asks: &[Ask]| asks.iter().all(|ask| ask.holds(study, site));
        // Outside of site:( ) a status is asked of the study too.
        let status = question.asks.iter().find(|ask| matches!(ask, Ask::Status(_)));
        let has_status = match status {
            Some(Ask::Status(code)) if question.is_plain => study.status.as_ref() == Some(code),
            _ => true,
        };
        if has_status && study.sites.iter().any(|site| all(site, &question.asks)) {
            ids.push(study.id.clone());
        } else if asks_for_place && study.sites.iter().all(|site| site.point.is_none()) {
            let anywhere = |ask: &Ask, site: &Site| match ask {
                Ask::Near(..) => true,
                Ask::Any(asks) => {
                    asks.iter().any(|ask| matches!(ask, Ask::Near(..)) || ask.holds(study, site))
                }
                ask => ask.holds(study, site),
            };
            let nowhere = Site { names: BTreeMap::new(), status: None, point: None };
            let is_more = if question.is_plain {
                has_status
            } else if study.sites.is_empty() {
                // A study without sites has none that states nothing.
                let asks = question.asks.iter();
                asks.clone().all(|ask| anywhere(ask, &nowhere))
                    && !asks.clone().any(|ask| matches!(ask, Ask::Unnamed(_)))
            } else {
                study.sites.iter().any(|site| question.asks.iter().all(|ask| anywhere(ask, site)))
            };
            no_place += u64::from(is_more);
        }
    }
    ids.sort_unstable();
    (ids, no_place)
}

/// Compares answers to random questions; gives how many there were.
fn check(store: &Store, studies: &[Studied], random: &mut Random, questions: usize) -> usize {
    let mut checked = 0;
    for _ in 0..questions {
        let Some(question) = question(random, studies) else { continue };
        let mut sites = studies.iter().flat_map(|study| &study.sites);
        if sites.any(|site| question.asks.iter().any(|ask| ask.is_on_edge(site))) {
            continue;
        }
        let text = &question.text;
        let query = parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(parse(&query.to_string()).as_ref(), Ok(&query), "{text}");
        let query = Query { reading: Reading::AsTyped, ..query };
        let results = answer(store, &query, &Cancel::default()).unwrap();
        let mut found: Vec<String> =
            results.rows.iter().map(|study| store.id(study).to_string()).collect();
        found.sort_unstable();
        let (ids, no_place) = scanned(studies, &question);
        assert_eq!(found, ids, "{text}");
        assert_eq!(results.near.no_place, no_place, "{text}");
        check_left_out(store, text, &ids, no_place);
        check_nearest(store, studies, &question, &query);
        checked += 1;
    }
    checked
}

/// Compares what is found where a question is left out: everything else, of which some state no place.
fn check_left_out(store: &Store, text: &str, ids: &[String], no_place: u64) {
    let query = Query { reading: Reading::AsTyped, ..parse(&format!("-({text})")).unwrap() };
    let results = answer(store, &query, &Cancel::default()).unwrap();
    assert_eq!(results.rows.len(), store.len() - ids.len(), "-({text})");
    let near = results.near;
    assert_eq!((near.no_place, near.found_without_place), (0, no_place), "-({text})");
}

/// Compares the order by the nearest site, and how far it is.
fn check_nearest(store: &Store, studies: &[Studied], question: &Question, query: &Query) {
    let Some(Ask::Near(middle, _)) = question.asks.iter().find(|ask| matches!(ask, Ask::Near(..)))
    else {
        return;
    };
    let sorted = parse(&format!("{query} sort:nearest")).unwrap();
    let sorted = Query { reading: Reading::AsTyped, ..sorted };
    let results = answer(store, &sorted, &Cancel::default()).unwrap();
    let mut before = 0.0;
    for study in &results.rows {
        let id = store.id(study).to_string();
        let own = studies.iter().find(|own| own.id == id).unwrap();
        let fitting =
            own.sites.iter().filter(|site| question.asks.iter().all(|ask| ask.holds(own, site)));
        let nearest = fitting.filter_map(|site| Some(distance(site.point?, *middle)));
        let nearest = nearest.min_by(f64::total_cmp).unwrap();
        let told = f64::from(results.near.nearest(store, study).unwrap().kilometres);
        assert!((told - nearest).abs() < 0.01, "{query}: {id}: {told} {nearest}");
        assert!(told >= before, "{query}: {id}");
        before = told;
    }
}

#[test]
fn places_are_asked_as_a_scan_asks_them() {
    let Some(records) = real::studies() else { return };
    let studies: Vec<Studied> = records.iter().map(studied).collect();
    let checked = check(&real::store().unwrap(), &studies, &mut Random(1), 1300);
    assert!(checked > 1000, "only {checked}");
}

/// Every city with its state and country is found where most of its sites are.
#[test]
fn places_are_where_their_sites_are() {
    let Some(records) = real::studies() else { return };
    let store = real::store().unwrap();
    let mut places: BTreeMap<[String; 3], Vec<Option<[f64; 2]>>> = BTreeMap::new();
    for site in records.iter().map(studied).flat_map(|study| study.sites) {
        let name = ["city", "state", "country"];
        let name = name.map(|part| site.names.get(part).cloned().unwrap_or_default());
        places.entry(name).or_default().push(site.point);
    }
    let words = |text: &str| {
        let words = text.split(|c: char| !c.is_alphanumeric());
        format!(" {} ", words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
    };
    let mut checked = 0;
    for name @ [city, state, country] in places.keys() {
        // Other names of a country mean more than their letters.
        let has_other_names = ["turkey", "czech", "korea", "russia", "moldova", "vietnam", "iran"];
        let is_plain = name.iter().all(|part| !part.is_empty() && !part.contains([',', '(', '.']));
        if !is_plain || has_other_names.iter().any(|other| country.contains(other)) {
            continue;
        }
        let lies_in = |place: &[String; 3], part: &str| {
            place[1..].iter().any(|there| words(there).contains(&words(part)))
        };
        let first = [city.clone(), String::new(), String::new()];
        let of_city = places.range(first..).take_while(|(place, _)| place[0] == *city);
        let meant = of_city.filter(|(place, points)| {
            let there = lies_in(place, state) && lies_in(place, country);
            there && points.iter().any(Option::is_some)
        });
        let mut meant: Vec<_> = meant.map(|(_, points)| points).collect();
        meant.sort_by_key(|points| std::cmp::Reverse(points.len()));
        let located = locate(&store, &name.join(", "), &Cancel::default());
        let Some(most) = meant.first() else {
            assert!(located.is_err(), "{name:?}");
            continue;
        };
        if meant.get(1).is_some_and(|next| next.len() == most.len()) {
            continue;
        }
        let located = located.unwrap_or_else(|error| panic!("{name:?}: {error}"));
        let middle = [0, 1].map(|axis| {
            let mut degrees: Vec<f64> = most.iter().flatten().map(|point| point[axis]).collect();
            degrees.sort_by(f64::total_cmp);
            degrees[(degrees.len() - 1) / 2]
        });
        assert!(distance([located.point.lat, located.point.lon], middle) < 0.01, "{name:?}");
        checked += 1;
    }
    assert!(checked > 1000, "only {checked}");
}

#[test]
fn places_of_made_up_records_are_asked_as_a_scan_asks_them() {
    let mut random = Random(2);
    let mut checked = 0;
    for _ in 0..60 {
        let records: Vec<Value> = (1..12).map(|number| record(&mut random, number)).collect();
        let studies: Vec<Studied> = records.iter().map(studied).collect();
        checked += check(&super::made::stored(&records).0, &studies, &mut random, 30);
    }
    assert!(checked > 1000, "only {checked}");
}

/// A record of which anything may be missing.
fn record(random: &mut Random, number: u32) -> Value {
    let sites: Vec<Value> = (0..random.below(4))
        .map(|_| {
            let mut site = json!({});
            for (name, key) in NAMES {
                if random.below(3) > 0 {
                    site[key] = json!(format!("{name} {}", random.below(3)));
                }
            }
            if random.below(2) > 0 {
                site["status"] = json!(random.one_of(&STATUSES).1);
            }
            if random.below(3) > 0 {
                let degrees = |random: &mut Random, most: f64| {
                    f64::from(random.below(2001) as u32) / 1000.0 * most - most
                };
                site["geoPoint"] =
                    json!({"lat": degrees(random, 90.0), "lon": degrees(random, 180.0)});
            }
            site
        })
        .collect();
    let made = made(number).at("contactsLocationsModule.locations", sites);
    let made = if random.below(4) > 0 { made.status(random.one_of(&STATUSES).1) } else { made };
    made.value()
}
