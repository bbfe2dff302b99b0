//! The line in which the path of another dataset is typed. Below it stand the datasets that were open before and the
//! sample, and once something is typed, the paths that begin like it.

use std::path::PathBuf;

use ratatui::layout::Rect;
use ratatui::style::Style;
use tui_input::InputRequest;

use super::{COLUMNS, Command, Page, Response, in_the_middle};
use crate::session::{Session, path_in};
use crate::text;
use crate::ui::action::Action;
use crate::ui::canvas::{Border, Canvas};
use crate::ui::pane::{Hint, View};
use crate::ui::widget::cursor::Cursor;
use crate::ui::widget::input::{Caret, LineInput};

const TITLE: &str = "Open a file, folder or archive; +path reads it too";
const SAMPLE: &str = "the sample, part of the program";

pub(super) struct OpenPage {
    input: LineInput,
    recent: Vec<String>,
    /// Whether the sample is another dataset than the one that is open.
    offers_sample: bool,
    /// The paths that begin like what is typed.
    found: Vec<String>,
    cursor: Cursor,
    /// Whether the row at the cursor is meant, not the line.
    is_chosen: bool,
}

impl OpenPage {
    pub(super) fn new(session: &Session, typed: &str) -> Self {
        let recent = session.recent.iter().flatten().filter(|path| !session.paths.contains(path));
        let mut input = LineInput::default();
        input.set(typed);
        Self {
            input,
            recent: recent.filter_map(|path| path.to_str()).map(str::to_owned).collect(),
            offers_sample: session.store.is_empty() || !session.paths.is_empty(),
            found: Vec::new(),
            cursor: Cursor::default(),
            is_chosen: false,
        }
    }

    /// What is offered below the line.
    fn offered(&self) -> &[String] {
        if self.path().is_empty() { &self.recent } else { &self.found }
    }

    /// How many rows stand below the line: the paths, and behind them the sample.
    fn rows(&self) -> usize {
        self.offered().len() + usize::from(self.offers_sample && self.path().is_empty())
    }

    /// What was typed, without the sign that says that it is to be added.
    fn path(&self) -> &str {
        let typed = self.input.value().trim_start();
        typed.strip_prefix('+').unwrap_or(typed).trim_start()
    }

    fn is_added(&self) -> bool {
        self.input.value().trim_start().starts_with('+')
    }

    fn put(&mut self, path: &str) {
        let sign = if self.is_added() { "+" } else { "" };
        self.input.set(&format!("{sign}{path}"));
        self.is_chosen = false;
    }

    /// Types as much as all that is offered begins with; once there is no more of that, the row at the cursor.
    fn complete(&mut self) -> Response {
        let shared = shared_beginning(self.offered());
        let row = self.offered().get(self.cursor.row).cloned();
        match row {
            _ if shared.len() > self.path().len() => self.put(&shared),
            Some(row) => self.put(&row),
            None => return Response::Stay,
        }
        self.typed()
    }

    fn open(&self) -> Response {
        let chosen = self.offered().get(self.cursor.row).filter(|_| self.is_chosen);
        if self.is_chosen && chosen.is_none() {
            return Response::Choose(Command::OpenSample);
        }
        let path = chosen.map_or_else(|| path_in(self.path()), PathBuf::from);
        match (path.as_os_str().is_empty(), self.is_added()) {
            (true, _) => Response::Stay,
            (false, false) => Response::Choose(Command::Open(path)),
            (false, true) => Response::Choose(Command::AddPath(path)),
        }
    }
}

/// As much of the end of a path as so many columns hold.
fn end_of(path: &str, columns: usize) -> String {
    if text::width(path) <= columns {
        return path.to_owned();
    }
    let starts = path.char_indices().map(|(start, _)| &path[start..]);
    let mut ends = starts.skip_while(|end| text::width(end) + 1 > columns);
    format!("…{}", ends.next().unwrap_or_default())
}

/// What all of them begin with.
fn shared_beginning(paths: &[String]) -> String {
    let Some((first, rest)) = paths.split_first() else { return String::new() };
    let mut end = first.len();
    for path in rest {
        let same = first.char_indices().zip(path.chars()).take_while(|((_, a), b)| a == b);
        end = end.min(same.last().map_or(0, |((at, c), _)| at + c.len_utf8()));
    }
    first[..end].to_owned()
}

impl Page for OpenPage {
    fn hints(&self) -> &'static [Hint] {
        &[
            (Action::Read, "open"),
            (Action::NextPane, "complete"),
            (Action::Down, "down"),
            (Action::Up, "up"),
            (Action::Back, "close"),
        ]
    }

    fn area(&self, body: Rect) -> Rect {
        let rows = u16::try_from(self.rows()).unwrap_or(u16::MAX);
        in_the_middle(body, COLUMNS, rows.clamp(1, 15).saturating_add(3))
    }

    fn typing(&self) -> bool {
        true
    }

    fn act(&mut self, action: Action, area: Rect) -> Response {
        match action {
            Action::Back | Action::Quit => return Response::Close,
            Action::Read => return self.open(),
            Action::NextPane => return self.complete(),
            // The first step down goes from the line to the first row.
            Action::Down if !self.is_chosen => self.is_chosen = self.rows() > 0,
            Action::Up if self.cursor.row == 0 => self.is_chosen = false,
            action => {
                let (count, height) = (self.rows(), usize::from(area.height.saturating_sub(3)));
                self.cursor.act(action, count, height);
            }
        }
        Response::Stay
    }

    fn edit(&mut self, request: InputRequest, _area: Rect) {
        self.input.edit(request);
        (self.cursor, self.is_chosen) = (Cursor::default(), false);
    }

    fn typed(&mut self) -> Response {
        self.cursor = Cursor::default();
        if self.path().is_empty() {
            return Response::Stay;
        }
        Response::Do(Command::ListPaths(path_in(self.path()).to_string_lossy().into_owned()))
    }

    fn take_paths(&mut self, found: &[String]) {
        self.found = found.to_vec();
    }

    fn draw(&mut self, area: Rect, canvas: &mut Canvas, _view: &View) {
        let theme = canvas.theme;
        let inner = Border { title: TITLE, note: "", style: theme.focus }.draw(area, canvas);
        let line = Rect { height: inner.height.min(1), ..inner };
        self.input.draw(line, canvas, Style::new(), Caret::Shown);
        let below = Rect { y: inner.y + line.height, height: inner.height - line.height, ..inner };
        let count = self.rows();
        self.cursor.scroll(count, usize::from(below.height));
        if count == 0 {
            let none =
                if self.path().is_empty() { "the path of a file" } else { "no path begins so" };
            canvas.line(below, &format!("  {none}"), theme.dim);
        }
        let rows = self.offered().iter().map(String::as_str).chain([SAMPLE]).take(count);
        let rows = rows.enumerate().skip(self.cursor.offset);
        for (row, (index, path)) in below.rows().zip(rows) {
            let words =
                Rect { x: row.x + 2.min(row.width), width: row.width.saturating_sub(2), ..row };
            // The end of a path says more than its beginning.
            let path = text::clean_line(path);
            canvas.line(words, &end_of(&path, usize::from(words.width)), Style::new());
            if index == self.cursor.row && self.is_chosen {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_all_paths_begin_with() {
        for (paths, shared) in [
            (&["/a/one.json", "/a/other.json"][..], "/a/o"),
            (&["é1", "é2"], "é"),
            (&["a", "b"], ""),
            (&["only"], "only"),
            (&[], ""),
        ] {
            let paths: Vec<String> = paths.iter().map(ToString::to_string).collect();
            assert_eq!(shared_beginning(&paths), shared);
        }
    }
}
