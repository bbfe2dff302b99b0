//! The JSON of a record, foldable, with the path of what the cursor is on.

mod tree;
mod value;

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use serde_json::Value;
use tui_input::InputRequest;

use super::menu::{Menu, MenuItem};
use super::{Command, Page, Popup, Response};
use crate::session::Session;
use crate::store::StudyIdx;
use crate::study::Study;
use crate::text::{self, Row, Span, Tone};
use crate::ui::action::{Action, Scope};
use crate::ui::canvas::{self, Border, Canvas};
use crate::ui::pane::{Hint, View};
use crate::ui::widget::cursor::Cursor;
use crate::ui::widget::finding::Finding;
use crate::ui::widget::scroll::Scroll;
use tree::{Folding, Name, Tree, Way};

/// The rows in which the text at the cursor begins, and from how many rows on there are any.
const FOOT: u16 = 5;
const TALL: u16 = 16;

/// The record of one study.
pub(super) struct RawPage {
    id: String,
    json: String,
    tree: Tree,
    cursor: Cursor,
    /// A text looked for in keys and values.
    finding: Option<Finding<Way>>,
    /// The place in the text at the cursor, while it is read whole.
    reading: Option<Scroll>,
}

impl RawPage {
    /// The record of `study`; one line that says why when it cannot be read.
    pub(super) fn new(session: &Session, study: StudyIdx) -> Result<Self, String> {
        let json = session.store.record(study).map_err(|error| error.to_string())?;
        let record = Study::parse(&json).map_err(|error| error.to_string())?;
        Ok(Self {
            id: session.store.id(study).to_string(),
            json,
            tree: Tree::new(record.into_value()),
            cursor: Cursor::default(),
            finding: None,
            reading: None,
        })
    }

    /// The text at the cursor.
    fn text(&self) -> Option<&str> {
        self.tree.row(self.cursor.row)?.value.as_str()
    }

    /// Folds what is unfolded at the cursor, and the other way round; shows a text whole.
    fn turn(&mut self) {
        if self.text().is_some() {
            self.reading = Some(Scroll::default());
            return;
        }
        let row = self.cursor.row;
        let unfolded = self.tree.row(row).is_some_and(|row| row.state == Folding::Unfolded);
        let state = if unfolded { Folding::Folded } else { Folding::Unfolded };
        self.cursor.row = self.tree.set(row, state);
    }

    /// To the next or the previous row of the two outermost levels.
    fn step_section(&mut self, step: isize) {
        let outer = |row: usize| self.tree.row(row).is_some_and(|row| row.depth <= 2);
        let mut row = self.cursor.row;
        while let Some(next) = row.checked_add_signed(step).filter(|&row| row < self.tree.len()) {
            row = next;
            if outer(row) {
                break;
            }
        }
        self.cursor.row = row;
    }

    fn show_found(&mut self, step: isize) {
        if let Some(way) = self.finding.as_mut().and_then(|finding| finding.step(step)) {
            self.cursor.row = self.tree.reveal(&way);
        }
    }

    /// What can be copied.
    fn menu(&self) -> Menu {
        let path = self.tree.path(self.cursor.row);
        let value = self.tree.row(self.cursor.row).map(|row| match row.value {
            Value::String(text) => text.clone(),
            other => serde_json::to_string_pretty(other).unwrap_or_default(),
        });
        let choices = [
            ("path", Some(path).filter(|path| !path.is_empty())),
            ("value", value),
            ("whole JSON", Some(self.json.clone())),
        ];
        let items = choices.into_iter().filter_map(|(what, text)| {
            let text = text::clean_text(&text?).into_owned();
            let note = text::cut(text.lines().next().unwrap_or_default(), 50).into_owned();
            let called = format!("the {what} in {}", self.id);
            Some(MenuItem {
                label: what.to_owned(),
                note,
                chosen: Command::Copy(called, text),
                also: "",
            })
        });
        Menu::new("Copy", items.collect())
    }

    fn body(&self, area: Rect) -> Rect {
        let inner = canvas::inside(area);
        let above = u16::from(self.finding.is_some()).min(inner.height);
        let below = match self.reading {
            Some(_) => inner.height.saturating_sub(above + 1),
            None if inner.height >= TALL => FOOT,
            None => 0,
        };
        Rect { y: inner.y + above, height: inner.height - above - below, ..inner }
    }

    /// The rows below the tree.
    fn foot(&self, area: Rect) -> Rect {
        let (inner, body) = (canvas::inside(area), self.body(area));
        Rect { y: body.bottom(), height: inner.bottom() - body.bottom(), ..inner }
    }

    /// What a key does while a text is read; false when it means the tree.
    fn read(&mut self, action: Action, area: Rect) -> bool {
        let (foot, mut reading) = (self.foot(area), self.reading);
        let text = self.text().unwrap_or_default();
        let is_read = reading.is_some() && value::read(text, &mut reading, action, foot);
        self.reading = reading;
        is_read
    }
}

impl Page for RawPage {
    /// A record folds like a trial.
    fn scope(&self) -> Option<Scope> {
        Some(Scope::Detail)
    }

    fn act(&mut self, action: Action, area: Rect) -> Response {
        if self.read(action, area) {
            return Response::Stay;
        }
        let height = usize::from(self.body(area).height);
        match action {
            Action::Search => self.finding = Some(Finding::default()),
            Action::Read if self.typing() => {
                if let Some(finding) = &mut self.finding {
                    finding.typed();
                }
                self.show_found(0);
            }
            Action::Back if self.finding.is_some() => self.finding = None,
            Action::Back | Action::Quit | Action::Raw => return Response::Close,
            Action::NextMatch => self.show_found(1),
            Action::PreviousMatch => self.show_found(-1),
            Action::Copy => return Response::Open(Popup::from(self.menu())),
            Action::Read | Action::Pin => self.turn(),
            Action::Fold => self.cursor.row = self.tree.set(self.cursor.row, Folding::Folded),
            Action::Unfold => self.cursor.row = self.tree.set(self.cursor.row, Folding::Unfolded),
            Action::FoldAll => self.cursor.row = self.tree.set_all(self.cursor.row),
            Action::NextSection => self.step_section(1),
            Action::PreviousSection => self.step_section(-1),
            action => _ = self.cursor.act(action, self.tree.len(), height),
        }
        Response::Stay
    }

    fn click(&mut self, at: Position, area: Rect) -> Response {
        let body = self.body(area);
        let row = self.cursor.offset + usize::from(at.y.saturating_sub(body.y));
        if body.contains(at) && row < self.tree.len() {
            self.cursor.row = row;
            self.turn();
        }
        Response::Stay
    }

    fn edit(&mut self, request: InputRequest, _: Rect) {
        let here = self.tree.way(self.cursor.row);
        if let Some(finding) = &mut self.finding {
            finding.edit(request);
            finding.found(self.tree.find(&finding.needle()), &here);
        }
        self.show_found(0);
    }

    fn typing(&self) -> bool {
        self.finding.as_ref().is_some_and(Finding::typing)
    }

    fn hints(&self) -> &'static [Hint] {
        match &self.finding {
            _ if self.reading.is_some() => {
                &[(Action::Down, "down"), (Action::Up, "up"), (Action::Back, "back to the tree")]
            }
            Some(finding) if finding.typing() => {
                &[(Action::Read, "find"), (Action::Back, "cancel")]
            }
            Some(_) => &[
                (Action::NextMatch, "next"),
                (Action::PreviousMatch, "previous"),
                (Action::Copy, "copy"),
                (Action::Back, "done"),
            ],
            None => &[
                (Action::Read, "fold or read"),
                (Action::FoldAll, "all"),
                (Action::Search, "find"),
                (Action::Copy, "copy"),
                (Action::NextSection, "next module"),
                (Action::Back, "close"),
            ],
        }
    }

    fn draw(&mut self, area: Rect, canvas: &mut Canvas, view: &View) {
        let theme = canvas.theme;
        let title = format!("{} · JSON", self.id);
        let path = self.tree.path(self.cursor.row);
        let note = match &self.finding {
            Some(finding) if finding.is_found() => format!("{path} · {}", finding.note()),
            Some(finding) => finding.note(),
            None => path,
        };
        let inner = Border { title: &title, note: &note, style: theme.focus }.draw(area, canvas);
        let body = self.body(area);
        self.cursor.scroll(self.tree.len(), usize::from(body.height));
        let needle = self.finding.as_ref().map(Finding::needle);
        for (line, row) in body.rows().zip(self.cursor.offset..self.tree.len()) {
            let Some(shown) = self.tree.row(row) else { break };
            canvas.row(line, &set(&shown, usize::from(line.width)), Style::new());
            if let Some(needle) = &needle {
                canvas.mark(line, needle, theme.found);
            }
            if row == self.cursor.row {
                canvas.line(Rect { width: 1, ..line }, theme.signs.selection, Style::new());
                canvas.style(line, theme.selected);
            }
        }
        if let Some(text) = self.text() {
            let shown = value::Shown { text, read: self.reading, needle: needle.as_deref() };
            shown.draw(self.foot(area), canvas, view);
        }
        if let Some(finding) = &self.finding {
            let row = Rect { height: inner.height.min(1), ..inner };
            finding.draw_line(row, canvas, "/ ");
        }
    }
}

/// A row of the tree, its text no longer than can be seen.
fn set(row: &tree::TreeRow, width: usize) -> Row {
    let sign = match (row.state, row.value) {
        (Folding::Unfolded, _) => "- ",
        (Folding::Folded, Value::Object(parts)) if !parts.is_empty() => "+ ",
        (Folding::Folded, Value::Array(entries)) if !entries.is_empty() => "+ ",
        _ => "  ",
    };
    let indent = (2 * row.depth).min(width / 2);
    let mut set = vec![Span::new(format!("  {}{sign}", " ".repeat(indent)), Tone::Dim)];
    match row.name {
        Name::Whole => set.push(Span::new("record", Tone::Label)),
        Name::Key(key) => {
            let key = text::clean_line(beginning(key, 4 * width)).into_owned();
            set.push(Span::new(key, Tone::Label));
        }
        Name::Place(place) => set.push(Span::new(format!("[{place}]"), Tone::Label)),
    }
    set.push(Span::new(": ", Tone::Dim));
    let many = |count: usize, one: &str, many: &str| match count {
        1 => format!("1 {one}"),
        count => format!("{} {many}", text::grouped(count as u64)),
    };
    let used: usize = set.iter().map(|span| text::width(&span.text)).sum();
    let room = width.saturating_sub(used);
    set.push(match row.value {
        Value::Object(parts) => {
            Span::new(format!("{{ {} }}", many(parts.len(), "key", "keys")), Tone::Dim)
        }
        Value::Array(entries) => {
            Span::new(format!("[ {} ]", many(entries.len(), "entry", "entries")), Tone::Dim)
        }
        Value::String(text) => {
            let text = beginning(text, 4 * width);
            let quoted = serde_json::to_string(text).unwrap_or_default();
            Span::new(text::cut(&text::clean_line(&quoted), room), Tone::Plain)
        }
        other => Span::new(other.to_string(), Tone::Emphasis),
    });
    set
}

/// The first bytes of a text, so many at most.
fn beginning(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}
