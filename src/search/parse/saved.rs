//! Saved searches inside of a query: `saved:name`, and `@name` where one is called so.

use super::site::Within;
use super::{Parser, QueryError, parse_nested};
use crate::search::query::{Ask, Expr};

/// How deeply saved searches may name each other.
const DEEPEST: usize = 8;

impl Parser<'_> {
    /// Reads the name that stands behind `saved:`.
    pub(super) fn saved_search(&mut self, start: usize) -> Result<Expr, QueryError> {
        let Some(Ask::Word(name) | Ask::Quoted(name)) = self.ask() else {
            return Err(self.error(start..self.at, "the name of a saved search comes after saved:"));
        };
        self.saved_as(&name, start)
    }

    /// Whether a word is `@` and the name of a saved search.
    pub(super) fn is_saved(&self, word: &str) -> bool {
        word.strip_prefix('@').is_some_and(|name| self.saved.query(name).is_some())
    }

    /// What the saved search of this name asks.
    pub(super) fn saved_as(&self, name: &str, start: usize) -> Result<Expr, QueryError> {
        let place = start..self.at;
        if self.within == Within::Site {
            return Err(self.error(place, "a site has no saved searches; ask beside site:"));
        }
        let Some(query) = self.saved.query(name) else {
            let names: Vec<&str> = self.saved.iter().map(|(name, _)| name).take(10).collect();
            let known = if names.is_empty() {
                "; none is saved".to_owned()
            } else {
                format!("; there are {}", names.join(", "))
            };
            return Err(self.error(place, format!("there is no saved search “{name}”{known}")));
        };
        if self.nesting >= DEEPEST {
            return Err(self.error(place, "saved searches name each other too deeply"));
        }
        let inner = parse_nested(query, self.today, self.saved, self.nesting + 1);
        let inner = inner.map_err(|error| {
            self.error(place, format!("in the saved search {name}: {}", error.reason))
        })?;
        Ok(inner.expr)
    }
}

#[cfg(test)]
mod tests {
    use crate::search::{SavedSearches, parse_with};

    #[test]
    fn a_saved_search_stands_for_its_query() {
        let mut saved = SavedSearches::default();
        for (name, query) in [
            ("gout", "gout | tophus"),
            ("Mine", "@gout phase:3 sort:start"),
            ("round", "saved:round x"),
            ("wrong", "cond:"),
            ("gone", "x"),
            ("gone", ""),
        ] {
            saved.save(name, query);
        }
        for (text, meant) in [
            ("saved:gout lyon", "(gout | tophus) lyon"),
            ("-@GOUT lyon", "-(gout | tophus) lyon"),
            ("saved:mine", "(gout | tophus) phase:3"),
            ("saved:\"gout\"", "gout | tophus"),
            // What is no name is a word.
            ("@who a@gout", "@who a@gout"),
        ] {
            let query = parse_with(text, None, &saved).unwrap_or_else(|it| panic!("{text}: {it}"));
            assert_eq!(query.to_string(), meant, "{text}");
        }
        for (text, reason) in [
            ("saved:none", "there is no saved search “none”; there are gout, mine"),
            ("saved:gone", "there is no saved search “gone”"),
            ("saved:", "the name of a saved search comes after saved:"),
            ("saved:wrong", "in the saved search wrong: a value comes after cond:"),
            ("saved:round", "in the saved search round: in the saved search round"),
            ("site:(saved:gout)", "a site has no saved searches"),
        ] {
            let error = parse_with(text, None, &saved).unwrap_err();
            assert!(error.reason.starts_with(reason), "{text}: {error}");
        }
    }
}
