//! What is said of the whole query: its order, and what its words do not mean.

use super::{Parser, QueryError};
use crate::search::query::{Ask, Expr};

impl Parser<'_> {
    pub(super) fn sort(&mut self, start: usize) -> Result<Expr, QueryError> {
        let name = match self.ask() {
            Some(Ask::Word(name)) => name,
            _ => String::new(),
        };
        let sorts = name.parse().and_then(|sorts| self.sort.and(sorts));
        self.sort = sorts.map_err(|error| self.error(start..self.at, error.to_string()))?;
        Ok(Expr::Everything)
    }

    /// What is not meant holds for the whole query, wherever it stands.
    pub(super) fn not_meant(&mut self, start: usize) -> Result<Expr, QueryError> {
        let Some(Ask::Word(name) | Ask::Quoted(name)) = self.ask() else {
            let reason = "after not-meant: comes what is not to be added to the words";
            return Err(self.error(start..self.at, reason));
        };
        if !self.not_meant.contains(&name) {
            self.not_meant.push(name);
        }
        Ok(Expr::Everything)
    }
}
