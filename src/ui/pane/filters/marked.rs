//! What of marks is chosen among the filters, and what its groups are called.

use crate::search::{Choice, MarkField};
use crate::session::Session;

/// How the answer on the screen chooses a value; `None` as the value means that nothing is marked.
pub(super) fn chosen(session: &Session, field: MarkField, value: Option<&str>) -> Option<Choice> {
    let counts = session.results.marked.iter().find(|counts| counts.field == field)?;
    let chosen = counts.chosen.iter().find(|(chosen, _)| chosen.as_deref() == value);
    chosen.map(|&(_, choice)| choice)
}

/// How many values of a field are chosen.
pub(super) fn choices(session: &Session, field: MarkField) -> usize {
    let counts = session.results.marked.iter().find(|counts| counts.field == field);
    counts.map_or(0, |counts| counts.chosen.len())
}

/// The name of a field, as a heading.
pub(super) fn heading(field: MarkField) -> &'static str {
    match field {
        MarkField::Decision => "Your decision",
        MarkField::Reason => "Your reason",
        MarkField::Tag => "Your tags",
        MarkField::Note => "Your notes",
        MarkField::Seen => "Seen",
        MarkField::Is => "Marks",
    }
}
