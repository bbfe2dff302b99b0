//! Codes as people type them between other words: `phase 3`, `phase iii`, `ph2`, `recruiting`, `open trials`.

mod when;

use std::borrow::Cow;

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

/// The longest code, in words: `between 2018 and 2020`, `over 65 years of age`.
const MOST_WORDS: usize = 5;

/// Trials that one can join, or soon can.
const OPEN: &str = "status:recruiting | status:not_yet_recruiting | status:enrolling_by_invitation";
const ENROLLING: &str = "status:recruiting | status:enrolling_by_invitation";
const HEALTHY: &str = "healthy:yes";
const RECRUITING: &str = "status:recruiting";
const OBSERVATIONAL: &str = "type:observational";
const INTERVENTIONAL: &str = "type:interventional";
const RANDOMIZED: &str = "allocation:randomized";
const NON_RANDOMIZED: &str = "allocation:non_randomized";
const OPEN_LABEL: &str = "masking:open";
/// Two or more of those who take part, care, investigate and assess do not know.
const BLIND: &str = "masking:double | masking:triple | masking:quadruple";
const CROSSOVER: &str = "model:crossover";
const SINGLE_ARM: &str = "model:single_group";

/// What people say side by side, and what is asked by it.
const PHRASES: &[(&[&str], &str)] = &[
    (&["not", "recruiting"], "-status:recruiting"),
    (&["still", "recruiting"], RECRUITING),
    (&["currently", "recruiting"], RECRUITING),
    (&["now", "recruiting"], RECRUITING),
    (&["actively", "recruiting"], RECRUITING),
    (&["recruiting", "now"], RECRUITING),
    (&["enrolling"], ENROLLING),
    (&["now", "enrolling"], ENROLLING),
    (&["still", "enrolling"], ENROLLING),
    (&["currently", "enrolling"], ENROLLING),
    (&["actively", "enrolling"], ENROLLING),
    (&["enrolling", "now"], ENROLLING),
    (&["looking", "for", "participants"], OPEN),
    (&["looking", "for", "volunteers"], OPEN),
    (&["healthy", "volunteers"], HEALTHY),
    (&["healthy", "subjects"], HEALTHY),
    (&["healthy", "participants"], HEALTHY),
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
    (&["randomized"], RANDOMIZED),
    (&["rct"], RANDOMIZED),
    (&["randomized", "trial"], RANDOMIZED),
    (&["randomized", "study"], RANDOMIZED),
    (&["randomized", "controlled", "trial"], RANDOMIZED),
    (&["randomized", "controlled", "study"], RANDOMIZED),
    (&["randomized", "clinical", "trial"], RANDOMIZED),
    (&["non", "randomized"], NON_RANDOMIZED),
    (&["nonrandomized"], NON_RANDOMIZED),
    (&["not", "randomized"], NON_RANDOMIZED),
    (&["open", "label"], OPEN_LABEL),
    (&["openlabel"], OPEN_LABEL),
    (&["unblinded"], OPEN_LABEL),
    (&["unmasked"], OPEN_LABEL),
    (&["single", "blind"], "masking:single"),
    (&["single", "blinded"], "masking:single"),
    (&["single", "masked"], "masking:single"),
    (&["double", "blind"], BLIND),
    (&["double", "blinded"], BLIND),
    (&["double", "masked"], BLIND),
    (&["triple", "blind"], "masking:triple | masking:quadruple"),
    (&["triple", "blinded"], "masking:triple | masking:quadruple"),
    (&["triple", "masked"], "masking:triple | masking:quadruple"),
    (&["quadruple", "blind"], "masking:quadruple"),
    (&["quadruple", "masked"], "masking:quadruple"),
    (&["placebo", "controlled"], "drug:placebo"),
    (&["placebo", "control"], "drug:placebo"),
    (&["sham", "controlled"], "drug:sham"),
    (&["crossover"], CROSSOVER),
    (&["cross", "over"], CROSSOVER),
    (&["cross", "over", "trial"], CROSSOVER),
    (&["cross", "over", "study"], CROSSOVER),
    (&["crossover", "trial"], CROSSOVER),
    (&["crossover", "study"], CROSSOVER),
    (&["single", "arm"], SINGLE_ARM),
    (&["single", "group"], SINGLE_ARM),
    (&["single", "center"], "sites:1"),
    (&["single", "site"], "sites:1"),
    (&["multi", "center"], "sites:>1"),
    (&["multicenter"], "sites:>1"),
    (&["multicentre"], "sites:>1"),
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
    let folded: Vec<String> = words.take(MOST_WORDS).map(text::fold).collect();
    let words: Vec<&str> = folded.iter().map(String::as_str).collect();
    phase(&words).or_else(|| when::age(&words)).or_else(|| when::year(&words)).or_else(|| {
        status(&words).into_iter().chain(phrase(&words)).max_by_key(|(count, _)| *count)
    })
}

/// The query that a word is beside others: `covid 2021`, `p3 lung cancer`. A year is the last word of what is asked.
pub(super) fn meant_beside(word: &str, is_last: bool) -> Option<String> {
    let year = || if is_last { when::bare_year(word) } else { None };
    let phase = || {
        let number = word.strip_prefix(['p', 'P'])?;
        ["1", "2", "3", "4"].contains(&number).then(|| format!("phase:{number}"))
    };
    year().or_else(phase)
}

/// The phase that words name: `phase iii`, `phase 2/3`, `ph2`, `early phase 1`.
fn phase(words: &[&str]) -> Option<(usize, String)> {
    let (first, rest) = words.split_first()?;
    if let ("early", ["phase", number, ..]) = (*first, rest)
        && numbers(number).as_deref() == Some("1")
    {
        return Some((3, "phase:0".to_owned()));
    }
    if let ("phase" | "ph", Some(number)) = (*first, rest.first().and_then(|it| numbers(it))) {
        return Some((2, format!("phase:{number}")));
    }
    let joined = first.strip_prefix("phase").or_else(|| first.strip_prefix("ph"))?;
    let number = numbers(joined.trim_start_matches('-'))?;
    Some((1, format!("phase:{number}")))
}

/// The numbers of phases that a word says, one or two of them: `iii`, `2b`, `1/2`.
fn numbers(word: &str) -> Option<String> {
    let number = |word: &str| {
        // A part of a phase is the phase: `2b`.
        let bare =
            word.strip_suffix(['a', 'b', 'c']).filter(|bare| !bare.is_empty()).unwrap_or(word);
        NUMBERS.iter().find(|(typed, _)| *typed == bare).map(|(_, number)| *number)
    };
    let Some((one, other)) = word.split_once(['/', '-', '–']) else {
        return number(word).map(str::to_owned);
    };
    Some(format!("{}/{}", number(one)?, number(other)?))
}

/// The longest of the phrases that words begin with: `open label`, `open-label`.
fn phrase(words: &[&str]) -> Option<(usize, String)> {
    // The parts of the words, each with how many words end with it.
    let mut parts: Vec<(Cow<str>, Option<usize>)> = Vec::new();
    for (before, word) in words.iter().enumerate() {
        parts.extend(text::words(word).map(|part| (text::key(part), None)));
        if let Some((_, end)) = parts.last_mut() {
            *end = Some(before + 1);
        }
    }
    let said = PHRASES.iter().filter_map(|(phrase, query)| {
        let end = parts.get(phrase.len() - 1)?.1?;
        let is_said = phrase.iter().zip(&parts).all(|(said, (part, _))| text::key(said) == *part);
        is_said.then_some((phrase.len(), end, *query))
    });
    let (_, count, query) = said.max_by_key(|(length, ..)| *length)?;
    Some((count, query.to_owned()))
}

/// The status that words name in full.
fn status(words: &[&str]) -> Option<(usize, String)> {
    let typed: Vec<&str> = words.iter().flat_map(|word| text::words(word)).collect();
    let status = STATUS.iter().filter(|status| STATUSES.contains(&status.code));
    let fits = status.filter_map(|status| {
        let label = text::fold(status.label);
        let label: Vec<&str> = text::words(&label).collect();
        let is_meant = typed.starts_with(&label);
        is_meant.then(|| (label.len(), format!("status:{}", status.code.to_lowercase())))
    });
    fits.max_by_key(|(count, _)| *count).filter(|(count, _)| *count <= words.len())
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
            ("ph 2", 2, "phase:2"),
            ("phase 2/3", 2, "phase:2/3"),
            ("phase ii/iii", 2, "phase:2/3"),
            ("phase1/2", 1, "phase:1/2"),
            ("phase 2b", 2, "phase:2"),
            ("enrolling stroke", 1, ENROLLING),
            ("enrolling by invitation", 3, "status:enrolling_by_invitation"),
            ("healthy volunteers", 2, HEALTHY),
            ("over 65", 2, "age:>=65"),
            ("since 2020", 2, "start:>=2020"),
            ("recruiting lung", 1, "status:recruiting"),
            ("not recruiting lung", 2, "-status:recruiting"),
            ("still recruiting", 2, "status:recruiting"),
            ("open trials for", 2, OPEN),
            ("observational studies", 2, "type:observational"),
            ("with results", 2, "results:yes"),
            ("not yet recruiting", 3, "status:not_yet_recruiting"),
            ("active, not recruiting", 3, "status:active_not_recruiting"),
            ("Completed", 1, "status:completed"),
            ("randomised lung", 1, RANDOMIZED),
            ("randomized controlled trials", 3, RANDOMIZED),
            ("non-randomised", 1, NON_RANDOMIZED),
            ("open label extension", 2, OPEN_LABEL),
            ("open-label", 1, OPEN_LABEL),
            ("Double-Blind", 1, BLIND),
            ("double blinded", 2, BLIND),
            ("placebo-controlled stroke", 1, "drug:placebo"),
            ("cross-over study", 2, CROSSOVER),
            ("multi-centre", 1, "sites:>1"),
        ] {
            let found = meant(typed.split(' '));
            assert_eq!(found, Some((count, meant_as.to_owned())), "{typed}");
        }
        for typed in [
            "phase",
            "phase shift",
            "ph",
            "phases 3",
            "available",
            "open-heart",
            "double",
            "label",
            "lung",
        ] {
            assert!(meant(typed.split(' ')).is_none(), "{typed}");
        }
    }

    #[test]
    fn some_words_are_codes_beside_others() {
        for (typed, is_last, query) in [
            ("2021", true, Some("start:2021")),
            ("2021", false, None),
            ("1021", true, None),
            ("p3", false, Some("phase:3")),
            ("P2", true, Some("phase:2")),
            ("p5", true, None),
            ("p53", true, None),
        ] {
            assert_eq!(meant_beside(typed, is_last).as_deref(), query, "{typed}");
        }
    }

    #[test]
    fn what_phrases_ask_is_canonical() {
        for (_, query) in PHRASES {
            assert_eq!(parse(query).unwrap().to_string(), *query);
        }
    }
}
