//! Picking: the browser as a chooser. What is chosen is kept for whoever started the program, and ends it.

use super::App;
use crate::session::Session;
use crate::study::NctId;
use crate::ui::action::Action;
use crate::ui::pane::{Hint, PaneId};

/// How many trials can be picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picking {
    One,
    /// All that are ticked, or the one at the cursor if none is.
    Several,
}

impl Picking {
    /// The actions that matter most in the list.
    fn hints(self) -> &'static [Hint] {
        match self {
            Self::One => &[(Action::Read, "take it"), (Action::Search, "search")],
            Self::Several => &[
                (Action::Read, "take them"),
                (Action::Tick, "mark"),
                (Action::Ticks, "mark all"),
                (Action::Search, "search"),
            ],
        }
    }
}

impl App {
    /// Does what an action means to somebody who picks; false when it means what it means in the browser.
    pub(super) fn pick(&mut self, action: Action) -> bool {
        let is_shown = matches!(self.focus(), PaneId::List | PaneId::Detail);
        let Some(picking) = self.picking.filter(|_| is_shown && !self.typing()) else {
            return false;
        };
        match (action, picking) {
            (Action::Read, _) => {
                self.picked = Some(chosen(&self.session));
                self.quit();
            }
            (Action::Pin, Picking::Several) => self.act_here(Action::Tick),
            (Action::Tick | Action::Ticks, Picking::One) => {
                self.session.say("one trial is picked here; several with --multi");
            }
            (Action::Back, _) if self.has_nothing_to_close() => self.quit(),
            _ => return false,
        }
        true
    }

    fn has_nothing_to_close(&self) -> bool {
        self.focus() == PaneId::List
            && !self.layers.is_closable()
            && !self.layers.arrangement().zoomed
            && self.session.profile().is_none()
    }

    /// What a pane's hints are to somebody who picks.
    pub(super) fn hints_of_picking(&self, of_pane: Vec<Hint>) -> Vec<Hint> {
        let is_shown = matches!(self.focus(), PaneId::List | PaneId::Detail);
        let Some(picking) = self.picking.filter(|_| is_shown) else { return of_pane };
        let own = picking.hints();
        // Where several are picked, the key of pins ticks.
        let is_pin = |hint: &Hint| picking == Picking::Several && hint.0 == Action::Pin;
        let is_other =
            |hint: &Hint| own.iter().all(|(action, _)| *action != hint.0) && !is_pin(hint);
        own.iter().copied().chain(of_pane.into_iter().filter(is_other)).collect()
    }
}

/// The ticked studies, those that were found in the order of the list; the one that is shown if none is ticked.
fn chosen(session: &Session) -> Vec<NctId> {
    if session.ticked.is_empty() {
        return session.id().into_iter().collect();
    }
    let found = session.results.rows.iter().filter(|&study| session.is_ticked(study));
    let mut chosen: Vec<NctId> = found.map(|study| session.store.id(study)).collect();
    let others = session.ticked.iter().filter(|id| !chosen.contains(id));
    let others: Vec<NctId> = others.copied().collect();
    chosen.extend(others);
    chosen
}
