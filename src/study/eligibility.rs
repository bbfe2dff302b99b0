//! Eligibility criteria: one free text as an ordered list of parts, each under its own heading with the role
//! that the heading gives it.
//!
//! The split states what the text states. Headings are found by their words; no word is changed and none is
//! dropped. Where it is not certain which role a text has, its role is [`Role::AsRegistered`]. Source:
//! `eligibilityModule.eligibilityCriteria`.

mod certainty;
mod content;
mod enclosed;
mod group;
mod heading;
mod list;
mod reading;
mod series;
mod settle;
mod split;
mod term;
mod word;

pub use reading::Told;
pub(crate) use reading::unstated;
pub use split::criteria;

/// The criteria of one study: parts in the record's order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Criteria {
    pub parts: Vec<Part>,
}

/// What stands under one heading, or before the first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    pub role: Role,
    /// As registered, unescaped and cleaned, without a colon at its end. Empty for text before the first heading.
    pub heading: String,
    pub criteria: Vec<Criterion>,
}

/// What a part says of those who meet it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    Inclusion,
    Exclusion,
    /// The record does not say, or not certainly.
    #[default]
    AsRegistered,
}

/// One line of a part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Criterion {
    /// Under how many lines of the list it stands.
    pub depth: usize,
    /// `• `, the author's number or letter as in `3. `, or nothing.
    pub marker: String,
    /// Unescaped and cleaned, on one line.
    pub text: String,
    pub kind: Kind,
}

/// What a line of a part is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    Criterion,
    /// An introduction, a footnote, the title of a group: no criterion of its own.
    Note,
    /// A note with a blank line before it.
    Paragraph,
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;
    use crate::text::plain;

    /// Parts as `[+ heading] lines`: `+` inclusion, `-` exclusion, `?` as registered; each line ends with `/`, has
    /// `>` for each level, and `~` before a note.
    pub(super) fn shown(text: &str) -> String {
        let line = |line: &Criterion| {
            let sign = if line.kind == Kind::Criterion { "" } else { "~" };
            format!("{}{sign}{}{}/", ">".repeat(line.depth), line.marker, line.text)
        };
        let part = |part: &Part| {
            let sign = match part.role {
                Role::Inclusion => '+',
                Role::Exclusion => '-',
                Role::AsRegistered => '?',
            };
            let lines: String = part.criteria.iter().map(line).collect();
            format!("[{sign}{}]{lines}", part.heading)
        };
        criteria(text).parts.iter().map(part).collect()
    }

    #[test]
    fn texts_are_split() {
        for (raw, means) in [
            ("", ""),
            ("Just one\n\n* text", "[?]~Just one/• text/"),
            (
                "This is about all.\n\nInclusion:\na\nb:\nExclusion:\nc",
                "[?]~This is about all./[+Inclusion]a/~b:/[-Exclusion]c/",
            ),
            (
                "**Inclusion Criteria:**\n* a\n  more\n\n  still\nnew\n* Exclusion criteria\n  * b",
                "[+Inclusion Criteria]• a more/>~still/~new/[-Exclusion criteria]• b/",
            ),
            (
                "* Inclusion Criteria:-\n2. Exclusion Criteria (all):\n* b",
                "[+Inclusion Criteria][-2. Exclusion Criteria (all)]• b/",
            ),
            (
                "# Inclusion Criteria:\na\nExclusion Criteria: *x* (y)",
                "[+Inclusion Criteria]a/[-Exclusion Criteria]x (y)/",
            ),
            (
                "Inclusion Criteria:- Men- 20 years Exclusion Criteria:- Pain \\\\ x",
                "[+Inclusion Criteria]• Men- 20 years/[-Exclusion Criteria]• Pain \\ x/",
            ),
            (
                "Key Inclusion Criteria: a\n-\nNon-inclusion Criteria:\n1. b",
                "[+Key Inclusion Criteria]a/[-Non-inclusion Criteria]1. b/",
            ),
            ("Inclusion: adults. Exclusion: b", "[+Inclusion]adults./[-Exclusion]b/"),
            (
                "Inclusion Criteria:\r\n* a\u{202e}\n\nExclusion:\n\nNone.",
                "[+Inclusion Criteria]• a\u{FFFD}/[-Exclusion]None./",
            ),
        ] {
            assert_eq!(shown(raw), means, "{raw:?}");
        }
    }

    #[test]
    fn parts_keep_the_order_of_the_record() {
        for (raw, means) in [
            (
                "Arm A inclusion criteria:\n* a\nArm A exclusion criteria:\n* b\nArm B inclusion criteria:\n* c\nArm B exclusion criteria:\n* d",
                "[+Arm A inclusion criteria]• a/[-Arm A exclusion criteria]• b/[+Arm B inclusion criteria]• c/[-Arm B exclusion criteria]• d/",
            ),
            (
                "Patients:\n\nInclusion:\n* a\n\nExclusion:\n* b\n\nHealthy controls\n\nInclusion:\n* c\n\nExclusion:\n* d",
                "[?Patients][+Inclusion]• a/[-Exclusion]• b/[?Healthy controls][+Inclusion]• c/[-Exclusion]• d/",
            ),
            (
                "Inclusion:\n\nPatients:\n1. a\n\nControls:\n1. b\n\nExclusion:\n\nPatients:\n1. c\n\nControls:\n1. d",
                "[+Patients]1. a/[+Controls]1. b/[-Patients]1. c/[-Controls]1. d/",
            ),
            (
                "Inclusion:\nCohort A\nadults\nconsent\nCohort B\nchildren\nassent\nExclusion:\n* Patients\n  * a\n* Controls\n  * b",
                "[+Cohort A]adults/consent/[+Cohort B]children/assent/[-Exclusion]~• Patients/>• a/~• Controls/>• b/",
            ),
            // What controls are asked below exclusions is not said.
            (
                "Inclusion:\n* a\n\nExclusion:\n* b\n\nHealthy controls:\n* c",
                "[+Inclusion]• a/[-Exclusion]• b/[?Healthy controls]• c/",
            ),
            (
                "Inclusion:\n* a\n\nInterview with nurses\n\nExclusion:\n* b",
                "[+Inclusion]• a/[?Interview with nurses][-Exclusion]• b/",
            ),
            (
                "Inclusion:\n* a\n* Part B:\n  * b\n\nExclusion:\n* c\n\nWithdrawal criteria:\n* d",
                "[+Inclusion]• a/~• Part B:/>• b/[-Exclusion]• c/[?Withdrawal criteria]• d/",
            ),
            (
                "1. Nurses\n\nInclusion criteria:\n* a\n\n2. Doctors\n\nInclusion:\n* b\n\nExclusion:\n* c",
                "[?1. Nurses][+Inclusion criteria]• a/[?2. Doctors][+Inclusion]• b/[-Exclusion]• c/",
            ),
        ] {
            assert_eq!(shown(raw), means, "{raw:?}");
        }
    }

    #[test]
    fn what_may_be_exclusion_is_never_shown_as_inclusion() {
        for (raw, means) in [
            ("Inclusion:\n* a\n* b", "[+Inclusion]• a/• b/"),
            (
                "Inclusion:\n* a\nEnclusion criteria:\n* b",
                "[+Inclusion]• a/[?Enclusion criteria]• b/",
            ),
            (
                "Inclusion:\n* a\n* not b, those are excluded",
                "[?]~Inclusion:/• a/• not b, those are excluded/",
            ),
            (
                "Inclusion:\n* a\n\nWhat leads to not being taken, or excluded later\n* b",
                "[?]~Inclusion:/• a/~What leads to not being taken, or excluded later/• b/",
            ),
            ("Inclusion/exclusion criteria:\n* a", "[?]~Inclusion/exclusion criteria:/• a/"),
            (
                "Adults who consent. Others are excluded.",
                "[?]~Adults who consent. Others are excluded./",
            ),
            ("* a\n\nExclusion:\n* b", "[?]• a/[-Exclusion]• b/"),
            (
                "Inclusion:\n* a\n\nUnsuitable participants:\n* b\n\nExclusion:\n* c",
                "[+Inclusion]• a/[?Unsuitable participants]• b/[-Exclusion]• c/",
            ),
            // Who is eligible with brain metastases is not who is eligible.
            (
                "Inclusion:\n* a\nExclusion:\n* b\n\nPatients with brain metastases are eligible if:\n* c\n* d",
                "[+Inclusion]• a/[-Exclusion]• b/[?]~Patients with brain metastases are eligible if:/• c/• d/",
            ),
            (
                "Inclusion:\n* a\nExclusion:\nInclusion in another study\nInclusion body myositis",
                "[+Inclusion]• a/[-Exclusion]Inclusion in another study/Inclusion body myositis/",
            ),
            (
                "Exclusion:\n* b\nFor including patients:\n* a",
                "[-Exclusion]• b/~For including patients:/• a/",
            ),
            (
                "Inclusion:\n* a\nOne exclusion criteria list:\n* b\nExclusion:\n* c",
                "[+Inclusion]• a/[-One exclusion criteria list]• b/[-Exclusion]• c/",
            ),
            (
                "Inclusion:\n* a of the body Exclusion Criteria, b\nExclusion:\n* c",
                "[?Inclusion][?]• a of the body Exclusion Criteria, b/[-Exclusion]• c/",
            ),
        ] {
            assert_eq!(shown(raw), means, "{raw:?}");
        }
    }

    /// However its heading is written, and with or without a marker, what stands below is not inclusion.
    #[test]
    fn no_heading_of_exclusion_is_overlooked() {
        for heading in [
            "Exclusion Citeria:",
            "Exclusion Criteri",
            "exclusion criterias",
            "Exlcusion criteria",
            "EXCLUSION CRITERIA -",
            "EXCLUSIONCRITERIA",
            "5Exclusion Criteria:",
            "criteriaExclusion Criteria:",
            "Criteria for Exclusion from the Study",
            "Main exclusion:",
            "Principal exclusion criteria",
            "Non-inclusion",
            "Patients will be excluded if",
            "Ineligibility",
            "Not eligible:",
            "Excluded:",
            "Exclusions",
            "Exclusion – Cohort 2",
            "B. Exclusion",
            "2.2 Exclusion Criteria",
            "**Exclusion Criteria**",
            "__Exclusion Criteria__",
            "## Exclusion Criteria",
            "* **Exclusion Criteria:**",
            "- Exclusion Criteria:",
            "Exclusion Criteria;",
            "Exclusion Criteria：",
            "The exclusion criteria were:",
            "Critères d'exclusion",
            "Criterios de no inclusión",
            "Ausschlusskriterien:",
            "Critérios de exclusão:",
            "Criteri di esclusione:",
            "Exclusiecriteria:",
            "Eksklusionskriterier:",
            "排除标准",
            "Excl. criteria:",
            "Exclusion Criteria Healthy Volunteers",
            "E X C L U S I O N  C R I T E R I A",
            "Exclu sion criteria:",
            "<b>Exclusion Criteria</b>",
            "--- Exclusion criteria ---",
            "Exclution Criteria:",
            "Eclusion criteria",
            "xclusion Criteria:",
            "Wxclusion criteria",
            "Enclusion criteria",
            "Exclusion standards",
            "Elimination criteria:",
            "Who cannot join:",
            "Exclusive criteria:",
            "Exclude criteria:",
            "NOT INCLUDED:",
            "Reasons for exclusion:",
            "Conditions that exclude participation",
        ] {
            for marker in ["", "* ", "3. "] {
                let text =
                    format!("Inclusion Criteria:\n\n* a\n* b\n\n{marker}{heading}\n\n* c\n* d");
                let inclusion =
                    criteria(&text).parts.into_iter().filter(|part| part.role == Role::Inclusion);
                let wrong = inclusion.flat_map(|part| part.criteria).any(|line| line.text == "c");
                assert!(!wrong, "{text}");
            }
        }
    }

    #[test]
    fn lists_are_nested_as_their_authors_did() {
        for (raw, means) in [
            ("* a \\> 1\n\n  * b\n* c", "• a > 1/>• b/• c/"),
            (
                "1. a:\n   a. b\n   b. c\n2. d\n   a) e\n   b) f",
                "1. a:/>a. b/>b. c/2. d/>a) e/>b) f/",
            ),
            ("1. a\ni. b\nii. c\niii. d\n2. e", "1. a/>i. b/>ii. c/>iii. d/2. e/"),
            ("1. a\n\n(a) b\n\n(b) c\n2. d", "1. a/>(a) b/>(b) c/2. d/"),
            ("1. a\n1.1 b\n1.2 c\n2. d", "1. a/>1.1 b/>1.2 c/2. d/"),
            ("1. a\n- b\n- c\n2. d\n- e", "1. a/>• b/>• c/2. d/• e/"),
            ("A. a\n1. b\n2. c\nB. d\n1. e", "A. a/>1. b/>2. c/B. d/>1. e/"),
            ("h. a\ng. b", "~h. a/~g. b/"),
            ("a. a\nb. b\nC. difficile", "a. a/b. b/~C. difficile/"),
            ("1.a\n2)b\n(3)c", "1. a/2) b/(3) c/"),
            ("①a\n② b", "① a/② b/"),
            ("1\\. a\n2\\. b\n1\\) c", "1. a/2. b/>1) c/"),
            ("* 2\\. a\n* b", "2. a/• b/"),
            ("•a\n▪ b\n-c\n– d\n\\- e\n-5 f\n\u{f0b7} g", "• a/• b/• c/• d/• e/~-5 f/• g/"),
            ("+ a\n\\+ b", "+ a/~+ b/"),
            ("* a:\n1. b\n2. c\n* d", "• a:/>1. b/>2. c/• d/"),
            ("1. a\n  2. b\n   3. c", "1. a/2. b/3. c/"),
            ("* a\n\\* b of a", "• a/~* b of a/"),
            ("1.5 mg of a\n18-65 years", "~1.5 mg of a/~18-65 years/"),
            ("* a which\n  goes on\n  Then more", "• a which goes on/>~Then more/"),
        ] {
            let shown = shown(raw);
            assert_eq!(shown, format!("[?]{means}"), "{raw:?}");
        }
    }

    /// Every word of a text, with how often it stands there; words of headings are left out.
    fn counted(text: &str) -> HashMap<String, usize> {
        let text = text.replace("Inclusion Criteria", " ").replace("Exclusion", " ");
        let mut counts = HashMap::new();
        let words = text.split(|char: char| !char.is_alphabetic());
        for word in words.filter(|word| !word.is_empty()) {
            *counts.entry(word.to_owned()).or_default() += 1;
        }
        counts
    }

    fn kept(found: &Criteria) -> HashMap<String, usize> {
        let mut text = String::new();
        for part in &found.parts {
            text.extend([part.heading.as_str(), "\n"]);
            let lines = part.criteria.iter().flat_map(|line| [&*line.marker, &*line.text, "\n"]);
            text.extend(lines);
        }
        counted(&text)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn any_text_is_split(raw in "(Inclusion|exclusion|criteri|Criteria|for|are|Cohort A|if|not|eligible|Key|[0-9a-d日éßİ]|[:：.;,()（）•–\\-・。]| |\n|\\* ){0,24}") {
            let _ = criteria(&raw).lines();
        }

        #[test]
        fn no_word_is_lost_or_made_up(raw in "(Inclusion Criteria|Exclusion:|Key |Cohort A:|\n|  |\\* |1\\. |a\\) |[a-d日]{1,3} |\\\\|\\*\\*|: |\\. ){0,30}") {
            let lines: Vec<String> = raw.lines().map(plain).collect();
            let mut before = counted(&lines.join("\n"));
            let mut after = kept(&criteria(&raw));
            // A number or letter alone is a marker without text.
            for counts in [&mut before, &mut after] {
                counts.retain(|word, _| word.chars().count() > 1);
            }
            prop_assert_eq!(before, after, "{:?}", raw);
        }
    }
}
