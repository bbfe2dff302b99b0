//! Studies that are not selected: reading them, doing something with them, and the way back.

use super::App;
use super::layer::Layer;
use crate::search;
use crate::session::VersionPair;
use crate::store::StudyIdx;
use crate::study::Link;
use crate::ui::action::Action;
use crate::ui::pane::PaneId;
use crate::ui::popup::{Popup, menus};
use crate::ui::trail::Trail;

impl App {
    /// Shows a study, wherever it comes from, until this layer is closed; the selected row stays as it is.
    pub(super) fn visit(&mut self, trail: impl Into<Trail>) {
        self.layers.lead_to(PaneId::Detail, Some(trail.into()));
        self.show_visited();
    }

    /// Closes the topmost layer; the one below is shown as it was left.
    pub(super) fn close(&mut self) {
        let left = self.session.study();
        let closed = self.layers.close();
        self.show_visited();
        if let Some(Layer::Panes { visit: Some(_), .. }) = closed
            && let (Some(popup), Some(left)) = (self.layers.popup_mut(), left)
        {
            popup.come_back(left);
        }
    }

    /// Closes every layer when the session shows the selected study again: after a move in the list, and after another
    /// query. The session compares what the layer on top does.
    pub(super) fn end_visits(&mut self) {
        if self.session.visited().is_none() && self.layers.visit().is_some() {
            self.layers.flatten(self.layers.arrangement().focus);
        }
        self.session.compare_versions(self.layers.versions());
    }

    fn show_visited(&mut self) {
        self.session.show(self.layers.visit().map(Trail::study));
    }

    /// Shows the study `by` places further on: of those beside the visited one, else of the results.
    pub(super) fn step(&mut self, by: isize) {
        match self.layers.visit_mut() {
            Some(trail) if trail.is_alone() => {
                self.session.say("no other trial stands beside this one");
            }
            Some(trail) => {
                trail.step(by);
                self.show_visited();
            }
            None => self.session.move_by(by),
        }
    }

    /// Goes where a link leads: to a study of the dataset, else to a page in the web browser. An address that no browser
    /// is asked to open is copied.
    pub(super) fn follow(&mut self, link: &Link) {
        let study = match link {
            Link::Study(id) => self.session.store.find(*id),
            Link::PubMed(_) | Link::Doi(_) | Link::Web(_) => None,
        };
        match (study, link.url()) {
            (Some(study), _) => self.visit(study),
            (None, url) if url.starts_with("https://") => self.session.open_url(url),
            (None, url) => self.session.copy("the address, which is no https:// one", url),
        }
    }

    /// Does something with a study that a page lists.
    pub(super) fn act_with(&mut self, study: StudyIdx, action: Action) {
        match action {
            Action::Pin => self.session.toggle_pin(study),
            Action::OpenPage => self.session.open_page(study),
            Action::Copy => self.layers.open(menus::copies(&self.session, study)),
            Action::Related => self.show_related(study),
            Action::Compare => self.compare_with(study),
            _ => (),
        }
    }

    /// Compares two records of one study until this layer is closed.
    pub(super) fn compare_versions(&mut self, versions: VersionPair) {
        self.layers.lead_to_versions(versions);
    }

    /// Lists what is related to a study.
    pub(super) fn show_related(&mut self, study: StudyIdx) {
        if let Some(popup) = Popup::related(&self.session, study) {
            self.layers.open(popup);
        } else {
            let store = &self.session.store;
            let (id, why) = (store.id(study), search::unrelated(store, study));
            self.session.say(format!("{id} is related to no trial here: {why}"));
        }
    }
}
