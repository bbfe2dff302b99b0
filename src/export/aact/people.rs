//! The tables of who is behind a study and where it takes place, and the counts that AACT has beside them.

use std::collections::BTreeSet;

use serde_json::Value;

use super::cell::{Cell, Kind};
use super::registered::lists;
use super::table::{
    Column, Entry, Table, at, boolean, by, listed, never, number, of, table, text, what, whole,
};
use crate::study::{PartialDate, Study};

const PLACES: &str = "protocolSection.contactsLocationsModule";
const SPONSORS: &str = "protocolSection.sponsorCollaboratorsModule";

pub(super) const TABLES: &[Table] = &[
    table(
        "sponsors",
        |study| {
            let kinds = [("leadSponsor", "lead"), ("collaborators", "collaborator")];
            lists(study, SPONSORS, &kinds)
        },
        &[text("agency_class", "class"), what("lead_or_collaborator"), text("name", "name")],
    ),
    table(
        "responsible_parties",
        |study| listed(study, &format!("{SPONSORS}.responsibleParty"), ""),
        &[
            text("responsible_party_type", "type"),
            text("name", "investigatorFullName"),
            text("title", "investigatorTitle"),
            text("organization", "oldOrganization"),
            text("affiliation", "investigatorAffiliation"),
            text("old_name_title", "oldNameTitle"),
        ],
    ),
    table(
        "overall_officials",
        |study| listed(study, &format!("{PLACES}.overallOfficials"), ""),
        &[text("role", "role"), text("name", "name"), text("affiliation", "affiliation")],
    ),
    table(
        "central_contacts",
        |study| listed(study, &format!("{PLACES}.centralContacts"), ""),
        &[
            RANK,
            text("name", "name"),
            text("phone", "phone"),
            text("email", "email"),
            text("phone_extension", "phoneExt"),
            text("role", "role"),
        ],
    ),
    table(
        "facilities",
        facilities,
        &[
            text("status", "status"),
            text("name", "facility"),
            text("city", "city"),
            text("state", "state"),
            text("zip", "zip"),
            text("country", "country"),
            number("latitude", "geoPoint.lat"),
            number("longitude", "geoPoint.lon"),
        ],
    ),
    table(
        "facility_contacts",
        |study| contacts(study, false),
        &[
            of("facility_id", "facilities"),
            RANK,
            text("name", "name"),
            text("email", "email"),
            text("phone", "phone"),
            text("phone_extension", "phoneExt"),
        ],
    ),
    table(
        "facility_investigators",
        |study| contacts(study, true),
        &[of("facility_id", "facilities"), text("role", "role"), text("name", "name")],
    ),
    table(
        "countries",
        countries,
        &[
            by("name", Kind::Text, |entry| match entry.value {
                Value::String(name) => Cell::text(name),
                _ => Cell::text(entry.said("country")),
            }),
            by("removed", Kind::Boolean, |entry| Cell::Boolean(entry.what == "removed")),
        ],
    ),
    table("calculated_values", whole, CALCULATED),
];

/// The first contact of a list is the primary one.
const RANK: Column = by("contact_type", Kind::Text, |entry| {
    Cell::text(if entry.place == 0 { "primary" } else { "backup" })
});

/// The facilities, each belonging to its own row.
fn facilities(study: &Study) -> Vec<Entry<'_>> {
    let mut entries = listed(study, &format!("{PLACES}.locations"), "");
    for (place, entry) in entries.iter_mut().enumerate() {
        entry.of.push(("facilities", place));
    }
    entries
}

/// The people of each facility who lead the study there, or those to be asked.
fn contacts(study: &Study, are_investigators: bool) -> Vec<Entry<'_>> {
    let mut all = Vec::new();
    for facility in facilities(study) {
        let people = facility.below("contacts").into_iter();
        let people = people.filter(|it| is_investigator(it.said("role")) == are_investigators);
        all.extend(people.enumerate().map(|(place, person)| Entry { place, ..person }));
    }
    all
}

fn is_investigator(role: &str) -> bool {
    let role = role.to_lowercase();
    role.contains("investigator") || role.contains("study_chair") || role.contains("study chair")
}

/// Each country once, and then those that were removed.
fn countries(study: &Study) -> Vec<Entry<'_>> {
    let mut known = BTreeSet::new();
    let mut now = listed(study, &format!("{PLACES}.locations"), "");
    now.retain(|place| !place.said("country").is_empty() && known.insert(place.said("country")));
    let mut removed = listed(study, "derivedSection.miscInfoModule.removedCountries", "removed");
    let mut gone = BTreeSet::new();
    removed.retain(|place| gone.insert(place.said("")));
    now.into_iter().chain(removed).collect()
}

const CALCULATED: &[Column] = &[
    by("number_of_facilities", Kind::Integer, |study| Cell::count(places(study).len())),
    never("number_of_nsae_subjects", Kind::Integer),
    never("number_of_sae_subjects", Kind::Integer),
    by("registered_in_calendar_year", Kind::Integer, |study| {
        let date = study.said("protocolSection.statusModule.studyFirstSubmitDate");
        let date = date.parse::<PartialDate>();
        date.map_or(Cell::Null, |date| Cell::Integer(i64::from(date.year())))
    }),
    never("nlm_download_date", Kind::Date),
    never("actual_duration", Kind::Integer),
    boolean("were_results_reported", "hasResults"),
    never("months_to_report_results", Kind::Integer),
    by("has_us_facility", Kind::Boolean, |study| {
        let in_us = |place: &Value| {
            let country = at(place, "country").and_then(Value::as_str);
            country.is_some_and(|country| UNITED_STATES.contains(&country))
        };
        some(places(study), |places| places.iter().any(in_us))
    }),
    by("has_single_facility", Kind::Boolean, |study| {
        some(places(study), |places| places.len() == 1)
    }),
    by("minimum_age_num", Kind::Integer, |study| age(study, "minimumAge").0),
    by("maximum_age_num", Kind::Integer, |study| age(study, "maximumAge").0),
    by("minimum_age_unit", Kind::Text, |study| age(study, "minimumAge").1),
    by("maximum_age_unit", Kind::Text, |study| age(study, "maximumAge").1),
    by("number_of_primary_outcomes_to_measure", Kind::Integer, |it| {
        outcomes(it, "primaryOutcomes")
    }),
    by("number_of_secondary_outcomes_to_measure", Kind::Integer, |it| {
        outcomes(it, "secondaryOutcomes")
    }),
    by("number_of_other_outcomes_to_measure", Kind::Integer, |it| outcomes(it, "otherOutcomes")),
];

/// What AACT takes for the United States: the country and its territories, as the registry names them.
const UNITED_STATES: [&str; 8] = [
    "United States",
    "Guam",
    "Puerto Rico",
    "U.S. Virgin Islands",
    "Virgin Islands (U.S.)",
    "Northern Mariana Islands",
    "American Samoa",
    "Wake Island",
];

fn places<'a>(study: &Entry<'a>) -> &'a [Value] {
    let places = at(study.value, &format!("{PLACES}.locations")).and_then(Value::as_array);
    places.map_or(&[], Vec::as_slice)
}

/// Something about places, where there are some.
fn some(places: &[Value], is_so: impl Fn(&[Value]) -> bool) -> Cell {
    if places.is_empty() { Cell::Null } else { Cell::Boolean(is_so(places)) }
}

/// `18 Years` as 18 and `year`.
fn age(study: &Entry, limit: &str) -> (Cell, Cell) {
    let text = study.said(&format!("protocolSection.eligibilityModule.{limit}"));
    let parts = text.split_once(' ').and_then(|(count, unit)| Some((count.parse().ok()?, unit)));
    let Some((count, unit)) = parts else { return (Cell::Null, Cell::Null) };
    let unit = unit.trim().to_lowercase();
    (Cell::Integer(count), Cell::text(unit.strip_suffix('s').unwrap_or(&unit)))
}

fn outcomes(study: &Entry, list: &str) -> Cell {
    let outcomes = at(study.value, &format!("protocolSection.outcomesModule.{list}"));
    outcomes.and_then(Value::as_array).map_or(Cell::Null, |outcomes| Cell::count(outcomes.len()))
}
