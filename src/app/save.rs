//! Saving: which menu offers it, and what of the session it takes.

use super::App;
use crate::export::{ComparisonFormat, StudiesFormat};
use crate::ui::pane::PaneId;
use crate::ui::popup::{WhichStudies, menus};

impl App {
    /// Opens the menu of what can be saved where the focus is, if there is anything.
    pub(super) fn choose_form(&mut self) {
        let menu = match self.focus() {
            PaneId::Comparison if self.is_comparing() => Some(menus::comparison_saves()),
            _ => menus::saves(&self.session),
        };
        if let Some(menu) = menu {
            self.layers.open(menu);
        }
    }

    fn is_comparing(&self) -> bool {
        self.session.pins.len() > 1 || self.session.versions().is_some()
    }

    pub(super) fn save_comparison(&mut self, format: ComparisonFormat) {
        match self.panes.report(&self.session) {
            Some(Ok(report)) => self.session.save_comparison(&report, format),
            Some(Err(reason)) => self.session.fail(reason),
            None => (),
        }
    }

    pub(super) fn save_studies(&mut self, which: WhichStudies, format: StudiesFormat) {
        if which == WhichStudies::Found && self.session.waits_for_the_rest("what is saved") {
            return;
        }
        let studies = match which {
            WhichStudies::Selected => self.session.study().into_iter().collect(),
            WhichStudies::Found => self.session.results.rows.iter().collect(),
        };
        self.session.save_studies(studies, format);
    }
}
