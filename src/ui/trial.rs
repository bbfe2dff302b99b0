//! A trial as one row of a list: signs, id, phase, title.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::marks::{Decision, Mark, Standing};
use crate::session::Session;
use crate::store::{Store, StudyIdx};
use crate::study::{Concept, phases_in_short};
use crate::ui::canvas::Canvas;
use crate::ui::theme::Theme;

/// From this width on a row names the phase.
const WITH_PHASE: u16 = 44;

/// A trial, and what its row says of it beside.
#[derive(Clone, Copy)]
pub(super) struct Trial<'a> {
    pub store: &'a Store,
    pub study: StudyIdx,
    pub is_at_cursor: bool,
    pub is_pinned: bool,
    /// What is marked on it; `None` where nothing is marked on any.
    pub signs: Option<MarkSigns>,
}

/// The signs of a tick, of a decision, and of a record that has changed since somebody looked at it.
#[derive(Clone, Copy, Debug)]
pub(super) struct MarkSigns {
    tick: &'static str,
    decision: &'static str,
    changed: &'static str,
}

impl MarkSigns {
    /// The columns of the signs; none where nothing is marked or ticked at all.
    pub(super) fn width(session: &Session) -> u16 {
        if session.marks.is_empty() && session.ticked.is_empty() { 0 } else { 3 }
    }

    /// The signs of a study; `None` where nothing is marked or ticked at all.
    pub(super) fn of(session: &Session, study: StudyIdx, theme: &Theme) -> Option<Self> {
        if Self::width(session) == 0 {
            return None;
        }
        let mark = session.mark_of(study);
        let decision = match mark.map(Mark::standing) {
            Some(Standing::Disputed) => "!",
            Some(Standing::Decided(decided)) => match decided.decision {
                Decision::Include => theme.signs.included,
                Decision::Exclude => theme.signs.excluded,
                Decision::Maybe => "?",
            },
            Some(Standing::Undecided)
                if mark.is_some_and(|mark| !mark.notes.is_empty() || !mark.tags.is_empty()) =>
            {
                "+"
            }
            Some(Standing::Undecided) if mark.is_some_and(|mark| mark.seen) => {
                theme.signs.separator
            }
            _ => " ",
        };
        let tick = if session.is_ticked(study) { "#" } else { " " };
        let is_changed = mark.is_some_and(|mark| mark.is_changed(session.store.updated(study)));
        Some(Self { tick, decision, changed: if is_changed { "*" } else { " " } })
    }
}

/// Draws the signs of a trial: the cursor, the pin, the status.
pub(super) fn draw_marks(area: Rect, canvas: &mut Canvas, trial: Trial) -> Rect {
    let (theme, Trial { store, study, is_at_cursor, is_pinned, signs }) = (canvas.theme, trial);
    let marked = u16::from(signs.is_some());
    let (status, style) = theme.status(store.code(study, Concept::Status).unwrap_or_default());
    let mut rest = area;
    for (text, width, style) in [
        (if is_at_cursor { theme.signs.selection } else { " " }, 1, Style::new()),
        (if is_pinned { theme.signs.pin } else { " " }, 1, theme.key),
        (signs.map_or("", |signs| signs.tick), marked, theme.key),
        (signs.map_or("", |signs| signs.decision), marked, theme.key),
        (signs.map_or("", |signs| signs.changed), marked, theme.key),
        (status, 2, style),
    ] {
        rest = draw_part(rest, canvas, (text, width, style));
    }
    rest
}

/// Draws a text at the left of `area`; gives what is left of it.
fn draw_part(area: Rect, canvas: &mut Canvas, (text, width, style): (&str, u16, Style)) -> Rect {
    let width = width.min(area.width);
    canvas.line(Rect { width, ..area }, text, style);
    Rect { x: area.x + width, width: area.width - width, ..area }
}

/// Draws the signs, the id and the phase of a trial; gives the room that is left for the title.
pub(super) fn draw_signs(area: Rect, canvas: &mut Canvas, trial: Trial, theme: &Theme) -> Rect {
    let Trial { store, study, .. } = trial;
    let id = store.id(study).to_string();
    let phase = phases_in_short(&store.codes(study, Concept::Phase));
    let rest = draw_marks(area, canvas, trial);
    let rest = draw_part(rest, canvas, (&id, 12, theme.dim));
    let width = if area.width < WITH_PHASE { 0 } else { 7 };
    draw_part(rest, canvas, (&phase, width, Style::new()))
}
