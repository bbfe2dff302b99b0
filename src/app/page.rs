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
        self.open_of(page, usize::MAX);
    }

    /// Opens a page on which each study has a sign of its own: of as many as there are signs.
    pub(super) fn open_of_few(&mut self, page: Make) {
        self.open_of(page, self.theme.signs.trials.len());
    }

    fn open_of(&mut self, page: Make, most: usize) {
        let mut studies = match (self.focus(), self.session.versions()) {
            (PaneId::Comparison, Some(versions)) => vec![versions.study],
            (PaneId::Comparison, None) => self.session.pinned(),
            _ => self.session.study().into_iter().collect(),
        };
        if studies.is_empty() {
            return;
        }
        let pinned = studies.len();
        studies.truncate(most);
        if studies.len() < pinned {
            self.session.say(format!("the first {most} of the {pinned} pinned trials"));
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
