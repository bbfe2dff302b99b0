//! Decisions from files of other programs, and from our own lists. A trial is found by its id and never by its title.
//!
//! First everything is read into a [`Plan`], which says what would happen; then the plan is kept as one step.

mod asreview;
mod csv;
mod json;
mod rayyan;
mod ris;

use std::borrow::Cow;
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
}

/// One record of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Record {
    /// Where it begins, from 1.
    line: u64,
    /// The ids in its fields for ids and addresses, each once.
    ids: Vec<NctId>,
    opinions: Vec<Opinion>,
    /// What of it cannot be read. The rest counts.
    unreadable: Vec<String>,
}

/// What one person says of a record; without a name, whoever imports it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Opinion {
    by: Option<String>,
    decision: Option<Decision>,
    reason: Option<String>,
    /// Whether the decision ends a disagreement.
    settles: bool,
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
    let text = decoded(bytes);
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
            let is_silent = record.opinions.iter().all(|opinion| opinion.decision.is_none());
            if is_silent && record.unreadable.is_empty() {
                let decision = Some(decision);
                record.opinions.push(Opinion { decision, ..Opinion::default() });
            }
        }
    }
    let says = |record: &Record| !record.opinions.is_empty() || !record.unreadable.is_empty();
    if !records.iter().any(says) {
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
    /// Records of which a part does not count: where, and why. The rest of them does.
    pub unreadable: Vec<(u64, String)>,
    /// Trials on which people would disagree: where the first decision on one stands, and who says what.
    pub conflicts: Vec<(u64, String)>,
    /// Decisions that a person has changed: where, and what was decided before.
    pub changed: Vec<(u64, String)>,
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
            let reasons = record.unreadable.iter();
            plan.unreadable.extend(reasons.map(|reason| (record.line, reason.clone())));
            let is_lost = record.opinions.is_empty() && !record.unreadable.is_empty();
            match record.ids.as_slice() {
                // It has been said already.
                [] if is_lost => (),
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
        for &(id, record) in &single {
            plan.found.insert(id);
            for opinion in &record.opinions {
                let person = opinion.by.as_deref().unwrap_or(by);
                let is_clear = !contradicted.contains(&(id, person));
                plan.take(id, person, opinion, is_clear, marks);
            }
        }
        let said = said.into_iter().filter(|(key, _)| !contradicted.contains(key));
        plan.weigh(&said.collect(), marks);
        plan
    }

    /// Finds out on which trials people disagree with each other or with themselves.
    fn weigh(&mut self, said: &BTreeMap<(NctId, &str), (u64, Option<Decision>)>, marks: &Marks) {
        let mut by_trial: BTreeMap<NctId, (u64, BTreeMap<&str, Decision>)> = BTreeMap::new();
        for (&(id, person), &(line, decision)) in said {
            let Some(decision) = decision else { continue };
            let (first, people) =
                by_trial.entry(id).or_insert_with(|| (line, decisions(marks.get(id))));
            *first = line.min(*first);
            let before = people.insert(person, decision);
            if let Some(before) = before.filter(|before| *before != decision) {
                let reason = format!("{id}: {person} decided {before} before, now {decision}");
                self.changed.push((line, reason));
            }
        }
        for (id, (line, people)) in by_trial {
            let distinct: BTreeSet<Decision> = people.values().copied().collect();
            if distinct.len() > 1 {
                let people = people.iter().map(|(person, decision)| format!("{person} {decision}"));
                self.conflicts
                    .push((line, format!("{id}: {}", people.collect::<Vec<_>>().join(", "))));
            }
        }
    }

    fn take(&mut self, id: NctId, by: &str, opinion: &Opinion, is_clear: bool, marks: &Marks) {
        let mark = marks.get(id);
        let mut changes = Vec::new();
        if let Some(decision) = opinion.decision.filter(|_| is_clear) {
            let (reason, settles) = (opinion.reason.clone(), opinion.settles);
            let known = mark.and_then(|mark| {
                let settled = mark.settled.as_ref().filter(|settled| settled.by == by);
                if settles { settled } else { mark.decided_by(by) }
            });
            let is_known =
                known.is_some_and(|known| known.decision == decision && known.reason == reason);
            let verdict = Verdict { decision: Some(decision), reason, settles };
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

/// What each person has decided.
fn decisions(mark: Option<&super::mark::Mark>) -> BTreeMap<&str, Decision> {
    let decided = mark.map(|mark| mark.decisions.as_slice()).unwrap_or_default();
    decided.iter().map(|decided| (decided.by.as_str(), decided.decision)).collect()
}

/// The text of a file. What is not UTF-8 comes from an older spreadsheet, where each byte is a character.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    match str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(bytes.iter().copied().map(char::from).collect()),
    }
}

/// The ids in fields for ids and addresses, each once. Titles, notes and keywords may mention other trials.
fn ids<'a>(fields: impl Iterator<Item = &'a str>) -> Vec<NctId> {
    let mut ids: Vec<NctId> =
        fields.flat_map(|text| mentions(&text.to_ascii_uppercase()).collect::<Vec<_>>()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
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
