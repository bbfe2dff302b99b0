//! What stands on top of the panes until it is closed: menus, the help, and pages as large as the body.

mod columns;
mod command;
mod dashboard;
mod entry;
mod facts;
mod help;
mod links;
mod map;
mod menu;
pub mod menus;
mod opening;
mod overlap;
mod person;
mod raw;
mod related;
mod tables;
mod tasks;
mod timeline;
mod versions;
mod why;

use ratatui::layout::{Constraint, Position, Rect};
use ratatui::widgets::{Clear, Widget as _};
use tui_input::InputRequest;

use super::action::{Action, Scope};
use super::keymap::Keymap;
use super::pane::{Hint, View};
use super::theme::Theme;
use super::trail::Trail;
use crate::marks::{Marks, Passage};
use crate::session::{Session, VersionPair};
use crate::store::StudyIdx;
use crate::study::Study;
use crate::text;
use crate::ui::canvas::Canvas;

use columns::ColumnsPage;
pub use command::{Command, WhichStudies};
use dashboard::DashboardPage;
use entry::{Entry, Offered, Wanted};
use facts::FactsPage;
use help::Help;
use map::MapPage;
use opening::OpenPage;
use overlap::OverlapPage;
use person::PersonPage;
use raw::RawPage;
use related::RelatedPage;
use tables::TablesPage;
use timeline::TimelinePage;
use versions::VersionsPage;
use why::WhyPage;

/// Something that can be on top. Where it is, `area` says.
pub trait Page {
    /// Does what `action` means here.
    fn act(&mut self, action: Action, area: Rect) -> Response;

    /// Takes a click at a place inside `area`.
    fn click(&mut self, _at: Position, _area: Rect) -> Response {
        Response::Stay
    }

    /// Changes the line being typed; only a page that is [`typing`](Self::typing) is asked.
    fn edit(&mut self, _request: InputRequest, _area: Rect) {}

    /// Takes in that the line has been changed.
    fn typed(&mut self) -> Response {
        Response::Stay
    }

    /// Whether characters are text here, not commands.
    fn typing(&self) -> bool {
        false
    }

    /// Where its own keys are looked up; `None` where it has none.
    fn scope(&self) -> Option<Scope> {
        None
    }

    /// The actions that matter most here.
    fn hints(&self) -> &'static [Hint];

    /// Where it stands on `body`, the screen between its first and last line: all of it, unless it says otherwise.
    fn area(&self, body: Rect) -> Rect {
        body
    }

    /// Takes in that a visit from here is over, of `study` at last.
    fn come_back(&mut self, _study: StudyIdx) {}

    /// Takes in which paths begin like what is typed.
    fn take_paths(&mut self, _found: &[String]) {}

    /// Takes in that the session has another answer.
    fn take_answer(&mut self, _session: &Session) {}

    fn draw(&mut self, area: Rect, canvas: &mut Canvas, view: &View);
}

/// What is on top.
pub struct Popup(Box<dyn Page>);

impl<P: Page + 'static> From<P> for Popup {
    fn from(page: P) -> Self {
        Self(Box::new(page))
    }
}

/// What became of a key.
pub enum Response {
    Stay,
    Close,
    Choose(Command),
    /// The same, but it stays on top.
    Do(Command),
    /// Put a menu above this one.
    Open(Popup),
    /// Show a study in the detail pane; leaving it leads back here.
    Visit(Trail),
    /// Compare two records of one study; leaving that leads back here.
    Compare(VersionPair),
    /// Do something with a study that is listed here.
    With(StudyIdx, Action),
    /// Do what an action means beneath this one, which stays on top.
    Here(Action),
}

impl Popup {
    /// The help for where the user is.
    pub fn help(scope: Scope, keymap: &Keymap, theme: &Theme) -> Self {
        Help::new(scope, keymap, theme).into()
    }

    /// Which dataset, with a path in the line.
    pub fn open(session: &Session, typed: &str) -> Self {
        OpenPage::new(session, typed).into()
    }

    /// The columns of the list.
    pub fn columns(session: &Session) -> Self {
        ColumnsPage::new(session).into()
    }

    /// How what was found is distributed.
    pub fn dashboard(session: &Session) -> Self {
        DashboardPage::new(session).into()
    }

    /// Where `studies` take place; one line that says why not when a record cannot be read.
    pub fn map(session: &Session, studies: &[StudyIdx]) -> Result<Self, String> {
        MapPage::new(session, studies).map(Self::from)
    }

    /// The key facts of `studies` in a table; one line that says why not when a record cannot be read.
    pub fn facts(session: &Session, studies: &[StudyIdx]) -> Result<Self, String> {
        FactsPage::new(session, studies).map(Self::from)
    }

    /// What `studies` share; one line that says why not when a record cannot be read.
    pub fn overlap(session: &Session, studies: &[StudyIdx]) -> Result<Self, String> {
        OverlapPage::new(session, studies).map(Self::from)
    }

    /// The posted results of the first of `studies`; one line that says why there are none.
    pub fn tables(session: &Session, studies: &[StudyIdx]) -> Result<Self, String> {
        TablesPage::new(session, studies[0]).map(Self::from)
    }

    /// The JSON of the first of `studies`; one line that says why when it cannot be read.
    pub fn raw(session: &Session, studies: &[StudyIdx]) -> Result<Self, String> {
        RawPage::new(session, studies[0]).map(Self::from)
    }

    /// What the first of `studies` points to; one line that says that it is nothing.
    pub fn links(session: &Session, studies: &[StudyIdx]) -> Result<Self, String> {
        links::menu(session, studies[0])
    }

    /// The dates of `studies`; one line that says why not when a record cannot be read.
    pub fn timeline(session: &Session, studies: &[StudyIdx]) -> Result<Self, String> {
        TimelinePage::new(session, studies).map(Self::from)
    }

    /// Why the query finds the first of `studies`; one line that says that it does not, or that nothing was asked.
    pub fn why(session: &Session, studies: &[StudyIdx]) -> Result<Self, String> {
        WhyPage::new(session, studies[0]).map(Self::from)
    }

    /// The records of the first of `studies` that were read; one line that says that it is one.
    pub fn versions(session: &Session, studies: &[StudyIdx]) -> Result<Self, String> {
        VersionsPage::new(session, studies[0]).map(Self::from)
    }

    /// Why the trial is excluded.
    pub fn reason(reasons: Vec<String>) -> Self {
        let offered = reasons.into_iter().map(|text| Offered { text, note: String::new() });
        Entry::new(Wanted::Reason, "", offered.collect()).into()
    }

    /// Which tag, of those that are there already or another one.
    pub fn tag(marks: &Marks) -> Self {
        let tags = marks.tags();
        let offered = tags.into_iter().map(|(tag, count)| Offered::counted(tag, count));
        Entry::new(Wanted::Tag, "", offered.collect()).into()
    }

    /// What is noted; `present` is what was noted before.
    pub fn note(present: &str) -> Self {
        Entry::new(Wanted::Note, present, Vec::new()).into()
    }

    /// What is noted on words of the trial.
    pub fn note_on(passage: Passage, present: &str) -> Self {
        Entry::new(Wanted::NoteOn(passage), present, Vec::new()).into()
    }

    /// Which collection, of those that are there or a new one; `present` is in use.
    pub fn collections(names: Vec<(String, usize)>, present: &str) -> Self {
        let offered = names.into_iter().map(|(name, count)| {
            let offered = Offered::counted(&name, count);
            let is_present = name == present;
            if is_present {
                Offered { note: format!("in use · {}", offered.note), ..offered }
            } else {
                offered
            }
        });
        Entry::new(Wanted::Collection, "", offered.collect()).into()
    }

    /// The form of a person.
    pub fn person(session: &Session) -> Self {
        PersonPage::new(session).into()
    }

    /// The studies that share most with `study`; `None` when none shares anything.
    pub fn related(session: &Session, study: StudyIdx) -> Option<Self> {
        RelatedPage::new(session, study).map(Self::from)
    }

    /// Takes in that a visit from here is over, of `study` at last.
    pub fn come_back(&mut self, study: StudyIdx) {
        self.0.come_back(study);
    }

    /// Where it stands on `body`.
    pub fn area(&self, body: Rect) -> Rect {
        self.0.area(body)
    }

    /// Does what `action` means on top of `body`.
    pub fn act(&mut self, action: Action, body: Rect) -> Response {
        self.0.act(action, self.0.area(body))
    }

    /// Takes a click; beside the popup it closes it.
    pub fn click(&mut self, at: Position, body: Rect) -> Response {
        let area = self.0.area(body);
        if area.contains(at) { self.0.click(at, area) } else { Response::Close }
    }

    /// Takes in that the line has been changed.
    pub fn typed(&mut self) -> Response {
        self.0.typed()
    }

    /// Takes in which paths begin like what is typed.
    pub fn take_paths(&mut self, found: &[String]) {
        self.0.take_paths(found);
    }

    /// Takes in that the session has another answer.
    pub fn take_answer(&mut self, session: &Session) {
        self.0.take_answer(session);
    }

    pub fn edit(&mut self, request: InputRequest, body: Rect) {
        self.0.edit(request, self.0.area(body));
    }

    /// Whether characters are text here, not commands.
    pub fn typing(&self) -> bool {
        self.0.typing()
    }

    /// Where its own keys are looked up; `None` where it has none.
    pub fn scope(&self) -> Option<Scope> {
        self.0.scope()
    }

    pub fn hints(&self) -> &'static [Hint] {
        self.0.hints()
    }

    pub fn draw(&mut self, body: Rect, canvas: &mut Canvas, view: &View) {
        let area = self.0.area(body);
        // Half a character in front of the border would swallow it.
        for y in area.top()..area.bottom() {
            let before = (area.left().saturating_sub(1), y);
            if area.left() > 0 && text::width(canvas.buf[before].symbol()) > 1 {
                canvas.buf[before].set_symbol(" ");
            }
        }
        Clear.render(area, canvas.buf);
        self.0.draw(area, canvas, view);
    }
}

/// How wide a popup is where there is room.
const COLUMNS: u16 = 90;

/// So many columns and rows in the middle of `body`, as far as there is room, with a margin where there is some for one.
fn in_the_middle(body: Rect, width: u16, height: u16) -> Rect {
    let margin = if body.width > 60 { 8 } else { 0 };
    let room = if body.height > 30 { body.height - 6 } else { body.height };
    let width = (body.width - margin).min(width);
    body.centered(Constraint::Length(width), Constraint::Length(height.min(room)))
}

/// The whole record of a study; one line that says why when it cannot be read.
fn record(session: &Session, study: StudyIdx) -> Result<Study, String> {
    session.store.study(study).map_err(|error| error.to_string())
}
