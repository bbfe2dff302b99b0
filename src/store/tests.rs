//! The store as a whole.

use super::*;
use crate::study::made::{Made, made};

fn record(id: u32, updated: &str) -> Made {
    made(id)
        .title(&format!("Study {updated}"))
        .updated(updated)
        .at("identificationModule.nctIdAliases", vec![format!("NCT9{id:07}")])
}

#[test]
fn of_one_study_the_newest_record_counts() {
    let (old, new) = (record(2, "2020-01-01"), record(2, "2021-01-01"));
    for [one, other] in [[&old, &new], [&new, &old]] {
        let store = Store::of([one.clone(), other.clone(), record(1, "2019-01")]);
        assert_eq!(store.len(), 2);
        let study = store.find("NCT00000002".parse().unwrap()).unwrap();
        assert_eq!(store.title(study), "Study 2021-01-01");
        assert_eq!(store.record(study).unwrap(), new.json());
        assert_eq!(store.newest().unwrap().to_string(), "2021-01-01");
    }
}

#[test]
fn older_records_of_a_study_are_known_once() {
    let days = ["2020-01-01", "2022-01-01", "2021-01-01"];
    let [old, new, between] = days.map(|day| record(2, day).json());
    let other = record(1, "2019-01").json();
    let records = [&old, &new, &other, &between, &old, &new, &new];
    // In one builder, and each in one of its own.
    let (mut together, mut apart) = (StoreBuilder::default(), StoreBuilder::default());
    for (batch, record) in records.into_iter().enumerate() {
        together.push(record).unwrap();
        let mut builder = StoreBuilder::default();
        builder.begin(batch as u64);
        builder.push(record).unwrap();
        builder.close().unwrap();
        apart.absorb(&mut builder).unwrap();
    }
    for store in [together, apart].map(|builder| builder.finish().unwrap()) {
        let study = |id: &str| store.find(id.parse().unwrap()).unwrap();
        let [one, two] = ["NCT00000001", "NCT00000002"].map(study);
        assert_eq!((store.versions(one), store.versions(two)), (1, 3));
        let versions = [0, 1, 2].map(|newer| store.version(two, newer).unwrap());
        assert_eq!([&versions[0], &versions[1], &versions[2]], [&new, &between, &old]);
        assert_eq!(store.version(one, 0).unwrap(), other);
    }
}

#[test]
fn of_two_records_with_one_update_the_later_given_out_counts() {
    let given_out = |day: &str, more: &str| {
        let record = record(2, "2020-01-01").at("descriptionModule.briefSummary", more);
        record.set("derivedSection.miscInfoModule.versionHolder", day)
    };
    let (old, new) = (given_out("2023-06-28", "longer"), given_out("2025-12-09", ""));
    for records in [[&old, &new], [&new, &old]] {
        let store = Store::of(records.map(Clone::clone));
        assert_eq!(store.record(StudyIdx(0)).unwrap(), new.json());
    }
}

#[test]
fn of_equal_records_the_first_in_the_dataset_counts() {
    let records = ["one", "two"].map(|more| record(2, "2020").set("more", more).json());
    for order in [[0, 1], [1, 0]] {
        let mut all = StoreBuilder::default();
        for batch in order {
            let mut builder = StoreBuilder::default();
            builder.begin(batch as u64);
            builder.push(&records[batch]).unwrap();
            builder.close().unwrap();
            all.absorb(&mut builder).unwrap();
        }
        assert_eq!(all.finish().unwrap().record(StudyIdx(0)).unwrap(), records[0]);
    }
}

#[test]
fn a_builder_goes_on_when_its_studies_were_taken() {
    let record = |id: u32| record(id, "2020").conditions([format!("Condition {}", id % 3)]);
    let records: Vec<Made> = (1..8).map(record).collect();
    let (mut all, mut builder) = (StoreBuilder::default(), StoreBuilder::default());
    for batch in records.chunks(2) {
        for record in batch {
            builder.push(&record.json()).unwrap();
        }
        builder.close().unwrap();
        all.absorb(&mut builder).unwrap();
        assert!(builder.is_empty());
    }
    let (store, expected) = (all.finish().unwrap(), Store::of(records));
    assert_eq!(store.len(), 7);
    for study in store.studies() {
        assert_eq!(store.id(study), expected.id(study));
        assert_eq!(store.title(study), expected.title(study));
        assert_eq!(store.record(study).unwrap(), expected.record(study).unwrap());
        let labels = [&store, &expected]
            .map(|store| store.labels(study, Concept::Condition).collect::<Vec<_>>());
        assert_eq!(labels[0], labels[1]);
        assert_eq!(labels[0].len(), 1);
    }
}

#[test]
fn an_alias_finds_its_study() {
    let store = Store::of([record(2, "2020"), record(3, "2020")]);
    assert_eq!(store.find("NCT90000003".parse().unwrap()), Some(StudyIdx(1)));
    assert_eq!(store.find("NCT00000004".parse().unwrap()), None);
}
