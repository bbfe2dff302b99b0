//! Puts text and boxes on the screen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Widget as _};

use crate::text::{self, Row};
use crate::ui::theme::Theme;

/// Draws one row of toned text over `base`.
pub fn row(area: Rect, buf: &mut Buffer, row: &Row, (theme, base): (&Theme, Style)) {
    if area.is_empty() {
        return;
    }
    let spans =
        row.iter().map(|span| Span::styled(span.text.as_str(), base.patch(theme.tone(span.tone))));
    buf.set_line(area.x, area.y, &spans.collect::<Line>(), area.width);
}

/// Draws one line of text in one style, cut to the area.
pub fn line(area: Rect, buf: &mut Buffer, line: &str, style: Style) {
    if area.is_empty() {
        return;
    }
    buf.set_stringn(
        area.x,
        area.y,
        text::cut(line, usize::from(area.width)),
        usize::from(area.width),
        style,
    );
}

/// Draws one line that ends where the area ends; gives the columns left in front of it.
pub fn line_right(area: Rect, buf: &mut Buffer, text: &str, style: Style) -> Rect {
    let width = (text::width(text) as u16).min(area.width);
    let left = area.width - width;
    line(Rect { x: area.x + left, width, ..area }, buf, text, style);
    Rect { width: left.saturating_sub(1), ..area }
}

/// A box around a pane or popup.
pub struct Frame<'a> {
    pub title: &'a str,
    /// On the lower border, at the right.
    pub note: &'a str,
    pub style: Style,
}

impl Frame<'_> {
    /// Draws the box and gives what is inside.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme) -> Rect {
        let room = usize::from(area.width.saturating_sub(4));
        let framed = |text: &str| format!(" {} ", text::cut(text, room));
        let mut block = Block::bordered().border_set(theme.signs.border).border_style(self.style);
        if !self.title.is_empty() && room > 4 {
            block = block.title_top(framed(self.title));
        }
        if !self.note.is_empty() && room > 4 {
            block = block.title_bottom(Line::from(framed(self.note)).right_aligned());
        }
        let inner = block.inner(area);
        block.render(area, buf);
        inner
    }
}

/// What is inside a [`Frame`].
pub fn inside(area: Rect) -> Rect {
    Block::bordered().inner(area)
}

/// Gives every place of `needle` on the row at `area` a style; case and accents do not matter.
pub fn mark(area: Rect, buf: &mut Buffer, needle: &str, style: Style) {
    if needle.is_empty() {
        return;
    }
    let mut folded = String::new();
    // Where each column's text begins in `folded`.
    let mut columns: Vec<(usize, u16)> = Vec::new();
    for x in area.left()..area.right() {
        columns.push((folded.len(), x));
        let symbol = buf[(x, area.y)].symbol();
        // Folding trims, and between words the space counts.
        if symbol == " " { folded.push(' ') } else { folded.push_str(&text::fold(symbol)) }
    }
    for (start, found) in folded.match_indices(needle) {
        for &(_, x) in columns.iter().filter(|(at, _)| (start..start + found.len()).contains(at)) {
            buf[(x, area.y)].set_style(style);
        }
    }
}
