//! The tables of how a study is made: who takes part, what is given, what is measured.

use std::collections::BTreeMap;

use serde_json::Value;

use super::cell::{Cell, Kind};
use super::registered::lists;
use super::table::{Column, Entry, Table, at, boolean, by, listed, of, table, text, what};
use crate::study::Study;

const ARMS: &str = "protocolSection.armsInterventionsModule";

pub(super) const TABLES: &[Table] = &[
    table("designs", |study| listed(study, "protocolSection.designModule.designInfo", ""), DESIGNS),
    table(
        "eligibilities",
        |study| listed(study, "protocolSection.eligibilityModule", ""),
        ELIGIBILITIES,
    ),
    table(
        "design_groups",
        |study| listed(study, &format!("{ARMS}.armGroups"), ""),
        &[text("group_type", "type"), text("title", "label"), text("description", "description")],
    ),
    table(
        "interventions",
        interventions,
        &[
            text("intervention_type", "type"),
            text("name", "name"),
            text("description", "description"),
        ],
    ),
    table(
        "intervention_other_names",
        |study| interventions(study).iter().flat_map(|it| it.below("otherNames")).collect(),
        &[of("intervention_id", "interventions"), text("name", "")],
    ),
    table(
        "design_group_interventions",
        given,
        &[of("design_group_id", "design_groups"), of("intervention_id", "interventions")],
    ),
    table(
        "design_outcomes",
        |study| {
            let kinds = [
                ("primaryOutcomes", "primary"),
                ("secondaryOutcomes", "secondary"),
                ("otherOutcomes", "other"),
            ];
            lists(study, "protocolSection.outcomesModule", &kinds)
        },
        &[
            what("outcome_type"),
            text("measure", "measure"),
            text("time_frame", "timeFrame"),
            text("population", "population"),
            text("description", "description"),
        ],
    ),
];

const DESIGNS: &[Column] = &[
    text("allocation", "allocation"),
    text("intervention_model", "interventionModel"),
    text("observational_model", "observationalModel"),
    text("primary_purpose", "primaryPurpose"),
    text("time_perspective", "timePerspective"),
    text("masking", "maskingInfo.masking"),
    text("masking_description", "maskingInfo.maskingDescription"),
    text("intervention_model_description", "interventionModelDescription"),
    by("subject_masked", Kind::Boolean, |it| has(it, "maskingInfo.whoMasked", "PARTICIPANT")),
    by("caregiver_masked", Kind::Boolean, |it| has(it, "maskingInfo.whoMasked", "CARE_PROVIDER")),
    by("investigator_masked", Kind::Boolean, |it| has(it, "maskingInfo.whoMasked", "INVESTIGATOR")),
    by("outcomes_assessor_masked", Kind::Boolean, |it| {
        has(it, "maskingInfo.whoMasked", "OUTCOMES_ASSESSOR")
    }),
];

const ELIGIBILITIES: &[Column] = &[
    text("sampling_method", "samplingMethod"),
    text("gender", "sex"),
    text("minimum_age", "minimumAge"),
    text("maximum_age", "maximumAge"),
    boolean("healthy_volunteers", "healthyVolunteers"),
    text("population", "studyPopulation"),
    text("criteria", "eligibilityCriteria"),
    text("gender_description", "genderDescription"),
    boolean("gender_based", "genderBased"),
    by("adult", Kind::Boolean, |it| has(it, "stdAges", "ADULT")),
    by("child", Kind::Boolean, |it| has(it, "stdAges", "CHILD")),
    by("older_adult", Kind::Boolean, |it| has(it, "stdAges", "OLDER_ADULT")),
];

/// Whether a code stands in a list; nothing where there is no list.
fn has(entry: &Entry, path: &str, code: &str) -> Cell {
    match at(entry.value, path).and_then(Value::as_array) {
        Some(codes) => Cell::Boolean(codes.iter().any(|it| it.as_str() == Some(code))),
        None => Cell::Null,
    }
}

/// The interventions, each belonging to its own row.
fn interventions(study: &Study) -> Vec<Entry<'_>> {
    let mut entries = listed(study, &format!("{ARMS}.interventions"), "");
    for (place, entry) in entries.iter_mut().enumerate() {
        entry.of.push(("interventions", place));
    }
    entries
}

/// Which intervention is given in which group. A label that no group has is not known.
fn given(study: &Study) -> Vec<Entry<'_>> {
    let mut places = BTreeMap::new();
    for (place, group) in listed(study, &format!("{ARMS}.armGroups"), "").iter().enumerate() {
        places.entry(group.said("label")).or_insert(place);
    }
    let mut given = Vec::new();
    for intervention in interventions(study) {
        for mut label in intervention.below("armGroupLabels") {
            if let Some(&place) = places.get(label.said("")) {
                label.of.push(("design_groups", place));
                given.push(label);
            }
        }
    }
    given
}
