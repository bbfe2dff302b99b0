//! `trialdex pick` in a pseudo-terminal: the screen is on the terminal, what is chosen goes to standard output, and every
//! way out gives the terminal back.

#![expect(clippy::unwrap_used, reason = "a test fails where it stands")]

use std::fs;
use std::process::{Command, Stdio};

use rustix::process::Signal;
use tempfile::TempDir;

use crate::made::made;
use crate::pseudo_terminal::{Launch, PseudoTerminal};

const PROGRAM: &str = env!("CARGO_BIN_EXE_trialdex");

/// A picker in a shell, whose standard output is a file.
struct Picker {
    terminal: PseudoTerminal,
    folder: TempDir,
}

impl Picker {
    /// `command` is a line of the shell in which `$T` is the program and `$D` the file of five trials.
    fn new(command: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let trial = |id| made(id).title(&format!("Trial {id}")).status("RECRUITING").json();
        let data = folder.path().join("five.ndjson");
        fs::write(&data, (1..=5).map(trial).collect::<Vec<_>>().join("\n")).unwrap();
        let mut launch = Launch::new("/bin/sh");
        let out = folder.path().join("out");
        let line = format!("{{ {command} ; }} > '{}'", out.display());
        launch.arguments = vec!["-c".into(), line.into()];
        launch.environment.push(("T", PROGRAM.to_owned()));
        launch.environment.push(("D", data.display().to_string()));
        launch.columns = 100;
        Self { terminal: launch.start(), folder }
    }

    /// Waits for a text, then presses keys.
    #[track_caller]
    fn press(self, text: &str, keys: &str) -> Self {
        self.terminal.wait_text(text);
        self.terminal.send(keys);
        self
    }

    /// The exit code, and what was written to standard output; the terminal has to be as it was.
    #[track_caller]
    fn end(self) -> (u32, String) {
        let code = self.terminal.exit_code();
        assert!(self.terminal.is_cooked());
        self.terminal.screen(|screen| {
            assert!(!screen.alternate_screen() && !screen.hide_cursor());
            assert!(!screen.bracketed_paste());
        });
        let out = fs::read_to_string(self.folder.path().join("out")).unwrap();
        assert!(!out.contains('\x1b'), "{out:?}");
        (code, out)
    }
}

#[test]
fn enter_takes_the_trial_at_the_cursor() {
    let picker = Picker::new(r#""$T" pick -d "$D" sort:id"#).press("1 of 5", "j\r");
    assert_eq!(picker.end(), (0, "NCT00000002\n".to_owned()));
    let lines = r#""$T" pick -d "$D" sort:id --columns id,title --format csv"#;
    let picker = Picker::new(lines).press("1 of 5", "jj\r");
    assert_eq!(picker.end(), (0, "id,title\nNCT00000003,Trial 3\n".to_owned()));
}

#[test]
fn several_are_marked_and_taken_in_the_order_of_the_list() {
    let picker = Picker::new(r#""$T" pick --multi -d "$D" sort:-id"#);
    let picker = picker.press("1 of 5", "jj ").press("1 ticked", "kb").press("2 ticked", "\r");
    assert_eq!(picker.end(), (0, "NCT00000004\nNCT00000003\n".to_owned()));
    // One picker takes one.
    let picker = Picker::new(r#""$T" pick -d "$D" sort:id"#).press("1 of 5", "b");
    let picker = picker.press("several with --multi", "\r");
    assert_eq!(picker.end(), (0, "NCT00000001\n".to_owned()));
}

#[test]
fn standard_input_can_be_the_data_or_ids() {
    let picker = Picker::new(r#"cat "$D" | "$T" pick -d - sort:id"#).press("1 of 5", "\r");
    assert_eq!(picker.end(), (0, "NCT00000001\n".to_owned()));
    let ids = r#"printf 'NCT00000004\nnct00000002 x\n' | "$T" pick -m -d "$D" sort:id | cat"#;
    let picker = Picker::new(ids).press("1 of 2", " j ").press("2 ticked", "\r");
    assert_eq!(picker.end(), (0, "NCT00000002\nNCT00000004\n".to_owned()));
}

#[test]
fn the_ways_out_are_told_by_the_exit_code() {
    let pick = r#"exec "$T" pick -d "$D" sort:id"#;
    for (keys, code) in [("\x1b", 130), ("q", 130), ("\x03", 130)] {
        let picker = Picker::new(pick).press("1 of 5", keys);
        assert_eq!(picker.end(), (code, String::new()), "{keys:?}");
    }
    let picker = Picker::new(r#""$T" pick -d "$D" nothing-is-called-so"#);
    assert_eq!(picker.press("No trial fits", "\r").end(), (1, String::new()));
    let picker = Picker::new(pick).press("1 of 5", "");
    picker.terminal.signal(Signal::TERM);
    let (code, out) = picker.end();
    assert_eq!((code, out.as_str()), (143, ""));
    for (command, words) in [
        (r#""$T" pick -d /gone/x.json"#, "/gone/x.json"),
        (r#""$T" pick -d "$D" foo:2"#, "there is no field"),
        (r#"echo nothing | "$T" pick -d "$D""#, "no id of a trial is piped in"),
    ] {
        let picker = Picker::new(command);
        picker.terminal.wait_text(words);
        assert_eq!(picker.end(), (2, String::new()), "{command}");
    }
}

#[test]
fn without_a_terminal_it_says_in_one_line_what_to_use() {
    let mut command = Command::new("setsid");
    let output = command.args([PROGRAM, "pick"]).env("TERM", "xterm").stdin(Stdio::null()).output();
    // A system without the program that leaves the terminal cannot try this.
    let Ok(output) = output else { return };
    assert_eq!(output.status.code(), Some(2));
    let line = String::from_utf8(output.stderr).unwrap();
    assert!(line.contains("trialdex search --format ids") && line.lines().count() == 1, "{line}");
    assert!(output.stdout.is_empty());
}
