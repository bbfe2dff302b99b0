//! Cases of what two studies share.

use serde_json::json;

use super::*;
use crate::store::StoreBuilder;

/// A study of a made-up registry: its number, its title, and modules beside.
type Made<'a> = (u32, &'a str, serde_json::Value);

fn store(studies: &[Made]) -> Store {
    let mut builder = StoreBuilder::default();
    for (number, title, modules) in studies {
        let mut protocol = json!({"identificationModule": {"nctId": format!("NCT{number:08}"), "briefTitle": title}});
        for (module, content) in modules.as_object().unwrap() {
            for (key, value) in content.as_object().unwrap() {
                protocol[module][key] = value.clone();
            }
        }
        let derived = modules.get("derivedSection").cloned();
        let record = json!({"protocolSection": protocol, "derivedSection": derived});
        builder.push(&record.to_string()).unwrap();
    }
    builder.finish().unwrap()
}

/// The related studies of study 1, with what they share.
fn found(store: &Store) -> Vec<(u32, String)> {
    let first = store.find("NCT00000001".parse().unwrap()).unwrap();
    let related = related(store, first).into_iter();
    related.map(|related| (store.id(related.study).number(), related.in_words())).collect()
}

fn conditions(conditions: &[&str]) -> serde_json::Value {
    json!({"conditionsModule": {"conditions": conditions}})
}

/// Studies that share nothing with any, so that what two share is rare.
fn others<'a>() -> Vec<Made<'a>> {
    (100..120).map(|number| (number, "", json!({}))).collect()
}

#[test]
fn what_two_studies_share_is_said_in_words() {
    let organisation = |id: &str| json!({"identificationModule": {"orgStudyIdInfo": {"id": id}}, "sponsorCollaboratorsModule": {"leadSponsor": {"name": "Pfizer"}}});
    let sponsor = |lead: &str, with: &[&str]| {
        let with: Vec<_> = with.iter().map(|name| json!({"name": name})).collect();
        json!({"sponsorCollaboratorsModule": {"leadSponsor": {"name": lead}, "collaborators": with}})
    };
    let acronym = |acronym: &str| json!({"identificationModule": {"acronym": acronym}});
    let mesh = |term: &str, above: &str| json!({"derivedSection": {"conditionBrowseModule": {"meshes": [{"term": term}], "ancestors": [{"term": above}]}}});
    let says = |text: &str| json!({"descriptionModule": {"briefSummary": text}});
    let mut wrong: Vec<String> = Vec::new();
    for (mine, its, title, words) in [
        (conditions(&["Gout"]), conditions(&["gout", "Asthma"]), "", "both: Gout"),
        // The order of the words, and the field, do not matter.
        (
            conditions(&["Cancer of Lung"]),
            json!({"conditionsModule": {"keywords": ["cancer of lung"]}}),
            "",
            "both: Cancer of Lung",
        ),
        (
            conditions(&["Gout"]),
            json!({"armsInterventionsModule": {"interventions": [{"name": "Gout"}]}}),
            "",
            "both: Gout",
        ),
        (says("follows NCT00000002"), json!({}), "", "this trial's record mentions it"),
        (json!({}), says("(NCT00000001)"), "", "its record mentions this trial"),
        (
            organisation("ABC-12345"),
            organisation("abc-12345"),
            "",
            "same id: ABC-12345; same sponsor",
        ),
        (
            organisation("ABC12345"),
            organisation("ABC12345E1"),
            "",
            "an id that begins as ABC12345 does; same sponsor",
        ),
        (
            organisation("ABC12345E1"),
            organisation("ABC12345"),
            "",
            "an id that begins as ABC12345E1 does; same sponsor",
        ),
        (conditions(&["Standard of Care"]), conditions(&["Standard of Care"]), "", ""),
        // What is short is another one's by chance.
        (
            json!({"identificationModule": {"orgStudyIdInfo": {"id": "12345"}}}),
            json!({"identificationModule": {"orgStudyIdInfo": {"id": "12345"}}}),
            "",
            "",
        ),
        (acronym("HELP"), acronym("help"), "", "same acronym: HELP"),
        (sponsor("A", &["B"]), sponsor("A", &["B"]), "", "same sponsor"),
        (sponsor("A", &["B"]), sponsor("B", &["C"]), "", "both with B"),
        (
            mesh("Leukemia", "Neoplasms"),
            mesh("Leukemia, Myeloid", "Leukemia"),
            "",
            "both MeSH: Leukemia",
        ),
        // That both are diseases of some kind is no reason.
        (mesh("Leukemia", "Neoplasms"), mesh("Melanoma", "Neoplasms"), "", ""),
        (
            conditions(&["Type 1 Diabetes", "Diabetes"]),
            conditions(&["Type 1 Diabetes", "Diabetes"]),
            "",
            "both: Type 1 Diabetes",
        ),
        (
            json!({}),
            json!({}),
            "Exosomes of stem cells in gout",
            "both say: stem cells, exosomes, gout",
        ),
        // One word, or words that say nothing.
        (json!({}), json!({}), "Exosomes in another study of patients", ""),
        (conditions(&["Gout"]), json!({}), "Stem cells against gout", "both say: stem cells, gout"),
        (conditions(&["Gout"]), conditions(&["Gout"]), "Gout", "both: Gout"),
    ] {
        let mut studies = others();
        studies.push((1, "Stem cells and gout: a study of exosomes in patients", mine.clone()));
        studies.push((2, title, its.clone()));
        let expected: Vec<(u32, String)> = Some(words)
            .filter(|words| !words.is_empty())
            .map(|words| (2, words.to_owned()))
            .into_iter()
            .collect();
        let found = found(&store(&studies));
        if found != expected {
            wrong.push(format!("{mine} {its} {title}: {found:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_rarer_what_is_shared_the_closer() {
    let mut studies = others();
    studies.extend([
        (1, "", conditions(&["Liver Failure", "Wilson Disease"])),
        (2, "", conditions(&["Liver Failure"])),
        (3, "", conditions(&["Liver Failure"])),
        (4, "", conditions(&["Wilson Disease"])),
        (5, "", conditions(&["Wilson Disease", "Liver Failure"])),
    ]);
    let order: Vec<u32> = found(&store(&studies)).into_iter().map(|(number, _)| number).collect();
    assert_eq!(order, [5, 4, 2, 3]);
}

#[test]
fn what_many_studies_have_relates_none_of_them() {
    let saline = || json!({"armsInterventionsModule": {"interventions": [{"name": "Saline"}]}});
    let studies: Vec<Made> = (1..=60).map(|number| (number, "", saline())).collect();
    assert_eq!(found(&store(&studies)), []);
    assert_eq!(found(&store(&studies[..40])).len(), 39);
}

#[test]
fn only_the_closest_are_named() {
    let gout = || conditions(&["Gout"]);
    let mut studies = vec![(1, "", conditions(&["Gout", "Wilson Disease"]))];
    studies.extend((2..=49).map(|number| (number, "", gout())));
    studies.extend((50..=90).map(|number| (number, "", conditions(&["Wilson Disease"]))));
    let found = found(&store(&studies));
    assert_eq!((found.len(), found[0].1.as_str()), (MOST, "both: Wilson Disease"));
}

#[test]
fn a_study_that_says_nothing_is_related_to_none() {
    assert_eq!(found(&store(&[(1, "", json!({})), (2, "", json!({}))])), []);
}

#[test]
fn words_side_by_side_stay_together() {
    let texts = |texts: &[&str]| -> Vec<Vec<String>> {
        texts.iter().map(|text| text.split(' ').map(str::to_owned).collect()).collect()
    };
    let here = texts(&["acute on chronic liver failure", "stem cell"]);
    for (there, words, phrases) in [
        (
            &["acute on chronic liver failure"][..],
            &["failure", "acute"][..],
            &["acute on chronic liver failure"][..],
        ),
        (&["failure acute"], &["failure", "acute"], &["failure", "acute"]),
        (&["on chronic", "a stem cell"], &["cell", "chronic", "stem"], &["stem cell", "chronic"]),
        (&["else"], &["stem"], &["stem"]),
    ] {
        assert_eq!(super::phrases(&here, &texts(there), words), phrases, "{there:?}");
    }
}
