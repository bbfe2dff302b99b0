//! What two sides have in common whatever field they are of: whether they say the same, and the tones of what only one says.

use super::Verdict;
use super::pair::key;
use super::passage::Sides;
use super::word::mark;
use crate::study::{FieldValue, Item};
use crate::text::{Line, Tone};

/// The tone of what only this side has.
pub(super) const TONES: [Tone; 2] = [Tone::Removed, Tone::Added];

/// Whether both values say the same. Names are the same in any spelling; of prose only white space does not
/// count, of a list not the order. Of tables nothing is known here.
pub(super) fn same(left: &FieldValue, right: &FieldValue) -> bool {
    let [left, right] = [left, right].map(|value| {
        let mut parts: Vec<String> = match value {
            FieldValue::List(lines) => lines.iter().map(|line| key(line)).collect(),
            FieldValue::Items(items) => items.iter().map(item).collect(),
            FieldValue::Line(words) | FieldValue::Fact { words, .. } => vec![key(words)],
            other => vec![read(&other.lines())],
        };
        parts.sort_unstable();
        parts
    });
    left == right
}

/// All that an item says.
fn item(item: &Item) -> String {
    let details = item.details.iter().map(|detail| match &detail.value {
        FieldValue::Prose(_) => read(&detail.lines()),
        _ => key(&read(&detail.lines())),
    });
    std::iter::once(key(&item.title())).chain(details).collect::<Vec<_>>().join("\n")
}

fn read(lines: &[Line]) -> String {
    let line = |line: &Line| format!("{}{}", line.marker, line.text());
    let text = lines.iter().map(line).collect::<Vec<_>>().join(" ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Tones the words by which two texts differ.
pub(super) fn marked(mut sides: Sides) -> Sides {
    let [left, right] = &mut sides;
    mark(left, right);
    sides
}

pub(super) fn toned(lines: Vec<Line>, tone: Tone) -> Vec<Line> {
    let paint = |mut line: Line| {
        line.spans.iter_mut().for_each(|span| span.tone = tone);
        line
    };
    lines.into_iter().map(paint).collect()
}

/// Whether both sides read the same. Numbers and letters of lists do not count.
pub(super) fn agreement(sides: &Sides) -> Verdict {
    let [left, right] = sides.each_ref().map(|lines| {
        let texts = lines.iter().map(Line::text).collect::<Vec<_>>().join(" ");
        texts.split_whitespace().collect::<Vec<_>>().join(" ")
    });
    if left == right { Verdict::Equal } else { Verdict::Differs }
}
