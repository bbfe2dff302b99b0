//! The user's terminal: taken over from the shell, drawn on, and given back whatever happens.
//!
//! Only the thread of the user interface may use it. Nothing here asks the terminal a question, because some never
//! answer; and nothing here prints, because a terminal that is gone makes `print!` panic.

mod output;
#[cfg(unix)]
pub mod rescue;

pub use output::leave_standard_output;

use std::io::{self, BufWriter, IsTerminal, Write};
use std::mem::ManuallyDrop;
use std::panic::{set_hook, take_hook};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crate::session::Mouse;
use crossterm::clipboard::CopyToClipboard;
use crossterm::cursor::{Hide, Show};
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::style::{Print, ResetColor};
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    SetTitle, disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};
use output::Output;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::{Position, Rect, Size};
use ratatui::{Frame, Terminal};

/// Whether the terminal is ours now: looked at by the panic hook, which has nothing else to go by.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The most that is sent through the terminal to its clipboard, in bytes: 100,000 once encoded, which terminals take.
pub const CLIPBOARD_LIMIT: usize = 74_994;

/// What is said behind a panic.
const FAULT: &[u8] = b"trialdex: this is a fault of the program, please report the lines above; \
    where its index was changed while it was open, `trialdex cache --clear` helps\n";

/// xterm's stack of window titles.
const SAVE_TITLE: Print<&str> = Print("\x1b[22;2t");
const RESTORE_TITLE: Print<&str> = Print("\x1b[23;2t");

/// Why there is nothing to browse in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoTerminal {
    #[error(
        "browsing needs a terminal for input and output; without one use `trialdex search` or `trialdex show`"
    )]
    NotATerminal,
    #[error(
        "this terminal cannot show a full screen (TERM is {0}); use `trialdex search` or `trialdex show`"
    )]
    Dumb(&'static str),
    #[error("picking needs a terminal to draw on; without one use `trialdex search --format ids`")]
    NothingToDrawOn,
}

/// What standard input brings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StandardInput {
    #[default]
    Keys,
    /// Records; keys are read from the terminal itself.
    Dataset,
}

/// Whether something is piped into the program, or a file is its input.
pub fn is_piped() -> bool {
    #[cfg(unix)]
    {
        use std::os::fd::AsFd as _;
        use std::os::unix::fs::FileTypeExt as _;
        let input = io::stdin().as_fd().try_clone_to_owned().map(std::fs::File::from);
        let kind = input.and_then(|input| input.metadata()).map(|metadata| metadata.file_type());
        kind.is_ok_and(|kind| kind.is_fifo() || kind.is_file())
    }
    #[cfg(not(unix))]
    false
}

/// Says whether the program was started in a terminal that can show a full screen.
pub fn check(input: StandardInput) -> Result<(), NoTerminal> {
    let keys = match input {
        StandardInput::Keys => io::stdin().is_terminal(),
        StandardInput::Dataset => cfg!(unix) && std::fs::File::open("/dev/tty").is_ok(),
    };
    if !keys || !output::is_terminal() {
        return Err(NoTerminal::NotATerminal);
    }
    match std::env::var_os("TERM") {
        Some(term) if term == "dumb" => Err(NoTerminal::Dumb("dumb")),
        None if cfg!(unix) => Err(NoTerminal::Dumb("not set")),
        _ => Ok(()),
    }
}

/// Whether the terminal shows nothing but lines.
pub fn is_dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}

/// Whether the locale says that the terminal knows another character set than Unicode. One that says nothing may know it.
pub fn lacks_unicode() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    cfg!(unix) && locale.is_some_and(|locale| !names_unicode(&locale))
}

fn names_unicode(locale: &str) -> bool {
    let folded = locale.to_ascii_lowercase();
    folded.contains("utf-8") || folded.contains("utf8")
}

/// Whether text that is underlined or dim looks so where results are written, and is wanted.
pub fn takes_styles() -> bool {
    let is_plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let is_dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
    !is_plain && !is_dumb
}

/// How many columns the terminal has to which results are written; `None` when they go elsewhere.
pub fn columns() -> Option<usize> {
    let size = io::stdout().is_terminal().then(crossterm::terminal::size)?;
    // A terminal that nobody has given a size says 0.
    size.ok().map(|(columns, _)| usize::from(columns)).filter(|&columns| columns > 0)
}

/// The terminal while it is ours. It is given back when this is dropped, if not before.
#[derive(Debug)]
pub struct Screen {
    /// Never dropped: ratatui's own clean-up prints when it fails, which panics on a terminal that is gone.
    terminal: ManuallyDrop<Terminal<CrosstermBackend<BufWriter<Output>>>>,
    title: String,
    mouse: Mouse,
    shown: OnScreen,
}

/// What the terminal shows before a frame is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OnScreen {
    LastFrame,
    /// Anything: the next frame has to be drawn whole.
    Unknown,
}

impl Screen {
    /// Takes the terminal over. `title` is for the window.
    pub fn enter(title: &str, mouse: Mouse) -> io::Result<Self> {
        let output = BufWriter::with_capacity(1 << 16, Output);
        let terminal = ManuallyDrop::new(Terminal::new(CrosstermBackend::new(output))?);
        let title = title.chars().filter(|c| !c.is_control()).collect();
        let mut screen = Self { terminal, title, mouse, shown: OnScreen::Unknown };
        watch_for_panics();
        #[cfg(unix)]
        rescue::remember(undo());
        screen.take()?;
        Ok(screen)
    }

    fn take(&mut self) -> io::Result<()> {
        TAKEN.store(true, Ordering::SeqCst);
        enable_raw_mode()?;
        let output = self.terminal.backend_mut();
        queue!(output, SAVE_TITLE, SetTitle(&self.title))?;
        queue!(output, EnterAlternateScreen, EnableBracketedPaste, Hide)?;
        if self.mouse == Mouse::Captured {
            queue!(output, EnableMouseCapture)?;
        }
        output.flush()
    }

    /// Gives the window another title.
    pub fn rename(&mut self, title: &str) -> io::Result<()> {
        self.title = title.chars().filter(|c| !c.is_control()).collect();
        execute!(self.terminal.backend_mut(), SetTitle(&self.title))
    }

    /// Gives the terminal back to the shell, as it was. A second time it does nothing.
    pub fn leave(&mut self) {
        give_back();
    }

    /// Takes the terminal back, after [`Screen::leave`] or after something else has used it.
    pub fn enter_again(&mut self) -> io::Result<()> {
        self.leave();
        self.forget();
        self.take()
    }

    /// Draws the next frame whole. Needed after every change of size, even back to what it was, because terminals
    /// lose what they cut off.
    pub fn forget(&mut self) {
        self.shown = OnScreen::Unknown;
    }

    pub fn size(&self) -> io::Result<Size> {
        self.terminal.size()
    }

    /// Draws one frame, which the terminal shows at once and not line by line.
    pub fn draw(&mut self, render: impl FnOnce(&mut Frame)) -> io::Result<()> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        if self.shown == OnScreen::Unknown {
            // This clears the screen; ratatui's `clear` would also ask the terminal where the cursor is.
            let area = Rect::from((Position::ORIGIN, self.size()?));
            self.terminal.resize(area)?;
            self.shown = OnScreen::LastFrame;
        }
        let drawn = self.terminal.draw(render).map(drop);
        execute!(self.terminal.backend_mut(), EndSynchronizedUpdate)?;
        drawn
    }

    pub fn capture_mouse(&mut self, mouse: Mouse) -> io::Result<()> {
        self.mouse = mouse;
        match mouse {
            Mouse::Captured => execute!(self.terminal.backend_mut(), EnableMouseCapture),
            Mouse::Free => execute!(self.terminal.backend_mut(), DisableMouseCapture),
        }
    }

    /// Hands `text` to the terminal's clipboard; false when it is longer than [`CLIPBOARD_LIMIT`].
    ///
    /// Works through ssh. Terminals do not say whether they took it.
    pub fn copy(&mut self, text: &str) -> io::Result<bool> {
        if text.len() > CLIPBOARD_LIMIT {
            return Ok(false);
        }
        let mut sequence = Vec::new();
        queue!(sequence, CopyToClipboard::to_clipboard_from(text))?;
        let is_in_screen = std::env::var_os("STY").is_some() && std::env::var_os("TMUX").is_none();
        let sequence = if is_in_screen { for_screen(&sequence) } else { sequence };
        let output = self.terminal.backend_mut();
        output.write_all(&sequence)?;
        output.flush()?;
        Ok(true)
    }
}

/// GNU screen hands what stands in such a string to the terminal around it, some hundred bytes at a time.
fn for_screen(sequence: &[u8]) -> Vec<u8> {
    // The end of the sequence would end the string of screen, but a bell ends the sequence as well.
    let content =
        sequence.strip_suffix(b"\x1b\\").or(sequence.strip_suffix(b"\x07")).unwrap_or(sequence);
    let content = [content, b"\x07"].concat();
    content.chunks(MOST_OF_SCREEN).flat_map(|chunk| [b"\x1bP", chunk, b"\x1b\\"].concat()).collect()
}

/// How much of a string screen hands on at once.
const MOST_OF_SCREEN: usize = 512;

impl Drop for Screen {
    fn drop(&mut self) {
        self.leave();
    }
}

/// Undoes everything that [`Screen::enter`] did, in the opposite order, past whatever was being drawn.
///
/// No error is of use here: the terminal may be gone, and the rest must still be tried.
fn give_back() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut output = Output;
    _ = output.write_all(&undo());
    _ = output.flush();
    _ = disable_raw_mode();
}

/// What has to be written to undo what [`Screen::enter`] wrote.
fn undo() -> Vec<u8> {
    let mut bytes = Vec::new();
    // Memory takes everything.
    _ = queue!(bytes, EndSynchronizedUpdate, ResetColor);
    _ = queue!(bytes, DisableMouseCapture, DisableBracketedPaste);
    _ = queue!(bytes, LeaveAlternateScreen, Show, RESTORE_TITLE);
    bytes
}

/// Lets a panic of the calling thread, which is the user interface's, give the terminal back before its message is
/// printed. Panics of other threads are caught and reported where those were started; they must not print.
fn watch_for_panics() {
    let interface = thread::current().id();
    let print = take_hook();
    set_hook(Box::new(move |panic| {
        if thread::current().id() == interface {
            give_back();
        }
        if !TAKEN.load(Ordering::SeqCst) {
            print(panic);
            _ = io::stderr().write_all(FAULT);
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn screen_hands_a_long_text_on_in_pieces() {
        let text = "x".repeat(3000);
        let mut sequence = Vec::new();
        queue!(sequence, CopyToClipboard::to_clipboard_from(&text)).unwrap();
        let wrapped = String::from_utf8(for_screen(&sequence)).unwrap();
        let pieces: Vec<&str> = wrapped.split_terminator("\x1b\\").collect();
        assert!(
            pieces.len() > 4
                && pieces.iter().all(|piece| piece.starts_with("\x1bP") && piece.len() < 768)
        );
        let inner = wrapped.replace("\x1b\\", "").replace("\x1bP", "");
        assert!(inner.starts_with("\x1b]52;c;eHh4") && inner.ends_with('\x07'), "{inner}");
    }

    #[test]
    fn locales_name_their_character_set() {
        for locale in ["C.UTF-8", "de_DE.utf8", "en_US.UTF-8@x"] {
            assert!(names_unicode(locale), "{locale}");
        }
        for locale in ["C", "POSIX", "de_DE", "de_DE.ISO-8859-1"] {
            assert!(!names_unicode(locale), "{locale}");
        }
    }
}
