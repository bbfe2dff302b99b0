//! What is asked of marks: `decision:include`, `tag:liver`, `is:changed`. It finds studies by their ids; where marks are
//! kept it does not know.

use std::fmt;

use roaring::RoaringBitmap;

use crate::marks::{Decision, Mark, Marks, Standing};
use crate::store::Store;
use crate::study::PartialDate;
use crate::text;

/// One thing asked of what is marked on a study.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MarkTerm {
    pub field: MarkField,
    pub wanted: Wanted,
}

/// What a mark is to say.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Wanted {
    /// These words, or the beginning of the last one; `any` is whatever it says.
    Words(String),
    /// This text and no other.
    Exactly(String),
    /// That nothing is marked.
    Nothing,
}

/// What can be asked of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MarkField {
    Decision,
    Reason,
    Tag,
    Note,
    Seen,
    Is,
}

impl MarkField {
    pub const ALL: [Self; 6] =
        [Self::Decision, Self::Reason, Self::Tag, Self::Note, Self::Seen, Self::Is];

    /// Those whose values are counted, and can be chosen among filters.
    pub const COUNTED: [Self; 3] = [Self::Decision, Self::Reason, Self::Tag];

    /// Those that are columns of lists.
    pub const LISTED: [Self; 5] = [Self::Decision, Self::Reason, Self::Tag, Self::Note, Self::Seen];

    /// What stands before the colon.
    pub fn name(self) -> &'static str {
        match self {
            Self::Decision => "decision",
            Self::Reason => "reason",
            Self::Tag => "tag",
            Self::Note => "note",
            Self::Seen => "seen",
            Self::Is => "is",
        }
    }

    pub fn from_prefix(prefix: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name().eq_ignore_ascii_case(prefix))
    }

    /// The values that it can have; empty if any words can be asked.
    pub fn values(self) -> &'static [&'static str] {
        match self {
            Self::Decision => &["include", "exclude", "maybe", "disputed", "any"],
            Self::Seen => &["yes", "no"],
            Self::Is => &["new", "changed", "seen", "noted", "tagged", "decided"],
            Self::Reason | Self::Tag | Self::Note => &[],
        }
    }

    /// What a mark says here: each value that is counted, asked, ordered by and listed.
    pub fn values_of(self, mark: &Mark) -> Vec<&str> {
        match self {
            Self::Decision => match mark.standing() {
                Standing::Undecided => Vec::new(),
                Standing::Decided(decided) => vec![decided.decision.name()],
                Standing::Disputed => vec![DISPUTED],
            },
            Self::Reason => mark.reason().into_iter().collect(),
            Self::Tag => mark.tags.iter().map(|tag| tag.name.as_str()).collect(),
            Self::Seen => mark.seen.then_some("yes").into_iter().collect(),
            Self::Note => mark.notes.iter().map(|note| note.text.as_str()).collect(),
            Self::Is => Vec::new(),
        }
    }

    /// The place of a value among all of its field: decisions as people think of them, other values from A to Z.
    pub(super) fn rank(self, value: &str) -> (usize, String) {
        let decisions =
            [Decision::Include.name(), Decision::Maybe.name(), DISPUTED, Decision::Exclude.name()];
        let place = decisions.iter().position(|known| *known == value);
        (place.filter(|_| self == Self::Decision).unwrap_or_default(), text::fold(value))
    }

    /// What asks for this value and no other.
    pub fn wanted(self, value: &str) -> Wanted {
        if self.values().is_empty() {
            Wanted::Exactly(value.to_owned())
        } else {
            Wanted::Words(value.to_owned())
        }
    }

    /// The value that is meant by a word; `None` if it is none of them.
    pub(super) fn value(self, word: &str) -> Option<&'static str> {
        let word = text::fold(word);
        let wanted = match (self, word.as_str()) {
            (Self::Decision, "included") => "include",
            (Self::Decision, "excluded") => "exclude",
            (Self::Seen, "true") => "yes",
            (Self::Seen, "false") => "no",
            (_, word) => word,
        };
        self.values().iter().find(|value| **value == wanted).copied()
    }
}

impl fmt::Display for MarkTerm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.field.name();
        match &self.wanted {
            Wanted::Words(words) => write!(f, "{name}:{words}"),
            Wanted::Exactly(text) => {
                write!(f, "{name}:\"{}\"", text.replace('\\', r"\\").replace('"', r#"\""#))
            }
            Wanted::Nothing => write!(f, "{name}:none"),
        }
    }
}

impl MarkTerm {
    /// The studies of the store for which it holds.
    pub(super) fn studies(&self, store: &Store, marks: &Marks) -> RoaringBitmap {
        let found = marks.iter().filter_map(|(id, mark)| {
            let study = store.find(id)?;
            self.has_it(mark, || store.updated(study)).then_some(study.0)
        });
        let found: RoaringBitmap = found.collect();
        if !self.is_lack() {
            return found;
        }
        let mut others = RoaringBitmap::new();
        others.insert_range(0..store.len() as u32);
        others - found
    }

    /// Whether it asks for studies that lack something: most of them are not marked at all.
    fn is_lack(&self) -> bool {
        match (self.field, &self.wanted) {
            (_, Wanted::Nothing) => true,
            (MarkField::Seen, Wanted::Words(word)) => word == "no",
            (MarkField::Is, Wanted::Words(word)) => word == "new",
            _ => false,
        }
    }

    /// Whether a mark has what is asked for, or what is to be lacking.
    fn has_it(&self, mark: &Mark, updated: impl FnOnce() -> Option<PartialDate>) -> bool {
        let fits = |said: &str| match &self.wanted {
            Wanted::Words(words) => words == ANY || has(said, words),
            Wanted::Exactly(text) => is_same(said, text),
            Wanted::Nothing => true,
        };
        let word = match &self.wanted {
            Wanted::Words(word) => word.as_str(),
            Wanted::Exactly(_) | Wanted::Nothing => ANY,
        };
        match (self.field, word) {
            (MarkField::Decision, word) => {
                let values = self.field.values_of(mark);
                values.first().is_some_and(|value| word == ANY || *value == word)
            }
            (MarkField::Reason, _) => mark.reason().is_some_and(fits),
            (MarkField::Tag, _) => mark.tags.iter().any(|tag| match &self.wanted {
                Wanted::Words(word) if word != ANY => is_same(&tag.name, word),
                _ => fits(&tag.name),
            }),
            (MarkField::Note, _) => mark.notes.iter().any(|note| fits(&note.text)),
            (MarkField::Seen, _) | (MarkField::Is, "seen") => mark.seen,
            (MarkField::Is, "changed") => mark.is_changed(updated()),
            (MarkField::Is, "noted") => !mark.notes.is_empty(),
            (MarkField::Is, "tagged") => !mark.tags.is_empty(),
            (MarkField::Is, "decided") => mark.standing() != Standing::Undecided,
            (MarkField::Is, _) => mark.look.is_some(),
        }
    }
}

/// Whatever a mark says.
const ANY: &str = "any";

/// What people disagree about.
const DISPUTED: &str = "disputed";

impl Wanted {
    /// Whether exactly this value is wanted.
    pub(super) fn is_value(&self, value: &str) -> bool {
        match self {
            Self::Words(text) | Self::Exactly(text) => is_same(value, text),
            Self::Nothing => false,
        }
    }
}

fn is_same(said: &str, word: &str) -> bool {
    text::fold(said) == text::fold(word)
}

/// Whether a word of the text begins so; of several words, whether they stand there.
fn has(said: &str, words: &str) -> bool {
    let (said, words) = (text::fold(said), text::fold(words));
    let words: Vec<&str> = text::words(&words).collect();
    let said: Vec<&str> = text::words(&said).collect();
    let Some((last, before)) = words.split_last() else { return false };
    said.windows(words.len())
        .any(|window| window[..before.len()] == *before && window[before.len()].starts_with(last))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::marks::made::{decided, marked as marks_of};
    use crate::marks::{Change, Decision};
    use crate::search::stats::{Dimension, Statistics};
    use crate::search::{Cancel, MarkCounts, Memory, answer_next, find_marked, parse};
    use crate::study::made::made;
    use crate::study::{Concept, NctId};

    /// Five studies. Ana included 1, excluded 2, tagged and noted 3, saw 4; 5 is not marked.
    fn marked() -> (Store, Marks) {
        let store = Store::of((1..=5).map(|id| made(id).title("Gout").updated("2024-05-17")));
        let id = |number| NctId::from_number(number).unwrap();
        let note = Change::Noted { text: "ask the Nurse: fasting?".to_owned(), passage: None };
        let changes = vec![
            (id(1), decided(Decision::Include, None), "2024-05-17".parse().ok()),
            (id(2), decided(Decision::Exclude, Some("wrong population")), "2023".parse().ok()),
            (id(3), Change::Tagged { tag: "two words".to_owned(), on: true }, None),
            (id(3), note, None),
            (id(4), Change::Seen(true), None),
        ];
        (store, marks_of("Ana", changes))
    }

    #[test]
    fn marks_are_asked_like_anything_else() {
        let (store, marks) = marked();
        for (query, ids) in [
            ("decision:include", &[1][..]),
            ("decision:Excluded", &[2]),
            ("decision:any", &[1, 2]),
            ("decision:none", &[3, 4, 5]),
            ("-decision:none", &[1, 2]),
            ("decision:-include gout", &[2, 3, 4, 5]),
            ("reason:popul", &[2]),
            ("reason:\"wrong population\"", &[2]),
            ("reason:wrong reason:design", &[]),
            ("reason:none", &[1, 3, 4, 5]),
            ("tag:\"two words\"", &[3]),
            ("tag:two", &[]),
            ("tag:any", &[3]),
            ("note:nurse", &[3]),
            ("note:fast", &[3]),
            ("note:\"nurse\"", &[]),
            ("note:none title:gout", &[1, 2, 4, 5]),
            ("seen:yes", &[4]),
            ("seen:no", &[1, 2, 3, 5]),
            ("is:new", &[3, 5]),
            ("is:changed", &[2]),
            ("is:noted | is:seen", &[3, 4]),
            ("NCT00000001 | decision:exclude", &[1, 2]),
            ("decision:include|exclude", &[1, 2]),
            ("decision:(include | exclude)", &[1, 2]),
            ("tag:(x | \"two words\")", &[3]),
            ("tag:(x \"two words\")", &[]),
            ("-decision:(include|exclude) is:new|changed", &[3, 5]),
        ] {
            let query = parse(query).unwrap();
            assert_eq!(parse(&query.to_string()).unwrap(), query);
            let found = find_marked(&store, &marks, &query, &Cancel::default()).unwrap();
            let mut found: Vec<u32> = found.rows.iter().map(|it| store.id(it).number()).collect();
            found.sort_unstable();
            assert_eq!(found, ids, "{query}");
            assert!(query.asks_marks());
        }
        assert!(!parse("gout").unwrap().asks_marks());
    }

    #[test]
    fn studies_are_ordered_by_their_marks_and_the_others_come_last() {
        let (store, marks) = marked();
        for (query, ids) in [
            ("sort:decision,id", [1, 2, 3, 4, 5]),
            ("sort:-decision,-id", [2, 1, 5, 4, 3]),
            ("sort:reason,-id", [2, 5, 4, 3, 1]),
            ("sort:tag,id", [3, 1, 2, 4, 5]),
            ("sort:marked,id", [4, 3, 2, 1, 5]),
            ("sort:-marked", [1, 2, 3, 4, 5]),
            ("sort:title,decision", [1, 2, 3, 4, 5]),
        ] {
            let query = parse(query).unwrap();
            assert!(query.asks_marks());
            let found = find_marked(&store, &marks, &query, &Cancel::default()).unwrap();
            let found: Vec<u32> = found.rows.iter().map(|it| store.id(it).number()).collect();
            assert_eq!(found, ids, "{query}");
        }
    }

    #[test]
    fn what_is_marked_is_counted_without_the_choices_in_its_field() {
        let (store, marks) = marked();
        let mut memory = Memory::default();
        memory.mark(&Arc::new(marks.clone()));
        let mut counted = |query: &str| -> Vec<String> {
            let query = parse(query).unwrap();
            let results = answer_next(&store, &query, &Cancel::default(), &mut memory).unwrap();
            let of = |counts: &MarkCounts| {
                let values = counts.values.iter().map(|(value, n)| format!("{value} {n}, "));
                values.chain([format!("none {}", counts.without)]).collect()
            };
            results.marked.iter().map(of).collect()
        };
        let reason = "wrong population 1, none 4";
        let all = ["include 1, exclude 1, none 3", reason, "two words 1, none 4"];
        assert_eq!(counted("gout"), all);
        assert_eq!(counted("gout"), all);
        assert_eq!(
            counted("decision:include"),
            ["include 1, exclude 1, none 3", "none 1", "none 1"]
        );
        assert_eq!(
            counted("decision:any"),
            ["include 1, exclude 1, none 0", "wrong population 1, none 1", "none 2"]
        );
    }

    #[test]
    fn studies_are_counted_by_their_marks() {
        let (store, marks) = marked();
        let found = find_marked(&store, &marks, &parse("").unwrap(), &Cancel::default()).unwrap();
        let statistics = Statistics::new(&store, &marks, &found.rows);
        let said = |field| {
            let counted = statistics.by(Dimension::Mark(field), 9);
            let bars = counted.bars().map(|(it, n)| format!("{} {n}", counted.label(&store, it)));
            bars.collect::<Vec<_>>().join(", ")
        };
        assert_eq!(said(MarkField::Decision), "include 1, exclude 1, none 3");
        assert_eq!(said(MarkField::Tag), "two words 1, none 4");
        assert_eq!(said(MarkField::Seen), "yes 1, none 4");
        let by = [Dimension::Mark(MarkField::Decision), Dimension::Concept(Concept::Title)];
        assert!(Dimension::all().all(|dimension| dimension != by[1]));
        let by = [by[0], Dimension::Concept(Concept::Updated)];
        let cross = statistics.cross(by, 9);
        let (year, _) = cross.columns.groups[0];
        let cells: Vec<u32> =
            cross.rows.bars().map(|(row, _)| cross.studies(row, Some(year))).collect();
        assert_eq!(cells, [1, 1, 3]);
    }

    #[test]
    fn values_that_are_none_are_told() {
        for (text, words) in [
            ("decision:x", "decision: can be include, exclude, maybe, disputed, any, none"),
            ("gout is:none", "is: can be new, changed, seen, noted, tagged, decided"),
            ("tag:", "a value comes after tag:"),
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.to_string().starts_with(words), "{error}");
            assert!(text[error.place].contains(':'));
        }
    }
}
