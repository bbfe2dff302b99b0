//! A trial of the list on two lines: its title, and below it what one wants to know first.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{age, columns};
use crate::search::{Column, Sort};
use crate::session::{ListColumns, Session};
use crate::store::{Store, StudyIdx};
use crate::study::Concept;
use crate::study::concept::Kind;
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
pub(super) fn draw_facts(area: Rect, canvas: &mut Canvas, (session, study): (&Session, StudyIdx)) {
    let separator = format!(" {} ", canvas.theme.signs.separator);
    let width = usize::from(area.width);
    let is_usual = session.columns == ListColumns::default();
    let facts = if is_usual { usual(session, study) } else { chosen(session, study) };
    let mut line = String::new();
    for fact in facts {
        let more = if line.is_empty() { fact.clone() } else { format!("{line}{separator}{fact}") };
        if text::width(&more) > width {
            break;
        }
        line = more;
    }
    let left = width.saturating_sub(text::width(&line) + text::width(&separator));
    let sponsor = session.store.labels(study, Concept::Lead).next();
    if let Some(sponsor) = sponsor.filter(|_| is_usual && left >= SHORTEST_SPONSOR) {
        line = format!("{line}{separator}{}", text::cut(sponsor, left));
    }
    // Dimmed text can hardly be read on some palettes, and these facts are what the list is read for.
    canvas.line(area, &line, Style::new());
}

/// The id, what the list is ordered by, and the rest of what is stated. The sponsor comes last and may be cut.
fn usual(session: &Session, study: StudyIdx) -> Vec<String> {
    let store = &session.store;
    let words = |concept| store.stated(study, concept).in_words();
    let by = session.query().sort.first().and_then(Sort::concept);
    let by = by.filter(|by| !SHOWN.contains(by));
    let by = by.and_then(|by| Some(format!("{} {}", by.label(), words(by)?)));
    let phase =
        Some(Concept::Phase).filter(|&phase| store.code(study, phase) != Some(NOT_APPLICABLE));
    let facts = [
        words(Concept::Id),
        by,
        words(Concept::Status),
        phase.and_then(words),
        age::of_open(session, study).map(|old| format!("updated {old} ago")),
        words(Concept::Enrollment).map(|count| format!("n {count}")),
        years(store, study),
        countries(store, study),
    ];
    facts.into_iter().flatten().collect()
}

/// What the columns say that the user has chosen, from left to right. Numbers and dates need their names.
fn chosen(session: &Session, study: StudyIdx) -> Vec<String> {
    let columns = session.columns.iter().map(|column| column.column);
    let columns = columns.filter(|&column| column != Column::Concept(Concept::Title));
    let fact = |column: Column| {
        let words = columns::cell(session, study, column)?;
        Some(match column {
            Column::Concept(Concept::Enrollment) => format!("n {words}"),
            Column::Concept(Concept::Updated) => match age::of_open(session, study) {
                Some(old) => format!("updated {old} ago"),
                None => format!("updated {words}"),
            },
            Column::Concept(concept) => match concept.definition().kind {
                Kind::Date(_) | Kind::Count(_) | Kind::Age(_) => {
                    format!("{} {words}", concept.label())
                }
                _ => words,
            },
            Column::Mark(_) | Column::Nearest => words,
        })
    };
    columns.filter_map(fact).collect()
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
