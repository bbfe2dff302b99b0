//! Marking: which page asks for a reason, a tag or a note, and how screening begins and ends.

use super::App;
use crate::ui::pane::PaneId;
use crate::ui::popup::Popup;

impl App {
    pub(super) fn ask_reason(&mut self) {
        if self.session.study().is_some() {
            self.layers.open(Popup::reason(self.reasons.clone()));
        }
    }

    pub(super) fn ask_tag(&mut self) {
        if self.session.study().is_some() {
            let tags = self.session.marks.tags();
            self.layers.open(Popup::tag(tags.keys().map(|tag| (*tag).to_owned()).collect()));
        }
    }

    pub(super) fn ask_note(&mut self) {
        if self.session.study().is_some() {
            self.layers.open(Popup::note(&self.session.notes()));
        }
    }

    /// Shows one trial after the other for a decision, or ends that.
    pub(super) fn screen(&mut self) {
        self.session.toggle_screening();
        let is_screening = self.session.screening.is_some();
        self.go_to(if is_screening { PaneId::Detail } else { PaneId::List });
        self.layers.arrangement_mut().zoomed = is_screening;
    }
}
