//! Where the screen is drawn: on standard output, or on the terminal itself where standard output is for results.

use std::fs::File;
use std::io::{self, IsTerminal as _, Write};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use super::NoTerminal;

/// The terminal itself, once standard output is left to results.
static TERMINAL: OnceLock<File> = OnceLock::new();

/// Whether nothing more is drawn.
static STOPPED: AtomicBool = AtomicBool::new(false);

/// What the screen is drawn on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Output;

/// Draws on the terminal itself from now on; on standard error where that is one and the terminal has no name.
pub fn leave_standard_output() -> Result<(), NoTerminal> {
    let name = if cfg!(windows) { "CONOUT$" } else { "/dev/tty" };
    let terminal = File::options().read(true).write(true).open(name);
    let terminal = terminal.ok().or_else(standard_error).ok_or(NoTerminal::NothingToDrawOn)?;
    // Whoever asks twice gets what is there.
    _ = TERMINAL.set(terminal);
    Ok(())
}

/// Draws nothing more. Handlers of signals may call it while another thread is in the middle of a frame.
#[cfg(unix)]
pub(super) fn stop() {
    STOPPED.store(true, Ordering::SeqCst);
}

/// Whether the screen can be drawn.
pub(super) fn is_terminal() -> bool {
    TERMINAL.get().map_or_else(|| io::stdout().is_terminal(), File::is_terminal)
}

#[cfg(unix)]
fn standard_error() -> Option<File> {
    use std::os::fd::AsFd as _;
    let error = io::stderr();
    error.is_terminal().then(|| error.as_fd().try_clone_to_owned().ok())?.map(File::from)
}

#[cfg(not(unix))]
fn standard_error() -> Option<File> {
    None
}

/// A handle of its own on what the screen is drawn on, for handlers of signals.
#[cfg(unix)]
pub(super) fn handle() -> io::Result<std::os::fd::OwnedFd> {
    use std::os::fd::AsFd as _;
    match TERMINAL.get() {
        Some(terminal) => terminal.as_fd().try_clone_to_owned(),
        None => io::stdout().as_fd().try_clone_to_owned(),
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if STOPPED.load(Ordering::SeqCst) {
            return Ok(bytes.len());
        }
        match TERMINAL.get() {
            Some(mut terminal) => terminal.write(bytes),
            None => io::stdout().write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match TERMINAL.get() {
            Some(mut terminal) => terminal.flush(),
            None => io::stdout().flush(),
        }
    }
}
