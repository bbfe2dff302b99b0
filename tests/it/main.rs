//! All integration tests: one target, one module a subject.

mod comparing;
mod reading;
