//! The rows of the filters: which groups, values and remarks stand there. It does not know how they are drawn.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::search::{Branch, Choice, Counts, Group, MarkCounts, MarkField};
use crate::session::Session;
use crate::study::Concept;
use crate::study::concept::{Facet, Kind};
use crate::text;

/// How many values of a group without an order of its own are shown until more are asked for.
const FEW: usize = 6;
/// How many values are shown then, or of those that are narrowed; beyond that, narrowing is the way.
pub(super) const MOST: usize = 500;

/// What a group of filters is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Subject {
    Concept(Concept),
    /// What is marked in a field.
    Mark(MarkField),
    /// What stands below a place.
    Branch(Branch),
}

/// One row of the filters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FilterRow {
    /// What is typed to narrow the values.
    Typed,
    Facet(Subject),
    /// `None` is "not stated".
    Value(Concept, Option<Group>, u32),
    /// What is marked; `None` is that nothing is.
    Mark(MarkField, Option<Arc<str>>, u32),
    /// A city or a facility.
    Branch(Branch, u32),
    /// So many more values.
    More(Subject, usize),
    /// Many values are shown.
    Fewer(Subject),
    /// No value fits what was typed.
    Nothing,
}

/// What is shown of the groups.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Extent {
    /// Those that are folded although they begin unfolded, or the other way round.
    turned: BTreeSet<Subject>,
    /// Those of which many values are shown.
    opened: BTreeSet<Subject>,
}

impl Subject {
    /// What a field is called in a query; `None` of a place.
    pub(super) fn name(self) -> Option<&'static str> {
        match self {
            Self::Concept(concept) => Some(concept.name()),
            Self::Mark(field) => Some(field.name()),
            Self::Branch(_) => None,
        }
    }

    /// The group of this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        let concepts = Concept::facets().map(Self::Concept);
        let all = concepts.chain(MarkField::COUNTED.into_iter().map(Self::Mark));
        all.into_iter().find(|subject| subject.name() == Some(name))
    }
}

impl Extent {
    /// The groups that are folded although they begin unfolded, or the other way round.
    pub(super) fn turned(&self) -> impl Iterator<Item = Subject> {
        self.turned.iter().copied()
    }

    /// Whether only the heading is shown.
    pub(super) fn is_folded(&self, subject: Subject) -> bool {
        let begins_folded = match subject {
            Subject::Concept(concept) => concept.definition().facet == Some(Facet::WhenShown),
            Subject::Mark(_) => false,
            Subject::Branch(_) => true,
        };
        begins_folded != self.turned.contains(&subject)
    }

    /// Folds every group that is on the screen; where all are, the groups are as they were at the beginning.
    pub(super) fn fold_all(&mut self, subjects: impl Iterator<Item = Subject>) {
        let unfolded: Vec<Subject> = subjects.filter(|&subject| !self.is_folded(subject)).collect();
        if unfolded.is_empty() {
            self.turned.clear();
        }
        for subject in unfolded {
            self.fold(subject);
        }
    }

    /// Folds a group, or unfolds it.
    pub(super) fn fold(&mut self, subject: Subject) {
        turn(&mut self.turned, subject);
    }

    /// Shows many values of a group, or few.
    pub(super) fn open(&mut self, subject: Subject) {
        turn(&mut self.opened, subject);
    }
}

/// Puts a group in, or takes it out.
fn turn(subjects: &mut BTreeSet<Subject>, subject: Subject) {
    if !subjects.remove(&subject) {
        subjects.insert(subject);
    }
}

/// The rows of the answer on the screen.
pub(super) fn of(session: &Session, extent: &Extent) -> Vec<FilterRow> {
    let mut rows = Vec::new();
    for counts in &session.results.marked {
        add_marks(&mut rows, counts, extent, None);
    }
    for (concept, counts) in shown(session) {
        if extent.is_folded(Subject::Concept(concept)) {
            rows.push(FilterRow::Facet(Subject::Concept(concept)));
        } else {
            add_group(&mut rows, session, (concept, counts), extent);
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
            | FilterRow::Branch(_, count) => Some(*count),
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
    extent: &Extent,
) {
    let store = &session.store;
    let mut values = chosen_in_vain(session, (concept, counts));
    let is_chosen_from = !counts.chosen.is_empty() || !values.is_empty();
    if counts.are_always_counted() && counts.is_empty(store) && !is_chosen_from {
        return;
    }
    let subject = Subject::Concept(concept);
    rows.push(FilterRow::Facet(subject));
    let count = values.len() + counts.len(store);
    let (is_short, is_opened) = (concept.has_codes(), extent.opened.contains(&subject));
    let most = if is_short || is_opened { MOST } else { FEW };
    // One value more takes no more room than the line that would stand for it.
    let shown = if count <= most + 1 { count } else { most };
    values.extend(counts.first(store, shown));
    for (group, count) in values.into_iter().take(shown) {
        rows.push(FilterRow::Value(concept, Some(group), count));
        if let Some(branch) = branch(concept, Some(group)) {
            add_branch(rows, session, branch, extent);
        }
    }
    if count > shown {
        rows.push(FilterRow::More(subject, count - shown));
    }
    if is_opened && count > FEW + 1 {
        rows.push(FilterRow::Fewer(subject));
    }
    let is_chosen = counts.chosen.iter().any(|(group, _)| group.is_none());
    let not_stated = counts.not_stated(store);
    if not_stated > 0 || is_chosen {
        rows.push(FilterRow::Value(concept, None, not_stated));
    }
}

/// The branch that a value of a filter can be unfolded to.
pub(super) fn branch(concept: Concept, group: Option<Group>) -> Option<Branch> {
    match (concept, group) {
        (Concept::Country, Some(Group::Value(country))) => Some(Branch::of(country)),
        _ => None,
    }
}

/// Adds what stands below a place, if it is unfolded.
fn add_branch(rows: &mut Vec<FilterRow>, session: &Session, branch: Branch, extent: &Extent) {
    let subject = Subject::Branch(branch);
    if extent.is_folded(subject) || !branch.has_below() {
        return;
    }
    let mut below = branch.below(&session.store, &session.results.rows);
    // What is chosen stands there even if no trial is left that has it.
    let chosen = branch.chosen_below(&session.store, session.query()).into_iter();
    let is_counted = |chosen: &Branch| below.iter().any(|(branch, _)| branch == chosen);
    let in_vain: Vec<_> = chosen.filter(|it| !is_counted(it)).map(|it| (it, 0)).collect();
    below.splice(0..0, in_vain);
    let is_opened = extent.opened.contains(&subject);
    let most = if is_opened { MOST } else { FEW };
    let shown = if below.len() <= most + 1 { below.len() } else { most };
    for &(branch, count) in &below[..shown] {
        rows.push(FilterRow::Branch(branch, count));
        add_branch(rows, session, branch, extent);
    }
    if below.len() > shown {
        rows.push(FilterRow::More(subject, below.len() - shown));
    }
    if is_opened && below.len() > FEW + 1 {
        rows.push(FilterRow::Fewer(subject));
    }
}

/// Adds what is marked in a field, if anything is marked or chosen there; only what fits a folded text, if one is typed.
pub(super) fn add_marks(
    rows: &mut Vec<FilterRow>,
    counts: &MarkCounts,
    extent: &Extent,
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
    if typed.is_none() && extent.is_folded(subject) {
        return;
    }
    let (count, is_opened) = (all.len(), extent.opened.contains(&subject));
    let most = if is_opened || typed.is_some() { MOST } else { FEW };
    let shown = if count <= most + 1 { count } else { most };
    all.truncate(shown);
    rows.extend(all.into_iter().map(|(value, n)| FilterRow::Mark(*field, Some(value), n)));
    if count > shown {
        rows.push(FilterRow::More(subject, count - shown));
    }
    if is_opened && typed.is_none() && count > FEW + 1 {
        rows.push(FilterRow::Fewer(subject));
    }
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
