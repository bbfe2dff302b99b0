//! What stands on top of the panes until it is closed: menus, the help, and pages as large as the body.

mod help;
mod links;
mod map;
mod menu;
pub mod menus;
mod overlap;
mod raw;
mod related;
mod tables;
mod timeline;

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
use crate::session::{Session, Trail};
use crate::store::StudyIdx;
use crate::study::{Link, Study};
use crate::text;

pub use help::Help;
pub use map::MapPage;
pub use menu::Menu;
pub use overlap::OverlapPage;
pub use raw::RawPage;
pub use related::RelatedPage;
pub use tables::TablesPage;
pub use timeline::TimelinePage;

/// What can be on top.
pub enum Popup {
    Help(Help),
    Menu(Menu),
    Overlap(Box<OverlapPage>),
    Map(Box<MapPage>),
    Tables(Box<TablesPage>),
    Raw(Box<RawPage>),
    Timeline(Box<TimelinePage>),
    Related(RelatedPage),
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
    /// Something that a record points to.
    Follow(Link),
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
    /// The same, but it stays on top.
    Do(Chosen),
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

    /// What `studies` share; one line that says why not when a record cannot be read.
    pub fn overlap(session: &Session, studies: &[StudyIdx]) -> Result<Self, String> {
        OverlapPage::new(session, studies).map(Box::new).map(Self::Overlap)
    }

    /// The posted results of the first of `studies`; one line that says why there are none.
    pub fn tables(session: &Session, studies: &[StudyIdx]) -> Result<Self, String> {
        TablesPage::new(session, studies[0]).map(Box::new).map(Self::Tables)
    }

    /// The JSON of the first of `studies`; one line that says why when it cannot be read.
    pub fn raw(session: &Session, studies: &[StudyIdx]) -> Result<Self, String> {
        RawPage::new(session, studies[0]).map(Box::new).map(Self::Raw)
    }

    /// What the first of `studies` points to; one line that says that it is nothing.
    pub fn links(session: &Session, studies: &[StudyIdx]) -> Result<Self, String> {
        links::menu(session, studies[0])
    }

    /// The dates of `studies`; one line that says why not when a record cannot be read.
    pub fn timeline(session: &Session, studies: &[StudyIdx]) -> Result<Self, String> {
        TimelinePage::new(session, studies).map(Box::new).map(Self::Timeline)
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

    /// Does what `action` means on top of `body`, the screen between its first and last line.
    pub fn act(&mut self, action: Action, body: Rect) -> Outcome {
        let area = self.area(body);
        match self {
            Self::Help(help) => help.act(action, area),
            Self::Menu(menu) => menu.act(action, area),
            Self::Overlap(page) => page.act(action, area),
            Self::Map(page) => page.act(action, area),
            Self::Tables(page) => page.act(action, area),
            Self::Raw(page) => page.act(action, area),
            Self::Timeline(page) => page.act(action, area),
            Self::Related(page) => page.act(action, area),
        }
    }

    /// Takes a click: beside the popup closes it, on an entry of a menu chooses that.
    pub fn click(&mut self, at: Position, body: Rect) -> Outcome {
        let area = self.area(body);
        match self {
            _ if !area.contains(at) => Outcome::Close,
            Self::Help(_) | Self::Timeline(_) | Self::Overlap(_) => Outcome::Stay,
            Self::Menu(menu) => menu.click(at, area),
            Self::Map(page) => {
                page.click(at, area);
                Outcome::Stay
            }
            Self::Tables(page) => {
                page.click(at, area);
                Outcome::Stay
            }
            Self::Raw(page) => page.click(at, area),
            Self::Related(page) => page.click(at, area),
        }
    }

    pub fn edit(&mut self, request: InputRequest, body: Rect) {
        let area = self.area(body);
        match self {
            Self::Help(_) | Self::Timeline(_) | Self::Related(_) => (),
            Self::Menu(menu) => menu.edit(request),
            Self::Map(page) => page.edit(request),
            Self::Overlap(page) => page.edit(request, area),
            Self::Tables(page) => page.edit(request),
            Self::Raw(page) => page.edit(request),
        }
    }

    /// Whether characters are text here, not commands.
    pub fn typing(&self) -> bool {
        match self {
            Self::Help(_) | Self::Timeline(_) | Self::Related(_) => false,
            Self::Menu(menu) => menu.typing(),
            Self::Map(page) => page.typing(),
            Self::Overlap(page) => page.typing(),
            Self::Tables(page) => page.typing(),
            Self::Raw(page) => page.typing(),
        }
    }

    /// Where its own keys are looked up; `None` where it has none.
    pub fn scope(&self) -> Option<Scope> {
        match self {
            Self::Help(_) | Self::Menu(_) => None,
            Self::Map(page) => Some(page.scope()),
            Self::Tables(_) | Self::Timeline(_) => Some(Scope::Page),
            // A record folds like a trial.
            Self::Raw(_) => Some(Scope::Detail),
            Self::Overlap(_) => Some(Scope::Comparison),
            Self::Related(_) => Some(Scope::Everywhere),
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
            Self::Overlap(page) => page.hints(),
            Self::Map(page) => page.hints(),
            Self::Tables(page) => page.hints(),
            Self::Raw(page) => page.hints(),
            Self::Timeline(_) => TimelinePage::hints(),
            Self::Related(_) => related::HINTS,
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
            Self::Overlap(page) => page.draw(area, buf, view),
            Self::Map(page) => page.draw(area, buf, view),
            Self::Tables(page) => page.draw(area, buf, view),
            Self::Raw(page) => page.draw(area, buf, view),
            Self::Timeline(page) => page.draw(area, buf, view),
            Self::Related(page) => page.draw(area, buf, view),
        }
    }

    /// Where it stands: in the middle, as high as it needs, with a margin where there is room for one.
    fn area(&self, body: Rect) -> Rect {
        let margin = if body.width > 60 { 8 } else { 0 };
        let room = if body.height > 30 { body.height - 6 } else { body.height };
        let height = match self {
            Self::Help(_) => room,
            Self::Menu(menu) => menu.height().min(room),
            Self::Map(_)
            | Self::Tables(_)
            | Self::Raw(_)
            | Self::Timeline(_)
            | Self::Related(_)
            | Self::Overlap(_) => return body,
        };
        body.centered(Constraint::Length((body.width - margin).min(90)), Constraint::Length(height))
    }
}

/// The whole record of a study; one line that says why when it cannot be read.
fn record(session: &Session, study: StudyIdx) -> Result<Study, String> {
    let json = session.store.record(study).map_err(|error| error.to_string())?;
    Study::parse(&json).map_err(|error| error.to_string())
}
