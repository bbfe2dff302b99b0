//! What is around the application while the browser runs: the loop that takes in messages and draws, and the work that
//! effects ask for.

use std::io;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex, PoisonError};

use crossterm::event::Event as TerminalEvent;

use super::{Ending, Sessions, keep};
use crate::app::App;
use crate::dataset::Cache;
use crate::event::Event;
use crate::load::Progress;
use crate::session::{Begins, Effect, JobId, Task};
use crate::worker::clipboard::{self, Copied};
use crate::worker::file::{self, Saved};
use crate::worker::indexer;
use crate::worker::job::Jobs;
use crate::worker::keeper::{Keeper, Order};
use crate::worker::opener;
use crate::worker::recorder::{self, Search};
use crate::worker::searcher::Searcher;
use crate::worker::terminal::Screen;
use crate::worker::{Message, Queue, browser, input};

/// The most messages that are taken in before a frame is drawn.
const BURST: usize = 1024;

/// Who continued the process last: when it was not trialdex itself that had stopped it, the terminal was not given
/// back before, and the shell has changed it since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Continued {
    ByOthers,
    AfterSuspend,
}

/// Everything outside the application that its effects need.
pub(super) struct Runtime {
    pub(super) screen: Screen,
    pub(super) searcher: Searcher,
    pub(super) keeper: Keeper,
    pub(super) jobs: Jobs,
    pub(super) queue: Queue,
    /// Of the dataset that is opened at the start.
    pub(super) progress: Arc<Progress>,
    pub(super) continued: Continued,
    /// Whether the dataset has been read, and checked.
    pub(super) is_loaded: bool,
    /// Where the indexes of the dataset are kept, and its paths.
    pub(super) source: (Cache, Vec<PathBuf>),
    /// The paths that are watched for changes, if any are.
    pub(super) watched: Arc<Mutex<Vec<PathBuf>>>,
    pub(super) sessions: Sessions,
}

impl Runtime {
    pub(super) fn run(
        &mut self,
        app: &mut App,
        messages: &Receiver<Message>,
    ) -> io::Result<Ending> {
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
                    Event::Loaded(dataset) if !app.has_part() => {
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
                Effect::ServeMore => self.serve_more(app),
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
            Task::Open(paths, begins) => {
                let cache = self.source.0.clone();
                let goes_on = begins == Begins::AsLeft && self.sessions == Sessions::Resumed;
                let left = move |paths: &[PathBuf]| {
                    if goes_on { keep::read_session(paths) } else { Ok(None) }
                };
                jobs.start(queue, id, move |job| opener::open(&cache, &paths, left, job));
            }
            Task::KeepSession(paths, left) => {
                let is_kept = self.sessions != Sessions::Off;
                jobs.start(queue, id, move |_| {
                    let said = if is_kept { keep::session(&paths, &left) } else { None };
                    said.map_or(Ok(String::new()), Err)
                });
            }
            Task::ListPaths(typed) => jobs.start(queue, id, move |job| {
                job.tell(|id| Event::Paths(id, opener::list(&typed)));
                Ok(String::new())
            }),
            Task::KeepRecent(paths) => jobs.start(queue, id, move |_| Ok(keep::recent(&paths))),
            Task::SaveSearch { name, query } => {
                jobs.start(queue, id, move |_| keep::search(&name, &query));
            }
            Task::CountSearches(searches) => {
                let (store, marks) = (Arc::clone(&app.session.store), &app.session.marks);
                let (marks, paths) = (Arc::clone(marks), self.source.1.clone());
                jobs.start(queue, id, move |job| {
                    keep::count_searches(&searches, (&store, &marks), &paths, job)
                });
            }
            Task::Look { name, query } => {
                let (store, marks) = (Arc::clone(&app.session.store), &app.session.marks);
                let (marks, paths) = (Arc::clone(marks), self.source.1.clone());
                let (search, today) = ((name, *query), app.session.today);
                jobs.start(queue, id, move |job| {
                    let looked = today.map(|day| (search, day));
                    Ok(looked.map_or_else(String::new, |looked| {
                        keep::looked(looked, (&store, &marks), &paths, job)
                    }))
                });
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

    /// Asks what the session has coming from now on.
    fn serve_more(&mut self, app: &App) {
        if let Some(store) = app.session.coming() {
            self.searcher.open(Arc::clone(store));
            self.searcher.mark(Arc::clone(&app.session.marks));
            self.is_loaded = true;
        }
    }

    /// Serves the dataset that the session has now. If the first one is still being read, it is not wanted any more.
    fn use_dataset(&mut self, app: &App, paths: Vec<PathBuf>) -> io::Result<()> {
        self.progress.cancelled.store(true, Ordering::Relaxed);
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
        Ok("worker") => crate::worker::spawn("worker", queue, |_| panic!("told to panic")),
        _ => Ok(()),
    }
}
