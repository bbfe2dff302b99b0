//! The way from one difference to the next.

use super::ComparisonPane;
use super::table::Difference;
use crate::session::Session;

impl ComparisonPane {
    /// The next difference, or the one before when `step` is negative: from the one that was gone to, else from the top of
    /// the screen.
    pub(super) fn difference(&self, step: isize) -> Option<Difference> {
        let top = self.scroll.top;
        let mut differences = self.table.differences.iter().copied();
        match self.current {
            Some(current) if step > 0 => differences.find(|next| next.number > current),
            Some(current) => differences.rfind(|next| next.number < current),
            None if step > 0 => differences.find(|next| next.row >= top),
            None => differences.rfind(|next| next.row < top),
        }
    }

    /// Goes there; says so where there is none.
    pub(super) fn show_difference(&mut self, step: isize, session: &mut Session) {
        match self.difference(step) {
            Some(Difference { number, row }) => {
                self.current = Some(number);
                self.scroll.top = row;
                self.scroll.clamp(self.table.rows.len(), self.height);
            }
            None if step > 0 => session.say("there is no difference behind this place"),
            None => session.say("there is no difference before this place"),
        }
    }
}
