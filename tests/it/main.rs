//! All integration tests: one target, one module a subject.

mod comparing;
#[cfg(unix)]
mod pseudo_terminal;
mod reading;
#[cfg(unix)]
mod terminal;
