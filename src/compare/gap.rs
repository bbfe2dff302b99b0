//! By how much numbers and dates differ, in words: which study has more participants, sites or arms, and
//! which is later. Says nothing where it cannot be known.

use std::cmp::Ordering;

use crate::study::{Apart, Field, FieldValue, PartialDate, Read, Study};
use crate::text::grouped;

/// What one study has more of, or later, than another: `has 62 more participants`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The places of the study that has more and of the one that has less.
    pub of: [usize; 2],
    pub words: String,
}

/// What is counted of a field that is a list: one of it, and several.
const COUNTED: &[(&str, [&str; 2])] = &[
    ("conditions", ["condition", "conditions"]),
    ("keywords", ["keyword", "keywords"]),
    ("arms", ["arm", "arms"]),
    ("interventions", ["intervention", "interventions"]),
    ("primary-outcomes", ["primary outcome", "primary outcomes"]),
    ("secondary-outcomes", ["secondary outcome", "secondary outcomes"]),
    ("other-outcomes", ["other outcome", "other outcomes"]),
    ("collaborators", ["collaborator", "collaborators"]),
    ("locations", ["site", "sites"]),
    ("references", ["publication", "publications"]),
    ("documents", ["document", "documents"]),
];

/// What a later date means, where the field has a word for it.
const LATER: &[(&str, &str)] = &[
    ("start", "starts"),
    ("primary-completion", "reaches primary completion"),
    ("completion", "ends"),
];

const PARTICIPANTS: &str = "protocolSection.designModule.enrollmentInfo.count";

/// The ages of who can take part, and what they are called.
const AGES: &[(&str, &str)] = &[
    ("protocolSection.eligibilityModule.minimumAge", "minimum age"),
    ("protocolSection.eligibilityModule.maximumAge", "maximum age"),
];

/// What can be set against another of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Measure {
    Number(u64),
    Date(PartialDate),
    /// In months and days, one of them 0.
    Age(Apart),
}

/// The gaps between the studies in one field: between the least and the most of each measure.
pub(super) fn gaps(field: &Field, studies: &[&Study], values: &[FieldValue]) -> Vec<Gap> {
    let of_studies = |measure: &dyn Fn(&Study) -> Option<Measure>| -> Vec<Option<Measure>> {
        studies.iter().map(|study| measure(study)).collect()
    };
    let gaps = match (field.name, field.read) {
        ("enrollment", _) => {
            let counts = of_studies(&|study| number(study, PARTICIPANTS));
            vec![gap(&counts, |by| format!("has {}", more(by, ["participant", "participants"])))]
        }
        ("who", _) => AGES
            .iter()
            .map(|(path, name)| {
                gap(&of_studies(&|study| age(study, path)), |by| {
                    format!("has a {name} {by} higher")
                })
            })
            .collect(),
        (name, Read::Date(path)) => {
            let verb =
                LATER.iter().find(|(field, _)| *field == name).map_or("is", |(_, verb)| verb);
            vec![gap(&of_studies(&|study| date(study, path)), |by| format!("{verb} {by} later"))]
        }
        (name, _) => {
            let nouns = COUNTED.iter().find(|(field, _)| *field == name);
            let counts: Vec<_> = values.iter().map(count).collect();
            nouns
                .map(|(_, nouns)| gap(&counts, |by| format!("has {}", more(by, *nouns))))
                .into_iter()
                .collect()
        }
    };
    gaps.into_iter().flatten().collect()
}

/// The gap between the least and the most, when both are known and apart.
fn gap(measures: &[Option<Measure>], words: impl Fn(&str) -> String) -> Option<Gap> {
    let known = || measures.iter().enumerate().filter_map(|(place, it)| Some((place, (*it)?)));
    let by = |a: &(usize, Measure), b: &(usize, Measure)| order(a.1, b.1);
    // Of several alike the first is named, whether least or most.
    let least = known().min_by(by)?;
    let most = known().rev().max_by(by)?;
    let apart = match (least.1, most.1) {
        (Measure::Number(few), Measure::Number(many)) if few < many => grouped(many - few),
        (Measure::Date(early), Measure::Date(late)) => early.until(late)?.to_string(),
        (Measure::Age(low), Measure::Age(high)) if order(least.1, most.1) == Ordering::Less => {
            let by = |low: u32, high: u32| high.checked_sub(low);
            let days = by(low.days, high.days)?;
            Apart { months: by(low.months, high.months)?, days }.to_string()
        }
        _ => return None,
    };
    Some(Gap { of: [most.0, least.0], words: words(&apart) })
}

fn order(a: Measure, b: Measure) -> Ordering {
    match (a, b) {
        (Measure::Number(a), Measure::Number(b)) => a.cmp(&b),
        (Measure::Date(a), Measure::Date(b)) => a.cmp(&b),
        (Measure::Age(a), Measure::Age(b)) => (a.months, a.days).cmp(&(b.months, b.days)),
        _ => Ordering::Equal,
    }
}

fn more(by: &str, [one, several]: [&str; 2]) -> String {
    format!("{by} more {}", if by == "1" { one } else { several })
}

fn number(study: &Study, path: &str) -> Option<Measure> {
    study.text(path)?.parse().ok().map(Measure::Number)
}

fn date(study: &Study, path: &str) -> Option<Measure> {
    let date = study.text(&format!("{path}.date")).or_else(|| study.text(path))?;
    date.parse().ok().map(Measure::Date)
}

/// `18 Years`. Hours and minutes are not set against anything.
fn age(study: &Study, path: &str) -> Option<Measure> {
    let text = study.text(path)?.to_lowercase();
    let (number, unit) = text.split_once(' ')?;
    let number: u32 = number.parse().ok()?;
    let (months, days) = match unit.trim_end_matches('s') {
        "year" => (number.checked_mul(12)?, 0),
        "month" => (number, 0),
        "week" => (0, number.checked_mul(7)?),
        "day" => (0, number),
        _ => return None,
    };
    Some(Measure::Age(Apart { months, days }))
}

fn count(value: &FieldValue) -> Option<Measure> {
    let count = match value {
        FieldValue::List(lines) => lines.len(),
        FieldValue::Items(items) => items.len(),
        _ => return None,
    };
    Some(Measure::Number(count as u64))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::study::FIELDS;

    /// What is said of `field` where the studies state `values` at `path`.
    fn said(field: &str, path: &str, values: &[Value]) -> Vec<String> {
        let study = |value: &Value| {
            let nested = path.rsplit('.').fold(value.clone(), |value, key| json!({key: value}));
            Study::from(nested)
        };
        let studies: Vec<_> = values.iter().map(study).collect();
        let field = FIELDS.iter().find(|it| it.name == field).unwrap();
        let values: Vec<_> = studies.iter().map(|study| field.value(study)).collect();
        let gaps = gaps(field, &studies.iter().collect::<Vec<_>>(), &values);
        gaps.iter().map(|gap| format!("{} {}", gap.of[0], gap.words)).collect()
    }

    #[test]
    fn differences_are_said_in_words() {
        const START: &str = "protocolSection.statusModule.startDateStruct";
        const END: &str = "protocolSection.statusModule.completionDateStruct";
        const POSTED: &str = "protocolSection.statusModule.lastUpdateSubmitDate";
        const COUNT: &str = "protocolSection.designModule.enrollmentInfo.count";
        const CONDITIONS: &str = "protocolSection.conditionsModule.conditions";
        const ARMS: &str = "protocolSection.armsInterventionsModule.armGroups";
        const WHO: &str = "protocolSection.eligibilityModule";
        let arms = |count: usize| json!(vec![json!({"label": "A"}); count]);
        for (field, path, left, right, said_of) in [
            ("enrollment", COUNT, json!(100), json!(38), &["0 has 62 more participants"][..]),
            ("enrollment", COUNT, json!(0), json!(1), &["1 has 1 more participant"]),
            ("enrollment", COUNT, json!(0), json!(12_000), &["1 has 12,000 more participants"]),
            ("enrollment", COUNT, json!("7"), json!(7), &[]),
            ("enrollment", COUNT, json!(-5), json!(7), &[]),
            ("enrollment", COUNT, json!(5), json!(null), &[]),
            (
                "start",
                START,
                json!({"date": "2019-10"}),
                json!({"date": "2020-12-31"}),
                &["1 starts 14 months later"],
            ),
            ("start", START, json!({"date": "2019-10"}), json!({"date": "2019-10-31"}), &[]),
            ("start", START, json!({"date": "2019"}), json!({"date": "soon"}), &[]),
            (
                "completion",
                END,
                json!({"date": "2020-01-04"}),
                json!({"date": "2020-01-01"}),
                &["0 ends 3 days later"],
            ),
            ("updated", POSTED, json!("2020-01-04"), json!("2020-01-03"), &["0 is 1 day later"]),
            (
                "conditions",
                CONDITIONS,
                json!(["a", "b", "c"]),
                json!(["a"]),
                &["0 has 2 more conditions"],
            ),
            ("conditions", CONDITIONS, json!(["a"]), json!(["b"]), &[]),
            ("arms", ARMS, arms(1), arms(2), &["1 has 1 more arm"]),
            ("arms", ARMS, arms(1), json!(null), &[]),
            (
                "who",
                WHO,
                json!({"minimumAge": "18 Years", "maximumAge": "70 Years"}),
                json!({"minimumAge": "6 Months", "maximumAge": "75 Years"}),
                &[
                    "0 has a minimum age 17 years and 6 months higher",
                    "1 has a maximum age 5 years higher",
                ],
            ),
            (
                "who",
                WHO,
                json!({"minimumAge": "2 Weeks"}),
                json!({"minimumAge": "3 Days"}),
                &["0 has a minimum age 11 days higher"],
            ),
            ("who", WHO, json!({"minimumAge": "2 Weeks"}), json!({"minimumAge": "3 Months"}), &[]),
            ("who", WHO, json!({"minimumAge": "N/A"}), json!({"maximumAge": "3 Months"}), &[]),
        ] {
            assert_eq!(said(field, path, &[left, right]), said_of, "{field}");
        }
        let three = [json!(10), json!(400), json!(20)];
        assert_eq!(said("enrollment", COUNT, &three), ["1 has 390 more participants"]);
    }

    #[test]
    fn the_tables_name_fields() {
        let names = COUNTED.iter().map(|(name, _)| name).chain(LATER.iter().map(|(name, _)| name));
        for name in names {
            assert!(FIELDS.iter().any(|field| field.name == *name), "{name}");
        }
    }
}
