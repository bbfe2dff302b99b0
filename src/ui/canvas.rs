//! What is drawn on, and how text and boxes get there.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Widget as _};

use super::theme::Theme;
use crate::text::{self, Row};

/// The cells of the screen, and how things look on them.
pub struct Canvas<'a> {
    pub buf: &'a mut Buffer,
    pub theme: &'a Theme,
}

impl Canvas<'_> {
    /// Draws one row of toned text over `base`.
    pub fn row(&mut self, area: Rect, row: &Row, base: Style) {
        if area.is_empty() {
            return;
        }
        let style = |tone| base.patch(self.theme.tone(tone));
        let spans = row.iter().map(|span| Span::styled(span.text.as_str(), style(span.tone)));
        self.buf.set_line(area.x, area.y, &spans.collect::<Line>(), area.width);
    }

    /// Draws one line of text in one style, cut to the area.
    pub fn line(&mut self, area: Rect, line: &str, style: Style) {
        if area.is_empty() {
            return;
        }
        let width = usize::from(area.width);
        self.buf.set_stringn(area.x, area.y, text::cut(line, width), width, style);
    }

    /// Draws one line that ends where the area ends; gives the columns left in front of it.
    pub fn line_right(&mut self, area: Rect, line: &str, style: Style) -> Rect {
        let width = (text::width(line) as u16).min(area.width);
        let left = area.width - width;
        self.line(Rect { x: area.x + left, width, ..area }, line, style);
        Rect { width: left.saturating_sub(1), ..area }
    }

    /// Gives what stands in the area another style.
    pub fn style(&mut self, area: Rect, style: Style) {
        self.buf.set_style(area, style);
    }

    /// Gives places of `line`, in bytes, a style where it was drawn from the left of `area` on.
    pub fn mark_places(&mut self, area: Rect, line: &str, places: &[Range<usize>], style: Style) {
        for place in places {
            let columns = |end: usize| u16::try_from(text::width(&line[..end])).unwrap_or(u16::MAX);
            let [start, end] = [place.start, place.end].map(|end| columns(end).min(area.width));
            self.style(Rect { x: area.x + start, width: end - start, ..area }, style);
        }
    }

    /// Gives every place of `needle` on the row at `area` a style; case and accents do not matter.
    pub fn mark(&mut self, area: Rect, needle: &str, style: Style) {
        if needle.is_empty() {
            return;
        }
        let mut folded = String::new();
        // Where each column's text begins in `folded`.
        let mut columns: Vec<(usize, u16)> = Vec::new();
        for x in area.left()..area.right() {
            columns.push((folded.len(), x));
            let symbol = self.buf[(x, area.y)].symbol();
            // Folding trims, and between words the space counts.
            if symbol == " " { folded.push(' ') } else { folded.push_str(&text::fold(symbol)) }
        }
        for (start, found) in folded.match_indices(needle) {
            let end = start + found.len();
            for &(_, x) in columns.iter().filter(|(at, _)| (start..end).contains(at)) {
                self.buf[(x, area.y)].set_style(style);
            }
        }
    }
}

/// A box around a pane, a menu or a page.
pub struct Border<'a> {
    pub title: &'a str,
    /// On the lower border, at the right.
    pub note: &'a str,
    pub style: Style,
}

impl Border<'_> {
    /// Draws the box and gives what is inside.
    pub fn draw(&self, area: Rect, canvas: &mut Canvas) -> Rect {
        let room = usize::from(area.width.saturating_sub(4));
        let framed = |text: &str| format!(" {} ", text::cut(text, room));
        let signs = canvas.theme.signs;
        let mut block = Block::bordered().border_set(signs.border).border_style(self.style);
        if !self.title.is_empty() && room > 4 {
            block = block.title_top(framed(self.title));
        }
        if !self.note.is_empty() && room > 4 {
            block = block.title_bottom(Line::from(framed(self.note)).right_aligned());
        }
        let inner = block.inner(area);
        block.render(area, canvas.buf);
        inner
    }
}

/// What is inside a [`Border`].
pub fn inside(area: Rect) -> Rect {
    Block::bordered().inner(area)
}
