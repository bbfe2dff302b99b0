//! A line to type for a mark: a reason, a tag, a note. Beside it stands what was typed before.

use ratatui::layout::Rect;
use ratatui::style::Style;
use tui_input::InputRequest;

use super::{COLUMNS, Command, Page, Response, in_the_middle};
use crate::text;
use crate::ui::action::Action;
use crate::ui::canvas::{self, Border, Canvas};
use crate::ui::pane::{Hint, View};
use crate::ui::widget::input::{Caret, LineInput};

pub(super) struct Entry {
    wanted: Wanted,
    input: LineInput,
    offered: Vec<String>,
    /// The row of what is offered; `None` takes what is typed.
    row: Option<usize>,
}

/// What is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    Reason,
    Tag,
    Note,
}

impl Entry {
    pub(super) fn new(wanted: Wanted, typed: &str, offered: Vec<String>) -> Self {
        let mut input = LineInput::default();
        input.set(typed);
        Self { wanted, input, offered, row: None }
    }

    fn fitting(&self) -> Vec<(usize, &String)> {
        let typed = text::fold(self.input.value().trim_start_matches(['+', '-']));
        let offered = self.offered.iter().enumerate();
        offered.filter(|(_, it)| text::fold(it).contains(&typed)).collect()
    }

    fn chosen(&self, text: String) -> Response {
        Response::Choose(match self.wanted {
            Wanted::Reason => Command::Exclude(Some(text).filter(|text| !text.is_empty())),
            Wanted::Tag => Command::Tag(text),
            Wanted::Note => Command::Note(text),
        })
    }

    fn take(&self) -> Response {
        let fitting = self.fitting();
        let typed = text::clean_line(self.input.value()).trim().to_owned();
        let first = (self.wanted == Wanted::Reason && !typed.is_empty()).then_some(0);
        match self.row.or(first).and_then(|row| fitting.get(row)) {
            Some((_, offered)) => self.chosen((*offered).clone()),
            None => self.chosen(typed),
        }
    }
}

impl Page for Entry {
    fn hints(&self) -> &'static [Hint] {
        &[(Action::Read, "take it"), (Action::Down, "down"), (Action::Back, "close")]
    }

    fn area(&self, body: Rect) -> Rect {
        let rows = u16::try_from(self.offered.len()).unwrap_or(u16::MAX);
        in_the_middle(body, COLUMNS, rows.saturating_add(3))
    }

    fn typing(&self) -> bool {
        true
    }

    fn act(&mut self, action: Action, _area: Rect) -> Response {
        let last = self.fitting().len().checked_sub(1);
        match action {
            Action::Back | Action::Quit => return Response::Close,
            Action::Read => return self.take(),
            Action::Down => {
                self.row = last.map(|last| self.row.map_or(0, |row| (row + 1).min(last)));
            }
            Action::Up => self.row = self.row.and_then(|row| row.checked_sub(1)),
            _ => (),
        }
        Response::Stay
    }

    fn edit(&mut self, request: InputRequest, _area: Rect) {
        self.input.edit(request);
        self.row = None;
    }

    /// A digit alone takes the reason with this number at once.
    fn typed(&mut self) -> Response {
        let number = match (self.wanted, self.input.value()) {
            (Wanted::Reason, "0") => Some(10),
            (Wanted::Reason, typed) => typed.parse::<usize>().ok(),
            _ => None,
        };
        let offered = number.and_then(|number| self.offered.get(number.checked_sub(1)?));
        offered.map_or(Response::Stay, |offered| self.chosen(offered.clone()))
    }

    fn draw(&mut self, area: Rect, canvas: &mut Canvas, _view: &View) {
        let theme = canvas.theme;
        let title = match self.wanted {
            Wanted::Reason => "Exclude: why? A digit, words, or nothing",
            Wanted::Tag => "Tag: +name puts it on, -name takes it off",
            Wanted::Note => "Note: an empty one takes it back",
        };
        let inner = Border { title, note: "", style: theme.focus }.draw(area, canvas);
        debug_assert_eq!(inner, canvas::inside(area));
        let line = Rect { height: inner.height.min(1), ..inner };
        self.input.draw(line, canvas, Style::new(), Caret::Shown);
        for (row, (index, (number, offered))) in
            inner.rows().skip(1).zip(self.fitting().into_iter().enumerate())
        {
            let number = match (self.wanted, number + 1) {
                (Wanted::Reason, 10) => "0 ".to_owned(),
                (Wanted::Reason, number @ 1..10) => format!("{number} "),
                _ => "  ".to_owned(),
            };
            let rest =
                Rect { x: row.x + 2.min(row.width), width: row.width.saturating_sub(2), ..row };
            canvas.line(row, &number, theme.key);
            canvas.line(rest, offered, Style::new());
            if Some(index) == self.row {
                canvas.style(row, theme.selected);
            }
        }
    }
}
