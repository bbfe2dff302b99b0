//! Which sections are folded, as it is kept for the next start.

use super::DetailPane;
use crate::study::Section;

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
}
