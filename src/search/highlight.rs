//! What of a text a query found, so that it can be highlighted.

use std::ops::Range;

use super::hits::Hits;
use super::matched::How;
use super::query::{Ask, Term};
use super::sought::{self, Fits, Sought};
use crate::study::Concept;
use crate::text;

/// Words that are highlighted where a text has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Highlight {
    /// The field that was asked; `None` for all that a bare word reaches.
    pub concept: Option<Concept>,
    /// Side by side.
    words: Vec<Sought>,
}

/// What is highlighted of what was found.
pub(super) fn of(hits: &Hits) -> Vec<Highlight> {
    let own = hits.terms.iter().filter(|(_, matched)| !matched.matches.is_empty());
    let own = own.flat_map(|(term, _)| Highlight::of_term(term));
    let added = hits.additions.iter().flat_map(|it| of_name(&it.addition.name, it.addition.how));
    own.chain(added).filter(|highlight| !highlight.words.is_empty()).collect()
}

/// An addition may be several spellings, with commas between them.
pub(super) fn of_name(name: &str, how: How) -> Vec<Highlight> {
    let fits = if how == How::Near { Fits::Same } else { Fits::Spelling };
    let highlight = |name| {
        let mut words = words(name, fits);
        if let Some(last) = words.last_mut().filter(|_| how == How::Near) {
            last.fits = Fits::Beginning;
        }
        Highlight { concept: None, words }
    };
    name.split(", ").map(highlight).collect()
}

fn words(text: &str, fits: Fits) -> Vec<Sought> {
    let folded = text::fold(text);
    text::words(&folded).map(|word| Sought { word: word.to_owned(), fits }).collect()
}

/// The places in a text of `concept` that are highlighted, in bytes, from left to right and apart from each other.
pub fn highlighted(text: &str, concept: Concept, highlights: &[Highlight]) -> Vec<Range<usize>> {
    let words: Vec<(Range<usize>, String)> =
        text::word_places(text).map(|(place, word)| (place, text::fold(word))).collect();
    let mut places: Vec<Range<usize>> = Vec::new();
    let of_field = highlights.iter().filter(|it| it.concept.is_none_or(|asked| asked == concept));
    for highlight in of_field {
        let windows = words.windows(highlight.words.len().max(1));
        let fitting =
            windows.filter(|window| highlight.fits(window.iter().map(|(_, word)| &**word)));
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

impl Highlight {
    /// The words of a term as it was typed; those that may stand apart each by itself.
    pub(super) fn of_term(term: &Term) -> Vec<Self> {
        let concept = term.concept;
        if term.is_of_prose() {
            let words = sought::in_prose(&term.ask);
            return match term.ask {
                Ask::Apart(..) => {
                    words.into_iter().map(|word| Self { concept, words: vec![word] }).collect()
                }
                _ => vec![Self { concept, words }],
            };
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
        vec![Self { concept, words }]
    }

    /// The same words in a text of whatever field; `None` if a code was asked for.
    pub fn of_any_field(&self) -> Option<Self> {
        let is_code = self.concept.is_some_and(Concept::has_codes);
        (!is_code).then(|| Self { concept: None, ..self.clone() })
    }

    fn fits<'a>(&self, words: impl ExactSizeIterator<Item = &'a str>) -> bool {
        words.len() == self.words.len()
            && words.zip(&self.words).all(|(word, sought)| sought.fits(word))
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
