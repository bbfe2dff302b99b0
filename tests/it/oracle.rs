//! Answers of the index compared with a scan: both find, count and order the same studies, for any query and any
//! store.

mod facets;
mod made;
mod meant;
mod orders;
mod persons;
mod places;
mod prose;
mod ranges;
mod real;
mod scan;
mod unfolded;

use std::collections::BTreeMap;

use serde_json::Value;
use trialdex::search::{Cancel, Group, How, Query, Reading, Results, answer, parse};
use trialdex::store::Store;
use trialdex::study::Concept;

use scan::Ask;

/// Asks the store, and compares every part of the answer with what a look at `studies` says; false when the question
/// has a word that nothing has, which is for guessing and not for here.
fn check(store: &Store, studies: &[Value], text: &str, ask: &Ask) -> bool {
    if !scan::is_certain(studies, ask) {
        return false;
    }
    let results = answer_to(store, text);
    let found: Vec<&Value> = studies.iter().filter(|study| scan::fits(study, ask)).collect();
    let mut ids: Vec<&str> = found.iter().map(|study| scan::id(study)).collect();
    ids.sort_unstable();
    let mut answered = ids_of(store, &results);
    answered.sort_unstable();
    assert_eq!(answered, ids, "{text}");
    for taken in &results.taken {
        assert!(taken.places.iter().all(|place| place.how != How::Near), "{text}: {taken:?}");
    }
    let whole = scan::without(ask, "no field");
    for (concept, counts) in Concept::always_counted().zip(&results.facets) {
        let asked = scan::without(ask, concept.name());
        let wider: Vec<&Value> = if asked == whole {
            found.clone()
        } else {
            studies.iter().filter(|study| scan::fits(study, &asked)).collect()
        };
        let values = counts.first(store, usize::MAX);
        let labels = values
            .iter()
            .map(|&(group, count)| (Some(scan::fold(&group.text(store, concept))), count));
        let silent = counts.not_stated(store);
        let silent = (silent > 0).then_some((None, silent));
        let counted: BTreeMap<_, _> = labels.chain(silent).collect();
        assert_eq!(counted, scan::counts(&wider, concept.name()), "{text}: {concept:?}");
        assert!(is_in_order(store, concept, &values), "{text}: {concept:?}");
    }
    true
}

fn is_in_order(store: &Store, concept: Concept, values: &[(Group, u32)]) -> bool {
    let terms = concept.terms();
    if terms.is_empty() {
        let value = |group| match group {
            Group::Value(value) => value,
            Group::Step(_) | Group::Mark(_) => panic!("{concept:?} has no values"),
        };
        return values.is_sorted_by_key(|&(group, count)| (std::cmp::Reverse(count), value(group)));
    }
    values.is_sorted_by_key(|&(group, _)| {
        let label = group.label(store, concept);
        terms.iter().position(|term| term.label == label).unwrap_or(usize::MAX)
    })
}

/// Compares each order, and the order of an answer that no order was asked of, with those of a scan.
fn check_orders(store: &Store, studies: &[Value]) {
    let names = Concept::orders()
        .flat_map(|(by, _)| [by.name().to_owned(), format!("reverse-{}", by.name())]);
    for name in names {
        let mut sorted: Vec<&Value> = studies.iter().collect();
        scan::sort(&mut sorted, &name);
        let expected: Vec<&str> = sorted.iter().map(|study| scan::id(study)).collect();
        assert_eq!(ids_of(store, &answer_to(store, &format!("sort:{name}"))), expected, "{name}");
        if name == "updated" {
            assert_eq!(ids_of(store, &answer_to(store, "")), expected);
        }
    }
}

fn answer_to(store: &Store, text: &str) -> Results {
    answer_as(store, text, Reading::AsTyped)
}

fn answer_as(store: &Store, text: &str, reading: Reading) -> Results {
    let query = parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    answer(store, &Query { reading, ..query }, &Cancel::default()).unwrap()
}

fn ids_of(store: &Store, results: &Results) -> Vec<String> {
    results.rows.iter().map(|study| store.id(study).to_string()).collect()
}
