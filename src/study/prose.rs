//! The prose of a record as passages: each criterion, each outcome, each paragraph of the summary by itself, and which
//! part of the record it belongs to. Words stand side by side only within one passage.
//!
//! What the criteria say of a passage is what [`eligibility`] says: nothing counts as inclusion or
//! exclusion of which that is not certain. It knows no index.

use super::eligibility::{self, Role};
use super::mend;
use super::summary::{List, Outcome, Text, Texts};
use crate::text::{clean_text, plain};

/// A part of a record's prose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    Inclusion,
    Exclusion,
    /// Criteria of which the record does not say, or not certainly, what they are.
    AsRegistered,
    /// The headings between criteria.
    Heading,
    Outcome,
    /// The brief summary.
    Summary,
    /// The detailed description.
    Description,
}

/// Some parts of the prose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Parts(u8);

impl Part {
    pub const ALL: [Self; 7] = [
        Self::Inclusion,
        Self::Exclusion,
        Self::AsRegistered,
        Self::Heading,
        Self::Outcome,
        Self::Summary,
        Self::Description,
    ];

    /// The part that criteria of a role are.
    pub(super) fn of(role: Role) -> Self {
        match role {
            Role::Inclusion => Self::Inclusion,
            Role::Exclusion => Self::Exclusion,
            Role::AsRegistered => Self::AsRegistered,
        }
    }
}

impl Parts {
    pub const ALL: Self = Self::of(&Part::ALL);

    pub const fn of(parts: &[Part]) -> Self {
        let (mut bits, mut at) = (0, 0);
        while at < parts.len() {
            bits |= 1 << parts[at] as u8;
            at += 1;
        }
        Self(bits)
    }

    pub const fn has(self, part: Part) -> bool {
        self.0 & 1 << part as u8 != 0
    }
}

/// Gives every passage of the record that belongs to one of `parts`, in reading order, without markup.
pub fn passages(
    json: &str,
    parts: Parts,
    mut give: impl FnMut(Part, &str),
) -> Result<(), serde_json::Error> {
    let mended;
    let texts = match serde_json::from_str(json) {
        Ok(texts) => texts,
        Err(error) => {
            mended = mend::mended(json).ok_or(error)?;
            serde_json::from_str::<Texts>(&mended.json)?
        }
    };
    let Texts { protocol, .. } = texts;
    let mut give = |part: Part, text: &str| {
        if parts.has(part) && !text.is_empty() {
            give(part, text);
        }
    };
    let description = &protocol.description;
    for (part, text) in
        [(Part::Summary, &description.summary), (Part::Description, &description.detailed)]
    {
        if parts.has(part) {
            paragraphs(text, |text| give(part, text));
        }
    }
    let of_criteria = [Part::Inclusion, Part::Exclusion, Part::AsRegistered, Part::Heading];
    if let Some(criteria) = protocol.eligibility.criteria.get()
        && of_criteria.iter().any(|&part| parts.has(part))
    {
        for section in eligibility::criteria(criteria).parts {
            give(Part::Heading, &section.heading);
            let part = Part::of(section.role);
            section.criteria.iter().for_each(|line| give(part, &line.text));
        }
    }
    if parts.has(Part::Outcome) {
        let outcomes = &protocol.outcomes;
        let lists: [&List<Outcome>; 3] = [&outcomes.primary, &outcomes.secondary, &outcomes.other];
        for outcome in lists.iter().flat_map(|list| &list.0) {
            for text in [&outcome.measure, &outcome.description, &outcome.time_frame] {
                paragraphs(text, |text| give(Part::Outcome, text));
            }
        }
    }
    Ok(())
}

/// Gives each paragraph of a text, on one line and without markup; blank lines stand between them.
fn paragraphs(text: &Text, mut give: impl FnMut(&str)) {
    let Some(text) = text.get() else { return };
    if !text.contains(['\n', '\r']) {
        return give(&plain(text));
    }
    let text = clean_text(text);
    let mut paragraph = String::new();
    for line in text.split('\n').chain([""]) {
        let line = line.trim();
        if !line.is_empty() {
            paragraph.push_str(line);
            paragraph.push(' ');
        } else if !paragraph.is_empty() {
            give(&plain(&paragraph));
            paragraph.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::study::made::made;

    fn shown(json: &str, parts: Parts) -> String {
        let mut shown: Vec<String> = Vec::new();
        passages(json, parts, |part, text| shown.push(format!("{part:?}: {text}/"))).unwrap();
        shown.concat()
    }

    #[test]
    fn every_passage_has_its_part() {
        let record = made(1)
            .at("descriptionModule.briefSummary", "One\ntwo\n\n**three**")
            .at("descriptionModule.detailedDescription", "R\\&D &lt; 4")
            .at(
                "eligibilityModule.eligibilityCriteria",
                "Inclusion Criteria:\n\n* adults\n\nExclusion Criteria:\n\n* hepatitis B\n",
            )
            .at(
                "outcomesModule.primaryOutcomes",
                json!([{"measure": "Survival", "timeFrame": "1 year"}]),
            )
            .at("outcomesModule.otherOutcomes", json!("Pain"))
            .json();
        assert_eq!(
            shown(&record, Parts::ALL),
            "Summary: One two/Summary: three/Description: R&D < 4/Heading: Inclusion Criteria/\
             Inclusion: adults/Heading: Exclusion Criteria/Exclusion: hepatitis B/\
             Outcome: Survival/Outcome: 1 year/Outcome: Pain/"
        );
        assert_eq!(shown(&record, Parts::of(&[Part::Exclusion])), "Exclusion: hepatitis B/");
        let unsplit = made(1).at("eligibilityModule.eligibilityCriteria", "Adults only").json();
        assert_eq!(shown(&unsplit, Parts::ALL), "AsRegistered: Adults only/");
        assert_eq!(
            shown(r#"{"protocolSection":{"descriptionModule":"x"}}"#, Parts::ALL),
            "Summary: x/"
        );
        assert!(passages("{", Parts::ALL, |_, _| ()).is_err());
    }
}
