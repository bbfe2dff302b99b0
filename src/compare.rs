//! Studies side by side: field by field what is equal, what differs, by how much, and what only one of
//! them states; and what they share. Facts only: no score, no advice. Knows no width and no screen.

mod align;
mod arrange;
mod criteria;
mod gap;
mod item;
mod matrix;
mod overlap;
mod pair;
mod word;

pub use gap::Gap;
pub use matrix::matrix;
pub use overlap::{Overlap, OverlapPart, OverlapRow, overlap};

use crate::study::{FIELDS, Field, FieldValue, Section, Study};
use crate::text::{Line, Pairing};

/// How the studies stand to each other in one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// All say the same. White space and the order of a list do not count.
    Equal,
    Differs,
    /// Not every study states it; those that do say the same.
    NotAll,
}

/// Studies, aligned by fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// What the columns are called: the NCT numbers.
    pub ids: Vec<String>,
    /// The sections of which at least one study says something, in reading order.
    pub parts: Vec<ComparedPart>,
}

/// A section of several studies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedPart {
    pub section: Section,
    pub rows: Vec<ComparedRow>,
}

/// One field of several studies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedRow {
    /// Of the field, as in [`Field::name`].
    pub name: &'static str,
    pub label: &'static str,
    pub verdict: Verdict,
    /// What each study says, in the order of the ids; without lines it does not state the field.
    pub cells: Vec<Vec<Line>>,
    /// By how much numbers and dates differ.
    pub gaps: Vec<Gap>,
    /// Whether a line of one cell belongs to the line beside it, as in lists and criteria.
    pub pairing: Pairing,
}

/// Aligns two studies: a row for each field that at least one of them states.
///
/// Words that only one side has are toned `Removed` on the left and `Added` on the right where the
/// texts have a third of their words in common. The outcome depends on nothing but the two records.
pub fn compare(left: &Study, right: &Study) -> Comparison {
    let studies = [left, right];
    let ids = studies.map(name);
    let set = |field: &Field, values: &[FieldValue], verdict| match (verdict, values) {
        (Verdict::Differs, [left, right]) => {
            arrange::sides(field.name, [left, right], &ids).to_vec()
        }
        _ => values.iter().map(FieldValue::lines).collect(),
    };
    let pairing = |values: &[FieldValue]| {
        let prose = values.iter().any(|value| matches!(value, FieldValue::Prose(_)));
        if prose { Pairing::Free } else { Pairing::LineByLine }
    };
    align(&studies, |field, values, verdict| (set(field, values, verdict), pairing(values)))
}

/// Sets studies in rows; `set` says how the cells of one row are set.
fn align(
    studies: &[&Study],
    set: impl Fn(&Field, &[FieldValue], Verdict) -> (Vec<Vec<Line>>, Pairing),
) -> Comparison {
    let row = |field: &Field| {
        let values: Vec<_> = studies.iter().map(|study| field.value(study)).collect();
        let verdict = verdict(&values)?;
        let (cells, pairing) = set(field, &values, verdict);
        let gaps = if verdict == Verdict::Differs { gap::gaps(field, &values) } else { Vec::new() };
        let Field { name, label, .. } = *field;
        Some(ComparedRow { name, label, verdict, cells, gaps, pairing })
    };
    let part = |&section: &Section| {
        let fields = FIELDS.iter().filter(|field| field.section == section);
        ComparedPart { section, rows: fields.filter_map(row).collect() }
    };
    let parts = Section::ALL.iter().map(part);
    let parts = parts.filter(|part: &ComparedPart| !part.rows.is_empty()).collect();
    Comparison { ids: studies.iter().map(|study| name(study)).collect(), parts }
}

/// `None` where no study states the field.
fn verdict(values: &[FieldValue]) -> Option<Verdict> {
    let stated: Vec<_> = values.iter().filter(|value| value.is_stated()).collect();
    let (first, others) = stated.split_first()?;
    Some(match others.iter().all(|other| arrange::same(first, other)) {
        false => Verdict::Differs,
        true if stated.len() < values.len() => Verdict::NotAll,
        true => Verdict::Equal,
    })
}

fn name(study: &Study) -> String {
    let id = study.text("protocolSection.identificationModule.nctId");
    id.unwrap_or_else(|| "study without a number".to_owned())
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
    /// more than two, also than which.
    pub fn in_words(&self, gap: &Gap) -> String {
        let name = |place: usize| match (self.ids.as_slice(), place) {
            ([left, right], 0) if left == right => "the left one",
            ([left, right], 1) if left == right => "the right one",
            (ids, place) => ids[place].as_str(),
        };
        let [most, least] = gap.of.map(name);
        match self.ids.len() {
            2 => format!("{most} {}", gap.words),
            _ => format!("{most} {} than {least}", gap.words),
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
        assert_eq!(sections, [Section::Overview, Section::Dates]);
        let updated = comparison.rows().nth(2).unwrap();
        assert_eq!((updated.cells[0][0].text().as_str(), updated.cells[1].len()), ("2020", 0));
    }
}
