//! Words that are written wrong: what they were meant to be, and what that finds.

use std::collections::HashMap;
use std::rc::Rc;

use roaring::RoaringBitmap;

use super::found_by;
use crate::search::hits::{Added, Code, Doubt, Finding, Hits, Word};
use crate::search::matched::{How, Matched};
use crate::search::matcher::Matcher;
use crate::search::matching;
use crate::search::meant::{self, Addition, Meant, Slips, everyday};
use crate::search::query::{Ask, Term};
use crate::search::unit::Unit;
use crate::study::Concept;
use crate::text;

/// So many words may be one name.
const LONGEST_JOINED: usize = 3;

impl Matcher<'_> {
    /// Corrects words that nothing has, and rare ones that are another word beside their neighbours.
    pub(super) fn correct(&mut self, words: &mut [Word], units: &mut Vec<Unit>) -> Option<()> {
        let places: Vec<usize> = units
            .iter()
            .filter_map(|unit| match unit {
                Unit::Word(place) => Some(*place),
                Unit::Place(place) if place.may_be_slip() => Some(place.words.start),
                _ => None,
            })
            .collect();
        let mut found = HashMap::new();
        for &place in &places {
            let finding = self.as_it_stands(&words[place], false)?;
            let cognate = match &words[place].parts[..] {
                [part] => meant::cognate(part),
                _ => None,
            };
            words[place].right = match cognate {
                Some(english) => vec![english.to_owned()],
                None => self.corrected(&words[place], &finding)?,
            };
            found.insert(place, finding.studies);
        }
        for (at, &place) in places.iter().enumerate() {
            let [part] = &words[place].parts[..] else { continue };
            let is_mended = words[place].right != words[place].parts;
            if found[&place].is_empty() || is_mended || everyday::is_common(part) {
                continue;
            }
            let beside = |other: Option<&usize>| {
                let [right] = &words[*other?].right[..] else { return None };
                Some(right.as_str())
            };
            let before = beside(at.checked_sub(1).and_then(|at| places.get(at)));
            let neighbours = [before, beside(places.get(at + 1))];
            let mut slips = self.slips(words[place].term.concept);
            let right = slips.meant_beside(part, &found[&place], neighbours);
            if let Some(right) = right {
                words[place].right = vec![right];
            }
        }
        for unit in &mut *units {
            if let Unit::Place(place) = unit
                && let start = place.words.start
                && place.may_be_slip()
                && words[start].right != words[start].parts
                && !found[&start].is_empty()
            {
                *unit = Unit::Word(start);
            }
        }
        join(words, units, &found);
        Some(())
    }

    /// What words find that are the name of a sponsor with a slip.
    pub(super) fn joined(&self, words: &[Word], right: &str) -> Finding {
        let concept = words[0].term.concept;
        let parts: Vec<&str> = text::words(right).collect();
        let mut named = meant::words(self.store, concept, &parts, false);
        named.extend(meant::whole_name(self.store, concept, &parts));
        let all = named.iter().flat_map(|it| it.matched.matches.iter().cloned()).collect();
        let matched = Rc::new(Matched::taken_as(self.store, all, How::Near));
        let addition = Addition { how: How::Near, name: right.to_owned(), matched };
        found_added(&super::typed(words.iter()), addition)
    }

    /// The parts of a word that finds this, each that nothing has corrected if something comes near.
    fn corrected(&mut self, word: &Word, finding: &Finding) -> Option<Vec<String>> {
        let concept = word.term.concept;
        if !finding.studies.is_empty() {
            return Some(word.parts.clone());
        }
        let mut right = Vec::new();
        for part in &word.parts {
            let own = Term { concept, ask: Ask::Word(part.clone()) };
            let is_known = !self.literally(&own)?.studies.is_empty();
            let corrected = if is_known { None } else { self.slips(concept).corrected(part) };
            right.push(corrected.unwrap_or_else(|| part.clone()));
        }
        Some(right)
    }

    /// What a word that is found nowhere was meant to be: another word, else values that come near.
    pub(super) fn mended(&mut self, word: &Word, nothing: Finding) -> Option<Finding> {
        if word.right == word.parts {
            if word.parts.len() > 1 {
                return self.side_by_side(word, nothing);
            }
            let is_right = word.parts.iter().all(|part| meant::is_right(part));
            return if is_right { Some(nothing) } else { self.near(word, nothing) };
        }
        let mut mended = self.whole();
        for right in &word.right {
            let addition = self.stands_for(word.term.concept, right)?;
            mended = mended.and(found_added(&word.term.to_string(), addition));
        }
        mended.keep_brought();
        Some(mended)
    }

    /// What the parts of a word find that no trial has beside each other: `asthma/allergy`.
    fn side_by_side(&mut self, word: &Word, nothing: Finding) -> Option<Finding> {
        let concept = word.term.concept;
        let mut all = self.whole();
        for part in &word.parts {
            let term = Term { concept, ask: Ask::Word(part.clone()) };
            let parts = vec![part.clone()];
            let word = Word { term: &term, typed: part, right: parts.clone(), parts };
            all = all.and(self.as_it_stands(&word, true)?);
        }
        if all.studies.is_empty() {
            let is_right = word.parts.iter().all(|part| meant::is_right(part));
            return if is_right { Some(nothing) } else { self.near(word, nothing) };
        }
        let terms = word
            .parts
            .iter()
            .map(|part| Term { concept, ask: Ask::Word(part.clone()) }.to_string());
        let query = terms.collect::<Vec<_>>().join(" ");
        all.hits.codes.push(Code { typed: word.typed.to_owned(), query });
        Some(all)
    }

    /// A corrected word with everything that it stands for: its beginnings, its spellings, its names.
    pub(super) fn stands_for(&mut self, concept: Option<Concept>, right: &str) -> Option<Addition> {
        let term = Term { concept, ask: Ask::Word(right.to_owned()) };
        let parts = vec![right.to_owned()];
        let word = Word { term: &term, typed: right, right: parts.clone(), parts };
        let found = self.word(&word, false)?;
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
        let near = match self.recalled.nearest.get(word.term) {
            Some(known) => known.clone(),
            None => matching::matched(self.store, word.term, self.cancel).map(Rc::new),
        };
        if self.cancel.is_cancelled() {
            return None;
        }
        self.recalled.nearest.insert(word.term.clone(), near.clone());
        Some(near.map_or(nothing, |matched| found_by(word.term.clone(), matched)))
    }

    /// What looks for slips among the words of a field.
    fn slips(&mut self, concept: Option<Concept>) -> Slips<'_> {
        meant::slips(self.store, concept, &mut self.recalled.near, self.cancel)
    }

    /// Adds what is meant by words that a few records have by mistake.
    pub(super) fn mend_common_slips(&mut self, groups: &mut [(Vec<&Word>, Finding)]) -> Option<()> {
        for place in 0..groups.len() {
            let [word] = groups[place].0[..] else { continue };
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
            let meant = self.slips(concept).meant_by_many(part, &found, others.as_ref());
            match meant {
                Some(Meant::Surely(right)) => {
                    let addition = self.stands_for(concept, &right)?;
                    groups[place].1.add(&word.term.to_string(), &[addition]);
                }
                Some(Meant::Perhaps(right)) if !meant::is_right(part) => {
                    let typed = word.term.clone();
                    groups[place].1.hits.doubts.push(Doubt { typed, right });
                }
                _ => (),
            }
        }
        Some(())
    }
}

/// Words side by side that no trial has together and that are the name of a sponsor with a slip become one:
/// `astra zenica`.
fn join(words: &[Word], units: &mut Vec<Unit>, found: &HashMap<usize, RoaringBitmap>) {
    let place = |unit: &Unit| if let Unit::Word(place) = unit { Some(*place) } else { None };
    let mut at = 0;
    while at < units.len() {
        let longest = (2..=LONGEST_JOINED.min(units.len() - at)).rev();
        let joined = longest.into_iter().find_map(|count| {
            let places: Vec<usize> = units[at..at + count].iter().map_while(place).collect();
            let all = places.iter().filter_map(|place| found.get(place)).cloned();
            let all = all.reduce(|all, found| all & found);
            if places.len() < count || !all.is_some_and(|all| all.is_empty()) {
                return None;
            }
            let parts = places.iter().flat_map(|&place| words[place].parts.iter());
            let letters: String = parts.map(String::as_str).collect();
            let right = meant::near_sponsor(words[places[0]].term.concept, &letters)?;
            Some((count, Unit::Joined(places[0]..places[count - 1] + 1, right.to_owned())))
        });
        if let Some((count, unit)) = joined {
            units.splice(at..at + count, [unit]);
        }
        at += 1;
    }
}

/// What words find that is all added to them.
fn found_added(typed: &str, addition: Addition) -> Finding {
    let studies = addition.matched.studies.clone();
    let ranks = vec![Rc::clone(&addition.matched)];
    let additions = vec![Added { typed: typed.to_owned(), addition, brought: studies.clone() }];
    Finding { studies, hits: Hits { additions, ranks, ..Hits::default() } }
}

#[cfg(test)]
mod tests {
    use crate::search::{Cancel, How, Results, answer, parse};
    use crate::store::Store;
    use crate::study::made::made;

    fn store() -> Store {
        let frequent = (1..=40).map(|id| made(id).title("Blue Dysfunction of Breast Tissue"));
        let slips = (41..=42).map(|id| made(id).title("Blue Dysfuntion"));
        let house = (43..=45).map(|id| made(id).title("Tissue").sponsor("Brest Hospital"));
        let rare = [
            made(46).title("Quorum of Inulin"),
            made(47).title("QUO"),
            made(48).title("Green Tissue"),
        ];
        Store::of(frequent.chain(slips).chain(house).chain(rare))
    }

    fn asked(store: &Store, query: &str) -> Results {
        answer(store, &parse(query).unwrap(), &Cancel::default()).unwrap()
    }

    fn mended(results: &Results) -> Vec<(&str, &str, u64)> {
        let mended = results.added.iter().filter(|added| added.how == How::Near);
        mended.map(|it| (&*it.typed, &*it.name, it.studies)).collect()
    }

    #[test]
    fn a_slip_is_never_mended_to_a_slip() {
        let results = asked(&store(), "disfuntion");
        assert_eq!(mended(&results), [("disfuntion", "dysfunction", 40)]);
        assert_eq!(results.rows.len(), 40);
    }

    #[test]
    fn a_rare_word_is_mended_where_its_neighbour_shows_it() {
        let store = store();
        for (query, found, told) in [
            ("brest tissue", 43, &[("brest", "breast", 40)][..]),
            ("tissue brest", 3, &[]),
            ("brest", 3, &[]),
            ("brest hospital", 3, &[]),
        ] {
            let results = asked(&store, query);
            assert_eq!((results.rows.len(), &mended(&results)[..]), (found, told), "{query}");
        }
    }

    #[test]
    fn a_rare_word_that_may_be_right_is_asked_about() {
        let frequent = (1..=40).map(|id| made(id).title("Insulin of Mice"));
        let store =
            Store::of(frequent.chain([made(41).title("Inulin of Rats"), made(42).title("Rats")]));
        let results = asked(&store, "inulin");
        assert_eq!((results.rows.len(), results.added.len()), (1, 0));
        let told = |results: &Results| {
            let told =
                results.instead().iter().map(|it| (it.concept, it.query.clone(), it.studies));
            told.collect::<Vec<_>>()
        };
        assert_eq!(told(&results), [(None, "insulin".to_owned(), 40)]);
        assert_eq!(told(&asked(&store, "insulin")), []);
        // It would find nothing.
        assert_eq!(told(&asked(&store, "inulin rats")), []);
    }

    #[test]
    fn each_of_several_mended_words_is_told() {
        let store = store();
        let results = asked(&store, "disfuntion of breasst");
        assert_eq!(
            mended(&results),
            [("disfuntion", "dysfunction", 40), ("breasst", "breast", 40)]
        );
        assert_eq!(results.rows.len(), 40);
    }

    #[test]
    fn words_of_everyday_english_are_no_slips() {
        let store = Store::of([made(1).title("Science in Vitro Fatherland")]);
        for (word, found) in [("sciense", 1), ("since", 0), ("fatherlan", 1), ("thing", 0)] {
            assert_eq!(asked(&store, word).rows.len(), found, "{word}");
        }
    }

    #[test]
    fn a_possessive_is_written_with_and_without_its_sign_and_with_a_slip() {
        let crohn = (1..=3).map(|id| made(id).title("Cases of Crohn's Disease"));
        let store = Store::of(crohn.chain([made(4).title("Disease of Chronos")]));
        for typed in ["crohns disease", "crohn's disease", "chrons disease", "crohns", "chrons"] {
            assert_eq!(asked(&store, typed).rows.len(), 3, "{typed}");
        }
        let near = (1..=5).map(|id| made(id).title("Peyrone's Sheet"));
        let store = Store::of(near.chain([made(6).title("Peyronie's Disease")]));
        assert_eq!(asked(&store, "peyronies").rows.len(), 1);
    }

    #[test]
    fn capitals_are_an_abbreviation() {
        let store = store();
        assert_eq!(asked(&store, "quo").rows.len(), 2);
        let results = asked(&store, "QUO");
        assert_eq!(results.rows.len(), 1);
        assert_eq!((&*results.codes[0].typed, &*results.codes[0].term), ("QUO", "\"quo\""));
        // Nothing is so called, so it is the beginning of a word.
        assert_eq!(asked(&store, "INU").rows.len(), 1);
    }

    #[test]
    fn words_written_together_are_found_apart() {
        let results = asked(&store(), "green/tissue");
        assert_eq!(results.rows.len(), 1);
        let results = asked(&store(), "tissue/green");
        assert_eq!(results.rows.len(), 1);
        assert_eq!(results.codes[0].term, "tissue green");
    }

    #[test]
    fn a_house_is_found_whatever_kind_it_is_taken_for() {
        let results = asked(&store(), "brest university");
        assert_eq!(
            (results.rows.len(), &results.passed_over[..]),
            (3, &["university".to_owned()][..])
        );
        assert_eq!(asked(&store(), "university").rows.len(), 0);
    }
}
