//! The pane of filters: every facet with its values, and how many studies each value would leave.

mod draw;
mod marked;
mod narrowed;
mod row;
mod rows;
mod tree;

use std::rc::Rc;

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use tui_input::InputRequest;

use draw::Scale;
use row::{FilterRow, Subject, Unfolding};

use super::{Hint, Pane, View};
use crate::search::{Choice, Counts, Descriptor, Group};
use crate::session::{JobId, Session};
use crate::study::{Concept, Link};
use crate::ui::action::Action;
use crate::ui::canvas::{self, Border, Canvas};
use crate::ui::widget::cursor::Cursor;
use crate::ui::widget::input::{LineInput, Typing};

#[derive(Default)]
pub(super) struct FiltersPane {
    cursor: Cursor,
    /// The row at the cursor, which it follows when an answer moves the rows.
    on: Option<FilterRow>,
    unfolding: Unfolding,
    narrowing: Option<Narrowing>,
    shown: Option<KeptRows>,
}

/// The rows, kept until what they are made of changes.
struct KeptRows {
    answer: JobId,
    counted: JobId,
    unfolding: Unfolding,
    narrowed: Option<String>,
    rows: Rc<[FilterRow]>,
    /// The greatest count of each row's group.
    most: Rc<[u32]>,
}

/// The values of all facets are narrowed by typing.
struct Narrowing {
    input: LineInput,
    typing: Typing,
}

/// The first value of narrowed rows stands below what is typed and the first heading.
const FIRST_NARROWED: usize = 2;

impl FiltersPane {
    /// The groups that are folded or unfolded against their beginning. What stands below a place is called by no name.
    pub(super) fn folds(&self) -> Vec<&'static str> {
        self.unfolding.turned().filter_map(Subject::name).collect()
    }

    /// Folds the group of this name, or unfolds it.
    pub(super) fn fold_as(&mut self, name: &str) {
        if let Some(subject) = Subject::named(name) {
            self.unfolding.fold(subject);
        }
    }

    fn rows(&mut self, session: &Session) -> Rc<[FilterRow]> {
        let (answer, (_, counted)) = (session.answered(), session.search_counts());
        let narrowed = self.narrowing.as_ref().map(|narrowing| narrowing.input.value());
        if let Some(shown) = &self.shown
            && (shown.answer, shown.counted, &shown.unfolding) == (answer, counted, &self.unfolding)
            && shown.narrowed.as_deref() == narrowed
        {
            return Rc::clone(&shown.rows);
        }
        let narrowed = narrowed.map(str::to_owned);
        let rows: Rc<[FilterRow]> = match &narrowed {
            Some(typed) => narrowed::of(session, &self.unfolding, typed).into(),
            None => rows::of(session, &self.unfolding).into(),
        };
        let unfolding = self.unfolding.clone();
        let most = rows::greatest(&rows).into();
        let kept = KeptRows { answer, counted, unfolding, narrowed, rows: Rc::clone(&rows), most };
        self.shown = Some(kept);
        rows
    }

    /// The heading of the group in which a row stands.
    fn heading_above(rows: &[FilterRow], row: usize) -> Option<usize> {
        let above = rows.get(..=row)?;
        above.iter().rposition(|row| matches!(row, FilterRow::Facet(_)))
    }

    /// Goes to the next heading, or to the one before.
    fn go_to_heading(&mut self, rows: &[FilterRow], direction: Action) {
        let is_heading = |row: &FilterRow| matches!(row, FilterRow::Facet(_));
        let at = self.cursor.row.min(rows.len());
        let place = if direction == Action::NextFilter {
            let next = rows.iter().skip(at + 1).position(is_heading);
            next.map(|next| at + 1 + next)
        } else {
            rows[..at].iter().rposition(is_heading)
        };
        self.cursor.row = place.unwrap_or(self.cursor.row);
    }

    /// Unfolds the place or the term at the cursor, or folds it; of anything else the group in which it stands.
    fn fold(&mut self, rows: &[FilterRow], session: &Session) {
        let below = rows.get(self.cursor.row).and_then(|row| rows::below(row, &session.store));
        if let Some(subject) = below.filter(|_| !self.is_narrowed()) {
            self.unfolding.fold(subject);
            return;
        }
        let heading = Self::heading_above(rows, self.cursor.row);
        if let Some(place) = heading
            && let FilterRow::Facet(subject) = rows[place]
            && !self.is_narrowed()
        {
            self.cursor.row = place;
            self.unfolding.fold(subject);
        }
    }

    /// Folds every group, or unfolds those that begin unfolded.
    fn fold_all(&mut self, rows: &[FilterRow], session: &Session) {
        let subjects = rows.iter().filter_map(|row| match row {
            FilterRow::Facet(subject) => Some(*subject),
            _ => None,
        });
        self.unfolding.fold_all(subjects);
        // Of a value its heading is left.
        let heading = Self::heading_above(rows, self.cursor.row).map(|place| rows[place].clone());
        let is_left = self.rows(session).contains(&rows[self.cursor.row.min(rows.len() - 1)]);
        if let Some(heading) = heading.filter(|_| !is_left) {
            self.stay_on(&heading, session);
        }
    }

    fn is_narrowed(&self) -> bool {
        self.narrowing.as_ref().is_some_and(Narrowing::is_on)
    }

    /// Chooses the value at the cursor, folds or unfolds the group, or shows more or fewer of its values.
    fn choose(&mut self, row: FilterRow, choice: Choice, session: &mut Session) {
        match row {
            FilterRow::Value(concept, group, _) => session.toggle_choice(concept, group, choice),
            FilterRow::Mark(field, value, _) => {
                session.toggle_mark_choice(field, value.as_deref(), choice);
            }
            FilterRow::Branch(branch, _) => session.toggle_branch(branch, choice),
            FilterRow::Descriptor(Descriptor { concept, value, .. }, ..) => {
                session.toggle_choice(concept, Some(Group::Value(value)), choice);
            }
            FilterRow::Saved(name, _) => session.ask_search(&name, choice),
            FilterRow::New(name, ..) => session.ask_new(&name),
            FilterRow::Typed | FilterRow::Nothing => (),
            FilterRow::Facet(subject) => self.unfolding.fold(subject),
            FilterRow::More(subject, _) | FilterRow::Fewer(subject) => self.unfolding.open(subject),
        }
    }

    /// Puts the cursor on a row, wherever that is now.
    fn stay_on(&mut self, row: &FilterRow, session: &Session) {
        let same = |other: &FilterRow| match (other, row) {
            (FilterRow::Value(a, b, _), FilterRow::Value(c, d, _)) => (a, b) == (c, d),
            (FilterRow::Mark(a, b, _), FilterRow::Mark(c, d, _)) => (a, b) == (c, d),
            (FilterRow::Branch(a, _), FilterRow::Branch(b, _)) => a == b,
            (FilterRow::Descriptor(a, b, _), FilterRow::Descriptor(c, d, _)) => (a, b) == (c, d),
            (FilterRow::Saved(a, _), FilterRow::Saved(b, _)) => a == b,
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
            (Action::NextFilter | Action::PreviousFilter, _) => self.go_to_heading(&rows, action),
            (Action::FoldFilter, _) => {
                self.fold(&rows, session);
                let more = self.rows(session).len().saturating_sub(rows.len());
                self.cursor.show_below(more, usize::from(canvas::inside(area).height));
            }
            (Action::FoldFilters, Some(_)) if !self.is_narrowed() => self.fold_all(&rows, session),
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
                (Action::NextFilter, "next filter"),
                (Action::FoldFilter, "fold"),
                (Action::Undo, "undo"),
                (Action::ClearFilters, "clear filters"),
                (Action::Back, "to the list"),
                (Action::FoldFilters, "fold all"),
                (Action::Dashboard, "count"),
                (Action::Zoom, "whole screen"),
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
        let most = self.shown.as_ref().map(|shown| Rc::clone(&shown.most)).unwrap_or_default();
        let greatest = most.iter().copied().max().unwrap_or_default();
        for (line, (index, row)) in
            inner.rows().zip(rows.iter().enumerate().skip(self.cursor.offset))
        {
            let selected = view.focused && index == self.cursor.row;
            let most = most.get(index).copied().unwrap_or_default();
            self.draw_row(line, canvas, (row, Scale { most, greatest }), view);
            if selected {
                canvas.line(Rect { width: 1, ..line }, canvas.theme.signs.selection, Style::new());
                canvas.style(line, canvas.theme.selected);
            }
        }
    }
}

impl Narrowing {
    /// Whether anything is typed.
    fn is_on(&self) -> bool {
        !self.input.value().is_empty()
    }
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
