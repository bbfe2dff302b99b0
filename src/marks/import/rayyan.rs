//! Rayyan's notes: `RAYYAN-INCLUSION: {"Ana"=>"Included"} | RAYYAN-LABELS: a,b | USER-NOTES: {"Ana"=>["later"]}`.

use super::{Opinion, line, names, note};
use crate::marks::event::Decision;

/// Before each part of a note.
pub(super) const TITLES: [&str; 4] =
    ["RAYYAN-INCLUSION:", "RAYYAN-LABELS:", "RAYYAN-EXCLUSION-REASONS:", "USER-NOTES:"];

/// The columns of tables that have one for each part.
pub(super) const COLUMNS: [&str; 4] =
    ["rayyan-inclusion", "rayyan-labels", "rayyan-exclusion-reasons", "user-notes"];

/// Before the names of labels that are reasons.
const REASON: &str = "__EXR__";

/// Whether a note is Rayyan's.
pub(super) fn is_note(text: &str) -> bool {
    TITLES.iter().any(|title| text.contains(title))
}

/// What each person says. Labels and reasons are said by nobody in particular, so by all who decided.
pub(super) fn opinions(text: &str, unreadable: &mut Vec<String>) -> Vec<Opinion> {
    let [inclusion, labels, reasons, notes] = parts(text);
    let mut opinions: Vec<Opinion> = Vec::new();
    for (person, values) in people(inclusion) {
        let word = values.first().map(String::as_str).unwrap_or_default();
        let decision = decision(word).map_err(|error| unreadable.push(error)).ok().flatten();
        opinions.push(Opinion { by: line(&person), decision, ..Opinion::default() });
    }
    for (person, values) in hash(notes) {
        let (by, note) = (line(&person), note(&values.join("\n")));
        match opinions.iter_mut().find(|opinion| opinion.by == by) {
            Some(opinion) => opinion.note = note,
            None => opinions.push(Opinion { by, note, ..Opinion::default() }),
        }
    }
    let (reasons_among, tags): (Vec<String>, Vec<String>) =
        names(labels, ',').into_iter().partition(|name| name.starts_with(REASON));
    let mut reasons = names(reasons, ',');
    for reason in &reasons_among {
        let reason = reason[REASON.len()..].trim().to_owned();
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
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

fn decision(word: &str) -> Result<Option<Decision>, String> {
    match word.trim().to_lowercase().as_str() {
        "" | "undecided" | "nil" => Ok(None),
        "true" => Ok(Some(Decision::Include)),
        "false" => Ok(Some(Decision::Exclude)),
        _ => word.parse().map(Some).map_err(|error| format!("{error}")),
    }
}

/// The texts of the parts, in the order of their titles. A title within quotes is text. What stands twice counts as it
/// was added last: Rayyan writes behind the notes that it was given.
fn parts(text: &str) -> [&str; 4] {
    let mut begins: Vec<(usize, usize)> = Vec::new();
    let mut chars = text.char_indices();
    let (mut within, mut is_quoted) = (None, false);
    while let Some((at, char)) = chars.next() {
        // Only what people write is quoted, and only a hash has it.
        let is_hash = matches!(within, Some(0 | 3));
        match char {
            '\\' if is_quoted => _ = chars.next(),
            '"' if is_hash => is_quoted = !is_quoted,
            _ if is_quoted => (),
            _ => {
                let title = TITLES.iter().position(|title| text[at..].starts_with(title));
                if let Some(title) = title {
                    begins.push((at, title));
                    within = Some(title);
                }
            }
        }
    }
    let mut parts = [""; 4];
    for (place, &(at, title)) in begins.iter().enumerate() {
        let end = begins.get(place + 1).map_or(text.len(), |(end, _)| *end);
        let part = text[at + TITLES[title].len()..end].trim();
        parts[title] = part.strip_suffix('|').unwrap_or(part).trim_end();
    }
    parts
}

/// Who said what of the inclusion: a hash, or one word of nobody in particular.
fn people(text: &str) -> Vec<(String, Vec<String>)> {
    if text.is_empty() || text.starts_with('{') {
        hash(text)
    } else {
        vec![(String::new(), vec![text.trim_matches('"').to_owned()])]
    }
}

/// The entries of a Ruby hash of texts, or of lists of texts: `{"Ana"=>"Maybe", "Kofi"=>["a", "b"]}`.
fn hash(text: &str) -> Vec<(String, Vec<String>)> {
    let mut entries: Vec<(String, Vec<String>)> = Vec::new();
    let mut chars = text.chars().peekable();
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
            '>' | ':' => is_value = true,
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => is_value = false,
            '}' => break,
            // A word without quotes.
            bare if is_value && bare.is_alphanumeric() => {
                let mut word = String::from(bare);
                while let Some(more) = chars.next_if(|c| c.is_alphanumeric()) {
                    word.push(more);
                }
                if let Some((_, values)) = entries.last_mut() {
                    values.push(word);
                }
            }
            _ => (),
        }
    }
    entries
}

/// The text up to the quote that ends it, escapes read.
fn quoted(chars: &mut impl Iterator<Item = char>) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_told_apart_from_what_people_write() {
        let text = "NCT00000001 | RAYYAN-INCLUSION: {\"Old\"=>\"Maybe\"} | RAYYAN-INCLUSION: {\"A } b\" => \"Included\", \"B\"=>false} \
                    | RAYYAN-LABELS: x \"y\", z | USER-NOTES: {\"A } b\"=>[\"no RAYYAN-LABELS: w | here\"]}";
        let mut unreadable = Vec::new();
        let opinions = opinions(text, &mut unreadable);
        let told: Vec<_> = opinions
            .iter()
            .map(|it| (it.by.as_deref().unwrap_or_default(), it.decision, it.note.as_deref()))
            .collect();
        let note = Some("no RAYYAN-LABELS: w | here");
        assert_eq!(
            told,
            [("A } b", Some(Decision::Include), note), ("B", Some(Decision::Exclude), None)]
        );
        assert_eq!(opinions[0].tags, ["x \"y\"", "z"]);
        assert!(unreadable.is_empty());
    }

    #[test]
    fn a_word_that_is_no_decision_is_told_and_the_others_count() {
        let mut unreadable = Vec::new();
        let text = "RAYYAN-INCLUSION: {\"A\"=>\"Perchance\", \"B\"=>\"Excluded\"} | RAYYAN-LABELS: __EXR__old";
        let opinions = opinions(text, &mut unreadable);
        assert_eq!(unreadable.len(), 1);
        assert_eq!(opinions[1].decision, Some(Decision::Exclude));
        assert_eq!(opinions[1].reason.as_deref(), Some("old"));
    }
}
