//! Records in every state of repair.

use super::*;

const RECORD: &str = r#"{"protocolSection":{
    "identificationModule":{"nctId":"NCT00000001","briefTitle":" A \u0026 B ","nctIdAliases":["NCT00000009"]},
    "statusModule":{"overallStatus":"RECRUITING","startDateStruct":{"date":"2013-05"},"lastUpdateSubmitDate":"2014-01-01"},
    "conditionsModule":{"conditions":["Asthma","",null,7]},
    "designModule":{"enrollmentInfo":{"count":30}}},
    "hasResults":false,"_id":{"$oid":"x"}}"#;

#[test]
fn a_record_is_read() {
    let summary = Summary::parse(RECORD).unwrap();
    assert_eq!(summary.id().unwrap().to_string(), "NCT00000001");
    assert_eq!(summary.protocol.identification.brief_title.plain(), "A & B");
    assert_eq!(summary.protocol.status.start.get().unwrap().to_string(), "2013-05");
    assert_eq!(summary.updated().unwrap().to_string(), "2014-01-01");
    let conditions: Vec<_> = summary.protocol.conditions.conditions.texts().collect();
    assert_eq!(conditions, ["Asthma", "7"]);
    assert_eq!(summary.protocol.design.enrollment.count.0, Some(30));
    assert_eq!(summary.has_results.0, Some(false));
}

#[test]
fn odd_values_cost_themselves_and_nothing_else() {
    for odd in
        ["null", "\"\"", "[]", "{}", "0", "-1", "1.5", "true", "\"x\"", "[\"x\",3]", "{\"a\":1}"]
    {
        for key in [
            "briefTitle\":_,\"x",
            "nctIdAliases\":_,\"x",
            "orgStudyIdInfo\":_,\"x",
            "secondaryIdInfos\":_,\"x",
        ] {
            let json = format!(
                r#"{{"protocolSection":{{"identificationModule":{{"nctId":"NCT00000001","{}":1}},"statusModule":{odd},"designModule":{{"enrollmentInfo":{{"count":{odd}}},"phases":{odd}}}}},"derivedSection":{odd},"hasResults":{odd}}}"#,
                key.replace('_', odd)
            );
            let summary = Summary::parse(&json).unwrap_or_else(|error| panic!("{json}: {error}"));
            assert!(summary.id().is_ok(), "{json}");
        }
    }
}

#[test]
fn what_has_another_form_is_what_is_shown_of_it() {
    let json = r#"{"protocolSection":{
        "identificationModule":{"nctId":"NCT00000001","briefTitle":["A","B"],"orgStudyIdInfo":"X-1","secondaryIdInfos":"Y-2"},
        "statusModule":{"overallStatus":["RECRUITING"],"startDateStruct":"2020-01"},
        "sponsorCollaboratorsModule":{"leadSponsor":"Acme","collaborators":{"name":"NIH"}},
        "conditionsModule":{"conditions":{"name":"Asthma"},"keywords":"one"},
        "designModule":{"phases":"PHASE2"},
        "armsInterventionsModule":{"interventions":["Drug A",{"name":"Drug B","otherNames":"C"}]},
        "contactsLocationsModule":{"locations":{"city":"Rome","country":["Italy"]}}},
        "derivedSection":{"conditionBrowseModule":{"meshes":"Asthma"}}}"#;
    let summary = Summary::parse(json).unwrap();
    let Protocol { identification, status, sponsors, conditions, design, arms, contacts, .. } =
        &summary.protocol;
    assert_eq!(identification.brief_title.plain(), "A, B");
    assert_eq!(identification.org_study_id.id.get(), Some("X-1"));
    assert_eq!(identification.secondary_ids.0[0].id.get(), Some("Y-2"));
    assert_eq!(status.overall.get(), Some("RECRUITING"));
    assert_eq!(status.start.get().unwrap().to_string(), "2020-01");
    assert_eq!(sponsors.lead.name.get(), Some("Acme"));
    assert_eq!(sponsors.collaborators.0[0].name.get(), Some("NIH"));
    assert_eq!(conditions.conditions.texts().collect::<Vec<_>>(), ["name: Asthma"]);
    assert_eq!(conditions.keywords.texts().collect::<Vec<_>>(), ["one"]);
    assert_eq!(design.phases.texts().collect::<Vec<_>>(), ["PHASE2"]);
    let names = arms.interventions.0.iter().filter_map(|drug| drug.name.get());
    assert_eq!(names.collect::<Vec<_>>(), ["Drug A", "Drug B"]);
    assert_eq!(arms.interventions.0[1].other_names.texts().collect::<Vec<_>>(), ["C"]);
    assert_eq!(contacts.locations.0[0].city.get(), Some("Rome"));
    assert_eq!(contacts.locations.0[0].country.get(), Some("Italy"));
    assert_eq!(summary.mesh_terms().collect::<Vec<_>>(), ["Asthma"]);
}

#[test]
fn of_a_repeated_key_the_last_value_counts() {
    let json =
        r#"{"protocolSection":{"identificationModule":{"nctId":"NCT1","nctId":"NCT00000002"}}}"#;
    assert_eq!(Summary::parse(json).unwrap().id().unwrap().to_string(), "NCT00000002");
}

#[test]
fn what_is_no_record_says_so() {
    for (json, reason) in [
        ("{}", "no NCT id"),
        (r#"{"protocolSection":[1]}"#, "no NCT id"),
        ("{", "not JSON: EOF while parsing an object at line 1 column 1 of the record"),
    ] {
        let error = Summary::parse(json).and_then(|summary| summary.id()).unwrap_err();
        assert_eq!(error.to_string(), reason);
    }
}
