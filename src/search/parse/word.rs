//! A word or a quoted text, as it stands.

use super::{Parser, QUOTES};
use crate::search::query::Ask;

impl Parser<'_> {
    /// Reads to the closing quote and over it; `\"` and `\\` stand for the sign itself.
    fn until_quote(&mut self) -> String {
        let mut text = String::new();
        let mut chars = self.rest().char_indices();
        while let Some((_, c)) = chars.next() {
            match c {
                c if QUOTES.contains(&c) => break,
                '\\' if chars.as_str().starts_with(['"', '\\']) => {
                    text.extend(chars.next().map(|(_, c)| c));
                }
                c => text.push(c),
            }
        }
        self.at = self.text.len() - chars.as_str().len();
        text
    }

    /// A quoted text or a word; `None` when there is neither.
    pub(super) fn ask(&mut self) -> Option<Ask> {
        if QUOTES.iter().any(|&quote| self.takes(quote)) {
            let text = self.until_quote();
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            return (!text.is_empty()).then_some(Ask::Quoted(text));
        }
        let rest = self.rest();
        let end = rest
            .find(|c: char| c.is_whitespace() || "()|".contains(c) || QUOTES.contains(&c))
            .unwrap_or(rest.len());
        self.at += end;
        (end > 0).then(|| Ask::Word(rest[..end].to_owned()))
    }
}
