//! A list of one role within a list of the other: `* Exclusions:` among inclusion criteria, with items nested in it. It
//! ends where a line stands at the outer level again. Does not know what makes a line a heading.

use super::list::{Marker, Nesting};
use super::{Criterion, Part, Role, content};

/// What is noted of a part while the text is read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mark {
    /// Whether it lies within a list of another role.
    pub(super) is_enclosed: bool,
    /// Where a list goes on behind one within it: the role of that one.
    pub(super) behind: Option<Role>,
    /// Where its heading stands in the middle of an item, how many lines belong to that item.
    pub(super) own_lines: Option<usize>,
}

/// The list around the part that is being read.
pub(super) struct Enclosing {
    pub(super) role: Role,
    /// The items of it that are open.
    pub(super) nesting: Nesting,
    /// Whether its heading stood behind a marker.
    pub(super) listed: bool,
    /// The marker of the item that is a heading.
    marker: Marker,
    /// Whether the lines below it are nested in it; `None` before the first.
    is_nested: Option<bool>,
}

impl Enclosing {
    /// The list in which the item of `marker` begins a part.
    pub(super) fn new(role: Role, nesting: Nesting, listed: bool, marker: Marker) -> Self {
        Self { role, nesting, listed, marker, is_nested: None }
    }

    /// The same where the item has text of its own: whatever stands beside it lies outside.
    #[must_use]
    pub(super) fn around_text(self) -> Self {
        Self { is_nested: Some(true), ..self }
    }

    /// The marker of the item that began the part.
    pub(super) fn marker(&self) -> &Marker {
        &self.marker
    }

    /// How the next line stands: in the part, behind it, or such that the part was never enclosed.
    pub(super) fn place(&mut self, marker: &Marker, begins: bool) -> Stands {
        let is_beside = if self.marker.text.is_empty() {
            marker.indent < self.marker.indent
        } else {
            marker.indent <= self.marker.indent + 1
        };
        let is_counted_on = || marker.follows(&self.marker);
        match self.is_nested {
            None if is_beside && !self.is_of_another_style(marker) => Stands::Never,
            None => {
                self.is_nested = Some(!is_beside);
                Stands::Within
            }
            // Without a marker, what begins no sentence goes on with the line above.
            Some(true) if is_beside && (begins || !marker.text.is_empty()) => Stands::Behind,
            // Below `2. Exclusions:` letters may stand at its columns; `3.` is behind them.
            Some(false) if is_counted_on() => Stands::Behind,
            _ => Stands::Within,
        }
    }

    fn is_of_another_style(&self, marker: &Marker) -> bool {
        self.marker.is_counted() && marker.is_counted() && !marker.is_like(&self.marker)
    }
}

/// Where a line stands, seen from a part within a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stands {
    Within,
    Behind,
    /// The lines below the heading stand beside it: it begins a list of its own.
    Never,
}

/// Takes the roles back that are not certain. A list goes on behind one within it only where a list of that one's role
/// comes later; where none does, what follows may belong to either.
pub(super) fn settle(parts: &mut Vec<Part>, marks: &[Mark]) {
    let is_later = |parts: &[Part], place: usize, role: Role| {
        let later = parts.iter().zip(marks).skip(place + 1);
        later
            .into_iter()
            .any(|(part, mark)| part.role == role && !mark.is_enclosed && mark.behind.is_none())
    };
    for place in 0..parts.len() {
        if let Some(role) = marks[place].behind
            && !is_later(parts, place, role)
        {
            parts[place].role = Role::AsRegistered;
        }
    }
    // Behind an item that ran into a heading, a list of its role follows, or the list around it goes on.
    for place in (0..parts.len()).rev() {
        let role = parts[place].role;
        let own = marks[place].own_lines.filter(|&own| own < parts[place].criteria.len());
        if let Some(own) = own.filter(|_| is_later(parts, place, role)) {
            let part = &mut parts[place];
            let criteria: Vec<Criterion> = part.criteria.split_off(own);
            if part.criteria.is_empty() {
                content::fill(part);
            }
            let part = Part { role: Role::AsRegistered, heading: String::new(), criteria };
            parts.insert(place + 1, part);
        }
    }
    // What is behind a part and has no line was followed by a heading.
    parts.retain(|part| !part.heading.is_empty() || !part.criteria.is_empty());
}

#[cfg(test)]
mod tests {
    use crate::study::eligibility::tests::shown;

    #[test]
    fn a_list_within_a_list_ends_where_the_outer_one_goes_on() {
        for (raw, means) in [
            (
                "Inclusion:\n* a\n* Exclusions:\n\n  * b\n  * c\n* d\n\nExclusion:\n* e",
                "[+Inclusion]• a/[-Exclusions]• b/• c/[+]• d/[-Exclusion]• e/",
            ),
            (
                "Inclusion:\n1. a\n2. Exclusion criteria:\n   a. b\n   b. c\n3. d\nExclusion:\n1. e",
                "[+Inclusion]1. a/[-2. Exclusion criteria]a. b/b. c/[+]3. d/[-Exclusion]1. e/",
            ),
            (
                "Inclusion:\n1. a\n2. Exclusions:\na. b\nb. c\n3. d\nExclusion:\n1. e",
                "[+Inclusion]1. a/[-2. Exclusions]a. b/b. c/[+]3. d/[-Exclusion]1. e/",
            ),
            (
                "Inclusion:\n* a\n* Exclusion:\n\n  women\n* b\nExclusion:\n* c",
                "[+Inclusion]• a/[-Exclusion]women/[+]• b/[-Exclusion]• c/",
            ),
            (
                "Inclusion:\n* a\n* Part A\n  * Exclusions:\n    * b\n  * c\n* d\nExclusion:\n* e",
                "[+Inclusion]• a/• Part A/[-Exclusions]• b/[+]>• c/• d/[-Exclusion]• e/",
            ),
            // No list of exclusion comes later: these may be of either.
            (
                "Inclusion:\n* a\n* Exclusions:\n  * b\n* c",
                "[+Inclusion]• a/[-Exclusions]• b/[?]• c/",
            ),
            (
                "Exclusion:\n* a\n* Inclusion criteria:\n  * b\n* c",
                "[-Exclusion]• a/[+Inclusion criteria]• b/[?]• c/",
            ),
            (
                "* Inclusion:\n  * a\n* Exclusion:\n  * b\n* c",
                "[+Inclusion]• a/[-Exclusion]• b/[?]• c/",
            ),
            // The lines below stand beside the heading.
            (
                "* Inclusion:\n* a\n* b\n* Exclusion:\n* c\n* d",
                "[+Inclusion]• a/• b/[-Exclusion]• c/• d/",
            ),
            (
                "1. Inclusion:\n1. a\n2. b\n2. Exclusion:\n1. c\n2. d\n3. e",
                "[+1. Inclusion]1. a/2. b/[-2. Exclusion]1. c/2. d/3. e/",
            ),
        ] {
            assert_eq!(shown(raw), means, "{raw:?}");
        }
    }

    #[test]
    fn an_item_that_denies_is_no_inclusion() {
        for item in [
            "Exclusion: b",
            "Exclusions: b",
            "Excluded: b",
            "Excluding: b",
            "Not eligible: b",
            "Ineligible: b",
            "Not included: b",
            "Will be excluded: b",
            "Do not include: b",
        ] {
            let heading = item.trim_end_matches(": b");
            for (behind, role) in [("\n\nExclusion criteria:\n* d", "+"), ("", "?")] {
                let text = format!("Inclusion:\n* a\n* {item}\n* c{behind}");
                let means = format!("[+Inclusion]• a/[-{heading}]b/[{role}]• c/");
                assert!(shown(&text).starts_with(&means), "{text}: {}", shown(&text));
            }
        }
    }

    #[test]
    fn a_heading_within_an_item_may_begin_a_list_or_not() {
        for (raw, means) in [
            (
                "Inclusion:\n* Adults. Exclusion Criteria: b\n* c\nExclusion:\n* d",
                "[+Inclusion]• Adults./[-Exclusion Criteria]b/[?]• c/[-Exclusion]• d/",
            ),
            (
                "Inclusion:\n* Adults. Exclusion Criteria: pregnant women\n* c\nExclusion:\n* d",
                "[+Inclusion]• Adults./[-Exclusion Criteria]pregnant women/[?]• c/[-Exclusion]• d/",
            ),
            (
                "Inclusion:\n* Adults. Exclusion Criteria: b\n* c",
                "[+Inclusion]• Adults./[-Exclusion Criteria]~b/• c/",
            ),
        ] {
            assert_eq!(shown(raw), means, "{raw:?}");
        }
    }

    #[test]
    fn both_roles_on_one_line_are_told_apart_where_both_are_clear() {
        for (raw, means) in [
            ("INCLUSION: men EXCLUSION: pain", "[+INCLUSION]men/[-EXCLUSION]pain/"),
            ("Inclusion: men, Exclusion: pain", "[+Inclusion]men,/[-Exclusion]pain/"),
            ("Inclusion: men; exclusion: pain", "[+Inclusion]men;/[-exclusion]pain/"),
            (
                "Inclusion: men and social exclusion: pain",
                "[?]~Inclusion: men and social exclusion: pain/",
            ),
            ("Inclusion: men without exclusion", "[?]~Inclusion: men without exclusion/"),
        ] {
            assert_eq!(shown(raw), means, "{raw:?}");
        }
    }
}
