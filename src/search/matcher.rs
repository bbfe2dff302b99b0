//! Finds the studies of a query: algebra on the sets of its terms. It does not know what words mean beside each other.

mod area;
mod parts;
mod prose;
mod site;

use std::collections::HashMap;
use std::rc::Rc;
use std::time::Instant;

use roaring::RoaringBitmap;

use super::hits::{Hits, Word};
use super::matched::Matched;
use super::meant::{self, Addition, NearWords};
use super::place::UnknownPlace;
use super::place::test::WithoutPoint;
use super::prose::{Proof, ProseState};
use super::query::{Ask, Expr, Query, Reading, Term};
use super::rows::Rows;
use super::{Cancel, matching, order};
use crate::marks::Marks;
use crate::store::Store;
use crate::study::Concept;
use crate::study::calendar::Day;
use crate::text;

/// What was looked up before.
#[derive(Debug, Default)]
pub(super) struct Recalled {
    /// What terms were taken for; `None` for one that asks nothing.
    pub(super) matched: HashMap<Term, Option<Rc<Matched>>>,
    /// What was found for words beside what they say to the letter.
    pub(super) known: Known,
    /// The words that are near to others.
    pub(super) near: NearWords,
    /// What comes near to terms that nothing has.
    pub(super) nearest: HashMap<Term, Option<Rc<Matched>>>,
    /// What is known of the candidates of phrases.
    pub(super) proofs: HashMap<Term, Proof>,
}

impl Recalled {
    /// Whether it is to be forgotten, since more is remembered than a query has that someone types.
    pub(super) fn is_full(&self) -> bool {
        let lengths = [self.matched.len(), self.nearest.len(), self.proofs.len()];
        lengths.into_iter().any(|length| length > TERMS) || self.near.len() > NEAR_WORDS
    }
}

/// So many terms are remembered.
const TERMS: usize = 16;

/// For so many words it is remembered which ones are near.
const NEAR_WORDS: usize = 64;

/// Additions by what they were found for.
pub(super) type Known = HashMap<Sought, Rc<[Addition]>>;

/// What additions are looked for: words of a field, as what.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Sought {
    pub(super) concept: Option<Concept>,
    pub(super) parts: Vec<String>,
    pub(super) role: Role,
}

/// As what words are looked up; each has other additions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Role {
    /// Several words that may be one name.
    Name,
    /// A word in its spellings alone.
    Spelled,
    /// One word as it stands, alone or beside others.
    Word { beside_others: bool },
    /// The same, by what the records teach of what it finds.
    Learned { beside_others: bool },
}

/// Of more words each is looked up as it stands, since guessing takes its time.
const MOST_MEANT: usize = 32;

/// Finds the studies of a query, each of its terms once however often it is asked.
pub(super) struct Matcher<'a> {
    pub(super) store: &'a Store,
    pub(super) cancel: &'a Cancel,
    pub(super) marks: &'a Marks,
    pub(super) reading: Reading,
    /// The day from which relative dates are counted.
    pub(super) today: Day,
    /// What is not added to words, folded.
    pub(super) not_meant: Vec<String>,
    pub(super) recalled: &'a mut Recalled,
    pub(super) without_point: WithoutPoint,
    /// A name that is asked for as a place and is none.
    pub(super) unknown_place: Option<UnknownPlace>,
    /// The studies that matter: of no others the records are read.
    within: Option<RoaringBitmap>,
    /// From here on no records are read.
    pub(super) patience: Option<Instant>,
    prose: ProseState,
}

impl<'a> Matcher<'a> {
    /// A matcher for `query`; what is recalled was looked up before, of the same reading and day.
    pub(super) fn new(
        store: &'a Store,
        marks: &'a Marks,
        query: &Query,
        cancel: &'a Cancel,
        recalled: &'a mut Recalled,
    ) -> Self {
        Self {
            store,
            cancel,
            marks,
            reading: query.reading,
            today: super::today(store, query),
            not_meant: query.not_meant().map(text::fold).collect(),
            recalled,
            without_point: WithoutPoint::default(),
            unknown_place: None,
            within: None,
            patience: None,
            prose: ProseState::default(),
        }
    }
}

impl Matcher<'_> {
    /// The studies that a query finds, as a set and in their order.
    pub(super) fn find(&mut self, query: &Query) -> Option<(RoaringBitmap, Rows, Hits)> {
        if self.cancel.is_cancelled() {
            return None;
        }
        let mut hits = Hits::default();
        let steps = self.steps(query.conjuncts(), &mut hits)?;
        let mut studies = self.common(steps.iter().map(|step| step.studies.clone()));
        // Whatever is loosened, the other parts hold.
        self.within = steps.iter().find(|step| step.part.is_none()).map(|it| it.studies.clone());
        hits.unstated = self.unstated(&steps, &studies)?;
        self.within = None;
        self.tell_of_places(&query.expr, &mut studies, &mut hits)?;
        // A word that is found only by what was added to it is found.
        let added: Vec<String> = hits.additions.iter().map(|added| added.typed.clone()).collect();
        hits.terms
            .retain(|(term, hit)| !hit.matches.is_empty() || !added.contains(&term.to_string()));
        for added in &mut hits.additions {
            added.brought &= &studies;
        }
        hits.additions.retain(|added| !added.brought.is_empty());
        let rows = order::rows((self.store, self.marks), query, &studies, &mut hits);
        Some((studies, rows, hits))
    }

    /// What a term matches; `None` when it asks nothing.
    pub(super) fn matched(&mut self, term: &Term) -> Option<Rc<Matched>> {
        if let Term { concept: Some(concept), ask: Ask::Range(range) } = term {
            return Some(self.within(term, *concept, range));
        }
        match self.reading {
            Reading::AsMeant => self.looked_up(term, matching::matched),
            Reading::AsTyped => self.looked_up(term, matching::literal),
        }
    }

    /// What `look_up` says of a term, found once.
    pub(super) fn looked_up(
        &mut self,
        term: &Term,
        look_up: fn(&Store, &Term, &Cancel) -> Option<Matched>,
    ) -> Option<Rc<Matched>> {
        if let Some(matched) = self.recalled.matched.get(term) {
            return matched.clone();
        }
        let matched = look_up(self.store, term, self.cancel).map(Rc::new);
        // A cancelled match is partial; never cache it.
        if !self.cancel.is_cancelled() {
            self.recalled.matched.insert(term.clone(), matched.clone());
        }
        matched
    }

    /// The studies for which `expr` holds, `None` when cancelled. What wanted terms matched is added to `hits`.
    pub(super) fn evaluate(&mut self, expr: &Expr, hits: &mut Hits) -> Option<RoaringBitmap> {
        if self.cancel.is_cancelled() {
            return None;
        }
        Some(match expr {
            Expr::Everything | Expr::NotMeant(_) => self.everything(),
            Expr::Not(inner) => self.everything() - self.evaluate(inner, &mut Hits::default())?,
            Expr::And(parts) => self.all(parts, hits)?,
            Expr::Or(parts) => self.any(parts, hits)?,
            Expr::Term(_) | Expr::Near(_) => self.all(std::slice::from_ref(expr), hits)?,
            Expr::Area(term) => self.in_area(term, hits)?,
            Expr::Site(inner) => self.one_site(inner, hits)?,
            Expr::Marked(term) => term.studies(self.store, self.marks),
        })
    }

    /// The studies for which one of `parts` holds.
    fn any(&mut self, parts: &[Expr], hits: &mut Hits) -> Option<RoaringBitmap> {
        let (mut any, mut to_the_letter) = (RoaringBitmap::new(), RoaringBitmap::new());
        let mut all = Hits::default();
        for part in parts {
            let mut own = Hits::default();
            let mut found = self.evaluate(part, &mut own)?;
            any |= &found;
            hits.near.nearby.append(&mut own.near.nearby);
            own.additions.iter().for_each(|added| found -= &added.brought);
            to_the_letter |= found;
            all.extend(own);
        }
        // What another part finds to the letter was not brought by what was added to this one.
        all.additions.iter_mut().for_each(|added| added.brought -= &to_the_letter);
        hits.extend(all);
        Some(any)
    }

    pub(super) fn everything(&self) -> RoaringBitmap {
        let mut everything = RoaringBitmap::new();
        everything.insert_range(0..self.store.len() as u32);
        everything
    }

    /// The words of one field with which `parts` begin, if they are read as they are meant.
    pub(super) fn run<'q>(&self, parts: &'q [Expr]) -> Vec<Word<'q>> {
        let mut run: Vec<Word> = Vec::new();
        for part in parts {
            let Expr::Term(term @ Term { concept, ask: Ask::Word(typed) }) = part else { break };
            let is_same = run.first().is_none_or(|first| first.term.concept == *concept);
            if self.reading == Reading::AsTyped || !is_same || !meant::has_meanings(*concept) {
                break;
            }
            let folded = text::fold(typed);
            let parts: Vec<String> = text::words(&folded).map(str::to_owned).collect();
            // Nobody means another word by one that is so long.
            if parts.is_empty() || folded.len() > meant::LONGEST_WORD {
                break;
            }
            run.push(Word { term, typed, parts, right: Vec::new() });
        }
        run
    }
}
