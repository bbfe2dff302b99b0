//! A line to type for a mark: a reason, a tag, a note, a collection, a file. Beside it stands what was typed before. What
//! makes no sense stays in the line, and is told.

use ratatui::layout::Rect;
use ratatui::style::Style;
use tui_input::InputRequest;

use super::{COLUMNS, Command, Page, Response, in_the_middle};
use crate::marks::{Folder, Passage, tag_name};
use crate::search::SavedSearches;
use crate::text;
use crate::ui::action::Action;
use crate::ui::canvas::{self, Border, Canvas};
use crate::ui::pane::{Hint, View};
use crate::ui::widget::input::{Caret, LineInput};

pub(super) struct Entry {
    wanted: Wanted,
    input: LineInput,
    offered: Vec<Offered>,
    /// The row of what is offered; `None` takes what is typed.
    row: Option<usize>,
    /// What is wrong with what was typed.
    problem: Option<String>,
}

/// What is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    Reason,
    Tag,
    Note,
    NoteOn(Passage),
    Collection,
    File,
    /// The name of a saved search.
    Search,
    /// The file in which the search is written down.
    Record,
}

/// Something that was typed before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Offered {
    pub(super) text: String,
    /// At the right: on how many trials it is.
    pub(super) note: String,
}

impl Offered {
    pub(super) fn counted(text: &str, count: usize) -> Self {
        let trials = if count == 1 { "trial" } else { "trials" };
        let note = format!("{} {trials}", text::grouped(count as u64));
        Self { text: text.to_owned(), note }
    }
}

impl Entry {
    pub(super) fn new(wanted: Wanted, typed: &str, offered: Vec<Offered>) -> Self {
        let mut input = LineInput::default();
        input.set(typed);
        Self { wanted, input, offered, row: None, problem: None }
    }

    fn fitting(&self) -> Vec<(usize, &Offered)> {
        let typed = text::fold(self.input.value().trim_start_matches(['+', '-']));
        let offered = self.offered.iter().enumerate();
        offered.filter(|(_, it)| text::fold(&it.text).contains(&typed)).collect()
    }

    /// The sign before a tag that was typed: `-`.
    fn sign(&self) -> &str {
        let typed = self.input.value();
        let is_sign = self.wanted == Wanted::Tag && typed.starts_with(['+', '-']);
        if is_sign { &typed[..1] } else { "" }
    }

    fn chosen(&self, text: String) -> Response {
        Response::Choose(match &self.wanted {
            Wanted::Reason => Command::Exclude(Some(text).filter(|text| !text.is_empty())),
            Wanted::Tag => Command::Tag(text),
            Wanted::Note => Command::Note(text),
            Wanted::NoteOn(passage) => Command::NoteOn(passage.clone(), text),
            Wanted::Collection => Command::Collection(text),
            Wanted::File => Command::Join(text),
            Wanted::Search => Command::SaveSearch(text),
            Wanted::Record => Command::Record(text),
        })
    }

    /// What is wrong with a text; `None` if it can be taken.
    fn problem_of(&self, text: &str) -> Option<String> {
        match self.wanted {
            Wanted::Tag => tag_name(text).err().map(|error| error.to_string()),
            Wanted::Collection => Folder::check(text).err().map(|error| error.to_string()),
            Wanted::Search => SavedSearches::check(text.trim_start_matches('-')).err(),
            Wanted::File | Wanted::Record if text.is_empty() => {
                Some("the path of a file is missing".to_owned())
            }
            _ => None,
        }
    }

    fn take(&mut self) -> Response {
        let fitting = self.fitting();
        let typed = text::clean_line(self.input.value()).trim().to_owned();
        let first = (self.wanted == Wanted::Reason && !typed.is_empty()).then_some(0);
        let offered = self.row.or(first).and_then(|row| fitting.get(row));
        let text = offered.map_or(typed, |(_, it)| format!("{}{}", self.sign(), it.text));
        self.problem = self.problem_of(&text);
        if self.problem.is_some() { Response::Stay } else { self.chosen(text) }
    }

    /// Puts the first thing that is offered and fits into the line, or the next one after what stands there.
    fn complete(&mut self) {
        let fitting = self.fitting();
        let typed = self.input.value().trim_start_matches(['+', '-']);
        let is_there = fitting.iter().any(|(_, it)| it.text == typed);
        let row = self.row.unwrap_or_default();
        if let Some((_, offered)) = fitting.get(row).filter(|_| !is_there) {
            let line = format!("{}{}", self.sign(), offered.text);
            self.input.set(&line);
            self.row = None;
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
            Action::NextPane => self.complete(),
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
        (self.row, self.problem) = (None, None);
    }

    /// A digit alone takes the reason with this number at once.
    fn typed(&mut self) -> Response {
        let number = match (&self.wanted, self.input.value()) {
            (Wanted::Reason, "0") => Some(10),
            (Wanted::Reason, typed) => typed.parse::<usize>().ok(),
            _ => None,
        };
        let offered = number.and_then(|number| self.offered.get(number.checked_sub(1)?));
        offered.map_or(Response::Stay, |offered| self.chosen(offered.text.clone()))
    }

    fn draw(&mut self, area: Rect, canvas: &mut Canvas, _view: &View) {
        let theme = canvas.theme;
        let title = match &self.wanted {
            Wanted::Reason => "Exclude: why? A digit, words, or nothing".to_owned(),
            Wanted::Tag => "Tag: +name puts it on, -name takes it off, Tab completes".to_owned(),
            Wanted::Note => "Note: an empty one takes it back".to_owned(),
            Wanted::NoteOn(passage) => format!("Note on “{}”", text::cut(&passage.words, 60)),
            Wanted::Collection => {
                "Collection: choose one, or type the name of a new one".to_owned()
            }
            Wanted::File => "Join the marks of somebody else: the path of a file".to_owned(),
            Wanted::Record => {
                "Write the search down in a new file: Markdown, or JSON as .json".to_owned()
            }
            Wanted::Search => "Save this query as: a name; -name forgets one".to_owned(),
        };
        let title =
            self.problem.as_ref().map_or(title, |problem| text::clean_line(problem).into_owned());
        let style = if self.problem.is_some() { theme.error } else { theme.focus };
        let inner = Border { title: &title, note: "", style }.draw(area, canvas);
        debug_assert_eq!(inner, canvas::inside(area));
        let line = Rect { height: inner.height.min(1), ..inner };
        self.input.draw(line, canvas, Style::new(), Caret::Shown);
        for (row, (index, (number, offered))) in
            inner.rows().skip(1).zip(self.fitting().into_iter().enumerate())
        {
            let number = match (&self.wanted, number + 1) {
                (Wanted::Reason, 10) => "0 ".to_owned(),
                (Wanted::Reason, number @ 1..10) => format!("{number} "),
                _ => "  ".to_owned(),
            };
            let rest =
                Rect { x: row.x + 2.min(row.width), width: row.width.saturating_sub(2), ..row };
            canvas.line(row, &number, theme.key);
            let rest = canvas.line_right(rest, &offered.note, theme.dim);
            canvas.line(rest, &offered.text, Style::new());
            if Some(index) == self.row {
                canvas.style(row, theme.selected);
            }
        }
    }
}
