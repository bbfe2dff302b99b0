//! Gives the terminal back where a signal ends the process at once, in whatever it is doing: a bug that aborts, memory
//! that is not there, a limit of the system, another user's `kill`.
//!
//! A handler may neither allocate nor wait for a lock, so it writes bytes and sets modes that were prepared when the
//! terminal was taken. A second process that waits for the first could do the same even after `SIGKILL`, but it would stand
//! between the shell and its job: exit codes, Ctrl-z, the process group.

use std::fs::File;
use std::io::{self, IsTerminal as _};
use std::os::fd::{AsFd, OwnedFd};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};
use signal_hook::consts::{
    SIGABRT, SIGALRM, SIGBUS, SIGPROF, SIGSYS, SIGTRAP, SIGUSR1, SIGUSR2, SIGVTALRM, SIGXCPU,
};
use signal_hook::low_level;

use super::{TAKEN, output};

/// What ends a process unless it is caught, without those that are told to the user interface, those that cannot be caught,
/// and `SIGSEGV`, `SIGILL` and `SIGFPE`, after which no handler can be trusted.
const SIGNALS: [i32; 8] = [SIGALRM, SIGPROF, SIGSYS, SIGTRAP, SIGUSR1, SIGUSR2, SIGVTALRM, SIGXCPU];

/// `SIGBUS` has one cause here: a page of a mapped snapshot is not in its file any more.
const CUT_OFF: &[u8] =
    b"trialdex: the index was cut off while it was open; `trialdex cache --clear` removes it, then start again\n";

/// Rust aborts where no memory is left, and says so.
const ABORTED: &[u8] = b"trialdex: ended by an abort: mostly because the system has no more memory for it; open less at once\n";

/// What the terminal was like before it was taken.
static BEFORE: OnceLock<Before> = OnceLock::new();

struct Before {
    keys: OwnedFd,
    /// What the screen is drawn on.
    output: OwnedFd,
    modes: Termios,
    /// What has to be written to undo what was written.
    undo: Vec<u8>,
}

/// Watches for the signals. They end the process as they would otherwise, except that `SIGBUS` and `SIGABRT` are said in a line.
#[expect(unsafe_code, reason = "the language cannot know what a handler may call")]
pub fn watch() -> io::Result<()> {
    #[cfg(target_os = "linux")]
    // SAFETY: no other thread is there yet, and the default action is no function.
    unsafe {
        // Rust watches this signal to tell of a full stack, which on Linux is another one. Its handler would run before ours
        // and make the next signal end the process at once: that of a second thread which meets the same cut index.
        libc::signal(SIGBUS, libc::SIG_DFL);
    }
    for signal in SIGNALS {
        let end = move || {
            wait_for_another();
            output::stop();
            give_back();
            _ = low_level::emulate_default_handler(signal);
        };
        // SAFETY: `end` reads atomics and calls write, tcsetattr and raise, which handlers may.
        unsafe { low_level::register(signal, end)? };
    }
    for (signal, words) in [(SIGBUS, CUT_OFF), (SIGABRT, ABORTED)] {
        let end = move || {
            wait_for_another();
            output::stop();
            give_back();
            _ = rustix::io::write(io::stderr().as_fd(), words);
            low_level::exit(2);
        };
        // SAFETY: the same, and `_exit`.
        unsafe { low_level::register(signal, end)? };
    }
    Ok(())
}

/// Lets the thread that met a signal first end the process. It is waited for a second at most, since a handler can also
/// stand in the way of one in its own thread.
fn wait_for_another() {
    static ENDING: AtomicBool = AtomicBool::new(false);
    if ENDING.swap(true, Ordering::SeqCst) {
        thread::sleep(Duration::from_secs(1));
    }
}

/// Remembers what the terminal is like, before it is taken for the first time.
pub(super) fn remember(undo: Vec<u8>) {
    let stdin = io::stdin();
    let keys = if stdin.is_terminal() {
        stdin.as_fd().try_clone_to_owned()
    } else {
        File::open("/dev/tty").map(OwnedFd::from)
    };
    // Where this fails, taking the terminal fails too.
    if let (Ok(keys), Ok(output)) = (keys, output::handle())
        && let Ok(modes) = tcgetattr(&keys)
    {
        _ = BEFORE.set(Before { keys, output, modes, undo });
    }
}

/// Gives the terminal back if it is taken. Handlers of signals may call it, at any time.
pub(in crate::worker) fn give_back() {
    let Some(before) = BEFORE.get() else { return };
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut rest = &before.undo[..];
    while let Ok(written @ 1..) = rustix::io::write(&before.output, rest) {
        rest = &rest[written..];
    }
    _ = tcsetattr(&before.keys, OptionalActions::Now, &before.modes);
}
