//! Pinned studies side by side: aligned fields, one scroll, a sign in the gutter of each. Two of them word
//! by word, or all of them.

mod compared;
mod differences;
mod heading;
mod hints;
mod table;

use std::collections::HashSet;

use ratatui::layout::Rect;
use tui_input::InputRequest;

use super::{Hint, Pane, View};
use crate::export::{self, Report, Rows};
use crate::session::{PinsShown, Session};
use crate::study::Section;
use crate::text::{self, Line, Tone};
use crate::ui::action::Action;
use crate::ui::canvas::{self, Border, Canvas};
use crate::ui::widget::finding::Finding;
use crate::ui::widget::scroll::Scroll;
use compared::{Column, Compared, ComparisonKey};
use heading::Head;
use hints::{Others, has_others};
use table::{Columns, Table};

/// The least columns for each of several studies.
const LEAST: u16 = 24;

#[derive(Default)]
pub(super) struct ComparisonPane {
    compared: Option<Compared>,
    /// What the table shows; `None` before the first time.
    laid_out: Option<LaidOut>,
    table: Table,
    scroll: Scroll,
    shown: Rows,
    sides: Sides,
    others: Others,
    folded: HashSet<Section>,
    finding: Option<Finding>,
    /// The number of the difference that was jumped to last.
    current: Option<usize>,
    /// Rows of the table on the screen in the last frame, for what moves it without a key of its own.
    height: usize,
}

#[derive(Clone, PartialEq)]
struct LaidOut {
    of: ComparisonKey,
    width: u16,
    shown: Rows,
    folded: HashSet<Section>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Sides {
    #[default]
    AsPinned,
    Swapped,
}

impl ComparisonPane {
    /// The records, from left to right; none while there is nothing to compare.
    fn columns(&self, session: &Session) -> Vec<Column> {
        let mut columns = match session.versions() {
            Some(versions) => Column::of_versions(versions),
            None => session.pinned().into_iter().map(Column::newest).collect(),
        };
        if columns.len() < 2 {
            return Vec::new();
        }
        if !(columns.len() > 2 && session.pins_shown == PinsShown::All) {
            columns.truncate(2);
            if self.sides == Sides::Swapped {
                columns.reverse();
            }
        }
        columns
    }

    /// Everything that is said of the studies on the screen; `None` while there is nothing to compare.
    pub(super) fn report(&mut self, session: &Session) -> Option<Result<Report, String>> {
        self.compare(session);
        let report = self.compared.as_ref()?.result.clone();
        Some(report.map(|report| Report { rows: self.shown, ..report }))
    }

    /// Compares what is not yet.
    fn compare(&mut self, session: &Session) {
        let of = ComparisonKey::new(session, self.columns(session));
        if self.compared.as_ref().is_some_and(|compared| compared.of == of) {
            return;
        }
        // Other studies begin at their top.
        if self.compared.as_ref().is_none_or(|compared| !compared.of.is_of_the_same(&of)) {
            self.scroll = Scroll::default();
            self.laid_out = None;
        }
        self.current = None;
        self.compared = (!of.columns.is_empty()).then(|| Compared::new(&session.store, of));
    }

    /// Lays out what is not yet. The field at the top stays there.
    fn lay_out(&mut self, session: &Session, width: u16) {
        self.compare(session);
        let Some(Compared { of, result: Ok(report) }) = &self.compared else {
            (self.table, self.laid_out) = (Table::default(), None);
            return;
        };
        // What is looked for may be anywhere.
        let folded = if self.finding.is_some() { HashSet::new() } else { self.folded.clone() };
        let laid_out = LaidOut { of: of.clone(), width, shown: self.shown, folded };
        if self.laid_out.as_ref() == Some(&laid_out) {
            return;
        }
        let before = self.laid_out.as_ref().and_then(|_| self.table.place(self.scroll.top));
        let columns = Columns::new(width, of.columns.len(), LEAST);
        self.table = Table::new(&report.comparison, columns, self.shown, &laid_out.folded);
        self.laid_out = Some(laid_out);
        if let Some((place, below)) = before {
            self.scroll.top = self.table.row_of(place).map_or(0, |row| row + below);
        }
        self.find();
    }

    fn height(area: Rect) -> usize {
        let height = canvas::inside(area).height;
        usize::from(height - heading::height(height))
    }

    fn find(&mut self) {
        if let Some(finding) = &mut self.finding {
            let folded = self.table.texts().map(|row| crate::text::fold(&row));
            finding.look(folded, self.scroll.top);
        }
    }

    /// Goes to another place that has what is looked for; true when something is.
    fn show_found(&mut self, step: isize) -> bool {
        let Some(finding) = &mut self.finding else { return false };
        if let Some(row) = finding.step(step) {
            self.scroll.show(row, self.table.rows.len(), self.height);
        }
        true
    }

    /// Folds the first section from the top of the screen on that is not folded, or unfolds the first that
    /// is.
    fn fold(&mut self, action: Action) {
        let fold = action == Action::FoldPart;
        let top = self.table.section(self.scroll.top);
        let from_top = self.table.sections().skip_while(|(section, _)| Some(*section) != top);
        let first = from_top.into_iter().find(|(_, folded)| *folded != fold);
        let Some((section, _)) = first else { return };
        if fold {
            self.folded.insert(section);
        } else {
            self.folded.remove(&section);
        }
    }

    /// Folds every section, or unfolds all when one is folded.
    fn fold_all(&mut self) {
        if self.folded.is_empty() {
            self.folded = self.table.sections().map(|(section, _)| section).collect();
        } else {
            self.folded.clear();
        }
    }

    fn swap(&mut self, session: &mut Session) {
        match (session.pins_shown, self.sides) {
            (PinsShown::All, _) if has_others(session) => session.pins.rotate_left(1),
            (_, Sides::AsPinned) => self.sides = Sides::Swapped,
            (_, Sides::Swapped) => self.sides = Sides::AsPinned,
        }
    }

    /// Whether there is no table of all pinned studies, which it says.
    fn has_no_matrix(session: &mut Session) -> bool {
        if session.versions().is_some() {
            session.say("two versions of one trial are compared");
        } else if session.pins.len() < 3 {
            session.say("pin a third trial to see all of them in a table");
        } else {
            return false;
        }
        true
    }

    /// Copies what is shown, as Markdown.
    fn copy(&mut self, session: &mut Session) {
        if let Some(Ok(report)) = self.report(session) {
            let what = format!("the comparison of {} as Markdown", report.title());
            session.copy(&what, export::comparison_markdown(&report));
        }
    }

    fn open_pages(&self, session: &mut Session) {
        let mut columns = self.columns(session);
        columns.dedup_by_key(|column| column.study);
        for column in columns {
            session.open_page(column.study);
        }
    }

    /// What the table is, on its upper border.
    fn title(&self, session: &Session) -> String {
        let studies = self.columns(session).len();
        let mut title = match (studies, self.table.columns.count) {
            _ if session.versions().is_some() => "Comparison of two versions".to_owned(),
            (0..=2, _) => "Comparison".to_owned(),
            (studies, columns) if columns < studies => {
                format!("Comparison of {studies}, {columns} of them in sight")
            }
            (studies, _) => format!("Comparison of {studies}"),
        };
        if self.shown == Rows::Differences {
            title.push_str(" · differences only");
        }
        title
    }

    fn note(&self) -> String {
        if let Some(finding) = &self.finding {
            return finding.note();
        }
        let Some(Compared { result: Ok(report), .. }) = &self.compared else {
            return String::new();
        };
        let all = report.comparison.differences();
        match (self.current, all) {
            (Some(current), _) => format!("difference {current} of {all}"),
            (None, 1) => "1 difference".to_owned(),
            (None, _) => format!("{all} differences"),
        }
    }

    fn act_on_find(&mut self, action: Action) -> bool {
        match (action, &mut self.finding) {
            (Action::Search, finding) => *finding = Some(Finding::default()),
            (Action::Read, Some(finding)) if finding.typing() => {
                finding.typed();
                self.show_found(0);
            }
            (Action::Back, finding @ Some(_)) => *finding = None,
            _ => return false,
        }
        true
    }
}

impl Pane for ComparisonPane {
    fn act(&mut self, action: Action, area: Rect, session: &mut Session) -> bool {
        self.lay_out(session, canvas::inside(area).width);
        self.height = Self::height(area);
        if self.table.rows.is_empty() && action == Action::Search {
            return false;
        }
        if self.act_on_find(action) {
            return true;
        }
        match action {
            Action::DifferencesOnly => {
                self.shown = match self.shown {
                    Rows::All => Rows::Differences,
                    Rows::Differences => Rows::All,
                };
            }
            Action::NextFound if self.show_found(1) => (),
            Action::PreviousFound if self.show_found(-1) => (),
            Action::NextDifference | Action::NextFound => self.show_difference(1, session),
            Action::PreviousDifference | Action::PreviousFound => self.show_difference(-1, session),
            Action::FoldPart | Action::UnfoldPart => self.fold(action),
            Action::FoldAllParts => self.fold_all(),
            Action::Swap => self.swap(session),
            Action::Matrix => return Self::has_no_matrix(session),
            Action::Copy => self.copy(session),
            Action::OpenPage => self.open_pages(session),
            // The right one of several pinned studies changes.
            Action::Overlap if session.versions().is_some() => _ = Self::has_no_matrix(session),
            Action::NextStudy if has_others(session) => session.pins[1..].rotate_left(1),
            Action::PreviousStudy if has_others(session) => session.pins[1..].rotate_right(1),
            Action::NextStudy | Action::PreviousStudy | Action::Pin | Action::Sort => (),
            _ => {
                let moved = self.scroll.act(action, self.table.rows.len(), self.height);
                self.current = self.current.filter(|_| !moved);
                return moved;
            }
        }
        true
    }

    fn edit(&mut self, request: InputRequest, _session: &mut Session) {
        if let Some(finding) = &mut self.finding {
            finding.edit(request);
            self.find();
            self.show_found(0);
        }
    }

    fn typing(&self) -> bool {
        self.finding.as_ref().is_some_and(Finding::typing)
    }

    fn offers(&self, action: Action) -> bool {
        match action {
            Action::NextDifference => self.difference(1).is_some(),
            Action::PreviousDifference => self.difference(-1).is_some(),
            _ => true,
        }
    }

    fn hints(&self) -> &'static [Hint] {
        hints::hints(self.finding.as_ref(), self.others)
    }

    fn draw(&mut self, area: Rect, canvas: &mut Canvas, view: &View) {
        let (session, theme) = (view.session, canvas.theme);
        self.lay_out(session, canvas::inside(area).width);
        self.others = match session.versions() {
            Some(_) => Others::Versions,
            None if has_others(session) => Others::Some,
            None => Others::None,
        };
        let (title, note) = (self.title(session), self.note());
        let inner = Border { title: &title, note: &note, style: view.border(canvas.theme) }
            .draw(area, canvas);
        let Some(Compared { of, result }) = &self.compared else {
            let [pin, compare] = [Action::Pin, Action::Compare].map(|action| view.key(action));
            let how = format!("{pin} in the list pins one; pin two, then {compare}.");
            let rows = ["Two trials are compared side by side.", "", &how];
            inner.rows().zip(rows).for_each(|(row, words)| canvas.line(row, words, theme.dim));
            return;
        };
        if let Err(reason) = result {
            let lines = [Line::toned(reason.clone(), Tone::Plain)];
            let rows = text::flow(&lines, usize::from(inner.width));
            inner.rows().zip(&rows).for_each(|(at, row)| canvas.row(at, row, theme.error));
            return;
        }
        let columns = self.table.columns;
        for (place, &column) in of.columns.iter().take(columns.count).enumerate() {
            let area = columns.of(place, inner);
            let area = Rect { height: heading::height(area.height), ..area };
            let head = match (session.versions(), result) {
                (Some(_), Ok(report)) => Head::of_version(&report.comparison, place),
                _ => Head::of_study(&session.store, column.study),
            };
            head.draw(area, canvas);
        }
        let top = heading::height(inner.height);
        let body = Rect { y: inner.y + top, height: inner.height - top, ..inner };
        self.height = usize::from(body.height);
        self.scroll.clamp(self.table.rows.len(), self.height);
        let rows = self.table.rows.iter().enumerate().skip(self.scroll.top);
        let current = self
            .table
            .differences
            .iter()
            .find(|difference| Some(difference.number) == self.current);
        let needle = self.finding.as_ref().map(Finding::needle);
        for (line, (index, row)) in body.rows().zip(rows) {
            self.table.draw_row(row, line, canvas);
            if let Some(needle) = &needle {
                canvas.mark(line, needle, theme.found);
            }
            if current.is_some_and(|current| current.row == index) {
                canvas.style(line, theme.selected);
            }
        }
        if let Some(finding) = &self.finding {
            finding.draw(area, canvas);
        }
    }
}
