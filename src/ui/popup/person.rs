//! The form of a person: what is known of somebody, so that the list says which trials they fit. It does not compare.

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use tui_input::InputRequest;

use super::{Command, Page, Response, in_the_middle};
use crate::search::{self, Profile};
use crate::session::Session;
use crate::study::person::{Health, Person, Sex};
use crate::text::{self, Line, Row};
use crate::ui::action::Action;
use crate::ui::canvas::{self, Border, Canvas};
use crate::ui::pane::{Hint, View};
use crate::ui::widget::input::{Caret, LineInput};
use crate::ui::widget::scroll::Scroll;

/// A line of the form: what is asked, and what can stand there.
struct Question {
    label: &'static str,
    example: &'static str,
}

const QUESTIONS: [Question; 4] = [
    Question { label: "Age", example: "54, or 6mo, 3w, 10d" },
    Question { label: "Sex", example: "f or m" },
    Question { label: "Healthy volunteer", example: "yes or no" },
    Question { label: "Near", example: "Lyon~100km, or 48.85,2.35~30mi" },
];

/// How wide the labels are.
const LABEL: u16 = 19;
/// What stands below the lines.
const NOTES: [&str; 3] = [
    "An empty line is not compared. Criteria in words are never compared: read them in the trial.",
    "Nothing of this is kept or sent. It is no advice.",
    "All lines empty: the list as before.",
];

pub(super) struct PersonPage {
    lines: [LineInput; 4],
    /// The line that is typed.
    at: usize,
    /// What is wrong with it.
    wrong: String,
    /// What of the form is seen where it has no room as a whole.
    scroll: Scroll,
}

/// A row of the form.
enum FormRow {
    Line(usize),
    Wrong(String),
    Note(String),
}

impl PersonPage {
    pub(super) fn new(session: &Session) -> Self {
        let mut lines = <[LineInput; 4]>::default();
        if let Some(Profile { person: Person { age, sex, health }, near }) = session.profile() {
            let sex = sex.map(|sex| if sex == Sex::Female { "f" } else { "m" });
            let health = health.map(|health| if health == Health::Healthy { "yes" } else { "no" });
            let near = near.as_ref().map(|near| near.to_string()["near:".len()..].replace('"', ""));
            let texts = [
                age.map(|age| age.to_string()),
                sex.map(str::to_owned),
                health.map(str::to_owned),
                near,
            ];
            for (line, text) in lines.iter_mut().zip(texts) {
                line.set(&text.unwrap_or_default());
            }
        }
        Self { lines, at: 0, wrong: String::new(), scroll: Scroll::default() }
    }

    /// The lines with what is wrong below the one that it is about, then the notes.
    fn rows(&self, width: u16) -> Vec<FormRow> {
        let wrapped = |text: &str| {
            let rows = text::flow(&[Line::plain(text)], usize::from(width));
            let text = |row: Row| row.into_iter().map(|span| span.text).collect::<String>();
            rows.into_iter().map(text).collect::<Vec<_>>()
        };
        let mut rows = Vec::new();
        for line in 0..self.lines.len() {
            rows.push(FormRow::Line(line));
            if line == self.at && !self.wrong.is_empty() {
                rows.extend(wrapped(&self.wrong).into_iter().map(FormRow::Wrong));
            }
        }
        rows.push(FormRow::Note(String::new()));
        rows.extend(NOTES.iter().flat_map(|note| wrapped(note)).map(FormRow::Note));
        rows
    }

    /// Brings the line that is typed into sight, with what is wrong with it.
    fn show(&mut self, area: Rect) {
        let inner = canvas::inside(area);
        let (rows, height) = (self.rows(inner.width), usize::from(inner.height));
        let is_of_line = |row: &FormRow| match row {
            FormRow::Line(line) => *line == self.at,
            FormRow::Wrong(_) => true,
            FormRow::Note(_) => false,
        };
        let last = rows.iter().rposition(is_of_line).unwrap_or_default();
        let first = rows.iter().position(is_of_line).unwrap_or_default();
        self.scroll.top = self.scroll.top.max((last + 1).saturating_sub(height)).min(first);
        self.scroll.clamp(rows.len(), height);
    }

    /// What the lines say; the line that makes no sense, and why.
    fn read(&self) -> Result<Profile, (usize, String)> {
        let text = |line: usize| Some(self.lines[line].value().trim()).filter(|it| !it.is_empty());
        let wrong = |line: usize| move |reason: String| (line, reason);
        let age = text(0).map(search::age).transpose().map_err(wrong(0))?;
        let one_of = |line: usize, known: [&str; 2]| -> Result<Option<usize>, (usize, String)> {
            let Some(typed) = text(line).map(str::to_lowercase) else { return Ok(None) };
            let found = known.iter().position(|word| word.starts_with(&*typed));
            let example = QUESTIONS[line].example;
            found.map(Some).ok_or_else(|| (line, format!("“{typed}” is not {example}")))
        };
        let sex = one_of(1, ["female", "male"])?.map(|sex| [Sex::Female, Sex::Male][sex]);
        let health = one_of(2, ["yes", "no"])?.map(|it| [Health::Healthy, Health::Patient][it]);
        let near = text(3).map(str::parse).transpose().map_err(wrong(3))?;
        Ok(Profile { person: Person { age, sex, health }, near })
    }

    /// Goes so many lines down, from the last one to the first.
    fn step(&mut self, by: usize) {
        self.at = (self.at + by) % self.lines.len();
    }
}

impl Page for PersonPage {
    fn act(&mut self, action: Action, area: Rect) -> Response {
        match action {
            Action::Back | Action::Quit => return Response::Close,
            Action::Down | Action::NextPane => self.step(1),
            Action::Up | Action::PreviousPane => self.step(self.lines.len() - 1),
            Action::PageDown | Action::PageUp => {
                let inner = canvas::inside(area);
                let rows = self.rows(inner.width).len();
                self.scroll.act(action, rows, usize::from(inner.height));
                return Response::Stay;
            }
            Action::Read => match self.read() {
                Ok(profile) => return Response::Choose(Command::Suit(profile)),
                Err((line, reason)) => (self.at, self.wrong) = (line, reason),
            },
            _ => (),
        }
        self.show(area);
        Response::Stay
    }

    fn click(&mut self, at: Position, area: Rect) -> Response {
        let inner = canvas::inside(area);
        let row = self.scroll.top + usize::from(at.y.saturating_sub(inner.y));
        if let Some(FormRow::Line(line)) = self.rows(inner.width).get(row) {
            self.at = *line;
        }
        Response::Stay
    }

    fn edit(&mut self, request: InputRequest, area: Rect) {
        self.wrong.clear();
        self.lines[self.at].edit(request);
        self.show(area);
    }

    fn typing(&self) -> bool {
        true
    }

    fn hints(&self) -> &'static [Hint] {
        &[
            (Action::Read, "list who fits"),
            (Action::NextPane, "next line"),
            (Action::PreviousPane, "line before"),
            (Action::Back, "close"),
        ]
    }

    fn area(&self, body: Rect) -> Rect {
        let inner = canvas::inside(in_the_middle(body, super::COLUMNS, u16::MAX));
        let rows = u16::try_from(self.rows(inner.width).len()).unwrap_or(u16::MAX);
        in_the_middle(body, super::COLUMNS, rows.saturating_add(2))
    }

    fn draw(&mut self, area: Rect, canvas: &mut Canvas, _: &View) {
        let theme = canvas.theme;
        let inner = canvas::inside(area);
        let (rows, height) = (self.rows(inner.width), usize::from(inner.height));
        self.scroll.clamp(rows.len(), height);
        let below = rows.len().saturating_sub(self.scroll.top + height);
        let note = if below > 0 { format!("{below} more below") } else { String::new() };
        let title = "Whom trials would take";
        Border { title, note: &note, style: theme.focus }.draw(area, canvas);
        for (row, line) in inner.rows().zip(rows.iter().skip(self.scroll.top)) {
            match line {
                FormRow::Line(line) => self.draw_line(row, canvas, *line),
                FormRow::Wrong(wrong) => canvas.line(row, wrong, theme.error),
                FormRow::Note(note) => canvas.line(row, note, theme.dim),
            }
        }
    }
}

impl PersonPage {
    fn draw_line(&self, row: Rect, canvas: &mut Canvas, place: usize) {
        let theme = canvas.theme;
        let (question, line, is_here) = (&QUESTIONS[place], &self.lines[place], place == self.at);
        canvas.line(row, question.label, if is_here { theme.key } else { Style::new() });
        let label = LABEL.min(row.width);
        let rest = Rect { x: row.x + label, width: row.width - label, ..row };
        if line.value().is_empty() {
            let width = rest.width.saturating_sub(2);
            let beside = Rect { x: rest.x + 2.min(rest.width), width, ..rest };
            // Where there is no room for all examples the first one stands alone.
            let first = question.example.split(", or ").next().unwrap_or_default();
            let is_roomy = text::width(question.example) <= usize::from(width);
            let example = if is_roomy { question.example } else { first };
            canvas.line(beside, example, theme.dim);
        }
        let caret = if is_here { Caret::Shown } else { Caret::Hidden };
        line.draw(rest, canvas, Style::new(), caret);
    }
}
