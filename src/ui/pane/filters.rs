//! The pane of filters: every facet with its values, and how many studies each value would leave.

use std::rc::Rc;

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use tui_input::InputRequest;

use super::{Hint, Pane, View};
use crate::search::{Choice, fuzzy};
use crate::session::{JobId, Session};
use crate::store::ValueIdx;
use crate::study::{Concept, Link};
use crate::text;
use crate::ui::action::Action;
use crate::ui::canvas::{self, Border, Canvas};
use crate::ui::widget::cursor::Cursor;
use crate::ui::widget::input::{Caret, LineInput, Typing};

/// How many values of an open vocabulary a facet shows until it is opened.
const FOLDED: usize = 6;
/// How many values an opened or narrowed facet shows; beyond that, narrowing is the way.
const OPENED: usize = 500;

#[derive(Default)]
pub(super) struct FiltersPane {
    cursor: Cursor,
    /// The row at the cursor, which it follows when an answer moves the rows.
    on: Option<FilterRow>,
    opened: Vec<Concept>,
    narrowing: Option<Narrowing>,
    shown: Option<KeptRows>,
}

/// The rows, kept until what they are made of changes.
struct KeptRows {
    answer: JobId,
    opened: Vec<Concept>,
    narrowed: Option<String>,
    rows: Rc<[FilterRow]>,
}

/// The values of all facets are narrowed by typing.
struct Narrowing {
    input: LineInput,
    typing: Typing,
}

/// One row of the pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FilterRow {
    /// What is typed to narrow the values.
    Typed,
    Facet(Concept),
    /// `None` is "not stated".
    Value(Concept, Option<ValueIdx>, u32),
    /// So many more values.
    More(Concept, usize),
    /// No value fits what was typed.
    Nothing,
}

/// The first value of narrowed rows stands below what is typed and the first heading.
const FIRST_NARROWED: usize = 2;

impl FiltersPane {
    fn rows(&mut self, session: &Session) -> Rc<[FilterRow]> {
        let answer = session.answered();
        let narrowed = self.narrowing.as_ref().map(|narrowing| narrowing.input.value());
        if let Some(shown) = &self.shown
            && (shown.answer, &shown.opened) == (answer, &self.opened)
            && shown.narrowed.as_deref() == narrowed
        {
            return Rc::clone(&shown.rows);
        }
        let narrowed = narrowed.map(str::to_owned);
        let rows: Rc<[FilterRow]> = self.rows_of(session).into();
        let opened = self.opened.clone();
        self.shown = Some(KeptRows { answer, opened, narrowed, rows: Rc::clone(&rows) });
        rows
    }

    fn rows_of(&self, session: &Session) -> Vec<FilterRow> {
        let mut rows = Vec::new();
        rows.extend(self.narrowing.is_some().then_some(FilterRow::Typed));
        for (concept, counts) in Concept::facets().zip(&session.results.facets) {
            let chosen = &counts.chosen;
            if counts.is_empty() && chosen.is_empty() {
                continue;
            }
            let gone = chosen
                .iter()
                .filter_map(|(value, _)| *value)
                .filter(|value| counts.of(&session.store, *value) == 0);
            let mut values: Vec<(ValueIdx, u32)> = gone.map(|value| (value, 0)).collect();
            let mut count = values.len() + counts.len();
            let typed = self.narrowing.as_ref().map(|narrowing| narrowing.input.value());
            let typed = typed.filter(|typed| !typed.is_empty());
            let opened = concept.has_codes() || self.opened.contains(&concept);
            let most = if opened { OPENED } else { FOLDED };
            if let Some(typed) = typed {
                values.extend(counts.first(&session.store, usize::MAX));
                values = narrowed(session, concept, values, typed);
                count = values.len();
                if values.is_empty() {
                    continue;
                }
            } else {
                values.extend(counts.first(&session.store, most + 1));
            }
            rows.push(FilterRow::Facet(concept));
            // One value more takes no more room than the line that would stand for it.
            let shown = if count <= most + 1 { count } else { most };
            rows.extend(
                values
                    .iter()
                    .take(shown)
                    .map(|&(value, count)| FilterRow::Value(concept, Some(value), count)),
            );
            if count > shown {
                rows.push(FilterRow::More(concept, count - shown));
            }
            let not_stated_chosen = chosen.iter().any(|(value, _)| value.is_none());
            if typed.is_none() && (counts.not_stated > 0 || not_stated_chosen) {
                rows.push(FilterRow::Value(concept, None, counts.not_stated));
            }
        }
        if rows == [FilterRow::Typed] {
            rows.push(FilterRow::Nothing);
        }
        rows
    }

    /// Chooses the value at the cursor, or opens and closes the facet.
    fn choose(&mut self, row: FilterRow, choice: Choice, session: &mut Session) {
        match row {
            FilterRow::Value(concept, value, _) => session.toggle_choice(concept, value, choice),
            FilterRow::Typed | FilterRow::Nothing => (),
            FilterRow::Facet(concept) | FilterRow::More(concept, _) => {
                let place = self.opened.iter().position(|&opened| opened == concept);
                match place {
                    Some(place) => _ = self.opened.remove(place),
                    None => self.opened.push(concept),
                }
            }
        }
    }

    /// Puts the cursor on a row, wherever that is now.
    fn stay_on(&mut self, row: FilterRow, session: &Session) {
        let same = |other: &FilterRow| match (*other, row) {
            (FilterRow::Value(a, b, _), FilterRow::Value(c, d, _)) => (a, b) == (c, d),
            (FilterRow::More(a, _), FilterRow::More(b, _)) => a == b,
            (other, row) => other == row,
        };
        if let Some(place) = self.rows(session).iter().position(same) {
            self.cursor.row = place;
        }
    }

    /// Takes the cursor to where an answer has moved its row.
    fn follow(&mut self, session: &Session) {
        if let Some(row) = self.on {
            self.stay_on(row, session);
        }
    }

    /// Remembers the row at the cursor.
    fn remember(&mut self, session: &Session) {
        self.on = self.rows(session).get(self.cursor.row).copied();
    }

    /// Does what `action` means; false when it means nothing here.
    fn act_on(&mut self, action: Action, area: Rect, session: &mut Session) -> bool {
        let rows = self.rows(session);
        let row = rows.get(self.cursor.row).copied();
        match (action, row) {
            (Action::Back, row) if self.narrowing.is_some() => {
                self.narrowing = None;
                if let Some(row) = row {
                    self.stay_on(row, session);
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

/// The values that a typed text fits, best first; all of them while it is empty.
fn narrowed(
    session: &Session,
    concept: Concept,
    values: Vec<(ValueIdx, u32)>,
    typed: &str,
) -> Vec<(ValueIdx, u32)> {
    let typed = text::fold(typed);
    if typed.is_empty() {
        return values;
    }
    let vocabulary = session.store.vocabulary(concept);
    let (mut exact, mut near) = (Vec::new(), Vec::new());
    for (value, count) in values {
        let folded = vocabulary.folded(value);
        if folded.contains(&typed) {
            exact.push((value, count));
        } else if let Some(score) = fuzzy::score(folded, &typed) {
            near.push((score, (value, count)));
        }
    }
    near.sort_by_key(|&(score, (value, _))| (std::cmp::Reverse(score), value));
    exact.extend(near.into_iter().map(|(_, value)| value));
    exact
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
            && let Some(&row) = rows.get(self.cursor.offset + usize::from(at.y - inner.y))
        {
            self.cursor.row = self.cursor.offset + usize::from(at.y - inner.y);
            self.on = Some(row);
            self.choose(row, Choice::Include, session);
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
        for (line, (index, &row)) in
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
    fn draw_row(&self, area: Rect, canvas: &mut Canvas, row: FilterRow, view: &View) {
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
            FilterRow::Facet(concept) => {
                canvas.line(area, &format!(" {}", heading(concept)), theme.heading);
            }
            FilterRow::Value(concept, value, count) => {
                let (sign, style) = match chosen(view.session, concept, value) {
                    Some(Choice::Include) => (theme.signs.included, theme.key),
                    Some(Choice::Exclude) => (theme.signs.excluded, theme.error),
                    None => (" ", Style::new()),
                };
                let rest = canvas.line_right(area, &text::grouped(u64::from(count)), theme.dim);
                canvas.line(
                    Rect { x: rest.x + 1, width: rest.width.saturating_sub(1), ..rest },
                    sign,
                    style,
                );
                let label = value.map_or("not stated", |value| {
                    view.session.store.vocabulary(concept).label(value)
                });
                let style = if value.is_none() { theme.dim } else { Style::new() };
                canvas.line(
                    Rect { x: rest.x + 3, width: rest.width.saturating_sub(3), ..rest },
                    label,
                    style,
                );
            }
            FilterRow::Nothing => canvas.line(area, "   nothing fits", theme.dim),
            FilterRow::More(_, count) => {
                let more = theme.signs.more;
                let [read, search] = [Action::Read, Action::Search].map(|action| view.key(action));
                let count = text::grouped(count as u64);
                let words = format!("   {more} {count} more: {read}, or {search}");
                canvas.line(area, &words, theme.dim);
            }
        }
    }
}

/// How the answer on the screen chooses `value` of a facet; `None` as the value means "not stated".
fn chosen(session: &Session, concept: Concept, value: Option<ValueIdx>) -> Option<Choice> {
    let facet = Concept::facets().position(|facet| facet == concept)?;
    let chosen = &session.results.facets.get(facet)?.chosen;
    chosen.iter().find(|(chosen, _)| *chosen == value).map(|&(_, choice)| choice)
}

/// The name of a facet, as a heading.
fn heading(concept: Concept) -> String {
    let label = concept.label();
    let mut chars = label.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
