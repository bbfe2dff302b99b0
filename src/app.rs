//! The application: hands events to panes, collects effects, and draws. Knows no thread and no terminal.

use ratatui::Frame;

use crate::event::Event;
use crate::session::Effect;

/// The whole of the user interface.
#[derive(Debug, Default)]
pub struct App {
    effects: Vec<Effect>,
}

impl App {
    /// Takes in what happened.
    pub fn handle(&mut self, event: Event) {
        if let Event::Terminal(crossterm::event::Event::Key(key)) = event
            && key.code == crossterm::event::KeyCode::Char('q')
        {
            self.effects.push(Effect::Quit);
        }
    }

    /// What the session asks of the world since the last call.
    pub fn effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    pub fn draw(&mut self, frame: &mut Frame) {
        frame.render_widget("trialdex", frame.area());
    }
}
