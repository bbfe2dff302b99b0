//! Several orders, one within the other, against a sort of all records.

use proptest::sample::select;
use proptest::strategy::{Strategy, ValueTree as _};
use proptest::test_runner::TestRunner;
use serde_json::Value;
use trialdex::search::{Cancel, find, parse};
use trialdex::store::Store;
use trialdex::study::Concept;

use super::scan;
use crate::real;

/// So many questions are asked.
const QUESTIONS: usize = 1_000;

/// An order, and the place of each study's class in it.
struct Ranked {
    name: String,
    ranks: Vec<usize>,
}

fn ranked(studies: &[Value], name: String) -> Ranked {
    let mut places: Vec<usize> = (0..studies.len()).collect();
    places.sort_by(|&a, &b| scan::compare(&studies[a], &studies[b], &name));
    let mut ranks = vec![0; studies.len()];
    for pair in places.windows(2) {
        let is_equal = scan::compare(&studies[pair[0]], &studies[pair[1]], &name).is_eq();
        ranks[pair[1]] = ranks[pair[0]] + usize::from(!is_equal);
    }
    Ranked { name, ranks }
}

/// Compares the order of an answer by several concepts with a sort.
fn check(store: &Store, studies: &[Value], filters: &[&'static str]) {
    let names = Concept::orders()
        .flat_map(|(by, _)| [by.name().to_owned(), format!("reverse-{}", by.name())]);
    let orders: Vec<Ranked> = names.map(|name| ranked(studies, name)).collect();
    let ids: Vec<&str> = studies.iter().map(scan::id).collect();
    let mut by_id: Vec<usize> = (0..studies.len()).collect();
    by_id.sort_by_key(|&place| ids[place]);
    let several = proptest::collection::vec(select((0..orders.len()).collect::<Vec<_>>()), 2..5);
    let asks = (several, select(filters.to_vec()));
    let mut runner = TestRunner::deterministic();
    for _ in 0..QUESTIONS {
        let (several, filter) = asks.new_tree(&mut runner).unwrap().current();
        let several: Vec<&Ranked> = several.into_iter().map(|order| &orders[order]).collect();
        let names: Vec<&str> = several.iter().map(|order| &*order.name).collect();
        let text = format!("{filter} sort:{}", names.join(","));
        let answer = |text: &str| {
            let found = find(store, &parse(text).unwrap(), &Cancel::default()).unwrap();
            found.rows.iter().map(|study| store.id(study).to_string()).collect::<Vec<_>>()
        };
        let mut found = answer(filter);
        found.sort_unstable();
        let mut expected: Vec<usize> = by_id.clone();
        expected.retain(|&place| found.binary_search_by_key(&ids[place], |id| id.as_str()).is_ok());
        expected.sort_by_key(|&place| {
            several.iter().map(|order| order.ranks[place]).collect::<Vec<_>>()
        });
        let expected: Vec<&str> = expected.into_iter().map(|place| ids[place]).collect();
        assert_eq!(answer(&text), expected, "{text}");
    }
}

#[test]
fn real_studies_stand_in_several_orders_as_a_sort_puts_them() {
    let Some(studies) = real::studies() else { return };
    let store = real::store().expect("the studies are there");
    check(&store, &studies, &["", "type:interventional", "cond:cancer | start:none"]);
}

#[test]
fn made_up_studies_stand_in_several_orders_as_a_sort_puts_them() {
    let mut runner = TestRunner::deterministic();
    let records = proptest::collection::vec(super::made::record(), 40);
    let records = records.new_tree(&mut runner).unwrap().current();
    let (store, studies) = super::made::stored(&records);
    check(&store, &studies, &["", "-phase:none", "liver | live"]);
}
