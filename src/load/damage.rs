//! Parts of packed files and archives whose checksum does not hold.
//!
//! A checksum stands behind what it is of. What is large has been given out when it turns out to be wrong, and so the
//! load is done once more without that part: nothing of it is used, and everything else is.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::{fmt, io};

use super::Place;

/// The damaged parts, each with what is wrong with it.
#[derive(Debug, Default)]
pub(super) struct Damage(Mutex<Parts>);

#[derive(Debug, Default)]
struct Parts {
    /// Known when the load began, and so left out.
    left_out: BTreeMap<Part, String>,
    /// Found since.
    found: BTreeMap<Part, String>,
}

/// What one checksum is of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Part {
    place: (String, String),
    depth: usize,
    number: u64,
}

/// An error that says what is damaged, for whoever reads on in it.
#[derive(Debug)]
struct Damaged(String);

impl Part {
    /// The part with this number, from 1, of what lies at `place`, `depth` archives deep.
    pub(super) fn new(place: &Place, depth: usize, number: u64) -> Self {
        Self { place: (place.file.to_string(), place.within.clone()), depth, number }
    }
}

impl Damage {
    /// Why a part is left out, if it is.
    pub(super) fn reason(&self, part: &Part) -> Option<String> {
        self.lock().left_out.get(part).cloned()
    }

    /// Takes notice of a damaged part; gives the error for whoever reads it.
    pub(super) fn note(&self, part: Part, reason: &str) -> io::Error {
        self.lock().found.insert(part, reason.to_owned());
        io::Error::other(Damaged(reason.to_owned()))
    }

    /// Whether parts were found to be damaged; these are left out from now on.
    pub(super) fn begin_again(&self) -> bool {
        let parts = &mut *self.lock();
        let is_new = parts.found.keys().any(|part| !parts.left_out.contains_key(part));
        parts.left_out.append(&mut parts.found);
        is_new
    }

    fn lock(&self) -> MutexGuard<'_, Parts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether the error tells of damage that was taken notice of.
pub(super) fn is_noted(error: &io::Error) -> bool {
    matches!(error.get_ref(), Some(inner) if inner.is::<Damaged>())
}

impl fmt::Display for Damaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Damaged {}
