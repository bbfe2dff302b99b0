//! The threads around the application, and the one queue through which all of them speak to it.
//!
//! Knows events, and nothing of the application that takes them.

pub mod browser;
pub mod clipboard;
pub mod counter;
pub mod file;
pub mod folder;
pub mod indexer;
pub mod input;
pub mod job;
pub mod keeper;
pub mod loader;
pub mod opener;
pub mod recorder;
pub mod searcher;
pub mod terminal;

use std::any::Any;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use crate::event::Event;

/// How many messages may wait. A sender then waits too, so that a slow terminal costs no memory.
const LENGTH: usize = 1024;

/// What arrives in the queue: events for the application, and what concerns the process as a whole.
#[derive(Debug)]
pub enum Message {
    Event(Event),
    /// A signal, by its number.
    Signal(i32),
    /// The terminal is gone: its window was closed or its connection was cut.
    HangUp,
}

impl From<Event> for Message {
    fn from(event: Event) -> Self {
        Self::Event(event)
    }
}

/// The end of the queue that workers hold.
#[derive(Clone, Debug)]
pub struct Queue(SyncSender<Message>);

/// Nobody reads the queue any longer, so a worker has nothing left to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closed;

impl Queue {
    pub fn send(&self, message: impl Into<Message>) -> Result<(), Closed> {
        self.0.send(message.into()).map_err(|_| Closed)
    }
}

/// A queue and the end at which it is read.
pub fn queue() -> (Queue, Receiver<Message>) {
    let (sender, receiver) = sync_channel(LENGTH);
    (Queue(sender), receiver)
}

/// Runs `work` on a thread of its own. A panic in it is reported, and ends only that thread.
pub fn spawn(
    name: &'static str,
    queue: &Queue,
    work: impl FnOnce(&Queue) + Send + 'static,
) -> io::Result<()> {
    start(name, queue, work).map(drop)
}

/// As [`spawn`], for those who want to wait for the end.
fn start(
    name: &'static str,
    queue: &Queue,
    work: impl FnOnce(&Queue) + Send + 'static,
) -> io::Result<JoinHandle<()>> {
    let queue = queue.clone();
    let run = move || {
        if let Err(fault) = caught(|| work(&queue)) {
            // When nobody reads any longer, nobody wants to know.
            _ = queue.send(Event::Fault(format!("{name}: {fault}")));
        }
    };
    thread::Builder::new().name(name.to_owned()).spawn(run)
}

/// Runs `work`; a panic in it becomes one line that names it as a fault of the program.
///
/// What `work` was changing when it panicked must not be used again.
pub(crate) fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| fault(&*panic))
}

fn fault(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    let line = text.and_then(|text| text.lines().next()).unwrap_or("no reason given");
    format!("a fault in trialdex, please report it: {line}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_in_a_worker_is_reported_in_one_line() {
        let (queue, messages) = queue();
        spawn("counting", &queue, |_| panic!("seven is {}\nand more", 7)).unwrap();
        let Message::Event(Event::Fault(line)) = messages.recv().unwrap() else {
            panic!("not a report");
        };
        assert_eq!(line, "counting: a fault in trialdex, please report it: seven is 7");
    }

    #[test]
    fn a_worker_learns_that_nobody_reads() {
        let (queue, messages) = queue();
        assert_eq!(queue.send(Message::HangUp), Ok(()));
        drop(messages);
        assert_eq!(queue.send(Message::HangUp), Err(Closed));
    }
}
