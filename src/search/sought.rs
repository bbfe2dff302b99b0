//! A word as it is looked for in a text: as it stands, as the beginning of one, or in any spelling.

use super::query::Ask;
use crate::text;

/// A folded word that is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sought {
    pub(super) word: String,
    pub(super) fits: Fits,
}

/// Which words of a text are meant by one that is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fits {
    Same,
    Beginning,
    /// Another spelling will do.
    Spelling,
}

/// Shorter words of prose are no beginnings of others: too many begin so.
const SHORTEST_BEGINNING: usize = 3;

impl Sought {
    /// Whether a folded word of a text is meant.
    pub(super) fn fits(&self, word: &str) -> bool {
        match self.fits {
            Fits::Same => word == self.word,
            Fits::Beginning => word.starts_with(self.word.as_str()),
            Fits::Spelling => text::key(word) == text::key(&self.word),
        }
    }
}

/// The words that are looked for in prose. Of a word that is not quoted the last part may go on, and so may every one with
/// `*` behind it.
pub(super) fn in_prose(ask: &Ask) -> Vec<Sought> {
    let (typed, is_open) = match ask {
        Ask::Word(typed) => (typed.as_str(), true),
        Ask::Quoted(typed) | Ask::Phrase(typed) | Ask::Apart(typed, _) => (typed.as_str(), false),
        Ask::NotStated | Ask::Range(_) => return Vec::new(),
    };
    let folded = text::fold(typed);
    let last = text::word_places(&folded).count().saturating_sub(1);
    let words = text::word_places(&folded).enumerate().map(|(at, (place, word))| {
        let is_long = word.chars().count() >= SHORTEST_BEGINNING;
        let goes_on = folded[place.end..].starts_with('*') || is_open && at == last && is_long;
        let fits = if goes_on { Fits::Beginning } else { Fits::Same };
        Sought { word: word.to_owned(), fits }
    });
    words.collect()
}
