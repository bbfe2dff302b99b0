//! What stands beside a trial where a person or a place is asked for: how it suits them, and its nearest site.

use ratatui::layout::Rect;

use crate::search::{Column, eligibility};
use crate::session::Session;
use crate::store::StudyIdx;
use crate::text;
use crate::ui::canvas::Canvas;
use crate::ui::pane::View;

/// The most columns that the words take.
const MOST: u16 = 60;

/// How many columns the words take of `area`.
pub(super) fn width(area: Rect, session: &Session) -> u16 {
    let is_for_somebody =
        session.query().profile.as_ref().is_some_and(|it| !it.person.is_anybody());
    let is_near = shows_nearest(session);
    match (is_for_somebody, is_near) {
        (false, false) => 0,
        (true, true) => (area.width / 2).min(MOST),
        _ => (area.width / 3).min(MOST / 2),
    }
}

/// Whether the nearest site stands here: where a place is asked for, unless it has a column.
fn shows_nearest(session: &Session) -> bool {
    let is_near = !session.results.near.nearby.is_empty();
    is_near && session.columns.place(Column::Nearest).is_none()
}

/// The room that is left of them.
pub(super) fn left_of(area: Rect, session: &Session) -> Rect {
    Rect { width: area.width - width(area, session), ..area }
}

/// Draws them at the end of the last line of a trial.
pub(super) fn draw(area: Rect, canvas: &mut Canvas, study: StudyIdx, view: &View) {
    let session = view.session;
    let width = width(area, session);
    if width == 0 || area.height == 0 {
        return;
    }
    let (store, near) = (&session.store, &session.results.near);
    let person = session.query().profile.as_ref().map(|profile| profile.person);
    let person = person.filter(|person| !person.is_anybody());
    let suited = person.map(|person| person.in_words(&eligibility(store, study)));
    let nearest = near.in_words(store, study).filter(|_| shows_nearest(session));
    let separator = format!(" {} ", canvas.theme.signs.separator);
    let words = suited.into_iter().chain(nearest).collect::<Vec<_>>().join(&separator);
    let columns = usize::from(width).saturating_sub(2);
    let cell = format!("  {}", text::pad(&text::cut(&words, columns), columns));
    let last = Rect { y: area.bottom() - 1, height: 1, ..area };
    let place = Rect { x: last.right() - width, width, ..last };
    canvas.line(place, &cell, canvas.theme.key);
}
