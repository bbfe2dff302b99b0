//! The registry's form and what it is in ours, or why it is nothing.

use crate::search::parse;

#[test]
fn what_has_a_counterpart_is_read() {
    for (text, ours) in [
        (
            "AREA[Phase]PHASE3 AND AREA[StartDate]RANGE[2020-01-01,MAX]",
            "phase:PHASE3 start:>=2020-01-01",
        ),
        ("AREA[Phase](PHASE2 OR PHASE3)", "phase:PHASE2 | phase:PHASE3"),
        ("AREA[OverallStatus](NOT COMPLETED) ", "-status:COMPLETED"),
        ("AREA[OverallStatus]Not yet recruiting", "status:NOT_YET_RECRUITING"),
        // AND binds more than OR, other than in our own form.
        ("AREA[Sex]MALE OR AREA[Sex]ALL AND AREA[Phase]NA", "sex:MALE | (sex:ALL phase:NA)"),
        ("NOT AREA[ResultsFirstPostDate]MISSING", "-results-posted:none"),
        (
            "heart attack AND AREA[Condition]\"heart failure\"",
            "term:heart term:attack cond:~\"heart failure\"",
        ),
        (
            "AREA[ConditionSearch](lung cancer OR \"small cell\")",
            "(condition-search:lung condition-search:cancer) | condition-search:\"small cell\"",
        ),
        (
            "AREA[LeadSponsorName]COVERAGE[FullMatch]\"Sun Yat-sen University\"",
            "lead:\"Sun Yat-sen University\"",
        ),
        ("EXPANSION[None]AREA[TitleSearch]tumour", "titles:\"tumour\""),
        ("EXPANSION[Concept](AREA[TitleSearch]heart attack)", "titles:\"heart attack\""),
        ("AREA[EligibilityCriteria]\"hepatitis B\"", "crit:\"hepatitis B\""),
        ("AREA[OutcomeSearch]survival", "outcome:survival"),
        (
            "SEARCH[Location](AREA[LocationCity]Boston AND AREA[LocationStatus]RECRUITING)",
            "site:(city:Boston status:RECRUITING)",
        ),
        (
            "SEARCH[Location](AREA[LocationCity]\"New York\" OR clinic)",
            "site:(city:~\"New York\" | clinic)",
        ),
        ("AREA[LocationStatus]RECRUITING", "site:(status:RECRUITING)"),
        ("SEARCH[Study](AREA[StudyType]OBSERVATIONAL)", "type:OBSERVATIONAL"),
        (
            "AREA[MinimumAge]RANGE[MIN, 16 years] AND AREA[MaximumAge]RANGE[16 years, MAX]",
            "min-age:<=16 max-age:>=16",
        ),
        ("AREA[EnrollmentCount]RANGE[100, 500]", "enrollment:100..500"),
        ("AREA[StartDate]RANGE[01/15/2020, 12/31/2020]", "start:2020-01-15..2020-12-31"),
        ("AREA[StartDate]2022", "start:2022"),
        ("AREA[StartDateType]ESTIMATED", "start:estimated"),
        ("AREA[HealthyVolunteers]true AND AREA[HasResults]false", "healthy:YES results:NO"),
        ("AREA[LargeDocHasSAP]true", "documents:SAP"),
        ("AREA[NCTId](NCT00000001 OR NCT00000002)", "id:NCT00000001 | id:NCT00000002"),
        ("area AND AREA[Keyword]none", "term:area kw:~\"none\""),
        ("AREA[Keyword]\\AND", "kw:AND"),
        ("AREA[Keyword]\"a \\\"b\\\"\"", "kw:~\"a \\\"b\\\"\""),
        ("ALL AND AREA[Phase]NA", "phase:NA"),
        ("AREA[phase]phase 3", "phase:PHASE3"),
        ("AREA[Condition]a-b AREA[Phase]NA", "cond:a-b phase:NA"),
        ("AREA[Condition]5:1", "cond:~\"5:1\""),
    ] {
        let query = parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(query.to_string(), ours, "{text}");
        assert_eq!(parse(ours).as_ref(), Ok(&query), "{text}");
    }
}

#[test]
fn what_has_none_is_named_with_its_place() {
    for (text, place, reason) in [
        (
            "AREA[BriefTitle]x",
            "AREA[BriefTitle]",
            "AREA[BriefTitle] has no counterpart here; title: asks the brief",
        ),
        (
            "AREA[Phase]NA AND AREA[CentralContactName]x",
            "AREA[CentralContactName]",
            "AREA[CentralContactName] has no counterpart",
        ),
        (
            "AREA[Phase:size]2",
            "AREA[Phase:size]",
            "AREA[Phase:size] has no counterpart here; there are Phase",
        ),
        (
            "AREA[Phase]PHASE9",
            "PHASE9",
            "“PHASE9” is no value of AREA[Phase]; values are EARLY_PHASE1",
        ),
        ("AREA[Condition]RANGE[1,2]", "RANGE[1,2]", "AREA[Condition] has no order"),
        (
            "AREA[StartDate]RANGE[2020-13-01,MAX]",
            "RANGE[2020-13-01,MAX]",
            "“2020-13-01” is no date",
        ),
        ("AREA[StartDate]RANGE[2021,2020]", "RANGE[2021,2020]", "2021 comes after 2020"),
        (
            "AREA[Phase]NA AND COVERAGE[StartsWith]AREA[Condition]x",
            "COVERAGE[StartsWith]",
            "COVERAGE[StartsWith] has no counterpart",
        ),
        ("EXPANSION[Lossy]a", "EXPANSION[Lossy]", "EXPANSION[Lossy] has no counterpart"),
        (
            "SEARCH[Condition](AREA[Condition]x)",
            "SEARCH[Condition]",
            "SEARCH[Condition] has no counterpart",
        ),
        (
            "TILT[StudyFirstPostDate]x",
            "TILT[StudyFirstPostDate]",
            "TILT[StudyFirstPostDate] has no counterpart here; sort:",
        ),
        ("SEARCH[Location](AREA[Phase]NA)", "AREA[Phase]", "a location has no Phase"),
        (
            "AREA[Phase]NA status:completed",
            "NA status:completed",
            "“NA status:completed” is no value",
        ),
        (
            "gout status:completed AREA[Phase]NA",
            "status:completed",
            "status: is not the registry's",
        ),
        ("AREA[Phase]", "AREA[Phase]", "something is missing behind AREA[Phase]"),
        ("AREA[Phase]NA AND", "AND", "something is missing here"),
        ("(AREA[Phase]NA", "(", "this bracket is not closed"),
        ("AREA[Phase]NA)", ")", "there is no bracket to close here"),
        ("AREA[Condition]\"x", "\"x", "this quote is not closed"),
        ("AREA[Phase", "AREA[Phase", "AREA[ has no closing bracket"),
        ("FIELD[x]a AREA[Phase]NA", "FIELD[x]", "there is no operator FIELD[…]"),
        ("MISSING AND AREA[Phase]NA", "MISSING", "an AREA[…] stands before RANGE and MISSING"),
        (
            "AREA[OrgStudyId]x",
            "AREA[OrgStudyId]",
            "AREA[OrgStudyId] has no counterpart here; id: asks every id",
        ),
        ("AREA[NCTId]x", "x", "behind AREA[NCTId] comes an NCT number"),
    ] {
        let error = parse(text).map(|query| query.to_string()).unwrap_err();
        assert!(error.reason.starts_with(reason), "{text}: {error}");
        assert_eq!(&text[error.place], place, "{text}");
    }
    for text in ["\"AREA[Phase]\" x", "the area[x]", "start:RANGE[2020,MAX]"] {
        assert!(!super::is_expression(text), "{text}");
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_or_refused_and_what_is_read_can_be_written(
        text in r#"(AREA\[(Phase|Condition|StartDate|LocationCity|TitleSearch|NCTId)\]|SEARCH\[Location\]|EXPANSION\[None\]|COVERAGE\[FullMatch\]|RANGE\[2020,MAX\]|MISSING|ALL| AND | OR |NOT |\(|\)|"a b"|NA|none|é|x:y|-|\||\\| ){1,10}"#,
    ) {
        let text = format!("AREA[Phase]NA AND {text}");
        if let Ok(query) = parse(&text) {
            let ours = query.to_string();
            proptest::prop_assert_eq!(parse(&ours).map(|query| query.to_string()), Ok(ours.clone()), "{}", text);
        }
    }
}
