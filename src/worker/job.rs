//! Jobs: work on threads of their own. Each can say how far it has come, can be cancelled, and says how it ended,
//! whatever happens in it.

use std::cell::Cell;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::{Queue, caught, start};
use crate::event::Event;
use crate::search::Cancel;
use crate::session::{JobId, Share};

/// A job that takes no longer than this says nothing of how far it has come.
const SHORT: Duration = Duration::from_millis(300);
/// How often a longer one says so.
const PAUSE: Duration = Duration::from_millis(100);

/// A job, as the work in it sees it.
#[derive(Debug)]
pub struct Job<'a> {
    id: JobId,
    queue: &'a Queue,
    cancel: Cancel,
    /// When it says next how far it has come.
    next: Cell<Instant>,
}

impl<'a> Job<'a> {
    pub fn new(id: JobId, queue: &'a Queue, cancel: Cancel) -> Self {
        Self { id, queue, cancel, next: Cell::new(Instant::now() + SHORT) }
    }

    /// What says that the work is no longer wanted.
    pub fn cancel(&self) -> &Cancel {
        &self.cancel
    }

    /// Whether the work is no longer wanted.
    pub fn is_cancelled(&self) -> bool {
        self.cancel.is_cancelled()
    }

    /// Tells the application something that comes of this job.
    pub fn tell(&self, event: impl FnOnce(JobId) -> Event) {
        // When nobody reads any longer, the program is about to end.
        _ = self.queue.send(event(self.id));
    }

    /// Says how far the work has come, as often as is worth it.
    pub fn progress(&self, share: Share) {
        let now = Instant::now();
        if now >= self.next.get() {
            self.next.set(now + PAUSE);
            // When nobody reads any longer, the program is about to end.
            _ = self.queue.send(Event::Progress(self.id, share));
        }
    }
}

/// The jobs that have not ended.
#[derive(Debug, Default)]
pub struct Jobs {
    running: Vec<Running>,
}

#[derive(Debug)]
struct Running {
    id: JobId,
    cancel: Cancel,
    thread: JoinHandle<()>,
}

impl Jobs {
    /// Runs `work` on a thread of its own. The line that it comes to is sent as the end of the job.
    pub fn start(
        &mut self,
        queue: &Queue,
        id: JobId,
        work: impl FnOnce(&Job) -> Result<String, String> + Send + 'static,
    ) {
        let cancel = Cancel::default();
        let ours = cancel.clone();
        self.running.retain(|job| !job.thread.is_finished());
        let thread = start("job", queue, move |queue| {
            let outcome = caught(|| work(&Job::new(id, queue, ours))).unwrap_or_else(Err);
            // When nobody reads any longer, nobody wants to know.
            _ = queue.send(Event::Ended(id, outcome));
        });
        match thread {
            Ok(thread) => self.running.push(Running { id, cancel, thread }),
            Err(error) => {
                let reason = format!("the system gives no room for more work: {error}");
                _ = queue.send(Event::Ended(id, Err(reason)));
            }
        }
    }

    /// Asks a job to end.
    pub fn cancel(&self, id: JobId) {
        for job in self.running.iter().filter(|job| job.id == id) {
            job.cancel.cancel();
        }
    }

    /// Ends every job, and waits until nothing is left half done.
    pub fn finish(self) {
        for job in &self.running {
            job.cancel.cancel();
        }
        for job in self.running {
            // A panic in it has been reported.
            _ = job.thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::Receiver;

    use super::super::{Message, queue};
    use super::*;

    fn ended(messages: &Receiver<Message>) -> (JobId, Result<String, String>) {
        match messages.recv().unwrap() {
            Message::Event(Event::Ended(id, outcome)) => (id, outcome),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_job_says_how_it_ended_even_when_it_panics() {
        let (queue, messages) = queue();
        let (mut jobs, id) = (Jobs::default(), JobId::default());
        jobs.start(&queue, id, |_| Ok("done".to_owned()));
        assert_eq!(ended(&messages), (id, Ok("done".to_owned())));
        jobs.start(&queue, id, |_| panic!("out of joint"));
        let (_, outcome) = ended(&messages);
        let line = "a fault in trialdex, please report it: out of joint";
        assert_eq!(outcome, Err(line.to_owned()));
    }

    #[test]
    fn a_job_can_be_cancelled_and_all_are_in_the_end() {
        for finish in [false, true] {
            let (queue, messages) = queue();
            let (mut jobs, id) = (Jobs::default(), JobId::default());
            jobs.start(&queue, id, |job| {
                while !job.is_cancelled() {
                    std::thread::yield_now();
                }
                Err("cancelled".to_owned())
            });
            if finish {
                jobs.finish();
            } else {
                jobs.cancel(id);
            }
            assert_eq!(ended(&messages), (id, Err("cancelled".to_owned())));
        }
    }

    #[test]
    fn only_a_long_job_says_how_far_it_has_come() {
        let (queue, messages) = queue();
        let job = Job::new(JobId::default(), &queue, Cancel::default());
        job.progress(Share { done: 1, of: 9 });
        job.next.set(Instant::now());
        job.progress(Share { done: 2, of: 9 });
        job.progress(Share { done: 3, of: 9 });
        let said: Vec<_> = messages.try_iter().collect();
        let [Message::Event(Event::Progress(_, share))] = &said[..] else { panic!("{said:?}") };
        assert_eq!(share.done, 2);
    }
}
