//! What was asked of prose, in the study that is shown: where it stands, and the way from one place to the next.

use super::DetailPane;
use super::rows::hits;
use crate::search::Highlight;
use crate::session::Session;
use crate::ui::action::Action;

/// So many rows stand above one that was asked for.
const ABOVE: usize = 2;

/// Where what was asked of prose stands in a study.
#[derive(Default)]
pub(super) struct Hits {
    asked: Vec<Highlight>,
    rows: Vec<usize>,
    /// Which of these rows was gone to last.
    at: usize,
}

impl DetailPane {
    /// Takes in what the answer asks of prose; whether that is something else than before. Then every study is to be shown
    /// where it stands.
    pub(super) fn take_asked(&mut self, session: &Session) -> bool {
        let asked = session.results.highlights.iter().filter(|it| it.is_of_prose());
        if asked.clone().eq(&self.hits.asked) {
            return false;
        }
        self.hits.asked = asked.cloned().collect();
        if !self.hits.asked.is_empty() {
            self.left.clear();
        }
        true
    }

    /// Looks for what was asked of prose in the study that is laid out.
    pub(super) fn find_hits(&mut self) {
        self.hits.rows = hits(&self.page, &self.hits.asked);
    }

    pub(super) fn show_first_hit(&mut self) {
        self.hits.at = 0;
        self.show_hit();
    }

    /// Shows the next or the previous row where something stands that was asked of prose.
    pub(super) fn step_hit(&mut self, action: Action) {
        let last = self.hits.rows.len().saturating_sub(1);
        self.hits.at = match action {
            Action::NextMatch => (self.hits.at + 1).min(last),
            _ => self.hits.at.min(last).saturating_sub(1),
        };
        self.show_hit();
    }

    fn show_hit(&mut self) {
        if let Some(&row) = self.hits.rows.get(self.hits.at) {
            self.scroll.top = row.saturating_sub(ABOVE);
            self.scroll.clamp(self.page.rows.len(), self.height);
            self.chosen = None;
        }
    }
}
