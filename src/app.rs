//! The application: where keys go, what is on top, and the drawing of it all. It knows no thread, no
//! terminal and no file; it is told what happened and asked what it wants.

mod act;
mod compare;
mod draw;
mod focus;
mod hints;
mod keys;
mod layer;
mod leave;
mod mark;
mod more;
mod mouse;
mod page;
mod pick;
mod save;
mod sizes;
mod visit;

use crossterm::event::Event as TerminalEvent;
use ratatui::layout::Rect;

use crate::dataset::{self, Dataset};
use crate::event::{Event, Loading, Opened};
use crate::session::{Completeness, Effect, KeptSession, Mouse, Session};
use crate::study::NctId;
use crate::ui::action::Scope;
use crate::ui::keymap::Keymap;
use crate::ui::layout::{Areas, Edge};
use crate::ui::pane::{PaneId, Panes};
use crate::ui::popup::Popup;
use crate::ui::theme::Theme;
use crate::ui::welcome::Greeting;
use layer::Layers;
pub use pick::Picking;

/// The whole of the user interface.
#[derive(Default)]
pub struct App {
    pub session: Session,
    /// Why trials are excluded, as it is offered.
    pub reasons: Vec<String>,
    /// Whether it is kept which trials were read.
    pub keeps_read: bool,
    /// What can be chosen for the caller, where the browser is a chooser.
    pub picking: Option<Picking>,
    /// What was chosen.
    pub picked: Option<Vec<NctId>>,
    keymap: Keymap,
    theme: Theme,
    panes: Panes,
    layers: Layers,
    screen: Rect,
    /// Keys and clicks that mean what is not on the screen yet.
    waiting: Vec<TerminalEvent>,
    mouse: Mouse,
    /// The edge between panes that the mouse has taken hold of.
    grasped: Option<Edge>,
    load: Load,
    greeting: Greeting,
    /// Where the dataset was left the last time, until it is there.
    left: Option<KeptSession>,
    /// Another dataset. It waits until no menu or page is on top.
    arrived: Option<Box<Opened>>,
    /// More of the dataset. It waits until nothing is on top of the panes.
    more: Option<(Dataset, Completeness)>,
    /// What is to be said of it once it is open.
    remark: Option<String>,
    /// Whether the first dataset is no longer wanted, since another one was opened while it was read.
    is_superseded: bool,
}

/// How the load stands.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Load {
    Going(Loading),
    /// What the newest studies say can be shown; keys wait.
    Glimpsed,
    /// What has been read so far is open, and more comes.
    Part(Loading),
    Done,
    Failed(String),
}

impl Default for Load {
    fn default() -> Self {
        Self::Going(Loading::default())
    }
}

impl Load {
    /// Whether there is a dataset to work with, or a part of one.
    fn is_usable(&self) -> bool {
        matches!(self, Self::Part(_) | Self::Done)
    }
}

impl App {
    /// An application that looks and listens as the user has configured it.
    pub fn new(keymap: Keymap, theme: Theme, mouse: Mouse) -> Self {
        Self { keymap, theme, mouse, ..Self::default() }
    }

    /// Greets somebody who starts the program for the first time, until the first key.
    pub fn greet(&mut self) {
        self.greeting = Greeting::Shown;
    }

    /// Takes in what happened.
    pub fn handle(&mut self, event: Event) {
        match event {
            Event::Terminal(event) => self.terminal(&event),
            Event::Loading(_)
            | Event::Part(_)
            | Event::TakenBack
            | Event::Loaded(_)
            | Event::LoadFailed(_)
                if self.is_superseded => {}
            Event::Loading(loading) => self.loading(loading),
            Event::Part(dataset) => self.more = Some((dataset, Completeness::Part)),
            Event::TakenBack => self.take_back(),
            Event::Glimpsed(dataset) => {
                self.load = Load::Glimpsed;
                self.session.open(dataset);
            }
            Event::Loaded(dataset) if self.has_part() => {
                self.more = Some((dataset, Completeness::Whole));
            }
            Event::Loaded(dataset) => self.loaded(dataset),
            Event::LoadFailed(reason) => {
                self.take_back();
                self.load = Load::Failed(reason);
            }
            Event::Opened(job, opened) if self.session.is_opening(job) => {
                self.arrived = Some(opened);
            }
            Event::Paths(job, found) => {
                if self.session.takes_paths(job) {
                    self.layers.take_paths(&found);
                    self.press_waiting();
                }
            }
            Event::Changed if self.load == Load::Done => self.session.reload(),
            Event::Opened(..) | Event::Changed => (),
            Event::Answered(job, results) => {
                self.session.answer(job, *results);
                self.more_opened();
                self.layers.take_answer(&self.session);
                self.press_waiting();
            }
            Event::Hinted(job, hints) => {
                self.session.hint(job, hints);
                self.press_waiting();
            }
            Event::Completed(job, found) => {
                self.session.completed(job, found);
                self.panes.get(PaneId::Search).completed(&mut self.session);
                self.press_waiting();
            }
            Event::Counted(job, counts) => self.session.counted(job, counts),
            Event::Progress(job, share) => self.session.progress(job, share),
            Event::Ended(job, outcome) => {
                // Nobody is to wait for a search that failed.
                if self.session.is_waiting_for(job) {
                    self.session.stop_waiting();
                    self.press_waiting();
                }
                self.session.end_job(job, outcome);
            }
            // Of a dataset that is not checked yet no ids are looked up.
            Event::Marked(marks) if !self.load.is_usable() => self.session.marks = marks,
            Event::Marked(marks) => self.session.marked(marks),
            Event::Collections(names) => {
                self.layers.open(Popup::collections(names, &self.session.collection));
            }
            Event::Using(name) => self.session.using(name),
            Event::Fault(line) => self.session.fail(line),
        }
        self.take_arrived();
        self.take_more();
        self.end_visits();
    }

    /// What the session asks of the world since the last call.
    pub fn effects(&mut self) -> Vec<Effect> {
        self.session.effects()
    }

    /// Whether the dataset is still being read.
    pub fn is_loading(&self) -> bool {
        matches!(self.load, Load::Going(_) | Load::Part(_))
    }

    /// Whether a part of the dataset is open, or about to be.
    pub fn has_part(&self) -> bool {
        matches!(self.load, Load::Part(_)) || self.session.coming().is_some()
    }

    /// Why the dataset could not be opened, when it could not.
    pub fn failure(&self) -> Option<&str> {
        match &self.load {
            Load::Failed(reason) => Some(reason),
            Load::Going(_) | Load::Glimpsed | Load::Part(_) | Load::Done => None,
        }
    }

    fn has_failed(&self) -> bool {
        matches!(self.load, Load::Failed(_))
    }

    fn loaded(&mut self, dataset: Dataset) {
        let is_open = dataset.store.identity() == self.session.store.identity();
        let is_shown = self.load == Load::Glimpsed && is_open;
        self.load = Load::Done;
        let remark = remark(&dataset);
        if is_shown {
            if !self.session.marks.is_empty() {
                self.session.ask_of_marks();
            }
            self.press_waiting();
        } else {
            self.panes = Panes::default();
            self.session.show(None);
            self.layers.flatten(PaneId::List);
            self.session.open(dataset);
        }
        self.arrange_as_left();
        self.settled(remark);
    }

    /// Does what can be done once all of a dataset is open.
    fn settled(&mut self, remark: Option<String>) {
        self.session.keep_recent();
        self.session.index_prose();
        self.session.count_searches();
        if let Some(remark) = remark {
            self.session.say(remark);
        }
    }

    /// Takes another dataset that has arrived. Where it was left before, somebody goes on there; else what is asked,
    /// selected and pinned stays as far as it is there.
    fn take_arrived(&mut self) {
        if self.layers.popup().is_some() {
            return;
        }
        let Some(arrived) = self.arrived.take() else { return };
        let Opened { paths, dataset, left } = *arrived;
        let focus = self.focus();
        self.waiting.clear();
        if paths != self.session.paths
            && let Some(left) = self.left()
        {
            self.session.keep_left(left);
        }
        self.is_superseded |= self.load != Load::Done;
        self.more = None;
        let is_resumed = left.is_some();
        if let Some(left) = left {
            self.session.resume_other(&left);
            self.left = Some(left);
        }
        self.session.dataset = dataset::name(&paths);
        self.session.use_paths(paths);
        self.loaded(dataset);
        if focus != PaneId::Comparison && !is_resumed {
            self.layers.flatten(focus);
        }
    }

    fn terminal(&mut self, event: &TerminalEvent) {
        match event {
            TerminalEvent::Key(key) => self.key(*key),
            TerminalEvent::Resize(width, height) => self.screen = Rect::new(0, 0, *width, *height),
            TerminalEvent::Mouse(mouse) => self.mouse(*mouse),
            TerminalEvent::Paste(text) => self.paste(text),
            TerminalEvent::FocusGained | TerminalEvent::FocusLost => (),
        }
    }

    /// Takes the greeting off the screen for good.
    fn end_greeting(&mut self) {
        if std::mem::take(&mut self.greeting) == Greeting::Shown {
            self.session.keep_greeted();
        }
    }

    fn areas(&self) -> Areas {
        Areas::new(self.screen, self.layers.arrangement(), self.session.look.panes)
    }

    fn focus(&self) -> PaneId {
        self.layers.arrangement().focus
    }

    fn typing(&mut self) -> bool {
        match self.layers.popup() {
            Some(popup) => popup.typing(),
            None => self.panes.get(self.focus()).typing(),
        }
    }

    /// Where keys are looked up first.
    fn scope(&self) -> Scope {
        match self.layers.popup() {
            // A menu has the keys of what it stands on.
            Some(popup) => popup.scope().unwrap_or(self.focus().scope()),
            None => self.focus().scope(),
        }
    }
}

/// What is to be said of a dataset that was opened.
fn remark(dataset: &Dataset) -> Option<String> {
    dataset.remark.iter().chain(&dataset.notes).next().cloned()
}

/// The screen without its first and its last line.
fn body(screen: Rect) -> Rect {
    Rect { y: screen.y + 1, height: screen.height.saturating_sub(2), ..screen }
}
