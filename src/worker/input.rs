//! Keys, clicks, pastes and signals become messages.
//!
//! crossterm 0.29 never returns from waiting for a terminal that is gone, so the waiting is done here, and crossterm
//! is asked only for what has arrived. Signals come through the queue like everything else.

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

    use std::io::{self, stdin};
    use std::thread;
    use std::time::Duration;

    use crossterm::event;
    use crossterm::terminal::disable_raw_mode;
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::io::Errno;
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
    use signal_hook::iterator::Signals;

    use super::is_wanted;
    use crate::event::Event;
    use crate::worker::{Closed, Message, Queue, spawn};

    /// How long the terminal is waited for at a time: after it, crossterm may have seen a new size.
    const PAUSE: Timespec = Timespec { tv_sec: 0, tv_nsec: 50_000_000 };

    /// How long the user interface has to end the process after it was told to.
    const GRACE: Duration = Duration::from_secs(3);

    /// Starts to pass on what the terminal and other processes send.
    pub fn listen(queue: &Queue) -> io::Result<()> {
        let signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT])?;
        // Either ends by itself once nobody reads the queue.
        spawn("signals", queue, |queue| _ = pass_signals(signals, queue))?;
        spawn("hang-up", queue, |queue| _ = watch_for_hang_up(queue))?;
        spawn("input", queue, |queue| _ = pass_input(queue))
    }

    /// Stops the process as a shell expects it, until the user continues it.
    pub fn stop() -> io::Result<()> {
        // Not SIGTSTP: it is caught, and a process that no shell looks after would not stop for it.
        signal_hook::low_level::raise(signal_hook::consts::SIGSTOP)
    }

    /// Says whether the terminal is gone.
    pub fn is_hung_up() -> bool {
        wait(PollFlags::empty(), Some(&Timespec { tv_sec: 0, tv_nsec: 0 })).is_err()
    }

    /// Waits until `wanted` is true of the terminal, at most for `pause`; fails when the terminal is gone.
    fn wait(wanted: PollFlags, pause: Option<&Timespec>) -> Result<(), Closed> {
        let stdin = stdin();
        let mut polled = [PollFd::new(&stdin, wanted)];
        match poll(&mut polled, pause) {
            Ok(_) | Err(Errno::INTR | Errno::AGAIN) => (),
            Err(_) => return Err(Closed),
        }
        let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
        if polled[0].revents().intersects(gone) { Err(Closed) } else { Ok(()) }
    }

    fn pass_input(queue: &Queue) -> Result<(), Closed> {
        while wait(PollFlags::IN, Some(&PAUSE)).is_ok() {
            match arrived() {
                Ok(events) => {
                    for event in events.into_iter().filter(is_wanted) {
                        queue.send(Event::Terminal(event))?;
                    }
                }
                Err(_) => break,
            }
        }
        end_within_grace(SIGHUP);
        queue.send(Message::HangUp)
    }

    /// The events that crossterm has now, a few at a time, so that a flood of them is held up by the queue.
    fn arrived() -> io::Result<Vec<event::Event>> {
        let mut events = vec![];
        while events.len() < 64 && event::poll(Duration::ZERO)? {
            events.push(event::read()?);
        }
        Ok(events)
    }

    /// Sees the terminal vanish even in the moment in which crossterm reads from it, and so never comes back.
    fn watch_for_hang_up(queue: &Queue) -> Result<(), Closed> {
        while wait(PollFlags::empty(), None).is_ok() {}
        end_within_grace(SIGHUP);
        queue.send(Message::HangUp)
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
            _ = disable_raw_mode();
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
