//! The statistical analyses of an outcome.

use serde_json::Value;

use super::group::Groups;
use super::{ResultsTable, list, prose, said, without_empty};
use crate::study::record::words;
use crate::study::terms::{DISPERSION, HYPOTHESIS, SIDES, label};
use crate::study::value::{Detail, FieldValue};
use crate::text::{Head, Table};

/// The comments on an analysis: where they stand and what they are called.
const COMMENTS: &[(&str, &str)] = &[
    ("groupDescription", "Compared"),
    ("nonInferiorityComment", "Hypothesis"),
    ("statisticalComment", "Method"),
    ("pValueComment", "p-value"),
    ("estimateComment", "Estimate"),
    ("ciLowerLimitComment", "Lower limit"),
    ("ciUpperLimitComment", "Upper limit"),
    ("otherAnalysisDescription", "Other analysis"),
];

/// One row for each analysis.
pub(super) fn table(outcome: &Value) -> ResultsTable {
    let groups = Groups::new(outcome, "groups");
    let analyses = list(outcome, "analyses");
    let head = [
        Head::words("Groups compared"),
        Head::words("Hypothesis"),
        Head::words("Method"),
        Head::numbers("p"),
        Head::words("Estimate"),
        Head::words("Interval"),
        Head::words("Dispersion"),
    ];
    let rows = analyses.iter().enumerate().map(|(index, analysis)| {
        let compared: Vec<String> = list(analysis, "groupIds").iter().filter_map(words).collect();
        let compared: Vec<&str> = compared.iter().map(|id| groups.title(id)).collect();
        let named = |terms, path: &str| said(analysis, path).map(|it| label(terms, &it).to_owned());
        let joined =
            |parts: [Option<String>; 2]| parts.into_iter().flatten().collect::<Vec<_>>().join(": ");
        let tested = said(analysis, "testedNonInferiority");
        let tested = tested.map(|tested| format!("non-inferiority tested: {tested}"));
        let hypothesis = [named(HYPOTHESIS, "nonInferiorityType"), tested];
        vec![
            format!("{}. {}", index + 1, compared.join(" / ")),
            hypothesis.into_iter().flatten().collect::<Vec<_>>().join("; "),
            said(analysis, "statisticalMethod").unwrap_or_default(),
            said(analysis, "pValue").unwrap_or_default(),
            joined([said(analysis, "paramType"), said(analysis, "paramValue")]),
            interval(analysis),
            joined([named(DISPERSION, "dispersionType"), said(analysis, "dispersionValue")]),
        ]
    });
    let rows = rows.collect();
    let mut table = Table { head: head.to_vec(), rows };
    without_empty(&mut table, 1);
    ResultsTable { table, remarks: remarks(analyses), ..ResultsTable::default() }
}

/// `95 %, two-sided: 0.81 to 1.2`; nothing where no limit is stated.
fn interval(analysis: &Value) -> String {
    let limits = match [said(analysis, "ciLowerLimit"), said(analysis, "ciUpperLimit")] {
        [None, None] => return String::new(),
        [Some(lower), None] => format!("from {lower}"),
        [None, Some(upper)] => format!("up to {upper}"),
        [Some(lower), Some(upper)] => format!("{lower} to {upper}"),
    };
    [confidence(analysis), Some(limits)].into_iter().flatten().collect::<Vec<_>>().join(": ")
}

/// `95 %, two-sided`.
fn confidence(analysis: &Value) -> Option<String> {
    let percent = said(analysis, "ciPctValue").map(|percent| format!("{percent} %"));
    let sides = said(analysis, "ciNumSides").map(|code| label(SIDES, &code).to_lowercase());
    let parts: Vec<String> = [percent, sides].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The confidence that an analysis states without an interval.
fn without_limits(analysis: &Value) -> Option<FieldValue> {
    let level = confidence(analysis).filter(|_| interval(analysis).is_empty());
    level.map(FieldValue::Line)
}

/// What is said of single analyses; what is said of several stands once.
fn remarks(analyses: &[Value]) -> Vec<Detail> {
    let mut remarks: Vec<(&str, Vec<String>, FieldValue)> = Vec::new();
    for (index, analysis) in analyses.iter().enumerate() {
        let mut add = |name, value: Option<FieldValue>| {
            let Some(value) = value else { return };
            let number = (index + 1).to_string();
            match remarks.iter_mut().find(|(known, _, said)| *known == name && *said == value) {
                Some((_, numbers, _)) => numbers.push(number),
                None => remarks.push((name, vec![number], value)),
            }
        };
        for &(path, name) in COMMENTS {
            add(name, prose("", analysis, path).map(|detail| detail.value));
        }
        add("Confidence level without an interval", without_limits(analysis));
    }
    let remark = |(name, numbers, value): (&str, Vec<String>, FieldValue)| {
        let noun = if numbers.len() == 1 { "analysis" } else { "analyses" };
        Detail::new(format!("{name}, {noun} {}", numbers.join(", ")), value)
    };
    remarks.into_iter().map(remark).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_interval_has_limits() {
        for (analysis, shown) in [
            (
                json!({"ciPctValue": "95", "ciNumSides": "TWO_SIDED", "ciLowerLimit": "0.8", "ciUpperLimit": "1.2"}),
                "95 %, two-sided: 0.8 to 1.2",
            ),
            (json!({"ciPctValue": "95", "ciLowerLimit": "0.8"}), "95 %: from 0.8"),
            (json!({"ciUpperLimit": "1.2"}), "up to 1.2"),
            (json!({"ciPctValue": "95", "ciNumSides": "TWO_SIDED"}), ""),
            (json!({}), ""),
        ] {
            assert_eq!(interval(&analysis), shown);
        }
        let level = json!({"ciPctValue": "95", "pValue": "0.1"});
        let made = table(&json!({"analyses": [level, level]}));
        assert!(made.table.head.iter().all(|head| head.title != "Interval"));
        let remarks: Vec<String> = made.remarks.iter().map(|it| it.label.clone()).collect();
        assert_eq!(remarks, ["Confidence level without an interval, analyses 1, 2"]);
    }
}
