//! How a registered trial is cited, in the style of the National Library of Medicine.

use crate::store::{Store, StudyIdx};
use crate::study::{Concept, PartialDate};

/// The citation of a study, seen on the day `today`. What is not known is left out.
pub fn citation(store: &Store, study: StudyIdx, today: Option<PartialDate>) -> String {
    let posted = store.date(study, Concept::FirstPosted).map(|stated| in_order(stated.date));
    let cited = today.map(|day| format!(" [cited {}]", in_order(day)));
    let id = store.id(study);
    let title = store.title(study).trim_end_matches('.');
    let dates = format!("{}{}", posted.unwrap_or_default(), cited.unwrap_or_default());
    let dates = if dates.is_empty() { String::new() } else { format!("; {}", dates.trim_start()) };
    format!(
        "ClinicalTrials.gov [Internet]. Bethesda (MD): National Library of Medicine (US). 2000 Feb 29 - . Identifier {id}, \
         {title}{dates}. Available from: {}",
        id.url()
    )
}

/// `2025 Sep 2`.
fn in_order(date: PartialDate) -> String {
    date.in_words().split(' ').rev().collect::<Vec<_>>().join(" ")
}
