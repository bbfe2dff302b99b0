//! Codes as people type them between other words: `phase 3`, `phase iii`, `ph2`, `recruiting`, `open trials`.

mod counted;
mod said;
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

/// The query that the first of `words` are, and how many of them.
pub(super) fn meant<'a>(words: impl Iterator<Item = &'a str> + Clone) -> Option<(usize, String)> {
    let folded: Vec<String> = words.take(MOST_WORDS).map(text::fold).collect();
    let words: Vec<&str> = folded.iter().map(String::as_str).collect();
    let said =
        || status(&words).into_iter().chain(said::at(&words)).max_by_key(|(count, _)| *count);
    phase(&words)
        .or_else(|| counted::enrollment(&words))
        .or_else(|| when::age(&words))
        .or_else(|| when::year(&words))
        .or_else(said)
}

/// The query that a word is beside others: `covid 2021`, `p3 lung cancer`. A year is the last word of what is asked, and
/// so are `results`.
pub(super) fn meant_beside(word: &str, is_last: bool) -> Option<String> {
    let last = || match word {
        "results" => Some("results:yes".to_owned()),
        _ => when::bare_year(word),
    };
    let phase = || {
        let number = word.strip_prefix(['p', 'P'])?;
        ["1", "2", "3", "4"].contains(&number).then(|| format!("phase:{number}"))
    };
    is_last.then(last).flatten().or_else(phase)
}

/// Whether a word is the number of a stage: `iv`, `3b`.
pub(super) fn is_stage(word: &str) -> bool {
    numbers(word).is_some_and(|number| !number.contains('/'))
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
            ("enrolling by invitation", 3, "status:enrolling_by_invitation"),
            ("over 65", 2, "age:>=65"),
            ("since 2020", 2, "start:>=2020"),
            ("recruiting lung", 1, "status:recruiting"),
            ("not yet recruiting", 3, "status:not_yet_recruiting"),
            ("active, not recruiting", 3, "status:active_not_recruiting"),
            ("Completed", 1, "status:completed"),
        ] {
            let found = meant(typed.split(' '));
            assert_eq!(found, Some((count, meant_as.to_owned())), "{typed}");
        }
        for typed in ["phase", "phase shift", "ph", "phases 3", "available", "lung"] {
            assert!(meant(typed.split(' ')).is_none(), "{typed}");
        }
    }

    #[test]
    fn some_words_are_codes_beside_others() {
        for (typed, is_last, query) in [
            ("2021", true, Some("start:2021")),
            ("2021", false, None),
            ("1021", true, None),
            ("results", true, Some("results:yes")),
            ("results", false, None),
            ("p3", false, Some("phase:3")),
            ("P2", true, Some("phase:2")),
            ("p5", true, None),
            ("p53", true, None),
        ] {
            assert_eq!(meant_beside(typed, is_last).as_deref(), query, "{typed}");
        }
    }
}
