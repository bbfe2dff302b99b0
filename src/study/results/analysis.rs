//! The statistical analyses of an outcome.

use serde_json::Value;

use super::group::Groups;
use super::{ResultsTable, list, said, without_empty};
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

/// `95 %, two-sided: 0.81 to 1.2`.
fn interval(analysis: &Value) -> String {
    let percent = said(analysis, "ciPctValue").map(|percent| format!("{percent} %"));
    let sides = said(analysis, "ciNumSides").map(|code| label(SIDES, &code).to_lowercase());
    let kind: Vec<String> = [percent, sides].into_iter().flatten().collect();
    let limits = match [said(analysis, "ciLowerLimit"), said(analysis, "ciUpperLimit")] {
        [None, None] => None,
        [Some(lower), None] => Some(format!("from {lower}")),
        [None, Some(upper)] => Some(format!("up to {upper}")),
        [Some(lower), Some(upper)] => Some(format!("{lower} to {upper}")),
    };
    let kind = Some(kind.join(", ")).filter(|kind| !kind.is_empty());
    [kind, limits].into_iter().flatten().collect::<Vec<_>>().join(": ")
}

/// What is said of single analyses; what is said of several stands once.
fn remarks(analyses: &[Value]) -> Vec<Detail> {
    let mut remarks: Vec<(&str, Vec<String>, FieldValue)> = Vec::new();
    for (index, analysis) in analyses.iter().enumerate() {
        for &(path, name) in COMMENTS {
            let Some(Detail { value, .. }) = super::prose("", analysis, path) else { continue };
            let number = (index + 1).to_string();
            match remarks.iter_mut().find(|(known, _, said)| *known == name && *said == value) {
                Some((_, numbers, _)) => numbers.push(number),
                None => remarks.push((name, vec![number], value)),
            }
        }
    }
    let remark = |(name, numbers, value): (&str, Vec<String>, FieldValue)| {
        let noun = if numbers.len() == 1 { "analysis" } else { "analyses" };
        Detail::new(format!("{name}, {noun} {}", numbers.join(", ")), value)
    };
    remarks.into_iter().map(remark).collect()
}
