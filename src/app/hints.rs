//! What the last line offers where the user is, and clicks on it and on the title.

use ratatui::layout::Position;

use super::{App, Load};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::layout::Areas;
use crate::ui::pane::{Hint, PaneId};
use crate::ui::status::{self, Here, Titled};

impl App {
    pub(super) fn draw_hints(&mut self, areas: &Areas, canvas: &mut Canvas) {
        let (hints, typing) = (self.hints(), self.typing());
        let here = self.here(areas, &hints, typing);
        status::hints(areas.hints, canvas, &self.session, &here);
    }

    /// What a click on the title or on the last line does; `None` anywhere else.
    pub(super) fn action_at(&mut self, at: Position) -> Option<Action> {
        let areas = self.areas();
        if areas.title.contains(at) {
            return status::title_at(at, areas.title, &self.titled());
        }
        let (hints, typing) = (self.hints(), self.typing());
        status::hint_at(at, areas.hints, &self.session, &self.here(&areas, &hints, typing))
    }

    /// What the title speaks of.
    pub(super) fn titled(&self) -> Titled<'_> {
        let loading = match &self.load {
            Load::Part(loading) => Some(loading),
            _ => None,
        };
        Titled { session: &self.session, keymap: &self.keymap, loading }
    }

    fn here<'a>(&'a self, areas: &Areas, hints: &'a [Hint], typing: bool) -> Here<'a> {
        // A search line of one row has no border that could say it.
        let unsaid = self.session.error().filter(|_| areas.of(PaneId::Search).height == 1);
        Here { keymap: &self.keymap, hints, typing, unsaid }
    }

    /// The actions that matter here, the most important first.
    fn hints(&mut self) -> Vec<Hint> {
        let focus = self.focus();
        match (&self.load, self.layers.popup()) {
            (Load::Going(_), _) => vec![(Action::Quit, "quit")],
            (_, Some(popup)) => popup.hints().to_vec(),
            (Load::Failed(_), None) => {
                vec![(Action::OpenPage, "open another file"), (Action::Quit, "quit")]
            }
            (_, None) => {
                let pane = self.panes.get(focus);
                let hints = pane.hints().iter().copied();
                let offered: Vec<Hint> = hints.filter(|&(action, _)| pane.offers(action)).collect();
                let hints = offered.into_iter().filter(|&(action, _)| self.is_of_use(action));
                let mut hints: Vec<Hint> = hints.collect();
                if self.session.pins.len() > 1 && focus == PaneId::List {
                    hints.sort_by_key(|&(action, _)| action != Action::Compare);
                }
                self.hints_of_picking(self.hints_of_screening(hints))
            }
        }
    }

    /// Whether an action has something to act on now.
    fn is_of_use(&self, action: Action) -> bool {
        let session = &self.session;
        match action {
            Action::Unpin => !session.pins.is_empty(),
            Action::Why => !session.query().conjuncts().is_empty(),
            Action::ClearFilters => session.has_choices(),
            Action::Undo => session.can_undo(),
            _ => true,
        }
    }
}
