//! Words and phrases that are asked of an area of the registry: `titles:olive`, `intr:(aspirin "low dose")`.

use super::{NEGATIONS, Parser, QueryError};
use crate::search::area::Area;
use crate::search::parse::site::Within;
use crate::search::parse::value::is_wordless;
use crate::search::query::{AreaTerm, Ask, Expr};

impl Parser<'_> {
    /// Reads what stands behind the prefix of an area.
    pub(super) fn area(
        &mut self,
        area: Area,
        start: usize,
        depth: usize,
    ) -> Result<Expr, QueryError> {
        let name = area.name();
        if self.within == Within::Site {
            let reason = format!("a site has no {name}:; in site:(…) words stand without a prefix");
            return Err(self.error(start..self.at, reason));
        }
        if self.takes('(') {
            let outer = (self.area.replace(area), self.field.take());
            let inner = self.all(depth + 1)?;
            (self.area, self.field) = outer;
            self.takes(')');
            return Ok(inner);
        }
        let is_left_out = NEGATIONS.iter().any(|&sign| self.takes(sign));
        let mut any = Vec::new();
        loop {
            let Some(ask) = self.ask() else {
                let reason =
                    format!("a word, a \"phrase\", (brackets) or none comes after {name}:");
                return Err(self.error(start..self.at, reason));
            };
            any.push(asked(area, ask));
            let goes_on = |rest: &str| {
                rest.strip_prefix('|').is_some_and(|rest| {
                    let word = rest.split(|c: char| c.is_whitespace() || "()|".contains(c)).next();
                    word.is_some_and(|word| !word.is_empty() && !word.contains(':'))
                })
            };
            if !goes_on(self.rest()) {
                break;
            }
            self.takes('|');
        }
        let any = Expr::or(any);
        Ok(if is_left_out { any.left_out() } else { any })
    }
}

/// What is asked of an area.
pub(super) fn asked(area: Area, ask: Ask) -> Expr {
    let ask = match ask {
        Ask::Word(word) if word.eq_ignore_ascii_case("none") => Ask::NotStated,
        // `=word` is that word to the letter.
        Ask::Word(word) if word.starts_with('=') && word.len() > 1 => {
            Ask::Quoted(word[1..].to_owned())
        }
        ask => ask,
    };
    match &ask {
        Ask::Word(text) | Ask::Quoted(text) if is_wordless(text) => Expr::Everything,
        _ => Expr::Area(AreaTerm { area, ask }),
    }
}
