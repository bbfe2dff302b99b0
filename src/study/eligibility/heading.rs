//! Which line of a criteria text is a heading, and of which kind. Decides by words alone; does not
//! know lists or what becomes of the text.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::fold;

/// What a heading begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Inclusion,
    Exclusion,
}

/// How the line stood in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// Behind a bullet or a number.
    Listed,
    Bare,
}

/// Whether a heading says more than its kind: a cohort, a phase, a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    Kind,
    More,
}

/// A heading within a line: the text before `start` belongs to the section before, the text behind
/// `end` to the new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
    pub(super) says: Says,
}

/// Words that make a heading say no more than its kind. `Key` and `main` do: there are others.
#[rustfmt::skip]
pub(super) const COMMON: &[&str] = &[
    "the", "study", "trial", "eligibility", "criteria", "criterion", "criterias", "critieria",
    "crietria", "for", "of", "inclusion", "inclusions", "exclusion", "exclusions", "are", "is",
    "as", "follows", "following", "include", "includes",
];
/// Words that may stand before the kind even behind a bullet.
#[rustfmt::skip]
const QUALIFIERS: &[&str] = &[
    "key", "main", "major", "principal", "primary", "the", "study", "trial", "general", "basic",
    "common", "other", "additional", "specific", "patient", "patients", "subject", "subjects",
    "participant", "participants", "donor", "recipient", "provider", "clinic", "eligibility",
    "non", "a", "b", "c", "d", "i", "ii", "1", "2", "3",
];
/// Words that make a sentence of a line: it is a criterion about criteria.
#[rustfmt::skip]
const SENTENCE: &[&str] = &[
    "meet", "meets", "met", "meeting", "fulfil", "fulfill", "fulfils", "fulfills", "fulfilled",
    "fulfilling", "satisfy", "satisfies", "satisfying", "not", "no", "any", "of", "has", "have",
    "had", "there", "is", "are", "were", "be", "who", "must", "to", "under", "per", "with",
    "without", "all", "following", "each", "these", "this", "by", "in", "note", "same", "if",
];
/// Words with which a heading goes on behind `criteria`.
const TAILS: &[&str] = &["for", "of", "at", "in", "prior", "during", "before", "to"];
const CRITERIA: &[&str] =
    &["criteria", "criterion", "criterias", "critieria", "crietria", "criterium"];

/// Most words of a heading before its kind, and in all.
const BEFORE: usize = 7;
const WORDS: usize = 14;
/// Most words of a sentence that introduces a list.
const SENTENCE_WORDS: usize = 32;

/// A word of a line: where it stands, and its folded form.
struct Word {
    start: usize,
    end: usize,
    folded: String,
}

impl Word {
    fn is(&self, list: &[&str]) -> bool {
        list.contains(&self.folded.as_str())
    }

    fn kind(&self) -> Option<Kind> {
        match self.folded.as_str() {
            "inclusion" | "inclusions" => Some(Kind::Inclusion),
            "exclusion" | "exclusions" => Some(Kind::Exclusion),
            _ => None,
        }
    }
}

/// Finds the heading of an unescaped line, given the section in which the line stands.
pub(super) fn find(line: &str, mark: Mark, section: Option<Kind>) -> Option<Cut> {
    let words: Vec<Word> = line
        .unicode_word_indices()
        .map(|(start, word)| Word { start, end: start + word.len(), folded: fold(word) })
        .collect();
    titled(line, &words, mark)
        .or_else(|| run_on(line, &words))
        .or_else(|| introduced(line, &words, mark, section))
}

/// The words of the phrase that names the kind: `inclusion criteria`, `criteria for inclusion`.
struct Phrase {
    first: usize,
    /// The word behind the phrase.
    behind: usize,
    kind: Kind,
    /// Whether the word "criteria" is in it.
    full: bool,
}

fn phrase(words: &[Word]) -> Option<Phrase> {
    let at = words.iter().take(BEFORE + 4).position(|word| word.kind().is_some())?;
    let word = |index: usize| words.get(index);
    let is = |index: usize, list: &[&str]| word(index).is_some_and(|word| word.is(list));
    let mut kind = words[at].kind()?;
    // One heading over both kinds tells nothing.
    if (at + 1..at + 3)
        .any(|index| word(index).and_then(Word::kind).is_some_and(|other| other != kind))
    {
        return None;
    }
    let mut first = at;
    if at >= 1 && words[at - 1].folded == "non" {
        first = at - 1;
        kind = Kind::Exclusion;
    } else if at >= 2 && is(at - 1, &["for", "of"]) && is(at - 2, CRITERIA) {
        return Some(Phrase { first: at - 2, behind: at + 1, kind, full: true });
    }
    let full = is(at + 1, CRITERIA);
    Some(Phrase { first, behind: at + 1 + usize::from(full), kind, full })
}

/// A line that is a heading from its beginning, with or without its first criterion behind it.
fn titled(line: &str, words: &[Word], mark: Mark) -> Option<Cut> {
    let phrase = phrase(words)?;
    let before = &words[..phrase.first];
    let most = if phrase.full { BEFORE } else { 2 };
    if before.len() > most || before.iter().any(|word| word.is(SENTENCE)) {
        return None;
    }
    if mark == Mark::Listed && !before.iter().all(|word| word.is(QUALIFIERS)) {
        return None;
    }
    let behind = words[phrase.behind - 1].end;
    let end = title_end(line, behind, &phrase, words, mark)?;
    let inside = words.iter().take_while(|word| word.start < end);
    let says = if inside.clone().all(|word| word.is(COMMON)) { Says::Kind } else { Says::More };
    Some(Cut { start: 0, end, kind: phrase.kind, says })
}

/// Where the heading ends whose phrase ends at `behind`; `None` when the line goes on as a sentence.
fn title_end(
    line: &str,
    behind: usize,
    phrase: &Phrase,
    words: &[Word],
    mark: Mark,
) -> Option<usize> {
    let tail = line[behind..].trim_start_matches([' ', '*', '_']);
    let at = line.len() - tail.len();
    let colon = tail.find([':', '：']).map(|far| at + far);
    let after_colon = |colon: usize| colon + line[colon..].chars().next().map_or(0, char::len_utf8);
    let Some(first) = tail.chars().next() else { return Some(line.len()) };
    let next = words.get(phrase.behind);
    let ends = tail.ends_with([':', '：']);
    match first {
        ':' | '：' => Some(after_colon(at)),
        '-' | '–' | '—' if ends && words.len() <= WORDS => Some(line.len()),
        '.' | ';' | '；' | '-' | '–' | '—' | '•' if phrase.full => {
            let sign = if first == '•' { 0 } else { first.len_utf8() };
            Some(at + sign)
        }
        '.' if tail.len() == 1 => Some(line.len()),
        '(' | '[' | '/' if phrase.full || ends => {
            let close = tail.find([')', ']']).map_or(line.len(), |far| at + far + 1);
            match colon {
                Some(colon) if words_within(words, colon) <= WORDS => Some(after_colon(colon)),
                _ if line[close..].trim().is_empty() && mark == Mark::Bare => Some(line.len()),
                _ => None,
            }
        }
        _ if ends && words.len() <= WORDS && (phrase.full || next?.folded == "for") => {
            Some(line.len())
        }
        _ if phrase.full && next?.is(TAILS) => match colon {
            Some(colon) if words_within(words, colon) <= WORDS => Some(after_colon(colon)),
            None if mark == Mark::Bare && words.len() <= WORDS => Some(line.len()),
            _ => None,
        },
        _ => None,
    }
}

fn words_within(words: &[Word], end: usize) -> usize {
    words.iter().take_while(|word| word.start < end).count()
}

/// A heading that ran into the line of the criterion before it: `… relationship Exclusion Criteria:`.
/// Only capitals and a colon or the end of the line tell it from a mention.
fn run_on(line: &str, words: &[Word]) -> Option<Cut> {
    let pairs = words.windows(2).enumerate().skip(1);
    for (at, pair) in pairs {
        let Some(kind) = pair[0].kind().filter(|_| pair[1].is(CRITERIA)) else { continue };
        let capital = |word: &Word| line[word.start..].starts_with(char::is_uppercase);
        let tail = line[pair[1].end..].trim_start();
        let ends = tail.is_empty() || tail.starts_with([':', '：']);
        if !capital(&pair[0]) || !capital(&pair[1]) || !ends {
            continue;
        }
        let own = |word: &&Word| word.is(QUALIFIERS) && capital(word);
        let first = at - words[..at].iter().rev().take_while(own).count();
        if first == 0 || words[first - 1].is(SENTENCE) || words[first - 1].is(QUALIFIERS) {
            continue;
        }
        let colon = tail.chars().next().map_or(0, char::len_utf8);
        let end = line.len() - tail.len() + colon;
        let says = if words[first..at].iter().all(|word| word.is(COMMON)) {
            Says::Kind
        } else {
            Says::More
        };
        return Some(Cut { start: words[first].start, end, kind, says });
    }
    None
}

/// A sentence that introduces a list: `Patients will be excluded if they meet any of the following:`.
fn introduced(line: &str, words: &[Word], mark: Mark, section: Option<Kind>) -> Option<Cut> {
    let listed = mark == Mark::Listed && section.is_some();
    if listed || !line.ends_with([':', '：']) || words.len() > SENTENCE_WORDS {
        return None;
    }
    let any = |list: &[&str]| words.iter().any(|word| word.is(list));
    let refused = words
        .windows(2)
        .any(|pair| pair[0].folded == "not" && pair[1].is(&["eligible", "included"]))
        || words
            .windows(3)
            .any(|trio| trio[0].folded == "not" && trio[2].is(&["eligible", "included"]));
    let out = refused || any(&["excluded", "exclusion", "ineligible"]);
    let within = !refused && any(&["eligible", "included", "inclusion"]);
    let introduces = any(&["following", "criteria", "study", "trial", "if"])
        || (words.len() <= 5 && !any(&["inclusion", "exclusion"]));
    let kind = match (within, out) {
        (true, false) => Kind::Inclusion,
        (false, true) => Kind::Exclusion,
        _ => return None,
    };
    introduces.then_some(Cut { start: 0, end: line.len(), kind, says: Says::More })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_found() {
        use Kind::{Exclusion, Inclusion};
        use Says::More;
        for (line, kind, says, rest) in [
            ("Inclusion Criteria:", Inclusion, Says::Kind, ""),
            ("INCLUSION CRITERIA", Inclusion, Says::Kind, ""),
            ("Inclusion critieria:", Inclusion, Says::Kind, ""),
            ("Inclusion Criteria :", Inclusion, Says::Kind, ""),
            ("Inclusion Criteria:-", Inclusion, Says::Kind, "-"),
            ("Inclusion", Inclusion, Says::Kind, ""),
            ("Exclusion:", Exclusion, Says::Kind, ""),
            ("Key Inclusion Criteria", Inclusion, More, ""),
            ("Main exclusion criteria:", Exclusion, More, ""),
            ("Criteria for inclusion", Inclusion, Says::Kind, ""),
            ("Criteria for exclusion:", Exclusion, Says::Kind, ""),
            ("Non-inclusion criteria:", Exclusion, More, ""),
            ("Exclusion Criteria include:", Exclusion, Says::Kind, ""),
            ("Inclusion Criteria (phase I):", Inclusion, More, ""),
            ("Exclusion Criteria (All parts): pain", Exclusion, More, "pain"),
            ("Additional Inclusion Criteria for Arm A", Inclusion, More, ""),
            ("INCLUSION CRITERIA - ALL PATIENTS:", Inclusion, More, ""),
            ("Inclusion criteria for Phase 2: Precision Screening:", Inclusion, More, ""),
            ("Manchester Lung Health service exclusion Criteria:", Exclusion, More, ""),
            ("Intra-operative Exclusion Criteria:", Exclusion, More, ""),
            ("Exclusion criteria prior randomization", Exclusion, More, ""),
            ("Inclusion criteria. Age ≥22. English", Inclusion, Says::Kind, "Age ≥22. English"),
            ("Exclusion Criteria:• Age 20", Exclusion, Says::Kind, "• Age 20"),
            ("Exclusion Criteria: contra-indication", Exclusion, Says::Kind, "contra-indication"),
            ("Exclusion Criteria： pain", Exclusion, Says::Kind, "pain"),
            (
                "Subjects who met any of the following criteria were excluded from the study:",
                Exclusion,
                More,
                "",
            ),
            (
                "For inclusion in the study patients should fulfil the following criteria:",
                Inclusion,
                More,
                "",
            ),
            ("Patients are not eligible if any of the following is true:", Exclusion, More, ""),
        ] {
            let cut = find(line, Mark::Bare, None).unwrap_or_else(|| panic!("{line}"));
            assert_eq!(
                (cut.start, cut.kind, cut.says, line[cut.end..].trim()),
                (0, kind, says, rest),
                "{line}"
            );
        }
    }

    #[test]
    fn criteria_about_criteria_are_no_headings() {
        for line in [
            "Patient meets the inclusion criteria for trial entry",
            "Does not meet the Inclusion Criteria",
            "There are no exclusion criteria",
            "Has any geriatric exclusion criteria:",
            "Other protocol defined inclusion/exclusion criteria may apply",
            "Other exclusion criteria apply according to the label",
            "Further inclusion criteria apply.",
            "Failure to meet any of the inclusion criteria",
            "Women were free of exclusion criteria.",
            "No exclusion based on gender",
            "Inclusion of women and minorities:",
            "The main inclusion and exclusion criteria include but are not limited to the following:",
            "Participants with active infection are eligible if they are:",
            "Age 18-50 (included)",
            "",
        ] {
            assert_eq!(find(line, Mark::Listed, Some(Kind::Inclusion)), None, "{line}");
        }
    }

    #[test]
    fn a_heading_may_follow_a_criterion_in_its_line() {
        for (line, ahead, kind) in [
            ("Stable relationship Exclusion Criteria:", "Stable relationship", Kind::Exclusion),
            ("Males- Stable one Key Exclusion Criteria: x", "Males- Stable one", Kind::Exclusion),
            ("Approved by (MAB) Exclusion Criteria:• y", "Approved by (MAB)", Kind::Exclusion),
        ] {
            let cut =
                find(line, Mark::Listed, Some(Kind::Inclusion)).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((line[..cut.start].trim(), cut.kind), (ahead, kind), "{line}");
        }
    }
}
