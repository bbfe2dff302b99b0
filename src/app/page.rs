//! Which studies a page that covers the panes is about. Knows no page.

use super::App;
use crate::session::Session;
use crate::store::StudyIdx;
use crate::ui::pane::PaneId;
use crate::ui::popup::Popup;

/// Makes a page about studies; one line that says why not.
type Make = fn(&Session, &[StudyIdx]) -> Result<Popup, String>;

impl App {
    /// Opens a page about the selected study; in the comparison, about those that are pinned.
    pub(super) fn open(&mut self, page: Make) {
        let studies = match (self.focus(), self.session.versions()) {
            (PaneId::Comparison, Some(versions)) => vec![versions.study],
            (PaneId::Comparison, None) => self.session.pinned(),
            _ => self.session.study().into_iter().collect(),
        };
        if studies.is_empty() {
            return;
        }
        match page(&self.session, &studies) {
            Ok(page) => self.layers.open(page),
            Err(reason) => {
                let id = self.session.store.id(studies[0]);
                self.session.fail(format!("{id}: {reason}"));
            }
        }
    }
}
