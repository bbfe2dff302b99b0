//! What is marked on each study, as the events say it. It does not know files.

use std::collections::BTreeMap;

use super::event::{Change, Decision, Event, Passage, Verdict, What};
use super::moment::Moment;
use crate::study::{NctId, PartialDate};

/// What is marked on one study.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// The decision of each person who has one, the earliest first.
    pub decisions: Vec<Decided>,
    /// The decision that ended a disagreement.
    pub settled: Option<Decided>,
    pub tags: Vec<Tag>,
    pub notes: Vec<Note>,
    pub seen: bool,
    /// When somebody last decided on it or saw it.
    pub look: Option<Look>,
    /// The latest event.
    pub at: Option<Moment>,
}

/// A decision of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    pub by: String,
    pub at: Moment,
    pub decision: Decision,
    pub reason: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    pub name: String,
    pub by: String,
    pub at: Moment,
}

/// A note of one person, on the whole study or on a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub by: String,
    pub at: Moment,
    pub text: String,
    pub passage: Option<Passage>,
}

/// That somebody looked at a study.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    pub at: Moment,
    /// The last update of the record as it was then.
    pub record: Option<PartialDate>,
}

/// What was decided on a study, by all who decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing<'a> {
    Undecided,
    Decided(&'a Decided),
    /// People disagree, and nobody has settled it.
    Disputed,
}

impl Mark {
    pub fn standing(&self) -> Standing<'_> {
        if let Some(settled) = &self.settled {
            return Standing::Decided(settled);
        }
        let Some((last, others)) = self.decisions.split_last() else { return Standing::Undecided };
        if others.iter().any(|other| other.decision != last.decision) {
            return Standing::Disputed;
        }
        Standing::Decided(last)
    }

    /// The decision, if there is one on which nobody disagrees.
    pub fn decision(&self) -> Option<Decision> {
        match self.standing() {
            Standing::Decided(decided) => Some(decided.decision),
            Standing::Undecided | Standing::Disputed => None,
        }
    }

    /// Why it was excluded.
    pub fn reason(&self) -> Option<&str> {
        match self.standing() {
            Standing::Decided(decided) => decided.reason.as_deref(),
            Standing::Undecided | Standing::Disputed => None,
        }
    }

    /// What one person decided.
    pub fn decided_by(&self, by: &str) -> Option<&Decided> {
        self.decisions.iter().find(|decided| decided.by == by)
    }

    pub fn has_tag(&self, name: &str) -> bool {
        self.tags.iter().any(|tag| tag.name == name)
    }

    /// The note of one person on the whole study.
    pub fn note_by(&self, by: &str) -> Option<&str> {
        let mut notes = self.notes.iter();
        let note = notes.find(|note| note.by == by && note.passage.is_none());
        note.map(|note| note.text.as_str())
    }

    /// Everybody who made some part of it, the earliest first.
    pub fn people(&self) -> Vec<&str> {
        let decided = self.decisions.iter().chain(&self.settled).map(|it| (it.at, &it.by));
        let tagged = self.tags.iter().map(|it| (it.at, &it.by));
        let noted = self.notes.iter().map(|it| (it.at, &it.by));
        let mut people: Vec<_> = decided.chain(tagged).chain(noted).collect();
        people.sort_unstable();
        let mut names: Vec<&str> = Vec::new();
        for (_, by) in people {
            if !names.contains(&by.as_str()) {
                names.push(by);
            }
        }
        names
    }

    /// Whether a record that was last updated on that day has changed since somebody looked at it.
    pub fn is_changed(&self, updated: Option<PartialDate>) -> bool {
        let (Some(look), Some(updated)) = (self.look, updated) else { return false };
        match look.record {
            Some(record) => updated != record,
            None => look.at.day().is_some_and(|day| updated > day),
        }
    }

    /// Whether nothing is marked.
    fn is_empty(&self) -> bool {
        let Self { decisions, settled, tags, notes, seen, .. } = self;
        decisions.is_empty() && settled.is_none() && tags.is_empty() && notes.is_empty() && !seen
    }

    fn decide(&mut self, event: &Event, verdict: &Verdict) {
        let Event { by, at, .. } = event;
        let decided = verdict.decision.map(|decision| {
            let reason = verdict.reason.clone();
            Decided { by: by.clone(), at: *at, decision, reason }
        });
        if verdict.settles {
            self.settled = decided;
            return;
        }
        let was_settled = self.settled.as_ref().map(|settled| settled.decision);
        if was_settled.is_some() && was_settled != verdict.decision {
            self.settled = None;
        }
        self.decisions.retain(|known| known.by != *by);
        self.decisions.extend(decided);
    }

    fn apply(&mut self, event: &Event, change: &Change, record: Option<PartialDate>) {
        let Event { by, at, .. } = event;
        match change {
            Change::Decided(verdict) => self.decide(event, verdict),
            Change::Tagged { tag: name, on } => {
                self.tags.retain(|tag| tag.name != *name);
                if *on {
                    self.tags.push(Tag { name: name.clone(), by: by.clone(), at: *at });
                }
            }
            Change::Noted { text, passage } => {
                self.notes.retain(|note| note.by != *by || note.passage != *passage);
                if !text.is_empty() {
                    let (text, passage) = (text.clone(), passage.clone());
                    self.notes.push(Note { by: by.clone(), at: *at, text, passage });
                }
            }
            Change::Seen(seen) => self.seen = *seen,
            Change::Read => self.seen = true,
        }
        match change {
            Change::Seen(false) => self.look = None,
            Change::Decided(_) | Change::Seen(true) => self.look = Some(Look { at: *at, record }),
            // What changed since a decision is still to be told while it is read.
            Change::Read => self.look = self.look.or(Some(Look { at: *at, record })),
            Change::Tagged { .. } | Change::Noted { .. } => (),
        }
        self.at = Some(*at);
    }
}

/// What is marked on every study of a collection.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks(BTreeMap<NctId, Mark>);

impl Marks {
    pub fn get(&self, id: NctId) -> Option<&Mark> {
        self.0.get(&id)
    }

    /// The marked studies, by their ids.
    pub fn iter(&self) -> impl Iterator<Item = (NctId, &Mark)> {
        self.0.iter().map(|(&id, mark)| (id, mark))
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every tag with the number of studies that have it.
    pub fn tags(&self) -> BTreeMap<&str, usize> {
        let mut tags = BTreeMap::new();
        for tag in self.0.values().flat_map(|mark| &mark.tags) {
            *tags.entry(tag.name.as_str()).or_default() += 1;
        }
        tags
    }

    /// Lets an event count that is later than all before it. An undo changes nothing here.
    pub(super) fn apply(&mut self, event: &Event) {
        if let What::Marked { id, change, record } = &event.what {
            let mark = self.0.entry(*id).or_default();
            mark.apply(event, change, *record);
            if mark.is_empty() {
                self.0.remove(id);
            }
        }
    }
}
