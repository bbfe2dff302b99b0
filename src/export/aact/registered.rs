//! The tables of what is registered of a study as a whole: its titles, dates, conditions and ids.

use serde_json::Value;

use super::cell::{Cell, Kind};
use super::table::{
    Column, Entry, Table, at, boolean, by, date, integer, listed, never, small, table, text, what,
    whole,
};
use crate::study::Study;

pub(super) const TABLES: &[Table] = &[
    Table { name: "studies", is_numbered: false, entries: whole, own: STUDIES },
    table(
        "brief_summaries",
        |study| listed(study, "protocolSection.descriptionModule.briefSummary", ""),
        &[text("description", "")],
    ),
    table(
        "detailed_descriptions",
        |study| listed(study, "protocolSection.descriptionModule.detailedDescription", ""),
        &[text("description", "")],
    ),
    table(
        "conditions",
        |study| listed(study, "protocolSection.conditionsModule.conditions", ""),
        &[text("name", ""), small("downcase_name", "")],
    ),
    table(
        "keywords",
        |study| listed(study, "protocolSection.conditionsModule.keywords", ""),
        &[text("name", ""), small("downcase_name", "")],
    ),
    table("browse_conditions", |study| mesh(study, "conditionBrowseModule"), MESH),
    table("browse_interventions", |study| mesh(study, "interventionBrowseModule"), MESH),
    table(
        "id_information",
        |study| {
            let module = "protocolSection.identificationModule";
            let kinds = [
                ("nctIdAliases", "nct_alias"),
                ("orgStudyIdInfo", "org_study_id"),
                ("secondaryIdInfos", "secondary_id"),
            ];
            lists(study, module, &kinds)
        },
        &[
            what("id_source"),
            by("id_value", Kind::Text, |entry| match entry.value {
                Value::String(id) => Cell::text(id),
                _ => Cell::text(entry.said("id")),
            }),
            text("id_type", "type"),
            text("id_type_description", "domain"),
            text("id_link", "link"),
        ],
    ),
    table(
        "study_references",
        |study| listed(study, "protocolSection.referencesModule.references", ""),
        &[text("pmid", "pmid"), text("reference_type", "type"), text("citation", "citation")],
    ),
    table(
        "links",
        |study| listed(study, "protocolSection.referencesModule.seeAlsoLinks", ""),
        &[text("url", "url"), text("description", "label")],
    ),
    table(
        "documents",
        |study| listed(study, "protocolSection.referencesModule.availIpds", ""),
        &[
            text("document_id", "id"),
            text("document_type", "type"),
            text("url", "url"),
            text("comment", "comment"),
        ],
    ),
    table(
        "provided_documents",
        |study| listed(study, "documentSection.largeDocumentModule.largeDocs", ""),
        &[
            text("document_type", "label"),
            boolean("has_protocol", "hasProtocol"),
            boolean("has_icf", "hasIcf"),
            boolean("has_sap", "hasSap"),
            date("document_date", "date"),
            // Its address is not registered.
            never("url", Kind::Text),
        ],
    ),
    table(
        "ipd_information_types",
        |study| listed(study, "protocolSection.ipdSharingStatementModule.infoTypes", ""),
        &[text("name", "")],
    ),
];

const MESH: &[Column] =
    &[text("mesh_term", "term"), small("downcase_mesh_term", "term"), what("mesh_type")];

fn mesh<'a>(study: &'a Study, module: &str) -> Vec<Entry<'a>> {
    let kinds = [("meshes", "mesh-list"), ("ancestors", "mesh-ancestor")];
    lists(study, &format!("derivedSection.{module}"), &kinds)
}

/// The entries of several lists of a module, each with what AACT calls it.
pub(super) fn lists<'a>(
    study: &'a Study,
    module: &str,
    kinds: &[(&str, &'static str)],
) -> Vec<Entry<'a>> {
    let lists = kinds.iter().map(|(list, what)| listed(study, &format!("{module}.{list}"), what));
    lists.flatten().collect()
}

/// So many groups of participants, if the study is of such a type.
fn groups(study: &Entry, is_interventional: bool) -> Cell {
    let type_ = at(study.value, "protocolSection.designModule.studyType").and_then(Value::as_str);
    let groups = at(study.value, "protocolSection.armsInterventionsModule.armGroups");
    match (type_, groups.and_then(Value::as_array)) {
        (Some(type_), Some(groups))
            if type_.eq_ignore_ascii_case("interventional") == is_interventional =>
        {
            Cell::count(groups.len())
        }
        _ => Cell::Null,
    }
}

const STUDIES: &[Column] = &[
    never("nlm_download_date_description", Kind::Text),
    date("study_first_submitted_date", "protocolSection.statusModule.studyFirstSubmitDate"),
    date("results_first_submitted_date", "protocolSection.statusModule.resultsFirstSubmitDate"),
    date("disposition_first_submitted_date", "protocolSection.statusModule.dispFirstSubmitDate"),
    date("last_update_submitted_date", "protocolSection.statusModule.lastUpdateSubmitDate"),
    date("study_first_submitted_qc_date", "protocolSection.statusModule.studyFirstSubmitQcDate"),
    date("study_first_posted_date", "protocolSection.statusModule.studyFirstPostDateStruct.date"),
    text(
        "study_first_posted_date_type",
        "protocolSection.statusModule.studyFirstPostDateStruct.type",
    ),
    date(
        "results_first_submitted_qc_date",
        "protocolSection.statusModule.resultsFirstSubmitQcDate",
    ),
    date(
        "results_first_posted_date",
        "protocolSection.statusModule.resultsFirstPostDateStruct.date",
    ),
    text(
        "results_first_posted_date_type",
        "protocolSection.statusModule.resultsFirstPostDateStruct.type",
    ),
    date(
        "disposition_first_submitted_qc_date",
        "protocolSection.statusModule.dispFirstSubmitQcDate",
    ),
    date(
        "disposition_first_posted_date",
        "protocolSection.statusModule.dispFirstPostDateStruct.date",
    ),
    text(
        "disposition_first_posted_date_type",
        "protocolSection.statusModule.dispFirstPostDateStruct.type",
    ),
    // The registry publishes no such date.
    never("last_update_submitted_qc_date", Kind::Date),
    date("last_update_posted_date", "protocolSection.statusModule.lastUpdatePostDateStruct.date"),
    text(
        "last_update_posted_date_type",
        "protocolSection.statusModule.lastUpdatePostDateStruct.type",
    ),
    text("start_month_year", "protocolSection.statusModule.startDateStruct.date"),
    text("start_date_type", "protocolSection.statusModule.startDateStruct.type"),
    date("start_date", "protocolSection.statusModule.startDateStruct.date"),
    text("verification_month_year", "protocolSection.statusModule.statusVerifiedDate"),
    date("verification_date", "protocolSection.statusModule.statusVerifiedDate"),
    text("completion_month_year", "protocolSection.statusModule.completionDateStruct.date"),
    text("completion_date_type", "protocolSection.statusModule.completionDateStruct.type"),
    date("completion_date", "protocolSection.statusModule.completionDateStruct.date"),
    text(
        "primary_completion_month_year",
        "protocolSection.statusModule.primaryCompletionDateStruct.date",
    ),
    text(
        "primary_completion_date_type",
        "protocolSection.statusModule.primaryCompletionDateStruct.type",
    ),
    date(
        "primary_completion_date",
        "protocolSection.statusModule.primaryCompletionDateStruct.date",
    ),
    text("target_duration", "protocolSection.designModule.targetDuration"),
    text("study_type", "protocolSection.designModule.studyType"),
    text("acronym", "protocolSection.identificationModule.acronym"),
    text(
        "baseline_population",
        "resultsSection.baselineCharacteristicsModule.populationDescription",
    ),
    text("brief_title", "protocolSection.identificationModule.briefTitle"),
    text("official_title", "protocolSection.identificationModule.officialTitle"),
    text("overall_status", "protocolSection.statusModule.overallStatus"),
    text("last_known_status", "protocolSection.statusModule.lastKnownStatus"),
    text("phase", "protocolSection.designModule.phases"),
    integer("enrollment", "protocolSection.designModule.enrollmentInfo.count"),
    text("enrollment_type", "protocolSection.designModule.enrollmentInfo.type"),
    text("source", "protocolSection.identificationModule.organization.fullName"),
    text(
        "limitations_and_caveats",
        "resultsSection.moreInfoModule.limitationsAndCaveats.description",
    ),
    by("number_of_arms", Kind::Integer, |study| groups(study, true)),
    by("number_of_groups", Kind::Integer, |study| groups(study, false)),
    text("why_stopped", "protocolSection.statusModule.whyStopped"),
    boolean(
        "has_expanded_access",
        "protocolSection.statusModule.expandedAccessInfo.hasExpandedAccess",
    ),
    boolean(
        "expanded_access_type_individual",
        "protocolSection.designModule.expandedAccessTypes.individual",
    ),
    boolean(
        "expanded_access_type_intermediate",
        "protocolSection.designModule.expandedAccessTypes.intermediate",
    ),
    boolean(
        "expanded_access_type_treatment",
        "protocolSection.designModule.expandedAccessTypes.treatment",
    ),
    boolean("has_dmc", "protocolSection.oversightModule.oversightHasDmc"),
    boolean("is_fda_regulated_drug", "protocolSection.oversightModule.isFdaRegulatedDrug"),
    boolean("is_fda_regulated_device", "protocolSection.oversightModule.isFdaRegulatedDevice"),
    boolean("is_unapproved_device", "protocolSection.oversightModule.isUnapprovedDevice"),
    boolean("is_ppsd", "protocolSection.oversightModule.isPpsd"),
    boolean("is_us_export", "protocolSection.oversightModule.isUsExport"),
    text("biospec_retention", "protocolSection.designModule.bioSpec.retention"),
    text("biospec_description", "protocolSection.designModule.bioSpec.description"),
    text("ipd_time_frame", "protocolSection.ipdSharingStatementModule.timeFrame"),
    text("ipd_access_criteria", "protocolSection.ipdSharingStatementModule.accessCriteria"),
    text("ipd_url", "protocolSection.ipdSharingStatementModule.url"),
    text("plan_to_share_ipd", "protocolSection.ipdSharingStatementModule.ipdSharing"),
    text("plan_to_share_ipd_description", "protocolSection.ipdSharingStatementModule.description"),
    text("source_class", "protocolSection.identificationModule.organization.class"),
    boolean("delayed_posting", "protocolSection.statusModule.delayedPosting"),
    text("expanded_access_nctid", "protocolSection.statusModule.expandedAccessInfo.nctId"),
    text(
        "expanded_access_status_for_nctid",
        "protocolSection.statusModule.expandedAccessInfo.statusForNctId",
    ),
    boolean("fdaaa801_violation", "protocolSection.oversightModule.fdaaa801Violation"),
    text(
        "baseline_type_units_analyzed",
        "resultsSection.baselineCharacteristicsModule.typeUnitsAnalyzed",
    ),
    boolean("patient_registry", "protocolSection.designModule.patientRegistry"),
];
