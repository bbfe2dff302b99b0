//! Studies put aside for comparison. They are kept by their ids, which mean the same in every dataset.

use super::Session;
use crate::store::StudyIdx;

/// How many studies can be pinned.
pub const MOST_PINS: usize = 20;

/// Which of the pinned studies are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PinsShown {
    FirstTwo,
    #[default]
    All,
}

impl Session {
    /// The pinned studies, in the order in which they were pinned.
    pub fn pinned(&self) -> Vec<StudyIdx> {
        self.pins.iter().filter_map(|&id| self.store.find(id)).collect()
    }

    pub fn is_pinned(&self, study: StudyIdx) -> bool {
        self.pins.contains(&self.store.id(study))
    }

    /// Pins the study, or takes its pin off.
    pub fn toggle_pin(&mut self, study: StudyIdx) {
        let id = self.store.id(study);
        if let Some(at) = self.pins.iter().position(|&pinned| pinned == id) {
            self.pins.remove(at);
            self.say(format!("{id} is no longer pinned; {} left", self.pins.len()));
        } else if self.pins.len() == MOST_PINS {
            self.fail(format!(
                "{MOST_PINS} trials are pinned already; take the pin off one of them first"
            ));
        } else {
            self.pins.push(id);
            let next = if self.pins.len() == 1 {
                "with another one it can be compared"
            } else {
                "they can be compared"
            };
            // The session does not know which keys the user has; the hint line names them.
            self.say(format!("{id} is pinned ({}): {next}", self.pins.len()));
        }
    }

    /// Puts a pinned study second, so that it stands beside the first in a comparison of two.
    pub fn put_second(&mut self, study: StudyIdx) {
        let id = self.store.id(study);
        if let Some(at) = self.pins.iter().position(|&pinned| pinned == id).filter(|&at| at > 1) {
            self.pins[1..=at].rotate_right(1);
        }
    }

    /// Puts two pinned studies first, to compare them alone.
    pub fn compare_two(&mut self, pair: [StudyIdx; 2]) {
        let pair = pair.map(|study| self.store.id(study));
        self.pins.retain(|id| !pair.contains(id));
        self.pins.splice(0..0, pair);
        self.pins_shown = PinsShown::FirstTwo;
    }

    /// Takes every pin off.
    pub fn unpin_all(&mut self) {
        self.say(format!("{} taken off", self.pins.len()));
        self.pins.clear();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::dataset::Dataset;
    use crate::search::{Cancel, answer};
    use crate::session::{Effect, Task};
    use crate::store::Store;
    use crate::study::made::made;

    fn open(session: &mut Session, ids: &[u32]) {
        let store = Store::of(ids.iter().map(|&id| made(id).title("Liver")));
        session.open(Dataset::from(Arc::new(store)));
        for effect in session.effects() {
            if let Effect::Start(job, Task::Search(query)) = effect {
                let results = answer(&session.store, &query, &Cancel::default()).unwrap();
                session.answer(job, results);
            }
        }
    }

    fn numbers(session: &Session) -> Vec<u32> {
        session.pinned().iter().map(|&study| session.store.id(study).number()).collect()
    }

    #[test]
    fn another_dataset_keeps_what_it_has_of_the_pinned_and_the_selected_studies() {
        let mut session = Session::default();
        open(&mut session, &[1, 2, 3, 4]);
        for row in [3, 1, 0] {
            session.select(row);
            session.toggle_pin(session.row().unwrap());
        }
        session.select(2);
        assert_eq!((numbers(&session), session.id().unwrap().number()), (vec![4, 2, 1], 3));
        open(&mut session, &[2, 3, 4]);
        assert_eq!((numbers(&session), session.id().unwrap().number()), (vec![4, 2], 3));
        open(&mut session, &[2, 7]);
        assert_eq!((numbers(&session), session.id().unwrap().number()), (vec![2], 2));
    }

    #[test]
    fn the_one_that_is_put_second_leaves_the_others_in_their_order() {
        let mut session = Session::default();
        open(&mut session, &[1, 2, 3, 4]);
        let studies: Vec<StudyIdx> = session.store.studies().collect();
        for &study in &studies {
            session.toggle_pin(study);
        }
        for (study, order) in [(3, [1, 4, 2, 3]), (3, [1, 4, 2, 3]), (0, [1, 4, 2, 3])] {
            session.put_second(studies[study]);
            assert_eq!(numbers(&session), order);
        }
    }
}
