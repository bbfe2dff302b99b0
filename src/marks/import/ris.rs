//! Records of RIS with the decisions of ASReview, of Rayyan or of ours in their notes.

use super::{Opinion, Place, Record, ids, line, names, note, rayyan};
use crate::marks::event::Decision;

/// The tags in which an id is looked for, the strongest first.
const IDS: [(&str, Place); 9] = [
    ("AN", Place::Anywhere),
    ("ID", Place::Anywhere),
    ("UR", Place::Anywhere),
    ("U1", Place::Anywhere),
    ("KW", Place::Anywhere),
    ("TI", Place::Begins),
    ("T1", Place::Begins),
    ("ST", Place::Begins),
    ("N1", Place::Begins),
];

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
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
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
    let ids = IDS.iter().map(|&(tag, place)| (place, of(tag).collect::<Vec<_>>().join(" ")));
    let ids: Vec<(Place, String)> = ids.collect();
    let ids = self::ids(ids.iter().map(|(place, text)| (*place, text.as_str())));
    Record { line, ids, opinions: opinions(of("N1")) }
}

fn opinions<'a>(notes: impl Iterator<Item = &'a str>) -> Vec<Opinion> {
    let mut opinions: Vec<Opinion> = Vec::new();
    let mut said = Opinion::default();
    let mut is_ours = false;
    for text in notes {
        if rayyan::is_note(text) {
            opinions.extend(rayyan::opinions(text));
        } else if let Some((heading, value)) = text.split_once(": ") {
            let (what, by) = heading.split_once(" by ").unwrap_or((heading, ""));
            let by = line(by);
            let own = match opinions.iter().position(|opinion| opinion.by == by) {
                Some(at) => at,
                None => opinions.len(),
            };
            let mut opinion = opinions.get(own).cloned().unwrap_or_default();
            opinion.by = by;
            match what {
                "Decision" => {
                    let (decision, reason) = value.split_once(" (").unwrap_or((value, ""));
                    opinion.decision = decision.parse().ok();
                    opinion.reason = line(reason.trim_end_matches(')'));
                }
                "Tags" => opinion.tags = names(value, ','),
                "Note" => opinion.note = note(value),
                _ => continue,
            }
            is_ours = true;
            if own < opinions.len() {
                opinions[own] = opinion;
            } else {
                opinions.push(opinion);
            }
        } else if text.contains("ASReview_relevant") {
            said.decision = Some(Decision::Include);
        } else if text.contains("ASReview_irrelevant") {
            said.decision = Some(Decision::Exclude);
        }
    }
    // Our own RIS says the decision for ASReview as well.
    if said != Opinion::default() && !is_ours {
        opinions.push(said);
    }
    opinions
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
