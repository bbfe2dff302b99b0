//! Which study is shown: the one of the selected row, or another one that is visited: a related one, one that a record
//! mentions. That one need not be among the results.

use super::{Landing, ListLine, Session};
use crate::search::Results;
use crate::store::StudyIdx;
use crate::study::NctId;

impl Session {
    /// The study that is shown: the one that is visited, else the selected one.
    pub fn study(&self) -> Option<StudyIdx> {
        self.visited.or_else(|| self.row())
    }

    /// Shows a study, wherever it comes from, instead of the selected one; `None` shows that again. A move in the list
    /// and another query show the selected study too.
    pub fn show(&mut self, study: Option<StudyIdx>) {
        self.visited = study;
    }

    /// The study that is shown instead of the selected one.
    pub fn visited(&self) -> Option<StudyIdx> {
        self.visited
    }

    /// Whether the study that is shown is another than the selected one.
    pub fn is_visiting(&self) -> bool {
        self.study() != self.row()
    }

    /// The study of the selected row, whatever is being visited.
    pub fn row(&self) -> Option<StudyIdx> {
        self.study_on(self.selected)
    }

    /// The id of the study that is shown.
    pub fn id(&self) -> Option<NctId> {
        self.study().map(|study| self.store.id(study))
    }

    /// Takes what was found, and selects what is to be selected then.
    pub(super) fn take_results(&mut self, results: Results) {
        let on = match self.landing {
            Landing::First => None,
            Landing::Stay | Landing::Here => self.row(),
            Landing::On(id) => self.store.find(id),
        };
        let group = self.selected_group();
        self.results = results;
        self.regroup();
        self.count_screened();
        let place = on.and_then(|study| self.line_of(study, group));
        let last = self.lines().saturating_sub(1);
        let is_here = self.landing == Landing::Here;
        let here = if is_here { self.selected.min(last) } else { self.first_line() };
        self.selected = place.unwrap_or(here);
    }

    /// Selects a line of the list, or the last one where there are not so many.
    pub fn select(&mut self, line: usize) {
        self.visited = None;
        self.selected = line.min(self.lines().saturating_sub(1));
    }

    /// Selects the study `by` lines further down, as far as there are any. Headings are passed over.
    pub fn move_by(&mut self, by: isize) {
        let mut line = self.selected.saturating_add_signed(by);
        while let Some(ListLine::Group(_)) = self.line(line) {
            match line.checked_add_signed(by.signum()) {
                Some(next) if next != line => line = next,
                _ => return self.visited = None,
            }
        }
        if line < self.lines() || self.grouping().is_none() {
            self.select(line);
        } else {
            self.visited = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::dataset::Dataset;
    use crate::session::settled::settle;
    use crate::store::Store;
    use crate::study::made::made;

    /// Three studies, of which the query finds the first two.
    fn session() -> Session {
        let records = [made(1).title("liver"), made(2).title("liver"), made(3).title("lung")];
        let mut session = Session::default();
        session.begin_with("title:liver sort:id");
        session.open(Dataset::from(Arc::new(Store::of(records))));
        settle(&mut session);
        session
    }

    fn visit(session: &mut Session, number: u32) {
        let study = session.store.find(format!("NCT{number:08}").parse().unwrap());
        session.show(study);
    }

    fn shown(session: &Session) -> u32 {
        session.id().unwrap().number()
    }

    #[test]
    fn the_selected_row_stays_while_another_study_is_shown() {
        let mut session = session();
        let selected = session.row();
        visit(&mut session, 3);
        assert_eq!((shown(&session), session.is_visiting()), (3, true));
        visit(&mut session, 1);
        assert_eq!((shown(&session), session.is_visiting()), (1, false));
        session.show(None);
        assert_eq!((shown(&session), session.row()), (1, selected));
    }

    #[test]
    fn a_move_in_the_list_and_another_query_show_the_selected_study() {
        let changes: [fn(&mut Session); 4] = [
            |session| session.select(1),
            |session| session.move_by(1),
            |session| session.type_query("lung"),
            |session| session.sort(None),
        ];
        for change in changes {
            let mut session = session();
            visit(&mut session, 3);
            change(&mut session);
            assert_eq!(session.visited(), None);
        }
    }

    #[test]
    fn a_new_order_stays_on_the_selected_row_not_on_the_visited_one() {
        let mut session = session();
        session.select(1);
        visit(&mut session, 1);
        session.change_query(crate::search::parse("title:liver sort:reverse-id").unwrap());
        settle(&mut session);
        assert_eq!((session.selected, shown(&session)), (0, 2));
    }
}
