//! Where the panes are, from the size of the screen and from what is open. Keys and clicks ask this, not the last
//! frame.

use ratatui::layout::{Constraint, Layout, Position, Rect};

use super::pane::PaneId;

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
    pub fn new(screen: Rect, arrangement: Arrangement) -> Self {
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
        let mut panes = body_panes(body, arrangement);
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

    /// The topmost pane at a place.
    pub fn at(&self, position: Position) -> Option<(PaneId, Rect)> {
        self.panes.iter().rev().find(|(_, area)| area.contains(position)).copied()
    }
}

fn body_panes(body: Rect, arrangement: Arrangement) -> Vec<(PaneId, Rect)> {
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
        let filters = Constraint::Length((body.width / 5).clamp(26, 40));
        // A title needs the room more than a text that wraps.
        let columns = [filters, Constraint::Fill(6), Constraint::Fill(5)];
        let [filters, list, detail] = body.layout(&Layout::horizontal(columns));
        return vec![(PaneId::Filters, filters), (PaneId::List, list), (PaneId::Detail, detail)];
    }
    let [list, beside] =
        body.layout(&Layout::horizontal([Constraint::Fill(6), Constraint::Fill(5)]));
    // The filters take the place of the detail while they are used.
    let right = if shown == PaneId::Filters { PaneId::Filters } else { PaneId::Detail };
    vec![(PaneId::List, list), (right, beside)]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(width: u16, focus: PaneId) -> Vec<PaneId> {
        let areas =
            Areas::new(Rect::new(0, 0, width, 30), Arrangement { focus, ..Arrangement::default() });
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
        fn nothing_leaves_the_screen(width in 0..300_u16, height in 0..100_u16, focus in prop::sample::select(PaneId::ALL), zoomed: bool) {
            let screen = Rect::new(0, 0, width, height);
            let areas = Areas::new(screen, Arrangement { focus, zoomed });
            for &(_, area) in areas.panes() {
                prop_assert_eq!(area.intersection(screen), area);
            }
            if width >= SMALLEST.0 && height >= SMALLEST.1 {
                prop_assert!(!areas.of(focus).is_empty());
            }
        }
    }
}
