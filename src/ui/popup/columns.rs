//! The columns of the list, to choose, to order and to resize. What is changed is seen in the list at once.

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{Command, Page, Response, in_the_middle};
use crate::search::Column;
use crate::session::{ListColumns, Session};
use crate::study::Concept;
use crate::text;
use crate::ui::action::{Action, Scope};
use crate::ui::canvas::{self, Border, Canvas};
use crate::ui::pane::{Hint, View};
use crate::ui::widget::cursor::Cursor;

/// How wide the page is where there is room.
const WIDTH: u16 = 56;

/// By so much one key makes a column wider.
const STEP: i16 = 2;

/// The columns in front of a name: the cursor, and the sign of what is chosen.
const SIGNS: u16 = 4;

pub(super) struct ColumnsPage {
    columns: ListColumns,
    /// As they were when the page was opened.
    before: ListColumns,
    cursor: Cursor,
}

impl ColumnsPage {
    pub(super) fn new(session: &Session) -> Self {
        let columns = session.columns.clone();
        Self { before: columns.clone(), columns, cursor: Cursor::default() }
    }

    /// The chosen columns in their order, and behind them the others.
    fn rows(&self) -> Vec<Column> {
        let chosen = self.columns.iter().map(|column| column.column);
        let others = ListColumns::offered().filter(|&column| self.columns.place(column).is_none());
        chosen.chain(others).collect()
    }

    /// The column at the cursor.
    fn here(&self) -> Option<Column> {
        self.rows().get(self.cursor.row).copied()
    }

    /// Changes the columns; the cursor goes where the column goes.
    fn change(&mut self, change: impl FnOnce(&mut ListColumns, Column)) -> Response {
        let Some(column) = self.here() else { return Response::Stay };
        change(&mut self.columns, column);
        let place = self.rows().iter().position(|&it| it == column);
        self.cursor.row = place.unwrap_or(self.cursor.row);
        Response::Do(Command::Columns(self.columns.clone()))
    }

    /// Takes the column at the cursor in or out; the cursor stays, so that the next one can be taken.
    fn toggle(&mut self) -> Response {
        let row = self.cursor.row;
        let was_chosen = self.here().is_some_and(|column| self.columns.place(column).is_some());
        let response = self.change(ListColumns::toggle);
        // A column that is taken in joins the chosen ones above.
        self.cursor.row = if was_chosen { row } else { (row + 1).min(self.rows().len() - 1) };
        response
    }

    fn close(&self) -> Response {
        if self.columns == self.before {
            Response::Close
        } else {
            Response::Choose(Command::KeepColumns)
        }
    }
}

impl Page for ColumnsPage {
    fn scope(&self) -> Option<Scope> {
        Some(Scope::Page)
    }

    fn hints(&self) -> &'static [Hint] {
        &[
            (Action::Pin, "show or hide"),
            (Action::NextStudy, "further right"),
            (Action::PreviousStudy, "further left"),
            (Action::Nearer, "wider"),
            (Action::Further, "narrower"),
            (Action::ClearFilters, "the usual ones"),
            (Action::Back, "done"),
        ]
    }

    fn area(&self, body: Rect) -> Rect {
        let rows = u16::try_from(ListColumns::offered().count()).unwrap_or(u16::MAX);
        in_the_middle(body, WIDTH, rows.saturating_add(2))
    }

    fn act(&mut self, action: Action, area: Rect) -> Response {
        match action {
            Action::Back | Action::Quit | Action::Columns => return self.close(),
            Action::Read | Action::Pin => return self.toggle(),
            Action::NextStudy => return self.change(|columns, here| columns.shift(here, 1)),
            Action::PreviousStudy => return self.change(|columns, here| columns.shift(here, -1)),
            Action::Right | Action::Nearer => {
                return self.change(|columns, here| columns.widen(here, STEP));
            }
            Action::Left | Action::Further => {
                return self.change(|columns, here| columns.widen(here, -STEP));
            }
            Action::ClearFilters => {
                return self.change(|columns, _| *columns = ListColumns::default());
            }
            _ => (),
        }
        let height = usize::from(canvas::inside(area).height);
        self.cursor.act(action, self.rows().len(), height);
        Response::Stay
    }

    fn click(&mut self, at: Position, area: Rect) -> Response {
        let inner = canvas::inside(area);
        let row = self.cursor.offset + usize::from(at.y.saturating_sub(inner.y));
        if !inner.contains(at) || row >= self.rows().len() {
            return Response::Stay;
        }
        self.cursor.row = row;
        self.toggle()
    }

    fn draw(&mut self, area: Rect, canvas: &mut Canvas, _: &View) {
        let theme = canvas.theme;
        let rows = self.rows();
        let note = format!("{} shown", self.columns.iter().len());
        let title = "Columns of the list, from left to right";
        let inner = Border { title, note: &note, style: theme.focus }.draw(area, canvas);
        self.cursor.scroll(rows.len(), usize::from(inner.height));
        let window = rows.iter().enumerate().skip(self.cursor.offset);
        for (line, (row, &column)) in inner.rows().zip(window) {
            let width = self.columns.iter().find(|known| known.column == column);
            let signs = SIGNS.min(line.width);
            let rest = Rect { x: line.x + signs, width: line.width - signs, ..line };
            let style = if width.is_some() { Style::new() } else { theme.dim };
            if width.is_some() && line.width > SIGNS {
                let sign = Rect { x: line.x + 2, width: 1, ..line };
                canvas.line(sign, theme.signs.included, theme.key);
            }
            let least = if column == Column::Concept(Concept::Title) { "at least " } else { "" };
            let width = width.map(|column| format!("{least}{} wide ", column.width));
            let width = width.unwrap_or_default();
            let rest = canvas.line_right(rest, &width, theme.dim);
            canvas.line(rest, &label(column), style);
            if row == self.cursor.row {
                let cursor = Rect { width: line.width.min(1), ..line };
                canvas.line(cursor, theme.signs.selection, Style::new());
                canvas.style(line, theme.selected);
            }
        }
    }
}

/// What the screen calls a column, and what a query calls it where that is another word.
fn label(column: Column) -> String {
    match (column, column.label(), column.name()) {
        (Column::Nearest, label, _) => format!("{label} (with near:)"),
        (Column::Mark(_), label, _) => format!("{label} (marked)"),
        (Column::Concept(_), label, name) if text::fold(label) == name => label.to_owned(),
        (Column::Concept(_), label, name) => format!("{label} ({name})"),
    }
}
