//! Tables with the columns that a screening tool expects. They are exact: no apostrophe is put before anything.

use super::format::Preset;
use super::reference::Reference;
use super::writing::{Writing, label, remarks};
use crate::marks::{Decided, Decision, Mark, Standing};

/// A column: its name, and what it says of a study.
type Column = (&'static str, fn(&Row) -> String);

/// What a row is made of.
pub(super) struct Row<'a> {
    pub(super) reference: &'a Reference,
    pub(super) mark: Option<&'a Mark>,
    pub(super) writing: &'a Writing,
}

const ASREVIEW: &[Column] = &[
    ("record_id", |row| row.reference.id.clone()),
    ("title", title),
    ("abstract", abstract_text),
    ("keywords", |row| row.reference.keywords.join("; ")),
    ("authors", |row| row.reference.sponsor.clone()),
    ("url", |row| row.reference.url.clone()),
    ("included", |row| label(row.mark).to_owned()),
    ("nct_id", |row| row.reference.id.clone()),
    ("year", year),
    ("status", |row| row.reference.status.clone()),
    ("study_type", |row| row.reference.study_type.clone()),
    ("decision", decision),
    ("reason", |row| row.mark.and_then(Mark::reason).unwrap_or_default().to_owned()),
    ("tags", |row| tags(row, "|")),
    ("by", |row| match row.mark.map(Mark::standing) {
        Some(Standing::Decided(decided)) => decided.by.clone(),
        _ => String::new(),
    }),
    ("notes", notes),
];

const RAYYAN: &[Column] = &[
    ("key", |row| row.reference.id.clone()),
    ("title", title),
    ("year", year),
    ("month", |row| posted(row, 1)),
    ("day", |row| posted(row, 2)),
    ("journal", |_| "ClinicalTrials.gov".to_owned()),
    ("issn", |_| String::new()),
    ("volume", |_| String::new()),
    ("issue", |_| String::new()),
    ("pages", |_| String::new()),
    ("authors", |row| row.reference.sponsor.clone()),
    ("url", |row| row.reference.url.clone()),
    ("language", |_| "en".to_owned()),
    ("publisher", |_| "National Library of Medicine (US)".to_owned()),
    ("location", |_| "Bethesda (MD)".to_owned()),
    ("abstract", abstract_text),
    ("notes", noted),
    ("doi", |_| String::new()),
    ("keywords", |row| {
        let id = std::iter::once(row.reference.id.as_str());
        let words = row.reference.keywords.iter().map(String::as_str);
        id.chain(words).collect::<Vec<_>>().join("; ")
    }),
    ("pubmed_id", |_| String::new()),
    ("pmc_id", |_| String::new()),
];

const COVIDENCE: &[Column] = &[
    ("Title", title),
    ("Authors", |row| row.reference.sponsor.clone()),
    ("Abstract", abstract_text),
    ("Published Year", year),
    ("Published Month", |row| posted(row, 1)),
    ("Journal", |_| "ClinicalTrials.gov".to_owned()),
    ("Volume", |_| String::new()),
    ("Issue", |_| String::new()),
    ("Pages", |_| String::new()),
    ("Accession Number", |row| row.reference.id.clone()),
    ("DOI", |_| String::new()),
    ("Ref", |row| row.reference.url.clone()),
    ("Study", |row| row.reference.id.clone()),
    ("Notes", notes),
    ("Tags", |row| tags(row, "; ")),
];

impl Preset {
    fn columns(self) -> &'static [Column] {
        match self {
            Self::Asreview => ASREVIEW,
            Self::Rayyan => RAYYAN,
            Self::Covidence => COVIDENCE,
        }
    }

    pub(super) fn heading(self) -> impl Iterator<Item = &'static str> {
        self.columns().iter().map(|(name, _)| *name)
    }

    pub(super) fn cells(self, row: &Row) -> Vec<String> {
        self.columns().iter().map(|(_, cell)| cell(row)).collect()
    }
}

fn title(row: &Row) -> String {
    row.writing.style.title(row.reference)
}

fn abstract_text(row: &Row) -> String {
    row.reference.abstract_text(row.writing.style.with_parts)
}

fn year(row: &Row) -> String {
    posted(row, 0)
}

/// A part of the day on which it was first posted: 0 is the year.
fn posted(row: &Row, part: usize) -> String {
    let date = row.reference.posted.map(|date| date.to_string()).unwrap_or_default();
    date.split('-').nth(part).unwrap_or_default().to_owned()
}

fn decision(row: &Row) -> String {
    match row.mark.map(Mark::standing) {
        Some(Standing::Decided(decided)) => decided.decision.to_string(),
        Some(Standing::Disputed) => "disputed".to_owned(),
        Some(Standing::Undecided) | None => String::new(),
    }
}

fn tags(row: &Row, between: &str) -> String {
    let tags = row.mark.map(|mark| mark.tags.as_slice()).unwrap_or_default();
    tags.iter().map(|tag| tag.name.as_str()).collect::<Vec<_>>().join(between)
}

fn notes(row: &Row) -> String {
    row.mark.map(remarks).unwrap_or_default().join("; ")
}

/// The id before the notes, since Rayyan keeps no key but keeps notes; and what is marked, as Rayyan itself writes it.
fn noted(row: &Row) -> String {
    let mut parts = vec![row.reference.id.clone()];
    let Some(mark) = row.mark else { return parts.concat() };
    let hash = |entries: Vec<String>| format!("{{{}}}", entries.join(", "));
    let said = |decided: &Decided| {
        let word = match decided.decision {
            Decision::Include => "Included",
            Decision::Exclude => "Excluded",
            Decision::Maybe => "Maybe",
        };
        format!("{}=>\"{word}\"", quoted(&decided.by))
    };
    // What was settled stands last and counts.
    let settled = mark.settled.as_ref().map(|settled| &settled.by);
    let others = mark.decisions.iter().filter(|decided| Some(&decided.by) != settled);
    let decided: Vec<&Decided> = others.chain(&mark.settled).collect();
    if !decided.is_empty() {
        let said = decided.iter().map(|decided| said(decided)).collect();
        parts.push(format!("RAYYAN-INCLUSION: {}", hash(said)));
    }
    if !mark.tags.is_empty() {
        let tags: Vec<&str> = mark.tags.iter().map(|tag| tag.name.as_str()).collect();
        parts.push(format!("RAYYAN-LABELS: {}", tags.join(",")));
    }
    let mut reasons: Vec<&str> =
        decided.iter().filter_map(|decided| decided.reason.as_deref()).collect();
    reasons.dedup();
    if !reasons.is_empty() {
        parts.push(format!("RAYYAN-EXCLUSION-REASONS: {}", reasons.join(",")));
    }
    let people = mark.people().into_iter().filter_map(|by| {
        let notes = mark.notes.iter().filter(|note| note.by == by);
        let notes: Vec<String> = notes.map(|note| quoted(&note.text)).collect();
        (!notes.is_empty()).then(|| format!("{}=>[{}]", quoted(by), notes.join(", ")))
    });
    let people: Vec<String> = people.collect();
    if !people.is_empty() {
        parts.push(format!("USER-NOTES: {}", hash(people)));
    }
    parts.join(" | ")
}

/// A text as Ruby writes it.
fn quoted(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    format!("\"{text}\"")
}
