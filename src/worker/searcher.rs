//! Searching, on a thread of its own with room for one question: the latest wins, and the one before is given up. What can
//! stand at the cursor of the search line is found on another thread in the same way, so that neither waits.
//!
//! Knows nothing of what a question means.

use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::{Queue, caught, spawn};
use crate::event::Event;
use crate::marks::Marks;
use crate::search::{self, Cancel, Memory, ProseState, Query, Results, Understood};
use crate::session::{Begun, JobId};
use crate::store::{Store, StoreId};

/// How long records are read for a phrase before what was found is shown, and how often more is shown then.
const FIRST: Duration = Duration::from_millis(70);
const NEXT: Duration = Duration::from_millis(500);

/// Answers questions until it is dropped.
#[derive(Debug)]
pub struct Searcher {
    slot: Arc<Slot<Arc<Store>, Question>>,
    begun: Arc<Slot<Arc<Store>, (JobId, Begun)>>,
    marks: Arc<Marks>,
}

/// A query, and what is marked when it is asked.
#[derive(Debug)]
struct Question {
    job: JobId,
    query: Query,
    marks: Arc<Marks>,
}

impl Searcher {
    pub fn start(queue: &Queue) -> io::Result<Self> {
        let slot = Arc::new(Slot::default());
        let begun = Arc::new(Slot::default());
        let (marks, completer) = (Arc::default(), Arc::clone(&begun));
        let searcher = Self { slot: Arc::clone(&slot), begun, marks };
        spawn("searching", queue, move |queue| {
            let mut remembered: Option<(StoreId, Memory)> = None;
            slot.serve(|store, Question { job, query, marks }, cancel| {
                remembered.take_if(|(of, _)| *of != store.identity());
                let (_, memory) =
                    remembered.get_or_insert_with(|| (store.identity(), Memory::default()));
                memory.mark(marks);
                // When nobody reads any longer, the slot is about to be closed.
                let tell = |event| _ = queue.send(event);
                let asked = Asked { store, query, cancel };
                let search = || {
                    let answered = |results| tell(Event::Answered(*job, results));
                    let understood = asked.answered(memory, answered)?;
                    let hints = search::hints(store, query, &understood, cancel, memory)?;
                    tell(Event::Hinted(*job, hints));
                    Some(())
                };
                if let Err(fault) = caught(search) {
                    remembered = None;
                    _ = queue.send(Event::Ended(*job, Err(format!("search: {fault}"))));
                }
            });
        })?;
        spawn("completing", queue, move |queue| {
            completer.serve(|store, (job, begun): &(JobId, Begun), cancel| {
                let at = (begun.text.as_str(), begun.cursor);
                let found = || search::completions_with(store, &begun.saved, at, cancel);
                match caught(found) {
                    // What was given up half-way is not all that can stand there.
                    Ok(_) if cancel.is_cancelled() => (),
                    Ok(found) => _ = queue.send(Event::Completed(*job, found)),
                    Err(fault) => {
                        _ = queue.send(Event::Ended(*job, Err(format!("completion: {fault}"))));
                    }
                }
            });
        })?;
        Ok(searcher)
    }

    /// Searches in `store` from now on. A question that was asked before there was a store is answered now.
    pub fn open(&self, store: Arc<Store>) {
        self.begun.put(|waiting| waiting.store = Some(Arc::clone(&store)));
        self.slot.put(|waiting| waiting.store = Some(store));
    }

    /// Asks what can stand at the cursor of a text, and no longer of any other.
    pub fn complete(&self, job: JobId, begun: Begun) {
        self.begun.ask((job, begun));
    }

    /// Asks for the answer to `query`, and no longer for any other.
    pub fn ask(&self, job: JobId, query: Query) {
        self.slot.ask(Question { job, query, marks: Arc::clone(&self.marks) });
    }

    /// Asks among these marks from now on.
    pub fn mark(&mut self, marks: Arc<Marks>) {
        self.marks = marks;
    }
}

impl Drop for Searcher {
    fn drop(&mut self) {
        self.begun.close();
        self.slot.close();
    }
}

/// A query that is asked of a store until it is cancelled.
struct Asked<'a> {
    store: &'a Store,
    query: &'a Query,
    cancel: &'a Cancel,
}

impl Asked<'_> {
    /// Answers the query, at first perhaps in part; tells how it was understood if hints are still to be looked for.
    fn answered(&self, memory: &mut Memory, tell: impl Fn(Box<Results>)) -> Option<Understood> {
        let mut patience = Instant::now() + FIRST;
        loop {
            let until = (&mut *memory, Some(patience));
            let results = search::answer_until(self.store, self.query, self.cancel, until)?;
            let is_partial = matches!(results.prose, ProseState::Partial(_));
            let understood = results.understood();
            tell(Box::new(results));
            if !is_partial {
                return understood;
            }
            patience = Instant::now() + NEXT;
        }
    }
}

/// Room for one question, and for the store that it is asked of.
#[derive(Debug)]
struct Slot<S, Q> {
    waiting: Mutex<Waiting<S, Q>>,
    changed: Condvar,
}

#[derive(Debug)]
struct Waiting<S, Q> {
    store: Option<S>,
    question: Option<Q>,
    /// Stops the question that is being answered.
    running: Cancel,
    closed: bool,
}

impl<S, Q> Default for Slot<S, Q> {
    fn default() -> Self {
        let waiting =
            Waiting { store: None, question: None, running: Cancel::default(), closed: false };
        Self { waiting: Mutex::new(waiting), changed: Condvar::new() }
    }
}

impl<S: Clone, Q> Slot<S, Q> {
    /// Answers one question after the other until the slot is closed.
    fn serve(&self, mut answer: impl FnMut(&S, &Q, &Cancel)) {
        while let Some((store, question, cancel)) = self.next() {
            answer(&store, &question, &cancel);
        }
    }

    /// Waits for a question and a store; nothing when the slot is closed.
    fn next(&self) -> Option<(S, Q, Cancel)> {
        let wait = |waiting: &mut Waiting<S, Q>| {
            !waiting.closed && (waiting.store.is_none() || waiting.question.is_none())
        };
        let waiting = self.changed.wait_while(self.lock(), wait);
        let mut waiting = waiting.unwrap_or_else(PoisonError::into_inner);
        if waiting.closed {
            return None;
        }
        waiting.running = Cancel::default();
        let cancel = waiting.running.clone();
        Some((waiting.store.clone()?, waiting.question.take()?, cancel))
    }
}

impl<S, Q> Slot<S, Q> {
    fn lock(&self) -> MutexGuard<'_, Waiting<S, Q>> {
        // Nothing that can panic runs while it is held.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put(&self, change: impl FnOnce(&mut Waiting<S, Q>)) {
        change(&mut self.lock());
        self.changed.notify_one();
    }

    /// Asks a question in place of the one that is answered or waits.
    fn ask(&self, question: Q) {
        self.put(|waiting| {
            waiting.running.cancel();
            waiting.question = Some(question);
        });
    }

    fn close(&self) {
        self.put(|waiting| {
            waiting.closed = true;
            waiting.running.cancel();
        });
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::thread;

    use super::*;

    #[test]
    fn the_latest_question_wins_and_the_running_one_is_cancelled() {
        let slot = Slot::default();
        let (begun, begins) = channel();
        let (answered, answers) = channel();
        thread::scope(|scope| {
            scope.spawn(|| {
                slot.serve(|store, question, cancel| {
                    begun.send(*question).unwrap();
                    // The first question would be answered for ever.
                    while *question == 1 && !cancel.is_cancelled() {
                        thread::yield_now();
                    }
                    if !cancel.is_cancelled() {
                        answered.send((*store, *question)).unwrap();
                    }
                });
            });
            slot.put(|waiting| waiting.store = Some("store"));
            slot.ask(1);
            assert_eq!(begins.recv(), Ok(1));
            slot.ask(2);
            assert_eq!(begins.recv(), Ok(2));
            assert_eq!(answers.recv(), Ok(("store", 2)));
            slot.close();
        });
    }

    #[test]
    fn a_question_waits_for_the_store_and_only_the_latest_waits() {
        let slot = Slot::default();
        for question in 1..=3 {
            slot.ask(question);
        }
        slot.put(|waiting| waiting.store = Some("store"));
        let (store, question, cancel) = slot.next().unwrap();
        assert_eq!((store, question), ("store", 3));
        assert!(!cancel.is_cancelled());
        slot.close();
        assert!(cancel.is_cancelled());
        assert!(slot.next().is_none());
    }
}
