//! What is shown of a dataset while it is read for the first time: a store of what has been read so far, once after a
//! second, and again whenever that has doubled. All these stores together hold no more studies than the dataset.
//!
//! What is read, and how a store is made of it, is not known here.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

use super::{Dataset, Early, Show};
use crate::load::Progress;

/// After so long the first part is shown.
const FIRST: Duration = Duration::from_secs(1);

/// A part that holds more than one of so many bytes is not worth its cost: the whole will be there soon.
const WORTH: u64 = 2;

/// No part has many more studies, because it needs as much memory again.
const MOST: u64 = 250_000;

/// Stands for the number of studies while a part is made, and when no more are.
const NEVER: u64 = u64::MAX;

/// Says when a part is due, and shows it.
pub(super) struct Parts<'s> {
    show: Show<'s>,
    first: Instant,
    /// From so many studies on the next part is due; 0 before the first one.
    next: AtomicU64,
}

/// The right to make the next part, which one thread has.
pub(super) struct Turn(());

impl<'s> Parts<'s> {
    pub(super) fn new(show: Show<'s>) -> Self {
        Self::beginning(show, FIRST)
    }

    /// The first part is due after `pause`.
    pub(super) fn beginning(show: Show<'s>, pause: Duration) -> Self {
        Self { show, first: Instant::now() + pause, next: AtomicU64::new(0) }
    }

    /// The turn of whoever asks when a part is due.
    pub(super) fn turn(&self, progress: &Progress) -> Option<Turn> {
        let [studies, bytes, total] =
            [&progress.studies, &progress.bytes, &progress.total].map(|it| it.load(Relaxed));
        let next = self.next.load(Relaxed);
        let is_due = (1..=MOST).contains(&studies)
            && studies >= next
            && (total == 0 || bytes <= total / WORTH)
            && (next > 0 || Instant::now() >= self.first)
            && !progress.cancelled.load(Relaxed);
        let is_taken = is_due && self.next.compare_exchange(next, NEVER, Relaxed, Relaxed).is_ok();
        is_taken.then_some(Turn(()))
    }

    /// Makes a part and shows it. Once one cannot be made, no more are tried.
    pub(super) fn show(&self, _: Turn, make: impl FnOnce() -> Option<Dataset>) {
        if let Some(part) = make().filter(|part| !part.store.is_empty()) {
            self.next.store(2 * part.store.len() as u64, Relaxed);
            (self.show)(Early::Part(part));
        }
    }

    /// Takes back what was shown, because not all of it was right and everything is read again.
    pub(super) fn take_back(&self) {
        if self.next.swap(0, Relaxed) > 0 {
            (self.show)(Early::TakenBack);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::store::Store;
    use crate::study::made::made;

    fn progress(studies: u64, bytes: u64, total: u64) -> Progress {
        let progress = Progress::default();
        for (number, value) in
            [(&progress.studies, studies), (&progress.bytes, bytes), (&progress.total, total)]
        {
            number.store(value, Relaxed);
        }
        progress
    }

    fn part(studies: u32) -> Dataset {
        Arc::new(Store::of((1..=studies).map(made))).into()
    }

    #[test]
    fn a_part_is_due_when_what_was_read_has_doubled() {
        let shown = Mutex::new(Vec::new());
        let show = |early: Early| {
            shown.lock().unwrap().push(match early {
                Early::Part(part) => part.store.len(),
                Early::Front(_) | Early::TakenBack => 0,
            });
        };
        let parts = Parts::beginning(&show, Duration::ZERO);
        for (studies, bytes, total, is_due) in [
            (0, 0, 100, false),
            (5, 10, 100, true),
            (9, 20, 100, false),
            (10, 51, 100, false),
            (10, 50, 100, true),
            (MOST + 1, 50, 0, false),
            (MOST, 50, 0, true),
        ] {
            let turn = parts.turn(&progress(studies, bytes, total));
            assert_eq!(turn.is_some(), is_due, "{studies} studies, {bytes} of {total} bytes");
            if let Some(turn) = turn {
                assert!(parts.turn(&progress(studies, bytes, total)).is_none(), "one at a time");
                parts.show(turn, || Some(part(studies.min(10) as u32)));
            }
        }
        parts.take_back();
        parts.take_back();
        assert!(Parts::new(&show).turn(&progress(5, 0, 0)).is_none(), "after a second");
        assert_eq!(*shown.lock().unwrap(), [5, 10, 10, 0]);
    }

    #[test]
    fn what_cannot_be_made_is_not_tried_again() {
        let parts = Parts::beginning(&|_| panic!("nothing is shown"), Duration::ZERO);
        let turn = parts.turn(&progress(1, 0, 0)).unwrap();
        parts.show(turn, || None);
        assert!(parts.turn(&progress(100, 0, 0)).is_none());
    }
}
