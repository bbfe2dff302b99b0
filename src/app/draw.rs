//! The drawing of it all: the title, the panes or how the load stands, what is on top, the hints.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::widgets::{Clear, Widget as _};

use super::layer::Beneath;
use super::{App, Load, body};
use crate::event::Loading;
use crate::store::FRONT;
use crate::ui::action::Action;
use crate::ui::layout::Areas;
use crate::ui::pane::{PaneId, View};
use crate::ui::status::{self, Here};
use crate::ui::widget::paint;

impl App {
    /// Draws everything on the size that the frame has.
    pub fn draw(&mut self, frame: &mut Frame) {
        self.screen = frame.area();
        let areas = self.areas();
        let buf = frame.buffer_mut();
        if areas.panes().is_empty() {
            paint::line(self.screen, buf, "trialdex needs more room", self.theme.dim);
            return self.theme.finish(buf);
        }
        status::title(areas.title, buf, &self.session, (&self.theme, &self.keymap));
        let body = body(self.screen);
        match &self.load {
            Load::Going(loading) => status::loading(body, buf, loading, &self.theme),
            Load::Failed(reason) => status::failed(body, buf, reason, &self.theme),
            // So many rows cannot be glimpsed.
            Load::Glimpsed if usize::from(body.height) > FRONT => {
                status::loading(body, buf, &Loading::default(), &self.theme);
            }
            Load::Glimpsed | Load::Done => self.draw_layers(&areas, buf),
        }
        self.draw_hints(&areas, buf);
        self.theme.finish(buf);
    }

    /// Draws what can be seen of the panes, and of the menus and pages above them.
    fn draw_layers(&mut self, areas: &Areas, buf: &mut Buffer) {
        let focus = self.layers.popup().is_none().then_some(self.focus());
        let body = body(self.screen);
        let (popups, beneath) = self.layers.visible(body);
        let (session, theme, keymap) = (&self.session, &self.theme, &self.keymap);
        if beneath == Beneath::Panes {
            for &(pane, area) in areas.panes() {
                let view = View { session, theme, keymap, focused: focus == Some(pane) };
                Clear.render(area, buf);
                self.panes.get(pane).draw(area, buf, &view);
            }
        }
        for popup in popups {
            popup.draw(body, buf, &View { session, theme, keymap, focused: true });
        }
    }

    fn draw_hints(&mut self, areas: &Areas, buf: &mut Buffer) {
        let (focus, typing) = (self.focus(), self.typing());
        let hints = match (&self.load, self.layers.popup()) {
            (Load::Going(_) | Load::Failed(_), _) => &[(Action::Quit, "quit")],
            (Load::Glimpsed | Load::Done, Some(popup)) => popup.hints(),
            (Load::Glimpsed | Load::Done, None) => self.panes.get(focus).hints(),
        };
        // A search line of one row has no border that could say it.
        let unsaid = self.session.error().filter(|_| areas.of(PaneId::Search).height == 1);
        let here = Here { theme: &self.theme, keymap: &self.keymap, hints, typing, unsaid };
        status::hints(areas.hints, buf, &self.session, &here);
    }
}
