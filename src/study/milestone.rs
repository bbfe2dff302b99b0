//! The dates of a study as events in time. Knows nothing of how they are drawn.

use super::Certainty;
use super::calendar::Span;
use super::value::{Fact, FieldValue};
use super::{FIELDS, Field, PartialDate, Read, Study};

/// Something that happened, or is to happen, at a stated date.
#[derive(Clone, Debug, PartialEq)]
pub struct Milestone {
    /// What the field of the date is called: `Primary completion`.
    pub label: &'static str,
    /// What the record says, in words: `Oct 2019 (estimated)`.
    pub said: String,
    /// `None` when what is stated is no date.
    pub date: Option<PartialDate>,
    pub certainty: Certainty,
}

impl Milestone {
    /// All the days that can be meant.
    pub fn span(&self) -> Option<Span> {
        self.date.map(Span::of)
    }
}

/// The dates that the study states, in the order of [`FIELDS`].
///
/// Source: the dates of `protocolSection.statusModule`.
pub fn milestones(study: &Study) -> Vec<Milestone> {
    let milestones = dates().filter_map(|field| {
        let (said, date, certainty) = match field.value(study) {
            FieldValue::Fact { words, fact: Fact::Date { date, certainty } } => {
                (words, Some(date), certainty)
            }
            value => (value.in_line()?, None, Certainty::Unstated),
        };
        Some(Milestone { label: field.label, said, date, certainty })
    });
    milestones.collect()
}

/// The fields that are dates of the study or of its record.
fn dates() -> impl Iterator<Item = &'static Field> {
    let is_date = |field: &&Field| matches!(field.read, Read::Date(path) if path.starts_with("protocolSection.statusModule."));
    FIELDS.iter().filter(is_date)
}

/// What milestones are called, in the order of [`FIELDS`].
pub fn labels() -> impl Iterator<Item = &'static str> {
    dates().map(|field| field.label)
}

/// How many take part, in words, as the field of that name says it: `30 participants (estimated)`.
pub fn enrollment(study: &Study) -> Option<String> {
    FIELDS.iter().find(|field| field.name == "enrollment")?.value(study).in_line()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::Certainty::{Actual, Estimated, Unstated};
    use super::*;

    #[test]
    fn dates_are_events_with_all_the_days_they_can_mean() {
        let study = Study::from(json!({"protocolSection": {
            "designModule": {"enrollmentInfo": {"count": 30, "type": "ESTIMATED"}},
            "statusModule": {
                "startDateStruct": {"date": "2013-05", "type": "ACTUAL"},
                "completionDateStruct": {"date": "2100-12-31", "type": "ESTIMATED"},
                "primaryCompletionDateStruct": {"date": "soon"},
                "studyFirstSubmitDate": "2013-01-02",
                "lastUpdatePostDateStruct": 2014,
                "statusVerifiedDate": null,
                "expandedAccessInfo": {"hasExpandedAccess": false},
            },
        }}));
        let found = milestones(&study);
        let seen: Vec<_> = found
            .iter()
            .map(|it| {
                (it.label, it.said.as_str(), it.span().map(|span| span.last.date().to_string()))
            })
            .collect();
        assert_eq!(
            seen,
            [
                ("Start", "May 2013 (actual)", Some("2013-05-31".to_owned())),
                ("Primary completion", "soon", None),
                ("Completion", "31 Dec 2100 (estimated)", Some("2100-12-31".to_owned())),
                ("First submitted", "2 Jan 2013", Some("2013-01-02".to_owned())),
                ("Last update posted", "2014", Some("2014-12-31".to_owned())),
            ]
        );
        let certainty: Vec<_> = found.iter().map(|it| it.certainty).collect();
        assert_eq!(certainty, [Actual, Unstated, Estimated, Unstated, Unstated]);
        assert_eq!(enrollment(&study).as_deref(), Some("30 participants (estimated)"));
    }

    #[test]
    fn a_study_without_dates_has_no_milestones() {
        for record in [json!({}), json!({"protocolSection": {"statusModule": []}})] {
            let study = Study::from(record);
            assert_eq!((milestones(&study), enrollment(&study)), (Vec::new(), None));
        }
    }
}
