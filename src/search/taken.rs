//! How a search understood each term of the query, for the user to see.

use super::How;
use super::hits;
use super::matched::{EXAMPLES, Match, Matched};
use super::query::Term;
use crate::store::Store;
use crate::study::Concept;
use crate::text;

/// What one term was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The term as the query has it.
    pub term: String,
    /// The field it was asked of; `None` for a bare word or phrase.
    pub concept: Option<Concept>,
    pub places: Vec<TakenPlace>,
}

/// One field in which a term was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenPlace {
    pub concept: Concept,
    pub how: How,
    /// The values that most studies have, at most three.
    pub examples: Vec<String>,
    /// Whether there are more of them.
    pub more: bool,
}

impl Taken {
    /// Whether the term names just the values that it found, as a chosen value of a facet does: then
    /// it needs no explanation and ranks nothing.
    pub fn is_choice(&self) -> bool {
        let exact = self.places.iter().all(|place| place.how == How::Value);
        self.concept.is_some() && !self.places.is_empty() && exact
    }

    /// The values that came near, the first few, each once and with its field: `Liver (condition)`.
    pub fn nearest(&self) -> Vec<String> {
        let mut near: Vec<(String, &str)> = Vec::new();
        for place in self.places.iter().filter(|place| place.how == How::Near) {
            for value in place.examples.iter().take(2) {
                if !near.iter().any(|(seen, _)| text::fold(seen) == text::fold(value)) {
                    near.push((value.clone(), place.concept.label()));
                }
            }
        }
        near.into_iter().take(3).map(|(value, label)| format!("{value} ({label})")).collect()
    }

    /// What the word would do in capitals, where it is an operator.
    pub fn in_capitals(&self) -> Option<&'static str> {
        match &*self.term {
            "or" => Some("OR finds either"),
            "not" => Some("NOT leaves out"),
            _ => None,
        }
    }

    pub(super) fn new(store: &Store, term: &Term, matched: &Matched) -> Self {
        let place = |found: &Match| {
            let vocabulary = store.vocabulary(found.concept);
            let examples = found.examples(store);
            let labels = examples.iter().take(EXAMPLES).map(|&value| vocabulary.label(value));
            TakenPlace {
                concept: found.concept,
                how: found.how,
                examples: labels.map(str::to_owned).collect(),
                more: examples.len() > EXAMPLES,
            }
        };
        Self {
            term: term.to_string(),
            concept: term.concept,
            places: matched.matches.iter().map(place).collect(),
        }
    }
}

/// Something that was found for words beside what they say to the letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// The words as they were typed.
    pub typed: String,
    /// What was looked for too.
    pub name: String,
    pub how: How,
    /// How many studies only this brought.
    pub studies: u64,
}

/// Words that were read as a code: `phase 3` as `phase:3`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadAs {
    /// The words as they were typed.
    pub typed: String,
    /// The term that they are.
    pub term: String,
}

impl From<&hits::Added> for Added {
    fn from(added: &hits::Added) -> Self {
        Self {
            typed: added.typed.clone(),
            name: added.addition.name.clone(),
            how: added.addition.how,
            studies: added.brought.len(),
        }
    }
}
