//! The form of a person: what is known of somebody, so that the list says which trials they fit. It does not compare.

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use tui_input::InputRequest;

use super::{Command, Page, Response, in_the_middle};
use crate::search::{self, Profile};
use crate::session::Session;
use crate::study::person::{Health, Person, Sex};
use crate::ui::action::Action;
use crate::ui::canvas::{self, Border, Canvas};
use crate::ui::pane::{Hint, View};
use crate::ui::widget::input::{Caret, LineInput};

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
        Self { lines, at: 0, wrong: String::new() }
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
    fn act(&mut self, action: Action, _: Rect) -> Response {
        match action {
            Action::Back | Action::Quit => return Response::Close,
            Action::Down | Action::NextPane | Action::PageDown => self.step(1),
            Action::Up | Action::PreviousPane | Action::PageUp => self.step(self.lines.len() - 1),
            Action::Read => match self.read() {
                Ok(profile) => return Response::Choose(Command::Suit(profile)),
                Err((line, reason)) => (self.at, self.wrong) = (line, reason),
            },
            _ => (),
        }
        Response::Stay
    }

    fn click(&mut self, at: Position, area: Rect) -> Response {
        let line = usize::from(at.y.saturating_sub(canvas::inside(area).y));
        self.at = line.min(self.lines.len() - 1);
        Response::Stay
    }

    fn edit(&mut self, request: InputRequest, _: Rect) {
        self.wrong.clear();
        self.lines[self.at].edit(request);
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
        in_the_middle(body, super::COLUMNS, 2 + 4 + 1 + NOTES.len() as u16)
    }

    fn draw(&mut self, area: Rect, canvas: &mut Canvas, _: &View) {
        let theme = canvas.theme;
        let title = "Whom trials would take";
        let inner = Border { title, note: "", style: theme.focus }.draw(area, canvas);
        let mut rows = inner.rows();
        for (place, (question, line)) in QUESTIONS.iter().zip(&self.lines).enumerate() {
            let Some(row) = rows.next() else { return };
            let is_here = place == self.at;
            canvas.line(row, question.label, if is_here { theme.key } else { Style::new() });
            let label = LABEL.min(row.width);
            let rest = Rect { x: row.x + label, width: row.width - label, ..row };
            if line.value().is_empty() {
                let beside = Rect {
                    x: rest.x + 2.min(rest.width),
                    width: rest.width.saturating_sub(2),
                    ..rest
                };
                canvas.line(beside, question.example, theme.dim);
            }
            line.draw(
                rest,
                canvas,
                Style::new(),
                if is_here { Caret::Shown } else { Caret::Hidden },
            );
        }
        if let Some(row) = rows.next() {
            canvas.line(row, &self.wrong, theme.error);
        }
        for (row, note) in rows.zip(NOTES) {
            canvas.line(row, note, theme.dim);
        }
    }
}
