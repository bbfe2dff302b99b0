//! Which line of a criteria text is a heading, and of which role. Decides by the words of the line alone;
//! does not know lists or what becomes of the text.

mod phrase;
mod run_on;
mod sentence;
mod title;

use super::Role;
use super::term::Term;
use super::word::{Word, words};
use crate::text::effort;

/// A heading within a line: the text before `start` belongs to the part before, the text behind `end` to
/// the new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) role: Role,
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    Heading(Heading),
    /// It may be a heading of this role, or of any.
    Doubt(Role),
    Nothing,
}

/// How a line stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stands {
    Alone,
    /// Without a marker, in the item above.
    Within,
    /// Behind a marker, before any heading or in the list of the headings.
    First,
    /// Behind a marker.
    Listed,
    /// Behind a heading in its line.
    Behind,
}

/// A line with its words.
#[derive(Clone, Copy)]
struct Line<'a> {
    text: &'a str,
    words: &'a [Word],
    stands: Stands,
}

/// Words that may stand before the role even behind a marker.
#[rustfmt::skip]
const QUALIFIERS: &[&str] = &[
    "key", "main", "major", "principal", "primary", "the", "study", "trial", "general", "basic", "common",
    "other", "additional", "specific", "patient", "patients", "subject", "subjects", "participant",
    "participants", "donor", "recipient", "provider", "clinic", "eligibility", "non", "important", "further",
    "a", "b", "c", "d", "i", "ii", "iii", "iv", "1", "2", "3", "4",
];
/// Words that make a sentence of a line: it is a criterion about criteria.
#[rustfmt::skip]
const SENTENCE: &[&str] = &[
    "meet", "meets", "met", "meeting", "fulfil", "fulfill", "fulfils", "fulfills", "fulfilled", "fulfilling",
    "satisfy", "satisfies", "satisfying", "not", "no", "none", "any", "of", "has", "have", "had", "there", "is", "are",
    "were", "was", "be", "who", "must", "should", "will", "may", "can", "to", "under", "per", "with", "without", "all", "following", "each",
    "these", "this", "those", "by", "in", "note", "same", "if", "see", "refer", "according", "unless", "whose", "that", "which",
    "violate", "violates", "violating", "apply", "applies", "because", "due", "as", "above", "below", "listed", "also",
];
/// Words that a heading may have between its role and its end: `are as follows`, `include the following`.
#[rustfmt::skip]
const FOLLOWS: &[&str] = &[
    "are", "is", "were", "was", "as", "follows", "follow", "following", "the", "include", "includes", "included", "including", "will", "be", "any",
    "of", "all", "one", "or", "more", "these", "below", "listed", "but", "not", "limited", "to", "defined", "if", "and", "shall", "consist",
];
/// Words that rule out what they stand with, and name no role.
#[rustfmt::skip]
pub(super) const RULED_OUT: &[&str] = &["prohibited", "forbidden", "disallowed", "contraindicated", "unsuitable", "unfit", "unacceptable", "disqualified", "rejected"];
/// Words with which a heading goes on behind "criteria".
#[rustfmt::skip]
const TAILS: &[&str] = &[
    "for", "of", "at", "in", "from", "into", "on", "prior", "during", "before", "after", "to", "specific", "related", "regarding", "applicable", "common",
    "de", "du", "des", "d", "pour", "a", "au", "aux", "dans", "para", "en", "del", "per", "do", "da", "di", "dei", "fur", "zur", "bei", "der", "nel", "dallo",
];

/// Finds the heading of an unescaped line.
pub(super) fn find(text: &str, words: &[Word], stands: Stands) -> Found {
    effort::look(text.len());
    let line = Line { text, words, stands };
    let found = line.title();
    if let Found::Heading(_) = found {
        return found;
    }
    let others = [Line::run_on, Line::introduced];
    let mut others = others.iter().map(|look| look(&line));
    others.find(|found| *found != Found::Nothing).unwrap_or(found)
}

impl Line<'_> {
    /// Whether no marker stands before the line.
    fn is_unmarked(&self) -> bool {
        matches!(self.stands, Stands::Alone | Stands::Within | Stands::Behind)
    }
}

/// Whether a line denies something or speaks of exclusion.
pub(super) fn denies(text: &str) -> bool {
    let mut found = Vec::new();
    words(text, &mut found);
    found.iter().any(|word| {
        word.is(sentence::DENIALS)
            || word.is(RULED_OUT)
            || matches!(word.term, Term::Exclusion | Term::Excluded)
    })
}

fn ends_sentence(gap: &str) -> bool {
    gap.contains(['.', ';', '!', '?', '。', '；', '•'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str, stands: Stands) -> Found {
        let mut found = Vec::new();
        words(line, &mut found);
        find(line, &found, stands)
    }

    /// Headings alone on a line, with the text that stands behind each.
    #[test]
    fn headings_are_found() {
        use Role::{AsRegistered, Exclusion, Inclusion};
        for (line, role, rest) in [
            ("Inclusion Criteria:", Inclusion, ""),
            ("INCLUSION CRITERIA", Inclusion, ""),
            ("Inclusion critieria:", Inclusion, ""),
            ("Inclusion Criteria :", Inclusion, ""),
            ("Inclusion Criteria:-", Inclusion, ""),
            ("Inclusion", Inclusion, ""),
            ("Exclusion:", Exclusion, ""),
            ("Key Inclusion Criteria", Inclusion, ""),
            ("Main exclusion criteria:", Exclusion, ""),
            ("Principal exclusion", Exclusion, ""),
            ("Criteria for inclusion", Inclusion, ""),
            ("Criteria for exclusion:", Exclusion, ""),
            ("Criteria for exclusion from the trial", Exclusion, ""),
            ("Non-inclusion criteria:", Exclusion, ""),
            ("Non inclusion", Exclusion, ""),
            ("Ineligibility", Exclusion, ""),
            ("Not eligible:", Exclusion, ""),
            ("Non-eligibility criteria:", Exclusion, ""),
            ("Non eligibility:", Exclusion, ""),
            ("Criteria of non-eligibility", Exclusion, ""),
            ("Ineligibility criteria", Exclusion, ""),
            ("Reasons for exclusion", Exclusion, ""),
            ("Reasons for ineligibility:", Exclusion, ""),
            ("Disqualifying conditions:", Exclusion, ""),
            ("Ineligible if:", Exclusion, ""),
            ("Exclusion Criteria include:", Exclusion, ""),
            ("Exclusion criteria are: x, y", Exclusion, "x, y"),
            ("The exclusion criteria were x and y.", Exclusion, "x and y."),
            ("Inclusion Criteria (phase I):", Inclusion, ""),
            ("Exclusion Criteria (All parts): pain", Exclusion, "pain"),
            ("Additional Inclusion Criteria for Arm A", Inclusion, ""),
            ("INCLUSION CRITERIA - ALL PATIENTS:", Inclusion, ""),
            ("Exclusion – Cohort 2", Exclusion, ""),
            ("Exclusion Criteria: Healthy volunteers", Exclusion, ""),
            ("Inclusion criteria for Phase 2: Precision Screening:", Inclusion, ""),
            ("Lung Health service exclusion Criteria:", Exclusion, ""),
            ("Intra-operative Exclusion Criteria:", Exclusion, ""),
            ("Exclusion criteria prior randomization", Exclusion, ""),
            ("Inclusion criteria. Age ≥22. English", Inclusion, "Age ≥22. English"),
            ("Exclusion Criteria:• Age 20", Exclusion, "• Age 20"),
            ("Exclusion Criteria: contra-indication", Exclusion, "contra-indication"),
            ("Exclusion Criteria: - pain", Exclusion, "- pain"),
            ("Exclusion Criteria: -5 or less", Exclusion, "-5 or less"),
            ("Exclusion Criteria： pain", Exclusion, "pain"),
            ("Exclusion Criteria(1)Pain", Exclusion, "(1)Pain"),
            ("Inclusion Criteria Age 18 to 65", Inclusion, "Age 18 to 65"),
            // Slips of the fingers, and words run together or apart.
            ("Exclusion Citeria:", Exclusion, ""),
            ("Exclusion Criteri", Exclusion, ""),
            ("exclusion criterias", Exclusion, ""),
            ("Exlcusion creteria", Exclusion, ""),
            ("Inlcussion critera:", Inclusion, ""),
            ("Excl. criteria:", Exclusion, ""),
            ("Exclusive criteria", Exclusion, ""),
            ("5Inclusion Criteria:", Inclusion, ""),
            ("criteriaExclusion Criteria:", Exclusion, ""),
            ("EXCLUSIONCRITERIA", Exclusion, ""),
            ("Ex clusion criteria", Exclusion, ""),
            ("E X C L U S I O N C R I T E R I A", Exclusion, ""),
            ("Exclusion_Criteria:", Exclusion, ""),
            // Numbers and letters before them.
            ("B. Exclusion", Exclusion, ""),
            ("II. Exclusion Criteria", Exclusion, ""),
            ("2.2 Exclusion Criteria", Exclusion, ""),
            // Other languages.
            ("Critères d'inclusion :", Inclusion, ""),
            ("Critères de non-inclusion", Exclusion, ""),
            ("Criterios de exclusión:", Exclusion, ""),
            ("Criterios de no inclusión", Exclusion, ""),
            ("Critérios de inclusão", Inclusion, ""),
            ("Criteri di esclusione:", Exclusion, ""),
            ("Einschlusskriterien:", Inclusion, ""),
            ("Ausschlußkriterien", Exclusion, ""),
            ("Критерии исключения:", Exclusion, ""),
            ("主要排除标准：", Exclusion, ""),
            // One heading over both.
            ("Inclusion/Exclusion Criteria:", AsRegistered, ""),
            ("Inclusion and exclusion criteria", AsRegistered, ""),
            ("Einschluss- und Ausschlusskriterien:", AsRegistered, ""),
            ("Critères d'inclusion et de non-inclusion", AsRegistered, ""),
            ("Enclusion criteria", AsRegistered, ""),
            // Sentences that introduce a list.
            (
                "Those who met any of the following criteria were excluded from the study:",
                Exclusion,
                "",
            ),
            (
                "For inclusion in the study patients should fulfil the following criteria:",
                Inclusion,
                "",
            ),
            ("Patients are not eligible if any of the following is true:", Exclusion, ""),
            ("Patients will be excluded if", Exclusion, ""),
            ("Patients cannot take part if:", Exclusion, ""),
            ("Any of the following exclusion criteria:", Exclusion, ""),
            ("Participants will not be included if they have", Exclusion, ""),
        ] {
            let Found::Heading(heading) = found(line, Stands::Alone) else { panic!("{line}") };
            let rest_found = line[heading.end..].trim();
            assert_eq!((heading.start, heading.role, rest_found), (0, role, rest), "{line}");
        }
    }

    #[test]
    fn criteria_about_criteria_are_no_headings() {
        for line in [
            "Patient meets the inclusion criteria for trial entry",
            "Does not meet the Inclusion Criteria",
            "Meets none of the following exclusion criteria:",
            "There are no exclusion criteria",
            "Has any geriatric exclusion criteria:",
            "Other protocol defined inclusion/exclusion criteria may apply",
            "Other exclusion criteria apply according to the label",
            "Further inclusion criteria apply.",
            "Failure to meet any of the inclusion criteria",
            "Women were free of exclusion criteria.",
            "No exclusion based on gender",
            "Exclusion of tuberculosis:",
            "Participants with active infection are eligible if they are:",
            "Patients are not excluded if they have:",
            "Occlusion criteria:",
            "Meets the criteria (see also Exclusion Criterion 3)",
            "Age 18-50 (included)",
            "",
        ] {
            assert_eq!(found(line, Stands::Listed), Found::Nothing, "{line}");
        }
        for line in [
            "Patients may join if they have none of these exclusion criteria:",
            "NOTE: exclusion criteria apply too.",
            "Exclusion criteria for adults do not apply to children",
            "Exclusion criteria for Part B are not applicable to Part A",
            "The exclusion criteria of the first study apply; inclusion criteria may be waived.",
            "Patients with occlusion:",
            "Bacteria:",
        ] {
            assert_eq!(found(line, Stands::Alone), Found::Nothing, "{line}");
        }
    }

    #[test]
    fn what_may_be_a_heading_is_a_doubt() {
        for (line, stands) in [
            ("MRI exclusion criteria: metal", Stands::Listed),
            ("Cells of the lung Exclusion Criteria, and more", Stands::Listed),
            ("<b>Exclusion Criteria</b>", Stands::Alone),
            ("Various medical conditions leading towards exclusion", Stands::Alone),
        ] {
            assert_eq!(found(line, stands), Found::Doubt(Role::Exclusion), "{line}");
        }
    }

    #[test]
    fn a_heading_may_follow_a_criterion_in_its_line() {
        for (line, ahead, role) in [
            ("Stable relationship Exclusion Criteria:", "Stable relationship", Role::Exclusion),
            ("Males- Stable one Key Exclusion Criteria: x", "Males- Stable one", Role::Exclusion),
            ("Approved by (MAB) Exclusion Criteria:• y", "Approved by (MAB)", Role::Exclusion),
            ("Of full age. exclusion criteria : y", "Of full age.", Role::Exclusion),
            ("Of full age. Exclusion: y", "Of full age.", Role::Exclusion),
            ("Up to 65Exclusion Criteria:", "Up to 65", Role::Exclusion),
            ("AdultsEXCLUSION CRITERIA:", "Adults", Role::Exclusion),
            ("Not with asthmaInclusion Criteria:", "Not with asthma", Role::Inclusion),
            ("Consent; the exclusion criteria are: y", "Consent;", Role::Exclusion),
        ] {
            let Found::Heading(heading) = found(line, Stands::Listed) else { panic!("{line}") };
            assert_eq!((line[..heading.start].trim_end(), heading.role), (ahead, role), "{line}");
        }
    }
}
