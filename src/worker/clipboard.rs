//! Putting text on the desktop's clipboard with whatever program does that there.
//!
//! The terminal is asked as well, by [`Screen::copy`](super::terminal::Screen::copy): that works through ssh, this
//! works where the terminal does not take it.

use std::ffi::OsStr;
use std::io::{self, Write};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::job::Job;

/// How long a program may take, and how long when the user has left.
const LIMIT: Duration = Duration::from_secs(2);
const LIMIT_AT_THE_END: Duration = Duration::from_millis(200);

/// A program that copies what it reads, and the environment variable that says that it is of use.
struct Tool {
    program: &'static str,
    arguments: &'static [&'static str],
    desktop: Desktop,
}

enum Desktop {
    Variable(&'static str),
    System(&'static str),
}

const TOOLS: &[Tool] = &[
    Tool { program: "wl-copy", arguments: &[], desktop: Desktop::Variable("WAYLAND_DISPLAY") },
    Tool {
        program: "xclip",
        arguments: &["-selection", "clipboard"],
        desktop: Desktop::Variable("DISPLAY"),
    },
    Tool {
        program: "xsel",
        arguments: &["--clipboard", "--input"],
        desktop: Desktop::Variable("DISPLAY"),
    },
    Tool { program: "pbcopy", arguments: &[], desktop: Desktop::System("macos") },
    Tool { program: "clip.exe", arguments: &[], desktop: Desktop::Variable("WSL_DISTRO_NAME") },
    Tool { program: "clip.exe", arguments: &[], desktop: Desktop::System("windows") },
];

/// tmux lets no program set the clipboard unless it is told to, but hands on what it gets this way.
const TMUX: Tool = Tool {
    program: "tmux",
    arguments: &["load-buffer", "-w", "-"],
    desktop: Desktop::Variable("TMUX"),
};

/// The same before tmux 3.2, which keeps what it gets for itself.
const OLD_TMUX: Tool = Tool { arguments: &["load-buffer", "-"], ..TMUX };

impl Desktop {
    fn is_here(&self) -> bool {
        match self {
            Self::Variable(name) => {
                std::env::var_os(name).is_some_and(|value| value != OsStr::new(""))
            }
            Self::System(name) => *name == std::env::consts::OS,
        }
    }
}

/// Whether the terminal was given the text already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Terminal {
    Given,
    NotGiven,
}

/// A text and what to call it in the report: `the id NCT00000102`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    pub text: String,
    pub what: String,
}

/// Copies `copied` with the first program that is there, and within tmux with that too; gives one line that says how that
/// went.
pub fn copy(copied: &Copied, terminal: Terminal, job: &Job) -> Result<String, String> {
    let tools = TOOLS.iter().filter(|tool| tool.desktop.is_here());
    let limit = || if job.is_cancelled() { LIMIT_AT_THE_END } else { LIMIT };
    let taken = |tool| copy_with([tool].into_iter(), &copied.text, limit) == Attempt::Taken;
    let tmux = match TMUX.desktop.is_here() {
        true if taken(&TMUX) => Tmux::HandsOn,
        true if taken(&OLD_TMUX) => Tmux::Keeps,
        _ => Tmux::Absent,
    };
    let tried = Tried { desktop: copy_with(tools, &copied.text, limit), tmux, terminal };
    tried.report(&copied.what)
}

/// Everything that was given a text.
#[derive(Debug)]
struct Tried {
    desktop: Attempt,
    tmux: Tmux,
    terminal: Terminal,
}

/// What tmux does with the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tmux {
    Absent,
    /// It keeps it and hands it to the terminal.
    HandsOn,
    /// It keeps it, and no more.
    Keeps,
}

/// What became of the programs: one took the text, none is there, or one failed.
#[derive(Debug, PartialEq, Eq)]
enum Attempt {
    Taken,
    NoTool,
    Failed(String),
}

impl Tried {
    /// Terminals do not say whether they take a text, so where nothing else has it, the line says what was tried.
    fn report(self, what: &str) -> Result<String, String> {
        let failed = match &self.desktop {
            Attempt::Failed(reason) => format!("; {reason}"),
            Attempt::Taken | Attempt::NoTool => String::new(),
        };
        match (self.desktop, self.tmux, self.terminal) {
            (Attempt::Taken, ..) => Ok(format!("copied {what}")),
            (_, Tmux::HandsOn, _) => Ok(format!("copied {what} through tmux{failed}")),
            (_, Tmux::Keeps, _) => Ok(format!(
                "copied {what} into the buffer of tmux, whose prefix and ] paste it{failed}"
            )),
            (_, Tmux::Absent, Terminal::Given) => Ok(format!(
                "copied {what}, if the terminal allows that (OSC 52; there is no other way here{failed})"
            )),
            (Attempt::Failed(reason), ..) => Err(format!("could not copy {what}: {reason}")),
            (Attempt::NoTool, ..) => Err(format!(
                "could not copy {what}: too long for the terminal, and there is no wl-copy, xclip, xsel or pbcopy"
            )),
        }
    }
}

fn copy_with<'a>(
    tools: impl Iterator<Item = &'a Tool>,
    text: &str,
    limit: impl Fn() -> Duration,
) -> Attempt {
    for Tool { program, arguments, .. } in tools {
        let mut command = Command::new(program);
        command.args(*arguments).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        // Signals that the terminal sends to trialdex are not meant for a program that keeps the clipboard.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        match command.spawn() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => (),
            Err(error) => return Attempt::Failed(format!("{program}: {error}")),
            Ok(child) => {
                return match feed(child, text, &limit) {
                    Ok(()) => Attempt::Taken,
                    Err(reason) => Attempt::Failed(format!("{program} {reason}")),
                };
            }
        }
    }
    Attempt::NoTool
}

/// Gives `text` to a program and waits for its end.
fn feed(mut child: Child, text: &str, limit: impl Fn() -> Duration) -> Result<(), String> {
    let mut input = child.stdin.take().expect("it was started with a pipe");
    let text = text.to_owned();
    // A program that does not read must not hold anything up; killing it ends this thread.
    let feeding = thread::Builder::new().spawn(move || input.write_all(text.as_bytes()));
    feeding.map_err(|error| error.to_string())?;
    let begin = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(status)) => return Err(format!("failed ({status})")),
            Err(error) => return Err(format!("was lost: {error}")),
            Ok(None) if begin.elapsed() < limit() => thread::sleep(Duration::from_millis(10)),
            Ok(None) => {
                // It may have ended in this moment.
                _ = child.kill();
                _ = child.wait();
                return Err("took too long".to_owned());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports() {
        use Terminal::{Given, NotGiven};
        use Tmux::{Absent, HandsOn, Keeps};
        let failed = || Attempt::Failed("xclip failed".to_owned());
        for (desktop, tmux, terminal, fine, expected) in [
            (Attempt::Taken, Absent, NotGiven, true, "copied the id"),
            (Attempt::Taken, Keeps, Given, true, "copied the id"),
            (
                Attempt::NoTool,
                Absent,
                Given,
                true,
                "copied the id, if the terminal allows that (OSC 52",
            ),
            (
                failed(),
                Absent,
                Given,
                true,
                "copied the id, if the terminal allows that (OSC 52; there is no other way here; xclip failed",
            ),
            (Attempt::NoTool, HandsOn, Given, true, "copied the id through tmux"),
            (failed(), HandsOn, NotGiven, true, "copied the id through tmux; xclip failed"),
            (Attempt::NoTool, Keeps, Given, true, "copied the id into the buffer of tmux"),
            (failed(), Absent, NotGiven, false, "could not copy the id: xclip failed"),
            (Attempt::NoTool, Absent, NotGiven, false, "could not copy the id: too long"),
        ] {
            let line = Tried { desktop, tmux, terminal }.report("the id");
            assert_eq!(line.is_ok(), fine);
            let line = line.unwrap_or_else(|line| line);
            assert!(line.starts_with(expected), "{line}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn the_first_program_that_is_there_gets_the_whole_text() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("copied");
        let script = format!("cat > '{}'", path.display());
        let arguments: &'static [&'static str] = vec!["-c", script.leak()].leak();
        let tool = |program, arguments| Tool { program, arguments, desktop: Desktop::System("") };
        let tools = [tool("no-such-program", &[] as &[_]), tool("sh", arguments)];
        let text = "NCT00000102\n".repeat(20_000);
        assert_eq!(copy_with(tools.iter(), &text, || LIMIT), Attempt::Taken);
        assert_eq!(std::fs::read_to_string(path).unwrap(), text);
        assert_eq!(
            copy_with([tool("false", &[])].iter(), &text, || LIMIT),
            Attempt::Failed("false failed (exit status: 1)".to_owned())
        );
        assert_eq!(copy_with(tools[..1].iter(), &text, || LIMIT), Attempt::NoTool);
    }
}
