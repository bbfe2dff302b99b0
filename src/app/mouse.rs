//! What clicks and the wheel do. Knows where panes are, not what is in them.

use crossterm::event::{Event as TerminalEvent, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use super::{App, body};
use crate::session::{Effect, Mouse};
use crate::ui::action::Action;

/// How many rows one step of the wheel moves.
const WHEEL: usize = 3;

impl App {
    pub(super) fn mouse(&mut self, event: MouseEvent) {
        if !self.load.is_usable() && !self.has_failed() {
            return;
        }
        // What is at a place now may soon be elsewhere.
        if self.session.coming().is_some() {
            return self.wait(TerminalEvent::Mouse(event));
        }
        self.session.is_used |= event.kind != MouseEventKind::Moved;
        let position = Position::new(event.column, event.row);
        let step = match event.kind {
            MouseEventKind::ScrollDown => Action::Down,
            MouseEventKind::ScrollUp => Action::Up,
            MouseEventKind::Down(MouseButton::Left) if self.grasp(position) => return,
            MouseEventKind::Down(MouseButton::Left) => return self.click(position),
            MouseEventKind::Drag(MouseButton::Left) => return self.drag(position),
            MouseEventKind::Up(MouseButton::Left) => return self.grasped = None,
            _ => return,
        };
        if self.layers.popup().is_some() {
            return (0..WHEEL).for_each(|_| self.act(step));
        }
        if let Some((pane, area)) = self.areas().at(position)
            && !self.has_failed()
        {
            for _ in 0..WHEEL {
                self.panes.get(pane).act(step, area, &mut self.session);
            }
        }
    }

    fn click(&mut self, position: Position) {
        self.end_greeting();
        if let Some(action) = self.action_at(position) {
            self.session.notice = None;
            return self.act(action);
        }
        if let Some(popup) = self.layers.popup_mut() {
            let outcome = popup.click(position, body(self.screen));
            return self.settle(outcome);
        }
        if self.has_failed() {
            return;
        }
        let focus = self.focus();
        let area = self.areas().of(focus);
        let is_above = self.panes.get(focus).covers(position, area, body(self.screen));
        let clicked = if is_above { Some((focus, area)) } else { self.areas().at(position) };
        if let Some((pane, area)) = clicked {
            self.go_to(pane);
            let link = self.panes.get(pane).click(position, area, &mut self.session);
            if let Some(link) = link {
                self.follow(&link);
            }
        }
    }

    pub(super) fn toggle_mouse(&mut self) {
        self.mouse = match self.mouse {
            Mouse::Captured => Mouse::Free,
            Mouse::Free => Mouse::Captured,
        };
        self.session.request(Effect::Mouse(self.mouse));
        self.session.say(match self.mouse {
            Mouse::Captured => "the mouse clicks and scrolls here",
            Mouse::Free => "the mouse is the terminal's: it selects text",
        });
    }
}
