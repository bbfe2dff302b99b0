//! From the text of a query to the query.
//!
//! ```text
//! query  = group*                       all must hold; of several ids in a row, one
//! group  = unit ("|" unit)*             any will do
//! unit   = site | ("-" | NOT) unit | "(" query ")" | prefix ":(" query ")" | [prefix ":"] (word | '"' text '"' | none)
//!        | prefix [":"] range           of a date, a count or an age
//! apart  = prefix ":" '"' text '"' "~" number  of prose
//! site   = "near:" place ["~" distance] | "site:(" query ")"
//! ```
//! A prefix before a bracket holds for all in it that has none of its own.
//! What a person has not finished typing is taken as finished: an open quote or bracket closes at
//! the end, a trailing `|` or `-` is ignored.

mod area;
mod by_mark;
mod measure;
mod prose;
mod range;
mod reference;
mod registry;
mod site;
mod value;
mod whole;
mod word;

use std::cell::Cell;
use std::ops::Range;

use reference::Followed;
pub use reference::References;
use site::Within;
use value::{are_ids, asked};

use super::area::Area;
use super::by_mark::MarkField;
use super::query::{Ask, Expr, Query, of_field};
use super::sort::Sorts;
use crate::study::calendar::{Day, Span};
use crate::study::{Age, Concept, PartialDate};

/// What quotes a text; word processors and web pages bend the straight ones.
const QUOTES: &[char] = &['"', '“', '”', '„'];

/// What leaves out the word that follows, whatever kind of dash it is.
const NEGATIONS: &[char] = &['-', '–', '−', '!'];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Negation {
    LeaveOut,
    /// A dash between blanks, as in a title.
    Punctuation,
}

/// How deeply brackets and negations may nest.
const DEEPEST: usize = 64;

/// Says where a query stops making sense and what is allowed there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct QueryError {
    pub reason: String,
    /// The bytes of the text that are meant.
    pub place: Range<usize>,
}

/// Reads the age of somebody: `54`, `6mo`, `3 weeks`.
pub fn age(text: &str) -> Result<Age, String> {
    measure::age(text.trim())
}

/// Reads the text of a query.
pub fn parse(text: &str) -> Result<Query, QueryError> {
    parse_on(text, None)
}

/// Reads the text of a query where it is known what day it is: then a range such as `2024..last-3y` is refused while it
/// goes down.
pub fn parse_on(text: &str, today: Option<PartialDate>) -> Result<Query, QueryError> {
    parse_with(text, today, References::default())
}

/// Reads the text of a query that may name others.
pub fn parse_with(
    text: &str,
    today: Option<PartialDate>,
    references: References,
) -> Result<Query, QueryError> {
    let count = Cell::new(0);
    let today = today.map(|date| Span::of(date).last);
    parse_within(text, Around { today, references, followed: Followed::new(&count) }, 0)
}

/// What a query stands in.
#[derive(Clone, Copy)]
struct Around<'a> {
    today: Option<Day>,
    references: References<'a>,
    followed: Followed<'a>,
}

fn parse_within(text: &str, around: Around, depth: usize) -> Result<Query, QueryError> {
    if registry::is_expression(text) {
        return Ok(Query { expr: registry::read(text, around.today)?, ..Query::default() });
    }
    let mut parser = Parser {
        text,
        at: 0,
        around,
        field: None,
        area: None,
        within: Within::Study,
        sort: Sorts::default(),
        not_meant: Vec::new(),
    };
    let expr = parser.all(depth)?;
    if parser.at < text.len() {
        return Err(parser.error(parser.at..parser.at + 1, "there is no bracket to close here"));
    }
    let not_meant = parser.not_meant.into_iter().map(Expr::NotMeant);
    let expr = Expr::and(std::iter::once(expr).chain(not_meant).collect());
    Ok(Query { expr, sort: parser.sort, ..Query::default() })
}

/// Whether what stands before a colon says something of the whole query.
fn is_of_whole_query(prefix: &str) -> bool {
    ["sort", "not-meant", "saved"].iter().any(|name| prefix.eq_ignore_ascii_case(name))
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    around: Around<'a>,
    /// What a word without a prefix is asked of here.
    field: Option<Concept>,
    /// The same of an area.
    area: Option<Area>,
    /// Of what all in the brackets is asked.
    within: Within,
    sort: Sorts,
    not_meant: Vec<String>,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn error(&self, place: Range<usize>, reason: impl Into<String>) -> QueryError {
        debug_assert!(place.end <= self.text.len());
        QueryError { reason: reason.into(), place }
    }

    /// Takes `operator` when it stands here as a word of its own.
    fn takes_word(&mut self, operator: &str) -> bool {
        let follows = self.rest().strip_prefix(operator);
        let found = follows.is_some_and(|rest| {
            rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || c == '(')
        });
        if found {
            self.at += operator.len();
        }
        found
    }

    fn takes(&mut self, sign: char) -> bool {
        let found = self.rest().starts_with(sign);
        if found {
            self.at += sign.len_utf8();
        }
        found
    }

    /// Reads until the end or a closing bracket.
    fn all(&mut self, depth: usize) -> Result<Expr, QueryError> {
        let mut parts = Vec::new();
        loop {
            self.skip_space();
            if self.rest().is_empty() || self.rest().starts_with(')') {
                return Ok(Expr::and(parts));
            }
            // Nobody looks for the word.
            if self.takes_word("AND") || self.takes_word("and") {
                continue;
            }
            let part = self.any(depth)?;
            match parts.pop() {
                // A study has one id: several in a row are a list to choose from.
                Some(ids) if are_ids(&ids) && are_ids(&part) => {
                    parts.push(Expr::or(vec![ids, part]));
                }
                before => parts.extend(before.into_iter().chain([part])),
            }
        }
    }

    fn any(&mut self, depth: usize) -> Result<Expr, QueryError> {
        let mut parts = Vec::new();
        loop {
            self.skip_space();
            if self.rest().is_empty() || self.rest().starts_with(')') {
                break;
            }
            if self.takes('|') || self.takes_word("OR") {
                continue;
            }
            parts.push(self.unit(depth)?);
            self.skip_space();
            if !self.takes('|') && !self.takes_word("OR") {
                break;
            }
        }
        parts.retain(|part| *part != Expr::Everything);
        Ok(Expr::or(parts))
    }

    fn unit(&mut self, depth: usize) -> Result<Expr, QueryError> {
        if depth > DEEPEST {
            let reason =
                format!("brackets nest too deeply here; {DEEPEST} within each other are allowed");
            return Err(self.error(self.at..self.text.len(), reason));
        }
        // It says how far from a place, and nothing else: behind near:"New York" it would mean another thing.
        while self.takes('~') {}
        if let Some(negation) = self.negation() {
            self.skip_space();
            if self.rest().is_empty() || self.rest().starts_with([')', '|']) {
                return Ok(Expr::Everything);
            }
            let inner = self.unit(depth + 1)?;
            return Ok(if negation == Negation::Punctuation { inner } else { inner.left_out() });
        }
        if self.takes('(') {
            let inner = self.all(depth + 1)?;
            self.takes(')');
            return Ok(inner);
        }
        self.term(depth)
    }

    /// Takes a sign that leaves out what follows, or a dash between blanks, which means nothing.
    fn negation(&mut self) -> Option<Negation> {
        if self.takes_word("NOT") {
            return Some(Negation::LeaveOut);
        }
        let sign = NEGATIONS.iter().find(|&&sign| self.rest().starts_with(sign))?;
        self.takes(*sign);
        let is_apart = self.rest().starts_with(char::is_whitespace);
        Some(if is_apart { Negation::Punctuation } else { Negation::LeaveOut })
    }

    fn term(&mut self, depth: usize) -> Result<Expr, QueryError> {
        let start = self.at;
        let concept = match self.prefix() {
            Some(prefix) if prefix.eq_ignore_ascii_case("sort") => return self.sort(start),
            Some(prefix) if prefix.eq_ignore_ascii_case("not-meant") => {
                return self.not_meant(start);
            }
            Some(prefix) if prefix.eq_ignore_ascii_case("saved") => {
                return self.saved_search(start, depth);
            }
            Some(prefix) if site::is_prefix(prefix) => return self.sited(prefix, start, depth),
            Some(prefix) if let Some(field) = MarkField::from_prefix(prefix) => {
                if self.within == Within::Site {
                    let reason = format!("a site has no {}; ask beside site:", field.name());
                    return Err(self.error(start..self.at, reason));
                }
                return self.marked(field, start);
            }
            Some(prefix) if let Some(area) = Area::from_prefix(prefix) => {
                return self.area(area, start, depth);
            }
            Some(prefix) => match Concept::from_prefix(prefix) {
                Some(concept) => concept,
                None => return Err(self.no_field(prefix, start)),
            },
            None => match self.compared() {
                Some(concept) => concept,
                None => return self.bare(start, depth),
            },
        };
        self.is_asked_of_site(concept, start)?;
        if self.takes('(') {
            let outer = (self.field.replace(concept), self.area.take());
            let inner = self.all(depth + 1)?;
            (self.field, self.area) = outer;
            self.takes(')');
            return Ok(inner);
        }
        if range::is_measured(concept) {
            return self.ranges(concept, start);
        }
        let is_left_out = NEGATIONS.iter().any(|&sign| self.takes(sign));
        if range::is_compared(self.rest()) && !value::is_comparison(concept, self.rest()) {
            self.ask();
            return Err(self.error(start..self.at, value::no_order(concept)));
        }
        let is_exact = self.takes('=') && !is_left_out;
        let is_phrase = self.rest().starts_with('~') && self.rest()[1..].starts_with(QUOTES);
        self.at += usize::from(is_phrase);
        let Some(ask) = self.ask() else {
            let reason = format!(
                "a value comes after {}: — a word, \"an exact value\", (one | another), or none",
                concept.name()
            );
            return Err(self.error(start..self.at, reason));
        };
        let ask = match ask {
            Ask::Word(word) if is_exact => Ask::Quoted(word),
            Ask::Quoted(text) if is_phrase => of_field(concept, &Ask::Quoted(text)).ask,
            ask => self.apart(Some(concept), ask, start)?,
        };
        let mut any = vec![asked(Some(concept), ask)];
        // `phase:1|2` is either phase.
        while self.goes_on(concept) {
            self.takes('|');
            any.extend(self.ask().map(|ask| asked(Some(concept), ask)));
        }
        // Signs only ask nothing.
        any.retain(|part| *part != Expr::Everything);
        let any = Expr::or(any);
        Ok(if is_left_out { any.left_out() } else { any })
    }

    /// A term without a prefix of its own.
    fn bare(&mut self, start: usize, depth: usize) -> Result<Expr, QueryError> {
        if let Some(field) = self.field.filter(|&field| range::is_measured(field)) {
            return self.ranges(field, start);
        }
        let is_comparison = range::is_compared(self.rest());
        let ask = self.ask();
        if let Some(Ask::Word(word)) = &ask
            && let Some(found) = self.referred_to(word, start, depth)
        {
            return found;
        }
        Ok(match ask {
            Some(Ask::Word(word)) if ["AND", "OR", "NOT"].contains(&&*word) => Expr::Everything,
            Some(Ask::Word(word)) if is_comparison && word.ends_with(char::is_alphanumeric) => {
                let reason = format!(
                    "{word} compares nothing; a field stands before it, as in enrollment:>500"
                );
                return Err(self.error(start..self.at, reason));
            }
            Some(ask) if let Some(area) = self.area => area::asked(area, ask),
            Some(ask) => {
                let ask = self.apart(self.field, ask, start)?;
                asked(self.field, ask)
            }
            None => Expr::Everything,
        })
    }

    /// Whether another code of the same field, or `none`, follows a bar.
    fn goes_on(&self, concept: Concept) -> bool {
        let Some(rest) = self.rest().strip_prefix('|') else { return false };
        let word = rest.split(|c: char| c.is_whitespace() || "()|".contains(c)).next();
        word.is_some_and(|word| {
            word.eq_ignore_ascii_case("none") || concept.code_meant(word).is_some()
        })
    }

    /// A name before a colon.
    fn prefix(&mut self) -> Option<&'a str> {
        let rest = self.rest();
        let (prefix, _) = rest.split_once(':')?;
        let after = &rest[prefix.len() + 1..];
        let is_end = after.is_empty() || after.starts_with(|c: char| c.is_whitespace() || c == ')');
        let is_known = Concept::from_prefix(prefix).is_some()
            || Area::from_prefix(prefix).is_some()
            || MarkField::from_prefix(prefix).is_some() && !after.starts_with(char::is_whitespace)
            || is_of_whole_query(prefix)
            || site::is_prefix(prefix);
        let name =
            is_known || !prefix.is_empty() && prefix.bytes().all(|byte| byte.is_ascii_alphabetic());
        // A colon behind a word that is no field, and the beginning of an address, are as people write them.
        let is_word = !is_known && (is_end || after.starts_with("//"));
        (name && !is_word).then(|| {
            self.at += prefix.len() + 1;
            prefix
        })
    }
}

#[cfg(test)]
mod tests;
