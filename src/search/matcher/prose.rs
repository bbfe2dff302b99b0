//! What terms of prose find, with what is added to them, and what is known of it as long as not all was read.

use std::rc::Rc;
use std::time::Instant;

use roaring::RoaringBitmap;

use super::Matcher;
use crate::search::hits::{Added, Hits};
use crate::search::matched::{Found, How, Match, Matched};
use crate::search::meant::Addition;
use crate::search::prose::{Looked, Passages, ProseState};
use crate::search::query::{Ask, Term};
use crate::study::Concept;
use crate::study::prose::Parts;
use crate::text;

impl Matcher<'_> {
    /// How what was asked of prose could be answered so far.
    pub(in crate::search) fn prose_state(&self) -> ProseState {
        self.prose
    }

    /// The studies of which passages have what a term asks for.
    pub(super) fn passages(&mut self, term: &Term, hits: &mut Hits) -> Option<RoaringBitmap> {
        let (store, concept) = (self.store, term.concept?);
        let parts = concept.passages()?;
        let Some(prose) = store.prose() else {
            self.prose = ProseState::Awaited;
            return Some(RoaringBitmap::new());
        };
        if term.ask == Ask::NotStated {
            let silent = self.everything() - prose.stating(parts);
            return Some(self.told((term, concept), vec![(How::Value, silent)], hits));
        }
        let Some(asked) = Passages::new(prose, term, parts, self.reading) else {
            return Some(self.everything());
        };
        if let Some(found) = asked.word() {
            let own = vec![(How::Word, found.whole), (How::Beginning, found.begun)];
            return Some(self.with_spellings(
                (term, concept),
                own,
                (found.spelled, found.names),
                hits,
            ));
        }
        let mut proof = match self.recalled.proofs.remove(term) {
            Some(proof) => proof,
            None => asked.unproved(),
        };
        let patience = self.patience;
        let goes_on = || patience.is_none_or(|patience| Instant::now() < patience);
        let looked = asked.prove((store, &mut proof), self.within.as_ref(), &goes_on, self.cancel);
        let (literal, spelled) = (proof.literal.clone(), proof.spelled.clone());
        let names = proof.names.iter().cloned().collect();
        self.recalled.proofs.insert(term.clone(), proof);
        if self.cancel.is_cancelled() {
            return None;
        }
        self.look(looked);
        Some(self.with_spellings(
            (term, concept),
            vec![(How::Word, literal)],
            (spelled, names),
            hits,
        ))
    }

    /// Takes in how far reading has come.
    fn look(&mut self, looked: Looked) {
        self.prose = match self.prose {
            _ if looked.done >= looked.of => return,
            ProseState::Complete => ProseState::Partial(looked),
            ProseState::Partial(other) => ProseState::Partial(Looked {
                done: other.done + looked.done,
                of: other.of + looked.of,
            }),
            ProseState::Awaited => return,
        };
    }

    /// The studies that a term finds by itself and by other spellings, unless these are not meant.
    fn with_spellings(
        &mut self,
        (term, concept): (&Term, Concept),
        own: Vec<(How, RoaringBitmap)>,
        (mut spelled, mut names): (RoaringBitmap, Vec<String>),
        hits: &mut Hits,
    ) -> RoaringBitmap {
        let is_meant = |name: &String| !self.not_meant.contains(&text::fold(name));
        if !names.iter().any(is_meant) {
            spelled.clear();
            names.clear();
        }
        let mut studies = self.told((term, concept), own, hits);
        spelled -= &studies;
        if !spelled.is_empty() {
            let found = Found::Studies(spelled.clone());
            let found = Match { concept, how: How::Spelling, found };
            let matched = Rc::new(Matched::new(self.store, vec![found]));
            hits.ranks.push(Rc::clone(&matched));
            let addition = Addition { how: How::Spelling, name: names.join(", "), matched };
            let (typed, brought) = (term.to_string(), spelled.clone());
            hits.additions.push(Added { typed, addition, brought });
            studies |= spelled;
        }
        studies
    }

    /// The studies that a term finds by itself, which are told.
    fn told(
        &self,
        (term, concept): (&Term, Concept),
        own: Vec<(How, RoaringBitmap)>,
        hits: &mut Hits,
    ) -> RoaringBitmap {
        let own = own.into_iter().filter(|(_, studies)| !studies.is_empty());
        let found =
            own.map(|(how, studies)| Match { concept, how, found: Found::Studies(studies) });
        let matched = Rc::new(Matched::new(self.store, found.collect()));
        let studies = matched.studies.clone();
        hits.ranks.push(Rc::clone(&matched));
        hits.terms.push((term.clone(), matched));
        studies
    }

    /// The studies that state criteria, if `concept` asks for those of one side.
    pub(super) fn with_criteria(&self, concept: Concept) -> Option<RoaringBitmap> {
        let parts = Concept::Criteria.passages().filter(|_| concept.is_side_of_criteria());
        let stating = |parts: Parts| self.store.prose().map(|prose| prose.stating(parts));
        parts.and_then(stating)
    }
}
