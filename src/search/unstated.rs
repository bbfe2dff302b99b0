//! Studies that state nothing where a query asks for a range: how many it leaves out, and how many it finds all the same.

use std::fmt;

use super::query::{Ask, Expr, Term};
use super::sex;
use crate::study::concept::{Concept, Kind};
use crate::text;

/// How many studies state nothing for a concept of which a range is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unstated {
    pub concept: Concept,
    pub studies: u64,
    pub stand: Stand,
}

/// Where studies stand that state nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// They would be found if `|none` were added.
    LeftOut,
    /// They are found, as the range is refused.
    Found,
    /// They are found, as a limit that is not stated is open.
    Open,
}

impl fmt::Display for Unstated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (studies, label) = (text::grouped(self.studies), self.concept.label());
        let states = if self.studies == 1 { "states" } else { "state" };
        let date = match self.concept.definition().kind {
            Kind::Date(_) => " date",
            _ => "",
        };
        let is_one = self.studies == 1;
        match self.stand {
            Stand::LeftOut | Stand::Found if self.concept.is_side_of_criteria() => {
                let of = if self.stand == Stand::Found { " of these" } else { "" };
                let have = if is_one { "has" } else { "have" };
                write!(f, "{studies}{of} {have} criteria that are not split; crit: looks there too")
            }
            Stand::LeftOut => write!(f, "{studies} {states} no {label}{date}; add |none"),
            Stand::Found => write!(f, "{studies} of these {states} no {label}{date}"),
            Stand::Open => {
                write!(
                    f,
                    "{studies} of these {states} no limit of age on one side, which counts as open"
                )
            }
        }
    }
}

/// Whether a term asks for values that lie in a range, or for words of prose.
fn is_range(term: &Term) -> bool {
    matches!(term.ask, Ask::Range(_))
        || sex::is_fit(term)
        || term.is_of_prose() && term.ask != Ask::NotStated
}

/// The concepts of which `parts` ask for ranges, each once.
pub(super) fn ranged<'q>(parts: impl Iterator<Item = &'q Expr>) -> Vec<Concept> {
    let mut concepts = Vec::new();
    parts.for_each(|part| gather(part, &mut concepts));
    concepts
}

fn gather(expr: &Expr, concepts: &mut Vec<Concept>) {
    match expr {
        // A site states no dates, counts or ages.
        Expr::Everything
        | Expr::Area(_)
        | Expr::NotMeant(_)
        | Expr::Marked(_)
        | Expr::Near(_)
        | Expr::Site(_) => {}
        Expr::And(parts) | Expr::Or(parts) => parts.iter().for_each(|part| gather(part, concepts)),
        Expr::Not(inner) => gather(inner, concepts),
        Expr::Term(term) => {
            let concept =
                term.concept.filter(|concept| is_range(term) && !concepts.contains(concept));
            concepts.extend(concept);
        }
    }
}

/// Whether `expr` asks for ranges of `concept`.
pub(super) fn asks(expr: &Expr, concept: Concept) -> bool {
    ranged(std::iter::once(expr)).contains(&concept)
}

/// The same, where what states nothing of `concept` lies in every range.
pub(super) fn with_unstated(expr: &Expr, concept: Concept) -> Expr {
    let each = |parts: &[Expr]| parts.iter().map(|part| with_unstated(part, concept)).collect();
    match expr {
        Expr::And(parts) => Expr::And(each(parts)),
        Expr::Or(parts) => Expr::Or(each(parts)),
        Expr::Not(inner) => Expr::Not(Box::new(with_unstated(inner, concept))),
        Expr::Term(term) if term.concept == Some(concept) && is_range(term) => {
            let none = Term { concept: Some(concept), ask: Ask::NotStated };
            Expr::Or(vec![expr.clone(), Expr::Term(none)])
        }
        Expr::Everything
        | Expr::NotMeant(_)
        | Expr::Marked(_)
        | Expr::Term(_)
        | Expr::Area(_)
        | Expr::Near(_)
        | Expr::Site(_) => expr.clone(),
    }
}
