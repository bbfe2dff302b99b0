//! A search inside a text: what was typed, where it stands, and which place is shown.

use ratatui::layout::Rect;
use ratatui::style::Style;
use tui_input::InputRequest;

use super::input::{Caret, LineInput, Typing};
use crate::text;
use crate::ui::canvas::Canvas;

/// A text looked for among places of some kind: rows, unless it says otherwise.
#[derive(Debug)]
pub struct Finding<P = usize> {
    input: LineInput,
    typing: Typing,
    /// The places that have the text, in order.
    places: Vec<P>,
    current: usize,
}

impl<P> Default for Finding<P> {
    fn default() -> Self {
        Self {
            input: LineInput::default(),
            typing: Typing::default(),
            places: Vec::new(),
            current: 0,
        }
    }
}

impl<P: Clone + PartialOrd> Finding<P> {
    /// Whether characters still belong to the text.
    pub fn typing(&self) -> bool {
        self.typing == Typing::Going
    }

    /// From now on characters are commands again.
    pub fn typed(&mut self) {
        self.typing = Typing::Done;
    }

    pub fn edit(&mut self, request: InputRequest) {
        self.input.edit(request);
    }

    /// The folded text.
    pub fn needle(&self) -> String {
        text::fold(self.input.value())
    }

    /// Takes in where the text stands; the first place from `here` on is the current one.
    pub fn found(&mut self, places: Vec<P>, here: &P) {
        self.current = places.iter().position(|place| place >= here).unwrap_or(0);
        self.places = places;
    }

    /// The place so many places further on; round at the ends.
    pub fn step(&mut self, step: isize) -> Option<P> {
        let count = self.places.len();
        self.current = (self.current + count).saturating_add_signed(step).checked_rem(count)?;
        self.places.get(self.current).cloned()
    }

    pub fn is_found(&self) -> bool {
        !self.places.is_empty()
    }

    /// `2 of 7 found`.
    pub fn note(&self) -> String {
        match self.places.len() {
            0 => "not found".to_owned(),
            count => format!("{} of {count} found", self.current + 1),
        }
    }

    /// Draws the text on the lower border of the box at `area`, which has a note at the right.
    pub fn draw(&self, area: Rect, canvas: &mut Canvas) {
        let below = Rect {
            x: area.x + 1,
            y: area.bottom().saturating_sub(1),
            width: area.width / 2,
            height: area.height.min(1),
        };
        self.draw_line(below, canvas, "/");
    }

    /// Draws the text on `row`, behind a sign that says what it is for.
    pub fn draw_line(&self, row: Rect, canvas: &mut Canvas, sign: &str) {
        canvas.line(row, sign, canvas.theme.key);
        let caret = if self.typing() { Caret::Shown } else { Caret::Hidden };
        let width = sign.len() as u16;
        let line = Rect { x: row.x + width, width: row.width.saturating_sub(width), ..row };
        self.input.draw(line, canvas, Style::new(), caret);
    }
}

impl Finding {
    /// Looks the text up in rows, which are folded; the first place from row `top` on is the current one.
    pub fn look(&mut self, folded: impl Iterator<Item: AsRef<str>>, top: usize) {
        let needle = self.needle();
        let has = |row: &str| !needle.is_empty() && row.contains(&needle);
        let rows = folded.enumerate().filter(|(_, row)| has(row.as_ref()));
        self.found(rows.map(|(index, _)| index).collect(), &top);
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
        finding.look(rows.iter().map(|row| text::fold(row)), 1);
        assert_eq!(finding.note(), "2 of 3 found");
        let steps: Vec<_> = [0, 1, 1, -1].map(|step| finding.step(step)).into();
        assert_eq!(steps, [Some(2), Some(3), Some(0), Some(3)]);
        finding.edit(InputRequest::InsertChar('x'));
        finding.look(rows.iter().map(|row| text::fold(row)), 0);
        assert_eq!((finding.note().as_str(), finding.step(-1)), ("not found", None));
    }

    #[test]
    fn places_are_found_round_and_round() {
        let rows = ["liver", "lung", "liver"];
        let mut finding = Finding::default();
        finding.look(rows.iter(), 0);
        assert_eq!((finding.note(), finding.step(1)), ("not found".to_owned(), None));
        "LIVER".chars().for_each(|char| finding.edit(InputRequest::InsertChar(char)));
        finding.look(rows.iter(), 1);
        assert_eq!((finding.note(), finding.step(0)), ("2 of 2 found".to_owned(), Some(2)));
        assert_eq!((finding.step(1), finding.step(-1)), (Some(0), Some(2)));
    }
}
