//! Saved searches: queries that a person has given a name, for `saved:name` and `@name`. It does not know where they are
//! kept.

use std::collections::BTreeMap;

use crate::text;

/// Queries by their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedSearches(BTreeMap<String, String>);

impl SavedSearches {
    /// The query of this name, in whatever case.
    pub fn query(&self, name: &str) -> Option<&str> {
        self.0.get(&text::fold(name)).map(String::as_str)
    }

    /// Names with their queries, in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, query)| (name.as_str(), query.as_str()))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Saves a query under a name, in place of the one that has it; an empty one takes the name away.
    pub fn save(&mut self, name: &str, query: &str) {
        let name = text::fold(name);
        if query.trim().is_empty() {
            self.0.remove(&name);
        } else {
            self.0.insert(name, query.trim().to_owned());
        }
    }

    /// Whether a query asks for the search of a name.
    pub fn names(&self, query: &str, name: &str) -> bool {
        let name = text::fold(name);
        let folded = text::fold(query);
        let mut words = folded.split(|c: char| c.is_whitespace() || "()|-".contains(c));
        words.any(|word| [format!("saved:{name}"), format!("@{name}")].contains(&word.to_owned()))
    }

    /// Says why a text can be no name.
    pub fn check(name: &str) -> Result<(), String> {
        let is_allowed = |c: char| c.is_alphanumeric() || "-_.".contains(c);
        if name.is_empty() || name.len() > 60 || !name.chars().all(is_allowed) {
            return Err("a name has letters, digits, - _ and . only".to_owned());
        }
        Ok(())
    }
}
