//! Leaving a dataset and coming back to it at the next start: which pane, what was folded.

use super::App;
use crate::session::KeptSession;
use crate::ui::pane::PaneId;

/// The panes that somebody comes back to, as they are called where that is kept.
const PANES: [(PaneId, &str); 3] =
    [(PaneId::List, "list"), (PaneId::Filters, "filters"), (PaneId::Detail, "trial")];

impl App {
    /// Where the dataset is left; `None` if it never was there.
    pub fn left(&self) -> Option<KeptSession> {
        let arrangement = self.layers.bottom();
        let pane = PANES.iter().find(|(pane, _)| *pane == arrangement.focus);
        self.load.is_usable().then(|| KeptSession {
            pane: pane.map_or("list", |(_, name)| name).to_owned(),
            zoomed: arrangement.zoomed,
            folds: self.panes.folds(),
            ..self.session.kept()
        })
    }

    /// Goes on where a dataset was left, which is still to be read.
    pub fn resume(&mut self, kept: KeptSession) {
        self.session.resume(&kept);
        self.left = Some(kept);
    }

    /// Arranges the panes as they were left.
    pub(super) fn arrange_as_left(&mut self) {
        let Some(kept) = self.left.take() else { return };
        self.panes.fold_as(&kept.folds);
        let pane = PANES.iter().find(|(_, name)| *name == kept.pane);
        let arrangement = self.layers.arrangement_mut();
        arrangement.focus = pane.map_or(PaneId::List, |(pane, _)| *pane);
        arrangement.zoomed = kept.zoomed;
    }
}
