//! A text looked for in the study.

use crate::text::{self, Row};
use crate::ui::widget::input::LineInput;

/// A text looked for, and the rows that have it.
#[derive(Default)]
pub(super) struct Finding {
    pub(super) input: LineInput,
    pub(super) state: Typing,
    pub(super) places: Vec<usize>,
    pub(super) current: usize,
    /// The rows as they are compared.
    folded: Vec<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Typing {
    #[default]
    Going,
    Done,
}

impl Finding {
    /// Takes the rows in that are looked through from now on.
    pub(super) fn look_through(&mut self, rows: &[Row], top: usize) {
        self.folded = rows.iter().map(|row| text::fold(&text_of(row))).collect();
        self.find(top);
    }

    /// What is looked for, as it is compared.
    pub(super) fn needle(&self) -> String {
        text::fold(self.input.value())
    }

    /// Looks the text up in every row; the first place from `top` on is the current one.
    pub(super) fn find(&mut self, top: usize) {
        let needle = self.needle();
        let rows = self.folded.iter().enumerate();
        let found = rows.filter(|(_, row)| !needle.is_empty() && row.contains(&needle));
        self.places = found.map(|(index, _)| index).collect();
        self.current = self.places.iter().position(|&row| row >= top).unwrap_or(0);
    }

    /// The row of the place `step` places on, round and round.
    pub(super) fn step(&mut self, step: isize) -> Option<usize> {
        let count = self.places.len();
        self.current = (self.current + count).checked_add_signed(step)?.checked_rem(count)?;
        self.places.get(self.current).copied()
    }

    pub(super) fn note(&self) -> String {
        match self.places.len() {
            0 => "not found".to_owned(),
            count => format!("{} of {count} found", self.current + 1),
        }
    }
}

pub(super) fn text_of(row: &Row) -> String {
    row.iter().map(|span| span.text.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Span, Tone};

    #[test]
    fn places_are_found_round_and_round() {
        let rows: Vec<Row> =
            ["Liver", "lung", "LIVER"].map(|text| vec![Span::new(text, Tone::Plain)]).to_vec();
        let mut finding = Finding::default();
        finding.look_through(&rows, 0);
        assert_eq!((finding.note(), finding.step(1)), ("not found".to_owned(), None));
        finding.input.set("liver");
        finding.find(1);
        assert_eq!((finding.note(), finding.step(0)), ("2 of 2 found".to_owned(), Some(2)));
        assert_eq!((finding.step(1), finding.step(-1)), (Some(0), Some(2)));
    }
}
