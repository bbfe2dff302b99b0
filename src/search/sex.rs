//! Whose sex fits: `sex:f` is every study in which women can take part, `sex:female` those that are for women alone.

use super::query::{Ask, Term};
use crate::study::Concept;

/// What people type, and the values that fit, folded.
const FITTING: &[(&str, [&str; 2])] = &[("f", ["female", "all"]), ("m", ["male", "all"])];

/// The values of sex that fit somebody, if `folded` says so.
pub(super) fn fitting(concept: Concept, folded: &str) -> Option<&'static [&'static str]> {
    let fits = FITTING.iter().find(|(typed, _)| concept == Concept::Sex && *typed == folded);
    fits.map(|(_, values)| &values[..])
}

/// Whether a term asks whose sex fits.
pub(super) fn is_fit(term: &Term) -> bool {
    match (term.concept, &term.ask) {
        (Some(concept), Ask::Word(word)) => fitting(concept, &word.to_ascii_lowercase()).is_some(),
        _ => false,
    }
}
