//! Which studies are compared.

use super::App;
use crate::session::PinsShown;
use crate::store::StudyIdx;
use crate::ui::action::Action;
use crate::ui::pane::PaneId;

impl App {
    /// Compares the pinned studies; with one pinned, that one and the selected one.
    pub(super) fn compare(&mut self) {
        let selected = self.session.study().filter(|&study| !self.session.is_pinned(study));
        if let Some(study) = selected.filter(|_| self.session.is_visiting()) {
            return self.compare_with(study);
        }
        match (self.session.pins.len(), selected) {
            (1, Some(study)) => {
                self.session.toggle_pin(study);
                // The comparison itself says enough.
                self.session.notice = None;
            }
            (0 | 1, _) => {
                let [pin, compare] = [Action::Pin, Action::Compare].map(|a| self.keymap.key(a));
                let words = format!(
                    "pin a trial with {pin}; {compare} on another one then compares the two"
                );
                return self.session.fail(words);
            }
            _ => (),
        }
        self.session.pins_shown = PinsShown::All;
        self.go_to(PaneId::Comparison);
    }

    /// Compares a study with the first of the pinned ones; if none is pinned, with the one that is shown or, if that is
    /// the study itself, with the one in the list.
    pub(super) fn compare_with(&mut self, study: StudyIdx) {
        let shown = self.session.study().filter(|&shown| shown != study);
        if let Some(shown) = shown.or(self.session.row()).filter(|_| self.session.pins.is_empty()) {
            self.session.toggle_pin(shown);
        }
        if !self.session.is_pinned(study) {
            self.session.toggle_pin(study);
        }
        // Where no more could be pinned, the session has said so.
        if self.session.is_pinned(study) {
            self.session.notice = None;
            self.session.put_second(study);
            self.compare();
            self.session.pins_shown = PinsShown::FirstTwo;
        }
    }
}
