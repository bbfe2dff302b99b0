//! Work on all cores, or on as many as the system lets the program have: where no more threads or no more memory for them
//! can be had, whoever asked does the work alone. It does not know what the work is.

use std::thread::{self, Scope, ScopedJoinHandle};

/// Does `work` on a thread of its own; `None`, and nothing is done, where there is none to be had.
pub fn spawn<'scope, T: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    work: impl FnOnce() -> T + Send + 'scope,
) -> Option<ScopedJoinHandle<'scope, T>> {
    thread::Builder::new().spawn_scoped(scope, work).ok()
}
