//! Queries and what they find.

use super::*;
use crate::study::Concept;
use crate::study::made::made;

fn store() -> Store {
    Store::of([
        made(1)
            .title("Cells in Liver Failure")
            .conditions(["Liver Failure", "Cirrhosis"])
            .sponsor("Sun Yat-sen University")
            .phases(["PHASE1", "PHASE2"])
            .status("NOT_YET_RECRUITING")
            .updated("2021-01"),
        made(2)
            .title("Early Liver Study")
            .conditions(["Liver Cirrhosis"])
            .sponsor("Sunnybrook")
            .phases(["EARLY_PHASE1"])
            .status("RECRUITING")
            .updated("2022-01"),
        made(3)
            .title("Kidneys")
            .conditions(["Kidney Failure"])
            .sponsor("Samsung")
            .status("RECRUITING")
            .updated("2023-01"),
        made(4)
            .title("A Study of Thrombosis in Many Adults")
            .conditions(["Sjögren Syndrome"])
            .sponsor("Novo")
            .phases(["PHASE1"])
            .status("RECRUITING")
            .updated("2024-01"),
    ])
}

fn found(query: &str) -> Vec<u32> {
    let store = store();
    let results = answer(&store, &parse(query).unwrap(), &Cancel::default()).unwrap();
    results.rows.iter().map(|study| store.id(study).number()).collect()
}

#[test]
fn queries_find_what_they_mean() {
    for (query, ids) in [
        ("", &[4, 3, 2, 1][..]),
        ("liver", &[2, 1]),
        ("liver failure", &[1]),
        ("\"liver failure\"", &[1]),
        ("\"failure liver\"", &[]),
        ("fail", &[3, 1]),
        ("cond:cirrhosis", &[2, 1]),
        ("cond:\"Cirrhosis\"", &[1]),
        ("cond:cirr", &[2, 1]),
        ("cond:livr failr", &[1]),
        ("sponsor:sunyat", &[1]),
        ("sponsor:sun", &[1, 2]),
        ("title:\"liver failure\"", &[1]),
        ("title:liver-fail", &[1]),
        ("sjogren", &[4]),
        ("SJÖGREN", &[4]),
        ("asthma", &[]),
        ("phase:1", &[4, 1]),
        ("phase:1/2", &[1]),
        ("phase:early", &[2]),
        ("phase:none", &[3]),
        ("-phase:none", &[4, 2, 1]),
        ("status:recruiting", &[4, 3, 2]),
        ("status:not_yet_recruiting", &[1]),
        // What no study is stays nothing, however much another name resembles it.
        ("phase:2", &[1]),
        ("phase:3", &[]),
        ("status:active", &[]),
        ("type:observational", &[]),
        ("liver | kidney", &[3, 2, 1]),
        ("liver -cirrhosis", &[]),
        ("(liver | kidney) phase:none", &[3]),
        ("NCT00000003", &[3]),
        ("nct0000000", &[4, 3, 2, 1]),
        ("liver &", &[2, 1]),
        ("sort:title", &[4, 1, 2, 3]),
        ("sort:reverse-id", &[4, 3, 2, 1]),
        ("sort:status,reverse-id", &[4, 3, 2, 1]),
        ("sort:status,phase", &[2, 4, 3, 1]),
        ("sort:reverse-status,phase", &[1, 2, 4, 3]),
        ("liver | kidney sort:reverse-phase,title", &[1, 2, 3]),
    ] {
        assert_eq!(found(query), ids, "{query}");
    }
}

#[test]
fn a_facet_counts_what_its_other_values_would_add() {
    let store = store();
    let results =
        answer(&store, &parse("phase:1 status:recruiting").unwrap(), &Cancel::default()).unwrap();
    let phase =
        &results.facets[Concept::facets().position(|concept| concept == Concept::Phase).unwrap()];
    let phases: Vec<_> = phase
        .first(&store, usize::MAX)
        .iter()
        .map(|&(group, count)| (group.label(&store, Concept::Phase), count))
        .collect();
    assert_eq!(phases, [("Early Phase 1".to_owned(), 1), ("Phase 1".to_owned(), 1)]);
    assert_eq!(phase.not_stated(&store), 1);
    let status =
        &results.facets[Concept::facets().position(|concept| concept == Concept::Status).unwrap()];
    assert_eq!(status.first(&store, 9).iter().map(|&(_, count)| count).collect::<Vec<_>>(), [1, 1]);
}

#[test]
fn a_word_says_what_it_was_taken_for() {
    let store = store();
    let answered = |text: &str| answer(&store, &parse(text).unwrap(), &Cancel::default()).unwrap();
    let results = answered("sponsor:sunysen");
    let place = &results.taken[0].places[0];
    assert_eq!((place.concept, place.how), (Concept::Sponsor, How::Near));
    assert_eq!(place.examples, ["Sun Yat-sen University"]);
    for (typed, name, how) in [
        ("sponsor:sunyat", "sun yat", How::Spelling),
        ("kidney faliure", "failure", How::Near),
        ("livers", "liver", How::Spelling),
    ] {
        let added = answered(typed).added;
        let added: Vec<_> = added.iter().map(|it| (&*it.name, it.how)).collect();
        assert_eq!(added, [(name, how)], "{typed}");
    }
}

#[test]
fn what_was_asked_before_changes_no_answer() {
    let (store, cancel, mut memory) = (store(), Cancel::default(), Memory::default());
    let asked = ["l", "li", "liver", "liver phase:1", "liver phase:1 | phase:2", "kidney", ""];
    for text in asked.iter().chain(asked.iter().rev()).chain(&["liver phase:1 sort:title"]) {
        let query = parse(text).unwrap();
        let next = answer_next(&store, &query, &cancel, &mut memory);
        assert_eq!(next, answer(&store, &query, &cancel), "{text}");
    }
}

#[test]
fn a_cancelled_search_gives_no_answer() {
    let cancel = Cancel::default();
    cancel.cancel();
    assert!(answer(&store(), &Query::default(), &cancel).is_none());
    assert!(find(&store(), &Query::default(), &cancel).is_none());
}
