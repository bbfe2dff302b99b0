//! Results of earlier searches that later ones use again, to be quicker. An answer is the same without them.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use super::matcher::Recalled;
use super::{Hints, Query, Reading, Results};
use crate::marks::Marks;
use crate::store::Tally;
use crate::study::Concept;
use crate::study::calendar::Day;

/// Costs as much as a [`Tally`] for the answer and for each facet that was chosen from, the sets of a few terms, and
/// the last few answers.
#[derive(Debug, Default)]
pub struct Memory {
    /// What terms and words were taken for.
    pub(super) recalled: Recalled,
    /// What is marked.
    pub(super) marks: Arc<Marks>,
    /// How the terms were read.
    reading: Reading,
    today: Option<Day>,
    pub(super) tally: Tally,
    /// Of each facet that was chosen from, as it counts other studies; they change less from one answer to the next.
    pub(super) chosen_from: HashMap<Concept, Tally>,
    /// The last answers, the oldest first: who takes a letter back asks again what was asked just before.
    answers: VecDeque<(Query, Results)>,
}

/// So many answers are remembered: each costs a few sets of studies, or 4 bytes for each study where they are sorted.
const ANSWERS: usize = 32;

impl Memory {
    /// Takes in what is marked now. Answers that depend on it are forgotten.
    pub fn mark(&mut self, marks: &Arc<Marks>) {
        if !Arc::ptr_eq(&self.marks, marks) {
            self.marks = Arc::clone(marks);
            self.answers.retain(|(query, _)| !query.asks_marks());
        }
    }

    /// The answer to a query that was asked a moment ago.
    pub(super) fn answer_to(&self, query: &Query) -> Option<Results> {
        let (_, results) = self.answers.iter().rev().find(|(asked, _)| asked == query)?;
        Some(results.clone())
    }

    /// Makes room for the terms of the next query.
    pub(super) fn make_room(&mut self, reading: Reading, today: Day) {
        // What is known of terms holds for one reading and one day.
        if self.recalled.is_full() || (self.reading, self.today) != (reading, Some(today)) {
            (self.reading, self.today) = (reading, Some(today));
            self.recalled = Recalled::default();
        }
    }

    pub(super) fn remember(&mut self, query: &Query, results: &Results) {
        if self.answers.len() == ANSWERS {
            self.answers.pop_front();
        }
        self.answers.push_back((query.clone(), results.clone()));
    }

    /// Remembers the hints for a query, if its answer is remembered.
    pub(super) fn hint(&mut self, query: &Query, hints: &Hints) {
        if let Some((_, results)) = self.answers.iter_mut().rev().find(|(asked, _)| asked == query)
        {
            results.hints = Some(hints.clone());
        }
    }
}
