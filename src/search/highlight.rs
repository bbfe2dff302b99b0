//! What of a text a query found, so that it can be highlighted.

use std::ops::Range;

use super::hits::{Added, Hits};
use super::matched::How;
use super::prose::passage::placed;
use super::query::{Ask, Term};
use super::sought::{self, Fits, Sought};
use crate::study::Concept;
use crate::study::prose::{Part, Parts};
use crate::text;

/// Words that are highlighted where a text has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Highlight {
    /// The field that was asked; `None` for all that a bare word reaches.
    pub concept: Option<Concept>,
    words: Vec<Sought>,
    /// How many other words may stand among these, in any order; `None` if they stand side by side.
    apart: Option<usize>,
}

/// What is highlighted of what was found.
pub(super) fn of(hits: &Hits) -> Vec<Highlight> {
    let own = hits.terms.iter().filter(|(_, matched)| !matched.matches.is_empty());
    let own = own.map(|(term, _)| Highlight::of_term(term));
    let added = hits.additions.iter().flat_map(of_addition);
    own.chain(added).filter(|highlight| !highlight.words.is_empty()).collect()
}

/// What was added to words of prose is highlighted in the part that was asked.
fn of_addition(added: &Added) -> Vec<Highlight> {
    let names = of_name(&added.addition.name, added.addition.how);
    let concept = added.addition.matched.matches.first().map(|found| found.concept);
    let concept = concept.filter(|concept| concept.passages().is_some());
    if concept.is_none() {
        return names;
    }
    // The name of words near each other has those that were found.
    let apart = added.typed.rsplit_once("\"~").and_then(|(_, others)| others.parse().ok());
    names.into_iter().map(|name| Highlight { concept, apart, ..name }).collect()
}

/// An addition may be several spellings, with commas between them.
pub(super) fn of_name(name: &str, how: How) -> Vec<Highlight> {
    let fits = if how == How::Near { Fits::Same } else { Fits::Spelling };
    let highlight = |name| {
        let mut words = words(name, fits);
        if let Some(last) = words.last_mut().filter(|_| how == How::Near) {
            last.fits = Fits::Beginning;
        }
        Highlight { concept: None, words, apart: None }
    };
    name.split(", ").map(highlight).collect()
}

fn words(text: &str, fits: Fits) -> Vec<Sought> {
    let folded = text::fold(text);
    text::words(&folded).map(|word| Sought { word: word.to_owned(), fits }).collect()
}

/// The places in a text of `concept` that are highlighted, in bytes, from left to right and apart from each other.
pub fn highlighted(text: &str, concept: Concept, highlights: &[Highlight]) -> Vec<Range<usize>> {
    let is_asked = |it: &&Highlight| it.concept.is_none_or(|asked| asked == concept);
    places_in(text, highlights.iter().filter(is_asked))
}

/// The places in a passage of a part of the prose that are highlighted, since just that part was asked.
pub fn highlighted_prose(text: &str, part: Part, highlights: &[Highlight]) -> Vec<Range<usize>> {
    let is_asked = |it: &&Highlight| it.parts().is_some_and(|parts| parts.has(part));
    places_in(text, highlights.iter().filter(is_asked))
}

fn places_in<'a>(text: &str, highlights: impl Iterator<Item = &'a Highlight>) -> Vec<Range<usize>> {
    let words: Vec<(Range<usize>, String)> =
        text::word_places(text).map(|(place, word)| (place, text::fold(word))).collect();
    let mut places: Vec<Range<usize>> = Vec::new();
    for highlight in highlights {
        places.extend(highlight.places(&words));
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

impl Highlight {
    /// The words of a term as it was typed.
    pub(super) fn of_term(term: &Term) -> Self {
        let concept = term.concept;
        if term.is_of_prose() {
            let apart =
                if let Ask::Apart(_, others) = term.ask { Some(others as usize) } else { None };
            return Self { concept, words: sought::in_prose(&term.ask), apart };
        }
        let mut words = match &term.ask {
            Ask::Word(text) | Ask::Quoted(text) | Ask::Phrase(text) | Ask::Apart(text, _) => {
                words(text, Fits::Same)
            }
            Ask::NotStated | Ask::Range(_) => Vec::new(),
        };
        if let Some(last) = words.last_mut().filter(|_| matches!(term.ask, Ask::Word(_))) {
            last.fits = Fits::Beginning;
        }
        Self { concept, words, apart: None }
    }

    /// The same words in a text of whatever field; `None` if a code was asked for, or words of prose.
    pub fn of_any_field(&self) -> Option<Self> {
        let is_elsewhere = self.concept.is_some_and(Concept::has_codes) || self.is_of_prose();
        (!is_elsewhere).then(|| Self { concept: None, ..self.clone() })
    }

    /// Whether it is of words of prose.
    pub fn is_of_prose(&self) -> bool {
        self.parts().is_some()
    }

    /// The parts of the prose that were asked.
    fn parts(&self) -> Option<Parts> {
        self.concept.and_then(Concept::passages)
    }

    /// Where it stands among folded words.
    fn places(&self, words: &[(Range<usize>, String)]) -> Vec<Range<usize>> {
        let count = self.words.len();
        let fits =
            |of: usize, at: usize| words.get(at).is_some_and(|(_, word)| self.words[of].fits(word));
        let mut places = Vec::new();
        for at in 0..words.len() {
            match self.apart {
                None if (0..count).all(|of| fits(of, at + of)) => {
                    let last = at + count.max(1) - 1;
                    places.push(words[at].0.start..words[last].0.end);
                }
                Some(others) if (0..count).any(|of| fits(of, at)) => {
                    let length = (count + others).min(words.len() - at);
                    let found = placed(count, length, &|of, place| fits(of, at + place));
                    let found = found.into_iter().flatten();
                    places.extend(found.map(|place| words[at + place].0.clone()));
                }
                _ => (),
            }
        }
        places
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::{Cancel, answer, parse};
    use crate::store::Store;
    use crate::study::made::made;

    fn store() -> Store {
        Store::of([
            made(1).title("Tumours of the Liver").conditions(["Liver Cirrhosis", "Hypertension"]),
            made(2).title("Kidneys").conditions(["Asthma"]),
        ])
    }

    #[test]
    fn words_of_prose_are_highlighted_in_the_part_that_was_asked() {
        let criteria = "Inclusion Criteria:\n\n* adults\n\nExclusion Criteria:\n\n* hepatitis";
        let store = Store::of([made(1)
            .at("eligibilityModule.eligibilityCriteria", criteria)
            .at("descriptionModule.briefSummary", "Pain scores of tumours, and a score of pain")]);
        let made = crate::store::prose::make(&store, &crate::store::prose::Making::default());
        store.take_prose(made.unwrap().prose);
        for (query, part, text, expected) in [
            ("excl:hepatitis", Part::Exclusion, "Hepatitis B", &["Hepatitis"][..]),
            ("excl:hepatitis", Part::Summary, "Hepatitis B", &[]),
            ("excl:hepatitis", Part::Inclusion, "Hepatitis B", &[]),
            ("crit:hepat*", Part::Exclusion, "no hepatitis", &["hepatitis"]),
            ("text:hepatitis", Part::Outcome, "hepatitis", &["hepatitis"]),
            ("summary:\"score of\"", Part::Summary, "the scores of, a score of", &["score of"]),
            ("summary:\"score pain\"~1", Part::Summary, "pain or score, score", &["pain", "score"]),
            ("summary:\"score pain\"~1", Part::Summary, "pain and so on: a score", &[]),
            // Another spelling was added.
            ("summary:tumor", Part::Summary, "tumours and tumor", &["tumours", "tumor"]),
            ("summary:tumor", Part::Exclusion, "tumours", &[]),
        ] {
            let results = answer(&store, &parse(query).unwrap(), &Cancel::default()).unwrap();
            let places = highlighted_prose(text, part, &results.highlights);
            let words: Vec<&str> = places.into_iter().map(|place| &text[place]).collect();
            assert_eq!(words, expected, "{query}: {text}");
            assert_eq!(highlighted(text, Concept::Title, &results.highlights), [], "{query}");
        }
    }

    #[test]
    fn what_was_found_is_highlighted_in_texts() {
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
            let places = highlighted(text, concept, &results.highlights);
            let words: Vec<&str> = places.into_iter().map(|place| &text[place]).collect();
            assert_eq!(words, expected, "{query}");
        }
    }
}
