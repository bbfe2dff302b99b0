//! All integration tests: one target, one module a subject.

#[cfg(test)]
mod comparing;
#[cfg(test)]
mod loading;
#[cfg(all(test, unix))]
mod pseudo_terminal;
#[cfg(test)]
mod reading;
#[cfg(test)]
mod registry;
#[cfg(all(test, unix))]
mod terminal;
