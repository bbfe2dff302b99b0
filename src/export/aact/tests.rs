//! What stands in which table, and that the script says the same as the files.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Arc, Mutex};

use serde_json::json;

use super::*;
use crate::study::made::made;

/// A file that stays in memory.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Every file that is written for records.
fn files(records: &[serde_json::Value]) -> (BTreeMap<String, String>, TablesWritten) {
    let mut builder = crate::store::StoreBuilder::default();
    for record in records {
        builder.push(&record.to_string()).unwrap();
    }
    let store = builder.finish().unwrap();
    let mut files: BTreeMap<String, Kept> = BTreeMap::new();
    let mut open = |name: &str| -> io::Result<Box<dyn Write + Send>> {
        Ok(Box::new(files.entry(name.to_owned()).or_default().clone()))
    };
    let origin = Origin {
        dataset: "a\n.json".to_owned(),
        query: "liver".to_owned(),
        today: "2026-11-28".parse().ok(),
    };
    let studies = store.studies();
    let written = write_tables(TablesForm::Csv, &store, studies, &origin, &mut open).unwrap();
    let text = |kept: Kept| String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
    (files.into_iter().map(|(name, kept)| (name, text(kept))).collect(), written)
}

/// The rows of a table as objects of what is stated.
fn rows(csv: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = ::csv::Reader::from_reader(csv.as_bytes());
    let heading = reader.headers().unwrap().clone();
    let stated = |row: ::csv::StringRecord| {
        let cells = heading.iter().zip(row.iter());
        let cells = cells.filter(|(_, cell)| !cell.is_empty());
        cells.map(|(name, cell)| (name.to_owned(), cell.to_owned())).collect()
    };
    reader.records().map(|row| stated(row.unwrap())).collect()
}

fn record() -> serde_json::Value {
    json!({
        "protocolSection": {
            "identificationModule": {
                "nctId": "NCT00000007", "briefTitle": "It's a \"title\"\nof two lines",
                "orgStudyIdInfo": {"id": "ABC-1"}, "nctIdAliases": ["NCT00000001"],
                "secondaryIdInfos": [{"id": "2020-1", "type": "EUDRACT_NUMBER"}],
            },
            "statusModule": {
                "startDateStruct": {"date": "2024-02", "type": "ESTIMATED"},
                "completionDateStruct": {"date": "2024-05-17"},
                "studyFirstSubmitDate": "2023-12-01",
            },
            "sponsorCollaboratorsModule": {
                "leadSponsor": {"name": "Lead", "class": "OTHER"},
                "collaborators": [{"name": "One"}, {"name": "Two", "class": "NIH"}],
            },
            "designModule": {
                "studyType": "INTERVENTIONAL", "phases": ["PHASE1", "PHASE2"],
                "enrollmentInfo": {"count": 30, "type": "ACTUAL"},
                "designInfo": {"maskingInfo": {"masking": "SINGLE", "whoMasked": ["INVESTIGATOR"]}},
            },
            "armsInterventionsModule": {
                "armGroups": [{"label": "A", "type": "EXPERIMENTAL"}, {"label": "B"}],
                "interventions": [
                    {"name": "X", "type": "DRUG", "otherNames": ["x1", "x2"], "armGroupLabels": ["B", "A", "gone"]},
                    {"name": "Y", "type": "DEVICE", "armGroupLabels": ["B"]},
                ],
            },
            "outcomesModule": {
                "primaryOutcomes": [{"measure": "Death", "timeFrame": "1 year"}],
                "otherOutcomes": [{"measure": "Pain"}],
            },
            "eligibilityModule": {
                "eligibilityCriteria": "* Age \\>= 18\n* No", "minimumAge": "18 Years", "sex": "ALL",
                "healthyVolunteers": false, "stdAges": ["ADULT"],
            },
            "contactsLocationsModule": {
                "centralContacts": [{"name": "Jo"}, {"name": "Al"}],
                "locations": [
                    {"facility": "F", "country": "Guam", "geoPoint": {"lat": 13.5, "lon": -144.75},
                     "contacts": [{"name": "P", "role": "PRINCIPAL_INVESTIGATOR"}, {"name": "C", "role": "CONTACT"}]},
                    {"facility": "G", "country": "Guam", "contacts": [{"name": "D"}]},
                ],
            },
        },
        "resultsSection": {
            "outcomeMeasuresModule": {"outcomeMeasures": [
                {"title": "T0", "groups": [{"id": "OG000", "title": "g"}]},
                {"title": "T1", "paramType": "MEAN", "groups": [{"id": "OG000"}, {"id": "OG001"}],
                 "classes": [{"title": "Cl", "categories": [{"title": "Ca", "measurements": [
                     {"groupId": "OG001", "value": "1.5", "spread": "NA"}]}]}]},
            ]},
            "baselineCharacteristicsModule": {
                "groups": [{"id": "BG000"}],
                "denoms": [{"units": "Participants", "counts": [{"groupId": "BG000", "value": "12"}]}],
                "measures": [{"title": "Age", "classes": [{"categories": [{"measurements": [
                    {"groupId": "BG000", "value": "54"}]}]}]}],
            },
            "adverseEventsModule": {
                "timeFrame": "1 y", "eventGroups": [{"id": "EG000"}],
                "otherEvents": [{"term": "Cough", "stats": [{"groupId": "EG000", "numAffected": 2}]}],
            },
        },
        "hasResults": true,
    })
}

#[expect(clippy::too_many_lines, reason = "a table of cases")]
#[test]
fn every_part_of_a_record_stands_in_its_table() {
    let (files, written) = files(&[made(1).conditions(["Über", "B"]).value(), record()]);
    let id = ("nct_id", "NCT00000007");
    for (table, place, cells) in [
        (
            "studies",
            1,
            &[
                ("brief_title", "It's a \"title\"\nof two lines"),
                ("start_month_year", "2024-02"),
                ("start_date", "2024-02-29"),
                ("completion_date", "2024-05-17"),
                ("phase", "PHASE1/PHASE2"),
                ("enrollment", "30"),
                ("number_of_arms", "2"),
            ][..],
        ),
        (
            "conditions",
            0,
            &[("id", "1"), ("nct_id", "NCT00000001"), ("name", "Über"), ("downcase_name", "über")],
        ),
        (
            "sponsors",
            2,
            &[("lead_or_collaborator", "collaborator"), ("name", "Two"), ("agency_class", "NIH")],
        ),
        ("id_information", 0, &[("id_source", "nct_alias"), ("id_value", "NCT00000001")]),
        ("id_information", 1, &[("id_source", "org_study_id"), ("id_value", "ABC-1")]),
        (
            "designs",
            0,
            &[("masking", "SINGLE"), ("investigator_masked", "true"), ("subject_masked", "false")],
        ),
        ("interventions", 1, &[("id", "2"), ("intervention_type", "DEVICE")]),
        ("intervention_other_names", 1, &[("intervention_id", "1"), ("name", "x2")]),
        ("design_group_interventions", 0, &[("design_group_id", "2"), ("intervention_id", "1")]),
        ("design_group_interventions", 2, &[("design_group_id", "2"), ("intervention_id", "2")]),
        ("design_outcomes", 1, &[("outcome_type", "other"), ("measure", "Pain")]),
        (
            "eligibilities",
            0,
            &[
                ("criteria", "* Age \\>= 18\n* No"),
                ("healthy_volunteers", "false"),
                ("adult", "true"),
                ("child", "false"),
            ],
        ),
        ("facilities", 0, &[("latitude", "13.5"), ("longitude", "-144.75"), ("country", "Guam")]),
        ("facility_investigators", 0, &[("facility_id", "1"), ("name", "P")]),
        (
            "facility_contacts",
            1,
            &[("facility_id", "2"), ("name", "D"), ("contact_type", "primary")],
        ),
        ("countries", 0, &[("name", "Guam"), ("removed", "false")]),
        ("central_contacts", 1, &[("contact_type", "backup"), ("name", "Al")]),
        (
            "calculated_values",
            1,
            &[
                ("has_us_facility", "true"),
                ("has_single_facility", "false"),
                ("minimum_age_num", "18"),
                ("minimum_age_unit", "year"),
                ("registered_in_calendar_year", "2023"),
            ],
        ),
        ("result_groups", 2, &[("id", "3"), ("outcome_id", "2"), ("ctgov_group_code", "OG001")]),
        (
            "outcome_measurements",
            0,
            &[
                ("outcome_id", "2"),
                ("result_group_id", "3"),
                ("title", "T1"),
                ("classification", "Cl"),
                ("category", "Ca"),
                ("param_value_num", "1.5"),
                ("dispersion_value", "NA"),
            ],
        ),
        (
            "baseline_measurements",
            0,
            &[("result_group_id", "4"), ("title", "Age"), ("number_analyzed", "12")],
        ),
        (
            "reported_events",
            0,
            &[
                ("result_group_id", "5"),
                ("event_type", "other"),
                ("adverse_event_term", "Cough"),
                ("time_frame", "1 y"),
                ("subjects_affected", "2"),
            ],
        ),
    ] {
        let rows = rows(&files[&format!("{table}.csv")]);
        let row = rows.get(place).unwrap_or_else(|| panic!("{table}: {rows:?}"));
        for (name, cell) in cells.iter().chain((table != "conditions").then_some(&id)) {
            assert_eq!(row.get(*name).map(String::as_str), Some(*cell), "{table}: {row:?}");
        }
    }
    let eligibility = &rows(&files["eligibilities.csv"])[0];
    assert!(!eligibility.contains_key("maximum_age"), "{eligibility:?}");
    assert_eq!(rows(&files["design_group_interventions.csv"]).len(), 3);
    assert_eq!(rows(&files["countries.csv"]).len(), 1);
    let all = files.iter().filter(|(name, _)| name.strip_suffix(".csv").is_some());
    assert_eq!(all.map(|(_, csv)| rows(csv).len() as u64).sum::<u64>(), written.rows);
    assert_eq!((written.studies, written.tables), (2, files.len() - 1));
}

#[test]
fn the_script_makes_and_fills_every_table() {
    let (files, _) = files(&[record()]);
    let sql = &files["load.sql"];
    assert!(sql.starts_with("-- Exported from a .json, 2026-11-28, query: liver\n"), "{sql}");
    assert_eq!(sql.matches("CREATE TABLE").count(), files.len() - 1);
    assert!(sql.ends_with(";\nCOMMIT;\n"), "{sql}");
    for part in [
        "\n  \"start_date\" DATE,",
        "'It''s a \"title\"\nof two lines'",
        "INSERT INTO \"facilities\" VALUES\n(1,'NCT00000007',NULL,'F',NULL,NULL,NULL,'Guam',13.5,-144.75),",
        "TRUE",
    ] {
        assert!(sql.contains(part), "{part}: {sql}");
    }
}

#[test]
fn what_has_another_form_than_it_should_is_empty_and_costs_nothing_else() {
    let odd = json!({"protocolSection": {
        "identificationModule": {"nctId": "NCT00000007", "briefTitle": {"a": [1]}, "orgStudyIdInfo": "ABC"},
        "designModule": {"enrollmentInfo": {"count": "many"}, "phases": "PHASE1", "designInfo": 7},
        "statusModule": {"startDateStruct": {"date": "soon"}, "completionDateStruct": {"date": "2024"}},
        "armsInterventionsModule": {"interventions": {"name": "X", "otherNames": "y"}},
        "contactsLocationsModule": {"locations": [null, 3, {"geoPoint": {"lat": 1e308}}]},
    }});
    let (files, written) = files(&[odd]);
    let study = &rows(&files["studies.csv"])[0];
    assert_eq!(study["brief_title"], "{\"a\":[1]}");
    assert_eq!(
        (study["phase"].as_str(), study["completion_date"].as_str()),
        ("PHASE1", "2024-12-31")
    );
    assert!(!study.contains_key("enrollment") && !study.contains_key("start_date"));
    assert_eq!(study["start_month_year"], "soon");
    assert_eq!(rows(&files["intervention_other_names.csv"])[0]["name"], "y");
    assert_eq!(rows(&files["id_information.csv"])[0]["id_value"], "ABC");
    assert!(files["load.sql"].contains("1e308"));
    assert!(written.rows > 5);
}
