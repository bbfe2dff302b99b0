//! All integration tests, as one test target with one module for each subject.

#[cfg(test)]
mod commands;
#[cfg(test)]
mod comparing;
#[cfg(test)]
mod concepts;
#[cfg(test)]
mod criteria;
#[cfg(test)]
mod effort;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod journeys;
#[cfg(test)]
mod loading;
#[cfg(test)]
#[path = "../../src/study/made.rs"]
pub mod made;
#[cfg(test)]
mod oracle;
#[cfg(all(test, unix))]
mod picking;
#[cfg(all(test, unix))]
mod pseudo_terminal;
#[cfg(test)]
mod reading;
#[cfg(test)]
pub mod real;
#[cfg(test)]
mod registry;
#[cfg(test)]
mod supply;
#[cfg(all(test, unix))]
mod terminal;
#[cfg(test)]
mod tidy;
