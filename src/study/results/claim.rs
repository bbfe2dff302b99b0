//! What of the posted results stands in the tables. Whatever else a record has there, or has in
//! another form, is found here, so that it can be shown under its path.

use std::sync::LazyLock;

use serde_json::Value;

use super::Module;

/// What the tables of each module show: keys, and in brackets what they show below a key.
const CLAIMS: &[(Module, &str)] = &[
    (
        Module::Flow,
        "preAssignmentDetails recruitmentDetails typeUnitsAnalyzed groups(id title description) \
         periods(title milestones(type comment achievements(groupId comment numSubjects numUnits)) \
         dropWithdraws(type comment reasons(groupId comment numSubjects numUnits)))",
    ),
    (
        Module::Baseline,
        "populationDescription typeUnitsAnalyzed groups(id title description) \
         denoms(units counts(groupId comment value)) \
         measures(title description populationDescription paramType dispersionType unitOfMeasure \
         calculatePct denomUnitsSelected denoms(units counts(groupId comment value)) \
         classes(title denoms(units counts(groupId comment value)) categories(title \
         measurements(groupId value spread lowerLimit upperLimit comment))))",
    ),
    (
        Module::Outcomes,
        "outcomeMeasures(type title description populationDescription reportingStatus \
         anticipatedPostingDate paramType dispersionType unitOfMeasure calculatePct timeFrame \
         typeUnitsAnalyzed denomUnitsSelected groups(id title description) \
         denoms(units counts(groupId comment value)) \
         classes(title denoms(units counts(groupId comment value)) categories(title \
         measurements(groupId value spread lowerLimit upperLimit comment))) \
         analyses(paramType paramValue dispersionType dispersionValue statisticalMethod \
         statisticalComment pValue pValueComment ciNumSides ciPctValue ciLowerLimit ciUpperLimit \
         ciLowerLimitComment ciUpperLimitComment estimateComment testedNonInferiority \
         nonInferiorityType nonInferiorityComment otherAnalysisDescription groupDescription groupIds))",
    ),
    (
        Module::Events,
        "frequencyThreshold timeFrame description allCauseMortalityComment eventGroups(id title \
         description deathsNumAffected deathsNumAtRisk seriousNumAffected seriousNumAtRisk \
         otherNumAffected otherNumAtRisk) \
         seriousEvents(term organSystem sourceVocabulary assessmentType notes \
         stats(groupId comment numEvents numAffected numAtRisk)) \
         otherEvents(term organSystem sourceVocabulary assessmentType notes \
         stats(groupId comment numEvents numAffected numAtRisk))",
    ),
];

/// What is shown at a place and below it.
#[derive(Debug, Default)]
struct Claim {
    /// Nothing in here: whatever stands at the place is shown in words.
    below: Vec<(&'static str, Self)>,
}

static CLAIM: LazyLock<Vec<(Module, Claim)>> =
    LazyLock::new(|| CLAIMS.iter().map(|&(module, text)| (module, claim(&mut { text }))).collect());

/// Reads a claim up to the bracket that closes it.
fn claim(text: &mut &'static str) -> Claim {
    let mut claim = Claim::default();
    loop {
        *text = text.trim_start();
        let end = text.find([' ', '(', ')']).unwrap_or(text.len());
        let (key, rest) = text.split_at(end);
        *text = rest;
        let below = match text.strip_prefix('(') {
            Some(inner) => {
                *text = inner;
                self::claim(text)
            }
            None => Claim::default(),
        };
        if !key.is_empty() {
            claim.below.push((key, below));
        }
        if text.is_empty() {
            return claim;
        }
        if let Some(rest) = text.strip_prefix(')') {
            *text = rest;
            return claim;
        }
    }
}

/// A step to what no table shows: a key, or a place in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::study) enum Step<'a> {
    Key(&'a str),
    Place(usize),
}

/// Something that no table shows, and the way to it from its module.
pub(in crate::study) type Unclaimed<'a> = (Vec<Step<'a>>, &'a Value);

/// What no table of `module` shows of `value`, which stands at its path.
pub(in crate::study) fn unclaimed(module: Module, value: &Value) -> Vec<Unclaimed<'_>> {
    let mut found = Vec::new();
    if let Some((_, claim)) = CLAIM.iter().find(|(known, _)| *known == module) {
        match value {
            Value::Object(_) => gather(claim, value, &mut Vec::new(), &mut found),
            other => found.push((Vec::new(), other)),
        }
    }
    found
}

fn gather<'a>(
    claim: &Claim,
    value: &'a Value,
    steps: &mut Vec<Step<'a>>,
    found: &mut Vec<Unclaimed<'a>>,
) {
    if claim.below.is_empty() {
        return;
    }
    match value {
        Value::Object(parts) => {
            for (key, value) in parts {
                let known = claim.below.iter().find(|(known, _)| *known == key);
                steps.push(Step::Key(key));
                match known {
                    Some((_, claim)) => gather(claim, value, steps, found),
                    None => found.push((steps.clone(), value)),
                }
                steps.pop();
            }
        }
        Value::Array(entries) => {
            for (place, value) in entries.iter().enumerate() {
                steps.push(Step::Place(place));
                match value {
                    Value::Object(_) => gather(claim, value, steps, found),
                    Value::Null => (),
                    other => found.push((steps.clone(), other)),
                }
                steps.pop();
            }
        }
        Value::Null => (),
        other => found.push((steps.clone(), other)),
    }
}
