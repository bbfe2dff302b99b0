//! Studies side by side: field by field what is equal, what differs, by how much, and what only one of
//! them states; and what they share. Facts only: no score, no advice. Knows no width and no screen.

mod align;
mod arrange;
mod criteria;
mod gap;
mod item;
mod key_facts;
mod matrix;
mod meaning;
mod overlap;
mod pair;
mod passage;
mod side;
mod word;

pub use gap::Gap;
pub use key_facts::{KeyFact, key_facts};
pub use matrix::matrix;
pub use overlap::{Overlap, OverlapPart, OverlapRow, overlap};
pub use passage::{Passage, Standing};

use crate::study::results::Module;
use crate::study::{FIELDS, Field, FieldValue, Section, Study};
use crate::text::{Line, Pairing, Tone};

/// How the studies stand to each other in one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// All say the same. White space, the order of a list and the spelling of names do not count.
    Equal,
    Differs,
    /// Not every study states it; those that do say the same.
    NotAll,
}

/// Studies, aligned by fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// What the columns are called: the NCT numbers.
    pub ids: Vec<String>,
    /// The sections of which at least one study says something, in reading order.
    pub parts: Vec<ComparedPart>,
}

/// A section of several studies.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparedPart {
    pub section: Section,
    pub rows: Vec<ComparedRow>,
}

/// One field of several studies.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparedRow {
    /// Of the field, as in [`Field::name`].
    pub name: &'static str,
    pub label: &'static str,
    pub verdict: Verdict,
    /// What each study says, in the order of the ids.
    pub values: Vec<FieldValue>,
    /// The same, side by side. See [`Comparison::columns`].
    pub passages: Vec<Passage>,
    /// By how much numbers and dates differ.
    pub gaps: Vec<Gap>,
}

/// Aligns two studies: a row for each field that at least one of them states.
///
/// Words that only one side has are toned `Removed` on the left and `Added` on the right where the
/// texts have a third of their words in common. The outcome depends on nothing but the two records.
pub fn compare(left: &Study, right: &Study) -> Comparison {
    align(&[left, right], |field, values, verdict| match (verdict, values) {
        (Verdict::Equal | Verdict::Differs, [left, right]) => {
            arrange::passages(field.name, [left, right])
        }
        _ => vec![together(verdict, values.iter().map(FieldValue::lines).collect())],
    })
}

/// The values of a field beside each other, each as it is.
fn together(verdict: Verdict, cells: Vec<Vec<Line>>) -> Passage {
    Passage { standing: Standing::Together(verdict), cells, pairing: Pairing::Free }
}

/// Sets studies in rows; `set` says how the values of one row are set.
fn align(
    studies: &[&Study],
    set: impl Fn(&Field, &[FieldValue], Verdict) -> Vec<Passage>,
) -> Comparison {
    let row = |field: &Field| {
        let values: Vec<_> = studies.iter().map(|study| field.value(study)).collect();
        let verdict = verdict(studies, &values)?;
        let mut passages = set(field, &values, verdict);
        let mut gaps = Vec::new();
        if verdict == Verdict::Differs {
            gaps = gap::gaps(field, &values);
            tables_differ(&values, &mut passages);
        }
        let Field { name, label, .. } = *field;
        Some(ComparedRow { name, label, verdict, values, passages, gaps })
    };
    let part = |&section: &Section| {
        let fields = FIELDS.iter().filter(|field| field.section == section);
        ComparedPart { section, rows: fields.filter_map(row).collect() }
    };
    let parts = Section::ALL.iter().map(part);
    let parts = parts.filter(|part: &ComparedPart| !part.rows.is_empty()).collect();
    Comparison { ids: headings(studies), parts }
}

/// The fields in which two studies are not equal, in reading order.
pub fn differing(left: &Study, right: &Study) -> Vec<&'static Field> {
    let differs = |field: &&Field| {
        let values = [left, right].map(|study| field.value(study));
        verdict(&[left, right], &values).is_some_and(|verdict| verdict != Verdict::Equal)
    };
    let fields = |&section: &Section| FIELDS.iter().filter(move |field| field.section == section);
    Section::ALL.iter().flat_map(fields).filter(differs).collect()
}

/// `None` where no study states the field.
fn verdict(studies: &[&Study], values: &[FieldValue]) -> Option<Verdict> {
    let mut stated = studies.iter().zip(values).filter(|(_, value)| value.is_stated());
    let first = stated.next()?;
    let all = values.iter().all(FieldValue::is_stated);
    for other in stated {
        let same = match (first, other) {
            ((left, FieldValue::Posted { module, .. }), (right, FieldValue::Posted { .. })) => {
                tables(left, *module) == tables(right, *module)
            }
            ((_, left), (_, right)) => side::same(left, right),
        };
        if !same {
            return Some(Verdict::Differs);
        }
    }
    Some(if all { Verdict::Equal } else { Verdict::NotAll })
}

/// What the tables of a module are made from.
fn tables(study: &Study, module: Module) -> Option<&serde_json::Value> {
    study.get(module.path())
}

/// Says of tables that read the same in a line that they are not.
fn tables_differ(values: &[FieldValue], passages: &mut [Passage]) {
    let is_doubtful = |value: &&FieldValue| {
        matches!(value, FieldValue::Posted { .. })
            && values.iter().filter(|other| other == value).count() > 1
    };
    for cells in passages.iter_mut().map(|passage| &mut passage.cells) {
        for (cell, _) in cells.iter_mut().zip(values).filter(|(_, value)| is_doubtful(value)) {
            cell.push(Line::toned("the tables are not the same", Tone::Dim));
        }
    }
}

/// What the columns of studies are called: their numbers; of several versions of one study with the date of the update,
/// or where that is the same too, with the day on which the registry gave them out.
fn headings(studies: &[&Study]) -> Vec<String> {
    let status = "protocolSection.statusModule";
    let updated = |study: &Study| {
        let posted = study.text(&format!("{status}.lastUpdatePostDateStruct.date"));
        posted.or_else(|| study.text(&format!("{status}.lastUpdateSubmitDate")))
    };
    let given_out = |study: &Study| study.text("derivedSection.miscInfoModule.versionHolder");
    let id = |study: &&Study| study.text("protocolSection.identificationModule.nctId");
    let mut headings: Vec<Option<String>> = studies.iter().map(id).collect();
    tell_apart(&mut headings, |place| updated(studies[place]));
    tell_apart(&mut headings, |place| given_out(studies[place]));
    let name = |id: Option<String>| id.unwrap_or_else(|| "study without a number".to_owned());
    headings.into_iter().map(name).collect()
}

/// Adds something to those that are the same, where it tells them apart.
fn tell_apart(headings: &mut [Option<String>], more: impl Fn(usize) -> Option<String>) {
    let before = headings.to_vec();
    for (place, heading) in headings.iter_mut().enumerate() {
        let same = (0..before.len()).filter(|&other| before[other] == before[place]);
        let more_of_all: Vec<_> = same.map(&more).collect();
        let tells = more_of_all.iter().any(|of_one| *of_one != more_of_all[0]);
        if let (true, Some(heading), Some(more)) = (tells, heading, more(place)) {
            *heading = format!("{heading} ({more})");
        }
    }
}

impl Verdict {
    /// The sign in the gutter.
    pub fn sign(self) -> char {
        match self {
            Self::Equal => '=',
            Self::Differs => '≠',
            Self::NotAll => '∅',
        }
    }

    /// The same in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Differs => "differs",
            Self::NotAll => "not stated by all",
        }
    }
}

impl Comparison {
    /// All rows in reading order.
    pub fn rows(&self) -> impl Iterator<Item = &ComparedRow> {
        self.parts.iter().flat_map(|part| &part.rows)
    }

    /// How many rows are not equal.
    pub fn differences(&self) -> usize {
        self.rows().filter(|row| row.verdict != Verdict::Equal).count()
    }

    /// By how much the studies differ in one field: `NCT00000102 starts 14 months later`. Where there are
    /// more than two, or where the other does something else, also than which.
    pub fn in_words(&self, gap: &Gap) -> String {
        let [most, least] = gap.of.map(|place| self.called(place));
        match (gap.less, self.ids.len()) {
            (Some(less), _) => format!("{most} {} than {least} {less}", gap.words),
            (None, 2) => format!("{most} {}", gap.words),
            (None, _) => format!("{most} {} than {least}", gap.words),
        }
    }

    /// What the study at a place is called: its number, unless both have the same.
    fn called(&self, place: usize) -> &str {
        match (self.ids.as_slice(), place) {
            ([left, right], 0) if left == right => "the left one",
            ([left, right], 1) if left == right => "the right one",
            (ids, place) => ids[place].as_str(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn study(status: &serde_json::Value) -> Study {
        Study::from(json!({"protocolSection": {"statusModule": status}}))
    }

    #[test]
    fn rows_are_equal_differ_or_stand_alone() {
        let left = study(
            &json!({"overallStatus": "COMPLETED", "whyStopped": "a  b", "lastUpdateSubmitDate": "2020"}),
        );
        let right = study(
            &json!({"overallStatus": "RECRUITING", "whyStopped": "a b", "statusVerifiedDate": "2021"}),
        );
        let comparison = compare(&left, &right);
        let rows: Vec<_> = comparison.rows().map(|row| (row.label, row.verdict.sign())).collect();
        let expected = [
            ("Status", '≠'),
            ("Why stopped", '='),
            ("Last update submitted", '∅'),
            ("Verified", '∅'),
        ];
        assert_eq!(rows, expected);
        assert_eq!(comparison.differences(), 3);
        assert_eq!(comparison.ids, ["study without a number"; 2]);
        let sections: Vec<_> = comparison.parts.iter().map(|part| part.section).collect();
        assert_eq!(sections, [Section::KeyFacts, Section::Dates]);
        let updated = comparison.rows().nth(2).unwrap();
        assert_eq!(updated.values[1], FieldValue::NotStated);
        let columns = &comparison.columns(updated)[0].cells;
        assert_eq!([0, 1].map(|place| columns[place][0].text()), ["2020", "not stated"]);
    }

    #[test]
    fn tables_of_results_are_compared_by_what_they_hold() {
        let flow = |count: &str| {
            Study::from(json!({"resultsSection": {"participantFlowModule": {
                "groups": [{"id": "G0", "title": "All"}],
                "periods": [{"milestones": [{"type": "STARTED",
                    "achievements": [{"groupId": "G0", "numSubjects": count}]}]}],
            }}}))
        };
        for (right, verdict, lines) in [("10", Verdict::Equal, 1), ("11", Verdict::Differs, 2)] {
            let [left, right] = [flow("10"), flow(right)];
            for comparison in [compare(&left, &right), matrix(&[&left, &right])] {
                let row = comparison.rows().next().unwrap();
                assert_eq!(row.values[0], row.values[1]);
                assert_eq!((row.verdict, row.passages[0].cells[1].len()), (verdict, lines));
            }
        }
    }

    #[test]
    fn gaps_say_what_the_other_does_where_that_is_something_else() {
        let mut comparison =
            Comparison { ids: vec!["A".to_owned(), "B".to_owned()], parts: vec![] };
        let gap = |less| Gap { of: [1, 0], words: "plans 3 more participants".to_owned(), less };
        assert_eq!(comparison.in_words(&gap(None)), "B plans 3 more participants");
        assert_eq!(
            comparison.in_words(&gap(Some("enrolled"))),
            "B plans 3 more participants than A enrolled"
        );
        comparison.ids.push("C".to_owned());
        assert_eq!(comparison.in_words(&gap(None)), "B plans 3 more participants than A");
    }
}
