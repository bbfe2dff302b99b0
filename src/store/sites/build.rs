//! Gathers the sites of studies: their points and statuses. Their names come from the vocabularies.

use std::hash::Hash;
use std::mem;

use hashbrown::HashMap;
use roaring::RoaringBitmap;

use super::{Fixed, Gazetteer, NO_STATUS, NOWHERE, Sites, fixed};
use crate::store::NOT_STATED;
use crate::store::pool::{Bitmaps, Lists, Strings, TooLarge};
use crate::study::summary::Summary;

/// Gathers the points and statuses of the sites of studies. Costs 9 bytes a site.
#[derive(Clone, Debug, Default)]
pub(in crate::store) struct SitesBuilder {
    /// Study → where its sites end.
    ends: Vec<u32>,
    points: Vec<Fixed>,
    statuses: Vec<u8>,
    /// The statuses that sites have, in the order in which they came.
    codes: Vec<String>,
}

/// Study → the value of each of its sites, for each concept of sites.
pub(in crate::store) struct Names {
    pub(in crate::store) country: Lists,
    pub(in crate::store) state: Lists,
    pub(in crate::store) city: Lists,
    pub(in crate::store) facility: Lists,
    pub(in crate::store) zip: Lists,
}

impl SitesBuilder {
    /// Adds the next study.
    pub(in crate::store) fn push(&mut self, summary: &Summary) {
        for site in &summary.protocol.contacts.locations.0 {
            self.points.push(site.point().map_or(NOWHERE, fixed));
            let status = site.status.get().map_or(NO_STATUS, |code| self.status(code));
            self.statuses.push(status);
        }
        self.ends.push(self.points.len() as u32);
    }

    /// The number of a status. The registry has fewer than twenty; of very many the last ones are not told apart.
    fn status(&mut self, code: &str) -> u8 {
        let known = self.codes.iter().position(|known| known == code);
        let place = known.unwrap_or_else(|| {
            if self.codes.len() < usize::from(NO_STATUS) {
                self.codes.push(code.to_owned());
            }
            self.codes.len() - 1
        });
        place as u8
    }

    /// Takes the studies of another builder, which keeps its room.
    pub(in crate::store) fn absorb(&mut self, other: &mut Self) {
        let codes = mem::take(&mut other.codes);
        let numbers: Vec<u8> = codes.iter().map(|code| self.status(code)).collect();
        let number = |status: u8| numbers.get(usize::from(status)).copied().unwrap_or(NO_STATUS);
        let before = self.points.len() as u32;
        self.ends.extend(other.ends.drain(..).map(|end| before + end));
        self.points.append(&mut other.points);
        self.statuses.extend(other.statuses.drain(..).map(number));
    }

    /// Makes the sites of the studies at `kept`, which take the places 0, 1, 2 … and have these names.
    pub(in crate::store) fn finish(self, kept: &[u32], names: Names) -> Result<Sites, TooLarge> {
        let mut order: Vec<usize> = (0..self.codes.len()).collect();
        order.sort_by_key(|&code| &self.codes[code]);
        let codes: Strings = order.iter().map(|&code| self.codes[code].as_str()).collect();
        let mut number = [NO_STATUS; NO_STATUS as usize + 1];
        for (place, code) in (0..).zip(order) {
            number[code] = place;
        }
        let sites = |&study: &u32| {
            let study = study as usize;
            let start = study.checked_sub(1).map_or(0, |before| self.ends[before]);
            start as usize..self.ends[study] as usize
        };
        let picked = || kept.iter().flat_map(sites);
        let statuses = picked().map(|site| number[usize::from(self.statuses[site])]).collect();
        let points: Vec<Fixed> = picked().map(|site| self.points[site]).collect();
        drop((self.points, self.statuses));

        let [city, state, country] = [&names.city, &names.state, &names.country];
        let triples = (0..points.len())
            .map(|site| [city.elements[site], state.elements[site], country.elements[site]]);
        let places = Numbered::new(triples);
        let gazetteer = gazetteer(&places, &points);
        let mut numbered = Numbered::new(points.into_iter());
        // What is nowhere stands last, since nothing is so far in the north.
        if numbered.distinct.pop_if(|last| *last == NOWHERE).is_some() {
            let nowhere = numbered.distinct.len() as u32;
            for number in numbered.numbers.iter_mut().filter(|number| **number == nowhere) {
                *number = NOT_STATED;
            }
        }
        let by_study =
            Lists { elements: numbered.numbers.clone().into(), ends: names.city.ends.clone() };
        let mut studies = by_study.inverted(numbered.distinct.len());
        studies.dedup();
        let is_pointless = |list: &[u32]| list.iter().all(|&point| point == NOT_STATED);
        let pointless = (0..).zip(by_study.iter()).filter(|(_, list)| is_pointless(list));
        let mut without_point = Bitmaps::default();
        without_point.push(&pointless.map(|(study, _)| study).collect::<RoaringBitmap>())?;
        Ok(Sites {
            ends: names.city.ends,
            places: places.numbers.into(),
            facilities: names.facility.elements,
            zips: names.zip.elements,
            points: numbered.numbers.into(),
            statuses,
            codes,
            gazetteer,
            distinct: numbered.distinct.into(),
            studies,
            without_point,
            ..Sites::default()
        })
    }
}

/// Things that repeat, as numbers.
struct Numbered<T> {
    /// Each of them once; ascending.
    distinct: Vec<T>,
    /// Thing → its place in `distinct`.
    numbers: Vec<u32>,
}

impl<T: Copy + Ord + Hash> Numbered<T> {
    fn new(things: impl Iterator<Item = T>) -> Self {
        let (mut known, mut distinct) = (HashMap::new(), Vec::new());
        let number = |thing: T| {
            *known.entry(thing).or_insert_with(|| {
                distinct.push(thing);
                distinct.len() as u32 - 1
            })
        };
        let mut numbers: Vec<u32> = things.map(number).collect();
        let mut order: Vec<u32> = (0..distinct.len() as u32).collect();
        order.sort_unstable_by_key(|&number| distinct[number as usize]);
        let mut places = vec![0; order.len()];
        for (place, &number) in (0..).zip(&order) {
            places[number as usize] = place;
        }
        for number in &mut numbers {
            *number = places[*number as usize];
        }
        distinct.sort_unstable();
        Self { distinct, numbers }
    }
}

/// The places of sites that stand at `points`.
fn gazetteer(places: &Numbered<[u32; 3]>, points: &[Fixed]) -> Gazetteer {
    let count = places.distinct.len();
    let mut sites = vec![0_u32; count];
    for &place in &places.numbers {
        sites[place as usize] += 1;
    }
    let by_site = Lists {
        elements: places.numbers.clone().into(),
        ends: (1..=places.numbers.len() as u32).collect(),
    };
    let by_place = by_site.inverted(count);
    let mut degrees = Vec::new();
    let mut median = |sites: &[u32], axis: usize| {
        degrees.clear();
        let stated = sites.iter().map(|&site| points[site as usize]);
        degrees.extend(stated.filter(|&point| point != NOWHERE).map(|point| point[axis]));
        let middle = degrees.len().checked_sub(1)? / 2;
        Some(*degrees.select_nth_unstable(middle).1)
    };
    let middles = by_place.iter().map(|sites| match (median(sites, 0), median(sites, 1)) {
        (Some(lat), Some(lon)) => [lat, lon],
        _ => NOWHERE,
    });
    Gazetteer {
        points: middles.collect(),
        names: places.distinct.clone().into(),
        sites: sites.into(),
    }
}
