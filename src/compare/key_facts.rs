//! The facts that one wants to know first of many studies, a line for each study.

use super::{Verdict, verdict};
use crate::study::{FIELDS, Field, FieldValue, Item, Section, Study};
use crate::text::Line;

/// The fields behind the key facts that belong to them in a table of many studies.
const BESIDE: [&str; 2] = ["arms", "primary-outcomes"];

/// A fact of several studies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyFact {
    pub label: &'static str,
    pub verdict: Verdict,
    /// What each study says, in one line; `None` where it says nothing.
    pub values: Vec<Option<String>>,
}

/// The key facts that at least one of the studies states.
pub fn key_facts(studies: &[&Study]) -> Vec<KeyFact> {
    let is_key =
        |field: &&Field| field.section == Section::KeyFacts || BESIDE.contains(&field.name);
    let fact = |field: &Field| {
        let values: Vec<FieldValue> = studies.iter().map(|study| field.value(study)).collect();
        let verdict = verdict(studies, &values)?;
        Some(KeyFact { label: field.label, verdict, values: values.iter().map(line).collect() })
    };
    FIELDS.iter().filter(is_key).filter_map(fact).collect()
}

/// A value in one line: of items what each is called.
fn line(value: &FieldValue) -> Option<String> {
    match value {
        FieldValue::Items(items) => {
            let titles: Vec<String> = items.iter().map(Item::title).collect();
            (!titles.is_empty()).then(|| titles.join("; "))
        }
        value if value.is_stated() => {
            let lines = value.lines();
            let lines = lines.iter().map(Line::text).filter(|text| !text.trim().is_empty());
            let lines: Vec<String> = lines.collect();
            Some(lines.join("; "))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::made::made;

    #[test]
    fn a_fact_has_a_line_for_each_study() {
        let arms = serde_json::json!([{"label": "One"}, {"label": "Two"}]);
        let studies = [
            made(1)
                .title("A")
                .status("COMPLETED")
                .conditions(["X", "Y"])
                .at("armsInterventionsModule.armGroups", arms),
            made(2).title("B").status("COMPLETED").conditions(["X"]),
        ]
        .map(|made| Study::from(made.value()));
        let facts = key_facts(&studies.iter().collect::<Vec<_>>());
        let fact = |label: &str| facts.iter().find(|fact| fact.label == label).unwrap();
        assert_eq!(fact("Status").verdict, Verdict::Equal);
        assert_eq!(fact("Title").values, [Some("A".to_owned()), Some("B".to_owned())]);
        let conditions = ["X; Y", "X"].map(|it| Some(it.to_owned()));
        assert_eq!(
            (fact("Conditions").verdict, &fact("Conditions").values[..]),
            (Verdict::Differs, &conditions[..])
        );
        assert_eq!(fact("Arms").values, [Some("One; Two".to_owned()), None]);
        assert!(facts.iter().all(|fact| fact.label != "Phase"), "none states it");
    }
}
