//! A list to choose from, narrowed by typing.

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use tui_input::InputRequest;

use super::{COLUMNS, Command, Page, Response, in_the_middle};
use crate::search::fuzzy;
use crate::text;
use crate::ui::action::Action;
use crate::ui::canvas::{self, Border, Canvas};
use crate::ui::pane::{Hint, View};
use crate::ui::widget::cursor::Cursor;
use crate::ui::widget::input::{Caret, LineInput};

/// From more rows than this on, one stays empty below the typed line.
const ROOMY: u16 = 8;

/// What stands beside an item: the border, the cursor, and what keeps it from its note.
const SIDES: usize = 8;

pub(super) struct Menu {
    title: String,
    items: Vec<MenuItem>,
    keys: Keys,
    input: LineInput,
    cursor: Cursor,
    /// Texts that lead somewhere as soon as they are typed.
    leads: Vec<(&'static str, Command)>,
}

/// What characters do in a menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Keys {
    /// They move, as in every list; the search key turns to typing.
    Move,
    /// They are typed, and narrow the menu.
    Type,
}

/// One thing to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MenuItem {
    pub(super) label: String,
    /// At the right: a key, a present state.
    pub(super) note: String,
    pub(super) chosen: Command,
    /// Other words by which it is found.
    pub(super) also: &'static str,
}

/// How well an item fits what was typed, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// It is one of its words.
    Word,
    Beginning,
    /// Each word is the beginning of one of its words.
    Words,
    Inside,
    Near,
}

impl MenuItem {
    /// How well the folded text fits, and how near it comes where it only comes near; `None` if it does not fit.
    fn fit(&self, typed: &str) -> Option<(Fit, i64)> {
        let label = text::fold(&self.label);
        let words = || label.split([' ', ':', ',']).chain(self.also.split(' '));
        let begins = |word: &str| words().any(|it| it.starts_with(word));
        let is_task = !self.also.is_empty() && !typed.is_empty();
        let fit = if is_task && words().any(|word| word == typed) {
            Fit::Word
        } else if label.starts_with(typed) {
            Fit::Beginning
        } else if typed.split(' ').all(begins) {
            Fit::Words
        } else if label.contains(typed) {
            Fit::Inside
        } else {
            return fuzzy::score(&label, typed).map(|score| (Fit::Near, -score));
        };
        Some((fit, 0))
    }
}

impl Menu {
    /// A menu to move about in.
    pub(super) fn new(title: impl Into<String>, items: Vec<MenuItem>) -> Self {
        Self {
            title: title.into(),
            items,
            keys: Keys::Move,
            input: LineInput::default(),
            cursor: Cursor::default(),
            leads: Vec::new(),
        }
    }

    /// A menu so long that one types what one looks for.
    pub(super) fn typed(title: impl Into<String>, items: Vec<MenuItem>) -> Self {
        Self { keys: Keys::Type, ..Self::new(title, items) }
    }

    /// The menu in which `typed` leads to `chosen` as soon as it is typed.
    #[must_use]
    pub(super) fn leading(mut self, typed: &'static str, chosen: Command) -> Self {
        self.leads.push((typed, chosen));
        self
    }

    /// The menu with the cursor on the entry at `row`.
    #[must_use]
    pub(super) fn at(mut self, row: usize) -> Self {
        self.cursor.row = row;
        self
    }

    /// The rows it needs to show all its items, border included.
    pub(super) fn height(&self) -> u16 {
        let items = u16::try_from(self.items.len()).unwrap_or(u16::MAX);
        items.saturating_add(if items > ROOMY - 2 { 4 } else { 3 })
    }

    /// The columns it needs, border included: as many as every popup has, more where an item is longer.
    fn width(&self) -> u16 {
        let long = |item: &MenuItem| text::width(&item.label) + text::width(&item.note) + SIDES;
        let longest = self.items.iter().map(long).max().unwrap_or_default();
        u16::try_from(longest).unwrap_or(u16::MAX).max(COLUMNS)
    }

    /// The items that the typed text fits, the best first, and in their own order where they fit alike.
    fn fitting(&self) -> Vec<&MenuItem> {
        let typed = text::fold(self.input.value());
        let fitting = self.items.iter().filter_map(|item| Some((item.fit(&typed)?, item)));
        let mut fitting: Vec<((Fit, i64), &MenuItem)> = fitting.collect();
        fitting.sort_by_key(|&(fit, _)| fit);
        fitting.into_iter().map(|(_, item)| item).collect()
    }
}

impl Page for Menu {
    fn hints(&self) -> &'static [Hint] {
        &[
            (Action::Read, "choose"),
            (Action::Down, "down"),
            (Action::Up, "up"),
            (Action::Back, "close"),
        ]
    }

    fn area(&self, body: Rect) -> Rect {
        in_the_middle(body, self.width(), self.height())
    }

    fn typing(&self) -> bool {
        self.keys == Keys::Type
    }

    fn act(&mut self, action: Action, area: Rect) -> Response {
        let fitting = self.fitting();
        match action {
            Action::Back | Action::Quit => Response::Close,
            Action::Search => {
                self.keys = Keys::Type;
                Response::Stay
            }
            Action::Read | Action::Pin => {
                let item = fitting.get(self.cursor.row);
                item.map_or(Response::Stay, |item| Response::Choose(item.chosen.clone()))
            }
            action => {
                let (len, height) = (fitting.len(), usize::from(list(canvas::inside(area)).height));
                self.cursor.act(action, len, height);
                Response::Stay
            }
        }
    }

    fn click(&mut self, at: Position, area: Rect) -> Response {
        let list = list(canvas::inside(area));
        if !list.contains(at) {
            return Response::Stay;
        }
        let row = self.cursor.offset + usize::from(at.y - list.y);
        let item = self.fitting().get(row).map(|item| item.chosen.clone());
        item.map_or(Response::Stay, Response::Choose)
    }

    fn typed(&mut self) -> Response {
        let lead = self.leads.iter().find(|(typed, _)| *typed == self.input.value());
        lead.map_or(Response::Stay, |(_, chosen)| Response::Choose(chosen.clone()))
    }

    fn edit(&mut self, request: InputRequest, _: Rect) {
        self.input.edit(request);
        self.cursor = Cursor::default();
    }

    fn draw(&mut self, area: Rect, canvas: &mut Canvas, view: &View) {
        let theme = canvas.theme;
        let count = self.fitting().len();
        let note = format!("{count} of {}", self.items.len());
        let inner =
            Border { title: &self.title, note: &note, style: theme.focus }.draw(area, canvas);
        let area = list(inner);
        self.cursor.scroll(count, usize::from(area.height));
        let key = view.key(Action::Search);
        canvas.line(inner, if self.typing() { &key } else { " " }, theme.key);
        let line = Rect {
            x: inner.x + 2,
            width: inner.width.saturating_sub(2),
            height: inner.height.min(1),
            ..inner
        };
        match self.keys {
            Keys::Type => self.input.draw(line, canvas, Style::new(), Caret::Shown),
            Keys::Move => canvas.line(line, &format!("{key} narrows"), theme.dim),
        }
        if count == 0 {
            canvas.line(area, "  nothing fits", theme.dim);
        }
        for (row, (index, item)) in
            area.rows().zip(self.fitting().into_iter().enumerate().skip(self.cursor.offset))
        {
            let label = Rect { x: row.x + 2, width: row.width.saturating_sub(3), ..row };
            let width = usize::from(label.width);
            // The note has what the label leaves it, and a third where both want more.
            let room = width.saturating_sub(text::width(&item.label) + 2).max(width / 3);
            let label = canvas.line_right(label, &text::cut(&item.note, room), theme.dim);
            canvas.line(label, &item.label, Style::new());
            if index == self.cursor.row {
                canvas.line(
                    Rect { width: row.width.min(1), ..row },
                    theme.signs.selection,
                    Style::new(),
                );
                canvas.style(row, theme.selected);
            }
        }
    }
}

/// The rows below the typed line, and below an empty one where there is room for it.
fn list(inner: Rect) -> Rect {
    let typed = inner.height.min(if inner.height > ROOMY { 2 } else { 1 });
    Rect { y: inner.y + typed, height: inner.height - typed, ..inner }
}
