//! A word or phrase that was asked for, cut into the words of the index.

use super::matched::How;
use crate::text;

/// A folded word or phrase, cut into the words of the index.
pub(super) struct Asked<'a> {
    pub(super) folded: &'a str,
    pub(super) words: Vec<&'a str>,
    /// Whether the last word may be the beginning of one.
    pub(super) open_end: bool,
}

impl<'a> Asked<'a> {
    pub(super) fn word(folded: &'a str) -> Option<Self> {
        Self::new(folded, true)
    }

    pub(super) fn phrase(folded: &'a str) -> Option<Self> {
        Self::new(folded, false)
    }

    fn new(folded: &'a str, open_end: bool) -> Option<Self> {
        let words: Vec<&str> = text::words(folded).collect();
        (!words.is_empty()).then_some(Self { folded, words, open_end })
    }

    /// Whether the words stand in `folded` side by side, and whether whole.
    pub(super) fn found_in(&self, folded: &str) -> Option<How> {
        let (last, init) = self.words.split_last()?;
        let there: Vec<&str> = text::words(folded).collect();
        let ends = there.windows(self.words.len()).filter(|window| window[..init.len()] == *init);
        let ends = ends.filter_map(|window| window.last());
        let how = ends.filter_map(|end| match end.strip_prefix(last) {
            Some("") => Some(How::Word),
            Some(_) if self.open_end => Some(How::Beginning),
            _ => None,
        });
        how.min()
    }
}
