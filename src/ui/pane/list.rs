//! The list of the studies that were found. It draws only the rows on the screen, so a long list costs no more.

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{Hint, Pane, View};
use crate::search::{self, Sort, Taken};
use crate::session::Session;
use crate::store::StudyIdx;
use crate::study::Link;
use crate::study::concept::{Concept, Kind};
use crate::text;
use crate::ui::action::Action;
use crate::ui::canvas::{self, Border, Canvas};
use crate::ui::trial::{self, Trial};
use crate::ui::widget::cursor::Cursor;

/// From this width on a row also names the sponsor.
const WITH_SPONSOR: u16 = 90;
/// From this width on a row also says when the record changed.
const WITH_UPDATE: u16 = 110;

#[derive(Default)]
pub(super) struct ListPane {
    cursor: Cursor,
}

impl Pane for ListPane {
    fn act(&mut self, action: Action, area: Rect, session: &mut Session) -> bool {
        if action == Action::Pin {
            if let Some(study) = session.row() {
                session.toggle_pin(study);
            }
            return true;
        }
        self.cursor.row = session.selected;
        let height = usize::from(canvas::inside(area).height);
        let moved = self.cursor.act(action, session.results.rows.len(), height);
        if moved {
            session.select(self.cursor.row);
        }
        moved
    }

    fn click(&mut self, at: Position, area: Rect, session: &mut Session) -> Option<Link> {
        let inner = canvas::inside(area);
        if inner.contains(at) {
            session.select(self.cursor.offset + usize::from(at.y - inner.y));
        }
        None
    }

    fn hints(&self) -> &'static [Hint] {
        &[
            (Action::Search, "search"),
            (Action::Filters, "filters"),
            (Action::Read, "read"),
            (Action::Pin, "pin"),
            (Action::Compare, "compare"),
            (Action::Sort, "sort"),
            (Action::OpenPage, "open page"),
            (Action::Quit, "quit"),
        ]
    }

    fn draw(&mut self, area: Rect, canvas: &mut Canvas, view: &View) {
        let session = view.session;
        let rows = &session.results.rows;
        let title = format!("Trials {} {}", canvas.theme.signs.separator, order(session));
        let note = if rows.is_empty() {
            String::new()
        } else {
            format!(
                "{} of {}",
                text::grouped(session.selected as u64 + 1),
                text::grouped(rows.len() as u64)
            )
        };
        let inner = Border { title: &title, note: &note, style: view.border(canvas.theme) }
            .draw(area, canvas);
        if rows.is_empty() {
            empty(inner, canvas, view);
            return;
        }
        self.cursor.row = session.selected;
        self.cursor.scroll(rows.len(), usize::from(inner.height));
        let last = self.cursor.offset + usize::from(inner.height);
        let window = (self.cursor.offset..).zip(rows.range(self.cursor.offset..last));
        for (line, (row, study)) in inner.rows().zip(window) {
            let title = draw_row(line, canvas, study, view);
            if row == self.cursor.row {
                canvas.style(line, canvas.theme.selected);
            }
            let words = session.store.title(study);
            let places = search::marked(words, Concept::Title, &session.results.marks);
            canvas.mark_places(title, words, &places, canvas.theme.matched);
        }
    }
}

/// What the list is ordered by, in words.
fn order(session: &Session) -> String {
    let newest = Sort::NEWEST;
    let words = |sort: Sort| format!("by {}, {}", sort.by.label(), sort.first());
    match session.query().sort {
        Some(sort) => words(sort),
        None if session.results.taken.iter().all(Taken::is_choice) => words(newest),
        None => "best match first".to_owned(),
    }
}

/// Says why there is nothing to see and what to do.
fn empty(area: Rect, canvas: &mut Canvas, view: &View) {
    let (session, key) = (view.session, |action| view.key(action));
    let mut lines: Vec<String> = Vec::new();
    if session.is_searching() {
        lines.push("Searching…".to_owned());
    } else {
        lines.push("No trial fits.".to_owned());
        let lost = session.results.taken.iter().filter(|taken| taken.places.is_empty());
        lines.extend(lost.map(|taken| format!("Nothing has {}.", taken.term)));
        let without = session.results.clauses.iter().filter(|it| it.without > 0);
        lines.extend(without.map(|it| {
            let (alone, without) = (text::grouped(it.alone), text::grouped(it.without));
            format!("{without} without {}, which alone finds {alone}.", it.text)
        }));
        let [search, undo] = [Action::Search, Action::Undo].map(key);
        lines.extend([String::new(), format!("{search} changes the words")]);
        lines.push(format!("{undo} undoes the last change"));
        if Concept::facets().any(|concept| !session.query().choices(concept).is_empty()) {
            lines.push(format!("{} takes every filter back", key(Action::ClearFilters)));
        }
    }
    for (row, line) in area.rows().zip(lines) {
        canvas.line(row, &line, canvas.theme.dim);
    }
}

/// Draws a row; gives the room of the title.
fn draw_row(area: Rect, canvas: &mut Canvas, study: StudyIdx, view: &View) -> Rect {
    let (store, theme) = (&view.session.store, canvas.theme);
    let is_at_cursor = view.session.row() == Some(study);
    let is_pinned = view.session.is_pinned(study);
    let trial = Trial { store, study, is_at_cursor, is_pinned };
    let mut rest = trial::draw_signs(area, canvas, trial, theme);
    let by = view.session.query().sort.map(|sort| sort.by).filter(|by| !SHOWN.contains(by));
    let by = by.or((area.width >= WITH_UPDATE).then_some(Concept::Updated));
    for (concept, width) in [(by, None), (sponsor(area), Some(usize::from(area.width / 4)))] {
        let Some((concept, column)) = concept.and_then(|it| Some((it, it.definition().column?)))
        else {
            continue;
        };
        let words = store.stated(study, concept).in_words().unwrap_or_else(|| "–".to_owned());
        let width = width.unwrap_or(column.width);
        let cell = match concept.definition().kind {
            Kind::Count(_) | Kind::Age(_) => format!("{words:>width$}"),
            _ => text::pad(&words, width),
        };
        rest = Rect { width: canvas.line_right(rest, &cell, theme.dim).width, ..rest };
    }
    canvas.line(rest, store.title(study), Style::new());
    rest
}

/// What a row shows in any case.
const SHOWN: [Concept; 5] =
    [Concept::Title, Concept::Sponsor, Concept::Status, Concept::Phase, Concept::Id];

fn sponsor(area: Rect) -> Option<Concept> {
    (area.width >= WITH_SPONSOR).then_some(Concept::Lead)
}
