//! The text of rows, and where what the query found stands in them.

use std::ops::Range;

use crate::search::{self, Highlight};
use crate::study::Concept;
use crate::text::Row;

/// What the query found of rows, for each of them. What was asked of a code stands in no text.
pub(super) fn matched<'a>(
    rows: impl Iterator<Item = &'a Row>,
    highlights: &[Highlight],
) -> Vec<Vec<Range<usize>>> {
    let mut text = String::new();
    let mut ends = Vec::new();
    for row in rows {
        text.push_str(&text_of(row));
        ends.push(text.len());
        // Words go on in the next row.
        text.push(' ');
    }
    let of_text: Vec<Highlight> = highlights.iter().filter_map(Highlight::of_any_field).collect();
    // Those of no field fit every field.
    let places = search::highlighted(&text, Concept::Title, &of_text);
    let starts = std::iter::once(0).chain(ends.iter().map(|end| end + 1));
    let rows = starts.zip(ends.iter()).map(|(start, &end)| {
        let within = places.iter().filter(|place| place.start < end && place.end > start);
        within.map(|place| place.start.max(start) - start..place.end.min(end) - start).collect()
    });
    rows.collect()
}

pub(super) fn text_of(row: &Row) -> String {
    row.iter().map(|span| span.text.as_str()).collect()
}
