//! All integration tests: one target, one module a subject.

#[cfg(test)]
mod loading;
