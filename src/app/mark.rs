//! Marking: which page asks for a reason, a tag or a note, and how screening begins and ends.

use std::time::Duration;

use super::{App, Load};
use crate::marks::Decision;
use crate::study::NctId;
use crate::ui::action::Action;
use crate::ui::pane::{Hint, PaneId};
use crate::ui::popup::{Popup, menus};

/// Who looks at a trial for so long reads it.
const TO_READ: Duration = Duration::from_millis(1500);

/// The actions that matter most to somebody who screens.
const SCREENING: &[Hint] = &[
    (Action::Include, "include"),
    (Action::LeaveOut, "exclude"),
    (Action::Maybe, "maybe"),
    (Action::Undo, "undo"),
    (Action::Screen, "end"),
];

impl App {
    /// Does what an action means for marks; nothing where it means nothing for them.
    pub(super) fn mark(&mut self, action: Action) {
        match action {
            Action::Include => self.session.decide(Decision::Include, None),
            Action::LeaveOut => self.ask_reason(),
            Action::Maybe => self.session.decide(Decision::Maybe, None),
            Action::Tag => self.ask_tag(),
            Action::Note => self.ask_note(),
            Action::NotePassage => self.ask_note_on(),
            Action::Collection => self.session.ask_collections(),
            Action::Join => self.layers.open(menus::join()),
            Action::Settle => self.ask_settlement(None),
            Action::Tick => self.with_study(|app, study| app.session.toggle_tick(study)),
            Action::Ticks => self.layers.open(menus::ticks(&self.session)),
            Action::Screen => self.screen(),
            _ => (),
        }
    }

    pub(super) fn ask_reason(&mut self) {
        if self.session.study().is_some() {
            self.layers.open(Popup::reason(self.reasons.clone()));
        }
    }

    pub(super) fn ask_tag(&mut self) {
        if self.session.study().is_some() {
            self.layers.open(Popup::tag(&self.session.marks));
        }
    }

    pub(super) fn ask_note(&mut self) {
        if self.session.study().is_some() {
            self.layers.open(Popup::note(&self.session.notes(None)));
        }
    }

    /// Asks for a note on the words that are chosen in the trial; where none are, begins to choose some.
    pub(super) fn ask_note_on(&mut self) {
        self.go_to(PaneId::Detail);
        match self.panes.passage() {
            Ok(Some(passage)) => {
                let present = self.session.notes(Some(&passage));
                self.layers.open(Popup::note_on(passage, &present));
            }
            Ok(None) => (),
            Err(reason) => self.session.fail(reason),
        }
    }

    /// Shows the next trial on which people disagree, after this one, to settle that.
    pub(super) fn ask_settlement(&mut self, after: Option<NctId>) {
        match self.session.conflict_after(after) {
            Some((id, mark)) => {
                let study = self.session.store.find(id);
                let title = study.map(|study| self.session.store.title(study));
                self.layers.open(menus::settlement(id, title, mark));
            }
            None if after.is_none() => self.session.say("nobody disagrees on a trial"),
            None => self.session.say("that was the last trial on which people disagree"),
        }
    }

    /// What a pane's hints are to somebody who screens: first what decides.
    pub(super) fn hints_of_screening(&self, of_pane: Vec<Hint>) -> Vec<Hint> {
        if self.session.screening.is_none() || self.focus() != PaneId::Detail {
            return of_pane;
        }
        SCREENING.iter().copied().chain(of_pane).collect()
    }

    /// How long nothing has to happen before the trial that is shown counts as read; `None` where none is being read.
    pub fn patience(&self) -> Option<Duration> {
        let is_read = self.keeps_read
            && self.load == Load::Done
            && self.focus() == PaneId::Detail
            && self.layers.popup().is_none()
            && !self.session.is_searching();
        (is_read && self.session.unseen().is_some()).then_some(TO_READ)
    }

    /// Takes in that nothing has happened for so long.
    pub fn rested(&mut self) {
        if let Some(study) = self.patience().and_then(|_| self.session.unseen()) {
            self.session.was_read(study);
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
