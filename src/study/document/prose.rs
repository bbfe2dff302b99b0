//! Which lines of a study, as it is shown, are which part of its prose.

use crate::study::eligibility::Told;
use crate::study::field::FIELDS;
use crate::study::prose::Part;
use crate::study::value::{Detail, FieldValue};

/// For each line of a detail, as it is shown, which part of the prose it is.
pub fn parts_of_lines(detail: &Detail) -> Vec<Option<Part>> {
    let count = detail.lines().len();
    if let FieldValue::Criteria(criteria) = &detail.value {
        let told = criteria.told_lines().into_iter().map(|(told, _)| match told {
            Told::Title => Some(Part::Heading),
            Told::Criterion(role) => Some(Part::of(role)),
            Told::Nothing => None,
        });
        let told: Vec<Option<Part>> = told.collect();
        // The label stands above them.
        return vec![None; count.saturating_sub(told.len())].into_iter().chain(told).collect();
    }
    let field = FIELDS.iter().find(|field| field.label == detail.label);
    let part = field.and_then(|field| field.paths().into_iter().find_map(part_at));
    vec![part; count]
}

/// The part that stands at a path; criteria are of several.
fn part_at(path: &str) -> Option<Part> {
    match path.strip_prefix("protocolSection.")? {
        "descriptionModule.briefSummary" => Some(Part::Summary),
        "descriptionModule.detailedDescription" => Some(Part::Description),
        "outcomesModule.primaryOutcomes"
        | "outcomesModule.secondaryOutcomes"
        | "outcomesModule.otherOutcomes" => Some(Part::Outcome),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::study::Study;
    use crate::study::document::document;
    use crate::study::made::made;

    #[test]
    fn every_line_that_is_shown_has_its_part() {
        let record = made(1)
            .at("descriptionModule.briefSummary", "One\n\ntwo")
            .at(
                "eligibilityModule.eligibilityCriteria",
                "Inclusion Criteria:\n\n* adults\n\nExclusion Criteria:\n\n* hepatitis B\n",
            )
            .at("outcomesModule.primaryOutcomes", json!([{"measure": "Pain", "timeFrame": "1 d"}]));
        let study = Study::from(record.value());
        let mut shown: Vec<String> = Vec::new();
        for detail in document(&study).sections.iter().flat_map(|it| &it.details) {
            let parts = parts_of_lines(detail);
            assert_eq!(parts.len(), detail.lines().len());
            for (part, line) in parts.into_iter().zip(detail.lines()) {
                shown.extend(part.map(|part| format!("{part:?} {}", line.text())));
            }
        }
        shown.retain(|line| !line.ends_with(' '));
        assert_eq!(
            shown,
            [
                "Summary Brief summary:",
                "Summary One",
                "Summary two",
                "Heading Inclusion criteria",
                "Inclusion adults",
                "Heading Exclusion criteria",
                "Exclusion hepatitis B",
                "Outcome Primary outcomes:",
                "Outcome Pain",
                "Outcome Time frame: 1 d",
            ]
        );
    }
}
