//! The text at the cursor of a record's JSON: as much as there is room for below the tree, or all of it to read.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::text::{self, Line, Row, Tone};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::pane::View;
use crate::ui::widget::scroll::Scroll;

/// So many bytes of a text are set at most.
const MOST: usize = 1 << 17;

/// The rows in which a text stands. One that is too long ends with a word about it.
fn rows(text: &str, width: u16) -> Vec<Row> {
    let shown = super::beginning(text, MOST);
    let mut lines: Vec<Line> = text::clean_text(shown).lines().map(Line::plain).collect();
    if shown.len() < text.len() {
        lines.push(Line::toned("The rest is too long to be shown; it can be copied.", Tone::Dim));
    }
    text::flow(&lines, usize::from(width))
}

/// What a key does while a text is read in `area`, as [`Scroll::read`] says it.
pub(super) fn read(text: &str, reading: &mut Option<Scroll>, action: Action, area: Rect) -> bool {
    Scroll::read(reading, action, rows(text, area.width).len(), height(area))
}

/// The rows of `area` that a text has.
fn height(area: Rect) -> usize {
    usize::from(area.height.saturating_sub(1))
}

/// The text at the cursor, as it is drawn.
pub(super) struct Shown<'a> {
    pub(super) text: &'a str,
    /// The place in it, while it is read whole.
    pub(super) read: Option<Scroll>,
    /// What is looked for; where the text is not read, it begins where that stands first.
    pub(super) needle: Option<&'a str>,
}

impl Shown<'_> {
    /// Draws the text below a row that says how much of it is seen.
    pub(super) fn draw(&self, area: Rect, canvas: &mut Canvas, view: &View) {
        if area.is_empty() {
            return;
        }
        let (rows, dim) = (rows(self.text, area.width), canvas.theme.dim);
        let height = height(area);
        let has = |row: &Row, needle: &str| {
            let row: String = row.iter().map(|span| span.text.as_str()).collect();
            text::fold(&row).contains(needle)
        };
        let mut seen = self.read.unwrap_or_default();
        let needle = self.needle.filter(|needle| !needle.is_empty());
        if let (None, Some(needle)) = (self.read, needle) {
            seen.top = rows.iter().position(|row| has(row, needle)).unwrap_or_default();
        }
        seen.clamp(rows.len(), height);
        if rows.len() > height {
            let mut note = seen.note(rows.len(), height);
            if self.read.is_none() {
                note = format!("{note}; {} shows all", view.key(Action::Read));
            }
            canvas.line_right(Rect { height: area.height.min(1), ..area }, &note, dim);
        }
        for (place, row) in area.rows().skip(1).zip(&rows[seen.top..]) {
            let style = if self.read.is_some() { Style::new() } else { dim };
            canvas.row(place, row, style);
            if let Some(needle) = needle {
                canvas.mark(place, needle, canvas.theme.found);
            }
        }
    }
}
