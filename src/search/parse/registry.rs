//! Reads the registry's own form: `AREA[Phase]PHASE3 AND AREA[StartDate]RANGE[2020-01-01,MAX]`.
//!
//! ```text
//! expression = all ("OR" all)*
//! all        = unit (["AND"] unit)*
//! unit       = "NOT" unit | operator "[" name "]" unit | "(" expression ")" | source | words
//! operator   = "AREA" | "SEARCH" | "EXPANSION" | "COVERAGE"
//! source     = "RANGE[" from "," to "]" | "MISSING" | "ALL"
//! ```
//! Unlike in our own form, AND binds more than OR. What has no counterpart here is refused with its place.

mod asked;
mod words;

use std::ops::Range;

use asked::Source;

use super::{DEEPEST, QueryError};
use crate::search::area::Area;
use crate::search::query::Expr;
use crate::search::registry::{Counterpart, alike, counterpart};
use crate::study::Concept;
use crate::study::calendar::Day;

/// What stands before a bracket where the registry's form is meant.
const OPERATORS: &[&str] = &["AREA", "SEARCH", "EXPANSION", "COVERAGE", "TILT"];

/// Whether a text is in the registry's form: an operator with its bracket stands in it, and not in quotes.
pub(super) fn is_expression(text: &str) -> bool {
    let mut is_quoted = false;
    let mut is_begin = true;
    for (at, c) in text.char_indices() {
        is_quoted ^= c == '"';
        let opens = |operator: &&str| {
            text[at..].strip_prefix(*operator).is_some_and(|rest| rest.starts_with('['))
        };
        if !is_quoted && is_begin && OPERATORS.iter().any(opens) {
            return true;
        }
        is_begin = !c.is_alphanumeric();
    }
    false
}

/// Reads such a text.
pub(super) fn read(text: &str, today: Option<Day>) -> Result<Expr, QueryError> {
    let mut reader = Reader { text, at: 0, today };
    let scope = Scope {
        piece: ("BasicSearch", Counterpart::Area(Area::Basic)),
        is_named: false,
        sense: Sense::Meant,
        is_whole: false,
        is_site: false,
    };
    let expr = reader.any(scope, 0)?;
    if reader.at < text.len() {
        return Err(reader.error(reader.at..reader.at + 1, "there is no bracket to close here"));
    }
    Ok(expr)
}

/// What the operators around a word say of it.
#[derive(Clone, Copy, Debug)]
struct Scope {
    piece: (&'static str, Counterpart),
    /// Whether an AREA names it.
    is_named: bool,
    sense: Sense,
    /// `COVERAGE[FullMatch]`: the whole value.
    is_whole: bool,
    /// `SEARCH[Location]`: one site has all of it.
    is_site: bool,
}

/// How words are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sense {
    /// In any spelling and under any name, also apart from each other.
    Meant,
    /// The same, but side by side.
    Together,
    ToTheLetter,
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    today: Option<Day>,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn error(&self, place: Range<usize>, reason: impl Into<String>) -> QueryError {
        debug_assert!(self.text.get(place.clone()).is_some());
        QueryError { reason: reason.into(), place }
    }

    fn skip_space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn takes(&mut self, sign: char) -> bool {
        let found = self.rest().starts_with(sign);
        self.at += if found { sign.len_utf8() } else { 0 };
        found
    }

    /// Takes a word in capitals that stands here by itself.
    fn takes_word(&mut self, word: &str) -> bool {
        let follows = self.rest().strip_prefix(word);
        let found = follows.is_some_and(|rest| {
            rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || "()".contains(c))
        });
        self.at += if found { word.len() } else { 0 };
        found
    }

    fn any(&mut self, scope: Scope, depth: usize) -> Result<Expr, QueryError> {
        let mut parts = vec![self.all(scope, depth)?];
        while self.takes_word("OR") {
            parts.push(self.all(scope, depth)?);
        }
        let is_all = parts.contains(&Expr::Everything);
        Ok(if is_all { Expr::Everything } else { Expr::or(parts) })
    }

    fn all(&mut self, scope: Scope, depth: usize) -> Result<Expr, QueryError> {
        let mut parts = Vec::new();
        loop {
            self.skip_space();
            let begin = self.at;
            let is_joined = self.takes_word("AND");
            self.skip_space();
            let rest = self.rest();
            let is_over = rest.is_empty() || rest.starts_with(')') || self.stands_or();
            if is_over && (is_joined || parts.is_empty()) {
                return Err(self.error(begin..self.at, "something is missing here"));
            }
            if is_over {
                return Ok(Expr::and(parts));
            }
            parts.push(self.unit(scope, depth)?);
        }
    }

    fn stands_or(&self) -> bool {
        Reader { text: self.text, at: self.at, today: None }.takes_word("OR")
    }

    fn unit(&mut self, scope: Scope, depth: usize) -> Result<Expr, QueryError> {
        if depth > DEEPEST {
            let reason =
                format!("brackets nest too deeply here; {DEEPEST} within each other are allowed");
            return Err(self.error(self.at..self.text.len(), reason));
        }
        self.skip_space();
        let start = self.at;
        if self.takes_word("NOT") {
            let inner = self.unit(scope, depth + 1)?;
            if inner == Expr::Everything {
                return Err(self.error(start..self.at, "this leaves out everything"));
            }
            return Ok(inner.left_out());
        }
        if self.takes('(') {
            let inner = self.any(scope, depth + 1)?;
            if !self.takes(')') {
                return Err(self.error(start..start + 1, "this bracket is not closed"));
            }
            return Ok(inner);
        }
        if let Some((operator, name)) = self.operator()? {
            return self.within((operator, name, start), scope, depth);
        }
        if !scope.is_named && self.takes_word("ALL") {
            return Ok(Expr::Everything);
        }
        if self.takes_word("MISSING") {
            return self.asked(scope, &Source::Missing, start);
        }
        let words = self.words(scope)?;
        if words.is_empty() {
            // A sign that begins nothing.
            self.at += self.rest().chars().next().map_or(0, char::len_utf8);
            return Err(self.error(start..self.at, "nothing is asked for here"));
        }
        self.asked(scope, &Source::Words(words), start)
    }

    /// Takes an operator and the name in its brackets.
    fn operator(&mut self) -> Result<Option<(&'a str, &'a str)>, QueryError> {
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(rest.len());
        let (operator, Some(inner)) = (&rest[..end], rest[end..].strip_prefix('[')) else {
            return Ok(None);
        };
        if operator.is_empty() {
            return Ok(None);
        }
        let Some(close) = inner.find(']') else {
            let reason = format!("{operator}[ has no closing bracket");
            return Err(self.error(self.at..self.text.len(), reason));
        };
        self.at += end + close + 2;
        Ok(Some((operator, inner[..close].trim())))
    }

    /// Reads what an operator holds for.
    fn within(
        &mut self,
        (operator, name, start): (&str, &str, usize),
        scope: Scope,
        depth: usize,
    ) -> Result<Expr, QueryError> {
        let place = start..self.at;
        let scope = match (operator, &*name.to_ascii_lowercase()) {
            ("AREA", _) => {
                let piece = self.piece(name, place.clone(), scope)?;
                Scope { piece, is_named: true, ..scope }
            }
            ("SEARCH", "study") => scope,
            ("SEARCH", "location") if scope.is_site => {
                return Err(self.error(place.clone(), "SEARCH[Location] stands in another one"));
            }
            ("SEARCH", "location") => {
                let piece = ("LocationSearch", Counterpart::Area(Area::Location));
                let inner = self.unit(Scope { piece, is_site: true, ..scope }, depth + 1)?;
                return Ok(match inner {
                    Expr::Everything => Expr::Everything,
                    inner => Expr::Site(Box::new(inner)),
                });
            }
            ("EXPANSION", "none" | "term") => Scope { sense: Sense::ToTheLetter, ..scope },
            ("EXPANSION", "concept") => Scope { sense: Sense::Together, ..scope },
            ("EXPANSION", "relaxation") => Scope { sense: Sense::Meant, ..scope },
            ("COVERAGE", "contains") => Scope { is_whole: false, ..scope },
            ("COVERAGE", "fullmatch") => Scope { is_whole: true, ..scope },
            ("RANGE", _) => return self.asked(scope, &Source::Range(name.to_owned()), start),
            ("TILT", _) => {
                let reason =
                    format!("TILT[{name}] has no counterpart here; sort: orders what is found");
                return Err(self.error(place.clone(), reason));
            }
            ("SEARCH" | "EXPANSION" | "COVERAGE", _) => {
                let reason = format!("{operator}[{name}] has no counterpart here");
                return Err(self.error(place.clone(), reason));
            }
            _ => {
                let reason = format!(
                    "there is no operator {operator}[…]; there are AREA, RANGE, SEARCH, EXPANSION, COVERAGE"
                );
                return Err(self.error(place.clone(), reason));
            }
        };
        self.skip_space();
        if self.rest().is_empty() || self.rest().starts_with(')') {
            let reason = format!("something is missing behind {operator}[{name}]");
            return Err(self.error(place, reason));
        }
        self.unit(scope, depth + 1)
    }

    /// What the name in an AREA is here.
    fn piece(
        &self,
        name: &str,
        place: Range<usize>,
        scope: Scope,
    ) -> Result<(&'static str, Counterpart), QueryError> {
        let none = |why: String| {
            self.error(place.clone(), format!("AREA[{name}] has no counterpart here{why}"))
        };
        let Some(piece) = counterpart(name) else {
            let alike = alike(name);
            let known = if alike.is_empty() {
                String::new()
            } else {
                format!("; there are {}", alike.join(", "))
            };
            return Err(none(known));
        };
        let is_of_sites = match piece.1 {
            Counterpart::Field(concept) => concept.is_of_sites(),
            Counterpart::SiteStatus | Counterpart::Area(Area::Location) => true,
            _ => false,
        };
        if scope.is_site && !is_of_sites {
            let reason = format!(
                "a location has no {}; in SEARCH[Location] stand LocationFacility, LocationCity, LocationState, LocationCountry, LocationZip, LocationStatus",
                piece.0
            );
            return Err(self.error(place, reason));
        }
        match piece.1 {
            // An NCT number is no other id.
            Counterpart::PartOf(Concept::Id) if piece.0.starts_with("NCTId") => Ok(piece),
            Counterpart::PartOf(concept) => {
                Err(none(format!("; {}: asks {}", concept.name(), whole(concept))))
            }
            _ => Ok(piece),
        }
    }
}

/// What a field looks into of which the registry asks only a part.
fn whole(concept: Concept) -> &'static str {
    match concept {
        Concept::Title => "the brief and the official title",
        Concept::Intervention => "names and other names",
        Concept::Id => "every id",
        Concept::Summary => "the brief summary and the detailed description",
        _ => "the terms and those above them",
    }
}

#[cfg(test)]
mod tests;
