//! What somebody sees who starts the program for the first time: what to do, and how to open data of one's own.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget as _};

use super::action::Action;
use super::canvas::{Border, Canvas};
use super::keymap::Keymap;
use crate::text::{self, Line};

/// Whether the greeting is on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Greeting {
    Shown,
    #[default]
    Over,
}

/// Draws the greeting at the bottom of the body.
pub fn draw(body: Rect, canvas: &mut Canvas, keymap: &Keymap) {
    let lines = lines(keymap);
    let longest = lines.iter().map(|line| text::width(line)).max().unwrap_or_default();
    let width = body.width.min(u16::try_from(longest).unwrap_or(u16::MAX).saturating_add(4));
    let lines: Vec<Line> = lines.iter().map(Line::plain).collect();
    let rows = text::flow(&lines, usize::from(width.saturating_sub(4)));
    let height = body.height.min(u16::try_from(rows.len()).unwrap_or(u16::MAX).saturating_add(2));
    let area =
        Rect { x: body.x + (body.width - width) / 2, y: body.bottom() - height, width, height };
    Clear.render(area, canvas.buf);
    let style = canvas.theme.focus;
    let inner =
        Border { title: "Welcome", note: "gone with the first key", style }.draw(area, canvas);
    let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
    for (line, row) in inner.rows().zip(&rows) {
        canvas.row(line, row, Style::new());
    }
}

fn lines(keymap: &Keymap) -> [String; 3] {
    let key = |action| keymap.key(action);
    [
        format!(
            "{} searches, {} filters, {} reads, {} pins, {} compares.",
            key(Action::Search),
            key(Action::Filters),
            key(Action::Read),
            key(Action::Pin),
            key(Action::Compare)
        ),
        format!(
            "{} shows every key, {} every command; {} leads back, {} quits.",
            key(Action::Help),
            key(Action::Palette),
            key(Action::Back),
            key(Action::Quit)
        ),
        format!(
            "Your own data: {} and its path, or trialdex FILE: a download of ClinicalTrials.gov.",
            key(Action::Open)
        ),
    ]
}
