//! The part of a record that the index needs, borrowed from its JSON.
//!
//! Records are met in every state of repair, so reading is lenient: a value of an unexpected kind counts as what is
//! shown of it, or as not stated; a repeated key means its last value, keys may come in any order and
//! unknown ones are skipped. Only text that is no JSON, or no object, is an error.

mod lenient;
mod texts;

pub use lenient::{Count, Degrees, Flag, Ignored, List, Text, Title};
pub use texts::{Outcome, Texts};

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
use objects;

objects! {
    /// The root of a record.
    Summary {
        "protocolSection" protocol: Protocol<'a>,
        "derivedSection" derived: Derived<'a>,
        "resultsSection" results: Results<'a>,
        "documentSection" documents: Documents<'a>,
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
        "oversightModule" oversight: Oversight<'a>,
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
        "whyStopped" why_stopped: Text<'a>,
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
        "designInfo" info: DesignInfo<'a>,
    }
    DesignInfo {
        "allocation" allocation: Text<'a>,
        "interventionModel" model: Text<'a>,
        "primaryPurpose" purpose: Text<'a>,
        "maskingInfo" masking: Masking<'a>,
    }
    Masking called masking {
        "masking" masking: Text<'a>,
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
        "stdAges" age_groups: List<Text<'a>>,
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
    Oversight {
        "isFdaRegulatedDrug" fda_drug: Flag,
        "isFdaRegulatedDevice" fda_device: Flag,
    }
    Results {
        "outcomeMeasuresModule" outcomes: OutcomeMeasures<'a>,
    }
    OutcomeMeasures {
        "outcomeMeasures" measures: List<OutcomeMeasure<'a>>,
    }
    OutcomeMeasure {
        "type" kind: Text<'a>,
    }
    Documents {
        "largeDocumentModule" large: LargeDocuments<'a>,
    }
    LargeDocuments {
        "largeDocs" documents: List<LargeDocument<'a>>,
    }
    LargeDocument called label {
        "label" label: Text<'a>,
        "hasProtocol" has_protocol: Flag,
        "hasSap" has_analysis_plan: Flag,
        "hasIcf" has_consent_form: Flag,
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

    /// The terms of the thesaurus for the conditions of the study, and those above them.
    pub fn condition_tree(&self) -> impl Iterator<Item = &str> {
        tree(&self.derived.conditions)
    }

    /// The terms of the thesaurus for the interventions of the study, without those above them.
    pub fn intervention_terms(&self) -> impl Iterator<Item = &str> {
        terms(&self.derived.interventions.meshes)
    }

    /// The terms of the thesaurus for the interventions of the study, and those above them.
    pub fn intervention_tree(&self) -> impl Iterator<Item = &str> {
        tree(&self.derived.interventions)
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

fn tree<'a>(browse: &'a Browse) -> impl Iterator<Item = &'a str> {
    terms(&browse.meshes).chain(terms(&browse.ancestors))
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
mod tests;
