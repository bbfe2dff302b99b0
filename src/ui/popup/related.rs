//! The trials that share most with one, each with what they share.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{Outcome, Page};
use crate::search::{self, Related};
use crate::session::Session;
use crate::store::{StudyIdx, Vocab};
use crate::text;
use crate::ui::action::{Action, Scope};
use crate::ui::pane::{Hint, View, short_phase};
use crate::ui::trail::Trail;
use crate::ui::widget::cursor::Cursor;
use crate::ui::widget::paint::{self, Frame};

pub(super) const HINTS: &[Hint] = &[
    (Action::Read, "read"),
    (Action::Pin, "pin"),
    (Action::Compare, "compare"),
    (Action::Related, "related to it"),
    (Action::Copy, "copy"),
    (Action::OpenPage, "open page"),
    (Action::Back, "close"),
];

/// Rows of one trial: what it is, and what it shares.
const ROWS: u16 = 2;

pub(super) struct RelatedPage {
    of: StudyIdx,
    related: Vec<Related>,
    cursor: Cursor,
}

impl RelatedPage {
    pub(super) fn new(session: &Session, of: StudyIdx) -> Option<Self> {
        let related = search::related(&session.store, of);
        (!related.is_empty()).then_some(Self { of, related, cursor: Cursor::default() })
    }

    /// Puts the cursor on a trial of the list.
    pub(super) fn select(&mut self, study: StudyIdx) {
        if let Some(row) = self.related.iter().position(|related| related.study == study) {
            self.cursor.row = row;
        }
    }

    /// Shows the trial at the cursor; the next and the previous one are those of the list.
    fn visit(&self) -> Outcome {
        let studies = self.related.iter().map(|related| related.study).collect();
        Trail::new(studies, self.cursor.row).map_or(Outcome::Stay, Outcome::Visit)
    }
}

impl Page for RelatedPage {
    fn scope(&self) -> Option<Scope> {
        Some(Scope::Everywhere)
    }

    fn hints(&self) -> &'static [Hint] {
        HINTS
    }

    fn come_back(&mut self, study: StudyIdx) {
        self.select(study);
    }

    fn act(&mut self, action: Action, area: Rect) -> Outcome {
        let study = self.related[self.cursor.row].study;
        match action {
            Action::Back | Action::Quit => Outcome::Close,
            Action::Read => self.visit(),
            Action::Pin | Action::Compare | Action::Related | Action::Copy | Action::OpenPage => {
                Outcome::With(study, action)
            }
            _ => {
                let height = usize::from(paint::inside(area).height / ROWS).max(1);
                self.cursor.act(action, self.related.len(), height);
                Outcome::Stay
            }
        }
    }

    fn click(&mut self, at: Position, area: Rect) -> Outcome {
        let inner = paint::inside(area);
        let row = self.cursor.offset + usize::from(at.y.saturating_sub(inner.y) / ROWS);
        if !inner.contains(at) || row >= self.related.len() {
            return Outcome::Stay;
        }
        if row == self.cursor.row {
            return self.visit();
        }
        self.cursor.row = row;
        Outcome::Stay
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, view: &View) {
        let (store, theme) = (&view.session.store, view.theme);
        let separator = theme.signs.separator;
        let title =
            format!("Related to {} {separator} {}", store.id(self.of), store.title(self.of));
        let count = self.related.len();
        let note = format!("{} of {count}", self.cursor.row + 1);
        let inner = Frame { title: &title, note: &note, style: theme.focus }.draw(area, buf, theme);
        self.cursor.scroll(count, usize::from(inner.height / ROWS).max(1));
        let rows: Vec<Rect> = inner.rows().collect();
        let window = self.related.iter().enumerate().skip(self.cursor.offset);
        for (rows, (row, related)) in rows.chunks(usize::from(ROWS)).zip(window) {
            let at_cursor = row == self.cursor.row;
            draw_trial(rows[0], buf, (related.study, at_cursor), view);
            if let Some(&below) = rows.get(1) {
                let status = store.labels(related.study, Vocab::Status).next();
                let status = status.unwrap_or("status not stated");
                let words = format!("    {status} {separator} {}", related.in_words());
                let words = text::cut(&words, usize::from(below.width));
                paint::line(below, buf, &words, if at_cursor { Style::new() } else { theme.dim });
            }
            if at_cursor {
                for &row in rows {
                    buf.set_style(row, theme.selected);
                }
            }
        }
    }
}

/// Draws the first row of a trial: signs, id, phase, title.
fn draw_trial(area: Rect, buf: &mut Buffer, (study, at_cursor): (StudyIdx, bool), view: &View) {
    let (store, theme) = (&view.session.store, view.theme);
    let pinned = view.session.is_pinned(study);
    let status = store.labels(study, Vocab::Status).next().unwrap_or_default();
    let (status, style) = theme.status(status);
    let plain = Style::new();
    let id = store.id(study).to_string();
    let phase = short_phase(&store.phase(study));
    let mut rest = area;
    for (text, width, style) in [
        (if at_cursor { theme.signs.selection } else { " " }, 1, plain),
        (if pinned { theme.signs.pin } else { " " }, 1, theme.key),
        (status, 2, style),
        (&id, 12, theme.dim),
        (&phase, 7, plain),
    ] {
        let width = width.min(rest.width);
        paint::line(Rect { width, ..rest }, buf, text, style);
        rest = Rect { x: rest.x + width, width: rest.width - width, ..rest };
    }
    paint::line(rest, buf, &text::cut(store.title(study), usize::from(rest.width)), plain);
}
