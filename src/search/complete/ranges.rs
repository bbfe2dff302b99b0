//! What can be asked of a date, a number or an age: one example of each form, since they have no list of values.

use crate::store::Store;
use crate::study::concept::Kind;
use crate::study::{Concept, PartialDate};

/// A form, and what it asks for.
pub(super) struct Form {
    pub(super) text: String,
    pub(super) what: &'static str,
}

/// The forms of a concept that begin with what was typed; none if it is no matter of ranges. Years are near to the
/// newest update.
pub(super) fn beginning_with(store: &Store, concept: Concept, typed: &str) -> Vec<Form> {
    let year = store.newest().map_or(2024, PartialDate::year);
    let form = |text: String, what| Form { text, what };
    let forms = match concept.definition().kind {
        Kind::Date(_) => vec![
            form(format!(">={year}"), "from then on"),
            form(format!("<{year}"), "before"),
            form(format!("{year}"), "in that year; also 2024-05 and 2024-05-31"),
            form(format!("{}..{year}", year - 2), "between"),
            form("last-30d".to_owned(), "in these days; also 2w, 6mo, 1y"),
        ],
        Kind::Count(_) => ["100", ">100", "<=50", "100..500"]
            .into_iter()
            .zip(["just so many", "more", "at most", "between"])
            .map(|(text, what)| form(text.to_owned(), what))
            .collect(),
        Kind::Age(_) => ["18y", ">=18y", "<6mo", "12y..18y"]
            .into_iter()
            .zip(["this age", "this age or more", "less", "between"])
            .map(|(text, what)| form(text.to_owned(), what))
            .collect(),
        Kind::AgeLimits => ["54", "6mo", "16..18"]
            .into_iter()
            .zip(["whom it fits, in years", "in months", "one of these ages"])
            .map(|(text, what)| form(text.to_owned(), what))
            .collect(),
        Kind::Codes(..) | Kind::Names(_) | Kind::Words(_) | Kind::Passages(_) | Kind::Prose => {
            Vec::new()
        }
    };
    forms.into_iter().filter(|form| form.text.starts_with(typed)).collect()
}
