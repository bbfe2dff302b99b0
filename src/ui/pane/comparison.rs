//! Two pinned studies side by side: aligned fields, one scroll, a sign in the gutter of each.

use std::sync::{Arc, LazyLock};

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Hint, Pane, View};
use crate::compare::{Comparison, Verdict};
use crate::export::{self, Report, Rows};
use crate::session::Session;
use crate::store::{Store, StudyIdx, Vocab};
use crate::study::Study;
use crate::text::{self, Line, Row, Tone};
use crate::ui::action::Action;
use crate::ui::widget::paint::{self, Frame};
use crate::ui::widget::scroll::Scroll;

/// Rows of the heading that does not scroll, in a pane of so many rows: on a short screen the ids.
fn heading(height: u16) -> u16 {
    if height < 10 { 1.min(height) } else { 4 }
}

/// Columns of the gutter: a sign and a space.
const GUTTER: u16 = 2;

#[derive(Default)]
pub(super) struct ComparisonPane {
    compared: Option<Compared>,
    table: Table,
    scroll: Scroll,
    shown: Shown,
    sides: Sides,
    /// Which difference was jumped to last.
    current: Option<usize>,
}

/// What was compared last, so that a frame costs no comparison.
struct Compared {
    of: (usize, [StudyIdx; 2]),
    result: Result<Report, String>,
}

/// The comparison laid out.
#[derive(Default)]
struct Table {
    of: Option<(usize, [StudyIdx; 2], u16, Shown)>,
    rows: Vec<TableRow>,
    /// The first row of each field that differs.
    differences: Vec<usize>,
}

enum TableRow {
    Section(&'static str),
    Label(&'static str, Verdict),
    Values(Row, Row),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Shown {
    #[default]
    Everything,
    Differences,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Sides {
    #[default]
    AsPinned,
    Swapped,
}

impl ComparisonPane {
    /// The two studies, left and right.
    fn pair(&self, session: &Session) -> Option<[StudyIdx; 2]> {
        let pins = &session.pins;
        let (&left, &right) = (pins.first()?, pins.get(1)?);
        Some(match self.sides {
            Sides::AsPinned => [left, right],
            Sides::Swapped => [right, left],
        })
    }

    /// Compares and lays out what is not yet.
    fn lay_out(&mut self, session: &Session, width: u16) {
        let Some(pair) = self.pair(session) else {
            self.table = Table::default();
            return;
        };
        let store = Arc::as_ptr(&session.store) as usize;
        if self.compared.as_ref().is_none_or(|compared| compared.of != (store, pair)) {
            let result = compare_pair(&session.store, pair);
            self.compared = Some(Compared { of: (store, pair), result });
            self.scroll = Scroll::default();
            self.current = None;
        }
        let of = Some((store, pair, width, self.shown));
        if self.table.of != of
            && let Some(Compared { result: Ok(report), .. }) = &self.compared
        {
            self.table = Table { of, ..Table::new(&report.comparison, columns(width), self.shown) };
        }
    }

    fn height(area: Rect) -> usize {
        let height = paint::inside(area).height;
        usize::from(height - heading(height))
    }

    fn show_difference(&mut self, step: isize, height: usize) {
        let differences = &self.table.differences;
        let top = self.scroll.top;
        let next = match self.current {
            Some(current) => current.checked_add_signed(step),
            None if step > 0 => differences.iter().position(|&row| row >= top),
            None => differences.iter().rposition(|&row| row < top),
        };
        if let Some(next) = next.filter(|&next| next < differences.len()) {
            self.current = Some(next);
            self.scroll.top = differences[next];
            self.scroll.clamp(self.table.rows.len(), height);
        }
    }

    /// Copies what is shown, as Markdown.
    fn copy(&self, session: &mut Session) {
        if let Some(Compared { result: Ok(report), .. }) = &self.compared {
            let comparison = &report.comparison;
            let rows = match self.shown {
                Shown::Everything => Rows::All,
                Shown::Differences => Rows::Differences,
            };
            let (left, right) = (&comparison.ids[0], &comparison.ids[1]);
            let what = format!("the comparison of {left} and {right} as Markdown");
            let report = Report { rows, ..report.clone() };
            session.copy(&what, export::comparison_markdown(&report));
        }
    }

    fn open_pages(&self, session: &mut Session) {
        for study in self.pair(session).into_iter().flatten() {
            session.open_page(study);
        }
    }

    fn note(&self) -> String {
        let count = self.table.differences.len();
        match self.current {
            Some(current) => format!("difference {} of {count}", current + 1),
            None if count == 1 => "1 difference".to_owned(),
            None => format!("{count} differences"),
        }
    }
}

fn compare_pair(store: &Store, pair: [StudyIdx; 2]) -> Result<Report, String> {
    let read = |study: StudyIdx| {
        let json = store.record(study).map_err(|error| error.to_string())?;
        Study::parse(&json).map_err(|error| format!("{} cannot be read: {error}", store.id(study)))
    };
    Ok(Report::new(&[&read(pair[0])?, &read(pair[1])?], Rows::All))
}

/// How wide each of the two columns is.
fn columns(width: u16) -> u16 {
    width.saturating_sub(GUTTER + 3) / 2
}

impl Table {
    fn new(comparison: &Comparison, column: u16, shown: Shown) -> Self {
        let (mut rows, mut differences) = (Vec::new(), Vec::new());
        let wanted = |verdict| shown == Shown::Everything || verdict != Verdict::Equal;
        for part in &comparison.parts {
            if part.rows.iter().any(|row| wanted(row.verdict)) {
                rows.push(TableRow::Section(part.section.title()));
            }
            for row in part.rows.iter().filter(|row| wanted(row.verdict)) {
                if row.verdict != Verdict::Equal {
                    differences.push(rows.len());
                }
                rows.push(TableRow::Label(row.label, row.verdict));
                let values = text::flow_beside(
                    &[stated(&row.cells[0]), stated(&row.cells[1])],
                    usize::from(column),
                    row.pairing,
                );
                rows.extend(
                    values.into_iter().map(|row| TableRow::Values(row[0].clone(), row[1].clone())),
                );
            }
        }
        Self { of: None, rows, differences }
    }
}

/// The lines of a value, or words that say there are none.
fn stated(lines: &[Line]) -> &[Line] {
    static NOT_STATED: LazyLock<[Line; 1]> =
        LazyLock::new(|| [Line::toned("not stated", Tone::Dim)]);
    if lines.is_empty() { &*NOT_STATED } else { lines }
}

impl Pane for ComparisonPane {
    fn act(&mut self, action: Action, area: Rect, session: &mut Session) -> bool {
        self.lay_out(session, paint::inside(area).width);
        let height = Self::height(area);
        match action {
            Action::DifferencesOnly => {
                self.shown = match self.shown {
                    Shown::Everything => Shown::Differences,
                    Shown::Differences => Shown::Everything,
                };
                self.current = None;
                self.scroll = Scroll::default();
            }
            Action::NextDifference => self.show_difference(1, height),
            Action::PreviousDifference => self.show_difference(-1, height),
            Action::Swap => {
                self.sides = match self.sides {
                    Sides::AsPinned => Sides::Swapped,
                    Sides::Swapped => Sides::AsPinned,
                };
            }
            Action::Copy => self.copy(session),
            Action::OpenPage => self.open_pages(session),
            // The right one of several pinned studies changes.
            Action::NextStudy if session.pins.len() > 2 => session.pins[1..].rotate_left(1),
            Action::PreviousStudy if session.pins.len() > 2 => session.pins[1..].rotate_right(1),
            Action::NextStudy | Action::PreviousStudy | Action::Pin | Action::Sort => (),
            _ => {
                self.current = None;
                return self.scroll.act(action, self.table.rows.len(), height);
            }
        }
        true
    }

    fn hints(&self) -> &'static [Hint] {
        &[
            (Action::DifferencesOnly, "differences only"),
            (Action::NextDifference, "next"),
            (Action::PreviousDifference, "previous"),
            (Action::Swap, "swap"),
            (Action::Copy, "copy"),
            (Action::OpenPage, "open pages"),
            (Action::Back, "back"),
        ]
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, view: &View) {
        let (session, theme) = (view.session, view.theme);
        self.lay_out(session, paint::inside(area).width);
        let title = match self.shown {
            Shown::Everything => "Comparison",
            Shown::Differences => "Comparison · differences only",
        };
        let inner =
            Frame { title, note: &self.note(), style: view.border() }.draw(area, buf, theme);
        let Some(pair) = self.pair(session) else {
            let [pin, compare] = [Action::Pin, Action::Compare].map(|action| view.key(action));
            let how = format!("{pin} in the list pins one; pin two, then {compare}.");
            let rows = ["Two trials are compared side by side.", "", &how];
            inner.rows().zip(rows).for_each(|(row, words)| paint::line(row, buf, words, theme.dim));
            return;
        };
        if let Some(Compared { result: Err(reason), .. }) = &self.compared {
            paint::line(inner, buf, reason, theme.error);
            return;
        }
        let column = columns(inner.width);
        let left = Rect { x: inner.x + GUTTER, width: column, ..inner };
        let right = Rect { x: left.right() + 3, ..left };
        for (area, study) in [(left, pair[0]), (right, pair[1])] {
            let area = Rect { height: heading(area.height), ..area };
            draw_heading(area.intersection(inner), buf, study, view);
        }
        let body = Rect {
            y: inner.y + heading(inner.height),
            height: inner.height - heading(inner.height),
            ..inner
        };
        self.scroll.clamp(self.table.rows.len(), usize::from(body.height));
        let rows = self.table.rows.iter().enumerate().skip(self.scroll.top);
        let current = self.current.and_then(|current| self.table.differences.get(current));
        for (line, (index, row)) in body.rows().zip(rows) {
            draw_row(line, buf, row, view);
            if current == Some(&index) {
                buf.set_style(line, theme.selected);
            }
        }
    }
}

fn draw_heading(area: Rect, buf: &mut Buffer, study: StudyIdx, view: &View) {
    let (store, theme) = (&view.session.store, view.theme);
    let label = store.labels(study, Vocab::Status).next().unwrap_or("status not stated");
    let (sign, style) = theme.status(label);
    let phase = store.phase_in_words(study);
    let sponsor = store.labels(study, Vocab::Sponsor).next().unwrap_or("sponsor not stated");
    let phase = if phase.is_empty() { "phase not stated" } else { &phase };
    let lines = [
        (store.id(study).to_string(), theme.heading),
        (store.title(study).to_owned(), theme.tone(text::Tone::Strong)),
        (format!("{sign} {label} · {phase} · {sponsor}"), style),
    ];
    for (row, (words, style)) in area.rows().zip(lines) {
        paint::line(row, buf, &words, style);
    }
}

fn draw_row(area: Rect, buf: &mut Buffer, row: &TableRow, view: &View) {
    let theme = view.theme;
    let column = columns(area.width);
    let divider = Rect { x: area.x + GUTTER + column + 1, width: 1, ..area }.intersection(area);
    paint::line(divider, buf, theme.signs.border.vertical_left, theme.border);
    match row {
        TableRow::Section(title) => paint::line(area, buf, title, theme.heading),
        TableRow::Label(label, verdict) => {
            let style = if *verdict == Verdict::Equal { theme.dim } else { theme.key };
            paint::line(Rect { width: 1, ..area }, buf, &verdict.sign().to_string(), style);
            let rest = Rect { x: area.x + GUTTER, width: column, ..area }.intersection(area);
            paint::line(rest, buf, label, theme.label);
        }
        TableRow::Values(left, right) => {
            let at = |x: u16| Rect { x, width: column, ..area }.intersection(area);
            paint::row(at(area.x + GUTTER), buf, left, (theme, Style::new()));
            paint::row(at(area.x + GUTTER + column + 3), buf, right, (theme, Style::new()));
        }
    }
}
