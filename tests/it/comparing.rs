//! Comparison and exports, from records to what a person reads.

mod real;

use proptest::prelude::*;
use serde_json::{Value, json};
use trialdex::compare::{ComparedRow, Comparison, Passage, Standing, Verdict, compare, matrix};
use trialdex::export::{
    ComparisonFormat, Report, Rows, comparison_json, comparison_markdown, comparison_text,
    markdown, text,
};
use trialdex::study::{FieldValue, Study};
use trialdex::text::{Line, Tone};

/// A made-up study of liver failure.
fn cells() -> Study {
    Study::from(json!({
        "protocolSection": {
            "identificationModule": {
                "nctId": "NCT90000001",
                "orgStudyIdInfo": {"id": "LIVER-1"},
                "secondaryIdInfos": [{"id": "2024-1", "type": "EUDRACT_NUMBER"}],
                "briefTitle": "Cells in Acute Liver Failure",
                "acronym": "CALF",
                "organization": {"fullName": "Example University", "class": "OTHER"},
            },
            "statusModule": {
                "overallStatus": "UNKNOWN",
                "lastKnownStatus": "RECRUITING",
                "startDateStruct": {"date": "2019-10", "type": "ESTIMATED"},
                "lastUpdateSubmitDate": "2020-02-29",
            },
            "sponsorCollaboratorsModule": {
                "responsibleParty": {"type": "PRINCIPAL_INVESTIGATOR", "investigatorFullName": "A. Reader"},
                "leadSponsor": {"name": "Example University", "class": "OTHER"},
                "collaborators": [{"name": "Cell Works", "class": "INDUSTRY"}],
            },
            "oversightModule": {"oversightHasDmc": true, "isFdaRegulatedDrug": false},
            "descriptionModule": {
                "briefSummary": "A trial of cells \\& standard care:\n\n* one infusion\n* two visits\n\nSee **below**.",
            },
            "conditionsModule": {"conditions": ["Liver Failure", "Cirrhosis"], "keywords": ["cells"]},
            "designModule": {
                "studyType": "INTERVENTIONAL",
                "phases": ["PHASE1", "PHASE2"],
                "designInfo": {
                    "allocation": "RANDOMIZED",
                    "maskingInfo": {"masking": "DOUBLE", "whoMasked": ["PARTICIPANT", "INVESTIGATOR"]},
                },
                "enrollmentInfo": {"count": 30, "type": "ESTIMATED"},
            },
            "armsInterventionsModule": {
                "armGroups": [{
                    "label": "Cells",
                    "type": "EXPERIMENTAL",
                    "description": "One infusion",
                    "interventionNames": ["Biological: Cells"],
                }],
                "interventions": [{"type": "BIOLOGICAL", "name": "Cells", "otherNames": ["MSC", "Stem cells"]}],
            },
            "outcomesModule": {
                "primaryOutcomes": [{"measure": "Survival", "timeFrame": "24 weeks", "description": "Alive \\>24 weeks"}],
            },
            "eligibilityModule": {
                "eligibilityCriteria": "Inclusion Criteria:\n\n* Aged 18 to 70 years\n* Acute liver failure, one of:\n  * INR \\>= 1.5\n  * ascites\n\nExclusion Criteria:\n\n* HIV or HCV positive\n* Pregnancy",
                "healthyVolunteers": false,
                "sex": "ALL",
                "minimumAge": "18 Years",
                "maximumAge": "70 Years",
            },
            "contactsLocationsModule": {
                "centralContacts": [{"name": "B. Caller", "role": "CONTACT", "phone": "+1 23", "phoneExt": "4"}],
                "locations": [{
                    "facility": "Example Hospital",
                    "status": "RECRUITING",
                    "city": "Rome",
                    "country": "Italy",
                    "contacts": [{"name": "C. Nurse", "role": "CONTACT"}],
                    "geoPoint": {"lat": 41.9, "lon": 12.5},
                }],
            },
        },
        "resultsSection": {"participantFlowModule": {"groups": [{"id": "FG000", "title": "Cells"}]}},
        "hasResults": true,
        "futureSection": {"verdict": "a\u{1b}[31mb"},
    }))
}

/// Its counterpart, which differs from it in most ways.
fn drops() -> Study {
    Study::from(json!({
        "protocolSection": {
            "identificationModule": {"nctId": "NCT90000002", "briefTitle": "Drops in Acute Liver Failure"},
            "statusModule": {
                "overallStatus": "COMPLETED",
                "startDateStruct": {"date": "2019-10", "type": "ESTIMATED"},
            },
            "conditionsModule": {"conditions": ["Cirrhosis", "Hepatitis | B"]},
            "designModule": {"studyType": "INTERVENTIONAL", "phases": ["PHASE2"]},
            "outcomesModule": {
                "primaryOutcomes": [
                    {"measure": "Pain", "timeFrame": "1 day"},
                    {"measure": "Survival", "timeFrame": "12 weeks", "description": "Alive \\>24 weeks"},
                ],
            },
            "eligibilityModule": {
                "eligibilityCriteria": "Inclusion Criteria:\n\n* Consent\n* Aged 18 to 65 years\n* Acute liver failure, one of:\n  * INR \\>= 2\n\nExclusion Criteria:\n\n* HIV positive",
                "sex": "ALL",
                "minimumAge": "18 Years",
            },
        },
    }))
}

#[test]
fn a_study_is_read_as_text() {
    insta::assert_snapshot!("study_text", text(&cells(), Some(72)));
    let long = text(&cells(), None);
    assert!(long.lines().any(|line| line == "Phase: Phase 1/2"), "{long}");
}

#[test]
fn a_study_is_read_as_markdown() {
    insta::assert_snapshot!("study_markdown", markdown(&cells()));
}

fn report(rows: Rows) -> Report {
    Report::new(&[&cells(), &drops()], rows)
}

#[test]
fn studies_are_compared_as_text() {
    insta::assert_snapshot!("comparison_text", comparison_text(&report(Rows::All), 78));
}

#[test]
fn three_studies_are_a_matrix() {
    let (one, other) = (cells(), drops());
    let report = Report::new(&[&one, &other, &one], Rows::All);
    insta::assert_snapshot!("matrix_text", comparison_text(&report, 100));
    let comparison = matrix(&[&one, &one, &one]);
    assert_eq!(comparison.differences(), 0);
}

#[test]
fn a_comparison_is_a_page() {
    let html = report(Rows::Differences).in_form(ComparisonFormat::Html, 0);
    insta::assert_snapshot!("comparison_html", html);
}

#[test]
fn a_comparison_is_a_table() {
    let report = report(Rows::All);
    let csv = report.in_form(ComparisonFormat::Csv, 0);
    insta::assert_snapshot!("comparison_csv", csv);
    // A reader of CSV finds each cell again.
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    let names: usize = report.overlap.parts.iter().map(|part| part.rows.len()).sum();
    let is_entry = |passage: &&Passage| passage.standing != Standing::Heading;
    let entries = report.comparison.rows().flat_map(|row| &row.passages).filter(is_entry);
    let entries: Vec<_> = entries.collect();
    assert_eq!(rows.len(), entries.len() + names);
    for (entry, read) in entries.iter().zip(&rows) {
        assert_eq!(read.len(), 6);
        for place in 0..2 {
            assert_eq!(read[4 + place].is_empty(), entry.cells[place].is_empty(), "{read:?}");
        }
    }
    for cell in rows.iter().flatten() {
        assert!(!cell.contains("nly in") && !cell.contains("  "), "{cell}");
    }
}

#[test]
fn every_form_says_the_same() {
    let report = report(Rows::All);
    let words = |text: &str| -> Vec<String> {
        text.split(|char: char| !char.is_alphanumeric())
            .filter(|word| word.len() > 3)
            .map(str::to_owned)
            .collect()
    };
    let cells = report.comparison.rows().flat_map(|row| &row.passages);
    let cells = cells.flat_map(|passage| &passage.cells).flatten();
    let said: Vec<_> = cells.flat_map(|line| words(&line.text())).collect();
    assert!(said.len() > 100);
    for &format in ComparisonFormat::ALL {
        let text = report.in_form(format, 1000);
        let text = text.replace("\\n", " ").replace("<ins>", "").replace("</ins>", "");
        let text = text.replace("<ins class=\"l\">", "").replace("<ins class=\"r\">", "");
        let there: std::collections::HashSet<_> = words(&text).into_iter().collect();
        for word in &said {
            assert!(there.contains(word), "{format:?} lacks {word}");
        }
    }
}

#[test]
fn differences_are_exported_alone() {
    let (all, differences) = (report(Rows::All), report(Rows::Differences));
    insta::assert_snapshot!("comparison_markdown", comparison_markdown(&differences));
    let comparison = &all.comparison;
    let (all, differences) = (comparison_json(&all), comparison_json(&differences));
    let count = |json: &Value| json["rows"].as_array().unwrap().len();
    assert_eq!(count(&all), comparison.rows().count());
    assert_eq!(count(&differences), comparison.differences());
    assert!(comparison.differences() < comparison.rows().count());
    assert_eq!(all["ids"], json!(["NCT90000001", "NCT90000002"]));
    let row = json!({
        "section": "Summary", "field": "acronym", "label": "Acronym",
        "verdict": "not stated by all", "by": [], "values": ["CALF", null],
    });
    assert!(differences["rows"].as_array().unwrap().contains(&row), "{differences:#}");
    let shared = json!({"kind": "Conditions", "name": "Cirrhosis", "spellings": ["Cirrhosis"], "named": [true, true]});
    assert_eq!(all["shared"][0], shared);
    assert_eq!(differences["shared"], Value::Null);
}

#[test]
fn a_study_does_not_differ_from_itself() {
    for study in [cells(), drops()] {
        let comparison = compare(&study, &study);
        assert_eq!(comparison.differences(), 0);
        let same = |passage: &Passage| passage.cells[0] == passage.cells[1];
        assert!(comparison.rows().all(|row| row.passages.iter().all(same) && row.gaps.is_empty()));
    }
}

#[test]
fn nothing_that_moves_a_cursor_leaves() {
    let texts = [text(&cells(), None), text(&cells(), Some(20)), markdown(&cells())];
    let forms = ComparisonFormat::ALL.iter().map(|form| report(Rows::All).in_form(*form, 40));
    for text in texts.into_iter().chain(forms) {
        assert!(!text.chars().any(|char| char.is_control() && char != '\n'), "{text}");
    }
}

/// The comparison without the blank lines that keep what only one study has away from the other.
fn solid(mut comparison: Comparison) -> Comparison {
    let rows = comparison.parts.iter_mut().flat_map(|part| &mut part.rows);
    for cell in rows.flat_map(|row| &mut row.passages).flat_map(|passage| &mut passage.cells) {
        cell.retain(|line| *line != Line::empty());
    }
    comparison
}

/// The comparison as it would be with the studies in the other order.
fn mirrored(mut comparison: Comparison) -> Comparison {
    comparison.ids.reverse();
    for row in comparison.parts.iter_mut().flat_map(|part| &mut part.rows) {
        row.values.reverse();
        for passage in &mut row.passages {
            passage.cells.reverse();
            if let Standing::Only(place) = &mut passage.standing {
                *place = 1 - *place;
            }
        }
        // What only the left study has stands first.
        let only = |it: &Passage| matches!(it.standing, Standing::Only(_));
        for run in row.passages.chunk_by_mut(|a, b| only(a) && only(b)) {
            run.sort_by_key(|passage| passage.standing == Standing::Only(1));
        }
        row.gaps.iter_mut().for_each(|gap| gap.of = gap.of.map(|place| 1 - place));
        let cells = row.passages.iter_mut().flat_map(|passage| &mut passage.cells);
        for span in cells.flatten().flat_map(|line: &mut Line| &mut line.spans) {
            span.tone = match span.tone {
                Tone::Added => Tone::Removed,
                Tone::Removed => Tone::Added,
                tone => tone,
            };
        }
    }
    comparison
}

#[test]
fn studies_can_be_swapped() {
    assert_eq!(solid(compare(&cells(), &drops())), solid(mirrored(compare(&drops(), &cells()))));
}

/// Any JSON, its keys often those of the registry.
fn value() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        "[ab ]{0,5}",
        "(Inclusion Criteria:|Exclusion Criteria:)?(\n{1,2}(\\* |  \\* |1\\. )?[abc]{1,3} [abc]{1,3}){0,5}",
        "(2019|2019-10|2019-13|PHASE1|ACTUAL|NCT00000102|\u{1b}|\u{202e})",
        "\\PC{0,8}",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text.prop_map(Value::from),
    ];
    let keys = prop::sample::select(vec![
        "protocolSection",
        "statusModule",
        "startDateStruct",
        "date",
        "type",
        "whyStopped",
        "eligibilityModule",
        "eligibilityCriteria",
        "sex",
        "minimumAge",
        "healthyVolunteers",
        "designModule",
        "phases",
        "enrollmentInfo",
        "count",
        "conditionsModule",
        "conditions",
        "armsInterventionsModule",
        "armGroups",
        "label",
        "description",
        "interventionNames",
        "contactsLocationsModule",
        "locations",
        "contacts",
        "name",
        "resultsSection",
        "outcomeMeasuresModule",
        "identificationModule",
        "nctId",
        "a.b",
        "",
    ]);
    leaf.prop_recursive(6, 60, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((keys.clone(), inner), 0..8).prop_map(|parts| {
                Value::Object(
                    parts.into_iter().map(|(key, value)| (key.to_owned(), value)).collect(),
                )
            }),
        ]
    })
}

/// A record whose modules have the registry's names and any content.
fn record() -> impl Strategy<Value = Study> {
    let module = |paths: &'static [&'static str]| {
        prop::collection::vec(value(), paths.len()).prop_map(move |values| {
            let mut record = json!({});
            for (path, value) in paths.iter().zip(values) {
                record[path] = value;
            }
            record
        })
    };
    let sections = (
        module(&["eligibilityCriteria", "sex", "minimumAge"]),
        module(&["conditions", "keywords"]),
        module(&["armGroups", "interventions"]),
        module(&["whyStopped", "startDateStruct"]),
        value(),
    );
    sections.prop_map(|(eligibility, conditions, arms, status, other)| {
        Study::from(json!({
            "protocolSection": {
                "eligibilityModule": eligibility,
                "conditionsModule": conditions,
                "armsInterventionsModule": arms,
                "statusModule": status,
            },
            "resultsSection": other,
        }))
    })
}

proptest! {
    #[test]
    fn any_json_can_be_read_and_exported(value in value()) {
        let study = Study::from(value);
        text(&study, None);
        text(&study, Some(30));
        markdown(&study);
    }

    #[test]
    fn any_two_records_can_be_compared(left in record(), right in record()) {
        let comparison = compare(&left, &right);
        prop_assert_eq!(solid(comparison.clone()), solid(mirrored(compare(&right, &left))));
        prop_assert_eq!(compare(&left, &left).differences(), 0);
        let stated = |row: &ComparedRow| row.values.iter().all(FieldValue::is_stated);
        for row in comparison.rows() {
            prop_assert_eq!(row.verdict == Verdict::NotAll, !stated(row));
        }
        for studies in [&[&left, &right][..], &[&left, &right, &left]] {
            let report = Report::new(studies, Rows::All);
            for &format in ComparisonFormat::ALL {
                report.in_form(format, 40);
            }
        }
    }
}
