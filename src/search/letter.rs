//! Taking back how words were read. The query that is asked then says so in its text.

use super::How;
use super::query::{AreaTerm, Ask, Expr, Query, Term};
use super::taken::Added;

impl Query {
    /// The query without what was added to its words. A word that was corrected is asked for to the letter; what else
    /// was added is not meant.
    #[must_use]
    pub fn taken_back(&self, added: &Added) -> Self {
        if added.how == How::Near {
            return self.to_the_letter(&added.typed);
        }
        let names = added.name.split(", ").map(|name| Expr::NotMeant(name.to_owned()));
        let mut parts = self.conjuncts().to_vec();
        for name in names {
            if !parts.contains(&name) {
                parts.push(name);
            }
        }
        Self { expr: Expr::and(parts), ..self.clone() }
    }

    /// The query that asks for the words `typed` as they stand: one in quotes, several as a phrase.
    #[must_use]
    pub fn to_the_letter(&self, typed: &str) -> Self {
        Self { expr: to_the_letter(&self.expr, typed), ..self.clone() }
    }

    /// What is not meant by the words.
    pub fn not_meant(&self) -> impl Iterator<Item = &str> {
        self.conjuncts().iter().filter_map(|part| match part {
            Expr::NotMeant(name) => Some(name.as_str()),
            _ => None,
        })
    }
}

fn to_the_letter(expr: &Expr, typed: &str) -> Expr {
    let all = |parts: &[Expr]| parts.iter().map(|part| to_the_letter(part, typed)).collect();
    match expr {
        Expr::Term(term) => Expr::Term(quoted(term, typed).unwrap_or_else(|| term.clone())),
        Expr::And(parts) => match words(parts, typed) {
            Some(place) => {
                let mut parts = parts.clone();
                let phrase = Term { concept: None, ask: Ask::Quoted(typed.to_owned()) };
                parts.splice(place, [Expr::Term(phrase)]);
                Expr::and(parts)
            }
            None => Expr::and(all(parts)),
        },
        Expr::Or(parts) => Expr::or(all(parts)),
        Expr::Not(inner) => Expr::Not(Box::new(to_the_letter(inner, typed))),
        Expr::Area(term) => Expr::Area(area_term(term, typed)),
        Expr::Everything | Expr::NotMeant(_) | Expr::Marked(_) | Expr::Near(_) | Expr::Site(_) => {
            expr.clone()
        }
    }
}

/// The same to the letter, if a field of it was asked for the word `typed`.
fn area_term(term: &AreaTerm, typed: &str) -> AreaTerm {
    match &term.ask {
        Ask::Word(word) if term.fields().iter().any(|field| field.to_string() == typed) => {
            AreaTerm { area: term.area, ask: Ask::Quoted(word.clone()) }
        }
        _ => term.clone(),
    }
}

/// The term to the letter, if it is the word `typed`.
fn quoted(term: &Term, typed: &str) -> Option<Term> {
    match &term.ask {
        Ask::Word(word) if term.to_string() == typed => {
            Some(Term { concept: term.concept, ask: Ask::Quoted(word.clone()) })
        }
        _ => None,
    }
}

/// Where several bare words beside each other are `typed`.
fn words(parts: &[Expr], typed: &str) -> Option<std::ops::Range<usize>> {
    let wanted: Vec<&str> = typed.split(' ').collect();
    let is_wanted = |(part, wanted): (&Expr, &&str)| {
        let Expr::Term(Term { concept: None, ask: Ask::Word(word) }) = part else { return false };
        word == wanted
    };
    let mut windows = parts.windows(wanted.len());
    let place = windows.position(|window| window.iter().zip(&wanted).all(is_wanted))?;
    (wanted.len() > 1).then(|| place..place + wanted.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::{Cancel, answer, parse};
    use crate::store::Store;
    use crate::study::made::made;

    #[test]
    fn words_are_asked_for_as_they_stand() {
        for (text, typed, expected) in [
            ("livr", "livr", "\"livr\""),
            ("cond:livr x", "cond:livr", "cond:\"livr\" x"),
            ("a phase 3 b", "phase 3", "a \"phase 3\" b"),
            ("x (a | recruiting)", "recruiting", "x (a | \"recruiting\")"),
            ("-livr", "livr", "-\"livr\""),
            ("a b", "c", "a b"),
        ] {
            let query = parse(text).unwrap().to_the_letter(typed);
            assert_eq!(query.to_string(), expected);
            assert_eq!(parse(expected).unwrap(), query);
        }
    }

    #[test]
    fn each_thing_that_was_added_is_taken_back_by_itself() {
        let store = Store::of([
            made(1).title("Heart attack"),
            made(2).title("Myocardial infarction"),
            made(3).title("Tumour and tumor markers"),
            made(4).title("Tumor"),
            made(5).title("Cardiac arrest"),
        ]);
        let ask = |query: &Query| answer(&store, query, &Cancel::default()).unwrap();
        for (text, name, expected, left) in [
            ("tumour", "tumor", "tumour not-meant:tumor", 1),
            (
                "heart attack",
                "myocardial infarction",
                "heart attack not-meant:\"myocardial infarction\"",
                1,
            ),
            ("infartcion", "infarction", "\"infartcion\"", 0),
        ] {
            let query = parse(text).unwrap();
            let before = ask(&query);
            let added = before.added.iter().find(|added| added.name == name);
            let added = added.unwrap_or_else(|| panic!("{text}: {:?}", before.added));
            let query = query.taken_back(added);
            assert_eq!(query.to_string(), expected);
            assert_eq!(parse(expected).unwrap(), query);
            let after = ask(&query);
            assert_eq!(after.rows.len(), left, "{expected}");
            assert!(after.added.iter().all(|added| added.name != name), "{expected}");
            assert_eq!(after.rows.len() as u64 + added.studies, before.rows.len() as u64);
            assert_eq!(query.taken_back(added), query, "{expected}");
        }
    }
}
