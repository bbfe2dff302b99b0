//! Keys, clicks, pastes and signals become messages.
//!
//! crossterm 0.29 does not see that the terminal is gone, so that is watched for here. It is used with its feature
//! `use-dev-tty`: without that it loses keys that arrive together with a change of size, and spins when the terminal
//! vanishes. Signals come through the queue like everything else.

use crossterm::event::{Event as TerminalEvent, KeyEventKind, MouseEventKind};

/// Whether the application wants to know: no released keys, and no mouse that merely moves.
fn is_wanted(event: &TerminalEvent) -> bool {
    match event {
        TerminalEvent::Key(key) => key.kind != KeyEventKind::Release,
        TerminalEvent::Mouse(mouse) => mouse.kind != MouseEventKind::Moved,
        TerminalEvent::FocusGained | TerminalEvent::FocusLost => false,
        TerminalEvent::Paste(_) | TerminalEvent::Resize(..) => true,
    }
}

#[cfg(unix)]
pub use unix::{is_hung_up, listen, stop};

#[cfg(unix)]
mod unix {
    //! Terminals and signals of Unix.

    use std::fs::File;
    use std::io::{self, IsTerminal as _, stdin};
    use std::sync::LazyLock;
    use std::thread;
    use std::time::Duration;

    use crossterm::event;
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::io::Errno;
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
    use signal_hook::iterator::Signals;

    use super::is_wanted;
    use crate::event::Event;
    use crate::worker::terminal::rescue;
    use crate::worker::{Closed, Message, Queue, spawn};

    /// How long crossterm waits at a time. Longer than is needed, because it is busy in the last millisecond.
    const PAUSE: Duration = Duration::from_secs(1);

    /// How long the user interface has to end the process after it was told to.
    const GRACE: Duration = Duration::from_secs(3);

    /// Where keys come from when standard input is something else, as when the dataset is piped in.
    static TERMINAL: LazyLock<Option<File>> =
        LazyLock::new(|| if stdin().is_terminal() { None } else { File::open("/dev/tty").ok() });

    /// Starts to pass on what the terminal and other processes send.
    pub fn listen(queue: &Queue) -> io::Result<()> {
        let signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT])?;
        // From its first call on, crossterm notices changes of size: none may be missed until the threads run.
        event::poll(Duration::ZERO)?;
        // Either ends by itself once nobody reads the queue.
        spawn("signals", queue, |queue| _ = pass_signals(signals, queue))?;
        spawn("input", queue, |queue| _ = pass_input(queue))
    }

    /// Stops the job as a shell expects it, with what feeds this process through a pipe, until the user continues it.
    pub fn stop() -> io::Result<()> {
        // Not SIGTSTP: it is caught, and a process that no shell looks after would not stop for it.
        Ok(rustix::process::kill_current_process_group(rustix::process::Signal::STOP)?)
    }

    /// Says whether the terminal is gone.
    pub fn is_hung_up() -> bool {
        // That it is gone need not be asked for: it is always told.
        let stdin = stdin();
        let mut polled = match TERMINAL.as_ref() {
            Some(terminal) => [PollFd::new(terminal, PollFlags::empty())],
            None => [PollFd::new(&stdin, PollFlags::empty())],
        };
        match poll(&mut polled, Some(&Timespec { tv_sec: 0, tv_nsec: 0 })) {
            Ok(_) => (),
            Err(error) => return !matches!(error, Errno::INTR | Errno::AGAIN),
        }
        polled[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL)
    }

    fn pass_input(queue: &Queue) -> Result<(), Closed> {
        while !is_hung_up() {
            match next() {
                Ok(Some(event)) if is_wanted(&event) => queue.send(Event::Terminal(event))?,
                Ok(_) => (),
                Err(_) => break,
            }
        }
        end_within_grace(SIGHUP);
        queue.send(Message::HangUp)
    }

    /// The next event, if one arrives soon.
    fn next() -> io::Result<Option<event::Event>> {
        if event::poll(PAUSE)? { event::read().map(Some) } else { Ok(None) }
    }

    fn pass_signals(mut signals: Signals, queue: &Queue) -> Result<(), Closed> {
        for signal in signals.forever() {
            if !matches!(signal, SIGTSTP | SIGCONT) {
                end_within_grace(signal);
            }
            queue.send(Message::Signal(signal))?;
        }
        Ok(())
    }

    /// Ends the process by itself if the user interface does not: it may be stuck in writing to a terminal that
    /// nobody reads.
    fn end_within_grace(signal: i32) {
        thread::spawn(move || {
            thread::sleep(GRACE);
            rescue::give_back();
            signal_hook::low_level::exit(128 + signal);
        });
    }
}

/// Starts to pass on what the terminal sends.
#[cfg(not(unix))]
pub fn listen(queue: &super::Queue) -> std::io::Result<()> {
    super::spawn("input", queue, |queue| {
        while let Ok(event) = crossterm::event::read() {
            if is_wanted(&event) && queue.send(crate::event::Event::Terminal(event)).is_err() {
                return;
            }
        }
        _ = queue.send(super::Message::HangUp);
    })
}

/// Does nothing: only shells of Unix can stop a program and continue it.
#[cfg(not(unix))]
pub fn stop() -> std::io::Result<()> {
    Ok(())
}

/// Says whether the terminal is gone: not known here.
#[cfg(not(unix))]
pub fn is_hung_up() -> bool {
    false
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseEvent};

    use super::*;

    fn key(kind: KeyEventKind) -> TerminalEvent {
        TerminalEvent::Key(KeyEvent::new_with_kind(KeyCode::Char('q'), KeyModifiers::NONE, kind))
    }

    fn mouse(kind: MouseEventKind) -> TerminalEvent {
        TerminalEvent::Mouse(MouseEvent { kind, column: 3, row: 4, modifiers: KeyModifiers::NONE })
    }

    #[test]
    fn only_what_means_something_is_passed_on() {
        for (event, wanted) in [
            (key(KeyEventKind::Press), true),
            (key(KeyEventKind::Repeat), true),
            (key(KeyEventKind::Release), false),
            (mouse(MouseEventKind::ScrollDown), true),
            (mouse(MouseEventKind::Moved), false),
            (TerminalEvent::Paste("q\nq".into()), true),
            (TerminalEvent::Resize(1, 1), true),
            (TerminalEvent::FocusLost, false),
        ] {
            assert_eq!(is_wanted(&event), wanted, "{event:?}");
        }
    }
}
