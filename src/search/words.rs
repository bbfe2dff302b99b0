//! What words beside each other find: each of them in any of its meanings, and together the names that they are.

mod in_full;
mod mended;

use std::rc::Rc;

use roaring::RoaringBitmap;

use super::hits::{Code, Finding, Hits, Word};
use super::matched::{How, Matched, Tier};
use super::matcher::{Matcher, Role, Sought};
use super::matching::literal;
use super::meant::{self, Addition, everyday};
use super::parse;
use super::query::{Ask, Term};
use super::unit::{Place, Unit, units};
use crate::store::Store;
use crate::study::Concept;

/// What the words of a name say that stand apart from each other.
const APART: u32 = 16;

/// Words that are one name.
struct Name<'n, 'q> {
    words: &'n [&'n Word<'q>],
    /// The words, mended if only so they are a name.
    parts: Vec<String>,
    is_typed_right: bool,
}

impl Matcher<'_> {
    /// What words beside each other find: each of them in any of its meanings, and together the names that they are.
    pub(super) fn words(&mut self, words: &mut [Word]) -> Option<Finding> {
        let mut units = units(self.store, words);
        let asked = units.iter().filter(|unit| !matches!(unit, Unit::PassedOver(_)));
        let beside_others = asked.count() > 1;
        self.correct(words, &mut units)?;
        let words = &*words;
        let mut all: Option<Finding> = None;
        let mut passed_over = Vec::new();
        let mut groups: Vec<(Vec<&Word>, Finding)> = Vec::new();
        let mut at = 0;
        while at < units.len() {
            let finding = match &units[at] {
                Unit::Query(places, query) => {
                    at += 1;
                    self.query(&words[places.clone()], query)?
                }
                Unit::Either(places, query) => {
                    at += 1;
                    self.either(&words[places.clone()], query)?
                }
                Unit::Place(place) => {
                    at += 1;
                    self.place(&words[place.words.clone()], place)?
                }
                Unit::House(places) => {
                    at += 1;
                    self.house(&words[places.clone()])?
                }
                Unit::Joined(places, right) => {
                    at += 1;
                    self.joined(&words[places.clone()], right)
                }
                Unit::PassedOver(place) => {
                    passed_over.push(words[*place].typed.to_owned());
                    at += 1;
                    continue;
                }
                Unit::Word(_) => {
                    let following = units[at..].iter().map_while(|unit| match unit {
                        Unit::Word(place) => Some(&words[*place]),
                        _ => None,
                    });
                    let following: Vec<&Word> = following.collect();
                    let (count, finding) = self.group(&following, beside_others)?;
                    groups.push((following[..count].to_vec(), finding));
                    at += count;
                    continue;
                }
            };
            all = Some(all.map_or(finding.clone(), |all| all.and(finding)));
        }
        self.mend_common_slips(&mut groups)?;
        // A house is called by its name, whatever kind of house people take it for; and of everyday English a record
        // may have other words.
        for says_little in [everyday::is_of_house, everyday::says_little] {
            let is_idle = |(words, _): &(Vec<&Word>, Finding)| {
                words.iter().all(|word| word.parts.iter().all(|part| says_little(part)))
            };
            let of_rest = || groups.iter().filter(|group| !is_idle(group)).map(|(_, group)| group);
            let is_more = all.is_some() || of_rest().next().is_some();
            let rest = all.iter().chain(of_rest()).map(|it| it.studies.clone());
            let rest = rest.reduce(|all, found| all & found);
            let found = all.iter().chain(groups.iter().map(|(_, group)| group));
            let found = found.map(|it| it.studies.clone()).reduce(|all, found| all & found);
            let is_nothing = |found: Option<RoaringBitmap>| found.is_some_and(|it| it.is_empty());
            if is_more && is_nothing(found) && !is_nothing(rest) {
                for (words, _) in groups.extract_if(.., |group| is_idle(group)) {
                    passed_over.extend(words.iter().map(|word| word.typed.to_owned()));
                }
            }
        }
        let groups = groups.into_iter().map(|(_, group)| group);
        let all = all.into_iter().chain(groups).reduce(Finding::and);
        let mut all = all.unwrap_or_else(|| self.whole());
        all.hits.passed_over = passed_over;
        Some(all)
    }

    /// Everything, to begin with.
    fn whole(&self) -> Finding {
        Finding { studies: self.everything(), hits: Hits::default() }
    }

    /// What words find that are read as a query.
    fn query(&mut self, words: &[Word], query: &str) -> Option<Finding> {
        let mut finding = self.either(words, query)?;
        // A code ranks nothing.
        finding.hits.ranks.clear();
        Some(finding)
    }

    /// What words find of which any will do, which is a query.
    fn either(&mut self, words: &[Word], query: &str) -> Option<Finding> {
        let mut hits = Hits::default();
        let expr = parse(query).map(|query| query.expr).unwrap_or_default();
        let studies = self.evaluate(&expr, &mut hits)?;
        // What was typed in another language need not be there.
        hits.terms
            .retain(|(term, hit)| !matches!(term.ask, Ask::Quoted(_)) || !hit.studies.is_empty());
        hits.codes.insert(0, Code { typed: typed(words.iter()), query: query.to_owned() });
        Some(Finding { studies, hits })
    }

    /// What the name of a place finds: its words, and the trials that take place there.
    fn place(&mut self, words: &[Word], place: &Place) -> Option<Finding> {
        let mut all = self.whole();
        for word in words {
            all = all.and(self.literally(word.term)?);
        }
        all.hits.terms.retain(|(_, matched)| !matched.studies.is_empty());
        let mut additions = Vec::new();
        if let Some(region) = &place.region {
            // So many countries are not worth remembering.
            let found = place.terms.iter().filter_map(|it| literal(self.store, it, self.cancel));
            let found = found.flat_map(|it| it.matches).collect();
            let matched = Rc::new(Matched::new(self.store, found));
            additions.push(Addition { how: How::Name, name: region.clone(), matched });
        } else {
            for term in &place.terms {
                let matched = self.looked_up(term, literal);
                let addition =
                    |matched| Addition { how: How::Name, name: term.to_string(), matched };
                additions.extend(matched.map(addition));
            }
        }
        all.add(&typed(words.iter()), &meant::without(additions.into(), &self.not_meant));
        Some(all)
    }

    /// What the name of a house finds that a place is a part of: a name needs no other words in the place of its own.
    fn house(&mut self, words: &[Word]) -> Option<Finding> {
        let mut all = self.whole();
        let says_something = |word: &&Word| !word.parts.iter().all(|it| everyday::is_empty(it));
        for word in words.iter().filter(says_something) {
            let mut own = self.literally(word.term)?;
            let role = Role::Spelled;
            let spellings = self.additions(None, &word.parts, role, |store, parts| match parts {
                [part] => meant::word(store, None, part),
                _ => meant::beside_each_other(store, None, parts).into_iter().collect(),
            });
            own.add(&word.term.to_string(), &spellings);
            all = all.and(own);
        }
        all.hits.terms.retain(|(_, matched)| !matched.studies.is_empty());
        let parts: Vec<String> = words.iter().flat_map(|word| word.parts.clone()).collect();
        let named = self.named(None, &parts);
        all.add(&typed(words.iter()), &named);
        Some(all)
    }

    /// What the first of `words` find that belong together, and how many they are.
    fn group(&mut self, words: &[&Word], beside_others: bool) -> Option<(usize, Finding)> {
        let concept = words[0].term.concept;
        let longest = words.len().min(meant::LONGEST_NAME);
        for count in (2..=longest).rev() {
            let words = &words[..count];
            let typed: Vec<String> =
                words.iter().flat_map(|word| word.parts.iter().cloned()).collect();
            let right: Vec<String> =
                words.iter().flat_map(|word| word.right.iter().cloned()).collect();
            // `cancer of the lung` is lung cancer.
            let mut turned = right.clone();
            turned.rotate_left(1);
            let orders = [typed, right, turned].into_iter().enumerate();
            let named = orders.map(|(place, parts)| (place, self.named(concept, &parts), parts));
            let Some((place, additions, parts)) =
                named.into_iter().find(|(_, additions, _)| !additions.is_empty())
            else {
                continue;
            };
            let is_typed_right = place == 0 || words.iter().all(|word| word.right == word.parts);
            let name = Name { words, parts, is_typed_right };
            return Some((count, self.name(&name, &additions)?));
        }
        Some((1, self.word(words[0], beside_others)?))
    }

    /// What several words find that are one name, which has `additions`.
    fn name(&mut self, name: &Name, additions: &[Addition]) -> Option<Finding> {
        let (words, concept) = (name.words, name.words[0].term.concept);
        let parts: Vec<&str> = name.parts.iter().map(String::as_str).collect();
        let typed = typed(words.iter().copied());
        let is_house = parts.iter().any(|part| everyday::is_of_house(part));
        let is_short = name.is_typed_right && parts.iter().any(|part| meant::is_short(part));
        let mut all = self.whole();
        if is_short && concept.is_none() {
            // Too much begins with the parts of `hep b`.
            let term = Term { concept, ask: Ask::Quoted(parts.join(" ")) };
            all = self.literally(&term)?;
            all.hits.codes.push(Code { typed: typed.clone(), query: term.to_string() });
        } else {
            for word in words {
                // A part of a name needs no other word in its place, and one of a house's name no other at all.
                let word = if is_house && name.is_typed_right {
                    self.literally(word.term)?
                } else if name.is_typed_right {
                    self.as_it_stands(word, true)?
                } else {
                    self.word(word, true)?
                };
                all = all.and(word);
            }
        }
        all.hits.terms.retain(|(_, matched)| !matched.studies.is_empty());
        let whole = meant::whole_name(self.store, concept, &parts);
        let whole_studies = whole.as_ref().map(|it| it.matched.studies.clone()).unwrap_or_default();
        if let Some((other, studies)) = meant::other_names(self.store, concept, &parts) {
            let others = studies - &whole_studies;
            if !all.studies.is_disjoint(&others) {
                all.studies -= &others;
                let query = format!("{typed} -\"{other}\"");
                all.hits.codes.push(Code { typed: typed.clone(), query });
            }
        }
        if is_short {
            let own = meant::own_name(self.store, concept, &parts).into();
            all.add(&typed, &meant::without(own, &self.not_meant));
        }
        all.add(&typed, additions);
        // The whole name ranks before its other names, these before words that stand apart.
        let matches = whole.iter().chain(additions).flat_map(|it| it.matched.matches.clone());
        let mut ranked = Matched::new(self.store, matches.collect());
        let apart = &all.studies - &ranked.studies;
        ranked.tiers.push(Tier { weight: APART, studies: apart });
        all.hits.ranks = vec![Rc::new(ranked)];
        Some(all)
    }

    /// What words beside each other add as one name.
    fn named(&mut self, concept: Option<Concept>, parts: &[String]) -> Rc<[Addition]> {
        self.additions(concept, parts, Role::Name, |store, parts| {
            meant::words(store, concept, parts, false)
        })
    }

    /// What a single word finds in any of its meanings.
    fn word(&mut self, word: &Word, beside_others: bool) -> Option<Finding> {
        let mut finding = self.as_it_stands(word, beside_others)?;
        let found = finding.studies.clone();
        let role = Role::Learned { beside_others };
        let learned = self.additions(word.term.concept, &word.parts, role, |store, parts| {
            meant::learned(store, word.term.concept, parts, &found)
        });
        finding.add(&word.term.to_string(), &learned);
        if let [part] = &word.parts[..] {
            let in_full = self.in_full(word.term.concept, part)?;
            finding.add(&word.term.to_string(), &in_full);
        }
        if finding.studies.is_empty() {
            return self.mended(word, finding);
        }
        if word.right != word.parts {
            for right in &word.right {
                let stands_for = self.stands_for(word.term.concept, right)?;
                finding.add(&word.term.to_string(), &[stands_for]);
            }
        }
        Some(finding)
    }

    /// What a word finds that is not written wrong: its letters, spellings and names of the table.
    pub(super) fn as_it_stands(&mut self, word: &Word, beside_others: bool) -> Option<Finding> {
        if self.cancel.is_cancelled() {
            return None;
        }
        let concept = word.term.concept;
        let mut finding = self.literally(word.term)?;
        if let ([part], None) = (&word.parts[..], concept)
            && (meant::is_short_name(part) || meant::is_abbreviation(word.typed))
            && !word.typed.ends_with('*')
        {
            let term = Term { concept, ask: Ask::Quoted(part.clone()) };
            let whole = self.literally(&term)?;
            let is_there = !whole.studies.is_empty() || meant::is_short_name(part);
            if is_there && whole.studies != finding.studies {
                let query = term.to_string();
                finding = whole;
                finding.hits.codes.push(Code { typed: word.typed.to_owned(), query });
            }
        }
        let role = Role::Word { beside_others };
        let additions = self.additions(concept, &word.parts, role, |store, parts| {
            let mut additions = meant::words(store, concept, parts, beside_others);
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
        let matched = self.looked_up(term, literal);
        if self.cancel.is_cancelled() {
            return None;
        }
        Some(matched.map_or_else(|| self.whole(), |matched| found_by(term.clone(), matched)))
    }

    /// The additions for words of a field, found once.
    fn additions(
        &mut self,
        concept: Option<Concept>,
        parts: &[String],
        role: Role,
        find: impl FnOnce(&Store, &[&str]) -> Vec<Addition>,
    ) -> Rc<[Addition]> {
        let sought = Sought { concept, parts: parts.to_vec(), role };
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let found = || find(self.store, &parts).into();
        let additions = Rc::clone(self.recalled.known.entry(sought).or_insert_with(found));
        meant::without(additions, &self.not_meant)
    }
}

/// Words as they were typed.
fn typed<'w, 'q: 'w>(words: impl Iterator<Item = &'w Word<'q>>) -> String {
    words.map(|word| word.typed).collect::<Vec<_>>().join(" ")
}

/// What a term finds to the letter.
fn found_by(term: Term, matched: Rc<Matched>) -> Finding {
    let studies = matched.studies.clone();
    let ranks = vec![Rc::clone(&matched)];
    let hits = Hits { terms: vec![(term, matched)], ranks, ..Hits::default() };
    Finding { studies, hits }
}
