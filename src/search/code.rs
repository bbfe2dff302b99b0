//! Codes as people type them between other words: `phase 3`, `phase iii`, `ph2`, `recruiting`, `open trials`.

mod when;

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

/// The longest of the phrases that words begin with.
fn phrase(words: &[&str]) -> Option<(usize, String)> {
    let is_said = |phrase: &[&str]| {
        phrase.len() <= words.len()
            && phrase.iter().zip(words).all(|(said, word)| text::key(said) == text::key(word))
    };
    let said = PHRASES.iter().filter(|(phrase, _)| is_said(phrase));
    let (phrase, query) = said.max_by_key(|(phrase, _)| phrase.len())?;
    Some((phrase.len(), (*query).to_owned()))
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
