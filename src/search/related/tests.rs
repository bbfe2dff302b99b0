//! Cases of what two studies share.

use serde_json::json;

use super::*;
use crate::study::made::{Made, made};

/// The related studies of study 1, with what they share.
fn found(studies: impl IntoIterator<Item = Made>) -> Vec<(u32, String)> {
    let store = Store::of(studies);
    let first = store.find("NCT00000001".parse().unwrap()).unwrap();
    let related = related(&store, first).into_iter();
    related.map(|related| (store.id(related.study).number(), related.in_words())).collect()
}

fn numbers(studies: impl IntoIterator<Item = Made>) -> Vec<u32> {
    found(studies).into_iter().map(|(number, _)| number).collect()
}

/// Studies that share nothing with any, so that what two share is rare.
fn others() -> impl Iterator<Item = Made> {
    (100..120).map(made)
}

fn keyword(study: Made, keyword: &str) -> Made {
    study.at("conditionsModule.keywords", json!([keyword]))
}

/// An intervention and its other names.
fn given(study: Made, name: &str, others: &[&str]) -> Made {
    study.at("armsInterventionsModule.interventions", json!([{"name": name, "otherNames": others}]))
}

fn own_id(study: Made, id: &str) -> Made {
    study.at("identificationModule.orgStudyIdInfo.id", id)
}

fn acronym(study: Made, acronym: &str) -> Made {
    study.at("identificationModule.acronym", acronym)
}

fn run_by(study: Made, sponsor: &str, collaborator: &str) -> Made {
    let collaborators = json!([{"name": collaborator}]);
    study.sponsor(sponsor).at("sponsorCollaboratorsModule.collaborators", collaborators)
}

/// A condition by the registry's thesaurus, and what it stands under there.
fn mesh(study: Made, term: &str, above: &str) -> Made {
    let terms = json!({"meshes": [{"term": term}], "ancestors": [{"term": above}]});
    study.set("derivedSection.conditionBrowseModule", terms)
}

fn summary(study: Made, summary: &str) -> Made {
    study.at("descriptionModule.briefSummary", summary)
}

/// Says something more of a study.
type Say = fn(Made) -> Made;

/// What study 1 says, what study 2 says, and what they share in words; nothing where they are not related.
const CASES: &[(Say, Say, &str)] = &[
    (|a| a.conditions(["Gout"]), |b| b.conditions(["gout", "Asthma"]), "same condition: Gout"),
    (
        |a| a.conditions(["Gout", "Asthma"]),
        |b| b.conditions(["Gout", "Asthma"]),
        "same conditions: Asthma, Gout",
    ),
    (
        |a| given(a, "Colchicine", &[]),
        |b| given(b, "colchicine", &[]),
        "same intervention: Colchicine",
    ),
    (|a| keyword(a, "Gout"), |b| keyword(b, "Gout"), "same keyword: Gout"),
    // Each in its field, and what stands in different fields.
    (|a| a.conditions(["Gout"]), |b| keyword(b, "Gout"), "condition here, keyword there: Gout"),
    (
        |a| given(a, "Cold", &[]),
        |b| b.conditions(["Cold"]),
        "intervention here, condition there: Cold",
    ),
    (|a| keyword(a.conditions(["Gout"]), "Gout"), |b| keyword(b, "Gout"), "same keyword: Gout"),
    (
        |a| a.conditions(["Cancer of Lung"]),
        |b| b.conditions(["cancer of lung"]),
        "same condition: Cancer of Lung",
    ),
    // An intervention counts once, by whichever of its names.
    (
        |a| given(a, "Tadalafil", &["Cialis", "IC351"]),
        |b| given(b, "Tadalafil", &["IC351", "Cialis"]),
        "same intervention: Tadalafil",
    ),
    (
        |a| given(a, "Tadalafil", &["Cialis", "IC351"]),
        |b| given(b, "Cialis", &["IC351"]),
        "same intervention: Cialis",
    ),
    // What says nothing of a trial's subject.
    (|a| given(a, "Placebo", &["Sugar pill"]), |b| given(b, "Placebo", &["Sugar pill"]), ""),
    (
        |a| given(a, "Biological Sample Collection", &[]),
        |b| given(b, "Biological Sample Collection", &[]),
        "",
    ),
    (|a| a.conditions(["Standard of Care"]), |b| b.conditions(["Standard of Care"]), ""),
    (|a| keyword(a, "adolescents"), |b| keyword(b, "adolescents"), ""),
    (
        |a| a.title("Medical exosomes in the US, 75 mg"),
        |b| b.title("Medical lasers in the US, 75 mg"),
        "",
    ),
    // Other trials and ids.
    (|a| summary(a, "follows NCT00000002"), |b| b, "this trial's record mentions it"),
    (|a| a, |b| summary(b, "(NCT00000001)"), "its record mentions this trial"),
    (
        |a| own_id(a, "ABC-12345").sponsor("Pfizer"),
        |b| own_id(b, "abc-12345").sponsor("Pfizer"),
        "same id: ABC-12345; same sponsor",
    ),
    (
        |a| own_id(a, "ABC12345").sponsor("Pfizer"),
        |b| own_id(b, "ABC12345E1").sponsor("Pfizer"),
        "an id that begins as ABC12345 does; same sponsor",
    ),
    (
        |a| own_id(a, "ABC12345E1").sponsor("Pfizer"),
        |b| own_id(b, "ABC12345").sponsor("Pfizer"),
        "an id that begins as ABC12345E1 does; same sponsor",
    ),
    // What is short is another one's by chance.
    (|a| own_id(a, "12345"), |b| own_id(b, "12345"), ""),
    (|a| acronym(a, "HELP"), |b| acronym(b, "help"), "same acronym: HELP"),
    (|a| run_by(a, "A", "B"), |b| run_by(b, "A", "B"), "same sponsor"),
    (|a| run_by(a, "A", "B"), |b| run_by(b, "C", "B"), "same collaborator: B"),
    (|a| run_by(a, "A", "B"), |b| run_by(b, "B", "C"), "collaborator here, lead sponsor there: B"),
    // The thesaurus of the registry.
    (
        |a| mesh(a, "Leukemia", "Neoplasms"),
        |b| mesh(b, "Leukemia, Myeloid", "Leukemia"),
        "both under MeSH: Leukemia",
    ),
    (
        |a| a.conditions(["Leukemia"]),
        |b| mesh(b, "Leukemia, Myeloid", "Leukemia"),
        "under MeSH there, condition here: Leukemia",
    ),
    (
        |a| mesh(a, "Leukemia", "Neoplasms"),
        |b| b.conditions(["Leukemia"]),
        "MeSH term here, condition there: Leukemia",
    ),
    // That both are diseases of some kind is no reason.
    (|a| mesh(a, "Leukemia", "Neoplasms"), |b| mesh(b, "Melanoma", "Neoplasms"), ""),
    (
        |a| a.conditions(["Type 1 Diabetes", "Diabetes"]),
        |b| b.conditions(["Type 1 Diabetes", "Diabetes"]),
        "same condition: Type 1 Diabetes",
    ),
    // Words: those that stand together, or three of them.
    (
        |a| a.title("Exosomes of stem cells in gout"),
        |b| b.title("Stem cells and gout: a study of exosomes in patients"),
        "both say: stem cells, exosomes, gout",
    ),
    (|a| a.title("Exosomes in gout"), |b| b.title("Gout and other uses of exosomes"), ""),
    (|a| a.title("Exosomes"), |b| b.title("Exosomes in another study of patients"), ""),
    (
        |a| a.title("Gout").conditions(["Gout"]),
        |b| b.title("Gout").conditions(["Gout"]),
        "same condition: Gout",
    ),
];

#[test]
fn what_two_studies_share_is_said_in_words() {
    let mut wrong: Vec<String> = Vec::new();
    for (here, there, words) in CASES {
        let [here, there] = [here(made(1)), there(made(2))];
        let about = format!("{}\n{}", here.json(), there.json());
        let expected = Some((2, (*words).to_owned())).filter(|_| !words.is_empty());
        let found = found(others().chain([here, there]));
        if !found.iter().eq(&expected) {
            wrong.push(format!("{about}\n{found:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_rarer_what_is_shared_the_closer() {
    let studies = [
        made(1).conditions(["Liver Failure", "Wilson Disease"]),
        made(2).conditions(["Liver Failure"]),
        made(3).conditions(["Liver Failure"]),
        made(4).conditions(["Wilson Disease"]),
        made(5).conditions(["Wilson Disease", "Liver Failure"]),
    ];
    assert_eq!(numbers(others().chain(studies)), [5, 4, 2, 3]);
}

#[test]
fn common_conditions_count_where_nothing_rare_is_shared() {
    // Everybody has asthma, every second one is overweight, and every second one smokes.
    let study = |number: u32| {
        let overweight = (number % 2 == 1).then_some("Obesity");
        let smokes = (number % 4 < 2).then_some("Smoking");
        made(number).conditions([Some("Asthma"), overweight, smokes].into_iter().flatten())
    };
    let found = found((1..=400).map(study));
    let (number, words) = &found[0];
    assert_eq!((number % 4, words.as_str()), (1, "same conditions: Obesity, Smoking, Asthma"));
    assert!(found.iter().take(MOST).all(|(number, _)| number % 4 == 1), "{found:?}");
    // One that has nothing else is as near as any other.
    let plain = (2..=400).map(study).chain([made(1).conditions(["Asthma"])]);
    assert!(self::found(plain).iter().all(|(_, words)| words == "same condition: Asthma"));
}

#[test]
fn a_condition_that_all_have_is_named_beside_what_few_have() {
    let studies = (3..200).map(|number| made(number).conditions(["Asthma"]));
    let pair = [1, 2].map(|number| made(number).conditions(["Asthma", "Gout"]));
    assert_eq!(found(studies.chain(pair))[0], (2, "same conditions: Gout, Asthma".to_owned()));
}

#[test]
fn what_says_nothing_relates_none_however_few_have_it() {
    let studies = [1, 2].map(|number| given(made(number), "Placebo Oral Tablet", &[]));
    assert_eq!(found(others().chain(studies)), []);
}

#[test]
fn a_sponsor_of_many_studies_relates_none_of_them() {
    let studies = |count: u32| (1..=count).map(|number| made(number).sponsor("Many Trials Ltd"));
    assert_eq!(found(others().chain(studies(FEW))).len(), FEW as usize - 1);
    assert_eq!(found(others().chain(studies(FEW + 1))), []);
}

#[test]
fn only_the_closest_are_named() {
    let both = made(1).conditions(["Gout", "Wilson Disease"]);
    let gout = (2..=49).map(|number| made(number).conditions(["Gout"]));
    let wilson = (50..=90).map(|number| made(number).conditions(["Wilson Disease"]));
    let found = found(gout.chain(wilson).chain([both]));
    assert_eq!((found.len(), found[0].1.as_str()), (MOST, "same condition: Wilson Disease"));
}

#[test]
fn a_study_that_is_related_to_none_says_why() {
    let gout = || made(1).conditions(["Gout"]);
    for (studies, why) in [
        (vec![gout()], "there is no other trial"),
        (vec![made(1), made(2)], "its record does not say what it is about"),
        (vec![gout(), made(2)], "the other trial shares nothing with it"),
        (
            others().chain([gout()]).collect(),
            "none of the 20 others shares a condition, an intervention or telling words with it",
        ),
    ] {
        let store = Store::of(studies);
        let study = store.find("NCT00000001".parse().unwrap()).unwrap();
        assert_eq!(related(&store, study), []);
        assert_eq!(unrelated(&store, study).to_string(), why);
    }
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
