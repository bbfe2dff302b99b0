//! Where a visit leads back to. The session knows which studies are visited; only here is known from
//! where on the screen.

use super::App;
use crate::ui::pane::PaneId;
use crate::ui::popup::Popup;

/// Where a visit began.
pub(super) struct Return {
    focus: PaneId,
    /// What was on top, and will be again.
    popup: Option<Popup>,
    /// The row of the study that was at the top of the screen.
    row: usize,
}

impl App {
    /// Shows the study that the session has begun to visit, and forgets visits that it has ended.
    pub(super) fn follow_visits(&mut self) {
        self.returns.truncate(self.session.visits());
        if self.session.visits() > self.returns.len() {
            let (focus, popup) = (self.focus(), self.popup.take());
            self.returns.push(Return { focus, popup, row: self.panes.top_row() });
            self.go_to(PaneId::Detail);
        }
    }

    /// Goes back to where the last visit began.
    pub(super) fn leave(&mut self) {
        self.session.leave();
        if let Some(Return { focus, popup, row }) = self.returns.pop() {
            self.go_to(focus);
            self.popup = popup;
            if let Some(study) = self.session.study() {
                self.panes.resume(study, row);
            }
        }
    }
}
