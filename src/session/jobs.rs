//! The jobs of a session: what was asked for in the background and has not ended.

use super::job::{Job, JobId, Share};
use super::{Effect, Notice, Session, Task};
use crate::store::StudyIdx;

impl Session {
    /// Asks for work in the background.
    pub(super) fn start(&mut self, task: Task) -> JobId {
        let id = self.last_job.next();
        self.last_job = id;
        let what = match &task {
            // The list says that it is searching, completions take a moment, and nobody has asked to keep what was read.
            Task::Search(_)
            | Task::Complete(_)
            | Task::Read(_)
            | Task::KeepGreeted
            | Task::ListPaths(_)
            | Task::KeepRecent(_)
            | Task::KeepSession(..)
            | Task::CountSearches(_)
            | Task::Look { .. }
            | Task::KeepQuery(_) => None,
            Task::Copy { what, .. } => Some(format!("copying {what}")),
            Task::Save { what, .. } => Some(format!("saving {what}")),
            Task::Record { path, .. } => {
                Some(format!("writing the search down in {}", path.display()))
            }
            Task::IndexProse => Some("indexing the prose".to_owned()),
            Task::OpenUrl(url) => Some(format!("opening {url}")),
            Task::Mark { what, .. } => Some(format!("keeping {what}")),
            Task::Unmark(_) => Some("undoing".to_owned()),
            Task::Collections => Some("listing the collections".to_owned()),
            Task::UseCollection(name) => Some(format!("opening the collection {name}")),
            Task::Join(path) => Some(format!("joining {}", path.display())),
            Task::Open(paths, _) => Some(format!("opening {}", crate::dataset::name(paths))),
            Task::SaveSearch { name, .. } => Some(format!("saving the search {name}")),
            Task::KeepColumns(_) => Some("keeping the columns".to_owned()),
        };
        self.jobs.extend(what.map(|what| Job { id, what, share: None }));
        self.outbox.push(Effect::Start(id, task));
        id
    }

    /// Copies `text`, which is called `what`.
    pub fn copy(&mut self, what: &str, text: String) {
        self.start(Task::Copy { text, what: what.to_owned() });
    }

    /// Opens the registry's page of a study.
    pub fn open_page(&mut self, study: StudyIdx) {
        self.open_url(self.store.id(study).url());
    }

    /// Opens an address, which has to be `https://`, in the web browser.
    pub fn open_url(&mut self, url: String) {
        self.start(Task::OpenUrl(url));
    }

    /// Says nothing any more of a job, however it ends.
    pub(super) fn forget_job(&mut self, id: JobId) {
        self.jobs.retain(|job| job.id != id);
    }

    /// The job that is worth a line on the screen: the oldest of those that take a while.
    pub fn job(&self) -> Option<&Job> {
        self.jobs.iter().find(|job| job.share.is_some())
    }

    /// Takes in how far a job has come.
    pub fn progress(&mut self, id: JobId, share: Share) {
        if let Some(job) = self.jobs.iter_mut().find(|job| job.id == id) {
            job.share = Some(share);
        }
    }

    /// Asks to cancel the job that is on the screen, else the one that was started last. It ends by saying so.
    pub fn cancel_job(&mut self) {
        match self.job().or(self.jobs.last()).map(|job| job.id) {
            Some(id) => self.outbox.push(Effect::Cancel(id)),
            None => self.say("nothing is being done that could be cancelled"),
        }
    }

    pub fn say(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice::Said(text.into()));
    }

    pub fn fail(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice::Failed(text.into()));
    }

    /// Takes in how a job ended, in one line.
    pub fn end_job(&mut self, id: JobId, outcome: Result<String, String>) {
        let is_known = self.jobs.iter().any(|job| job.id == id) || self.end_counting(id);
        self.jobs.retain(|job| job.id != id);
        self.opening.take_if(|job| *job == id);
        self.paths_asked.take_if(|job| *job == id);
        self.settle_steps(id, &outcome);
        if self.indexing.take_if(|job| *job == id).is_some() {
            return self.end_indexing(outcome);
        }
        // Of searches only the latest one matters.
        if is_known || id == self.asked || self.stop_completing(id) {
            match outcome {
                Ok(said) if said.is_empty() => (),
                Ok(said) => self.say(said),
                Err(failed) => self.fail(failed),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn started(session: &mut Session) -> Vec<JobId> {
        let effects = session.effects();
        let ids = effects.iter().filter_map(|effect| match effect {
            Effect::Start(id, _) => Some(*id),
            _ => None,
        });
        ids.collect()
    }

    #[test]
    fn each_job_has_its_own_id_and_its_own_end() {
        let mut session = Session::default();
        session.copy("the id", "NCT00000001".to_owned());
        session.copy("the title", "Liver".to_owned());
        let ids = started(&mut session);
        assert!(ids[0] < ids[1]);
        assert_eq!(session.job(), None);
        session.progress(ids[1], Share { done: 1, of: 3 });
        assert_eq!(
            session.job().map(|job| (job.id, job.what.as_str())),
            Some((ids[1], "copying the title"))
        );
        session.end_job(ids[0], Ok("copied the id".to_owned()));
        assert_eq!(session.notice, Some(Notice::Said("copied the id".to_owned())));
        assert_eq!(session.job().and_then(|job| job.share).map(Share::percent), Some(33));
        session.end_job(ids[1], Err("lost".to_owned()));
        assert_eq!(
            (session.job(), &session.notice),
            (None, &Some(Notice::Failed("lost".to_owned())))
        );
        // What nobody has asked for any more.
        session.end_job(ids[1], Ok("again".to_owned()));
        assert_eq!(session.notice, Some(Notice::Failed("lost".to_owned())));
    }

    #[test]
    fn the_job_on_the_screen_is_cancelled_first() {
        let mut session = Session::default();
        session.cancel_job();
        assert!(matches!(&session.notice, Some(Notice::Said(said)) if said.starts_with("nothing")));
        for what in ["one", "two", "three"] {
            session.copy(what, String::new());
        }
        let ids = started(&mut session);
        session.cancel_job();
        session.progress(ids[0], Share { done: 0, of: 0 });
        session.cancel_job();
        assert_eq!(session.effects(), [Effect::Cancel(ids[2]), Effect::Cancel(ids[0])]);
    }
}
