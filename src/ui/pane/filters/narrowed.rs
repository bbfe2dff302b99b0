//! The rows of the filters that a typed text fits: values of exactly that name before those that begin so, these before
//! those that have it within and those that come near. Groups stand in the order of their best value.

use std::cmp::Reverse;

use super::row::{FilterRow, MOST, Subject, Unfolding};
use super::rows;
use crate::search::{Branch, Counts, Group, fuzzy};
use crate::session::Session;
use crate::study::Concept;
use crate::text;

/// So many cities are looked for by their names: they have no count that stands ready.
const MOST_CITIES: usize = 8;

/// How a text fits a value, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Exact,
    Beginning,
    Within,
    /// With the score of the letters that fit.
    Near(Reverse<i64>),
}

impl Fit {
    fn of(folded: &str, typed: &str) -> Option<Self> {
        match folded.find(typed) {
            Some(_) if folded == typed => Some(Self::Exact),
            Some(0) => Some(Self::Beginning),
            Some(_) => Some(Self::Within),
            None => fuzzy::score(folded, typed).map(|score| Self::Near(Reverse(score))),
        }
    }
}

/// The rows of the answer on the screen, of which `typed` leaves what fits it.
pub(super) fn of(session: &Session, unfolding: &Unfolding, typed: &str) -> Vec<FilterRow> {
    let folded = text::fold(typed);
    let mut rows = vec![FilterRow::Typed];
    rows.extend(if folded.is_empty() {
        rows::of(session, unfolding)
    } else {
        fitting(session, unfolding, &folded)
    });
    if rows == [FilterRow::Typed] {
        rows.push(FilterRow::Nothing);
    }
    rows
}

/// The rows of all groups of which something fits a folded text, folded or not.
fn fitting(session: &Session, unfolding: &Unfolding, typed: &str) -> Vec<FilterRow> {
    let marked = session.results.marked.iter().filter_map(|counts| {
        let mut rows = Vec::new();
        rows::add_marks(&mut rows, counts, unfolding, Some(typed));
        let fit = |row: &FilterRow| match row {
            FilterRow::Mark(_, Some(value), _) => Fit::of(&text::fold(value), typed),
            _ => None,
        };
        Some((rows.iter().filter_map(fit).min()?, rows))
    });
    let mut saved = Vec::new();
    rows::add_saved(&mut saved, session, unfolding, Some(typed));
    let of_search = |row: &FilterRow| match row {
        FilterRow::Saved(name, _) => Fit::of(name, typed),
        _ => None,
    };
    let saved = saved.iter().filter_map(of_search).min().map(|fit| (fit, saved));
    let concepts = rows::shown(session);
    let concepts = concepts.filter_map(|counts| of_concept(session, counts, typed));
    let mut groups: Vec<(Fit, Vec<FilterRow>)> =
        saved.into_iter().chain(marked).chain(concepts).chain(cities(session, typed)).collect();
    // Of values that only come near, those of one group are no better than those of another.
    let rank = |fit: &Fit| if let Fit::Near(_) = fit { Fit::Near(Reverse(0)) } else { *fit };
    groups.sort_by_key(|(fit, _)| rank(fit));
    groups.into_iter().flat_map(|(_, rows)| rows).collect()
}

/// The values of a concept that a folded text fits, best first, and how well the first one does.
fn of_concept(
    session: &Session,
    (concept, counts): (Concept, &Counts),
    typed: &str,
) -> Option<(Fit, Vec<FilterRow>)> {
    let store = &session.store;
    let mut groups = rows::chosen_in_vain(session, (concept, counts));
    groups.extend(counts.first(store, usize::MAX));
    let vocabulary = store.vocabulary(concept);
    let fit = |&(group, _): &(Group, u32)| match group {
        Group::Value(value) => Fit::of(vocabulary.folded(value), typed),
        Group::Step(step) => {
            Fit::of(&text::fold(&step.label()), typed).filter(|fit| *fit <= Fit::Within)
        }
        Group::Mark(_) => None,
    };
    let mut values: Vec<(Fit, (Group, u32))> =
        groups.into_iter().filter_map(|group| Some((fit(&group)?, group))).collect();
    // Equally good ones stay in the order of their counts.
    values.sort_by_key(|(fit, _)| *fit);
    let (best, _) = *values.first()?;
    let subject = Subject::Concept(concept);
    let (shown, below) = Unfolding::default().shown(subject, values.len(), MOST);
    let shown = values.iter().take(shown);
    let shown = shown.map(|&(_, (group, count))| FilterRow::Value(concept, Some(group), count));
    Some((best, std::iter::once(FilterRow::Facet(subject)).chain(shown).chain(below).collect()))
}

/// The cities in whose names a folded text of two letters or more stands.
fn cities(session: &Session, typed: &str) -> Option<(Fit, Vec<FilterRow>)> {
    if typed.chars().count() < 2 {
        return None;
    }
    let cities = Branch::cities(&session.store, &session.results.rows, typed, MOST_CITIES);
    let fit = |branch: Branch| Fit::of(&text::fold(branch.label(&session.store)?), typed);
    let mut cities: Vec<(Fit, (Branch, u32))> =
        cities.into_iter().filter_map(|city| Some((fit(city.0)?, city))).collect();
    cities.sort_by_key(|(fit, _)| *fit);
    let (best, _) = *cities.first()?;
    let heading = FilterRow::Facet(Subject::Concept(Concept::City));
    let shown = cities.into_iter().map(|(_, (branch, count))| FilterRow::Branch(branch, count));
    Some((best, std::iter::once(heading).chain(shown).collect()))
}
