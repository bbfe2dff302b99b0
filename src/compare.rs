//! Two studies side by side: field by field what is equal, what differs and what only one of them
//! states. Facts only: no score, no advice. Knows no width and no screen.

mod arrange;
mod pair;
mod word;

use crate::study::{FIELDS, Field, FieldValue, Section, Study};
use crate::text::{Line, Pairing};

/// How the two studies stand to each other in one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Both say the same. White space and the order of a list do not count.
    Equal,
    Differs,
    /// Only one of the studies states it.
    OnlyOne,
}

/// Two studies, aligned by fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// What the columns are called: the NCT numbers.
    pub ids: [String; 2],
    /// The sections of which at least one study says something, in reading order.
    pub parts: Vec<ComparedPart>,
}

/// A section of two studies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedPart {
    pub section: Section,
    pub rows: Vec<ComparedRow>,
}

/// One field of two studies. A side without lines does not state the field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedRow {
    /// Of the field, as in [`Field::name`].
    pub name: &'static str,
    pub label: &'static str,
    pub verdict: Verdict,
    pub left: Vec<Line>,
    pub right: Vec<Line>,
    /// Whether a line on one side belongs to the line beside it, as in lists and criteria.
    pub pairing: Pairing,
}

/// Aligns two studies: a row for each field that at least one of them states.
///
/// Words that only one side has are toned `Removed` on the left and `Added` on the right where the
/// texts have a third of their words in common. The outcome depends on nothing but the two records.
pub fn compare(left: &Study, right: &Study) -> Comparison {
    let ids = [name(left), name(right)];
    let part = |&section: &Section| {
        let fields = FIELDS.iter().filter(|field| field.section == section);
        let values = fields.map(|field| (field, [field.value(left), field.value(right)]));
        let rows = values.filter_map(|(field, values)| row(field, &values, &ids)).collect();
        ComparedPart { section, rows }
    };
    let parts = Section::ALL.iter().map(part);
    let parts = parts.filter(|part: &ComparedPart| !part.rows.is_empty()).collect();
    Comparison { ids, parts }
}

fn name(study: &Study) -> String {
    let id = study.text("protocolSection.identificationModule.nctId");
    id.unwrap_or_else(|| "study without a number".to_owned())
}

fn row(field: &Field, values: &[FieldValue; 2], ids: &[String; 2]) -> Option<ComparedRow> {
    let [left, right] = values;
    let verdict = match (left.is_stated(), right.is_stated()) {
        (false, false) => return None,
        (true, true) if arrange::same(left, right) => Verdict::Equal,
        (true, true) => Verdict::Differs,
        _ => Verdict::OnlyOne,
    };
    let [left, right] = match verdict {
        Verdict::Differs => arrange::sides(values, ids),
        _ => [left.lines(), right.lines()],
    };
    let pairing = match values {
        [FieldValue::Prose(_), _] | [_, FieldValue::Prose(_)] => Pairing::Free,
        _ => Pairing::LineByLine,
    };
    Some(ComparedRow { name: field.name, label: field.label, verdict, left, right, pairing })
}

impl Verdict {
    /// The sign in the gutter.
    pub fn sign(self) -> char {
        match self {
            Self::Equal => '=',
            Self::Differs => '≠',
            Self::OnlyOne => '∅',
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
        assert_eq!((updated.left[0].text().as_str(), updated.right.len()), ("2020", 0));
    }
}
