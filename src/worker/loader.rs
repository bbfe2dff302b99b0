//! Opening the dataset, on a thread of its own. What opening means is the caller's.

use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use super::{Closed, Queue, caught, spawn};
use crate::dataset::{Dataset, Early, Show};
use crate::event::{Event, Loading};
use crate::load::Progress;

/// How often a load says how far it has come.
const PAUSE: Duration = Duration::from_millis(50);

/// What a load comes to: the dataset, or one line that says why there is none.
pub type Loaded = Result<Dataset, String>;

/// Runs `load`, and says at most every 50 ms how far it has come, and what it shows; then, once, how it ended.
///
/// Setting `cancelled` in the progress that is returned asks it to stop.
pub fn start(
    queue: &Queue,
    load: impl FnOnce(&Arc<Progress>, Show) -> Loaded + Send + 'static,
) -> io::Result<Arc<Progress>> {
    let progress = Arc::new(Progress::default());
    let started = Instant::now();
    let (sender, ended) = channel();
    let loaded = Arc::clone(&progress);
    spawn("loading", queue, move |queue| {
        let show = |early: Early| {
            // When nobody reads any longer, the program is about to end.
            _ = queue.send(match early {
                Early::Front(dataset) => Event::Glimpsed(dataset),
                Early::Part(dataset) => Event::Part(dataset),
                Early::TakenBack => Event::TakenBack,
            });
        };
        let outcome = caught(|| load(&loaded, &show)).unwrap_or_else(Err);
        // When nobody waits for it, the program is about to end.
        _ = sender.send(outcome);
    })?;
    let watched = Arc::clone(&progress);
    spawn("progress of loading", queue, move |queue| {
        _ = watch(queue, || moment(&watched, started.elapsed()), || ended.recv_timeout(PAUSE));
    })?;
    Ok(progress)
}

/// Reports progress as often as `wait` times out, and the outcome that it returns at last.
fn watch(
    queue: &Queue,
    now: impl Fn() -> Loading,
    wait: impl Fn() -> Result<Loaded, RecvTimeoutError>,
) -> Result<(), Closed> {
    let mut last = Loading::default();
    loop {
        match wait() {
            Ok(Ok(dataset)) => return queue.send(Event::Loaded(dataset)),
            Ok(Err(line)) => return queue.send(Event::LoadFailed(line)),
            Err(RecvTimeoutError::Timeout) => {
                let now = now();
                // That time has passed is no progress.
                if now != (Loading { elapsed: now.elapsed, ..last }) {
                    queue.send(Event::Loading(now))?;
                    last = now;
                }
            }
            Err(RecvTimeoutError::Disconnected) => return Err(Closed),
        }
    }
}

fn moment(progress: &Progress, elapsed: Duration) -> Loading {
    Loading {
        bytes: progress.bytes.load(Ordering::Relaxed),
        total: progress.total.load(Ordering::Relaxed),
        studies: progress.studies.load(Ordering::Relaxed),
        bad: progress.bad.load(Ordering::Relaxed),
        elapsed,
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::super::{Message, queue};
    use super::*;

    #[test]
    fn progress_is_told_while_it_changes_and_then_the_outcome() {
        let (queue, messages) = queue();
        let progress = Progress::default();
        let timeout = || Err(RecvTimeoutError::Timeout);
        let steps = RefCell::new(vec![Ok(Err("no such file".to_owned())), timeout(), timeout()]);
        let wait = || {
            progress.studies.store(7, Ordering::Relaxed);
            steps.borrow_mut().pop().unwrap()
        };
        let ticks = RefCell::new(0);
        let now = || {
            *ticks.borrow_mut() += 1;
            moment(&progress, Duration::from_secs(*ticks.borrow()))
        };
        watch(&queue, now, wait).unwrap();
        drop(queue);
        let told: Vec<String> = messages.iter().map(|message| format!("{message:?}")).collect();
        assert_eq!(
            told,
            [
                "Event(Loading(Loading { bytes: 0, total: 0, studies: 7, bad: 0, elapsed: 1s }))",
                "Event(LoadFailed(\"no such file\"))",
            ]
        );
    }

    #[test]
    fn a_panic_in_a_load_is_a_load_that_failed() {
        let (queue, messages) = queue();
        start(&queue, |_, _| panic!("the index is out of joint")).unwrap();
        let Message::Event(Event::LoadFailed(line)) = messages.recv().unwrap() else {
            panic!("not a failed load");
        };
        assert!(line.ends_with("the index is out of joint"), "{line}");
    }

    #[test]
    fn a_load_can_be_asked_to_stop() {
        let (queue, messages) = queue();
        let progress = start(&queue, |progress, _| {
            while !progress.cancelled.load(Ordering::Relaxed) {
                std::thread::yield_now();
            }
            Err("stopped".to_owned())
        });
        progress.unwrap().cancelled.store(true, Ordering::Relaxed);
        let message = messages.recv().unwrap();
        assert!(matches!(message, Message::Event(Event::LoadFailed(line)) if line == "stopped"));
    }
}
