//! The recording of a first minute: keys pressed one after another in the real program, and its screen after each. It
//! becomes an asciicast, for players, and an SVG that moves by itself, for a page without one. Its times are those of
//! the script, so that it is the same however fast the machine is.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::json;
use vt100::Screen;

use crate::keys::typed;
use crate::pseudo_terminal::Launch;
use crate::svg::{self, Palette};

/// A part of the recording, with a line below the screen that says what is done.
struct Scene {
    caption: &'static str,
    /// As in a script of keys; the screen is shown after each.
    keys: &'static str,
    /// How many seconds the screen after a key stays.
    pace: f64,
    /// How many seconds longer the last one stays.
    rest: f64,
}

const COLUMNS: u16 = 120;
const ROWS: u16 = 34;

/// Seconds from letter to letter.
const TYPING: f64 = 0.11;

const FIRST_MINUTE: &[Scene] = &[
    Scene { caption: "trialdex: the first start, on the sample", keys: "", pace: 0.0, rest: 3.0 },
    Scene {
        caption: "Find: / and words",
        keys: "/ l i v e r <space> f a i l u r e",
        pace: TYPING,
        rest: 1.5,
    },
    Scene { caption: "Enter goes to the list", keys: "<enter>", pace: 1.2, rest: 0.0 },
    Scene {
        caption: "Filter: f, and Space on Recruiting",
        keys: "f j <space>",
        pace: 0.9,
        rest: 1.6,
    },
    Scene { caption: "Esc goes back to the list", keys: "<esc>", pace: 1.2, rest: 0.0 },
    Scene {
        caption: "Read: Enter, and } to the next section",
        keys: "<enter> } }",
        pace: 1.8,
        rest: 0.6,
    },
    Scene {
        caption: "Another question: / and Ctrl-u",
        keys: "<esc> / <c-u> c l u s t e r <space> p h a s e : 3 <enter>",
        pace: TYPING,
        rest: 1.8,
    },
    Scene {
        caption: "Compare: Space pins a trial, c compares it with another",
        keys: "<space> j j c",
        pace: 0.8,
        rest: 2.8,
    },
    Scene { caption: "d leaves what differs", keys: "d", pace: 3.0, rest: 0.0 },
    Scene { caption: "m shows the sites on a map", keys: "<esc> m", pace: 0.7, rest: 2.8 },
    Scene { caption: "t shows the posted results", keys: "<esc> t j j j j", pace: 0.7, rest: 2.8 },
    Scene {
        caption: "D counts what was found",
        keys: "<esc> / <c-u> <enter> D",
        pace: 0.4,
        rest: 3.4,
    },
    Scene { caption: "Esc goes back, q leaves", keys: "<esc>", pace: 1.8, rest: 0.0 },
];

/// A screen, and how many seconds after the start it is there.
pub(crate) struct Frame {
    pub(crate) at: f64,
    pub(crate) caption: &'static str,
    pub(crate) screen: Screen,
}

/// A recording, and how many seconds it takes.
pub(crate) struct Film {
    pub(crate) frames: Vec<Frame>,
    pub(crate) length: f64,
}

/// Records the first minute of the program that `launch` names, as `first-minute.cast` and `.svg` in `folder`.
pub(crate) fn record(mut launch: Launch, folder: &Path) -> Result<()> {
    (launch.columns, launch.rows) = (COLUMNS, ROWS);
    let home = tempfile::tempdir()?;
    let state = home.path().to_str().context("a temporary folder is text")?.to_owned();
    // Without a file in it: this is a first start.
    launch.environment.push(("XDG_STATE_HOME", state));
    let film = shoot(&launch)?;
    for (extension, text) in [("cast", film.cast()?), ("svg", svg::film(&film, &Palette::DARK))] {
        let path = folder.join("first-minute").with_extension(extension);
        std::fs::write(&path, text).with_context(|| path.display().to_string())?;
    }
    Ok(())
}

fn shoot(launch: &Launch) -> Result<Film> {
    let calm = Duration::from_millis(250);
    let terminal = launch.start();
    terminal.wait_text("Welcome");
    terminal.wait_still(calm);
    let mut film = Film { frames: vec![], length: 0.0 };
    for scene in FIRST_MINUTE {
        let keys: Vec<&str> = scene.keys.split_whitespace().collect();
        // A scene without keys shows the screen as it is.
        for key in if keys.is_empty() { vec![""] } else { keys } {
            terminal.send(&typed(key)?);
            terminal.wait_still(calm);
            let screen = terminal.screen(Screen::clone);
            film.frames.push(Frame { at: film.length, caption: scene.caption, screen });
            film.length += scene.pace;
        }
        film.length += scene.rest;
    }
    terminal.send("q");
    ensure!(terminal.exit_code() == 0, "the program did not leave as it should");
    Ok(film)
}

impl Film {
    /// As an asciicast, version 2: a header, then an object a line; a marker where a scene begins.
    fn cast(&self) -> Result<String> {
        let header = json!({
            "version": 2, "width": COLUMNS, "height": ROWS,
            "title": "The first minute with trialdex", "env": { "TERM": "xterm-256color" },
        });
        let mut cast = format!("{header}\n");
        let mut before: Option<&Frame> = None;
        for frame in &self.frames {
            let at = (frame.at * 100.0).round() / 100.0;
            if before.is_none_or(|before| before.caption != frame.caption) {
                writeln!(cast, "{}", json!([at, "m", frame.caption]))?;
            }
            let bytes = match before {
                Some(before) => frame.screen.contents_diff(&before.screen),
                None => frame.screen.contents_formatted(),
            };
            writeln!(cast, "{}", json!([at, "o", bytes]))?;
            before = Some(frame);
        }
        // The last screen stays until here.
        writeln!(cast, "{}", json!([(self.length * 100.0).round() / 100.0, "o", ""]))?;
        Ok(cast)
    }
}
