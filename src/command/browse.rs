//! The browser. It joins the application, the background threads and the terminal, until the user leaves.
//!
//! The main loop sleeps until a message arrives. It takes every message that has arrived by then, and draws one frame
//! after them. It draws nothing while nothing happens.

mod keep;
mod runtime;
mod start;

pub(super) use keep::chosen_theme;
pub(super) use start::{app, exists, start};

use std::io;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::app::App;
use crate::dataset::{Cache, Show};
use crate::event::Event;
use crate::load::Progress;
use crate::session::Mouse;
use crate::worker::job::Jobs;
use crate::worker::keeper::{Keeper, Place};
use crate::worker::loader::{self, Loaded};
use crate::worker::opener;
use crate::worker::searcher::Searcher;
use crate::worker::terminal::{self, NoTerminal, Screen, StandardInput};
use crate::worker::{self, Message, input};
use runtime::{Continued, Runtime};

/// How long a load that is given up may take to end.
const GIVING_UP: Duration = Duration::from_secs(2);

/// Whether a dataset that changes on the disk is read once more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Changes {
    #[default]
    Ignored,
    Watched,
}

/// What becomes of where a dataset is left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sessions {
    /// It is not kept.
    #[default]
    Off,
    /// It is kept, and nobody goes on there now.
    Kept,
    /// It is kept, and gone on there.
    Resumed,
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
    pub sessions: Sessions,
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
    let before = app.session.look.clone();
    let ending = run(app, window, load);
    if app.session.look != before {
        keep::look(&app.session.look);
    }
    match ending {
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
    let of_load = Arc::clone(&progress);
    let mut runtime = Runtime {
        screen,
        searcher,
        keeper,
        jobs,
        queue,
        progress: of_load,
        continued,
        is_loaded,
        source,
        watched,
        sessions: window.sessions,
    };
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
