//! Codes as people type them between other words: `phase 3`, `phase iii`, `ph2`, `recruiting`, `open trials`.

use crate::study::terms::STATUS;
use crate::text;

/// The statuses that are words of nothing else.
const STATUSES: &[&str] = &[
    "RECRUITING",
    "NOT_YET_RECRUITING",
    "ENROLLING_BY_INVITATION",
    "ACTIVE_NOT_RECRUITING",
    "COMPLETED",
    "SUSPENDED",
    "TERMINATED",
    "WITHDRAWN",
];

/// The numbers of phases, as people write them.
const NUMBERS: &[(&str, &str)] = &[
    ("0", "0"),
    ("1", "1"),
    ("2", "2"),
    ("3", "3"),
    ("4", "4"),
    ("i", "1"),
    ("ii", "2"),
    ("iii", "3"),
    ("iv", "4"),
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
];

/// Trials that one can join, or soon can.
const OPEN: &str = "status:recruiting | status:not_yet_recruiting | status:enrolling_by_invitation";
const RECRUITING: &str = "status:recruiting";
const OBSERVATIONAL: &str = "type:observational";
const INTERVENTIONAL: &str = "type:interventional";

/// What people say side by side, and what is asked by it.
const PHRASES: &[(&[&str], &str)] = &[
    (&["not", "recruiting"], "-status:recruiting"),
    (&["still", "recruiting"], RECRUITING),
    (&["currently", "recruiting"], RECRUITING),
    (&["now", "recruiting"], RECRUITING),
    (&["actively", "recruiting"], RECRUITING),
    (&["open", "trial"], OPEN),
    (&["open", "study"], OPEN),
    (&["open", "clinical", "trial"], OPEN),
    (
        &["ongoing", "trial"],
        "status:recruiting | status:active_not_recruiting | status:enrolling_by_invitation",
    ),
    (
        &["ongoing", "study"],
        "status:recruiting | status:active_not_recruiting | status:enrolling_by_invitation",
    ),
    (&["observational", "trial"], OBSERVATIONAL),
    (&["observational", "study"], OBSERVATIONAL),
    (&["interventional", "trial"], INTERVENTIONAL),
    (&["interventional", "study"], INTERVENTIONAL),
    (&["with", "results"], "results:yes"),
    (&["has", "results"], "results:yes"),
    (&["have", "results"], "results:yes"),
    (&["posted", "results"], "results:yes"),
    (&["results", "posted"], "results:yes"),
    (&["without", "results"], "results:no"),
    (&["no", "results"], "results:no"),
];

/// The query that the first of `words` are, and how many of them.
pub(super) fn meant<'a>(words: impl Iterator<Item = &'a str> + Clone) -> Option<(usize, String)> {
    let folded: Vec<String> = words.take(4).map(text::fold).collect();
    let first = folded.first()?;
    let is_said = |phrase: &[&str]| {
        phrase.len() <= folded.len()
            && phrase.iter().zip(&folded).all(|(said, word)| text::key(said) == text::key(word))
    };
    if let Some((phrase, query)) = PHRASES.iter().find(|(phrase, _)| is_said(phrase)) {
        return Some((phrase.len(), (*query).to_owned()));
    }
    let phase = |number: &str| format!("phase:{number}");
    let number = |word: &str| NUMBERS.iter().find(|(typed, _)| *typed == word).map(|(_, it)| *it);
    if let Some(number) = folded.get(1).filter(|_| first == "phase").and_then(|word| number(word)) {
        return Some((2, phase(number)));
    }
    let is_early = first == "early" && folded.get(1).is_some_and(|word| word == "phase");
    if is_early && folded.get(2).is_some_and(|word| number(word) == Some("1")) {
        return Some((3, phase("0")));
    }
    let joined = first.strip_prefix("phase").or_else(|| first.strip_prefix("ph"));
    if let Some(number) = joined.and_then(|rest| number(rest.trim_start_matches('-'))) {
        return Some((1, phase(number)));
    }
    let status = STATUS.iter().filter(|status| STATUSES.contains(&status.code));
    let fits = status.filter_map(|status| {
        let label = text::fold(status.label);
        let label: Vec<&str> = text::words(&label).collect();
        let typed: Vec<&str> = folded.iter().flat_map(|word| text::words(word)).collect();
        let is_meant = typed.starts_with(&label);
        is_meant.then(|| (label.len(), format!("status:{}", status.code.to_lowercase())))
    });
    fits.max_by_key(|(count, _)| *count).filter(|(count, _)| *count <= folded.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::parse;

    #[test]
    fn codes_are_known_as_people_type_them() {
        for (typed, count, meant_as) in [
            ("phase 3 lung", 2, "phase:3"),
            ("Phase III", 2, "phase:3"),
            ("phase3", 1, "phase:3"),
            ("phase-2", 1, "phase:2"),
            ("early phase 1", 3, "phase:0"),
            ("phase 0", 2, "phase:0"),
            ("ph2", 1, "phase:2"),
            ("recruiting lung", 1, "status:recruiting"),
            ("not recruiting lung", 2, "-status:recruiting"),
            ("still recruiting", 2, "status:recruiting"),
            ("open trials for", 2, OPEN),
            ("observational studies", 2, "type:observational"),
            ("with results", 2, "results:yes"),
            ("not yet recruiting", 3, "status:not_yet_recruiting"),
            ("active, not recruiting", 3, "status:active_not_recruiting"),
            ("Completed", 1, "status:completed"),
        ] {
            let found = meant(typed.split(' '));
            assert_eq!(found, Some((count, meant_as.to_owned())), "{typed}");
        }
        for typed in ["phase", "phase shift", "ph", "phases 3", "available", "open label", "lung"] {
            assert!(meant(typed.split(' ')).is_none(), "{typed}");
        }
    }

    #[test]
    fn what_phrases_ask_is_canonical() {
        for (_, query) in PHRASES {
            assert_eq!(parse(query).unwrap().to_string(), *query);
        }
    }
}
