//! Saving: which menu offers it, and what of the session it takes.

use super::App;
use crate::export::{ComparisonFormat, StudiesFormat};
use crate::ui::pane::PaneId;
use crate::ui::popup::{Popup, Which, menus};

impl App {
    /// What can be saved where the focus is.
    pub(super) fn saves(&mut self) -> Option<Popup> {
        match self.focus() {
            PaneId::Comparison if self.session.pins.len() > 1 => Some(menus::comparison_saves()),
            _ => menus::saves(&self.session),
        }
    }

    pub(super) fn save_comparison(&mut self, format: ComparisonFormat) {
        match self.panes.report(&self.session) {
            Some(Ok(report)) => self.session.save_comparison(&report, format),
            Some(Err(reason)) => self.session.fail(reason),
            None => (),
        }
    }

    pub(super) fn save_studies(&mut self, which: Which, format: StudiesFormat) {
        let studies = match which {
            Which::Selected => self.session.study().into_iter().collect(),
            Which::Found => self.session.results.rows.iter().collect(),
        };
        self.session.save_studies(studies, format);
    }
}
