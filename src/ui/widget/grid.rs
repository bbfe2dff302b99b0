//! A table with a cursor on a cell. Rows can be sorted and narrowed; the first column stays in sight while the others
//! scroll. It draws only what is on the screen and does not know what it shows.

mod areas;
mod order;

use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use tui_input::InputRequest;

use super::cursor::Cursor;
use super::input::{Caret, LineInput};
use crate::text::{self, Line};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;

use areas::{ColumnArea, GridAreas};
pub use order::Direction;

/// A column of a [`Grid`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub title: String,
    pub kind: ColumnKind,
}

/// What stands in a column: says where it is aligned and how it sorts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Words, or dates of the form `2019-10-02`; to the left, without regard to case and accents.
    Text,
    /// To the right, by the first number in the cell; cells without one come last.
    Number,
}

/// A table of cleaned strings and where the user is in it.
#[derive(Debug, Default)]
pub struct Grid {
    columns: Vec<Column>,
    /// How wide each column would be, had it all the room it wanted.
    wanted: Vec<usize>,
    rows: Vec<Vec<String>>,
    /// The rows as they are shown, sorted and narrowed.
    shown: Vec<usize>,
    cursor: Cursor,
    column: usize,
    /// How many columns behind the first are out of sight on the left.
    left: usize,
    sort: Option<(usize, Direction)>,
    filter: LineInput,
    typing: Typing,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Typing {
    Going,
    #[default]
    Done,
}

impl Column {
    /// A column of words.
    pub fn text(title: impl Into<String>) -> Self {
        Self { title: title.into(), kind: ColumnKind::Text }
    }

    /// A column of numbers.
    pub fn number(title: impl Into<String>) -> Self {
        Self { title: title.into(), kind: ColumnKind::Number }
    }
}

impl Grid {
    /// A table in the order given. A row may be shorter than the columns are many.
    pub fn new(columns: Vec<Column>, rows: Vec<Vec<String>>) -> Self {
        let wanted = areas::wanted(&columns, &rows);
        let shown = (0..rows.len()).collect();
        Self { columns, wanted, rows, shown, ..Self::default() }
    }

    /// The row at the cursor, counted as the rows were given.
    pub fn selected(&self) -> Option<usize> {
        self.shown.get(self.cursor.row).copied()
    }

    /// Puts the cursor on a row, counted as the rows were given, if it is shown.
    pub fn select(&mut self, row: usize) {
        if let Some(place) = self.shown.iter().position(|&shown| shown == row) {
            self.cursor.row = place;
        }
    }

    /// The column at the cursor.
    pub fn column(&self) -> usize {
        self.column
    }

    /// Puts the cursor into a column.
    pub fn go_to_column(&mut self, column: usize) {
        self.column = column.min(self.last_column());
    }

    /// The title of the column at the cursor and what stands in its cell.
    pub fn cell(&self) -> Option<(&str, &str)> {
        let row = self.rows.get(self.selected()?)?;
        Some((&self.columns.get(self.column)?.title, row.get(self.column)?))
    }

    /// What the row at the cursor is called: its first cell.
    pub fn name(&self) -> Option<&str> {
        self.rows.get(self.selected()?)?.first().map(String::as_str)
    }

    /// The titles and the rows as they are shown now, tabs between the cells.
    pub fn with_tabs(&self) -> String {
        let titles: Vec<&str> = self.columns.iter().map(|column| column.title.as_str()).collect();
        let rows = self.shown.iter().map(|&row| self.rows[row].join("\t"));
        let mut lines = vec![titles.join("\t")];
        lines.extend(rows);
        lines.join("\n")
    }

    /// The rows as they are shown now, counted as they were given.
    pub fn shown(&self) -> &[usize] {
        &self.shown
    }

    /// Does what `action` means in a table that is drawn on `area`; false when that is nothing.
    pub fn act(&mut self, action: Action, area: Rect) -> bool {
        match action {
            Action::Left => self.column = self.column.saturating_sub(1),
            Action::Right => self.column = (self.column + 1).min(self.last_column()),
            Action::Sort => self.sort_here(),
            Action::Reverse => self.reverse(),
            Action::Search => self.typing = Typing::Going,
            Action::Read if self.typing() => self.typing = Typing::Done,
            Action::Back if self.is_narrowed() => {
                self.typing = Typing::Done;
                self.filter.set("");
                self.arrange();
            }
            action => {
                let height = usize::from(self.places(area).body.height);
                return self.cursor.act(action, self.shown.len(), height);
            }
        }
        true
    }

    /// Changes the text that narrows the rows.
    pub fn edit(&mut self, request: InputRequest) {
        self.filter.edit(request);
        self.arrange();
    }

    /// Whether characters are text here, not commands.
    pub fn typing(&self) -> bool {
        self.typing == Typing::Going
    }

    /// Puts the cursor on the cell at a place of `area`; on a title, sorts by that column. False
    /// where there is neither.
    pub fn click(&mut self, at: Position, area: Rect) -> bool {
        let places = self.places(area);
        let column = places.columns.iter().find(|place| place.holds(at.x));
        let row = self.cursor.offset + usize::from(at.y.saturating_sub(places.body.y));
        if let Some(column) = column {
            self.column = column.index;
        }
        match column {
            Some(_) if places.head.contains(at) => self.sort_here(),
            _ if places.body.contains(at) && row < self.shown.len() => self.cursor.row = row,
            _ => return false,
        }
        true
    }

    /// Where the user is, how the rows are sorted, and how many are out of sight at the sides.
    pub fn note(&self, area: Rect) -> String {
        let here = (self.cursor.row + 1).min(self.shown.len());
        let [here, shown, all] =
            [here, self.shown.len(), self.rows.len()].map(|count| text::grouped(count as u64));
        let mut parts = vec![if shown == all {
            format!("{here} of {all}")
        } else {
            format!("{here} of {shown}, {all} in all")
        }];
        if let Some((column, direction)) = self.sort {
            parts.push(format!("by {} {}", self.columns[column].title, direction.sign()));
        }
        let columns = self.places(area).columns;
        if let ([_, first, ..], Some(last)) = (columns.as_slice(), columns.last())
            && last.index - first.index + 2 < self.columns.len()
        {
            let (first, last) = (first.index + 1, last.index + 1);
            let all = self.columns.len();
            parts.push(if first == last {
                format!("column {first} of {all}")
            } else {
                format!("columns {first} to {last} of {all}")
            });
        }
        parts.join(" · ")
    }

    pub fn draw(&mut self, area: Rect, canvas: &mut Canvas) {
        let theme = canvas.theme;
        self.left = self.places(area).left;
        let places = self.places(area);
        self.cursor.scroll(self.shown.len(), usize::from(places.body.height));
        self.draw_filter(places.filter, canvas);
        for place in &places.columns {
            self.draw_title(place, places.head, canvas);
        }
        if self.shown.is_empty() {
            let why = if self.rows.is_empty() { "  nothing stated" } else { "  nothing fits" };
            canvas.line(places.body, why, theme.dim);
        }
        let typed = text::fold(self.filter.value());
        let words: Vec<&str> = typed.split_whitespace().collect();
        let rows = self.shown.iter().enumerate().skip(self.cursor.offset);
        for (line, (number, &row)) in places.body.rows().zip(rows) {
            for place in &places.columns {
                let cell = self.rows[row].get(place.index).map_or("", String::as_str);
                place.put(line, canvas, cell, Style::new());
            }
            for word in &words {
                canvas.mark(line, word, theme.found);
            }
            if number == self.cursor.row {
                let sign = Rect { width: line.width.min(1), ..line };
                canvas.line(sign, theme.signs.selection, Style::new());
                canvas.style(line, theme.selected);
                if let Some(place) = places.columns.iter().find(|it| it.index == self.column) {
                    let style = Style::new().add_modifier(Modifier::BOLD | Modifier::UNDERLINED);
                    canvas.style(place.on(line), style);
                }
            }
        }
        self.draw_foot(places.foot, canvas);
    }

    fn draw_filter(&self, area: Rect, canvas: &mut Canvas) {
        let theme = canvas.theme;
        canvas.line(area, "/", theme.key);
        let line = Rect { x: area.x + 2, width: area.width.saturating_sub(2), ..area };
        let caret = if self.typing() { Caret::Shown } else { Caret::Hidden };
        self.filter.draw(line, canvas, Style::new(), caret);
    }

    /// Draws a title over as many rows as the head has, its end next to the cells.
    fn draw_title(&self, place: &ColumnArea, head: Rect, canvas: &mut Canvas) {
        let theme = canvas.theme;
        let lines = place.title(&self.columns[place.index].title, usize::from(head.height));
        let first = usize::from(head.height) - lines.len();
        let here = place.index == self.column;
        let style = if here { theme.key.add_modifier(Modifier::UNDERLINED) } else { theme.label };
        for (row, line) in head.rows().skip(first).zip(&lines) {
            place.put(row, canvas, line, style);
        }
        if let (Some((column, direction)), Some(row)) = (self.sort, head.rows().next_back())
            && column == place.index
        {
            let sign = Rect { x: place.x + place.width, width: 1, ..row }.intersection(row);
            canvas.line(sign, direction.sign(), theme.key);
        }
    }

    /// Draws the cell at the cursor whole, under what its row and its column are called.
    fn draw_foot(&self, area: Rect, canvas: &mut Canvas) {
        let theme = canvas.theme;
        let Some((title, cell)) = self.cell() else { return };
        let row = self.name().unwrap_or_default();
        let name = if self.column == 0 { String::new() } else { format!("{row} · ") };
        let words = format!("{name}{title}: {cell}");
        // More than the foot has room for is not worth wrapping.
        let most = usize::from(area.width) * usize::from(area.height);
        let line = Line::plain(text::cut(&words, most));
        for (place, row) in area.rows().skip(1).zip(text::flow(&[line], usize::from(area.width))) {
            canvas.row(place, &row, theme.dim);
        }
    }

    fn last_column(&self) -> usize {
        self.columns.len().saturating_sub(1)
    }

    fn is_narrowed(&self) -> bool {
        self.typing() || !self.filter.value().is_empty()
    }

    /// Sorts by the column at the cursor, the way that suits it, and goes to the top; a second time, not
    /// at all.
    fn sort_here(&mut self) {
        let sorted = self.sort.is_some_and(|(column, _)| column == self.column);
        let kind = self.columns.get(self.column).map(|column| column.kind);
        let first = kind.filter(|_| !sorted).map(Direction::first);
        self.sort = first.map(|direction| (self.column, direction));
        self.arrange();
        self.cursor.row = 0;
    }

    fn reverse(&mut self) {
        if self.sort.is_none() {
            self.sort_here();
        }
        if let Some((_, direction)) = &mut self.sort {
            *direction = direction.reversed();
        }
        self.arrange();
        self.cursor.row = 0;
    }

    /// Sorts and narrows the rows anew; the cursor stays on its row where that is still shown.
    fn arrange(&mut self) {
        let here = self.selected();
        self.shown = order::narrowed(&self.rows, self.filter.value());
        if let Some((column, direction)) = self.sort {
            let kind = self.columns[column].kind;
            order::sort(&mut self.shown, &self.rows, (column, kind, direction));
        }
        self.cursor.row = 0;
        if let Some(row) = here {
            self.select(row);
        }
    }

    fn places(&self, area: Rect) -> GridAreas {
        let narrowed = self.is_narrowed();
        GridAreas::new(area, &self.wanted, &self.columns)
            .narrowed(narrowed)
            .at(self.left, self.column)
    }
}

#[cfg(test)]
mod tests;
