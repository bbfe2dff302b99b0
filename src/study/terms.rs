//! The closed vocabularies of the registry: what its upper-case codes are called in words.
//!
//! Source: the enumerations of the API specification, version 2.0.5. A code that is not listed here
//! is newer than this program; it is shown as it stands and can be filtered like any other.

/// What one code means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// As the record has it: `ACTIVE_NOT_RECRUITING`.
    pub code: &'static str,
    /// As a person reads it: `Active, not recruiting`.
    pub label: &'static str,
}

/// The code of what has no phase.
pub const NOT_APPLICABLE: &str = "NA";

/// Declares vocabularies as tables of [`Term`]s.
macro_rules! vocabularies {
    ($($(#[$doc:meta])* $name:ident { $($code:literal $label:literal)* })*) => {
        $($(#[$doc])* pub const $name: &[Term] = &[$(Term { code: $code, label: $label }),*];)*
        /// Every vocabulary of this module.
        pub const ALL: &[&[Term]] = &[$($name),*];
    };
}

vocabularies! {
    /// `overallStatus`, and the status of a location.
    STATUS {
        "RECRUITING" "Recruiting"
        "NOT_YET_RECRUITING" "Not yet recruiting"
        "ENROLLING_BY_INVITATION" "Enrolling by invitation"
        "ACTIVE_NOT_RECRUITING" "Active, not recruiting"
        "COMPLETED" "Completed"
        "SUSPENDED" "Suspended"
        "TERMINATED" "Terminated"
        "WITHDRAWN" "Withdrawn"
        "AVAILABLE" "Available"
        "NO_LONGER_AVAILABLE" "No longer available"
        "TEMPORARILY_NOT_AVAILABLE" "Temporarily not available"
        "APPROVED_FOR_MARKETING" "Approved for marketing"
        "WITHHELD" "Withheld"
        "UNKNOWN" "Unknown status"
    }
    /// `phases`.
    PHASE {
        "EARLY_PHASE1" "Early Phase 1"
        "PHASE1" "Phase 1"
        "PHASE2" "Phase 2"
        "PHASE3" "Phase 3"
        "PHASE4" "Phase 4"
        "NA" "Not applicable"
    }
    /// `studyType`.
    STUDY_TYPE {
        "INTERVENTIONAL" "Interventional"
        "OBSERVATIONAL" "Observational"
        "EXPANDED_ACCESS" "Expanded access"
    }
    /// `sex`.
    SEX {
        "ALL" "All"
        "FEMALE" "Female"
        "MALE" "Male"
    }
    /// `healthyVolunteers`, in the manner of codes.
    HEALTHY {
        "YES" "Accepted"
        "NO" "Not accepted"
    }
    /// `class` of a sponsor, a collaborator or the organization.
    AGENCY_CLASS {
        "INDUSTRY" "Industry"
        "NIH" "NIH"
        "FED" "Other U.S. federal agency"
        "OTHER_GOV" "Other government"
        "NETWORK" "Network"
        "INDIV" "Individual"
        "OTHER" "Other"
        "AMBIG" "Ambiguous"
        "UNKNOWN" "Unknown"
    }
    /// `type` of an intervention.
    INTERVENTION_TYPE {
        "DRUG" "Drug"
        "BIOLOGICAL" "Biological"
        "DEVICE" "Device"
        "PROCEDURE" "Procedure"
        "BEHAVIORAL" "Behavioral"
        "DIETARY_SUPPLEMENT" "Dietary supplement"
        "DIAGNOSTIC_TEST" "Diagnostic test"
        "RADIATION" "Radiation"
        "GENETIC" "Genetic"
        "COMBINATION_PRODUCT" "Combination product"
        "OTHER" "Other"
    }
    /// `type` of an arm.
    ARM_TYPE {
        "EXPERIMENTAL" "Experimental"
        "ACTIVE_COMPARATOR" "Active comparator"
        "PLACEBO_COMPARATOR" "Placebo comparator"
        "SHAM_COMPARATOR" "Sham comparator"
        "NO_INTERVENTION" "No intervention"
        "OTHER" "Other"
    }
    /// `allocation`.
    ALLOCATION {
        "RANDOMIZED" "Randomized"
        "NON_RANDOMIZED" "Non-randomized"
        "NA" "Not applicable"
    }
    /// `interventionModel`.
    INTERVENTION_MODEL {
        "SINGLE_GROUP" "Single group"
        "PARALLEL" "Parallel groups"
        "CROSSOVER" "Crossover"
        "FACTORIAL" "Factorial"
        "SEQUENTIAL" "Sequential"
    }
    /// `observationalModel`, `timePerspective`, `samplingMethod`, `retention`.
    DESIGN {
        "COHORT" "Cohort"
        "CASE_CONTROL" "Case-control"
        "CASE_ONLY" "Case-only"
        "CASE_CROSSOVER" "Case-crossover"
        "ECOLOGIC_OR_COMMUNITY" "Ecologic or community"
        "FAMILY_BASED" "Family-based"
        "DEFINED_POPULATION" "Defined population"
        "NATURAL_HISTORY" "Natural history"
        "RETROSPECTIVE" "Retrospective"
        "PROSPECTIVE" "Prospective"
        "CROSS_SECTIONAL" "Cross-sectional"
        "PROBABILITY_SAMPLE" "Probability sample"
        "NON_PROBABILITY_SAMPLE" "Non-probability sample"
        "NONE_RETAINED" "None retained"
        "SAMPLES_WITH_DNA" "Samples with DNA"
        "SAMPLES_WITHOUT_DNA" "Samples without DNA"
        "OTHER" "Other"
    }
    /// `primaryPurpose`.
    PURPOSE {
        "TREATMENT" "Treatment"
        "PREVENTION" "Prevention"
        "DIAGNOSTIC" "Diagnostic"
        "ECT" "Educational, counseling or training"
        "SUPPORTIVE_CARE" "Supportive care"
        "SCREENING" "Screening"
        "HEALTH_SERVICES_RESEARCH" "Health services research"
        "BASIC_SCIENCE" "Basic science"
        "DEVICE_FEASIBILITY" "Device feasibility"
        "OTHER" "Other"
    }
    /// `masking`.
    MASKING {
        "NONE" "None (open label)"
        "SINGLE" "Single"
        "DOUBLE" "Double"
        "TRIPLE" "Triple"
        "QUADRUPLE" "Quadruple"
    }
    /// `whoMasked`.
    WHO_MASKED {
        "PARTICIPANT" "Participant"
        "CARE_PROVIDER" "Care provider"
        "INVESTIGATOR" "Investigator"
        "OUTCOMES_ASSESSOR" "Outcomes assessor"
    }
    /// `stdAges`.
    STANDARD_AGE {
        "CHILD" "Child"
        "ADULT" "Adult"
        "OLDER_ADULT" "Older adult"
    }
    /// `role` of a contact or an official, `type` of the responsible party.
    ROLE {
        "STUDY_CHAIR" "Study chair"
        "STUDY_DIRECTOR" "Study director"
        "PRINCIPAL_INVESTIGATOR" "Principal investigator"
        "SUB_INVESTIGATOR" "Sub-investigator"
        "CONTACT" "Contact"
        "SPONSOR" "Sponsor"
        "SPONSOR_INVESTIGATOR" "Sponsor-investigator"
    }
    /// `type` of a date and of an enrollment.
    CERTAINTY {
        "ACTUAL" "actual"
        "ESTIMATED" "estimated"
    }
    /// `type` of a reference.
    REFERENCE_TYPE {
        "BACKGROUND" "Background"
        "RESULT" "Result"
        "DERIVED" "Derived"
    }
    /// `ipdSharing` and `infoTypes`.
    SHARING {
        "YES" "Yes"
        "NO" "No"
        "UNDECIDED" "Undecided"
        "STUDY_PROTOCOL" "Study protocol"
        "SAP" "Statistical analysis plan"
        "ICF" "Informed consent form"
        "CSR" "Clinical study report"
        "ANALYTIC_CODE" "Analytic code"
    }
    /// `type` of a study's own or secondary identifier.
    ID_TYPE {
        "NIH" "NIH"
        "FDA" "FDA"
        "VA" "VA"
        "CDC" "CDC"
        "AHRQ" "AHRQ"
        "SAMHSA" "SAMHSA"
        "OTHER_GRANT" "Other grant"
        "EUDRACT_NUMBER" "EudraCT number"
        "CTIS" "EU CTIS"
        "REGISTRY" "Registry"
        "OTHER" "Other"
    }
    /// `relevance` of a branch of the registry's tree of terms.
    RELEVANCE {
        "LOW" "low relevance"
        "HIGH" "high relevance"
    }
    /// `type` of an event on the way of results to their posting.
    UNPOSTED_EVENT {
        "RESET" "Returned to the sponsor"
        "RELEASE" "Submitted"
        "UNRELEASE" "Submission cancelled"
    }
    /// `type` of an event about a violation of the reporting law.
    VIOLATION_EVENT {
        "VIOLATION_IDENTIFIED" "Violation identified"
        "CORRECTION_CONFIRMED" "Correction confirmed"
        "PENALTY_IMPOSED" "Penalty imposed"
        "ISSUES_IN_LETTER_ADDRESSED_CONFIRMED" "Issues in the letter addressed"
    }
    /// `paramType` of a measure.
    PARAMETER {
        "GEOMETRIC_MEAN" "Geometric mean"
        "GEOMETRIC_LEAST_SQUARES_MEAN" "Geometric least squares mean"
        "LEAST_SQUARES_MEAN" "Least squares mean"
        "LOG_MEAN" "Log mean"
        "MEAN" "Mean"
        "MEDIAN" "Median"
        "NUMBER" "Number"
        "COUNT_OF_PARTICIPANTS" "Count of participants"
        "COUNT_OF_UNITS" "Count of units"
    }
    /// `dispersionType` of a measure or an analysis.
    DISPERSION {
        "NA" "Not applicable"
        "STANDARD_DEVIATION" "Standard deviation"
        "STANDARD_ERROR" "Standard error"
        "STANDARD_ERROR_OF_MEAN" "Standard error of the mean"
        "INTER_QUARTILE_RANGE" "Inter-quartile range"
        "FULL_RANGE" "Full range"
        "CONFIDENCE_80" "80% confidence interval"
        "CONFIDENCE_90" "90% confidence interval"
        "CONFIDENCE_95" "95% confidence interval"
        "CONFIDENCE_975" "97.5% confidence interval"
        "CONFIDENCE_99" "99% confidence interval"
        "CONFIDENCE_OTHER" "Other confidence interval"
        "GEOMETRIC_COEFFICIENT" "Geometric coefficient of variation"
    }
    /// What a posted document has: `hasProtocol`, `hasSap`, `hasIcf`.
    DOCUMENT {
        "PROTOCOL" "Study protocol"
        "SAP" "Statistical analysis plan"
        "ICF" "Informed consent form"
        "OTHER" "Other document"
    }
    /// `type` of an outcome measure with results.
    OUTCOME {
        "PRIMARY" "Primary"
        "SECONDARY" "Secondary"
        "OTHER_PRE_SPECIFIED" "Other pre-specified"
        "POST_HOC" "Post hoc"
    }
    /// `reportingStatus` of an outcome measure.
    REPORTING {
        "POSTED" "Posted"
        "NOT_POSTED" "Not posted"
    }
    /// `type` of a milestone that every study has.
    MILESTONE {
        "STARTED" "Started"
        "COMPLETED" "Completed"
        "NOT COMPLETED" "Not completed"
    }
    /// `nonInferiorityType` of an analysis; the old kinds are from before 2017.
    HYPOTHESIS {
        "SUPERIORITY" "Superiority"
        "NON_INFERIORITY" "Non-inferiority"
        "EQUIVALENCE" "Equivalence"
        "OTHER" "Other"
        "NON_INFERIORITY_OR_EQUIVALENCE" "Non-inferiority or equivalence"
        "SUPERIORITY_OR_OTHER" "Superiority or other"
        "NON_INFERIORITY_OR_EQUIVALENCE_LEGACY" "Non-inferiority or equivalence (legacy)"
        "SUPERIORITY_OR_OTHER_LEGACY" "Superiority or other (legacy)"
    }
    /// `ciNumSides` of an analysis.
    SIDES {
        "ONE_SIDED" "One-sided"
        "TWO_SIDED" "Two-sided"
    }
    /// `assessmentType` of an adverse event.
    ASSESSMENT {
        "SYSTEMATIC_ASSESSMENT" "Systematic assessment"
        "NON_SYSTEMATIC_ASSESSMENT" "Non-systematic assessment"
    }
    /// `restrictionType` of an agreement about publishing.
    RESTRICTION {
        "LTE60" "Embargo of 60 days or less"
        "GT60" "Embargo of more than 60 days"
        "OTHER" "Other"
    }
}

/// The words for `code` in `vocabulary`; the code itself when the vocabulary does not know it.
pub fn label<'a>(vocabulary: &[Term], code: &'a str) -> &'a str {
    let known = vocabulary.iter().find(|term| term.code == code);
    known.map_or(code, |term| term.label)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_vocabulary_says_a_thing_twice() {
        for vocabulary in ALL {
            let codes: HashSet<_> = vocabulary.iter().map(|term| term.code).collect();
            let labels: HashSet<_> = vocabulary.iter().map(|term| term.label).collect();
            assert_eq!((codes.len(), labels.len()), (vocabulary.len(), vocabulary.len()));
        }
    }

    #[test]
    fn unknown_codes_stand_as_they_are() {
        assert_eq!(label(STATUS, "ACTIVE_NOT_RECRUITING"), "Active, not recruiting");
        assert_eq!(label(STATUS, "PAUSED"), "PAUSED");
    }
}
