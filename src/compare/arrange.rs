//! How the two sides of a row are set: what both studies say stands first and in the same order, what
//! only one says stands behind it, toned.

use super::criteria::criteria;
use super::item::items;
use super::word::mark;
use crate::study::{FieldValue, Item};
use crate::text::{Line, Tone};

/// The lines of the left and of the right study.
pub(super) type Sides = [Vec<Line>; 2];

/// The tone of what only this side has.
pub(super) const TONES: [Tone; 2] = [Tone::Removed, Tone::Added];

/// Whether both values read the same. White space and the order of a list do not count.
pub(super) fn same(left: &FieldValue, right: &FieldValue) -> bool {
    let [left, right] = [left, right].map(|value| {
        let mut parts = match value {
            FieldValue::List(lines) => lines.iter().map(|line| collapsed(line)).collect(),
            FieldValue::Items(items) => items.iter().map(|item| read(&item.lines())).collect(),
            other => vec![read(&other.lines())],
        };
        parts.sort_unstable();
        parts
    });
    left == right
}

fn read(lines: &[Line]) -> String {
    let line = |line: &Line| format!("{}{}", line.marker, line.text());
    collapsed(&lines.iter().map(line).collect::<Vec<_>>().join(" "))
}

fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Sets the two values of a field that differ side by side.
pub(super) fn sides(field: &str, values: [&FieldValue; 2], ids: &[String; 2]) -> Sides {
    let mut sides = match values {
        [FieldValue::List(left), FieldValue::List(right)] => lists([left, right], ids),
        [FieldValue::Items(left), FieldValue::Items(right)] => items(field, [left, right], ids),
        [FieldValue::Criteria(left), FieldValue::Criteria(right)] => criteria([left, right], ids),
        [left, right] => marked([left.lines(), right.lines()]),
    };
    for side in &mut sides {
        while side.last().is_some_and(|line| *line == Line::empty()) {
            side.pop();
        }
    }
    sides
}

/// Tones the words by which two texts differ.
pub(super) fn marked(mut sides: Sides) -> Sides {
    let [left, right] = &mut sides;
    mark(left, right);
    sides
}

/// Puts `more` under `sides`, beginning on the same line on both of them.
pub(super) fn extend(sides: &mut Sides, more: Sides) {
    let longest = sides.iter().map(Vec::len).max().unwrap_or(0);
    for (side, more) in sides.iter_mut().zip(more) {
        side.resize(longest, Line::empty());
        side.extend(more);
    }
}

/// Puts what only one side has under `sides`, each under words that say so.
pub(super) fn extend_alone(sides: &mut Sides, alone: Sides, ids: &[String; 2]) {
    let mut place = 0;
    let headed = alone.map(|lines| {
        let only = format!("only in {}", ids[place]);
        place += 1;
        let heading = (!lines.is_empty()).then(|| Line::toned(only, Tone::Dim).indented(3));
        heading.into_iter().chain(lines).collect()
    });
    extend(sides, headed);
}

pub(super) fn toned(lines: Vec<Line>, tone: Tone) -> Vec<Line> {
    let paint = |mut line: Line| {
        line.spans.iter_mut().for_each(|span| span.tone = tone);
        line
    };
    lines.into_iter().map(paint).collect()
}

fn lists(lists: [&Vec<String>; 2], ids: &[String; 2]) -> Sides {
    let [left, right] = lists.map(|lines| lines.iter().map(Item::named).collect::<Vec<_>>());
    let mut sides = items("", [&left, &right], ids);
    for span in sides.iter_mut().flatten().flat_map(|line| &mut line.spans) {
        if span.tone == Tone::Strong {
            span.tone = Tone::Plain;
        }
    }
    sides
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::{Detail, Role};

    /// Each line with its indent and marker, `-` or `+` around what only one side has.
    fn shown(lines: &[Line]) -> Vec<String> {
        let line = |line: &Line| {
            let spans = line.spans.iter().map(|span| match span.tone {
                Tone::Removed => format!("-{}-", span.text),
                Tone::Added => format!("+{}+", span.text),
                _ => span.text.clone(),
            });
            format!("{:1$}{2}{3}", "", line.indent, line.marker, spans.collect::<String>())
        };
        lines.iter().map(line).collect()
    }

    fn set(left: &FieldValue, right: &FieldValue) -> [Vec<String>; 2] {
        let ids = ["NCT1", "NCT2"].map(str::to_owned);
        sides("primary-outcomes", [left, right], &ids).map(|side| shown(&side))
    }

    fn list(lines: &[&str]) -> FieldValue {
        FieldValue::List(lines.iter().map(|&line| line.to_owned()).collect())
    }

    #[test]
    fn shared_lines_come_first() {
        let [left, right] = set(&list(&["A", "B", "C d"]), &list(&["C D", "X", "B"]));
        assert_eq!(left, ["• C -d-", "• B", "   only in NCT1", "• -A-"]);
        assert_eq!(right, ["• C +D+", "• B", "   only in NCT2", "• +X+"]);
    }

    #[test]
    fn items_of_one_title_are_compared_by_detail() {
        let time =
            |time: &str| Detail { role: Role::TimeFrame, ..Detail::line("Time frame", time) };
        let item = |name: &str, details| Item { details, ..Item::named(name) };
        let [left, right] = set(
            &FieldValue::Items(vec![
                item("Survival", vec![time("5 years"), Detail::line("New", "x")]),
                item("Pain", Vec::new()),
            ]),
            &FieldValue::Items(vec![item("Survival", vec![time("6 years")])]),
        );
        let expected = [
            "• Survival",
            "  Time frame: -5- years",
            "  -New: --x-",
            "   only in NCT1",
            "• -Pain-",
        ];
        assert_eq!(left, expected);
        assert_eq!(right, ["• Survival", "  Time frame: +6+ years"]);
    }

    #[test]
    fn the_order_of_a_list_does_not_count() {
        for (left, right, equal) in [
            (list(&["A", "B"]), list(&["B", "A"]), true),
            (list(&["A", "A"]), list(&["A"]), false),
            (list(&["A b"]), list(&["A  b "]), true),
            (list(&["a"]), list(&["A"]), false),
            (FieldValue::Line("a b".to_owned()), FieldValue::Prose("a b".to_owned()), true),
        ] {
            assert_eq!(same(&left, &right), equal, "{left:?} {right:?}");
        }
    }
}
