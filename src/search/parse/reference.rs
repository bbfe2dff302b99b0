//! Queries inside of a query: saved searches, `saved:name` or `@name` where one is called so, and queries that were asked
//! before, by their numbers: `#1 AND #2`.

use std::cell::Cell;

use super::site::Within;
use super::{Around, Parser, QueryError, parse_within};
use crate::search::lines::QueryLines;
use crate::search::query::{Ask, Expr};
use crate::search::saved::SavedSearches;

/// How deeply queries may name each other.
const DEEPEST: usize = 32;

/// So many names and numbers are followed in one query: few can stand for very much.
const MOST: usize = 1000;

/// What a query may name. `None` where such is not kept.
#[derive(Clone, Copy, Debug, Default)]
pub struct References<'a> {
    pub saved: Option<&'a SavedSearches>,
    pub lines: Option<&'a QueryLines>,
}

/// How far names and numbers were followed.
#[derive(Clone, Copy)]
pub(super) struct Followed<'a> {
    /// In how many queries this one stands.
    nesting: usize,
    /// How many of them are in the whole query.
    count: &'a Cell<usize>,
}

impl<'a> Followed<'a> {
    pub(super) fn new(count: &'a Cell<usize>) -> Self {
        Self { nesting: 0, count }
    }
}

impl<'a> Parser<'a> {
    /// Reads the name that stands behind `saved:`.
    pub(super) fn saved_search(&mut self, start: usize, depth: usize) -> Result<Expr, QueryError> {
        let Some(Ask::Word(name) | Ask::Quoted(name)) = self.ask() else {
            return Err(self.error(start..self.at, "the name of a saved search comes after saved:"));
        };
        let Some(saved) = self.around.references.saved else {
            let reason = format!("“{name}” names no saved search: they are off here");
            return Err(self.error(start..self.at, reason));
        };
        let Some(query) = saved.query(&name) else {
            let names: Vec<&str> = saved.iter().map(|(name, _)| name).take(10).collect();
            let known = if names.is_empty() {
                "; none is saved".to_owned()
            } else {
                format!("; there are {}", names.join(", "))
            };
            let reason = format!("there is no saved search “{name}”{known}");
            return Err(self.error(start..self.at, reason));
        };
        self.asked_in((&format!("the saved search {name}"), query), start, depth)
    }

    /// What a word asks that is `@` and the name of a saved search, or `#` and a number; `None` if it is a word like others.
    pub(super) fn referred_to(
        &mut self,
        word: &str,
        start: usize,
        depth: usize,
    ) -> Option<Result<Expr, QueryError>> {
        let References { saved, lines } = self.around.references;
        if let Some(name) = word.strip_prefix('@')
            && let Some(query) = saved.and_then(|saved| saved.query(name))
        {
            return Some(self.asked_in((&format!("the saved search {name}"), query), start, depth));
        }
        let digits = word.strip_prefix('#')?;
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number {
            return None;
        }
        let found = digits.parse().ok().and_then(|number| lines?.text(number));
        Some(if let Some(query) = found {
            self.asked_in((word, query), start, depth)
        } else {
            let reason = format!("there is no query {word}; {}", numbers(lines));
            Err(self.error(start..self.at, reason))
        })
    }

    /// What a query asks that has a name or a number.
    fn asked_in(
        &mut self,
        (called, query): (&str, &'a str),
        start: usize,
        depth: usize,
    ) -> Result<Expr, QueryError> {
        let Around { followed: Followed { nesting, count }, .. } = self.around;
        let place = start..self.at;
        if self.within == Within::Site {
            return Err(self.error(place, "a site has no other queries; ask beside site:"));
        }
        if nesting >= DEEPEST || count.get() >= MOST {
            return Err(self.error(place, "queries name each other too deeply"));
        }
        count.set(count.get() + 1);
        let followed = Followed { nesting: nesting + 1, count };
        let inner = parse_within(query, Around { followed, ..self.around }, depth + 1);
        let inner = inner.map_err(|error| {
            // Of queries in queries the outermost stands in the line.
            let reason =
                if nesting > 0 { error.reason } else { format!("in {called}: {}", error.reason) };
            self.error(place, reason)
        })?;
        // What is not meant is said of the whole query.
        let mut parts = Vec::new();
        for part in inner.conjuncts() {
            match part {
                Expr::NotMeant(name) if self.not_meant.contains(name) => (),
                Expr::NotMeant(name) => self.not_meant.push(name.clone()),
                part => parts.push(part.clone()),
            }
        }
        Ok(Expr::and(parts))
    }
}

/// Which numbers there are.
fn numbers(lines: Option<&QueryLines>) -> String {
    let Some(lines) = lines else { return "queries that were asked are not kept here".to_owned() };
    let numbers = lines.all().iter().map(|line| line.number);
    match (numbers.clone().min(), numbers.max()) {
        (Some(first), Some(last)) if first < last => {
            format!("the history (H) has #{first} to #{last}")
        }
        (Some(only), _) => format!("the history (H) has #{only}"),
        _ => "none was asked yet".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::{Query, parse, parse_with};

    fn read(text: &str) -> Result<Query, QueryError> {
        let mut saved = SavedSearches::default();
        for (name, query) in [
            ("gout", "gout | tophus"),
            ("Mine", "@gout phase:3 sort:start"),
            ("round", "saved:round x"),
            ("double", "saved:round saved:round"),
            ("wrong", "cond:"),
            ("strict", "cancer not-meant:neoplasms"),
            ("gone", "x"),
            ("gone", ""),
        ] {
            saved.save(name, query);
        }
        let asked = ["gout | tophus", "lyon", "#1 AND #2", "#9", "AREA[Phase]PHASE3"];
        let lines = QueryLines::of(&asked.map(str::to_owned));
        parse_with(text, None, References { saved: Some(&saved), lines: Some(&lines) })
    }

    #[test]
    fn a_name_or_a_number_stands_for_its_query() {
        for (text, meant) in [
            ("saved:gout lyon", "(gout | tophus) lyon"),
            ("-@GOUT lyon", "-(gout | tophus) lyon"),
            ("saved:mine", "(gout | tophus) phase:3"),
            ("saved:\"gout\"", "gout | tophus"),
            ("#1 AND #2", "(gout | tophus) lyon"),
            ("#3 NOT phase:3", "(gout | tophus) lyon -phase:3"),
            ("(#2 OR #1) -#5", "(lyon | gout | tophus) -phase:PHASE3"),
            ("@strict | y", "(cancer | y) not-meant:neoplasms"),
            // What is no name and no number is a word.
            ("@who a@gout a#1 # #1a \"#1\"", "@who a@gout a#1 #1a \"#1\""),
        ] {
            let query = read(text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(query.to_string(), meant, "{text}");
            // What it stands for says the same where no query has a name.
            assert_eq!(parse(meant), Ok(Query { sort: query.sort, ..query }), "{text}");
        }
    }

    #[test]
    fn what_stands_for_nothing_is_said_in_a_line() {
        for (text, reason) in [
            ("saved:none", "there is no saved search “none”; there are double, gout, mine"),
            ("saved:gone", "there is no saved search “gone”"),
            ("saved:", "the name of a saved search comes after saved:"),
            ("saved:wrong", "in the saved search wrong: a value comes after cond:"),
            ("saved:round", "in the saved search round: queries name each other too deeply"),
            ("saved:double", "in the saved search double: queries name each other too deeply"),
            ("site:(saved:gout)", "a site has no other queries"),
            ("site:(#1)", "a site has no other queries"),
            ("#9", "there is no query #9; the history (H) has #1 to #5"),
            ("#4", "in #4: there is no query #9"),
            ("#99999999999999999999", "there is no query #99999999999999999999"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.reason.starts_with(reason), "{text}: {error}");
        }
        for (text, reason) in [
            ("saved:gout", "“gout” names no saved search: they are off here"),
            ("#1", "there is no query #1; queries that were asked are not kept here"),
        ] {
            assert!(parse(text).unwrap_err().reason.starts_with(reason), "{text}");
        }
    }
}
