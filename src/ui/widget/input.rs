//! One line of text being typed.

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use tui_input::{Input, InputRequest};

use crate::text;
use crate::ui::canvas::Canvas;

/// So many characters a line takes: some thousand ids. Who types more is told.
pub const LONGEST: usize = 100_000;

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

    /// The byte at which the cursor stands.
    pub fn cursor(&self) -> usize {
        let value = self.input.value();
        value.char_indices().nth(self.input.cursor()).map_or(value.len(), |(at, _)| at)
    }

    /// Puts `text` in the place of some bytes; the cursor stands behind it. False if the line would be too long.
    pub fn replace(&mut self, place: Range<usize>, text: &str) -> bool {
        let mut value = self.input.value().to_owned();
        value.replace_range(place.clone(), text);
        if value.chars().count() > LONGEST {
            return false;
        }
        let cursor = value[..place.start + text.len()].chars().count();
        self.input = Input::new(value).with_cursor(cursor);
        true
    }

    /// Changes the line. False if it would be too long.
    pub fn edit(&mut self, request: InputRequest) -> bool {
        let is_added = matches!(request, InputRequest::InsertChar(_));
        let is_full = is_added && self.input.value().chars().count() >= LONGEST;
        if !is_full {
            self.input.handle(request);
        }
        !is_full
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
    let mut before = 0;
    let starts =
        line.char_indices().map(|(start, char)| (start, &line[start..start + char.len_utf8()]));
    let mut skipped = starts.skip_while(|(_, char)| {
        let is_skipped = before < columns;
        before += text::width(char);
        is_skipped
    });
    skipped.next().map_or(line.len(), |(start, _)| start)
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
            .for_each(|c| assert!(line.edit(InputRequest::InsertChar(c))));
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
    fn a_flood_is_not_taken() {
        let mut line = LineInput::default();
        line.set(&"x".repeat(2 * LONGEST));
        assert!(!line.edit(InputRequest::InsertChar('y')));
        assert!(!line.replace(0..0, "y"));
        assert_eq!(line.value().len(), LONGEST);
    }

    #[test]
    fn a_text_takes_the_place_of_another_with_the_cursor_behind_it() {
        let mut line = LineInput::default();
        line.set("á sp liver");
        assert!(line.replace(3..5, "spönsor:"));
        assert_eq!((line.value(), line.cursor()), ("á spönsor: liver", 12));
    }
}
