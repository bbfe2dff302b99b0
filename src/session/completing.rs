//! What can stand at the cursor of the search line: asked for in the background, since it takes its time in a large
//! dataset.

use super::{Begun, JobId, Session, Task, Wish};
use crate::search::Completions;

/// What was asked for, and what came of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Completing {
    asked: Option<(JobId, Begun)>,
    found: Option<(Begun, Completions)>,
}

impl Session {
    /// Asks what can stand at the cursor of a text, and no longer at any other.
    pub fn complete(&mut self, text: &str, cursor: usize, wish: Wish) {
        let saved = self.saved.clone().unwrap_or_default();
        let begun = Begun { text: text.to_owned(), cursor, wish, saved };
        let job = self.start(Task::Complete(begun.clone()));
        self.completing = Completing { asked: Some((job, begun)), found: None };
    }

    /// Whether it is not known yet.
    pub fn is_completing(&self) -> bool {
        self.completing.asked.is_some()
    }

    /// Takes in what can stand there, unless something else was asked since.
    pub fn completed(&mut self, job: JobId, found: Completions) {
        if let Some((_, begun)) = self.completing.asked.take_if(|(asked, _)| *asked == job) {
            self.completing.found = Some((begun, found));
        }
    }

    /// What was found, once.
    pub fn take_completions(&mut self) -> Option<(Begun, Completions)> {
        self.completing.found.take()
    }

    /// Waits for no completions any more, if they are those of this job.
    pub(super) fn stop_completing(&mut self, job: JobId) -> bool {
        self.completing.asked.take_if(|(asked, _)| *asked == job).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Effect;

    #[test]
    fn only_what_was_asked_last_is_taken_in() {
        let mut session = Session::default();
        session.complete("a", 1, Wish::Complete);
        session.complete("b", 1, Wish::Complete);
        let effects = session.effects();
        let ids = effects.iter().filter_map(|effect| match effect {
            Effect::Start(id, Task::Complete(_)) => Some(*id),
            _ => None,
        });
        let ids: Vec<JobId> = ids.collect();
        session.completed(ids[0], Completions::default());
        assert!(session.is_completing() && session.take_completions().is_none());
        session.completed(ids[1], Completions::default());
        assert!(!session.is_completing());
        assert_eq!(session.take_completions().map(|(begun, _)| begun.text), Some("b".to_owned()));
        assert!(session.take_completions().is_none());
        // A job that fails leaves nobody waiting.
        session.complete("c", 1, Wish::Complete);
        let Some(Effect::Start(id, _)) = session.effects().pop() else { panic!() };
        session.end_job(id, Err("lost".to_owned()));
        assert!(!session.is_completing());
    }
}
