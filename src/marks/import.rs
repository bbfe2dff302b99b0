//! Decisions from files of other programs, and from our own lists. A trial is found by its id and never by its title.
//!
//! First everything is read into a [`Plan`], which says what would happen; then the plan is kept as one step.

mod csv;
mod json;
mod rayyan;
mod ris;

use std::collections::{BTreeMap, BTreeSet};

use super::event::{Change, Decision, Passage, Verdict, What};
use super::mark::Marks;
use crate::study::{NctId, mentions};
use crate::text::{clean_line, clean_text};

/// What a file turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Json,
    Csv,
    AsreviewCsv,
    RayyanCsv,
    Ris,
}

impl Form {
    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Json => "a list of trialdex, JSON",
            Self::Csv => "a list of trialdex, CSV",
            Self::AsreviewCsv => "CSV of ASReview",
            Self::RayyanCsv => "CSV of Rayyan",
            Self::Ris => "RIS",
        }
    }
}

/// Says why a file has no decisions.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    #[error("this is a collection of trialdex; `trialdex marks merge` joins it")]
    IsCollection,
    #[error(
        "no decisions are in it: no column included, decision or notes with RAYYAN-INCLUSION, no N1 with ASReview_relevant; \
         --as include takes every record for a decision"
    )]
    NoDecisions,
    #[error("this is neither RIS nor CSV nor JSON with a record a line")]
    Unknown,
    #[error("line {line}: {reason}")]
    Malformed { line: u64, reason: String },
}

/// One record of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Record {
    /// Where it begins, from 1.
    line: u64,
    /// The ids in the strongest of its fields that has one.
    ids: Vec<NctId>,
    opinions: Vec<Opinion>,
}

/// What one person says of a record; without a name, whoever imports it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Opinion {
    by: Option<String>,
    decision: Option<Decision>,
    reason: Option<String>,
    tags: Vec<String>,
    note: Option<String>,
    passage: Option<Passage>,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    pub form: Form,
    records: Vec<Record>,
}

/// Reads a file. `taken_as` is the decision of every record that has none of its own.
pub fn read(bytes: &[u8], taken_as: Option<Decision>) -> Result<Read, ImportError> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}');
    let (form, mut records) = if text.trim_start().starts_with('{') {
        (Form::Json, json::records(text)?)
    } else if ris::is_ris(text) {
        (Form::Ris, ris::records(text))
    } else {
        csv::records(text, taken_as.is_some())?
    };
    if let Some(decision) = taken_as {
        for record in &mut records {
            if record.opinions.iter().all(|opinion| opinion.decision.is_none()) {
                let decision = Some(decision);
                record.opinions.push(Opinion { decision, ..Opinion::default() });
            }
        }
    }
    if records.iter().all(|record| record.opinions.is_empty()) {
        return Err(ImportError::NoDecisions);
    }
    Ok(Read { form, records })
}

/// What an import would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// What is new, by whom.
    pub changes: Vec<(String, What)>,
    /// The trials that were found.
    pub found: BTreeSet<NctId>,
    /// Records without an id, or with one that is not known: where, and why.
    pub unknown: Vec<(u64, String)>,
    /// Records with several ids, or of which the file says different things: where, and why.
    pub ambiguous: Vec<(u64, String)>,
    /// Opinions that the collection has already.
    pub same: usize,
}

impl Plan {
    /// What the file brings that `marks` does not have. `by` imports it; `knows` tells whether there is such a trial.
    pub fn new(read: &Read, marks: &Marks, by: &str, knows: impl Fn(NctId) -> bool) -> Self {
        let mut plan = Self::default();
        let mut said: BTreeMap<(NctId, &str), (u64, Option<Decision>)> = BTreeMap::new();
        let mut contradicted = BTreeSet::new();
        let mut single = Vec::new();
        for record in &read.records {
            match record.ids.as_slice() {
                [] => plan.unknown.push((record.line, "no id of a trial".to_owned())),
                [id] if !knows(*id) => {
                    plan.unknown.push((record.line, format!("{id} is not in the dataset")));
                }
                [id] => single.push((*id, record)),
                several => {
                    let ids: Vec<String> = several.iter().map(ToString::to_string).collect();
                    plan.ambiguous.push((record.line, format!("several ids: {}", ids.join(", "))));
                }
            }
        }
        for &(id, record) in &single {
            for opinion in record.opinions.iter().filter(|opinion| opinion.decision.is_some()) {
                let person = opinion.by.as_deref().unwrap_or(by);
                let first = said.entry((id, person)).or_insert((record.line, opinion.decision));
                if first.1 != opinion.decision && contradicted.insert((id, person)) {
                    let reason = format!("{id} is decided otherwise in line {}", first.0);
                    plan.ambiguous.push((record.line, reason));
                }
            }
        }
        for (id, record) in single {
            plan.found.insert(id);
            for opinion in &record.opinions {
                let person = opinion.by.as_deref().unwrap_or(by);
                let is_clear = !contradicted.contains(&(id, person));
                plan.take(id, person, opinion, is_clear, marks);
            }
        }
        plan
    }

    fn take(&mut self, id: NctId, by: &str, opinion: &Opinion, is_clear: bool, marks: &Marks) {
        let mark = marks.get(id);
        let mut changes = Vec::new();
        if let Some(decision) = opinion.decision.filter(|_| is_clear) {
            let reason = opinion.reason.clone();
            let is_known = mark
                .and_then(|mark| mark.decided_by(by))
                .is_some_and(|known| known.decision == decision && known.reason == reason);
            let verdict = Verdict { decision: Some(decision), reason, settles: false };
            changes.push((is_known, Change::Decided(verdict)));
        }
        for tag in &opinion.tags {
            let is_known = mark.is_some_and(|mark| mark.has_tag(tag));
            changes.push((is_known, Change::Tagged { tag: tag.clone(), on: true }));
        }
        if let Some(text) = &opinion.note {
            let passage = &opinion.passage;
            let is_same = |note: &super::mark::Note| {
                note.by == by && note.text == *text && note.passage == *passage
            };
            let is_known = mark.is_some_and(|mark| mark.notes.iter().any(is_same));
            let (text, passage) = (text.clone(), passage.clone());
            changes.push((is_known, Change::Noted { text, passage }));
        }
        for (is_known, change) in changes {
            let made = (by.to_owned(), What::Marked { id, change, record: None });
            if is_known || self.changes.contains(&made) {
                self.same += 1;
            } else {
                self.changes.push(made);
            }
        }
    }

    /// How many decisions of each kind it brings.
    pub fn decisions(&self) -> Vec<(Decision, usize)> {
        let count = |wanted: Decision| {
            let is_wanted = |(_, what): &&(String, What)| match what {
                What::Marked { change: Change::Decided(verdict), .. } => {
                    verdict.decision == Some(wanted)
                }
                _ => false,
            };
            self.changes.iter().filter(is_wanted).count()
        };
        let all = Decision::ALL.into_iter().map(|decision| (decision, count(decision)));
        all.filter(|(_, count)| *count > 0).collect()
    }
}

/// A field of a record in which an id is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Every id in it counts: a field for ids, or an address.
    Anywhere,
    /// Only an id with which the text begins: a title or a note may mention other trials.
    Begins,
}

/// The ids in the first of the fields that has one.
fn ids<'a>(fields: impl Iterator<Item = (Place, &'a str)>) -> Vec<NctId> {
    let mut found = fields.map(|(place, text)| {
        let text = text.trim().to_ascii_uppercase();
        let mut ids: Vec<NctId> = match place {
            Place::Anywhere => mentions(&text).collect(),
            Place::Begins => {
                let end = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len());
                text[..end].parse().into_iter().collect()
            }
        };
        ids.sort_unstable();
        ids.dedup();
        ids
    });
    found.find(|ids| !ids.is_empty()).unwrap_or_default()
}

/// A text of a file as one clean line; `None` if it says nothing.
fn line(text: &str) -> Option<String> {
    let line = clean_line(text).trim().to_owned();
    (!line.is_empty()).then_some(line)
}

/// A text of a file, clean; `None` if it says nothing.
fn note(text: &str) -> Option<String> {
    let text = clean_text(text).trim().to_owned();
    (!text.is_empty()).then_some(text)
}

/// Names between such signs.
fn names(text: &str, between: char) -> Vec<String> {
    text.split(between).filter_map(line).collect()
}

#[cfg(test)]
mod tests;
