//! Studies that are looked at without being selected: a related one, one that a record mentions. They
//! need not be among the results. Visits stand on a stack, so that leaving one leads to where it began.

use super::{Effect, Session};
use crate::store::StudyIdx;
use crate::study::Link;

/// A study to visit, and those beside it that the next and the previous one are taken from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trail {
    studies: Vec<StudyIdx>,
    at: usize,
}

impl Trail {
    /// The study at `at` among `studies`; `None` when there is none.
    pub fn new(studies: Vec<StudyIdx>, at: usize) -> Option<Self> {
        (at < studies.len()).then_some(Self { studies, at })
    }

    fn study(&self) -> StudyIdx {
        self.studies[self.at]
    }
}

impl From<StudyIdx> for Trail {
    fn from(study: StudyIdx) -> Self {
        Self { studies: vec![study], at: 0 }
    }
}

impl Session {
    /// Shows a study, wherever it comes from, until it is left; the selected row stays as it is. A move
    /// in the list and another query end every visit.
    pub fn visit(&mut self, trail: impl Into<Trail>) {
        self.trails.push(trail.into());
    }

    /// Goes where a link leads: to a study of the dataset, else to a page. What no browser is asked to
    /// open is copied.
    pub fn follow(&mut self, link: &Link) {
        let study = match link {
            Link::Study(id) => self.store.find(*id),
            Link::PubMed(_) | Link::Doi(_) | Link::Web(_) => None,
        };
        match (study, link.url()) {
            (Some(study), _) => self.visit(study),
            (None, url) if url.starts_with("https://") => self.request(Effect::OpenUrl(url)),
            (None, url) => self.copy("the address, which is no https:// one", url),
        }
    }

    /// How many visits lead to the study that is shown; 0 when it is the selected one.
    pub fn visits(&self) -> usize {
        self.trails.len()
    }

    /// Whether the study that is shown is another than the selected one.
    pub fn is_visiting(&self) -> bool {
        self.study() != self.row()
    }

    /// Leaves the study that is visited and goes back to what was shown before.
    pub fn leave(&mut self) {
        self.trails.pop();
    }

    /// Leaves every visit.
    pub fn end_visits(&mut self) {
        self.trails.clear();
    }

    pub(super) fn visited(&self) -> Option<StudyIdx> {
        self.trails.last().map(Trail::study)
    }

    /// Shows the study `by` places further on: of those beside the visited one, else of the results.
    pub fn step(&mut self, by: isize) {
        match self.trails.last_mut() {
            Some(trail) if trail.studies.len() == 1 => {
                self.say("no other trial stands beside this one");
            }
            Some(trail) => {
                trail.at = trail.at.saturating_add_signed(by).min(trail.studies.len() - 1);
            }
            None => self.move_by(by),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::search::{Cancel, answer};
    use crate::store::Store;
    use crate::study::made::made;

    /// Three studies, of which the query finds the first two.
    fn session() -> Session {
        let records = [made(1).title("liver"), made(2).title("liver"), made(3).title("lung")];
        let mut session = Session::default();
        session.begin_with("title:liver sort:id");
        session.open(Arc::new(Store::of(records)), Vec::new());
        settle(&mut session);
        session
    }

    fn settle(session: &mut Session) {
        for effect in session.effects() {
            if let Effect::Search(generation, query) = effect {
                let results = answer(&session.store, &query, &Cancel::default()).unwrap();
                session.answer(generation, results);
            }
        }
    }

    fn found(session: &Session, number: u32) -> StudyIdx {
        session.store.find(format!("NCT{number:08}").parse().unwrap()).unwrap()
    }

    fn shown(session: &Session) -> u32 {
        session.id().unwrap().number()
    }

    #[test]
    fn visits_stand_on_a_stack_above_the_selected_row() {
        let mut session = session();
        let selected = session.row();
        session.visit(found(&session, 3));
        assert_eq!((shown(&session), session.is_visiting()), (3, true));
        session.visit(found(&session, 1));
        assert_eq!((shown(&session), session.visits(), session.is_visiting()), (1, 2, false));
        session.leave();
        assert_eq!((shown(&session), session.row()), (3, selected));
        session.leave();
        session.leave();
        assert_eq!((shown(&session), session.visits()), (1, 0));
    }

    #[test]
    fn a_move_in_the_list_and_another_query_end_every_visit() {
        let changes: [fn(&mut Session); 4] = [
            |session| session.select(1),
            |session| session.move_by(1),
            |session| session.type_query("lung"),
            |session| session.sort(None),
        ];
        for change in changes {
            let mut session = session();
            let study = found(&session, 3);
            session.visit(study);
            session.visit(study);
            change(&mut session);
            assert_eq!(session.visits(), 0);
        }
    }

    #[test]
    fn a_new_order_stays_on_the_selected_row_not_on_the_visited_one() {
        let mut session = session();
        session.select(1);
        session.visit(found(&session, 1));
        session.change_query(crate::search::parse("title:liver sort:reverse-id").unwrap());
        settle(&mut session);
        assert_eq!((session.selected, shown(&session)), (0, 2));
    }

    #[test]
    fn the_next_study_is_the_next_one_of_the_trail() {
        let mut session = session();
        let trail = [2, 3, 1].map(|number| found(&session, number)).to_vec();
        assert_eq!(Trail::new(trail.clone(), 3), None);
        session.visit(Trail::new(trail, 1).unwrap());
        let mut seen = vec![shown(&session)];
        for by in [1, 1, -2, -1] {
            session.step(by);
            seen.push(shown(&session));
        }
        assert_eq!(seen, [3, 1, 1, 2, 2]);
        session.visit(found(&session, 3));
        session.step(1);
        assert_eq!((shown(&session), session.visits()), (3, 2));
        session.end_visits();
        session.step(1);
        assert_eq!((shown(&session), session.selected), (2, 1));
    }
}
