//! The application on a screen in memory: a test presses keys and reads cells. Effects are performed at once.

use crossterm::event::{Event as TerminalEvent, KeyCode, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use trialdex::app::App;
use trialdex::dataset::Dataset;
use trialdex::event::Event;
use trialdex::search::{Cancel, answer, completions};
use trialdex::session::{Effect, Task};

pub(super) struct Screen {
    pub(super) app: App,
    terminal: Terminal<TestBackend>,
}

impl Screen {
    /// An application that waits for its dataset.
    pub(super) fn waiting(columns: u16, rows: u16) -> Self {
        let terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        let mut screen = Self { app: App::default(), terminal };
        screen.handle(Event::Terminal(TerminalEvent::Resize(columns, rows)));
        screen
    }

    pub(super) fn open(dataset: impl Into<Dataset>, (columns, rows): (u16, u16)) -> Self {
        let mut screen = Self::waiting(columns, rows);
        screen.handle(Event::Loaded(dataset.into()));
        screen
    }

    pub(super) fn handle(&mut self, event: Event) {
        self.app.handle(event);
        for effect in self.app.effects() {
            let store = &self.app.session.store;
            match effect {
                Effect::Start(job, Task::Search(query)) => {
                    let results = answer(store, &query, &Cancel::default()).unwrap();
                    self.app.handle(Event::Answered(job, Box::new(results)));
                }
                Effect::Start(job, Task::Complete(begun)) => {
                    let found = completions(store, &begun.text, begun.cursor, &Cancel::default());
                    self.app.handle(Event::Completed(job, found));
                }
                _ => (),
            }
        }
    }

    /// Presses keys, written as in `j j enter ctrl-d`.
    pub(super) fn press(&mut self, keys: &str) {
        for name in keys.split(' ').filter(|name| !name.is_empty()) {
            let (name, modifiers) = match name.strip_prefix("ctrl-") {
                Some(name) => (name, KeyModifiers::CONTROL),
                None => (name, KeyModifiers::NONE),
            };
            let code = match name {
                "enter" => KeyCode::Enter,
                "esc" => KeyCode::Esc,
                "tab" => KeyCode::Tab,
                "space" => KeyCode::Char(' '),
                "down" => KeyCode::Down,
                "up" => KeyCode::Up,
                "pagedown" => KeyCode::PageDown,
                "end" => KeyCode::End,
                name => KeyCode::Char(name.chars().next().unwrap()),
            };
            self.handle(Event::Terminal(TerminalEvent::Key(KeyEvent::new(code, modifiers))));
        }
    }

    pub(super) fn resize(&mut self, columns: u16, rows: u16) {
        self.terminal.backend_mut().resize(columns, rows);
        self.handle(Event::Terminal(TerminalEvent::Resize(columns, rows)));
    }

    pub(super) fn draw(&mut self) -> &Buffer {
        self.terminal.draw(|frame| self.app.draw(frame)).unwrap();
        self.terminal.backend().buffer()
    }
}

/// The rows of the screen as text.
pub(super) fn rows(buffer: &Buffer) -> Vec<String> {
    let area = buffer.area;
    let row = |y| (0..area.width).map(|x| buffer[(x, y)].symbol()).collect();
    (0..area.height).map(row).collect()
}
