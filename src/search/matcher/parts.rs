//! Parts of a query that all have to hold, and what state nothing where one of them asks for a range.

use std::rc::Rc;

use roaring::RoaringBitmap;

use super::{MOST_MEANT, Matcher};
use crate::search::hits::Hits;
use crate::search::matched::{Found, How, Match, Matched};
use crate::search::matching;
use crate::search::prose;
use crate::search::query::{Ask, Expr, Term};
use crate::search::range::{self, Range};
use crate::search::unstated::{self, Stand, Unstated};
use crate::study::Concept;

/// What a part of a query finds that asks for a range; without a part, what all others find.
pub(super) struct Step<'q> {
    pub(super) part: Option<&'q Expr>,
    pub(super) studies: RoaringBitmap,
}

/// Adds what a part finds to the steps of a query.
fn add_step<'q>(steps: &mut Vec<Step<'q>>, part: &'q Expr, studies: RoaringBitmap) {
    let asks = !unstated::ranged(std::iter::once(part)).is_empty();
    match steps.iter_mut().find(|step| step.part.is_none()) {
        Some(rest) if !asks => rest.studies &= studies,
        _ => steps.push(Step { part: asks.then_some(part), studies }),
    }
}

impl Matcher<'_> {
    /// The studies for which all of `parts` hold.
    pub(super) fn all(&mut self, parts: &[Expr], hits: &mut Hits) -> Option<RoaringBitmap> {
        let steps = self.steps(parts, hits)?;
        Some(self.common(steps.into_iter().map(|step| step.studies)))
    }

    /// The studies that are in each of `sets`; everything if there are none.
    pub(super) fn common(&self, sets: impl Iterator<Item = RoaringBitmap>) -> RoaringBitmap {
        sets.reduce(|all, set| all & set).unwrap_or_else(|| self.everything())
    }

    /// What each part finds that asks for a range, and what all others find together. Words beside each other are read
    /// together.
    pub(super) fn steps<'q>(
        &mut self,
        parts: &'q [Expr],
        hits: &mut Hits,
    ) -> Option<Vec<Step<'q>>> {
        let mut steps: Vec<Step> = Vec::new();
        // Parts for which records are read come last, when it is known of how few.
        let mut last: Vec<&Expr> = Vec::new();
        let is_meant = parts.len() <= MOST_MEANT;
        let mut at = 0;
        while let Some(part) = parts.get(at) {
            if prose::reads_records(part) {
                last.push(part);
                at += 1;
                continue;
            }
            let mut run = if is_meant { self.run(&parts[at..]) } else { Vec::new() };
            at += run.len().max(1);
            let studies = match part {
                Expr::Term(_) if !run.is_empty() => {
                    let found = self.words(&mut run)?;
                    hits.extend(found.hits);
                    found.studies
                }
                Expr::Term(term) if term.is_of_prose() => self.passages(term, hits)?,
                Expr::Term(term) => {
                    let is_literal = !is_meant && !matches!(term.ask, Ask::Range(_));
                    let matched = if is_literal {
                        self.looked_up(term, matching::literal)
                    } else {
                        self.matched(term)
                    };
                    match matched {
                        None => self.everything(),
                        Some(matched) => {
                            let studies = matched.studies.clone();
                            hits.ranks.push(Rc::clone(&matched));
                            hits.terms.push((term.clone(), matched));
                            studies
                        }
                    }
                }
                Expr::Near(near) => self.near_site(near, parts, hits)?,
                other => self.evaluate(other, hits)?,
            };
            add_step(&mut steps, part, studies);
        }
        if !last.is_empty() {
            let rest = steps.iter().find(|step| step.part.is_none()).map(|step| &step.studies);
            let within = match (&self.within, rest) {
                (Some(within), Some(rest)) => Some(within & rest),
                (within, rest) => within.clone().or(rest.cloned()),
            };
            let outer = std::mem::replace(&mut self.within, within);
            let found = last.into_iter().map(|part| match part {
                Expr::Term(term) => Some((part, self.passages(term, hits)?)),
                other => Some((part, self.evaluate(other, hits)?)),
            });
            let found = found.collect::<Option<Vec<_>>>();
            self.within = outer;
            for (part, studies) in found? {
                add_step(&mut steps, part, studies);
            }
        }
        Some(steps)
    }

    /// The studies that lie in a range; looked for once.
    pub(super) fn within(&mut self, term: &Term, concept: Concept, range: &Range) -> Rc<Matched> {
        if let Some(Some(matched)) = self.recalled.matched.get(term) {
            return Rc::clone(matched);
        }
        let studies = range::within(self.store, concept, range, self.today);
        let is_something = !studies.is_empty();
        let found = Match { concept, how: How::Value, found: Found::Studies(studies) };
        let all = is_something.then_some(found).into_iter().collect();
        let matched = Rc::new(Matched::new(self.store, all));
        self.recalled.matched.insert(term.clone(), Some(Rc::clone(&matched)));
        matched
    }

    /// What state nothing of the ranges that the steps of a query ask for, which find `found` together.
    pub(super) fn unstated(
        &mut self,
        steps: &[Step],
        found: &RoaringBitmap,
    ) -> Option<Vec<Unstated>> {
        let mut unstated = Vec::new();
        for concept in unstated::ranged(steps.iter().filter_map(|step| step.part)) {
            if concept == Concept::AgeLimits {
                let studies = found.intersection_len(&range::open(self.store));
                unstated.push(Unstated { concept, studies, stand: Stand::Open });
                continue;
            }
            let mut sets = Vec::new();
            for step in steps {
                sets.push(match step.part {
                    Some(part) if unstated::asks(part, concept) => {
                        let part = unstated::with_unstated(part, concept);
                        self.evaluate(&part, &mut Hits::default())?
                    }
                    _ => step.studies.clone(),
                });
            }
            let wider = self.common(sets.into_iter());
            let (mut more, mut fewer) = (&wider - found, found - &wider);
            if let Some(unsplit) = self.with_criteria(concept) {
                more &= &unsplit;
                fewer &= unsplit;
            }
            let (more, fewer) = (more.len(), fewer.len());
            unstated.push(Unstated { concept, studies: more, stand: Stand::LeftOut });
            unstated.push(Unstated { concept, studies: fewer, stand: Stand::Found });
        }
        unstated.retain(|unstated| unstated.studies > 0);
        Some(unstated)
    }
}
