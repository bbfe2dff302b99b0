//! Why a query finds a study: which clause of it matched which value of which field, and in what way. And what of a text
//! a query found, so that it can be highlighted.

use std::collections::HashMap;
use std::ops::Range;

use super::Cancel;
use super::hits::Hits;
use super::matched::{Found, How, Match};
use super::matcher::Matcher;
use super::query::{Ask, Query, Term};
use crate::marks::Marks;
use crate::store::{Store, StudyIdx, ValueIdx};
use crate::study::Concept;
use crate::study::concept::Kind;
use crate::text;

/// One value of a study that a clause of the query matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// The clause, as it was typed.
    pub typed: String,
    /// What was looked for: the clause itself, or what was added to it.
    pub name: String,
    pub how: How,
    pub concept: Concept,
    /// The value as the record has it; of a title the text. Empty if the study states nothing, and that was asked.
    pub value: String,
    /// What of the value matched, in bytes.
    pub marks: Vec<Range<usize>>,
}

/// Words that are highlighted where a text has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The field that was asked; `None` for all that a bare word reaches.
    pub concept: Option<Concept>,
    /// Folded, side by side.
    words: Vec<String>,
    fits: Fits,
}

/// Which words of a text are those of a [`Mark`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fits {
    Same,
    /// The last word may go on.
    Beginning,
    /// Another spelling will do.
    Spelling,
}

/// Why `query` finds `study`, best first in the order of its clauses; nothing if it does not find it.
pub fn explain(store: &Store, query: &Query, study: StudyIdx) -> Vec<Why> {
    let (matched, known) = (&mut HashMap::new(), &mut HashMap::new());
    let cancel = &Cancel::default();
    let (reading, today) = (query.reading, super::today(store, query));
    let not_meant = query.not_meant().map(text::fold).collect();
    // Words explain; what is marked stands on the row.
    let marks = &Marks::default();
    let query = &Query { expr: query.expr.without_marks(), ..query.clone() };
    let (pointless, unknown_place) = Default::default();
    let mut finder = Matcher {
        store,
        cancel,
        marks,
        reading,
        today,
        not_meant,
        matched,
        known,
        pointless,
        unknown_place,
    };
    match finder.find(query) {
        Some((studies, _, hits)) if studies.contains(study.0) => reasons(store, &hits, study),
        _ => Vec::new(),
    }
}

fn reasons(store: &Store, hits: &Hits, study: StudyIdx) -> Vec<Why> {
    let mut all: Vec<Why> = Vec::new();
    let own = hits.terms.iter().map(|(term, matched)| {
        let typed = hits.codes.iter().find(|code| code.query == term.to_string());
        let name = term.to_string();
        (typed.map_or_else(|| name.clone(), |code| code.typed.clone()), name, matched, mark(term))
    });
    let own = own.map(|(typed, name, matched, mark)| (typed, name, matched, vec![mark]));
    let added = hits.additions.iter().map(|added| {
        let addition = &added.addition;
        let marks = marks_of(&addition.name, addition.how);
        (added.typed.clone(), addition.name.clone(), &addition.matched, marks)
    });
    for (typed, name, matched, marks) in own.chain(added) {
        let mut found: Vec<Why> = Vec::new();
        for matches in &matched.matches {
            for value in values(store, matches, study) {
                let marks = marked(&value, matches.concept, &marks);
                let is_known = |why: &Why| why.concept == matches.concept && why.value == value;
                if !found.iter().any(is_known) {
                    let (typed, name) = (typed.clone(), name.clone());
                    let concept = matches.concept;
                    let is_text = matches!(concept.definition().kind, Kind::Words(_));
                    // A title is never a whole value.
                    let how = if is_text { matches.how.max(How::Word) } else { matches.how };
                    found.push(Why { typed, name, how, concept, value, marks });
                }
            }
        }
        found.sort_by_key(|why| why.how);
        for why in found {
            // What the clause finds to the letter needs no second reason.
            let is_told = |told: &Why| {
                (&told.typed, told.concept, &told.value) == (&why.typed, why.concept, &why.value)
            };
            if !all.iter().any(is_told) {
                all.push(why);
            }
        }
    }
    all
}

/// The values of `study` that are among what was found; of titles those that have the words.
fn values(store: &Store, found: &Match, study: StudyIdx) -> Vec<String> {
    let vocabulary = store.vocabulary(found.concept);
    let label = |value: ValueIdx| vocabulary.label(value).to_owned();
    if matches!(found.concept.definition().kind, Kind::Words(_)) {
        let fits = |word: &str| match &found.found {
            Found::WithWords(words, _) => {
                vocabulary.find_word(word).is_some_and(|word| words.contains(&(word as usize)))
            }
            // Each word of a title is a value.
            Found::Values(values) => {
                vocabulary.exactly(word).is_some_and(|value| values.contains(&value))
            }
            Found::Studies(studies) => studies.contains(study.0),
        };
        let has = |title: &&str| text::words(&text::fold(title)).any(fits);
        let titles = [store.brief_title(study), store.official_title(study)].into_iter();
        return titles.filter(has).map(str::to_owned).collect();
    }
    match &found.found {
        Found::Values(values) => {
            vocabulary.values(study).filter(|value| values.contains(value)).map(label).collect()
        }
        Found::WithWords(words, but) => {
            let has = |value: &ValueIdx| {
                let mut own = vocabulary.words_of(*value).iter();
                Some(*value) != *but && own.any(|&word| words.contains(&(word as usize)))
            };
            vocabulary.values(study).filter(has).map(label).collect()
        }
        Found::Studies(studies) if studies.contains(study.0) => {
            vec![store.stated(study, found.concept).in_words().unwrap_or_default()]
        }
        Found::Studies(_) => Vec::new(),
    }
}

/// What is highlighted of what was found.
pub(super) fn marks(hits: &Hits) -> Vec<Mark> {
    let own = hits.terms.iter().filter(|(_, matched)| !matched.matches.is_empty());
    let own = own.map(|(term, _)| mark(term));
    let added = hits.additions.iter().flat_map(|it| marks_of(&it.addition.name, it.addition.how));
    own.chain(added).filter(|mark| !mark.words.is_empty()).collect()
}

fn mark(term: &Term) -> Mark {
    let (asked, fits) = match &term.ask {
        Ask::Word(word) => (word.as_str(), Fits::Beginning),
        Ask::Quoted(quoted) => (quoted.as_str(), Fits::Same),
        Ask::NotStated | Ask::Range(_) => ("", Fits::Same),
    };
    Mark { concept: term.concept, words: words(asked), fits }
}

/// An addition may be several spellings, with commas between them.
fn marks_of(name: &str, how: How) -> Vec<Mark> {
    let fits = if how == How::Near { Fits::Beginning } else { Fits::Spelling };
    name.split(", ").map(|name| Mark { concept: None, words: words(name), fits }).collect()
}

fn words(text: &str) -> Vec<String> {
    text::words(&text::fold(text)).map(str::to_owned).collect()
}

/// The places in a text of `concept` that `marks` highlight, in bytes, from left to right and apart from each other.
pub fn marked(text: &str, concept: Concept, marks: &[Mark]) -> Vec<Range<usize>> {
    let words: Vec<(Range<usize>, String)> =
        text::word_places(text).map(|(place, word)| (place, text::fold(word))).collect();
    let mut places: Vec<Range<usize>> = Vec::new();
    for mark in marks.iter().filter(|mark| mark.concept.is_none_or(|asked| asked == concept)) {
        let windows = words.windows(mark.words.len().max(1));
        let fitting = windows.filter(|window| mark.fits(window.iter().map(|(_, word)| &**word)));
        let place =
            |window: &[(Range<usize>, String)]| Some(window.first()?.0.start..window.last()?.0.end);
        places.extend(fitting.filter_map(place));
    }
    places.sort_unstable_by_key(|place| (place.start, place.end));
    let mut apart: Vec<Range<usize>> = Vec::new();
    for place in places {
        match apart.last_mut() {
            Some(last) if place.start <= last.end => last.end = last.end.max(place.end),
            _ => apart.push(place),
        }
    }
    apart
}

impl Mark {
    /// The same words in a text of whatever field; `None` if a code was asked for.
    pub fn of_any_field(&self) -> Option<Self> {
        let is_code = self.concept.is_some_and(Concept::has_codes);
        (!is_code).then(|| Self { concept: None, ..self.clone() })
    }

    fn fits<'a>(&self, words: impl ExactSizeIterator<Item = &'a str>) -> bool {
        let last = self.words.len().checked_sub(1);
        words.len() == self.words.len()
            && words.zip(&self.words).enumerate().all(|(at, (word, wanted))| match self.fits {
                Fits::Beginning if Some(at) == last => word.starts_with(wanted.as_str()),
                Fits::Same | Fits::Beginning => word == wanted,
                Fits::Spelling => text::key(word) == text::key(wanted),
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::{answer, parse};
    use crate::study::made::made;

    fn store() -> Store {
        Store::of([
            made(1)
                .title("Tumours of the Liver")
                .conditions(["Liver Cirrhosis", "Hypertension"])
                .sponsor("Sunnybrook")
                .phases(["PHASE2"]),
            made(2).title("Kidneys").conditions(["Asthma"]),
        ])
    }

    #[test]
    fn every_clause_says_which_value_it_matched_and_how() {
        let store = store();
        let study = store.find("NCT00000001".parse().unwrap()).unwrap();
        for (query, expected) in [
            (
                "liver",
                &["liver Word title Tumours of the [Liver]", "liver Word cond [Liver] Cirrhosis"][..],
            ),
            ("cond:cirr", &["cond:cirr Beginning cond Liver [Cirrhosis]"]),
            ("tumor", &["tumor Spelling title [Tumours] of the Liver"]),
            ("high blood pressure", &["high blood pressure Name cond [Hypertension]"]),
            ("cirrohsis", &["cirrohsis Near cond Liver [Cirrhosis]"]),
            (
                "phase 2 sunny",
                &["phase 2 Value phase Phase [2]", "sunny Beginning sponsor [Sunnybrook]"],
            ),
            ("asthma", &[]),
            (
                "liver -asthma",
                &["liver Word title Tumours of the [Liver]", "liver Word cond [Liver] Cirrhosis"],
            ),
        ] {
            let reasons = explain(&store, &parse(query).unwrap(), study);
            let told: Vec<String> = reasons
                .iter()
                .map(|why| {
                    let mut value = why.value.clone();
                    for mark in why.marks.iter().rev() {
                        value.insert(mark.end, ']');
                        value.insert(mark.start, '[');
                    }
                    format!("{} {:?} {} {value}", why.typed, why.how, why.concept.name())
                })
                .collect();
            assert_eq!(told, expected, "{query}");
        }
    }

    #[test]
    fn what_was_found_is_marked_in_texts() {
        let store = store();
        for (query, concept, text, expected) in [
            (
                "liver",
                Concept::Title,
                "Living with the Liver, or liver-less",
                &["Liver", "liver"][..],
            ),
            ("liv", Concept::Condition, "Living", &["Living"]),
            ("cond:liver", Concept::Title, "Liver", &[]),
            ("\"of the liver\"", Concept::Title, "Tumours of the Livér", &["of the Livér"]),
            ("tumor", Concept::Title, "A Tumour", &["Tumour"]),
            ("liver -asthma", Concept::Condition, "Asthma", &[]),
        ] {
            let results = answer(&store, &parse(query).unwrap(), &Cancel::default()).unwrap();
            let places = marked(text, concept, &results.marks);
            let marked: Vec<&str> = places.into_iter().map(|place| &text[place]).collect();
            assert_eq!(marked, expected, "{query}");
        }
    }
}
