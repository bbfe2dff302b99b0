//! A text looked for among rows: what was typed, where it stands, and which place is shown.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use tui_input::InputRequest;

use super::input::{Caret, LineInput};
use super::paint;
use crate::text;
use crate::ui::theme::Theme;

#[derive(Debug, Default)]
pub struct Finding {
    input: LineInput,
    state: State,
    /// Rows that have the text.
    places: Vec<usize>,
    current: usize,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Typing,
    Typed,
}

impl Finding {
    /// Whether characters still belong to the text.
    pub fn typing(&self) -> bool {
        self.state == State::Typing
    }

    /// From now on characters are commands again.
    pub fn typed(&mut self) {
        self.state = State::Typed;
    }

    pub fn edit(&mut self, request: InputRequest) {
        self.input.edit(request);
    }

    /// The folded text.
    pub fn needle(&self) -> String {
        text::fold(self.input.value())
    }

    /// Looks the text up in rows; the first place from row `top` on is the current one.
    pub fn look(&mut self, rows: impl Iterator<Item = String>, top: usize) {
        let needle = self.needle();
        let found = |row: &str| !needle.is_empty() && text::fold(row).contains(&needle);
        let rows = rows.enumerate().filter(|(_, row)| found(row));
        self.places = rows.map(|(index, _)| index).collect();
        self.current = self.places.iter().position(|&row| row >= top).unwrap_or(0);
    }

    /// The row of the place so many places further on; round at the ends.
    pub fn step(&mut self, step: isize) -> Option<usize> {
        let count = self.places.len();
        self.current = (self.current + count).saturating_add_signed(step).checked_rem(count)?;
        self.places.get(self.current).copied()
    }

    /// `2 of 7 found`.
    pub fn note(&self) -> String {
        match self.places.len() {
            0 => "not found".to_owned(),
            count => format!("{} of {count} found", self.current + 1),
        }
    }

    /// Draws the text on the lower border of the box at `area`, which has a note at the right.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let below = Rect {
            x: area.x + 1,
            y: area.bottom().saturating_sub(1),
            width: area.width / 2,
            height: area.height.min(1),
        };
        paint::line(below, buf, "/", theme.key);
        let caret = if self.typing() { Caret::Shown } else { Caret::Hidden };
        let line = Rect { x: below.x + 1, width: below.width.saturating_sub(1), ..below };
        self.input.draw(line, buf, Style::new(), caret);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_gone_through_in_a_circle() {
        let mut finding = Finding::default();
        let rows = ["Liver", "heart", "LIVER", "líver"];
        assert_eq!(finding.step(1), None);
        "liver".chars().for_each(|char| finding.edit(InputRequest::InsertChar(char)));
        finding.look(rows.iter().map(ToString::to_string), 1);
        assert_eq!(finding.note(), "2 of 3 found");
        let steps: Vec<_> = [0, 1, 1, -1].map(|step| finding.step(step)).into();
        assert_eq!(steps, [Some(2), Some(3), Some(0), Some(3)]);
        finding.edit(InputRequest::InsertChar('x'));
        finding.look(rows.iter().map(ToString::to_string), 0);
        assert_eq!((finding.note().as_str(), finding.step(-1)), ("not found", None));
    }
}
