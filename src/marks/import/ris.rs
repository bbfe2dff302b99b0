//! Records of RIS with the decisions of ASReview, of Rayyan or of ours in their notes.

use super::asreview::Label;
use super::{Opinion, Record, asreview, ids, line, names, note, rayyan};
use crate::marks::event::{Decision, Passage};

/// The tags for ids and addresses.
const IDS: [&str; 3] = ["AN", "ID", "UR"];

/// The tag and the value of a line; `None` of a line that goes on with a value.
fn tagged(line: &str) -> Option<(&str, &str)> {
    let (tag, rest) = line.split_at_checked(2)?;
    let mut bytes = tag.bytes();
    let is_tag = bytes.next()?.is_ascii_uppercase()
        && bytes.all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    let value = rest.trim_start_matches(' ').strip_prefix('-')?;
    let blanks = rest.len() - rest.trim_start_matches(' ').len();
    (is_tag && blanks > 0).then_some((tag, value.trim()))
}

/// Whether the text begins as RIS does.
pub(super) fn is_ris(text: &str) -> bool {
    // ASReview writes a number before each record: `1.`.
    let is_number = |line: &str| {
        line.trim().strip_suffix('.').is_some_and(|n| n.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let mut lines = text.lines().filter(|line| !line.trim().is_empty() && !is_number(line));
    lines.next().and_then(tagged).is_some_and(|(tag, _)| tag == "TY")
}

pub(super) fn records(text: &str) -> Vec<Record> {
    let mut records = Vec::new();
    let mut values: Vec<(String, String)> = Vec::new();
    let mut begin = 1;
    for (number, text) in (1..).zip(text.lines()) {
        match tagged(text) {
            Some(("TY", _)) => {
                // The end of the one before is missing.
                if !values.is_empty() {
                    records.push(record(begin, &values));
                }
                begin = number;
                values.clear();
            }
            Some(("ER", _)) => {
                records.push(record(begin, &values));
                values.clear();
            }
            Some((tag, value)) => values.push((tag.to_owned(), value.to_owned())),
            None => {
                if let Some((_, value)) = values.last_mut().filter(|_| !text.trim().is_empty()) {
                    value.push('\n');
                    value.push_str(text.trim());
                }
            }
        }
    }
    if !values.is_empty() {
        records.push(record(begin, &values));
    }
    records
}

fn record(line: u64, values: &[(String, String)]) -> Record {
    let of = |wanted: &'static str| {
        let found = values.iter().filter(move |(tag, _)| tag == wanted);
        found.map(|(_, value)| value.as_str())
    };
    let mut unreadable = Vec::new();
    let opinions = opinions(of("N1"), &mut unreadable);
    Record { line, ids: ids(IDS.into_iter().flat_map(of)), opinions, unreadable }
}

fn opinions<'a>(
    notes: impl Iterator<Item = &'a str>,
    unreadable: &mut Vec<String>,
) -> Vec<Opinion> {
    let mut opinions: Vec<Opinion> = Vec::new();
    let mut labels: Vec<Label> = Vec::new();
    // What ASReview says beside its label.
    let mut said = Opinion::default();
    for text in notes {
        // Zotero puts notes into paragraphs.
        let text = text.strip_prefix("<p>").unwrap_or(text);
        let text = text.strip_suffix("</p>").unwrap_or(text).trim();
        // A note of ours may have any words.
        if rayyan::is_note(text) && !text.starts_with("Note by ") {
            opinions.extend(rayyan::opinions(text, unreadable));
        } else if remark(text, &mut opinions, unreadable) {
        } else if let Some((name, value)) = text.split_once(": ").filter(|(name, _)| is_name(name))
        {
            // ASReview writes values as JSON.
            let value = serde_json::from_str::<String>(value).unwrap_or_else(|_| value.to_owned());
            asreview::take(&mut said, name, &value);
        } else {
            labels.extend(asreview::label(text));
        }
    }
    let label = match labels.first() {
        Some(Label::Decided(decision)) => Some(*decision),
        Some(Label::NotSeen) | None => None,
    };
    if labels.iter().any(|other| *other != labels[0]) {
        unreadable.push("it has several labels of ASReview".to_owned());
    } else if !opinions.iter().any(|known| known.decision.is_some() && agrees(known, label)) {
        // Our own RIS says the decision for ASReview as well.
        said.decision = label;
    }
    let is_own = said.by.is_none();
    if (Opinion { by: None, ..said.clone() }) != Opinion::default() {
        match opinions.iter_mut().find(|known| is_own && known.by.is_none()) {
            Some(known) => {
                known.decision = known.decision.or(said.decision);
                known.note = known.note.take().or(said.note);
                known.tags.extend(said.tags);
            }
            None => opinions.push(said),
        }
    }
    opinions
}

/// Whether a label says nothing beside what is known.
fn agrees(known: &Opinion, label: Option<Decision>) -> bool {
    label.is_none() || known.decision == label
}

/// Whether a word is the name of something that ASReview notes.
fn is_name(name: &str) -> bool {
    name.starts_with("asreview_") && !name.contains(char::is_whitespace)
}

/// Takes in a remark of our own; says whether it is one.
fn remark(text: &str, opinions: &mut Vec<Opinion>, unreadable: &mut Vec<String>) -> bool {
    let Some((heading, value)) = text.split_once(": ") else { return false };
    let (what, by) = heading.split_once(" by ").unwrap_or((heading, ""));
    if !["Decision", "Decision settled", "Tags", "Note"].contains(&what) {
        return false;
    }
    let by = line(by);
    let mut opinion = Opinion { by: by.clone(), ..Opinion::default() };
    match what {
        "Tags" => opinion.tags = names(value, ','),
        "Note" => {
            let (text, passage) = passage(value);
            (opinion.note, opinion.passage) = (note(text), passage);
        }
        _ => {
            let (decision, reason) = value.split_once(" (").unwrap_or((value, ""));
            match decision.parse() {
                Ok(decision) => opinion.decision = Some(decision),
                Err(error) => unreadable.push(format!("{error}")),
            }
            opinion.settles = what == "Decision settled";
            opinion.reason = line(reason.strip_suffix(')').unwrap_or(reason));
        }
    }
    let joins = |known: &&mut Opinion| {
        known.by == by
            && known.passage.is_none()
            && opinion.passage.is_none()
            && (known.decision.is_none() || opinion.decision.is_none())
    };
    match opinions.iter_mut().find(joins) {
        Some(known) => {
            if opinion.decision.is_some() {
                (known.decision, known.reason) = (opinion.decision, opinion.reason);
                known.settles = opinion.settles;
            }
            known.note = opinion.note.or_else(|| known.note.take());
            known.tags.extend(opinion.tags);
        }
        None => opinions.push(opinion),
    }
    true
}

/// The words of a note, and the passage it is on: `a note [on Criteria: “some words”]`.
fn passage(value: &str) -> (&str, Option<Passage>) {
    let parts = value.strip_suffix("”]").and_then(|rest| {
        let (text, on) = rest.rsplit_once(" [on ")?;
        let (field, words) = on.split_once(": “")?;
        Some((text, Passage { field: field.to_owned(), words: words.to_owned() }))
    });
    parts.map_or((value, None), |(text, passage)| (text, Some(passage)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_without_its_end_is_read_too() {
        let text = "TY  - JOUR\nAN  - NCT00000001\n\nTY  - JOUR\nAN  - NCT00000002\nER  - \nTY  - JOUR\nAN  - NCT00000003\n";
        let lines: Vec<u64> = records(text).iter().map(|record| record.line).collect();
        assert_eq!(lines, [1, 4, 7]);
    }
}
