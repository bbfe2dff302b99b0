//! What is asked of prose: words, phrases, and words that stand near each other, `"a b"~3` or `"a adj3 b"`.

use super::{Parser, QueryError};
use crate::search::prose::MOST_NEAR;
use crate::search::query::Ask;
use crate::study::Concept;

/// More words than this between others say nothing of them.
const MOST_APART: u32 = 100;

impl Parser<'_> {
    /// The ask with what follows a quoted text; `start` is where the term begins.
    pub(super) fn apart(
        &mut self,
        concept: Option<Concept>,
        ask: Ask,
        start: usize,
    ) -> Result<Ask, QueryError> {
        let is_prose = concept.is_some_and(|concept| concept.passages().is_some());
        let Ask::Quoted(text) = ask else { return Ok(ask) };
        let digits = self
            .rest()
            .strip_prefix('~')
            .map(|rest| rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len());
        let Some(digits) = digits else {
            return if is_prose { self.few(adjacent(text), start) } else { Ok(Ask::Quoted(text)) };
        };
        if is_prose && self.rest() == "~" {
            // The number is still to be typed.
            self.at += 1;
            return Ok(Ask::Quoted(text));
        }
        let number = self.rest()[1..=digits].parse::<u32>();
        self.at += 1 + digits;
        if !is_prose {
            let reason = "words that stand apart are asked of prose: incl:, excl:, crit:, outcome:, summary:, text:";
            return Err(self.error(start..self.at, reason));
        }
        match number {
            Ok(others) if others <= MOST_APART => self.few(Ask::Apart(text, others), start),
            _ => {
                let reason = format!(
                    "behind ~ comes how many other words may stand among these: 0 to {MOST_APART}"
                );
                Err(self.error(start..self.at, reason))
            }
        }
    }

    /// Refuses too many words that may stand in any order.
    fn few(&self, ask: Ask, start: usize) -> Result<Ask, QueryError> {
        match &ask {
            Ask::Apart(words, _) if words.split_whitespace().count() > MOST_NEAR => {
                let reason =
                    format!("at most {MOST_NEAR} words can be asked to stand near each other");
                Err(self.error(start..self.at, reason))
            }
            _ => Ok(ask),
        }
    }
}

/// `heart adj3 failure`: the third word from the first at most, as Ovid has it.
fn adjacent(text: String) -> Ask {
    let (mut words, mut most) = (Vec::new(), None);
    for word in text.split_whitespace() {
        match operator(word) {
            Some(words) => most = most.max(Some(words)),
            None => words.push(word),
        }
    }
    match most {
        Some(most) if words.len() > 1 => Ask::Apart(words.join(" "), most - 1),
        _ => Ask::Quoted(text),
    }
}

/// The number of `adj3`.
fn operator(word: &str) -> Option<u32> {
    let (name, digits) = word.split_at_checked(3)?;
    let number = digits.parse().ok().filter(|number| (1..=MOST_APART).contains(number))?;
    name.eq_ignore_ascii_case("adj").then_some(number)
}

#[cfg(test)]
mod tests {
    use crate::search::parse;

    #[test]
    fn what_is_asked_of_prose_is_written_as_it_is_read() {
        for (text, canonical) in [
            ("incl:dialysis", "incl:dialysis"),
            ("EXCLUSION:hepat*", "excl:hepat*"),
            ("criteria:(a b)", "crit:a crit:b"),
            ("outcome:\"pain score\"~3", "outcome:\"pain score\"~3"),
            ("outcome:\"pain adj4 score\"", "outcome:\"pain score\"~3"),
            ("text:(\"a b\"~0 | c)", "text:\"a b\"~0 | text:c"),
            ("-summary:=word", "-summary:\"word\""),
            ("summary:none", "summary:none"),
            ("excl:x|none", "excl:x | excl:none"),
            // Nothing stands before it that could be near.
            ("incl:\"adj3\"", "incl:\"adj3\""),
        ] {
            let query = parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(query.to_string(), canonical, "{text}");
            assert_eq!(parse(canonical).as_ref(), Ok(&query), "{text}");
            assert!(query.asks_prose(), "{text}");
        }
    }

    #[test]
    fn what_is_asked_wrongly_is_said_where_it_stands() {
        for (text, reason) in [
            ("cond:\"a b\"~3", "words that stand apart are asked of prose"),
            ("gout \"a b\"~3", "words that stand apart are asked of prose"),
            ("incl:\"a b\"~ c", "behind ~ comes how many"),
            ("incl:\"a b\"~101", "behind ~ comes how many"),
            ("incl:\"a b c d e f g h i\"~3", "at most 8 words"),
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.to_string().starts_with(reason), "{text}: {error}");
            assert!(text[error.place].contains('"'), "{text}");
        }
    }
}
