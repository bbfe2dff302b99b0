//! Searching: [`find`] and [`answer`] are pure functions of a store and a query.
//!
//! A word is compared with the distinct values of vocabularies, never with studies one by one. Each value leads to a
//! set of studies. Brackets, negations and facets combine these sets.

mod alias;
mod area;
mod asked;
mod branch;
mod by_mark;
mod code;
mod column;
mod complete;
mod descriptor;
mod explain;
pub mod facet;
pub mod fuzzy;
mod groups;
mod highlight;
mod hints;
mod hits;
mod instead;
mod letter;
mod lines;
mod mark_facet;
mod mark_order;
mod matched;
mod matcher;
mod matching;
mod meant;
mod memory;
mod order;
mod parse;
mod phrase;
mod place;
mod profile;
mod prose;
mod query;
mod range;
mod rank;
mod registry;
pub mod related;
mod rows;
mod saved;
mod sex;
mod sort;
mod sought;
mod spread;
pub mod stats;
mod step;
mod strategy;
mod suit;
mod taken;
mod unit;
mod unstated;
mod words;

pub use area::{AREAS, Area};
pub use branch::Branch;
pub use by_mark::{MarkField, MarkTerm, Wanted};
pub use column::{Column, OwnColumn, column_names};
pub use complete::{Completion, Completions, completions, completions_with, term_of};
pub use descriptor::Descriptor;
pub use explain::{Why, explain};
pub use facet::Counts;
pub use groups::{Grouped, Groups, is_groupable};
pub use highlight::{Highlight, highlighted, highlighted_prose};
pub use hints::Hints;
pub use instead::{Clause, Instead, Understood};
pub use lines::{QueryLine, QueryLines};
pub use mark_facet::MarkCounts;
pub use mark_order::MarkOrder;
pub use matched::How;
pub use matching::values;
pub use memory::Memory;
pub use parse::{QueryError, References, age, parse, parse_on, parse_with};
pub use place::near::{Coordinates, Distance, Near, Where};
pub use place::nearest::{Nearby, Nearest, NearestSite, Nearness};
pub use place::{Located, Other, UnknownPlace, locate};
pub use profile::Profile;
pub use prose::{Looked, ProseState};
pub use query::{AreaTerm, Ask, Choice, Expr, Query, Reading, Term};
pub use range::{Ends, Fit, Range, When};
pub use registry::{Translation, as_registry};
pub use related::{Reason, Related, Unrelated, related, unrelated};
pub use rows::Rows;
pub use saved::SavedSearches;
pub use sort::{Beside, By, Direction, Sort, Sorts, UnknownOrder};
pub use stats::{Distribution, Group, Statistics};
pub use step::Step;
pub use strategy::{StrategyLine, strategy};
pub use suit::{Suited, eligibility};
pub use taken::{Added, ReadAs, Taken, TakenPlace};
pub use unstated::{Stand, Unstated};

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use crate::marks::Marks;
use crate::store::Store;
use crate::study::Concept;
use crate::study::calendar::{Day, Span};
use hits::{Doubt, Hits};
use matcher::{Matcher, Recalled};

/// The studies that a query finds, in order.
#[derive(Clone, Debug, Default)]
pub struct Found {
    pub rows: Rows,
    /// What else can be asked.
    pub hints: Hints,
    /// How many suit the person that is asked for.
    pub suited: Option<Suited>,
    /// How what was asked of prose could be answered.
    pub prose: ProseState,
    /// What each wanted term was taken for, and what was added.
    hits: Hits,
}

impl Found {
    /// What each word was taken for; `store` must be the one that was searched.
    pub fn taken(&self, store: &Store) -> Vec<Taken> {
        self.hits.terms.iter().map(|(term, hit)| Taken::new(store, term, hit)).collect()
    }

    /// The words that were read as codes, each with the term that it is: `phase 3` is `phase:3`.
    pub fn codes(&self) -> Vec<ReadAs> {
        let read_as =
            |code: &hits::Code| ReadAs { typed: code.typed.clone(), term: code.query.clone() };
        self.hits.codes.iter().map(read_as).collect()
    }

    /// The words of a question that nothing was looked for.
    pub fn passed_over(&self) -> &[String] {
        &self.hits.passed_over
    }

    /// What state nothing where the query asks for a range.
    pub fn unstated(&self) -> &[Unstated] {
        &self.hits.unstated
    }

    /// What the answer has to do with places.
    pub fn near(&self) -> &Nearness {
        &self.hits.near
    }

    /// What was found beside what the words say to the letter, what brought most studies first.
    pub fn added(&self) -> Vec<Added> {
        let mut added: Vec<Added> = Vec::new();
        for one in self.hits.additions.iter().map(Added::from) {
            let is_same =
                |it: &&mut Added| (&it.typed, &it.name, it.how) == (&one.typed, &one.name, one.how);
            // A name may be found in several ways.
            match added.iter_mut().find(is_same) {
                Some(same) => same.studies += one.studies,
                None => added.push(one),
            }
        }
        added.sort_by_key(|added| std::cmp::Reverse(added.studies));
        added
    }
}

/// The same, how it was understood, and what can be chosen among it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Results {
    pub rows: Rows,
    /// For each of [`Concept::facets`], over the studies found without that facet's own choices: what
    /// choosing another value would add.
    pub facets: Vec<Counts>,
    /// The same for what is marked, for each of [`MarkField::COUNTED`].
    pub marked: Vec<MarkCounts>,
    /// What each word was taken for.
    pub taken: Vec<Taken>,
    /// What was found beside what the words say to the letter.
    pub added: Vec<Added>,
    /// The words that were read as codes, each with the term that it is.
    pub codes: Vec<ReadAs>,
    /// Words of a question that nothing was looked for: `trials`, `what`.
    pub passed_over: Vec<String>,
    /// What state nothing where the query asks for a range.
    pub unstated: Vec<Unstated>,
    /// What else can be asked; `None` as long as that is not looked for.
    pub hints: Option<Hints>,
    /// Rare words that may be slips.
    doubts: Vec<Doubt>,
    /// What is highlighted where a text of a study has it.
    pub highlights: Vec<Highlight>,
    /// What the answer has to do with places.
    pub near: Nearness,
    /// How many suit the person that is asked for.
    pub suited: Option<Suited>,
    /// The groups, where studies are to be grouped.
    pub groups: Option<Groups>,
    /// How what was asked of prose could be answered.
    pub prose: ProseState,
}

/// Asks a running search to stop; looked at in every long loop.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Finds what `query` asks for; `None` when it was cancelled.
pub fn find(store: &Store, query: &Query, cancel: &Cancel) -> Option<Found> {
    find_marked(store, &Marks::default(), query, cancel)
}

/// Finds what `query` asks for, where something is marked; `None` when it was cancelled.
pub fn find_marked(store: &Store, marks: &Marks, query: &Query, cancel: &Cancel) -> Option<Found> {
    let placed = query.placed();
    let query = &*placed;
    let recalled = &mut Recalled::default();
    let mut finder = Matcher::new(store, marks, query, cancel, recalled);
    let (_, rows, hits) = finder.find(query)?;
    let suited = hits.suited;
    let mut found = Found { rows, prose: finder.prose_state(), suited, hits, ..Found::default() };
    if is_known(found.near(), found.prose) {
        let doubts = found.hits.doubts.clone();
        let understood =
            Understood { found: found.rows.len() as u64, added: found.added(), doubts };
        found.hints = Hints::of(&mut finder, query, &understood)?;
    }
    // A cancelled search is partial; never show it.
    (!cancel.is_cancelled()).then_some(found)
}

/// Whether all is known of an answer: without a place that is one there is nothing to say of the rest.
fn is_known(near: &Nearness, prose: ProseState) -> bool {
    near.unknown.is_none() && prose == ProseState::Complete
}

/// The day from which the relative dates of `query` are counted.
fn today(store: &Store, query: &Query) -> Day {
    query.today.or(store.newest()).map_or(Day(0), |date| Span::of(date).last)
}

/// Finds it and counts what can be chosen; `None` when it was cancelled.
pub fn answer(store: &Store, query: &Query, cancel: &Cancel) -> Option<Results> {
    answer_next(store, query, cancel, &mut Memory::default())
}

/// Does the same for somebody who asks one question after another; `memory` must be of this store.
pub fn answer_next(
    store: &Store,
    query: &Query,
    cancel: &Cancel,
    memory: &mut Memory,
) -> Option<Results> {
    let mut results = answer_until(store, query, cancel, (memory, None))?;
    if let Some(understood) = results.understood() {
        results.hints = Some(hints(store, query, &understood, cancel, memory)?);
    }
    Some(results)
}

/// Does the same without looking for hints, and from a moment on reads no more candidates of phrases; asked again, it goes on with the rest.
pub fn answer_until(
    store: &Store,
    query: &Query,
    cancel: &Cancel,
    (memory, patience): (&mut Memory, Option<Instant>),
) -> Option<Results> {
    if let Some(mut results) = memory.answer_to(query) {
        results.marked.iter_mut().for_each(|counts| counts.count(store, &memory.marks));
        return Some(results);
    }
    let asked = query;
    let placed = query.placed();
    let query = &*placed;
    memory.make_room(query.reading, today(store, query));
    let Memory { recalled, tally, chosen_from, marks, .. } = memory;
    let marks: &Marks = marks;
    let mut finder = Matcher::new(store, marks, query, cancel, recalled);
    finder.patience = patience;
    let (studies, rows, hits) = finder.find(query)?;
    let studies = Arc::new(studies);
    let day = today(store, query);
    let mut facets = facet::count_all(store, &studies, day, tally);
    for (concept, counts) in Concept::facets().zip(&mut facets) {
        if !query.choices(concept).is_empty() {
            let wider =
                Arc::new(finder.evaluate(&query.without(concept).expr, &mut Hits::default())?);
            *counts = if counts.are_always_counted() {
                let tally = chosen_from.entry(concept).or_default();
                tally.count(store, &wider);
                facet::always(store, concept, &wider, tally)
            } else {
                facet::when_shown(concept, &wider, day)
            };
            counts.chosen = facet::chosen_by(store, concept, query, |term| finder.matched(term));
        }
    }
    let mut marked = Vec::new();
    for field in MarkField::COUNTED {
        let counted = if query.mark_choices(field).is_empty() {
            Arc::clone(&studies)
        } else {
            let wider = query.without_marks_in(field).expr;
            Arc::new(finder.evaluate(&wider, &mut Hits::default())?)
        };
        marked.push(MarkCounts::new(field, query, counted, (store, marks)));
    }
    let prose = finder.prose_state();
    let known = (!is_known(&hits.near, prose)).then(Hints::default);
    let found = Found { rows, prose, suited: hits.suited, hits, ..Found::default() };
    let (taken, added, codes) = (found.taken(store), found.added(), found.codes());
    let passed_over = found.passed_over().to_vec();
    let highlights = highlight::of(&found.hits);
    let Found { rows, suited, hits, .. } = found;
    let (unstated, near, doubts) = (hits.unstated, hits.near, hits.doubts);
    // A cancelled search is partial; never show it.
    if cancel.is_cancelled() {
        return None;
    }
    let groups = asked.group.map(|concept| Groups::new(store, concept, &studies));
    let results = Results {
        rows,
        facets,
        marked,
        taken,
        added,
        codes,
        passed_over,
        unstated,
        hints: known,
        doubts,
        highlights,
        near,
        suited,
        groups,
        prose,
    };
    if prose == ProseState::Complete {
        memory.remember(asked, &results);
    }
    Some(results)
}

/// What else can be asked than a query that was understood so; `None` when it was cancelled. `memory` must be that with
/// which it was answered.
pub fn hints(
    store: &Store,
    query: &Query,
    understood: &Understood,
    cancel: &Cancel,
    memory: &mut Memory,
) -> Option<Hints> {
    let placed = query.placed();
    let Memory { recalled, marks, .. } = memory;
    let mut finder = Matcher::new(store, marks, &placed, cancel, recalled);
    let hints = Hints::of(&mut finder, &placed, understood)?;
    // A cancelled search is partial; never show it.
    if cancel.is_cancelled() {
        return None;
    }
    memory.hint(query, &hints);
    Some(hints)
}

#[cfg(test)]
mod tests;
