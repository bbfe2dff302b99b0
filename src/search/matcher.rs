//! Finds the studies of a query: algebra on the sets of its terms. Words that stand beside each other are read together,
//! since they may be one name.

use std::collections::HashMap;
use std::rc::Rc;

use roaring::RoaringBitmap;

use super::hits::{Added, Code, Finding, Hits, Word};
use super::matched::{How, Matched};
use super::meant::{self, Addition};
use super::query::{Ask, Expr, Query, Reading, Term};
use super::rows::Rows;
use super::{Cancel, code, matching, rank};
use crate::marks::Marks;
use crate::store::Store;
use crate::study::Concept;
use crate::text;

/// Additions by the field and the words that they were found for.
pub(super) type Known = HashMap<(Option<Concept>, Vec<String>), Rc<[Addition]>>;

/// Finds the studies of a query, each of its terms once however often it is asked.
pub(super) struct Matcher<'a> {
    pub(super) store: &'a Store,
    pub(super) cancel: &'a Cancel,
    pub(super) marks: &'a Marks,
    pub(super) reading: Reading,
    /// What is not added to words, folded.
    pub(super) not_meant: Vec<String>,
    pub(super) matched: &'a mut HashMap<Term, Option<Rc<Matched>>>,
    pub(super) known: &'a mut Known,
}

impl Matcher<'_> {
    /// The studies that a query finds, as a set and in their order.
    pub(super) fn find(&mut self, query: &Query) -> Option<(RoaringBitmap, Rows, Hits)> {
        let mut hits = Hits::default();
        let studies = self.evaluate(&query.expr, &mut hits)?;
        for added in &mut hits.additions {
            added.brought &= &studies;
        }
        hits.additions.retain(|added| !added.brought.is_empty());
        let rows = match (query.sort, &query.expr, &hits.terms[..], &hits.additions[..]) {
            (Some(sort), ..) => sort.rows(self.store, &studies),
            // The tiers of a lone term are the classes.
            (None, Expr::Term(_), [(_, hit)], []) => {
                Rows::in_classes(hit.tiers.iter().map(|tier| tier.studies.clone()))
            }
            (None, ..) => {
                let added = hits.additions.iter().map(|added| &*added.addition.matched);
                let hits = hits.terms.iter().map(|(_, hit)| &**hit).chain(added);
                Rows::in_classes(rank::classes(&studies, hits.map(|hit| &hit.tiers[..])))
            }
        };
        Some((studies, rows, hits))
    }

    /// What a term matches; `None` when it asks nothing.
    pub(super) fn matched(&mut self, term: &Term) -> Option<Rc<Matched>> {
        match self.reading {
            Reading::AsMeant => self.looked_up(term, matching::matched),
            Reading::AsTyped => self.looked_up(term, matching::literal),
        }
    }

    /// What `look_up` says of a term, found once.
    fn looked_up(
        &mut self,
        term: &Term,
        look_up: fn(&Store, &Term, &Cancel) -> Option<Matched>,
    ) -> Option<Rc<Matched>> {
        if let Some(matched) = self.matched.get(term) {
            return matched.clone();
        }
        let matched = look_up(self.store, term, self.cancel).map(Rc::new);
        // A cancelled match is partial; never cache it.
        if !self.cancel.is_cancelled() {
            self.matched.insert(term.clone(), matched.clone());
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
            Expr::Or(parts) => {
                let mut any = RoaringBitmap::new();
                for part in parts {
                    any |= self.evaluate(part, hits)?;
                }
                any
            }
            Expr::Term(_) => self.all(std::slice::from_ref(expr), hits)?,
            Expr::Marked(term) => term.studies(self.store, self.marks),
        })
    }

    fn everything(&self) -> RoaringBitmap {
        let mut everything = RoaringBitmap::new();
        everything.insert_range(0..self.store.len() as u32);
        everything
    }

    /// The studies for which all of `parts` hold.
    fn all(&mut self, parts: &[Expr], hits: &mut Hits) -> Option<RoaringBitmap> {
        let mut all: Option<RoaringBitmap> = None;
        let mut at = 0;
        while let Some(part) = parts.get(at) {
            let mut run = self.run(&parts[at..]);
            let found = match part {
                Expr::Term(_) if !run.is_empty() => {
                    at += run.len();
                    let found = self.words(&mut run)?;
                    hits.terms.extend(found.hits.terms);
                    hits.additions.extend(found.hits.additions);
                    hits.codes.extend(found.hits.codes);
                    found.studies
                }
                Expr::Term(term) => {
                    at += 1;
                    match self.matched(term) {
                        None => self.everything(),
                        Some(matched) => {
                            let studies = matched.studies.clone();
                            hits.terms.push((term.clone(), matched));
                            studies
                        }
                    }
                }
                other => {
                    at += 1;
                    self.evaluate(other, hits)?
                }
            };
            all = Some(all.map_or_else(|| found.clone(), |all| all & &found));
        }
        Some(all.unwrap_or_else(|| self.everything()))
    }

    /// The words of one field with which `parts` begin, if they are read as they are meant.
    fn run<'q>(&self, parts: &'q [Expr]) -> Vec<Word<'q>> {
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

    /// What words beside each other find: each of them in any of its meanings, and together the names that they are.
    fn words(&mut self, words: &mut [Word]) -> Option<Finding> {
        for word in &mut *words {
            word.right = self.corrected(word)?;
        }
        let is_empty = |word: &Word| word.parts.iter().all(|part| meant::is_empty(part));
        let meaningful: Vec<&Word> = words.iter().filter(|word| !is_empty(word)).collect();
        let words: Vec<&Word> =
            if meaningful.is_empty() { words.iter().collect() } else { meaningful };
        let mut groups = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let (count, finding) = self.group(&words[at..])?;
            groups.push((at..at + count, finding));
            at += count;
        }
        self.mend_common_slips(&words, &mut groups)?;
        let all = groups.into_iter().map(|(_, group)| group).reduce(Finding::and);
        let mut all = all.unwrap_or_else(|| self.whole());
        all.hits.divide(&all.studies - &all.literal);
        Some(all)
    }

    /// Everything, to begin with.
    fn whole(&self) -> Finding {
        Finding { studies: self.everything(), literal: self.everything(), hits: Hits::default() }
    }

    /// What the first of `words` find that belong together, and how many they are.
    fn group(&mut self, words: &[&Word]) -> Option<(usize, Finding)> {
        let concept = words[0].term.concept;
        if concept.is_none()
            && let Some((count, term)) = code::meant(words.iter().map(|word| word.typed))
            && let Some(matched) = self.matched(&term)
        {
            let typed: Vec<&str> = words[..count].iter().map(|word| word.typed).collect();
            let code = Code { typed: typed.join(" "), term: term.clone() };
            let mut found = found_by(term, matched);
            found.hits.codes.push(code);
            return Some((count, found));
        }
        let longest = words.len().min(meant::LONGEST_NAME);
        for count in (2..=longest).rev() {
            let words = &words[..count];
            let typed: Vec<String> =
                words.iter().flat_map(|word| word.parts.iter().cloned()).collect();
            let right: Vec<String> =
                words.iter().flat_map(|word| word.right.iter().cloned()).collect();
            let additions = self.named(concept, &typed);
            let is_typed_right = !additions.is_empty();
            let additions = if is_typed_right { additions } else { self.named(concept, &right) };
            if additions.is_empty() {
                continue;
            }
            let mut all = self.whole();
            for word in words {
                // A part of a name needs no other word in its place.
                let word = if is_typed_right { self.as_it_stands(word)? } else { self.word(word)? };
                all = all.and(word);
            }
            all.hits.terms.retain(|(_, matched)| !matched.studies.is_empty());
            let typed: Vec<&str> = words.iter().map(|word| word.typed).collect();
            all.add(&typed.join(" "), &additions);
            return Some((count, all));
        }
        Some((1, self.word(words[0])?))
    }

    /// What words beside each other add as one name.
    fn named(&mut self, concept: Option<Concept>, parts: &[String]) -> Rc<[Addition]> {
        self.additions(concept, parts, |store, parts| meant::words(store, concept, parts))
    }

    /// What a single word finds in any of its meanings.
    fn word(&mut self, word: &Word) -> Option<Finding> {
        let mut finding = self.as_it_stands(word)?;
        let found = finding.studies.clone();
        let learned = self.additions(word.term.concept, &learned_key(&word.parts), |store, _| {
            let parts: Vec<&str> = word.parts.iter().map(String::as_str).collect();
            meant::learned(store, word.term.concept, &parts, &found)
        });
        finding.add(&word.term.to_string(), &learned);
        if finding.studies.is_empty() {
            return self.mended(word, finding);
        }
        Some(finding)
    }

    /// What a word finds that is not written wrong: its letters, spellings and names of the table.
    fn as_it_stands(&mut self, word: &Word) -> Option<Finding> {
        if self.cancel.is_cancelled() {
            return None;
        }
        let concept = word.term.concept;
        let mut finding = self.literally(word.term)?;
        let additions = self.additions(concept, &word.parts, |store, parts| {
            let mut additions = meant::words(store, concept, parts);
            if let [part] = parts {
                additions.extend(meant::word(store, concept, part));
            } else {
                additions.extend(meant::beside_each_other(store, concept, parts));
            }
            additions
        });
        finding.add(&word.term.to_string(), &additions);
        Some(finding)
    }

    /// What a term finds to the letter.
    fn literally(&mut self, term: &Term) -> Option<Finding> {
        let matched = self.looked_up(term, matching::literal);
        if self.cancel.is_cancelled() {
            return None;
        }
        Some(matched.map_or_else(|| self.whole(), |matched| found_by(term.clone(), matched)))
    }

    /// The parts of a word, each that nothing has corrected if something comes near.
    fn corrected(&mut self, word: &Word) -> Option<Vec<String>> {
        let concept = word.term.concept;
        let finding = self.as_it_stands(word)?;
        if !finding.studies.is_empty() {
            return Some(word.parts.clone());
        }
        let mut right = Vec::new();
        for part in &word.parts {
            let own = Term { concept, ask: Ask::Word(part.clone()) };
            let is_known = !self.literally(&own)?.studies.is_empty();
            let slip = || meant::slip(self.store, concept, part, self.cancel);
            let corrected = if is_known { None } else { slip() };
            right.push(corrected.unwrap_or_else(|| part.clone()));
        }
        Some(right)
    }

    /// What a word that is found nowhere was meant to be: another word, else values that come near.
    fn mended(&mut self, word: &Word, nothing: Finding) -> Option<Finding> {
        if word.parts.iter().all(|part| meant::is_right(part)) {
            return Some(nothing);
        }
        if word.right == word.parts {
            return self.near(word, nothing);
        }
        let mut mended = Finding { literal: RoaringBitmap::new(), ..self.whole() };
        for right in &word.right {
            let stands_for = self.stands_for(word.term.concept, right)?;
            mended.studies &= &stands_for.matched.studies;
            mended.hits.additions.push(Added::new(&word.term.to_string(), stands_for));
        }
        Some(mended)
    }

    /// A corrected word with everything that it stands for: its beginnings, its spellings, its names.
    fn stands_for(&mut self, concept: Option<Concept>, right: &str) -> Option<Addition> {
        let term = Term { concept, ask: Ask::Word(right.to_owned()) };
        let parts = vec![right.to_owned()];
        let word = Word { term: &term, typed: right, right: parts.clone(), parts };
        let found = self.word(&word)?;
        let own = found.hits.terms.iter().map(|(_, matched)| matched);
        let added = found.hits.additions.iter().map(|added| &added.addition.matched);
        let all = own.chain(added).flat_map(|it| it.matches.iter().cloned());
        let matched = Matched::taken_as(self.store, all.collect(), How::Near);
        Some(Addition { how: How::Near, name: right.to_owned(), matched: Rc::new(matched) })
    }

    fn near(&mut self, word: &Word, nothing: Finding) -> Option<Finding> {
        // The letters of a short word stand in too many values.
        if word.term.concept.is_none() && word.typed.chars().count() < meant::SHORTEST_GUESSED {
            return Some(nothing);
        }
        let near = matching::matched(self.store, word.term, self.cancel);
        if self.cancel.is_cancelled() {
            return None;
        }
        Some(near.map_or(nothing, |matched| found_by(word.term.clone(), Rc::new(matched))))
    }

    /// Adds what is meant by words that a few records have by mistake.
    fn mend_common_slips(
        &mut self,
        words: &[&Word],
        groups: &mut [(std::ops::Range<usize>, Finding)],
    ) -> Option<()> {
        for place in 0..groups.len() {
            let [word] = &words[groups[place].0.clone()] else { continue };
            let [part] = &word.parts[..] else { continue };
            let concept = word.term.concept;
            let others = groups.iter().enumerate().filter(|&(other, _)| other != place);
            let others = others.map(|(_, (_, group))| group.studies.clone());
            let others = others.reduce(|all, other| all & other);
            let found = groups[place].1.studies.clone();
            if found.is_empty()
                || groups[place].1.hits.additions.iter().any(|it| it.addition.how == How::Near)
            {
                continue;
            }
            let evidence = (part.as_str(), &found);
            let meant =
                meant::common_slip(self.store, concept, evidence, others.as_ref(), self.cancel);
            if let Some(right) = meant {
                let addition = self.stands_for(concept, &right)?;
                groups[place].1.add(&word.term.to_string(), &[addition]);
            }
        }
        Some(())
    }

    /// The additions for words of a field, found once.
    fn additions(
        &mut self,
        concept: Option<Concept>,
        parts: &[String],
        find: impl FnOnce(&Store, &[&str]) -> Vec<Addition>,
    ) -> Rc<[Addition]> {
        let key = (concept, parts.to_vec());
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let found = || find(self.store, &parts).into();
        let additions = Rc::clone(self.known.entry(key).or_insert_with(found));
        meant::without(additions, &self.not_meant)
    }
}

/// Learned names are known under a key of their own.
fn learned_key(parts: &[String]) -> Vec<String> {
    std::iter::once(String::new()).chain(parts.iter().cloned()).collect()
}

/// What a term finds to the letter.
fn found_by(term: Term, matched: Rc<Matched>) -> Finding {
    let studies = matched.studies.clone();
    let hits = Hits { terms: vec![(term, matched)], ..Hits::default() };
    Finding { literal: studies.clone(), studies, hits }
}
