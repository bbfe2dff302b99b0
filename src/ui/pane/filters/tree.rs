//! The rows of a concept whose values stand below each other: the terms of `MeSH`.

use super::row::{FEW, FilterRow, Subject, Unfolding};
use crate::search::{Counts, Descriptor, Group};
use crate::session::Session;
use crate::study::Concept;

/// The tree of `MeSH` has thirteen levels; what is read from a file could have no end.
const DEEPEST: u16 = 16;

/// Adds the tree of a concept below its heading: what is chosen, then the terms at the top.
pub(super) fn add(
    rows: &mut Vec<FilterRow>,
    session: &Session,
    (concept, counts): (Concept, &Counts),
    unfolding: &Unfolding,
) {
    let store = &session.store;
    let tops = Descriptor::tops(store, concept, &session.results.rows).unwrap_or_default();
    let chosen = counts.chosen.iter().filter_map(|&(group, _)| match group? {
        Group::Value(value) => Some(Descriptor { concept, value, above: None }),
        Group::Step(_) | Group::Mark(_) => None,
    });
    let is_at_the_top = |chosen: &Descriptor| tops.iter().any(|(top, _)| top == chosen);
    let chosen = chosen.filter(|chosen| !is_at_the_top(chosen));
    let count = |it: Descriptor| counts.of(store, Group::Value(it.value));
    let mut terms: Vec<(Descriptor, u32)> = chosen.map(|it| (it, count(it))).collect();
    terms.extend(tops);
    add_descriptors(rows, session, (Subject::Concept(concept), terms, 0), unfolding);
}

/// Adds the terms below a heading or another term, and below each that is unfolded what stands there.
fn add_descriptors(
    rows: &mut Vec<FilterRow>,
    session: &Session,
    (subject, terms, depth): (Subject, Vec<(Descriptor, u32)>, u16),
    unfolding: &Unfolding,
) {
    let (shown, below) = unfolding.shown(subject, terms.len(), FEW);
    for &(term, count) in &terms[..shown] {
        rows.push(FilterRow::Descriptor(term, depth, count));
        let own = Subject::Descriptor(term);
        if depth < DEEPEST && !unfolding.is_folded(own) {
            let terms = term.below(&session.store, &session.results.rows);
            add_descriptors(rows, session, (own, terms, depth + 1), unfolding);
        }
    }
    rows.extend(below);
}
