//! Searching: [`find`] and [`answer`] are pure functions of a store and a query.
//!
//! A word is compared with the distinct values of vocabularies, never with studies one by one. Each value leads to a
//! set of studies. Brackets, negations and facets combine these sets.

mod alias;
mod asked;
mod by_mark;
mod code;
mod complete;
mod explain;
pub mod facet;
pub mod fuzzy;
mod hits;
mod instead;
mod letter;
mod matched;
mod matcher;
mod matching;
mod meant;
mod memory;
mod parse;
mod phrase;
mod query;
mod range;
mod rank;
pub mod related;
mod rows;
mod sex;
mod sort;
mod taken;
mod unit;
mod unstated;
mod words;

pub use by_mark::{MarkField, MarkTerm, Wanted};
pub use complete::{Completion, Completions, completions, term_of};
pub use explain::{Mark, Why, explain, marked};
pub use facet::Counts;
pub use instead::{Clause, Instead};
pub use matched::How;
pub use matching::values;
pub use memory::Memory;
pub use parse::{QueryError, parse};
pub use query::{Ask, Choice, Expr, Query, Reading, Term};
pub use range::{Ends, Fit, Range, When};
pub use related::{Reason, Related, Unrelated, related, unrelated};
pub use rows::Rows;
pub use sort::{Direction, Sort, Sorts, UnknownOrder};
pub use taken::{Added, ReadAs, Taken, TakenPlace};
pub use unstated::{Stand, Unstated};

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::marks::Marks;
use crate::store::Store;
use crate::study::Concept;
use crate::study::calendar::{Day, Span};
use crate::text;
use hits::Hits;
use matched::Matched;
use matcher::Matcher;

/// The studies that a query finds, in order.
#[derive(Clone, Debug, Default)]
pub struct Found {
    pub rows: Rows,
    /// If nothing is found: each clause, with what it finds and what is found without it.
    pub clauses: Vec<Clause>,
    /// What words are in other fields.
    pub instead: Vec<Instead>,
    /// What each wanted term was taken for, and what was added.
    hits: Hits,
}

impl Found {
    /// What each word was taken for; `store` must be the one that was searched.
    pub fn taken(&self, store: &Store) -> Vec<Taken> {
        let is_told = |(term, hit): &&(Term, Rc<Matched>)| {
            let is_added = |added: &hits::Added| added.typed == term.to_string();
            !hit.matches.is_empty() || !self.hits.additions.iter().any(is_added)
        };
        let told = self.hits.terms.iter().filter(is_told);
        told.map(|(term, hit)| Taken::new(store, term, hit)).collect()
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

    /// What was found beside what the words say to the letter, what brought most studies first.
    pub fn added(&self) -> Vec<Added> {
        let mut added: Vec<Added> = self.hits.additions.iter().map(Added::from).collect();
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
    /// If nothing is found: each clause, with what it finds and what is found without it.
    pub clauses: Vec<Clause>,
    /// What words are in other fields.
    pub instead: Vec<Instead>,
    /// What is highlighted where a text of a study has it.
    pub marks: Vec<Mark>,
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
    let (matched, known) = (&mut HashMap::new(), &mut HashMap::new());
    let (reading, today) = (query.reading, today(store, query));
    let not_meant = query.not_meant().map(text::fold).collect();
    let mut finder = Matcher { store, cancel, marks, reading, today, not_meant, matched, known };
    let (_, rows, hits) = finder.find(query)?;
    let found = found(&mut finder, query, rows, hits)?;
    // A cancelled search is partial; never show it.
    (!cancel.is_cancelled()).then_some(found)
}

/// Adds to what was found what else can be asked.
fn found(finder: &mut Matcher, query: &Query, rows: Rows, hits: Hits) -> Option<Found> {
    let clauses = if rows.is_empty() { instead::clauses(finder, query)? } else { Vec::new() };
    let instead = instead::instead(finder, query, rows.len() as u64)?;
    Some(Found { rows, clauses, instead, hits })
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
    if let Some(results) = memory.answer_to(query) {
        return Some(results);
    }
    let (reading, today) = (query.reading, today(store, query));
    memory.make_room(reading, today);
    let Memory { matched, known, tally, chosen_from, marks, .. } = memory;
    let not_meant = query.not_meant().map(text::fold).collect();
    let mut finder = Matcher { store, cancel, marks, reading, today, not_meant, matched, known };
    let (studies, rows, hits) = finder.find(query)?;
    let studies = Arc::new(studies);
    let mut facets = facet::count_all(store, &studies, tally);
    for (concept, counts) in Concept::facets().zip(&mut facets) {
        if !query.choices(concept).is_empty() {
            let wider =
                Arc::new(finder.evaluate(&query.without(concept).expr, &mut Hits::default())?);
            let tally = chosen_from.entry(concept).or_default();
            tally.count(store, &wider);
            *counts = facet::counts(store, concept, &wider, tally);
            counts.chosen = facet::chosen_by(store, concept, query, |term| finder.matched(term));
        }
    }
    let found = found(&mut finder, query, rows, hits)?;
    let (taken, added, codes) = (found.taken(store), found.added(), found.codes());
    let passed_over = found.passed_over().to_vec();
    let marks = explain::marks(&found.hits);
    let Found { rows, clauses, instead, hits } = found;
    let unstated = hits.unstated;
    // A cancelled search is partial; never show it.
    if cancel.is_cancelled() {
        return None;
    }
    let results = Results {
        rows,
        facets,
        taken,
        added,
        codes,
        passed_over,
        unstated,
        clauses,
        instead,
        marks,
    };
    memory.remember(query, &results);
    Some(results)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::Concept;
    use crate::study::made::made;

    fn store() -> Store {
        Store::of([
            made(1)
                .title("Cells in Liver Failure")
                .conditions(["Liver Failure", "Cirrhosis"])
                .sponsor("Sun Yat-sen University")
                .phases(["PHASE1", "PHASE2"])
                .status("NOT_YET_RECRUITING")
                .updated("2021-01"),
            made(2)
                .title("Early Liver Study")
                .conditions(["Liver Cirrhosis"])
                .sponsor("Sunnybrook")
                .phases(["EARLY_PHASE1"])
                .status("RECRUITING")
                .updated("2022-01"),
            made(3)
                .title("Kidneys")
                .conditions(["Kidney Failure"])
                .sponsor("Samsung")
                .status("RECRUITING")
                .updated("2023-01"),
            made(4)
                .title("A Study of Thrombosis in Many Adults")
                .conditions(["Sjögren Syndrome"])
                .sponsor("Novo")
                .phases(["PHASE1"])
                .status("RECRUITING")
                .updated("2024-01"),
        ])
    }

    fn found(query: &str) -> Vec<u32> {
        let store = store();
        let results = answer(&store, &parse(query).unwrap(), &Cancel::default()).unwrap();
        results.rows.iter().map(|study| store.id(study).number()).collect()
    }

    #[test]
    fn queries_find_what_they_mean() {
        for (query, ids) in [
            ("", &[4, 3, 2, 1][..]),
            ("liver", &[2, 1]),
            ("liver failure", &[1]),
            ("\"liver failure\"", &[1]),
            ("\"failure liver\"", &[]),
            ("fail", &[3, 1]),
            ("cond:cirrhosis", &[2, 1]),
            ("cond:\"Cirrhosis\"", &[1]),
            ("cond:cirr", &[2, 1]),
            ("cond:livr failr", &[1]),
            ("sponsor:sunyat", &[1]),
            ("sponsor:sun", &[1, 2]),
            ("title:\"liver failure\"", &[1]),
            ("title:liver-fail", &[1]),
            ("sjogren", &[4]),
            ("SJÖGREN", &[4]),
            ("asthma", &[]),
            ("phase:1", &[4, 1]),
            ("phase:1/2", &[1]),
            ("phase:early", &[2]),
            ("phase:none", &[3]),
            ("-phase:none", &[4, 2, 1]),
            ("status:recruiting", &[4, 3, 2]),
            ("status:not_yet_recruiting", &[1]),
            // What no study is stays nothing, however much another name resembles it.
            ("phase:2", &[1]),
            ("phase:3", &[]),
            ("status:active", &[]),
            ("type:observational", &[]),
            ("liver | kidney", &[3, 2, 1]),
            ("liver -cirrhosis", &[]),
            ("(liver | kidney) phase:none", &[3]),
            ("NCT00000003", &[3]),
            ("nct0000000", &[4, 3, 2, 1]),
            ("liver &", &[2, 1]),
            ("sort:title", &[4, 1, 2, 3]),
            ("sort:reverse-id", &[4, 3, 2, 1]),
            ("sort:status,reverse-id", &[4, 3, 2, 1]),
            ("sort:status,phase", &[2, 4, 3, 1]),
            ("sort:reverse-status,phase", &[1, 2, 4, 3]),
            ("liver | kidney sort:reverse-phase,title", &[1, 2, 3]),
        ] {
            assert_eq!(found(query), ids, "{query}");
        }
    }

    #[test]
    fn a_facet_counts_what_its_other_values_would_add() {
        let store = store();
        let results =
            answer(&store, &parse("phase:1 status:recruiting").unwrap(), &Cancel::default())
                .unwrap();
        let phase = &results.facets
            [Concept::facets().position(|concept| concept == Concept::Phase).unwrap()];
        let phases: Vec<_> = phase
            .first(&store, usize::MAX)
            .iter()
            .map(|&(value, count)| (store.vocabulary(Concept::Phase).label(value), count))
            .collect();
        assert_eq!(phases, [("Early Phase 1", 1), ("Phase 1", 1)]);
        assert_eq!(phase.not_stated, 1);
        let status = &results.facets
            [Concept::facets().position(|concept| concept == Concept::Status).unwrap()];
        assert_eq!(
            status.first(&store, 9).iter().map(|&(_, count)| count).collect::<Vec<_>>(),
            [1, 1]
        );
    }

    #[test]
    fn a_word_says_what_it_was_taken_for() {
        let store = store();
        let answered =
            |text: &str| answer(&store, &parse(text).unwrap(), &Cancel::default()).unwrap();
        let results = answered("sponsor:sunysen");
        let place = &results.taken[0].places[0];
        assert_eq!((place.concept, place.how), (Concept::Sponsor, How::Near));
        assert_eq!(place.examples, ["Sun Yat-sen University"]);
        for (typed, name, how) in [
            ("sponsor:sunyat", "sun yat", How::Spelling),
            ("kidney faliure", "failure", How::Near),
            ("livers", "liver", How::Spelling),
        ] {
            let added = answered(typed).added;
            let added: Vec<_> = added.iter().map(|it| (&*it.name, it.how)).collect();
            assert_eq!(added, [(name, how)], "{typed}");
        }
    }

    #[test]
    fn what_was_asked_before_changes_no_answer() {
        let (store, cancel, mut memory) = (store(), Cancel::default(), Memory::default());
        let asked = ["l", "li", "liver", "liver phase:1", "liver phase:1 | phase:2", "kidney", ""];
        for text in asked.iter().chain(asked.iter().rev()).chain(&["liver phase:1 sort:title"]) {
            let query = parse(text).unwrap();
            let next = answer_next(&store, &query, &cancel, &mut memory);
            assert_eq!(next, answer(&store, &query, &cancel), "{text}");
        }
    }

    #[test]
    fn a_cancelled_search_gives_no_answer() {
        let cancel = Cancel::default();
        cancel.cancel();
        assert!(answer(&store(), &Query::default(), &cancel).is_none());
        assert!(find(&store(), &Query::default(), &cancel).is_none());
    }
}
