//! Titles that name whom the criteria below are for (a cohort, a part of the study, the controls), or what
//! they are for besides taking part. Decides by the words of a line alone.

use super::term::Term;
use super::word::Word;

/// What a study is divided into, and who is in it.
#[rustfmt::skip]
const GROUPS: &[&str] = &[
    "cohort", "cohorts", "group", "groups", "arm", "arms", "part", "parts", "phase", "phases", "stage", "stages", "step", "steps", "module", "substudy",
    "sub", "population", "populations", "study", "studies", "trial", "aim", "aims", "stratum", "strata", "period", "site", "sites", "package", "wp", "level",
    "patient", "patients", "participant", "participants", "subject", "subjects", "control", "controls", "case", "cases", "volunteer", "volunteers",
    "donor", "donors", "recipient", "recipients", "caregiver", "caregivers", "carer", "carers", "parent", "parents", "child", "children",
    "mother", "mothers", "father", "fathers", "infant", "infants", "neonates", "newborns", "partner", "partners", "provider", "providers",
    "clinician", "clinicians", "physician", "physicians", "nurse", "nurses", "doctors", "staff", "relative", "relatives", "family", "families", "member", "members", "sibling",
    "siblings", "adults", "adolescents", "dyads", "teachers", "students", "guardians", "stakeholders", "professionals", "workers", "couples", "women", "men", "pregnant", "clinics", "clinic", "survivors", "minorities", "individuals", "people", "persons",
    "patienten", "probanden", "temoins", "pacientes", "controles", "pazienti",
];
/// Words that stand with them.
#[rustfmt::skip]
const QUALIFIERS: &[&str] = &[
    "for", "of", "the", "all", "both", "only", "and", "or", "in", "to", "healthy", "control", "experimental", "intervention", "treatment", "comparison", "comparator", "case",
    "dose", "escalation", "expansion", "run", "lead", "main", "pilot", "feasibility", "randomized", "randomised", "randomization", "randomisation", "enrollment", "enrolment",
    "screening", "interview", "interviews", "qualitative", "quantitative", "focus", "normal", "adult", "pediatric", "paediatric", "male", "female", "care", "health", "healthcare", "open", "label", "phase", "work",
    "extension", "long", "term", "follow", "up", "i", "ii", "iii", "iv", "v", "additional", "general", "common", "specific", "each", "any", "optional", "survey", "first", "second", "third", "retrospective", "prospective",
];
/// What is numbered: `Cohort 1`, `Part A`.
#[rustfmt::skip]
const NUMBERED: &[&str] = &["cohort", "cohorts", "group", "arm", "part", "phase", "stage", "step", "module", "aim", "substudy", "population", "package", "wp", "stratum", "level", "study", "period", "parts", "groups", "phases", "arms"];
/// Words that make a sentence or an introduction of a line.
#[rustfmt::skip]
const SENTENCE: &[&str] = &[
    "must", "should", "will", "may", "can", "cannot", "has", "have", "had", "having", "is", "are", "was", "were", "be", "been", "meet", "meets", "meeting", "not", "no", "if", "who", "that", "which",
    "following", "include", "includes", "including", "undergoing", "receiving", "treated", "provided", "least", "than", "requires", "require", "does", "do", "agree", "able", "willing", "either", "defined", "known", "history", "prior", "accepts", "yes",
];
/// What criteria are for besides taking part.
#[rustfmt::skip]
const PURPOSES: &[&str] = &[
    "withdrawal", "withdraw", "withdrawing", "dropout", "drop", "dropping", "pull", "exit", "discontinuation", "discontinuing", "stopping", "stop", "termination", "terminating", "suspension", "removal", "removing",
    "elimination", "eliminating", "rejection", "shedding", "culling", "randomization", "randomisation", "eligibility", "participation", "selection", "screening", "failure", "rejecting", "abortion", "departure", "leaving", "discharge", "interruption",
];

/// Whether words name a group and nothing else.
pub(super) fn is_group(words: &[Word]) -> bool {
    let is_label = |word: &Word| {
        word.end - word.start == 1 || word.text().bytes().all(|byte| byte.is_ascii_digit())
    };
    words.iter().any(|word| word.is(GROUPS))
        && words.iter().all(|word| word.is(GROUPS) || word.is(QUALIFIERS) || is_label(word))
}

/// Whether a line, its marker taken off, is the name of a group.
pub(super) fn is_title(line: &str, words: &[Word]) -> bool {
    let colon = line.trim_end_matches([' ', '-', '–', '—']).ends_with([':', '：']);
    let most = if colon { 10 } else { 8 };
    let named = words.iter().any(|word| word.term != Term::None);
    if words.is_empty()
        || words.len() > most
        || named
        || line.ends_with(['.', ';', ','])
        || !line.starts_with(|char: char| {
            char.is_uppercase() || char.is_ascii_digit() || !char.is_alphanumeric()
        })
    {
        return false;
    }
    // `Cohort A`, `Part 2 - dose expansion`, `Work Package 2 (including interviews)`
    let numbered = words.iter().take(2).zip(words.iter().skip(1)).any(|(word, label)| {
        let short = label.end - label.start <= 2 || label.is(&["iii", "one", "two", "three"]);
        word.is(NUMBERED) && short && !label.is(&["of", "in", "to", "is"])
    });
    let is_sentence = |word: &Word| word.is(SENTENCE) && !(numbered && word.is(&["including"]));
    if words.iter().any(is_sentence) {
        return false;
    }
    if numbered {
        // What stands behind the label is set off from it.
        return colon
            || words.len() <= 2
            || is_group(words)
            || line.contains([':', '–', '—', '('])
            || line.contains(" - ");
    }
    let last = words
        .last()
        .is_some_and(|word| word.is(&["with", "for", "of", "to", "the", "and", "or", "in"]));
    // `Patients with diabetes:`, `ME/CFS patients:`
    let set_off = |pair: &[Word]| {
        pair[0].is(GROUPS) && pair[1].is(&["with", "without", "from", "in", "at", "of", "on"])
    };
    let named = words.windows(2).take(3).any(set_off)
        || words.iter().rev().find(|word| !word.is(&["only"])).is_some_and(|word| word.is(GROUPS));
    !last && (is_group(words) && (colon || words.len() <= 4) || colon && named && words.len() <= 7)
}

/// Whether any word names a group.
pub(super) fn has_group(words: &[Word]) -> bool {
    words.iter().any(|word| word.is(GROUPS))
}

/// The number or letter with which a title begins: `2. Nurses`, `B) Patients`.
pub(super) fn label(title: &str) -> Option<u32> {
    let title = title.trim_start_matches('(');
    let end = title.find([')', '.', ':'])?;
    match &title.as_bytes()[..end] {
        [letter] if letter.is_ascii_alphabetic() => {
            Some(u32::from(letter.to_ascii_lowercase() - b'a') + 1)
        }
        _ => title[..end].parse().ok(),
    }
}

/// Whether a title counts: `Cohort 2`, `Work Package 2 (interviews)`.
pub(super) fn is_numbered(words: &[Word]) -> bool {
    words
        .iter()
        .take(2)
        .zip(words.iter().skip(1))
        .any(|(word, label)| word.is(NUMBERED) && label.end - label.start <= 2)
}

/// Whether a line names criteria of another purpose than taking part, such as `Withdrawal criteria:`.
pub(super) fn is_purpose(line: &str, words: &[Word]) -> bool {
    let criteria = words.iter().position(|word| word.term == Term::Criteria);
    let taking_part =
        |word: &Word| matches!(word.term, Term::Inclusion | Term::Exclusion | Term::Unclear);
    if words.len() > 6
        || words.iter().any(taking_part)
        || words.iter().any(|word| word.is(SENTENCE))
    {
        return false;
    }
    let tail = line.trim_end();
    let colon = tail.ends_with([':', '：']);
    match criteria {
        Some(at) => {
            let last = words.len() - 1;
            let ends = (at == last || words[last].is(PURPOSES)) && !tail.ends_with(['.', ';', ',']);
            words.iter().any(|word| word.is(PURPOSES)) && (colon || ends)
        }
        None => {
            colon
                && words.len() <= 2
                && words.last().is_some_and(|word| {
                    word.is(&[
                        "eligibility",
                        "contraindications",
                        "contraindication",
                        "withdrawal",
                        "restrictions",
                    ])
                })
        }
    }
}

/// Whether a short line may be the title of what follows it.
pub(super) fn is_short_title(line: &str, words: &[Word]) -> bool {
    let sentence = words
        .iter()
        .any(|word| word.is(SENTENCE) || word.is(&["apply"]) || word.term != Term::None);
    let sentence = sentence || words.first().is_some_and(|word| word.is(&["note", "nb"]));
    let begins = line.starts_with(|char: char| char.is_uppercase() || !char.is_alphabetic());
    (1..=10).contains(&words.len()) && !sentence && begins && !line.ends_with(['.', ';', ','])
}

/// Whether a line is a sentence more than a title.
pub(super) fn is_sentence(words: &[Word]) -> bool {
    words.iter().any(|word| {
        word.is(SENTENCE) && !word.is(&["is", "are", "was", "were", "include", "includes"])
    })
}
