//! Which pane has the focus, and the way from one to the next.

use super::App;
use crate::search::Profile;
use crate::ui::pane::PaneId;

impl App {
    /// Goes to the search line to type something.
    pub(super) fn search(&mut self) {
        self.go_to(PaneId::Search);
        self.panes.get(PaneId::Search).entered(&self.session);
    }

    pub(super) fn go_to(&mut self, pane: PaneId) {
        if self.focus() == PaneId::Search && pane != PaneId::Search {
            self.session.keep_query();
        }
        match pane {
            PaneId::Comparison => {
                let is_there = self.layers.popup().is_none()
                    && self.focus() == PaneId::Comparison
                    && self.layers.versions().is_none();
                if !is_there {
                    self.layers.lead_to(PaneId::Comparison, None);
                }
            }
            PaneId::List => {
                self.session.screening = None;
                self.session.show(None);
                self.layers.flatten(PaneId::List);
            }
            PaneId::Search | PaneId::Filters | PaneId::Detail => {
                self.layers.leave_comparison();
                self.layers.arrangement_mut().focus = pane;
            }
        }
    }

    /// Goes to the next pane in the order of Tab.
    pub(super) fn step_focus(&mut self, step: isize) {
        let stops = [PaneId::Search, PaneId::Filters, PaneId::List, PaneId::Detail];
        let here = stops.iter().position(|&pane| pane == self.focus()).unwrap_or(2);
        let next = (here + stops.len()).saturating_add_signed(step) % stops.len();
        self.go_to(stops[next]);
    }

    pub(super) fn toggle_filters(&mut self) {
        let there = if self.focus() == PaneId::Filters { PaneId::List } else { PaneId::Filters };
        self.go_to(there);
    }

    /// One step further in: from the search line to the list, from the list to the study.
    pub(super) fn read(&mut self) {
        match self.focus() {
            PaneId::Search => self.go_to(PaneId::List),
            PaneId::List if self.session.study().is_some() => self.go_to(PaneId::Detail),
            _ => (),
        }
    }

    /// One step back out; never out of the program.
    pub(super) fn back(&mut self) {
        match self.focus() {
            PaneId::List if self.layers.arrangement().zoomed => {
                self.layers.arrangement_mut().zoomed = false;
            }
            // What was said of a person is taken back.
            PaneId::List => self.session.suit(Profile::default()),
            PaneId::Detail | PaneId::Comparison if self.layers.is_closable() => self.close(),
            _ => self.go_to(PaneId::List),
        }
    }

    pub(super) fn quit_level(&mut self) {
        if self.focus() == PaneId::List && !self.layers.arrangement().zoomed {
            self.quit();
        } else {
            self.back();
        }
    }
}
