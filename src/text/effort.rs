//! How much of a text is looked at beyond what is consumed, counted in development builds alone.
//!
//! A reader that goes through a text once is as quick as the text is short. It gets slow where it looks ahead or back
//! at every step. Whoever does so says here how many bytes that was, and a test compares the sum for a text with that
//! for a text of twice the length.

#[cfg(debug_assertions)]
use std::cell::Cell;

#[cfg(debug_assertions)]
thread_local! {
    static LOOKED: Cell<u64> = const { Cell::new(0) };
}

/// Says that so many bytes, words or signs were looked at.
#[inline]
pub(crate) fn look(count: usize) {
    #[cfg(debug_assertions)]
    LOOKED.set(LOOKED.get() + count as u64);
    #[cfg(not(debug_assertions))]
    let _ = count;
}

/// What was looked at in this thread since the last time this was asked.
#[cfg(debug_assertions)]
pub fn taken() -> u64 {
    LOOKED.take()
}
