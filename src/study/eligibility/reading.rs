//! Criteria as lines to read: a title for each part, numbers where the author gave none.

use super::heading::denies;
use super::{Criteria, Criterion, Kind, Part, Role, content};
use crate::text::{Line, Tone};

/// Nested criteria are shown down to this depth; what lies deeper is set as if it lay there.
const DEEPEST: usize = 8;
/// Columns by which a nested criterion stands to the right.
const STEP: usize = 3;
const BULLET: &str = "• ";

impl Role {
    /// The heading of what has this role.
    pub fn title(self) -> &'static str {
        match self {
            Self::Inclusion => "Inclusion criteria",
            Self::Exclusion => "Exclusion criteria",
            Self::AsRegistered => "Criteria as registered",
        }
    }
}

/// What a line of shown criteria is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    Title,
    Criterion(Role),
    /// Nothing that the record says.
    Nothing,
}

impl Criteria {
    /// All parts under their titles.
    pub fn lines(&self) -> Vec<Line> {
        self.told_lines().into_iter().map(|(_, line)| line).collect()
    }

    /// The same, each line with what it is.
    pub fn told_lines(&self) -> Vec<(Told, Line)> {
        let mut lines: Vec<(Told, Line)> = Vec::new();
        for (place, part) in self.parts.iter().enumerate() {
            // The name of a group stands right above what it is the group of.
            let above = place.checked_sub(1).map(|before| &self.parts[before]);
            if above.is_some_and(|above| !above.is_title()) {
                lines.push((Told::Nothing, Line::empty()));
            }
            let title = self.title(place).map(|title| Line::toned(title, Tone::Strong));
            lines.extend(title.map(|title| (Told::Title, title)));
            lines.extend(part.lines().into_iter().map(|line| (Told::Criterion(part.role), line)));
        }
        if let Some(role) = self.unstated() {
            let before = (!lines.is_empty()).then(Line::empty);
            let title = Line::toned(role.title(), Tone::Strong);
            let missing = before.into_iter().chain([title, unstated(role)]);
            lines.extend(missing.map(|line| (Told::Nothing, line)));
        }
        lines
    }

    /// The title of the part at `place`; nothing for an introduction to all.
    pub fn title(&self, place: usize) -> Option<String> {
        let part = &self.parts[place];
        if part.heading.is_empty() {
            let is_list = part.criteria.iter().any(|line| !line.marker.is_empty());
            let has = |role| self.parts.iter().any(|part| part.role == role);
            let introduces = place == 0 && !is_list && has(Role::Inclusion) && has(Role::Exclusion);
            let introduces = introduces && part.role == Role::AsRegistered;
            return (!introduces).then(|| part.role.title().to_owned());
        }
        let title = if part.says_role() {
            plain_title(part)
        } else {
            format!("{}: {}", part.role.title(), part.heading)
        };
        Some(title)
    }

    /// The role of which the record has no heading, where everything in it is under headings of the other.
    pub fn unstated(&self) -> Option<Role> {
        let first = self.parts.first()?.role;
        let other = match first {
            Role::Inclusion => Role::Exclusion,
            Role::Exclusion => Role::Inclusion,
            Role::AsRegistered => return None,
        };
        self.parts.iter().all(|part| part.role == first).then_some(other)
    }
}

/// What stands under a role of which the record has no heading.
pub(crate) fn unstated(role: Role) -> Line {
    let role = if role == Role::Inclusion { "inclusion" } else { "exclusion" };
    Line::toned(format!("no heading for {role} in the record"), Tone::Dim).indented(STEP)
}

/// A heading that says no more than its role is written as all are.
fn plain_title(part: &Part) -> String {
    let words = part.heading.trim_end_matches('.').to_lowercase();
    let title = part.role.title().to_lowercase();
    if words == title || Some(words.as_str()) == title.split(' ').next() {
        part.role.title().to_owned()
    } else {
        part.heading.clone()
    }
}

impl Part {
    /// Whether the heading names the role in so many words.
    fn says_role(&self) -> bool {
        let words = self.heading.trim_end_matches('.').to_lowercase();
        let other = |other: &str| words.contains(other);
        match self.role {
            Role::Inclusion => {
                words == "inclusion"
                    || (words.contains("inclusion criteria")
                        && !other("exclusion")
                        && !other("non"))
            }
            Role::Exclusion => {
                words == "exclusion"
                    || (words.contains("exclusion criteria")
                        && !other("inclusion")
                        && !other("non"))
            }
            Role::AsRegistered => true,
        }
    }

    /// Whether the part is only a heading that says no more than its role.
    pub(super) fn is_bare(&self) -> bool {
        self.criteria.is_empty()
            && self.role != Role::AsRegistered
            && self.says_role()
            && plain_title(self) == self.role.title()
    }

    /// Whether the part is only the name of the group that follows.
    pub(crate) fn is_title(&self) -> bool {
        self.role == Role::AsRegistered && !self.heading.is_empty() && self.criteria.is_empty()
    }

    /// What stands under the title.
    pub fn lines(&self) -> Vec<Line> {
        if self.criteria.is_empty()
            && self.role != Role::AsRegistered
            && !content::says_more(&self.heading)
        {
            return vec![
                Line::toned("nothing under this heading in the record", Tone::Dim).indented(STEP),
            ];
        }
        let mut lines = Vec::new();
        let mut number = 0;
        let counts = self.counts();
        for (place, criterion) in self.criteria.iter().enumerate() {
            if self.role == Role::AsRegistered && criterion.kind == Kind::Paragraph && place > 0 {
                lines.push(Line::empty());
            }
            let counted = criterion.depth == 0
                && criterion.kind == Kind::Criterion
                && criterion.marker == counts.unwrap_or("?");
            number += usize::from(counted);
            let marker = if counted { format!("{number}. ") } else { criterion.marker.clone() };
            let indent = criterion.depth.min(DEEPEST) * STEP;
            lines.push(Line { indent, marker, ..Line::plain(criterion.text.as_str()) });
        }
        lines
    }

    /// Whether a line turns round what follows it: `Patients must not have:` under inclusion.
    fn is_turned_by(&self, line: &Criterion) -> bool {
        self.role == Role::Inclusion && line.text.ends_with([':', '：']) && denies(&line.text)
    }

    /// The marker of the criteria that are numbered here: bullets, or none at all. Nothing is numbered beside the
    /// author's own numbers, or where the role is not certain.
    fn counts(&self) -> Option<&'static str> {
        let outer =
            || self.criteria.iter().filter(|line| line.depth == 0 && line.kind == Kind::Criterion);
        let own = |line: &Criterion| !matches!(line.marker.as_str(), "" | BULLET);
        let turned = self
            .criteria
            .iter()
            .any(|line| line.kind != Kind::Criterion && self.is_turned_by(line));
        let numbers = outer().filter(|line| begins_with_number(&line.text)).count();
        match self.role {
            Role::AsRegistered => None,
            _ if numbers > 1 => None,
            _ if outer().any(own) || turned => None,
            _ if outer().any(|line| line.marker == BULLET) => Some(BULLET),
            _ if outer().count() > 1 => Some(""),
            _ => None,
        }
    }
}

/// Whether a line begins with a number of the author's own that is no marker: `1-Adults`.
fn begins_with_number(text: &str) -> bool {
    let rest = text.trim_start_matches(|char: char| char.is_ascii_digit());
    rest.len() < text.len()
        && rest.starts_with(['-', '.', ')', ':', '/', '_'])
        && rest[1..].starts_with(|char: char| char.is_alphabetic() || char == ' ')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::eligibility::criteria;

    /// The lines as they stand on a screen.
    fn shown(text: &str) -> Vec<String> {
        let row = |line: &Line| format!("{:1$}{2}{3}", "", line.indent, line.marker, line.text());
        criteria(text).lines().iter().map(row).collect()
    }

    #[test]
    fn criteria_are_numbered_under_their_titles() {
        let text = "About all.\n\nInclusion Criteria:\n\nAdults with\n\n* a\n* one of:\n  * b\n* Part A:\n  * c\n* d\n\n\\* note\n\nKey exclusion:\n\nx";
        let lines = [
            "About all.",
            "",
            "Inclusion criteria",
            "Adults with",
            "1. a",
            "2. one of:",
            "   • b",
            "• Part A:",
            "   • c",
            "3. d",
            "* note",
            "",
            "Exclusion criteria: Key exclusion",
            "x",
        ];
        assert_eq!(shown(text), lines);
    }

    #[test]
    fn no_number_stands_beside_those_of_the_record() {
        for (text, lines) in [
            ("* a\n2. b\n* c", &["• a", "2. b", "• c"][..]),
            ("a\nb:\nc", &["1. a", "b:", "2. c"]),
            ("alone", &["alone"]),
            ("* a\n+ b", &["• a", "+ b"]),
            ("i. a\nii. b", &["i. a", "ii. b"]),
            ("1-a\n2-b", &["1-a", "2-b"]),
            ("* a\n\nBut none of:\n* b", &["• a", "But none of:", "• b"]),
        ] {
            let shown = shown(&format!("Inclusion:\n{text}\nExclusion:"));
            assert_eq!(shown[1..shown.len() - 3], *lines, "{text}");
        }
    }

    #[test]
    fn titles_say_the_role_and_what_the_record_says() {
        for (text, titles) in [
            (
                "INCLUSION CRITERIA:\n* a\nExclusion.\n* b",
                &["Inclusion criteria", "Exclusion criteria"][..],
            ),
            (
                "Inclusion criteria, cohort 1:\n* a\nExclusion Citeria:\n* b",
                &["Inclusion criteria, cohort 1", "Exclusion criteria: Exclusion Citeria"],
            ),
            (
                "Critères d'inclusion :\n* a\nNon-inclusion criteria\n* b",
                &[
                    "Inclusion criteria: Critères d'inclusion",
                    "Exclusion criteria: Non-inclusion criteria",
                ],
            ),
            ("* a\n\nExclusion:\n* b", &["Criteria as registered", "Exclusion criteria"]),
            ("a", &["Criteria as registered"]),
        ] {
            let criteria = criteria(text);
            let shown: Vec<_> =
                (0..criteria.parts.len()).filter_map(|place| criteria.title(place)).collect();
            assert_eq!(shown, titles, "{text}");
        }
    }

    #[test]
    fn what_is_not_there_is_said_only_where_that_is_certain() {
        for (text, last) in [
            ("Inclusion:\n* a", "   no heading for exclusion in the record"),
            ("Exclusion:\n* a", "   no heading for inclusion in the record"),
            ("* b\nExclusion:\n* a", "1. a"),
            ("Inclusion:\n* a\nExclusion:", "   nothing under this heading in the record"),
            ("Inclusion:\n* a\nExclusion: children", "children"),
            ("Inclusion:\n* a\nExclusion criteria (men)", "Exclusion criteria (men)"),
            ("Inclusion:\n* nobody is excluded", "• nobody is excluded"),
        ] {
            assert_eq!(shown(text).last().map(String::as_str), Some(last), "{text}");
        }
        assert_eq!(shown(""), [""; 0]);
    }

    #[test]
    fn a_group_stands_right_above_its_criteria() {
        let lines = [
            "Cohort A",
            "Inclusion criteria",
            "1. a",
            "",
            "Cohort B",
            "Exclusion criteria",
            "1. b",
        ];
        assert_eq!(shown("Cohort A\n\nInclusion:\n* a\n\nCohort B\n\nExclusion:\n* b"), lines);
    }
}
