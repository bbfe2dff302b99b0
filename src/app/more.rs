//! A dataset that is read while what there is of it is used already: each part takes the place of the one before, and in
//! the end the whole does. Nothing on the screen is moved by that, and nothing that covers the panes is closed.

use super::{App, Load, remark};
use crate::event::Loading;
use crate::session::Completeness;
use crate::ui::pane::PaneId;

impl App {
    /// Takes in how far the load has come.
    pub(super) fn loading(&mut self, loading: Loading) {
        if self.load == Load::Glimpsed {
            // It did not hold.
            self.waiting.clear();
            self.session.close();
        }
        self.load = match self.load {
            Load::Part(_) => Load::Part(loading),
            _ => Load::Going(loading),
        };
    }

    /// Opens what more has been read of the dataset, once nothing covers the panes and the last part is open.
    pub(super) fn take_more(&mut self) {
        if self.layers.is_closable() || self.session.coming().is_some() {
            return;
        }
        if let Some((dataset, completeness)) = self.more.take() {
            self.remark = remark(&dataset);
            self.session.take_more(dataset, completeness);
        }
    }

    /// Does what follows when a part of the dataset, or the whole after a part, has been opened by an answer.
    pub(super) fn more_opened(&mut self) {
        let is_open = !self.session.store.is_empty() && self.session.coming().is_none();
        match (&self.load, self.session.completeness) {
            (Load::Going(loading), Completeness::Part) if is_open => {
                self.load = Load::Part(*loading);
                self.arrange_as_left();
            }
            (Load::Part(_), Completeness::Whole) if is_open => {
                self.load = Load::Done;
                let remark = self.remark.take();
                self.settled(remark);
            }
            _ => (),
        }
    }

    /// Takes everything off the screen that came of the dataset: not all of it was right.
    pub(super) fn take_back(&mut self) {
        self.waiting.clear();
        self.more = None;
        self.layers.flatten(PaneId::List);
        self.session.close();
        self.load = Load::default();
    }
}
