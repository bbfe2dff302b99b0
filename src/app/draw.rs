//! The drawing of it all: the title, the panes or how the load stands, what is on top, the hints.

use ratatui::Frame;
use ratatui::widgets::{Clear, Widget as _};

use super::layer::Beneath;
use super::{App, Load, body};
use crate::event::Loading;
use crate::store::FRONT;
use crate::ui::canvas::Canvas;
use crate::ui::layout::Areas;
use crate::ui::pane::View;
use crate::ui::status;
use crate::ui::welcome::{self, Greeting};

impl App {
    /// Draws everything on the size that the frame has.
    pub fn draw(&mut self, frame: &mut Frame) {
        self.screen = frame.area();
        let (areas, theme) = (self.areas(), self.theme.clone());
        let mut canvas = Canvas { buf: frame.buffer_mut(), theme: &theme };
        if areas.panes().is_empty() {
            canvas.line(self.screen, "trialdex needs more room", theme.dim);
            return theme.finish(canvas.buf);
        }
        status::title(areas.title, &mut canvas, &self.titled());
        let body = body(self.screen);
        match &self.load {
            Load::Going(loading) => status::loading(body, &mut canvas, loading),
            Load::Failed(reason) => {
                status::failed(body, &mut canvas, reason);
                self.draw_popups(&mut canvas);
            }
            // So many rows cannot be glimpsed.
            Load::Glimpsed if usize::from(body.height) > FRONT => {
                status::loading(body, &mut canvas, &Loading::default());
            }
            Load::Glimpsed | Load::Part(_) | Load::Done => self.draw_layers(&areas, &mut canvas),
        }
        self.draw_hints(&areas, &mut canvas);
        theme.finish(canvas.buf);
    }

    /// Draws what can be seen of the panes, and of the menus and pages above them.
    fn draw_layers(&mut self, areas: &Areas, canvas: &mut Canvas) {
        let focus = self.layers.popup().is_none().then_some(self.focus());
        let body = body(self.screen);
        let (_, beneath) = self.layers.visible(body);
        let (session, keymap) = (&self.session, &self.keymap);
        if beneath == Beneath::Panes {
            for &(pane, area) in areas.panes() {
                let view = View { session, keymap, focused: focus == Some(pane) };
                Clear.render(area, canvas.buf);
                self.panes.get(pane).draw(area, canvas, &view);
            }
        }
        if self.greeting == Greeting::Shown && beneath == Beneath::Panes {
            welcome::draw(body, canvas, keymap);
        }
        self.draw_popups(canvas);
    }

    fn draw_popups(&mut self, canvas: &mut Canvas) {
        let body = body(self.screen);
        let (session, keymap) = (&self.session, &self.keymap);
        let (popups, _) = self.layers.visible(body);
        for popup in popups {
            popup.draw(body, canvas, &View { session, keymap, focused: true });
        }
    }
}
