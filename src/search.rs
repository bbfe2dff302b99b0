//! Searching: [`find`] and [`answer`] are pure functions of a store and a query.
//!
//! A word is compared with the distinct values of vocabularies, never with studies one by one. Each value leads to a
//! set of studies. Brackets, negations and facets combine these sets.

mod alias;
mod asked;
pub mod facet;
pub mod fuzzy;
mod matched;
mod matching;
mod memory;
mod parse;
mod phrase;
mod query;
mod rank;
pub mod related;
mod rows;
mod sort;
mod taken;

pub use facet::Counts;
pub use matched::How;
pub use matching::values;
pub use memory::Memory;
pub use parse::{QueryError, parse};
pub use query::{Ask, Choice, Expr, Query, Term};
pub use related::{Reason, Related, Unrelated, related, unrelated};
pub use rows::Rows;
pub use sort::{Direction, Sort, UnknownOrder};
pub use taken::{Taken, TakenPlace};

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use roaring::RoaringBitmap;

use crate::store::Store;
use crate::study::Concept;
use matched::Matched;

/// The studies that a query finds, in order.
#[derive(Clone, Debug, Default)]
pub struct Found {
    pub rows: Rows,
    /// What each wanted term was taken for.
    hits: Vec<(Term, Rc<Matched>)>,
}

impl Found {
    /// What each word was taken for; `store` must be the one that was searched.
    pub fn taken(&self, store: &Store) -> Vec<Taken> {
        self.hits.iter().map(|(term, hit)| Taken::new(store, term, hit)).collect()
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
    let mut matcher = Matcher { store, cancel, matched: &mut HashMap::new() };
    let (_, found) = matcher.find(query)?;
    // What was given up half-way is not the whole.
    (!cancel.is_cancelled()).then_some(found)
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
    memory.make_room();
    let Memory { matched, tally, chosen_from, .. } = memory;
    let mut matcher = Matcher { store, cancel, matched };
    let (studies, found) = matcher.find(query)?;
    let studies = Arc::new(studies);
    let mut facets = facet::count_all(store, &studies, tally);
    for (concept, counts) in Concept::facets().zip(&mut facets) {
        if !query.choices(concept).is_empty() {
            let wider = Arc::new(matcher.evaluate(&query.without(concept).expr, &mut |_, _| ())?);
            let tally = chosen_from.entry(concept).or_default();
            tally.count(store, &wider);
            *counts = facet::counts(store, concept, &wider, tally);
            counts.chosen = facet::chosen_by(store, concept, query, |term| matcher.matched(term));
        }
    }
    let (taken, rows) = (found.taken(store), found.rows);
    // What was given up half-way is not the whole.
    if cancel.is_cancelled() {
        return None;
    }
    let results = Results { rows, facets, taken };
    memory.remember(query, &results);
    Some(results)
}

/// Finds the studies of a query, each of its terms once however often it is asked.
struct Matcher<'a> {
    store: &'a Store,
    cancel: &'a Cancel,
    matched: &'a mut HashMap<Term, Option<Rc<Matched>>>,
}

impl Matcher<'_> {
    /// The studies that a query finds, as a set and in their order.
    fn find(&mut self, query: &Query) -> Option<(RoaringBitmap, Found)> {
        let mut hits = Vec::new();
        let studies = self.evaluate(&query.expr, &mut |term, matched| {
            hits.push((term.clone(), matched));
        })?;
        let rows = match (query.sort, &query.expr, &hits[..]) {
            (Some(sort), ..) => sort.rows(self.store, &studies),
            // The tiers of a lone term are the classes.
            (None, Expr::Term(_), [(_, hit)]) => {
                Rows::in_classes(hit.tiers.iter().map(|tier| tier.studies.clone()))
            }
            (None, ..) => {
                let tiers = hits.iter().map(|(_, hit)| &hit.tiers[..]);
                Rows::in_classes(rank::classes(&studies, tiers))
            }
        };
        Some((studies, Found { rows, hits }))
    }

    /// What a term was taken for; `None` when it asks nothing.
    fn matched(&mut self, term: &Term) -> Option<Rc<Matched>> {
        if let Some(matched) = self.matched.get(term) {
            return matched.clone();
        }
        let matched = matching::matched(self.store, term, self.cancel).map(Rc::new);
        // What was given up half-way is not the whole.
        if !self.cancel.is_cancelled() {
            self.matched.insert(term.clone(), matched.clone());
        }
        matched
    }

    /// The studies for which `expr` holds, `None` when cancelled; `hit` is told what each wanted term
    /// was taken for.
    fn evaluate(
        &mut self,
        expr: &Expr,
        hit: &mut dyn FnMut(&Term, Rc<Matched>),
    ) -> Option<RoaringBitmap> {
        if self.cancel.is_cancelled() {
            return None;
        }
        Some(match expr {
            Expr::Everything => self.everything(),
            Expr::Not(inner) => self.everything() - self.evaluate(inner, &mut |_, _| ())?,
            Expr::And(parts) => {
                let mut all: Option<RoaringBitmap> = None;
                for part in parts {
                    let found = self.evaluate(part, hit)?;
                    all = Some(match all {
                        Some(before) => before & found,
                        None => found,
                    });
                }
                all.unwrap_or_else(|| self.everything())
            }
            Expr::Or(parts) => {
                let mut any = RoaringBitmap::new();
                for part in parts {
                    any |= self.evaluate(part, hit)?;
                }
                any
            }
            Expr::Term(term) => match self.matched(term) {
                None => self.everything(),
                Some(matched) => {
                    let studies = matched.studies.clone();
                    hit(term, matched);
                    studies
                }
            },
        })
    }

    fn everything(&self) -> RoaringBitmap {
        let mut everything = RoaringBitmap::new();
        everything.insert_range(0..self.store.len() as u32);
        everything
    }
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
        let results =
            answer(&store, &parse("sponsor:sunyat").unwrap(), &Cancel::default()).unwrap();
        let place = &results.taken[0].places[0];
        assert_eq!((place.concept, place.how), (Concept::Sponsor, How::Near));
        assert_eq!(place.examples, ["Sun Yat-sen University"]);
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
