//! Groups: what studies are counted by. Every group can be asked for, and the query finds the studies that it counts.

use crate::search::complete::term_of;
use crate::search::query::{Ask, Term};
use crate::search::step::Step;
use crate::store::{Store, ValueIdx};
use crate::study::concept::{Concept, Form};

/// The studies that state the same value, or a number within the same step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    Value(ValueIdx),
    Step(Step),
    /// What is marked: the place of its name in its [`Distribution`](super::Distribution).
    Mark(u32),
}

impl Group {
    /// The group whose key this is among those of its concept: a value, or the key of a step.
    pub(super) fn of_key(concept: Concept, key: u32) -> Option<Self> {
        match concept.definition().kind.form() {
            Form::Number => Step::of_key(concept, key).map(Self::Step),
            Form::Vocabulary | Form::Record => Some(Self::Value(ValueIdx(key))),
        }
    }

    /// What people call it.
    pub fn label(self, store: &Store, concept: Concept) -> String {
        match self {
            Self::Value(value) => store.vocabulary(concept).label(value).to_owned(),
            Self::Step(step) => step.label(),
            Self::Mark(_) => String::new(),
        }
    }

    /// What tables for machines have: the registry's code, the name, or what stands in a query: `100..499`.
    pub fn text(self, store: &Store, concept: Concept) -> String {
        match self {
            Self::Value(value) => concept.code(store.vocabulary(concept).label(value)).to_owned(),
            Self::Step(step) => step.range().to_string(),
            Self::Mark(_) => String::new(),
        }
    }

    /// What finds the studies of the group.
    pub fn term(self, store: &Store, concept: Concept) -> Term {
        let ask = match self {
            Self::Value(value) if concept.has_codes() => return term_of(store, concept, value),
            // A word would find its other names too.
            Self::Value(value) => Ask::Quoted(store.vocabulary(concept).label(value).to_owned()),
            Self::Step(step) => Ask::Range(step.range()),
            Self::Mark(_) => Ask::NotStated,
        };
        Term { concept: Some(concept), ask }
    }
}
