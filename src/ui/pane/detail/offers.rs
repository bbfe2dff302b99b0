//! Which pages have something to show of a study. Does not know the pages.

use crate::store::{Store, StudyIdx};
use crate::study::milestone::milestones;
use crate::study::place::sites;
use crate::study::results::Module;
use crate::study::{Link, Study, pointers};
use crate::ui::action::Action;

/// The actions that have nothing to show of the study.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Offers {
    lacks: Vec<Action>,
}

impl Offers {
    pub(super) fn new(store: &Store, of: StudyIdx, study: &Study) -> Self {
        let mut lacks = Vec::new();
        let mut offer = |action: Action, has: bool| {
            if !has {
                lacks.push(action);
            }
        };
        let is_posted = |module: &Module| !module.sources(study).is_empty();
        offer(Action::Tables, Module::ALL.iter().any(is_posted));
        offer(Action::Versions, store.versions(of) > 1);
        offer(Action::Map, !sites(study).is_empty());
        let own = Link::Study(store.id(of));
        offer(Action::Links, pointers(study).any(|(link, _)| link != own));
        offer(Action::Timeline, !milestones(study).is_empty());
        Self { lacks }
    }

    pub(super) fn has(&self, action: Action) -> bool {
        !self.lacks.contains(&action)
    }
}
