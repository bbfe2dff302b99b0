//! Where the text of a study stands in its pane, and on a wide pane the sections beside it.

use ratatui::layout::{Position, Rect};

use super::page::Heading;
use crate::ui::canvas::{self, Canvas};

/// From this width of the pane on the sections stand at its left.
const WITH_RAIL: u16 = 140;
const RAIL: u16 = 30;
/// A text is not wider than can be read well.
const WIDEST: u16 = 100;
/// From this width on a text keeps a column away from the borders.
const WITH_MARGIN: u16 = 42;

/// The parts of the pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) rail: Option<Rect>,
    pub(super) text: Rect,
}

/// Divides the pane.
pub(super) fn parts(area: Rect) -> Parts {
    let inner = canvas::inside(area);
    let wide = area.width >= WITH_RAIL;
    let margin = u16::from(inner.width >= WITH_MARGIN);
    let left = if wide { RAIL } else { 0 } + margin;
    let width = inner.width.saturating_sub(left + margin).min(WIDEST);
    let rail = Rect { x: inner.x + margin, width: RAIL - 2 * margin, ..inner };
    Parts { rail: wide.then_some(rail), text: Rect { x: inner.x + left, width, ..inner } }
}

/// Draws the names of the sections; the one that is being read stands out.
pub(super) fn draw(rail: Rect, canvas: &mut Canvas, sections: &[Heading], read: Option<usize>) {
    let theme = canvas.theme;
    for (number, (line, heading)) in rail.rows().zip(sections).enumerate() {
        let style = if read == Some(number) { theme.heading } else { theme.dim };
        let sign = if read == Some(number) { theme.signs.selection } else { " " };
        canvas.line(line, &format!("{sign} {}", heading.section.title()), style);
    }
}

/// The section whose name stands at a place.
pub(super) fn section_at(rail: Option<Rect>, at: Position) -> Option<usize> {
    let rail = rail.filter(|rail| rail.contains(at))?;
    Some(usize::from(at.y - rail.y))
}
