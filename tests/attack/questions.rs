//! Everything that can be asked of a store, asked once.

use trialdex::compare;
use trialdex::export::{Report, Rows, markdown};
use trialdex::marks::Marks;
use trialdex::search::stats::Dimension;
use trialdex::search::{
    Cancel, Profile, Query, Statistics, answer, completions, explain, locate, parse, related,
    unrelated,
};
use trialdex::store::{Store, StudyIdx};
use trialdex::study::person::{Health, Person, Sex};
use trialdex::study::{Concept, NctId, document};

/// Queries of every kind: words, spellings, slips, fields, ranges, places, persons, prose, orders.
const QUERIES: [&str; 28] = [
    "",
    "liver",
    "li",
    "l -c",
    "livre failrue",
    "\"liver failure\"",
    "stem cells | plasma",
    "cond:hepatitis phase:2 status:recruiting",
    "sponsor:university sort:sponsor",
    "lead:a sort:title",
    "drug:cell* sort:-enrollment",
    "title:acute sort:start",
    "=liver",
    "start:>=2015 enrollment:>10 sites:>=1",
    "start:none",
    "updated:2000..2030 sort:updated",
    "country:china city:guangzhou",
    "near:Guangzhou~300km sort:nearest",
    "near:23.1,113.3~20000km",
    "site:(country:china status:recruiting)",
    "age:54 sex:f",
    "incl:\"liver failure\"",
    "excl:pregnan* outcome:survival",
    "text:plasma summary:the",
    "cond:none -phase:1",
    "NCT06825572",
    "mesh:liver keyword:a",
    "results:yes sort:id",
];

/// Of so many studies found first each is read.
const READ: usize = 3;

/// Asks it all. Gives how many questions that were.
pub(crate) fn ask(store: &Store) -> usize {
    let mut asked = 0;
    for text in QUERIES {
        let query = parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        asked += search(store, &query);
    }
    let person = Person {
        age: trialdex::search::age("54").ok(),
        sex: Some(Sex::Female),
        health: Some(Health::Patient),
    };
    let profile = Profile { person, near: None };
    asked += search(store, &Query { profile: Some(profile), ..Query::default() });
    for text in ["liv", "cond:he", "near:gu", "country:c", "phase:", "sponsor:sun y"] {
        completions(store, text, text.len(), &Cancel::default());
        asked += 1;
    }
    for place in ["Guangzhou", "London", "Paris, France", "gz"] {
        _ = locate(store, place, &Cancel::default());
        asked += 1;
    }
    asked + read_all(store)
}

/// One search with everything that a screen shows of what it finds.
fn search(store: &Store, query: &Query) -> usize {
    let Some(results) = answer(store, query, &Cancel::default()) else { return 0 };
    for study in results.rows.iter().take(READ) {
        explain(store, query, study);
        results.near.in_words(store, study);
        if let Ok(read) = store.study(study) {
            markdown(&read);
            document(&read);
        }
    }
    for counts in &results.facets {
        for (group, _) in counts.first(store, 8) {
            counts.of(store, group);
        }
        counts.not_stated(store);
    }
    1
}

/// What is stated of every study, what it is like, how they compare, and how they are distributed.
fn read_all(store: &Store) -> usize {
    for study in store.studies() {
        for concept in Concept::all() {
            store.stated(study, concept).in_words();
            store.fact(study, concept);
        }
        let sites = store.sites();
        for site in sites.of(study) {
            sites.place(site);
            sites.status(site);
            sites.point(site);
        }
        (0..store.versions(study)).for_each(|newer| _ = store.version(study, newer));
        store.find(store.id(study));
        unrelated(store, study);
    }
    store.find(NctId::from_number(7).unwrap_or_default());
    for study in store.studies().take(2) {
        for related in related(store, study) {
            related.in_words();
        }
    }
    let pair: Vec<_> = [0, 1].iter().filter_map(|&it| store.study(StudyIdx(it)).ok()).collect();
    if let [left, right] = &pair[..] {
        compare::compare(left, right);
        Report::new(&[left, right], Rows::All).title();
    }
    let marks = Marks::default();
    let all = answer(store, &Query::default(), &Cancel::default()).unwrap_or_default();
    let statistics = Statistics::new(store, &marks, &all.rows);
    let dimensions: Vec<Dimension> = Dimension::all().collect();
    for &by in &dimensions {
        let distribution = statistics.by(by, 10);
        distribution.bars().for_each(|(group, _)| _ = distribution.label(store, group));
    }
    statistics.cross([dimensions[0], dimensions[1]], 5);
    store.len() + dimensions.len()
}
