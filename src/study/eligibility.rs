//! Eligibility criteria: one free text split into what a person must meet and what rules them out.
//!
//! The split states what the text states: headings are found by their words, nothing is interpreted,
//! and nothing is dropped but bare headings. What stands before the first heading, or follows no
//! form, is kept whole. Source: `eligibilityModule.eligibilityCriteria`.

mod heading;

use crate::text::{Line, Marked, Nesting, clean_text, markup, plain, split_marker};
use heading::{Cut, Kind, Mark, Says};

/// Most headings looked for in one line.
const HEADINGS: usize = 8;

/// The criteria of one study.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Criteria {
    pub inclusion: Vec<Criterion>,
    pub exclusion: Vec<Criterion>,
    /// What follows no form, whole.
    pub other: Vec<Line>,
}

/// One criterion.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Criterion {
    /// How many criteria it stands under.
    pub depth: usize,
    /// `• `, the author's number as in `3. `, or nothing.
    pub marker: String,
    /// Unescaped and cleaned, on one line.
    pub text: String,
}

/// Splits a text of eligibility criteria. A heading that says more than its kind stays as a criterion
/// ending in `:`.
pub fn criteria(text: &str) -> Criteria {
    let text = clean_text(text);
    let mut split = Split::default();
    for line in text.split('\n') {
        split.line(line);
    }
    Criteria {
        inclusion: split.inclusion,
        exclusion: split.exclusion,
        other: markup(&split.before),
    }
}

/// The criteria found so far.
#[derive(Default)]
struct Split {
    /// Text before the first heading, as it stands.
    before: String,
    inclusion: Vec<Criterion>,
    exclusion: Vec<Criterion>,
    kind: Option<Kind>,
    nesting: Nesting,
}

impl Split {
    fn line(&mut self, line: &str) {
        let Marked { indent, marker, body } = split_marker(line);
        let text = plain(body);
        let text = text.trim_start_matches('#').trim_start().to_owned();
        let mut item = Criterion { depth: indent, marker, text };
        for _ in 0..HEADINGS {
            let mark = if item.marker.is_empty() { Mark::Bare } else { Mark::Listed };
            let Some(cut) = heading::find(&item.text, mark, self.kind) else { break };
            let rest = item.text.split_off(cut.end);
            let text = item.text.split_off(cut.start);
            item.text.truncate(item.text.trim_end().len());
            let mut title = Criterion { text, ..Criterion::default() };
            if item.text.is_empty() {
                title.marker = std::mem::take(&mut item.marker);
            }
            match self.kind {
                Some(kind) => self.item(kind, item),
                None => self.before.extend([item.text.as_str(), "\n"]),
            }
            self.open(&cut, title);
            let Marked { marker, body, .. } = split_marker(&rest);
            let text =
                if body.contains(char::is_alphanumeric) { body.to_owned() } else { String::new() };
            item = Criterion { depth: 0, marker, text };
        }
        match self.kind {
            Some(kind) => self.item(kind, item),
            None => self.before.extend([line, "\n"]),
        }
    }

    fn open(&mut self, cut: &Cut, mut title: Criterion) {
        self.kind = Some(cut.kind);
        self.nesting.clear();
        if cut.says == Says::More {
            let stop = |char: char| char.is_whitespace() || ":.-–—：".contains(char);
            title.text.truncate(title.text.trim_end_matches(stop).len());
            title.text.push(':');
            self.list(cut.kind).push(title);
        }
    }

    /// Adds a criterion whose depth is still in columns, or joins it to the one it continues. Signs alone are none.
    fn item(&mut self, kind: Kind, item: Criterion) {
        if !item.text.contains(char::is_alphanumeric) {
            return;
        }
        let depth = if item.marker.is_empty() {
            if self.nesting.within(item.depth).is_some()
                && let Some(last) = self.list(kind).last_mut()
            {
                last.text.push(' ');
                last.text.push_str(&item.text);
                return;
            }
            0
        } else {
            self.nesting.enter(item.depth)
        };
        self.list(kind).push(Criterion { depth, ..item });
    }

    fn list(&mut self, kind: Kind) -> &mut Vec<Criterion> {
        match kind {
            Kind::Inclusion => &mut self.inclusion,
            Kind::Exclusion => &mut self.exclusion,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;
    use crate::study::real;
    use crate::text::{fold, words};

    /// Criteria as `depth marker text`, one a line; `+` inclusion, `-` exclusion, `?` other.
    fn shown(text: &str) -> String {
        let found = criteria(text);
        let list = |sign: char, list: &[Criterion]| -> String {
            let line =
                |item: &Criterion| format!("{sign}{}{}{}/", item.depth, item.marker, item.text);
            list.iter().map(line).collect()
        };
        let row = |line: &Line| format!("?{}{}/", line.marker, line.text());
        let other: String = found.other.iter().map(row).collect();
        format!("{}{}{other}", list('+', &found.inclusion), list('-', &found.exclusion))
    }

    #[test]
    fn texts_are_split() {
        for (raw, means) in [
            ("", ""),
            (
                "Inclusion Criteria:\n\n* a \\> 1\n\n  * b\n* c\n\nExclusion Criteria:\n\n1. d\n2) e",
                "+0• a > 1/+1• b/+0• c/-01. d/-02) e/",
            ),
            ("Just one\n\n* text", "?Just one/?/?• text/"),
            ("Before\n\nInclusion:\na\nb:\nExclusion:\nc", "+0a/+0b:/-0c/?Before/"),
            (
                "**Inclusion Criteria:**\n* a\n  more\n\n  still\nnew\n* Exclusion criteria\n  * b",
                "+0• a more still/+0new/-0• b/",
            ),
            (
                "* Inclusion Criteria:-\n2. Exclusion Criteria (all):\n* b",
                "-02. Exclusion Criteria (all):/-0• b/",
            ),
            ("# Inclusion Criteria:\na\nExclusion Criteria: *x* (y)", "+0a/-0x (y)/"),
            (
                "Inclusion Criteria (Part 1):\n* a\nExclusion Criteria:\n* b\nInclusion Criteria (Part 2):\n* c",
                "+0Inclusion Criteria (Part 1):/+0• a/+0Inclusion Criteria (Part 2):/+0• c/-0• b/",
            ),
            (
                "Inclusion Criteria:- Men- 20 years Exclusion Criteria:- Pain \\\\ x",
                "+0• Men- 20 years/-0• Pain \\ x/",
            ),
            ("Inclusion Criteria:\n* pain Exclusion Criteria:\n* b", "+0• pain/-0• b/"),
            (
                "Inclusion Criteria:\n\n1. Meets the exclusion criteria\n   1. x\n",
                "+01. Meets the exclusion criteria/+11. x/",
            ),
            (
                "Key Inclusion Criteria: a\n-\nNon-inclusion Criteria:\n1. b",
                "+0Key Inclusion Criteria:/+0a/-0Non-inclusion Criteria:/-01. b/",
            ),
            ("Inclusion Criteria:\r\n* a\u{202e}", "+0• a\u{FFFD}/"),
        ] {
            assert_eq!(shown(raw), means, "{raw:?}");
        }
    }

    /// Every word of a text, with how often it stands there; words of headings are left out.
    fn counted(text: &str) -> HashMap<String, i64> {
        let mut counts = HashMap::new();
        for line in text.lines() {
            let Marked { marker, body, .. } = split_marker(line);
            for word in words(&fold(&format!("{marker}{}", plain(body)))) {
                if !heading::COMMON.contains(&word) {
                    *counts.entry(word.to_owned()).or_default() += 1;
                }
            }
        }
        counts
    }

    fn all_words(found: &Criteria) -> HashMap<String, i64> {
        let items = found.inclusion.iter().chain(&found.exclusion);
        let mut lines: Vec<String> =
            items.map(|item| format!("{}{}", item.marker, item.text)).collect();
        lines.extend(found.other.iter().map(|line| format!("{}{}", line.marker, line.text())));
        let mut counts = HashMap::new();
        for line in lines {
            for word in words(&fold(&line)) {
                if !heading::COMMON.contains(&word) {
                    *counts.entry(word.to_owned()).or_default() += 1;
                }
            }
        }
        counts
    }

    #[test]
    fn no_word_of_a_real_record_is_lost() {
        let Some(records) = real::lines() else {
            return real::skip("../shared/data/studies.ndjson");
        };
        let (mut studies, mut both) = (0, 0);
        for record in records.lines() {
            let record: serde_json::Value = serde_json::from_str(record).unwrap();
            let section = &record["protocolSection"];
            let id = &section["identificationModule"]["nctId"];
            let text = section["eligibilityModule"]["eligibilityCriteria"].as_str().unwrap_or("");
            let found = criteria(text);
            studies += 1;
            both += usize::from(!found.inclusion.is_empty() && !found.exclusion.is_empty());
            let kept = all_words(&found);
            for (word, count) in counted(text) {
                assert!(kept.get(&word).is_some_and(|kept| *kept >= count), "{id}: {word}");
            }
        }
        assert!(both * 10 >= studies * 9, "{both} of {studies}");
    }

    proptest! {
        #[test]
        fn no_letter_is_lost(raw in "(Inclusion Criteria|Exclusion:|Key |\n|  |\\* |1\\. |[a-d日]{1,3} |\\\\|\\*\\*|: ){0,30}") {
            let kept = all_words(&criteria(&raw)).into_keys().collect::<String>();
            for char in "abcd日".chars().filter(|char| counted(&raw).keys().any(|word| word.contains(*char))) {
                prop_assert!(kept.contains(char), "{char} of {raw:?}");
            }
        }
    }
}
