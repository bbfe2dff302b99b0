//! An application with a person in front of it: a screen, keys and a mouse. Effects are performed at once and
//! remembered.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use crossterm::event::{
    Event as TerminalEvent, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent,
    MouseEventKind,
};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use tempfile::TempDir;
use trialdex::app::App;
use trialdex::dataset::{self, Cache, Dataset};
use trialdex::event::Event;
use trialdex::marks::{Collection, DEFAULT, Folder, REASONS};
use trialdex::search::{Cancel, Memory, Query, answer_next, completions_with};
use trialdex::session::{Effect, JobId, Looked, Mouse, Task};
use trialdex::store::prose::Making;
use trialdex::store::{Store, StoreBuilder};
use trialdex::study::NctId;
use trialdex::text;
use trialdex::ui::keymap::Keymap;
use trialdex::ui::theme::Theme;
use trialdex::worker::counter;
use trialdex::worker::keeper::{Order, Place, Shelf};

use crate::made::{Made, made};

/// The size of most screens here.
pub(super) const USUAL: (u16, u16) = (120, 40);

/// Whether searches are answered as soon as they are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answers {
    AtOnce,
    WhenTold,
}

/// Whether the world does what it is asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum World {
    Willing,
    /// It only remembers what it was asked.
    Idle,
    /// It keeps no marks.
    Full,
}

pub(super) struct Journey {
    pub(super) app: App,
    terminal: Terminal<TestBackend>,
    answers: Answers,
    world: World,
    /// Searches that wait for their answer.
    pub(super) asked: Vec<(JobId, Query)>,
    /// Every other task.
    pub(super) tasks: Vec<Task>,
    /// The jobs of these tasks.
    pub(super) started: Vec<JobId>,
    /// What saved searches found when somebody looked at them.
    pub(super) looked: HashMap<String, Looked>,
    /// Everything else that was asked of the world.
    pub(super) effects: Vec<Effect>,
    /// Where marks are kept, and who keeps them.
    pub(super) collection: Collection,
    shelf: Shelf,
    pub(super) home: TempDir,
}

impl Journey {
    /// The browser on the trials about liver failure, which are the first part of the sample.
    pub(super) fn sample() -> Self {
        Self::starting(App::default()).on_sample()
    }

    fn on_sample(mut self) -> Self {
        let paths = [Path::new(env!("CARGO_MANIFEST_DIR")).join("data/liver-failure.json")];
        self.app.session.dataset = dataset::name(&paths);
        self.loaded(dataset::open(&paths, &Arc::default()).unwrap())
    }

    /// The browser on made-up studies.
    pub(super) fn on(studies: &[Made]) -> Self {
        Self::starting(App::default()).loaded(store(studies))
    }

    /// The browser before its dataset is there.
    pub(super) fn starting(mut app: App) -> Self {
        let (width, height) = USUAL;
        app.session.dataset = "studies.json".to_owned();
        if app.reasons.is_empty() {
            app.reasons = REASONS.map(str::to_owned).to_vec();
        }
        app.session.today = "2026-02-15".parse().ok();
        app.handle(Event::Terminal(TerminalEvent::Resize(width, height)));
        let home = TempDir::new().unwrap();
        let place = Place {
            folder: Some(Folder::new(home.path())),
            collection: DEFAULT.to_owned(),
            by: "Ana".to_owned(),
        };
        app.session.collection = DEFAULT.to_owned();
        app.session.saved.get_or_insert_default();
        app.session.by = "Ana".to_owned();
        Self {
            collection: Collection::open(&Folder::new(home.path()), DEFAULT).unwrap(),
            shelf: Shelf::open(place, &mut |_| ()),
            home,
            app,
            terminal: Terminal::new(TestBackend::new(width, height)).unwrap(),
            answers: Answers::AtOnce,
            asked: Vec::new(),
            world: World::Willing,
            tasks: Vec::new(),
            started: Vec::new(),
            looked: HashMap::new(),
            effects: Vec::new(),
        }
    }

    pub(super) fn loaded(self, dataset: impl Into<Dataset>) -> Self {
        self.told(Event::Loaded(dataset.into()))
    }

    /// The sample, with a look and keys of the user's own.
    pub(super) fn configured(keymap: Keymap, theme: Theme) -> Self {
        Self::starting(App::new(keymap, theme, Mouse::Captured)).on_sample()
    }

    /// On a screen of another size from now on.
    pub(super) fn sized(mut self, (width, height): (u16, u16)) -> Self {
        self.terminal.backend_mut().resize(width, height);
        self.told(Event::Terminal(TerminalEvent::Resize(width, height)))
    }

    /// From now on searches wait until [`answer`](Self::answer) is called.
    pub(super) fn slow(mut self) -> Self {
        self.answers = Answers::WhenTold;
        self
    }

    /// From now on nothing is done of what is asked of the world, but for searches.
    pub(super) fn idle(mut self) -> Self {
        self.world = World::Idle;
        self
    }

    /// From now on the disk is full, or has room again.
    pub(super) fn with_full_disk(mut self, is_full: bool) -> Self {
        self.world = if is_full { World::Full } else { World::Willing };
        self
    }

    /// Answers what was asked, oldest question first.
    pub(super) fn answer(mut self) -> Self {
        for (job, query) in std::mem::take(&mut self.asked) {
            let session = &self.app.session;
            let (store, cancel) = (session.coming().unwrap_or(&session.store), Cancel::default());
            let mut memory = Memory::default();
            memory.mark(&self.app.session.marks);
            let results = answer_next(store, &query, &cancel, &mut memory).unwrap();
            self.app.handle(Event::Answered(job, Box::new(results)));
        }
        self
    }

    /// Something happens; the world does what is asked of it in turn.
    pub(super) fn told(mut self, event: Event) -> Self {
        self.app.handle(event);
        self.perform()
    }

    fn perform(mut self) -> Self {
        let effects = self.app.effects();
        let is_over = effects.is_empty();
        for effect in effects {
            let Effect::Start(job, task) = effect else {
                self.effects.push(effect);
                continue;
            };
            let task = match Order::of(task.clone()) {
                Ok(order) => {
                    self.order(job, order);
                    self.tasks.push(task);
                    self.started.push(job);
                    continue;
                }
                Err(task) => task,
            };
            let done = match &task {
                Task::Search(query) => {
                    self.asked.push((job, query.clone()));
                    continue;
                }
                Task::Complete(begun) => {
                    let store = &self.app.session.store;
                    let at = (begun.text.as_str(), begun.cursor);
                    let found = completions_with(store, &begun.saved, at, &Cancel::default());
                    self.app.handle(Event::Completed(job, found));
                    continue;
                }
                Task::IndexProse => {
                    let store = &self.app.session.store;
                    let making = Making::default();
                    dataset::index_prose(&Cache::Off, &[], store, &making).unwrap();
                    self.app.handle(Event::Ended(job, Ok(String::new())));
                    continue;
                }
                Task::Copy { what, .. } => format!("copied {what}"),
                Task::Save { name, what, .. } => {
                    format!("wrote {}.{}: {what}", name.stem, name.extension)
                }
                Task::OpenUrl(url) => format!("opened {url}"),
                Task::KeepGreeted
                | Task::KeepRecent(_)
                | Task::KeepSession(..)
                | Task::KeepQuery(_) => String::new(),
                Task::SaveSearch { name, .. } => format!("saved {name}"),
                Task::CountSearches(searches) => {
                    let (store, marks) = (&self.app.session.store, &self.app.session.marks);
                    let mut looked = |name: &str| self.looked.get(name).cloned();
                    let of = (&**store, &**marks);
                    let counts = counter::count(searches, of, &mut looked, &Cancel::default());
                    self.app.handle(Event::Counted(job, counts.unwrap()));
                    String::new()
                }
                Task::Look { name, query } => {
                    let (store, marks) = (&self.app.session.store, &self.app.session.marks);
                    let studies = counter::found(query, (store, marks), &Cancel::default());
                    let day = self.app.session.today.unwrap();
                    let studies = studies.unwrap();
                    let looked = Looked { day, query: query.to_string(), studies };
                    self.looked.insert(name.to_string(), looked);
                    String::new()
                }
                // It takes as long as the journey says.
                Task::Open(..) => {
                    self.tasks.push(task);
                    self.started.push(job);
                    continue;
                }
                Task::ListPaths(typed) => {
                    let found = ["one.json", "other.json"].map(|name| format!("{typed}{name}"));
                    self.app.handle(Event::Paths(job, found.to_vec()));
                    String::new()
                }
                Task::Record { path, .. } => format!("written down in {}", path.display()),
                Task::KeepColumns(_) => "the columns are kept".to_owned(),
                _ => panic!("{task:?} is for the keeper"),
            };
            if self.world != World::Idle {
                self.app.handle(Event::Ended(job, Ok(done)));
            }
            self.tasks.push(task);
            self.started.push(job);
        }
        let done = if self.answers == Answers::AtOnce { self.answer() } else { self };
        // What was done may ask for more.
        if is_over { done } else { done.perform() }
    }

    /// The keeper does what is ordered, if there is room on the disk.
    fn order(&mut self, job: JobId, order: Order) {
        if self.world == World::Full {
            return self.app.handle(Event::Ended(job, Err("no space left".to_owned())));
        }
        let mut events = Vec::new();
        let outcome = self.shelf.keep(job, order, &mut |event| events.push(event));
        for event in events {
            if let Event::Using(name) = &event {
                let folder = Folder::new(self.home.path());
                self.collection = Collection::open(&folder, name).unwrap();
            }
            self.app.handle(event);
        }
        self.collection.refresh().unwrap();
        if self.world != World::Idle {
            self.app.handle(Event::Ended(job, outcome));
        }
    }

    /// Presses keys: every character is one, but for spaces between them and names such as `<enter>`.
    pub(super) fn press(mut self, keys: &str) -> Self {
        for key in script(keys) {
            self = self.told(Event::Terminal(TerminalEvent::Key(key)));
        }
        self
    }

    pub(super) fn paste(self, text: &str) -> Self {
        self.told(Event::Terminal(TerminalEvent::Paste(text.to_owned())))
    }

    pub(super) fn click(self, at: (u16, u16)) -> Self {
        self.mouse(MouseEventKind::Down(MouseButton::Left), at)
    }

    pub(super) fn mouse(self, kind: MouseEventKind, (column, row): (u16, u16)) -> Self {
        let event = MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE };
        self.told(Event::Terminal(TerminalEvent::Mouse(event)))
    }

    /// Clicks on the first letter of `words`, as they stand on the screen.
    #[track_caller]
    pub(super) fn click_on(mut self, words: &str) -> Self {
        let at = self.place_of(words);
        self.click(at)
    }

    /// Where `words` stand on the screen.
    #[track_caller]
    pub(super) fn place_of(&mut self, words: &str) -> (u16, u16) {
        let screen = self.screen();
        let place = screen.lines().enumerate().find_map(|(row, line)| {
            let (before, _) = line.split_once(words)?;
            Some((text::width(before) as u16, row as u16))
        });
        place.unwrap_or_else(|| panic!("nowhere {words:?} in\n{screen}"))
    }

    pub(super) fn buffer(&mut self) -> &Buffer {
        self.terminal.draw(|frame| self.app.draw(frame)).unwrap();
        self.terminal.backend().buffer()
    }

    pub(super) fn cell(&mut self, at: (u16, u16)) -> Cell {
        self.buffer()[at].clone()
    }

    /// The screen as text, without the blanks at the end of its lines.
    pub(super) fn screen(&mut self) -> String {
        let buffer = self.buffer();
        let area = buffer.area;
        let mut lines = Vec::new();
        for y in area.top()..area.bottom() {
            let mut line = String::new();
            let mut x = area.left();
            while x < area.right() {
                let symbol = buffer[(x, y)].symbol();
                line.push_str(symbol);
                x += (text::width(symbol) as u16).max(1);
            }
            lines.push(line.trim_end().to_owned());
        }
        lines.join("\n")
    }

    /// The line of the screen at `row`, counted from 0; from the end when negative.
    pub(super) fn line(&mut self, row: isize) -> String {
        let screen = self.screen();
        let lines: Vec<&str> = screen.split('\n').collect();
        let row = if row < 0 { lines.len().saturating_add_signed(row) } else { row.unsigned_abs() };
        lines[row].to_owned()
    }

    #[track_caller]
    pub(super) fn sees(mut self, words: &str) -> Self {
        let screen = self.screen();
        assert!(screen.contains(words), "no {words:?} in\n{screen}");
        self
    }

    #[track_caller]
    pub(super) fn misses(mut self, words: &str) -> Self {
        let screen = self.screen();
        assert!(!screen.contains(words), "{words:?} in\n{screen}");
        self
    }

    /// The search line says this.
    #[track_caller]
    pub(super) fn asks(self, query: &str) -> Self {
        assert_eq!(self.app.session.text(), query);
        self
    }

    /// So many studies are found.
    #[track_caller]
    pub(super) fn finds(self, count: usize) -> Self {
        assert_eq!(self.app.session.results.rows.len(), count, "{}", self.app.session.text());
        self
    }

    /// This study is selected.
    #[track_caller]
    pub(super) fn stands_on(self, id: &str) -> Self {
        assert_eq!(self.id(), id);
        self
    }

    /// The id of the selected study.
    pub(super) fn id(&self) -> String {
        self.app.session.id().as_ref().map_or_else(String::new, NctId::to_string)
    }

    /// The ids of the pinned studies.
    pub(super) fn pins(&self) -> Vec<String> {
        let session = &self.app.session;
        session.pins.iter().map(NctId::to_string).collect()
    }

    pub(super) fn has_quit(&self) -> bool {
        self.effects.contains(&Effect::Quit)
    }
}

/// A store of made-up studies.
pub(super) fn store(studies: &[Made]) -> Arc<Store> {
    let mut builder = StoreBuilder::default();
    for study in studies {
        builder.push(&study.json()).unwrap();
    }
    Arc::new(builder.finish().unwrap())
}

/// A made-up study that is recruiting.
pub(super) fn study(number: u32, title: &str) -> Made {
    made(number).title(title).status("RECRUITING")
}

const NAMED: &[(&str, KeyCode)] = &[
    ("enter", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("space", KeyCode::Char(' ')),
    ("tab", KeyCode::Tab),
    ("shift-tab", KeyCode::BackTab),
    ("backspace", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("pgup", KeyCode::PageUp),
    ("pgdn", KeyCode::PageDown),
    ("f1", KeyCode::F(1)),
    ("f5", KeyCode::F(5)),
];

/// The keys of a script: `/sun<space>yat <enter> j <ctrl-d>`.
fn script(keys: &str) -> Vec<KeyEvent> {
    let mut pressed = Vec::new();
    let mut rest = keys;
    while let Some(c) = rest.chars().next() {
        let name = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'));
        if let Some((name, after)) = name {
            pressed.push(named(name));
            rest = after;
        } else {
            if c != ' ' && c != '\n' {
                pressed.push(KeyEvent::from(KeyCode::Char(c)));
            }
            rest = &rest[c.len_utf8()..];
        }
    }
    pressed
}

fn named(name: &str) -> KeyEvent {
    for (prefix, modifiers) in [("ctrl-", KeyModifiers::CONTROL), ("alt-", KeyModifiers::ALT)] {
        if let Some(key) = name.strip_prefix(prefix) {
            let code = key.chars().next().filter(|_| key.len() == 1).map(KeyCode::Char);
            return KeyEvent::new(code.unwrap_or_else(|| named(key).code), modifiers);
        }
    }
    let code = NAMED.iter().find(|(known, _)| *known == name).map(|&(_, code)| code);
    KeyEvent::from(code.unwrap_or_else(|| panic!("<{name}> is no key")))
}
