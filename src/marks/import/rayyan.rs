//! Rayyan's notes: `RAYYAN-INCLUSION: {"Ana"=>"Included"} | RAYYAN-LABELS: a,b | USER-NOTES: {"Ana"=>["later"]}`.

use super::{Opinion, line, names, note};
use crate::marks::event::Decision;

const INCLUSION: &str = "RAYYAN-INCLUSION:";
const LABELS: &str = "RAYYAN-LABELS:";
const REASONS: &str = "RAYYAN-EXCLUSION-REASONS:";
const NOTES: &str = "USER-NOTES:";

/// Whether a note is Rayyan's.
pub(super) fn is_note(text: &str) -> bool {
    [INCLUSION, LABELS, REASONS, NOTES].iter().any(|name| text.contains(name))
}

/// What each person says. Labels and reasons are said by nobody in particular, so by all who decided.
pub(super) fn opinions(text: &str) -> Vec<Opinion> {
    let section = |name: &str| text.find(name).map(|at| &text[at + name.len()..]);
    let mut opinions: Vec<Opinion> = Vec::new();
    for (person, values) in section(INCLUSION).map(hash).unwrap_or_default() {
        let decision = values.first().and_then(|value| value.parse::<Decision>().ok());
        opinions.push(Opinion { by: line(&person), decision, ..Opinion::default() });
    }
    for (person, values) in section(NOTES).map(hash).unwrap_or_default() {
        let (by, note) = (line(&person), note(&values.join("\n")));
        match opinions.iter_mut().find(|opinion| opinion.by == by) {
            Some(opinion) => opinion.note = note,
            None => opinions.push(Opinion { by, note, ..Opinion::default() }),
        }
    }
    let list = |name| section(name).map(|text| names(until_next(text), ',')).unwrap_or_default();
    let (tags, reasons) = (list(LABELS), list(REASONS));
    if opinions.is_empty() && !tags.is_empty() {
        opinions.push(Opinion::default());
    }
    for opinion in &mut opinions {
        opinion.tags.clone_from(&tags);
        if opinion.decision == Some(Decision::Exclude) && !reasons.is_empty() {
            opinion.reason = Some(reasons.join(", "));
        }
    }
    opinions
}

/// The text up to the next section.
fn until_next(text: &str) -> &str {
    text.split(" | ").next().unwrap_or_default()
}

/// The entries of a Ruby hash of texts, or of lists of texts: `{"Ana"=>"Maybe", "Kofi"=>["a", "b"]}`.
fn hash(text: &str) -> Vec<(String, Vec<String>)> {
    let mut entries: Vec<(String, Vec<String>)> = Vec::new();
    let mut chars = text.chars();
    let mut is_value = false;
    let mut depth = 0_u32;
    while let Some(char) = chars.next() {
        match char {
            '"' => {
                let quoted = quoted(&mut chars);
                match entries.last_mut() {
                    Some((_, values)) if is_value => values.push(quoted),
                    _ => entries.push((quoted, Vec::new())),
                }
            }
            '>' => is_value = true,
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => is_value = false,
            '}' => break,
            _ => (),
        }
    }
    entries
}

/// The text up to the quote that ends it, escapes read.
fn quoted(chars: &mut std::str::Chars) -> String {
    let mut text = String::new();
    while let Some(char) = chars.next() {
        match char {
            '"' => break,
            '\\' => match chars.next() {
                Some('n') => text.push('\n'),
                Some('t') => text.push(' '),
                Some(other) => text.push(other),
                None => (),
            },
            other => text.push(other),
        }
    }
    text
}
