//! What a word or a phrase finds in the fields of an area.

use std::rc::Rc;

use roaring::RoaringBitmap;

use super::Matcher;
use crate::search::hits::Hits;
use crate::search::matched::Matched;
use crate::search::matching;
use crate::search::query::{AreaTerm, Ask, Expr, Reading, Term};

impl Matcher<'_> {
    /// The studies that have it in any field. A word is taken for another one only if no field has it.
    pub(super) fn in_area(&mut self, term: &AreaTerm, hits: &mut Hits) -> Option<RoaringBitmap> {
        if term.ask == Ask::NotStated {
            return self.evaluate(&term.expanded(), hits);
        }
        let fields = term.fields();
        let (mut found, mut own) = (RoaringBitmap::new(), Hits::default());
        for field in &fields {
            found |= self.in_field(field, &mut own)?;
        }
        if found.is_empty() && self.reading == Reading::AsMeant {
            for field in &fields {
                if !field.is_of_prose()
                    && let Some(matched) = matching::matched(self.store, field, self.cancel)
                {
                    let matched = Rc::new(matched);
                    found |= &matched.studies;
                    own.ranks.push(Rc::clone(&matched));
                    own.terms.push((field.clone(), matched));
                }
            }
        }
        // That a field does not have it says nothing, unless none has.
        own.terms.retain(|(_, matched)| !matched.studies.is_empty());
        if own.terms.is_empty() && found.is_empty() {
            let anywhere = Term { concept: None, ask: term.ask.clone() };
            own.terms.push((anywhere, Rc::new(Matched::new(self.store, Vec::new()))));
        }
        hits.extend(own);
        Some(found)
    }

    /// The studies that have it in one field, in any spelling and under any name.
    fn in_field(&mut self, field: &Term, hits: &mut Hits) -> Option<RoaringBitmap> {
        if field.is_of_prose() {
            return self.passages(field, hits);
        }
        let parts = [Expr::Term(field.clone())];
        if let [word] = &self.run(&parts)[..] {
            let found = self.as_it_stands(word, false)?;
            hits.extend(found.hits);
            return Some(found.studies);
        }
        let Some(matched) = self.looked_up(field, matching::literal) else {
            return Some(RoaringBitmap::new());
        };
        let studies = matched.studies.clone();
        hits.ranks.push(Rc::clone(&matched));
        hits.terms.push((field.clone(), matched));
        Some(studies)
    }
}
