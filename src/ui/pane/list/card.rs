//! A trial of the list on two lines: its title, and below it what one wants to know first.

use ratatui::layout::Rect;

use crate::search::Sort;
use crate::store::{Store, StudyIdx};
use crate::study::Concept;
use crate::study::terms::NOT_APPLICABLE;
use crate::text;
use crate::ui::canvas::Canvas;

/// A sponsor is cut where at least so much of it can be read.
const SHORTEST_SPONSOR: usize = 12;

/// What stands below every title.
const SHOWN: [Concept; 7] = [
    Concept::Title,
    Concept::Id,
    Concept::Status,
    Concept::Phase,
    Concept::Enrollment,
    Concept::Sponsor,
    Concept::Start,
];

/// Draws the facts of a trial below its title: as many as there is room for.
pub(super) fn draw_facts(
    area: Rect,
    canvas: &mut Canvas,
    (store, study): (&Store, StudyIdx),
    sort: Option<Sort>,
) {
    let separator = format!(" {} ", canvas.theme.signs.separator);
    let width = usize::from(area.width);
    let mut line = String::new();
    for fact in facts(store, study, sort) {
        let more = if line.is_empty() { fact.clone() } else { format!("{line}{separator}{fact}") };
        if text::width(&more) > width {
            break;
        }
        line = more;
    }
    let left = width.saturating_sub(text::width(&line) + text::width(&separator));
    let sponsor = store.labels(study, Concept::Lead).next();
    if let Some(sponsor) = sponsor.filter(|_| left >= SHORTEST_SPONSOR) {
        line = format!("{line}{separator}{}", text::cut(sponsor, left));
    }
    canvas.line(area, &line, canvas.theme.dim);
}

/// The id, what the list is ordered by, and the rest of what is stated; the sponsor comes last and may be cut.
fn facts(store: &Store, study: StudyIdx, sort: Option<Sort>) -> Vec<String> {
    let words = |concept| store.stated(study, concept).in_words();
    let by = sort.and_then(Sort::concept).filter(|by| !SHOWN.contains(by));
    let by = by.and_then(|by| Some(format!("{} {}", by.label(), words(by)?)));
    let phase =
        Some(Concept::Phase).filter(|&phase| store.code(study, phase) != Some(NOT_APPLICABLE));
    let facts = [
        words(Concept::Id),
        by,
        words(Concept::Status),
        phase.and_then(words),
        words(Concept::Enrollment).map(|count| format!("n {count}")),
        years(store, study),
        countries(store, study),
    ];
    facts.into_iter().flatten().collect()
}

/// `2024–26`, `from 2024`, `until 2026`.
fn years(store: &Store, study: StudyIdx) -> Option<String> {
    let year = |concept| store.date(study, concept).map(|stated| stated.date.year());
    Some(match (year(Concept::Start)?, year(Concept::Completion)) {
        (start, None) => format!("from {start}"),
        (start, Some(end)) if start == end => format!("{start}"),
        (start, Some(end)) if start / 100 == end / 100 => format!("{start}–{:02}", end % 100),
        (start, Some(end)) => format!("{start}–{end}"),
    })
}

/// The country, or how many there are.
fn countries(store: &Store, study: StudyIdx) -> Option<String> {
    let countries: Vec<&str> = store.labels(study, Concept::Country).collect();
    match countries[..] {
        [] => None,
        [only] => Some(only.to_owned()),
        _ => Some(format!("{} countries", countries.len())),
    }
}
