//! BibTeX: an entry `@misc` for each study, its key the id.

use super::reference::Reference;
use super::writing::{Writing, remarks};
use crate::marks::Mark;

/// What stands before the first entry. Text between entries is a comment.
pub(super) fn begin(writing: &Writing) -> String {
    let origin = writing.origin.in_words();
    // An @ would begin an entry.
    if origin.is_empty() { String::new() } else { format!("% {}\n\n", origin.replace('@', "(at)")) }
}

/// One entry, with the blank line behind it.
pub(super) fn bibtex(reference: &Reference, mark: Option<&Mark>, writing: &Writing) -> String {
    let it = reference;
    let mut entry = format!("@misc{{{},\n", it.id);
    let mut field = |name: &str, value: String| {
        if !value.is_empty() {
            for part in ["  ", name, " = {", &value, "},\n"] {
                entry.push_str(part);
            }
        }
    };
    // Braces within keep capitals, and the names of organizations in one piece.
    let whole =
        |text: &str| if text.is_empty() { String::new() } else { format!("{{{}}}", escaped(text)) };
    field("title", whole(&writing.style.title(it)));
    field("author", whole(&it.sponsor));
    field("year", it.posted.map(|date| date.year().to_string()).unwrap_or_default());
    field("howpublished", "ClinicalTrials.gov".to_owned());
    field("publisher", "National Library of Medicine (US)".to_owned());
    field("address", "Bethesda (MD)".to_owned());
    field("number", it.id.clone());
    field("note", format!("Identifier {}", it.id));
    field("url", it.url.clone());
    let today = writing.origin.today.map(|today| today.to_string());
    field("urldate", today.unwrap_or_default());
    field("abstract", escaped(&it.abstract_text(writing.style.with_parts)));
    field("keywords", escaped(&it.keywords.join(", ")));
    field("annote", escaped(&mark.map(remarks).unwrap_or_default().join("; ")));
    entry.push_str("}\n\n");
    entry
}

/// The text with what TeX would take for its own. Braces are written by name, since they would have to be in pairs.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '\\' => escaped.push_str(r"\textbackslash{}"),
            '{' => escaped.push_str(r"\textbraceleft{}"),
            '}' => escaped.push_str(r"\textbraceright{}"),
            '~' => escaped.push_str(r"\textasciitilde{}"),
            '^' => escaped.push_str(r"\textasciicircum{}"),
            '%' | '&' | '#' | '$' | '_' => escaped.extend(['\\', char]),
            other => escaped.push(other),
        }
    }
    escaped
}
