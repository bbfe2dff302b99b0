//! Values that several paths say together, in the words that people use.

use serde_json::Value;

use super::read::{Read, certainty, each, in_words, line};
use super::shape::EXPANDED_ACCESS;
use crate::study::eligibility::criteria;
use crate::study::phases_in_words;
use crate::study::record::{at, words};
use crate::study::terms::{CERTAINTY, MASKING, SEX, STANDARD_AGE, WHO_MASKED};
use crate::study::value::{Fact, FieldValue};
use crate::study::{Age, Concept};
use crate::text::grouped;

const DESIGN: &str = "protocolSection.designModule";
pub(super) const EXPANDED_ACCESS_INFO: &str = "protocolSection.statusModule.expandedAccessInfo";
pub(super) const NO_ANALYSIS_PLAN: &str = "documentSection.largeDocumentModule.noSap";
const ELIGIBILITY: &str = "protocolSection.eligibilityModule";

fn within<'a>(record: &'a Value, module: &str, path: &str) -> &'a [Value] {
    at(record, module).map_or(&[], |module| each(module, path))
}

fn said(record: &Value, module: &str, path: &str) -> Option<String> {
    words(at(at(record, module)?, path)?)
}

/// `Phase 1/2`; with a phase that has no number, `Early Phase 1, Phase 2`.
pub(super) fn phases(record: &Value) -> FieldValue {
    let codes: Vec<String> = within(record, DESIGN, "phases").iter().filter_map(words).collect();
    line(Some(phases_in_words(&codes.iter().map(String::as_str).collect::<Vec<_>>())))
}

/// `30 participants (estimated)`.
pub(super) fn enrollment(record: &Value) -> FieldValue {
    let stated = said(record, DESIGN, "enrollmentInfo.count");
    let count = stated.as_ref().map(|count| {
        let noun = if count == "1" { "participant" } else { "participants" };
        format!("{} {noun}", in_thousands(count))
    });
    let codes = within(record, DESIGN, "enrollmentInfo.type");
    let certain = in_words(CERTAINTY, codes).map(|certainty| format!("({certainty})"));
    match (spaced(count, certain), stated.and_then(|count| count.parse().ok())) {
        (FieldValue::Line(words), Some(number)) => {
            FieldValue::Fact { words, fact: Fact::Count { number, certainty: certainty(codes) } }
        }
        (value, _) => value,
    }
}

/// `Double (participant, investigator)`.
pub(super) fn masking(record: &Value) -> FieldValue {
    let masking = in_words(MASKING, within(record, DESIGN, "designInfo.maskingInfo.masking"));
    let who = in_words(WHO_MASKED, within(record, DESIGN, "designInfo.maskingInfo.whoMasked"));
    spaced(masking, who.map(|who| format!("({})", who.to_lowercase())))
}

/// `All sexes · 18 to 70 years · no healthy volunteers`; where one of them is stated, of the others it is
/// said that they are not.
pub(super) fn who(record: &Value) -> FieldValue {
    let sex = in_words(SEX, within(record, ELIGIBILITY, "sex"))
        .map(|sex| if sex == "All" { "All sexes".to_owned() } else { sex });
    let age = |path| said(record, ELIGIBILITY, path);
    let limits = [age("minimumAge"), age("maximumAge")];
    let [minimum, maximum] =
        limits.each_ref().map(|age| age.as_ref().and_then(|age| age.parse::<Age>().ok()));
    let ages = ages(limits.map(|age| age.map(|age| age.to_lowercase())), [minimum, maximum]);
    // The registry derives the groups from the limits: where there are none, everyone is in one.
    let groups = in_words(STANDARD_AGE, within(record, ELIGIBILITY, "stdAges"));
    let ages = ages.or_else(|| Some(format!("no age limit stated ({})", groups?)));
    let volunteers =
        said(record, ELIGIBILITY, "healthyVolunteers").map(|said| match said.as_str() {
            "Yes" => "healthy volunteers accepted".to_owned(),
            "No" => "no healthy volunteers".to_owned(),
            other => format!("healthy volunteers: {other}"),
        });
    let parts = [(sex, "sex"), (ages, "age"), (volunteers, "healthy volunteers")];
    let stated = parts.iter().any(|(part, _)| part.is_some());
    let parts = parts.map(|(part, name)| part.unwrap_or_else(|| format!("{name} not stated")));
    match line(stated.then(|| parts.join(" · "))) {
        FieldValue::Line(words) if minimum.is_some() || maximum.is_some() => {
            FieldValue::Fact { words, fact: Fact::Ages { minimum, maximum } }
        }
        value => value,
    }
}

/// The ages as they are stated; where both have the same unit, and the same form of it, with that unit once.
fn ages(stated: [Option<String>; 2], known: [Option<Age>; 2]) -> Option<String> {
    match (stated, known) {
        (_, [Some(minimum), Some(maximum)])
            if minimum.unit == maximum.unit && (minimum.number == 1) == (maximum.number == 1) =>
        {
            Some(format!("{} to {maximum}", minimum.number))
        }
        ([Some(minimum), Some(maximum)], _) => Some(format!("{minimum} to {maximum}")),
        ([Some(minimum), None], _) => Some(format!("{minimum} and older")),
        ([None, Some(maximum)], _) => Some(format!("up to {maximum}")),
        ([None, None], _) => None,
    }
}

/// How many sites the record lists; none at all is not stated.
pub(super) fn site_count(record: &Value) -> FieldValue {
    let count = sites(record).count();
    line((count > 0).then(|| grouped(count as u64)))
}

/// The countries of the sites, each once, in the order of the record.
pub(super) fn countries(record: &Value) -> FieldValue {
    let mut countries = Vec::new();
    for country in sites(record).filter_map(|site| words(at(site, "country")?)) {
        if !countries.contains(&country) {
            countries.push(country);
        }
    }
    if countries.is_empty() { FieldValue::NotStated } else { FieldValue::List(countries) }
}

/// The sites that say something.
fn sites(record: &Value) -> impl Iterator<Item = &Value> {
    each(record, Concept::Sites.path()).iter().filter(|site| words(site).is_some())
}

/// Whether there is expanded access. A record of expanded access is not asked; what it says all the same
/// is left to the end of the document.
pub(super) fn expanded_access(record: &Value) -> FieldValue {
    let value = Read::One(EXPANDED_ACCESS_INFO, EXPANDED_ACCESS).of(record);
    let is_one = said(record, DESIGN, "studyType").is_some_and(|code| code == "EXPANDED_ACCESS");
    match value {
        FieldValue::Line(words) if is_one && words == "No" => FieldValue::NotStated,
        value => value,
    }
}

/// The statistical analysis plan, of which records say only that there is none.
pub(super) fn analysis_plan(record: &Value) -> FieldValue {
    let none = at(record, NO_ANALYSIS_PLAN).and_then(words);
    line(none.map(|none| match none.as_str() {
        "Yes" => "none exists".to_owned(),
        "No" => "not said to be missing".to_owned(),
        other => other.to_owned(),
    }))
}

/// The eligibility criteria, split.
pub(super) fn eligibility_criteria(record: &Value) -> FieldValue {
    match at(record, ELIGIBILITY).and_then(|module| at(module, "eligibilityCriteria")) {
        Some(Value::String(text)) if text.trim().is_empty() => FieldValue::NotStated,
        Some(Value::String(text)) => {
            let split = FieldValue::Criteria(criteria(text));
            // A heading with nothing below it is still what the record says.
            if split.lines().is_empty() { FieldValue::Prose(text.clone()) } else { split }
        }
        other => line(other.and_then(words)),
    }
}

fn spaced(text: Option<String>, note: Option<String>) -> FieldValue {
    line(Some(text.into_iter().chain(note).collect::<Vec<_>>().join(" ")))
}

/// A number with commas between its thousands; other text as it stands.
fn in_thousands(number: &str) -> String {
    if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return number.to_owned();
    }
    let mut grouped = String::new();
    for (place, digit) in number.chars().enumerate() {
        if place > 0 && (number.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn eligibility(module: &Value) -> Option<String> {
        who(&json!({"protocolSection": {"eligibilityModule": module}})).in_line()
    }

    #[test]
    fn a_heading_alone_is_shown() {
        for text in ["Inclusion Criteria:", "Inclusion Criteria:\n\nExclusion Criteria:"] {
            let record =
                json!({"protocolSection": {"eligibilityModule": {"eligibilityCriteria": text}}});
            assert!(!eligibility_criteria(&record).lines().is_empty(), "{text}");
        }
        assert_eq!(eligibility_criteria(&json!({})), FieldValue::NotStated);
    }

    #[test]
    fn sites_are_counted_and_their_countries_named_once() {
        let said = |locations: Value| {
            let record =
                json!({"protocolSection": {"contactsLocationsModule": {"locations": locations}}});
            [site_count(&record), countries(&record)].map(|value| value.in_line())
        };
        let stated =
            |count: &str, countries: &str| [count, countries].map(|it| Some(it.to_owned()));
        let site = |country: &str| json!({"facility": "A", "country": country});
        assert_eq!(said(json!([])), [None, None]);
        assert_eq!(said(json!([{}, null])), [None, None]);
        assert_eq!(said(json!([{"city": "Rome"}])), [Some("1".to_owned()), None]);
        assert_eq!(
            said(json!([site("Peru"), site("Chad"), site("Peru"), {"city": "x"}])),
            stated("4", "Peru; Chad")
        );
        assert_eq!(said(site("Peru")), stated("1", "Peru"));
    }

    fn design(module: &Value) -> Value {
        json!({"protocolSection": {"designModule": module}})
    }

    #[test]
    fn who_can_take_part_is_said_in_one_line() {
        for (module, said) in [
            (
                json!({"sex": "ALL", "minimumAge": "18 Years", "maximumAge": "70 Years", "healthyVolunteers": false}),
                "All sexes · 18 to 70 years · no healthy volunteers",
            ),
            (
                json!({"sex": "FEMALE", "minimumAge": "18 Years"}),
                "Female · 18 years and older · healthy volunteers not stated",
            ),
            (
                json!({"minimumAge": "6 Months", "maximumAge": "1 Year"}),
                "sex not stated · 6 months to 1 year · healthy volunteers not stated",
            ),
            (
                json!({"maximumAge": "18 Minutes", "healthyVolunteers": true}),
                "sex not stated · up to 18 minutes · healthy volunteers accepted",
            ),
            (
                json!({"minimumAge": 18, "maximumAge": ["70"]}),
                "sex not stated · 18 to 70 · healthy volunteers not stated",
            ),
            (
                json!({"sex": "ALL", "stdAges": ["CHILD", "ADULT", "OLDER_ADULT"], "healthyVolunteers": true}),
                "All sexes · no age limit stated (Child, Adult, Older adult) · healthy volunteers accepted",
            ),
            (
                json!({"minimumAge": "18 Years", "stdAges": ["ADULT", "OLDER_ADULT"]}),
                "sex not stated · 18 years and older · healthy volunteers not stated",
            ),
            (
                json!({"sex": "OTHER", "healthyVolunteers": "some"}),
                "OTHER · age not stated · healthy volunteers: some",
            ),
        ] {
            assert_eq!(eligibility(&module).as_deref(), Some(said));
        }
        assert_eq!(eligibility(&json!({})), None);
        assert_eq!(eligibility(&json!([])), None);
    }

    #[test]
    fn what_would_mislead_is_said_the_right_way_round() {
        let access = |kind: &str, access: Value| {
            expanded_access(&json!({"protocolSection": {
                "designModule": {"studyType": kind},
                "statusModule": {"expandedAccessInfo": access},
            }}))
        };
        let no = json!({"hasExpandedAccess": false});
        assert_eq!(access("INTERVENTIONAL", no.clone()).in_line().as_deref(), Some("No"));
        assert_eq!(access("EXPANDED_ACCESS", no), FieldValue::NotStated);
        let other = json!({"hasExpandedAccess": false, "nctId": "NCT00000102"});
        let other = access("EXPANDED_ACCESS", other).in_line();
        assert_eq!(other.as_deref(), Some("No · NCT00000102"));
        let plan = |said: Value| {
            analysis_plan(&json!({"documentSection": {"largeDocumentModule": {"noSap": said}}}))
        };
        assert_eq!(plan(json!(true)).in_line().as_deref(), Some("none exists"));
        assert_eq!(plan(json!(null)), FieldValue::NotStated);
    }

    #[test]
    fn designs_are_said_in_words() {
        for (module, read, said) in [
            (
                json!({"phases": ["PHASE1", "PHASE2"]}),
                phases as fn(&Value) -> FieldValue,
                Some("Phase 1/2"),
            ),
            (json!({"phases": ["EARLY_PHASE1"]}), phases, Some("Early Phase 1")),
            (json!({"phases": ["EARLY_PHASE1", "PHASE9"]}), phases, Some("Early Phase 1, PHASE9")),
            (json!({"phases": ["NA"]}), phases, Some("Not applicable")),
            (json!({"phases": []}), phases, None),
            (
                json!({"enrollmentInfo": {"count": 30, "type": "ESTIMATED"}}),
                enrollment,
                Some("30 participants (estimated)"),
            ),
            (
                json!({"enrollmentInfo": {"count": 3_239_950}}),
                enrollment,
                Some("3,239,950 participants"),
            ),
            (
                json!({"enrollmentInfo": {"count": "about 1"}}),
                enrollment,
                Some("about 1 participants"),
            ),
            (json!({"enrollmentInfo": {"count": 1}}), enrollment, Some("1 participant")),
            (json!({"enrollmentInfo": {}}), enrollment, None),
            (
                json!({"designInfo": {"maskingInfo": {"masking": "NONE"}}}),
                masking,
                Some("None (open label)"),
            ),
            (
                json!({"designInfo": {"maskingInfo": {"masking": "DOUBLE", "whoMasked": ["PARTICIPANT", "CARE_PROVIDER"]}}}),
                masking,
                Some("Double (participant, care provider)"),
            ),
        ] {
            assert_eq!(read(&design(&module)).in_line().as_deref(), said, "{module}");
        }
    }
}
