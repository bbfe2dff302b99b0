//! Choosing values of facets. What is chosen stands in the query, so that the search line always
//! says the whole question.

use super::Session;
use crate::search::{Ask, Branch, Choice, Expr, Group, MarkField, Query, Term, Wanted, facet};
use crate::study::Concept;

impl Session {
    /// Chooses a group of a facet, or takes that choice back. `None` is "not stated".
    pub fn toggle_choice(&mut self, concept: Concept, group: Option<Group>, choice: Choice) {
        let mut choices = facet::chosen(&self.store, concept, self.query());
        let was =
            choices.iter().position(|(chosen, _)| *chosen == group).map(|at| choices.remove(at));
        if was != Some((group, choice)) {
            choices.push((group, choice));
        }
        let ask = |group: Option<Group>| {
            group.map_or(Ask::NotStated, |group| group.term(&self.store, concept).ask)
        };
        let choices: Vec<_> =
            choices.into_iter().map(|(group, choice)| (ask(group), choice)).collect();
        self.change_query(self.query().with_choices(concept, &choices));
    }

    /// Chooses something that is marked, or takes that choice back; `None` is that nothing is marked in the field.
    pub fn toggle_mark_choice(&mut self, field: MarkField, value: Option<&str>, choice: Choice) {
        let counted = self.results.marked.iter().find(|counts| counts.field == field);
        let mut chosen = counted.map(|counts| counts.chosen.clone()).unwrap_or_default();
        let was = chosen.iter().position(|(chosen, _)| chosen.as_deref() == value);
        let was = was.map(|at| chosen.remove(at).1);
        if was != Some(choice) {
            chosen.push((value.map(Into::into), choice));
        }
        let wanted = |value: Option<&str>| value.map_or(Wanted::Nothing, |it| field.wanted(it));
        let choices: Vec<_> =
            chosen.iter().map(|(value, choice)| (wanted(value.as_deref()), *choice)).collect();
        self.change_query(self.query().with_mark_choices(field, &choices));
    }

    /// Asks for what has this too, whatever else is asked of its field; if that is asked already, no longer.
    pub fn narrow(&mut self, term: Term) {
        self.toggle_part(&Expr::Term(term), Choice::Include);
    }

    /// Asks for a branch of places beside all that is asked, or leaves it out; if that is so already, no longer.
    pub fn toggle_branch(&mut self, branch: Branch, choice: Choice) {
        self.toggle_part(&branch.ask(&self.store), choice);
    }

    /// How a branch of places is chosen.
    pub fn chosen_branch(&self, branch: Branch) -> Option<Choice> {
        let part = branch.ask(&self.store);
        let parts = self.query().conjuncts();
        if parts.contains(&part) {
            return Some(Choice::Include);
        }
        parts.contains(&part.left_out()).then_some(Choice::Exclude)
    }

    fn toggle_part(&mut self, part: &Expr, choice: Choice) {
        let left_out = part.clone().left_out();
        let wanted = if choice == Choice::Include { part } else { &left_out };
        let mut parts = self.query().conjuncts().to_vec();
        let is_new = !parts.contains(wanted);
        parts.retain(|it| it != part && *it != left_out);
        parts.extend(is_new.then(|| wanted.clone()));
        self.change_query(Query { expr: Expr::and(parts), ..self.query().clone() });
    }

    /// Takes every choice of every facet back; words stay.
    pub fn clear_choices(&mut self) {
        self.change_query(self.without_choices());
    }

    /// Whether there is a choice to take back.
    pub fn has_choices(&self) -> bool {
        self.without_choices() != *self.query()
    }

    fn without_choices(&self) -> Query {
        let cleared =
            Concept::facets().fold(self.query().clone(), |query, concept| query.without(concept));
        let fields = MarkField::COUNTED.into_iter();
        let cleared = fields.fold(cleared, |query, field| query.without_marks_in(field));
        let parts = cleared.conjuncts().iter().filter(|part| !Branch::is_choice(part)).cloned();
        Query { expr: Expr::and(parts.collect()), ..cleared }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::dataset::Dataset;
    use crate::search::{self, Cancel, answer};
    use crate::session::settled::settle;
    use crate::session::{Effect, Task};
    use crate::store::Store;
    use crate::study::made::made;

    fn session() -> Session {
        let records = [made(1).phases(["PHASE1"]), made(2).phases(["PHASE2"]), made(3)];
        let mut session = Session::default();
        session.open(Dataset::from(Arc::new(Store::of(records))));
        settle(&mut session);
        session
    }

    #[test]
    fn choosing_writes_the_query_and_undo_takes_it_back() {
        let mut session = session();
        let phases = session.store.vocabulary(Concept::Phase);
        let (one, two) = (phases.exactly("phase 1"), phases.exactly("phase 2"));
        let (one, two) = (one.map(Group::Value), two.map(Group::Value));
        session.type_query("phase:1");
        assert_eq!(
            facet::chosen(&session.store, Concept::Phase, session.query()),
            [(one, Choice::Include)]
        );
        session.toggle_choice(Concept::Phase, two, Choice::Include);
        assert_eq!(session.text(), "phase:1 | phase:2");
        settle(&mut session);
        assert_eq!(session.results.rows.len(), 2);
        session.toggle_choice(Concept::Phase, one, Choice::Exclude);
        assert_eq!(session.text(), "phase:2 -phase:1");
        session.toggle_choice(Concept::Phase, None, Choice::Include);
        session.undo();
        session.undo();
        session.undo();
        assert_eq!(session.text(), "phase:1");
        session.redo();
        assert_eq!(session.text(), "phase:1 | phase:2");
        session.clear_choices();
        assert_eq!(session.text(), "");
    }

    #[test]
    fn a_choice_is_added_to_typed_words_of_the_same_field() {
        let records = [
            made(1).conditions(["Asthma", "Cough"]),
            made(2).conditions(["Asthma"]),
            made(3).conditions(["Cough"]),
        ];
        let mut session = Session::default();
        session.open(Dataset::from(Arc::new(Store::of(records))));
        settle(&mut session);
        session.type_query("cond:asthma");
        settle(&mut session);
        let place = Concept::facets().position(|facet| facet == Concept::Condition).unwrap();
        let counts = &session.results.facets[place];
        let vocabulary = session.store.vocabulary(Concept::Condition);
        let counted: Vec<_> = counts.first(&session.store, 9);
        let label = |group: Group| group.label(&session.store, Concept::Condition);
        let counted: Vec<_> = counted.iter().map(|&(it, count)| (label(it), count)).collect();
        assert_eq!(counted, [("Asthma".to_owned(), 2), ("Cough".to_owned(), 1)]);
        assert!(counts.chosen.is_empty());
        let cough = vocabulary.exactly("cough").map(Group::Value);
        session.toggle_choice(Concept::Condition, cough, Choice::Include);
        assert_eq!(session.text(), "cond:asthma cond:\"Cough\"");
        settle(&mut session);
        assert_eq!(session.results.rows.len(), 1);
        session.toggle_choice(Concept::Condition, cough, Choice::Include);
        assert_eq!(session.text(), "cond:asthma");
    }

    #[test]
    fn narrowing_leaves_what_is_asked_and_can_be_taken_back() {
        let mut session = session();
        let narrow = |session: &mut Session, text: &str| {
            let query = search::parse(text).unwrap();
            let Expr::Term(term) = query.expr else { panic!("{text} is no term") };
            session.narrow(term);
            settle(session);
            (session.text().to_owned(), session.results.rows.len())
        };
        session.type_query("phase:1 | phase:2");
        assert_eq!(narrow(&mut session, "phase:2"), ("(phase:1 | phase:2) phase:2".to_owned(), 1));
        assert_eq!(narrow(&mut session, "start:none").1, 1);
        assert_eq!(narrow(&mut session, "phase:2").0, "(phase:1 | phase:2) start:none");
        session.undo();
        assert_eq!(session.text(), "(phase:1 | phase:2) phase:2 start:none");
    }

    #[test]
    fn every_value_that_is_shown_can_be_chosen_and_taken_back() {
        let conditions = ["5\" \\ tube", "\u{200b}", "  two   spaces ", "\u{301}", "a\n(b) | c"];
        let mut session = Session::default();
        session.open(Dataset::from(Arc::new(Store::of([made(1).conditions(conditions)]))));
        settle(&mut session);
        let vocabulary = session.store.vocabulary(Concept::Condition).clone();
        assert_eq!(vocabulary.len(), 3);
        for value in vocabulary.iter() {
            let label = vocabulary.label(value);
            let group = Group::Value(value);
            session.toggle_choice(Concept::Condition, Some(group), Choice::Include);
            settle(&mut session);
            assert_eq!(session.results.rows.len(), 1, "{label:?}");
            let text = session.text().to_owned();
            session.type_query(&text);
            let chosen = facet::chosen(&session.store, Concept::Condition, session.query());
            assert_eq!(chosen, [(Some(group), Choice::Include)], "{label:?}");
            assert!(session.error().is_none(), "{label:?}");
            session.undo();
            session.redo();
            session.undo();
            assert_eq!(session.text(), "", "{label:?}");
        }
    }

    #[test]
    fn the_selection_stays_on_its_study_when_a_filter_changes() {
        let mut session = session();
        session.selected = 1;
        let before = session.id();
        let phases = session.store.vocabulary(Concept::Phase).exactly("phase 2").map(Group::Value);
        session.toggle_choice(Concept::Phase, phases, Choice::Include);
        settle(&mut session);
        assert_eq!((session.selected, session.id()), (0, before));
    }

    #[test]
    fn a_text_without_sense_keeps_the_last_answer() {
        let mut session = session();
        session.type_query("phase:1");
        settle(&mut session);
        session.type_query("phase:1 foo:2");
        assert!(session.error().is_some() && session.effects().is_empty());
        assert_eq!(session.results.rows.len(), 1);
    }

    #[test]
    fn an_answer_to_an_old_question_is_dropped() {
        let mut session = session();
        session.type_query("phase:1");
        let Some(Effect::Start(old, Task::Search(query))) = session.effects().pop() else {
            panic!("no search")
        };
        session.type_query("phase:none");
        let stale = answer(&session.store, &query, &Cancel::default()).unwrap();
        session.answer(old, stale);
        assert!(session.is_searching());
        settle(&mut session);
        assert!(!session.is_searching());
        assert_eq!(session.id().unwrap().number(), 3);
    }
}
