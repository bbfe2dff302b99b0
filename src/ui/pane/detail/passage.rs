//! Choosing words of a trial by rows, for a note on them.

use super::page::StudyLayout;
use super::rows::text_of;
use crate::marks::Passage;
use crate::study::Study;
use crate::study::passage::field_with;
use crate::ui::action::Action;
use crate::ui::pane::Hint;

pub(super) const HINTS: &[Hint] = &[
    (Action::NotePassage, "note on it"),
    (Action::Down, "next line"),
    (Action::Up, "previous line"),
    (Action::NextStudy, "one line more"),
    (Action::PreviousStudy, "one line less"),
    (Action::Back, "cancel"),
];

/// The rows that are chosen, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chosen {
    pub(super) first: usize,
    pub(super) last: usize,
}

impl Chosen {
    /// The first row of a text from `top` on; `None` where there is none.
    pub(super) fn at(page: &StudyLayout, top: usize) -> Option<Self> {
        let row = text_row(page, (top..page.rows.len()).collect())?;
        Some(Self { first: row, last: row })
    }

    /// Does what `action` means; false when it means nothing here.
    pub(super) fn act(&mut self, action: Action, page: &StudyLayout) -> bool {
        let below = |row: usize| text_row(page, (row + 1..page.rows.len()).collect());
        let above = |row: usize| text_row(page, (0..row).rev().collect());
        match action {
            Action::Down | Action::Up => {
                let next =
                    if action == Action::Down { below(self.last) } else { above(self.first) };
                let row = next.unwrap_or(self.first);
                *self = Self { first: row, last: row };
            }
            Action::NextStudy => self.last = below(self.last).unwrap_or(self.last),
            Action::PreviousStudy => {
                let less = above(self.last).filter(|row| *row >= self.first);
                self.last = less.unwrap_or(self.first);
            }
            _ => return false,
        }
        true
    }

    pub(super) fn has(self, row: usize) -> bool {
        (self.first..=self.last).contains(&row)
    }

    /// The words of the rows, and the field that they are of. `Err` says why they cannot be held on to.
    pub(super) fn passage(self, page: &StudyLayout) -> Result<Passage, String> {
        let rows = page.rows[self.first..=self.last.min(page.rows.len() - 1)].iter();
        let text: Vec<String> = rows.map(|row| without_number(&text_of(row)).to_owned()).collect();
        let words = text.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
        let record: Option<&Study> = page.study.as_ref().and_then(|study| study.as_ref().ok());
        let field = record.and_then(|record| field_with(record, &words, ""));
        match field {
            Some(field) => Ok(Passage { field: field.label.to_owned(), words }),
            None => Err("these lines are of several fields; choose lines of one text".to_owned()),
        }
    }
}

/// A row without the number or the sign that it has as the beginning of an item of a list.
fn without_number(row: &str) -> &str {
    let row = row.trim_start().trim_start_matches(['•', '-', '·']).trim_start();
    let Some((first, rest)) = row.split_once(' ') else { return row };
    let number = first.strip_suffix(['.', ')']).unwrap_or_default();
    let is_letter = number.len() == 1 && number.chars().all(char::is_alphabetic);
    let is_number = number.chars().all(|c| c.is_ascii_digit() || c == '.');
    if !number.is_empty() && (is_letter || is_number) { rest } else { row }
}

/// The first of these rows in which words stand that are no heading.
fn text_row(page: &StudyLayout, rows: Vec<usize>) -> Option<usize> {
    let is_heading = |row: usize| page.sections.iter().any(|heading| heading.row == row);
    let first = page.sections.first().map_or(0, |heading| heading.row);
    rows.into_iter()
        .find(|&row| row > first && !is_heading(row) && !text_of(&page.rows[row]).trim().is_empty())
}
