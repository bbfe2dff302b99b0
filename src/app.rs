//! The application: where keys go, what is on top, and the drawing of it all. It knows no thread, no
//! terminal and no file; it is told what happened and asked what it wants.

mod draw;
mod keys;
mod layer;
mod mouse;
mod page;
mod save;
mod visit;

use crossterm::event::{Event as TerminalEvent, KeyEvent};
use ratatui::layout::Rect;

use crate::dataset::Dataset;
use crate::event::{Event, Loading};
use crate::search::Sort;
use crate::session::{Effect, Mouse, Session};
use crate::store::StudyIdx;
use crate::ui::action::{Action, Scope};
use crate::ui::keymap::Keymap;
use crate::ui::layout::Areas;
use crate::ui::pane::{PaneId, Panes};
use crate::ui::popup::{Chosen, Outcome, Popup, menus};
use crate::ui::theme::Theme;
use layer::Layers;

/// The whole of the user interface.
#[derive(Default)]
pub struct App {
    pub session: Session,
    keymap: Keymap,
    theme: Theme,
    panes: Panes,
    layers: Layers,
    screen: Rect,
    /// Keys that mean what is not on the screen yet.
    waiting: Vec<KeyEvent>,
    mouse: Mouse,
    load: Load,
}

/// How the load stands.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Load {
    Going(Loading),
    /// What the newest studies say can be shown; keys wait.
    Glimpsed,
    Done,
    Failed(String),
}

impl Default for Load {
    fn default() -> Self {
        Self::Going(Loading::default())
    }
}

impl App {
    /// An application that looks and listens as the user has configured it.
    pub fn new(keymap: Keymap, theme: Theme, mouse: Mouse) -> Self {
        Self { keymap, theme, mouse, ..Self::default() }
    }

    /// Takes in what happened.
    pub fn handle(&mut self, event: Event) {
        match event {
            Event::Terminal(event) => self.terminal(&event),
            Event::Loading(loading) => {
                if self.load == Load::Glimpsed {
                    // It did not hold.
                    self.waiting.clear();
                    self.session.close();
                }
                self.load = Load::Going(loading);
            }
            Event::Glimpsed(dataset) => {
                self.load = Load::Glimpsed;
                self.session.open(dataset);
            }
            Event::Loaded(dataset) => self.loaded(dataset),
            Event::LoadFailed(reason) => self.load = Load::Failed(reason),
            Event::Answered(job, results) => {
                self.session.answer(job, *results);
                self.press_waiting();
            }
            Event::Progress(job, share) => self.session.progress(job, share),
            Event::Ended(job, outcome) => {
                // Nobody is to wait for a search that failed.
                if self.session.is_waiting_for(job) {
                    self.session.stop_waiting();
                    self.press_waiting();
                }
                self.session.end_job(job, outcome);
            }
            Event::Fault(line) => self.session.fail(line),
        }
        self.end_visits();
    }

    /// What the session asks of the world since the last call.
    pub fn effects(&mut self) -> Vec<Effect> {
        self.session.effects()
    }

    /// Whether the dataset is still being read.
    pub fn is_loading(&self) -> bool {
        matches!(self.load, Load::Going(_))
    }

    /// Why the dataset could not be opened, when it could not.
    pub fn failure(&self) -> Option<&str> {
        match &self.load {
            Load::Failed(reason) => Some(reason),
            Load::Going(_) | Load::Glimpsed | Load::Done => None,
        }
    }

    fn loaded(&mut self, dataset: Dataset) {
        let is_open = dataset.store.identity() == self.session.store.identity();
        let is_shown = self.load == Load::Glimpsed && is_open;
        self.load = Load::Done;
        let remark = dataset.remark.clone();
        if is_shown {
            self.press_waiting();
        } else {
            self.panes = Panes::default();
            self.session.show(None);
            self.layers.flatten(PaneId::List);
            self.session.open(dataset);
        }
        if let Some(remark) = remark {
            self.session.say(remark);
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

    fn areas(&self) -> Areas {
        Areas::new(self.screen, self.layers.arrangement())
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

    /// Does what an action means here: on top, in the focused pane, else in the application.
    fn act(&mut self, action: Action) {
        if !matches!(self.load, Load::Done) && action != Action::Suspend {
            // Before there is a dataset, all that can be done is to leave.
            if matches!(action, Action::Quit | Action::QuitNow) {
                self.quit();
            }
            return;
        }
        match action {
            Action::QuitNow => return self.quit(),
            Action::Suspend => return self.session.request(Effect::Suspend),
            Action::Cancel => return self.session.cancel_job(),
            _ => (),
        }
        if let Some(popup) = self.layers.popup_mut() {
            match action {
                Action::Help if popup.scope().is_some() => return self.help(),
                Action::Palette if popup.scope().is_some() => return self.palette(),
                _ => (),
            }
            let outcome = popup.act(action, body(self.screen));
            return self.settle(outcome);
        }
        let area = self.areas().of(self.focus());
        if !self.panes.get(self.focus()).act(action, area, &mut self.session) {
            self.act_here(action);
        }
    }

    /// Does what came of a key or a click on the popup.
    fn settle(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Stay => (),
            Outcome::Close => self.close(),
            Outcome::Choose(chosen) => {
                self.close();
                self.choose(chosen);
            }
            Outcome::Do(chosen) => self.choose(chosen),
            Outcome::Open(popup) => self.layers.open(popup),
            Outcome::Visit(trail) => self.visit(trail),
            Outcome::With(study, action) => self.act_with(study, action),
        }
    }

    /// Does what no pane wanted to do.
    fn act_here(&mut self, action: Action) {
        match action {
            Action::NextPane => self.step_focus(1),
            Action::PreviousPane => self.step_focus(-1),
            Action::FiltersPane | Action::Filters => self.toggle_filters(),
            Action::ListPane => self.go_to(PaneId::List),
            Action::DetailPane => self.go_to(PaneId::Detail),
            Action::Read => self.read(),
            Action::Back => self.back(),
            Action::Compare | Action::ComparisonPane => self.compare(),
            Action::Zoom => self.zoom(),
            Action::Search => self.go_to(PaneId::Search),
            Action::NextStudy => self.step(1),
            Action::PreviousStudy => self.step(-1),
            Action::Pin => self.with_study(|app, study| app.session.toggle_pin(study)),
            Action::Unpin => self.session.unpin_all(),
            Action::ClearFilters => self.session.clear_choices(),
            Action::Undo => self.session.undo(),
            Action::Redo => self.session.redo(),
            Action::Sort => self.layers.open(menus::orders(&self.session)),
            Action::Reverse => self.reverse(),
            Action::Related => self.with_study(Self::show_related),
            Action::Copy => self.with_study(|app, study| app.act_with(study, action)),
            Action::Export => self.choose_form(),
            Action::Overlap => self.open(Popup::overlap),
            Action::OpenPage => self.with_study(|app, study| app.session.open_page(study)),
            Action::Map => self.open(Popup::map),
            Action::Tables => self.open(Popup::tables),
            Action::Raw => self.open(Popup::raw),
            Action::Links => self.open(Popup::links),
            Action::Timeline => self.open(Popup::timeline),
            Action::Outline => self.layers.open(menus::sections(self.panes.sections())),
            Action::Help => self.help(),
            Action::Palette => self.palette(),
            Action::Problems => self.problems(),
            Action::Mouse => self.toggle_mouse(),
            Action::Quit => self.quit_level(),
            _ => (),
        }
    }

    fn choose(&mut self, chosen: Chosen) {
        match chosen {
            Chosen::Act(action) => self.act(action),
            Chosen::Sort(sort) => self.session.sort(sort),
            Chosen::Copy(what, text) => self.session.copy(&what, text),
            Chosen::SaveComparison(format) => self.save_comparison(format),
            Chosen::SaveStudies(which, format) => self.save_studies(which, format),
            Chosen::Section(row) => {
                self.go_to(PaneId::Detail);
                self.panes.show_row(row);
            }
            Chosen::Follow(link) => self.follow(&link),
            Chosen::Nothing => (),
        }
    }

    fn go_to(&mut self, pane: PaneId) {
        match pane {
            PaneId::Comparison => {
                if self.layers.popup().is_some() || self.focus() != PaneId::Comparison {
                    self.layers.lead_to(PaneId::Comparison, None);
                }
            }
            PaneId::List => {
                self.session.show(None);
                self.layers.flatten(PaneId::List);
            }
            PaneId::Search | PaneId::Filters | PaneId::Detail => {
                self.layers.leave_comparison();
                self.layers.arrangement_mut().focus = pane;
            }
        }
    }

    /// Goes to the next pane in the order of Tab.
    fn step_focus(&mut self, step: isize) {
        let stops = [PaneId::Search, PaneId::Filters, PaneId::List, PaneId::Detail];
        let here = stops.iter().position(|&pane| pane == self.focus()).unwrap_or(2);
        let next = (here + stops.len()).saturating_add_signed(step) % stops.len();
        self.go_to(stops[next]);
    }

    fn toggle_filters(&mut self) {
        let there = if self.focus() == PaneId::Filters { PaneId::List } else { PaneId::Filters };
        self.go_to(there);
    }

    /// One step further in: from the search line to the list, from the list to the study.
    fn read(&mut self) {
        match self.focus() {
            PaneId::Search => self.go_to(PaneId::List),
            PaneId::List if self.session.study().is_some() => self.go_to(PaneId::Detail),
            _ => (),
        }
    }

    /// One step back out; never out of the program.
    fn back(&mut self) {
        match self.focus() {
            PaneId::List => self.layers.arrangement_mut().zoomed = false,
            PaneId::Detail | PaneId::Comparison if self.layers.is_closable() => self.close(),
            _ => self.go_to(PaneId::List),
        }
    }

    fn quit_level(&mut self) {
        if self.focus() == PaneId::List && !self.layers.arrangement().zoomed {
            self.quit();
        } else {
            self.back();
        }
    }

    fn quit(&mut self) {
        self.session.request(Effect::Quit);
    }

    fn zoom(&mut self) {
        let arrangement = self.layers.arrangement_mut();
        arrangement.zoomed = !arrangement.zoomed;
    }

    /// Does something with the study that is shown, if there is one.
    fn with_study(&mut self, act: impl FnOnce(&mut Self, StudyIdx)) {
        if let Some(study) = self.session.study() {
            act(self, study);
        }
    }

    /// Compares the pinned studies; with one pinned, that one and the selected one.
    fn compare(&mut self) {
        let selected = self.session.study().filter(|&study| !self.session.is_pinned(study));
        match (self.session.pins.len(), selected) {
            (1, Some(study)) => {
                self.session.toggle_pin(study);
                // The comparison itself says enough.
                self.session.notice = None;
            }
            (0 | 1, _) => {
                let [pin, compare] = [Action::Pin, Action::Compare].map(|a| self.keymap.key(a));
                let words = format!(
                    "pin a trial with {pin}; {compare} on another one then compares the two"
                );
                return self.session.fail(words);
            }
            _ => (),
        }
        self.go_to(PaneId::Comparison);
    }

    /// Opens the help for where the user is.
    fn help(&mut self) {
        self.layers.open(Popup::help(self.scope(), &self.keymap, &self.theme));
    }

    fn palette(&mut self) {
        self.layers.open(menus::commands(&self.keymap));
    }

    fn reverse(&mut self) {
        let newest = Sort::NEWEST;
        self.session.sort(Some(self.session.query().sort.unwrap_or(newest).reversed()));
    }

    fn problems(&mut self) {
        if self.session.skipped == 0 {
            self.session.say("every record was read");
        } else {
            self.layers.open(menus::problems(&self.session));
        }
    }
}

/// The screen without its first and its last line.
fn body(screen: Rect) -> Rect {
    Rect { y: screen.y + 1, height: screen.height.saturating_sub(2), ..screen }
}
