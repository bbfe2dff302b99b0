//! The part of a record that the index needs, borrowed from its JSON.
//!
//! Records are met in every state of repair, so reading is lenient: a value of an unexpected kind counts as what is
//! shown of it, or as not stated; a repeated key means its last value, keys may come in any order and
//! unknown ones are skipped. Only text that is no JSON, or no object, is an error.

mod lenient;

pub use lenient::{Count, Degrees, Flag, Ignored, List, Text, Title};

use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess};

use self::lenient::{Object, ObjectVisitor};
use super::date::{Certainty, StatedDate};
use super::{NctId, PartialDate, Point, StatedCount};

/// Says why a record cannot be indexed.
#[derive(Debug, thiserror::Error)]
pub enum SummaryError {
    #[error("not JSON: {0} of the record")]
    NotJson(#[from] serde_json::Error),
    #[error("no NCT id")]
    NoId,
}

/// Declares objects by their keys, and by which of them they are called; every type named must be lenient itself.
macro_rules! objects {
    ($($(#[$doc:meta])* $name:ident $(called $main:ident)? { $($key:literal $field:ident: $type:ty,)* })*) => { $(
        $(#[$doc])*
        #[derive(Debug, Default)]
        pub struct $name<'a> {
            $(pub $field: $type,)*
            /// The JSON it was read from; empty but for the root.
            pub json: &'a str,
        }

        impl<'de> Object<'de> for $name<'de> {
            fn take<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
                match key {
                    $($key => self.$field = map.next_value()?,)*
                    _ => _ = map.next_value::<IgnoredAny>()?,
                }
                Ok(())
            }

            $(fn take_text(&mut self, text: Text<'de>) {
                self.$main = text;
            })?
        }

        impl<'de> Deserialize<'de> for $name<'de> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(ObjectVisitor(PhantomData))
            }
        }
    )* };
}

objects! {
    /// The root of a record.
    Summary {
        "protocolSection" protocol: Protocol<'a>,
        "derivedSection" derived: Derived<'a>,
        "hasResults" has_results: Flag,
    }
    Protocol {
        "identificationModule" identification: Identification<'a>,
        "statusModule" status: Status<'a>,
        "sponsorCollaboratorsModule" sponsors: Sponsors<'a>,
        "conditionsModule" conditions: Conditions<'a>,
        "designModule" design: Design<'a>,
        "armsInterventionsModule" arms: Arms<'a>,
        "eligibilityModule" eligibility: Eligibility<'a>,
        "contactsLocationsModule" contacts: Contacts<'a>,
    }
    Identification {
        "nctId" nct_id: Text<'a>,
        "nctIdAliases" aliases: List<Text<'a>>,
        "orgStudyIdInfo" org_study_id: IdInfo<'a>,
        "secondaryIdInfos" secondary_ids: List<IdInfo<'a>>,
        "briefTitle" brief_title: Title<'a>,
        "officialTitle" official_title: Title<'a>,
        "acronym" acronym: Text<'a>,
        "organization" organization: Organization<'a>,
    }
    Organization {
        "fullName" full_name: Text<'a>,
    }
    IdInfo called id {
        "id" id: Text<'a>,
    }
    Status {
        "overallStatus" overall: Text<'a>,
        "startDateStruct" start: Date<'a>,
        "primaryCompletionDateStruct" primary_completion: Date<'a>,
        "completionDateStruct" completion: Date<'a>,
        "studyFirstPostDateStruct" first_posted: Date<'a>,
        "resultsFirstPostDateStruct" results_posted: Date<'a>,
        "lastUpdateSubmitDate" update_submitted: Text<'a>,
        "lastUpdatePostDateStruct" update_posted: Date<'a>,
    }
    Date called date {
        "date" date: Text<'a>,
        "type" certainty: Text<'a>,
    }
    Sponsors {
        "leadSponsor" lead: Agency<'a>,
        "collaborators" collaborators: List<Agency<'a>>,
    }
    Agency called name {
        "name" name: Text<'a>,
        "class" class: Text<'a>,
    }
    Conditions {
        "conditions" conditions: List<Text<'a>>,
        "keywords" keywords: List<Text<'a>>,
    }
    Design {
        "studyType" study_type: Text<'a>,
        "phases" phases: List<Text<'a>>,
        "enrollmentInfo" enrollment: Enrollment<'a>,
    }
    Enrollment {
        "count" count: Count,
        "type" certainty: Text<'a>,
    }
    Arms {
        "armGroups" groups: List<Ignored>,
        "interventions" interventions: List<Intervention<'a>>,
    }
    Intervention called name {
        "type" kind: Text<'a>,
        "name" name: Text<'a>,
        "otherNames" other_names: List<Text<'a>>,
    }
    Eligibility {
        "sex" sex: Text<'a>,
        "minimumAge" minimum_age: Text<'a>,
        "maximumAge" maximum_age: Text<'a>,
        "healthyVolunteers" healthy: Flag,
    }
    Contacts {
        "locations" locations: List<Location<'a>>,
    }
    /// A site. What is no object is at least a name.
    Location called facility {
        "facility" facility: Text<'a>,
        "city" city: Text<'a>,
        "state" state: Text<'a>,
        "zip" zip: Text<'a>,
        "country" country: Text<'a>,
        "status" status: Text<'a>,
        "geoPoint" point: GeoPoint<'a>,
    }
    GeoPoint {
        "lat" lat: Degrees,
        "lon" lon: Degrees,
    }
    Derived {
        "miscInfoModule" misc: Misc<'a>,
        "conditionBrowseModule" conditions: Browse<'a>,
        "interventionBrowseModule" interventions: Browse<'a>,
    }
    /// Terms of the thesaurus that the registry gives a study.
    Browse {
        "meshes" meshes: List<Mesh<'a>>,
        "ancestors" ancestors: List<Mesh<'a>>,
    }
    Mesh called term {
        "term" term: Text<'a>,
    }
    Misc {
        "versionHolder" version_holder: Text<'a>,
    }
}

impl<'a> Summary<'a> {
    /// Reads one record.
    pub fn parse(json: &'a str) -> Result<Self, SummaryError> {
        let summary: Self = serde_json::from_str(json)?;
        Ok(Self { json, ..summary })
    }

    /// The id under which the registry keeps the study.
    pub fn id(&self) -> Result<NctId, SummaryError> {
        let id = self.protocol.identification.nct_id.get();
        id.and_then(|id| id.parse().ok()).ok_or(SummaryError::NoId)
    }

    /// The day the record last changed, as far as it says: posted, else submitted.
    pub fn updated(&self) -> Option<PartialDate> {
        let status = &self.protocol.status;
        status.update_posted.get().or_else(|| status.update_submitted.date())
    }

    /// The terms of the thesaurus that the registry gives the study, without those above them.
    pub fn mesh_terms(&self) -> impl Iterator<Item = &str> {
        let modules = [&self.derived.conditions, &self.derived.interventions];
        modules.into_iter().flat_map(|browse| terms(&browse.meshes))
    }

    /// The terms of the thesaurus for the conditions of the study, without those above them.
    pub fn condition_terms(&self) -> impl Iterator<Item = &str> {
        terms(&self.derived.conditions.meshes)
    }

    /// The terms that stand above those of the study in the thesaurus.
    pub fn mesh_ancestors(&self) -> impl Iterator<Item = &str> {
        let modules = [&self.derived.conditions, &self.derived.interventions];
        modules.into_iter().flat_map(|browse| terms(&browse.ancestors))
    }

    /// The other studies whose ids stand anywhere in the record.
    pub fn mentions(&self) -> impl Iterator<Item = NctId> {
        let own = self.id().ok();
        super::mentions(self.json).filter(move |&id| Some(id) != own)
    }

    /// The day on which the registry gave this version of the record out: `versionHolder`.
    pub fn given_out(&self) -> Option<PartialDate> {
        self.derived.misc.version_holder.date()
    }
}

impl Location<'_> {
    /// Where on Earth it is, when a possible place is stated.
    pub fn point(&self) -> Option<Point> {
        Point::on_earth(self.point.lat.0?, self.point.lon.0?)
    }
}

fn terms<'a>(meshes: &'a List<Mesh>) -> impl Iterator<Item = &'a str> {
    meshes.0.iter().filter_map(|mesh| mesh.term.get())
}

impl Date<'_> {
    /// The date, when it is one.
    pub fn get(&self) -> Option<PartialDate> {
        self.date.date()
    }

    /// The date with what is said of its certainty.
    pub fn stated(&self) -> Option<StatedDate> {
        Some(StatedDate { date: self.get()?, certainty: Certainty::of_type(self.certainty.get()) })
    }
}

impl Enrollment<'_> {
    /// The number of participants with what is said of its certainty.
    pub fn stated(&self) -> Option<StatedCount> {
        let certainty = Certainty::of_type(self.certainty.get());
        Some(StatedCount { count: self.count.0?, certainty })
    }
}

#[cfg(test)]
mod tests {
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
        for odd in [
            "null",
            "\"\"",
            "[]",
            "{}",
            "0",
            "-1",
            "1.5",
            "true",
            "\"x\"",
            "[\"x\",3]",
            "{\"a\":1}",
        ] {
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
                let summary =
                    Summary::parse(&json).unwrap_or_else(|error| panic!("{json}: {error}"));
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
        let Protocol {
            identification, status, sponsors, conditions, design, arms, contacts, ..
        } = &summary.protocol;
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
        let json = r#"{"protocolSection":{"identificationModule":{"nctId":"NCT1","nctId":"NCT00000002"}}}"#;
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
}
