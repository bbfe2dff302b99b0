//! The words of a query: as they are looked up, what they were taken for, and what was added to them.

use std::rc::Rc;

use roaring::RoaringBitmap;

use super::matched::{How, Matched};
use super::meant::Addition;
use super::place::nearest::Nearness;
use super::query::Term;
use super::suit::Suited;
use super::unstated::Unstated;

/// What the terms of a query were taken for, in their order.
#[derive(Clone, Debug, Default)]
pub(super) struct Hits {
    pub(super) terms: Vec<(Term, Rc<Matched>)>,
    pub(super) additions: Vec<Added>,
    pub(super) codes: Vec<Code>,
    /// Rare words that may be slips.
    pub(super) doubts: Vec<Doubt>,
    /// What says how well a study matches.
    pub(super) ranks: Vec<Rc<Matched>>,
    /// Words that nothing was looked for.
    pub(super) passed_over: Vec<String>,
    /// What state nothing where the query asks for a range.
    pub(super) unstated: Vec<Unstated>,
    pub(super) near: Nearness,
    /// How many suit the person that is asked for.
    pub(super) suited: Option<Suited>,
}

/// Words that were read as a query of their own: `phase 3`.
#[derive(Clone, Debug)]
pub(super) struct Code {
    pub(super) typed: String,
    pub(super) query: String,
}

/// A word that few studies have, and one that far more have.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Doubt {
    pub(super) typed: Term,
    pub(super) right: String,
}

/// What was added to words.
#[derive(Clone, Debug)]
pub(super) struct Added {
    /// The words as they were typed.
    pub(super) typed: String,
    pub(super) addition: Addition,
    /// The studies that the words find only by it.
    pub(super) brought: RoaringBitmap,
}

impl Hits {
    pub(super) fn extend(&mut self, other: Self) {
        self.terms.extend(other.terms);
        self.additions.extend(other.additions);
        self.codes.extend(other.codes);
        self.doubts.extend(other.doubts);
        self.ranks.extend(other.ranks);
        self.passed_over.extend(other.passed_over);
    }

    /// Whether any word says how well a study matches; chosen values of filters do not.
    pub(super) fn is_ranked(&self) -> bool {
        let is_word = |(term, matched): &(Term, Rc<Matched>)| {
            term.concept.is_none() || matched.matches.iter().any(|found| found.how != How::Value)
        };
        !self.additions.is_empty() || self.terms.iter().any(is_word)
    }
}

/// Studies that some words find, and with what.
#[derive(Clone)]
pub(super) struct Finding {
    pub(super) studies: RoaringBitmap,
    pub(super) hits: Hits,
}

impl Finding {
    /// Adds what other meanings of the words find. Each brings what nothing before it has, so that what it brings depends
    /// on these words alone.
    pub(super) fn add(&mut self, typed: &str, additions: &[Addition]) {
        for addition in additions {
            let brought = &addition.matched.studies - &self.studies;
            if !brought.is_empty() {
                self.studies |= &brought;
                self.hits.ranks.push(Rc::clone(&addition.matched));
                let (typed, addition) = (typed.to_owned(), addition.clone());
                self.hits.additions.push(Added { typed, addition, brought });
            }
        }
    }

    /// What was added brought no other studies than those found.
    pub(super) fn keep_brought(&mut self) {
        for added in &mut self.hits.additions {
            added.brought &= &self.studies;
        }
    }

    /// What both find.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.studies &= other.studies;
        self.hits.extend(other.hits);
        self
    }
}

/// A word of a query, as it is looked up.
pub(super) struct Word<'q> {
    pub(super) term: &'q Term,
    pub(super) typed: &'q str,
    /// What stands between its hyphens and other signs, folded.
    pub(super) parts: Vec<String>,
    /// The same where a word that nothing has is corrected; empty as long as that is not known.
    pub(super) right: Vec<String>,
}
