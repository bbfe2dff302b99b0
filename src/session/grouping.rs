//! The list in groups: which of its lines are headings, which groups are folded, and the way from one to another.

use std::collections::HashSet;
use std::sync::Arc;

use super::{Landing, Session};
use crate::search::{Group, Grouped, Groups};
use crate::store::StudyIdx;
use crate::study::Concept;

/// A line of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListLine {
    Study(StudyIdx),
    /// The heading of a group, which has this place.
    Group(usize),
}

/// Which group it is, whatever its place; `None` has what states nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct GroupKey(Option<Group>);

/// The groups of the list, with those that are folded.
#[derive(Debug)]
pub struct ListGroups {
    grouped: Grouped,
    folded: HashSet<GroupKey>,
    /// The line after the last one of each group.
    ends: Vec<usize>,
}

/// What is done with a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    Fold,
    Unfold,
    /// The other of the two.
    Turn,
}

impl ListGroups {
    fn new(grouped: Grouped, folded: HashSet<GroupKey>) -> Self {
        let mut groups = Self { grouped, folded, ends: Vec::new() };
        groups.number();
        groups
    }

    /// Numbers the lines.
    fn number(&mut self) {
        let mut end = 0;
        let lines = self.grouped.groups().iter().map(|(group, studies)| {
            end += 1 + if self.folded.contains(&GroupKey(group)) { 0 } else { studies as usize };
            end
        });
        self.ends = lines.collect();
    }

    pub fn groups(&self) -> &Groups {
        self.grouped.groups()
    }

    /// Whether only the heading of a group is shown.
    pub fn is_folded(&self, place: usize) -> bool {
        self.group(place).is_some_and(|group| self.folded.contains(&group))
    }

    fn len(&self) -> usize {
        self.ends.last().copied().unwrap_or(0)
    }

    /// The group to which a line belongs.
    pub fn place(&self, line: usize) -> usize {
        self.ends.partition_point(|&end| end <= line)
    }

    /// The line of the heading of a group.
    pub fn heading(&self, place: usize) -> usize {
        place.checked_sub(1).map_or(0, |before| self.ends[before])
    }

    fn line(&self, line: usize) -> Option<ListLine> {
        let place = self.place(line);
        if place >= self.ends.len() {
            return None;
        }
        match line - self.heading(place) {
            0 => Some(ListLine::Group(place)),
            row => self.grouped.rows(place).get(row - 1).map(ListLine::Study),
        }
    }

    fn first(&self, place: usize) -> Option<StudyIdx> {
        self.grouped.rows(place).get(0)
    }

    /// The line of a study: in this group if it is there, else in the first group that has it. In a folded group that is
    /// its heading.
    fn line_of(&self, study: StudyIdx, group: Option<GroupKey>) -> Option<usize> {
        let all = 0..self.groups().len();
        let known = group.and_then(|group| self.groups().iter().position(|(it, _)| it == group.0));
        let mut places = known.into_iter().chain(all);
        places.find_map(|place| {
            let row = self.grouped.rows(place).position(study)?;
            let below = if self.is_folded(place) { 0 } else { 1 + row };
            Some(self.heading(place) + below)
        })
    }

    /// The group at a place, whatever it is called in another answer.
    fn group(&self, place: usize) -> Option<GroupKey> {
        self.groups().get(place).map(|(group, _)| GroupKey(group))
    }
}

impl Session {
    /// The list in groups, if it is.
    pub fn grouping(&self) -> Option<&ListGroups> {
        self.grouping.as_ref()
    }

    /// Groups the list by a concept, or no longer.
    pub fn group_by(&mut self, by: Option<Concept>) {
        self.group = by;
        if self.query.group != by {
            self.query.group = by;
            self.landing = Landing::Stay;
            self.ask();
        }
    }

    /// How many lines the list has.
    pub fn lines(&self) -> usize {
        self.grouping.as_ref().map_or(self.results.rows.len(), ListGroups::len)
    }

    /// A line of the list.
    pub fn line(&self, line: usize) -> Option<ListLine> {
        match &self.grouping {
            Some(groups) => groups.line(line),
            None => self.results.rows.get(line).map(ListLine::Study),
        }
    }

    /// The study on a line; on a heading the first one of the group.
    pub(super) fn study_on(&self, line: usize) -> Option<StudyIdx> {
        match self.line(line)? {
            ListLine::Study(study) => Some(study),
            ListLine::Group(place) => self.grouping.as_ref()?.first(place),
        }
    }

    /// The line of a study that was found; of several that of the group in which the selected line is.
    pub(super) fn line_of(&self, study: StudyIdx, group: Option<GroupKey>) -> Option<usize> {
        match &self.grouping {
            Some(groups) => groups.line_of(study, group),
            None => self.results.rows.position(study),
        }
    }

    /// The group of the selected line.
    pub(super) fn selected_group(&self) -> Option<GroupKey> {
        let groups = self.grouping.as_ref()?;
        groups.group(groups.place(self.selected))
    }

    /// The line to begin at: the first study that is to be seen.
    pub(super) fn first_line(&self) -> usize {
        usize::from(self.grouping.as_ref().is_some_and(|groups| !groups.is_folded(0)))
    }

    /// Puts the results into their groups. What was folded stays so as long as the list is grouped by the same concept.
    pub(super) fn regroup(&mut self) {
        let before = self.grouping.take();
        let Some(groups) = self.results.groups.clone() else { return };
        let folded = before.filter(|before| before.groups().concept() == groups.concept());
        let folded = folded.map(|before| before.folded).unwrap_or_default();
        let grouped = Grouped::new(Arc::clone(&self.store), self.results.rows.clone(), groups);
        self.grouping = Some(ListGroups::new(grouped, folded));
    }

    /// Folds or unfolds the group of the selected line.
    pub fn fold_group(&mut self, fold: Fold) {
        let selected = self.selected;
        let Some(groups) = &mut self.grouping else { return self.say_ungrouped() };
        let place = groups.place(selected);
        let Some(group) = groups.group(place) else { return };
        let folds = match fold {
            Fold::Fold => true,
            Fold::Unfold => false,
            Fold::Turn => !groups.folded.contains(&group),
        };
        let is_changed =
            if folds { groups.folded.insert(group) } else { groups.folded.remove(&group) };
        let heading = groups.heading(place);
        groups.number();
        if is_changed {
            self.select(heading);
        } else {
            self.say(if folds { "the group is folded already" } else { "the group is unfolded" });
        }
    }

    /// Folds every group, or unfolds all when one is folded.
    pub fn fold_all_groups(&mut self) {
        let selected = self.selected;
        let Some(groups) = &mut self.grouping else { return self.say_ungrouped() };
        let place = groups.place(selected);
        if groups.folded.is_empty() {
            groups.folded =
                groups.grouped.groups().iter().map(|(group, _)| GroupKey(group)).collect();
        } else {
            groups.folded.clear();
        }
        groups.number();
        let heading = groups.heading(place);
        self.select(heading);
    }

    /// Goes to the heading of the next group or of the one before; first to that of the group itself.
    pub fn step_group(&mut self, by: isize) {
        let Some(groups) = &self.grouping else { return self.say_ungrouped() };
        let place = groups.place(self.selected);
        let heading = groups.heading(place);
        let to = match by {
            ..0 if heading < self.selected => heading,
            _ => {
                let last = groups.groups().len().saturating_sub(1);
                groups.heading(place.saturating_add_signed(by).min(last))
            }
        };
        self.select(to);
    }

    fn say_ungrouped(&mut self) {
        self.say("the list is in no groups");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::Dataset;
    use crate::session::settled::settle;
    use crate::store::Store;
    use crate::study::made::made;

    /// Four studies: 1 in A, 2 in A and B, 3 in B, 4 in none.
    fn session() -> Session {
        let studies = [
            made(1).conditions(["A"]),
            made(2).conditions(["A", "B"]),
            made(3).conditions(["B"]),
            made(4),
        ];
        let mut session = Session::default();
        session.begin_with("sort:id");
        session.open(Dataset::from(Arc::new(Store::of(studies))));
        settle(&mut session);
        session.group_by(Some(Concept::Condition));
        settle(&mut session);
        session
    }

    /// The lines: a group by its name and count, a study by its number, the selected one in brackets.
    fn lines(session: &Session) -> String {
        let line = |at: usize| {
            let shown = match session.line(at).unwrap() {
                ListLine::Study(study) => session.store.id(study).number().to_string(),
                ListLine::Group(place) => {
                    let groups = session.grouping().unwrap().groups();
                    let (group, count) = groups.get(place).unwrap();
                    format!("{}:{count}", groups.label(&session.store, group))
                }
            };
            if at == session.selected { format!("[{shown}]") } else { shown }
        };
        (0..session.lines()).map(line).collect::<Vec<_>>().join(" ")
    }

    fn shown(session: &Session) -> u32 {
        session.id().unwrap().number()
    }

    #[test]
    fn each_group_has_a_heading_and_a_study_stands_in_each_of_its_groups() {
        let mut session = session();
        assert_eq!(lines(&session), "A:2 [1] 2 B:2 2 3 not stated:1 4");
        session.move_by(1);
        session.move_by(1);
        assert_eq!(lines(&session), "A:2 1 2 B:2 [2] 3 not stated:1 4", "a step passes headings");
        session.move_by(-1);
        assert_eq!((session.selected, shown(&session)), (2, 2));
        session.select(3);
        assert_eq!(shown(&session), 2, "a heading stands for the first study of its group");
        // The answer has every study once, whatever the groups.
        assert_eq!(session.results.rows.len(), 4);
        session.group_by(None);
        settle(&mut session);
        assert_eq!(lines(&session), "1 [2] 3 4");
    }

    #[test]
    fn groups_fold_and_one_jumps_between_them() {
        let mut session = session();
        session.fold_group(Fold::Fold);
        assert_eq!(lines(&session), "[A:2] B:2 2 3 not stated:1 4");
        session.step_group(1);
        session.fold_group(Fold::Turn);
        assert_eq!(lines(&session), "A:2 [B:2] not stated:1 4");
        session.step_group(1);
        session.step_group(1);
        assert_eq!(lines(&session), "A:2 B:2 [not stated:1] 4");
        session.select(3);
        session.step_group(-1);
        session.step_group(-1);
        session.fold_group(Fold::Unfold);
        assert_eq!(lines(&session), "A:2 [B:2] 2 3 not stated:1 4");
        session.fold_all_groups();
        assert_eq!(lines(&session), "A:2 1 2 [B:2] 2 3 not stated:1 4");
        session.fold_all_groups();
        assert_eq!(lines(&session), "A:2 [B:2] not stated:1");
    }

    #[test]
    fn another_answer_stays_on_the_study_and_keeps_what_is_folded() {
        let mut session = session();
        session.select(4);
        session.change_query(crate::search::parse("sort:reverse-id").unwrap());
        settle(&mut session);
        assert_eq!(lines(&session), "A:2 2 1 B:2 3 [2] not stated:1 4");
        session.step_group(-1);
        session.fold_group(Fold::Fold);
        session.type_query("cond:B");
        settle(&mut session);
        assert_eq!(lines(&session), "[B:2] A:1 2");
        session.group_by(Some(Concept::Status));
        settle(&mut session);
        assert_eq!(lines(&session).matches("not stated:2").count(), 1);
    }
}
