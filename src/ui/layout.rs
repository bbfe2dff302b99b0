//! Where the panes are, from the size of the screen, from what is open and from how wide somebody has made them. Keys and
//! clicks ask this, not the last frame.

use ratatui::layout::{Constraint, Layout, Position, Rect};

use super::pane::PaneId;
use crate::session::PaneSizes;

/// Below this the screen only asks for room.
pub const SMALLEST: (u16, u16) = (24, 6);
/// From here on filters, list and detail stand side by side.
const WIDE: u16 = 160;
/// From here on list and detail do, or list and filters; who reads a trial has it alone.
const MEDIUM: u16 = 100;
/// From here on the search line has a border and says how words were understood.
const TALL: u16 = 18;

/// What is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Arrangement {
    pub focus: PaneId,
    /// The focused pane has all the room.
    pub zoomed: bool,
}

/// Where everything is; what is not on the screen has no rectangle.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Areas {
    pub title: Rect,
    pub hints: Rect,
    panes: Vec<(PaneId, Rect)>,
}

impl Areas {
    /// Cuts the screen; nothing has room on one that is too small.
    ///
    /// ```text
    /// title
    /// search
    /// +---------+--------+---------+
    /// | filters |  list  | detail  |
    /// +---------+--------+---------+
    /// hints
    /// ```
    pub fn new(screen: Rect, arrangement: Arrangement, sizes: PaneSizes) -> Self {
        if screen.width < SMALLEST.0 || screen.height < SMALLEST.1 {
            return Self::default();
        }
        let search = if screen.height < TALL { 1 } else { 3 };
        let [title, search, body, hints] = screen.layout(&Layout::vertical([
            Constraint::Length(1),
            Constraint::Length(search),
            Constraint::Fill(1),
            Constraint::Length(1),
        ]));
        let mut panes = body_panes(body, arrangement, sizes);
        panes.push((PaneId::Search, search));
        Self { title, hints, panes }
    }

    /// The panes on the screen, the topmost last.
    pub fn panes(&self) -> &[(PaneId, Rect)] {
        &self.panes
    }

    /// Where `pane` is; empty when it is not on the screen.
    pub fn of(&self, pane: PaneId) -> Rect {
        self.panes.iter().find(|(id, _)| *id == pane).map_or(Rect::ZERO, |&(_, area)| area)
    }

    /// The edge between two panes that is at a place.
    pub fn edge_at(&self, at: Position) -> Option<Edge> {
        let is_there = |edge: &Edge| {
            self.beside(*edge).is_some_and(|[left, _]| {
                (left.right() - 1..=left.right()).contains(&at.x)
                    && (left.top()..left.bottom()).contains(&at.y)
            })
        };
        [Edge::Filters, Edge::List].into_iter().find(is_there)
    }

    /// The sizes of panes when `pane` is so many columns wider; `None` where nothing stands beside it.
    pub fn widened(&self, pane: PaneId, columns: i16, sizes: PaneSizes) -> Option<PaneSizes> {
        let shown = if pane == PaneId::Search { PaneId::List } else { pane };
        let of_left =
            |edge: &Edge| self.beside(*edge).is_some_and(|[left, _]| left == self.of(shown));
        // Its right edge is moved to the right, or its left edge to the left.
        let (edge, columns) = match [Edge::Filters, Edge::List].into_iter().find(of_left) {
            Some(edge) => (edge, columns),
            None => (Edge::List, -columns),
        };
        let [left, _] = self.beside(edge)?;
        Some(self.moved(edge, left.right().saturating_add_signed(columns), sizes))
    }

    /// The sizes of panes when an edge is moved to a column of the screen, as far as that leaves room.
    pub fn moved(&self, edge: Edge, column: u16, sizes: PaneSizes) -> PaneSizes {
        let Some([left, right]) = self.beside(edge) else { return sizes };
        match edge {
            Edge::Filters => {
                let room = right.width + left.width + self.of(PaneId::Detail).width;
                PaneSizes { filters: Some(share(column.saturating_sub(left.x), room)), ..sizes }
            }
            Edge::List => {
                let room = right.width + left.width;
                PaneSizes { list: Some(share(column.saturating_sub(left.x), room)), ..sizes }
            }
        }
    }

    /// The panes on both sides of an edge that is on the screen.
    fn beside(&self, edge: Edge) -> Option<[Rect; 2]> {
        let right = match edge {
            Edge::Filters => PaneId::List,
            Edge::List if self.of(PaneId::Detail).is_empty() => PaneId::Filters,
            Edge::List => PaneId::Detail,
        };
        let left = if edge == Edge::Filters { PaneId::Filters } else { PaneId::List };
        let [left, right] = [left, right].map(|pane| self.of(pane));
        (!left.is_empty() && !right.is_empty() && left.right() == right.x).then_some([left, right])
    }

    /// The topmost pane at a place.
    pub fn at(&self, position: Position) -> Option<(PaneId, Rect)> {
        self.panes.iter().rev().find(|(_, area)| area.contains(position)).copied()
    }
}

/// The right edge of the filters, or of the list, beside which another pane stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    Filters,
    List,
}

/// No pane that stands beside others has fewer columns.
const NARROWEST: u16 = 20;

/// So many thousandths of a room are so many columns.
fn share(columns: u16, room: u16) -> u16 {
    let share = (u32::from(columns) * 1000).div_ceil(u32::from(room.max(1)));
    share.clamp(1, 999) as u16
}

/// The columns that a share of a room is; enough are left for `others` panes beside it.
fn columns(share: u16, room: u16, others: u16) -> u16 {
    let columns = (u32::from(room) * u32::from(share) / 1000) as u16;
    columns.min(room.saturating_sub(others * NARROWEST)).max(NARROWEST)
}

fn body_panes(body: Rect, arrangement: Arrangement, sizes: PaneSizes) -> Vec<(PaneId, Rect)> {
    let Arrangement { focus, zoomed } = arrangement;
    // The search line is not part of the body; what it searches is the list.
    let shown = if focus == PaneId::Search { PaneId::List } else { focus };
    let is_alone = match shown {
        PaneId::Comparison => true,
        PaneId::Detail => body.width < WIDE,
        _ => body.width < MEDIUM,
    };
    if is_alone || zoomed {
        return vec![(shown, body)];
    }
    if body.width >= WIDE {
        let filters = match sizes.filters {
            Some(share) => columns(share, body.width, 2),
            None => (body.width / 5).clamp(26, 40),
        };
        let parts = [Constraint::Length(filters), Constraint::Fill(1)];
        let [filters, rest] = body.layout(&Layout::horizontal(parts));
        let [list, detail] = list_and_other(rest, sizes);
        return vec![(PaneId::Filters, filters), (PaneId::List, list), (PaneId::Detail, detail)];
    }
    let [list, beside] = list_and_other(body, sizes);
    // The filters take the place of the detail while they are used.
    let right = if shown == PaneId::Filters { PaneId::Filters } else { PaneId::Detail };
    vec![(PaneId::List, list), (right, beside)]
}

fn list_and_other(room: Rect, sizes: PaneSizes) -> [Rect; 2] {
    room.layout(&Layout::horizontal(match sizes.list {
        Some(share) => [Constraint::Length(columns(share, room.width, 1)), Constraint::Fill(1)],
        None if room.width * 5 < NARROWEST * 11 => [Constraint::Fill(1), Constraint::Fill(1)],
        // A title needs the room more than a text that wraps.
        None => [Constraint::Fill(6), Constraint::Fill(5)],
    }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn areas(width: u16, focus: PaneId, sizes: PaneSizes) -> Areas {
        let arrangement = Arrangement { focus, ..Arrangement::default() };
        Areas::new(Rect::new(0, 0, width, 30), arrangement, sizes)
    }

    #[test]
    fn an_edge_stays_where_it_was_moved_to() {
        use PaneId::{Detail, Filters, List};
        for (width, focus, edge, column) in [
            (200, List, Edge::Filters, 50),
            (200, List, Edge::List, 133),
            (160, Detail, Edge::List, 101),
            (101, List, Edge::List, 37),
            (159, Filters, Edge::List, 99),
        ] {
            let before = areas(width, focus, PaneSizes::default());
            let sizes = before.moved(edge, column, PaneSizes::default());
            let after = areas(width, focus, sizes);
            for x in [column - 1, column] {
                assert_eq!(after.edge_at(Position::new(x, 10)), Some(edge), "{width} {column}");
            }
            assert_eq!(after.edge_at(Position::new(column + 1, 10)), None);
            assert_eq!(after.moved(edge, column, sizes), sizes);
        }
        // Nothing is moved where a pane is alone.
        assert_eq!(areas(90, List, PaneSizes::default()).edge_at(Position::new(89, 10)), None);
    }

    #[test]
    fn every_pane_can_be_made_wider_and_narrower() {
        use PaneId::{Detail, Filters, List, Search};
        for (width, focus) in
            [(200, Filters), (200, List), (200, Detail), (200, Search), (120, List), (120, Filters)]
        {
            let before = areas(width, focus, PaneSizes::default());
            let shown = if focus == Search { List } else { focus };
            for columns in [4, -4] {
                let sizes = before.widened(focus, columns, PaneSizes::default()).unwrap();
                let after = areas(width, focus, sizes).of(shown).width;
                let expected = before.of(shown).width.saturating_add_signed(columns);
                assert_eq!(after, expected, "{width} {focus:?} {columns}");
            }
        }
        assert_eq!(
            areas(120, Detail, PaneSizes::default()).widened(Detail, 4, PaneSizes::default()),
            None
        );
    }

    fn shown(width: u16, focus: PaneId) -> Vec<PaneId> {
        let areas = areas(width, focus, PaneSizes::default());
        areas.panes().iter().map(|&(id, _)| id).collect()
    }

    #[test]
    fn what_has_room_is_shown() {
        use PaneId::{Detail, Filters, List, Search};
        assert_eq!(shown(160, List), [Filters, List, Detail, Search]);
        assert_eq!(shown(160, Detail), [Filters, List, Detail, Search]);
        assert_eq!(shown(159, List), [List, Detail, Search]);
        assert_eq!(shown(100, Search), [List, Detail, Search]);
        assert_eq!(shown(159, Filters), [List, Filters, Search]);
        assert_eq!(shown(159, Detail), [Detail, Search]);
        assert_eq!(shown(99, List), [List, Search]);
        assert_eq!(shown(99, Filters), [Filters, Search]);
    }

    proptest! {
        #[test]
        fn nothing_leaves_the_screen(
            (width, height) in (0..300_u16, 0..100_u16),
            focus in prop::sample::select(PaneId::ALL),
            zoomed: bool,
            filters in prop::option::of(1..1000_u16),
            list in prop::option::of(1..1000_u16),
        ) {
            let screen = Rect::new(0, 0, width, height);
            let areas =
                Areas::new(screen, Arrangement { focus, zoomed }, PaneSizes { filters, list });
            for &(_, area) in areas.panes() {
                prop_assert_eq!(area.intersection(screen), area);
            }
            if width >= SMALLEST.0 && height >= SMALLEST.1 {
                prop_assert!(!areas.of(focus).is_empty());
            }
            for &(pane, area) in areas.panes() {
                prop_assert!(area.width >= NARROWEST || pane == PaneId::Search);
            }
        }
    }
}
