//! What is done with studies that are not selected, and where a visit of one leads back to. The session
//! knows which studies are visited; only here is known from where on the screen.

use super::App;
use crate::store::StudyIdx;
use crate::ui::action::Action;
use crate::ui::pane::PaneId;
use crate::ui::popup::{Popup, menus};

/// Where a visit began.
pub(super) struct Return {
    focus: PaneId,
    /// What was on top, and will be again.
    popup: Option<Popup>,
}

impl App {
    /// Shows the study that the session has begun to visit, and forgets visits that it has ended.
    pub(super) fn follow_visits(&mut self) {
        self.returns.truncate(self.session.visits());
        if self.session.visits() > self.returns.len() {
            let (focus, popup) = (self.focus(), self.popup.take());
            self.returns.push(Return { focus, popup });
            self.go_to(PaneId::Detail);
        }
    }

    /// Goes back to where the last visit began.
    pub(super) fn leave(&mut self) {
        let left = self.session.study();
        self.session.leave();
        if let Some(Return { focus, mut popup }) = self.returns.pop() {
            if let (Some(popup), Some(left)) = (&mut popup, left) {
                popup.come_back(left);
            }
            self.go_to(focus);
            self.popup = popup;
        }
    }

    /// Does something with a study that a page lists.
    pub(super) fn act_with(&mut self, study: StudyIdx, action: Action) {
        match action {
            Action::Pin => self.session.toggle_pin(study),
            Action::OpenPage => self.session.open_page(study),
            Action::Copy => self.popup = menus::copies(&self.session, Some(study)),
            Action::Related => self.show_related(Some(study)),
            Action::Compare => self.compare_with(study),
            _ => (),
        }
    }

    /// Lists what is related to a study.
    pub(super) fn show_related(&mut self, study: Option<StudyIdx>) {
        let Some(study) = study else { return };
        if let Some(popup) = Popup::related(&self.session, study) {
            self.popup = Some(popup);
        } else {
            let id = self.session.store.id(study);
            self.session.say(format!("no other trial here shares anything rare with {id}"));
        }
    }

    /// Compares a study with the pinned ones; where none is, with the one that is shown.
    fn compare_with(&mut self, study: StudyIdx) {
        if let Some(shown) = self.session.study().filter(|_| self.session.pins.is_empty()) {
            self.session.toggle_pin(shown);
        }
        if !self.session.pins.contains(&study) {
            self.session.toggle_pin(study);
        }
        // Where no more could be pinned, the session has said so.
        if self.session.pins.contains(&study) {
            self.session.notice = None;
            let (focus, popup) = (self.focus(), self.popup.take());
            self.compare();
            self.aside = popup.map(|popup| (focus, popup));
        }
    }
}
