//! Why a query finds a study: which clause of it matched which value of which field, and in what way.

use std::ops::Range;

use super::Cancel;
use super::highlight::{self, Highlight, highlighted};
use super::hits::Hits;
use super::matched::{Found, How, Match};
use super::matcher::{Matcher, Recalled};
use super::prose::Passages;
use super::query::{Query, Reading, Term};
use crate::marks::Marks;
use crate::store::{Store, StudyIdx, ValueIdx};
use crate::study::Concept;
use crate::study::concept::Kind;
use crate::text;

/// So many passages of a study say enough of one term.
const MOST_PASSAGES: usize = 5;

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
    pub places: Vec<Range<usize>>,
}

/// Why `query` finds `study`, best first in the order of its clauses; nothing if it does not find it.
pub fn explain(store: &Store, query: &Query, study: StudyIdx) -> Vec<Why> {
    let recalled = &mut Recalled::default();
    let cancel = &Cancel::default();
    // Words explain; what is marked stands on the row.
    let marks = &Marks::default();
    let query = &Query { expr: query.expr.without_marks(), ..query.clone() };
    let mut finder = Matcher::new(store, marks, query, cancel, recalled);
    match finder.find(query) {
        Some((studies, _, hits)) if studies.contains(study.0) => {
            reasons((store, query.reading), &hits, study)
        }
        _ => Vec::new(),
    }
}

fn reasons((store, reading): (&Store, Reading), hits: &Hits, study: StudyIdx) -> Vec<Why> {
    let mut all: Vec<Why> = Vec::new();
    let own = hits.terms.iter().map(|(term, matched)| {
        let typed = hits.codes.iter().find(|code| code.query == term.to_string());
        let name = term.to_string();
        (
            typed.map_or_else(|| name.clone(), |code| code.typed.clone()),
            name,
            matched,
            (vec![Highlight::of_term(term)], passages_of((store, reading), term, study)),
        )
    });
    let added = hits.additions.iter().map(|added| {
        let addition = &added.addition;
        let highlights = highlight::of_name(&addition.name, addition.how);
        // The passages of a term have its other spellings too.
        let term = hits.terms.iter().map(|(term, _)| term);
        let mut term = term.filter(|term| term.to_string() == added.typed);
        let passages = term.next().and_then(|term| passages_of((store, reading), term, study));
        (added.typed.clone(), addition.name.clone(), &addition.matched, (highlights, passages))
    });
    for (typed, name, matched, (highlights, passages)) in own.chain(added) {
        let mut found: Vec<Why> = Vec::new();
        for matches in &matched.matches {
            let values = match &passages {
                Some(passages) if matches.has(study) => passages.clone(),
                Some(_) => Vec::new(),
                None => values(store, matches, study),
            };
            for value in values {
                let places = highlighted(&value, matches.concept, &highlights);
                let is_known = |why: &Why| why.concept == matches.concept && why.value == value;
                if !found.iter().any(is_known) {
                    let (typed, name) = (typed.clone(), name.clone());
                    let concept = matches.concept;
                    let is_text = matches!(concept.definition().kind, Kind::Words(_));
                    // A title is never a whole value.
                    let how = if is_text { matches.how.max(How::Word) } else { matches.how };
                    found.push(Why { typed, name, how, concept, value, places });
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

/// The passages of `study` that have what a term asks of prose; `None` if it asks something else.
fn passages_of(
    (store, reading): (&Store, Reading),
    term: &Term,
    study: StudyIdx,
) -> Option<Vec<String>> {
    let (prose, parts) = (store.prose()?, term.concept?.passages()?);
    let asked = Passages::new(prose, term, parts, reading)?;
    let mut having = asked.having(&store.record(study).unwrap_or_default());
    having.truncate(MOST_PASSAGES);
    Some(having)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::parse;
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
                    for place in why.places.iter().rev() {
                        value.insert(place.end, ']');
                        value.insert(place.start, '[');
                    }
                    format!("{} {:?} {} {value}", why.typed, why.how, why.concept.name())
                })
                .collect();
            assert_eq!(told, expected, "{query}");
        }
    }
}
