//! What the line of a heading says behind its role: content, or only whom the heading is for. Does not know
//! which lines follow.

use super::group;
use super::term::Term;
use super::word::{Word, words};
use super::{Criterion, Part};

/// Words with which a heading goes on without content: `for all participants`, `are as follows`.
#[rustfmt::skip]
const GOES_ON: &[&str] = &["for", "of", "at", "in", "from", "to", "prior", "during", "before", "after", "are", "is", "were", "was", "include", "includes", "as", "if"];
const DASHES: [&str; 3] = [" - ", " – ", " — "];

/// Where the content of a heading begins behind its colon or dash. The number of a group is no content:
/// `Exclusion criteria: Cohort B`.
pub(super) fn start(heading: &str) -> Option<usize> {
    let mut found = Vec::new();
    words(heading, &mut found);
    let from = role_end(&found).map_or(0, |last| found[last].end);
    let tail = &heading[from..];
    let colon = tail.char_indices().find(|(_, char)| ":：".contains(*char));
    let behind = colon
        .map(|(at, char)| at + char.len_utf8())
        .or_else(|| DASHES.iter().filter_map(|dash| Some(tail.find(dash)? + dash.len())).min())?;
    let content = tail[behind..].trim_start();
    let start = heading.len() - content.len();
    let first = found.partition_point(|word| word.start < start);
    (first < found.len() && !names_number(&found[first..])).then_some(start)
}

/// Makes what the heading of a part says behind its role a line below it.
pub(super) fn fill(part: &mut Part) {
    if let Some(start) = start(&part.heading) {
        let text = part.heading.split_off(start);
        let end = |char: char| char.is_whitespace() || ":：-–—".contains(char);
        part.heading.truncate(part.heading.trim_end_matches(end).len());
        part.criteria.push(Criterion { text, ..Criterion::default() });
    }
}

/// Whether a heading has words behind its role that may be content.
pub(super) fn says_more(heading: &str) -> bool {
    if start(heading).is_some() {
        return true;
    }
    let mut found = Vec::new();
    words(heading, &mut found);
    let Some(last) = role_end(&found) else { return false };
    let rest = &found[last + 1..];
    rest.first().is_some_and(|word| !word.is(GOES_ON)) && !names_number(rest)
}

/// The last of the words that name the role.
fn role_end(words: &[Word]) -> Option<usize> {
    let first = words.iter().position(|word| word.term != Term::None)?;
    let others = words[first + 1..].iter().take_while(|word| word.term != Term::None);
    Some(first + others.count())
}

/// Whether words are only a group with its number: `Part B`.
fn names_number(words: &[Word]) -> bool {
    group::is_group(words) && group::is_numbered(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::eligibility::tests::shown;

    #[test]
    fn content_stands_behind_a_colon_or_a_dash() {
        for (heading, content) in [
            ("Exclusion criteria: pregnant women", Some("pregnant women")),
            ("Exclusion - children", Some("children")),
            ("Exclusion criteria for Part B: women", Some("women")),
            ("Part B: smokers", Some("smokers")),
            ("Exclusion criteria: Part B", None),
            ("Part A: Exclusion criteria", None),
            ("Exclusion criteria", None),
        ] {
            assert_eq!(start(heading).map(|at| &heading[at..]), content, "{heading}");
        }
    }

    #[test]
    fn a_heading_without_a_colon_may_say_more() {
        for (heading, more) in [
            ("Exclusion criteria pregnant women", true),
            ("Exclusion criteria (minors)", true),
            ("Exclusion criteria for women", false),
            ("Exclusion criteria, Cohort 2", false),
            ("Healthy controls", false),
        ] {
            assert_eq!(says_more(heading), more, "{heading}");
        }
    }

    #[test]
    fn an_item_that_names_the_other_role_begins_no_list() {
        for (raw, means) in [
            (
                "Inclusion:\n* a\n* Exclusion: b\n* c\n\nExclusion:\n* d",
                "[+Inclusion]• a/[-Exclusion]b/[+]• c/[-Exclusion]• d/",
            ),
            (
                "Inclusion:\n* a\n* Part A\n  * Inclusion: b\n  * Exclusion criteria: men\n* c\nExclusion:\n* d",
                "[+Inclusion]• a/~• Part A/>• Inclusion: b/[-Exclusion criteria]men/[+]• c/[-Exclusion]• d/",
            ),
            (
                "Inclusion:\n1. a\n\n   Exclusion: b\n\n2. c\nExclusion:\n1. d",
                "[+Inclusion]1. a/[-Exclusion]b/[+]2. c/[-Exclusion]1. d/",
            ),
            (
                "Inclusion:\n* Adults. Exclusion: b\n* c\nExclusion:\n* d",
                "[+Inclusion]• Adults./[-Exclusion]b/[+]• c/[-Exclusion]• d/",
            ),
            // Whether the list goes on behind the item is not said.
            ("Inclusion:\n* a\n  * Exclusions: b\n* c", "[+Inclusion]• a/[-Exclusions]b/[?]• c/"),
            (
                "Exclusion:\n* a\n* Inclusion: b\n* c\n* d",
                "[-Exclusion]• a/[?]• Inclusion: b/[?]• c/• d/",
            ),
            (
                "Inclusion:\n* a\n* Exclusion: men\n  * b\n* c\nExclusion:\n* d",
                "[+Inclusion]• a/[-Exclusion]men/>• b/[+]• c/[-Exclusion]• d/",
            ),
            ("Inclusion:\n* a\n* Exclusion: b", "[+Inclusion]• a/[-Exclusion]b/"),
            (
                "Inclusion:\n* a\n\nExclusion criteria for adults do not apply to children\n\n* b\nExclusion:\n* c",
                "[+Inclusion]• a/~Exclusion criteria for adults do not apply to children/• b/[-Exclusion]• c/",
            ),
        ] {
            assert_eq!(shown(raw), means, "{raw:?}");
        }
    }

    #[test]
    fn the_line_of_a_heading_may_hold_its_content() {
        for (raw, means) in [
            (
                "Inclusion:\na\nExclusion: pregnant women",
                "[+Inclusion]a/[-Exclusion]pregnant women/",
            ),
            (
                "Inclusion:\na\nExclusion criteria - Part B: smokers; women",
                "[+Inclusion]a/[-Part B]smokers; women/",
            ),
            ("Inclusion:\na\nExclusion: children\nb", "[+Inclusion]a/[-Exclusion: children]b/"),
            ("Inclusion:\na\nExclusion: Part B", "[+Inclusion]a/[-Exclusion: Part B]"),
            (
                "Exclusion: All participants\nCohort A\n* a\nCohort B\n* b",
                "[-Exclusion: All participants][-Cohort A]• a/[-Cohort B]• b/",
            ),
        ] {
            assert_eq!(shown(raw), means, "{raw:?}");
        }
    }

    #[test]
    fn exclusion_is_not_left_in_a_list_of_inclusion() {
        for (raw, means) in [
            (
                "Inclusion:\n* a\n\nNot eligible: (a) b\n(b) c\n\nExclusion:\n* d",
                "[+Inclusion]• a/[-Not eligible](a) b/(b) c/[-Exclusion]• d/",
            ),
            (
                "Inclusion:\n* a\n\nDo not include: (1) b\n(2) c",
                "[+Inclusion]• a/[-Do not include](1) b/(2) c/",
            ),
            (
                "Inclusion:\n* a\n\nNot eligible for surgery: b\nExclusion:\n* c",
                "[+Inclusion]• a/[?]~Not eligible for surgery: b/[-Exclusion]• c/",
            ),
            (
                "Inclusion:\n1. a 2. can consent Exclusions:\n1. b\nInclusion:\n* c\nExclusion:\n* d",
                "[?Inclusion][?]1. a 2. can consent Exclusions:/1. b/[+Inclusion]• c/[-Exclusion]• d/",
            ),
        ] {
            assert_eq!(shown(raw), means, "{raw:?}");
        }
    }
}
