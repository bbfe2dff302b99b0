//! What stands behind a prefix, or by itself: from a word or a quoted text to what is asked.

use crate::search::by_mark::MarkField;
use crate::search::query::{Ask, Expr, Term};
use crate::study::{Concept, NctId, mentions};
use crate::text;

/// Whether the text is signs only, as `&` is: asks nothing, and neither does `-&`.
pub(super) fn is_wordless(text: &str) -> bool {
    text::words(&text::fold(text)).next().is_none()
}

/// What is asked of a field, or of all that a bare word reaches.
pub(super) fn asked(concept: Option<Concept>, ask: Ask) -> Expr {
    let term = |ask| Expr::Term(Term { concept, ask });
    match ask {
        Ask::Word(word) if concept.is_some() && word.eq_ignore_ascii_case("none") => {
            term(Ask::NotStated)
        }
        Ask::Word(word) if is_wordless(&word) => Expr::Everything,
        Ask::Quoted(text) if concept.is_none() && is_wordless(&text) => Expr::Everything,
        // "Phase 1/2" is a study with both phases.
        Ask::Word(word) | Ask::Quoted(word)
            if concept == Some(Concept::Phase) && word.contains('/') =>
        {
            let phases = word.split('/').filter(|phase| !phase.is_empty());
            Expr::and(phases.map(|phase| term(Ask::Word(phase.to_owned()))).collect())
        }
        Ask::Word(word) if concept == Some(Concept::Phase) && compared(&word).is_some() => {
            let phases = compared(&word).unwrap_or_default();
            Expr::or(phases.into_iter().map(|phase| term(Ask::Word(phase.to_owned()))).collect())
        }
        // `=word` is that word to the letter.
        Ask::Word(word) if word.starts_with('=') && word.len() > 1 => {
            asked(concept, Ask::Quoted(word[1..].to_owned()))
        }
        // A word with a colon behind it that would be a field at the end of a query stays a word.
        Ask::Word(word) if concept.is_none() && is_field_of_marks(&word) => {
            term(Ask::Word(word[..word.len() - 1].to_owned()))
        }
        Ask::Word(word) => words(concept, &word),
        ask => term(ask),
    }
}

/// Whether a word is the name of something marked with a colon.
fn is_field_of_marks(word: &str) -> bool {
    word.strip_suffix(':').is_some_and(|name| MarkField::from_prefix(name).is_some())
}

/// A word, or the ids that it lists between commas.
fn words(concept: Option<Concept>, word: &str) -> Expr {
    let term = |word: &str| Expr::Term(Term { concept, ask: Ask::Word(word.to_owned()) });
    let parts: Vec<&str> = word.split([',', ';']).filter(|part| !part.is_empty()).collect();
    let are_codes = concept.is_some_and(Concept::has_codes);
    let listed = word.contains([',', ';'])
        && (are_codes || parts.iter().all(|part| part.parse::<NctId>().is_ok()));
    if listed {
        return Expr::or(parts.into_iter().map(term).collect());
    }
    // The address of a study is the study.
    if word.contains("://")
        && let Some(id) = mentions(word).next()
    {
        return term(&id.to_string());
    }
    term(word)
}

/// The phases that `<3` or `>=2` are; `None` if it is no comparison.
fn compared(word: &str) -> Option<Vec<&'static str>> {
    const PHASES: [&str; 5] = ["0", "1", "2", "3", "4"];
    let (sign, number) = word.split_at(word.find(|c: char| !"<>=".contains(c))?);
    let at = PHASES.iter().position(|phase| *phase == number)?;
    let (start, end) = match sign {
        "<" => (0, at),
        "<=" => (0, at + 1),
        ">" => (at + 1, PHASES.len()),
        ">=" => (at, PHASES.len()),
        _ => return None,
    };
    let phases = PHASES.get(start..end)?;
    (!phases.is_empty()).then(|| phases.to_vec())
}

/// Whether `text` begins with a comparison that is understood of `concept`.
pub(super) fn is_comparison(concept: Concept, text: &str) -> bool {
    let word = text.split(|c: char| c.is_whitespace() || "()|".contains(c)).next();
    concept == Concept::Phase && word.is_some_and(|word| compared(word).is_some())
}

/// Says that values of `concept` cannot be compared so.
pub(super) fn no_order(concept: Concept) -> String {
    if concept == Concept::Phase {
        return "phases are 0 to 4, as phase:>=2 and phase:<4".to_owned();
    }
    let name = concept.name();
    format!("{name}: has no order; dates, counts, ages and phase are compared, as enrollment:>500")
}

/// Whether `expr` is the id of a study, or any of several.
pub(super) fn are_ids(expr: &Expr) -> bool {
    match expr {
        Expr::Term(Term { concept: None | Some(Concept::Id), ask: Ask::Word(word) }) => {
            word.parse::<NctId>().is_ok()
        }
        Expr::Or(parts) => parts.iter().all(are_ids),
        _ => false,
    }
}
