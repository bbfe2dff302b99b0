//! How the two sides of a row are set: what both studies say stands first and in the same order, what
//! only one says stands behind it, toned.

use super::item::items;
use super::pair::{alike, alone};
use super::word::mark;
use crate::study::eligibility::{Criteria, Criterion};
use crate::study::field::{headed, numbered};
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

fn criteria([left, right]: [&Criteria; 2], ids: &[String; 2]) -> Sides {
    let mut sides = marked([left.other.clone(), right.other.clone()]);
    for ((heading, left), (_, right)) in headed(left).into_iter().zip(headed(right)) {
        if left.is_empty() && right.is_empty() {
            continue;
        }
        let mut top = Sides::default();
        for (side, list) in top.iter_mut().zip([left, right]) {
            if !sides[0].is_empty() || !sides[1].is_empty() {
                side.push(Line::empty());
            }
            side.push(Line::toned(heading, Tone::Strong));
            if list.is_empty() {
                side.push(Line::toned("none stated", Tone::Dim).indented(3));
            }
        }
        extend(&mut sides, top);
        let (both, alone) = branches(&branched(left), &branched(right));
        let mut below = both;
        extend_alone(&mut below, alone, ids);
        // What stands under a heading begins beside “none stated”.
        match (left.is_empty(), right.is_empty()) {
            (false, false) => extend(&mut sides, below),
            _ => sides.iter_mut().zip(below).for_each(|(side, below)| side.extend(below)),
        }
    }
    sides
}

/// A criterion and what is nested in it.
struct Branch {
    line: Line,
    inner: Vec<Self>,
}

fn branched(list: &[Criterion]) -> Vec<Branch> {
    let mut branches: Vec<Branch> = Vec::new();
    for line in numbered(list) {
        let mut siblings = &mut branches;
        while siblings.last().is_some_and(|last| last.line.indent < line.indent) {
            siblings = &mut siblings.last_mut().expect("there is a last one").inner;
        }
        siblings.push(Branch { line, inner: Vec::new() });
    }
    branches
}

impl Branch {
    fn lines(&self) -> Vec<Line> {
        let inner = self.inner.iter().flat_map(Self::lines);
        std::iter::once(self.line.clone()).chain(inner).collect()
    }
}

/// What both sides ask, in the same order; and what only one asks.
fn branches(left: &[Branch], right: &[Branch]) -> (Sides, Sides) {
    let text =
        |branch: &Branch| branch.lines().iter().map(Line::text).collect::<Vec<_>>().join(" ");
    let texts = |branches: &[Branch]| branches.iter().map(text).collect::<Vec<_>>();
    let pairs = alike(&texts(left), &texts(right));
    let mut both = Sides::default();
    for &(i, j) in &pairs {
        extend(&mut both, marked([vec![left[i].line.clone()], vec![right[j].line.clone()]]));
        let (inner, alone) = branches(&left[i].inner, &right[j].inner);
        extend(&mut both, inner);
        extend(&mut both, alone);
    }
    let lines = |side: usize, branches: &[Branch], alone: Vec<usize>| {
        toned(alone.into_iter().flat_map(|place| branches[place].lines()).collect(), TONES[side])
    };
    let alone = [
        lines(0, left, alone(left.len(), &pairs, |pair| pair.0)),
        lines(1, right, alone(right.len(), &pairs, |pair| pair.1)),
    ];
    (both, alone)
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
    fn criteria_are_paired_where_they_say_the_same() {
        let list = |list: &[(usize, &str)]| {
            let one = |&(depth, text): &(usize, &str)| Criterion {
                depth,
                text: text.to_owned(),
                ..Criterion::default()
            };
            list.iter().map(one).collect::<Vec<_>>()
        };
        let criteria = |inclusion, exclusion| {
            FieldValue::Criteria(Criteria { inclusion, exclusion, other: Vec::new() })
        };
        let inclusion = [(0, "Consent"), (0, "Aged 18 to 70 years"), (1, "or 16 with consent")];
        let [left, right] = set(
            &criteria(list(&inclusion), list(&[(0, "Pregnancy")])),
            &criteria(list(&[(0, "Aged 18 to 65 years"), (1, "or 17 with consent")]), Vec::new()),
        );
        let expected = [
            "Inclusion criteria",
            "2. Aged 18 to -70- years",
            "   • or -16- with consent",
            "   only in NCT1",
            "1. -Consent-",
            "",
            "Exclusion criteria",
            "   only in NCT1",
            "1. -Pregnancy-",
        ];
        assert_eq!(left, expected);
        let expected = [
            "Inclusion criteria",
            "1. Aged 18 to +65+ years",
            "   • or +17+ with consent",
            "",
            "",
            "",
            "Exclusion criteria",
            "   none stated",
        ];
        assert_eq!(right, expected);
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

    #[test]
    fn criteria_of_any_depth_are_kept() {
        let criterion =
            |depth| Criterion { depth, text: format!("at {depth}"), ..Criterion::default() };
        let list: Vec<_> = [3, 1, 0, 9, usize::MAX, 2, 0].map(criterion).into();
        let lines: usize = branched(&list).iter().map(|branch| branch.lines().len()).sum();
        assert_eq!(lines, list.len());
    }
}
