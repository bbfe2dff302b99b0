//! The queries that were asked in this run and in others, and the way back and forth among them. It does not know where they are kept.

use super::{Completeness, Session, Task};
use crate::search::{ProseState, QueryLine, QueryLines, References};

/// Queries as they were typed, each once, and the place of the one that the search line shows.
#[derive(Clone, Debug, Default)]
pub struct History {
    lines: QueryLines,
    /// Which of them is shown, and what stood in the line before.
    shown: Option<(usize, String)>,
}

impl History {
    /// The queries of other runs, the oldest first, as if they had been asked in this one.
    pub fn of_other_runs(asked: &[String]) -> Self {
        Self { lines: QueryLines::of(asked), shown: None }
    }

    /// The queries, the one that was asked last at the end.
    pub fn asked(&self) -> &[QueryLine] {
        self.lines.all()
    }

    /// Forgets how many studies the queries found.
    pub(super) fn forget_counts(&mut self) {
        self.lines.forget_counts();
    }

    /// Takes in a query that was asked; it is the latest from now on.
    pub fn remember(&mut self, text: &str) {
        self.lines.remember(text);
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
            None => (self.asked().len(), present.to_owned()),
        };
        let asked = self.lines.all();
        let earlier = asked[..before].iter().rposition(|asked| asked.text != present.trim());
        self.shown = Some((earlier.unwrap_or(before), draft)).filter(|(at, _)| *at < asked.len());
        earlier.map(|at| &*asked[at].text)
    }

    /// The query after the one that is shown; behind the latest, what stood in the line before.
    pub(super) fn later(&mut self) -> Option<String> {
        let (shown, draft) = self.shown.take()?;
        let Some(later) = self.asked().get(shown + 1) else { return Some(draft) };
        let later = later.text.clone();
        self.shown = Some((shown + 1, draft));
        Some(later)
    }
}

/// Said where saved searches are kept no longer.
pub const SEARCHES_OFF: &str =
    "saved searches are off; searches = true in the configuration turns them on";

impl Session {
    /// Remembers the query as one that was asked.
    pub fn keep_query(&mut self) {
        if self.error.is_some() {
            return;
        }
        let last = self.history.asked().last();
        let is_new = last.is_none_or(|last| last.text != self.text.trim());
        self.history.remember(&self.text);
        self.count_query();
        if self.keeps_queries && is_new && !self.text.trim().is_empty() {
            self.start(Task::KeepQuery(self.text.trim().to_owned()));
        }
    }

    /// Takes in how many studies the query finds, if that is known and it is one that was asked.
    pub(super) fn count_query(&mut self) {
        let is_known = !self.is_searching()
            && self.completeness == Completeness::Whole
            && self.error.is_none()
            && self.results.prose == ProseState::Complete;
        if is_known {
            self.history.lines.count(&self.text, self.results.rows.len() as u64);
        }
    }

    /// What a query may name.
    pub(super) fn references(&self) -> References<'_> {
        References { saved: self.saved.as_ref(), lines: Some(&self.history.lines) }
    }

    /// Saves the query under a name; with `-` before the name, takes that away.
    pub fn save_search(&mut self, typed: &str) {
        let (name, query) = match typed.strip_prefix('-') {
            Some(name) => (name, String::new()),
            None => (typed, self.sensible_text().trim().to_owned()),
        };
        let Some(saved) = &self.saved else { return self.fail(SEARCHES_OFF) };
        // Its own name stands for what it asked so far, and numbers for what they are now.
        let is_fixed = saved.names(&query, name) || query.contains('#');
        let query = if is_fixed { self.query.to_string() } else { query };
        if query.is_empty() && !typed.starts_with('-') {
            return self.fail("there is no query to save; type one first");
        }
        self.saved.get_or_insert_default().save(name, &query);
        self.start(Task::SaveSearch { name: name.to_owned(), query });
        self.count_searches();
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
        let asked: Vec<&str> = history.asked().iter().map(|line| line.text.as_str()).collect();
        assert_eq!(asked, ["two", "one", "three"]);
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
