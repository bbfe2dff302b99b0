//! The table of fields.

use super::phrase::{
    EXPANDED_ACCESS_INFO, NO_ANALYSIS_PLAN, analysis_plan, countries, eligibility_criteria,
    enrollment, expanded_access, masking, phases, site_count, who,
};
use super::read::Read::{Date, Each, Items, Line, List, One, Posted, Prose, Term, With};
use super::shape::{
    AGREEMENT, ARM, AVAILABLE_DATA, BROWSE_BRANCH, BROWSE_LEAF, CONTACT, EXPANDED_ACCESS_TYPES,
    IDENTIFIER, INTERVENTION, LINK, LOCATION, MESH, OFFICIAL, ORGANIZATION, OUTCOME, REFERENCE,
    RESPONSIBLE_PARTY, RESULTS_CONTACT, SPONSOR, SUBMISSION, UNPOSTED, UPLOAD, VIOLATION,
};
use super::{Field, Section};
use crate::study::Concept;
use crate::study::terms::{
    ALLOCATION, DESIGN, INTERVENTION_MODEL, PURPOSE, SHARING, STANDARD_AGE, STATUS, STUDY_TYPE,
};
use crate::study::value::Module;

/// Declares fields by section: a name, a label, and how the value is read.
macro_rules! fields {
    ($($section:ident { $($name:literal $label:literal $read:expr;)* })*) => {
        /// Everything designed that a person reads about a study, in reading order.
        pub const FIELDS: &[Field] = &[$($(
            Field { name: $name, label: $label, section: Section::$section, read: $read },
        )*)*];
    };
}

fields! {
    KeyFacts {
        "title" "Title" Line(Concept::Title.path());
        "status" "Status" Term(STATUS, Concept::Status.path());
        "last-known-status" "Last known status" Term(STATUS, "protocolSection.statusModule.lastKnownStatus");
        "why-stopped" "Why stopped" Prose(Concept::WhyStopped.path());
        "phase" "Phase" With(&[Concept::Phase.path()], phases);
        "type" "Study type" Term(STUDY_TYPE, Concept::StudyType.path());
        "enrollment" "Enrollment" With(&[
            Concept::Enrollment.path(),
            "protocolSection.designModule.enrollmentInfo.type",
        ], enrollment);
        "sponsor" "Lead sponsor" One("protocolSection.sponsorCollaboratorsModule.leadSponsor", SPONSOR);
        "who" "Who can take part" With(&[
            Concept::Sex.path(),
            Concept::MinimumAge.path(),
            Concept::MaximumAge.path(),
            Concept::Healthy.path(),
        ], who);
        "start" "Start" Date(Concept::Start.path());
        "primary-completion" "Primary completion" Date(Concept::PrimaryCompletion.path());
        "completion" "Completion" Date(Concept::Completion.path());
        "results" "Results posted" Line(Concept::Results.path());
        "conditions" "Conditions" List(Concept::Condition.path());
        "site-count" "Number of sites" With(&[], site_count);
        "countries" "Countries" With(&[], countries);
        "allocation" "Allocation" Term(ALLOCATION, Concept::Allocation.path());
        "model" "Intervention model" Term(INTERVENTION_MODEL, Concept::InterventionModel.path());
        "purpose" "Primary purpose" Term(PURPOSE, Concept::Purpose.path());
        "masking" "Masking" With(&[
            Concept::Masking.path(),
            "protocolSection.designModule.designInfo.maskingInfo.whoMasked",
        ], masking);
        "observational-model" "Observational model" Term(DESIGN, "protocolSection.designModule.designInfo.observationalModel");
        "time-perspective" "Time perspective" Term(DESIGN, "protocolSection.designModule.designInfo.timePerspective");
    }
    Summary {
        "summary" "Brief summary" Prose("protocolSection.descriptionModule.briefSummary");
        "description" "Detailed description" Prose("protocolSection.descriptionModule.detailedDescription");
        "official-title" "Official title" Line("protocolSection.identificationModule.officialTitle");
        "acronym" "Acronym" Line(Concept::Acronym.path());
        "keywords" "Keywords" List(Concept::Keyword.path());
    }
    Eligibility {
        "age-groups" "Age groups" Term(STANDARD_AGE, Concept::AgeGroup.path());
        "gender-based" "Based on gender" Line("protocolSection.eligibilityModule.genderBased");
        "gender" "Gender eligibility" Prose("protocolSection.eligibilityModule.genderDescription");
        "criteria" "Criteria" With(&["protocolSection.eligibilityModule.eligibilityCriteria"], eligibility_criteria);
        "population" "Study population" Prose("protocolSection.eligibilityModule.studyPopulation");
        "sampling" "Sampling method" Term(DESIGN, "protocolSection.eligibilityModule.samplingMethod");
    }
    Design {
        "arms" "Arms" Items(Concept::Arms.path(), ARM);
        "interventions" "Interventions" Items("protocolSection.armsInterventionsModule.interventions", INTERVENTION);
        "model-description" "Model description" Prose("protocolSection.designModule.designInfo.interventionModelDescription");
        "masking-description" "Masking description" Prose("protocolSection.designModule.designInfo.maskingInfo.maskingDescription");
        "patient-registry" "Patient registry" Line("protocolSection.designModule.patientRegistry");
        "target-duration" "Target follow-up" Line("protocolSection.designModule.targetDuration");
        "biospecimens" "Biospecimens" Term(DESIGN, "protocolSection.designModule.bioSpec.retention");
        "biospecimens-description" "Biospecimens retained" Prose("protocolSection.designModule.bioSpec.description");
        "expanded-access" "Expanded access" With(&[EXPANDED_ACCESS_INFO], expanded_access);
        "expanded-access-types" "Expanded access for" One("protocolSection.designModule.expandedAccessTypes", EXPANDED_ACCESS_TYPES);
        "expanded-access-references" "Studies that name this expanded access" Line("protocolSection.designModule.nPtrsToThisExpAccNctId");
    }
    Outcomes {
        "primary-outcomes" "Primary outcomes" Items("protocolSection.outcomesModule.primaryOutcomes", OUTCOME);
        "secondary-outcomes" "Secondary outcomes" Items("protocolSection.outcomesModule.secondaryOutcomes", OUTCOME);
        "other-outcomes" "Other outcomes" Items("protocolSection.outcomesModule.otherOutcomes", OUTCOME);
    }
    Locations {
        "locations" "Sites" Items(Concept::Sites.path(), LOCATION);
        "removed-countries" "Countries removed" List("derivedSection.miscInfoModule.removedCountries");
    }
    Contacts {
        "contacts" "Central contacts" Each("protocolSection.contactsLocationsModule.centralContacts", CONTACT);
        "officials" "Officials" Each("protocolSection.contactsLocationsModule.overallOfficials", OFFICIAL);
    }
    Dates {
        "first-submitted" "First submitted" Date("protocolSection.statusModule.studyFirstSubmitDate");
        "first-accepted" "First met quality criteria" Date("protocolSection.statusModule.studyFirstSubmitQcDate");
        "first-posted" "First posted" Date(Concept::FirstPosted.path());
        "results-submitted" "Results first submitted" Date("protocolSection.statusModule.resultsFirstSubmitDate");
        "results-accepted" "Results first met quality criteria" Date("protocolSection.statusModule.resultsFirstSubmitQcDate");
        "results-posted" "Results first posted" Date(Concept::ResultsPosted.path());
        "delay-submitted" "Request to delay results submitted" Date("protocolSection.statusModule.dispFirstSubmitDate");
        "delay-accepted" "Request to delay results met quality criteria" Date("protocolSection.statusModule.dispFirstSubmitQcDate");
        "delay-posted" "Request to delay results posted" Date("protocolSection.statusModule.dispFirstPostDateStruct");
        "delayed-posting" "Posting delayed" Line("protocolSection.statusModule.delayedPosting");
        "updated" "Last update submitted" Date("protocolSection.statusModule.lastUpdateSubmitDate");
        "update-posted" "Last update posted" Date(Concept::Updated.path());
        "verified" "Verified" Date("protocolSection.statusModule.statusVerifiedDate");
        "version" "Version of the registry's data" Date("derivedSection.miscInfoModule.versionHolder");
    }
    Results {
        "participant-flow" "Participant flow" Posted(Module::Flow);
        "baseline" "Baseline characteristics" Posted(Module::Baseline);
        "outcome-results" "Outcome measures" Posted(Module::Outcomes);
        "adverse-events" "Adverse events" Posted(Module::Events);
        "results-limits" "Limitations and caveats" Prose("resultsSection.moreInfoModule.limitationsAndCaveats.description");
        "results-agreements" "Agreements about publishing" One("resultsSection.moreInfoModule.certainAgreement", AGREEMENT);
        "results-contact" "Contact for the results" One("resultsSection.moreInfoModule.pointOfContact", RESULTS_CONTACT);
        "results-expected" "Results expected" Date("derivedSection.miscInfoModule.submissionTracking.estimatedResultsFirstSubmitDate");
        "results-submissions" "Submissions of results" Each("derivedSection.miscInfoModule.submissionTracking.submissionInfos", SUBMISSION);
        "results-first-review" "First posted after quality review" Date("derivedSection.miscInfoModule.submissionTracking.firstMcpInfo.postDateStruct");
        "unposted-party" "Responsible for unposted results" Line("annotationSection.annotationModule.unpostedAnnotation.unpostedResponsibleParty");
        "unposted-events" "Events about unposted results" Each("annotationSection.annotationModule.unpostedAnnotation.unpostedEvents", UNPOSTED);
    }
    Sponsor {
        "collaborators" "Collaborators" Each("protocolSection.sponsorCollaboratorsModule.collaborators", SPONSOR);
        "responsible-party" "Responsible party" One("protocolSection.sponsorCollaboratorsModule.responsibleParty", RESPONSIBLE_PARTY);
        "organization" "Organization" One("protocolSection.identificationModule.organization", ORGANIZATION);
        "dmc" "Data monitoring committee" Line("protocolSection.oversightModule.oversightHasDmc");
        "fda-drug" "FDA-regulated drug" Line(Concept::FdaDrug.path());
        "fda-device" "FDA-regulated device" Line(Concept::FdaDevice.path());
        "unapproved-device" "Device not approved by the FDA" Line("protocolSection.oversightModule.isUnapprovedDevice");
        "ppsd" "Pediatric postmarket surveillance" Line("protocolSection.oversightModule.isPpsd");
        "us-export" "Exported from the U.S." Line("protocolSection.oversightModule.isUsExport");
        "violation" "Violation of FDAAA 801" Line("protocolSection.oversightModule.fdaaa801Violation");
        "violation-events" "Events about a violation" Items("annotationSection.annotationModule.violationAnnotation.violationEvents", VIOLATION);
    }
    References {
        "references" "Publications" Each("protocolSection.referencesModule.references", REFERENCE);
        "links" "See also" Each("protocolSection.referencesModule.seeAlsoLinks", LINK);
    }
    Sharing {
        "documents" "Documents" Items("documentSection.largeDocumentModule.largeDocs", UPLOAD);
        "analysis-plan" "Statistical analysis plan" With(&[NO_ANALYSIS_PLAN], analysis_plan);
        "available-data" "Available data" Items("protocolSection.referencesModule.availIpds", AVAILABLE_DATA);
        "sharing" "Shares participant data" Term(SHARING, "protocolSection.ipdSharingStatementModule.ipdSharing");
        "sharing-plan" "Sharing plan" Prose("protocolSection.ipdSharingStatementModule.description");
        "sharing-kinds" "Shared with the data" Term(SHARING, "protocolSection.ipdSharingStatementModule.infoTypes");
        "sharing-time" "Shared when" Prose("protocolSection.ipdSharingStatementModule.timeFrame");
        "sharing-access" "Shared with whom" Prose("protocolSection.ipdSharingStatementModule.accessCriteria");
        "sharing-address" "Shared at" Line("protocolSection.ipdSharingStatementModule.url");
    }
    Identifiers {
        "id" "NCT number" Line(Concept::Id.path());
        "old-ids" "Former NCT numbers" List("protocolSection.identificationModule.nctIdAliases");
        "own-id" "Study's own identifier" One("protocolSection.identificationModule.orgStudyIdInfo", IDENTIFIER);
        "other-ids" "Other identifiers" Each("protocolSection.identificationModule.secondaryIdInfos", IDENTIFIER);
    }
    Terms {
        "condition-terms" "Condition terms (MeSH)" Each("derivedSection.conditionBrowseModule.meshes", MESH);
        "condition-ancestors" "Broader condition terms" Each("derivedSection.conditionBrowseModule.ancestors", MESH);
        "condition-branches" "Condition branches" Each("derivedSection.conditionBrowseModule.browseBranches", BROWSE_BRANCH);
        "condition-topics" "Condition topics" Each("derivedSection.conditionBrowseModule.browseLeaves", BROWSE_LEAF);
        "intervention-terms" "Intervention terms (MeSH)" Each("derivedSection.interventionBrowseModule.meshes", MESH);
        "intervention-ancestors" "Broader intervention terms" Each("derivedSection.interventionBrowseModule.ancestors", MESH);
        "intervention-branches" "Intervention branches" Each("derivedSection.interventionBrowseModule.browseBranches", BROWSE_BRANCH);
        "intervention-topics" "Intervention topics" Each("derivedSection.interventionBrowseModule.browseLeaves", BROWSE_LEAF);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_and_labels_are_told_apart() {
        let names: HashSet<_> = FIELDS.iter().map(|field| field.name).collect();
        let labels: HashSet<_> = FIELDS.iter().map(|field| field.label).collect();
        assert_eq!((names.len(), labels.len()), (FIELDS.len(), FIELDS.len()));
        for name in names {
            assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{name}");
        }
    }

    #[test]
    fn sections_stand_in_reading_order() {
        assert!(FIELDS.is_sorted_by_key(|field| field.section));
    }

    #[test]
    fn no_path_is_shown_by_two_fields() {
        let paths: Vec<_> = FIELDS.iter().flat_map(Field::paths).collect();
        for (place, path) in paths.iter().enumerate() {
            for other in &paths[place + 1..] {
                let under = |a: &str, b: &str| a == b || a.starts_with(&format!("{b}."));
                assert!(!under(path, other) && !under(other, path), "{path} and {other}");
            }
        }
    }
}
