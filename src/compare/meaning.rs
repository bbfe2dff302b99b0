//! What an outcome measures, told from how it is counted: `Number of Participants With Adverse Events` is
//! about adverse events. Words that half of all outcomes have say nothing about which belong together.

use std::collections::HashSet;

use crate::text::words;

/// Words of titles of outcomes that say nothing about what is measured.
const EMPTY: &str = "a an and any are as assess assessed assessing assessment at average based baseline be been \
    by calculated clinical compared comparison criteria defined determine determined during each either \
    end evaluate evaluated evaluation experience experienced experiencing first following for from had has \
    have having in into is least mean means measure measured measurement median of on or other outcome over \
    per period point post pre primary rated reported reporting score scores secondary since standard study \
    subject than that the their through to total treatment trial under until up use used using value values \
    versus visit vs was were when which who will with within without";

/// Units of time; a number beside one of them says when, not what.
const TIMES: &str = "day days hour hours min minute minutes month months week weeks year years";

/// What a title says of how its outcome is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Measured {
    Time,
    Duration,
    Change,
    Count,
}

/// Words of how an outcome is counted.
const MEASURED: &[(&str, Measured)] = &[
    ("time", Measured::Time),
    ("duration", Measured::Duration),
    ("length", Measured::Duration),
    ("change", Measured::Change),
    ("changes", Measured::Change),
    ("number", Measured::Count),
    ("count", Measured::Count),
    ("percentage", Measured::Count),
    ("percent", Measured::Count),
    ("proportion", Measured::Count),
    ("rate", Measured::Count),
    ("rates", Measured::Count),
    ("incidence", Measured::Count),
    ("prevalence", Measured::Count),
    ("frequency", Measured::Count),
    ("occurrence", Measured::Count),
    ("participant", Measured::Count),
    ("participants", Measured::Count),
    ("patient", Measured::Count),
    ("patients", Measured::Count),
    ("subjects", Measured::Count),
];

/// The words of a title that carry meaning, and how it is counted.
#[derive(Debug)]
pub(super) struct Meaning {
    words: HashSet<String>,
    measured: Option<Measured>,
}

impl Meaning {
    /// Reads a folded title.
    pub(super) fn of(folded: &str) -> Self {
        let is_in = |list: &str, word: &str| list.split_whitespace().any(|it| it == word);
        let measured =
            |word: &str| MEASURED.iter().find(|(it, _)| *it == word).map(|(_, measured)| *measured);
        let all: Vec<&str> = words(folded).collect();
        let is_when = |place: usize| {
            let beside = [place.checked_sub(1), Some(place + 1)];
            is_number(all[place])
                && beside.iter().flatten().any(|&at| all.get(at).is_some_and(|it| is_in(TIMES, it)))
        };
        let carries = |&(place, word): &(usize, &&str)| {
            !is_in(EMPTY, word)
                && !is_in(TIMES, word)
                && measured(word).is_none()
                && !is_when(place)
        };
        Self {
            words: all
                .iter()
                .enumerate()
                .filter(carries)
                .map(|(_, word)| singular(word).to_owned())
                .collect(),
            measured: all.iter().find_map(|word| measured(word)),
        }
    }

    /// Words in both, in thousandths of the words in either; 0 where they are counted in different ways, where
    /// each has a number and none is the same (PASI 75 and PASI 90), or where one of them says nothing.
    pub(super) fn shared(&self, other: &Self) -> usize {
        let numbers = [self, other].map(|it| it.words.iter().filter(|it| is_number(it)));
        let [own, others] = numbers.map(Iterator::collect::<HashSet<_>>);
        if !own.is_empty() && !others.is_empty() && own.is_disjoint(&others) {
            return 0;
        }
        if let (Some(own), Some(other)) = (self.measured, other.measured)
            && own != other
        {
            return 0;
        }
        let both = self.words.intersection(&other.words).count();
        let either = self.words.len() + other.words.len() - both;
        (both * 1000).checked_div(either).unwrap_or(0)
    }
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// The word without the `s` of its plural.
fn singular(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stem.ends_with(['s', 'u', 'i']) => stem,
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn titles_share_what_they_measure() {
        for (left, right, shared) in [
            (
                "Number of Participants With Adverse Events",
                "Percentage of Participants With Objective Response",
                0,
            ),
            ("Number of Participants With an Adverse Event", "Adverse events", 1000),
            ("Time to Progression", "Time to Death", 0),
            ("Time to Response", "Response Rate", 0),
            ("Time to Response", "Duration of Response", 0),
            ("Change From Baseline in Cognition at Week 12", "Change in weight", 0),
            ("Change in weight at week 12", "Change From Baseline in Body Weight at Week 24", 500),
            ("Overall survival (OS)", "Overall Survival", 666),
            ("Disease-free survival", "Progression-free survival", 500),
            ("Overall survival at 6 months", "Overall survival at 12 months", 1000),
            ("Mean change from baseline", "Change from baseline", 0),
            ("PASI 75 response", "PASI 90 response", 0),
            ("SF-36 physical component", "SF-36 mental component", 600),
            ("", "", 0),
        ] {
            let [left, right] = [left, right].map(fold);
            assert_eq!(Meaning::of(&left).shared(&Meaning::of(&right)), shared, "{left} {right}");
        }
    }

    #[test]
    fn plurals_lose_their_s() {
        for (word, stem) in
            [("events", "event"), ("loss", "loss"), ("virus", "virus"), ("os", "os")]
        {
            assert_eq!(singular(word), stem);
        }
    }
}
