//! How two values of a field are set side by side: what both studies say stands first and in the same order,
//! what only one says stands behind it, toned.

use super::criteria::criteria;
use super::item::items;
use super::passage::Passages;
use super::side::{marked, same};
use super::{Passage, Standing, Verdict};
use crate::study::{FieldValue, Item};
use crate::text::{Pairing, Tone};

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
