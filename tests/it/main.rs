//! All integration tests: one target, one module a subject.

#[cfg(unix)]
mod pseudo_terminal;
#[cfg(unix)]
mod terminal;
