//! Terms that ask for what is marked: `decision:include`, `tag:"two words"`, `is:changed`.

use super::super::area::Area;
use super::super::by_mark::{MarkField, MarkTerm, Wanted};
use super::super::query::{Ask, Expr};
use super::{NEGATIONS, Parser, QueryError};
use crate::study::Concept;

impl Parser<'_> {
    /// Reads what comes behind the colon of a field of marks.
    pub(super) fn marked(&mut self, field: MarkField, start: usize) -> Result<Expr, QueryError> {
        let is_left_out = NEGATIONS.iter().any(|&sign| self.takes(sign));
        let expr = if self.takes('(') {
            self.marked_in_brackets(field, start)?
        } else {
            let mut any = vec![self.marked_once(field, start)?];
            // `decision:include|maybe` is either.
            while self.goes_on_marked(field) {
                self.takes('|');
                any.push(self.marked_once(field, start)?);
            }
            Expr::or(any)
        };
        Ok(if is_left_out { expr.left_out() } else { expr })
    }

    /// Reads `liver | "two words")`; what stands beside each other has to hold at once.
    fn marked_in_brackets(&mut self, field: MarkField, start: usize) -> Result<Expr, QueryError> {
        let (mut all, mut is_alternative) = (Vec::new(), false);
        loop {
            self.skip_space();
            if self.takes(')') || self.rest().is_empty() {
                return Ok(Expr::and(all));
            }
            if self.takes('|') || self.takes_word("OR") {
                is_alternative = true;
                continue;
            }
            let one = self.marked_once(field, start)?;
            let before = all.pop_if(|_| std::mem::take(&mut is_alternative));
            all.push(Expr::or(before.into_iter().chain([one]).collect()));
        }
    }

    /// Whether another value of the same field, or `none`, follows a bar.
    fn goes_on_marked(&self, field: MarkField) -> bool {
        let Some(rest) = self.rest().strip_prefix('|') else { return false };
        let word = rest.split(|c: char| c.is_whitespace() || "()|".contains(c)).next();
        let is_none = |word: &str| word.eq_ignore_ascii_case("none") && field != MarkField::Is;
        word.is_some_and(|word| is_none(word) || field.value(word).is_some())
    }

    /// Reads one value of a field of marks, which a sign before it leaves out.
    fn marked_once(&mut self, field: MarkField, start: usize) -> Result<Expr, QueryError> {
        if NEGATIONS.iter().any(|&sign| self.takes(sign)) {
            return Ok(self.marked_once(field, start)?.left_out());
        }
        let ask = self.ask().ok_or_else(|| self.no_mark(field, start))?;
        let wanted = match ask {
            Ask::Word(word) if word.eq_ignore_ascii_case("none") && field != MarkField::Is => {
                Wanted::Nothing
            }
            Ask::Word(word) | Ask::Quoted(word) if !field.values().is_empty() => {
                let value = field.value(&word).ok_or_else(|| self.no_mark(field, start))?;
                Wanted::Words(value.to_owned())
            }
            Ask::Word(word) => Wanted::Words(word),
            Ask::Quoted(text) => Wanted::Exactly(text),
            // What is read here is a word or a quoted text.
            Ask::NotStated | Ask::Phrase(_) | Ask::Apart(..) | Ask::Range(_) => Wanted::Nothing,
        };
        Ok(Expr::Marked(MarkTerm { field, wanted }))
    }

    pub(super) fn no_field(&self, prefix: &str, start: usize) -> QueryError {
        let marks = MarkField::ALL.into_iter().map(MarkField::name);
        let others = Area::all().map(Area::name).chain(marks);
        let known: Vec<&str> = Concept::asked().map(Concept::name).chain(others).collect();
        let reason = format!(
            "there is no field “{prefix}”; fields are {}, near, site, sort",
            known.join(", ")
        );
        self.error(start..self.at, reason)
    }

    fn no_mark(&self, field: MarkField, start: usize) -> QueryError {
        let name = field.name();
        let values = field.values();
        let reason = if values.is_empty() {
            format!("a value comes after {name}: — a word, \"an exact value\", any, or none")
        } else {
            let none = if field == MarkField::Is { "" } else { ", none" };
            format!("{name}: can be {}{none}", values.join(", "))
        };
        self.error(start..self.at, reason)
    }
}
