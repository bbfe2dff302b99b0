//! What is on the screen, one layer above the other: the panes at the bottom, above them menus and pages, and the panes
//! once more where a page has led to another study or to a comparison. A layer that is closed shows the one below it
//! as it was left.
//!
//! Knows nothing of keys.

use ratatui::layout::Rect;

use crate::session::{Session, VersionPair};
use crate::ui::layout::Arrangement;
use crate::ui::pane::PaneId;
use crate::ui::popup::Popup;
use crate::ui::trail::Trail;

/// One layer above the bottom.
pub(super) enum Layer {
    Popup(Popup),
    Panes {
        arrangement: Arrangement,
        /// The study that is shown instead of the selected one, where it is another than in the layers below.
        visit: Option<Trail>,
        /// What is compared here instead of the pinned studies.
        versions: Option<VersionPair>,
    },
}

/// All layers. There is always one, because the panes at the bottom stay.
#[derive(Default)]
pub(super) struct Layers {
    bottom: Arrangement,
    /// The topmost last.
    above: Vec<Layer>,
}

impl Layers {
    /// The menu or page that is on top; `None` when the panes are.
    pub(super) fn popup(&self) -> Option<&Popup> {
        match self.above.last() {
            Some(Layer::Popup(popup)) => Some(popup),
            Some(Layer::Panes { .. }) | None => None,
        }
    }

    pub(super) fn popup_mut(&mut self) -> Option<&mut Popup> {
        match self.above.last_mut() {
            Some(Layer::Popup(popup)) => Some(popup),
            Some(Layer::Panes { .. }) | None => None,
        }
    }

    /// How the panes at the bottom are arranged.
    pub(super) fn bottom(&self) -> Arrangement {
        self.bottom
    }

    /// How the topmost panes are arranged.
    pub(super) fn arrangement(&self) -> Arrangement {
        let panes = self.above.iter().rev().find_map(|layer| match layer {
            Layer::Panes { arrangement, .. } => Some(arrangement),
            Layer::Popup(_) => None,
        });
        *panes.unwrap_or(&self.bottom)
    }

    pub(super) fn arrangement_mut(&mut self) -> &mut Arrangement {
        let panes = self.above.iter_mut().rev().find_map(|layer| match layer {
            Layer::Panes { arrangement, .. } => Some(arrangement),
            Layer::Popup(_) => None,
        });
        panes.unwrap_or(&mut self.bottom)
    }

    /// The study that is shown instead of the selected one, with those beside it.
    pub(super) fn visit(&self) -> Option<&Trail> {
        self.above.iter().rev().find_map(|layer| match layer {
            Layer::Panes { visit, .. } => visit.as_ref(),
            Layer::Popup(_) => None,
        })
    }

    pub(super) fn visit_mut(&mut self) -> Option<&mut Trail> {
        self.above.iter_mut().rev().find_map(|layer| match layer {
            Layer::Panes { visit, .. } => visit.as_mut(),
            Layer::Popup(_) => None,
        })
    }

    /// The records of one study that the topmost panes compare.
    pub(super) fn versions(&self) -> Option<VersionPair> {
        self.above.iter().rev().find_map(|layer| match layer {
            Layer::Panes { versions, .. } => Some(*versions),
            Layer::Popup(_) => None,
        })?
    }

    /// Whether there is a layer to close.
    pub(super) fn is_closable(&self) -> bool {
        !self.above.is_empty()
    }

    /// Puts a menu or a page on top.
    pub(super) fn open(&mut self, popup: Popup) {
        self.above.push(Layer::Popup(popup));
    }

    /// Tells menus and pages that there is another answer.
    pub(super) fn take_answer(&mut self, session: &Session) {
        for layer in &mut self.above {
            if let Layer::Popup(popup) = layer {
                popup.take_answer(session);
            }
        }
    }

    /// Tells the menu or page on top which paths there are.
    pub(super) fn take_paths(&mut self, found: &[String]) {
        if let Some(popup) = self.popup_mut() {
            popup.take_paths(found);
        }
    }

    /// Puts the panes on top, with the focus on one of them.
    pub(super) fn lead_to(&mut self, focus: PaneId, visit: Option<Trail>) {
        let arrangement = Arrangement { focus, ..self.arrangement() };
        self.above.push(Layer::Panes { arrangement, visit, versions: None });
    }

    /// Puts the panes on top, with a comparison of two records of one study.
    pub(super) fn lead_to_versions(&mut self, versions: VersionPair) {
        let arrangement = Arrangement { focus: PaneId::Comparison, ..self.arrangement() };
        self.above.push(Layer::Panes { arrangement, visit: None, versions: Some(versions) });
    }

    /// Takes the topmost layer away; never the bottom.
    pub(super) fn close(&mut self) -> Option<Layer> {
        self.above.pop()
    }

    /// Closes a comparison that is on top, if it was begun in the panes below it.
    pub(super) fn leave_comparison(&mut self) {
        let begun_on_page = matches!(&self.above[..], [.., Layer::Popup(_), _]);
        if self.arrangement().focus == PaneId::Comparison && !begun_on_page {
            self.close();
        }
    }

    /// Closes every layer but the panes, with the focus on one of them. A comparison stands above them.
    pub(super) fn flatten(&mut self, focus: PaneId) {
        let on_top = Arrangement { focus, ..self.arrangement() };
        self.above.clear();
        if focus == PaneId::Comparison {
            self.bottom.focus = PaneId::List;
            self.lead_to(focus, None);
        } else {
            self.bottom = on_top;
        }
    }

    /// The menus and pages that can be seen, the topmost last, and what can be seen beneath them.
    pub(super) fn visible(&mut self, body: Rect) -> (Vec<&mut Popup>, Beneath) {
        let mut seen = Vec::new();
        for layer in self.above.iter_mut().rev() {
            let Layer::Popup(popup) = layer else { break };
            let covers = popup.area(body) == body;
            seen.insert(0, popup);
            if covers {
                return (seen, Beneath::Covered);
            }
        }
        (seen, Beneath::Panes)
    }
}

/// What is seen of the panes beneath menus and pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beneath {
    Panes,
    /// Nothing: a page covers them.
    Covered,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::StudyIdx;
    use crate::ui::action::Scope;
    use crate::ui::keymap::Keymap;
    use crate::ui::popup::menus;
    use crate::ui::theme::Theme;

    fn page() -> Popup {
        menus::comparison_saves()
    }

    fn study(number: u32) -> Trail {
        Trail::from(StudyIdx(number))
    }

    /// The focus, and the study that is visited.
    fn top(layers: &Layers) -> (PaneId, Option<u32>) {
        (layers.arrangement().focus, layers.visit().map(|trail| trail.study().0))
    }

    #[test]
    fn a_closed_layer_shows_the_one_below_as_it_was_left() {
        let mut layers = Layers::default();
        layers.arrangement_mut().zoomed = true;
        layers.open(page());
        layers.lead_to(PaneId::Detail, Some(study(3)));
        layers.arrangement_mut().zoomed = false;
        layers.lead_to(PaneId::Comparison, None);
        assert_eq!(top(&layers), (PaneId::Comparison, Some(3)));
        layers.open(page());
        assert!(layers.popup().is_some());
        layers.close();
        layers.close();
        assert_eq!(top(&layers), (PaneId::Detail, Some(3)));
        layers.close();
        assert!(layers.popup().is_some());
        layers.close();
        assert_eq!(top(&layers), (PaneId::List, None));
        assert!(layers.arrangement().zoomed && layers.close().is_none() && !layers.is_closable());
    }

    #[test]
    fn only_a_comparison_stays_above_the_panes() {
        for (focus, closable) in [(PaneId::Detail, false), (PaneId::Comparison, true)] {
            let mut layers = Layers::default();
            layers.open(page());
            layers.lead_to(PaneId::Detail, Some(study(3)));
            layers.open(page());
            layers.lead_to(focus, Some(study(1)));
            layers.flatten(focus);
            assert_eq!((top(&layers), layers.is_closable()), ((focus, None), closable));
            layers.close();
        }
    }

    #[test]
    fn panes_below_a_page_that_covers_them_are_not_seen() {
        let body = Rect::new(0, 1, 60, 20);
        let mut layers = Layers::default();
        assert_eq!(layers.visible(body).1, Beneath::Panes);
        layers.open(page());
        assert_eq!((layers.visible(body).0.len(), layers.visible(body).1), (1, Beneath::Panes));
        layers.open(Popup::help(Scope::Everywhere, &Keymap::default(), &Theme::default()));
        layers.open(page());
        assert_eq!((layers.visible(body).0.len(), layers.visible(body).1), (2, Beneath::Covered));
        layers.lead_to(PaneId::Detail, None);
        assert_eq!((layers.visible(body).0.len(), layers.visible(body).1), (0, Beneath::Panes));
    }
}
