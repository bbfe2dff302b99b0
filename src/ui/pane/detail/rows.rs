//! The text of rows, and where what the query found stands in them.

use std::ops::Range;

use super::page::{ShownPassage, StudyLayout};
use crate::search::{self, Highlight};
use crate::study::Concept;
use crate::text::{Row, Tone};

/// The places in a row that are highlighted, in bytes.
type Places = Vec<Range<usize>>;

/// What the query found of some rows of a page, for each of them. What was asked of a code stands in no text, and what was
/// asked of a part of the prose only there.
pub(super) fn matched(
    page: &StudyLayout,
    seen: Range<usize>,
    highlights: &[Highlight],
) -> Vec<Places> {
    let of_text: Vec<Highlight> = highlights.iter().filter_map(Highlight::of_any_field).collect();
    // Those of no field fit every field.
    let in_text = |text: &str| search::highlighted(text, Concept::Title, &of_text);
    let rows = &page.rows[seen.clone()];
    let mut places = places_in(rows, rows.iter().map(text_of), in_text);
    let first = page.passages.partition_point(|passage| passage.rows.end <= seen.start);
    for passage in &page.passages[first..] {
        if passage.rows.start >= seen.end {
            break;
        }
        for (row, found) in passage.rows.clone().zip(in_passage(page, passage, highlights)) {
            if seen.contains(&row) {
                let row = &mut places[row - seen.start];
                row.extend(found);
                row.sort_unstable_by_key(|place| (place.start, place.end));
            }
        }
    }
    places
}

/// The rows at which something begins that was asked of prose, from the top.
pub(super) fn hits(page: &StudyLayout, highlights: &[Highlight]) -> Vec<usize> {
    let mut hits: Vec<usize> = Vec::new();
    for passage in &page.passages {
        let found = passage.rows.clone().zip(in_passage(page, passage, highlights));
        hits.extend(found.filter(|(_, places)| !places.is_empty()).map(|(row, _)| row));
    }
    hits
}

/// What was asked of prose and stands in a passage, for each of its rows.
fn in_passage(page: &StudyLayout, passage: &ShownPassage, highlights: &[Highlight]) -> Vec<Places> {
    let rows = &page.rows[passage.rows.clone()];
    // The record does not say the label.
    let texts = rows.iter().map(|row| {
        let spans = row.iter().map(|span| match span.tone {
            Tone::Label => " ".repeat(span.text.len()),
            _ => span.text.clone(),
        });
        spans.collect::<String>()
    });
    let in_text = |text: &str| search::highlighted_prose(text, passage.part, highlights);
    places_in(rows, texts, in_text)
}

/// What is found in the joined texts of rows, for each of them.
fn places_in(
    rows: &[Row],
    texts: impl Iterator<Item = String>,
    find: impl Fn(&str) -> Places,
) -> Vec<Places> {
    let mut text = String::new();
    let mut ends = Vec::with_capacity(rows.len());
    for row in texts {
        text.push_str(&row);
        ends.push(text.len());
        // Words go on in the next row.
        text.push(' ');
    }
    let places = find(&text);
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
