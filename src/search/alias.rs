//! Other names of values, where people and the registry do not use the same ones.

use crate::store::Vocab;

/// What people type, folded, and the value that they mean, folded.
const ALIASES: &[(Vocab, &[&str], &str)] = &[
    (Vocab::Country, &["us", "usa", "america"], "united states"),
    (Vocab::Country, &["uk", "britain", "england"], "united kingdom"),
    (Vocab::Country, &["uae"], "united arab emirates"),
    (Vocab::Country, &["holland"], "netherlands"),
    (Vocab::Phase, &["0"], "early phase 1"),
    (Vocab::Phase, &["i"], "phase 1"),
    (Vocab::Phase, &["ii"], "phase 2"),
    (Vocab::Phase, &["iii"], "phase 3"),
    (Vocab::Phase, &["iv"], "phase 4"),
    (Vocab::Sex, &["woman", "women"], "female"),
    (Vocab::Sex, &["man", "men"], "male"),
    (Vocab::Sex, &["both", "any"], "all"),
];

/// The value of `vocab` that `folded` is another name of.
pub(super) fn meant(vocab: Vocab, folded: &str) -> Option<&'static str> {
    let found = ALIASES.iter().find(|(of, names, _)| *of == vocab && names.contains(&folded));
    found.map(|(_, _, value)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    #[test]
    fn aliases_are_folded_and_mean_one_thing() {
        let mut seen = std::collections::HashSet::new();
        for (vocab, names, value) in ALIASES {
            assert_eq!(text::fold(value), *value);
            for name in *names {
                assert_eq!(text::fold(name), *name);
                assert!(seen.insert((vocab, name)), "{name}");
            }
        }
    }

    #[test]
    fn aliases_of_closed_vocabularies_mean_values_that_exist() {
        for (vocab, _, value) in ALIASES.iter().filter(|(vocab, _, _)| !vocab.terms().is_empty()) {
            assert!(vocab.terms().iter().any(|term| text::fold(term.label) == *value), "{value}");
        }
    }
}
