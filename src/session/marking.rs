//! What is marked: decisions, tags and notes on the study that is shown, or on all that are ticked. What is kept, the
//! world says; before that nothing counts.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Change as Typing, Done, JobId, Landing, ListLine, Session, Task};
use crate::marks::{
    BadTag, Change, Decided, Decision, Mark, Marking, Marks, Passage, Verdict, tag_name,
};
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

/// A job that kept marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kept {
    job: JobId,
    /// The study, if it was one.
    only: Option<NctId>,
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
            let own = self.own(*study);
            own.is_some_and(|own| own.decision == decision && own.reason == reason)
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
        let name = match tag_name(typed) {
            Ok(name) => name.to_owned(),
            Err(BadTag) => return self.fail(BadTag.to_string()),
        };
        let has = |study: &StudyIdx| self.mark_of(*study).is_some_and(|mark| mark.has_tag(&name));
        let on = match typed.trim().chars().next() {
            Some('-') => false,
            Some('+') => true,
            _ => !self.subjects().iter().all(has),
        };
        let sign = if on { "+" } else { "-" };
        self.mark(&format!("{sign}{name}"), |_| Change::Tagged { tag: name.clone(), on });
    }

    /// Writes a note on the studies in place of the one before; an empty one takes it back.
    pub fn note(&mut self, typed: &str) {
        let text = text::clean_text(typed).trim().to_owned();
        let words = if text.is_empty() { "note taken back" } else { "noted" };
        self.mark(words, |_| Change::Noted { text: text.clone(), passage: None });
    }

    /// Writes a note on words of the study that is shown, whatever is ticked.
    pub fn note_on(&mut self, passage: &Passage, typed: &str) {
        let text = text::clean_text(typed).trim().to_owned();
        let words = if text.is_empty() { "note taken back" } else { "noted on the words" };
        let study = self.study();
        self.mark_each(study.as_slice(), words, |_| Change::Noted {
            text: text.clone(),
            passage: Some(passage.clone()),
        });
    }

    /// The notes on the study that is shown, or on words of it.
    pub fn notes(&self, passage: Option<&Passage>) -> String {
        let mark = self.study().and_then(|study| self.mark_of(study));
        let notes = mark.map(|mark| mark.notes.as_slice()).unwrap_or_default();
        let those = notes.iter().filter(|note| note.passage.as_ref() == passage);
        those.map(|note| note.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    fn mark(&mut self, words: &str, change: impl Fn(NctId) -> Change) {
        self.mark_each(&self.subjects(), words, change);
    }

    fn mark_each(&mut self, studies: &[StudyIdx], words: &str, change: impl Fn(NctId) -> Change) {
        let what = match studies {
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
        self.keep(changes, format!("{what}: {words}"));
    }

    /// Asks for changes to be kept, as one step.
    pub(super) fn keep(&mut self, changes: Vec<Marking>, what: String) {
        self.undone.clear();
        // What is typed from now on is a step of its own.
        self.last = Typing::Chosen;
        let only = if let [(id, ..)] = changes[..] { Some(id) } else { None };
        let job = self.start(Task::Mark { changes, what });
        self.done.push(Done::Marks(Kept { job, only }));
    }

    /// Keeps the steps of undo true after a job: a mark that was not kept is no step, and one that was not taken back
    /// still is.
    pub(super) fn settle_steps(&mut self, job: JobId, outcome: &Result<String, String>) {
        let taken_back = self.unmarking.remove(&job);
        if outcome.is_err() {
            let is_other = |kept: &Kept| kept.job != job;
            self.done.retain(|done| !matches!(done, Done::Marks(kept) if !is_other(kept)));
            self.unmarking.retain(|_, kept| is_other(kept));
            self.done.extend(taken_back.map(Done::Marks));
        }
    }

    /// Asks to take back what a job kept. Who screens is shown the study again.
    pub(super) fn unmark(&mut self, kept: Kept) {
        let job = self.start(Task::Unmark(kept.job));
        self.unmarking.insert(job, kept);
        let study = kept.only.and_then(|id| self.store.find(id));
        let line = study.and_then(|study| self.line_of(study, self.selected_group()));
        if let Some(line) = line.filter(|_| self.screening.is_some()) {
            self.select(line);
        }
    }

    /// What the person who marks decided on a study.
    fn own(&self, study: StudyIdx) -> Option<&Decided> {
        self.mark_of(study)?.decided_by(&self.by)
    }

    /// The study that is shown, if it is not known yet that somebody has seen it.
    pub fn unseen(&self) -> Option<StudyIdx> {
        let study = self.study()?;
        let is_seen = self.mark_of(study).is_some_and(|mark| mark.seen);
        (!is_seen && !self.read.contains(&self.store.id(study))).then_some(study)
    }

    /// Takes in that a study was shown to be read. That is kept once, and is no step of undo.
    pub fn was_read(&mut self, study: StudyIdx) {
        let id = self.store.id(study);
        if self.read.insert(id) {
            self.start(Task::Read((id, Change::Read, self.store.updated(study))));
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

    /// Begins to screen what was found at the first study without a decision of one's own from the selected one on, or
    /// ends it.
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
            Some(ListLine::Study(study)) => self.own(study).is_none(),
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
            match self.own(study).map(|own| own.decision) {
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::dataset::Dataset;
    use crate::session::settled::settle;
    use crate::session::{Effect, Notice};
    use crate::store::Store;
    use crate::study::made::made;

    fn jobs(session: &mut Session) -> Vec<(JobId, Task)> {
        let effects = session.effects().into_iter();
        let started = effects.filter_map(|effect| match effect {
            Effect::Start(job, task @ (Task::Mark { .. } | Task::Unmark(_))) => Some((job, task)),
            _ => None,
        });
        started.collect()
    }

    #[test]
    fn an_undo_is_of_the_mark_before_it_even_if_that_was_not_kept() {
        let mut session = Session::default();
        session.open(Dataset::from(Arc::new(Store::of([made(1), made(2)]))));
        settle(&mut session);
        session.decide(Decision::Include, None);
        let [(first, _)] = jobs(&mut session)[..] else { panic!("one job") };
        session.end_job(first, Ok("kept".to_owned()));
        session.decide(Decision::Maybe, None);
        // It is undone before it is known that it was not kept.
        session.undo();
        let [(second, _), (undo, Task::Unmark(of))] = jobs(&mut session)[..] else {
            panic!("a mark and its undo")
        };
        assert_eq!(of, second);
        session.end_job(second, Err("no space left".to_owned()));
        session.end_job(undo, Err("it was not kept".to_owned()));
        // The next one is of the decision that was kept.
        session.undo();
        let [(undo, Task::Unmark(of))] = jobs(&mut session)[..] else { panic!("an undo") };
        assert_eq!(of, first);
        session.end_job(undo, Ok("undo".to_owned()));
        session.undo();
        assert!(jobs(&mut session).is_empty());
        assert!(matches!(session.notice, Some(Notice::Said(_))));
    }
}
