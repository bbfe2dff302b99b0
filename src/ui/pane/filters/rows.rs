//! The rows of the filters: which groups, values and remarks stand there. It does not know how they are drawn.

use std::sync::Arc;

use super::row::{FEW, FilterRow, MOST, Subject, Unfolding};
use super::tree;
use crate::search::{Branch, Choice, Counts, Group, MarkCounts};
use crate::session::{SearchCount, Session};
use crate::store::Store;
use crate::study::Concept;
use crate::study::concept::Kind;
use crate::text;

/// The rows of the answer on the screen.
pub(super) fn of(session: &Session, unfolding: &Unfolding) -> Vec<FilterRow> {
    let mut rows = Vec::new();
    add_saved(&mut rows, session, unfolding, None);
    for counts in &session.results.marked {
        add_marks(&mut rows, counts, unfolding, None);
    }
    for (concept, counts) in shown(session) {
        if unfolding.is_folded(Subject::Concept(concept)) {
            rows.push(FilterRow::Facet(Subject::Concept(concept)));
        } else {
            add_group(&mut rows, session, (concept, counts), unfolding);
        }
    }
    rows
}

/// The concepts to filter by of which the dataset states anything, each with its counts.
pub(super) fn shown(session: &Session) -> impl Iterator<Item = (Concept, &Counts)> {
    let all = Concept::facets().zip(&session.results.facets);
    all.filter(|(concept, _)| !is_blank(session, *concept))
}

/// The greatest count in the group of each row.
pub(super) fn greatest(rows: &[FilterRow]) -> Vec<u32> {
    let groups = rows.chunk_by(|_, next| !matches!(next, FilterRow::Facet(_)));
    let most = groups.flat_map(|group| {
        let counts = group.iter().filter_map(|row| match row {
            FilterRow::Value(.., count)
            | FilterRow::Mark(.., count)
            | FilterRow::Branch(_, count)
            | FilterRow::Descriptor(.., count)
            | FilterRow::Saved(_, Some(count)) => Some(*count),
            _ => None,
        });
        std::iter::repeat_n(counts.max().unwrap_or_default(), group.len())
    });
    most.collect()
}

/// Whether no study of the dataset states anything of a vocabulary.
fn is_blank(session: &Session, concept: Concept) -> bool {
    let is_named = matches!(concept.definition().kind, Kind::Codes(..) | Kind::Names(_));
    is_named && session.store.vocabulary(concept).is_empty()
}

/// Adds a group that is unfolded.
fn add_group(
    rows: &mut Vec<FilterRow>,
    session: &Session,
    (concept, counts): (Concept, &Counts),
    unfolding: &Unfolding,
) {
    let store = &session.store;
    let values = chosen_in_vain(session, (concept, counts));
    let is_chosen_from = !counts.chosen.is_empty() || !values.is_empty();
    if counts.are_always_counted() && counts.is_empty(store) && !is_chosen_from {
        return;
    }
    rows.push(FilterRow::Facet(Subject::Concept(concept)));
    if store.tree(concept).is_some() {
        tree::add(rows, session, (concept, counts), unfolding);
    } else {
        add_values(rows, session, (concept, counts, values), unfolding);
    }
    let is_chosen = counts.chosen.iter().any(|(group, _)| group.is_none());
    let not_stated = counts.not_stated(store);
    if not_stated > 0 || is_chosen {
        rows.push(FilterRow::Value(concept, None, not_stated));
    }
}

/// Adds the values of a group: those that are chosen in vain, then the others.
fn add_values(
    rows: &mut Vec<FilterRow>,
    session: &Session,
    (concept, counts, mut values): (Concept, &Counts, Vec<(Group, u32)>),
    unfolding: &Unfolding,
) {
    let store = &session.store;
    let count = values.len() + counts.len(store);
    let most = if concept.has_codes() { MOST } else { FEW };
    let (shown, below) = unfolding.shown(Subject::Concept(concept), count, most);
    values.extend(counts.first(store, shown));
    for (group, count) in values.into_iter().take(shown) {
        rows.push(FilterRow::Value(concept, Some(group), count));
        if let Some(branch) = branch(concept, Some(group)) {
            add_branch(rows, session, branch, unfolding);
        }
    }
    rows.extend(below);
}

/// What stands below a row, so that it can be unfolded.
pub(super) fn below(row: &FilterRow, store: &Store) -> Option<Subject> {
    let branch = match row {
        FilterRow::Value(concept, group, _) => branch(*concept, *group),
        FilterRow::Branch(branch, _) => Some(*branch),
        FilterRow::Descriptor(term, ..) => {
            return term.has_below(store).then_some(Subject::Descriptor(*term));
        }
        _ => None,
    };
    branch.filter(|branch| branch.has_below()).map(Subject::Branch)
}

/// The branch that a value of a filter can be unfolded to.
fn branch(concept: Concept, group: Option<Group>) -> Option<Branch> {
    match (concept, group) {
        (Concept::Country, Some(Group::Value(country))) => Some(Branch::of(country)),
        _ => None,
    }
}

/// Adds what stands below a place, if it is unfolded.
fn add_branch(rows: &mut Vec<FilterRow>, session: &Session, branch: Branch, unfolding: &Unfolding) {
    let subject = Subject::Branch(branch);
    if unfolding.is_folded(subject) || !branch.has_below() {
        return;
    }
    let mut branches = branch.below(&session.store, &session.results.rows);
    // What is chosen stands there even if no trial is left that has it.
    let chosen = branch.chosen_below(&session.store, session.query()).into_iter();
    let is_counted = |chosen: &Branch| branches.iter().any(|(branch, _)| branch == chosen);
    let in_vain: Vec<_> = chosen.filter(|it| !is_counted(it)).map(|it| (it, 0)).collect();
    branches.splice(0..0, in_vain);
    let (shown, below) = unfolding.shown(subject, branches.len(), FEW);
    for &(branch, count) in &branches[..shown] {
        rows.push(FilterRow::Branch(branch, count));
        add_branch(rows, session, branch, unfolding);
    }
    rows.extend(below);
}

/// Adds the searches that are saved, if there are any; only what fits a folded text, if one is typed.
pub(super) fn add_saved(
    rows: &mut Vec<FilterRow>,
    session: &Session,
    unfolding: &Unfolding,
    typed: Option<&str>,
) {
    let (counts, _) = session.search_counts();
    let fits = |count: &&SearchCount| typed.is_none_or(|typed| count.name.contains(typed));
    let fitting: Vec<&SearchCount> = counts.iter().filter(fits).collect();
    if fitting.is_empty() {
        return;
    }
    rows.push(FilterRow::Facet(Subject::Saved));
    if typed.is_none() && unfolding.is_folded(Subject::Saved) {
        return;
    }
    for SearchCount { name, studies, new, since } in fitting {
        let studies = studies.map(|studies| u32::try_from(studies).unwrap_or(u32::MAX));
        rows.push(FilterRow::Saved(name.clone(), studies));
        if let Some(since) = since.filter(|_| !new.is_empty()) {
            rows.push(FilterRow::New(name.clone(), new.len(), since));
        }
    }
}

/// Adds what is marked in a field, if anything is marked or chosen there; only what fits a folded text, if one is typed.
pub(super) fn add_marks(
    rows: &mut Vec<FilterRow>,
    counts: &MarkCounts,
    unfolding: &Unfolding,
    typed: Option<&str>,
) {
    let MarkCounts { field, values, chosen, without, .. } = counts;
    let subject = Subject::Mark(*field);
    let fits = |value: &Arc<str>| typed.is_none_or(|it| text::fold(value).contains(it));
    let in_vain = chosen.iter().filter_map(|(value, _)| value.as_ref());
    let in_vain = in_vain.filter(|value| !values.iter().any(|(counted, _)| counted == *value));
    let all = in_vain.map(|value| (Arc::clone(value), 0)).chain(values.iter().cloned());
    let mut all: Vec<(Arc<str>, u32)> = all.filter(|(value, _)| fits(value)).collect();
    let is_without_chosen = chosen.iter().any(|(value, _)| value.is_none());
    if all.is_empty() && (typed.is_some() || !is_without_chosen) {
        return;
    }
    rows.push(FilterRow::Facet(subject));
    if typed.is_none() && unfolding.is_folded(subject) {
        return;
    }
    let (shown, below) = match typed {
        Some(_) => Unfolding::default().shown(subject, all.len(), MOST),
        None => unfolding.shown(subject, all.len(), FEW),
    };
    all.truncate(shown);
    rows.extend(all.into_iter().map(|(value, n)| FilterRow::Mark(*field, Some(value), n)));
    rows.extend(below);
    if typed.is_none() && (*without > 0 || is_without_chosen) {
        rows.push(FilterRow::Mark(*field, None, *without));
    }
}

/// The groups that are chosen, or below which something is, and in which no study is.
pub(super) fn chosen_in_vain(
    session: &Session,
    (concept, counts): (Concept, &Counts),
) -> Vec<(Group, u32)> {
    let store = &session.store;
    let chosen = counts.chosen.iter().filter_map(|&(group, _): &(_, Choice)| group);
    let mut chosen: Vec<Group> = chosen.collect();
    if concept == Concept::Country {
        let countries = Branch::chosen_countries(store, session.query());
        chosen.extend(countries.into_iter().map(Group::Value));
    }
    let mut in_vain: Vec<(Group, u32)> = Vec::new();
    for group in chosen {
        if counts.of(store, group) == 0 && !in_vain.contains(&(group, 0)) {
            in_vain.push((group, 0));
        }
    }
    in_vain
}
