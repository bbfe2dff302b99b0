//! What is known of a part only when all of it is read: which of its lines are criteria, and which bullets lie
//! within a number. Does not look for headings.

use super::group;
use super::word::words;
use super::{Criterion, Kind, Part, Role, content};

/// No title is longer, in bytes.
const TITLE: usize = 80;

/// Settles the parts of a whole text.
pub(super) fn settle(parts: &mut Vec<Part>) {
    drop_bare(parts);
    fill_empty(parts);
    for part in parts {
        let listed = part.criteria.iter().any(|line| !line.marker.is_empty());
        // Where a part has no list, its lines are the criteria.
        if !listed && part.role != Role::AsRegistered {
            for line in &mut part.criteria {
                line.kind = if is_note(&line.text) { Kind::Note } else { Kind::Criterion };
            }
        }
        nest_signs(&mut part.criteria);
        note_titles(&mut part.criteria);
    }
}

/// Drops headings without text that stand above or below another of their role and say no more than it.
fn drop_bare(parts: &mut Vec<Part>) {
    let roles: Vec<Role> = parts.iter().map(|part| part.role).collect();
    let mut place = 0;
    parts.retain(|part| {
        let before = place > 0 && roles[place - 1] == part.role;
        let is_beside = before || roles.get(place + 1) == Some(&part.role);
        place += 1;
        !(is_beside && part.is_bare())
    });
}

/// What stands on the line of a heading is its content where nothing stands below it.
fn fill_empty(parts: &mut [Part]) {
    for place in 0..parts.len() {
        let next = parts.get(place + 1).map(|part| part.role);
        // What stands below the heading is of no certain role.
        let lost = parts
            .get(place + 1)
            .is_some_and(|next| next.role == Role::AsRegistered && next.heading.is_empty());
        let part = &mut parts[place];
        if lost && part.criteria.is_empty() {
            part.role = Role::AsRegistered;
        }
        // The name of a group may follow.
        let is_last = part.role != Role::AsRegistered && next != Some(part.role);
        if !(is_last && part.criteria.is_empty()) {
            continue;
        }
        content::fill(part);
    }
}

/// Whether a line without a marker introduces criteria or explains them.
fn is_note(text: &str) -> bool {
    let begins =
        |word: &str| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    text.ends_with([':', '：'])
        || text.starts_with(['*', '†', '‡', '(', '^'])
        || ["note", "abbreviation", "nb", "n.b."].iter().any(|word| begins(word))
}

/// A bullet is a title where it has few words, a colon and nothing nested in it (`• Age:`), or where it names a
/// group and its criteria are nested in it.
fn note_titles(lines: &mut [Criterion]) {
    let mut found = Vec::new();
    for place in 1..lines.len() {
        let [line, next] = &mut lines[place - 1..=place] else { continue };
        if line.marker != "• " || next.marker.is_empty() || line.text.len() > TITLE {
            continue;
        }
        let short = line.text.split(' ').count() <= 2 && line.text.ends_with([':', '：']);
        if next.depth > line.depth {
            words(&line.text, &mut found);
        }
        if short && next.depth == line.depth
            || next.depth > line.depth && group::is_title(&line.text, &found)
        {
            line.kind = Kind::Note;
        }
    }
}

/// Bullets between two numbers that follow each other lie within the first.
fn nest_signs(lines: &mut [Criterion]) {
    let number = |line: &Criterion| {
        let is_number = line.marker.starts_with(|char: char| char == '(' || char.is_ascii_digit());
        let digits = || line.marker.trim_matches(['(', ')', '.', ' ']);
        if is_number { digits().parse::<usize>().ok() } else { None }
    };
    let mut last: Option<(usize, usize)> = None;
    for place in 0..lines.len() {
        let line = &lines[place];
        if line.depth > 0 {
            continue;
        }
        if line.marker.is_empty() {
            last = None;
        }
        let Some(value) = number(line) else { continue };
        if let Some((_, from)) = last.filter(|(before, _)| before + 1 == value)
            && lines[from + 1..place].iter().any(|line| line.depth == 0)
        {
            lines[from + 1..place].iter_mut().for_each(|line| line.depth += 1);
        }
        last = Some((value, place));
    }
}
