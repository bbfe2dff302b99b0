//! Queries as the registry would be asked.

use super::*;
use crate::search::parse;

fn written(text: &str) -> Translation {
    as_registry(&parse(text).unwrap(), "2024-03-05".parse().unwrap())
}

#[test]
fn what_has_a_counterpart_is_written() {
    for (text, registry) in [
        ("", ""),
        ("lung cancer", "lung AND cancer"),
        (
            "(lung | liver) -status:withdrawn",
            "(lung OR liver) AND NOT AREA[OverallStatus]WITHDRAWN",
        ),
        ("phase:2 | phase:none", "(AREA[Phase]PHASE2 OR AREA[Phase]MISSING)"),
        ("start:>=2020-01", "AREA[StartDate]RANGE[2020-01-01, MAX]"),
        ("start:2023", "AREA[StartDate]RANGE[2023-01-01, 2023-12-31]"),
        ("updated:last-30d", "AREA[LastUpdatePostDate]RANGE[2024-02-04, 2024-03-05]"),
        ("start:<2020", "AREA[StartDate]RANGE[MIN, 2019-12-31]"),
        ("enrollment:>100", "AREA[EnrollmentCount]RANGE[101, MAX]"),
        ("start:actual", "AREA[StartDateType]ACTUAL"),
        ("min-age:<=16", "AREA[MinimumAge]RANGE[MIN, 16 years]"),
        (
            "min-age:>6mo",
            "(AREA[MinimumAge]RANGE[MIN, MAX] AND NOT AREA[MinimumAge]RANGE[MIN, 6 months])",
        ),
        (
            "age:54",
            "((AREA[MinimumAge]RANGE[MIN, 54 years] OR AREA[MinimumAge]MISSING) AND \
             (AREA[MaximumAge]RANGE[54 years, MAX] OR AREA[MaximumAge]MISSING))",
        ),
        ("title:x", "(AREA[BriefTitle]x OR AREA[OfficialTitle]x)"),
        ("titles:x", "AREA[TitleSearch]x"),
        (
            "cond:\"Heart Failure\"",
            "AREA[Condition]COVERAGE[FullMatch]EXPANSION[Term]\"Heart Failure\"",
        ),
        ("cond:~\"heart failure\"", "AREA[Condition]EXPANSION[Term]\"heart failure\""),
        (
            "site:(city:Lyon status:recruiting)",
            "SEARCH[Location](AREA[LocationCity]Lyon AND AREA[LocationStatus]RECRUITING)",
        ),
        ("site:(Lyon)", "SEARCH[Location](AREA[LocationSearch]Lyon)"),
        (
            "crit:hepatitis healthy:yes",
            "AREA[EligibilityCriteria]hepatitis AND AREA[HealthyVolunteers]true",
        ),
        ("documents:sap", "AREA[LargeDocHasSAP]true"),
        ("spons:bayer id:x", "AREA[SponsorSearch]bayer AND AREA[IdSearch]x"),
    ] {
        assert_eq!(
            written(text),
            Translation { expression: registry.into(), left_out: vec![] },
            "{text}"
        );
    }
}

#[test]
fn what_has_none_is_named_and_the_rest_is_written() {
    for (text, registry, left_out) in [
        ("gout incl:dialysis", "gout", "incl:dialysis: the registry does not tell inclusion"),
        ("gout (tag:x | phase:2)", "gout", "tag:x: the registry does not know your marks"),
        ("near:Lyon gout", "gout", "near:Lyon: the registry takes a distance"),
        ("crit:\"a b\"~3 gout", "gout", "crit:\"a b\"~3: the registry has no distance"),
        ("gout sort:start", "gout", "sort:start: the registry's form has no order"),
        ("sites:>10", "", "sites:>10: the registry has no field"),
        ("gout not-meant:x", "gout", "not-meant:x: the registry adds synonyms"),
    ] {
        let Translation { expression, left_out: named } = written(text);
        assert_eq!(expression, registry, "{text}");
        assert!(named.len() == 1 && named[0].starts_with(left_out), "{text}: {named:?}");
    }
}

#[test]
fn what_is_written_is_read_as_the_same() {
    for text in [
        "phase:PHASE2 start:>=2020-01-01",
        "titles:\"of the\" (cond:a | cond:~\"b c\")",
        "lead:\"Sun Yat-sen University\" -status:WITHDRAWN",
        "site:(city:Lyon status:RECRUITING)",
        "enrollment:100..500 completion:none",
    ] {
        let query = parse(text).unwrap();
        assert_eq!(parse(&written(text).expression), Ok(query), "{text}");
    }
}
