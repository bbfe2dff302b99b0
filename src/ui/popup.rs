//! What stands on top of the panes until it is closed: menus, and the help.

mod help;
mod menu;
pub mod menus;
mod overlap;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Position, Rect};
use ratatui::widgets::{Clear, Widget as _};
use tui_input::InputRequest;

use super::action::{Action, Scope};
use super::keymap::Keymap;
use super::pane::{Hint, View};
use super::theme::Theme;
use crate::export::{ComparisonFormat, StudiesFormat};
use crate::search::Sort;
use crate::text;

pub use help::Help;
pub use menu::Menu;
pub use overlap::OverlapPage;

/// What can be on top.
pub enum Popup {
    Help(Help),
    Menu(Menu),
    Overlap(Box<OverlapPage>),
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
    /// The comparison on the screen, saved in a form.
    SaveComparison(ComparisonFormat),
    /// Studies, saved in a form.
    SaveStudies(Which, StudiesFormat),
    /// Nothing: the entry is only to be read.
    Nothing,
}

/// Which studies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    Selected,
    /// All that were found.
    Found,
}

/// What became of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Stay,
    Close,
    Choose(Chosen),
}

impl Popup {
    /// The help for where the user is.
    pub fn help(scope: Scope, keymap: &Keymap, theme: &Theme) -> Self {
        Self::Help(Help::new(scope, keymap, theme))
    }

    /// Does what `action` means on top of `body`, the screen between its first and last line.
    pub fn act(&mut self, action: Action, body: Rect) -> Outcome {
        let area = self.area(body);
        match self {
            Self::Help(help) => help.act(action, area),
            Self::Menu(menu) => menu.act(action, area),
            Self::Overlap(overlap) => overlap.act(action, area),
        }
    }

    /// Takes a click: beside the popup closes it, on an entry of a menu chooses that.
    pub fn click(&mut self, at: Position, body: Rect) -> Outcome {
        let area = self.area(body);
        match self {
            _ if !area.contains(at) => Outcome::Close,
            Self::Help(_) | Self::Overlap(_) => Outcome::Stay,
            Self::Menu(menu) => menu.click(at, area),
        }
    }

    pub fn edit(&mut self, request: InputRequest, body: Rect) {
        let area = self.area(body);
        match self {
            Self::Help(_) => (),
            Self::Menu(menu) => menu.edit(request),
            Self::Overlap(overlap) => overlap.edit(request, area),
        }
    }

    /// Whether characters are text here, not commands.
    pub fn typing(&self) -> bool {
        match self {
            Self::Help(_) => false,
            Self::Menu(menu) => menu.typing(),
            Self::Overlap(overlap) => overlap.typing(),
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
            Self::Overlap(overlap) => overlap.hints(),
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
            Self::Overlap(overlap) => overlap.draw(area, buf, view),
        }
    }

    /// Where it stands: in the middle, as high as it needs, with a margin where there is room for one.
    fn area(&self, body: Rect) -> Rect {
        let margin = if body.width > 60 { 8 } else { 0 };
        let room = if body.height > 30 { body.height - 6 } else { body.height };
        let height = match self {
            Self::Help(_) => room,
            Self::Menu(menu) => menu.height().min(room),
            // A page has all the room.
            Self::Overlap(_) => return body,
        };
        body.centered(Constraint::Length((body.width - margin).min(90)), Constraint::Length(height))
    }
}
