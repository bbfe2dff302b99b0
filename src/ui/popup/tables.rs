//! The tables of posted results of a study, whole: their titles, and the one that is chosen.

use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::Style;
use tui_input::InputRequest;

use super::{Command, Page, Response};
use crate::session::Session;
use crate::store::StudyIdx;
use crate::study::results::{Module, ResultsTable};
use crate::study::{Detail, Study};
use crate::text::{self, Align, Line, Row};
use crate::ui::action::{Action, Scope};
use crate::ui::canvas::{self, Border, Canvas};
use crate::ui::pane::{Hint, View};
use crate::ui::widget::grid::{Column, Grid};
use crate::ui::widget::scroll::Scroll;

/// From so many columns on the titles stand beside the table.
const WIDE: u16 = 100;
/// Of the rows of the page, what is said about the table takes at most this part and what the table leaves
/// free; what is said about the cell takes at most this part.
const PART: u16 = 4;
/// The rows that the head of a table and what is cut of a cell take at most, as a rule.
const HEAD: u16 = 9;

/// The tables of one study.
pub(super) struct TablesPage {
    id: String,
    study: Study,
    /// From which module each table is, and which one there.
    sources: Vec<(Module, usize)>,
    titles: Grid,
    focus: Focus,
    /// Which table is shown.
    chosen: usize,
    posted: ResultsTable,
    table: Grid,
    /// The place in what is said about the table, while that is read instead of it.
    reading: Option<Scroll>,
}

/// Where keys go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Focus {
    #[default]
    Titles,
    Table,
}

/// Where titles and table are; what is not on the screen has no rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Parts {
    titles: Rect,
    table: Rect,
}

impl TablesPage {
    /// The tables of `study`; one line that says why there are none.
    pub(super) fn new(session: &Session, study: StudyIdx) -> Result<Self, String> {
        let record = super::record(session, study)?;
        let mut sources = Vec::new();
        let mut titles = Vec::new();
        for &module in Module::ALL {
            for (index, source) in module.sources(&record).into_iter().enumerate() {
                sources.push((module, index));
                let title = source.title();
                titles.push(vec![match module {
                    Module::Flow => format!("{}: {title}", module.title()),
                    Module::Outcomes if title == "Analyses" => "  Analyses".to_owned(),
                    _ => title,
                }]);
            }
        }
        if sources.is_empty() {
            return Err("no results are posted".to_owned());
        }
        let columns = vec![Column::text("Table")];
        let mut page = Self {
            id: session.store.id(study).to_string(),
            study: record,
            sources,
            titles: Grid::new(columns, titles),
            focus: Focus::default(),
            chosen: 0,
            posted: ResultsTable::default(),
            table: Grid::default(),
            reading: None,
        };
        page.make();
        Ok(page)
    }

    /// Makes the table that is chosen.
    fn make(&mut self) {
        let (module, index) = self.sources[self.chosen];
        let source = module.sources(&self.study).into_iter().nth(index);
        let mut posted = source.map(|source| source.table(usize::MAX)).unwrap_or_default();
        let columns = posted.table.head.iter().map(|head| match head.align {
            Align::Left => Column::text(head.title.as_str()),
            Align::Right => Column::number(head.title.as_str()),
        });
        let rows = std::mem::take(&mut posted.table.rows);
        let (columns, rows, hidden) = without_empty(columns.collect(), rows);
        self.table = Grid::new(columns, rows);
        if !hidden.is_empty() {
            posted.notes.push(Detail::line("Nothing is stated for", hidden.join("; ")));
        }
        posted.notes.extend(module.notes(&self.study));
        posted.details.extend(module.groups(&self.study));
        posted.title = match module {
            Module::Flow => format!("{}: {}", module.title(), posted.title),
            _ => posted.title,
        };
        self.posted = posted;
        self.reading = None;
    }

    /// Shows another table, if there is one.
    fn choose(&mut self, table: usize) {
        if table < self.sources.len() {
            self.titles.select(table);
            self.follow();
        }
    }

    /// Shows the table at the cursor of the titles.
    fn follow(&mut self) {
        let chosen = self.titles.selected().filter(|&chosen| chosen != self.chosen);
        if let Some(chosen) = chosen {
            self.chosen = chosen;
            self.make();
        }
    }

    /// The table as it is shown, its cells with tabs between them.
    fn copied(&self) -> Command {
        Command::Copy("the table".to_owned(), self.table.with_tabs())
    }

    /// All that is said about the table.
    fn all_notes(&self, inner: Rect) -> Vec<Row> {
        let all = self.posted.notes.iter().chain(&self.posted.details);
        let lines: Vec<Line> = all.flat_map(Detail::lines).collect();
        text::flow(&lines, usize::from(inner.width))
    }

    /// What a key does while that is read; false when it means the table.
    fn read(&mut self, action: Action, table: Rect) -> bool {
        let inner = canvas::inside(table);
        let rows = if self.reading.is_some() { self.all_notes(inner).len() } else { 0 };
        Scroll::read(&mut self.reading, action, rows, usize::from(inner.height))
    }

    /// What is said about the numbers, which stands above them, as far as there is room.
    fn notes(&self, inner: Rect) -> Vec<Row> {
        // Whatever the rows of the table leave free, and a few lines for its head.
        let rows = self.rows_wanted().saturating_add(inner.height / PART);
        let most = inner.height.saturating_sub(rows).max(inner.height / PART);
        flow(self.posted.notes.iter(), Rect { height: most, ..inner })
    }

    /// The rows that the table fills.
    fn rows_wanted(&self) -> u16 {
        u16::try_from(self.table.shown().len()).unwrap_or(u16::MAX).saturating_add(HEAD)
    }

    /// What is said about the cell at the cursor or its row, then about the others, then what the groups are.
    fn remarks(&self, below: Rect) -> Vec<Row> {
        let cell = self.table.cell().map(|(_, cell)| cell).unwrap_or_default();
        let name = self.table.name().unwrap_or_default();
        let marked = |label: &str| cell.contains(label) || name.contains(label);
        let remarks = &self.posted.remarks;
        let (about_cells, others): (Vec<_>, Vec<_>) =
            remarks.iter().partition(|remark| remark.label.starts_with('['));
        let about_cell = about_cells.into_iter().filter(|remark| marked(&remark.label));
        flow(about_cell.chain(others).chain(&self.posted.details), below)
    }

    /// Where the cells are on the part of the page that the table has: below what is said about them, above what the
    /// groups are.
    fn cells(&self, table: Rect) -> Rect {
        let inner = canvas::inside(table);
        let above = self.notes(inner).len() as u16;
        let above = (above + u16::from(above > 0)).min(inner.height);
        let left = inner.height - above;
        let most = left.saturating_sub(self.rows_wanted()).max(inner.height / PART).min(left);
        // All remarks, so that the cells stay where they are when the cursor moves.
        let below = self.posted.remarks.iter().chain(&self.posted.details);
        let below = flow(below, Rect { height: most, ..inner }).len() as u16;
        Rect { y: inner.y + above, height: left - below, ..inner }
    }

    fn parts(&self, area: Rect) -> Parts {
        if area.width < WIDE {
            return match self.focus {
                Focus::Titles => Parts { titles: area, ..Parts::default() },
                Focus::Table => Parts { table: area, ..Parts::default() },
            };
        }
        let titles = Constraint::Length((area.width / 3).min(50));
        let [titles, table] = Layout::horizontal([titles, Constraint::Fill(1)]).areas(area);
        Parts { titles, table }
    }
}

impl Page for TablesPage {
    fn scope(&self) -> Option<Scope> {
        Some(Scope::Page)
    }

    fn act(&mut self, action: Action, area: Rect) -> Response {
        let parts = self.parts(area);
        if self.read(action, parts.table) {
            return Response::Stay;
        }
        match (self.focus, action) {
            (_, Action::NextPane | Action::PreviousPane) => self.focus = self.focus.other(),
            (_, Action::Tables | Action::Quit) => return Response::Close,
            (_, Action::NextSection | Action::NextStudy) => self.choose(self.chosen + 1),
            (_, Action::PreviousSection | Action::PreviousStudy) => {
                self.choose(self.chosen.saturating_sub(1));
            }
            (_, Action::Copy) => return Response::Do(self.copied()),
            (Focus::Titles, Action::Right) => self.focus = Focus::Table,
            (Focus::Titles, Action::Read) if !self.titles.typing() => self.focus = Focus::Table,
            (Focus::Titles, action) => {
                let known = self.titles.act(action, canvas::inside(parts.titles));
                self.follow();
                if !known && action == Action::Back {
                    return Response::Close;
                }
            }
            (Focus::Table, Action::Read) if !self.table.typing() => {
                let nothing = self.posted.notes.is_empty() && self.posted.details.is_empty();
                self.reading = (!nothing).then(Scroll::default);
            }
            (Focus::Table, action) => {
                let known = self.table.act(action, self.cells(parts.table));
                if !known && action == Action::Back {
                    self.focus = Focus::Titles;
                }
            }
        }
        Response::Stay
    }

    fn click(&mut self, at: Position, area: Rect) -> Response {
        let parts = self.parts(area);
        if parts.titles.contains(at) {
            self.focus = Focus::Titles;
            self.titles.click(at, canvas::inside(parts.titles));
            self.follow();
        } else if parts.table.contains(at) {
            self.focus = Focus::Table;
            let cells = self.cells(parts.table);
            self.table.click(at, cells);
        }
        Response::Stay
    }

    fn edit(&mut self, request: InputRequest, _: Rect) {
        match self.focus {
            Focus::Titles => {
                self.titles.edit(request);
                self.follow();
            }
            Focus::Table => self.table.edit(request),
        }
    }

    fn typing(&self) -> bool {
        match self.focus {
            Focus::Titles => self.titles.typing(),
            Focus::Table => self.table.typing(),
        }
    }

    fn hints(&self) -> &'static [Hint] {
        match (self.typing(), self.focus) {
            (true, _) => &[(Action::Read, "keep"), (Action::Back, "show all")],
            (false, Focus::Titles) => &[
                (Action::Read, "into the table"),
                (Action::Search, "narrow"),
                (Action::Copy, "copy table"),
                (Action::Back, "close"),
            ],
            (false, Focus::Table) if self.reading.is_some() => {
                &[(Action::Down, "down"), (Action::Up, "up"), (Action::Back, "back to the table")]
            }
            (false, Focus::Table) => &[
                (Action::Right, "columns"),
                (Action::Read, "its text"),
                (Action::Back, "titles"),
                (Action::Sort, "sort"),
                (Action::Reverse, "reverse"),
                (Action::Search, "narrow"),
                (Action::NextStudy, "next table"),
                (Action::Copy, "copy table"),
            ],
        }
    }

    fn draw(&mut self, area: Rect, canvas: &mut Canvas, _: &View) {
        let theme = canvas.theme;
        let parts = self.parts(area);
        let border = |focused| if focused { theme.focus } else { theme.border };
        if !parts.titles.is_empty() {
            let inner = canvas::inside(parts.titles);
            let title = format!("{} · results", self.id);
            let style = border(self.focus == Focus::Titles);
            let note = self.titles.note(inner);
            Border { title: &title, note: &note, style }.draw(parts.titles, canvas);
            self.titles.draw(inner, canvas);
        }
        if parts.table.is_empty() {
            return;
        }
        let cells = self.cells(parts.table);
        let style = border(self.focus == Focus::Table);
        let title = &self.posted.title;
        if let Some(reading) = self.reading {
            let inner = canvas::inside(parts.table);
            let rows = self.all_notes(inner);
            let note = reading.note(rows.len(), usize::from(inner.height));
            Border { title, note: &note, style }.draw(parts.table, canvas);
            for (place, row) in inner.rows().zip(rows.iter().skip(reading.top)) {
                canvas.row(place, row, Style::new());
            }
            return;
        }
        let inner =
            Border { title, note: &self.table.note(cells), style }.draw(parts.table, canvas);
        for (place, row) in inner.rows().zip(self.notes(inner)) {
            canvas.row(place, &row, Style::new());
        }
        self.table.draw(cells, canvas);
        let below = Rect { y: cells.bottom(), height: inner.bottom() - cells.bottom(), ..inner };
        for (place, row) in below.rows().zip(self.remarks(below)) {
            canvas.row(place, &row, Style::new());
        }
    }
}

/// The details in as many rows as `place` has; where they are more, the last says so.
fn flow<'a>(details: impl Iterator<Item = &'a Detail>, place: Rect) -> Vec<Row> {
    let most = usize::from(place.height);
    let mut rows: Vec<Row> = Vec::new();
    for detail in details {
        if rows.len() > most {
            break;
        }
        rows.extend(text::flow(&detail.lines(), usize::from(place.width)));
    }
    if rows.len() > most {
        rows.truncate(most);
        if let Some(last) = rows.last_mut() {
            *last = vec![text::Span::new("…", text::Tone::Dim)];
        }
    }
    rows
}

/// The columns in which something stands, their rows, and the titles of the others. The first column always stays.
fn without_empty(
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
) -> (Vec<Column>, Vec<Vec<String>>, Vec<String>) {
    let stands = |at: usize| rows.iter().any(|row| row.get(at).is_some_and(|it| !it.is_empty()));
    let kept: Vec<bool> = (0..columns.len()).map(|at| at == 0 || stands(at)).collect();
    let rows = rows.into_iter().map(|row| {
        let cells = row.into_iter().zip(&kept);
        cells.filter(|(_, kept)| **kept).map(|(cell, _)| cell).collect()
    });
    let rows = rows.collect();
    let (kept, hidden): (Vec<_>, Vec<_>) =
        columns.into_iter().zip(kept).partition(|(_, kept)| *kept);
    let kept = kept.into_iter().map(|(column, _)| column).collect();
    (kept, rows, hidden.into_iter().map(|(column, _)| column.title).collect())
}

impl Focus {
    fn other(self) -> Self {
        match self {
            Self::Titles => Self::Table,
            Self::Table => Self::Titles,
        }
    }
}
