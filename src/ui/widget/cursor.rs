//! A cursor in a list longer than the screen.

use crate::ui::action::Action;

/// The selected row and the first row on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    pub row: usize,
    pub offset: usize,
}

impl Cursor {
    /// Moves as `action` says in a list of `len` rows seen `height` at a time; false when `action` is
    /// no movement.
    pub fn act(&mut self, action: Action, len: usize, height: usize) -> bool {
        let last = len.saturating_sub(1);
        self.row = match action {
            Action::Down => self.row + 1,
            Action::Up => self.row.saturating_sub(1),
            Action::HalfDown => self.row + height.div_ceil(2),
            Action::HalfUp => self.row.saturating_sub(height.div_ceil(2)),
            Action::PageDown => self.row + height,
            Action::PageUp => self.row.saturating_sub(height),
            Action::Top => 0,
            Action::Bottom => last,
            _ => return false,
        };
        self.row = self.row.min(last);
        true
    }

    /// Scrolls as little as brings so many rows below the row into a window of `height` rows, or as many as find room.
    pub fn show_below(&mut self, more: usize, height: usize) {
        let lowest = (self.row + more + 1).saturating_sub(height);
        self.offset = self.offset.max(lowest.min(self.row));
    }

    /// Scrolls as little as brings the row into a window of `height` rows on a list of `len`.
    pub fn scroll(&mut self, len: usize, height: usize) {
        self.row = self.row.min(len.saturating_sub(1));
        let lowest = (self.row + 1).saturating_sub(height);
        self.offset =
            self.offset.min(len.saturating_sub(height)).clamp(lowest, self.row.max(lowest));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MOVES: &[Action] = &[
        Action::Down,
        Action::Up,
        Action::HalfDown,
        Action::HalfUp,
        Action::PageDown,
        Action::PageUp,
        Action::Top,
        Action::Bottom,
    ];

    #[test]
    fn what_is_below_the_row_comes_into_the_window() {
        // Row, offset, rows below it, height of the window: the offset then.
        for (row, offset, more, height, then) in [
            (9, 0, 3, 10, 3),
            (9, 0, 50, 10, 9),
            (2, 0, 3, 10, 0),
            (9, 5, 0, 10, 5),
            (9, 8, 2, 10, 8),
        ] {
            let mut cursor = Cursor { row, offset };
            cursor.show_below(more, height);
            assert_eq!(cursor, Cursor { row, offset: then });
        }
    }

    proptest! {
        #[test]
        fn the_row_is_always_on_the_screen(
            moves in prop::collection::vec(prop::sample::select(MOVES), 0..60),
            len in 1..50_usize,
            height in 1..20_usize,
        ) {
            let mut cursor = Cursor::default();
            for action in moves {
                prop_assert!(cursor.act(action, len, height));
                cursor.scroll(len, height);
                prop_assert!(cursor.row < len);
                prop_assert!(cursor.offset <= cursor.row && cursor.row < cursor.offset + height);
            }
        }
    }
}
