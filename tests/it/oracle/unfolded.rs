//! What filters unfold to, counted by looking at every record: the cities of countries, the facilities of cities, the terms
//! below terms.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use trialdex::search::{Branch, Cancel, Descriptor, Query, Reading, answer, parse};
use trialdex::store::Store;
use trialdex::study::Concept;
use trialdex::text;

use super::places::Random;
use super::scan::{self, fold};
use crate::made::made;
use crate::real;

/// Names with how many studies have them; nothing is what is not stated.
type Counted = BTreeMap<String, u32>;

fn names_of(site: &Value, keys: &[&str]) -> Vec<String> {
    let name = |key: &&str| text::fold(site[*key].as_str().unwrap_or_default().trim());
    keys.iter().map(name).collect()
}

/// How many studies have a site of which `keys` say `names`, by what it says for `next`.
fn sites(studies: &[&Value], keys: &[&str], names: &[String], next: &str) -> Counted {
    let mut counted = Counted::new();
    for study in studies {
        let sites = &study["protocolSection"]["contactsLocationsModule"]["locations"];
        let sites = sites.as_array().into_iter().flatten();
        let here = sites.filter(|site| names_of(site, keys) == names);
        let there: BTreeSet<String> = here.flat_map(|site| names_of(site, &[next])).collect();
        for name in there {
            *counted.entry(name).or_default() += 1;
        }
    }
    counted
}

/// Compares what stands below random places; gives how many there were.
fn check_places(store: &Store, all: &[Value], random: &mut Random, questions: &[&str]) -> usize {
    let (countries, mut checked) = (store.vocabulary(Concept::Country), 0);
    for text in questions {
        let rows = rows(store, text);
        let studies = found(store, all, &rows);
        for country in countries.iter() {
            if random.below(3) > 0 {
                continue;
            }
            let branch = Branch::of(country);
            let name = vec![countries.folded(country).to_owned()];
            let cities = branch.below(store, &rows);
            let label = |branch: Branch| text::fold(branch.label(store).unwrap_or_default());
            let told: Counted = cities.iter().map(|&(it, count)| (label(it), count)).collect();
            assert_eq!(told, sites(&studies, &["country"], &name, "city"), "{text}: {name:?}");
            checked += 1;
            for (city, _) in cities {
                if random.below(4) > 0 {
                    continue;
                }
                let names = [name.clone(), vec![label(city)]].concat();
                let below = city.below(store, &rows).into_iter();
                let told: Counted = below.map(|(it, count)| (label(it), count)).collect();
                let scanned = sites(&studies, &["country", "city"], &names, "facility");
                assert_eq!(told, scanned, "{text}: {names:?}");
                checked += 1;
            }
        }
    }
    checked
}

const MODULES: [(Concept, &str); 2] = [
    (Concept::ConditionTree, "conditionBrowseModule"),
    (Concept::InterventionTree, "interventionBrowseModule"),
];

/// The terms of a record, its own before those above them, each once.
fn terms(record: &Value, module: &str) -> Vec<String> {
    let mut all = Vec::new();
    for key in ["meshes", "ancestors"] {
        for term in record["derivedSection"][module][key].as_array().into_iter().flatten() {
            let name = fold(term["term"].as_str().unwrap_or_default());
            if !name.is_empty() && !all.contains(&name) {
                all.push(name);
            }
        }
    }
    all
}

/// What a tree says of one concept, by the definition: sets of studies, compared with each other.
struct Scanned {
    studies: BTreeMap<String, BTreeSet<usize>>,
    below: BTreeMap<String, BTreeSet<String>>,
}

fn scanned(records: &[&Value], module: &str) -> Scanned {
    let mut studies: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    let (mut is_above_others, mut place) = (BTreeSet::new(), BTreeMap::new());
    for (index, record) in records.iter().enumerate() {
        for (at, term) in terms(record, module).into_iter().enumerate() {
            place.entry(term.clone()).or_insert(at);
            studies.entry(term).or_default().insert(index);
        }
        let own = &record["derivedSection"][module]["meshes"];
        let own: Vec<String> = own
            .as_array()
            .into_iter()
            .flatten()
            .map(|term| fold(term["term"].as_str().unwrap_or_default()))
            .collect();
        is_above_others
            .extend(terms(record, module).into_iter().filter(|term| !own.contains(term)));
    }
    let stands_below = |term: &String, above: &String| {
        let (few, many) = (&studies[term], &studies[above]);
        let is_wider = many.len() > few.len() || place[above] > place[term];
        term != above && is_above_others.contains(above) && few.is_subset(many) && is_wider
    };
    let mut below: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for term in studies.keys() {
        let above: Vec<&String> = studies.keys().filter(|it| stands_below(term, it)).collect();
        for one in &above {
            if !above.iter().any(|between| stands_below(between, one)) {
                below.entry((*one).clone()).or_default().insert(term.clone());
            }
        }
    }
    Scanned { studies, below }
}

fn check_trees(store: &Store, records: &[Value], questions: &[&str]) -> usize {
    let in_order: Vec<&Value> = store
        .studies()
        .map(|study| store.id(study).to_string())
        .map(|id| records.iter().find(|record| scan::id(record) == id).expect("it was read"))
        .collect();
    let mut checked = 0;
    for (concept, module) in MODULES {
        let (scanned, vocabulary) = (scanned(&in_order, module), store.vocabulary(concept));
        for text in questions {
            let rows = rows(store, text);
            let ids: BTreeSet<String> = rows.iter().map(|it| store.id(it).to_string()).collect();
            let is_found: Vec<bool> =
                in_order.iter().map(|record| ids.contains(scan::id(record))).collect();
            let count = |term: &String| {
                scanned.studies[term].iter().filter(|&&index| is_found[index]).count() as u32
            };
            let counted = |terms: &mut dyn Iterator<Item = &String>| -> Counted {
                terms.map(|term| (term.clone(), count(term))).filter(|(_, n)| *n > 0).collect()
            };
            let told = |terms: Vec<(Descriptor, u32)>| -> Counted {
                let name = |it: Descriptor| vocabulary.folded(it.value).to_owned();
                terms.into_iter().map(|(it, count)| (name(it), count)).collect()
            };
            let has_above: BTreeSet<&String> = scanned.below.values().flatten().collect();
            let mut tops = scanned.studies.keys().filter(|term| !has_above.contains(term));
            let tops = counted(&mut tops);
            assert_eq!(told(Descriptor::tops(store, concept, &rows).unwrap()), tops, "{text}");
            for value in vocabulary.iter() {
                let name = vocabulary.folded(value).to_owned();
                let below = Descriptor { concept, value, above: None }.below(store, &rows);
                let expected = scanned.below.get(&name);
                let expected = counted(&mut expected.into_iter().flatten());
                assert_eq!(told(below), expected, "{text}: {name}");
                checked += 1;
            }
        }
    }
    checked
}

fn rows(store: &Store, text: &str) -> trialdex::search::Rows {
    let query = Query { reading: Reading::AsTyped, ..parse(text).unwrap() };
    answer(store, &query, &Cancel::default()).unwrap().rows
}

fn found<'a>(store: &Store, all: &'a [Value], rows: &trialdex::search::Rows) -> Vec<&'a Value> {
    let ids: BTreeSet<String> = rows.iter().map(|study| store.id(study).to_string()).collect();
    all.iter().filter(|record| ids.contains(scan::id(record))).collect()
}

const QUESTIONS: [&str; 5] =
    ["", "phase:2", "status:recruiting", "cancer -phase:3", "sex:female | results:posted"];

#[test]
fn what_filters_unfold_to_is_counted_as_a_scan_counts_it() {
    let Some(records) = real::studies() else { return };
    let store = real::store().unwrap();
    let checked = check_places(&store, &records, &mut Random(3), &QUESTIONS);
    assert!(checked > 200, "only {checked} places");
    let checked = check_trees(&store, &records, &QUESTIONS[..2]);
    assert!(checked > 1000, "only {checked} terms");
}

#[test]
fn what_made_up_records_unfold_to_is_counted_as_a_scan_counts_it() {
    let mut random = Random(4);
    let (mut places, mut terms) = (0, 0);
    for _ in 0..80 {
        let records: Vec<Value> = (1..12).map(|number| record(&mut random, number)).collect();
        let store = super::made::stored(&records).0;
        places += check_places(&store, &records, &mut random, &["", "phase:2"]);
        terms += check_trees(&store, &records, &["", "phase:2"]);
    }
    assert!(places > 200 && terms > 1000, "only {places} places and {terms} terms");
}

/// A record of which anything may be missing.
fn record(random: &mut Random, number: u32) -> Value {
    let sites: Vec<Value> = (0..random.below(4))
        .map(|_| {
            let mut site = json!({"status": "RECRUITING"});
            for key in ["country", "city", "facility"] {
                if random.below(4) > 0 {
                    site[key] = json!(format!("{key} {}", random.below(3)));
                }
            }
            site
        })
        .collect();
    let mut made = made(number).at("contactsLocationsModule.locations", sites);
    if random.below(2) > 0 {
        made = made.phases(["PHASE2"]);
    }
    for (_, module) in MODULES {
        let terms = |random: &mut Random, most: usize| {
            let term = |random: &mut Random| json!({"term": format!("T{}", random.below(9))});
            (0..random.below(most)).map(|_| term(random)).collect::<Vec<_>>()
        };
        // Nothing of this is a tree: what is read from it keeps to the definition all the same.
        let browse = json!({"meshes": terms(random, 3), "ancestors": terms(random, 5)});
        made = made.set(&format!("derivedSection.{module}"), browse);
    }
    made.value()
}
