//! The real program in a pseudo-terminal: the state of the terminal when the program starts, ends, stops, fails, or
//! loses the terminal.

#![expect(clippy::unwrap_used, reason = "a test fails where it stands")]

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use rustix::process::Signal;
use tempfile::TempDir;

use crate::made::made;
use crate::pseudo_terminal::{Launch, PseudoTerminal};

const PROGRAM: &str = env!("CARGO_BIN_EXE_trialdex");

/// What stands on the screen as long as the program is there.
const NAME: &str = "trialdex";

const CLEAR: &str = "\x1b[2J";
const END_OF_FRAME: &str = "\x1b[?2026l";
/// So many keys are pressed at a terminal that does not read.
const PRESSED: usize = 5000;

/// One study in whose texts stand sequences that would command the terminal.
const STUDY: &str = r#"{"protocolSection":{"identificationModule":{"nctId":"NCT00000102","briefTitle":"Stents \u001b]0;x\u0007\u001b[2J\u001b]52;c;eA==\u0007 \u009b31m \u202e in \u001bP$q\u001b\\ \u0085 stroke"},"statusModule":{"overallStatus":"\u001bc"},"sponsorCollaboratorsModule":{"leadSponsor":{"name":"A \u001b[6n\u2066 hospital"}},"conditionsModule":{"conditions":["Stroke \u001b[31m"]}}}"#;

/// How the program is started here, with a dataset that lasts as long as the folder.
fn launch() -> (Launch, TempDir) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("studies.ndjson");
    fs::write(&path, STUDY).unwrap();
    let mut launch = Launch::new(PROGRAM);
    launch.arguments.push(path.into());
    (launch, folder)
}

fn start(launch: &Launch) -> PseudoTerminal {
    let terminal = launch.start();
    terminal.wait(NAME, is_shown);
    assert!(!terminal.is_cooked());
    terminal
}

fn is_shown(screen: &vt100::Screen) -> bool {
    screen.alternate_screen() && screen.contents().contains(NAME)
}

#[track_caller]
fn assert_restored(terminal: &PseudoTerminal) {
    assert!(terminal.is_cooked(), "raw mode is left on");
    terminal.screen(|screen| {
        assert!(!screen.alternate_screen(), "the alternate screen is left on");
        assert!(!screen.hide_cursor(), "the cursor is hidden");
        assert!(!screen.bracketed_paste(), "bracketed paste is left on");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    });
}

#[test]
fn the_first_start_greets_and_the_next_does_not() {
    let (mut launch, folder) = launch();
    let state = folder.path().join("state");
    launch.environment.push(("XDG_STATE_HOME", state.to_str().unwrap().to_owned()));
    let terminal = start(&launch);
    terminal.wait_text("Welcome");
    terminal.send("j");
    terminal.wait("no greeting", |screen| !screen.contents().contains("Welcome"));
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    assert!(state.join("trialdex/greeted").is_file());
    let terminal = start(&launch);
    terminal.wait_text("1 of 1");
    assert!(!terminal.screen(|screen| screen.contents().contains("Welcome")));
}

#[test]
fn a_terminal_that_does_not_read_piles_nothing_up() {
    let (launch, _folder) = launch();
    let terminal = start(&launch);
    terminal.wait_text("1 of 1");
    let frames = terminal.written(END_OF_FRAME);
    terminal.set_read(false);
    // The help is opened and closed, each time with a screen full of text.
    terminal.send(&"?q".repeat(PRESSED));
    terminal.send("?");
    terminal.set_read(true);
    terminal.wait_text("Help");
    terminal.wait_still(std::time::Duration::from_millis(200));
    let frames = terminal.written(END_OF_FRAME) - frames;
    assert!(frames < PRESSED / 10, "{frames} frames for {PRESSED} keys");
    terminal.send("Q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn the_next_start_goes_on_where_the_last_one_was_left() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("studies.ndjson");
    let titles = [(1, "Gout in Lyon"), (2, "Gout in Rome"), (3, "Gout in Oslo"), (4, "Asthma")];
    let records = titles.map(|(id, title)| made(id).title(title).json());
    fs::write(&path, records.join("\n")).unwrap();
    let state = home.path().join("state");
    let mut launch = Launch::new(PROGRAM);
    launch.arguments.push(path.into());
    let data = home.path().join("data");
    launch.environment.push(("XDG_STATE_HOME", state.to_str().unwrap().to_owned()));
    launch.environment.push(("XDG_DATA_HOME", data.to_str().unwrap().to_owned()));
    let terminal = start(&launch);
    terminal.wait_text("of 4");
    // Two queries, the second row, which is pinned, and a filter that is folded.
    terminal.send("j/asthma\r");
    terminal.wait_text("1 of 1");
    terminal.send("/");
    terminal.send("\x15gout\r");
    terminal.wait_text("1 of 3");
    terminal.send("jJ ");
    terminal.wait_text("1 pinned");
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    let files = fs::read_dir(state.join("trialdex")).unwrap().map(|it| it.unwrap().path());
    let kept = files.filter(|path| path.to_string_lossy().contains("session-"));
    let kept: Vec<String> = kept.map(|path| fs::read_to_string(path).unwrap()).collect();
    assert!(kept.len() == 1 && kept[0].contains("\nquery gout\nat NCT"), "{kept:?}");

    let terminal = start(&launch);
    terminal.wait_text("3 of 3");
    terminal.wait_text("1 pinned");
    // What was asked in the last run is found, and comes back.
    terminal.send("Hasth");
    terminal.wait_text("Queries asked before");
    terminal.send("\r");
    terminal.wait_text("1 of 1");
    // A search that has a name is asked by it.
    terminal.send("F\r");
    terminal.wait_text("Save this query as");
    terminal.send("breath\r");
    terminal.wait_text("saved; saved:breath asks it again");
    terminal.send("/");
    terminal.send("\x15gout | @breath\r");
    terminal.wait_text("1 of 4");
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    let searches = fs::read_to_string(data.join("trialdex/searches")).unwrap();
    assert_eq!(searches, "trialdex searches 1\nbreath asthma\n");

    launch.arguments.push("--fresh".into());
    let terminal = start(&launch);
    terminal.wait_text("1 of 4");
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn quitting_gives_the_terminal_back() {
    let (launch, _folder) = launch();
    let terminal = start(&launch);
    assert!(terminal.screen(vt100::Screen::bracketed_paste));
    // What is pasted is not taken for keys: another frame follows, which a program that ends does not draw.
    let frames = terminal.written(END_OF_FRAME);
    terminal.send("\x1b[200~q\nq\n\x1b[201~");
    terminal.wait_written(END_OF_FRAME, frames + 1);
    terminal.send(&"j".repeat(10_000));
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    assert_restored(&terminal);
}

#[test]
fn what_the_terminal_answers_presses_no_key() {
    let (launch, _folder) = launch();
    let terminal = start(&launch);
    // Each would quit, type or hang if it were taken for keys; they come whole, cut, and cut off.
    for reply in [
        "\x1b[?997;1n",
        "\x1b[?2026;2$y",
        "\x1b]11;rgb:0000/qqqq/QQQQ\x1b\\",
        "\x1bP>|XTerm(q)\x1b\\",
        "\x1b_Gq\x1b\\",
        "\u{9d}4;1;rgb:q\x07",
        "\x1b[<0;1",
        "\x1b]0;q",
        "\x1b[",
    ] {
        for piece in [&reply[..reply.len() / 2], &reply[reply.len() / 2..]] {
            terminal.send(piece);
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        std::thread::sleep(std::time::Duration::from_millis(300));
    }
    terminal.resize(90, 30);
    terminal.send("\x1b[");
    terminal.resize(100, 30);
    terminal.wait(NAME, is_shown);
    // A paste that never ends holds nothing up for long.
    terminal.send("\x1b[200~qQ");
    std::thread::sleep(std::time::Duration::from_millis(1500));
    assert!(terminal.screen(is_shown), "something was pressed");
    terminal.send("Q");
    assert_eq!(terminal.exit_code(), 0);
    assert_restored(&terminal);
}

#[test]
fn signals_end_it_with_their_number_and_give_the_terminal_back() {
    let (launch, _folder) = launch();
    for (signal, code) in
        [(Signal::HUP, 129), (Signal::INT, 130), (Signal::QUIT, 131), (Signal::TERM, 143)]
    {
        let terminal = start(&launch);
        terminal.signal(signal);
        assert_eq!(terminal.exit_code(), code);
        assert_restored(&terminal);
    }
}

#[test]
fn signals_that_nobody_waits_for_give_the_terminal_back_too() {
    let (launch, _folder) = launch();
    let mut signals =
        vec![Signal::ABORT, Signal::USR1, Signal::USR2, Signal::ALARM, Signal::VTALARM];
    signals.extend([Signal::PROF, Signal::XCPU, Signal::SYS, Signal::TRAP]);
    for signal in signals {
        let terminal = start(&launch);
        terminal.signal(signal);
        assert_ne!(terminal.exit_code(), 0, "{signal:?}");
        assert_restored(&terminal);
    }
    // What a mapped file causes that is cut off under the program is said in words.
    let terminal = start(&launch);
    terminal.signal(Signal::BUS);
    assert_eq!(terminal.exit_code(), 2);
    assert_restored(&terminal);
    terminal.wait_text("the index was cut off while it was open");
}

/// The program on a dataset that is large enough to be kept, the snapshot of it, and the folder of both.
fn start_kept() -> (PseudoTerminal, PathBuf, TempDir) {
    let folder = TempDir::new().unwrap();
    let (path, cache) = (folder.path().join("studies.ndjson"), folder.path().join("cache"));
    let prose = "many words ".repeat(1000);
    let record = |number| {
        let record = made(number).title(&format!("Study {number} of {NAME}"));
        record.at("descriptionModule.briefSummary", &*prose).json()
    };
    let records: Vec<_> = (1..1800).map(record).collect();
    fs::write(&path, records.join("\n")).unwrap();
    let mut launch = Launch::new(PROGRAM);
    launch.arguments.push(path.into());
    launch.environment.push(("XDG_CACHE_HOME", cache.to_str().unwrap().to_owned()));
    let terminal = start(&launch);
    terminal.wait_text("1 of 1,799");
    // The index of the prose, or a draft of it, may stand beside it.
    let kept = fs::read_dir(cache.join("trialdex")).unwrap().map(|entry| entry.unwrap().path());
    let mut kept = kept.filter(|path| path.extension().is_some_and(|it| it == "snapshot"));
    let snapshot = kept.next().unwrap();
    (terminal, snapshot, folder)
}

#[test]
fn an_index_that_is_cut_off_while_it_is_open_ends_in_a_word() {
    let (terminal, snapshot, _folder) = start_kept();
    fs::File::options().write(true).open(snapshot).unwrap().set_len(0).unwrap();
    // The last study is not on the screen, so that the index is asked for it.
    terminal.send("G");
    assert_eq!(terminal.exit_code(), 2);
    assert_restored(&terminal);
    terminal.wait_text("the index was cut off while it was open");
}

#[test]
fn an_index_that_is_overwritten_while_it_is_open_ends_in_a_word() {
    let (terminal, snapshot, _folder) = start_kept();
    let length = fs::metadata(&snapshot).unwrap().len() as usize;
    let mut file = fs::File::options().write(true).open(snapshot).unwrap();
    file.write_all(&vec![0xff; length]).unwrap();
    // The interface asks the index for the last study, and the searching thread for a word.
    terminal.send("G");
    assert_eq!(terminal.exit_code(), 101);
    assert_restored(&terminal);
    terminal.wait_text("trialdex cache --clear");
}

#[cfg(debug_assertions)]
#[test]
fn a_panic_of_the_interface_gives_the_terminal_back_and_can_be_read() {
    let (mut launch, _folder) = launch();
    launch.environment.push(("TRIALDEX_TEST_PANIC", "ui".to_owned()));
    let terminal = launch.start();
    assert_eq!(terminal.exit_code(), 101);
    assert_restored(&terminal);
    terminal.wait_text("told to panic");
}

#[cfg(debug_assertions)]
#[test]
fn a_panic_of_a_worker_leaves_the_screen_alone() {
    let (mut launch, _folder) = launch();
    launch.environment.push(("TRIALDEX_TEST_PANIC", "worker".to_owned()));
    let terminal = start(&launch);
    terminal.resize(90, 30);
    // Only then is it certain that the worker has panicked.
    terminal.wait_text("told to panic");
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    assert_restored(&terminal);
    let bytes = String::from_utf8(terminal.bytes()).unwrap();
    assert!(!bytes.contains("panicked at"), "{bytes}");
    assert_eq!(bytes.matches("\x1b[?1049h").count(), 1);
}

#[test]
fn it_can_be_stopped_and_continued() {
    let (launch, _folder) = launch();
    let terminal = start(&launch);
    for _ in 0..2 {
        terminal.signal(Signal::TSTP);
        terminal.wait_stopped();
        terminal.wait("shell's screen", |screen| !screen.alternate_screen());
        assert_restored(&terminal);
        terminal.signal(Signal::CONT);
        terminal.wait(NAME, is_shown);
        assert!(!terminal.is_cooked());
    }
    // Once it answers a key it has seen the last signal too, which the next one must not be taken for.
    terminal.wait_text("1 of 1");
    terminal.send("?");
    terminal.wait_text("Help");
    terminal.send("q");
    terminal.wait("the list alone", |screen| !screen.contents().contains("Help"));
    // Stopped in a way that cannot be noticed, it takes the terminal again all the same.
    terminal.signal(Signal::STOP);
    terminal.wait_stopped();
    terminal.signal(Signal::CONT);
    terminal.wait_written("\x1b[?1049h", 4);
    terminal.wait(NAME, is_shown);
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    assert_restored(&terminal);
}

#[test]
fn it_ends_when_its_terminal_is_closed() {
    let (normal, _folder) = launch();
    assert_eq!(normal.close_at(NAME), 129);

    let (mut without_signals, _folder) = launch();
    without_signals.controlling = false;
    assert_eq!(without_signals.close_at(NAME), 129);

    let (mut deaf, _folder) = launch();
    deaf.program = "/bin/sh".into();
    let script = ["-c", r#"trap '' HUP; exec "$0" "$@""#, PROGRAM];
    deaf.arguments.splice(0..0, script.map(Into::into));
    assert_eq!(deaf.close_at(NAME), 129);
}

#[test]
fn it_follows_the_size_of_the_terminal() {
    let (launch, _folder) = launch();
    let terminal = start(&launch);
    // Terminals lose what a change of size cuts off, so everything is drawn anew even at the same size.
    let cleared = terminal.written(CLEAR);
    terminal.signal(Signal::WINCH);
    terminal.wait_written(CLEAR, cleared + 1);
    for (columns, rows) in [(120, 40), (1, 1), (500, 200), (40, 10), (80, 24)] {
        terminal.resize(columns, rows);
    }
    terminal.wait(NAME, is_shown);
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    assert_restored(&terminal);
}

#[test]
fn no_color_means_no_colour() {
    let (mut launch, _folder) = launch();
    launch.environment.push(("NO_COLOR", "1".to_owned()));
    let terminal = start(&launch);
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    let bytes = terminal.bytes();
    let coloured: Vec<_> =
        sequences(&bytes).into_iter().filter(|sequence| sets_colour(sequence)).collect();
    assert!(coloured.is_empty(), "{coloured:?}");
}

#[test]
fn without_a_terminal_it_says_in_one_line_what_to_use() {
    let (launch, _folder) = launch();
    let output = Command::new(PROGRAM)
        .args(&launch.arguments)
        .env("TERM", "xterm")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let line = String::from_utf8(output.stderr).unwrap();
    assert!(line.contains("trialdex search") && line.lines().count() == 1, "{line}");

    let (mut dumb, _folder) = self::launch();
    dumb.environment.push(("TERM", "dumb".to_owned()));
    dumb.columns = 200;
    let terminal = dumb.start();
    terminal.wait_text("Type words to search");
    terminal.send("quit\n");
    assert_eq!(terminal.exit_code(), 0);
    assert!(!terminal.bytes().contains(&b'\x1b'));
}

#[test]
fn a_table_has_a_header_and_an_end_at_a_terminal() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("studies.ndjson");
    let long = "a title that is longer than a line of the terminal has room for, and goes on";
    let records = (1..=3).map(|id| made(id).title(long).status("COMPLETED").json());
    fs::write(&path, records.collect::<Vec<_>>().join("\n")).unwrap();
    let mut launch = Launch::new(PROGRAM);
    for word in ["search", "--limit", "2", "--columns", "id,status,title", "-d"] {
        launch.arguments.push(word.into());
    }
    launch.arguments.push(path.into());
    let terminal = launch.start();
    assert_eq!(terminal.exit_code(), 0);
    terminal.screen(|screen| {
        let rows: Vec<String> = screen.rows(0, 80).take(5).collect();
        assert!(rows[0].starts_with("ID           STATUS     TITLE"), "{rows:?}");
        assert!(rows[1].starts_with("NCT0000000") && rows[1].contains("Completed  a title"));
        assert!(rows[2].ends_with('…'), "{rows:?}");
        assert_eq!((rows[3].as_str(), rows[4].as_str()), ("2 of 3", ""));
        let underlined = |row| screen.cell(row, 0).unwrap().underline();
        assert_eq!((underlined(0), underlined(1)), (true, false));
    });
    // Without styles its capitals tell the header apart.
    launch.environment.push(("NO_COLOR", "1".to_owned()));
    let plain = launch.start();
    assert_eq!(plain.exit_code(), 0);
    plain.wait_text("ID           STATUS");
    assert!(!plain.bytes().contains(&b'\x1b'));
}

#[test]
fn nothing_in_a_record_commands_the_terminal() {
    let (launch, _folder) = launch();
    let terminal = start(&launch);
    // Whatever these keys do, they open panes.
    for key in ["\r", "\t", "?", "\x1b"] {
        terminal.send(key);
        terminal.wait_still(std::time::Duration::from_millis(100));
    }
    terminal.signal(Signal::TERM);
    assert_eq!(terminal.exit_code(), 143);
    let bytes = terminal.bytes();
    for sequence in sequences(&bytes) {
        assert!(is_ours(&sequence), "{sequence:?}");
    }
    let text = String::from_utf8(bytes).expect("the output is UTF-8");
    let is_hostile = |c: &char| {
        (c.is_control() && !"\x1b\x07\r\n".contains(*c))
            || matches!(c, '\u{61c}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert_eq!(text.chars().find(is_hostile), None);
}

/// The escape sequences in `bytes`: what follows each escape character, to its end.
pub(crate) fn sequences(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let mut sequences = vec![];
    for rest in text.split('\x1b').skip(1) {
        let end = match rest.as_bytes().first() {
            Some(b'[') => rest[1..].find(|c: char| ('@'..='~').contains(&c)).map(|at| at + 2),
            Some(b']') => rest.find('\x07').map(|at| at + 1),
            _ => Some(rest.len().min(1)),
        };
        sequences.push(rest[..end.unwrap_or(rest.len())].to_owned());
    }
    sequences
}

fn sets_colour(sequence: &str) -> bool {
    let Some(codes) = sequence.strip_prefix('[').and_then(|rest| rest.strip_suffix('m')) else {
        return false;
    };
    codes
        .split(';')
        .filter_map(|code| code.parse().ok())
        .any(|code: u16| matches!(code, 30..=38 | 40..=48 | 58 | 90..=97 | 100..=107))
}

/// Whether the program itself sends this sequence; all else would come from a record.
pub(crate) fn is_ours(sequence: &str) -> bool {
    if let Some(title) = sequence.strip_prefix("]0;") {
        return title.contains(NAME);
    }
    let Some(rest) = sequence.strip_prefix('[') else { return false };
    if let Some(modes) = rest.strip_prefix('?') {
        let (modes, _set) = modes.split_at(modes.len() - 1);
        return ["25", "1049", "2004", "2026", "1000", "1002", "1003", "1006", "1015"]
            .contains(&modes);
    }
    let (parameters, last) = rest.split_at(rest.len() - 1);
    match last {
        "m" | "H" | "J" | "K" => parameters.bytes().all(|b| b.is_ascii_digit() || b == b';'),
        "t" => ["22;2", "23;2"].contains(&parameters),
        _ => false,
    }
}
