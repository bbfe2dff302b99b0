//! Every group against a search for it, and tables of two concepts against searches for both.

use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::search::query::{Ask, Expr, Query, Term};
use crate::search::{Cancel, find, parse};
use crate::study::made::{Made, made};

/// What may stand at a path of a record, or nothing.
const STATED: &[(&str, &[&str])] = &[
    ("statusModule.overallStatus", &["\"RECRUITING\"", "\"COMPLETED\"", "\"UNHEARD_OF\""]),
    ("designModule.phases", &["[\"PHASE1\"]", "[\"PHASE1\",\"PHASE2\"]", "[]"]),
    (
        "statusModule.startDateStruct",
        &[
            "{\"date\":\"2020\"}",
            "{\"date\":\"2020-12-31\",\"type\":\"ACTUAL\"}",
            "{\"date\":\"2021-01\",\"type\":\"ESTIMATED\"}",
            "{\"date\":\"1014-01-24\"}",
        ],
    ),
    (
        "designModule.enrollmentInfo",
        &[
            "{\"count\":0}",
            "{\"count\":9,\"type\":\"ACTUAL\"}",
            "{\"count\":10,\"type\":\"ESTIMATED\"}",
            "{\"count\":9999}",
            "{\"count\":3239950}",
        ],
    ),
    (
        "eligibilityModule.minimumAge",
        &[
            "\"18 Years\"",
            "\"216 Months\"",
            "\"6 Months\"",
            "\"20000 Days\"",
            "\"100000 Minutes\"",
            "\"N/A\"",
        ],
    ),
    ("conditionsModule.conditions", &["[\"Gout\"]", "[\"Gout\",\"Lung (Cancer) \\\"x\\\"\"]"]),
    (
        "contactsLocationsModule.locations",
        &[
            "[{\"country\":\"France\"}]",
            "[{\"country\":\"France\"},{\"city\":\"Rome\"},{\"country\":\"Italy\"},{\"country\":\"France\"}]",
            "[{\"city\":\"Rome\"}]",
        ],
    ),
];

fn record(number: u32, picks: &[usize]) -> Made {
    let stated = STATED.iter().zip(picks);
    let values = stated.filter_map(|((path, values), pick)| Some((*path, *values.get(*pick)?)));
    values.fold(made(number), |record, (path, value)| {
        record.at(path, serde_json::from_str::<Value>(value).unwrap())
    })
}

fn store(picks: &[Vec<usize>]) -> Store {
    Store::of((1..).zip(picks).map(|(number, picks)| record(number, picks)))
}

fn everything(store: &Store) -> RoaringBitmap {
    (0..store.len() as u32).collect()
}

fn term(store: &Store, concept: Concept, group: Option<Group>) -> Term {
    match group {
        Some(group) => group.term(store, concept),
        None => Term { concept: Some(concept), ask: Ask::NotStated },
    }
}

/// How many studies have all of it.
fn found(store: &Store, terms: Vec<Term>) -> u32 {
    let query =
        Query { expr: Expr::and(terms.into_iter().map(Expr::Term).collect()), ..Query::default() };
    // What stands on the screen as a filter stands in the query's text.
    assert_eq!(parse(&query.to_string()).unwrap(), query);
    find(store, &query, &Cancel::default()).unwrap().rows.len() as u32
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_group_has_the_studies_that_a_query_finds(
        picks in prop::collection::vec(prop::collection::vec(0..7_usize, STATED.len()), 0..24),
    ) {
        let store = store(&picks);
        let all = everything(&store);
        for concept in countable() {
            let counted = distribution(&store, concept, &all, usize::MAX);
            for (group, studies) in counted.bars() {
                let term = term(&store, concept, group);
                prop_assert_eq!(found(&store, vec![term.clone()]), studies, "{}", term);
            }
            if !counted.is_of_several() {
                prop_assert_eq!(counted.bars().map(|(_, n)| n).sum::<u32>(), store.len() as u32);
            }
        }
    }

    #[test]
    fn cells_have_the_studies_of_their_row_and_their_column(
        picks in prop::collection::vec(prop::collection::vec(0..7_usize, STATED.len()), 0..24),
    ) {
        let store = store(&picks);
        let all = everything(&store);
        for [row, column] in [
            [Concept::Phase, Concept::Status],
            [Concept::Country, Concept::Start],
            [Concept::MinimumAge, Concept::Enrollment],
        ] {
            let statistics = Statistics { store: &store, marks: &Marks::default(), studies: all.clone() };
            let table = statistics.cross([row, column].map(Dimension::Concept), usize::MAX);
            for (row_group, _) in table.rows.bars() {
                for (column_group, _) in table.columns.bars() {
                    let terms = vec![term(&store, row, row_group), term(&store, column, column_group)];
                    prop_assert_eq!(table.studies(row_group, column_group), found(&store, terms));
                }
            }
        }
    }
}

#[test]
fn groups_stand_in_order_and_are_called_as_people_and_queries_have_them() {
    let picks = [
        [0, 1, 1, 4, 0, 1, 1],
        [1, 0, 0, 1, 1, 0, 0],
        [0, 9, 3, 2, 3, 0, 2],
        [2, 9, 9, 9, 9, 9, 9],
    ];
    let store = store(&picks.map(|picks| picks.to_vec()));
    let said = |concept| {
        let counted = distribution(&store, concept, &everything(&store), usize::MAX);
        let groups = counted.bars().map(|(group, studies)| {
            let label = group.map(|group| group.label(&store, concept));
            let text = group.map(|group| group.text(&store, concept));
            format!("{} {} {studies}", label.unwrap_or_default(), text.unwrap_or_default())
        });
        groups.collect::<Vec<_>>().join("; ")
    };
    for (concept, groups) in [
        (
            Concept::Status,
            "Recruiting RECRUITING 2; Completed COMPLETED 1; UNHEARD_OF UNHEARD_OF 1;   0",
        ),
        (Concept::Phase, "Phase 1 PHASE1 2; Phase 2 PHASE2 1;   2"),
        (Concept::Start, "2020 2020 2; 1014 1014 1;   1"),
        (Concept::Enrollment, "1–9 1..9 1; 10–49 10..49 1; 10,000 or more >=10000 1;   1"),
        (Concept::MinimumAge, "18 years 18 2; 20000 days 20000d 1;   1"),
        (Concept::Country, "France France 2; Italy Italy 1;   2"),
    ] {
        assert_eq!(said(concept), groups, "{}", concept.name());
    }
    let enrollment = distribution(&store, Concept::Enrollment, &everything(&store), 0);
    let quartiles = enrollment.quartiles.unwrap();
    assert_eq!(quartiles.studies, 3);
    assert!(quartiles.to_string().starts_with("median 10, quartiles 9.5 and"), "{quartiles}");
}

#[test]
fn of_names_only_the_most_frequent_are_listed() {
    let names = [&["A", "B"][..], &["B", "C"], &["B", "C"], &[]];
    let store = Store::of((1..).zip(names).map(|(id, names)| made(id).conditions(names.to_vec())));
    let counted = distribution(&store, Concept::Condition, &everything(&store), 2);
    let labels = counted.groups.iter().map(|(group, _)| group.label(&store, Concept::Condition));
    assert_eq!(labels.collect::<Vec<_>>(), ["B", "C"]);
    assert_eq!((counted.others, counted.not_stated, counted.studies), (1, 1, 4));
    assert!(counted.is_of_several());
}

#[test]
fn concepts_are_found_by_their_prefixes_and_columns() {
    for (name, concept) in [
        ("phase", Some(Concept::Phase)),
        ("studyType", Some(Concept::StudyType)),
        ("TYPE", Some(Concept::StudyType)),
        ("start-date", Some(Concept::Start)),
        ("participants", Some(Concept::Enrollment)),
        ("title", None),
        ("age", None),
        ("id", None),
        ("", None),
    ] {
        assert_eq!(named(name), concept.map(Dimension::Concept), "{name}");
    }
    assert_eq!(named("Tag"), Some(Dimension::Mark(MarkField::Tag)));
    assert_eq!(named("note"), None);
    assert!(DASHBOARD.iter().all(|concept| countable().any(|it| it == *concept)));
}
