//! The dashboard: how what was found is distributed over statuses, phases, years and so on, as bars. Each bar is a
//! filter. It counts again whenever there is another answer.

use std::sync::Arc;

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{Command, Page, Response};
use crate::search::stats::{DASHBOARD, Dimension, Group, Statistics};
use crate::search::{Ask, Distribution, Expr, Term};
use crate::session::{Completeness, Session};
use crate::store::Store;
use crate::study::Concept;
use crate::text;
use crate::ui::action::{Action, Scope};
use crate::ui::canvas::{self, Border, Canvas};
use crate::ui::pane::{Hint, View};
use crate::ui::widget::cursor::Cursor;

/// So many names of a field are listed; more of them is what filters are for.
const NAMES: usize = 200;
/// A panel is so wide at least where several stand beside each other.
const PANEL: u16 = 56;
/// The height of a panel with few bars; its frame is of this.
const LEAST: u16 = 7;
const FRAME: u16 = 2;
/// From so many columns on a bar has its share beside its number.
const ROOMY: u16 = 36;
/// Columns for the signs before a bar, and for its share.
const SIGNS: u16 = 3;
const SHARE: u16 = 6;

pub(super) struct DashboardPage {
    store: Arc<Store>,
    panels: Vec<Panel>,
    /// The panel that keys go to.
    at: usize,
    studies: usize,
}

/// One field.
struct Panel {
    concept: Concept,
    counted: Distribution,
    bars: Vec<Bar>,
    cursor: Cursor,
}

/// The studies of one group; `None` is "not stated".
struct Bar {
    group: Option<Group>,
    label: String,
    studies: u32,
}

impl DashboardPage {
    pub(super) fn new(session: &Session) -> Self {
        let store = Arc::clone(&session.store);
        let mut page = Self { store, panels: Vec::new(), at: 0, studies: 0 };
        page.count(session);
        page
    }

    fn count(&mut self, session: &Session) {
        self.store = Arc::clone(&session.store);
        self.studies = session.results.rows.len();
        let statistics = Statistics::new(&self.store, &session.marks, &session.results.rows);
        let panels = DASHBOARD.iter().enumerate().map(|(place, &concept)| {
            let panel =
                Panel::new(&self.store, concept, statistics.by(Dimension::Concept(concept), NAMES));
            match self.panels.get(place) {
                Some(before) => panel.in_place_of(before),
                None => panel,
            }
        });
        self.panels = panels.collect();
    }

    /// The panels that are on the screen, and where: below the heading, on as many shelves as there is room for.
    fn places(&self, area: Rect) -> Vec<(usize, Rect)> {
        let below = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        let columns = usize::from(area.width / PANEL).clamp(1, self.panels.len());
        let bars: Vec<usize> = self.panels.iter().map(|panel| panel.bars.len()).collect();
        let wanted: Vec<u16> = bars
            .chunks(columns)
            .map(|shelf| shelf.iter().max().map_or(0, |&bars| bars as u16) + FRAME)
            .collect();
        let mut y = below.y;
        let mut places = Vec::new();
        for (shelf, height) in shelves(&wanted, self.at / columns, below.height) {
            let left = |column: usize| (usize::from(area.width) * column / columns) as u16;
            let first = shelf * columns;
            for (column, place) in (first..self.panels.len()).take(columns).enumerate() {
                let (start, end) = (left(column), left(column + 1));
                let panel = Rect { x: area.x + start, y, width: end - start, height };
                places.push((place, panel));
            }
            y += height;
        }
        places
    }

    /// Filters by the bar at the cursor, or no longer.
    fn narrow(&self) -> Response {
        let Panel { concept, bars, cursor, .. } = &self.panels[self.at];
        let label = concept.label();
        Response::Do(match bars.get(cursor.row) {
            Some(bar) if bar.studies > 0 => Command::Narrow(bar.term(&self.store, *concept)),
            Some(_) if self.studies > 0 => {
                Command::Say(format!("each of these trials states its {label}: none to filter by"))
            }
            _ => Command::Say("no trial was found: none to filter by".to_owned()),
        })
    }
}

/// The shelves on the screen that `at` is on, with the height of each: as many as stand in `room` with few bars each,
/// then with as many more as there is room for.
fn shelves(wanted: &[u16], at: usize, room: u16) -> Vec<(usize, u16)> {
    let mut screens: Vec<Vec<(usize, u16)>> = Vec::new();
    let mut left = 0;
    for (shelf, &wanted) in wanted.iter().enumerate() {
        let least = wanted.min(LEAST);
        if let Some(screen) = screens.last_mut().filter(|_| least <= left) {
            screen.push((shelf, least));
        } else {
            left = room;
            screens.push(vec![(shelf, least.min(room))]);
        }
        left = left.saturating_sub(least);
    }
    let is_here = |screen: &Vec<(usize, u16)>| screen.iter().any(|&(shelf, _)| shelf == at);
    let mut screen = screens.into_iter().find(is_here).unwrap_or_default();
    let mut left = room.saturating_sub(screen.iter().map(|&(_, height)| height).sum());
    // The lowest one grows first, so that none stays low beside a high one.
    while left > 0 {
        let growing = screen.iter_mut().filter(|(shelf, height)| *height < wanted[*shelf]);
        let Some((_, height)) = growing.min_by_key(|(_, height)| *height) else { break };
        *height += 1;
        left -= 1;
    }
    screen
}

impl Panel {
    fn new(store: &Store, concept: Concept, counted: Distribution) -> Self {
        let bar = |(group, studies): (Option<Group>, u32)| Bar {
            group,
            label: counted.label(store, group),
            studies,
        };
        let bars = counted.bars().map(bar).collect();
        Self { concept, counted, bars, cursor: Cursor::default() }
    }

    /// With the cursor on the group where it was.
    fn in_place_of(mut self, before: &Self) -> Self {
        let group = before.bars.get(before.cursor.row).map(|bar| bar.group);
        let same = self.bars.iter().position(|bar| Some(bar.group) == group);
        self.cursor.row = same.unwrap_or_default();
        self
    }

    fn title(&self) -> String {
        let label = self.concept.label();
        if self.counted.is_of_several() {
            format!("{label} (several a trial)")
        } else {
            label.to_owned()
        }
    }

    fn note(&self) -> String {
        match (self.counted.quartiles, self.counted.others) {
            (Some(it), _) => {
                format!("median {}, quartiles {} and {}", it.median, it.lower, it.upper)
            }
            (None, 0) => String::new(),
            (None, others) => format!("{} more", text::grouped(others as u64)),
        }
    }

    fn draw(&mut self, area: Rect, canvas: &mut Canvas, view: &View, focus: bool) {
        let theme = canvas.theme;
        let (title, note) = (self.title(), self.note());
        let style = if focus { theme.focus } else { theme.border };
        let inner = Border { title: &title, note: &note, style }.draw(area, canvas);
        self.cursor.scroll(self.bars.len(), usize::from(inner.height));
        let asked = view.session.query();
        let is_asked = |term: Term| asked.conjuncts().contains(&Expr::Term(term));
        let concept = self.concept;
        let is_of_this =
            |part: &Expr| matches!(part, Expr::Term(term) if term.concept == Some(concept));
        let is_chosen_from = asked.conjuncts().iter().any(is_of_this);
        let columns = Columns::new(&self.bars, inner.width);
        let window = self.bars.iter().enumerate().skip(self.cursor.offset);
        for (line, (row, bar)) in inner.rows().zip(window) {
            let is_chosen = is_chosen_from && is_asked(bar.term(&view.session.store, concept));
            if is_chosen && line.width > 1 {
                let sign = Rect { x: line.x + 1, width: 1, ..line };
                canvas.line(sign, theme.signs.included, theme.key);
            }
            columns.draw(line, canvas, bar, &self.counted);
            if focus && row == self.cursor.row {
                canvas.line(
                    Rect { width: line.width.min(1), ..line },
                    theme.signs.selection,
                    Style::new(),
                );
                canvas.style(line, theme.selected);
            }
        }
    }
}

impl Bar {
    fn term(&self, store: &Store, concept: Concept) -> Term {
        match self.group {
            Some(group) => group.term(store, concept),
            None => Term { concept: Some(concept), ask: Ask::NotStated },
        }
    }
}

/// How wide the parts of a row are, and what the longest bar stands for.
struct Columns {
    label: u16,
    bar: u16,
    count: u16,
    share: u16,
    most: u32,
}

impl Columns {
    fn new(bars: &[Bar], width: u16) -> Self {
        let most = bars.iter().map(|bar| bar.studies).max().unwrap_or(0).max(1);
        let count = text::grouped(u64::from(most)).len() as u16;
        let share = if width >= ROOMY { SHARE } else { 0 };
        let room = width.saturating_sub(SIGNS + count + share + 2);
        let longest = bars.iter().map(|bar| text::width(&bar.label)).max().unwrap_or(0);
        let label = u16::try_from(longest).unwrap_or(u16::MAX).min(room / 5 * 3);
        Self { label, bar: room - label, count, share, most }
    }

    fn draw(&self, line: Rect, canvas: &mut Canvas, bar: &Bar, counted: &Distribution) {
        let theme = canvas.theme;
        let parts = [self.label, self.bar, self.count, self.share];
        let mut x = line.x + SIGNS.min(line.width);
        let [label, length, count, share] = parts.map(|width| {
            let part = Rect {
                x: x.min(line.right()),
                width: width.min(line.right().saturating_sub(x)),
                ..line
            };
            x = x.saturating_add(width + 1);
            part
        });
        let dim = bar.group.is_none() || bar.studies == 0;
        canvas.line(label, &bar.label, if dim { theme.dim } else { Style::new() });
        let longest = u64::from(length.width);
        let cells = (u64::from(bar.studies) * longest).div_ceil(u64::from(self.most));
        let cells = usize::try_from(cells).unwrap_or_default();
        canvas.line(
            length,
            &theme.signs.bar.repeat(cells),
            if dim { theme.dim } else { theme.going },
        );
        canvas.line_right(count, &text::grouped(u64::from(bar.studies)), Style::new());
        canvas.line_right(share, &counted.share(bar.studies), theme.dim);
    }
}

impl Page for DashboardPage {
    fn scope(&self) -> Option<Scope> {
        Some(Scope::Page)
    }

    fn hints(&self) -> &'static [Hint] {
        &[
            (Action::Read, "filter by the bar"),
            (Action::Right, "next field"),
            (Action::Left, "previous field"),
            (Action::Undo, "undo"),
            (Action::Back, "to the list"),
        ]
    }

    fn take_answer(&mut self, session: &Session) {
        self.count(session);
    }

    fn act(&mut self, action: Action, area: Rect) -> Response {
        let last = self.panels.len() - 1;
        match action {
            Action::Back | Action::Quit | Action::Dashboard => return Response::Close,
            Action::Read | Action::Pin => return self.narrow(),
            Action::Undo | Action::Redo | Action::ClearFilters => return Response::Here(action),
            Action::Right | Action::NextPane => {
                self.at = if self.at == last { 0 } else { self.at + 1 }
            }
            Action::Left | Action::PreviousPane => self.at = self.at.checked_sub(1).unwrap_or(last),
            _ => {
                let places = self.places(area);
                let place = places.iter().find(|(place, _)| *place == self.at);
                let height = place.map_or(0, |(_, panel)| canvas::inside(*panel).height);
                let panel = &mut self.panels[self.at];
                panel.cursor.act(action, panel.bars.len(), usize::from(height));
            }
        }
        Response::Stay
    }

    fn click(&mut self, at: Position, area: Rect) -> Response {
        let place =
            self.places(area).into_iter().find(|(_, panel)| canvas::inside(*panel).contains(at));
        let Some((place, panel)) = place else { return Response::Stay };
        let row = self.panels[place].cursor.offset + usize::from(at.y - canvas::inside(panel).y);
        if row >= self.panels[place].bars.len() {
            return Response::Stay;
        }
        let again = self.at == place && self.panels[place].cursor.row == row;
        self.at = place;
        self.panels[place].cursor.row = row;
        if again { self.narrow() } else { Response::Stay }
    }

    fn draw(&mut self, area: Rect, canvas: &mut Canvas, view: &View) {
        let theme = canvas.theme;
        let separator = theme.signs.separator;
        let trials = if self.studies == 1 { "trial" } else { "trials" };
        // The text of the search line may be one that makes no sense.
        let asked = match view.session.query().to_string() {
            query if query.is_empty() => "all of them".to_owned(),
            query => text::clean_line(&query).into_owned(),
        };
        let count = text::grouped(self.studies as u64);
        let so_far = if view.session.completeness == Completeness::Part { " so far" } else { "" };
        let page = format!("{} of {}", self.at + 1, self.panels.len());
        let heading = Rect { height: area.height.min(1), ..area };
        let rest = canvas.line_right(heading, &page, theme.dim);
        canvas.line(rest, &format!(" {count} {trials}{so_far} {separator} {asked}"), theme.heading);
        for (place, panel) in self.places(area) {
            self.panels[place].draw(panel, canvas, view, place == self.at);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn shelves_fill_the_screen_that_they_are_on() {
        // Two shelves have few bars, one has many.
        assert_eq!(shelves(&[5, 9, 40], 0, 30), [(0, 5), (1, 9), (2, 16)]);
        assert_eq!(shelves(&[5, 9, 40], 0, 60), [(0, 5), (1, 9), (2, 40)]);
        // The third one stands on a screen of its own, as high as that.
        assert_eq!(shelves(&[5, 9, 40], 1, 18), [(0, 5), (1, 9)]);
        assert_eq!(shelves(&[5, 9, 40], 2, 18), [(2, 18)]);
        assert_eq!(shelves(&[9], 0, 3), [(0, 3)]);
    }

    proptest! {
        #[test]
        fn every_shelf_is_on_a_screen_and_none_is_cut(
            wanted in prop::collection::vec(2..50_u16, 1..12),
            room in 1..80_u16,
        ) {
            for at in 0..wanted.len() {
                let screen = shelves(&wanted, at, room);
                prop_assert!(screen.iter().any(|&(shelf, _)| shelf == at));
                prop_assert!(screen.iter().map(|&(_, height)| height).sum::<u16>() <= room);
                prop_assert!(screen.iter().all(|&(shelf, height)| height <= wanted[shelf]));
            }
        }
    }
}
