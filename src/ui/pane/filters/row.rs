//! What a row of the filters can be, and which groups are folded or show many values. It does not know which rows there
//! are.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::search::{Branch, Descriptor, Group, MarkField};
use crate::study::concept::Facet;
use crate::study::{Concept, PartialDate};

/// How many values of a group without an order of its own are shown until more are asked for.
pub(super) const FEW: usize = 6;
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
    /// What stands below a term.
    Descriptor(Descriptor),
    /// The saved searches.
    Saved,
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
    /// A term in a tree, with the number of terms that lead to it.
    Descriptor(Descriptor, u16, u32),
    /// A saved search, and how many studies it finds, if that is known.
    Saved(Arc<str>, Option<u32>),
    /// How many of these are new, and since when.
    New(Arc<str>, usize, PartialDate),
    /// So many more values.
    More(Subject, usize),
    /// Many values are shown.
    Fewer(Subject),
    /// No value fits what was typed.
    Nothing,
}

/// What is shown of the groups.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Unfolding {
    /// Those that are folded although they begin unfolded, or the other way round.
    turned: BTreeSet<Subject>,
    /// Those of which many values are shown.
    opened: BTreeSet<Subject>,
}

impl Subject {
    /// What a field is called in a query; `None` of a place and of a term.
    pub(super) fn name(self) -> Option<&'static str> {
        match self {
            Self::Concept(concept) => Some(concept.name()),
            Self::Mark(field) => Some(field.name()),
            Self::Branch(_) | Self::Descriptor(_) => None,
            Self::Saved => Some("saved"),
        }
    }

    /// The group of this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        let concepts = Concept::facets().map(Self::Concept);
        let all = concepts.chain(MarkField::COUNTED.into_iter().map(Self::Mark));
        let all = all.chain([Self::Saved]);
        all.into_iter().find(|subject| subject.name() == Some(name))
    }
}

impl Unfolding {
    /// The groups that are folded although they begin unfolded, or the other way round.
    pub(super) fn turned(&self) -> impl Iterator<Item = Subject> {
        self.turned.iter().copied()
    }

    /// Whether only the heading is shown.
    pub(super) fn is_folded(&self, subject: Subject) -> bool {
        let begins_folded = match subject {
            Subject::Concept(concept) => concept.definition().facet == Some(Facet::WhenShown),
            Subject::Mark(_) | Subject::Saved => false,
            Subject::Branch(_) | Subject::Descriptor(_) => true,
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

    /// How many of `count` values of a group are shown, `most` unless more were asked for, and the rows that stand below
    /// them.
    pub(super) fn shown(
        &self,
        subject: Subject,
        count: usize,
        most: usize,
    ) -> (usize, impl Iterator<Item = FilterRow> + use<>) {
        let is_opened = self.opened.contains(&subject);
        let most = if is_opened { MOST } else { most };
        // One value more takes no more room than the line that would stand for it.
        let shown = if count <= most + 1 { count } else { most };
        let more = (count > shown).then(|| FilterRow::More(subject, count - shown));
        let fewer = (is_opened && count > FEW + 1).then_some(FilterRow::Fewer(subject));
        (shown, more.into_iter().chain(fewer))
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
