//! The pane of filters: every facet with its values, and how many studies each value would leave.

mod marked;
mod rows;

use std::rc::Rc;

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use tui_input::InputRequest;

use rows::{Extent, FilterRow, Subject};

use super::{Hint, Pane, View};
use crate::search::{Choice, Counts, Group};
use crate::session::{JobId, Session};
use crate::study::{Concept, Link};
use crate::text;
use crate::ui::action::Action;
use crate::ui::canvas::{self, Border, Canvas};
use crate::ui::widget::cursor::Cursor;
use crate::ui::widget::input::{Caret, LineInput, Typing};

#[derive(Default)]
pub(super) struct FiltersPane {
    cursor: Cursor,
    /// The row at the cursor, which it follows when an answer moves the rows.
    on: Option<FilterRow>,
    extent: Extent,
    narrowing: Option<Narrowing>,
    shown: Option<KeptRows>,
}

/// The rows, kept until what they are made of changes.
struct KeptRows {
    answer: JobId,
    extent: Extent,
    narrowed: Option<String>,
    rows: Rc<[FilterRow]>,
}

/// The values of all facets are narrowed by typing.
struct Narrowing {
    input: LineInput,
    typing: Typing,
}

/// The first value of narrowed rows stands below what is typed and the first heading.
const FIRST_NARROWED: usize = 2;

impl FiltersPane {
    fn rows(&mut self, session: &Session) -> Rc<[FilterRow]> {
        let answer = session.answered();
        let narrowed = self.narrowing.as_ref().map(|narrowing| narrowing.input.value());
        if let Some(shown) = &self.shown
            && (shown.answer, &shown.extent) == (answer, &self.extent)
            && shown.narrowed.as_deref() == narrowed
        {
            return Rc::clone(&shown.rows);
        }
        let narrowed = narrowed.map(str::to_owned);
        let rows: Rc<[FilterRow]> = rows::of(session, &self.extent, narrowed.as_deref()).into();
        let extent = self.extent.clone();
        self.shown = Some(KeptRows { answer, extent, narrowed, rows: Rc::clone(&rows) });
        rows
    }

    /// Chooses the value at the cursor, folds or unfolds the group, or shows more or fewer of its values.
    fn choose(&mut self, row: FilterRow, choice: Choice, session: &mut Session) {
        match row {
            FilterRow::Value(concept, group, _) => session.toggle_choice(concept, group, choice),
            FilterRow::Mark(field, value, _) => {
                session.toggle_mark_choice(field, value.as_deref(), choice);
            }
            FilterRow::Typed | FilterRow::Nothing => (),
            FilterRow::Facet(subject) => self.extent.fold(subject),
            FilterRow::More(subject, _) | FilterRow::Fewer(subject) => self.extent.open(subject),
        }
    }

    /// Puts the cursor on a row, wherever that is now.
    fn stay_on(&mut self, row: &FilterRow, session: &Session) {
        let same = |other: &FilterRow| match (other, row) {
            (FilterRow::Value(a, b, _), FilterRow::Value(c, d, _)) => (a, b) == (c, d),
            (FilterRow::Mark(a, b, _), FilterRow::Mark(c, d, _)) => (a, b) == (c, d),
            (FilterRow::More(a, _), FilterRow::More(b, _)) => a == b,
            (other, row) => other == row,
        };
        if let Some(place) = self.rows(session).iter().position(same) {
            self.cursor.row = place;
        }
    }

    /// Takes the cursor to where an answer has moved its row.
    fn follow(&mut self, session: &Session) {
        if let Some(row) = self.on.clone() {
            self.stay_on(&row, session);
        }
    }

    /// Remembers the row at the cursor.
    fn remember(&mut self, session: &Session) {
        self.on = self.rows(session).get(self.cursor.row).cloned();
    }

    /// Does what `action` means; false when it means nothing here.
    fn act_on(&mut self, action: Action, area: Rect, session: &mut Session) -> bool {
        let rows = self.rows(session);
        let row = rows.get(self.cursor.row).cloned();
        match (action, row) {
            (Action::Back, row) if self.narrowing.is_some() => {
                self.narrowing = None;
                if let Some(row) = row {
                    self.stay_on(&row, session);
                }
            }
            (Action::Read, _) if self.typing() => {
                if let Some(narrowing) = &mut self.narrowing {
                    narrowing.typing = Typing::Done;
                }
            }
            (Action::Search, _) => {
                self.narrowing =
                    Some(Narrowing { input: LineInput::default(), typing: Typing::Going });
                self.cursor.row = FIRST_NARROWED.min(self.rows(session).len().saturating_sub(1));
            }
            (Action::Read | Action::Pin, Some(row)) => self.choose(row, Choice::Include, session),
            (Action::Exclude, Some(row)) => self.choose(row, Choice::Exclude, session),
            _ => {
                let height = usize::from(canvas::inside(area).height);
                return self.cursor.act(action, rows.len(), height);
            }
        }
        true
    }
}

impl Pane for FiltersPane {
    fn act(&mut self, action: Action, area: Rect, session: &mut Session) -> bool {
        self.follow(session);
        let acted = self.act_on(action, area, session);
        self.remember(session);
        acted
    }

    fn edit(&mut self, request: InputRequest, session: &mut Session) {
        if let Some(narrowing) = &mut self.narrowing {
            narrowing.input.edit(request);
            self.cursor.row = FIRST_NARROWED.min(self.rows(session).len().saturating_sub(1));
            self.remember(session);
        }
    }

    fn typing(&self) -> bool {
        self.narrowing.as_ref().is_some_and(|narrowing| narrowing.typing == Typing::Going)
    }

    fn click(&mut self, at: Position, area: Rect, session: &mut Session) -> Option<Link> {
        let inner = canvas::inside(area);
        let rows = self.rows(session);
        if inner.contains(at)
            && let Some(row) = rows.get(self.cursor.offset + usize::from(at.y - inner.y))
        {
            self.cursor.row = self.cursor.offset + usize::from(at.y - inner.y);
            self.on = Some(row.clone());
            self.choose(row.clone(), Choice::Include, session);
        }
        None
    }

    fn hints(&self) -> &'static [Hint] {
        if self.typing() {
            &[(Action::Read, "to the values"), (Action::Back, "cancel")]
        } else {
            &[
                (Action::Pin, "choose"),
                (Action::Exclude, "exclude"),
                (Action::Search, "narrow"),
                (Action::Undo, "undo"),
                (Action::ClearFilters, "clear filters"),
                (Action::Back, "to the list"),
            ]
        }
    }

    fn draw(&mut self, area: Rect, canvas: &mut Canvas, view: &View) {
        self.follow(view.session);
        let rows = self.rows(view.session);
        let height = usize::from(canvas::inside(area).height);
        self.cursor.scroll(rows.len(), height);
        let below = rows.len().saturating_sub(self.cursor.offset + height);
        let note = if below > 0 { format!("{below} more below") } else { String::new() };
        let frame = Border { title: "Filters", note: &note, style: view.border(canvas.theme) };
        let inner = frame.draw(area, canvas);
        for (line, (index, row)) in
            inner.rows().zip(rows.iter().enumerate().skip(self.cursor.offset))
        {
            let selected = view.focused && index == self.cursor.row;
            self.draw_row(line, canvas, row, view);
            if selected {
                canvas.line(Rect { width: 1, ..line }, canvas.theme.signs.selection, Style::new());
                canvas.style(line, canvas.theme.selected);
            }
        }
    }
}

impl FiltersPane {
    fn draw_row(&self, area: Rect, canvas: &mut Canvas, row: &FilterRow, view: &View) {
        let theme = canvas.theme;
        match row {
            FilterRow::Typed => {
                let label = format!(" Narrow {} ", view.key(Action::Search));
                let width = (text::width(&label) as u16).min(area.width);
                canvas.line(Rect { width, ..area }, &label, theme.heading);
                let rest = Rect { x: area.x + width, width: area.width - width, ..area };
                let caret = if self.typing() { Caret::Shown } else { Caret::Hidden };
                if let Some(narrowing) = &self.narrowing {
                    narrowing.input.draw(rest, canvas, Style::new(), caret);
                }
            }
            FilterRow::Facet(subject) => self.draw_heading(area, canvas, *subject, view),
            FilterRow::Value(concept, group, count) => {
                let choice = chosen(view.session, *concept, *group);
                let label = group.map(|group| group.label(&view.session.store, *concept));
                draw_value(area, canvas, (label.as_deref(), "not stated"), (choice, *count));
            }
            FilterRow::Mark(field, value, count) => {
                let choice = marked::chosen(view.session, *field, value.as_deref());
                let label = value.as_deref().map(|value| text::clean_line(value));
                draw_value(area, canvas, (label.as_deref(), "none"), (choice, *count));
            }
            FilterRow::Nothing => canvas.line(area, "   nothing fits", theme.dim),
            FilterRow::More(_, count) => {
                let more = theme.signs.more;
                let [read, search] = [Action::Read, Action::Search].map(|action| view.key(action));
                let count = text::grouped(*count as u64);
                let words = format!("   {more} {count} more: {read}, or {search}");
                canvas.line(area, &words, theme.dim);
            }
            FilterRow::Fewer(_) => {
                let words = format!("   {} fewer: {}", theme.signs.more, view.key(Action::Read));
                canvas.line(area, &words, theme.dim);
            }
        }
    }

    /// Draws the name of a facet, and of a folded one whether anything of it is chosen.
    fn draw_heading(&self, area: Rect, canvas: &mut Canvas, subject: Subject, view: &View) {
        let theme = canvas.theme;
        let is_narrowed = self.narrowing.as_ref().is_some_and(Narrowing::is_on);
        let is_folded = !is_narrowed && self.extent.is_folded(subject);
        let (chosen, title) = match subject {
            Subject::Concept(concept) => {
                let counts = counts(view.session, concept);
                (counts.map_or(0, |counts| counts.chosen.len()), heading(concept))
            }
            Subject::Mark(field) => {
                (marked::choices(view.session, field), marked::heading(field).to_owned())
            }
        };
        let more = if is_folded { theme.signs.more } else { "" };
        let heading = format!(" {title} {more}");
        let rest = if is_folded && chosen > 0 {
            let sign = format!("{} ", theme.signs.included);
            canvas.line_right(area, &sign, theme.key)
        } else {
            area
        };
        canvas.line(rest, &heading, theme.heading);
    }
}

impl Narrowing {
    /// Whether anything is typed.
    fn is_on(&self) -> bool {
        !self.input.value().is_empty()
    }
}

/// Draws a value with its choice and its count; without a value, what stands in its place.
fn draw_value(
    area: Rect,
    canvas: &mut Canvas,
    (label, instead): (Option<&str>, &str),
    (choice, count): (Option<Choice>, u32),
) {
    let theme = canvas.theme;
    let (sign, style) = match choice {
        Some(Choice::Include) => (theme.signs.included, theme.key),
        Some(Choice::Exclude) => (theme.signs.excluded, theme.error),
        None => (" ", Style::new()),
    };
    let rest = canvas.line_right(area, &text::grouped(u64::from(count)), theme.dim);
    let right = |by: u16| Rect { x: rest.x + by, width: rest.width.saturating_sub(by), ..rest };
    canvas.line(right(1), sign, style);
    let style = if label.is_none() { theme.dim } else { Style::new() };
    canvas.line(right(3), label.unwrap_or(instead), style);
}

/// How the answer on the screen chooses a group of a facet; `None` as the group means "not stated".
fn chosen(session: &Session, concept: Concept, group: Option<Group>) -> Option<Choice> {
    let chosen = &counts(session, concept)?.chosen;
    chosen.iter().find(|(chosen, _)| *chosen == group).map(|&(_, choice)| choice)
}

/// The counts of a facet in the answer on the screen.
fn counts(session: &Session, concept: Concept) -> Option<&Counts> {
    let facet = Concept::facets().position(|facet| facet == concept)?;
    session.results.facets.get(facet)
}

/// The name of a facet, as a heading.
fn heading(concept: Concept) -> String {
    let label = concept.label();
    let mut chars = label.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
