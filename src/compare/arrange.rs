//! How two values of a field are set side by side: what both studies say stands first and in the same order,
//! what only one says stands behind it, toned.

use super::criteria::criteria;
use super::item::items;
use super::pair::key;
use super::passage::{Passages, Sides};
use super::word::mark;
use super::{Passage, Standing, Verdict};
use crate::study::{FieldValue, Item};
use crate::text::{Line, Pairing, Tone};

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

/// Sets two values of a field side by side.
pub(super) fn passages(field: &str, values: [&FieldValue; 2]) -> Vec<Passage> {
    let verdict = if same(values[0], values[1]) { Verdict::Equal } else { Verdict::Differs };
    let passages = match values {
        [FieldValue::List(left), FieldValue::List(right)] => lists([left, right]),
        [FieldValue::Items(left), FieldValue::Items(right)] => items(field, [left, right]),
        [FieldValue::Criteria(left), FieldValue::Criteria(right)] => criteria([left, right]),
        values => {
            let mut sides = values.map(FieldValue::lines);
            if verdict == Verdict::Differs {
                sides = marked(sides);
            }
            let prose = values.iter().any(|value| matches!(value, FieldValue::Prose(_)));
            let pairing = if prose { Pairing::Free } else { Pairing::LineByLine };
            let standing = Standing::Together(verdict);
            return vec![Passage { standing, cells: sides.into(), pairing }];
        }
    };
    passages.0
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

fn lists(lists: [&Vec<String>; 2]) -> Passages {
    let [left, right] = lists.map(|lines| lines.iter().map(Item::named).collect::<Vec<_>>());
    let mut passages = items("", [&left, &right]);
    let lines = passages.0.iter_mut().flat_map(|passage| &mut passage.cells).flatten();
    for span in lines.flat_map(|line| &mut line.spans) {
        if span.tone == Tone::Strong {
            span.tone = Tone::Plain;
        }
    }
    passages
}

/// Whether both sides read the same. Numbers and letters of lists do not count.
pub(super) fn agreement(sides: &Sides) -> Verdict {
    let [left, right] = sides.each_ref().map(|lines| {
        let texts = lines.iter().map(Line::text).collect::<Vec<_>>().join(" ");
        texts.split_whitespace().collect::<Vec<_>>().join(" ")
    });
    if left == right { Verdict::Equal } else { Verdict::Differs }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::passage::tests::rows;
    use crate::study::{Detail, Role};

    fn set(left: &FieldValue, right: &FieldValue) -> Vec<String> {
        rows(passages("primary-outcomes", [left, right]))
    }

    fn list(lines: &[&str]) -> FieldValue {
        FieldValue::List(lines.iter().map(|&line| line.to_owned()).collect())
    }

    #[test]
    fn shared_lines_come_first() {
        let expected = [
            "• C d | • C D",
            "• É | • e",
            "Only in NCT1 | ",
            "• -A- | ",
            " | Only in NCT2",
            " | • +X+",
        ];
        assert_eq!(set(&list(&["A", "É", "C d"]), &list(&["C D", "X", "e"])), expected);
        let expected = ["Only in NCT1 | ", "• -A- | ", " | Only in NCT2", " | • +B+"];
        assert_eq!(set(&list(&["A"]), &list(&["B"])), expected);
    }

    #[test]
    fn items_of_one_title_are_compared_by_detail() {
        let time =
            |time: &str| Detail { role: Role::TimeFrame, ..Detail::line("Time frame", time) };
        let item = |name: &str, details| Item { details, ..Item::named(name) };
        let rows = set(
            &FieldValue::Items(vec![
                item("Survival", vec![time("5 years"), Detail::line("New", "x")]),
                item("Pain", Vec::new()),
            ]),
            &FieldValue::Items(vec![item(
                "SURVIVAL",
                vec![time("6 years"), Detail::line("Newer", "y")],
            )]),
        );
        let expected = [
            "• Survival | • SURVIVAL",
            "  Time frame: -5- years |   Time frame: +6+ years",
            "  -New: --x- | ",
            " |   +Newer: ++y+",
            "Only in NCT1 | ",
            "• -Pain- | ",
        ];
        assert_eq!(rows, expected);
    }

    #[test]
    fn the_order_of_a_list_does_not_count() {
        for (left, right, equal) in [
            (list(&["A", "B"]), list(&["B", "A"]), true),
            (list(&["A", "A"]), list(&["A"]), false),
            (list(&["A b"]), list(&["A  b "]), true),
            (list(&["Sjögren"]), list(&["sjogren"]), true),
            (FieldValue::Prose("a".to_owned()), FieldValue::Prose("A".to_owned()), false),
            (FieldValue::Line("a b".to_owned()), FieldValue::Prose("a b".to_owned()), true),
        ] {
            assert_eq!(same(&left, &right), equal, "{left:?} {right:?}");
        }
    }
}
