//! What references of every form say of a study. Each form writes it in its own way.
//!
//! Every text is one clean line. What a record does not state is empty.

use crate::study::{FIELDS, FieldValue, PartialDate, Study};

/// A study as a reference.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Reference {
    pub(super) id: String,
    pub(super) url: String,
    pub(super) brief: String,
    pub(super) official: String,
    pub(super) acronym: String,
    pub(super) sponsor: String,
    pub(super) collaborators: Vec<String>,
    pub(super) posted: Option<PartialDate>,
    pub(super) start: Option<PartialDate>,
    pub(super) updated: Option<PartialDate>,
    pub(super) summary: String,
    /// What people screen by beside the summary: label and text.
    pub(super) parts: Vec<(&'static str, String)>,
    /// Conditions, keywords and terms of the thesaurus, each once.
    pub(super) keywords: Vec<String>,
    pub(super) other_ids: Vec<String>,
    pub(super) status: String,
    pub(super) study_type: String,
    pub(super) has_results: bool,
}

/// Which title a reference has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TitleChoice {
    /// The official title, else the brief one.
    #[default]
    Official,
    /// The brief title, else the official one.
    Brief,
}

const ID: &str = "protocolSection.identificationModule";
const STATUS: &str = "protocolSection.statusModule";
const SPONSORS: &str = "protocolSection.sponsorCollaboratorsModule";

impl Reference {
    pub(super) fn of(study: &Study) -> Self {
        let text = |path: &str| prose(study, path);
        let id = study.id().map(|id| id.to_string()).unwrap_or_default();
        let date = |path: &str| text(path).parse().ok();
        let name =
            |value: &serde_json::Value| crate::study::words(value.get("name").unwrap_or(value));
        let collaborators = study.list(&format!("{SPONSORS}.collaborators"));
        Self {
            url: study.id().map(crate::study::NctId::url).unwrap_or_default(),
            id,
            brief: text(&format!("{ID}.briefTitle")),
            official: text(&format!("{ID}.officialTitle")),
            acronym: text(&format!("{ID}.acronym")),
            sponsor: text(&format!("{SPONSORS}.leadSponsor.name")),
            collaborators: collaborators.iter().filter_map(name).collect(),
            posted: date(&format!("{STATUS}.studyFirstPostDateStruct.date"))
                .or_else(|| date(&format!("{STATUS}.studyFirstSubmitDate"))),
            start: date(&format!("{STATUS}.startDateStruct.date")),
            updated: date(&format!("{STATUS}.lastUpdatePostDateStruct.date"))
                .or_else(|| date(&format!("{STATUS}.lastUpdateSubmitDate"))),
            summary: text("protocolSection.descriptionModule.briefSummary"),
            parts: parts(study),
            keywords: keywords(study),
            other_ids: other_ids(study),
            status: field(study, "status"),
            study_type: field(study, "type"),
            has_results: study
                .get("hasResults")
                .is_some_and(|it| *it == serde_json::Value::Bool(true)),
        }
    }

    /// The title; the id where there is none.
    pub(super) fn title(&self, choice: TitleChoice) -> &str {
        let titles = match choice {
            TitleChoice::Official => [&self.official, &self.brief],
            TitleChoice::Brief => [&self.brief, &self.official],
        };
        titles.into_iter().find(|title| !title.is_empty()).unwrap_or(&self.id)
    }

    /// The summary; with what people screen by behind it.
    pub(super) fn abstract_text(&self, with_parts: bool) -> String {
        let mut text = self.summary.clone();
        for (label, part) in self.parts.iter().filter(|_| with_parts) {
            if !text.is_empty() {
                text.push(' ');
            }
            for words in [label, ": ", part] {
                text.push_str(words);
            }
            if !part.ends_with(['.', '!', '?', ';', ':']) {
                text.push('.');
            }
        }
        text
    }
}

/// What stands at a path, as one line with single blanks.
fn prose(study: &Study, path: &str) -> String {
    let text = study.text(path).unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a field says in one line; empty if nothing.
fn field(study: &Study, name: &str) -> String {
    let field = FIELDS.iter().find(|field| field.name == name).expect("the field is in the table");
    match field.value(study) {
        FieldValue::Line(words) | FieldValue::Fact { words, .. } => words,
        FieldValue::List(entries) => entries.join("; "),
        FieldValue::Items(items) => {
            let titles: Vec<String> = items.iter().map(crate::study::Item::title).collect();
            titles.join("; ")
        }
        _ => String::new(),
    }
}

fn parts(study: &Study) -> Vec<(&'static str, String)> {
    let joined = |names: &[&str]| {
        let said = names.iter().map(|name| field(study, name)).filter(|said| !said.is_empty());
        said.collect::<Vec<_>>().join("; ")
    };
    let design = [
        "type",
        "phase",
        "allocation",
        "model",
        "observational-model",
        "time-perspective",
        "purpose",
        "masking",
        "enrollment",
    ];
    let criteria = prose(study, "protocolSection.eligibilityModule.eligibilityCriteria");
    let population = prose(study, "protocolSection.eligibilityModule.studyPopulation");
    let parts = [
        ("Conditions", joined(&["conditions"])),
        ("Interventions", joined(&["interventions"])),
        ("Design", joined(&design)),
        ("Primary outcomes", joined(&["primary-outcomes"])),
        ("Who can take part", joined(&["who"])),
        ("Study population", population),
        ("Eligibility criteria", criteria),
    ];
    parts.into_iter().filter(|(_, text)| !text.is_empty()).collect()
}

fn keywords(study: &Study) -> Vec<String> {
    let lists = [
        "protocolSection.conditionsModule.conditions",
        "protocolSection.conditionsModule.keywords",
        "derivedSection.conditionBrowseModule.meshes",
        "derivedSection.interventionBrowseModule.meshes",
    ];
    let mut keywords: Vec<String> = Vec::new();
    for value in lists.iter().flat_map(|path| study.list(path)) {
        let word = crate::study::words(value.get("term").unwrap_or(value));
        let is_new = |word: &String| {
            !keywords.iter().any(|known| known.to_lowercase() == word.to_lowercase())
        };
        keywords.extend(word.filter(is_new));
    }
    keywords
}

/// `protocol ABC-1`, `EudraCT 2020-004838-37`: each with what kind of id it is, if that is said.
fn other_ids(study: &Study) -> Vec<String> {
    let own = study.list(&format!("{ID}.orgStudyIdInfo"));
    let others = study.list(&format!("{ID}.secondaryIdInfos"));
    let all = own.iter().chain(others).filter_map(|info| {
        let id = crate::study::words(info.get("id").unwrap_or(info))?;
        let domain = info.get("domain").and_then(crate::study::words);
        Some(domain.map_or(id.clone(), |domain| format!("{domain}: {id}")))
    });
    all.collect()
}
