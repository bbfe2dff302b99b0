//! Keys, clicks, pastes and signals become messages.
//!
//! On Unix the terminal is read here and not by crossterm 0.29, which takes what terminals answer for keys, waits without end
//! behind a sequence that does not go on, and does not see that the terminal is gone. Signals come through the queue like
//! everything else, changes of size too.

#[cfg(unix)]
pub mod decode;
#[cfg(unix)]
pub mod sequence;

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
    use std::os::fd::{AsFd as _, BorrowedFd};
    use std::sync::LazyLock;
    use std::thread;
    use std::time::Duration;

    use crossterm::event::Event as TerminalEvent;
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::io::Errno;
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
    use signal_hook::iterator::Signals;

    use super::decode::decode;
    use super::is_wanted;
    use super::sequence::{Framer, Piece};
    use crate::event::Event;
    use crate::worker::terminal::rescue;
    use crate::worker::{Closed, Message, Queue, spawn};

    /// How long the user interface has to end the process after it was told to.
    const GRACE: Duration = Duration::from_secs(3);

    /// Where keys come from when standard input is something else, as when the dataset is piped in.
    static TERMINAL: LazyLock<Option<File>> =
        LazyLock::new(|| if stdin().is_terminal() { None } else { File::open("/dev/tty").ok() });

    /// Starts to pass on what the terminal and other processes send.
    pub fn listen(queue: &Queue) -> io::Result<()> {
        // From here on no change of size is missed.
        let signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH])?;
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
        wait(&stdin(), PollFlags::empty(), Some(Duration::ZERO)) == Waited::Gone
    }

    /// What came of waiting for the terminal.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    enum Waited {
        Bytes,
        Nothing,
        Gone,
    }

    /// Waits for `wanted`, without a limit if none is given. That the terminal is gone is always told.
    fn wait(stdin: &io::Stdin, wanted: PollFlags, limit: Option<Duration>) -> Waited {
        let terminal = terminal(stdin);
        let mut polled = [PollFd::new(&terminal, wanted)];
        let limit = limit.and_then(|limit| Timespec::try_from(limit).ok());
        match poll(&mut polled, limit.as_ref()) {
            Err(Errno::INTR | Errno::AGAIN) => return Waited::Nothing,
            Err(_) => return Waited::Gone,
            Ok(_) => (),
        }
        let told = polled[0].revents();
        // What was sent before it went is read first.
        if told.intersects(PollFlags::IN) {
            Waited::Bytes
        } else if told.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
            Waited::Gone
        } else {
            Waited::Nothing
        }
    }

    /// Where keys come from.
    fn terminal(stdin: &io::Stdin) -> BorrowedFd<'_> {
        TERMINAL.as_ref().map_or_else(|| stdin.as_fd(), |terminal| terminal.as_fd())
    }

    fn pass_input(queue: &Queue) -> Result<(), Closed> {
        let (stdin, mut framer, mut buffer) = (stdin(), Framer::default(), [0; 4096]);
        loop {
            let mut pieces = Vec::new();
            let mut give = |piece: Piece| pieces.push(piece);
            match wait(&stdin, PollFlags::IN, framer.patience()) {
                Waited::Nothing => framer.settle(&mut give),
                Waited::Gone => break,
                Waited::Bytes => match rustix::io::read(terminal(&stdin), &mut buffer) {
                    Ok(count @ 1..) => framer.push(&buffer[..count], &mut give),
                    Err(Errno::INTR | Errno::AGAIN) => (),
                    Ok(0) | Err(_) => break,
                },
            }
            for event in pieces.into_iter().filter_map(decode).filter(is_wanted) {
                queue.send(Event::Terminal(event))?;
            }
        }
        end_within_grace(SIGHUP);
        queue.send(Message::HangUp)
    }

    fn pass_signals(mut signals: Signals, queue: &Queue) -> Result<(), Closed> {
        for signal in signals.forever() {
            if signal == SIGWINCH {
                if let Ok((columns, rows)) = crossterm::terminal::size() {
                    queue.send(Event::Terminal(TerminalEvent::Resize(columns, rows)))?;
                }
                continue;
            }
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
        // Where no thread can be had, it is left to the user interface.
        _ = thread::Builder::new().spawn(move || {
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
