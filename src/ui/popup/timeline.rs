//! The dates of studies on one line of time, with today marked.

mod axis;
mod track;

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Page, Response};
use crate::session::Session;
use crate::store::StudyIdx;
use crate::study::PartialDate;
use crate::study::calendar::Span;
use crate::study::milestone::{self, Milestone};
use crate::text;
use crate::ui::action::{Action, Scope};
use crate::ui::canvas::{self, Border, Canvas};
use crate::ui::pane::{Hint, View};
use crate::ui::theme::{Theme, TrialSigns};
use crate::ui::widget::scroll::Scroll;
use axis::{Axis, Where};
use track::{OF_STUDY, Track};

/// From so many columns on, names, line and dates stand side by side.
const WIDE: u16 = 72;
/// What the row of each study is called that goes from its start to its completion.
const RUN: &str = "Start to completion";

/// The line of time of one study, or of several.
pub(super) struct TimelinePage {
    trials: Vec<Schedule>,
    today: Option<PartialDate>,
    dates: Dates,
    scroll: Scroll,
}

/// Which dates have rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dates {
    /// Start, primary completion and completion.
    OfStudy,
    /// Those of the record too: submitted, posted, updated.
    All,
}

struct Schedule {
    id: String,
    title: String,
    enrollment: String,
    /// How long it runs, where that can be said.
    run: Option<String>,
    milestones: Vec<Milestone>,
}

/// What one row of the page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TimelineRow {
    /// Which study it is, and how many take part.
    Trial(usize),
    /// The two on a row each, where there is no room for both.
    Title(usize),
    Enrollment(usize),
    Blank,
    /// What is drawn on the line of time, by the place of its study; its name where it is the first of that name.
    Track(usize, Subject, Option<&'static str>),
    /// Its name and what it says in words, where there is no room for that beside it.
    Words(usize, Subject, &'static str),
    /// Only its name, or only what it says, where there is no room for both.
    Name(&'static str),
    Said(usize, Subject),
}

/// What is drawn on the line of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    /// The way from the start to the completion.
    Run,
    /// One milestone, by its place.
    Milestone(usize),
}

/// How wide the parts of a row are; the line of time has what the others leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Widths {
    name: u16,
    line: u16,
    /// The sign of the study, where there are several.
    sign: u16,
    /// 0 where the words stand above the line.
    said: u16,
}

impl TimelinePage {
    /// The dates of `studies`; one line that says why when a record cannot be read.
    pub(super) fn new(session: &Session, studies: &[StudyIdx]) -> Result<Self, String> {
        let mut trials = Vec::new();
        for &study in studies {
            let record = super::record(session, study)?;
            let milestones = milestone::milestones(&record);
            trials.push(Schedule {
                id: session.store.id(study).to_string(),
                title: session.store.title(study).to_owned(),
                enrollment: milestone::enrollment(&record)
                    .unwrap_or_else(|| "enrollment not stated".to_owned()),
                run: track::run_in_words(&milestones),
                milestones,
            });
        }
        let mut all = trials.iter().flat_map(|trial| &trial.milestones);
        // Where only the record has dates, they are all there is to see.
        let dates = if all.any(is_of_study) { Dates::OfStudy } else { Dates::All };
        Ok(Self { trials, today: session.today, dates, scroll: Scroll::default() })
    }

    /// Draws all of a row that is words.
    fn draw_row(&self, row: TimelineRow, parts: [Rect; 4], canvas: &mut Canvas) {
        let theme = canvas.theme;
        let [name, _, sign, said] = parts;
        let whole = Rect { width: said.right() - name.x, ..name };
        let beside =
            Rect { x: whole.x + 2.min(whole.width), width: whole.width.saturating_sub(2), ..whole };
        match row {
            TimelineRow::Blank => (),
            TimelineRow::Trial(at) | TimelineRow::Title(at) => {
                let trial = &self.trials[at];
                let words = match row {
                    TimelineRow::Trial(_) => {
                        format!("{} · {} · {}", trial.id, trial.enrollment, trial.title)
                    }
                    _ => format!("{} · {}", trial.id, trial.title),
                };
                let signs = self.signs(at, theme);
                canvas.line(whole, signs.full, signs.style);
                canvas.line(beside, &words, Style::new());
            }
            TimelineRow::Enrollment(at) => {
                canvas.line(beside, &self.trials[at].enrollment, Style::new());
            }
            TimelineRow::Track(at, subject, label) => {
                canvas.line(name, label.unwrap_or_default(), theme.label);
                let place =
                    Rect { x: sign.x + 1, width: whole.right().saturating_sub(sign.x + 1), ..said };
                self.draw_said(place, canvas, at, subject);
            }
            TimelineRow::Name(label) => canvas.line(whole, label, theme.label),
            TimelineRow::Words(at, subject, label) => {
                let label = format!("{label}: ");
                let width = (text::width(&label) as u16).min(whole.width);
                canvas.line(whole, &label, theme.label);
                let rest = Rect { x: whole.x + width, width: whole.width - width, ..whole };
                self.draw_said(rest, canvas, at, subject);
            }
            TimelineRow::Said(at, subject) => self.draw_said(whole, canvas, at, subject),
        }
    }

    /// Draws what a row says, behind the sign of its study where there are several.
    fn draw_said(&self, place: Rect, canvas: &mut Canvas, at: usize, subject: Subject) {
        let theme = canvas.theme;
        let mut place = place;
        if self.trials.len() > 1 {
            let signs = self.signs(at, theme);
            canvas.line(place, signs.full, signs.style);
            let sign = 2.min(place.width);
            place = Rect { x: place.x + sign, width: place.width - sign, ..place };
        }
        canvas.line(place, self.said(at, subject), Style::new());
    }

    /// What a row says in words.
    fn said(&self, trial: usize, subject: Subject) -> &str {
        match subject {
            Subject::Run => self.trials[trial].run.as_deref().unwrap_or_default(),
            Subject::Milestone(at) => &self.trials[trial].milestones[at].said,
        }
    }

    fn signs(&self, trial: usize, theme: &Theme) -> TrialSigns {
        theme.trial(trial, self.trials.len())
    }

    /// What the signs mean.
    fn note(&self, axis: Option<Axis>, theme: &Theme) -> String {
        let estimated = format!("{} estimated", self.signs(0, theme).hollow);
        let Some((today, axis)) = self.today.zip(axis) else { return estimated };
        let words = today.in_words();
        match axis.at(Span::of(today).first) {
            Where::At(_) => format!("{} today, {words} · {estimated}", theme.signs.today),
            Where::Before | Where::After => {
                format!("today, {words}, is too far from these dates to be shown · {estimated}")
            }
        }
    }

    /// The milestones that have rows, of all trials.
    fn shown(&self) -> impl Iterator<Item = &Milestone> {
        let milestones = self.trials.iter().flat_map(|trial| &trial.milestones);
        milestones.filter(|milestone| self.dates == Dates::All || is_of_study(milestone))
    }

    /// Whether there are both dates of studies and dates of records.
    fn has_both(&self) -> bool {
        let mut milestones = self.trials.iter().flat_map(|trial| &trial.milestones);
        let count = milestones.clone().filter(|milestone| is_of_study(milestone)).count();
        count > 0 && milestones.any(|milestone| !is_of_study(milestone))
    }

    /// All days that are to be seen, if there is a date at all.
    fn spans(&self) -> Vec<Span> {
        let mut spans: Vec<Span> = self.shown().filter_map(Milestone::span).collect();
        if !spans.is_empty() {
            spans.extend(self.today.map(Span::of));
        }
        spans
    }

    fn rows(&self, widths: Widths) -> Vec<TimelineRow> {
        let narrow = widths.said == 0;
        let heading = |at| {
            if narrow {
                vec![TimelineRow::Title(at), TimelineRow::Enrollment(at)]
            } else {
                vec![TimelineRow::Trial(at)]
            }
        };
        let mut rows: Vec<TimelineRow> = (0..self.trials.len()).flat_map(heading).collect();
        rows.push(TimelineRow::Blank);
        let is_shown = |label: &&str| self.dates == Dates::All || OF_STUDY.contains(label);
        for label in std::iter::once(RUN).chain(milestone::labels().filter(is_shown)) {
            let mut name = Some(label);
            for (at, trial) in self.trials.iter().enumerate() {
                let found = trial.milestones.iter().position(|milestone| milestone.label == label);
                let subject = if label == RUN {
                    trial.run.as_ref().map(|_| Subject::Run)
                } else {
                    found.map(Subject::Milestone)
                };
                let Some(subject) = subject else { continue };
                if narrow {
                    // A sign, and a colon between the two.
                    let width = 4 + text::width(label) + text::width(self.said(at, subject));
                    if width <= usize::from(widths.line) {
                        rows.push(TimelineRow::Words(at, subject, label));
                    } else {
                        rows.extend([TimelineRow::Name(label), TimelineRow::Said(at, subject)]);
                    }
                }
                rows.push(TimelineRow::Track(at, subject, name.take()));
            }
        }
        rows
    }

    fn widths(&self, columns: u16) -> Widths {
        // In any case a blank before the words.
        let sign = if self.trials.len() > 1 { 3 } else { 1 };
        if columns < WIDE {
            return Widths { name: 0, line: columns, sign: 0, said: 0 };
        }
        let (mut name, mut said) = (text::width(RUN), 0);
        for milestone in self.shown() {
            name = name.max(text::width(milestone.label));
            said = said.max(text::width(&milestone.said));
        }
        let runs = self.trials.iter().filter_map(|trial| trial.run.as_deref());
        said = runs.map(text::width).fold(said, usize::max);
        let name = (name as u16 + 1).min(columns * 3 / 10);
        let said = u16::try_from(said + 1).unwrap_or(u16::MAX).min(columns / 3);
        Widths { name, line: columns - name - sign - said, sign, said }
    }
}

impl Page for TimelinePage {
    fn scope(&self) -> Option<Scope> {
        Some(Scope::Page)
    }

    fn act(&mut self, action: Action, area: Rect) -> Response {
        if matches!(action, Action::Back | Action::Quit | Action::Timeline) {
            return Response::Close;
        }
        if action == Action::RecordDates && self.has_both() {
            self.dates = match self.dates {
                Dates::OfStudy => Dates::All,
                Dates::All => Dates::OfStudy,
            };
        }
        let inner = canvas::inside(area);
        let rows = self.rows(self.widths(inner.width)).len();
        self.scroll.act(action, rows, usize::from(below(inner).height));
        Response::Stay
    }

    fn hints(&self) -> &'static [Hint] {
        let with_record: &[Hint] = &[
            (Action::RecordDates, "only of the trial"),
            (Action::Down, "down"),
            (Action::Up, "up"),
            (Action::Back, "close"),
        ];
        match (self.has_both(), self.dates) {
            (true, Dates::OfStudy) => {
                &[(Action::RecordDates, "dates of the record"), (Action::Back, "close")]
            }
            (true, Dates::All) => with_record,
            (false, _) => &with_record[1..],
        }
    }

    fn draw(&mut self, area: Rect, canvas: &mut Canvas, _: &View) {
        let theme = canvas.theme;
        let widths = self.widths(canvas::inside(area).width);
        let axis = Axis::over(&self.spans(), widths.line);
        let title = match self.trials.as_slice() {
            [trial] if trial.milestones.is_empty() => format!("{}: no dates are stated", trial.id),
            [trial] => format!("{}: dates", trial.id),
            trials => format!("The dates of {} trials", trials.len()),
        };
        let note = self.note(axis, theme);
        let inner = Border { title: &title, note: &note, style: theme.focus }.draw(area, canvas);
        let head = Rect { height: inner.height.min(1), ..inner };
        if let Some(axis) = axis {
            draw_dates(widths.of(head)[1], canvas, axis);
        }
        let rows = self.rows(widths);
        let body = below(inner);
        self.scroll.clamp(rows.len(), usize::from(body.height));
        for (place, &row) in body.rows().zip(rows.iter().skip(self.scroll.top)) {
            self.draw_row(row, widths.of(place), canvas);
            if let (TimelineRow::Track(trial, subject, _), Some(axis)) = (row, axis) {
                let [_, row, ..] = widths.of(place);
                let track = Track { row, axis, signs: self.signs(trial, theme) };
                track.draw_today(self.today, canvas);
                let milestones = &self.trials[trial].milestones;
                match subject {
                    Subject::Run => track.draw_run(milestones, canvas),
                    Subject::Milestone(at) => track.draw_milestone(&milestones[at], canvas),
                }
            }
        }
    }
}

impl Widths {
    /// Name, line, sign and words of a row.
    fn of(self, row: Rect) -> [Rect; 4] {
        let mut x = row.x;
        [self.name, self.line, self.sign, self.said].map(|width| {
            let part = Rect { x, width, ..row };
            x += width;
            part.intersection(row)
        })
    }
}

fn is_of_study(milestone: &Milestone) -> bool {
    OF_STUDY.contains(&milestone.label)
}

/// The rows below the dates along the line.
fn below(inner: Rect) -> Rect {
    let head = inner.height.min(1);
    Rect { y: inner.y + head, height: inner.height - head, ..inner }
}

/// Writes dates along the line, as many as have room.
fn draw_dates(row: Rect, canvas: &mut Canvas, axis: Axis) {
    let theme = canvas.theme;
    let mut free = 0;
    for (column, words) in axis.dates() {
        let width = text::width(&words) as u16 + 1;
        if column >= free && column + width <= row.width {
            let place = Rect { x: row.x + column, width, ..row };
            canvas.line(place, &format!("{}{words}", theme.signs.border.vertical_left), theme.dim);
            free = column + width + 1;
        }
    }
}
