//! Which sections are folded, on the screen and as it is kept for the next start.

use super::DetailPane;
use crate::study::Section;

/// What becomes of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fold {
    Away,
    Open,
    /// What it is not now.
    Other,
}

impl DetailPane {
    /// The titles of the sections that are folded.
    pub(in crate::ui::pane) fn folds(&self) -> Vec<&'static str> {
        self.folded.iter().map(|section| section.title()).collect()
    }

    /// Folds the section of this title.
    pub(in crate::ui::pane) fn fold_as(&mut self, title: &str) {
        let section = Section::ALL.iter().find(|section| section.title() == title);
        self.folded.extend(section);
    }

    pub(super) fn fold(&mut self, fold: Fold) {
        let Some(heading) = self.page.sections.get(self.section().unwrap_or(0)) else { return };
        let section = heading.section;
        let folds = match fold {
            Fold::Away => true,
            Fold::Open => false,
            Fold::Other => !self.folded.contains(&section),
        };
        if folds {
            self.folded.insert(section);
        } else {
            self.folded.remove(&section);
        }
        self.chosen = self.section().or(Some(0));
    }

    /// Unfolds every section, or folds every one where none is.
    pub(super) fn fold_all(&mut self) {
        self.chosen = self.section();
        if self.folded.is_empty() {
            self.folded = Section::ALL.iter().copied().collect();
        } else {
            self.folded.clear();
        }
    }

    /// Brings the chosen section into sight, once its row is known.
    pub(super) fn show_chosen(&mut self) {
        let heading = self.chosen.and_then(|section| self.page.sections.get(section));
        if let Some(&heading) = heading {
            self.scroll.show(heading.row, self.page.rows.len(), self.height);
        }
    }
}
