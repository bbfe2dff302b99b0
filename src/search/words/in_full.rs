//! Abbreviations: what the long form of one finds, with the names that it has itself.

use std::rc::Rc;

use crate::search::hits::Word;
use crate::search::matched::{How, Matched};
use crate::search::matcher::Matcher;
use crate::search::meant::{self, Addition};
use crate::search::query::{Ask, Term};
use crate::study::Concept;
use crate::text;

impl Matcher<'_> {
    /// What the long form of an abbreviation finds: a word in any of its meanings, several words as a name. Nothing if it
    /// has none.
    pub(super) fn in_full(
        &mut self,
        concept: Option<Concept>,
        short: &str,
    ) -> Option<Vec<Addition>> {
        let Some(long) = meant::in_full(concept, short) else { return Some(Vec::new()) };
        let parts: Vec<String> = text::words(&long).map(str::to_owned).collect();
        let mut found: Vec<Rc<Matched>> = Vec::new();
        if parts.len() == 1 {
            let term = Term { concept, ask: Ask::Word(long.clone()) };
            let word = Word { term: &term, typed: &long, right: parts.clone(), parts };
            let hits = self.as_it_stands(&word, false)?.hits;
            found.extend(hits.terms.into_iter().map(|(_, matched)| matched));
            found.extend(hits.additions.into_iter().map(|added| added.addition.matched));
        } else {
            let own: Vec<&str> = parts.iter().map(String::as_str).collect();
            let whole = meant::whole_name(self.store, concept, &own);
            found.extend(whole.map(|whole| whole.matched));
            found.extend(self.named(concept, &parts).iter().map(|it| Rc::clone(&it.matched)));
        }
        let all = found.iter().flat_map(|it| it.matches.iter().cloned()).collect();
        let matched = Rc::new(Matched::taken_as(self.store, all, How::Name).behind());
        let addition = Addition { how: How::Name, name: long, matched };
        Some(meant::without(Rc::new([addition]), &self.not_meant).to_vec())
    }
}
