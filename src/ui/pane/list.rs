//! The studies found. Draws the rows in the window and no others, so that a frame costs the same
//! however many there are.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{Hint, Pane, View};
use crate::search::{Direction, FACETS, Order, Sort, Taken};
use crate::session::Session;
use crate::store::{Store, StudyIdx, Vocab};
use crate::study::{Link, PartialDate};
use crate::text;
use crate::ui::action::Action;
use crate::ui::widget::cursor::Cursor;
use crate::ui::widget::paint::{self, Frame};

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
        let height = usize::from(paint::inside(area).height);
        let moved = self.cursor.act(action, session.results.rows.len(), height);
        if moved {
            session.select(self.cursor.row);
        }
        moved
    }

    fn click(&mut self, at: Position, area: Rect, session: &mut Session) -> Option<Link> {
        let inner = paint::inside(area);
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

    fn draw(&mut self, area: Rect, buf: &mut Buffer, view: &View) {
        let session = view.session;
        let rows = &session.results.rows;
        let title = format!("Trials {} {}", view.theme.signs.separator, order(session));
        let note = if rows.is_empty() {
            String::new()
        } else {
            format!(
                "{} of {}",
                text::grouped(session.selected as u64 + 1),
                text::grouped(rows.len() as u64)
            )
        };
        let inner =
            Frame { title: &title, note: &note, style: view.border() }.draw(area, buf, view.theme);
        if rows.is_empty() {
            empty(inner, buf, view);
            return;
        }
        self.cursor.row = session.selected;
        self.cursor.scroll(rows.len(), usize::from(inner.height));
        let last = self.cursor.offset + usize::from(inner.height);
        let window = (self.cursor.offset..).zip(rows.range(self.cursor.offset..last));
        for (line, (row, study)) in inner.rows().zip(window) {
            draw_row(line, buf, study, view);
            if row == self.cursor.row {
                buf.set_style(line, view.theme.selected);
            }
        }
    }
}

/// What the list is ordered by, in words.
fn order(session: &Session) -> String {
    let newest = Sort { order: Order::Updated, direction: Direction::Natural };
    let words = |sort: Sort| format!("by {}, {}", sort.order.entry().label, sort.first());
    match session.query().sort {
        Some(sort) => words(sort),
        None if session.results.taken.iter().all(Taken::is_choice) => words(newest),
        None => "best match first".to_owned(),
    }
}

/// Says why there is nothing to see and what to do.
fn empty(area: Rect, buf: &mut Buffer, view: &View) {
    let (session, key) = (view.session, |action| view.key(action));
    let mut lines: Vec<String> = Vec::new();
    if session.is_searching() {
        lines.push("Searching…".to_owned());
    } else {
        lines.push("No trial fits.".to_owned());
        let lost = session.results.taken.iter().filter(|taken| taken.places.is_empty());
        lines.extend(lost.map(|taken| format!("Nothing has {}.", taken.term)));
        let [search, undo] = [Action::Search, Action::Undo].map(key);
        lines.extend([String::new(), format!("{search} changes the words")]);
        lines.push(format!("{undo} undoes the last change"));
        if FACETS.iter().any(|&vocab| !session.query().choices(vocab).is_empty()) {
            lines.push(format!("{} takes every filter back", key(Action::ClearFilters)));
        }
    }
    for (row, line) in area.rows().zip(lines) {
        paint::line(row, buf, &line, view.theme.dim);
    }
}

fn draw_row(area: Rect, buf: &mut Buffer, study: StudyIdx, view: &View) {
    let (store, theme) = (&view.session.store, view.theme);
    let selected = view.session.row() == Some(study);
    let pinned = view.session.is_pinned(study);
    let (status, style) =
        theme.status(store.labels(study, Vocab::Status).next().unwrap_or_default());
    let id = store.id(study).to_string();
    let phase = short_phase(&store.phase(study));
    let mut rest = area;
    let mut put = |text: &str, width: u16, style| {
        let width = width.min(rest.width);
        paint::line(Rect { width, ..rest }, buf, text, style);
        rest = Rect { x: rest.x + width, width: rest.width - width, ..rest };
    };
    let plain = ratatui::style::Style::new();
    put(if selected { theme.signs.selection } else { " " }, 1, plain);
    put(if pinned { theme.signs.pin } else { " " }, 1, theme.key);
    put(status, 2, style);
    put(&id, 12, theme.dim);
    if area.width >= 44 {
        put(&phase, 7, plain);
    }
    let key = sort_key(store, study, view.session.query().sort);
    if let Some(key) =
        key.or_else(|| (area.width >= WITH_UPDATE).then(|| date_in_list(store.updated(study))))
    {
        rest = Rect { width: paint::line_right(rest, buf, &key, theme.dim).width, ..rest };
    }
    if area.width >= WITH_SPONSOR {
        let sponsor: String =
            store.labels(study, Vocab::Sponsor).next().unwrap_or_default().to_owned();
        let sponsor = text::pad(&sponsor, usize::from(area.width / 4));
        rest = Rect { width: paint::line_right(rest, buf, &sponsor, theme.dim).width, ..rest };
    }
    paint::line(rest, buf, store.title(study), plain);
}

/// What the list is ordered by, as wide for every study, where its rows do not show it anyway.
fn sort_key(store: &Store, study: StudyIdx, sort: Option<Sort>) -> Option<String> {
    match sort?.order {
        Order::Updated => Some(date_in_list(store.updated(study))),
        Order::Start => Some(date_in_list(store.started(study))),
        Order::Enrollment => {
            let count = store
                .enrollment(study)
                .map_or_else(|| "–".to_owned(), |count| text::grouped(count.into()));
            Some(format!("{count:>9}"))
        }
        Order::Title | Order::Sponsor | Order::Status | Order::Phase | Order::Id => None,
    }
}

fn date_in_list(date: Option<PartialDate>) -> String {
    text::pad(&date.map_or_else(|| "–".to_owned(), |date| date.to_string()), 10)
}

/// `Phase 1/2` as `Ph1/2`.
pub(in crate::ui) fn short_phase(phase: &str) -> String {
    match phase {
        "" => String::new(),
        "Early Phase 1" => "EPh1".to_owned(),
        "Not applicable" => "n/a".to_owned(),
        phase => phase.replace("Phase ", "Ph"),
    }
}
