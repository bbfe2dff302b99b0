//! The tables of posted results: groups, outcomes with their measurements, baseline characteristics, adverse events.

use std::collections::BTreeMap;

use super::cell::{Cell, Kind};
use super::table::{
    Column, Entry, Table, above, by, date, integer, listed, number, of, table, text, what,
};
use crate::study::Study;

const RESULTS: &str = "resultsSection";

pub(super) const TABLES: &[Table] = &[
    table("outcomes", outcomes, OUTCOMES),
    table(
        "result_groups",
        groups,
        &[
            of("outcome_id", "outcomes"),
            text("ctgov_group_code", "id"),
            what("result_type"),
            text("title", "title"),
            text("description", "description"),
        ],
    ),
    table("outcome_measurements", outcome_measurements, OUTCOME_MEASUREMENTS),
    table("baseline_measurements", baseline_measurements, BASELINE_MEASUREMENTS),
    table("reported_events", events, EVENTS),
];

const OUTCOMES: &[Column] = &[
    text("outcome_type", "type"),
    text("title", "title"),
    text("description", "description"),
    text("time_frame", "timeFrame"),
    text("population", "populationDescription"),
    date("anticipated_posting_date", "anticipatedPostingDate"),
    text("anticipated_posting_month_year", "anticipatedPostingDate"),
    text("units", "unitOfMeasure"),
    text("units_analyzed", "typeUnitsAnalyzed"),
    text("dispersion_type", "dispersionType"),
    text("param_type", "paramType"),
];

const OUTCOME_MEASUREMENTS: &[Column] = &[
    of("outcome_id", "outcomes"),
    of("result_group_id", "result_groups"),
    text("ctgov_group_code", "groupId"),
    above("classification", 2, "title"),
    above("category", 1, "title"),
    above("title", 3, "title"),
    above("description", 3, "description"),
    above("units", 3, "unitOfMeasure"),
    above("param_type", 3, "paramType"),
    text("param_value", "value"),
    number("param_value_num", "value"),
    above("dispersion_type", 3, "dispersionType"),
    text("dispersion_value", "spread"),
    number("dispersion_value_num", "spread"),
    number("dispersion_lower_limit", "lowerLimit"),
    number("dispersion_upper_limit", "upperLimit"),
    text("explanation_of_na", "comment"),
    text("dispersion_upper_limit_raw", "upperLimit"),
    text("dispersion_lower_limit_raw", "lowerLimit"),
];

const BASELINE_MEASUREMENTS: &[Column] = &[
    of("result_group_id", "result_groups"),
    text("ctgov_group_code", "groupId"),
    above("classification", 2, "title"),
    above("category", 1, "title"),
    above("title", 3, "title"),
    above("description", 3, "description"),
    above("units", 3, "unitOfMeasure"),
    above("param_type", 3, "paramType"),
    text("param_value", "value"),
    number("param_value_num", "value"),
    above("dispersion_type", 3, "dispersionType"),
    text("dispersion_value", "spread"),
    number("dispersion_value_num", "spread"),
    number("dispersion_lower_limit", "lowerLimit"),
    number("dispersion_upper_limit", "upperLimit"),
    text("explanation_of_na", "comment"),
    by("number_analyzed", Kind::Integer, |entry| denominator(entry).1),
    by("number_analyzed_units", Kind::Text, |entry| denominator(entry).0),
    above("population_description", 3, "populationDescription"),
    by("calculate_percentage", Kind::Text, |entry| {
        let is_so = entry.above.get(2).and_then(|measure| measure.get("calculatePct"));
        match is_so.and_then(serde_json::Value::as_bool) {
            Some(true) => Cell::text("Yes"),
            Some(false) => Cell::text("No"),
            None => Cell::Null,
        }
    }),
];

const EVENTS: &[Column] = &[
    of("result_group_id", "result_groups"),
    text("ctgov_group_code", "groupId"),
    above("time_frame", 2, "timeFrame"),
    what("event_type"),
    integer("subjects_affected", "numAffected"),
    integer("subjects_at_risk", "numAtRisk"),
    above("description", 2, "description"),
    integer("event_count", "numEvents"),
    above("organ_system", 1, "organSystem"),
    above("adverse_event_term", 1, "term"),
    above("frequency_threshold", 2, "frequencyThreshold"),
    above("vocab", 1, "sourceVocabulary"),
    above("assessment", 1, "assessmentType"),
];

fn outcomes(study: &Study) -> Vec<Entry<'_>> {
    let path = format!("{RESULTS}.outcomeMeasuresModule.outcomeMeasures");
    let mut entries = listed(study, &path, "");
    for (place, entry) in entries.iter_mut().enumerate() {
        entry.of.push(("outcomes", place));
    }
    entries
}

/// The groups of each outcome, and those of the other parts of the results.
fn groups(study: &Study) -> Vec<Entry<'_>> {
    let of_outcomes = outcomes(study);
    let of_outcomes = of_outcomes.iter().flat_map(|outcome| outcome.below("groups"));
    let of_outcomes = of_outcomes.map(|group| Entry { what: "Outcome", ..group });
    let others = [
        ("baselineCharacteristicsModule.groups", BASELINE),
        ("participantFlowModule.groups", "Participant Flow"),
        ("adverseEventsModule.eventGroups", EVENT),
    ];
    let others = others.map(|(path, what)| listed(study, &format!("{RESULTS}.{path}"), what));
    of_outcomes.chain(others.into_iter().flatten()).collect()
}

const BASELINE: &str = "Baseline";
const EVENT: &str = "Reported Event";

/// Makes each entry belong to the row of its group: of the same part of the results, and of the same outcome.
fn with_groups<'a>(study: &'a Study, entries: Vec<Entry<'a>>, part: &str) -> Vec<Entry<'a>> {
    let outcome = |entry: &Entry| entry.of.first().map(|(_, place)| *place);
    let mut places = BTreeMap::new();
    for (place, group) in groups(study).iter().enumerate().filter(|(_, it)| it.what == part) {
        places.entry((outcome(group), group.said("id"))).or_insert(place);
    }
    let with_group = |mut entry: Entry<'a>| {
        let place = places.get(&(outcome(&entry), entry.said("groupId")));
        entry.of.extend(place.map(|&place| ("result_groups", place)));
        entry
    };
    entries.into_iter().map(with_group).collect()
}

/// The values of a measure in its classes and categories.
fn measurements<'a>(measure: &Entry<'a>) -> Vec<Entry<'a>> {
    let mut all = Vec::new();
    for class in measure.below("classes") {
        for category in class.below("categories") {
            all.extend(category.below("measurements"));
        }
    }
    all
}

fn outcome_measurements(study: &Study) -> Vec<Entry<'_>> {
    let entries = outcomes(study).iter().flat_map(measurements).collect();
    with_groups(study, entries, "Outcome")
}

fn baseline_measurements(study: &Study) -> Vec<Entry<'_>> {
    let path = format!("{RESULTS}.baselineCharacteristicsModule");
    let mut entries = Vec::new();
    for module in listed(study, &path, "") {
        entries.extend(module.below("measures").iter().flat_map(measurements));
    }
    with_groups(study, entries, BASELINE)
}

/// The units of which a measurement counts, and how many of its group were analysed: as its class says, else its measure, else
/// the whole table.
fn denominator(entry: &Entry) -> (Cell, Cell) {
    let measure = entry.above.get(2);
    let units = measure.and_then(|measure| measure.get("denomUnitsSelected"));
    let units = units.and_then(serde_json::Value::as_str).unwrap_or("Participants");
    let levels = [1, 2, 3].into_iter().filter_map(|step| entry.above.get(step)?.get("denoms"));
    let denominators = levels.into_iter().next().and_then(serde_json::Value::as_array);
    let of_units = denominators.into_iter().flatten().filter(|it| it["units"] == units);
    let mut counts = of_units.filter_map(|it| it["counts"].as_array()).flatten();
    let count = counts.find(|count| count["groupId"] == entry.said("groupId"));
    let count = count.map_or(Cell::Null, |count| Cell::of(Kind::Integer, &count["value"]));
    (Cell::text(units), count)
}

fn events(study: &Study) -> Vec<Entry<'_>> {
    let path = format!("{RESULTS}.adverseEventsModule");
    let mut entries = Vec::new();
    for (list, what) in [("seriousEvents", "serious"), ("otherEvents", "other")] {
        for module in listed(study, &path, what) {
            entries.extend(module.below(list).iter().flat_map(|event| event.below("stats")));
        }
    }
    with_groups(study, entries, EVENT)
}
