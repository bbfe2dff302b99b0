//! The browser. It joins the application, the background threads and the terminal, until the user leaves.
//!
//! The main loop sleeps until a message arrives. It takes every message that has arrived by then, and draws one frame
//! after them. It draws nothing while nothing happens.

mod keep;
mod start;

pub(super) use start::{app, exists, start};

use std::io;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crossterm::event::Event as TerminalEvent;

use crate::app::App;
use crate::dataset::Cache;
use crate::event::Event;
use crate::load::Progress;
use crate::session::{Effect, JobId, Mouse, Task};
use crate::worker::clipboard::{self, Copied};
use crate::worker::file::{self, Saved};
use crate::worker::indexer;
use crate::worker::job::Jobs;
use crate::worker::keeper::{Keeper, Order, Place};
use crate::worker::loader::{self, Loaded, Show};
use crate::worker::opener;
use crate::worker::recorder::{self, Search};
use crate::worker::searcher::Searcher;
use crate::worker::terminal::{self, NoTerminal, Screen, StandardInput};
use crate::worker::{self, Message, Queue, browser, input};

/// The most messages that are taken in before a frame is drawn.
const BURST: usize = 1024;

/// How long a load that is given up may take to end.
const GIVING_UP: Duration = Duration::from_secs(2);

/// Whether a dataset that changes on the disk is read once more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Changes {
    #[default]
    Ignored,
    Watched,
}

/// What the terminal is to be like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Window {
    pub title: String,
    pub mouse: Mouse,
    pub input: StandardInput,
    /// Whose marks are kept where.
    pub place: Place,
    /// The dataset, and where its indexes are kept.
    pub paths: Vec<PathBuf>,
    pub cache: Cache,
    pub changes: Changes,
}

/// Why browsing could not begin or go on.
#[derive(Debug, thiserror::Error)]
pub enum BrowseError {
    #[error(transparent)]
    NoTerminal(#[from] NoTerminal),
    #[error("terminal: {0}")]
    Terminal(#[from] io::Error),
}

impl BrowseError {
    /// What the process is to end with: 2 when it was called wrongly, else 1.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::NoTerminal(_) => 2,
            Self::Terminal(_) => 1,
        }
    }
}

/// Why browsing ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The user wanted to.
    Quit,
    /// A signal told the process to end.
    Signal(i32),
    /// The terminal is gone. Nothing may be printed any more.
    HangUp,
}

impl Ending {
    /// What the process is to end with: 128 and the number of the signal, as shells have it.
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Quit => 0,
            Self::Signal(number) => u8::try_from(128 + number).unwrap_or(1),
            Self::HangUp => 129,
        }
    }
}

/// Shows `app` on the terminal while `load` opens the dataset, until the user leaves or has to.
///
/// The terminal is as before when this returns. `app` is left as it was last, so that its state can be saved.
pub fn browse(
    app: &mut App,
    window: &Window,
    load: impl FnOnce(&Arc<Progress>, Show) -> Loaded + Send + 'static,
) -> Result<Ending, BrowseError> {
    terminal::check(window.input)?;
    match run(app, window, load) {
        // A terminal that is gone fails in many ways, and sooner than it is seen to be gone.
        Err(_) if input::is_hung_up() => Ok(Ending::HangUp),
        ending => Ok(ending?),
    }
}

fn run(
    app: &mut App,
    window: &Window,
    load: impl FnOnce(&Arc<Progress>, Show) -> Loaded + Send + 'static,
) -> io::Result<Ending> {
    let (queue, messages) = worker::queue();
    // It takes longest.
    let progress = loader::start(&queue, load)?;
    let searcher = Searcher::start(&queue)?;
    let keeper = Keeper::start(&queue, window.place.clone())?;
    // Signals have to be caught before the terminal is taken, or they could end the process and leave it taken.
    input::listen(&queue)?;
    let screen = Screen::enter(&window.title, window.mouse)?;
    let jobs = Jobs::default();
    let continued = Continued::ByOthers;
    let is_loaded = false;
    let source = (window.cache.clone(), window.paths.clone());
    let watched = Arc::new(Mutex::new(window.paths.clone()));
    if window.changes == Changes::Watched {
        opener::watch(&queue, Arc::clone(&watched))?;
    }
    let mut runtime =
        Runtime { screen, searcher, keeper, jobs, queue, continued, is_loaded, source, watched };
    let ending = runtime.run(app, &messages);
    progress.cancelled.store(true, Ordering::Relaxed);
    let Runtime { screen, jobs, keeper, .. } = runtime;
    jobs.finish();
    keeper.finish();
    if app.is_loading() {
        // The terminal is given back first; then what was written down while loading goes, if that does not
        // take too long.
        drop(screen);
        let until = Instant::now() + GIVING_UP;
        let left = || until.saturating_duration_since(Instant::now());
        while let Ok(message) = messages.recv_timeout(left()) {
            if let Message::Event(Event::Loaded(..) | Event::LoadFailed(_)) = message {
                break;
            }
        }
    }
    ending
}

/// Who continued the process last: when it was not trialdex itself that had stopped it, the terminal was not given
/// back before, and the shell has changed it since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Continued {
    ByOthers,
    AfterSuspend,
}

/// Everything outside the application that its effects need.
struct Runtime {
    screen: Screen,
    searcher: Searcher,
    keeper: Keeper,
    jobs: Jobs,
    queue: Queue,
    continued: Continued,
    /// Whether the dataset has been read, and checked.
    is_loaded: bool,
    /// Where the indexes of the dataset are kept, and its paths.
    source: (Cache, Vec<PathBuf>),
    /// The paths that are watched for changes, if any are.
    watched: Arc<Mutex<Vec<PathBuf>>>,
}

impl Runtime {
    fn run(&mut self, app: &mut App, messages: &Receiver<Message>) -> io::Result<Ending> {
        self.tell_size(app)?;
        #[cfg(debug_assertions)]
        panic_if_told_to(&self.queue)?;
        loop {
            if let Some(ending) = self.perform(app)? {
                return Ok(ending);
            }
            self.screen.draw(|frame| app.draw(frame))?;
            let first = match app.patience() {
                None => Ok(messages.recv().expect("this thread holds a sender too")),
                Some(patience) => messages.recv_timeout(patience),
            };
            let Ok(first) = first else {
                app.rested();
                continue;
            };
            for message in std::iter::once(first).chain(messages.try_iter().take(BURST)) {
                if let Some(ending) = self.take_in(app, message)? {
                    return Ok(ending);
                }
            }
        }
    }

    fn take_in(&mut self, app: &mut App, message: Message) -> io::Result<Option<Ending>> {
        match message {
            Message::Event(event) => {
                match &event {
                    Event::Glimpsed(dataset) => self.searcher.open(Arc::clone(&dataset.store)),
                    Event::Loaded(dataset) => {
                        self.searcher.open(Arc::clone(&dataset.store));
                        self.is_loaded = true;
                        self.searcher.mark(Arc::clone(&app.session.marks));
                    }
                    // Of a dataset that is not checked yet no ids are looked up.
                    Event::Marked(marks) if self.is_loaded => {
                        self.searcher.mark(Arc::clone(marks));
                    }
                    Event::Terminal(TerminalEvent::Resize(..)) => self.screen.forget(),
                    _ => (),
                }
                app.handle(event);
            }
            Message::HangUp => return Ok(Some(Ending::HangUp)),
            #[cfg(unix)]
            Message::Signal(signal_hook::consts::SIGTSTP) => self.suspend(app)?,
            #[cfg(unix)]
            Message::Signal(signal_hook::consts::SIGCONT) => self.resume(app)?,
            Message::Signal(number) => return Ok(Some(Ending::Signal(number))),
        }
        Ok(None)
    }

    /// Performs what the application asks for; says when that is to end.
    fn perform(&mut self, app: &mut App) -> io::Result<Option<Ending>> {
        for effect in app.effects() {
            match effect {
                Effect::Start(id, task) => self.start(app, id, task)?,
                Effect::Use(paths) => self.use_dataset(app, paths)?,
                Effect::Cancel(id) => self.jobs.cancel(id),
                Effect::Suspend => self.suspend(app)?,
                Effect::Mouse(mouse) => self.screen.capture_mouse(mouse)?,
                Effect::Quit => return Ok(Some(Ending::Quit)),
            }
        }
        Ok(None)
    }

    fn start(&mut self, app: &App, id: JobId, task: Task) -> io::Result<()> {
        let task = match Order::of(task) {
            Ok(order) => {
                self.keeper.keep(id, order);
                return Ok(());
            }
            Err(task) => task,
        };
        let (jobs, queue) = (&mut self.jobs, &self.queue);
        match task {
            Task::Search(query) => self.searcher.ask(id, query),
            Task::Complete(begun) => self.searcher.complete(id, begun),
            Task::Copy { text, what } => {
                let terminal = if self.screen.copy(&text)? {
                    clipboard::Terminal::Given
                } else {
                    clipboard::Terminal::NotGiven
                };
                let copied = Copied { text, what };
                jobs.start(queue, id, move |job| clipboard::copy(&copied, terminal, job));
            }
            Task::Save { name, what, content } => {
                let (store, saved) =
                    (Arc::clone(&app.session.store), Saved { name, what, content });
                jobs.start(queue, id, move |job| file::save(&saved, &store, job));
            }
            Task::Record { path, query, typed } => {
                let (store, session) = (Arc::clone(&app.session.store), &app.session);
                let date = query.today.or(session.today).map(|date| date.to_string());
                let search = Search {
                    query: *query,
                    typed,
                    date: date.unwrap_or_default(),
                    marks: Arc::clone(&session.marks),
                    collection: session.collection.clone(),
                    paths: self.source.1.clone(),
                    skipped: session.skipped,
                    replaced: session.replaced,
                };
                jobs.start(queue, id, move |job| recorder::save(&search, &store, &path, job));
            }
            Task::IndexProse => {
                let store = Arc::clone(&app.session.store);
                let (cache, paths) = self.source.clone();
                jobs.start(queue, id, move |job| indexer::index(&cache, &paths, &store, job));
            }
            Task::OpenUrl(url) => jobs.start(queue, id, move |_| browser::open(&url)),
            Task::Open(paths) => {
                let cache = self.source.0.clone();
                jobs.start(queue, id, move |job| opener::open(&cache, &paths, job));
            }
            Task::ListPaths(typed) => jobs.start(queue, id, move |job| {
                job.tell(|id| Event::Paths(id, opener::list(&typed)));
                Ok(String::new())
            }),
            Task::KeepRecent(paths) => jobs.start(queue, id, move |_| Ok(keep::recent(&paths))),
            Task::SaveSearch { name, query } => {
                jobs.start(queue, id, move |_| keep::search(&name, &query));
            }
            Task::KeepQuery(query) => jobs.start(queue, id, move |_| Ok(keep::query(&query))),
            Task::KeepGreeted => jobs.start(queue, id, |_| Ok(keep::greeted())),
            Task::KeepColumns(columns) => jobs.start(queue, id, move |_| keep::columns(&columns)),
            // They were orders for the keeper.
            Task::Mark { .. }
            | Task::Unmark(_)
            | Task::Read(_)
            | Task::Collections
            | Task::UseCollection(_)
            | Task::Join(_) => (),
        }
        Ok(())
    }

    /// Serves the dataset that the session has now.
    fn use_dataset(&mut self, app: &App, paths: Vec<PathBuf>) -> io::Result<()> {
        self.searcher.open(Arc::clone(&app.session.store));
        self.searcher.mark(Arc::clone(&app.session.marks));
        self.is_loaded = true;
        self.screen.rename(&format!("trialdex: {}", app.session.dataset))?;
        self.watched.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&paths);
        self.source.1 = paths;
        Ok(())
    }

    /// Gives the terminal to the shell until the user comes back.
    fn suspend(&mut self, app: &mut App) -> io::Result<()> {
        if cfg!(not(unix)) {
            return Ok(());
        }
        self.screen.leave();
        self.continued = Continued::AfterSuspend;
        input::stop()?;
        self.screen.enter_again()?;
        self.tell_size(app)
    }

    /// Takes the terminal again after something else than [`Runtime::suspend`] had stopped the process.
    #[cfg(unix)]
    fn resume(&mut self, app: &mut App) -> io::Result<()> {
        if std::mem::replace(&mut self.continued, Continued::ByOthers) == Continued::AfterSuspend {
            return Ok(());
        }
        self.screen.enter_again()?;
        self.tell_size(app)
    }

    fn tell_size(&self, app: &mut App) -> io::Result<()> {
        let size = self.screen.size()?;
        app.handle(Event::Terminal(TerminalEvent::Resize(size.width, size.height)));
        Ok(())
    }
}

/// Panics here or in a worker, so that a test can see what becomes of the terminal. Not in release builds.
#[cfg(debug_assertions)]
fn panic_if_told_to(queue: &Queue) -> io::Result<()> {
    match std::env::var("TRIALDEX_TEST_PANIC").as_deref() {
        Ok("ui") => panic!("told to panic"),
        Ok("worker") => worker::spawn("worker", queue, |_| panic!("told to panic")),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exit_codes() {
        let no_terminal = BrowseError::NoTerminal(NoTerminal::NotATerminal);
        let broken = BrowseError::Terminal(io::ErrorKind::BrokenPipe.into());
        for (code, expected) in [
            (Ending::Quit.exit_code(), 0),
            (Ending::Signal(15).exit_code(), 143),
            (Ending::HangUp.exit_code(), 129),
            (no_terminal.exit_code(), 2),
            (broken.exit_code(), 1),
        ] {
            assert_eq!(code, expected);
        }
    }
}
