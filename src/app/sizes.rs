//! How wide the panes are: by keys, and by an edge that the mouse drags.

use ratatui::layout::Position;

use super::App;
use crate::session::PaneSizes;

/// So many columns wider or narrower at a time.
const STEP: i16 = 4;

impl App {
    /// Makes the pane that has the focus wider, or narrower by a negative number of steps.
    pub(super) fn widen(&mut self, steps: i16) {
        let areas = self.areas();
        match areas.widened(self.focus(), steps * STEP, self.session.look.panes) {
            Some(sizes) => self.session.look.panes = sizes,
            None => self.session.say("no other pane stands beside this one"),
        }
    }

    /// Makes all panes as wide as they are usually.
    pub(super) fn size_as_usual(&mut self) {
        self.session.look.panes = PaneSizes::default();
    }

    /// Takes hold of an edge between two panes; false where there is none.
    pub(super) fn grasp(&mut self, at: Position) -> bool {
        self.grasped = if self.layers.popup().is_none() { self.areas().edge_at(at) } else { None };
        self.grasped.is_some()
    }

    /// Moves the edge that is held.
    pub(super) fn drag(&mut self, to: Position) {
        if let Some(edge) = self.grasped {
            let sizes = self.areas().moved(edge, to.x, self.session.look.panes);
            self.session.look.panes = sizes;
        }
    }
}
