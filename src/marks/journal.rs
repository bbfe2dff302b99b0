//! Events in the order of time, and what they amount to. Two journals joined in either order are the same.

use std::collections::{HashMap, HashSet};

use super::event::{Change, Event, What};
use super::mark::Marks;
use super::moment::Moment;
use crate::text::grouped;

/// All events of a collection.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    /// By moment; events of one moment by their texts.
    events: Vec<Event>,
    known: HashSet<String>,
    /// The steps that do not count, because they were undone.
    undone: HashSet<String>,
    marks: Marks,
}

/// What was done at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub step: String,
    /// `41 tags`; `3 decisions and 1 note`.
    pub words: String,
}

impl Journal {
    /// Takes events in, those that it has already only once.
    pub fn add(&mut self, events: Vec<Event>) {
        let mut new: Vec<Event> =
            events.into_iter().filter(|event| self.known.insert(event.event.clone())).collect();
        new.sort_by(|a, b| key(a).cmp(&key(b)));
        let follows = match (self.events.last(), new.first()) {
            (Some(last), Some(first)) => key(last) < key(first),
            _ => true,
        };
        // A clock that goes wrong can date an undo before what it undoes.
        let is_plain =
            |event: &Event| event.change().is_some() && !self.undone.contains(&event.step);
        if follows && new.iter().all(is_plain) {
            for event in &new {
                self.marks.apply(event);
            }
            self.events.append(&mut new);
        } else {
            self.events.append(&mut new);
            self.events.sort_by(|a, b| key(a).cmp(&key(b)));
            self.tell_anew();
        }
    }

    /// What all events amount to.
    pub fn marks(&self) -> &Marks {
        &self.marks
    }

    /// Whether an event with this text is known.
    pub fn knows(&self, event: &str) -> bool {
        self.known.contains(event)
    }

    /// A moment later than every event, and not before `now`.
    pub(super) fn after(&self, now: Moment) -> Moment {
        self.events.last().map_or(now, |last| now.max(last.at.next()))
    }

    /// The last step of a person that counts, and is neither an undo nor that a study was read.
    pub fn last_step(&self, by: &str) -> Option<Step> {
        let mut events = self.events.iter().rev();
        let is_done =
            |event: &Event| event.change().is_some_and(|(_, change)| *change != Change::Read);
        let last = events
            .find(|event| event.by == by && is_done(event) && !self.undone.contains(&event.step));
        last.map(|event| Step { step: event.step.clone(), words: self.words(&event.step) })
    }

    /// What a step did: `41 tags`.
    pub fn words(&self, step: &str) -> String {
        let mut counts: Vec<([&'static str; 2], u64)> = Vec::new();
        let events = self.events.iter().filter(|event| event.step == step);
        for (_, change) in events.filter_map(Event::change) {
            let kind = kind(change);
            match counts.iter_mut().find(|(known, _)| *known == kind) {
                Some((_, count)) => *count += 1,
                None => counts.push((kind, 1)),
            }
        }
        let parts: Vec<String> = counts
            .into_iter()
            .map(|([one, several], count)| {
                format!("{} {}", grouped(count), if count == 1 { one } else { several })
            })
            .collect();
        match parts.as_slice() {
            [] => "nothing".to_owned(),
            [only] => only.clone(),
            [first @ .., last] => format!("{} and {last}", first.join(", ")),
        }
    }

    fn tell_anew(&mut self) {
        // The latest undo comes first, since it can undo an earlier one.
        let mut undone = HashSet::new();
        for event in self.events.iter().rev() {
            if let What::Undone { step } = &event.what
                && !undone.contains(&event.step)
            {
                undone.insert(step.clone());
            }
        }
        self.undone = undone;
        self.marks = Marks::default();
        let counting = self.events.iter().filter(|event| !self.undone.contains(&event.step));
        counting.for_each(|event| self.marks.apply(event));
    }

    /// How many events each person has.
    pub fn people(&self) -> HashMap<&str, usize> {
        let mut people = HashMap::new();
        for event in &self.events {
            *people.entry(event.by.as_str()).or_default() += 1;
        }
        people
    }
}

fn key(event: &Event) -> (Moment, &str) {
    (event.at, &event.event)
}

/// What people call a change, and several of them.
fn kind(change: &Change) -> [&'static str; 2] {
    match change {
        Change::Decided(_) => ["decision", "decisions"],
        Change::Tagged { on: true, .. } => ["tag", "tags"],
        Change::Tagged { on: false, .. } => ["tag taken off", "tags taken off"],
        Change::Noted { .. } => ["note", "notes"],
        Change::Seen(_) | Change::Read => ["trial seen", "trials seen"],
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::marks::{Decision, Standing, Verdict};
    use crate::study::NctId;

    fn id(number: u32) -> NctId {
        NctId::from_number(number).unwrap()
    }

    fn event(number: u32, by: &str, what: What) -> Event {
        let at = format!("2026-11-28T09:30:{number:02}Z").parse().unwrap();
        let name = format!("{by}{number}");
        Event { event: name.clone(), step: name, at, by: by.to_owned(), what }
    }

    fn marked(number: u32, by: &str, study: u32, change: Change) -> Event {
        event(number, by, What::Marked { id: id(study), change, record: None })
    }

    fn verdict(decision: Option<Decision>, settles: bool) -> Change {
        Change::Decided(Verdict { decision, reason: None, settles })
    }

    fn decided(number: u32, by: &str, decision: Option<Decision>) -> Event {
        marked(number, by, 1, verdict(decision, false))
    }

    fn undo(number: u32, by: &str, step: &str) -> Event {
        event(number, by, What::Undone { step: step.to_owned() })
    }

    fn journal(events: impl IntoIterator<Item = Event>) -> Journal {
        let mut journal = Journal::default();
        events.into_iter().for_each(|event| journal.add(vec![event]));
        journal
    }

    fn decision(journal: &Journal) -> Option<Decision> {
        journal.marks().get(id(1)).and_then(super::super::mark::Mark::decision)
    }

    #[test]
    fn the_last_of_a_kind_counts() {
        let mut all = journal([
            decided(1, "a", Some(Decision::Include)),
            decided(2, "a", Some(Decision::Maybe)),
            marked(3, "a", 1, Change::Tagged { tag: "x".to_owned(), on: true }),
            marked(4, "a", 1, Change::Tagged { tag: "y".to_owned(), on: true }),
            marked(5, "a", 1, Change::Tagged { tag: "x".to_owned(), on: false }),
            marked(6, "a", 1, Change::Noted { text: "one".to_owned(), passage: None }),
            marked(7, "a", 1, Change::Noted { text: "two".to_owned(), passage: None }),
        ]);
        let mark = all.marks().get(id(1)).unwrap();
        assert_eq!(mark.decision(), Some(Decision::Maybe));
        assert!(mark.has_tag("y") && !mark.has_tag("x"));
        assert_eq!(mark.note_by("a"), Some("two"));
        all.add(vec![decided(8, "a", None)]);
        assert_eq!(decision(&all), None);
    }

    #[test]
    fn a_disagreement_stays_until_it_is_settled() {
        let mut all = journal([
            decided(1, "a", Some(Decision::Include)),
            decided(2, "b", Some(Decision::Exclude)),
        ]);
        let standing = |all: &Journal| match all.marks().get(id(1)).unwrap().standing() {
            Standing::Disputed => None,
            Standing::Decided(decided) => Some((decided.by.clone(), decided.decision)),
            Standing::Undecided => panic!(),
        };
        assert_eq!(standing(&all), None);
        all.add(vec![marked(3, "a", 1, verdict(Some(Decision::Exclude), true))]);
        assert_eq!(standing(&all), Some(("a".to_owned(), Decision::Exclude)));
        assert_eq!(all.marks().get(id(1)).unwrap().decisions.len(), 2);
        all.add(vec![decided(4, "b", Some(Decision::Exclude))]);
        assert_eq!(standing(&all).unwrap().0, "a");
        all.add(vec![decided(5, "b", Some(Decision::Maybe))]);
        assert_eq!(standing(&all), None);
    }

    #[test]
    fn an_undo_takes_a_step_back_and_can_be_undone() {
        let mut all = journal([
            decided(1, "a", Some(Decision::Include)),
            decided(2, "a", Some(Decision::Exclude)),
        ]);
        let last = all.last_step("a").unwrap();
        assert_eq!((last.step.as_str(), last.words.as_str()), ("a2", "1 decision"));
        all.add(vec![undo(3, "a", "a2")]);
        assert_eq!(decision(&all), Some(Decision::Include));
        assert_eq!(all.last_step("a").unwrap().step, "a1");
        all.add(vec![undo(4, "a", "a3")]);
        assert_eq!(decision(&all), Some(Decision::Exclude));
        all.add(vec![undo(5, "a", "a4"), undo(6, "a", "a1")]);
        assert_eq!(decision(&all), None);
        assert_eq!((all.last_step("a"), all.last_step("b")), (None, None));
        assert!(all.marks().is_empty());
    }

    #[test]
    fn an_undo_that_is_dated_before_its_step_holds_in_any_order() {
        let [before, after] = [undo(1, "b", "a2"), decided(2, "a", Some(Decision::Include))];
        for events in [[before.clone(), after.clone()], [after, before]] {
            assert!(journal(events).marks().is_empty());
        }
    }

    #[test]
    fn what_was_read_is_seen_and_no_step_to_take_back() {
        let read = |number| marked(number, "a", 1, Change::Read);
        let mut all = journal([decided(1, "a", Some(Decision::Include)), read(2)]);
        let look = all.marks().get(id(1)).unwrap().look.unwrap();
        assert_eq!(look.at.to_string(), "2026-11-28T09:30:01Z");
        assert!(all.marks().get(id(1)).unwrap().seen);
        assert_eq!(all.last_step("a").unwrap().step, "a1");
        all.add(vec![undo(3, "a", "a1")]);
        assert_eq!(all.last_step("a"), None);
        assert!(all.marks().get(id(1)).unwrap().seen && decision(&all).is_none());
        assert_eq!(journal([read(2)]).words("a2"), "1 trial seen");
        let off = marked(1, "a", 1, Change::Tagged { tag: "x".to_owned(), on: false });
        assert_eq!(journal([off]).words("a1"), "1 tag taken off");
    }

    #[test]
    fn steps_are_told_in_words() {
        let mut events: Vec<Event> = (1..=41)
            .map(|number| {
                marked(number, "a", number, Change::Tagged { tag: "x".to_owned(), on: true })
            })
            .collect();
        events.push(decided(42, "a", None));
        for event in &mut events {
            event.step = "s".to_owned();
        }
        assert_eq!(journal(events).words("s"), "41 tags and 1 decision");
        assert_eq!(Journal::default().words("s"), "nothing");
    }

    fn any_event() -> impl Strategy<Value = Event> {
        let people = prop::sample::select(vec!["a", "b"]);
        let decisions = prop::option::of(prop::sample::select(Decision::ALL.to_vec()));
        let changes = prop_oneof![
            (decisions, any::<bool>()).prop_map(|(it, settles)| verdict(it, settles)),
            any::<bool>().prop_map(|on| Change::Tagged { tag: "x".to_owned(), on }),
            "[a-c]?".prop_map(|text| Change::Noted { text, passage: None }),
            any::<bool>().prop_map(Change::Seen),
            Just(Change::Read),
        ];
        let what = prop_oneof![
            4 => (1..4_u32, changes).prop_map(|(study, change)| What::Marked {
                id: id(study), change, record: None
            }),
            1 => (0..30_u32, prop::sample::select(vec!["a", "b"]))
                .prop_map(|(number, by)| What::Undone { step: format!("{by}{number}") }),
        ];
        (0..30_u32, people, what).prop_map(|(number, by, what)| event(number, by, what))
    }

    proptest! {
        #[test]
        fn the_order_in_which_files_are_joined_does_not_matter(
            events in prop::collection::vec(any_event(), 0..30), cut in 0..30_usize,
        ) {
            // Of two events with one name only one is real.
            let mut names = HashSet::new();
            let events: Vec<Event> =
                events.into_iter().filter(|event| names.insert(event.event.clone())).collect();
            let (first, second) = events.split_at(cut.min(events.len()));
            let joined = |parts: &[&[Event]]| {
                let mut all = Journal::default();
                for part in parts {
                    all.add(part.to_vec());
                }
                all.marks().clone()
            };
            let one_by_one = journal(events.clone());
            prop_assert_eq!(&joined(&[first, second]), one_by_one.marks());
            prop_assert_eq!(&joined(&[second, first, second]), one_by_one.marks());
        }
    }
}
