//! A short list below a line that is typed, to take one thing of. It does not know what is listed.

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget as _};

use super::cursor::Cursor;
use crate::text;
use crate::ui::canvas::{self, Border, Canvas};

/// So many rows are seen at once.
const ROWS: u16 = 8;

/// So wide it is where there is room.
const COLUMNS: u16 = 76;

/// One thing to take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is taken.
    pub label: String,
    /// What that is.
    pub what: String,
    /// At the right: how many.
    pub count: String,
}

/// Things to take, one of which has the cursor.
#[derive(Debug, Default)]
pub struct Choices {
    items: Vec<Choice>,
    cursor: Cursor,
}

impl Choices {
    pub fn new(items: Vec<Choice>) -> Self {
        Self { items, cursor: Cursor::default() }
    }

    /// The place of the item at the cursor.
    pub fn current(&self) -> usize {
        self.cursor.row
    }

    /// Puts the cursor on the item at a place.
    pub fn go_to(&mut self, place: usize) {
        self.cursor.row = place;
    }

    /// Moves the cursor; round at the ends.
    pub fn step(&mut self, step: isize) {
        let count = self.items.len().max(1);
        self.cursor.row = (self.cursor.row + count).saturating_add_signed(step) % count;
    }

    /// Where it stands below `line` on a screen that ends at the row `bottom`.
    pub fn area(&self, line: Rect, bottom: u16) -> Rect {
        let items = u16::try_from(self.items.len()).unwrap_or(u16::MAX);
        let height = items.min(ROWS) + 2;
        let room = bottom.saturating_sub(line.bottom());
        Rect {
            x: line.x,
            y: line.bottom(),
            width: line.width.min(COLUMNS),
            height: height.min(room),
        }
    }

    /// The place of the item that is seen at a position, if it stands at `area`.
    pub fn at(&self, at: Position, area: Rect) -> Option<usize> {
        let inner = canvas::inside(area);
        let row = self.cursor.offset + usize::from(at.y.checked_sub(inner.y)?);
        (inner.contains(at) && row < self.items.len()).then_some(row)
    }

    pub fn draw(&mut self, area: Rect, canvas: &mut Canvas, title: &str) {
        let theme = canvas.theme;
        let inside = canvas::inside(area);
        if inside.is_empty() {
            return;
        }
        self.cursor.scroll(self.items.len(), usize::from(inside.height));
        Clear.render(area, canvas.buf);
        let note = if self.items.len() > usize::from(inside.height) {
            format!("{} of {}", self.cursor.row + 1, self.items.len())
        } else {
            String::new()
        };
        let inner = Border { title, note: &note, style: theme.focus }.draw(area, canvas);
        let counts = self.items.iter().map(|item| text::width(&item.count)).max().unwrap_or(0);
        let window = self.items.iter().enumerate().skip(self.cursor.offset);
        for (row, (place, item)) in inner.rows().zip(window) {
            let line = Rect { x: row.x + 2, width: row.width.saturating_sub(3), ..row };
            let line = if counts > 0 {
                canvas.line_right(line, &format!("{:>counts$}", item.count), theme.dim)
            } else {
                line
            };
            let room = usize::from(line.width).saturating_sub(text::width(&item.label) + 2);
            let line = canvas.line_right(line, &text::cut(&item.what, room), theme.dim);
            canvas.line(line, &item.label, Style::new());
            if place == self.cursor.row {
                canvas.line(row, theme.signs.selection, Style::new());
                canvas.style(row, theme.selected);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_goes_round_and_a_list_leaves_the_last_row() {
        let item = |label: &str| Choice {
            label: label.to_owned(),
            what: String::new(),
            count: String::new(),
        };
        let mut choices = Choices::new(["a", "b", "c"].map(item).into());
        let rows = [1, 1, 1, -1].map(|step| {
            choices.step(step);
            choices.current()
        });
        assert_eq!(rows, [1, 2, 0, 2]);
        let line = Rect::new(0, 1, 40, 3);
        assert_eq!(choices.area(line, 30), Rect::new(0, 4, 40, 5));
        assert_eq!(choices.area(line, 6), Rect::new(0, 4, 40, 2));
        assert_eq!(choices.at(Position::new(3, 6), choices.area(line, 30)), Some(1));
        assert_eq!(choices.at(Position::new(3, 8), choices.area(line, 30)), None);
    }
}
