//! The names of saved searches: `saved:asthma`, `@asthma`.

use super::Completion;
use super::spot::Spot;
use crate::search::saved::SavedSearches;
use crate::text;

/// So much of a query is told.
const MOST_COLUMNS: usize = 40;

/// The field that asks a saved search.
pub(super) fn field(spot: &Spot) -> Completion {
    let what = "a saved search".to_owned();
    Completion { place: spot.place.clone(), text: "saved:".to_owned(), what, studies: None }
}

/// The names that begin with what was typed, with or without `@`.
pub(super) fn names(saved: &SavedSearches, spot: &Spot) -> Vec<Completion> {
    let (sign, typed) = match spot.typed.strip_prefix('@') {
        Some(typed) => ("@", typed),
        None => ("", spot.typed),
    };
    let typed = text::fold(typed);
    let fitting = saved.iter().filter(|(name, _)| name.starts_with(&typed));
    let item = |(name, query): (&str, &str)| Completion {
        place: spot.place.clone(),
        text: format!("{sign}{name}"),
        what: text::cut(&text::clean_line(query), MOST_COLUMNS).into_owned(),
        studies: None,
    };
    fitting.map(item).collect()
}
