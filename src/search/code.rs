//! Codes as people type them between other words: `phase 3`, `phase iii`, `ph2`, `recruiting`.

use super::query::{Ask, Term};
use crate::study::Concept;
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

/// The code that the first of `words` are, and how many of them.
pub(super) fn meant<'a>(words: impl Iterator<Item = &'a str> + Clone) -> Option<(usize, Term)> {
    let term =
        |concept, word: &str| Term { concept: Some(concept), ask: Ask::Word(word.to_owned()) };
    let folded: Vec<String> = words.take(4).map(text::fold).collect();
    let first = folded.first()?;
    let number = |word: &str| NUMBERS.iter().find(|(typed, _)| *typed == word).map(|(_, it)| *it);
    if let Some(number) = folded.get(1).filter(|_| first == "phase").and_then(|word| number(word)) {
        return Some((2, term(Concept::Phase, number)));
    }
    let is_early = first == "early" && folded.get(1).is_some_and(|word| word == "phase");
    if is_early && folded.get(2).is_some_and(|word| number(word) == Some("1")) {
        return Some((3, term(Concept::Phase, "0")));
    }
    let joined = first.strip_prefix("phase").or_else(|| first.strip_prefix("ph"));
    if let Some(number) = joined.and_then(|rest| number(rest.trim_start_matches('-'))) {
        return Some((1, term(Concept::Phase, number)));
    }
    let status = STATUS.iter().filter(|status| STATUSES.contains(&status.code));
    let fits = status.filter_map(|status| {
        let label = text::fold(status.label);
        let label: Vec<&str> = text::words(&label).collect();
        let typed: Vec<&str> = folded.iter().flat_map(|word| text::words(word)).collect();
        let is_meant = typed.starts_with(&label);
        is_meant.then(|| (label.len(), term(Concept::Status, &status.code.to_lowercase())))
    });
    fits.max_by_key(|(count, _)| *count).filter(|(count, _)| *count <= folded.len())
}

#[cfg(test)]
mod tests {
    use super::*;

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
            ("not yet recruiting", 3, "status:not_yet_recruiting"),
            ("active, not recruiting", 3, "status:active_not_recruiting"),
            ("Completed", 1, "status:completed"),
        ] {
            let found = meant(typed.split(' ')).map(|(count, term)| (count, term.to_string()));
            assert_eq!(found, Some((count, meant_as.to_owned())), "{typed}");
        }
        for typed in ["phase", "phase shift", "ph", "phases 3", "available", "unknown", "lung"] {
            assert!(meant(typed.split(' ')).is_none(), "{typed}");
        }
    }
}
