//! Fills the gaps of [`super::phrases`], and joins sentences until a text is long enough.

use super::chance::Chance;
use super::json::push_number;
use super::vocabulary::{self, Condition, Intervention};
use super::words::{FORMATS, SITES, THERAPIES};
use super::{phrases, place};

/// What the text is about.
pub(crate) struct Subject {
    pub(crate) conditions: Vec<Condition>,
    pub(crate) interventions: Vec<Intervention>,
    /// How many treatments there are to compare with.
    pub(crate) treatments: u32,
    /// How many learned words there are.
    pub(crate) words: u32,
    pub(crate) hand: Hand,
}

/// How whoever wrote the study writes limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hand {
    Signs,
    Escaped,
    InWords,
}

/// How a name is written where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Title,
    Running,
}

impl Subject {
    /// Appends `template` with its gaps filled.
    pub(crate) fn fill(
        &self,
        template: &str,
        style: Style,
        chance: &mut Chance,
        text: &mut String,
    ) {
        let mut parts = template.split('{');
        text.push_str(parts.next().unwrap_or_default());
        for part in parts {
            self.gap(part.as_bytes()[0], style, chance, text);
            text.push_str(&part[2..]);
        }
    }

    fn gap(&self, gap: u8, style: Style, chance: &mut Chance, text: &mut String) {
        let mut named = |name: &str| match style {
            Style::Title => text.push_str(name),
            Style::Running => lower(name, text),
        };
        match gap {
            b'c' if !self.conditions.is_empty() => {
                named(&self.conditions[chance.below(self.conditions.len() as u32) as usize].name);
            }
            b'i' if !self.interventions.is_empty() => {
                named(
                    &self.interventions[chance.below(self.interventions.len() as u32) as usize]
                        .name,
                );
            }
            b'c' | b'd' => named(chance.one(phrases::COMORBIDITIES)),
            b'i' | b'f' => {
                named(chance.one(FORMATS));
                text.push_str(if text.ends_with(' ') || text.is_empty() { "" } else { " " });
                text.push_str(chance.one(THERAPIES));
            }
            b'r' => named(&vocabulary::intervention(chance.rank(self.treatments, 4.0)).name),
            b'P' => named(chance.one(phrases::POPULATIONS)),
            b'z' => named(&vocabulary::learned(chance.rank(self.words, 200.0))),
            b's' => named(SITES[chance.rank(SITES.len() as u32, 8.0) as usize].0),
            b'a' => text.push_str(chance.one(phrases::ADJECTIVES)),
            b'b' => named(chance.one(phrases::BLINDINGS)),
            b'o' => text.push_str(chance.one(phrases::RESULTS)),
            b'm' => text.push_str(chance.one(phrases::MEASURES)),
            b'q' => text.push_str(chance.one(phrases::SCALES)),
            b'x' => text.push_str(chance.one(phrases::EVENTS)),
            b'u' => text.push_str(chance.one(phrases::UNITS)),
            b't' => text.push_str(chance.one(phrases::TIMES)),
            b'y' => text.push_str(chance.one(phrases::OFTEN)),
            b'e' => text.push_str(chance.one(phrases::AT_LEAST[self.hand as usize])),
            b'k' => text.push_str(chance.one(phrases::AT_MOST[self.hand as usize])),
            b'l' => text.push_str(&place::place(chance.rank(2000, 20.0)).city),
            b'g' => push_number(chance.between(1, 3), text),
            b'n' => push_number(chance.between(2, 30), text),
            b'N' => push_number(chance.between(4, 80) * 5, text),
            b'p' => push_number(chance.between(1, 95), text),
            gap => unreachable!("no gap is called {}", char::from(gap)),
        }
    }

    /// Appends one of `templates`.
    pub(crate) fn one(
        &self,
        templates: &[&str],
        style: Style,
        chance: &mut Chance,
        text: &mut String,
    ) {
        self.fill(chance.one(templates), style, chance, text);
    }

    /// Appends sentences, in paragraphs, until they have about `length` bytes.
    pub(crate) fn paragraphs(&self, length: u32, chance: &mut Chance, text: &mut String) {
        let (start, mut sentences) = (text.len(), 0);
        loop {
            self.one(phrases::SENTENCES, Style::Running, chance, text);
            sentences += 1;
            if text.len() - start >= length as usize {
                break;
            }
            text.push_str(if sentences % 5 == 0 { "\n\n" } else { " " });
        }
        oddity(chance, text);
    }

    /// Appends details until they have about `length` bytes.
    pub(crate) fn details(&self, length: u32, chance: &mut Chance, text: &mut String) {
        let start = text.len();
        loop {
            self.one(phrases::DETAILS, Style::Running, chance, text);
            if text.len() - start >= length as usize {
                break;
            }
            text.push(' ');
        }
    }

    /// Appends criteria for taking part, of about `length` bytes.
    pub(crate) fn criteria(&self, length: u32, chance: &mut Chance, text: &mut String) {
        let heading = chance.weighted(&[
            (("Inclusion Criteria:", "Exclusion Criteria:"), 0.9),
            (("INCLUSION CRITERIA", "EXCLUSION CRITERIA"), 0.06),
            (("Key Inclusion Criteria", "Key Exclusion Criteria"), 0.03),
            (("Patients who qualify", "Patients who do not"), 0.01),
        ]);
        let numbered = chance.share(0.3);
        text.push_str(heading.0);
        text.push_str("\n\n");
        self.items(phrases::INCLUSION, length / 2, numbered, chance, text);
        oddity(chance, text);
        text.push_str("\n\n");
        text.push_str(heading.1);
        text.push_str("\n\n");
        self.items(phrases::EXCLUSION, length / 2, numbered, chance, text);
    }

    fn items(
        &self,
        of: &[&str],
        length: u32,
        numbered: bool,
        chance: &mut Chance,
        text: &mut String,
    ) {
        let (start, mut number) = (text.len(), 0);
        // Neighbours in the table differ, so one study does not repeat itself before it is through.
        let first = chance.below(of.len() as u32) as usize;
        loop {
            let nested = number > 0 && !numbered && chance.share(0.03);
            let template = of[(first + number as usize * 7) % of.len()];
            number += 1;
            if numbered {
                push_number(number, text);
                text.push_str(". ");
            } else {
                text.push_str(if nested { "  * " } else { "* " });
            }
            self.fill(template, Style::Running, chance, text);
            if text.len() - start >= length as usize {
                return;
            }
            text.push('\n');
        }
    }
}

/// In a few texts, something that is not usual.
fn oddity(chance: &mut Chance, text: &mut String) {
    if chance.share(0.01) {
        text.push(' ');
        text.push_str(chance.one(phrases::ODDITIES));
    }
}

/// Appends `name` in lower case, except for words that are more than capitalised.
fn lower(name: &str, text: &mut String) {
    for (index, word) in name.split(' ').enumerate() {
        if index > 0 {
            text.push(' ');
        }
        let mut letters = word.chars();
        match letters.next() {
            Some(first)
                if first.is_uppercase() && letters.as_str().chars().all(char::is_lowercase) =>
            {
                text.extend(first.to_lowercase());
                text.push_str(letters.as_str());
            }
            _ => text.push_str(word),
        }
    }
}

/// The name of a person.
pub(crate) fn person(chance: &mut Chance) -> String {
    let degree = chance.weighted(&[
        ("", 0.2),
        (", MD", 0.4),
        (", M.D.", 0.15),
        (", PhD", 0.15),
        (", MD, PhD", 0.1),
    ]);
    let given = chance.one(super::words::GIVEN_NAMES);
    let family = chance.one(super::words::FAMILY_NAMES);
    format!("{given} {family}{degree}")
}
