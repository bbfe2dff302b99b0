//! What is drawn on a line of time: single dates, the run of a study, today.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::axis::{Axis, Where};
use crate::study::calendar::{Day, Span};
use crate::study::milestone::Milestone;
use crate::study::{Certainty, PartialDate};
use crate::ui::theme::Theme;
use crate::ui::widget::paint;

/// The dates between which a study runs.
const START: &str = "Start";
const PRIMARY: &str = "Primary completion";
const COMPLETION: &str = "Completion";

/// The signs of a study, full and hollow, and their style.
type Signs = ([&'static str; 2], Style);

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

/// Draws the line of today, if it is in sight.
pub(super) fn draw_today(
    row: Rect,
    buf: &mut Buffer,
    (axis, today, theme): (Axis, Option<PartialDate>, &Theme),
) {
    if let Some(Where::At(column)) = today.map(|today| axis.at(Span::of(today).first)) {
        put(row, buf, column, (theme.signs.today, theme.key));
    }
}

/// Draws the way from start to completion, with the primary completion on it.
pub(super) fn draw_run(
    row: Rect,
    buf: &mut Buffer,
    milestones: &[Milestone],
    (axis, signs, theme): (Axis, Signs, &Theme),
) {
    let Some(run) = run(milestones) else { return };
    draw_stretch(row, buf, run, (axis, signs.1, theme));
    for (label, day) in [
        (START, (|span| span.first) as fn(Span) -> Day),
        (PRIMARY, |span| span.last),
        (COMPLETION, |span| span.last),
    ] {
        let milestone = named(milestones, label);
        let day = milestone.and_then(Milestone::span).map(day);
        if let Some((milestone, Where::At(column))) = milestone.zip(day.map(|day| axis.at(day))) {
            put(row, buf, column, (sign(milestone, signs), signs.1));
        }
    }
}

/// Draws a date: a sign, or two with a stretch between them where it may be any of many days.
pub(super) fn draw_milestone(
    row: Rect,
    buf: &mut Buffer,
    milestone: &Milestone,
    (axis, signs, theme): (Axis, Signs, &Theme),
) {
    let Some(span) = milestone.span() else { return };
    draw_stretch(row, buf, span, (axis, signs.1, theme));
    for day in [span.first, span.last] {
        if let Where::At(column) = axis.at(day) {
            put(row, buf, column, (sign(milestone, signs), signs.1));
        }
    }
}

/// Draws all days of a span that are in sight; an arrow where they go on out of it.
fn draw_stretch(
    row: Rect,
    buf: &mut Buffer,
    span: Span,
    (axis, style, theme): (Axis, Style, &Theme),
) {
    let end = row.width.saturating_sub(1);
    let [first, last] = [axis.at(span.first), axis.at(span.last)];
    let column = |place| match place {
        Where::Before => 0,
        Where::At(column) => column,
        Where::After => end,
    };
    for column in column(first)..=column(last) {
        put(row, buf, column, (theme.signs.stretch, style));
    }
    if first == Where::Before {
        put(row, buf, 0, ("←", style));
    }
    if last == Where::After {
        put(row, buf, end, ("→", style));
    }
}

fn sign(milestone: &Milestone, ([full, hollow], _): Signs) -> &'static str {
    match milestone.certainty {
        Certainty::Actual | Certainty::Unstated => full,
        Certainty::Estimated => hollow,
    }
}

fn put(row: Rect, buf: &mut Buffer, column: u16, (sign, style): (&str, Style)) {
    let place = Rect { x: row.x + column, width: 1, ..row }.intersection(row);
    paint::line(place, buf, sign, style);
}
