//! The heading of a group in the list: its name, and how many trials it has.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::session::{ListGroups, Session};
use crate::text;
use crate::ui::canvas::Canvas;

/// Draws the heading on the last line of its room. Its sign is the key that unfolds or folds the group.
pub(super) fn draw(
    area: Rect,
    canvas: &mut Canvas,
    session: &Session,
    (groups, place): (&ListGroups, usize),
) {
    let Some((group, studies)) = groups.groups().get(place) else { return };
    let theme = canvas.theme;
    let row = Rect { y: area.bottom().saturating_sub(1), height: area.height.min(1), ..area };
    let is_selected = groups.heading(place) == session.selected;
    let cursor = if is_selected { theme.signs.selection } else { " " };
    canvas.line(Rect { width: row.width.min(1), ..row }, cursor, Style::new());
    let signs = 2.min(row.width);
    let rest = Rect { x: row.x + signs, width: row.width - signs, ..row };
    let noun = if studies == 1 { "trial" } else { "trials" };
    let count = format!("{} {noun}", text::grouped(u64::from(studies)));
    let sign = if groups.is_folded(place) { "+" } else { "-" };
    let room = usize::from(rest.width).saturating_sub(text::width(&count) + 6);
    let label = text::cut(&groups.groups().label(&session.store, group), room).into_owned();
    let words = format!("{sign} {label} {} {count}", theme.signs.separator);
    canvas.line(rest, &words, theme.heading);
}

/// Where the selected line is: `3 of 120 in Phase 2`, `group 2 of 7`.
pub(super) fn note(session: &Session, groups: &ListGroups) -> String {
    let place = groups.place(session.selected);
    let Some((group, studies)) = groups.groups().get(place) else { return String::new() };
    let grouped = |count: usize| text::grouped(count as u64);
    match session.selected - groups.heading(place) {
        0 => format!("group {} of {}", grouped(place + 1), grouped(groups.groups().len())),
        row => {
            let label = groups.groups().label(&session.store, group);
            format!("{} of {} in {label}", grouped(row), text::grouped(u64::from(studies)))
        }
    }
}
