//! A query line by line, as reviewers write a search: each part with what it finds, and how the parts are combined.

use super::query::{Ask, Expr, Query, Term};
use super::{Cancel, find_marked};
use crate::marks::Marks;
use crate::store::Store;

/// One line of a search. The first is number 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StrategyLine {
    /// A part of the query, or earlier lines combined: `#1 AND #2`.
    pub text: String,
    pub studies: u64,
}

/// A query with more lines is not taken apart further.
const MOST_LINES: usize = 100;

/// The lines of a query, the last of which is the whole of it; `None` when it was cancelled.
pub fn strategy(
    store: &Store,
    marks: &Marks,
    query: &Query,
    cancel: &Cancel,
) -> Option<Vec<StrategyLine>> {
    let mut taking = Taking { store, marks, query, cancel, lines: Vec::new() };
    taking.add(&query.expr)?;
    Some(taking.lines)
}

struct Taking<'a> {
    store: &'a Store,
    marks: &'a Marks,
    query: &'a Query,
    cancel: &'a Cancel,
    lines: Vec<StrategyLine>,
}

impl Taking<'_> {
    /// Adds the lines of an expression; gives the number of the last.
    fn add(&mut self, expr: &Expr) -> Option<usize> {
        let (parts, between) = match expr {
            Expr::And(parts) => (grouped(parts), " AND "),
            Expr::Or(parts) => (parts.clone(), " OR "),
            Expr::Not(inner) => {
                let number = self.add(inner)?;
                return self.line(format!("NOT #{number}"), expr);
            }
            _ => (Vec::new(), ""),
        };
        if parts.len() < 2 || self.lines.len() + parts.len() > MOST_LINES {
            return self.line(expr.to_string(), expr);
        }
        let numbers = parts.iter().map(|part| self.add(part));
        let numbers = numbers.collect::<Option<Vec<usize>>>()?;
        let numbers: Vec<String> = numbers.into_iter().map(|it| format!("#{it}")).collect();
        self.line(numbers.join(between), expr)
    }

    fn line(&mut self, text: String, expr: &Expr) -> Option<usize> {
        // What is not meant is not meant in any line.
        let not_meant = self.query.not_meant().map(|name| Expr::NotMeant(name.to_owned()));
        let parts = std::iter::once(expr.clone()).chain(not_meant);
        let query = Query { expr: Expr::and(parts.collect()), ..self.query.clone() };
        let found = find_marked(self.store, self.marks, &query, self.cancel)?;
        self.lines.push(StrategyLine { text, studies: found.rows.len() as u64 });
        Some(self.lines.len())
    }
}

/// Words beside each other are one line, since they are read together; what is not meant is none.
fn grouped(parts: &[Expr]) -> Vec<Expr> {
    let field = |expr: &Expr| match expr {
        Expr::Term(Term { concept, ask: Ask::Word(_) }) => Some(*concept),
        _ => None,
    };
    let mut groups: Vec<Vec<Expr>> = Vec::new();
    for part in parts.iter().filter(|part| !matches!(part, Expr::NotMeant(_))) {
        match groups.last_mut() {
            Some(group) if field(&group[0]).is_some() && field(&group[0]) == field(part) => {
                group.push(part.clone());
            }
            _ => groups.push(vec![part.clone()]),
        }
    }
    // One group is the whole, and is not taken apart.
    groups.into_iter().map(Expr::and).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::parse;
    use crate::study::made::made;

    #[test]
    fn a_search_is_written_line_by_line() {
        let store = Store::of([
            made(1).title("Heart Attack in Mice").phases(["PHASE2"]),
            made(2).title("Attack of the Heart").phases(["PHASE3"]),
            made(3).title("Gout").phases(["PHASE3"]),
        ]);
        for (query, lines) in [
            ("", &["1  = 3"][..]),
            ("gout", &["1 gout = 1"]),
            ("heart attack", &["1 heart attack = 2"]),
            (
                "heart attack phase:(2 | 3) -mice",
                &[
                    "1 heart attack = 2",
                    "2 phase:2 = 1",
                    "3 phase:3 = 2",
                    "4 #2 OR #3 = 3",
                    "5 mice = 1",
                    "6 NOT #5 = 2",
                    "7 #1 AND #4 AND #6 = 1",
                ],
            ),
        ] {
            let query = parse(query).unwrap();
            let found = strategy(&store, &Marks::default(), &query, &Cancel::default()).unwrap();
            let found =
                (1..).zip(found).map(|(n, line)| format!("{n} {} = {}", line.text, line.studies));
            assert_eq!(found.collect::<Vec<_>>(), lines, "{query}");
        }
    }
}
