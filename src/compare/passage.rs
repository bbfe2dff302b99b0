//! The parts of a row: what stands beside each other, and what has no partner. Knows no width.

use super::{ComparedRow, Comparison, Verdict};
use crate::text::{Line, Pairing, Tone};

/// The lines of the left and of the right study.
pub(super) type Sides = [Vec<Line>; 2];

/// A part of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    pub standing: Standing,
    /// What each study says here, in the order of the ids.
    pub cells: Vec<Vec<Line>>,
    /// Whether a line of one cell belongs to the line beside it, as in lists and criteria.
    pub pairing: Pairing,
}

/// What a passage is to the studies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Words above the passages that follow.
    Heading,
    /// What the studies say of the same thing.
    Together(Verdict),
    /// What only the study at this place has.
    Only(usize),
}

/// The passages of two studies while they are put together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Passages(pub Vec<Passage>);

impl Passages {
    /// Words above what follows.
    pub(super) fn heading(&mut self, sides: Sides) {
        self.push(Standing::Heading, sides);
    }

    /// What both studies say of one thing.
    pub(super) fn together(&mut self, verdict: Verdict, sides: Sides) {
        self.push(Standing::Together(verdict), sides);
    }

    /// What has no partner: each list of things that only the left, then that only the right study has.
    pub(super) fn alone(&mut self, alone: [Vec<Vec<Line>>; 2]) {
        for (side, things) in alone.into_iter().enumerate() {
            for thing in things {
                let mut sides = Sides::default();
                sides[side] = thing;
                self.push(Standing::Only(side), sides);
            }
        }
    }

    fn push(&mut self, standing: Standing, sides: Sides) {
        if sides.iter().any(|side| !side.is_empty()) {
            let cells = sides.into();
            self.0.push(Passage { standing, cells, pairing: Pairing::LineByLine });
        }
    }
}

/// Puts `more` under `sides`, beginning on the same line on both of them.
pub(super) fn extend(sides: &mut Sides, more: Sides) {
    let longest = sides.iter().map(Vec::len).max().unwrap_or(0);
    for (side, more) in sides.iter_mut().zip(more) {
        if !more.is_empty() {
            side.resize(longest, Line::empty());
            side.extend(more);
        }
    }
}

/// Puts what only one side has under `sides`, nothing beside it.
pub(super) fn extend_alone(sides: &mut Sides, [left, right]: Sides) {
    extend(sides, [left, Vec::new()]);
    extend(sides, [Vec::new(), right]);
}

/// What stands where a study does not state a field.
const NOT_STATED: &str = "not stated";

impl Comparison {
    /// The passages of a row as they stand in columns: what only one study has below words that say so, and
    /// words where a study does not state the field.
    pub fn columns(&self, row: &ComparedRow) -> Vec<Passage> {
        let mut columns: Vec<Passage> = Vec::new();
        for Passage { standing, cells, pairing } in row.passages.iter().cloned() {
            if let Standing::Only(place) = standing
                && columns.last().is_none_or(|last| last.standing != standing)
            {
                let words = format!("Only in {}", self.called(place));
                let mut heading = vec![Vec::new(); cells.len()];
                heading[place].push(Line::toned(words, Tone::Dim));
                columns.push(Passage { standing, cells: heading, pairing });
            }
            columns.push(Passage { standing, cells, pairing });
        }
        for place in 0..self.ids.len() {
            let states_nothing = columns.iter().all(|passage| passage.cells[place].is_empty());
            if let Some(first) = columns.first_mut().filter(|_| states_nothing) {
                first.cells[place].push(Line::toned(NOT_STATED, Tone::Dim));
            }
        }
        columns
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

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

    /// The rows of the two columns of NCT1 and NCT2, a bar between them.
    pub(in crate::compare) fn rows(passages: Vec<Passage>) -> Vec<String> {
        let ids = ["NCT1", "NCT2"].map(str::to_owned).to_vec();
        let (name, label, verdict) = ("", "", Verdict::Differs);
        let row =
            ComparedRow { name, label, verdict, values: Vec::new(), passages, gaps: Vec::new() };
        let columns = Comparison { ids, parts: Vec::new() }.columns(&row);
        let rows = columns.iter().flat_map(|passage| {
            let [left, right] = [0, 1].map(|place| shown(&passage.cells[place]));
            let at = |side: &[String], place: usize| side.get(place).cloned().unwrap_or_default();
            let row = |place| format!("{} | {}", at(&left, place), at(&right, place));
            (0..left.len().max(right.len())).map(row).collect::<Vec<_>>()
        });
        rows.collect()
    }

    #[test]
    fn a_study_of_several_that_states_nothing_is_said_not_to() {
        let says = |text: &str| vec![Line::plain(text)];
        let together = Standing::Together(Verdict::Differs);
        let passages = [
            (together, vec![says("A"), says("B"), Vec::new()]),
            (Standing::Only(1), vec![Vec::new(), says("C"), Vec::new()]),
        ];
        let passages = passages.map(|(standing, cells)| Passage {
            standing,
            cells,
            pairing: Pairing::LineByLine,
        });
        let row = ComparedRow {
            name: "",
            label: "",
            verdict: Verdict::Differs,
            values: Vec::new(),
            passages: passages.into(),
            gaps: Vec::new(),
        };
        let ids = ["NCT1", "NCT2", "NCT3"].map(str::to_owned).to_vec();
        let columns = Comparison { ids, parts: Vec::new() }.columns(&row);
        let column = |place: usize| {
            let cells = columns.iter().flat_map(|passage| shown(&passage.cells[place]));
            cells.collect::<Vec<_>>()
        };
        assert_eq!(column(0), ["A"]);
        assert_eq!(column(1), ["B", "Only in NCT2", "C"]);
        assert_eq!(column(2), [NOT_STATED]);
    }
}
