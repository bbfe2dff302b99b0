//! What stands on top of the panes until it is closed: menus, the help, and pages as large as the body.

mod help;
mod map;
mod menu;
pub mod menus;
mod related;
mod timeline;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Position, Rect};
use ratatui::widgets::{Clear, Widget as _};
use tui_input::InputRequest;

use super::action::{Action, Scope};
use super::keymap::Keymap;
use super::pane::{Hint, View};
use super::theme::Theme;
use crate::search::Sort;
use crate::session::{Session, Trail};
use crate::store::StudyIdx;
use crate::study::Study;
use crate::text;

pub use help::Help;
pub use map::MapPage;
pub use menu::Menu;
pub use related::RelatedPage;
pub use timeline::TimelinePage;

/// What can be on top.
pub enum Popup {
    Help(Help),
    Menu(Menu),
    Map(Box<MapPage>),
    Related(RelatedPage),
    Timeline(Box<TimelinePage>),
}

/// What choosing from a menu does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    Act(Action),
    Sort(Option<Sort>),
    /// Text for the clipboard, and what it is called.
    Copy(String, String),
    /// A row of the study to go to.
    Section(usize),
    /// Nothing: the entry is only to be read.
    Nothing,
}

/// What became of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Stay,
    Close,
    Choose(Chosen),
    /// Show a study in the detail pane; leaving it leads back here.
    Visit(Trail),
    /// Do something with a study that is listed here.
    With(StudyIdx, Action),
}

impl Popup {
    /// The help for where the user is.
    pub fn help(scope: Scope, keymap: &Keymap, theme: &Theme) -> Self {
        Self::Help(Help::new(scope, keymap, theme))
    }

    /// Where `studies` take place; one line that says why not when a record cannot be read.
    pub fn map(session: &Session, studies: &[StudyIdx]) -> Result<Self, String> {
        MapPage::new(session, studies).map(Box::new).map(Self::Map)
    }

    /// The studies that share most with `study`; `None` when none shares anything.
    pub fn related(session: &Session, study: StudyIdx) -> Option<Self> {
        RelatedPage::new(session, study).map(Self::Related)
    }

    /// Comes back from a visit, of `study` at last.
    pub fn come_back(&mut self, study: StudyIdx) {
        if let Self::Related(page) = self {
            page.select(study);
        }
    }

    /// The dates of `studies`; one line that says why not when a record cannot be read.
    pub fn timeline(session: &Session, studies: &[StudyIdx]) -> Result<Self, String> {
        TimelinePage::new(session, studies).map(Box::new).map(Self::Timeline)
    }

    /// Does what `action` means on top of `body`, the screen between its first and last line.
    pub fn act(&mut self, action: Action, body: Rect) -> Outcome {
        let area = self.area(body);
        match self {
            Self::Help(help) => help.act(action, area),
            Self::Menu(menu) => menu.act(action, area),
            Self::Map(page) => page.act(action, area),
            Self::Related(page) => page.act(action, area),
            Self::Timeline(page) => page.act(action, area),
        }
    }

    /// Takes a click: beside the popup closes it, on an entry of a menu chooses that.
    pub fn click(&mut self, at: Position, body: Rect) -> Outcome {
        let area = self.area(body);
        match self {
            _ if !area.contains(at) => Outcome::Close,
            Self::Help(_) | Self::Timeline(_) => Outcome::Stay,
            Self::Menu(menu) => menu.click(at, area),
            Self::Map(page) => {
                page.click(at, area);
                Outcome::Stay
            }
            Self::Related(page) => page.click(at, area),
        }
    }

    pub fn edit(&mut self, request: InputRequest) {
        match self {
            Self::Help(_) | Self::Related(_) | Self::Timeline(_) => (),
            Self::Menu(menu) => menu.edit(request),
            Self::Map(page) => page.edit(request),
        }
    }

    /// Whether characters are text here, not commands.
    pub fn typing(&self) -> bool {
        match self {
            Self::Help(_) | Self::Related(_) | Self::Timeline(_) => false,
            Self::Menu(menu) => menu.typing(),
            Self::Map(page) => page.typing(),
        }
    }

    /// Where its own keys are looked up; `None` where it has none.
    pub fn scope(&self) -> Option<Scope> {
        match self {
            Self::Help(_) | Self::Menu(_) => None,
            Self::Map(page) => Some(page.scope()),
            Self::Related(_) => Some(Scope::Everywhere),
            Self::Timeline(_) => Some(Scope::Page),
        }
    }

    pub fn hints(&self) -> &'static [Hint] {
        match self {
            Self::Help(_) => &[(Action::Down, "down"), (Action::Up, "up"), (Action::Back, "close")],
            Self::Menu(_) => &[
                (Action::Read, "choose"),
                (Action::Down, "down"),
                (Action::Up, "up"),
                (Action::Back, "close"),
            ],
            Self::Map(page) => page.hints(),
            Self::Related(_) => related::HINTS,
            Self::Timeline(page) => page.hints(),
        }
    }

    pub fn draw(&mut self, body: Rect, buf: &mut Buffer, view: &View) {
        let area = self.area(body);
        // Half a character in front of the border would swallow it.
        for y in area.top()..area.bottom() {
            let before = (area.left().saturating_sub(1), y);
            if area.left() > 0 && text::width(buf[before].symbol()) > 1 {
                buf[before].set_symbol(" ");
            }
        }
        Clear.render(area, buf);
        match self {
            Self::Help(help) => help.draw(area, buf, view),
            Self::Menu(menu) => menu.draw(area, buf, view),
            Self::Map(page) => page.draw(area, buf, view),
            Self::Related(page) => page.draw(area, buf, view),
            Self::Timeline(page) => page.draw(area, buf, view),
        }
    }

    /// Where it stands: in the middle, as high as it needs, with a margin where there is room for one.
    fn area(&self, body: Rect) -> Rect {
        let margin = if body.width > 60 { 8 } else { 0 };
        let room = if body.height > 30 { body.height - 6 } else { body.height };
        let height = match self {
            Self::Help(_) => room,
            Self::Menu(menu) => menu.height().min(room),
            Self::Map(_) | Self::Related(_) | Self::Timeline(_) => return body,
        };
        body.centered(Constraint::Length((body.width - margin).min(90)), Constraint::Length(height))
    }
}

/// The whole record of a study; one line that says why when it cannot be read.
fn record(session: &Session, study: StudyIdx) -> Result<Study, String> {
    let json = session.store.record(study).map_err(|error| error.to_string())?;
    Study::parse(&json).map_err(|error| error.to_string())
}
