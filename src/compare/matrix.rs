//! Three studies and more side by side: what all of them have stands first in every list.

use std::collections::HashMap;

use super::pair::key;
use super::{Comparison, Verdict, align, side, together};
use crate::study::{FieldValue, Study};
use crate::text::{Line, Tone};

/// Aligns studies: a row for each field that at least one of them states.
///
/// In lists what more studies have comes first, and what only one has is toned `Added`. Of two studies it is
/// less than [`compare`](super::compare) makes, which also sets word against word.
pub fn matrix(studies: &[&Study]) -> Comparison {
    align(studies, |_, values, verdict| {
        let cells = match verdict {
            Verdict::Differs => ranked(values),
            Verdict::Equal | Verdict::NotAll => values.iter().map(FieldValue::lines).collect(),
        };
        vec![together(verdict, cells)]
    })
}

fn ranked(values: &[FieldValue]) -> Vec<Vec<Line>> {
    let parts: Vec<Vec<(String, Vec<Line>)>> = values.iter().map(parts).collect();
    let mut studies: HashMap<&str, (usize, usize)> = HashMap::new();
    for (place, parts) in parts.iter().enumerate() {
        for (key, _) in parts {
            let (count, last) = studies.entry(key).or_insert((0, usize::MAX));
            if *last != place {
                (*count, *last) = (*count + 1, place);
            }
        }
    }
    let cell = |(value, parts): (&FieldValue, &Vec<(String, Vec<Line>)>)| {
        if parts.is_empty() {
            return value.lines();
        }
        let mut sorted: Vec<_> = parts.iter().collect();
        let count = |key: &str| studies[key].0;
        sorted.sort_by_key(|(key, _)| std::cmp::Reverse(count(key)));
        let lines = sorted.into_iter().map(|(key, lines)| match count(key) {
            1 => side::toned(lines.clone(), Tone::Added),
            _ => lines.clone(),
        });
        lines.flatten().collect()
    };
    values.iter().zip(&parts).map(cell).collect()
}

/// The entries of a list, each with what it is known by; none when the value is no list.
fn parts(value: &FieldValue) -> Vec<(String, Vec<Line>)> {
    match value {
        FieldValue::List(lines) => lines
            .iter()
            .map(|line| key(line))
            .zip(value.lines().into_iter().map(|line| vec![line]))
            .collect(),
        FieldValue::Items(items) => {
            items.iter().map(|item| (key(&item.title()), item.lines())).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn study(id: &str, conditions: &Value, count: &Value) -> Study {
        Study::from(json!({"protocolSection": {
            "identificationModule": {"nctId": id},
            "statusModule": {"overallStatus": "COMPLETED"},
            "designModule": {"enrollmentInfo": {"count": count}},
            "conditionsModule": {"conditions": conditions},
        }}))
    }

    #[test]
    fn studies_are_aligned_and_what_most_have_comes_first() {
        let studies = [
            study("NCT1", &json!(["Rare", "Cirrhosis", "Liver Failure"]), &json!(10)),
            study("NCT2", &json!(["liver failure", "Cirrhosis"]), &json!(40)),
            study("NCT3", &json!(["Liver Failure"]), &json!(null)),
        ];
        let matrix = matrix(&studies.iter().collect::<Vec<_>>());
        let rows: Vec<_> = matrix.rows().map(|row| (row.label, row.verdict.sign())).collect();
        let expected =
            [("Status", '='), ("Enrollment", '≠'), ("Conditions", '≠'), ("NCT number", '≠')];
        assert_eq!(rows, expected);
        let row = matrix.rows().nth(2).unwrap();
        let texts: Vec<Vec<String>> = row.passages[0]
            .cells
            .iter()
            .map(|cell| cell.iter().map(Line::text).collect())
            .collect();
        let expected = [
            &["Liver Failure", "Cirrhosis", "Rare"][..],
            &["liver failure", "Cirrhosis"],
            &["Liver Failure"],
        ];
        assert_eq!(texts, expected);
        assert_eq!(row.passages[0].cells[0][2].spans[0].tone, Tone::Added);
        let gaps: Vec<_> =
            matrix.rows().flat_map(|row| &row.gaps).map(|gap| matrix.in_words(gap)).collect();
        assert_eq!(
            gaps,
            ["NCT2 has 30 more participants than NCT1", "NCT1 has 2 more conditions than NCT3"]
        );
    }

    #[test]
    fn what_some_do_not_state_is_told_from_what_differs() {
        let studies = [
            study("NCT1", &json!(["A"]), &json!(10)),
            study("NCT2", &json!(["A"]), &json!(10)),
            study("NCT3", &json!([]), &json!(11)),
        ];
        let matrix = matrix(&studies.iter().collect::<Vec<_>>());
        let verdict = |label: &str| matrix.rows().find(|row| row.label == label).unwrap().verdict;
        assert_eq!(
            (verdict("Conditions"), verdict("Enrollment")),
            (Verdict::NotAll, Verdict::Differs)
        );
    }
}
