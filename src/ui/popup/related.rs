//! The trials that share most with one, each with what they share.

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{Page, Response};
use crate::search::{self, Related};
use crate::session::Session;
use crate::store::StudyIdx;
use crate::study::Concept;
use crate::text;
use crate::ui::action::{Action, Scope};
use crate::ui::canvas::{self, Border, Canvas};
use crate::ui::pane::{Hint, View};
use crate::ui::trail::Trail;
use crate::ui::trial::{self, MarkSigns, Trial};
use crate::ui::widget::cursor::Cursor;

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
    fn visit(&self) -> Response {
        let studies = self.related.iter().map(|related| related.study).collect();
        Trail::new(studies, self.cursor.row).map_or(Response::Stay, Response::Visit)
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

    fn act(&mut self, action: Action, area: Rect) -> Response {
        let study = self.related[self.cursor.row].study;
        match action {
            Action::Back | Action::Quit => Response::Close,
            Action::Read => self.visit(),
            Action::Pin | Action::Compare | Action::Related | Action::Copy | Action::OpenPage => {
                Response::With(study, action)
            }
            _ => {
                let height = usize::from(canvas::inside(area).height / ROWS).max(1);
                self.cursor.act(action, self.related.len(), height);
                Response::Stay
            }
        }
    }

    fn click(&mut self, at: Position, area: Rect) -> Response {
        let inner = canvas::inside(area);
        let row = self.cursor.offset + usize::from(at.y.saturating_sub(inner.y) / ROWS);
        if !inner.contains(at) || row >= self.related.len() {
            return Response::Stay;
        }
        if row == self.cursor.row {
            return self.visit();
        }
        self.cursor.row = row;
        Response::Stay
    }

    fn draw(&mut self, area: Rect, canvas: &mut Canvas, view: &View) {
        let (store, theme) = (&view.session.store, canvas.theme);
        let separator = theme.signs.separator;
        let title =
            format!("Related to {} {separator} {}", store.id(self.of), store.title(self.of));
        let count = self.related.len();
        let note = format!("{} of {count}", self.cursor.row + 1);
        let inner = Border { title: &title, note: &note, style: theme.focus }.draw(area, canvas);
        self.cursor.scroll(count, usize::from(inner.height / ROWS).max(1));
        let rows: Vec<Rect> = inner.rows().collect();
        let window = self.related.iter().enumerate().skip(self.cursor.offset);
        for (rows, (row, related)) in rows.chunks(usize::from(ROWS)).zip(window) {
            let at_cursor = row == self.cursor.row;
            let study = related.study;
            let is_pinned = view.session.is_pinned(study);
            let signs = MarkSigns::of(view.session, study, theme);
            let trial = Trial { store, study, is_at_cursor: at_cursor, is_pinned, signs };
            let rest = trial::draw_signs(rows[0], canvas, trial, theme);
            canvas.line(rest, store.title(related.study), Style::new());
            if let Some(&below) = rows.get(1) {
                let status = store.fact(related.study, Concept::Status);
                let words = format!("    {status} {separator} {}", related.in_words());
                let words = text::cut(&words, usize::from(below.width));
                canvas.line(below, &words, if at_cursor { Style::new() } else { theme.dim });
            }
            if at_cursor {
                for &row in rows {
                    canvas.style(row, theme.selected);
                }
            }
        }
    }
}
