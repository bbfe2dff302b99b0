//! What is typed, and when it is taken. What an action does is not known here.

use crossterm::event::{Event as TerminalEvent, KeyEvent};
use tui_input::InputRequest;

use super::{App, Load, body};
use crate::session::is_path;
use crate::ui::action::{Action, Scope};
use crate::ui::keymap::Input;
use crate::ui::pane::PaneId;
use crate::ui::popup::Popup;

/// Keys pressed while the query is being answered, beyond which something is lying on the keyboard.
const MOST_WAITING: usize = 100;

/// So many characters of a paste are taken where a text is looked for.
const MOST_PASTED: usize = 1000;

impl App {
    /// Takes a key. One that is not typed means what will be on the screen once the query is answered, so it waits for
    /// that. On the search line it waits for what can stand there; a key that lists what else can be asked waits for that
    /// too. All keys wait for the dataset, or for a part of it that can be asked. Only leaving does not wait; behind keys
    /// that wait, a letter that leaves may be part of a word.
    pub(super) fn key(&mut self, key: KeyEvent) {
        self.end_greeting();
        self.session.is_used |= self.load.is_usable();
        let leaves = || match self.keymap.act(key, self.focus().scope()) {
            Some(Action::QuitNow | Action::Suspend) => true,
            Some(Action::Quit) => self.waiting.is_empty(),
            _ => false,
        };
        let waits = match self.load {
            Load::Going(_) | Load::Glimpsed => true,
            Load::Part(_) | Load::Done | Load::Failed(_) => {
                let types_query = self.layers.popup().is_none() && self.typing_query();
                if types_query {
                    let input = self.keymap.while_typing(key, Scope::Line);
                    match input {
                        Some(Input::Edit(_)) => false,
                        // They list what else can be asked.
                        Some(Input::Act(Action::Complete | Action::Readings)) => {
                            let session = &self.session;
                            session.is_completing()
                                || session.is_searching()
                                || session.is_hinting()
                        }
                        _ => self.session.is_completing(),
                    }
                } else if self.layers.popup().is_some_and(Popup::typing)
                    && self.session.is_listing_paths()
                {
                    let input = self.keymap.while_typing(key, Scope::Everywhere);
                    !matches!(input, Some(Input::Edit(_)))
                } else {
                    self.session.is_searching()
                }
            }
        };
        if waits && !leaves() {
            self.wait(TerminalEvent::Key(key));
        } else {
            self.press(key);
        }
    }

    /// Presses the keys that waited for the answer; some may have to wait for the next one.
    pub(super) fn press_waiting(&mut self) {
        for event in std::mem::take(&mut self.waiting) {
            self.terminal(&event);
            self.end_visits();
        }
    }

    /// Keeps a key or a click for later.
    pub(super) fn wait(&mut self, event: TerminalEvent) {
        if self.waiting.len() < MOST_WAITING {
            self.waiting.push(event);
        }
    }

    fn typing_query(&self) -> bool {
        self.focus() == PaneId::Search
    }

    fn press(&mut self, key: KeyEvent) {
        self.session.notice = None;
        let input = if self.typing() {
            let is_query = self.layers.popup().is_none() && self.typing_query();
            let scope = if is_query { Scope::Line } else { Scope::Everywhere };
            self.keymap.while_typing(key, scope)
        } else {
            self.keymap.act(key, self.scope()).map(Input::Act)
        };
        match input {
            Some(Input::Edit(request)) => self.edit(request),
            Some(Input::Act(action)) => self.act(action),
            None => (),
        }
    }

    fn edit(&mut self, request: InputRequest) {
        let focus = self.focus();
        if let Some(popup) = self.layers.popup_mut() {
            let body = body(self.screen);
            popup.edit(request, body);
            let outcome = popup.typed();
            self.settle(outcome);
        } else {
            self.panes.get(focus).edit(request, &mut self.session);
        }
    }

    /// Types what was pasted, as one line, where something is being typed.
    pub(super) fn paste(&mut self, text: &str) {
        self.end_greeting();
        let is_offered =
            self.layers.popup().is_none() && (self.load.is_usable() || self.has_failed());
        let is_for_dataset = !self.typing() || self.typing_query();
        if is_offered && is_for_dataset && is_path(text) {
            let line = crate::text::clean_line(text.trim());
            return self.choose_dataset(&line);
        }
        if !self.typing() {
            return;
        }
        let line = crate::text::clean_line(text.trim());
        let focus = self.focus();
        if self.layers.popup().is_none() && self.typing_query() {
            self.panes.get(focus).paste(&line, &mut self.session);
            return;
        }
        line.chars().take(MOST_PASTED).for_each(|c| self.edit(InputRequest::InsertChar(c)));
        if line.chars().nth(MOST_PASTED).is_some() {
            let taken = crate::text::grouped(MOST_PASTED as u64);
            self.session.say(format!("only the first {taken} characters were pasted"));
        }
    }
}
