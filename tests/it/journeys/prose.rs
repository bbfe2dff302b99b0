//! Asking prose: what is found, what is told of it, and where it is highlighted.

use super::journey::Journey;
use crate::made::{Made, made};

fn studies() -> Vec<Made> {
    let criteria =
        |number, text: &str| made(number).at("eligibilityModule.eligibilityCriteria", text);
    vec![
        criteria(
            1,
            "Inclusion Criteria:\n\n* adults\n\nExclusion Criteria:\n\n* active hepatitis B",
        ),
        criteria(
            2,
            "Inclusion Criteria:\n\n* chronic hepatitis\n\nExclusion Criteria:\n\n* tumour",
        ),
        criteria(3, "Adults with hepatitis"),
        made(4).at("descriptionModule.briefSummary", "Hepatitis and tumours"),
    ]
}

#[test]
fn prose_is_asked_by_its_fields_alone() {
    let journey = Journey::on(&studies()).press("/ hepatitis").finds(0);
    let journey = journey.press("<ctrl-u> excl:hepat").finds(1).sees("NCT00000001");
    let journey = journey.sees("1 has criteria that are not split; crit: looks there too");
    let journey = journey.press("<ctrl-u> crit:hepatitis").finds(3);
    let journey = journey.press("<ctrl-u> text:hepatitis").finds(4);
    let journey = journey.press("<ctrl-u> excl:\"hepatitis<space>active\"").finds(0);
    let journey = journey.press("~0").finds(1);
    journey.press("<ctrl-u> -excl:hepatitis").finds(3).sees("1 of these has criteria");
}

#[test]
fn other_spellings_are_added_and_told() {
    let journey = Journey::on(&studies()).press("/ text:tumor").finds(2);
    journey.sees("+ tumour, tumours 2").press("<ctrl-x>").finds(0);
}
