//! The queries that somebody has asked, each with a number, so that `#1 AND #2` combines them. It does not know where they
//! are kept.

use std::collections::HashMap;

/// So many queries are known: those that were asked last.
const MOST: usize = 1000;

/// A query that was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryLine {
    pub number: u64,
    /// As it was typed.
    pub text: String,
    /// How many studies it found in the dataset that is open; `None` if it was not asked there in this run.
    pub studies: Option<u64>,
}

/// Queries, each once, the one that was asked last at the end. A query keeps the number that it got when it was asked
/// first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueryLines {
    lines: Vec<QueryLine>,
    /// The greatest number that was given.
    last: u64,
}

impl QueryLines {
    /// The queries of a history, the oldest first. One may have been asked several times.
    pub fn of(asked: &[String]) -> Self {
        let mut places: HashMap<&str, (usize, u64)> = HashMap::new();
        let asked = asked.iter().map(|text| text.trim()).filter(|text| !text.is_empty());
        for (at, text) in asked.enumerate() {
            let next = places.len() as u64 + 1;
            places.entry(text).or_insert((at, next)).0 = at;
        }
        let last = places.len() as u64;
        let mut places: Vec<_> =
            places.into_iter().map(|(text, (at, number))| (at, number, text)).collect();
        places.sort_unstable();
        let known = places.into_iter().skip((last as usize).saturating_sub(MOST));
        let line = |(_, number, text): (_, _, &str)| QueryLine {
            number,
            text: text.to_owned(),
            studies: None,
        };
        Self { lines: known.map(line).collect(), last }
    }

    /// The queries, the one that was asked last at the end.
    pub fn all(&self) -> &[QueryLine] {
        &self.lines
    }

    /// The query of this number.
    pub fn text(&self, number: u64) -> Option<&str> {
        self.lines.iter().find(|line| line.number == number).map(|line| line.text.as_str())
    }

    /// Takes in a query that was asked.
    pub fn remember(&mut self, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let known = self.lines.iter().position(|line| line.text == text);
        let line = if let Some(place) = known {
            self.lines.remove(place)
        } else {
            self.last += 1;
            QueryLine { number: self.last, text: text.to_owned(), studies: None }
        };
        self.lines.push(line);
        if self.lines.len() > MOST {
            self.lines.remove(0);
        }
    }

    /// Takes in how many studies a query found.
    pub fn count(&mut self, text: &str, studies: u64) {
        if let Some(line) = self.lines.iter_mut().find(|line| line.text == text.trim()) {
            line.studies = Some(studies);
        }
    }

    /// Forgets how many studies the queries found.
    pub fn forget_counts(&mut self) {
        self.lines.iter_mut().for_each(|line| line.studies = None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(lines: &QueryLines) -> Vec<String> {
        lines.all().iter().map(|line| format!("{} {}", line.number, line.text)).collect()
    }

    #[test]
    fn a_query_keeps_its_number() {
        let asked = ["a", "b", " ", "a ", "c"].map(str::to_owned);
        let mut lines = QueryLines::of(&asked);
        assert_eq!(shown(&lines), ["2 b", "1 a", "3 c"]);
        lines.remember("b");
        lines.remember("d");
        lines.remember("");
        assert_eq!(shown(&lines), ["1 a", "3 c", "2 b", "4 d"]);
        assert_eq!((lines.text(2), lines.text(5)), (Some("b"), None));
        lines.count("c", 7);
        assert_eq!(lines.all()[1].studies, Some(7));
        lines.forget_counts();
        assert_eq!(lines.all()[1].studies, None);
        // As if all had been asked in one run.
        let mut one = QueryLines::default();
        for text in &asked {
            one.remember(text);
        }
        assert_eq!(one, QueryLines::of(&asked));
    }

    #[test]
    fn of_many_queries_the_last_are_known_by_their_numbers() {
        let asked: Vec<String> = (1..=MOST + 5).map(|number| format!("q{number}")).collect();
        let mut lines = QueryLines::of(&asked);
        assert_eq!((lines.all().len(), lines.text(5), lines.text(6)), (MOST, None, Some("q6")));
        lines.remember("more");
        assert_eq!((lines.text(6), lines.text(MOST as u64 + 6)), (None, Some("more")));
    }
}
