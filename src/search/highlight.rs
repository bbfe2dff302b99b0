//! What of a text a query found, so that it can be highlighted.

use std::ops::Range;

use super::hits::Hits;
use super::matched::How;
use super::query::{Ask, Term};
use crate::study::Concept;
use crate::text;

/// Words that are highlighted where a text has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Highlight {
    /// The field that was asked; `None` for all that a bare word reaches.
    pub concept: Option<Concept>,
    /// Folded, side by side.
    words: Vec<String>,
    fits: Fits,
}

/// Which words of a text are those of a [`Highlight`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fits {
    Same,
    /// The last word may go on.
    Beginning,
    /// Another spelling will do.
    Spelling,
}

/// What is highlighted of what was found.
pub(super) fn of(hits: &Hits) -> Vec<Highlight> {
    let own = hits.terms.iter().filter(|(_, matched)| !matched.matches.is_empty());
    let own = own.map(|(term, _)| Highlight::of_term(term));
    let added = hits.additions.iter().flat_map(|it| of_name(&it.addition.name, it.addition.how));
    own.chain(added).filter(|highlight| !highlight.words.is_empty()).collect()
}

/// An addition may be several spellings, with commas between them.
pub(super) fn of_name(name: &str, how: How) -> Vec<Highlight> {
    let fits = if how == How::Near { Fits::Beginning } else { Fits::Spelling };
    name.split(", ").map(|name| Highlight { concept: None, words: words(name), fits }).collect()
}

fn words(text: &str) -> Vec<String> {
    text::words(&text::fold(text)).map(str::to_owned).collect()
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
    /// The words of a term as it was typed.
    pub(super) fn of_term(term: &Term) -> Self {
        let (asked, fits) = match &term.ask {
            Ask::Word(word) => (word.as_str(), Fits::Beginning),
            Ask::Quoted(quoted) => (quoted.as_str(), Fits::Same),
            Ask::NotStated | Ask::Range(_) => ("", Fits::Same),
        };
        Self { concept: term.concept, words: words(asked), fits }
    }

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
