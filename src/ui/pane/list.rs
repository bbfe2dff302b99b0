//! The list of the studies that were found. It draws only the rows on the screen, so a long list costs no more.

mod age;
mod beside;
mod card;
mod columns;
mod heading;

use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use super::{Hint, Pane, View};
use crate::search::{self, Sort, Suited, Taken};
use crate::session::{Completeness, Fold, ListLine, Session};
use crate::store::{StoreId, StudyIdx};
use crate::study::Concept;
use crate::study::Link;
use crate::text;
use crate::ui::action::Action;
use crate::ui::canvas::{self, Border, Canvas};
use crate::ui::theme::Theme;
use crate::ui::trial::{self, MarkSigns, Trial};
use crate::ui::widget::cursor::Cursor;
use columns::Column;

/// From this width on the list is a table.
const TABLE: u16 = 90;
/// From this height on a trial has two lines where there is no room for a table.
const TALL: u16 = 6;
/// The columns of the signs in front of a trial.
const SIGNS: u16 = 4;

/// How the trials stand in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// The title, and below it what one wants to know first.
    TwoLines,
    /// The id, the phase and the title.
    OneLine,
    /// Columns below a header.
    Table,
}

impl Form {
    fn of(inner: Rect) -> Self {
        match (inner.width, inner.height) {
            (TABLE.., 2..) => Self::Table,
            (_, TALL..) => Self::TwoLines,
            _ => Self::OneLine,
        }
    }

    /// The lines of a trial.
    fn lines(self) -> u16 {
        if self == Self::TwoLines { 2 } else { 1 }
    }

    /// Where the trials stand in the list.
    fn rows(self, inner: Rect) -> Rect {
        let header = u16::from(self == Self::Table);
        Rect { y: inner.y + header, height: inner.height - header, ..inner }
    }

    /// How many trials are seen at once.
    fn seen(self, inner: Rect) -> usize {
        usize::from(self.rows(inner).height / self.lines())
    }
}

#[derive(Default)]
pub(super) struct ListPane {
    cursor: Cursor,
    /// Which store the rows were drawn of.
    of: StoreId,
    /// How the list was drawn last, for its hints.
    drawn: Drawn,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Drawn {
    #[default]
    Plain,
    InGroups,
}

impl Pane for ListPane {
    fn act(&mut self, action: Action, area: Rect, session: &mut Session) -> bool {
        if action == Action::Pin {
            if let Some(study) = session.row() {
                session.toggle_pin(study);
            }
            return true;
        }
        if act_on_groups(action, session) {
            return true;
        }
        self.cursor.row = session.selected;
        let inner = canvas::inside(area);
        let height = Form::of(inner).seen(inner);
        let moved = self.cursor.act(action, session.lines(), height);
        if moved {
            session.select(self.cursor.row);
        }
        moved
    }

    fn click(&mut self, at: Position, area: Rect, session: &mut Session) -> Option<Link> {
        let inner = canvas::inside(area);
        let form = Form::of(inner);
        let rows = form.rows(inner);
        if rows.contains(at) {
            let line = self.cursor.offset + usize::from((at.y - rows.y) / form.lines());
            session.select(line);
            if let Some(ListLine::Group(_)) = session.line(line) {
                session.fold_group(Fold::Turn);
            }
        } else if inner.contains(at) {
            let sort = present_order(session);
            let room = beside::left_of(inner, session);
            let columns = columns::columns(beside_signs(room, session), session, sort);
            let column = columns.iter().find(|column| column.on(inner).contains(at));
            match column.map(|column| (column, column.order(sort))) {
                Some((_, Some(sort))) => session.sort(Some(sort)),
                Some((column, None)) => {
                    session.say(format!("the list has no order by {}", column.of.label()));
                }
                None => (),
            }
        }
        None
    }

    fn hints(&self) -> &'static [Hint] {
        if self.drawn == Drawn::InGroups {
            return &[
                (Action::NextGroup, "next group"),
                (Action::PreviousGroup, "group before"),
                (Action::FoldGroup, "fold"),
                (Action::UnfoldGroup, "unfold"),
                (Action::FoldAllGroups, "all"),
                (Action::Read, "read"),
                (Action::Search, "search"),
                (Action::Filters, "filters"),
                (Action::Group, "group"),
                (Action::Quit, "quit"),
                (Action::Sort, "sort"),
                (Action::Pin, "pin"),
                (Action::Compare, "compare"),
                (Action::Export, "save"),
                (Action::Dashboard, "count"),
            ];
        }
        &[
            (Action::Search, "search"),
            (Action::Filters, "filters"),
            (Action::Read, "read"),
            (Action::Pin, "pin"),
            (Action::Compare, "compare"),
            (Action::Sort, "sort"),
            (Action::OpenPage, "open page"),
            (Action::Quit, "quit"),
            (Action::ClearFilters, "clear filters"),
            (Action::Export, "save"),
            (Action::Why, "why found"),
            (Action::Dashboard, "count"),
            (Action::Columns, "columns"),
            (Action::Group, "group"),
            (Action::Related, "related"),
            (Action::Include, "include"),
            (Action::LeaveOut, "exclude"),
            (Action::Person, "for a person"),
            (Action::Copy, "copy"),
            (Action::Undo, "undo"),
            (Action::Screen, "screen"),
            (Action::Unpin, "unpin all"),
        ]
    }

    fn draw(&mut self, area: Rect, canvas: &mut Canvas, view: &View) {
        let session = view.session;
        let rows = &session.results.rows;
        let separator = canvas.theme.signs.separator;
        let mut title = format!("Trials {separator} {}", order(session));
        let (mut note, mut drawn) = (String::new(), Drawn::Plain);
        if let Some(groups) = session.grouping() {
            let by = groups.groups().concept().label();
            title = format!("Trials {separator} in groups by {by} {separator} {}", order(session));
            (note, drawn) = (heading::note(session, groups), Drawn::InGroups);
        } else if !rows.is_empty() {
            let [row, of] = [session.selected + 1, rows.len()].map(|it| text::grouped(it as u64));
            let so_far = if session.completeness == Completeness::Part { " so far" } else { "" };
            note = format!("{row} of {of}{so_far}");
        }
        self.drawn = drawn;
        let inner = Border { title: &title, note: &note, style: view.border(canvas.theme) }
            .draw(area, canvas);
        if rows.is_empty() {
            empty(inner, canvas, view);
            return;
        }
        // In a store that holds more, the selected row stays where it is on the screen.
        let before = std::mem::replace(&mut self.of, session.store.identity());
        if before != StoreId::default() && before != self.of {
            let offset = self.cursor.offset + session.selected;
            self.cursor.offset = offset.saturating_sub(self.cursor.row);
        }
        self.cursor.row = session.selected;
        let form = Form::of(inner);
        self.cursor.scroll(session.lines(), form.seen(inner));
        let last = self.cursor.offset + form.seen(inner);
        let sort = present_order(session);
        let room = beside::left_of(inner, session);
        let columns = columns::columns(beside_signs(room, session), session, sort);
        if form == Form::Table {
            columns::draw_header(Rect { height: 1, ..inner }, canvas, &columns, sort);
        }
        let window = (self.cursor.offset..last).map_while(|row| Some((row, session.line(row)?)));
        let lines = form.rows(inner).rows().step_by(usize::from(form.lines()));
        for (line, (row, shown)) in lines.zip(window) {
            let line = Rect { height: form.lines(), ..line };
            let study = match (shown, session.grouping()) {
                (ListLine::Study(study), _) => study,
                (ListLine::Group(place), Some(groups)) => {
                    heading::draw(line, canvas, session, (groups, place));
                    if row == self.cursor.row {
                        canvas.style(line, canvas.theme.selected);
                    }
                    continue;
                }
                (ListLine::Group(_), None) => continue,
            };
            let listed = Listed { study, is_at_cursor: row == self.cursor.row, session };
            let title = match form {
                Form::Table => draw_table_row(line, canvas, &columns, listed),
                Form::TwoLines => draw_card(line, canvas, listed),
                Form::OneLine => draw_row(line, canvas, listed),
            };
            beside::draw(line, canvas, study, view);
            if row == self.cursor.row {
                canvas.style(line, canvas.theme.selected);
            }
            let words = session.store.title(study);
            let places = search::highlighted(words, Concept::Title, &session.results.highlights);
            canvas.mark_places(title, words, &places, canvas.theme.matched);
        }
    }
}

/// Does what an action means in a list that is in groups; false if it means nothing of that.
fn act_on_groups(action: Action, session: &mut Session) -> bool {
    match action {
        Action::NextGroup => session.step_group(1),
        Action::PreviousGroup => session.step_group(-1),
        Action::FoldGroup => session.fold_group(Fold::Fold),
        Action::UnfoldGroup => session.fold_group(Fold::Unfold),
        Action::FoldAllGroups => session.fold_all_groups(),
        Action::Read if matches!(session.line(session.selected), Some(ListLine::Group(_))) => {
            session.fold_group(Fold::Turn);
        }
        _ => return false,
    }
    true
}

/// What the list is ordered by; `None` if it is how well a trial matches.
fn present_order(session: &Session) -> Option<Sort> {
    let is_listed = session.results.taken.iter().all(Taken::is_choice);
    session.query().sort.first().or(is_listed.then_some(Sort::NEWEST))
}

/// The same in words.
fn order(session: &Session) -> String {
    let words = |sort: Sort| format!("{}, {}", sort.by.label(), sort.first());
    let sorts: Vec<String> = session.query().sort.iter().map(words).collect();
    match (present_order(session), &session.query().profile) {
        (_, Some(profile)) => {
            let Suited { fit, not_stated, do_not_fit } = session.results.suited.unwrap_or_default();
            let by = if sorts.is_empty() { "" } else { ", by " };
            let sorts = sorts.join("; ");
            format!(
                "for {profile}{by}{sorts}: {fit} fit, {not_stated} not stated, {do_not_fit} do not"
            )
        }
        (Some(sort), _) if sorts.is_empty() => format!("by {}", words(sort)),
        (Some(_), _) => format!("by {}", sorts.join("; ")),
        (None, _) => "best match first".to_owned(),
    }
}

/// Says why there is nothing to see and what to do.
fn empty(area: Rect, canvas: &mut Canvas, view: &View) {
    let (session, key) = (view.session, |action| view.key(action));
    let mut lines: Vec<String> = Vec::new();
    if session.is_searching() {
        lines.push("Searching…".to_owned());
    } else if session.awaits_prose() {
        lines.push("The prose is not indexed yet.".to_owned());
        if session.is_indexing() {
            lines.push("The answer comes when it is.".to_owned());
        }
    } else {
        lines.push("No trial fits.".to_owned());
        let lost = session.results.taken.iter().filter(|taken| taken.places.is_empty());
        lines.extend(lost.map(|taken| format!("Nothing has {}.", taken.term)));
        let without = session.results.clauses().iter().filter(|it| it.without > 0);
        lines.extend(without.map(|it| {
            let (alone, without) = (text::grouped(it.alone), text::grouped(it.without));
            format!("{without} without {}, which alone finds {alone}.", it.text)
        }));
        let [search, undo] = [Action::Search, Action::Undo].map(key);
        lines.extend([String::new(), format!("{search} changes the words")]);
        lines.push(format!("{undo} undoes the last change"));
        if Concept::facets().any(|concept| !session.query().choices(concept).is_empty()) {
            lines.push(format!("{} takes every filter back", key(Action::ClearFilters)));
        }
    }
    for (row, line) in area.rows().zip(lines) {
        canvas.line(row, &line, canvas.theme.dim);
    }
}

/// The room behind the signs of a trial.
fn beside_signs(area: Rect, session: &Session) -> Rect {
    let signs = (SIGNS + MarkSigns::width(session)).min(area.width);
    Rect { x: area.x + signs, width: area.width - signs, ..area }
}

/// A trial on a line of the list.
#[derive(Clone, Copy)]
struct Listed<'a> {
    study: StudyIdx,
    is_at_cursor: bool,
    session: &'a Session,
}

impl<'a> Listed<'a> {
    fn trial(self, theme: &Theme) -> Trial<'a> {
        let Self { study, is_at_cursor, session } = self;
        Trial {
            store: &session.store,
            study,
            is_at_cursor,
            is_pinned: session.is_pinned(study),
            signs: MarkSigns::of(session, study, theme),
        }
    }
}

/// Draws a trial on one line; gives the room of the title.
fn draw_row(area: Rect, canvas: &mut Canvas, listed: Listed) -> Rect {
    let (theme, Listed { study, session, .. }) = (canvas.theme, listed);
    let rest = trial::draw_signs(area, canvas, listed.trial(theme), theme);
    let rest = Rect { width: rest.width.saturating_sub(beside::width(area, session)), ..rest };
    canvas.line(rest, session.store.title(study), Style::new());
    rest
}

/// Draws a trial on two lines; gives the room of the title.
fn draw_card(area: Rect, canvas: &mut Canvas, listed: Listed) -> Rect {
    let Listed { study, session, .. } = listed;
    let title = Rect { height: 1, ..beside_signs(area, session) };
    trial::draw_marks(Rect { height: 1, ..area }, canvas, listed.trial(canvas.theme));
    canvas.line(title, session.store.title(study), Style::new().add_modifier(Modifier::BOLD));
    let room = title.width.saturating_sub(beside::width(area, session));
    let facts = Rect { y: area.y + 1, width: room, ..title };
    card::draw_facts(facts, canvas, (session, study));
    title
}

/// Draws a trial as a row of the table; gives the room of the title.
fn draw_table_row(area: Rect, canvas: &mut Canvas, columns: &[Column], listed: Listed) -> Rect {
    let Listed { study, session, .. } = listed;
    trial::draw_marks(area, canvas, listed.trial(canvas.theme));
    columns::draw_cells(area, canvas, columns, (session, study));
    let title = columns.iter().find(|column| column.is_title());
    let mut title = title.map_or(Rect::ZERO, |column| column.on(area));
    let updated = search::Column::Concept(Concept::Updated);
    if !columns.iter().any(|column| column.of == updated)
        && let Some(old) = age::of_open(session, study)
    {
        title = canvas.line_right(title, &format!("updated {old} ago"), canvas.theme.key);
    }
    canvas.line(title, session.store.title(study), Style::new());
    title
}
