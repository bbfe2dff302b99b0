//! The position in a text that is longer than the screen.

use crate::ui::action::Action;

/// The first row on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scroll {
    pub top: usize,
}

impl Scroll {
    /// Scrolls as `action` says in a text of `len` rows seen `height` at a time; false when `action`
    /// is no movement.
    pub fn act(&mut self, action: Action, len: usize, height: usize) -> bool {
        self.top = match action {
            Action::Down => self.top + 1,
            Action::Up => self.top.saturating_sub(1),
            Action::HalfDown => self.top + height.div_ceil(2),
            Action::HalfUp => self.top.saturating_sub(height.div_ceil(2)),
            Action::PageDown => self.top + height,
            Action::PageUp => self.top.saturating_sub(height),
            Action::Top => 0,
            Action::Bottom => len,
            _ => return false,
        };
        self.clamp(len, height);
        true
    }

    /// What a key does while a text of `len` rows is read in place of something else: it moves, or ends the reading;
    /// false when it means what was there before.
    pub fn read(reading: &mut Option<Self>, action: Action, len: usize, height: usize) -> bool {
        let Some(mut scroll) = reading.take() else { return false };
        if scroll.act(action, len, height) {
            *reading = Some(scroll);
            return true;
        }
        matches!(action, Action::Back | Action::Read | Action::Pin)
    }

    /// Which rows are seen: `rows 5 to 24 of 30`.
    pub fn note(self, len: usize, height: usize) -> String {
        let last = (self.top + height).min(len);
        format!("rows {} to {last} of {len}", self.top + 1)
    }

    /// Leaves no empty rows below the end of the text.
    pub fn clamp(&mut self, len: usize, height: usize) {
        self.top = self.top.min(len.saturating_sub(height));
    }

    /// Brings `row` into view, a few rows below the top.
    pub fn show(&mut self, row: usize, len: usize, height: usize) {
        if row < self.top || row >= self.top + height {
            self.top = row.saturating_sub(height / 4);
        }
        self.clamp(len, height);
    }
}
