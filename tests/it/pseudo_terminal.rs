//! A program in a pseudo-terminal: a test sends keys and reads the emulated screen, the raw bytes and the exit code.
//! It does not know what the program shows. Nothing sleeps for a fixed time: each wait ends when the awaited thing
//! happens.

#![expect(clippy::unwrap_used, reason = "a test fails where it stands")]

use std::ffi::OsString;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread;
use std::time::Duration;

use portable_pty::{
    Child, ChildKiller, CommandBuilder, MasterPty, PtyPair, PtySize, native_pty_system,
};
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, waitid};
use rustix::termios::LocalModes;
use tempfile::TempDir;
use vt100::Screen;

/// When a wait is given up: far longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// A program, how it is called, and the terminal it is to find.
pub(crate) struct Launch {
    pub(crate) program: PathBuf,
    pub(crate) arguments: Vec<OsString>,
    pub(crate) environment: Vec<(&'static str, String)>,
    pub(crate) columns: u16,
    pub(crate) rows: u16,
    /// Whether the terminal is to be the controlling one, which gets its signals.
    pub(crate) controlling: bool,
}

impl Launch {
    /// `program` in a controlling terminal of 80 × 24.
    pub(crate) fn new(program: impl Into<PathBuf>) -> Self {
        Self {
            program: program.into(),
            arguments: vec![],
            environment: vec![],
            columns: 80,
            rows: 24,
            controlling: true,
        }
    }

    /// Opens a terminal with the program in it. `home` holds whatever the program may keep.
    pub(crate) fn open(&self, home: &TempDir) -> (PtyPair, CommandBuilder) {
        let pair = native_pty_system().openpty(pty_size(self.columns, self.rows)).unwrap();
        let mut command = CommandBuilder::new(&self.program);
        command.args(&self.arguments);
        command.cwd(std::env::current_dir().unwrap());
        command.env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("TERM", "xterm-256color");
        command.env("COLORTERM", "truecolor");
        command.env("LC_ALL", "C.UTF-8");
        for name in ["HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"]
        {
            command.env(name, home.path());
        }
        // Nobody here starts it for the first time, unless the environment names another folder.
        let state = home.path().join("trialdex");
        std::fs::create_dir_all(&state).unwrap();
        std::fs::write(state.join("greeted"), "").unwrap();
        for (name, value) in &self.environment {
            command.env(name, value);
        }
        command.set_controlling_tty(self.controlling);
        (pair, command)
    }

    /// Starts the program, with a reader that shows what it writes on an emulated screen.
    pub(crate) fn start(&self) -> PseudoTerminal {
        let home = TempDir::new().unwrap();
        let (PtyPair { slave, master }, command) = self.open(&home);
        let child = slave.spawn_command(command).unwrap();
        drop(slave);
        let killer = child.clone_killer();
        let id = child.process_id().unwrap();
        let exit = exit_of(child);

        let keys = Arc::new(Mutex::new(master.take_writer().unwrap()));
        let shown = Arc::new((
            Mutex::new(Shown {
                emulator: vt100::Parser::new_with_callbacks(
                    cells(self.rows),
                    cells(self.columns),
                    0,
                    Replies::default(),
                ),
                bytes: vec![],
                closed: false,
                is_read: true,
            }),
            Condvar::new(),
        ));
        let reader = master.try_clone_reader().unwrap();
        let (shown_there, keys_there) = (Arc::clone(&shown), Arc::clone(&keys));
        thread::spawn(move || read(reader, &shown_there, &keys_there));
        PseudoTerminal { killer, id, exit, master, keys, shown, _home: home }
    }

    /// Starts the program, and closes its terminal as soon as it has written `text`; its exit code.
    #[track_caller]
    pub(crate) fn close_at(&self, text: &str) -> u32 {
        let home = TempDir::new().unwrap();
        let (PtyPair { slave, master }, command) = self.open(&home);
        let child = slave.spawn_command(command).unwrap();
        drop(slave);
        let mut killer = child.clone_killer();
        let exit = exit_of(child);

        // Nothing else may hold the terminal open, so there is no thread that reads.
        let mut reader = master.try_clone_reader().unwrap();
        let (mut bytes, mut chunk) = (vec![], [0; 8192]);
        while !String::from_utf8_lossy(&bytes).contains(text) {
            let length = reader.read(&mut chunk).unwrap();
            assert!(length > 0, "{}", String::from_utf8_lossy(&bytes));
            bytes.extend(&chunk[..length]);
        }
        drop((reader, master));
        let code = exit.recv_timeout(PATIENCE);
        // It may have ended by itself, as it should.
        _ = killer.kill();
        code.expect("the program ends with its terminal")
    }
}

/// Waits for `child` on a thread; its exit code.
fn exit_of(mut child: Box<dyn Child + Send + Sync>) -> Receiver<u32> {
    let (sender, exit) = channel();
    thread::spawn(move || sender.send(child.wait().unwrap().exit_code()));
    exit
}

/// What the program has written, and the screen that this makes.
struct Shown {
    emulator: vt100::Parser<Replies>,
    bytes: Vec<u8>,
    closed: bool,
    /// Whether what the program writes is read. Where it is not, the program has to wait.
    is_read: bool,
}

/// What a terminal answers when it is asked where the cursor is, or what it is.
#[derive(Default)]
struct Replies(Vec<u8>);

impl vt100::Callbacks for Replies {
    fn unhandled_csi(
        &mut self,
        screen: &mut Screen,
        first: Option<u8>,
        _second: Option<u8>,
        params: &[&[u16]],
        last: char,
    ) {
        match (first, params, last) {
            (None, [[6]], 'n') => {
                let (row, column) = screen.cursor_position();
                self.0.extend(format!("\x1b[{};{}R", row + 1, column + 1).bytes());
            }
            (None, _, 'c') => self.0.extend(b"\x1b[?62;22c"),
            _ => (),
        }
    }
}

type Keys = Mutex<Box<dyn Write + Send>>;

fn read(mut reader: Box<dyn Read + Send>, shown: &(Mutex<Shown>, Condvar), keys: &Keys) {
    let (lock, changed) = shown;
    let mut chunk = [0; 8192];
    loop {
        drop(changed.wait_while(lock.lock().unwrap(), |shown| !shown.is_read).unwrap());
        let length = reader.read(&mut chunk).unwrap_or(0);
        let mut shown = lock.lock().unwrap();
        shown.bytes.extend(&chunk[..length]);
        shown.emulator.process(&chunk[..length]);
        shown.closed = length == 0;
        let replies = std::mem::take(&mut shown.emulator.callbacks_mut().0);
        drop(shown);
        changed.notify_all();
        if length == 0 {
            return;
        }
        // A program that has just ended no longer needs the answer.
        _ = keys.lock().unwrap().write_all(&replies);
    }
}

pub(crate) struct PseudoTerminal {
    killer: Box<dyn ChildKiller + Send + Sync>,
    id: u32,
    exit: Receiver<u32>,
    master: Box<dyn MasterPty + Send>,
    keys: Arc<Keys>,
    shown: Arc<(Mutex<Shown>, Condvar)>,
    _home: TempDir,
}

impl PseudoTerminal {
    /// Types `keys`: text and control characters, as a terminal sends them.
    pub(crate) fn send(&self, keys: &str) {
        self.keys.lock().unwrap().write_all(keys.as_bytes()).unwrap();
    }

    /// Waits until the screen is as `wanted` says; fails with the screen as it is.
    #[track_caller]
    pub(crate) fn wait(&self, what: &str, wanted: impl Fn(&Screen) -> bool) {
        let shown = self.wait_while(PATIENCE, |shown| !wanted(shown.emulator.screen()));
        let screen = shown.emulator.screen();
        assert!(wanted(screen), "no {what} on the screen:\n{}", screen.contents());
    }

    #[track_caller]
    pub(crate) fn wait_text(&self, text: &str) {
        self.wait(text, |screen| screen.contents().contains(text));
    }

    /// How many times `sequence` has been written, on whatever screen.
    pub(crate) fn written(&self, sequence: &str) -> usize {
        count(&self.shown.0.lock().unwrap().bytes, sequence)
    }

    /// Waits until `sequence` has been written as many `times`.
    #[track_caller]
    pub(crate) fn wait_written(&self, sequence: &str, times: usize) {
        let shown = self.wait_while(PATIENCE, |shown| count(&shown.bytes, sequence) < times);
        let written = count(&shown.bytes, sequence);
        assert!(written >= times, "{sequence:?} was written {written} times, not {times}");
    }

    /// Waits until nothing has been written for `calm`.
    pub(crate) fn wait_still(&self, calm: Duration) {
        loop {
            let before = self.shown.0.lock().unwrap().bytes.len();
            if self.wait_while(calm, |shown| shown.bytes.len() == before).bytes.len() == before {
                return;
            }
        }
    }

    fn wait_while(
        &self,
        patience: Duration,
        condition: impl Fn(&mut Shown) -> bool,
    ) -> MutexGuard<'_, Shown> {
        let (lock, changed) = &*self.shown;
        changed.wait_timeout_while(lock.lock().unwrap(), patience, condition).unwrap().0
    }

    /// Looks at the screen.
    pub(crate) fn screen<T>(&self, look: impl FnOnce(&Screen) -> T) -> T {
        look(self.shown.0.lock().unwrap().emulator.screen())
    }

    /// Everything that the program has written so far.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.shown.0.lock().unwrap().bytes.clone()
    }

    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        let (lock, _) = &*self.shown;
        lock.lock().unwrap().emulator.set_size(cells(rows), cells(columns));
        self.master.resize(pty_size(columns, rows)).unwrap();
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).unwrap();
    }

    /// From now on the terminal reads what the program writes, or it does not.
    pub(crate) fn set_read(&self, is_read: bool) {
        let (lock, changed) = &*self.shown;
        lock.lock().unwrap().is_read = is_read;
        changed.notify_all();
    }

    /// Waits until the program has stopped itself.
    pub(crate) fn wait_stopped(&self) {
        waitid(WaitId::Pid(self.pid()), WaitIdOptions::STOPPED).unwrap();
    }

    /// Waits for the end of the program and of its output; its exit code.
    #[track_caller]
    pub(crate) fn exit_code(&self) -> u32 {
        let code = self.exit.recv_timeout(PATIENCE).expect("the program ends");
        drop(self.wait_while(PATIENCE, |shown| !shown.closed));
        code
    }

    /// Whether lines are edited and echoed by the terminal, as a shell leaves it.
    pub(crate) fn is_cooked(&self) -> bool {
        let cooked = (LocalModes::ICANON | LocalModes::ECHO).bits();
        self.master.get_termios().unwrap().local_flags.bits() & cooked == cooked
    }

    fn pid(&self) -> Pid {
        Pid::from_raw(self.id.cast_signed()).unwrap()
    }
}

impl Drop for PseudoTerminal {
    fn drop(&mut self) {
        // Most programs have ended by now.
        _ = self.killer.kill();
    }
}

fn count(bytes: &[u8], sequence: &str) -> usize {
    String::from_utf8_lossy(bytes).matches(sequence).count()
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("an emulated screen has at least one cell")
}

fn pty_size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}
