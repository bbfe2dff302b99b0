//! The names that the registry's expert form has for what can be asked, and what each of them is here.

mod written;

pub use written::{Translation, as_registry};

use super::area::Area;
use crate::study::Concept;

/// What a name of the registry is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counterpart {
    /// The same as the field.
    Field(Concept),
    /// A field that looks into more.
    PartOf(Concept),
    Area(Area),
    /// Yes or no: that a field has this code.
    Flag(Concept, &'static str),
    /// Whether a date or a count is actual or estimated.
    Certainty(Concept),
    SiteStatus,
}

use Counterpart::{Certainty, Field, Flag, PartOf};

/// The registry's names of single fields and of areas. Of several for one field the first is written.
const PIECES: &[(&str, Counterpart)] = &[
    ("BasicSearch", Counterpart::Area(Area::Basic)),
    ("ConditionSearch", Counterpart::Area(Area::Condition)),
    ("InterventionSearch", Counterpart::Area(Area::Intervention)),
    ("TitleSearch", Counterpart::Area(Area::Title)),
    ("LocationSearch", Counterpart::Area(Area::Location)),
    ("PatientSearch", Counterpart::Area(Area::Patient)),
    ("InterventionNameSearch", Field(Concept::Intervention)),
    ("OutcomeSearch", Field(Concept::Outcome)),
    ("SponsorSearch", Field(Concept::Sponsor)),
    ("IdSearch", Field(Concept::Id)),
    ("EligibilityCriteria", Field(Concept::Criteria)),
    ("EligibilitySearch", Field(Concept::Criteria)),
    ("NCTId", PartOf(Concept::Id)),
    ("NCTIdSearch", PartOf(Concept::Id)),
    ("NCTIdAlias", PartOf(Concept::Id)),
    ("OrgStudyId", PartOf(Concept::Id)),
    ("SecondaryId", PartOf(Concept::Id)),
    ("Acronym", Field(Concept::Acronym)),
    ("BriefTitle", PartOf(Concept::Title)),
    ("OfficialTitle", PartOf(Concept::Title)),
    ("Condition", Field(Concept::Condition)),
    ("Keyword", Field(Concept::Keyword)),
    ("InterventionName", PartOf(Concept::Intervention)),
    ("InterventionOtherName", PartOf(Concept::Intervention)),
    ("InterventionType", Field(Concept::InterventionType)),
    ("ConditionMeshTerm", PartOf(Concept::ConditionTree)),
    ("ConditionAncestorTerm", PartOf(Concept::ConditionTree)),
    ("InterventionMeshTerm", PartOf(Concept::InterventionTree)),
    ("InterventionAncestorTerm", PartOf(Concept::InterventionTree)),
    ("LeadSponsorName", Field(Concept::Lead)),
    ("LeadSponsorClass", Field(Concept::SponsorClass)),
    ("CollaboratorName", Field(Concept::Collaborator)),
    ("BriefSummary", Field(Concept::BriefSummary)),
    ("DetailedDescription", PartOf(Concept::Summary)),
    ("OverallStatus", Field(Concept::Status)),
    ("Phase", Field(Concept::Phase)),
    ("StudyType", Field(Concept::StudyType)),
    ("DesignPrimaryPurpose", Field(Concept::Purpose)),
    ("DesignAllocation", Field(Concept::Allocation)),
    ("DesignInterventionModel", Field(Concept::InterventionModel)),
    ("DesignMasking", Field(Concept::Masking)),
    ("Sex", Field(Concept::Sex)),
    ("StdAge", Field(Concept::AgeGroup)),
    ("HealthyVolunteers", Field(Concept::Healthy)),
    ("HasResults", Field(Concept::Results)),
    ("OutcomeMeasureType", Field(Concept::ResultsOutcome)),
    ("WhyStopped", Field(Concept::WhyStopped)),
    ("IsFDARegulatedDrug", Field(Concept::FdaDrug)),
    ("IsFDARegulatedDevice", Field(Concept::FdaDevice)),
    ("LargeDocHasProtocol", Flag(Concept::Documents, "PROTOCOL")),
    ("LargeDocHasSAP", Flag(Concept::Documents, "SAP")),
    ("LargeDocHasICF", Flag(Concept::Documents, "ICF")),
    ("LocationFacility", Field(Concept::Facility)),
    ("LocationCity", Field(Concept::City)),
    ("LocationState", Field(Concept::State)),
    ("LocationCountry", Field(Concept::Country)),
    ("LocationZip", Field(Concept::Zip)),
    ("LocationStatus", Counterpart::SiteStatus),
    ("MinimumAge", Field(Concept::MinimumAge)),
    ("MaximumAge", Field(Concept::MaximumAge)),
    ("EnrollmentCount", Field(Concept::Enrollment)),
    ("EnrollmentType", Certainty(Concept::Enrollment)),
    ("StartDate", Field(Concept::Start)),
    ("StartDateType", Certainty(Concept::Start)),
    ("PrimaryCompletionDate", Field(Concept::PrimaryCompletion)),
    ("PrimaryCompletionDateType", Certainty(Concept::PrimaryCompletion)),
    ("CompletionDate", Field(Concept::Completion)),
    ("CompletionDateType", Certainty(Concept::Completion)),
    ("StudyFirstPostDate", Field(Concept::FirstPosted)),
    ("ResultsFirstPostDate", Field(Concept::ResultsPosted)),
    ("LastUpdatePostDate", Field(Concept::Updated)),
];

/// What a name of the registry, in any case, is here.
pub(super) fn counterpart(name: &str) -> Option<(&'static str, Counterpart)> {
    PIECES.iter().find(|(piece, _)| piece.eq_ignore_ascii_case(name)).copied()
}

/// The registry's names for a field: one, or those of all its parts.
fn pieces_of(concept: Concept) -> Vec<&'static str> {
    let named = |wanted: Counterpart| {
        let pieces = PIECES.iter().filter(move |(_, counterpart)| *counterpart == wanted);
        pieces.map(|(name, _)| *name)
    };
    match concept {
        Concept::Mesh => {
            let trees = [Concept::ConditionTree, Concept::InterventionTree];
            trees.into_iter().flat_map(|tree| named(PartOf(tree))).collect()
        }
        Concept::Summary => vec!["BriefSummary", "DetailedDescription"],
        concept => match named(Field(concept)).next() {
            Some(name) => vec![name],
            None => named(PartOf(concept)).filter(|name| *name != "NCTIdSearch").collect(),
        },
    }
}

/// The names of the registry that begin as an unknown one does, or end so: what may have been meant.
pub(super) fn alike(name: &str) -> Vec<&'static str> {
    let wanted = name.to_ascii_lowercase();
    let is_alike = |piece: &str| {
        let piece = piece.to_ascii_lowercase();
        piece.contains(&wanted) || wanted.contains(&piece)
    };
    PIECES.iter().map(|(piece, _)| *piece).filter(|piece| is_alike(piece)).take(5).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_stands_once() {
        let mut names: Vec<String> =
            PIECES.iter().map(|(name, _)| name.to_ascii_lowercase()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), PIECES.len());
        for area in Area::all() {
            let code = area.definition().code;
            assert_eq!(counterpart(code), Some((code, Counterpart::Area(area))));
        }
    }
}
