//! The table of concepts. A new concept is one row here, and in `study/summary.rs` the key of its value if no other
//! concept stands there.

use super::Kind::{Age, AgeLimits, Codes, Count, Date, Names, Passages, Prose, Words};
use super::Reach::{ByPrefix, ByWord, NotAsked};
use super::{Column, Definition, Difference, Facet, Order, Share, Values, Whose};
use crate::study::calendar::{Length, LengthUnit};
use crate::study::prose::{Part, Parts};
use crate::study::summary::{Flag, LargeDocument, Location, Summary, Text, Title};
use crate::study::terms::{self, Term};

const CRITERIA: &str = "protocolSection.eligibilityModule.eligibilityCriteria";

/// `hasResults`, in the manner of the registry's codes.
const RESULTS: &[Term] =
    &[Term { code: "YES", label: "Posted" }, Term { code: "NO", label: "Not posted" }];

/// Whether a product is regulated by the FDA, in the manner of the registry's codes.
const REGULATED: &[Term] =
    &[Term { code: "YES", label: "Regulated" }, Term { code: "NO", label: "Not regulated" }];

const fn years(count: u16) -> Length {
    Length { count, unit: LengthUnit::Years }
}

/// The times until today by which the last updates are counted.
const RECENT: &[Length] =
    &[Length { count: 30, unit: LengthUnit::Days }, years(1), years(2), years(5), years(10)];

const NEWEST: Option<Order> = Some(Order { first: ["newest first", "oldest first"] });
const A_TO_Z: Option<Order> = Some(Order { first: ["A to Z", "Z to A"] });

const fn ordered(natural: &'static str, reversed: &'static str) -> Order {
    Order { first: [natural, reversed] }
}

const fn column(key: &'static str, width: usize) -> Column {
    Column { key, width, values: Values::One }
}

const fn column_of_several(key: &'static str, width: usize) -> Column {
    Column { key, width, values: Values::Several }
}

const fn shared(label: &'static str) -> Share {
    Share { label, beside: &[] }
}

/// Gives the code of what is stated to be so or not.
fn yes_or_no(flag: Flag, give: &mut dyn FnMut(&str)) {
    flag.0.map(|is_so| if is_so { "YES" } else { "NO" }).into_iter().for_each(give);
}

/// Gives the codes of what a posted document has.
fn of_document(document: &LargeDocument, give: &mut dyn FnMut(&str)) {
    let has = [
        (document.has_protocol, "PROTOCOL"),
        (document.has_analysis_plan, "SAP"),
        (document.has_consent_form, "ICF"),
    ];
    let stated = || has.into_iter().filter(|(flag, _)| flag.0 == Some(true));
    if stated().next().is_none() {
        give("OTHER");
    }
    stated().for_each(|(_, code)| give(code));
}

/// Gives one value for each site of a study, empty where the site states none.
fn of_sites(
    study: &Summary,
    give: &mut dyn FnMut(&str),
    part: for<'a, 's> fn(&'s Location<'a>) -> &'s Text<'a>,
) {
    let sites = &study.protocol.contacts.locations.0;
    for site in sites {
        give(part(site).get().unwrap_or_default());
    }
}

/// Declares a row for each concept, in the order of menus, filters and tables.
macro_rules! concepts {
    ($($(#[$doc:meta])* $name:ident { $($field:ident: $value:expr,)* })*) => {
        /// Something that the program knows of every study.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Concept { $($(#[$doc])* $name,)* }

        /// Every concept, in the order of [`Concept`].
        pub const CONCEPTS: &[Definition] = &[$({
            // A row says nothing of what it leaves out.
            Definition {
                concept: Concept::$name,
                $($field: $value,)*
                ..Definition::BLANK
            }
        },)*];
    };
}

impl Definition {
    /// What a row says where it says nothing.
    const BLANK: Self = Self {
        concept: Concept::Id,
        prefixes: &[],
        label: "",
        paths: &[],
        kind: Prose,
        whose: Whose::Study,
        reach: NotAsked,
        bands: &[],
        recent: &[],
        facet: None,
        order: None,
        column: None,
        difference: None,
        share: None,
    };
}

concepts! {
    /// When the record last changed: posted, else submitted.
    Updated {
        prefixes: &["updated"],
        label: "last update",
        paths: &[
            "protocolSection.statusModule.lastUpdatePostDateStruct",
            "protocolSection.statusModule.lastUpdateSubmitDate",
        ],
        kind: Date(|study| study.updated().map(Into::into)),
        reach: ByPrefix,
        recent: RECENT,
        facet: Some(Facet::WhenShown),
        order: NEWEST,
        column: Some(column("updated", 10)),
    }
    Start {
        prefixes: &["start", "start-date"],
        label: "start",
        paths: &["protocolSection.statusModule.startDateStruct"],
        kind: Date(|study| study.protocol.status.start.stated()),
        reach: ByPrefix,
        facet: Some(Facet::WhenShown),
        order: NEWEST,
        column: Some(column("start", 10)),
        difference: Some(Difference::Later("starts")),
    }
    /// When the last participant is or was seen for the primary outcome.
    PrimaryCompletion {
        prefixes: &["primary-completion", "primary-completion-date"],
        label: "primary completion",
        paths: &["protocolSection.statusModule.primaryCompletionDateStruct"],
        kind: Date(|study| study.protocol.status.primary_completion.stated()),
        reach: ByPrefix,
        column: Some(column("primaryCompletion", 10)),
        difference: Some(Difference::Later("reaches primary completion")),
    }
    Completion {
        prefixes: &["completion", "completion-date"],
        label: "completion",
        paths: &["protocolSection.statusModule.completionDateStruct"],
        kind: Date(|study| study.protocol.status.completion.stated()),
        reach: ByPrefix,
        facet: Some(Facet::WhenShown),
        column: Some(column("completion", 10)),
        difference: Some(Difference::Later("ends")),
    }
    FirstPosted {
        prefixes: &["posted", "first-posted"],
        label: "first posted",
        paths: &["protocolSection.statusModule.studyFirstPostDateStruct"],
        kind: Date(|study| study.protocol.status.first_posted.stated()),
        reach: ByPrefix,
        column: Some(column("firstPosted", 10)),
        difference: Some(Difference::Later("is first posted")),
    }
    ResultsPosted {
        prefixes: &["results-posted"],
        label: "results first posted",
        paths: &["protocolSection.statusModule.resultsFirstPostDateStruct"],
        kind: Date(|study| study.protocol.status.results_posted.stated()),
        reach: ByPrefix,
        column: Some(column("resultsPosted", 10)),
        difference: Some(Difference::Later("posts results")),
    }
    /// Participants, planned or actual.
    Enrollment {
        prefixes: &["enrollment", "enroll", "enrolled", "enrolment", "participants", "n"],
        label: "enrollment",
        paths: &["protocolSection.designModule.enrollmentInfo.count"],
        kind: Count(|study| study.protocol.design.enrollment.stated()),
        reach: ByPrefix,
        facet: Some(Facet::WhenShown),
        bands: &[0, 1, 10, 50, 100, 500, 1_000, 5_000, 10_000],
        order: Some(ordered("most first", "fewest first")),
        column: Some(column("enrollment", 9)),
        difference: Some(Difference::More(["participant", "participants"])),
    }
    /// The locations of the record. None at all is not stated.
    Sites {
        prefixes: &["sites"],
        label: "number of sites",
        paths: &["protocolSection.contactsLocationsModule.locations"],
        kind: Count(|study| study.protocol.contacts.locations.count()),
        reach: ByPrefix,
        bands: &[0, 1, 2, 5, 10, 50, 100],
        column: Some(column("sites", 5)),
        difference: Some(Difference::More(["site", "sites"])),
    }
    Arms {
        prefixes: &["arms"],
        label: "number of arms",
        paths: &["protocolSection.armsInterventionsModule.armGroups"],
        kind: Count(|study| study.protocol.arms.groups.count()),
        reach: ByPrefix,
        bands: &[0, 1, 2, 3, 4, 5, 6],
        column: Some(column("arms", 4)),
        difference: Some(Difference::More(["arm", "arms"])),
    }
    MinimumAge {
        prefixes: &["min-age", "minimum-age", "minage"],
        label: "minimum age",
        paths: &["protocolSection.eligibilityModule.minimumAge"],
        kind: Age(|study| study.protocol.eligibility.minimum_age.age()),
        reach: ByPrefix,
        column: Some(column("minimumAge", 9)),
        difference: Some(Difference::Higher("minimum age")),
    }
    MaximumAge {
        prefixes: &["max-age", "maximum-age", "maxage"],
        label: "maximum age",
        paths: &["protocolSection.eligibilityModule.maximumAge"],
        kind: Age(|study| study.protocol.eligibility.maximum_age.age()),
        reach: ByPrefix,
        column: Some(column("maximumAge", 9)),
        difference: Some(Difference::Higher("maximum age")),
    }
    /// Who can take part by age: limits that are not stated are open.
    AgeLimits {
        prefixes: &["age"],
        label: "age",
        paths: &[
            "protocolSection.eligibilityModule.minimumAge",
            "protocolSection.eligibilityModule.maximumAge",
        ],
        kind: AgeLimits,
        reach: ByPrefix,
        column: Some(column("age", 20)),
    }
    /// The NCT number and every other identifier.
    Id {
        prefixes: &["id", "nct"],
        label: "id",
        paths: &[
            "protocolSection.identificationModule.nctId",
            "protocolSection.identificationModule.orgStudyIdInfo.id",
            "protocolSection.identificationModule.nctIdAliases",
            "protocolSection.identificationModule.secondaryIdInfos.id",
        ],
        kind: Names(|study, give| {
            let identification = &study.protocol.identification;
            let secondary = identification.secondary_ids.0.iter().map(|info| &info.id);
            let ids = [&identification.nct_id, &identification.org_study_id.id].into_iter();
            let ids = ids.chain(&identification.aliases.0).chain(secondary);
            ids.filter_map(|id| id.get()).for_each(give);
        }),
        reach: ByWord,
        order: Some(ordered("lowest first", "highest first")),
        column: Some(column("nctId", 11)),
    }
    Acronym {
        prefixes: &["acronym"],
        label: "acronym",
        paths: &["protocolSection.identificationModule.acronym"],
        kind: Names(|study, give| {
            study.protocol.identification.acronym.get().into_iter().for_each(give);
        }),
        reach: ByWord,
        column: Some(column("acronym", 14)),
    }
    /// The brief and the official title.
    Title {
        prefixes: &["title"],
        label: "title",
        paths: &[
            "protocolSection.identificationModule.briefTitle",
            "protocolSection.identificationModule.officialTitle",
        ],
        kind: Words(|study, give| {
            let identification = &study.protocol.identification;
            // A title is found by what is shown of it.
            let titles = [&identification.brief_title, &identification.official_title];
            let titles = titles.into_iter().map(Title::plain);
            titles.filter(|title| !title.is_empty()).for_each(give);
        }),
        reach: ByWord,
        order: A_TO_Z,
        column: Some(column("title", 60)),
    }
    Status {
        prefixes: &["status"],
        label: "status",
        paths: &["protocolSection.statusModule.overallStatus"],
        kind: Codes(terms::STATUS, |study, give| {
            study.protocol.status.overall.get().into_iter().for_each(give);
        }),
        reach: ByPrefix,
        facet: Some(Facet::FewTogether),
        order: Some(ordered("recruiting first", "recruiting last")),
        column: Some(column("status", 23)),
    }
    Phase {
        prefixes: &["phase"],
        label: "phase",
        paths: &["protocolSection.designModule.phases"],
        kind: Codes(terms::PHASE, |study, give| {
            study.protocol.design.phases.texts().for_each(give);
        }),
        reach: ByPrefix,
        facet: Some(Facet::FewTogether),
        order: Some(ordered("earliest first", "latest first")),
        column: Some(column_of_several("phases", 14)),
    }
    StudyType {
        prefixes: &["type"],
        label: "study type",
        paths: &["protocolSection.designModule.studyType"],
        kind: Codes(terms::STUDY_TYPE, |study, give| {
            study.protocol.design.study_type.get().into_iter().for_each(give);
        }),
        reach: ByPrefix,
        facet: Some(Facet::FewTogether),
        column: Some(column("studyType", 15)),
    }
    Purpose {
        prefixes: &["purpose", "primary-purpose"],
        label: "primary purpose",
        paths: &["protocolSection.designModule.designInfo.primaryPurpose"],
        kind: Codes(terms::PURPOSE, |study, give| {
            study.protocol.design.info.purpose.get().into_iter().for_each(give);
        }),
        reach: ByPrefix,
        facet: Some(Facet::WhenShown),
        column: Some(column("primaryPurpose", 16)),
    }
    Allocation {
        prefixes: &["allocation"],
        label: "allocation",
        paths: &["protocolSection.designModule.designInfo.allocation"],
        kind: Codes(terms::ALLOCATION, |study, give| {
            study.protocol.design.info.allocation.get().into_iter().for_each(give);
        }),
        reach: ByPrefix,
        facet: Some(Facet::WhenShown),
        column: Some(column("allocation", 14)),
    }
    InterventionModel {
        prefixes: &["model", "intervention-model"],
        label: "intervention model",
        paths: &["protocolSection.designModule.designInfo.interventionModel"],
        kind: Codes(terms::INTERVENTION_MODEL, |study, give| {
            study.protocol.design.info.model.get().into_iter().for_each(give);
        }),
        reach: ByPrefix,
        facet: Some(Facet::WhenShown),
        column: Some(column("interventionModel", 15)),
    }
    Masking {
        prefixes: &["masking"],
        label: "masking",
        paths: &["protocolSection.designModule.designInfo.maskingInfo.masking"],
        kind: Codes(terms::MASKING, |study, give| {
            study.protocol.design.info.masking.masking.get().into_iter().for_each(give);
        }),
        reach: ByPrefix,
        facet: Some(Facet::WhenShown),
        column: Some(column("masking", 17)),
    }
    Condition {
        prefixes: &["cond", "condition"],
        label: "condition",
        paths: &["protocolSection.conditionsModule.conditions"],
        kind: Names(|study, give| study.protocol.conditions.conditions.texts().for_each(give)),
        reach: ByWord,
        facet: Some(Facet::FewTogether),
        column: Some(column_of_several("conditions", 30)),
        difference: Some(Difference::More(["condition", "conditions"])),
        share: Some(shared("Conditions")),
    }
    Keyword {
        prefixes: &["kw", "keyword"],
        label: "keyword",
        paths: &["protocolSection.conditionsModule.keywords"],
        kind: Names(|study, give| study.protocol.conditions.keywords.texts().for_each(give)),
        reach: ByWord,
        column: Some(column_of_several("keywords", 30)),
        difference: Some(Difference::More(["keyword", "keywords"])),
        share: Some(shared("Keywords")),
    }
    /// Names of interventions and their other names.
    Intervention {
        prefixes: &["drug", "intervention", "treatment"],
        label: "intervention",
        paths: &[
            "protocolSection.armsInterventionsModule.interventions.name",
            "protocolSection.armsInterventionsModule.interventions.otherNames",
        ],
        kind: Names(|study, give| {
            for intervention in &study.protocol.arms.interventions.0 {
                let other_names = intervention.other_names.texts();
                intervention.name.get().into_iter().chain(other_names).for_each(&mut *give);
            }
        }),
        reach: ByWord,
        column: Some(column_of_several("interventions", 30)),
        difference: Some(Difference::More(["intervention", "interventions"])),
        share: Some(shared("Interventions")),
    }
    PrimaryOutcome {
        prefixes: &["primary-outcome"],
        label: "primary outcome",
        paths: &["protocolSection.outcomesModule.primaryOutcomes.measure"],
        difference: Some(Difference::More(["primary outcome", "primary outcomes"])),
        share: Some(shared("Primary outcomes")),
    }
    SecondaryOutcome {
        prefixes: &["secondary-outcome"],
        label: "secondary outcome",
        paths: &["protocolSection.outcomesModule.secondaryOutcomes.measure"],
        difference: Some(Difference::More(["secondary outcome", "secondary outcomes"])),
        share: Some(shared("Secondary outcomes")),
    }
    OtherOutcome {
        prefixes: &["other-outcome"],
        label: "other outcome",
        paths: &["protocolSection.outcomesModule.otherOutcomes.measure"],
        difference: Some(Difference::More(["other outcome", "other outcomes"])),
        share: Some(shared("Other outcomes")),
    }
    /// Who leads the study, who works with them, and the organization that registered it.
    Sponsor {
        prefixes: &["sponsor", "spons"],
        label: "sponsor",
        paths: &[
            "protocolSection.sponsorCollaboratorsModule.leadSponsor.name",
            "protocolSection.sponsorCollaboratorsModule.collaborators.name",
            "protocolSection.identificationModule.organization.fullName",
        ],
        kind: Names(|study, give| {
            let sponsors = &study.protocol.sponsors;
            let collaborators = sponsors.collaborators.0.iter().map(|agency| &agency.name);
            let names = std::iter::once(&sponsors.lead.name).chain(collaborators);
            let names = names.chain([&study.protocol.identification.organization.full_name]);
            names.filter_map(|name| name.get()).for_each(give);
        }),
        reach: ByWord,
        // By the lead sponsor.
        order: A_TO_Z,
        column: Some(column_of_several("sponsors", 30)),
    }
    Lead {
        prefixes: &["lead"],
        label: "lead sponsor",
        paths: &["protocolSection.sponsorCollaboratorsModule.leadSponsor.name"],
        kind: Names(|study, give| study.protocol.sponsors.lead.name.get().into_iter().for_each(give)),
        reach: ByPrefix,
        facet: Some(Facet::FewTogether),
        column: Some(column("sponsor", 30)),
        share: Some(shared("Sponsors and collaborators")),
    }
    Collaborator {
        prefixes: &["collab", "collaborator"],
        label: "collaborator",
        paths: &["protocolSection.sponsorCollaboratorsModule.collaborators.name"],
        kind: Names(|study, give| {
            let collaborators = &study.protocol.sponsors.collaborators.0;
            collaborators.iter().filter_map(|agency| agency.name.get()).for_each(give);
        }),
        reach: ByPrefix,
        facet: Some(Facet::WhenShown),
        column: Some(column_of_several("collaborators", 30)),
        difference: Some(Difference::More(["collaborator", "collaborators"])),
        share: Some(shared("Sponsors and collaborators")),
    }
    InterventionType {
        prefixes: &["kind"],
        label: "intervention type",
        paths: &["protocolSection.armsInterventionsModule.interventions.type"],
        kind: Codes(terms::INTERVENTION_TYPE, |study, give| {
            let interventions = &study.protocol.arms.interventions.0;
            interventions.iter().filter_map(|intervention| intervention.kind.get()).for_each(give);
        }),
        reach: ByPrefix,
        facet: Some(Facet::ManyTogether),
        column: Some(column_of_several("interventionTypes", 20)),
    }
    Country {
        prefixes: &["country"],
        label: "country",
        paths: &["protocolSection.contactsLocationsModule.locations.country"],
        kind: Names(|study, give| of_sites(study, give, |site| &site.country)),
        whose: Whose::Site,
        reach: ByPrefix,
        facet: Some(Facet::FewTogether),
        column: Some(column_of_several("countries", 20)),
        share: Some(shared("Countries")),
    }
    /// A state, a province, a region.
    State {
        prefixes: &["state"],
        label: "state",
        paths: &["protocolSection.contactsLocationsModule.locations.state"],
        kind: Names(|study, give| of_sites(study, give, |site| &site.state)),
        whose: Whose::Site,
        reach: ByPrefix,
        column: Some(column_of_several("states", 20)),
    }
    City {
        prefixes: &["city"],
        label: "city",
        paths: &["protocolSection.contactsLocationsModule.locations.city"],
        kind: Names(|study, give| of_sites(study, give, |site| &site.city)),
        whose: Whose::Site,
        reach: ByPrefix,
        column: Some(column_of_several("cities", 20)),
        share: Some(Share { label: "Cities", beside: &["state", "country"] }),
    }
    Facility {
        prefixes: &["facility"],
        label: "facility",
        paths: &["protocolSection.contactsLocationsModule.locations.facility"],
        kind: Names(|study, give| of_sites(study, give, |site| &site.facility)),
        whose: Whose::Site,
        reach: ByPrefix,
        column: Some(column_of_several("facilities", 30)),
        share: Some(Share { label: "Facilities", beside: &["city", "country"] }),
    }
    Zip {
        prefixes: &["zip", "postcode"],
        label: "zip code",
        paths: &["protocolSection.contactsLocationsModule.locations.zip"],
        kind: Names(|study, give| of_sites(study, give, |site| &site.zip)),
        whose: Whose::Site,
        reach: ByPrefix,
        column: Some(column_of_several("zips", 10)),
    }
    /// The class of the lead sponsor.
    SponsorClass {
        prefixes: &["class"],
        label: "sponsor class",
        paths: &["protocolSection.sponsorCollaboratorsModule.leadSponsor.class"],
        kind: Codes(terms::AGENCY_CLASS, |study, give| {
            study.protocol.sponsors.lead.class.get().into_iter().for_each(give);
        }),
        reach: ByPrefix,
        facet: Some(Facet::FewTogether),
        column: Some(column("sponsorClass", 16)),
    }
    Sex {
        prefixes: &["sex"],
        label: "sex",
        paths: &["protocolSection.eligibilityModule.sex"],
        kind: Codes(terms::SEX, |study, give| {
            study.protocol.eligibility.sex.get().into_iter().for_each(give);
        }),
        reach: ByPrefix,
        facet: Some(Facet::FewTogether),
        column: Some(column("sex", 6)),
    }
    /// Children, adults and older adults, as the registry derives them from the limits of age.
    AgeGroup {
        prefixes: &["age-group", "age-groups"],
        label: "age group",
        paths: &["protocolSection.eligibilityModule.stdAges"],
        kind: Codes(terms::STANDARD_AGE, |study, give| {
            study.protocol.eligibility.age_groups.texts().for_each(give);
        }),
        reach: ByPrefix,
        facet: Some(Facet::WhenShown),
        column: Some(column_of_several("ageGroups", 18)),
    }
    /// Whether people without what is studied can take part.
    Healthy {
        prefixes: &["healthy"],
        label: "healthy volunteers",
        paths: &["protocolSection.eligibilityModule.healthyVolunteers"],
        kind: Codes(terms::HEALTHY, |study, give| {
            yes_or_no(study.protocol.eligibility.healthy, give);
        }),
        reach: ByPrefix,
        facet: Some(Facet::WhenShown),
        column: Some(column("healthyVolunteers", 12)),
    }
    /// Whether results are posted.
    Results {
        prefixes: &["results"],
        label: "results",
        paths: &["hasResults"],
        kind: Codes(RESULTS, |study, give| yes_or_no(study.has_results, give)),
        reach: ByPrefix,
        facet: Some(Facet::FewTogether),
        column: Some(column("results", 10)),
    }
    /// What kinds of outcomes results are posted of.
    ResultsOutcome {
        prefixes: &["results-outcome"],
        label: "outcome type of results",
        paths: &["resultsSection.outcomeMeasuresModule.outcomeMeasures.type"],
        kind: Codes(terms::OUTCOME, |study, give| {
            let measures = &study.results.outcomes.measures.0;
            measures.iter().filter_map(|measure| measure.kind.get()).for_each(give);
        }),
        reach: ByPrefix,
        facet: Some(Facet::WhenShown),
        column: Some(column_of_several("resultsOutcomes", 20)),
    }
    /// What posted documents have. A document that says nothing of it is another one.
    Documents {
        prefixes: &["documents"],
        label: "posted document",
        paths: &[
            "documentSection.largeDocumentModule.largeDocs.hasProtocol",
            "documentSection.largeDocumentModule.largeDocs.hasSap",
            "documentSection.largeDocumentModule.largeDocs.hasIcf",
        ],
        kind: Codes(terms::DOCUMENT, |study, give| {
            study.documents.large.documents.0.iter().for_each(|it| of_document(it, give));
        }),
        reach: ByPrefix,
        facet: Some(Facet::WhenShown),
        column: Some(column_of_several("documents", 20)),
    }
    /// What registrants write of why a study was stopped.
    WhyStopped {
        prefixes: &["why-stopped", "stopped"],
        label: "why stopped",
        paths: &["protocolSection.statusModule.whyStopped"],
        kind: Names(|study, give| study.protocol.status.why_stopped.get().into_iter().for_each(give)),
        reach: ByPrefix,
        facet: Some(Facet::WhenShown),
        column: Some(column("whyStopped", 30)),
    }
    FdaDrug {
        prefixes: &["fda-drug"],
        label: "FDA-regulated drug",
        paths: &["protocolSection.oversightModule.isFdaRegulatedDrug"],
        kind: Codes(REGULATED, |study, give| {
            yes_or_no(study.protocol.oversight.fda_drug, give);
        }),
        reach: ByPrefix,
        facet: Some(Facet::WhenShown),
        column: Some(column("fdaDrug", 13)),
    }
    FdaDevice {
        prefixes: &["fda-device"],
        label: "FDA-regulated device",
        paths: &["protocolSection.oversightModule.isFdaRegulatedDevice"],
        kind: Codes(REGULATED, |study, give| {
            yes_or_no(study.protocol.oversight.fda_device, give);
        }),
        reach: ByPrefix,
        facet: Some(Facet::WhenShown),
        column: Some(column("fdaDevice", 13)),
    }
    /// The terms of a study and those above them, so that `mesh:neoplasms` is every kind of them.
    Mesh {
        prefixes: &["mesh"],
        label: "MeSH term",
        paths: &[
            "derivedSection.conditionBrowseModule.meshes.term",
            "derivedSection.interventionBrowseModule.meshes.term",
            "derivedSection.conditionBrowseModule.ancestors.term",
            "derivedSection.interventionBrowseModule.ancestors.term",
        ],
        kind: Names(|study, give| study.mesh_terms().chain(study.mesh_ancestors()).for_each(give)),
        reach: ByPrefix,
        column: Some(column_of_several("mesh", 30)),
    }
    /// The terms of the conditions and those above them.
    ConditionTree {
        prefixes: &["mesh-condition"],
        label: "MeSH term of conditions",
        paths: &[
            "derivedSection.conditionBrowseModule.meshes.term",
            "derivedSection.conditionBrowseModule.ancestors.term",
        ],
        kind: Names(|study, give| study.condition_tree().for_each(give)),
        reach: ByPrefix,
        facet: Some(Facet::WhenShown),
    }
    InterventionTree {
        prefixes: &["mesh-intervention"],
        label: "MeSH term of interventions",
        paths: &[
            "derivedSection.interventionBrowseModule.meshes.term",
            "derivedSection.interventionBrowseModule.ancestors.term",
        ],
        kind: Names(|study, give| study.intervention_tree().for_each(give)),
        reach: ByPrefix,
        facet: Some(Facet::WhenShown),
    }
    /// The terms of the conditions, without those above them.
    ConditionMesh {
        prefixes: &["condition-mesh"],
        label: "condition MeSH term",
        paths: &["derivedSection.conditionBrowseModule.meshes.term"],
        kind: Names(|study, give| study.condition_terms().for_each(give)),
        share: Some(shared("Condition terms (MeSH)")),
    }
    InterventionMesh {
        prefixes: &["intervention-mesh"],
        label: "intervention MeSH term",
        paths: &["derivedSection.interventionBrowseModule.meshes.term"],
        share: Some(shared("Intervention terms (MeSH)")),
    }
    Publication {
        prefixes: &["publication"],
        label: "publication",
        paths: &["protocolSection.referencesModule.references.citation"],
        difference: Some(Difference::More(["publication", "publications"])),
    }
    Document {
        prefixes: &["document"],
        label: "document",
        paths: &["documentSection.largeDocumentModule.largeDocs.label"],
        difference: Some(Difference::More(["document", "documents"])),
    }
    /// Ids of other studies, anywhere in the record.
    Mention {
        prefixes: &["mentions"],
        label: "id of another trial in the record",
        paths: &[""],
        kind: Names(|study, give| study.mentions().for_each(|id| give(&id.to_string()))),
        reach: ByPrefix,
        column: Some(column_of_several("mentions", 11)),
    }
    /// Only what is certainly inclusion.
    Inclusion {
        prefixes: &["incl", "inclusion"],
        label: "inclusion criterion",
        paths: &[CRITERIA],
        kind: Passages(Parts::of(&[Part::Inclusion])),
        reach: ByPrefix,
    }
    /// Only what is certainly exclusion.
    Exclusion {
        prefixes: &["excl", "exclusion"],
        label: "exclusion criterion",
        paths: &[CRITERIA],
        kind: Passages(Parts::of(&[Part::Exclusion])),
        reach: ByPrefix,
    }
    /// All criteria, whether or not it is said what they are.
    Criteria {
        prefixes: &["crit", "criteria"],
        label: "criterion",
        paths: &[CRITERIA],
        kind: Passages(Parts::of(&[
            Part::Inclusion,
            Part::Exclusion,
            Part::AsRegistered,
            Part::Heading,
        ])),
        reach: ByPrefix,
    }
    Outcome {
        prefixes: &["outcome", "outc"],
        label: "outcome",
        paths: &[
            "protocolSection.outcomesModule.primaryOutcomes",
            "protocolSection.outcomesModule.secondaryOutcomes",
            "protocolSection.outcomesModule.otherOutcomes",
        ],
        kind: Passages(Parts::of(&[Part::Outcome])),
        reach: ByPrefix,
    }
    Summary {
        prefixes: &["summary"],
        label: "summary",
        paths: &[
            "protocolSection.descriptionModule.briefSummary",
            "protocolSection.descriptionModule.detailedDescription",
        ],
        kind: Passages(Parts::of(&[Part::Summary, Part::Description])),
        reach: ByPrefix,
    }
    BriefSummary {
        prefixes: &["brief-summary"],
        label: "brief summary",
        paths: &["protocolSection.descriptionModule.briefSummary"],
        kind: Passages(Parts::of(&[Part::Summary])),
        reach: ByPrefix,
    }
    /// Criteria, outcomes and summary.
    AnyProse {
        prefixes: &["text"],
        label: "prose",
        paths: &[CRITERIA],
        kind: Passages(Parts::ALL),
        reach: ByPrefix,
    }
}
