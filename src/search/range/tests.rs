//! Which studies lie in a range, on a store of a few.

use crate::search::{Cancel, Query, answer, explain, parse};
use crate::store::Store;
use crate::study::made::{Made, made};

/// Finds the numbers of studies, and what is said of those that state nothing.
fn asked(store: &Store, text: &str) -> (Vec<u32>, Vec<String>) {
    let query = Query { today: "2024-03-31".parse().ok(), ..parse(text).unwrap() };
    let results = answer(store, &query, &Cancel::default()).unwrap();
    let mut found: Vec<u32> = results.rows.iter().map(|study| store.id(study).number()).collect();
    found.sort_unstable();
    (found, results.unstated.iter().map(ToString::to_string).collect())
}

fn started(number: u32, date: &str) -> Made {
    made(number).at("statusModule.startDateStruct.date", date)
}

#[test]
fn a_partial_date_is_a_span() {
    let store = Store::of([
        started(1, "2022"),
        started(2, "2023-05"),
        started(3, "2023-05-20").at("statusModule.startDateStruct.type", "ACTUAL"),
        started(4, "2024-02-29").at("statusModule.startDateStruct.type", "ESTIMATED"),
        made(5),
    ]);
    let left_out = &["1 states no start date; add |none"][..];
    for (text, found, unstated) in [
        ("start:2023-05", &[2, 3][..], left_out),
        ("start:2023-05-20", &[2, 3], left_out),
        ("start:=2023-05-20", &[3], left_out),
        ("start:=2023-05", &[2, 3], left_out),
        ("start:=2022", &[1], left_out),
        ("start:2022-07", &[1], left_out),
        ("start:=2022-07", &[], left_out),
        ("start:>=2023-05-15", &[2, 3, 4], left_out),
        ("start:>2023-05-20", &[2, 4], left_out),
        ("start:<2023-05-20", &[1, 2], left_out),
        ("start:<=2023-05-20", &[1, 2, 3], left_out),
        ("start:>2022", &[2, 3, 4], left_out),
        ("start:<2023", &[1], left_out),
        ("start:2022-12..2023-05-01", &[1, 2], left_out),
        ("start:..", &[1, 2, 3, 4], left_out),
        ("start:none", &[5], &[]),
        ("start:2022|none", &[1, 5], &[]),
        ("-start:>=2023", &[1, 5], &["1 of these states no start date"]),
        ("id:NCT00000002 start:2023", &[2], &[]),
        ("start:actual", &[3], left_out),
        ("start:estimated", &[4], left_out),
        ("start:last-1mo", &[4], left_out),
        ("start:last-2y", &[1, 2, 3, 4], left_out),
        ("start:<=last-1y", &[1], left_out),
        ("start:>last-1y", &[2, 3, 4], left_out),
        ("start:>=last-1mo", &[4], left_out),
        ("start:<last-1mo", &[1, 2, 3], left_out),
        ("start:last-2y..last-1mo", &[1, 2, 3, 4], left_out),
        ("start:last-2y..last-8mo", &[1, 2, 3], left_out),
        ("start:..last-1y", &[1], left_out),
        ("start:>=today", &[], left_out),
        ("start:today-1", &[], left_out),
    ] {
        if text == "start:today-1" {
            assert!(parse(text).is_err());
            continue;
        }
        let (ids, said) = asked(&store, text);
        assert_eq!(ids, found, "{text}");
        assert_eq!(said, unstated, "{text}");
    }
}

#[test]
fn counts_are_compared() {
    let enrolled = |number, count: u32| made(number).at("designModule.enrollmentInfo.count", count);
    let store = Store::of([
        enrolled(1, 0),
        enrolled(2, 100).at("designModule.enrollmentInfo.type", "ACTUAL"),
        enrolled(3, 500).at("designModule.enrollmentInfo.type", "ESTIMATED"),
        made(4),
    ]);
    for (text, found) in [
        ("enrollment:100", &[2][..]),
        ("enrollment:>100", &[3]),
        ("enrollment:>=100", &[2, 3]),
        ("enrollment:<100", &[1]),
        ("enrollment:<0", &[]),
        ("enrollment:<=100", &[1, 2]),
        ("enrollment:0..100", &[1, 2]),
        ("enrollment:>=0", &[1, 2, 3]),
        ("enrollment:estimated", &[3]),
        ("enrollment:none", &[4]),
        ("sites:none", &[1, 2, 3, 4]),
    ] {
        assert_eq!(asked(&store, text).0, found, "{text}");
    }
}

fn limits(number: u32, minimum: &str, maximum: &str) -> Made {
    let limits = [("minimumAge", minimum), ("maximumAge", maximum)];
    let stated = limits.into_iter().filter(|(_, limit)| !limit.is_empty());
    stated.fold(made(number), |made, (key, limit)| {
        made.at(&format!("eligibilityModule.{key}"), limit)
    })
}

#[test]
fn an_age_fits_between_limits_of_which_some_are_open() {
    let store = Store::of([
        limits(1, "18 Years", "65 Years"),
        limits(2, "18 Years", ""),
        limits(3, "", "6 Months"),
        limits(4, "1 Day", "27 Weeks"),
        limits(5, "", ""),
        limits(6, "30 Minutes", "36 Hours"),
    ]);
    for (text, found) in [
        ("age:54", &[1, 2, 5][..]),
        ("age:18", &[1, 2, 5]),
        ("age:17", &[5]),
        // Whoever is 65 years and a half is 65 years old.
        ("age:65", &[1, 2, 5]),
        ("age:786mo", &[1, 2, 5]),
        ("age:66", &[2, 5]),
        ("age:6mo", &[3, 4, 5]),
        ("age:27w", &[3, 4, 5]),
        ("age:7mo", &[5]),
        ("age:36h", &[3, 4, 5, 6]),
        ("age:37h", &[3, 4, 5]),
        ("age:1h", &[3, 5, 6]),
        ("age:20min", &[3, 5]),
        ("age:16..18", &[1, 2, 5]),
        ("age:<18", &[3, 4, 5, 6]),
        ("age:>65", &[2, 5]),
        ("age:>=65", &[1, 2, 5]),
        ("age:none", &[5]),
        ("min-age:18", &[1, 2]),
        ("min-age:216mo", &[1, 2]),
        ("min-age:<18", &[4, 6]),
        ("min-age:>0", &[1, 2, 4, 6]),
        ("min-age:none", &[3, 5]),
        ("max-age:<=36h", &[6]),
        ("max-age:>6mo", &[1, 4]),
        ("max-age:>=65|none", &[1, 2, 5]),
    ] {
        assert_eq!(asked(&store, text).0, found, "{text}");
    }
    let open = "2 of these state no limit of age on one side, which counts as open";
    assert_eq!(asked(&store, "age:54").1, [open]);
    assert_eq!(asked(&store, "min-age:<18").1, ["2 state no minimum age; add |none"]);
}

#[test]
fn a_sex_that_fits_is_not_a_sex_that_is_stated() {
    let sex = |number, code: &str| made(number).at("eligibilityModule.sex", code);
    let store = Store::of([sex(1, "FEMALE"), sex(2, "ALL"), sex(3, "MALE"), made(4)]);
    let left_out = ["1 states no sex; add |none"];
    assert_eq!(asked(&store, "sex:f"), (vec![1, 2], left_out.map(str::to_owned).to_vec()));
    assert_eq!(asked(&store, "sex:M").0, [2, 3]);
    assert_eq!(asked(&store, "sex:female"), (vec![1], vec![]));
    assert_eq!(asked(&store, "sex:f|none"), (vec![1, 2, 4], vec![]));
}

#[test]
fn what_states_nothing_is_counted_among_what_else_is_asked() {
    let store = Store::of([
        started(1, "2023").conditions(["Gout"]),
        made(2).conditions(["Gout"]),
        made(3).conditions(["Gout"]).at("designModule.enrollmentInfo.count", 7),
        made(4),
    ]);
    let said = |text| asked(&store, text).1;
    assert_eq!(said("cond:gout start:2023"), ["2 state no start date; add |none"]);
    assert_eq!(
        said("cond:gout (start:2023 | enrollment:>5)"),
        ["1 states no start date; add |none", "1 states no enrollment; add |none"]
    );
    assert_eq!(
        said("cond:gout start:2023 enrollment:>5"),
        ["1 states no start date; add |none", "1 states no enrollment; add |none"]
    );
    assert_eq!(
        said("cond:gout -(start:2023 | enrollment:>5)"),
        ["1 of these states no start date", "1 of these states no enrollment"]
    );
}

#[test]
fn why_a_range_finds_a_study_is_what_the_study_states() {
    let store =
        Store::of([limits(1, "18 Years", "").at("statusModule.startDateStruct.date", "2023-05")]);
    for (text, value) in
        [("start:>=2023-05-20", "2023-05"), ("age:54", "from 18 years"), ("max-age:none", "")]
    {
        let why = explain(&store, &parse(text).unwrap(), crate::store::StudyIdx(0));
        let told: Vec<_> = why.iter().map(|why| (why.typed.as_str(), why.value.as_str())).collect();
        assert_eq!(told, [(text, value)]);
    }
}
