//! One line of text being typed.

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use tui_input::{Input, InputRequest};

use crate::text;
use crate::ui::canvas::Canvas;

/// How many characters a line takes; more is cut off, so that a paste cannot flood the screen.
const LONGEST: usize = 1000;

/// Text with a cursor.
#[derive(Debug, Default)]
pub struct LineInput {
    input: Input,
}

/// Whether characters still belong to a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Typing {
    #[default]
    Going,
    /// They are commands again.
    Done,
}

/// Whether the cursor is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caret {
    Shown,
    Hidden,
}

impl LineInput {
    pub fn value(&self) -> &str {
        self.input.value()
    }

    /// Replaces the text; the cursor goes to its end.
    pub fn set(&mut self, text: &str) {
        self.input = Input::new(text.chars().take(LONGEST).collect());
    }

    pub fn edit(&mut self, request: InputRequest) {
        let full = self.input.value().chars().count() >= LONGEST;
        if !(full && matches!(request, InputRequest::InsertChar(_))) {
            self.input.handle(request);
        }
    }

    /// Draws the part of the text around the cursor, or its beginning when none is shown.
    pub fn draw(&self, area: Rect, canvas: &mut Canvas, style: Style, caret: Caret) {
        if area.is_empty() {
            return;
        }
        let width = usize::from(area.width);
        let scroll = match caret {
            Caret::Shown => self.input.visual_scroll(width.saturating_sub(1)),
            Caret::Hidden => 0,
        };
        let before = columns_skipped(self.value(), scroll);
        let visible = text::cut(&self.value()[before..], width);
        canvas.buf.set_stringn(area.x, area.y, visible, width, style);
        if caret == Caret::Shown {
            let column = self.input.visual_cursor().saturating_sub(scroll).min(width - 1);
            let place = Rect { x: area.x + column as u16, width: 1, ..area };
            canvas
                .style(Rect { height: 1, ..place }, Style::new().add_modifier(Modifier::REVERSED));
        }
    }

    /// Gives the text from byte `start` on another style, as it was drawn with its cursor.
    pub fn mark(&self, area: Rect, canvas: &mut Canvas, start: usize, style: Style) {
        let scroll = self.input.visual_scroll(usize::from(area.width.saturating_sub(1)));
        let before = text::width(&self.value()[..start]).saturating_sub(scroll);
        let before = u16::try_from(before).unwrap_or(u16::MAX).min(area.width);
        canvas.style(Rect { x: area.x + before, width: area.width - before, ..area }, style);
    }
}

/// The byte at which the first `columns` columns of `text` end.
fn columns_skipped(line: &str, columns: usize) -> usize {
    let ends = line.char_indices().map(|(start, _)| start).chain([line.len()]);
    ends.into_iter().find(|&end| text::width(&line[..end]) >= columns).unwrap_or(line.len())
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;

    use super::*;
    use crate::ui::theme::Theme;

    #[test]
    fn a_long_line_shows_the_part_around_the_cursor() {
        let mut line = LineInput::default();
        "liver failure after transplantation"
            .chars()
            .for_each(|c| line.edit(InputRequest::InsertChar(c)));
        let area = Rect::new(0, 0, 10, 1);
        let mut buf = Buffer::empty(area);
        let mut canvas = Canvas { buf: &mut buf, theme: &Theme::default() };
        line.draw(area, &mut canvas, Style::new(), Caret::Shown);
        let shown: String = (0..10).map(|x| buf[(x, 0)].symbol().to_owned()).collect();
        assert!(
            shown.starts_with("lantation") && buf[(9, 0)].modifier.contains(Modifier::REVERSED),
            "{shown}"
        );
    }

    #[test]
    fn a_flood_is_cut_off() {
        let mut line = LineInput::default();
        line.set(&"x".repeat(5000));
        line.edit(InputRequest::InsertChar('y'));
        assert_eq!(line.value().len(), LONGEST);
    }
}
