//! A list to choose from, narrowed by typing.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use tui_input::InputRequest;

use super::{Chosen, Outcome};
use crate::search::fuzzy;
use crate::text;
use crate::ui::action::Action;
use crate::ui::pane::View;
use crate::ui::widget::cursor::Cursor;
use crate::ui::widget::input::{Caret, LineInput};
use crate::ui::widget::paint::{self, Frame};

pub struct Menu {
    title: &'static str,
    items: Vec<Item>,
    input: LineInput,
    cursor: Cursor,
}

/// One thing to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub label: String,
    /// At the right: a key, a present state.
    pub note: String,
    pub chosen: Chosen,
}

impl Menu {
    pub fn new(title: &'static str, items: Vec<Item>) -> Self {
        Self { title, items, input: LineInput::default(), cursor: Cursor::default() }
    }

    /// The rows it needs to show all its items, border included.
    pub(super) fn height(&self) -> u16 {
        u16::try_from(self.items.len() + 4).unwrap_or(u16::MAX)
    }

    /// The items that the typed text fits: those that contain it first, in their own order.
    fn fitting(&self) -> Vec<&Item> {
        let typed = text::fold(self.input.value());
        let mut fitting: Vec<(bool, i64, &Item)> = Vec::new();
        for item in &self.items {
            let label = text::fold(&item.label);
            if label.contains(&typed) {
                fitting.push((false, 0, item));
            } else if let Some(score) = fuzzy::score(&label, &typed) {
                fitting.push((true, -score, item));
            }
        }
        fitting.sort_by_key(|&(near, score, _)| (near, score));
        fitting.into_iter().map(|(_, _, item)| item).collect()
    }

    pub(super) fn act(&mut self, action: Action, area: Rect) -> Outcome {
        let fitting = self.fitting();
        match action {
            Action::Back => Outcome::Close,
            Action::Read => {
                let item = fitting.get(self.cursor.row);
                item.map_or(Outcome::Stay, |item| Outcome::Choose(item.chosen.clone()))
            }
            action => {
                let (len, height) = (fitting.len(), usize::from(list(paint::inside(area)).height));
                self.cursor.act(action, len, height);
                Outcome::Stay
            }
        }
    }

    pub(super) fn edit(&mut self, request: InputRequest) {
        self.input.edit(request);
        self.cursor = Cursor::default();
    }

    pub(super) fn draw(&mut self, area: Rect, buf: &mut Buffer, view: &View) {
        let theme = view.theme;
        let count = self.fitting().len();
        let note = format!("{count} of {}", self.items.len());
        let inner =
            Frame { title: self.title, note: &note, style: theme.focus }.draw(area, buf, theme);
        let area = list(inner);
        self.cursor.scroll(count, usize::from(area.height));
        paint::line(inner, buf, theme.signs.selection, theme.key);
        let line = Rect {
            x: inner.x + 2,
            width: inner.width.saturating_sub(2),
            height: inner.height.min(1),
            ..inner
        };
        self.input.draw(line, buf, Style::new(), Caret::Shown);
        for (row, (index, item)) in
            area.rows().zip(self.fitting().into_iter().enumerate().skip(self.cursor.offset))
        {
            let rest = paint::line_right(row, buf, &item.note, theme.dim);
            paint::line(
                Rect { x: rest.x + 2, width: rest.width.saturating_sub(2), ..rest },
                buf,
                &item.label,
                Style::new(),
            );
            if index == self.cursor.row {
                paint::line(
                    Rect { width: row.width.min(1), ..row },
                    buf,
                    theme.signs.selection,
                    Style::new(),
                );
                buf.set_style(row, theme.selected);
            }
        }
    }
}

/// The rows below the typed line.
fn list(inner: Rect) -> Rect {
    let typed = inner.height.min(2);
    Rect { y: inner.y + typed, height: inner.height - typed, ..inner }
}
