//! Designs, states and results as people say them: `double blind`, `still recruiting`, `open trials`, `with results`.

use std::borrow::Cow;

use crate::text;

/// Something that people say of trials.
struct Said {
    /// Words with blanks between them, of each the ways to say it.
    words: &'static str,
    query: &'static str,
    around: Around,
}

/// What may stand around it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    /// A word for trials behind it: `randomized controlled trial`.
    Trials,
    /// The same, and without it the words say something else: `open heart surgery`.
    OnlyTrials,
    /// A word for the present, before or behind it, and a word for trials.
    Now,
    /// The same, and without a word for trials they say something else.
    OnlyTrialsNow,
}

use Around::{Now, OnlyTrials, OnlyTrialsNow, Trials};

const fn said(words: &'static str, query: &'static str, around: Around) -> Said {
    Said { words, query, around }
}

/// Words for the present.
const PRESENT: &[&str] = &["actively", "currently", "now", "presently", "still"];

/// Trials that one can join, or soon can.
const OPEN: &str = "status:recruiting | status:not_yet_recruiting | status:enrolling_by_invitation";
const ENROLLING: &str = "status:recruiting | status:enrolling_by_invitation";
const ONGOING: &str =
    "status:recruiting | status:active_not_recruiting | status:enrolling_by_invitation";
/// Two or more of those who take part, care, investigate and assess do not know.
const BLIND: &str = "masking:double | masking:triple | masking:quadruple";

#[rustfmt::skip]
const SAID: &[Said] = &[
    said("recruiting", "status:recruiting", Now),
    said("not recruiting", "-status:recruiting", Trials),
    said("enrolling", ENROLLING, Now),
    said("looking/searching for participants/volunteers/patients", OPEN, Now),
    said("open", OPEN, OnlyTrialsNow),
    said("open for/to enrollment/recruitment/participation", OPEN, Now),
    said("ongoing/active/running", ONGOING, OnlyTrialsNow),
    said("finished", "status:completed", OnlyTrials),
    said("stopped/failed", "status:terminated | status:withdrawn | status:suspended", OnlyTrials),
    said("healthy volunteers/subjects/participants/people/adults/individuals", "healthy:yes", Trials),
    said("observational", "type:observational", OnlyTrials),
    said("interventional", "type:interventional", OnlyTrials),
    said("expanded access", "type:expanded_access", Trials),
    said("compassionate use", "type:expanded_access", Trials),
    said("device", "kind:device", OnlyTrials),
    said("prevention", "purpose:prevention", OnlyTrials),
    said("screening", "purpose:screening", OnlyTrials),
    said("diagnostic", "purpose:diagnostic", OnlyTrials),
    said("randomized/rct", "allocation:randomized", Trials),
    said("nonrandomized", "allocation:non_randomized", Trials),
    said("non/not randomized", "allocation:non_randomized", Trials),
    said("open label", "masking:open", Trials),
    said("openlabel/unblinded/unmasked", "masking:open", Trials),
    said("single blind/blinded/masked", "masking:single", Trials),
    said("double blind/blinded/masked", BLIND, Trials),
    said("triple blind/blinded/masked", "masking:triple | masking:quadruple", Trials),
    said("quadruple blind/blinded/masked", "masking:quadruple", Trials),
    said("placebo controlled/control", "drug:placebo", Trials),
    said("sham controlled/control", "drug:sham", Trials),
    said("crossover", "model:crossover", Trials),
    said("cross over", "model:crossover", Trials),
    said("single arm/group", "model:single_group", Trials),
    said("single center/site", "sites:1", Trials),
    said("multi center/site", "sites:>1", Trials),
    said("multicenter/multisite", "sites:>1", Trials),
    said("with/has/have results", "results:yes", Trials),
    said("posted/published/available results", "results:yes", Trials),
    said("with posted/published/available results", "results:yes", Trials),
    said("results posted/available", "results:yes", Trials),
    said("without/no results", "results:no", Trials),
];

/// A part of the words that were typed: its key, and how many words end with it if one does.
type Part<'a> = (Cow<'a, str>, Option<usize>);

/// The longest that `words` begin with, as a query, and how many words it is: `open label`, `open-label`.
pub(super) fn at(words: &[&str]) -> Option<(usize, String)> {
    let mut parts: Vec<Part> = Vec::new();
    for (before, word) in words.iter().enumerate() {
        parts.extend(text::words(word).map(|part| (text::key(part), None)));
        if let Some((_, end)) = parts.last_mut() {
            *end = Some(before + 1);
        }
    }
    let found = SAID.iter().filter_map(|said| {
        let length = said.length(&parts)?;
        Some((parts.get(length.checked_sub(1)?)?.1?, said.query))
    });
    let (count, query) = found.max_by_key(|(count, _)| *count)?;
    Some((count, query.to_owned()))
}

impl Said {
    /// How many of the parts it is, with what stands around it; `None` if they do not begin with it.
    fn length(&self, parts: &[Part]) -> Option<usize> {
        let is = |at: usize, words: &[&str]| {
            parts.get(at).is_some_and(|(part, _)| words.iter().any(|word| text::key(word) == *part))
        };
        let now =
            |at: usize| usize::from(matches!(self.around, Now | OnlyTrialsNow) && is(at, PRESENT));
        let mut at = now(0);
        for ways in self.words.split(' ') {
            let ways: Vec<&str> = ways.split('/').collect();
            if !is(at, &ways) {
                return None;
            }
            at += 1;
        }
        let trials = trials(&|behind, words| is(at + behind, words));
        if trials == 0 && matches!(self.around, OnlyTrials | OnlyTrialsNow) {
            return None;
        }
        at += trials;
        Some(at + now(at))
    }
}

/// How many words are for trials: `trials`, `clinical studies`, `controlled clinical trial`.
fn trials(is: &dyn Fn(usize, &[&str]) -> bool) -> usize {
    let before = (0..2).take_while(|&at| is(at, &["controlled", "clinical"])).count();
    if is(before, &["trial", "study"]) { before + 1 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::parse;

    fn read(typed: &str) -> Option<(usize, String)> {
        at(&typed.split(' ').collect::<Vec<_>>())
    }

    #[test]
    fn words_for_the_present_and_for_trials_may_stand_around() {
        for (typed, count, query) in [
            ("still recruiting", 2, "status:recruiting"),
            ("recruiting now", 2, "status:recruiting"),
            ("currently recruiting studies", 3, "status:recruiting"),
            ("not recruiting lung", 2, "-status:recruiting"),
            ("enrolling stroke", 1, ENROLLING),
            ("open trials for", 2, OPEN),
            ("currently open clinical trials", 4, OPEN),
            ("ongoing studies", 2, ONGOING),
            ("observational studies", 2, "type:observational"),
            ("healthy volunteers", 2, "healthy:yes"),
            ("randomised lung", 1, "allocation:randomized"),
            ("randomized controlled trials", 3, "allocation:randomized"),
            ("randomized controlled clinical trials", 4, "allocation:randomized"),
            ("non-randomised", 1, "allocation:non_randomized"),
            ("open label extension", 2, "masking:open"),
            ("open-label", 1, "masking:open"),
            ("Double-Blind", 1, BLIND),
            ("double blinded study", 3, BLIND),
            ("placebo-controlled stroke", 1, "drug:placebo"),
            ("cross-over study", 2, "model:crossover"),
            ("multi-centre", 1, "sites:>1"),
            ("with results", 2, "results:yes"),
        ] {
            let typed = text::fold(typed);
            assert_eq!(read(&typed), Some((count, query.to_owned())), "{typed}");
        }
        for typed in
            ["open-heart", "double", "label", "still open", "device", "active surveillance", "now"]
        {
            assert_eq!(read(typed), None, "{typed}");
        }
    }

    #[test]
    fn what_is_asked_is_canonical() {
        for Said { query, .. } in SAID {
            assert_eq!(parse(query).unwrap().to_string(), *query);
        }
    }
}
