//! What is drawn on a line of time: single dates, the run of a study, today.

use ratatui::layout::Rect;

use super::axis::{Axis, Where};
use crate::study::calendar::{Day, Span};
use crate::study::milestone::Milestone;
use crate::study::{Certainty, PartialDate};
use crate::ui::canvas::Canvas;
use crate::ui::theme::TrialSigns;

/// The dates between which a study runs.
const START: &str = "Start";
const PRIMARY: &str = "Primary completion";
const COMPLETION: &str = "Completion";
/// The dates of the study itself. All others are of its record: submitted, posted, updated.
pub(super) const OF_STUDY: [&str; 3] = [START, PRIMARY, COMPLETION];

/// How long the study runs, in words, where a start and a later completion are stated.
pub(super) fn run_in_words(milestones: &[Milestone]) -> Option<String> {
    let [start, completion] = [START, COMPLETION].map(|label| named(milestones, label));
    Some(start?.date?.until(completion?.date?)?.to_string())
}

/// From the first day of the start to the last of the completion.
fn run(milestones: &[Milestone]) -> Option<Span> {
    let first = named(milestones, START)?.span()?.first;
    let last = named(milestones, COMPLETION)?.span()?.last;
    (first <= last).then_some(Span { first, last })
}

fn named<'a>(milestones: &'a [Milestone], label: &str) -> Option<&'a Milestone> {
    milestones.iter().find(|milestone| milestone.label == label)
}

/// A row of the line of time, and what stands on it: where which day is, and the signs of the study.
#[derive(Clone, Copy)]
pub(super) struct Track {
    pub(super) row: Rect,
    pub(super) axis: Axis,
    pub(super) signs: TrialSigns,
}

impl Track {
    /// Draws the line of today, if it is in sight.
    pub(super) fn draw_today(self, today: Option<PartialDate>, canvas: &mut Canvas) {
        let (sign, style) = (canvas.theme.signs.today, canvas.theme.key);
        if let Some(Where::At(column)) = today.map(|today| self.axis.at(Span::of(today).first)) {
            canvas.line(self.cell(column), sign, style);
        }
    }

    /// Draws the way from start to completion, with the primary completion on it.
    pub(super) fn draw_run(self, milestones: &[Milestone], canvas: &mut Canvas) {
        let Some(run) = run(milestones) else { return };
        self.draw_stretch(run, canvas);
        for (label, day) in [
            (START, (|span| span.first) as fn(Span) -> Day),
            (PRIMARY, |span| span.last),
            (COMPLETION, |span| span.last),
        ] {
            if let Some(milestone) = named(milestones, label) {
                self.draw_sign(milestone, milestone.span().map(day), canvas);
            }
        }
    }

    /// Draws a date: a sign, or two with a stretch between them where it may be any of many days.
    pub(super) fn draw_milestone(self, milestone: &Milestone, canvas: &mut Canvas) {
        let Some(span) = milestone.span() else { return };
        self.draw_stretch(span, canvas);
        for day in [span.first, span.last] {
            self.draw_sign(milestone, Some(day), canvas);
        }
    }

    /// Draws all days of a span that are in sight; an arrow where they go on out of it.
    fn draw_stretch(self, span: Span, canvas: &mut Canvas) {
        let (stretch, style) = (canvas.theme.signs.stretch, self.signs.style);
        let end = self.row.width.saturating_sub(1);
        let [first, last] = [self.axis.at(span.first), self.axis.at(span.last)];
        let column = |place| match place {
            Where::Before => 0,
            Where::At(column) => column,
            Where::After => end,
        };
        for column in column(first)..=column(last) {
            canvas.line(self.cell(column), stretch, style);
        }
        if first == Where::Before {
            canvas.line(self.cell(0), "←", style);
        }
        if last == Where::After {
            canvas.line(self.cell(end), "→", style);
        }
    }

    /// Draws the sign of a milestone on a day, if that is in sight.
    fn draw_sign(self, milestone: &Milestone, day: Option<Day>, canvas: &mut Canvas) {
        let sign = match milestone.certainty {
            Certainty::Actual | Certainty::Unstated => self.signs.full,
            Certainty::Estimated => self.signs.hollow,
        };
        if let Some(Where::At(column)) = day.map(|day| self.axis.at(day)) {
            canvas.line(self.cell(column), sign, self.signs.style);
        }
    }

    fn cell(self, column: u16) -> Rect {
        Rect { x: self.row.x + column, width: 1, ..self.row }.intersection(self.row)
    }
}
