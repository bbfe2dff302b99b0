//! The studies found in the order in which they suit somebody: who fits first, then what states least that is not known,
//! then by how far the nearest open site is, then those that can be joined.

use super::place::nearest::Nearness;
use super::rows::Rows;
use crate::store::{Store, StudyIdx};
use crate::study::Concept;
use crate::study::person::{Eligibility, Fit, Person};

/// What `study` states of who can take part.
pub fn eligibility(store: &Store, study: StudyIdx) -> Eligibility<'_> {
    Eligibility {
        minimum: store.age(study, Concept::MinimumAge),
        maximum: store.age(study, Concept::MaximumAge),
        has_unreadable_age: store.has_unreadable_age(study),
        sex: store.code(study, Concept::Sex),
        healthy: store.code(study, Concept::Healthy),
    }
}

/// How many of the studies fit, how many state too little, and how many do not fit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Suited {
    pub fit: usize,
    pub not_stated: usize,
    pub do_not_fit: usize,
}

/// The studies in order, and how many of each there are.
pub(super) fn rows(
    store: &Store,
    studies: impl Iterator<Item = StudyIdx>,
    person: &Person,
    near: &Nearness,
) -> (Rows, Suited) {
    let mut suited = Suited::default();
    let keyed = studies.map(|study| {
        let stated = eligibility(store, study);
        let fit = person.fit(&stated);
        *match fit {
            Fit::Fits => &mut suited.fit,
            Fit::NotStated => &mut suited.not_stated,
            Fit::DoesNotFit => &mut suited.do_not_fit,
        } += 1;
        let open = near.nearest_open(store, study).map_or(f32::INFINITY, |open| open.kilometres);
        // Not negative, so its bits are in the order of its value.
        (fit, person.not_stated(&stated), open.to_bits(), joinable(store, study), study)
    });
    let mut keyed: Vec<_> = keyed.collect();
    keyed.sort_unstable();
    (Rows::listed(keyed.into_iter().map(|(.., study)| study).collect()), suited)
}

/// How soon a study can be joined: those that recruit before those that soon will, all others last.
fn joinable(store: &Store, study: StudyIdx) -> u8 {
    match store.code(study, Concept::Status) {
        Some("RECRUITING" | "AVAILABLE") => 0,
        Some("NOT_YET_RECRUITING" | "ENROLLING_BY_INVITATION") => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::search::{Cancel, Profile, Query, answer, parse};
    use crate::study::made::{Made, made};
    use crate::study::person::{Health, Sex};

    fn study(id: u32, ages: [&str; 2], status: &str, lat: f64) -> Made {
        let point = json!({"lat": lat, "lon": 4.85});
        let mut made = made(id)
            .status(status)
            .at("eligibilityModule.sex", "ALL")
            .at("eligibilityModule.healthyVolunteers", false)
            .at("contactsLocationsModule.locations", json!([{"city": "Lyon", "geoPoint": point}]));
        for (key, age) in ["minimumAge", "maximumAge"].into_iter().zip(ages) {
            if !age.is_empty() {
                made = made.at(&format!("eligibilityModule.{key}"), age);
            }
        }
        made
    }

    #[test]
    fn an_age_that_cannot_be_read_is_neither_open_nor_a_limit() {
        let store = Store::of([
            study(1, ["18", "65 Years"], "RECRUITING", 45.75),
            study(2, ["18 Years", "old"], "RECRUITING", 45.75),
            study(3, ["18 Years", ""], "RECRUITING", 45.75),
        ]);
        let person = Person { age: "54 Years".parse().ok(), ..Person::default() };
        let fits: Vec<Fit> =
            store.studies().map(|study| person.fit(&eligibility(&store, study))).collect();
        let mut by_id: Vec<_> = store.studies().map(|study| store.id(study)).zip(fits).collect();
        by_id.sort_by_key(|(id, _)| *id);
        let fits: Vec<Fit> = by_id.into_iter().map(|(_, fit)| fit).collect();
        assert_eq!(fits, [Fit::NotStated, Fit::NotStated, Fit::Fits]);
        let results = answer(&store, &parse("age:54").unwrap(), &Cancel::default()).unwrap();
        let ids: Vec<u32> = results.rows.iter().map(|study| store.id(study).number()).collect();
        assert_eq!(ids, [3]);
    }

    #[test]
    fn who_fits_stands_first_then_what_is_stated_then_what_is_open_and_near() {
        let store = Store::of([
            study(1, ["60 Years", ""], "RECRUITING", 45.75),
            study(2, ["18 Years", "65 Years"], "COMPLETED", 45.75),
            study(3, ["18 Years", ""], "RECRUITING", 45.95),
            study(4, ["18 Years", ""], "NOT_YET_RECRUITING", 45.80),
            study(5, ["", ""], "RECRUITING", 45.75),
            made(6).at(
                "contactsLocationsModule.locations",
                json!([{"geoPoint": {"lat": 45.75, "lon": 4.85}}]),
            ),
            study(7, ["18 Years", ""], "RECRUITING", 10.0),
        ]);
        let person = Person {
            age: "54 Years".parse().ok(),
            sex: Some(Sex::Female),
            health: Some(Health::Patient),
        };
        let near = "45.75,4.85~50km".parse().ok();
        let profile = Some(Profile { person, near });
        let query = Query { profile: profile.clone(), ..parse("").unwrap() };
        let results = answer(&store, &query, &Cancel::default()).unwrap();
        let ids: Vec<u32> = results.rows.iter().map(|study| store.id(study).number()).collect();
        assert_eq!(ids, [4, 3, 2, 5, 6, 1]);
        assert_eq!(results.suited, Some(Suited { fit: 3, not_stated: 2, do_not_fit: 1 }));
        // An order that is asked for is kept.
        let query = Query { profile, ..parse("sort:id").unwrap() };
        let results = answer(&store, &query, &Cancel::default()).unwrap();
        assert_eq!(results.rows.get(0).map(|study| store.id(study).number()), Some(1));
    }

    #[test]
    fn without_a_place_what_recruits_stands_before_what_is_closed_in_each_class() {
        let store = Store::of([
            study(1, ["18 Years", ""], "COMPLETED", 0.0).updated("2024-01-05"),
            study(2, ["18 Years", ""], "ENROLLING_BY_INVITATION", 0.0).updated("2024-01-04"),
            study(3, ["18 Years", ""], "RECRUITING", 0.0).updated("2024-01-03"),
            study(4, ["60 Years", ""], "RECRUITING", 0.0).updated("2024-01-02"),
            study(5, ["60 Years", ""], "WITHDRAWN", 0.0).updated("2024-01-07"),
            study(6, ["18", ""], "TERMINATED", 0.0).updated("2024-01-08"),
            study(7, ["18", ""], "NOT_YET_RECRUITING", 0.0).updated("2024-01-01"),
        ]);
        let person = Person { age: "54 Years".parse().ok(), ..Person::default() };
        let profile = Some(Profile { person, near: None });
        let query = Query { profile, ..parse("").unwrap() };
        let results = answer(&store, &query, &Cancel::default()).unwrap();
        let ids: Vec<u32> = results.rows.iter().map(|study| store.id(study).number()).collect();
        assert_eq!(ids, [3, 2, 1, 7, 6, 4, 5]);
    }
}
