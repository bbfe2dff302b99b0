//! By how much numbers and dates differ, in words: which study has more participants, sites or arms, and
//! which is later. Says nothing where it cannot be known.

use std::cmp::Ordering;

use crate::study::concept::{Concept, Difference};
use crate::study::{Age, Apart, Certainty, Fact, Field, FieldValue, PartialDate};
use crate::text::grouped;

/// What one study has more of, or later, than another: `has 62 more participants`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The places of the study that has more and of the one that has less.
    pub of: [usize; 2],
    pub words: String,
    /// What the one that has less does, where that is something else: `plans 20 more … than … enrolled`.
    pub less: Option<&'static str>,
}

/// What can be set against another of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Measure {
    Number(u64),
    Participants(u64, Certainty),
    Date(PartialDate),
    /// In months and days, one of them 0.
    Age(Apart),
}

/// The gaps between the studies in one field: between the least and the most of each measure. The words come from
/// the concepts that stand at the field's paths.
pub(super) fn gaps(field: &Field, values: &[FieldValue]) -> Vec<Gap> {
    let measures = |measure: fn(&FieldValue) -> Option<Measure>| -> Vec<Option<Measure>> {
        values.iter().map(measure).collect()
    };
    let concepts = field.concepts().filter_map(|it| Some((it, it.definition().difference?)));
    let mut gaps: Vec<Option<Gap>> = Vec::new();
    for (concept, difference) in concepts {
        gaps.push(match difference {
            Difference::Later(verb) => gap(&measures(date), |by| format!("{verb} {by} later")),
            Difference::More(nouns) => counted(&measures(number), nouns),
            Difference::Higher(age) => {
                let ages = if concept == Concept::MinimumAge { minimum_age } else { maximum_age };
                gap(&measures(ages), |by| format!("has a {age} {by} higher"))
            }
        });
    }
    if gaps.is_empty() {
        // A date that is no concept has no verb of its own.
        gaps.push(gap(&measures(date), |by| format!("is {by} later")));
    }
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
        (Measure::Number(few), Measure::Number(many))
        | (Measure::Participants(few, _), Measure::Participants(many, _))
            if few < many =>
        {
            grouped(many - few)
        }
        (Measure::Date(early), Measure::Date(late)) => {
            let apart = early.until(late)?;
            let about = if early.precision() == late.precision() { "" } else { "about " };
            format!("{about}{apart}")
        }
        (Measure::Age(low), Measure::Age(high)) if order(least.1, most.1) == Ordering::Less => {
            let by = |low: u32, high: u32| high.checked_sub(low);
            let days = by(low.days, high.days)?;
            Apart { months: by(low.months, high.months)?, days }.to_string()
        }
        _ => return None,
    };
    Some(Gap { of: [most.0, least.0], words: words(&apart), less: None })
}

/// How many more there are. Of participants it is said whether they were planned or enrolled.
fn counted(measures: &[Option<Measure>], nouns: [&str; 2]) -> Option<Gap> {
    let gap = gap(measures, |by| more(by, nouns))?;
    let verb = |place: usize| match measures[place] {
        Some(Measure::Participants(_, Certainty::Actual)) => "enrolled",
        Some(Measure::Participants(_, Certainty::Estimated)) => "plans",
        _ => "has",
    };
    let [most, least] = gap.of.map(verb);
    let less = (most != least).then_some(least);
    Some(Gap { words: format!("{most} {}", gap.words), less, ..gap })
}

fn order(a: Measure, b: Measure) -> Ordering {
    match (a, b) {
        (Measure::Number(a), Measure::Number(b))
        | (Measure::Participants(a, _), Measure::Participants(b, _)) => a.cmp(&b),
        (Measure::Date(a), Measure::Date(b)) => a.cmp(&b),
        (Measure::Age(a), Measure::Age(b)) => (a.months, a.days).cmp(&(b.months, b.days)),
        _ => Ordering::Equal,
    }
}

fn more(by: &str, [one, several]: [&str; 2]) -> String {
    format!("{by} more {}", if by == "1" { one } else { several })
}

/// A number of participants, or how many entries a list has.
fn number(value: &FieldValue) -> Option<Measure> {
    let number = match value {
        FieldValue::Fact { fact: Fact::Count { number, certainty }, .. } => {
            return Some(Measure::Participants(*number, *certainty));
        }
        FieldValue::List(lines) => lines.len() as u64,
        FieldValue::Items(items) => items.len() as u64,
        _ => return None,
    };
    Some(Measure::Number(number))
}

fn date(value: &FieldValue) -> Option<Measure> {
    match value {
        FieldValue::Fact { fact: Fact::Date { date, .. }, .. } => Some(Measure::Date(*date)),
        _ => None,
    }
}

fn minimum_age(value: &FieldValue) -> Option<Measure> {
    match value {
        FieldValue::Fact { fact: Fact::Ages { minimum, .. }, .. } => age(*minimum),
        _ => None,
    }
}

fn maximum_age(value: &FieldValue) -> Option<Measure> {
    match value {
        FieldValue::Fact { fact: Fact::Ages { maximum, .. }, .. } => age(*maximum),
        _ => None,
    }
}

/// Hours and minutes are not set against anything.
fn age(age: Option<Age>) -> Option<Measure> {
    age?.by_calendar().map(Measure::Age)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::study::{FIELDS, Study};

    /// What is said of `field` where the studies state `values` at `path`.
    fn said(field: &str, path: &str, values: &[Value]) -> Vec<String> {
        let study = |value: &Value| {
            let nested = path.rsplit('.').fold(value.clone(), |value, key| json!({key: value}));
            Study::from(nested)
        };
        let studies: Vec<_> = values.iter().map(study).collect();
        let field = FIELDS.iter().find(|it| it.name == field).unwrap();
        let values: Vec<_> = studies.iter().map(|study| field.value(study)).collect();
        let gaps = gaps(field, &values);
        let less = |gap: &Gap| gap.less.map_or(String::new(), |less| format!(" than {less}"));
        gaps.iter().map(|gap| format!("{} {}{}", gap.of[0], gap.words, less(gap))).collect()
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
                &["1 starts about 14 months later"],
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
    fn what_is_not_known_alike_is_said_to_be_so() {
        const START: &str = "protocolSection.statusModule.startDateStruct";
        const INFO: &str = "protocolSection.designModule.enrollmentInfo";
        for (field, path, left, right, said_of) in [
            (
                "start",
                START,
                json!({"date": "2020-12"}),
                json!({"date": "2019-10"}),
                "0 starts 14 months later",
            ),
            (
                "start",
                START,
                json!({"date": "2019"}),
                json!({"date": "2020-12"}),
                "1 starts about 1 year later",
            ),
            (
                "enrollment",
                INFO,
                json!({"count": 400, "type": "ESTIMATED"}),
                json!({"count": 85, "type": "ACTUAL"}),
                "0 plans 315 more participants than enrolled",
            ),
            (
                "enrollment",
                INFO,
                json!({"count": 40, "type": "ESTIMATED"}),
                json!({"count": 85, "type": "ACTUAL"}),
                "1 enrolled 45 more participants than plans",
            ),
            (
                "enrollment",
                INFO,
                json!({"count": 40, "type": "ACTUAL"}),
                json!({"count": 85, "type": "ACTUAL"}),
                "1 enrolled 45 more participants",
            ),
            (
                "enrollment",
                INFO,
                json!({"count": 40}),
                json!({"count": 41, "type": "ESTIMATED"}),
                "1 plans 1 more participant than has",
            ),
        ] {
            assert_eq!(said(field, path, &[left, right]), [said_of], "{field}");
        }
    }
}
