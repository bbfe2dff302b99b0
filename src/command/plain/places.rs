//! Where trials take place and when, in lines: what the map and the line of time show.

use std::collections::BTreeMap;

use anyhow::Result;

use super::Dialogue;
use super::line::named;
use crate::study::milestone::{self, Milestone};
use crate::study::{Study, place};
use crate::text;

/// Up to so many sites are read out one by one.
const FEW: usize = 10;

/// Where a trial takes place: each country with its cities; the sites of a country, and of a trial with few, one by one.
pub(super) fn sites(dialogue: &mut Dialogue, line: &str) -> Result<String> {
    let (study, country) = named(dialogue, line)?;
    let id = dialogue.store.id(study);
    let sites = place::sites(&dialogue.store.study(study)?);
    if sites.is_empty() {
        return Ok(format!("{id}: no sites are stated."));
    }
    let wanted = text::fold(country);
    let all = sites.len();
    let sites = sites.into_iter().filter(|site| text::fold(&site.country).starts_with(&wanted));
    let sites: Vec<place::Site> = sites.collect();
    let count = text::counted(sites.len() as u64, "site");
    let lines: Vec<String> = if !country.is_empty() || sites.len() <= FEW {
        sites.iter().map(|site| format!("{}.", site.in_words().replace(" · ", "; "))).collect()
    } else {
        let mut countries: BTreeMap<&str, Vec<&place::Site>> = BTreeMap::new();
        for site in &sites {
            countries.entry(&site.country).or_default().push(site);
        }
        let mut countries: Vec<_> = countries.into_iter().collect();
        countries.sort_by_key(|(_, sites)| std::cmp::Reverse(sites.len()));
        countries.into_iter().map(|(country, sites)| of_country(country, &sites)).collect()
    };
    let of = if sites.len() < all {
        format!(" of {} in countries that begin with {country}", text::grouped(all as u64))
    } else {
        String::new()
    };
    Ok(format!("{id}: {count}{of}.\n{}", lines.join("\n")))
}

/// `Spain, 12 sites: Madrid 5, Sevilla, no city stated 2.`
fn of_country(country: &str, sites: &[&place::Site]) -> String {
    let mut cities: BTreeMap<&str, usize> = BTreeMap::new();
    for site in sites {
        *cities.entry(&site.city).or_default() += 1;
    }
    let mut cities: Vec<_> = cities.into_iter().collect();
    cities.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    let cities = cities.into_iter().map(|(city, count)| {
        let city = if city.is_empty() { "no city stated" } else { city };
        if count == 1 { city.to_owned() } else { format!("{city} {count}") }
    });
    let country = if country.is_empty() { "No country stated" } else { country };
    let count = text::counted(sites.len() as u64, "site");
    format!("{country}, {count}: {}.", cities.collect::<Vec<_>>().join(", "))
}

/// The dates of trials in the order in which they come: of those that are named, else of the pinned ones, else of the one
/// that was named last.
pub(super) fn dates(dialogue: &mut Dialogue, line: &str) -> Result<String> {
    let mut studies = dialogue.studies(line)?;
    if studies.is_empty() {
        studies.push(dialogue.study("")?);
    }
    let (mut heads, mut dates) = (Vec::new(), Vec::new());
    for &study in &studies {
        let (id, record) = (dialogue.store.id(study), dialogue.store.study(study)?);
        let milestones = milestone::milestones(&record);
        heads.push(format!("{id}. {}{}", dialogue.store.title(study), about(&record, &milestones)));
        dates.extend(milestones.into_iter().map(|milestone| (id, milestone)));
    }
    // What is stated and is no date comes last.
    dates.sort_by_key(|(_, milestone)| match milestone.span() {
        Some(span) => (false, Some(span.first)),
        None => (true, None),
    });
    let lines = dates.into_iter().map(|(id, Milestone { label, said, .. })| match studies.len() {
        1 => format!("{said}: {label}."),
        _ => format!("{said}: {label} of {id}."),
    });
    let mut lines: Vec<String> = heads.into_iter().chain(lines).collect();
    if lines.len() == studies.len() {
        lines.push("No dates are stated.".to_owned());
    }
    Ok(lines.join("\n"))
}

/// How many take part, and how long the trial runs, as far as that is stated.
fn about(record: &Study, milestones: &[Milestone]) -> String {
    let date = |label: &str| milestones.iter().find(|it| it.label == label)?.date;
    let run = date("Start").zip(date("Completion"));
    let run =
        run.and_then(|(start, end)| Some(format!("Start to completion: {}", start.until(end)?)));
    let said: Vec<String> = [milestone::enrollment(record), run].into_iter().flatten().collect();
    if said.is_empty() { ".".to_owned() } else { format!(". {}.", said.join(". ")) }
}
