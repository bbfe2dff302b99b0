//! The words of the registry's form: from one operator to the next.

use super::{Reader, Scope};
use crate::search::area::Area;
use crate::search::by_mark::MarkField;
use crate::search::parse::QueryError;
use crate::study::Concept;

/// A word, or a phrase that was quoted.
#[derive(Clone, Debug)]
pub(super) struct Text {
    pub(super) text: String,
    pub(super) is_quoted: bool,
}

impl Reader<'_> {
    /// Takes words up to an operator, a bracket or the end; quoted ones are one.
    pub(super) fn words(&mut self, scope: Scope) -> Result<Vec<Text>, QueryError> {
        let mut words = Vec::new();
        loop {
            self.skip_space();
            let start = self.at;
            let rest = self.rest();
            let is_operator = ["AND", "OR", "NOT"]
                .iter()
                .any(|word| Reader { text: self.text, at: self.at, today: None }.takes_word(word));
            if rest.is_empty() || rest.starts_with(['(', ')']) || is_operator {
                return Ok(words);
            }
            if self.takes('"') {
                words.push(Text { text: self.until_quote(start)?, is_quoted: true });
                continue;
            }
            let end =
                rest.find(|c: char| c.is_whitespace() || "()[\"".contains(c)).unwrap_or(rest.len());
            if rest[end..].starts_with('[') {
                // The operator that stands here begins the next part.
                if words.is_empty() || end == 0 {
                    self.at += end + 1;
                    let reason = format!(
                        "there is no operator {}[…]; there are AREA, RANGE, SEARCH, EXPANSION, COVERAGE",
                        &rest[..end]
                    );
                    return Err(self.error(start..self.at, reason));
                }
                return Ok(words);
            }
            let word = &rest[..end];
            self.at += end;
            self.is_of_registry(word, start, scope)?;
            // A backslash makes an operator a word.
            let text = word.replace('\\', "");
            if !text.is_empty() {
                words.push(Text { text, is_quoted: false });
            }
        }
    }

    /// Refuses our own fields beside those of the registry, since one text has one form.
    fn is_of_registry(&self, word: &str, start: usize, scope: Scope) -> Result<(), QueryError> {
        let digits = word.strip_prefix('#').unwrap_or_default();
        if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            let reason = format!(
                "a query with AREA[…] names no other; ask it alone, then combine its number with {word}"
            );
            return Err(self.error(start..self.at, reason));
        }
        let Some((prefix, _)) = word.split_once(':').filter(|_| !scope.is_named) else {
            return Ok(());
        };
        let prefix = prefix.trim_start_matches(['-', '!']);
        let is_ours = Concept::from_prefix(prefix).is_some()
            || Area::from_prefix(prefix).is_some()
            || MarkField::from_prefix(prefix).is_some()
            || ["sort", "near", "site", "saved"].contains(&prefix);
        if is_ours {
            let reason =
                format!("{prefix}: is not the registry's; a query with AREA[…] asks all fields so");
            return Err(self.error(start..self.at, reason));
        }
        Ok(())
    }

    /// Reads to the closing quote and over it.
    fn until_quote(&mut self, start: usize) -> Result<String, QueryError> {
        let mut text = String::new();
        let mut chars = self.rest().chars();
        while let Some(c) = chars.next() {
            match c {
                '"' => {
                    self.at = self.text.len() - chars.as_str().len();
                    return Ok(text.split_whitespace().collect::<Vec<_>>().join(" "));
                }
                '\\' => text.extend(chars.next()),
                c => text.push(c),
            }
        }
        self.at = self.text.len();
        Err(self.error(start..self.at, "this quote is not closed"))
    }
}
