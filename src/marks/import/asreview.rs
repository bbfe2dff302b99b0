//! What ASReview adds to records: a label, a note, tags and a name, in columns of tables and in notes of RIS.

use super::{Opinion, line, note};
use crate::marks::event::Decision;

/// The columns in which ASReview and its users keep labels, the strongest first.
pub(super) const LABELS: [&str; 10] = [
    // What ASReview adds counts before what it was given.
    "asreview_label",
    "included",
    "label",
    "final_included",
    "label_included",
    "included_label",
    "included_final",
    "included_flag",
    "include",
    "asreview_included",
];

/// Before the names of the columns that say which tags a record has.
const TAG: &str = "asreview_tag_";

/// What a label decides; `Err` if it is none.
pub(super) fn decision(label: &str) -> Result<Option<Decision>, String> {
    match label.trim().to_lowercase().as_str() {
        "1" | "1.0" | "yes" | "y" | "true" => Ok(Some(Decision::Include)),
        "0" | "0.0" | "no" | "n" | "false" => Ok(Some(Decision::Exclude)),
        "" | "-1" | "-1.0" | "nan" | "na" | "<na>" | "none" | "null" => Ok(None),
        // A person has written it.
        other => other.parse().map(Some).map_err(|_| {
            let other = crate::text::cut(label.trim(), 40);
            format!("“{other}” is no label: labels are 1, 0 or nothing")
        }),
    }
}

/// Takes in a column of ASReview; says whether it is one.
pub(super) fn take(opinion: &mut Opinion, name: &str, value: &str) -> bool {
    match name {
        "asreview_note" | "exported_notes_1" => opinion.note = note(value),
        "asreview_user_name" => opinion.by = line(value),
        "asreview_tags" => {
            let names = value.trim_matches(['[', ']']).split(',');
            let names = names.filter_map(|name| line(name.trim().trim_matches(['"', '\''])));
            opinion.tags.extend(names);
        }
        _ => match name.strip_prefix(TAG) {
            Some(tag) => {
                let is_set = decision(value) == Ok(Some(Decision::Include));
                opinion.tags.extend(line(tag).filter(|_| is_set));
            }
            None => return name.starts_with("asreview_"),
        },
    }
    true
}

/// A label in a note of RIS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    Decided(Decision),
    NotSeen,
}

/// The label that a note of RIS has, by itself or among other words.
pub(super) fn label(note: &str) -> Option<Label> {
    let mut words = note.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    words.find_map(|word| match word {
        "ASReview_relevant" => Some(Label::Decided(Decision::Include)),
        "ASReview_irrelevant" => Some(Label::Decided(Decision::Exclude)),
        "ASReview_not_seen" => Some(Label::NotSeen),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_one_zero_or_nothing() {
        for (text, expected) in [
            ("1", Ok(Some(Decision::Include))),
            ("0.0", Ok(Some(Decision::Exclude))),
            ("", Ok(None)),
            ("-1", Ok(None)),
            ("Excluded", Ok(Some(Decision::Exclude))),
        ] {
            assert_eq!(decision(text), expected, "{text}");
        }
        for text in ["2", "-2", "banana", "1;0"] {
            assert!(decision(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_label_is_a_whole_word() {
        let [include, exclude] = [Decision::Include, Decision::Exclude].map(Label::Decided);
        assert_eq!(label("<p>ASReview_relevant</p>"), Some(include));
        assert_eq!(label("mine: ASReview_irrelevant, ASReview_prior"), Some(exclude));
        assert_eq!(label("ASReview_not_seen"), Some(Label::NotSeen));
        assert_eq!(label("ASReview_relevant_x"), None);
        assert_eq!(label("ASReview_prior"), None);
    }
}
