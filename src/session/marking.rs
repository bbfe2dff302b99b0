//! What is marked: decisions, tags and notes on the study that is shown, or on all that are ticked. What is kept, the
//! world says; before that nothing counts.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Change as Typing, Done, JobId, Landing, ListLine, Session, Task};
use crate::marks::{Change, Decision, Mark, Marking, Marks, Verdict};
use crate::store::StudyIdx;
use crate::study::NctId;
use crate::text;

/// How far the screening of what was found has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Screened {
    pub of: usize,
    pub included: usize,
    pub excluded: usize,
    pub maybe: usize,
}

/// Of more studies than this it is not counted how many are decided.
const MOST_COUNTED: usize = 50_000;

impl Session {
    /// What is marked on a study.
    pub fn mark_of(&self, study: StudyIdx) -> Option<&Mark> {
        self.marks.get(self.store.id(study))
    }

    /// The studies that the next mark is for: those that are ticked, else the one that is shown.
    fn subjects(&self) -> Vec<StudyIdx> {
        if self.ticked.is_empty() {
            return self.study().into_iter().collect();
        }
        self.ticked.iter().filter_map(|&id| self.store.find(id)).collect()
    }

    /// Decides on the studies; the same decision once more takes it back.
    pub fn decide(&mut self, decision: Decision, reason: Option<String>) {
        let decided = |study: &StudyIdx| {
            let mark = self.mark_of(*study);
            mark.is_some_and(|mark| {
                mark.decision() == Some(decision) && mark.reason() == reason.as_deref()
            })
        };
        let studies = self.subjects();
        let is_again = !studies.is_empty() && studies.iter().all(decided);
        let decision = (!is_again).then_some(decision);
        let words = match (decision, &reason) {
            (None, _) => "decision taken back".to_owned(),
            (Some(decision), Some(reason)) => format!("{decision}, {reason}"),
            (Some(decision), None) => decision.to_string(),
        };
        let verdict = Verdict { decision, reason: reason.filter(|_| !is_again), settles: false };
        self.mark(&words, |_| Change::Decided(verdict.clone()));
        if self.screening.is_some() && self.ticked.is_empty() && decision.is_some() {
            self.go_on(1);
        }
    }

    /// Puts a tag on, or takes it off where all studies have it: `liver`, `+liver`, `-liver`.
    pub fn tag(&mut self, typed: &str) {
        let name = typed.trim_start_matches(['+', '-']).trim().to_owned();
        if name.is_empty() || name.contains(['|', ',']) {
            return self.fail("a tag is a name without , and |");
        }
        let has = |study: &StudyIdx| self.mark_of(*study).is_some_and(|mark| mark.has_tag(&name));
        let on = match typed.trim().chars().next() {
            Some('-') => false,
            Some('+') => true,
            _ => !self.subjects().iter().all(has),
        };
        let sign = if on { "+" } else { "-" };
        self.mark(&format!("{sign}{name}"), |_| Change::Tagged { tag: name.clone(), on });
    }

    /// Writes a note in place of the one before; an empty one takes it back.
    pub fn note(&mut self, typed: &str) {
        let text = text::clean_text(typed).trim().to_owned();
        let words = if text.is_empty() { "note taken back" } else { "noted" };
        self.mark(words, |_| Change::Noted { text: text.clone(), passage: None });
    }

    /// The notes on the study that is shown.
    pub fn notes(&self) -> String {
        let mark = self.study().and_then(|study| self.mark_of(study));
        let notes = mark.map(|mark| mark.notes.as_slice()).unwrap_or_default();
        let whole = notes.iter().filter(|note| note.passage.is_none());
        whole.map(|note| note.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    fn mark(&mut self, words: &str, change: impl Fn(NctId) -> Change) {
        let studies = self.subjects();
        let what = match studies.as_slice() {
            [] => return self.say("there is no trial to mark"),
            [only] => self.store.id(*only).to_string(),
            many => format!("{} trials", text::grouped(many.len() as u64)),
        };
        let changes: Vec<Marking> = studies
            .iter()
            .map(|&study| {
                let id = self.store.id(study);
                (id, change(id), self.store.updated(study))
            })
            .collect();
        self.undone.clear();
        // What is typed from now on is a step of its own.
        self.last = Typing::Chosen;
        let job = self.start(Task::Mark { changes, what: format!("{what}: {words}") });
        self.done.push(Done::Marks(job));
    }

    /// Keeps the steps of undo true after a job: a mark that was not kept is no step, and one that was not taken back
    /// still is.
    pub(super) fn settle_steps(&mut self, job: JobId, outcome: &Result<String, String>) {
        let was_undo = self.unmarking.remove(&job);
        if outcome.is_err() {
            self.done.retain(|done| *done != Done::Marks(job));
            if was_undo {
                self.done.push(Done::Marks(job));
            }
        }
    }

    /// Takes in what is marked now.
    pub fn marked(&mut self, marks: Arc<Marks>) {
        let is_news = !(marks.is_empty() && self.marks.is_empty());
        self.marks = marks;
        if is_news {
            self.ask_of_marks();
        }
        self.count_screened();
    }

    /// Asks once more, since what is marked counts among the filters, and may be asked for.
    pub fn ask_of_marks(&mut self) {
        if !self.is_searching() {
            self.landing = Landing::Here;
        }
        self.ask_again();
    }

    /// Ticks the study, or takes its tick off.
    pub fn toggle_tick(&mut self, study: StudyIdx) {
        let id = self.store.id(study);
        if !self.ticked.remove(&id) {
            self.ticked.insert(id);
        }
        self.say_ticked();
    }

    /// Ticks all that was found, takes every tick off, or ticks what is not ticked of what was found.
    pub fn tick(&mut self, which: Ticks) {
        let found = || self.results.rows.iter().map(|study| self.store.id(study));
        self.ticked = match which {
            Ticks::All => found().collect(),
            Ticks::None => BTreeSet::new(),
            Ticks::Inverted => found().filter(|id| !self.ticked.contains(id)).collect(),
        };
        self.say_ticked();
    }

    pub fn is_ticked(&self, study: StudyIdx) -> bool {
        self.ticked.contains(&self.store.id(study))
    }

    fn say_ticked(&mut self) {
        self.say(format!("{} ticked", text::grouped(self.ticked.len() as u64)));
    }

    /// Begins to screen what was found at the first study without a decision from the selected one on, or ends it.
    pub fn toggle_screening(&mut self) {
        if self.screening.take().is_none() {
            self.screening = Some(Screened::default());
            self.count_screened();
            self.go_on(0);
        }
    }

    /// Selects the next study without a decision, at least `by` rows further down; from the last one on from the top.
    fn go_on(&mut self, by: usize) {
        let order = (self.selected + by..self.lines()).chain(0..self.selected);
        // What was decided a moment ago is not kept yet.
        let decided = self.row().filter(|_| by > 0);
        let is_open = |line: &usize| match self.line(*line) {
            Some(ListLine::Study(study)) if Some(study) == decided => false,
            Some(ListLine::Study(study)) => {
                self.mark_of(study).is_none_or(|mark| mark.decisions.is_empty())
            }
            Some(ListLine::Group(_)) | None => false,
        };
        match order.into_iter().find(is_open) {
            Some(row) => self.select(row),
            None => self.say("every trial that was found has a decision"),
        }
    }

    pub(super) fn count_screened(&mut self) {
        if self.screening.is_none() {
            return;
        }
        let rows = &self.results.rows;
        let mut screened = Screened { of: rows.len(), ..Screened::default() };
        for study in rows.iter().take(MOST_COUNTED) {
            match self.mark_of(study).and_then(Mark::decision) {
                Some(Decision::Include) => screened.included += 1,
                Some(Decision::Exclude) => screened.excluded += 1,
                Some(Decision::Maybe) => screened.maybe += 1,
                None => (),
            }
        }
        self.screening = Some(screened);
    }
}

/// Which studies are ticked at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ticks {
    All,
    None,
    Inverted,
}

impl Screened {
    /// `143 of 200 · 12 in · 120 out · 11 maybe`.
    pub fn in_words(&self, separator: &str) -> String {
        let Self { of, included, excluded, maybe } = *self;
        let done = included + excluded + maybe;
        let number = |number: usize| text::grouped(number as u64);
        let parts = [
            format!("{} of {}", number(done), number(of)),
            format!("{} in", number(included)),
            format!("{} out", number(excluded)),
            format!("{} maybe", number(maybe)),
        ];
        parts.join(&format!(" {separator} "))
    }
}
