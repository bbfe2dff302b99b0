//! What the browser goes on with at the next start, and the way to it. Where it is kept this does not know.

use super::Session;
use crate::study::NctId;

/// Where somebody left a dataset.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptSession {
    /// As it was typed, with the order of the list.
    pub query: String,
    /// The selected trial, if it is not the first.
    pub at: Option<NctId>,
    pub pins: Vec<NctId>,
    /// The pane that had the focus: `filters`, `list` or `trial`.
    pub pane: String,
    /// Whether that pane had the whole screen.
    pub zoomed: bool,
    /// What was folded or unfolded against its beginning, in filters and trials.
    pub folds: Vec<String>,
}

impl Session {
    /// What of the session is kept.
    pub fn kept(&self) -> KeptSession {
        KeptSession {
            query: self.sensible_text(),
            at: self.left_at.or_else(|| {
                self.row().filter(|_| self.selected > 0).map(|study| self.store.id(study))
            }),
            pins: self.pins.iter().chain(&self.awaited_pins).copied().collect(),
            ..KeptSession::default()
        }
    }

    /// Begins where somebody left the dataset, which is still to be read.
    pub fn resume(&mut self, kept: &KeptSession) {
        self.begin_with(&kept.query);
        self.pins.clone_from(&kept.pins);
        self.left_at = kept.at;
    }

    /// Goes on where somebody left another dataset, which is about to be opened: nothing of this one is taken along.
    pub fn resume_other(&mut self, kept: &KeptSession) {
        self.close();
        self.resume(kept);
    }

    /// Whether somebody left the dataset at another study than the first.
    pub fn is_left_elsewhere(&self) -> bool {
        self.left_at.is_some()
    }
}
