//! The queries that were asked in this run and in others, and the way back and forth among them. It does not know where they are kept.

use super::{Session, Task};

/// Queries as they were typed, each once, and the place of the one that the search line shows.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// The oldest first.
    asked: Vec<String>,
    /// Which of them is shown, and what stood in the line before.
    shown: Option<(usize, String)>,
}

impl History {
    /// The queries of other runs, the oldest first, as if they had been asked in this one.
    pub fn of_other_runs(asked: &[String]) -> Self {
        let mut history = Self::default();
        for text in asked {
            history.remember(text);
        }
        history
    }

    /// The queries, the oldest first.
    pub fn asked(&self) -> &[String] {
        &self.asked
    }

    /// Takes in a query that was asked; it is the latest from now on.
    pub fn remember(&mut self, text: &str) {
        let text = text.trim();
        if !text.is_empty() {
            self.asked.retain(|asked| asked != text);
            self.asked.push(text.to_owned());
        }
        self.stop();
    }

    /// Shows none of them any more; the next step begins at the latest.
    pub(super) fn stop(&mut self) {
        self.shown = None;
    }

    /// Whether one of them is shown.
    pub(super) fn is_shown(&self) -> bool {
        self.shown.is_some()
    }

    /// The query before the one that is shown; `present` is what stands in the line.
    pub(super) fn earlier(&mut self, present: &str) -> Option<&str> {
        let (before, draft) = match self.shown.take() {
            Some((shown, draft)) => (shown, draft),
            None => (self.asked.len(), present.to_owned()),
        };
        let earlier = self.asked[..before].iter().rposition(|asked| asked != present.trim());
        self.shown =
            Some((earlier.unwrap_or(before), draft)).filter(|(at, _)| *at < self.asked.len());
        earlier.map(|at| &*self.asked[at])
    }

    /// The query after the one that is shown; behind the latest, what stood in the line before.
    pub(super) fn later(&mut self) -> Option<String> {
        let (shown, draft) = self.shown.take()?;
        let Some(later) = self.asked.get(shown + 1) else { return Some(draft) };
        let later = later.clone();
        self.shown = Some((shown + 1, draft));
        Some(later)
    }
}

impl Session {
    /// Remembers the query as one that was asked.
    pub fn keep_query(&mut self) {
        if self.error.is_some() {
            return;
        }
        let is_new = self.history.asked().last().is_none_or(|last| *last != self.text.trim());
        self.history.remember(&self.text);
        if self.keeps_queries && is_new && !self.text.trim().is_empty() {
            self.start(Task::KeepQuery(self.text.trim().to_owned()));
        }
    }

    /// Saves the query under a name; with `-` before the name, takes that away.
    pub fn save_search(&mut self, typed: &str) {
        let (name, query) = match typed.strip_prefix('-') {
            Some(name) => (name, String::new()),
            None => (typed, self.sensible_text().trim().to_owned()),
        };
        // Its own name stands for what it asked so far.
        let query = if self.saved.names(&query, name) { self.query.to_string() } else { query };
        if query.is_empty() && !typed.starts_with('-') {
            return self.fail("there is no query to save; type one first");
        }
        self.saved.save(name, &query);
        self.start(Task::SaveSearch { name: name.to_owned(), query });
    }

    /// Puts the query that was asked before the present one into the search line.
    pub fn earlier_query(&mut self) {
        match self.history.earlier(&self.text).map(str::to_owned) {
            Some(text) => self.take_text(&text),
            None => self.say("there is no earlier query"),
        }
    }

    /// Puts the query that was asked after the present one into the search line, or what stood there before.
    pub fn later_query(&mut self) {
        match self.history.later() {
            Some(text) => self.take_text(&text),
            None => self.say("there is no later query"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_goes_back_and_forth_and_comes_out_where_one_began() {
        let mut history = History::default();
        assert_eq!(history.earlier("x"), None);
        assert_eq!(history.later(), None);
        for asked in ["one", " two ", "", "one", "three"] {
            history.remember(asked);
        }
        assert_eq!(history.asked(), ["two", "one", "three"]);
        assert_eq!(history.earlier("draft"), Some("three"));
        assert_eq!(history.earlier("three"), Some("one"));
        assert_eq!(history.later().as_deref(), Some("three"));
        assert_eq!(history.later().as_deref(), Some("draft"));
        assert_eq!(history.later(), None);
        assert_eq!(history.earlier("three"), Some("one"), "what stands there is no step");
        assert_eq!(history.earlier("one"), Some("two"));
        assert_eq!(history.earlier("two"), None);
        assert_eq!(history.later().as_deref(), Some("one"));
    }
}
