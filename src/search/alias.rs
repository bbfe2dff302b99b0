//! Other names of values, where people use another name than the registry does.

use crate::study::Concept;

/// What people type, folded, and the value that they mean, folded.
const ALIASES: &[(Concept, &[&str], &str)] = &[
    (Concept::Country, &["us", "usa", "america"], "united states"),
    (Concept::Country, &["uk", "britain", "england"], "united kingdom"),
    (Concept::Country, &["uae"], "united arab emirates"),
    (Concept::Country, &["holland"], "netherlands"),
    (Concept::Phase, &["0"], "early phase 1"),
    (Concept::Phase, &["i"], "phase 1"),
    (Concept::Phase, &["ii"], "phase 2"),
    (Concept::Phase, &["iii"], "phase 3"),
    (Concept::Phase, &["iv"], "phase 4"),
    (Concept::Sex, &["woman", "women"], "female"),
    (Concept::Sex, &["man", "men"], "male"),
    (Concept::Sex, &["both", "any"], "all"),
];

/// The value of `concept` that `folded` is another name of.
pub(super) fn meant(concept: Concept, folded: &str) -> Option<&'static str> {
    let found = ALIASES.iter().find(|(of, names, _)| *of == concept && names.contains(&folded));
    found.map(|(_, _, value)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    #[test]
    fn aliases_are_folded_and_mean_one_thing() {
        let mut seen = std::collections::HashSet::new();
        for (concept, names, value) in ALIASES {
            assert_eq!(text::fold(value), *value);
            for name in *names {
                assert_eq!(text::fold(name), *name);
                assert!(seen.insert((concept, name)), "{name}");
            }
        }
    }

    #[test]
    fn aliases_of_closed_vocabularies_mean_values_that_exist() {
        for (concept, _, value) in ALIASES.iter().filter(|(concept, _, _)| concept.has_codes()) {
            assert!(concept.terms().iter().any(|term| text::fold(term.label) == *value), "{value}");
        }
    }
}
